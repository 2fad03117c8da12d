//! The events source: named events from a list and patterns, happenings from a lexicon, with who, when and where.

mod clause;
mod contexts;
mod elections;
mod frame;
mod gazetteer;
mod grammar;
mod lexicon;
mod merge;
mod modality;
mod morphology;
mod named;
mod names;
mod patterns;
mod senses;
#[cfg(test)]
mod tests;
mod triggers;
mod when;
pub(crate) mod words;

use jiff::civil::Date;
use smol_str::SmolStr;
use text_size::TextRange;

use super::dates::{DateExpression, dates_in};
use super::tagger::Tags;
use super::{Document, Event, Label, Participant, Source, Span, Suggestions};
use crate::project::{EventDate, EventPlace, EventType, Modality, NamedClass, Polarity};
use contexts::Cues;
use frame::Scene;
use merge::{Told, merge};
use morphology::Form;
use named::{NamedEvent, Naming};
use names::Names;
use senses::{Meaning, Reading};
use triggers::Trigger;
use words::Words;

/// Proposes events. Runs after the sources of people, countries and places, whose spans it reads.
#[derive(Clone, Copy, Debug, Default)]
pub struct Events;

const NAME: &str = "events";

impl Source for Events {
    fn name(&self) -> &'static str {
        NAME
    }

    fn suggest(&self, document: &Document<'_>, tags: &Tags, found: &mut Suggestions) {
        let words = Words::new(document.text, &document.tokens, &document.sentences);
        let (namings, named) = named::named(&words, tags);
        let taken = taken(&words, &namings, found);
        let happenings = triggers::triggers(&words, &taken, tags);
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
        for event in named {
            add_named(&words, &names, &namings, &event, found);
        }
        for group in merge(&words, &names, &dates, &told) {
            let members = group.iter().filter_map(|index| told.get(*index)).collect::<Vec<_>>();
            let contexts = cues.contexts(&words, &names, &members);
            add_happening(&words, &names, &dates, &members, contexts, found);
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
) -> Vec<Told> {
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
        Told { trigger, meaning, frame, polarity, modality, date }
    };
    parts.map(tell).collect()
}

fn span(range: TextRange, label: Label, score: f32, reason: String) -> Span {
    Span { range, label, score, source: NAME, reason, country: None, country_name: None, in_country: None }
}

fn add_named(words: &Words<'_>, names: &Names, namings: &[Naming], event: &NamedEvent, found: &mut Suggestions) {
    let mut mentions = Vec::new();
    for naming in event.namings.iter().filter_map(|index| namings.get(*index)) {
        let Some(range) = words.range(naming.first, naming.last) else { continue };
        mentions.push(found.spans.len());
        found.spans.push(span(range, Label::Event, naming.score, naming.reason.clone()));
    }
    let year = |year: i16| {
        let (start, end) = (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?);
        Some(EventDate { start, end, text: year.to_string() })
    };
    let namings = event.namings.iter().filter_map(|index| namings.get(*index));
    let countries = namings.flat_map(|naming| names.within(naming.first..naming.last + 1));
    let countries: Vec<_> = countries.filter_map(|name| found.spans.get(name.span)?.country).collect();
    let votes = |year: i16| countries.into_iter().find_map(|country| elections::days(country, year, &event.name));
    let election = event.year.filter(|_| event.class == NamedClass::Election).and_then(votes);
    let known = event.days.or(election).map(|(start, end)| EventDate { start, end, text: String::new() });
    let date = known.or_else(|| event.year.and_then(year));
    found.events.push(Event {
        name: event.name.clone(),
        kind: EventType::Named(event.class),
        mode: None,
        contexts: Vec::new(),
        date,
        place: None,
        polarity: Polarity::Positive,
        modality: Modality::Asserted,
        participants: Vec::new(),
        wikidata: event.wikidata.map(SmolStr::new_static),
        mentions,
    });
}

/// Adds the event that all of `members` tell of; the first that says something of a kind is believed.
fn add_happening(
    words: &Words<'_>,
    names: &Names,
    dates: &[DateExpression],
    members: &[&Told],
    contexts: Vec<&'static str>,
    found: &mut Suggestions,
) {
    let Some(first) = members.first() else { return };
    let mut mentions = Vec::new();
    for member in members {
        let trigger = &member.trigger;
        let Some(range) = words.range(trigger.first, trigger.last) else { continue };
        mentions.push(found.spans.len());
        found.spans.push(span(range, Label::Trigger, trigger.score, reason(words, member)));
    }
    let mut participants: Vec<Participant> = Vec::new();
    let mut known = Vec::new();
    for (role, name) in members.iter().flat_map(|member| &member.frame.participants) {
        if let Some(name) = names.nth(*name).filter(|name| !known.contains(&name.who)) {
            known.push(name.who);
            participants.push(Participant { role: *role, span: name.span });
        }
    }
    let date = members.iter().find_map(|member| dates.get(member.date?)).map(|date| EventDate {
        start: date.start,
        end: date.end,
        text: words.spelled(words.at(date.range.start()), words.before_offset(date.range.end())).to_owned(),
    });
    let place = members.iter().find_map(|member| names.nth(member.frame.place?)).and_then(|name| {
        let span = found.spans.get(name.span)?;
        let country = span.country.or(span.in_country);
        Some(EventPlace { name: words.spelled(name.first, name.last).to_owned(), country })
    });
    let spokesman = members.iter().find(|member| member.meaning.leads);
    let typed = || members.iter().find(|member| member.meaning.plover.is_some());
    let meaning = spokesman.or_else(typed).unwrap_or(first).meaning;
    let asserted = members.iter().any(|member| member.modality == Modality::Asserted);
    found.events.push(Event {
        name: words.spelled(first.trigger.first, first.trigger.last).to_owned(),
        kind: EventType::Happening(meaning.plover),
        mode: meaning.mode,
        contexts,
        date,
        place,
        polarity: first.polarity,
        modality: if asserted { Modality::Asserted } else { first.modality },
        participants,
        wikidata: None,
        mentions,
    });
}

/// "verb “met”, PLOVER CONSULT".
fn reason(words: &Words<'_>, told: &Told) -> String {
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
