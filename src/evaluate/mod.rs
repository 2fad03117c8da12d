//! How far the engine can be trusted: its suggestions against texts that people have marked. Functions of their input:
//! no clock, no disk; the same input gives the same numbers.
//!
//! [`Gold`] is a marked text, [`Span`] what is marked in it or suggested for it, [`report`] sets the two against each
//! other. Ranges are Unicode code points here, as in the files that are compared: which of two overlaps is the longer
//! must not depend on how many bytes a letter takes.

mod bootstrap;
mod calibration;
pub mod correction;
mod count;
mod events;
mod gold;
mod learn;
mod print;
pub mod records;
mod report;

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;
use smol_str::SmolStr;

use crate::project::CountryCode;
use crate::suggest::{CountryName, Suggestions};
use crate::text::OffsetMap;

pub(crate) use bootstrap::{SplitMix64, interval, resample};
pub use gold::{Answer, Fault, MAX_LINE, of_project, read_answers, read_gold};
pub use learn::{Lesson, Scored, learn};
pub use print::{json, lesson_json, lessons_table, table};
pub use report::{Calibration, Estimate, Report, ReportRow, report};

/// A stretch of text, marked by a person or suggested.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Code points, the end exclusive, never empty.
    pub range: Range<usize>,
    /// `PERSON`, `COUNTRY`, `PLACE`: any name that files use.
    pub label: SmolStr,
    /// The country that a `COUNTRY` or `PLACE` names.
    pub country: Option<CountryCode>,
    /// How a `COUNTRY` names it; none counts as by name.
    pub named: Option<CountryName>,
    /// The country that a `PLACE` lies in.
    pub in_country: Option<CountryCode>,
    /// A country by name that has no code to compare: suggestions here count neither way.
    pub country_ignore: bool,
    /// Wikidata item.
    pub item: Option<SmolStr>,
    /// The probability that a suggestion is right, 0 to 1.
    pub score: Option<f32>,
}

/// A marked text.
#[derive(Clone, Debug, PartialEq)]
pub struct Gold {
    /// Unique among those compared.
    pub id: String,
    /// What is marked.
    pub text: String,
    /// The day of publication.
    pub date: Option<Date>,
    /// What people marked.
    pub spans: Vec<Span>,
    /// The labels of which everything is marked.
    pub labels: BTreeSet<SmolStr>,
    /// Countries are marked as such alone; where they are not, they count as the places or groups too that their names
    /// are.
    pub apart: bool,
    /// The labels of which something is marked: only what is missed can be told.
    pub partial: BTreeSet<SmolStr>,
    /// Where a suggestion without a mark is no fault, in code points.
    pub ignore: Vec<Range<usize>>,
    /// The part of the text that is compared, in code points.
    pub within: Range<usize>,
    /// How the countries that are marked are named; others are not compared.
    pub ways: BTreeSet<CountryName>,
    /// Its event records, where they are marked.
    pub records: Option<Vec<records::Record>>,
}

impl Gold {
    /// Those spans that lie in the part that is compared.
    fn compared<'s>(&self, spans: &'s [Span]) -> Vec<&'s Span> {
        let inside = |span: &&Span| span.range.start >= self.within.start && span.range.end <= self.within.end;
        spans.iter().filter(inside).collect()
    }

    /// Whether a span counts under `label`.
    fn counts(&self, span: &Span, label: &str) -> bool {
        span.label == label || !self.apart && span.stands_for(label)
    }

    /// White-space words of the text.
    fn words(&self) -> usize {
        self.text.split_whitespace().count()
    }
}

impl Span {
    /// Whether it is a country whose name belongs to the layer `label`.
    fn stands_for(&self, label: &str) -> bool {
        let layer = match self.named {
            None | Some(CountryName::Name | CountryName::Capital | CountryName::Part) => "PLACE",
            Some(CountryName::Demonym) => "NORP",
            Some(CountryName::Government) => return false,
        };
        self.label == "COUNTRY" && label == layer
    }

    /// The country it names, if it names one in a way that is compared.
    fn names_country(&self, ways: &BTreeSet<CountryName>) -> Option<CountryCode> {
        let compared = match self.label.as_str() {
            "PLACE" => true,
            "COUNTRY" => ways.contains(&self.named.unwrap_or(CountryName::Name)),
            _ => false,
        };
        self.country.filter(|_| compared)
    }
}

/// What the engine suggests for `text`, as spans.
pub fn spans(text: &str, found: &Suggestions) -> Vec<Span> {
    let mut items = vec![None; found.spans.len()];
    let entities = found.entities.values().flatten().map(|entity| (&entity.wikidata, &entity.mentions));
    let events = found.events.iter().map(|event| (&event.wikidata, &event.mentions));
    for (item, mentions) in entities.chain(events) {
        for index in mentions {
            if let Some(slot) = items.get_mut(*index) {
                slot.clone_from(item);
            }
        }
    }
    let offsets = OffsetMap::new(text);
    let convert = |(span, item): (&crate::suggest::Span, Option<SmolStr>)| {
        let (start, end) = offsets.code_points(span.range)?;
        Some(Span {
            range: start..end,
            label: SmolStr::new(span.label.name()),
            country: span.country,
            named: span.country_name,
            in_country: span.in_country,
            country_ignore: false,
            item,
            score: Some(span.score),
        })
    };
    found.spans.iter().zip(items).filter_map(convert).collect()
}

/// How many code points two ranges share.
fn overlap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

#[cfg(test)]
mod tests;
