//! Whether learning pays: articles one after the other, each first suggested for and scored, then learned from as if a
//! person had corrected it to what is marked.

use std::collections::{BTreeSet, HashMap, HashSet};

use smol_str::SmolStr;
use text_size::TextRange;

use super::count::{Pair, count};
use super::{Gold, Span, records, spans};
use crate::project::KindId;
use crate::suggest::{self, Decided, Document, Engine, Event, Label, Marked, Memory, SpanLabel, Suggestions};
use crate::text::OffsetMap;
use crate::text::words::occurrences;

/// What is counted of a label in an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// From 1, in the order of the file.
    pub article: usize,
    /// The label; `RECORD` for event records.
    pub label: SmolStr,
    /// Suggestions that are right, with the memory of the articles before.
    pub right: usize,
    /// Suggestions.
    pub suggested: usize,
    /// Marks.
    pub gold: usize,
    /// Wrong suggestions of words that were wrong before in the same article, which the first rejection settles, and marks of
    /// words that were missed before in it, which are suggested once a person has tagged the first.
    pub settled: usize,
    /// What the engine by itself would have had: right, suggested; none for kinds of one's own.
    pub alone: Option<(usize, usize)>,
    /// The suggestions of the engine that were left, by their scores.
    pub scores: Vec<Scored>,
}

/// The score of a suggestion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// As the engine has it, 0 to 1.
    pub alone: f32,
    /// As decisions have it.
    pub learned: f32,
    /// Whether it is right.
    pub right: bool,
}

impl Lesson {
    /// How many a person has to reject or to add: words that are rejected go from the whole article, and words that are tagged are
    /// suggested in the rest of it.
    pub fn corrections(&self) -> usize {
        self.suggested + self.gold - 2 * self.right - self.settled
    }

    /// The same without a memory.
    pub fn corrections_alone(&self) -> Option<usize> {
        self.alone.map(|(right, suggested)| suggested + self.gold - 2 * right)
    }
}

/// Goes through marked articles in their order: suggests, scores, then learns from what is marked. Labels that the engine
/// does not know, and those in `own`, are kinds of one's own. `each` is told after each article how many are done.
pub fn learn(engine: &Engine, gold: &[Gold], own: &BTreeSet<SmolStr>, mut each: impl FnMut(usize)) -> Vec<Lesson> {
    let labels: BTreeSet<&SmolStr> = gold.iter().flat_map(|gold| &gold.labels).collect();
    let is_own = |label: &SmolStr| own.contains(label) || engines(label).is_none();
    let (own, others): (BTreeSet<SmolStr>, BTreeSet<SmolStr>) = labels.into_iter().cloned().partition(is_own);
    let ready = Label::ADAPTED.into_iter().filter(|label| others.contains(label.name()));
    let mut memory = Memory::new(own.iter().cloned().map(KindId), ready);
    let mut lessons = Vec::new();
    for (index, gold) in gold.iter().enumerate() {
        let look = engine.look(&Document::new(&gold.text, gold.date));
        let found = memory.suggest(&gold.text, &look);
        let decided = decided(gold, &look.found, &found, &own);
        lessons.extend(scored(gold, &look.found, &found, &decided, &own, index + 1));
        memory.learn(&gold.text, &look, &decided);
        each(index + 1);
    }
    lessons
}

/// The label of the engine that is written so.
fn engines(name: &str) -> Option<Label> {
    let all = [Label::Person, Label::Country, Label::Event, Label::Trigger, Label::Place, Label::Norp, Label::Org];
    all.into_iter().find(|label| label.name() == name)
}

fn scored(
    gold: &Gold,
    alone: &Suggestions,
    found: &Suggestions,
    decided: &Decided,
    own: &BTreeSet<SmolStr>,
    article: usize,
) -> Vec<Lesson> {
    let counted = |found: &Suggestions| count(gold, &spans(&gold.text, found));
    let (with, without) = (counted(found), counted(alone));
    let mut lessons = Vec::new();
    for label in &gold.labels {
        let matching = if label == "COUNTRY" { "mention" } else { "exact" };
        let key = (label.clone(), SmolStr::new(matching));
        let Some(count) = with.get(&key) else { continue };
        let (right, wrong, missed) = (count.right as usize, count.wrong as usize, count.missed as usize);
        let before = without.get(&key).filter(|_| !own.contains(label));
        let of_label = label_of(label, own.contains(label));
        let wrongly = decided.rejected.iter().filter(|(_, of)| Some(of) == of_label.as_ref());
        let words: Vec<&str> = wrongly.filter_map(|(range, _)| gold.text.get(crate::text::bytes(*range))).collect();
        let once: BTreeSet<&str> = words.iter().copied().collect();
        let added = of_label.as_ref().filter(|_| label != "COUNTRY").map(|label| added(gold, found, decided, label));
        lessons.push(Lesson {
            settled: words.len() - once.len() + added.unwrap_or_default(),
            article,
            label: label.clone(),
            right,
            suggested: right + wrong,
            gold: right + missed,
            alone: before.map(|count| (count.right as usize, (count.right + count.wrong) as usize)),
            scores: of_label.map(|label| scores(alone, found, decided, &label)).unwrap_or_default(),
        });
    }
    if let Some(marked) = &gold.records {
        let strict =
            |found: &Suggestions| records::score(&[marked], &[&records::of_suggestions(&gold.text, found)]).strict;
        let (with, without) = (strict(found), strict(alone));
        lessons.push(Lesson {
            article,
            label: SmolStr::new_static("RECORD"),
            settled: 0,
            right: with.right,
            suggested: with.said,
            gold: with.marked,
            alone: Some((without.right, without.said)),
            scores: Vec::new(),
        });
    }
    lessons
}

/// How many marks of a label a person need not make, as the same words were missed before in the article and stand nowhere
/// else in it.
fn added(gold: &Gold, found: &Suggestions, decided: &Decided, label: &SpanLabel) -> usize {
    let of_label = decided.marked.iter().filter(|mark| mark.label == *label);
    let marked: HashSet<TextRange> = of_label.map(|mark| mark.range).collect();
    let tells = |span: &&suggest::Span| !matches!(span.label.engine(), Some(Label::Event | Label::Trigger));
    let said = found.spans.iter().filter(tells);
    let suggested: HashSet<TextRange> =
        said.clone().filter(|span| span.label == *label).map(|span| span.range).collect();
    let mut missed: HashMap<&str, usize> = HashMap::new();
    for range in marked.difference(&suggested) {
        let words = gold.text.get(crate::text::bytes(*range));
        words.into_iter().for_each(|words| *missed.entry(words).or_default() += 1);
    }
    let meets = |one: TextRange, other: TextRange| other.start() < one.end() && one.start() < other.end();
    let settled = missed.into_iter().filter(|(_, places)| *places > 1).map(|(words, places)| {
        let wrongly = |range: &TextRange| {
            let taken = decided.marked.iter().map(|mark| mark.range).any(|mark| meets(*range, mark));
            let other = |span: &suggest::Span| span.range != *range && meets(*range, span.range);
            !taken && !said.clone().any(other)
        };
        // The first that is rejected has them suggested no more.
        if occurrences(&gold.text, words).iter().any(wrongly) { 0 } else { places - 1 }
    });
    settled.sum()
}

/// The scores of what the engine suggests of a label and decisions have left.
fn scores(alone: &Suggestions, found: &Suggestions, decided: &Decided, label: &SpanLabel) -> Vec<Scored> {
    let of_label = |found: &Suggestions| -> HashMap<TextRange, f32> {
        let spans = found.spans.iter().filter(|span| span.label == *label);
        spans.map(|span| (span.range, span.score)).collect()
    };
    let (before, after) = (of_label(alone), of_label(found));
    let marked: HashSet<TextRange> =
        decided.marked.iter().filter(|mark| mark.label == *label).map(|mark| mark.range).collect();
    let rejected: HashSet<TextRange> =
        decided.rejected.iter().filter(|(_, of)| of == label).map(|(range, _)| *range).collect();
    let scored = |(range, alone): (&TextRange, &f32)| {
        let right = marked.contains(range);
        let is_decided = right || rejected.contains(range);
        Some(Scored { alone: *alone, learned: *after.get(range).filter(|_| is_decided)?, right })
    };
    before.iter().filter_map(scored).collect()
}

/// What a person would have decided to come from what is suggested to what is marked.
fn decided(gold: &Gold, alone: &Suggestions, found: &Suggestions, own: &BTreeSet<SmolStr>) -> Decided {
    let offsets = OffsetMap::new(&gold.text);
    let bytes = |span: &Span| offsets.from_code_points(span.range.start, span.range.end);
    let mut decided =
        Decided { whole: own.iter().chain(&gold.labels).cloned().map(KindId).collect(), ..Decided::default() };
    let suggested = spans(&gold.text, found);
    let (marks, said) = (gold.compared(&gold.spans), gold.compared(&suggested));
    for label in &gold.labels {
        let is_own = own.contains(label);
        let Some(as_label) = label_of(label, is_own) else { continue };
        let countries = label == "COUNTRY";
        let pair = if countries {
            Pair::of_countries(gold, &marks, &said)
        } else {
            Pair::of_label(gold, &marks, &said, label)
        };
        let marked: Vec<&&Span> = marks
            .iter()
            .filter(|span| if countries { span.names_country(&gold.ways).is_some() } else { gold.counts(span, label) })
            .collect();
        for span in &marked {
            let mark = |range| Marked { range, label: as_label.clone(), country: span.country.filter(|_| countries) };
            decided.marked.extend(bytes(span).map(mark));
        }
        if is_own {
            continue;
        }
        for (range, country) in pair.telling() {
            let right = if countries {
                pair.is_overlapped(&(range.clone(), *country))
            } else {
                pair.is_marked(&(range.clone(), *country))
            };
            let range = offsets.from_code_points(range.start, range.end);
            match range {
                Some(range) if right && countries => {
                    decided.marked.push(Marked { range, label: as_label.clone(), country: *country });
                }
                Some(range) if !right => decided.rejected.push((range, as_label.clone())),
                _ => {}
            }
        }
    }
    if let Some(marked) = &gold.records {
        decided.events = events(gold, marked, found, |event| event.is_kept());
        decided.records = events(gold, marked, alone, |_| true);
    }
    decided
}

fn label_of(name: &SmolStr, own: bool) -> Option<SpanLabel> {
    if own { Some(SpanLabel::Kind(KindId(name.clone()))) } else { engines(name).map(SpanLabel::Engine) }
}

/// The most telling words of some of the records that were found, and whether each is marked as worth keeping.
fn events(
    gold: &Gold,
    marked: &[records::Record],
    found: &Suggestions,
    some: impl Fn(&Event) -> bool,
) -> Vec<(TextRange, bool)> {
    let worthy: Vec<&records::Record> = marked.iter().filter(|record| record.worth >= 2).collect();
    let all = records::of_suggestions(&gold.text, found);
    let (events, said): (Vec<&Event>, Vec<&records::Record>) =
        found.events.iter().zip(&all).filter(|(event, _)| some(event)).unzip();
    let paired: BTreeSet<usize> = records::paired(&worthy, &said).into_values().collect();
    let telling = |event: &Event| Some(found.spans.get(*event.mentions.first()?)?.range);
    let told = events.into_iter().enumerate();
    told.filter_map(|(index, event)| Some((telling(event)?, paired.contains(&index)))).collect()
}
