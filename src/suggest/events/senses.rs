//! Which happening a word tells of, by what stands around it: "lifted sanctions" is no "lifted a box".

use std::collections::HashMap;
use std::sync::LazyLock;

use super::grammar::{breaks_clause, is_be, is_determiner, is_light_verb, is_preposition};
use super::lexicon::Entry;
use super::names::Names;
use super::triggers::{Trigger, light_verb};
use super::words::Words;
use crate::project::Plover;
use crate::suggest::Label;

/// How far an object or a subject reaches, in words.
const REACH: usize = 7;

/// A row of the table.
struct Sense {
    conditions: Vec<(Place, Vec<&'static str>)>,
    plover: Option<Plover>,
    mode: Option<&'static str>,
    /// The type is that of its object.
    of_object: bool,
    /// Which side, where it is a happening, tells of the same event.
    one: Option<Side>,
}

/// Where the words of a condition stand; the table says what each means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Object,
    Subject,
    Next,
    Before,
    Near,
    Not,
    By,
    Event,
}

/// A side of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Object,
    Subject,
}

/// What a word means where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Meaning {
    pub(crate) plover: Option<Plover>,
    pub(crate) mode: Option<&'static str>,
    /// The trigger, by index, that tells of the same event: "imposed" and "sanctions".
    pub(crate) one_with: Option<usize>,
    /// Speaks for the event before other mentions of it.
    pub(crate) leads: bool,
    /// Whether what stands around it says so, not the word alone.
    pub(crate) shown: bool,
    /// What its word would mean elsewhere, it does not here: "an attack of nerves", "beat them in the final".
    pub(crate) elsewhere: bool,
}

/// The rows by part of speech (whether a noun) and lemma.
type Table = HashMap<(bool, &'static str), Vec<Sense>>;

static SENSES: LazyLock<Table> = LazyLock::new(|| parse(include_str!("../../../assets/knowledge/events-senses.tsv")));

fn parse(table: &'static str) -> Table {
    let mut senses = Table::new();
    for row in table.lines().filter(|row| !row.starts_with('#')) {
        let mut cells = row.split('\t');
        let mut cell = || cells.next().unwrap_or_default();
        let (lemma, pos, places, kind, mode, one) = (cell(), cell(), cell(), cell(), cell(), cell());
        let plover = Plover::from_name(kind);
        senses.entry((pos == "n", lemma)).or_default().push(Sense {
            conditions: places.split("; ").filter_map(condition).collect(),
            plover,
            mode: plover.and_then(|p| p.modes().iter().copied().find(|known| *known == mode)),
            of_object: kind == "=",
            one: match one {
                "object" => Some(Side::Object),
                "subject" => Some(Side::Subject),
                _ => None,
            },
        });
    }
    senses
}

fn condition(cell: &'static str) -> Option<(Place, Vec<&'static str>)> {
    let mut words = cell.split(' ');
    let place = match words.next()? {
        "object" => Place::Object,
        "subject" => Place::Subject,
        "next" => Place::Next,
        "before" => Place::Before,
        "near" => Place::Near,
        "not" => Place::Not,
        "by" => Place::By,
        "event" => Place::Event,
        _ => return None,
    };
    Some((place, words.collect()))
}

/// The words of a text with what was found in them, as senses look at them.
pub(crate) struct Reading<'a, 't> {
    pub(crate) words: &'a Words<'t>,
    pub(crate) names: &'a Names,
    pub(crate) triggers: &'a [Trigger],
}

impl Reading<'_, '_> {
    /// What the trigger at an index means.
    pub(crate) fn meaning(&self, index: usize) -> Option<Meaning> {
        let trigger = self.triggers.get(index)?;
        let entry: &Entry = trigger.entry;
        let senses = SENSES.get(&(trigger.is_noun(), entry.lemma)).map_or(&[][..], Vec::as_slice);
        let Some(sense) = senses.iter().find(|sense| self.fits(index, trigger, sense)) else {
            // "hold a meeting": a verb that only lends its subject
            let lends = entry.plover.is_none() && is_light_verb(self.words.lower(trigger.first));
            let one_with = self.happening(index, trigger, Side::Object).filter(|_| lends && !trigger.is_noun());
            let (plover, mode) = (entry.plover, entry.mode);
            return Some(Meaning { plover, mode, one_with, leads: false, shown: false, elsewhere: false });
        };
        let one_with = sense.one.and_then(|side| self.happening(index, trigger, side));
        Some(Meaning {
            plover: sense.plover,
            mode: sense.mode,
            one_with,
            shown: sense.plover.is_some() && !sense.conditions.is_empty(),
            leads: one_with.is_some() && !sense.of_object && sense.plover.is_some(),
            elsewhere: sense.plover.is_none() && entry.plover.is_some(),
        })
    }

    fn fits(&self, index: usize, trigger: &Trigger, sense: &Sense) -> bool {
        sense.conditions.iter().all(|(place, wanted)| match place {
            Place::Event => self.happening(index, trigger, Side::Object).is_some(),
            Place::Not => !self.any(self.sentence(trigger), trigger, wanted),
            Place::Near => self.any(self.sentence(trigger), trigger, wanted),
            Place::Object => self.any(self.side(trigger, Side::Object), trigger, wanted),
            Place::Subject => self.any(self.side(trigger, Side::Subject), trigger, wanted),
            Place::Next => self.any(trigger.last + 1..trigger.last + 2, trigger, wanted),
            Place::By => trigger.passive && self.any(self.behind(trigger), trigger, wanted),
            Place::Before => self.any(trigger.first.saturating_sub(2)..trigger.first, trigger, wanted),
        })
    }

    fn any(&self, mut range: std::ops::Range<usize>, trigger: &Trigger, wanted: &[&str]) -> bool {
        let own = trigger.first..=trigger.last;
        range.any(|at| {
            let Some(word) = self.words.get(at).filter(|_| !own.contains(&at)) else { return false };
            let name = |label| self.names.get(at).is_some_and(|name| name.label == label && !name.modifies);
            wanted.iter().any(|wanted| match *wanted {
                "@person" => name(Label::Person),
                "@country" => name(Label::Country),
                "@score" => is_score(self.words, at),
                wanted => wanted == word.lower || wanted == word.text,
            })
        })
    }

    /// The words of its sentence; of a noun those of the sentence before too: "the launch" was told of there.
    fn sentence(&self, trigger: &Trigger) -> std::ops::Range<usize> {
        let Some(word) = self.words.get(trigger.first) else { return 0..0 };
        let last = self.words.sentences.get(word.sentence).map_or(0..0, |sentence| sentence.words.clone());
        let before = word.sentence.checked_sub(usize::from(trigger.is_noun()));
        let first = before.and_then(|before| self.words.sentences.get(before)).map_or(last.start, |s| s.words.start);
        first..last.end
    }

    /// The words of the object or the subject, as far as they can be told.
    fn side(&self, trigger: &Trigger, side: Side) -> std::ops::Range<usize> {
        match (side, trigger.passive) {
            (Side::Object, false) | (Side::Subject, true) => self.behind(trigger),
            (Side::Object, true) | (Side::Subject, false) => self.ahead(trigger),
        }
    }

    fn behind(&self, trigger: &Trigger) -> std::ops::Range<usize> {
        let from = trigger.last + 1;
        let ends = |at: &usize| {
            let word = self.words.lower(*at);
            let preposition = is_preposition(word) && !trigger.is_noun() && !matches!(word, "of") && *at > from;
            !self.words.same_sentence(trigger.last, *at)
                || breaks_clause(word)
                || preposition
                || word == "to"
                || word == ";"
        };
        let end = (from..from + REACH).find(ends).unwrap_or(from + REACH);
        from..end
    }

    fn ahead(&self, trigger: &Trigger) -> std::ops::Range<usize> {
        let least = trigger.first.saturating_sub(REACH);
        let begins = |at: &usize| {
            let word = self.words.lower(*at);
            !self.words.same_sentence(trigger.first, *at) || breaks_clause(word) && word != "who" && word != "which"
        };
        let start = (least..trigger.first).rev().find(begins).map_or(least, |at| at + 1);
        start..trigger.first
    }

    /// The event noun at a side of a verb, by index of its trigger.
    fn happening(&self, index: usize, trigger: &Trigger, side: Side) -> Option<usize> {
        let region = self.side(trigger, side);
        let nouns = |other: &usize| {
            self.triggers.get(*other).is_some_and(|noun| {
                noun.is_noun()
                    && region.contains(&noun.first)
                    && (noun.first < trigger.first
                        || light_verb(self.words, noun) == Some(trigger.first)
                        || self.is_object(trigger, noun))
            })
        };
        let near = [index.checked_sub(1), Some(index + 1), index.checked_sub(2), Some(index + 2)];
        near.into_iter().flatten().find(nouns)
    }

    /// Nothing but its own adjectives stands between verb and noun.
    fn is_object(&self, verb: &Trigger, noun: &Trigger) -> bool {
        (verb.last + 1..noun.first).all(|at| {
            let word = self.words.lower(at);
            is_determiner(word) || !is_preposition(word) && !is_be(word) && word != "and" && word != ","
        })
    }
}

/// "2-0", in one word or three.
fn is_score(words: &Words<'_>, at: usize) -> bool {
    let figures = |text: &str| !text.is_empty() && text.len() < 4 && text.chars().all(|c| c.is_ascii_digit());
    let whole = words.lower(at);
    let one = whole.split_once(['-', '–']).is_some_and(|(a, b)| figures(a) && figures(b));
    one || figures(whole) && matches!(words.after(at, 1), "-" | "–") && figures(words.after(at, 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suggest::events::lexicon::LEXICON;

    #[test]
    fn every_row_is_understood() {
        let table = include_str!("../../../assets/knowledge/events-senses.tsv");
        for row in table.lines().filter(|row| !row.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            let known = |cell: &&'static str| condition(cell).is_some() || *cell == "-";
            assert!(cells[2].split("; ").all(|cell| known(&cell)), "{row}");
            let plover = Plover::from_name(cells[3]);
            assert!(plover.is_some() || ["-", "="].contains(&cells[3]), "{row}");
            let mode = cells.get(4).copied().unwrap_or("-");
            assert!(mode == "-" || plover.is_some_and(|p| p.modes().contains(&mode)), "{row}");
            let first = cells[0].split(' ').next().unwrap();
            let of_lexicon = LEXICON
                .forms(first)
                .iter()
                .any(|form| LEXICON.entry(form.entry).is_some_and(|entry| entry.lemma == cells[0]));
            assert!(of_lexicon, "not in events-happenings.tsv: {row}");
        }
    }
}
