//! brat standoff: a `.txt` and an `.ann` an article and one `annotation.conf`; ranges in code points.
//! <https://brat.nlplab.org/standoff.html>

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use text_size::TextRange;

use super::json::status;
use super::layers::NOWHERE;
use super::names::Stems;
use super::view::{ArticleView, EventView, Marked, Related, UNPLACED, View};
use super::{Export, ExportError, File, Format, Group, Layout, LeftOut, Selection, table};
use crate::project::{
    EntityId, EventType, FigureKind, KindId, Level, Modality, NamedClass, NewsClass, PartyLabel, PartyWords, Plover,
    Polarity, Project, RelationKind, Schema, Status, is_item,
};

/// See the module.
pub(super) struct Brat;

impl Format for Brat {
    fn id(&self) -> &'static str {
        "brat"
    }

    fn name(&self) -> &'static str {
        "brat standoff"
    }

    fn group(&self) -> Group {
        Group::Annotation
    }

    fn extension(&self) -> &'static str {
        "ann"
    }

    fn description(&self) -> &'static str {
        "A folder for the brat annotation tool: text and annotations of each article"
    }

    fn layout(&self) -> Layout {
        Layout::Folder
    }

    fn holds_relations(&self) -> bool {
        true
    }

    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
        let view = View::new(project, selection)?;
        let types = Types::new(project);
        let mut export = Export::default();
        let mut stems = Stems::default();
        for article in &view.articles {
            let stem = stems.unique(article.title());
            let annotations = Standoff::new(project, article, &types).write(&mut export.left_out);
            export.files.push(File { name: format!("{stem}.txt"), bytes: article.text.as_bytes().to_vec() });
            export.files.push(File { name: format!("{stem}.ann"), bytes: annotations.into_bytes() });
        }
        export.files.push(File { name: "annotation.conf".to_owned(), bytes: types.configuration().into_bytes() });
        Ok(export)
    }
}

/// The type of a named event; happenings have their PLOVER type.
const NAMED: &str = "NAMED";
/// The type of a happening that fits no PLOVER type.
const UNTYPED: &str = "HAPPENING";

/// The relation of the triggers of one event.
const SAME_EVENT: &str = "Same_event";
/// What `*` lines of mentions of one thing are called.
const EQUIVALENT: &str = "Equiv";

/// What kinds are called in brat, where a type is made of letters, digits, `-` and `_`.
struct Types<'p> {
    kinds: BTreeMap<KindId, String>,
    relations: Vec<(&'p RelationKind, String)>,
}

impl<'p> Types<'p> {
    fn new(project: &'p Project) -> Self {
        let mut taken = Stems::default();
        for name in event_types().chain(word_types()).chain([SAME_EVENT, EQUIVALENT]) {
            taken.unique(name);
        }
        let mut kinds = BTreeMap::new();
        for kind in &project.tagset().kinds {
            kinds.insert(kind.id.clone(), taken.unique(&token(&capitalised(kind.id.as_str()))));
        }
        let name = |kind: &'p RelationKind| (kind, taken.unique(&token(&capitalised(kind.id.as_str()))));
        let relations = project.tagset().relations.iter().map(name).collect();
        Self { kinds, relations }
    }

    fn relation(&self, id: &KindId) -> String {
        let known = self.relations.iter().find(|(kind, _)| kind.id == *id);
        known.map_or_else(|| token(&capitalised(id.as_str())), |(_, name)| name.clone())
    }

    /// What may stand at an end of a relation.
    fn end(&self, kinds: &[KindId]) -> String {
        let name = |kind: &KindId| {
            let events = if *kind == KindId::EVENT { "|<EVENT>" } else { "" };
            format!("{}{events}", self.kind(kind))
        };
        if kinds.is_empty() { "<ANY>".to_owned() } else { kinds.iter().map(name).collect::<Vec<_>>().join("|") }
    }

    fn kind(&self, id: &KindId) -> String {
        self.kinds.get(id).cloned().unwrap_or_else(|| token(&capitalised(id.as_str())))
    }

    fn configuration(&self) -> String {
        let mut conf = String::from("[entities]\n");
        for name in self.kinds.values() {
            let _ = writeln!(conf, "{name}");
        }
        for name in word_types() {
            let _ = writeln!(conf, "{name}");
        }
        let figures: String = FigureKind::ALL.map(|kind| format!(", {}*:{FIGURE}", capitalised(kind.name()))).concat();
        let _ = writeln!(conf, "\n[relations]\n{SAME_EVENT} Arg1:<EVENT>, Arg2:<EVENT>");
        for (kind, name) in &self.relations {
            let (from, to) = (self.end(&kind.from), self.end(&kind.to));
            // So that brat takes them from `*` lines too.
            let sort = if kind.symmetric { ", <REL-TYPE>:symmetric-transitive" } else { "" };
            let _ = writeln!(conf, "{name} Arg1:{from}, Arg2:{to}{sort}");
        }
        conf.push_str("\n[events]\n");
        for name in event_types() {
            let _ = writeln!(conf, "{name} Actor*:<ENTITY>, Recipient*:<ENTITY>{figures}");
        }
        let named = NamedClass::ALL.into_iter().map(|class| token(class.name()));
        let classes: BTreeSet<_> = named.chain(NewsClass::ALL.into_iter().map(|class| token(class.name()))).collect();
        let classes: Vec<_> = classes.into_iter().collect();
        let _ = write!(
            conf,
            "\n[attributes]\nStatus Arg:<ANY>, Value:suggested|accepted\n\
             Subtype Arg:<ENTITY>, Value:name|demonym|capital|government\n\
             Class Arg:{NAMED}|{UNTYPED}, Value:{}\nNegated Arg:<EVENT>\nModality Arg:<EVENT>, Value:planned|possible|demanded\n\
             Level Arg:<EVENT>, Value:main|kept|everything\nRetold Arg:<EVENT>\n",
            classes.join("|")
        );
        conf
    }
}

fn event_types() -> impl Iterator<Item = &'static str> {
    Plover::ALL.into_iter().map(Plover::name).chain([UNTYPED, NAMED])
}

/// The types of words that are no mention: who takes part and is no entity, and how many.
fn word_types() -> impl Iterator<Item = &'static str> {
    PartyLabel::ALL.map(party_type).into_iter().chain([FIGURE])
}

/// The type of words that say how many.
const FIGURE: &str = "Figure";

/// The type of words that say who takes part and name no entity.
fn party_type(label: PartyLabel) -> &'static str {
    match label {
        PartyLabel::Person => "Participant_person",
        PartyLabel::Country => "Participant_country",
        PartyLabel::Org => "Participant_organisation",
        PartyLabel::Group => "Participant_group",
    }
}

/// The annotations of one article; `T` numbers are the places of mentions in the view plus one.
struct Standoff<'v, 'p> {
    project: &'p Project,
    article: &'v ArticleView<'p>,
    types: &'v Types<'p>,
    /// The `T` of each mention; 0 for one that has none.
    marks: Vec<usize>,
    /// The `E` of each mention that tells of an event.
    happenings: HashMap<usize, usize>,
    /// The `T` of words that are no mention, by their place, type and what is noted on them.
    words: HashMap<(TextRange, &'static str, String), usize>,
    /// A section for each sort of line: T, E, R, A, N, #, *.
    sections: [String; 7],
    /// The numbers used in each section.
    counts: [usize; 7],
}

const T: usize = 0;
const E: usize = 1;
const R: usize = 2;
const A: usize = 3;
const N: usize = 4;
const NOTE: usize = 5;
const EQUIV: usize = 6;

impl<'v, 'p> Standoff<'v, 'p> {
    fn new(project: &'p Project, article: &'v ArticleView<'p>, types: &'v Types<'p>) -> Self {
        Self {
            project,
            article,
            types,
            marks: Vec::new(),
            happenings: HashMap::new(),
            words: HashMap::new(),
            sections: Default::default(),
            counts: [0; 7],
        }
    }

    fn write(mut self, left_out: &mut Vec<LeftOut>) -> String {
        for marked in &self.article.mentions {
            let mark = self.mention(marked);
            if mark == 0 {
                left_out.push(self.article.left_out(marked.describe(), "it holds nothing but line ends and space"));
            }
            self.marks.push(mark);
        }
        self.equivalents();
        for event in &self.article.events {
            self.event(event, left_out);
        }
        for related in &self.article.relations {
            self.relation(related, left_out);
        }
        self.sections.concat()
    }

    /// Writes a line and gives its number in its section.
    fn line(&mut self, section: usize, rest: &str) -> usize {
        let mark = ["T", "E", "R", "A", "N", "#", "*"].get(section).copied().unwrap_or_default();
        let Some((lines, count)) = self.sections.get_mut(section).zip(self.counts.get_mut(section)) else { return 0 };
        *count += 1;
        // An equivalence has no number.
        let _ = if section == EQUIV { writeln!(lines, "*\t{rest}") } else { writeln!(lines, "{mark}{count}\t{rest}") };
        *count
    }

    /// The `T` line of a mention with what hangs on it; 0 where nothing can be marked.
    fn mention(&mut self, marked: &Marked<'p>) -> usize {
        let (mention, event) = (marked.mention, marked.event().and_then(|id| self.project.event(id)));
        let name = event.map_or_else(|| self.types.kind(&mention.kind), |event| type_name(event.kind).to_owned());
        let mark = self.bound(&name, &mention.quote, marked.start);
        if mark == 0 {
            return 0;
        }
        if event.is_none() {
            self.line(A, &format!("Status T{mark} {}", status(mention.status)));
        }
        if let Some(subtype) = &mention.subtype {
            self.line(A, &format!("Subtype T{mark} {}", token(subtype)));
        }
        if let Some(entity) = marked.entity() {
            self.references(&format!("T{mark}"), entity);
        }
        if !mention.note.is_empty() {
            self.line(NOTE, &format!("AnnotatorNotes T{mark}\t{}", one_line(&mention.note)));
        }
        mark
    }

    /// A `T` line; 0 where nothing can be marked.
    fn bound(&mut self, name: &str, quote: &str, start: usize) -> usize {
        let fragments = fragments(quote, start);
        if fragments.is_empty() {
            return 0;
        }
        let places: Vec<_> = fragments.iter().map(|(start, end, _)| format!("{start} {end}")).collect();
        let words: Vec<_> = fragments.iter().map(|(_, _, words)| *words).collect();
        self.line(T, &format!("{name} {}\t{}", places.join(";"), words.join(" ")))
    }

    /// The `T` of words that are no mention; none where there is nothing to mark.
    fn words(&mut self, name: &'static str, range: Option<TextRange>, note: String) -> Option<usize> {
        let range = range?;
        let key = (range, name, note);
        if let Some(known) = self.words.get(&key) {
            return Some(*known);
        }
        let (start, _) = self.article.offsets.code_points(range)?;
        let mark = self.bound(name, self.article.record.article.text.slice(range)?, start);
        if mark == 0 {
            return None;
        }
        if !key.2.is_empty() {
            self.line(NOTE, &format!("AnnotatorNotes T{mark}\t{}", key.2));
        }
        self.words.insert(key, mark);
        Some(mark)
    }

    fn references(&mut self, target: &str, entity: EntityId) {
        let Some(entity) = self.project.entity(entity) else { return };
        let name = one_line(&entity.name);
        self.line(N, &format!("Reference {target} Rubricator:{}\t{name}", entity.id));
        if let Some(item) = entity.wikidata.as_ref().filter(|item| is_item(item)) {
            self.line(N, &format!("Reference {target} Wikidata:{item}\t{name}"));
        }
        if let Some(code) = entity.country.filter(|_| self.project.tagset().schema(&entity.kind) == Schema::Country) {
            self.line(N, &format!("Reference {target} ISO3166:{code}\t{name}"));
        }
    }

    /// The mentions of one entity name the same thing.
    fn equivalents(&mut self) {
        let mut groups: BTreeMap<EntityId, Vec<String>> = BTreeMap::new();
        for (marked, mark) in self.article.mentions.iter().zip(&self.marks) {
            if let Some(entity) = marked.entity().filter(|_| *mark > 0) {
                groups.entry(entity).or_default().push(format!("T{mark}"));
            }
        }
        for group in groups.into_values().filter(|group| group.len() > 1) {
            self.line(EQUIV, &format!("{EQUIVALENT} {}", group.join(" ")));
        }
    }

    /// What a relation goes from or to: an event where the mention tells of one, else the mention.
    fn end(&self, mention: usize) -> Option<String> {
        if let Some(number) = self.happenings.get(&mention) {
            return Some(format!("E{number}"));
        }
        self.marks.get(mention).filter(|mark| **mark > 0).map(|mark| format!("T{mark}"))
    }

    /// An `R` line; a `*` line for one that says the same both ways, where there is nothing else to say of it: such a
    /// line has no number that a status or a note could refer to.
    fn relation(&mut self, related: &Related<'p>, left_out: &mut Vec<LeftOut>) {
        let relation = related.relation;
        let Some((from, to)) = self.end(related.from).zip(self.end(related.to)) else {
            let what = self.article.relation(self.project, related);
            left_out.push(self.article.left_out(what, "one of its ends holds nothing but line ends and space"));
            return;
        };
        let name = self.types.relation(&relation.kind);
        let symmetric = self.project.tagset().is_symmetric(&relation.kind);
        if symmetric && relation.status == Status::Accepted && relation.note.is_empty() {
            self.line(EQUIV, &format!("{name} {from} {to}"));
            return;
        }
        let number = self.line(R, &format!("{name} Arg1:{from} Arg2:{to}"));
        self.line(A, &format!("Status R{number} {}", status(relation.status)));
        if !relation.note.is_empty() {
            self.line(NOTE, &format!("AnnotatorNotes R{number}\t{}", one_line(&relation.note)));
        }
    }

    /// An `E` line for each trigger; the first carries the participants, the others say that they are the same event.
    fn event(&mut self, view: &EventView<'p>, left_out: &mut Vec<LeftOut>) {
        let name = type_name(view.event.kind);
        let mut first = None;
        for index in &view.mentions {
            let Some(mark) = self.marks.get(*index).copied().filter(|mark| *mark > 0) else { continue };
            let arguments = if first.is_none() { self.arguments(view, left_out) } else { Arguments::default() };
            let number = self.line(E, &format!("{name}:T{mark}{}", arguments.line));
            self.happenings.insert(*index, number);
            if let Some(marked) = self.article.mentions.get(*index) {
                self.line(A, &format!("Status E{number} {}", status(marked.mention.status)));
                if marked.mention.retold {
                    self.line(A, &format!("Retold E{number}"));
                }
            }
            match first {
                None => {
                    first = Some(number);
                    self.details(view, number, &arguments);
                }
                Some(first) => {
                    self.line(R, &format!("{SAME_EVENT} Arg1:E{number} Arg2:E{first}"));
                }
            }
        }
    }

    fn arguments(&mut self, view: &EventView<'p>, left_out: &mut Vec<LeftOut>) -> Arguments {
        let mut arguments = Arguments::default();
        for participant in &view.participants {
            let (at, why) = match participant.words() {
                Some(PartyWords { name, label, country }) => {
                    let country = country.map(|code| format!("; country: {code}")).unwrap_or_default();
                    let note = format!("name: {}{country}", one_line(name));
                    (self.words(party_type(*label), participant.range, note), NOWHERE)
                }
                None => {
                    let index = self.article.mention_at(participant);
                    let mark = index.and_then(|index| self.marks.get(index).copied());
                    (mark.filter(|mark| *mark > 0), UNPLACED)
                }
            };
            match at {
                Some(mark) => {
                    let name = arguments.put(&capitalised(participant.role.name()), mark);
                    arguments.unsure.extend(participant.unsure.then_some(name));
                }
                None => left_out.push(self.article.left_out(view.who(self.project, participant), why)),
            }
        }
        for figure in &view.event.figures {
            let note = figure.number.map(|number| format!("number: {number}")).unwrap_or_default();
            match self.words(FIGURE, figure.range, note) {
                Some(mark) => drop(arguments.put(&capitalised(figure.kind.name()), mark)),
                None => arguments.figures.push(table::figure(figure)),
            }
        }
        arguments
    }

    fn details(&mut self, view: &EventView<'p>, number: usize, arguments: &Arguments) {
        let event = view.event;
        if let Some(class) = event.kind.class() {
            self.line(A, &format!("Class E{number} {}", token(class)));
        }
        if event.polarity == Polarity::Negative {
            self.line(A, &format!("Negated E{number}"));
        }
        if event.modality != Modality::Asserted {
            self.line(A, &format!("Modality E{number} {}", event.modality.name()));
        }
        if view.level != Level::default() {
            self.line(A, &format!("Level E{number} {}", view.level.name()));
        }
        if let Some(item) = event.wikidata.as_ref().filter(|item| is_item(item)) {
            let name = one_line(&event.name);
            self.line(N, &format!("Reference E{number} Wikidata:{item}\t{name}"));
        }
        let mut notes = vec![format!("name: {}", event.name)];
        notes.extend(event.mode.as_ref().map(|mode| format!("mode: {mode}")));
        if !event.contexts.is_empty() {
            notes.push(format!("contexts: {}", event.contexts.join(", ")));
        }
        notes.extend(event.date.as_ref().map(|date| format!("date: {}/{} {}", date.start, date.end, date.text)));
        notes.extend(event.place.as_ref().map(|place| {
            let country = place.country.map(|code| format!(" ({code})")).unwrap_or_default();
            format!("place: {}{country}", place.name)
        }));
        let coordinates = event.place.as_ref().and_then(|place| place.coordinates);
        notes.extend(coordinates.map(|at| format!("coordinates: {} {}", at.latitude, at.longitude)));
        if !arguments.figures.is_empty() {
            notes.push(format!("figures: {}", arguments.figures.join(", ")));
        }
        let date = event.date.as_ref().filter(|date| date.unsure).map(|_| "date");
        let place = event.place.as_ref().filter(|place| place.unsure).map(|_| "place");
        let unsure: Vec<_> = date.into_iter().chain(place).chain(arguments.unsure.iter().map(String::as_str)).collect();
        if !unsure.is_empty() {
            notes.push(format!("unsure: {}", unsure.join(", ")));
        }
        notes.extend(event.worth.map(|worth| format!("worth: {worth}")));
        // Last, as it may hold anything.
        notes.extend((!event.note.is_empty()).then(|| format!("note: {}", event.note)));
        self.line(NOTE, &format!("AnnotatorNotes E{number}\t{}", one_line(&notes.join("; "))));
    }
}

/// What an `E` line says of who takes part and how many.
#[derive(Default)]
struct Arguments {
    line: String,
    counts: HashMap<String, usize>,
    /// The names of those that are only guessed: `Actor2`.
    unsure: Vec<String>,
    /// Figures that no words say.
    figures: Vec<String>,
}

impl Arguments {
    /// Adds one of a role; gives its name, which has a number from the second on.
    fn put(&mut self, role: &str, mark: usize) -> String {
        let count = self.counts.entry(role.to_owned()).or_default();
        *count += 1;
        let name = if *count > 1 { format!("{role}{count}") } else { role.to_owned() };
        let _ = write!(self.line, " {name}:T{mark}");
        name
    }
}

/// The lines of a quote that begins at code point `start`, each with its range; blank ones are left out.
fn fragments(quote: &str, start: usize) -> Vec<(usize, usize, &str)> {
    let mut at = start;
    let mut found = Vec::new();
    for piece in quote.split(breaks_line) {
        let end = at + piece.chars().count();
        if !piece.trim().is_empty() {
            found.push((at, end, piece));
        }
        at = end + 1;
    }
    found
}

/// What some reader of `.ann` files may take for the end of a line or of a column.
fn breaks_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

fn one_line(text: &str) -> String {
    text.split(|c: char| breaks_line(c) || c.is_whitespace()).filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" ")
}

fn type_name(kind: EventType) -> &'static str {
    match kind {
        EventType::Named(_) => NAMED,
        EventType::Happening(plover) => plover.map_or(UNTYPED, Plover::name),
        EventType::News(_) => UNTYPED,
    }
}

/// Letters, digits, `-` and `_` stay, all else becomes `_`.
fn token(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect()
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_over_line_ends_is_split_there() {
        assert_eq!(fragments("Wang\r\n  \r\nYi", 7), [(7, 11, "Wang"), (17, 19, "Yi")]);
        assert_eq!(fragments("a\tb\u{2028}c", 0), [(0, 1, "a"), (2, 3, "b"), (4, 5, "c")]);
        assert_eq!(fragments("\r\n \n", 0), []);
    }

    #[test]
    fn types_are_what_brat_allows() {
        assert_eq!(token(&capitalised("política exterior")), "Pol_tica_exterior");
    }
}
