//! Event records, suggested against marked (`docs/events.md`): which are found, how their mentions are grouped, and how
//! far kind, participants, place, date and reality are right on those that are found. An empty field that is rightly
//! empty counts as nothing.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::calibration::BINS;
use crate::project::{CountryCode, EventType, Level, Modality, PartyLabel, Polarity, Role};
use crate::suggest::{Event, Suggestions};
use crate::text::OffsetMap;

/// An event record, marked or suggested.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// How much it matters, 1 to 3: of a suggested one 3 where the article is about it, 2 where it is kept, 1 where not.
    pub worth: u8,
    /// Of a suggested one the probability that a person would keep it.
    pub probability: Option<f64>,
    /// Its type, with its class.
    pub kind: EventType,
    /// Code points.
    pub mentions: Vec<Range<usize>>,
    /// Who takes part.
    pub parties: Vec<(Role, Party)>,
    /// Name and country.
    pub place: Option<(String, Option<CountryCode>)>,
    /// The first and the last day.
    pub date: Option<(Date, Date)>,
    /// How real it is said to be.
    pub reality: Reality,
}

/// Somebody who takes part in a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    /// What they are.
    pub label: PartyLabel,
    /// Their name, or the words that say who.
    pub name: String,
    /// Of a country its code.
    pub country: Option<CountryCode>,
    /// Of a suggested one whether it is only half believed.
    pub unsure: bool,
}

/// How real a record is said to be; what is possible and what is demanded count as the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reality {
    /// It happened.
    Actual,
    /// It is to come.
    Planned,
    /// It may be, or somebody demands it.
    Possible,
    /// It is said not to be.
    Denied,
}

impl Reality {
    /// From the two fields of an event.
    pub fn new(polarity: Polarity, modality: Modality) -> Self {
        match (polarity, modality) {
            (Polarity::Negative, _) => Self::Denied,
            (_, Modality::Asserted) => Self::Actual,
            (_, Modality::Planned) => Self::Planned,
            (_, Modality::Possible | Modality::Demanded) => Self::Possible,
        }
    }
}

/// Something of which some is said, some is right, and some should have been said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Rightly said.
    pub right: usize,
    /// Said.
    pub said: usize,
    /// Marked.
    pub marked: usize,
}

impl Share {
    fn add(&mut self, right: usize, said: usize, marked: usize) {
        self.right += right;
        self.said += said;
        self.marked += marked;
    }

    /// The share of what is said that is right; 0 where nothing is said.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.said)
    }

    /// The share of what is marked that is said; 0 where nothing is marked.
    pub fn recall(self) -> f64 {
        ratio(self.right, self.marked)
    }

    /// The harmonic mean of the two.
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, self.said + self.marked)
    }
}

fn ratio(part: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { part as f64 / all as f64 }
}

/// What is counted over all articles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecordReport {
    /// Articles whose records are marked.
    pub articles: usize,
    /// Kept records against those marked with a worth of 2 or 3.
    pub strict: Share,
    /// The share of the kept that are marked with any worth.
    pub lenient: f64,
    /// The share of those with a worth of 3 that is found.
    pub main: f64,
    /// Those said to be what the article is about against those marked with a worth of 3.
    pub mains: Share,
    /// How many kept records a found one is shown in.
    pub pieces: f64,
    /// The share of the marked mentions that a kept record has.
    pub covered: f64,
    /// B-cubed F1 of the marked mentions (Bagga and Baldwin 1998); one that nothing has counts as alone.
    pub grouped: f64,
    /// Of the found, the share whose kind is right: PLOVER type, named, or news.
    pub kind: f64,
    /// The same with the class of named events and news.
    pub class: f64,
    /// Actors of the found.
    pub actors: Share,
    /// Those of them who are people or countries.
    pub actors_named: Share,
    /// Recipients of the found.
    pub recipients: Share,
    /// Of actors and recipients together those that are believed, against all marked.
    pub sure: Share,
    /// Those that are only half believed, against the marked that no other is.
    pub unsure: Share,
    /// Places of the found.
    pub places: Share,
    /// Dates of the found.
    pub dates: Share,
    /// Those that are planned, possible, demanded or denied, of the found.
    pub unreal: Share,
    /// The expected calibration error of worth; none where nothing has one.
    pub worth_error: Option<f64>,
}

/// The records that the engine suggests for `text`.
pub fn of_suggestions(text: &str, found: &Suggestions) -> Vec<Record> {
    let offsets = OffsetMap::new(text);
    let record = |event: &Event| {
        let spans = event.mentions.iter().filter_map(|index| found.spans.get(*index));
        let mentions = spans.filter_map(|span| offsets.code_points(span.range)).map(|(start, end)| start..end);
        Record { mentions: mentions.collect(), ..of_event(event) }
    };
    found.events.iter().map(record).collect()
}

/// What the engine makes of an event, without the places that tell of it.
pub fn of_event(event: &Event) -> Record {
    let parties = event.participants.iter().map(|who| {
        (who.role, Party { label: who.label, name: who.name.clone(), country: who.country, unsure: who.unsure })
    });
    Record {
        worth: match event.level {
            Level::Main => 3,
            Level::Kept => 2,
            Level::Everything => 1,
        },
        probability: Some(f64::from(event.worth)),
        kind: event.kind,
        mentions: Vec::new(),
        parties: parties.collect(),
        place: event.place.as_ref().map(|place| (place.name.clone(), place.country)),
        date: event.date.as_ref().map(|date| (date.start, date.end)),
        reality: Reality::new(event.polarity, event.modality),
    }
}

/// Sets the records of each article against those that are marked in it.
pub fn score(marked: &[&[Record]], found: &[&[Record]]) -> RecordReport {
    let mut report = RecordReport { articles: marked.len(), ..RecordReport::default() };
    let (mut mains, mut pieces, mut right_kinds, mut right_classes, mut lenient) = ((0, 0), 0, 0, 0, 0);
    let mut cubes = Cubes::default();
    let mut bins = [(0_usize, 0.0_f64, 0_usize); BINS];
    for (marked, found) in marked.iter().zip(found) {
        let worthy: Vec<&Record> = marked.iter().filter(|record| record.worth >= 2).collect();
        let minor: Vec<&Record> = marked.iter().filter(|record| record.worth < 2).collect();
        let kept: Vec<&Record> =
            found.iter().filter(|record| record.worth >= 2 && !record.mentions.is_empty()).collect();
        let pairs = paired(&worthy, &kept);
        let taken: BTreeSet<usize> = pairs.values().copied().collect();
        report.strict.add(pairs.len(), kept.len(), worthy.len());
        let passing = |(index, record): &(usize, &&Record)| {
            !taken.contains(index) && minor.iter().any(|minor| shared(minor, record) > 0)
        };
        lenient += pairs.len() + kept.iter().enumerate().filter(passing).count();
        mains.1 += worthy.iter().filter(|record| record.worth == 3).count();
        mains.0 += pairs.keys().filter(|index| worthy.get(**index).is_some_and(|record| record.worth == 3)).count();
        let main = |records: &[&Record]| records.iter().filter(|record| record.worth == 3).count();
        let both = |(gold, said): &(&usize, &usize)| {
            worthy.get(**gold).zip(kept.get(**said)).is_some_and(|(gold, said)| gold.worth == 3 && said.worth == 3)
        };
        report.mains.add(pairs.iter().filter(both).count(), main(&kept), main(&worthy));
        cubes.add(&worthy, &kept, &pairs);
        let everything: Vec<&Record> =
            found.iter().filter(|record| record.probability.is_some() && !record.mentions.is_empty()).collect();
        let right: BTreeSet<usize> = paired(&worthy, &everything).into_values().collect();
        for (index, record) in everything.iter().enumerate() {
            let probability = record.probability.unwrap_or_default();
            let bin = ((probability * BINS as f64) as usize).min(BINS - 1);
            if let Some((count, sum, good)) = bins.get_mut(bin) {
                *count += 1;
                *sum += probability;
                *good += usize::from(right.contains(&index));
            }
        }
        for (gold, said) in pairs.iter().filter_map(|(gold, said)| Some((*worthy.get(*gold)?, *kept.get(*said)?))) {
            let beside =
                kept.iter().enumerate().filter(|(index, other)| !taken.contains(index) && shared(gold, other) > 0);
            pieces += 1 + beside.count();
            right_kinds += usize::from(sort(gold.kind) == sort(said.kind));
            right_classes += usize::from(gold.kind == said.kind);
            report.add_fields(gold, said);
        }
    }
    let total: usize = bins.iter().map(|(count, ..)| count).sum();
    let missed: f64 = bins.iter().map(|(_, sum, good)| (sum - *good as f64).abs()).sum();
    report.lenient = ratio(lenient, report.strict.said);
    report.main = ratio(mains.0, mains.1);
    report.pieces = ratio(pieces, report.strict.right);
    report.kind = ratio(right_kinds, report.strict.right);
    report.class = ratio(right_classes, report.strict.right);
    (report.covered, report.grouped) = cubes.shares();
    report.worth_error = (total > 0).then(|| missed / total as f64);
    report
}

impl RecordReport {
    fn add_fields(&mut self, gold: &Record, said: &Record) {
        let unreal = |reality: Reality| usize::from(reality != Reality::Actual);
        let same = usize::from(gold.reality == said.reality && gold.reality != Reality::Actual);
        self.unreal.add(same, unreal(said.reality), unreal(gold.reality));
        let parties = |record: &Record, role: Role, named: bool| -> Vec<Party> {
            let of_role = record.parties.iter().filter(|(of, _)| *of == role).map(|(_, party)| party);
            let wanted = |party: &&Party| !named || matches!(party.label, PartyLabel::Person | PartyLabel::Country);
            of_role.filter(wanted).cloned().collect()
        };
        for (share, role, named) in [
            (&mut self.actors, Role::Actor, false),
            (&mut self.actors_named, Role::Actor, true),
            (&mut self.recipients, Role::Recipient, false),
        ] {
            let (marked, found) = (parties(gold, role, named), parties(said, role, named));
            share.add(matched(&marked, &found), found.len(), marked.len());
        }
        for role in [Role::Actor, Role::Recipient] {
            let (marked, found) = (of_role(gold, role), of_role(said, role));
            let believed: Vec<Party> = found.iter().filter(|party| !party.unsure).cloned().collect();
            let right = matched(&marked, &believed);
            self.sure.add(right, believed.len(), marked.len());
            self.unsure.add(matched(&marked, &found) - right, found.len() - believed.len(), marked.len() - right);
        }
        let (right, said_places) = (usize::from(same_places(gold, said)), usize::from(said.place.is_some()));
        self.places.add(right, said_places, usize::from(gold.place.is_some()));
        let (right, said_dates) = (usize::from(same_dates(gold, said)), usize::from(said.date.is_some()));
        self.dates.add(right, said_dates, usize::from(gold.date.is_some()));
    }
}

/// Those who have a role.
pub(super) fn of_role(record: &Record, role: Role) -> Vec<Party> {
    record.parties.iter().filter(|(of, _)| *of == role).map(|(_, party)| party.clone()).collect()
}

/// Whether both have a place, and the same.
pub(super) fn same_places(a: &Record, b: &Record) -> bool {
    a.place.as_ref().zip(b.place.as_ref()).is_some_and(|(a, b)| same_place(a, b))
}

/// Whether both have a date, and the same but for a day.
pub(super) fn same_dates(a: &Record, b: &Record) -> bool {
    let near = |a: Date, b: Date| a.until(b).is_ok_and(|span| span.get_days().abs() <= 1);
    a.date.zip(b.date).is_some_and(|(a, b)| near(a.0, b.0) && near(a.1, b.1))
}

/// PLOVER's type, "named" or "news".
fn sort(kind: EventType) -> &'static str {
    kind.code().unwrap_or("news")
}

fn meets(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// How many mentions of the one overlap with one of the other.
pub(super) fn shared(a: &Record, b: &Record) -> usize {
    a.mentions.iter().filter(|mention| b.mentions.iter().any(|other| meets(mention, other))).count()
}

/// Marked records and found ones, one to one by index: those that share most mentions first, then those alike.
pub(super) fn paired(marked: &[&Record], found: &[&Record]) -> HashMap<usize, usize> {
    let mut edges = Vec::new();
    for (i, gold) in marked.iter().enumerate() {
        for (j, said) in found.iter().enumerate() {
            let mentions = shared(gold, said);
            if mentions == 0 {
                continue;
            }
            let alike: usize = [Role::Actor, Role::Recipient]
                .into_iter()
                .map(|role| matched(&of_role(gold, role), &of_role(said, role)))
                .sum();
            edges.push((mentions, alike + usize::from(gold.kind == said.kind), gold.worth, i, j));
        }
    }
    edges.sort_by_key(|(mentions, alike, worth, i, j)| (std::cmp::Reverse((*mentions, *alike, *worth)), *i, *j));
    let (mut pairs, mut taken) = (HashMap::new(), BTreeSet::new());
    for (.., i, j) in edges {
        if !pairs.contains_key(&i) && taken.insert(j) {
            pairs.insert(i, j);
        }
    }
    pairs
}

/// The size of the largest one-to-one matching of the same parties (Kuhn 1955).
pub(super) fn matched(a: &[Party], b: &[Party]) -> usize {
    fn find(from: usize, a: &[Party], b: &[Party], seen: &mut BTreeSet<usize>, of: &mut HashMap<usize, usize>) -> bool {
        for (to, other) in b.iter().enumerate() {
            if a.get(from).is_some_and(|party| same(party, other)) && seen.insert(to) {
                let free = match of.get(&to).copied() {
                    Some(holder) => find(holder, a, b, seen, of),
                    None => true,
                };
                if free {
                    of.insert(to, from);
                    return true;
                }
            }
        }
        false
    }
    let mut of = HashMap::new();
    for from in 0..a.len() {
        find(from, a, b, &mut BTreeSet::new(), &mut of);
    }
    of.len()
}

/// Small letters without accents, word by word.
fn plain(name: &str) -> Vec<String> {
    let bare: String = name.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase();
    let bare = bare.replace("'s ", " ").replace("’s ", " ");
    let bare = bare.trim_end_matches("'s").trim_end_matches("’s");
    bare.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The words that tell; all where none does.
fn telling(words: Vec<String>) -> BTreeSet<String> {
    const SMALL: &[&str] = &[
        "the", "a", "an", "of", "in", "on", "at", "for", "to", "and", "city", "town", "state", "capital", "province",
        "district", "region", "republic", "kingdom", "north", "south", "east", "west", "northern", "southern",
        "eastern", "western", "new", "national", "former",
    ];
    let told: BTreeSet<String> = words.iter().filter(|word| !SMALL.contains(&word.as_str())).cloned().collect();
    if told.is_empty() { words.into_iter().collect() } else { told }
}

/// Whether two name the same: countries by code, people by surname and what else both tell, others by half their words.
pub(super) fn same(a: &Party, b: &Party) -> bool {
    if a.label == PartyLabel::Country || b.label == PartyLabel::Country {
        return a.label == b.label && a.country.is_some() && a.country == b.country;
    }
    let (x, y) = (plain(&a.name), plain(&b.name));
    let (Some(last), Some(other)) = (x.last(), y.last()) else { return false };
    let within = |x: &[String], y: &[String]| x.iter().all(|word| y.contains(word));
    if a.label == PartyLabel::Person || b.label == PartyLabel::Person {
        let initials =
            || x.first().and_then(|word| word.chars().next()) == y.first().and_then(|word| word.chars().next());
        return a.label == b.label
            && (within(&x, &y) || within(&y, &x) || last == other && (x.len() == 1 || y.len() == 1 || initials()));
    }
    let (x, y) = (telling(x), telling(y));
    let both = x.intersection(&y).count();
    both == x.len() || both == y.len() || 2 * both >= x.union(&y).count()
}

fn same_place(a: &(String, Option<CountryCode>), b: &(String, Option<CountryCode>)) -> bool {
    let (x, y) = (telling(plain(&a.0)), telling(plain(&b.0)));
    let countries = a.1.is_none() || b.1.is_none() || a.1 == b.1;
    countries && !x.is_empty() && !y.is_empty() && (x.is_subset(&y) || y.is_subset(&x))
}

/// What B-cubed adds up.
#[derive(Default)]
struct Cubes {
    precision: f64,
    recall: f64,
    mentions: usize,
    covered: usize,
}

impl Cubes {
    fn add(&mut self, marked: &[&Record], kept: &[&Record], pairs: &HashMap<usize, usize>) {
        // Each marked mention with the kept record that has it; one that none has is alone.
        let mut points: Vec<(usize, Option<usize>)> = Vec::new();
        for (gold, record) in marked.iter().enumerate() {
            for mention in &record.mentions {
                let hits: Vec<usize> = kept
                    .iter()
                    .enumerate()
                    .filter(|(_, said)| said.mentions.iter().any(|other| meets(mention, other)))
                    .map(|(index, _)| index)
                    .collect();
                let own = pairs.get(&gold).filter(|own| hits.contains(own));
                points.push((gold, own.or(hits.first()).copied()));
            }
        }
        for (gold, said) in &points {
            let in_both =
                if said.is_none() { 1 } else { points.iter().filter(|point| **point == (*gold, *said)).count() };
            let in_said = if said.is_none() { 1 } else { points.iter().filter(|(_, other)| other == said).count() };
            let in_gold = points.iter().filter(|(other, _)| other == gold).count();
            self.precision += ratio(in_both, in_said);
            self.recall += ratio(in_both, in_gold);
            self.covered += usize::from(said.is_some());
        }
        self.mentions += points.len();
    }

    /// The share of the mentions that is covered, and B-cubed F1.
    fn shares(&self) -> (f64, f64) {
        if self.mentions == 0 {
            return (0.0, 0.0);
        }
        let all = self.mentions as f64;
        let (p, r) = (self.precision / all, self.recall / all);
        (self.covered as f64 / all, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{NewsClass, Plover};

    fn party(label: PartyLabel, name: &str, country: &str) -> Party {
        Party { label, name: name.to_owned(), country: CountryCode::new(country), unsure: false }
    }

    fn record(worth: u8, kind: EventType, mentions: &[(usize, usize)], actors: &[Party]) -> Record {
        Record {
            worth,
            probability: None,
            kind,
            mentions: mentions.iter().map(|(start, end)| *start..*end).collect(),
            parties: actors.iter().map(|party| (Role::Actor, party.clone())).collect(),
            place: None,
            date: None,
            reality: Reality::Actual,
        }
    }

    fn gold() -> Vec<Record> {
        let meet = EventType::Happening(Some(Plover::Consult));
        let two = [party(PartyLabel::Person, "Boris Ron", ""), party(PartyLabel::Country, "China", "CN")];
        vec![
            record(3, meet, &[(0, 4), (10, 14)], &two),
            record(2, EventType::News(NewsClass::Sport), &[(30, 34)], &[]),
            record(1, EventType::Happening(Some(Plover::Assault)), &[(50, 54)], &[]),
        ]
    }

    #[test]
    fn what_is_marked_is_right_in_all_if_it_is_said() {
        let report = score(&[&gold()], &[&gold()]);
        assert_eq!(report.strict, Share { right: 2, said: 2, marked: 2 });
        let shares = [report.main, report.pieces, report.covered, report.grouped, report.kind, report.class];
        assert!(shares.iter().all(|share| (share - 1.0).abs() < 1e-9), "{report:?}");
        assert_eq!(report.actors, Share { right: 2, said: 2, marked: 2 });
        // Nothing is said of places, and nothing should be: that counts as nothing.
        assert_eq!(report.places, Share::default());
    }

    #[test]
    fn pieces_and_what_is_told_in_passing_count_against_it() {
        let meet = EventType::Happening(Some(Plover::Consult));
        let said = [
            record(2, meet, &[(0, 4)], &[]),
            record(2, meet, &[(10, 14)], &[]),
            record(2, meet, &[(50, 54)], &[]),
            record(2, meet, &[(90, 94)], &[]),
        ];
        let report = score(&[&gold()], &[&said]);
        assert_eq!(report.strict, Share { right: 1, said: 4, marked: 2 });
        assert!((report.pieces - 2.0).abs() < 1e-9 && (report.lenient - 0.5).abs() < 1e-9, "{report:?}");
        assert!(report.grouped < 1.0 && report.covered < 1.0);
        assert_eq!(report.actors, Share { right: 0, said: 0, marked: 2 });
    }

    #[test]
    fn what_is_called_main_and_who_is_half_believed_count_for_themselves() {
        let meet = EventType::Happening(Some(Plover::Consult));
        let half = |name: &str| Party { unsure: true, ..party(PartyLabel::Person, name, "") };
        let ron = party(PartyLabel::Person, "Boris Ron", "");
        let said = [
            record(2, meet, &[(0, 4)], &[ron, half("Anna Lee"), half("Ron")]),
            record(3, EventType::News(NewsClass::Sport), &[(30, 34)], &[]),
        ];
        let report = score(&[&gold()], &[&said]);
        assert_eq!(report.mains, Share { right: 0, said: 1, marked: 1 });
        assert_eq!(report.sure, Share { right: 1, said: 1, marked: 2 });
        assert_eq!(report.unsure, Share { right: 0, said: 2, marked: 1 });
        assert_eq!(score(&[&gold()], &[&gold()]).mains, Share { right: 1, said: 1, marked: 1 });
    }

    #[test]
    fn names_are_compared_as_people_would() {
        let person = |name| party(PartyLabel::Person, name, "");
        let body = |name| party(PartyLabel::Org, name, "");
        assert!(same(&person("Johnson"), &person("Ron Johnson")));
        assert!(!same(&person("Boris Johnson"), &person("Ron Johnson")));
        assert!(!same(&body("Bank of China"), &party(PartyLabel::Country, "China", "CN")));
        assert!(same(&body("Myanmar's central bank"), &body("central bank")));
        let place = |name: &str, country: &str| (name.to_owned(), CountryCode::new(country));
        assert!(!same_place(&place("South Africa", ""), &place("South Korea", "")));
        assert!(!same_place(&place("Paris", "FR"), &place("Paris", "US")));
    }
}
