//! All that is selected as tables that refer to each other by ids: articles, mentions, entities, events, participants,
//! relations.

use std::borrow::Cow;

use super::json::status;
use super::table::{Party, Table, guarded, list, shown};
use super::view::{ArticleView, View};
use super::{Export, ExportError, File, Format, Group, Layout, Selection, csv, events};
use crate::project::{Project, Target};

/// A table before it is written.
pub(super) struct Sheet<'p> {
    /// Its file is called that.
    pub name: &'static str,
    pub columns: &'static [&'static str],
    /// A cell a column.
    pub rows: Vec<Vec<Cow<'p, str>>>,
}

const ARTICLES: &[&str] =
    &["article", "title", "source", "author", "section", "url", "language", "published", "origin", "tags", "text"];
const ENTITIES: &[&str] = &[
    "entity", "kind", "name", "aliases", "country", "role", "wikidata", "mentions", "source", "score", "reason", "by",
    "at", "note",
];
const PARTICIPANTS: &[&str] = &[
    "event",
    "article",
    "role",
    "entity",
    "name",
    "kind",
    "label",
    "country",
    "unsure",
    "start",
    "end",
    "offset_unit",
    "quote",
];

const RELATIONS: &[&str] = &[
    "relation",
    "article",
    "kind",
    "name",
    "reverse",
    "symmetric",
    "status",
    "from",
    "from_target",
    "from_name",
    "from_quote",
    "to",
    "to_target",
    "to_name",
    "to_quote",
    "source",
    "score",
    "reason",
    "by",
    "at",
    "note",
];

/// The tables of a view.
pub(super) fn sheets<'p>(view: &View<'p>) -> Vec<Sheet<'p>> {
    let project = view.project;
    let articles = &view.articles;
    let rows = |of: &dyn Fn(&ArticleView<'p>) -> Vec<Vec<Cow<'p, str>>>| articles.iter().flat_map(of).collect();
    vec![
        Sheet { name: "articles", columns: ARTICLES, rows: articles.iter().map(|a| article(project, a)).collect() },
        Sheet {
            name: "mentions",
            columns: &csv::COLUMNS,
            rows: rows(&|article| article.mentions.iter().map(|m| csv::row(project, article, m).into()).collect()),
        },
        Sheet { name: "entities", columns: ENTITIES, rows: entities(view) },
        Sheet {
            name: "events",
            columns: &events::COLUMNS,
            rows: rows(&|article| article.events.iter().map(|e| events::row(project, article, e).into()).collect()),
        },
        Sheet { name: "participants", columns: PARTICIPANTS, rows: rows(&|article| participants(project, article)) },
        Sheet { name: "relations", columns: RELATIONS, rows: rows(&|article| relations(project, article)) },
    ]
}

fn article<'p>(project: &Project, article: &ArticleView<'p>) -> Vec<Cow<'p, str>> {
    let meta = &article.record.article.meta;
    let name = |id: &str| project.tagset().article_tag(id).map_or(id.to_owned(), |tag| tag.name.clone());
    let tags = article.record.tags.iter().flat_map(|(id, answers)| {
        let name = name(id);
        answers.iter().map(move |answer| format!("{name}: {answer}"))
    });
    vec![
        article.record.id.to_string().into(),
        meta.title.as_str().into(),
        meta.source.as_str().into(),
        meta.author.as_str().into(),
        meta.section.as_str().into(),
        meta.url.as_str().into(),
        meta.language.as_str().into(),
        shown(meta.date),
        article.origin().into(),
        list(tags).into(),
        article.text.into(),
    ]
}

fn entities<'p>(view: &View<'p>) -> Vec<Vec<Cow<'p, str>>> {
    let mut counts = std::collections::HashMap::new();
    for id in view.articles.iter().flat_map(|article| &article.mentions).filter_map(|marked| marked.entity()) {
        *counts.entry(id).or_insert(0_usize) += 1;
    }
    let row = |entity: &'p crate::project::Entity| {
        let decision = entity.decision.as_ref();
        vec![
            entity.id.to_string().into(),
            entity.kind.as_str().into(),
            entity.name.as_str().into(),
            list(&entity.aliases).into(),
            shown(entity.country),
            entity.role.as_str().into(),
            entity.wikidata.as_deref().unwrap_or_default().into(),
            counts.get(&entity.id).copied().unwrap_or_default().to_string().into(),
            entity.origin.source.as_str().into(),
            shown(entity.origin.score),
            entity.origin.reason.as_str().into(),
            decision.map(|stamp| stamp.by.as_str()).unwrap_or_default().into(),
            shown(decision.map(|stamp| stamp.at)),
            entity.note.as_str().into(),
        ]
    };
    view.entities().into_iter().map(row).collect()
}

fn participants<'p>(project: &'p Project, article: &ArticleView<'p>) -> Vec<Vec<Cow<'p, str>>> {
    let mut rows = Vec::new();
    for view in &article.events {
        for who in &view.participants {
            let party = Party::new(project, article, who);
            let place = who.range.and_then(|range| article.offsets.code_points(range));
            rows.push(vec![
                view.event.id.to_string().into(),
                article.record.id.to_string().into(),
                who.role.name().into(),
                shown(who.entity()),
                party.name.into(),
                party.entity.map_or("", |entity| entity.kind.as_str()).into(),
                project.party_label(&who.who).name().into(),
                shown(party.country),
                if who.unsure { "unsure" } else { "" }.into(),
                shown(place.map(|(start, _)| start)),
                shown(place.map(|(_, end)| end)),
                "code_point".into(),
                party.words.into(),
            ]);
        }
    }
    rows
}

fn relations<'p>(project: &'p Project, article: &ArticleView<'p>) -> Vec<Vec<Cow<'p, str>>> {
    let mut rows = Vec::new();
    for related in &article.relations {
        let (relation, tagset) = (related.relation, project.tagset());
        let (kind, decision) = (tagset.relation(&relation.kind), relation.decision.as_ref());
        let mut row: Vec<Cow<'p, str>> = vec![
            relation.id.to_string().into(),
            article.record.id.to_string().into(),
            relation.kind.as_str().into(),
            tagset.relation_name(&relation.kind).into(),
            kind.and_then(|kind| kind.reversed()).unwrap_or_default().into(),
            if tagset.is_symmetric(&relation.kind) { "symmetric" } else { "" }.into(),
            status(relation.status).into(),
        ];
        for end in [related.from, related.to] {
            let mention = article.mentions.get(end).map(|marked| marked.mention);
            let target = mention.and_then(|mention| mention.target);
            let name = match target {
                Some(Target::Entity(id)) => project.entity(id).map(|entity| entity.name.as_str()),
                Some(Target::Event(id)) => project.event(id).map(|event| event.name.as_str()),
                None => None,
            };
            row.extend([
                shown(mention.map(|mention| mention.id)),
                match target {
                    Some(Target::Entity(id)) => id.to_string().into(),
                    Some(Target::Event(id)) => id.to_string().into(),
                    None => "".into(),
                },
                name.unwrap_or_default().into(),
                mention.map_or("", |mention| mention.quote.as_str()).into(),
            ]);
        }
        row.extend([
            relation.origin.source.as_str().into(),
            shown(relation.origin.score),
            relation.origin.reason.as_str().into(),
            decision.map(|stamp| stamp.by.as_str()).unwrap_or_default().into(),
            shown(decision.map(|stamp| stamp.at)),
            relation.note.as_str().into(),
        ]);
        rows.push(row);
    }
    rows
}

/// Tables as text: a file for each, in one folder.
pub(super) enum Tables {
    Csv,
    Tsv,
}

impl Format for Tables {
    fn id(&self) -> &'static str {
        match self {
            Self::Csv => "tables",
            Self::Tsv => "tables-tsv",
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Csv => "All tables (CSV)",
            Self::Tsv => "All tables (TSV)",
        }
    }

    fn group(&self) -> Group {
        Group::Tables
    }

    fn extension(&self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
        }
    }

    fn description(&self) -> &'static str {
        match self {
            Self::Csv => "A folder with tables of articles, mentions, entities, events, participants and relations",
            Self::Tsv => "The same with tabs between the columns",
        }
    }

    fn layout(&self) -> Layout {
        Layout::Folder
    }

    fn holds_relations(&self) -> bool {
        true
    }

    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
        let view = View::new(project, selection)?;
        let delimiter = if matches!(self, Self::Csv) { b',' } else { b'\t' };
        let file = |sheet: Sheet<'_>| {
            let mut table = Table::new(delimiter, sheet.columns)?;
            for row in &sheet.rows {
                table.row(guarded(sheet.columns, row).iter().map(|cell| cell.as_bytes()))?;
            }
            Ok(File { name: format!("{}.{}", sheet.name, self.extension()), bytes: table.bytes()? })
        };
        let files = sheets(&view).into_iter().map(file).collect::<Result<_, _>>()?;
        Ok(Export { files, ..Export::default() })
    }
}
