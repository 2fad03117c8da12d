//! WebAnno TSV 3.3: a file an article with a token a line and its annotations in columns; ranges in UTF-16 units.
//! <https://inception-project.github.io/releases/38.4/docs/user-guide.html#sect_webannotsv>

use std::collections::BTreeMap;
use std::fmt::Write as _;

use text_size::{TextRange, TextSize};

use super::layers::{self, Annotation, LINK, Layer, PARTICIPANTS, Relation, RelationLayer};
use super::names::Stems;
use super::segments::{segments, wordless};
use super::view::{ArticleView, View};
use super::{Export, ExportError, File, Format, Group, Layout, LeftOut, Selection};
use crate::project::Project;
use crate::text::{byte_range, bytes, tokens};

/// See the module.
pub(super) struct WebAnno;

impl Format for WebAnno {
    fn id(&self) -> &'static str {
        "webanno"
    }

    fn name(&self) -> &'static str {
        "WebAnno TSV 3.3"
    }

    fn group(&self) -> Group {
        Group::Annotation
    }

    fn extension(&self) -> &'static str {
        "tsv"
    }

    fn description(&self) -> &'static str {
        "A folder for WebAnno and INCEpTION: a table an article, a word a line with its tags in columns"
    }

    fn layout(&self) -> Layout {
        Layout::Folder
    }

    fn holds_relations(&self) -> bool {
        true
    }

    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
        let view = View::new(project, selection)?;
        let mut export = Export::default();
        let mut stems = Stems::default();
        for article in &view.articles {
            let name = format!("{}.tsv", stems.unique(article.title()));
            let table = Table::new(project, article, &mut export.left_out).write()?;
            export.files.push(File { name, bytes: table.into_bytes() });
        }
        Ok(export)
    }
}

/// A token with what it is called.
struct Unit {
    range: TextRange,
    /// Its sentence and its place in it, from 1.
    id: String,
    /// The annotations that it is part of.
    annotations: Vec<usize>,
}

/// The table of one article.
struct Table<'v, 'p> {
    article: &'v ArticleView<'p>,
    /// What holds no word has no unit.
    annotations: Vec<Annotation<'p>>,
    relations: Vec<Relation<'p>>,
    /// The relations that lead to what begins at a unit of this name.
    related: BTreeMap<String, Vec<usize>>,
    sentences: Vec<Vec<Unit>>,
    /// The name of the first unit of each annotation.
    first: BTreeMap<usize, String>,
    /// Numbers of annotations that their place alone does not tell: of several tokens, or more than one in a place.
    numbers: BTreeMap<usize, usize>,
}

impl<'v, 'p> Table<'v, 'p> {
    fn new(project: &'p Project, article: &'v ArticleView<'p>, left_out: &mut Vec<LeftOut>) -> Self {
        let words: Vec<TextRange> = tokens::tokenize(article.text).into_iter().map(|token| token.range).collect();
        let layers::Annotations { list: mut annotations, mut relations, .. } =
            layers::annotations(project, article, left_out);
        let blank: Vec<bool> = annotations.iter().map(|each| wordless(each.range, &words)).collect();
        let is_blank = |index: usize| blank.get(index).copied().unwrap_or(true);
        for (annotation, blank) in annotations.iter().zip(&blank) {
            if *blank {
                left_out.push(article.left_out(annotation.describe(), "it holds no word"));
            }
        }
        for annotation in &mut annotations {
            let before = annotation.links.len();
            annotation.links.retain(|(_, target)| !is_blank(*target));
            if annotation.links.len() < before {
                let what = format!("who takes part in {}", annotation.describe());
                left_out.push(article.left_out(what, "what says so holds no word"));
            }
        }
        let mut all = article.relations.iter();
        relations.retain(|relation| {
            let lost = is_blank(relation.from) || is_blank(relation.to);
            if let Some(related) = all.next().filter(|_| lost) {
                let what = article.relation(project, related);
                left_out.push(article.left_out(what, "one of its ends holds no word"));
            }
            !lost
        });
        let marks: Vec<TextRange> = annotations.iter().map(|annotation| annotation.range).collect();
        let sentences = segments(article.text, &marks);
        tell_lost_text(article, &sentences, left_out);
        let mut table = Self {
            article,
            annotations,
            relations,
            related: BTreeMap::new(),
            sentences: Vec::new(),
            first: BTreeMap::new(),
            numbers: BTreeMap::new(),
        };
        table.place(sentences);
        for (index, relation) in table.relations.iter().enumerate() {
            if let Some(unit) = table.first.get(&relation.to) {
                table.related.entry(unit.clone()).or_default().push(index);
            }
        }
        table.number();
        table.tell_trimmed(left_out);
        table
    }

    /// Puts the annotations on the tokens. Those of the article are in the order of their starts.
    fn place(&mut self, sentences: Vec<Vec<TextRange>>) {
        let mut next = 0;
        let mut open: Vec<usize> = Vec::new();
        for (sentence, tokens) in (1_usize..).zip(sentences) {
            let mut units = Vec::with_capacity(tokens.len());
            for (number, range) in (1_usize..).zip(tokens) {
                while self.range(next).is_some_and(|mark| mark.start() < range.end()) {
                    open.push(next);
                    next += 1;
                }
                open.retain(|index| self.range(*index).is_some_and(|open| open.end() > range.start()));
                let id = format!("{sentence}-{number}");
                for index in &open {
                    self.first.entry(*index).or_insert_with(|| id.clone());
                }
                units.push(Unit { range, id, annotations: open.clone() });
            }
            self.sentences.push(units);
        }
    }

    fn range(&self, annotation: usize) -> Option<TextRange> {
        Some(self.annotations.get(annotation)?.range)
    }

    fn layer(&self, annotation: usize) -> Option<Layer> {
        Some(self.annotations.get(annotation)?.layer)
    }

    fn number(&mut self) {
        let mut units: BTreeMap<usize, usize> = BTreeMap::new();
        let mut unclear: std::collections::BTreeSet<usize> = std::collections::BTreeSet::new();
        for unit in self.sentences.iter().flatten() {
            for layer in Layer::ALL {
                let own = unit.annotations.iter().filter(|index| self.layer(**index) == Some(layer));
                let stacked = own.clone().count() > 1;
                for index in own {
                    let count = units.entry(*index).or_default();
                    *count += 1;
                    if *count > 1 || stacked {
                        unclear.insert(*index);
                    }
                }
            }
        }
        // The layer of what such a relation joins tells nothing.
        let mixed = self.relations.iter().filter(|relation| relation.layer == RelationLayer::Mixed);
        unclear.extend(mixed.flat_map(|relation| [relation.from, relation.to]));
        self.numbers = unclear.into_iter().zip(1..).collect();
    }

    /// Mentions that begin or end with white space or controls, which come back without.
    fn tell_trimmed(&self, left_out: &mut Vec<LeftOut>) {
        let mut covered: BTreeMap<usize, TextRange> = BTreeMap::new();
        for unit in self.sentences.iter().flatten() {
            for index in &unit.annotations {
                covered.entry(*index).and_modify(|range| *range = range.cover(unit.range)).or_insert(unit.range);
            }
        }
        for (index, range) in covered {
            let Some(annotation) = self.annotations.get(index) else { continue };
            if annotation.range != range {
                let what = format!("the white space at the edges of {}", annotation.describe());
                left_out.push(self.article.left_out(what, "a span begins and ends with a word there"));
            }
        }
    }

    fn write(&self) -> Result<String, ExportError> {
        let columns = self.columns();
        let mut table = String::from("#FORMAT=WebAnno TSV 3.3\n");
        for (layer, columns) in &columns {
            let _ = writeln!(table, "#T_SP={}|{}", layer.kind(), declared(*layer, columns).join("|"));
        }
        let relations = self.relation_columns();
        for (layer, columns) in &relations {
            let names = columns.iter().filter_map(|place| RelationLayer::FEATURES.get(*place));
            let names: String = names.map(|name| format!("{name}|")).collect();
            let _ = writeln!(table, "#T_RL={}|{names}BT_{}", layer.kind(), layer.ends());
        }
        table.push('\n');
        let starts: Vec<TextSize> =
            self.sentences.iter().filter_map(|units| Some(units.first()?.range.start())).collect();
        let ends = starts.iter().skip(1).copied().chain([TextSize::of(self.article.text)]);
        for ((units, start), end) in self.sentences.iter().zip(&starts).zip(ends) {
            table.push('\n');
            // With the white space up to the next one: that is how a reader gets the same text back.
            let sentence =
                byte_range((*start).into(), end.into()).and_then(|range| self.article.text.get(bytes(range)));
            for line in sentence.unwrap_or_default().split('\n') {
                let _ = writeln!(table, "#Text={}", escape_text(line));
            }
            for unit in units {
                self.unit(unit, &columns, &relations, &mut table)?;
            }
        }
        Ok(table)
    }

    /// The layers that the article has annotations in, each with the features that one of them has.
    fn columns(&self) -> Vec<(Layer, Vec<Column>)> {
        let mut all = Vec::new();
        for layer in Layer::ALL {
            let own: Vec<_> = self
                .annotations
                .iter()
                .enumerate()
                .filter(|(index, annotation)| annotation.layer == layer && self.first.contains_key(index))
                .map(|(_, annotation)| annotation)
                .collect();
            let used = |place: usize| own.iter().any(|a| a.values.get(place).is_some_and(Option::is_some));
            let mut columns: Vec<Column> =
                (0..layer.features().len()).filter(|place| used(*place)).map(Column::Feature).collect();
            if own.iter().any(|annotation| !annotation.links.is_empty()) {
                columns.extend([Column::Roles, Column::Targets]);
            }
            if !columns.is_empty() {
                all.push((layer, columns));
            }
        }
        all
    }

    /// The layers that the article has relations in, each with the places of the features that one of them has.
    fn relation_columns(&self) -> Vec<(RelationLayer, Vec<usize>)> {
        let mut all = Vec::new();
        for layer in RelationLayer::ALL {
            let own: Vec<_> = self.relations.iter().filter(|relation| relation.layer == layer).collect();
            let used = |place: &usize| own.iter().any(|each| each.values.get(*place).is_some_and(Option::is_some));
            if !own.is_empty() {
                all.push((layer, (0..RelationLayer::FEATURES.len()).filter(used).collect()));
            }
        }
        all
    }

    fn unit(
        &self,
        unit: &Unit,
        columns: &[(Layer, Vec<Column>)],
        relations: &[(RelationLayer, Vec<usize>)],
        table: &mut String,
    ) -> Result<(), ExportError> {
        let offsets = &self.article.offsets;
        let place = offsets.utf16(unit.range.start()).zip(offsets.utf16(unit.range.end()));
        let (start, end) =
            place.ok_or_else(|| ExportError::Encode(format!("token {} lies outside its text", unit.id)))?;
        let words = self.article.text.get(bytes(unit.range)).unwrap_or_default();
        let _ = write!(table, "{}\t{start}-{end}\t{words}\t", unit.id);
        for (layer, columns) in columns {
            let own: Vec<usize> =
                unit.annotations.iter().copied().filter(|index| self.layer(*index) == Some(*layer)).collect();
            for column in columns {
                let cells: Vec<String> = own.iter().map(|index| self.cell(*index, column)).collect();
                table.push_str(if cells.is_empty() { "_" } else { "" });
                table.push_str(&cells.join("|"));
                table.push('\t');
            }
        }
        let here = self.related.get(&unit.id).map(Vec::as_slice).unwrap_or_default();
        for (layer, columns) in relations {
            let own = here.iter().filter_map(|index| self.relations.get(*index));
            let own: Vec<&Relation<'_>> = own.filter(|relation| relation.layer == *layer).collect();
            let feature = |place: usize| {
                own.iter().map(move |relation| {
                    let value = relation.values.get(place).and_then(Option::as_ref);
                    value.map_or_else(|| "*".to_owned(), |value| escape_value(value))
                })
            };
            let mut cells: Vec<String> =
                columns.iter().map(|place| feature(*place).collect::<Vec<_>>().join("|")).collect();
            cells.push(own.iter().map(|relation| self.source(relation)).collect::<Vec<_>>().join("|"));
            for cell in cells {
                table.push_str(if own.is_empty() { "_" } else { &cell });
                table.push('\t');
            }
        }
        table.push('\n');
        Ok(())
    }

    /// Where a relation comes from, with the numbers of both its ends where one has a number.
    fn source(&self, relation: &Relation<'_>) -> String {
        let unit = self.first.get(&relation.from).map_or("", String::as_str);
        match (self.numbers.get(&relation.from), self.numbers.get(&relation.to)) {
            (None, None) => unit.to_owned(),
            (from, to) => format!("{unit}[{}_{}]", from.unwrap_or(&0), to.unwrap_or(&0)),
        }
    }

    fn cell(&self, index: usize, column: &Column) -> String {
        let Some(annotation) = self.annotations.get(index) else { return String::new() };
        match column {
            Column::Feature(place) => {
                let value = annotation.values.get(*place).and_then(Option::as_ref);
                value.map_or_else(|| "*".to_owned(), |value| escape_value(value)) + &self.numbered(index)
            }
            Column::Roles if annotation.links.is_empty() => format!("_{}", self.numbered(index)),
            Column::Roles => {
                let roles: Vec<String> = annotation.links.iter().map(|(role, _)| escape_value(role)).collect();
                roles.join(";") + &self.numbered(index)
            }
            Column::Targets if annotation.links.is_empty() => "*".to_owned(),
            Column::Targets => {
                let target = |(_, target): &(&str, usize)| {
                    format!("{}{}", self.first.get(target).map_or("", String::as_str), self.numbered(*target))
                };
                annotation.links.iter().map(target).collect::<Vec<_>>().join(";")
            }
        }
    }

    fn numbered(&self, index: usize) -> String {
        self.numbers.get(&index).map(|number| format!("[{number}]")).unwrap_or_default()
    }
}

/// A column of a layer.
enum Column {
    /// A feature, by its place among those of its layer.
    Feature(usize),
    /// The roles of participants, and behind it who they are.
    Roles,
    Targets,
}

/// How the columns are declared in the header.
fn declared(layer: Layer, columns: &[Column]) -> Vec<String> {
    let declare = |column: &Column| match column {
        Column::Feature(place) => layer.features().get(*place).copied().unwrap_or_default().to_owned(),
        Column::Roles => format!("ROLE_{}:{PARTICIPANTS}_{LINK}", layer.kind()),
        Column::Targets => Layer::Named.kind().to_owned(),
    };
    columns.iter().map(declare).collect()
}

/// Tells what stands before the first word and is more than spaces: a reader fills that gap with spaces. Without any
/// word there is nothing to write the text with.
fn tell_lost_text(article: &ArticleView<'_>, sentences: &[Vec<TextRange>], left_out: &mut Vec<LeftOut>) {
    let first = sentences.first().and_then(|tokens| tokens.first());
    let before = first.map_or(article.text, |token| article.text.get(..token.start().into()).unwrap_or_default());
    if first.is_none() && !before.is_empty() {
        left_out.push(article.left_out("its text".to_owned(), "it holds no word"));
    } else if before.chars().any(|c| c != ' ') {
        let what = "the line ends before its first word".to_owned();
        left_out.push(article.left_out(what, "a reader puts spaces there"));
    }
}

/// As WebAnno writes text: a backslash before controls, those with a letter of their own by it. A vertical tab stays.
fn escape_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\\\"),
            '\t' => escaped.push_str("\\t"),
            '\r' => escaped.push_str("\\r"),
            '\u{8}' => escaped.push_str("\\b"),
            '\u{C}' => escaped.push_str("\\f"),
            '\0'..='\u{7}' | '\u{E}'..='\u{1F}' => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// As WebAnno writes values; a carriage return, which it does not foresee, likewise.
fn escape_value(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for (index, c) in value.char_indices() {
        match c {
            '\\' | '[' | ']' | '|' | '_' | ';' | '*' => escaped.extend(['\\', c]),
            '-' if value.get(index..).is_some_and(|rest| rest.starts_with("->")) => escaped.push_str("\\-"),
            '\t' => escaped.push_str("\\t"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_values_are_escaped_as_webanno_does() {
        assert_eq!(escape_text("a\\b\tc\rd\u{1}e_[x]"), "a\\\\b\\tc\\rd\\\u{1}e_[x]");
        assert_eq!(escape_value("a_b[1]|*;->x\\\n\r-"), "a\\_b\\[1\\]\\|\\*\\;\\->x\\\\\\n\\r-");
    }
}
