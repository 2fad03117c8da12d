//! WebAnno TSV 3: what the export, WebAnno and INCEpTION write. Lines with `#T_SP=` declare layers of spans, those with
//! `#T_RL=` layers of relations; chains are not kept.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::layers::{self, Annotation, Relation};
use super::set::{NO_ENDS, Set};
use super::{File, Format, Head, ImportError, Imported, utf8};
use crate::project::Stamp;
use crate::text::{Metadata, OffsetMap, bytes};

/// See the module.
pub(super) struct WebAnno;

/// How many spaces may stand between sentences in all: they are told by offsets and take no room in the file.
const MAX_GAPS: usize = 10_000_000;

impl Format for WebAnno {
    fn id(&self) -> &'static str {
        "webanno"
    }

    fn name(&self) -> &'static str {
        "WebAnno TSV 3"
    }

    fn description(&self) -> &'static str {
        "Named entities and custom layers of WebAnno and INCEpTION"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["tsv"]
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        head.text.starts_with("#FORMAT=WebAnno TSV")
    }

    fn together(&self) -> bool {
        true
    }

    fn read(&self, files: &[File], stamp: &Stamp) -> Result<Imported, ImportError> {
        super::each(files.iter().collect(), files, Set::new(self.id(), stamp), |set, file| {
            let wrong = |problem| ImportError::Form { name: file.base().to_owned(), format: self.name(), problem };
            let mut table = Table::default();
            table.read(utf8(file)?).map_err(wrong)?;
            let title = File { name: file.base().to_owned(), bytes: Vec::new() }.stem().to_owned();
            let meta = Metadata { title, origin: file.name.clone(), ..Metadata::default() };
            let article = set.article(file.base(), meta, &table.text)?;
            let relations = table.relations(set, file.base());
            let annotations = table.annotations(set, file.base());
            layers::take(set, file.base(), article, &table.text, &annotations, &relations);
            Ok(())
        })
    }
}

/// What a column of a line holds.
#[derive(Clone, Debug)]
struct Column {
    /// The type of its layer.
    layer: String,
    holds: Holds,
}

#[derive(Clone, Debug)]
enum Holds {
    Feature(String),
    /// Nothing: the layer has no features.
    Mark,
    Roles,
    Targets,
    /// A feature of a relation, which stands where it leads to.
    Related(String),
    /// Where a relation comes from; the type of what it joins.
    Source(String),
    /// A column of chains, or of relations between words.
    Other,
}

/// A relation before all that it may join is read.
#[derive(Default)]
struct Draft {
    values: BTreeMap<String, String>,
    /// What it comes from, and leads to.
    ends: Option<[Filler; 2]>,
}

/// Where an annotation is found again.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    /// By its number in the document.
    Number(String),
    /// By its token, its layer and its place in the stack there.
    Place(String, String, usize),
}

/// The slots of an annotation: their roles, and what fills them in the same order.
#[derive(Default)]
struct Slots {
    roles: Vec<String>,
    fillers: Vec<Filler>,
}

/// Where what fills a slot or is related begins, in which layer, and its number where it has one.
struct Filler {
    token: String,
    layer: String,
    number: Option<String>,
}

/// What a layer holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Spans,
    Relations,
    /// Chains, and what is not taken in.
    Others,
}

/// A table as it is read.
#[derive(Default)]
struct Table {
    columns: Vec<Column>,
    text: String,
    /// The length of the text in UTF-16 units.
    units: usize,
    gaps: usize,
    annotations: Vec<Annotation>,
    found: HashMap<Key, usize>,
    /// The first annotation that begins at a token, of a layer and of any (without a name).
    at: HashMap<(String, String), usize>,
    /// The slots of annotations.
    slots: BTreeMap<usize, Slots>,
    /// The words of tokens with their ranges, to be compared with the text.
    tokens: Vec<(usize, usize, String, Vec<usize>)>,
    /// Relations by their layer, the token that they lead to, and their place in the stack there.
    relations: BTreeMap<(String, String, usize), Draft>,
    /// Layers that are not kept, with how many cells of them are filled.
    others: BTreeMap<String, usize>,
}

impl Table {
    fn read(&mut self, source: &str) -> Result<(), String> {
        let mut lines = (1_usize..).zip(source.strip_prefix('\u{FEFF}').unwrap_or(source).split('\n'));
        let first = lines.next().map_or("", |(_, line)| line.trim_end_matches('\r'));
        if !first.starts_with("#FORMAT=WebAnno TSV 3") {
            return Err("line 1: it does not begin with #FORMAT=WebAnno TSV 3".to_owned());
        }
        // The lines of a sentence before its tokens.
        let mut sentence: Option<String> = None;
        for (number, line) in lines {
            let line = line.strip_suffix('\r').unwrap_or(line);
            let at = |problem: &str| format!("line {number}: {problem}");
            if let Some(text) = line.strip_prefix("#Text=") {
                let sentence = sentence.get_or_insert_with(String::new);
                sentence.push_str(&unescape_text(text));
                sentence.push('\n');
            } else if let Some(layer) = line.strip_prefix("#T_SP=").filter(|_| self.tokens.is_empty()) {
                self.declare(layer, Sort::Spans);
            } else if let Some(layer) = line.strip_prefix("#T_RL=").filter(|_| self.tokens.is_empty()) {
                self.declare(layer, if layers::is_taken(layer) { Sort::Relations } else { Sort::Others });
            } else if line.starts_with("#T_") && self.tokens.is_empty() {
                self.declare(line.split_once('=').map_or("", |(_, layer)| layer), Sort::Others);
            } else if !line.is_empty() && !line.starts_with('#') {
                let cells: Vec<&str> = line.split('\t').collect();
                let [id, place, words, cells @ ..] = cells.as_slice() else {
                    return Err(at("it is no token with its offsets"));
                };
                let place = place.split_once('-').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
                let (start, end): (usize, usize) = place.ok_or_else(|| at("its offsets are no numbers"))?;
                if let Some(sentence) = sentence.take() {
                    self.sentence(&sentence, start).map_err(at)?;
                }
                self.token(id, start, end, words, cells);
            }
        }
        if self.tokens.is_empty() {
            return Err("it holds no token".to_owned());
        }
        // A reader ends every line of a sentence; the last end is none of the text.
        self.text.pop();
        Ok(())
    }

    /// The columns of a layer: `name|feature|ROLE_layer:slot_link|target`.
    fn declare(&mut self, layer: &str, sort: Sort) {
        let mut fields = layer.split('|');
        let name = fields.next().unwrap_or_default().to_owned();
        let mut before_is_role = false;
        let mut any = false;
        for field in fields {
            let holds = match field {
                _ if sort == Sort::Others => Holds::Other,
                _ if sort == Sort::Relations => match field.strip_prefix("BT_") {
                    Some(ends) => Holds::Source(ends.to_owned()),
                    None => Holds::Related(field.to_owned()),
                },
                "" => Holds::Mark,
                _ if field.starts_with("ROLE_") => Holds::Roles,
                _ if before_is_role => Holds::Targets,
                _ => Holds::Feature(field.to_owned()),
            };
            before_is_role = matches!(holds, Holds::Roles);
            any = true;
            // The layer in which the fillers of slots are.
            let layer = if matches!(holds, Holds::Targets) { format!("{name}|{field}") } else { name.clone() };
            self.columns.push(Column { layer, holds });
        }
        if !any {
            self.columns
                .push(Column { layer: name, holds: if sort == Sort::Spans { Holds::Mark } else { Holds::Other } });
        }
    }

    /// Puts the text of a sentence where its first token begins, as WebAnno does: behind spaces where there is a gap.
    fn sentence(&mut self, sentence: &str, start: usize) -> Result<(), &'static str> {
        if self.units == start + 1 {
            self.text.pop();
            self.units -= 1;
        }
        let gap = start.checked_sub(self.units).ok_or("its sentence begins before the one before it ends")?;
        self.gaps += gap;
        if self.gaps > MAX_GAPS {
            return Err("its offsets leave more gaps than any text has");
        }
        self.text.extend(std::iter::repeat_n(' ', gap));
        self.text.push_str(sentence);
        self.units = start + sentence.encode_utf16().count();
        Ok(())
    }

    fn token(&mut self, id: &str, start: usize, end: usize, words: &str, cells: &[&str]) {
        let columns = std::mem::take(&mut self.columns);
        let mut own: BTreeSet<usize> = BTreeSet::new();
        for (column, cell) in columns.iter().zip(cells) {
            if *cell == "_" {
                continue;
            }
            if matches!(column.holds, Holds::Other) {
                *self.others.entry(column.layer.clone()).or_default() += 1;
                continue;
            }
            let layer = column.layer.split('|').next().unwrap_or_default();
            if matches!(column.holds, Holds::Related(_) | Holds::Source(_)) {
                for (stack, value) in split(cell, '|').into_iter().enumerate() {
                    let draft = self.relations.entry((layer.to_owned(), id.to_owned(), stack)).or_default();
                    draft.fill(id, &column.holds, value);
                }
                continue;
            }
            for (stack, value) in split(cell, '|').into_iter().enumerate() {
                // What fills slots has numbers of its own.
                let targets = matches!(column.holds, Holds::Targets);
                let (value, number) = if targets { (value, None) } else { numbered(value) };
                let place = Key::Place(id.to_owned(), layer.to_owned(), stack);
                let key = number.map_or_else(|| place.clone(), |number| Key::Number(number.to_owned()));
                let known = self.found.get(&place).or_else(|| self.found.get(&key)).copied();
                let index = known.unwrap_or(self.annotations.len());
                if known.is_none() {
                    let new = Annotation { layer: layer.to_owned(), start, end, ..Annotation::default() };
                    self.annotations.push(new);
                    for layer in [layer, ""] {
                        self.at.entry((id.to_owned(), layer.to_owned())).or_insert(index);
                    }
                }
                self.found.insert(key, index);
                self.found.insert(place, index);
                own.insert(index);
                self.fill(index, end, column, value);
            }
        }
        self.columns = columns;
        self.tokens.push((start, end, words.to_owned(), own.into_iter().collect()));
    }

    fn fill(&mut self, index: usize, end: usize, column: &Column, value: &str) {
        let Some(annotation) = self.annotations.get_mut(index) else { return };
        annotation.end = annotation.end.max(end);
        match &column.holds {
            Holds::Feature(name) if value != "*" => {
                annotation.values.insert(name.clone(), unescape_value(value));
            }
            Holds::Roles if value != "_" => {
                let role = |role: &str| if role == "*" { String::new() } else { unescape_value(role) };
                self.slots.entry(index).or_default().roles = split(value, ';').into_iter().map(role).collect();
            }
            Holds::Targets if value != "*" && value != "_" => {
                let layer = column.layer.split('|').nth(1).unwrap_or_default();
                let filler = |filler: &str| {
                    let (token, number) = numbered(filler);
                    Filler { token: token.to_owned(), layer: layer.to_owned(), number: number.map(str::to_owned) }
                };
                self.slots.entry(index).or_default().fillers = split(value, ';').into_iter().map(filler).collect();
            }
            _ => {}
        }
    }

    /// The place of what fills a slot or is related, among all annotations.
    fn place_of(&self, Filler { token, layer, number }: Filler) -> Option<usize> {
        match number {
            Some(number) => self.found.get(&Key::Number(number)).copied(),
            None => {
                let at = |layer: String| self.at.get(&(token.clone(), layer)).copied();
                at(layer).or_else(|| at(String::new()))
            }
        }
    }

    /// The relations, by the places of the annotations that they join; those whose ends are not there are told.
    fn relations(&mut self, set: &mut Set<'_>, name: &str) -> Vec<Relation> {
        let mut found = Vec::new();
        for ((layer, token, _), Draft { values, ends }) in std::mem::take(&mut self.relations) {
            match ends.and_then(|[from, to]| self.place_of(from).zip(self.place_of(to))) {
                Some((from, to)) => found.push(Relation { layer, from, to, values, decision: None }),
                None => set.leave(name, format!("a relation of {layer} at token {token}"), NO_ENDS),
            }
        }
        found
    }

    /// The annotations with their slots. Those of a token whose words do not stand there are told and left out.
    fn annotations(&mut self, set: &mut Set<'_>, name: &str) -> Vec<Annotation> {
        for (index, slots) in std::mem::take(&mut self.slots) {
            for (role, filler) in slots.roles.into_iter().zip(slots.fillers) {
                let token = filler.token.clone();
                match (self.place_of(filler), self.annotations.get_mut(index)) {
                    (Some(found), Some(annotation)) => annotation.links.push((role, found)),
                    _ => set.leave(name, format!("{role} at token {token}"), "no mark stands there"),
                }
            }
        }
        for (layer, count) in std::mem::take(&mut self.others) {
            set.leave(name, format!("{count} cells of {layer}"), "the program keeps no chains, nor relations of words");
        }
        let offsets = OffsetMap::new(&self.text);
        for (start, end, words, own) in std::mem::take(&mut self.tokens) {
            let range = offsets.from_utf16(start, end);
            let there = range.and_then(|range| self.text.get(bytes(range)));
            if there != Some(words.as_str()) && !own.is_empty() {
                let words: String = words.chars().take(80).collect();
                set.leave(name, format!("the marks of “{words}” at {start}–{end}"), "these words do not stand there");
                for index in own {
                    // Nothing is taken of an annotation without a layer.
                    self.annotations.get_mut(index).into_iter().for_each(|each| each.layer.clear());
                }
            }
        }
        std::mem::take(&mut self.annotations)
    }
}

impl Draft {
    fn fill(&mut self, id: &str, holds: &Holds, value: &str) {
        match holds {
            Holds::Related(name) => {
                let (value, _) = numbered(value);
                if value != "*" {
                    self.values.insert(name.clone(), unescape_value(value));
                }
            }
            Holds::Source(layer) => {
                // `1-4[2_0]`: where it comes from, the number of that, and of where it leads to; 0 where there is none.
                let both = value.strip_suffix(']').and_then(|value| value.rsplit_once('['));
                let (source, numbers) = both.map_or((value, ("0", "0")), |(source, numbers)| {
                    (source, numbers.split_once('_').unwrap_or((numbers, "0")))
                });
                let end = |token: &str, number: &str| Filler {
                    token: token.to_owned(),
                    layer: layer.clone(),
                    number: Some(number).filter(|number| *number != "0").map(str::to_owned),
                };
                self.ends = Some([end(source, numbers.0), end(id, numbers.1)]);
            }
            _ => {}
        }
    }
}

/// A cell at each separator that has no backslash before it.
fn split(cell: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut escaped) = (0, false);
    for (at, c) in cell.char_indices() {
        if c == separator && !escaped {
            parts.push(cell.get(from..at).unwrap_or_default());
            from = at + c.len_utf8();
        }
        escaped = c == '\\' && !escaped;
    }
    parts.push(cell.get(from..).unwrap_or_default());
    parts
}

/// A value and the number in brackets behind it.
fn numbered(value: &str) -> (&str, Option<&str>) {
    let digits = |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let found = value.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')).filter(|(_, number)| digits(number));
    match found {
        Some((before, number)) => (before, Some(number)),
        None => (value, None),
    }
}

fn unescape_text(text: &str) -> String {
    unescape(text, |c| match c {
        't' => '\t',
        'n' => '\n',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{C}',
        c => c,
    })
}

fn unescape_value(value: &str) -> String {
    unescape(value, |c| match c {
        't' => '\t',
        'n' => '\n',
        'r' => '\r',
        c => c,
    })
}

fn unescape(text: &str, of: impl Fn(char) -> char) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => plain.extend(chars.next().map(&of)),
            c => plain.push(c),
        }
    }
    plain
}
