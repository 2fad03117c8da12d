//! Event records as files and projects hold them.

use std::ops::Range;

use jiff::civil::Date;
use serde::Deserialize;
use smol_str::SmolStr;

use super::records::{Party, Reality, Record};
use crate::project::{
    ArticleRecord, CountryCode, Event, EventType, Modality, NamedClass, NewsClass, PartyLabel, Plover, Polarity,
    Project, Role, Status, Target,
};
use crate::text::OffsetMap;

/// A record as the marked sets have it.
#[derive(Deserialize)]
pub(super) struct MarkedEvent {
    worth: u8,
    kind: String,
    mentions: Vec<(usize, usize)>,
    #[serde(default)]
    actors: Vec<PartyField>,
    #[serde(default)]
    recipients: Vec<PartyField>,
    place: Option<PlaceField>,
    date: Option<String>,
    modality: String,
}

/// An event as `suggest --jsonl` writes it.
#[derive(Deserialize)]
pub(super) struct SaidEvent {
    #[serde(rename = "type")]
    kind: Option<String>,
    class: Option<String>,
    #[serde(default = "kept")]
    keep: bool,
    worth: Option<f64>,
    #[serde(default)]
    mentions: Vec<Stretch>,
    trigger: Option<(usize, usize)>,
    #[serde(default)]
    participants: Vec<PartyField>,
    place: Option<PlaceField>,
    date: Option<DateField>,
    #[serde(default)]
    polarity: String,
    #[serde(default)]
    modality: String,
}

fn kept() -> bool {
    true
}

#[derive(Deserialize)]
struct Stretch {
    start: usize,
    end: usize,
}

#[derive(Deserialize)]
struct PartyField {
    role: Option<String>,
    name: String,
    #[serde(rename = "type", alias = "label")]
    label: String,
    country: Option<SmolStr>,
}

#[derive(Deserialize)]
struct PlaceField {
    name: String,
    country: Option<SmolStr>,
}

#[derive(Deserialize)]
struct DateField {
    start: Date,
    end: Date,
}

impl MarkedEvent {
    /// The record, if it fits a text of `length` code points.
    pub(super) fn check(self, length: usize) -> Result<Record, String> {
        let kind = kind(&self.kind).ok_or_else(|| format!("the kind “{}” of an event is unknown", self.kind))?;
        let actors = self.actors.into_iter().map(|field| (Role::Actor, field));
        let recipients = self.recipients.into_iter().map(|field| (Role::Recipient, field));
        let parties = actors.chain(recipients).map(|(role, field)| Ok((role, party(field)?)));
        let reality = match self.modality.as_str() {
            "actual" => Reality::Actual,
            "planned" => Reality::Planned,
            "possible" | "demanded" => Reality::Possible,
            "denied" => Reality::Denied,
            other => return Err(format!("the modality “{other}” of an event is unknown")),
        };
        Ok(Record {
            worth: self.worth,
            probability: None,
            kind,
            mentions: mentions(self.mentions, length)?,
            parties: parties.collect::<Result<_, String>>()?,
            place: self.place.map(|place| (place.name, code(place.country))),
            date: self.date.as_deref().map(days).transpose()?,
            reality,
        })
    }
}

impl SaidEvent {
    /// The record, if it fits a text of `length` code points.
    pub(super) fn check(self, length: usize) -> Result<Record, String> {
        let kind = EventType::from_parts(self.kind.as_deref(), self.class.as_deref())
            .ok_or_else(|| format!("the type “{}” of an event is unknown", self.kind.unwrap_or_default()))?;
        let all: Vec<(usize, usize)> = self.mentions.into_iter().map(|Stretch { start, end }| (start, end)).collect();
        let all = if all.is_empty() { self.trigger.into_iter().collect() } else { all };
        let polarity = if self.polarity == Polarity::Negative.name() { Polarity::Negative } else { Polarity::Positive };
        let parties = self.participants.into_iter().filter_map(|field| {
            let role =
                [Role::Actor, Role::Recipient].into_iter().find(|role| field.role.as_deref() == Some(role.name()))?;
            Some(party(field).map(|party| (role, party)))
        });
        Ok(Record {
            worth: if self.keep { 2 } else { 1 },
            probability: self.worth,
            kind,
            mentions: mentions(all, length)?,
            parties: parties.collect::<Result<_, String>>()?,
            place: self.place.map(|place| (place.name, code(place.country))),
            date: self.date.map(|date| (date.start, date.end)),
            reality: Reality::new(polarity, Modality::from_name(&self.modality).unwrap_or_default()),
        })
    }
}

/// "NAMED:games", "CONSULT", "OTHER:sport".
fn kind(name: &str) -> Option<EventType> {
    match name.split_once(':') {
        Some(("NAMED", class)) => {
            let first = |known: &NamedClass| known.name().split(' ').next() == Some(class);
            NamedClass::ALL.into_iter().find(first).map(EventType::Named)
        }
        Some(("OTHER", class)) => NewsClass::from_name(class).map(EventType::News),
        _ => Plover::from_name(name).map(|plover| EventType::Happening(Some(plover))),
    }
}

fn mentions(found: Vec<(usize, usize)>, length: usize) -> Result<Vec<Range<usize>>, String> {
    let check = |(start, end): (usize, usize)| {
        if start >= end || end > length {
            return Err(format!("the offsets {start}–{end} of an event do not fit a text of {length} characters"));
        }
        Ok(start..end)
    };
    found.into_iter().map(check).collect()
}

fn party(field: PartyField) -> Result<Party, String> {
    let label = PartyLabel::from_name(&field.label).ok_or_else(|| {
        format!("the type “{}” of “{}” is none of PERSON, COUNTRY, ORG and GROUP", field.label, field.name)
    })?;
    Ok(Party { label, name: field.name, country: code(field.country), unsure: false })
}

fn code(code: Option<SmolStr>) -> Option<CountryCode> {
    CountryCode::new(&code?)
}

/// "2022", "2022-07", "2022-07-31", or two of them with "/" between: the first and the last day.
fn days(text: &str) -> Result<(Date, Date), String> {
    let (from, to) = text.split_once('/').unwrap_or((text, text));
    let bounds = |text: &str| -> Option<(Date, Date)> {
        let mut parts = text.split('-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next().map(str::parse::<i8>);
        let day = parts.next().map(str::parse::<i8>);
        match (month, day) {
            (None, _) => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
            (Some(month), None) => {
                let first = Date::new(year, month.ok()?, 1).ok()?;
                Some((first, first.last_of_month()))
            }
            (Some(month), Some(day)) => {
                let date = Date::new(year, month.ok()?, day.ok()?).ok()?;
                Some((date, date))
            }
        }
    };
    bounds(from).zip(bounds(to)).map(|(from, to)| (from.0, to.1)).ok_or_else(|| format!("the date “{text}” is none"))
}

/// The events of an article that a person has accepted or made: each is worth keeping. None where they have no such
/// event.
pub(super) fn of_article(project: &Project, record: &ArticleRecord) -> Option<Vec<Record>> {
    let offsets = OffsetMap::new(record.article.text.as_str());
    let of_event = |event: &Event| {
        let accepted = project.mentions_of(Target::Event(event.id)).filter(|m| m.status == Status::Accepted);
        let places = accepted.filter_map(|mention| offsets.code_points(mention.range)).map(|(start, end)| start..end);
        let mentions: Vec<Range<usize>> = places.collect();
        let parties = event.participants.iter().map(|participant| {
            let who = &participant.who;
            let name = project.party_name(who).to_owned();
            let (label, country) = (project.party_label(who), project.party_country(who));
            let party = Party { label, name, country, unsure: participant.unsure };
            (participant.role, party)
        });
        (!mentions.is_empty()).then(|| Record {
            worth: 2,
            probability: None,
            kind: event.kind,
            mentions,
            parties: parties.collect(),
            place: event.place.as_ref().map(|place| (place.name.clone(), place.country)),
            date: event.date.as_ref().map(|date| (date.start, date.end)),
            reality: Reality::new(event.polarity, event.modality),
        })
    };
    let events = project.events_of(record.id);
    let found: Vec<Record> = events.filter_map(of_event).collect();
    (!found.is_empty()).then_some(found)
}
