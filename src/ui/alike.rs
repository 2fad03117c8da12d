//! Which names may be one: as the panels offer to merge them, and as lists put the likeliest first.

use std::collections::{BTreeMap, BTreeSet};

use super::text;
use crate::project::{CountryCode, Entity, EntityId, Project, Target};

/// The fewest letters of a family name in which one letter may differ.
const LONG: usize = 6;
/// The first letters of a family name that are written alike even where a later one is not.
const STEM: usize = 3;
/// More names than this that share what is compared first are no duplicates, but a habit of the text.
const MOST: usize = 40;

/// A name, by its words.
struct Name<'e> {
    id: EntityId,
    words: Vec<String>,
    country: Option<CountryCode>,
    wikidata: Option<&'e str>,
}

/// The words of a name, in small letters without accents.
fn words(name: &str) -> Vec<String> {
    let name = text::plain(name).replace(['\'', '’', '.'], "");
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

impl<'e> Name<'e> {
    fn new(entity: &'e Entity) -> Self {
        let (country, wikidata) = (entity.country, entity.wikidata.as_deref());
        Self { id: entity.id, words: words(&entity.name), country, wikidata }
    }

    /// What another name has to have one of for the two to be compared.
    fn keys(&self) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        let (Some(first), Some(last)) = (self.words.first(), self.words.last()) else { return keys };
        let initial: String = first.chars().take(1).collect();
        let stem: String = last.chars().take(STEM).collect();
        let mut sorted: Vec<&str> = self.words.iter().map(String::as_str).collect();
        sorted.sort_unstable();
        keys.insert(format!("ends {initial} {last}"));
        keys.insert(format!("stem {first} {stem}"));
        keys.insert(format!("words {}", sorted.join(" ")));
        keys.extend(self.wikidata.map(|item| format!("item {item}")));
        keys
    }

    /// Whether two names may be one: the same words in any order, one with names that the other leaves out or has as
    /// initials, or a family name that differs in a letter.
    fn may_be(&self, other: &Self) -> bool {
        let differ = |one: Option<&str>, two: Option<&str>| one.zip(two).is_some_and(|(one, two)| one != two);
        if differ(self.wikidata, other.wikidata) || self.country.zip(other.country).is_some_and(|(a, b)| a != b) {
            return false;
        }
        if self.wikidata.is_some() && self.wikidata == other.wikidata {
            return true;
        }
        let sorted = |name: &Self| name.words.iter().cloned().collect::<BTreeSet<_>>();
        if self.words.len() == other.words.len() && sorted(self) == sorted(other) {
            return true;
        }
        let (short, long) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        is_shorter(&short.words, &long.words) || is_misspelt(&short.words, &long.words)
    }
}

/// Whether a word stands for another: it is the same, or one is the initial of the other.
fn stands_for(one: &str, other: &str) -> bool {
    let is_initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    one == other || is_initial(one, other) || is_initial(other, one)
}

/// Whether a name is another that leaves words between the first and the last out, or has initials for them.
fn is_shorter(short: &[String], long: &[String]) -> bool {
    let ([first, between @ .., last], [long_first, long_between @ .., long_last]) = (short, long) else { return false };
    let mut rest = long_between.iter();
    last == long_last
        && last.chars().count() > 1
        && stands_for(first, long_first)
        && between.iter().all(|word| rest.any(|other| stands_for(word, other)))
}

/// Whether two names differ in one letter of a long family name alone.
fn is_misspelt(one: &[String], other: &[String]) -> bool {
    let ([one_before @ .., one], [other_before @ .., other]) = (one, other) else { return false };
    one_before == other_before && !one_before.is_empty() && one.chars().count() >= LONG && is_one_off(one, other)
}

/// Whether one letter is another, more or less.
fn is_one_off(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (one.get(same..).unwrap_or_default(), other.get(same..).unwrap_or_default());
    let rest = |letters: &[char]| letters.get(1..).unwrap_or_default().to_vec();
    match one.len().cmp(&other.len()) {
        std::cmp::Ordering::Equal => rest(one) == rest(other),
        std::cmp::Ordering::Less => rest(other) == one,
        std::cmp::Ordering::Greater => rest(one) == other,
    }
}

/// Those of some entities of one kind that may be one, group by group.
pub fn groups(project: &Project, entities: impl Iterator<Item = EntityId>) -> Vec<Vec<EntityId>> {
    let names: Vec<Name<'_>> = entities.filter_map(|id| project.entity(id)).map(Name::new).collect();
    let mut sharing: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, name) in names.iter().enumerate() {
        name.keys().into_iter().for_each(|key| sharing.entry(key).or_default().push(at));
    }
    let mut group_of: Vec<usize> = (0..names.len()).collect();
    for sharing in sharing.into_values().filter(|sharing| sharing.len() <= MOST) {
        for (nth, one) in sharing.iter().enumerate() {
            for other in sharing.iter().skip(nth + 1) {
                let may_be = names.get(*one).zip(names.get(*other)).is_some_and(|(one, other)| one.may_be(other));
                let groups = group_of.get(*one).copied().zip(group_of.get(*other).copied());
                if let Some((from, to)) = groups.filter(|(from, to)| may_be && from != to) {
                    group_of.iter_mut().filter(|group| **group == from).for_each(|group| *group = to);
                }
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<&Name<'_>>> = BTreeMap::new();
    for (name, group) in names.iter().zip(group_of) {
        groups.entry(group).or_default().push(name);
    }
    // What "J. Biden" has in common with Joe and with Jill Biden does not make them one.
    let is_one = |group: &Vec<&Name<'_>>| {
        let mut pairs =
            group.iter().enumerate().flat_map(|(nth, one)| group.iter().skip(nth + 1).map(move |o| (one, o)));
        group.len() > 1 && pairs.all(|(one, other)| one.may_be(other))
    };
    let groups = groups.into_values().filter(is_one);
    groups.map(|group| group.into_iter().map(|name| name.id).collect()).collect()
}

/// What a target can be merged with, the likeliest first; of what is equally likely what is mentioned most.
pub fn likeliest(project: &Project, target: Target) -> Vec<Target> {
    let is_live = |target: &Target| project.count_of(*target) > 0;
    let mut ranked: Vec<(Target, f32, usize)> = match target {
        Target::Entity(id) => {
            let Some(own) = project.entity(id) else { return Vec::new() };
            let others = project.entities().filter(|other| other.kind == own.kind && other.id != id);
            let name = Name::new(own);
            let likely = |other: &Entity| {
                let other = Name::new(other);
                f32::from(u8::from(name.may_be(&other))) + shared(&name.words, &other.words)
            };
            others
                .map(|other| (Target::Entity(other.id), likely(other)))
                .map(|(t, l)| (t, l, project.count_of(t)))
                .collect()
        }
        Target::Event(id) => {
            let Some(own) = project.event(id) else { return Vec::new() };
            let name = words(&own.name);
            let others = project.events_of(own.article).filter(|other| other.id != id);
            let likely = |other: &crate::project::Event| {
                let who = own.participants.iter().filter(|p| other.participants.iter().any(|o| o.who == p.who)).count();
                let type_alike = f32::from(u8::from(own.kind == other.kind));
                type_alike + shared(&name, &words(&other.name)) + 0.3 * who as f32
            };
            others
                .map(|other| (Target::Event(other.id), likely(other)))
                .map(|(t, l)| (t, l, project.count_of(t)))
                .collect()
        }
    };
    ranked.retain(|(target, ..)| is_live(target));
    ranked.sort_by(|(_, one, count), (_, other, more)| other.total_cmp(one).then(more.cmp(count)));
    ranked.into_iter().map(|(target, ..)| target).collect()
}

/// Which part of the words of two names they share, from 0 to 1; words that begin alike count half.
fn shared(one: &[String], other: &[String]) -> f32 {
    let begin = |a: &str, b: &str| a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count() >= STEM;
    let worth = |word: &String| match word {
        _ if other.contains(word) => 1.0,
        _ if other.iter().any(|other| begin(word, other)) => 0.5,
        _ => 0.0,
    };
    one.iter().map(worth).sum::<f32>() / one.len().max(other.len()).max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{KindId, Origin};

    fn may_be(one: &str, other: &str) -> bool {
        let entity = |id, name: &str| Entity::new(EntityId(id), KindId::PERSON, name.to_owned(), Origin::hand());
        let (one, other) = (entity(1, one), entity(2, other));
        let (one, other) = (Name::new(&one), Name::new(&other));
        let share = !one.keys().is_disjoint(&other.keys());
        let found = one.may_be(&other);
        assert_eq!(found, other.may_be(&one));
        assert!(!found || share, "what may be one is compared");
        found
    }

    #[test]
    fn names_that_leave_out_shorten_or_misspell_are_alike() {
        let alike = [
            ("Nana Akufo-Addo", "Nana Addo Dankwa Akufo-Addo"),
            ("José Peña", "Jose Pena"),
            ("J. Biden", "Joe Biden"),
            ("Joseph Biden", "Joseph R. Biden"),
            ("John Q. Smith", "John Quincy Smith"),
            ("Jinping Xi", "Xi Jinping"),
            ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
            ("Ann O'Neil", "Ann O’Neil"),
        ];
        alike.into_iter().for_each(|(one, other)| assert!(may_be(one, other), "{one}, {other}"));
        let apart = [
            ("John A. Smith", "John B. Smith"),
            ("George Bush", "George Bush Jr."),
            ("Bill Clinton", "Hillary Clinton"),
            ("Maria Lopez", "Mario Lopez"),
            ("Ana Roy", "Ana Ray"),
            ("Xi", "Xi Jinping"),
        ];
        apart.into_iter().for_each(|(one, other)| assert!(!may_be(one, other), "{one}, {other}"));
    }
}
