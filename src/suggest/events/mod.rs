//! The events source: named events from a list and patterns, happenings from a lexicon, with who, when and where.

mod bodies;
mod clause;
mod contexts;
mod descriptions;
mod elections;
mod figures;
mod frame;
mod gazetteer;
mod grammar;
mod lexicon;
mod merge;
mod modality;
mod morphology;
mod named;
mod names;
mod parties;
mod patterns;
#[cfg(test)]
mod record_tests;
mod records;
mod senses;
#[cfg(test)]
mod tests;
mod title;
mod triggers;
mod when;
pub(crate) mod words;

use jiff::civil::Date;
use smol_str::SmolStr;
use text_size::TextRange;

use super::dates::{DateExpression, dates_in};
use super::{Event, Figure, Label, Participant, Source, SourceContext, Span, Suggestions};
use crate::project::{EventType, Modality, Polarity};
use contexts::Cues;
use frame::Scene;
use merge::EventMention;
use morphology::Form;
use named::Naming;
use names::Names;
use records::{Read, Record, Telling};
use senses::{Meaning, Reading};
use triggers::Trigger;
use words::Words;

pub use figures::figures_typed;
pub(super) use morphology::stem;
pub use parties::party_label;

/// Proposes events. Runs after the sources of people, countries and places, whose spans it reads.
#[derive(Clone, Copy, Debug, Default)]
pub struct Events;

const NAME: &str = "events";

impl Source for Events {
    fn suggest(&self, context: &SourceContext<'_, '_>, found: &mut Suggestions) {
        let SourceContext { document, tags, .. } = *context;
        let words = Words::new(document.text, &document.tokens, &document.sentences);
        let (namings, named) = named::named(&words, tags);
        let taken = taken(&words, &namings, found);
        let happenings = triggers::triggers_with(&words, &taken, tags, &context.project.told);
        let in_events: Vec<_> = namings.iter().map(|naming| (naming.first, naming.last)).collect();
        let names = Names::new(&words, found, &in_events);
        let mut dates = dates_in(&words, document.date);
        // "the September 11 attacks": a name tells no other's day.
        dates.retain(|date| {
            let at = words.at(date.range.start());
            let name = namings.get(namings.partition_point(|naming| naming.last < at));
            name.is_none_or(|naming| words.before_offset(date.range.end()) < naming.first)
        });
        let told = tell(&words, &names, &dates, document.date, happenings);
        let cues = Cues::new(&words);
        let read = Read {
            document,
            words: &words,
            names: &names,
            dates: &dates,
            namings: &namings,
            named: &named,
            told: &told,
            tags,
            found,
        };
        let records = records::records(&read).unwrap_or_else(|| records::by_rules(&read));
        let figures = figures::shared_out(&read, &records);
        let events: Vec<(Vec<Span>, Event)> =
            records.into_iter().zip(figures).map(|(record, figures)| event(&read, &cues, record, figures)).collect();
        for (spans, mut event) in events {
            event.mentions = (found.spans.len()..found.spans.len() + spans.len()).collect();
            found.spans.extend(spans);
            found.events.push(event);
        }
    }
}

/// Where names stand, of whatever kind: sorted, so that triggers keep out of them.
fn taken(words: &Words<'_>, namings: &[Naming], found: &Suggestions) -> Vec<TextRange> {
    let names = namings.iter().filter_map(|naming| words.range(naming.first, naming.last));
    let mut taken: Vec<TextRange> = found.spans.iter().map(|span| span.range).chain(names).collect();
    taken.sort_by_key(|range| (range.start(), std::cmp::Reverse(range.end())));
    let mut end = text_size::TextSize::default();
    taken.retain(|range| {
        let kept = range.end() > end;
        end = end.max(range.end());
        kept
    });
    taken
}

/// Reads what stands around each trigger.
fn tell(
    words: &Words<'_>,
    names: &Names,
    dates: &[DateExpression],
    base: Option<Date>,
    triggers: Vec<Trigger>,
) -> Vec<EventMention> {
    let reading = Reading { words, names, triggers: &triggers };
    let meanings: Vec<Meaning> = (0..triggers.len()).filter_map(|index| reading.meaning(index)).collect();
    let scene = Scene::new(words, names, &triggers, &meanings, dates);
    let dated = scene.dated();
    let real: Vec<(Polarity, Modality)> = (0..triggers.len()).map(|index| scene.reality(index)).collect();
    let frames = scene.frames();
    let parts = triggers.into_iter().zip(meanings).zip(frames).zip(real).zip(dated);
    let tell = |((((trigger, meaning), frame), (polarity, modality)), date): ((((_, _), _), (_, _)), Option<usize>)| {
        let trigger: Trigger = trigger;
        // "The team flies out tomorrow."
        let to_come = date.and_then(|date| dates.get(date)).zip(base).is_some_and(|(date, base)| date.start > base);
        let present = matches!(trigger.form, Form::Base | Form::Third | Form::Gerund);
        let modality = if to_come && present && modality == Modality::Asserted { Modality::Planned } else { modality };
        EventMention { trigger, meaning, frame, polarity, modality, date }
    };
    parts.map(tell).collect()
}

fn span(range: TextRange, label: Label, score: f32, reason: String) -> Span {
    let label = label.into();
    Span { range, label, score, source: NAME, reason, country: None, country_name: None, in_country: None }
}

/// The event that a record becomes, with the spans of its mentions.
fn event(read: &Read<'_, '_>, cues: &Cues, record: Record, figures: Vec<Figure>) -> (Vec<Span>, Event) {
    let words = read.words;
    let mut spans = Vec::with_capacity(record.tellings.len());
    let mut members: Vec<&EventMention> = Vec::new();
    for telling in &record.tellings {
        match *telling {
            Telling::Named(index) => {
                let Some(naming) = read.namings.get(index) else { continue };
                let range = words.range(naming.first, naming.last);
                spans.extend(range.map(|range| span(range, Label::Event, naming.score, naming.reason.clone())));
            }
            Telling::Told(index) => {
                let Some(told) = read.told.get(index) else { continue };
                let trigger = &told.trigger;
                let range = words.range(trigger.first, trigger.last);
                spans.extend(range.map(|range| span(range, Label::Trigger, trigger.score, reason(words, told))));
                members.push(told);
            }
        }
    }
    let plover = match record.kind {
        EventType::Happening(plover) => plover,
        EventType::Named(_) | EventType::News(_) => None,
    };
    let mode = plover.and_then(|plover| {
        members.iter().filter(|told| told.meaning.plover == Some(plover)).find_map(|told| told.meaning.mode)
    });
    let named = record.tellings.iter().find_map(|telling| read.named_by(*telling));
    let participants = record.parties.iter().map(|(role, who)| Participant {
        role: *role,
        label: who.party.label,
        name: who.party.name.clone(),
        country: who.party.country,
        range: who.range,
        span: who.span,
        unsure: who.unsure,
    });
    let event = Event {
        name: title::title(read, &record),
        kind: record.kind,
        level: record.level,
        alike: record.alike,
        worth: record.worth,
        mode,
        contexts: cues.contexts(words, read.names, &members),
        date: record.date,
        place: record.place,
        polarity: record.polarity,
        modality: record.modality,
        participants: participants.collect(),
        figures,
        wikidata: named.and_then(|event| event.wikidata).map(SmolStr::new_static),
        mentions: Vec::new(),
    };
    (spans, event)
}

/// "verb “met”, PLOVER CONSULT".
fn reason(words: &Words<'_>, told: &EventMention) -> String {
    let trigger = &told.trigger;
    let kind = match trigger.form {
        Form::Singular | Form::Plural => "noun",
        Form::Adjective => "adjective",
        _ => "verb",
    };
    let said = words.spelled(trigger.first, trigger.last);
    let said = match trigger.tag {
        Some(tag) => format!("{said}” (tagger {tag:.2})"),
        None => format!("{said}”"),
    };
    match told.meaning.plover {
        Some(plover) => format!("{kind} “{said}, PLOVER {}", plover.name()),
        None => format!("{kind} “{said}, an event outside PLOVER's types"),
    }
}
