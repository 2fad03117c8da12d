//! The lines of a standoff file, taken apart.

use std::collections::{HashMap, HashSet};

use text_size::TextRange;

use crate::text::{OffsetMap, byte_range, bytes};

/// A `T` line.
pub(super) struct Bound<'a> {
    pub id: &'a str,
    pub kind: &'a str,
    pub range: TextRange,
}

/// An `E` line.
pub(super) struct Happening<'a> {
    pub id: &'a str,
    pub line: usize,
    pub kind: &'a str,
    pub trigger: &'a str,
    pub arguments: Vec<(&'a str, &'a str)>,
}

/// An `R` line, or a `*` line of another relation than `Equiv`.
pub(super) struct Link<'a> {
    pub id: &'a str,
    pub line: usize,
    pub kind: &'a str,
    /// What is related, each with the next one.
    pub ends: Vec<&'a str>,
    /// Whether it says the same both ways, as what is in a `*` line does.
    pub symmetric: bool,
}

/// The lines of one `.ann`, taken apart.
#[derive(Default)]
pub(super) struct Lines<'a> {
    pub bounds: Vec<Bound<'a>>,
    pub events: Vec<Happening<'a>>,
    /// Attributes: of what, the name, the value; with their lines.
    pub attributes: Vec<(usize, &'a str, &'a str, &'a str)>,
    /// References: of what, the source, the id in it, the words.
    pub references: Vec<(usize, &'a str, &'a str, &'a str, &'a str)>,
    pub notes: HashMap<&'a str, Vec<&'a str>>,
    /// Groups of what is the same thing.
    pub same: Vec<Vec<&'a str>>,
    /// Of events: each with one that it tells of too.
    pub same_events: Vec<(&'a str, &'a str)>,
    pub relations: Vec<Link<'a>>,
}

const NOT_STANDOFF: &str = "it is not written as brat writes it";
const ELSEWHERE: &str = "these words do not stand there in the text";
const MOVED: &str = "each line end counts there as one character and here as two; the marks were placed by their words";

impl<'a> Lines<'a> {
    /// Takes the lines of a file about `text` apart. Each that cannot be is told: its number, what it is, and why.
    pub(super) fn of(standoff: &'a str, text: &str, leave: &mut dyn FnMut(usize, String, &'static str)) -> Self {
        let offsets = OffsetMap::new(text);
        // brat read the text without the carriage returns, where its line ends are of two characters.
        let without = text.contains("\r\n").then(|| WithoutReturns::new(text));
        let mut moved = 0_usize;
        let mut found = Self::default();
        let mut ids = HashSet::new();
        for (index, line) in standoff.split('\n').enumerate() {
            let (number, line) = (index + 1, line.strip_suffix('\r').unwrap_or(line));
            if line.trim().is_empty() {
                continue;
            }
            let mut cells = line.splitn(3, '\t');
            let id = cells.next().unwrap_or_default();
            let (Some(body), rest) = (cells.next(), cells.next().unwrap_or_default()) else {
                leave(number, shortened(line), NOT_STANDOFF);
                continue;
            };
            if !id.starts_with('*') && !id.starts_with('#') && !ids.insert(id) {
                leave(number, shortened(line), "its id is there twice");
                continue;
            }
            let mut fields = body.split(' ').filter(|field| !field.is_empty());
            match id.chars().next() {
                Some('T') => {
                    let line_of = (number, id, body, rest);
                    let here = |start, end| offsets.from_code_points(start, end);
                    let there = |without: &WithoutReturns| {
                        let found = bound(text, &|start, end| without.range(start, end), line_of, &mut |_, _, _| ());
                        found.is_ok() && !rest.is_empty()
                    };
                    let as_said = bound(text, &here, line_of, &mut |_, _, _| ());
                    let by_lines = without.as_ref().filter(|without| as_said.is_err() && there(without));
                    moved += usize::from(by_lines.is_some());
                    let taken = match by_lines {
                        Some(without) => bound(text, &|start, end| without.range(start, end), line_of, leave),
                        None => bound(text, &here, line_of, leave),
                    };
                    match taken {
                        Ok(bound) => found.bounds.push(bound),
                        Err(why) => leave(number, shortened(line), why),
                    }
                }
                Some('E') => {
                    let pairs: Vec<_> = fields.filter_map(|field| field.split_once(':')).collect();
                    match pairs.split_first() {
                        Some(((kind, trigger), arguments)) => found.events.push(Happening {
                            id,
                            line: number,
                            kind,
                            trigger,
                            arguments: arguments.to_vec(),
                        }),
                        None => leave(number, shortened(line), NOT_STANDOFF),
                    }
                }
                Some('A' | 'M') => match (fields.next(), fields.next()) {
                    (Some(name), Some(of)) => {
                        found.attributes.push((number, of, name, fields.next().unwrap_or_default()));
                    }
                    _ => leave(number, shortened(line), NOT_STANDOFF),
                },
                Some('N') => match (fields.nth(1), fields.next().and_then(|field| field.split_once(':'))) {
                    (Some(of), Some((source, item))) if !item.is_empty() => {
                        found.references.push((number, of, source, item, rest))
                    }
                    _ => leave(number, shortened(line), NOT_STANDOFF),
                },
                Some('#') => match fields.nth(1) {
                    Some(of) => found.notes.entry(of).or_default().push(rest),
                    None => leave(number, shortened(line), NOT_STANDOFF),
                },
                Some('*') => match fields.next().zip(Some(fields.collect::<Vec<_>>())) {
                    Some(("Equiv", group)) => found.same.push(group),
                    Some((kind, ends)) if ends.len() > 1 => {
                        found.relations.push(Link { id, line: number, kind, ends, symmetric: true });
                    }
                    _ => leave(number, shortened(line), NOT_STANDOFF),
                },
                Some('R') => {
                    let kind = fields.next().unwrap_or_default();
                    let ends: Vec<_> = fields.filter_map(|field| field.split_once(':')).collect();
                    match ends.as_slice() {
                        [(_, one), (_, other)] if kind == "Same_event" => found.same_events.push((one, other)),
                        [("Arg2", to), ("Arg1", from)] | [(_, from), (_, to)] => {
                            let ends = vec![*from, *to];
                            found.relations.push(Link { id, line: number, kind, ends, symmetric: false });
                        }
                        _ => leave(number, shortened(line), NOT_STANDOFF),
                    }
                }
                _ => leave(number, shortened(line), NOT_STANDOFF),
            }
        }
        if moved > 0 {
            let marks = if moved == 1 { "1 mark".to_owned() } else { format!("{moved} marks") };
            leave(1, format!("the places of {marks}"), MOVED);
        }
        found
    }
}

/// Places in a text as it is counted without the carriage returns of its line ends.
struct WithoutReturns {
    /// Where each character that counts begins, in bytes, and where the text ends.
    starts: Vec<usize>,
}

impl WithoutReturns {
    fn new(text: &str) -> Self {
        let returns = |at: usize| text.get(at..).is_some_and(|rest| rest.starts_with("\r\n"));
        let starts = text.char_indices().map(|(at, _)| at).filter(|at| !returns(*at));
        Self { starts: starts.chain([text.len()]).collect() }
    }

    fn range(&self, start: usize, end: usize) -> Option<TextRange> {
        let (start, end) = (*self.starts.get(start)?, *self.starts.get(end)?);
        byte_range(start, end).filter(|_| start <= end)
    }
}

/// A `T` line of a number, an id, a body and words: one range from its first to its last fragment.
fn bound<'a>(
    text: &str,
    range_of: &dyn Fn(usize, usize) -> Option<TextRange>,
    (line, id, body, words): (usize, &'a str, &'a str, &str),
    leave: &mut dyn FnMut(usize, String, &'static str),
) -> Result<Bound<'a>, &'static str> {
    let (kind, places) = body.split_once(' ').ok_or(NOT_STANDOFF)?;
    let mut pieces: Vec<TextRange> = Vec::new();
    for place in places.split(';') {
        let (start, end) = place.trim().split_once(' ').ok_or(NOT_STANDOFF)?;
        let number = |cell: &str| cell.trim().parse::<usize>().map_err(|_| NOT_STANDOFF);
        let (start, end) = (number(start)?, number(end)?);
        let range = range_of(start, end).ok_or("it lies outside the text")?;
        pieces.push(range);
    }
    let told: Vec<&str> = pieces.iter().filter_map(|range| text.get(bytes(*range))).collect();
    let spaced = |text: &str| text.split(char::is_whitespace).filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" ");
    if !words.is_empty() && spaced(words) != spaced(&told.join(" ")) {
        return Err(ELSEWHERE);
    }
    pieces.sort_by_key(|range| range.start());
    let whole = pieces.iter().copied().reduce(TextRange::cover).filter(|range| !range.is_empty());
    let range = whole.ok_or("it holds no words")?;
    // Fragments that a line end parts are one mention; others have words between them.
    let gap = pieces.windows(2).any(|pair| {
        let [before, after] = pair else { return false };
        let between = text.get(usize::from(before.end())..usize::from(after.start())).unwrap_or_default();
        !between.chars().all(|c| c.is_whitespace() || c.is_control())
    });
    if gap {
        let what = format!("{id} in pieces, “{}”", told.join(" … "));
        leave(line, what, "a mention is one stretch: taken in from its first word to its last");
    }
    Ok(Bound { id, kind, range })
}

/// What is told to be one thing: mentions of an entity, triggers of an event.
pub(super) struct Groups<'a> {
    /// Of each the one that stands for its group.
    roots: HashMap<&'a str, &'a str>,
}

impl<'a> Groups<'a> {
    pub(super) fn new(lines: &Lines<'a>) -> Self {
        let pairs = lines.same_events.iter().map(|(one, other)| vec![*other, *one]);
        let mut roots: HashMap<&str, &str> = HashMap::new();
        let mut members: HashMap<&str, Vec<&str>> = HashMap::new();
        for group in lines.same.iter().cloned().chain(pairs) {
            let Some(first) = group.first() else { continue };
            let root = group.iter().find_map(|id| roots.get(id)).copied().unwrap_or(first);
            for id in group {
                match roots.insert(id, root) {
                    Some(before) if before == root => {}
                    Some(before) => {
                        for moved in members.remove(before).unwrap_or_default() {
                            roots.insert(moved, root);
                            members.entry(root).or_default().push(moved);
                        }
                    }
                    None => members.entry(root).or_default().push(id),
                }
            }
        }
        Self { roots }
    }

    pub(super) fn root<'b>(&self, id: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.roots.get(id).copied().unwrap_or(id)
    }
}

/// A line for a list of what was left out.
fn shortened(line: &str) -> String {
    let mut short: String = line.replace('\t', " ").chars().take(80).collect();
    if short.chars().count() < line.chars().count() {
        short.push('…');
    }
    short
}
