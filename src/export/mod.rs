//! A project into bytes: one module a format; a function of its input, never the disk.
//!
//! [`FORMATS`] is the one table that menus, dialog filters and the command line read. A new format is a module with a
//! unit struct that is a [`Format`], and a line in the table.

mod brat;
mod cas;
mod choice;
mod conll;
mod csv;
mod doccano;
mod events;
mod flat;
mod format;
mod graph;
mod happenings;
mod html;
mod json;
mod label_studio;
mod layers;
mod log;
mod names;
mod ninjs;
#[cfg(feature = "parquet")]
mod parquet;
mod polecat;
mod register;
mod rulings;
mod segments;
mod sheets;
mod spacy;
mod table;
mod tei;
mod view;
mod w3c;
mod webanno;
mod when_where;
mod xml;

use std::collections::HashMap;

use self::view::View;
use crate::project::{ArticleId, Project};
pub use choice::{ChoiceError, chosen_articles, chosen_kinds};
pub use format::{Export, ExportError, File, Format, Gaps, Group, Layout, LeftOut, Selection};
pub use log::{log_csv, log_jsonl};

/// All formats, in the order of menus: group by group.
pub const FORMATS: &[&dyn Format] = &[
    &html::Html,
    &csv::Csv::Comma,
    &csv::Csv::Tab,
    &register::Register::People,
    &register::Register::Countries,
    &events::Events,
    &happenings::HappeningTable::Register,
    &happenings::HappeningTable::RegisterTsv,
    &happenings::HappeningTable::Crosswalk,
    &happenings::HappeningTable::CrosswalkTsv,
    &sheets::Tables::Csv,
    &sheets::Tables::Tsv,
    #[cfg(feature = "parquet")]
    &parquet::Parquet,
    &polecat::Polecat,
    &when_where::WhenWhere::TimelineJs,
    &when_where::WhenWhere::GeoJson,
    &graph::Graph::GraphMl,
    &graph::Graph::Gexf,
    &json::Json,
    &json::Lines,
    &spacy::Spacy,
    &conll::Conll::Iob2,
    &conll::Conll::Iob1,
    &brat::Brat,
    &doccano::Doccano::Spans,
    &doccano::Doccano::Relations,
    &label_studio::LabelStudio,
    &webanno::WebAnno,
    &cas::Xmi,
    &cas::Json,
    &tei::Tei,
    &w3c::W3c,
    &ninjs::Ninjs,
];

/// The formats of a group.
pub fn of_group(group: Group) -> impl Iterator<Item = &'static dyn Format> {
    FORMATS.iter().copied().filter(move |format| format.group() == group)
}

/// The format of this id.
pub fn format(id: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.id() == id)
}

/// An export as one is asked for: whole, or each article by itself as a file of one folder, which is what formats of
/// several files do anyway.
///
/// # Errors
/// As [`Format::export`] has them.
pub fn export(
    format: &dyn Format,
    project: &Project,
    selection: &Selection,
    each: bool,
) -> Result<Export, ExportError> {
    match format.layout() {
        Layout::File if each => export_each(format, project, selection),
        _ => one(format, project, selection),
    }
}

/// One export, with the number of relations of each article that the format has no place for.
fn one(format: &dyn Format, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
    let mut export = format.export(project, selection)?;
    if !format.holds_relations() && project.relations().next().is_some() {
        for article in View::new(project, selection)?.articles {
            let what = match article.relations.len() {
                0 => continue,
                1 => "1 relation".to_owned(),
                count => format!("{count} relations"),
            };
            export.left_out.push(article.left_out(what, "the format has no place for relations"));
        }
        let place: HashMap<ArticleId, usize> = project.article_ids().iter().copied().zip(0..).collect();
        export.left_out.sort_by_key(|left| place.get(&left.article).copied());
    }
    Ok(export)
}

/// Whether such an export is a folder.
pub fn is_folder(format: &dyn Format, each: bool) -> bool {
    each || format.layout() == Layout::Folder
}

fn export_each(format: &dyn Format, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
    let mut whole = Export::default();
    let mut stems = names::Stems::default();
    let chosen = |id: &ArticleId| selection.articles.as_ref().is_none_or(|ids| ids.contains(id));
    for id in project.article_ids().iter().copied().filter(chosen) {
        let one = one(format, project, &Selection { articles: Some(vec![id]), ..selection.clone() })?;
        let title = project.article(id).map_or("", |record| record.article.meta.title.as_str());
        let name = format!("{}.{}", stems.unique(title), format.extension());
        whole.files.extend(one.files.into_iter().map(|file| File { name: name.clone(), ..file }));
        whole.left_out.extend(one.left_out);
        whole.gaps = one.gaps.map(|gaps| gaps.and(whole.gaps.unwrap_or_default()));
    }
    if whole.files.is_empty() { Err(ExportError::NoArticles) } else { Ok(whole) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_stand_group_by_group() {
        assert!(FORMATS.is_sorted_by_key(|format| format.group()));
        let listed: Vec<_> = Group::ALL.into_iter().flat_map(of_group).map(|format| format.id()).collect();
        assert_eq!(listed, FORMATS.iter().map(|format| format.id()).collect::<Vec<_>>());
    }
}
