//! The suggestions for one document as a line of JSON: code points, names instead of indexes (`docs/formats.md`).

use jiff::civil::Date;
use serde::Serialize;
use serde_json::value::RawValue;
use text_size::TextRange;

use crate::project::{Coordinates, CountryCode, EventDate, EventPlace, EventType};
use crate::suggest::across::Across;
use crate::suggest::{self, Label, SpanLabel, Suggestions};
use crate::text::OffsetMap;

/// Which spans an answer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layers {
    /// People, countries and events.
    Main,
    /// Other places, nationalities and groups, and organisations as well.
    All,
}

impl Layers {
    fn hold(self, label: &SpanLabel) -> bool {
        match label.engine() {
            Some(Label::Place | Label::Norp | Label::Org) => self == Self::All,
            Some(Label::Person | Label::Country | Label::Event | Label::Trigger) | None => true,
        }
    }
}

/// An answer line.
#[derive(Serialize)]
pub struct Answer<'a> {
    id: &'a RawValue,
    spans: Vec<Span<'a>>,
    people: Vec<Person<'a>>,
    countries: Vec<&'a str>,
    events: Vec<Event<'a>>,
}

#[derive(Serialize)]
struct Span<'a> {
    start: usize,
    end: usize,
    label: &'a str,
    score: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_country: Option<&'a str>,
    /// The outer `None` leaves it out, the inner writes `null`: a happening that fits no type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<Option<&'static str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    across: Option<usize>,
}

#[derive(Serialize)]
struct Person<'a> {
    name: &'a str,
    mentions: Vec<(usize, usize)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    qid: Option<&'a str>,
}

#[derive(Serialize)]
struct Event<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    kind: Option<&'static str>,
    class: Option<&'static str>,
    keep: bool,
    worth: f32,
    mentions: Vec<Place>,
    text: &'a str,
    trigger: (usize, usize),
    #[serde(skip_serializing_if = "Option::is_none")]
    mode: Option<&'static str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    contexts: &'a [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<When<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Where<'a>>,
    polarity: &'static str,
    modality: &'static str,
    participants: Vec<Participant<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    figures: Vec<Figure<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    across: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part_of: Option<usize>,
}

/// Code points.
#[derive(Serialize)]
struct Place {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Where<'a> {
    name: &'a str,
    country: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coordinates: Option<Coordinates>,
}

#[derive(Serialize)]
struct Figure<'a> {
    kind: &'static str,
    number: Option<f64>,
    text: &'a str,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct When<'a> {
    start: Date,
    end: Date,
    text: &'a str,
}

#[derive(Serialize)]
struct Participant<'a> {
    role: &'static str,
    name: &'a str,
    label: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    start: usize,
    end: usize,
}

impl<'a> Answer<'a> {
    /// What `found` says of `text`, whose ranges it points into.
    pub fn new(id: &'a RawValue, text: &'a str, found: &'a Suggestions, layers: Layers) -> Self {
        Self::among(id, text, found, layers, &Across::default())
    }

    /// The same with what it has in common with other articles.
    pub fn among(id: &'a RawValue, text: &'a str, found: &'a Suggestions, layers: Layers, across: &Across) -> Self {
        let all = Spans::new(text, found);
        Self {
            id,
            spans: all.written(layers, across),
            people: found.people().iter().map(|person| all.person(person)).collect(),
            countries: found
                .countries()
                .iter()
                .filter_map(|country| Some(country.country.as_ref()?.as_str()))
                .collect(),
            events: all.events(across),
        }
    }
}

/// What a span belongs to.
#[derive(Clone, Copy, Default)]
struct Owner<'a> {
    name: Option<&'a str>,
    event: Option<EventType>,
}

/// The spans of a document with what each belongs to.
struct Spans<'a> {
    text: &'a str,
    found: &'a Suggestions,
    offsets: OffsetMap<'a>,
    /// One for each span.
    owners: Vec<Owner<'a>>,
}

impl<'a> Spans<'a> {
    fn new(text: &'a str, found: &'a Suggestions) -> Self {
        let mut owners = vec![Owner::default(); found.spans.len()];
        let mut own = |mentions: &[usize], owner: Owner<'a>| {
            for index in mentions {
                if let Some(slot) = owners.get_mut(*index) {
                    *slot = owner;
                }
            }
        };
        for entity in found.people().iter().chain(found.countries()) {
            own(&entity.mentions, Owner { name: Some(&entity.name), event: None });
        }
        for event in &found.events {
            own(&event.mentions, Owner { name: Some(&event.name), event: Some(event.kind) });
        }
        Self { text, found, offsets: OffsetMap::new(text), owners }
    }

    fn written(&self, layers: Layers, across: &Across) -> Vec<Span<'a>> {
        let spans = self.found.spans.iter().zip(&self.owners).enumerate();
        let write = |(at, (span, owner)): (usize, (&'a suggest::Span, &Owner<'a>))| {
            let (start, end) = self.offsets.code_points(span.range)?;
            Some(Span {
                start,
                end,
                label: span.label.name(),
                score: span.score,
                entity: owner.name,
                country: span.country.as_ref().map(CountryCode::as_str),
                in_country: span.in_country.as_ref().map(CountryCode::as_str),
                kind: match span.label.engine() {
                    Some(Label::Event) => Some(Some("NAMED")),
                    Some(Label::Trigger) => Some(owner.event.and_then(EventType::code)),
                    Some(Label::Country) => span.country_name.map(|how| Some(how.name())),
                    Some(Label::Person | Label::Place | Label::Norp | Label::Org) | None => None,
                },
                across: across.spans.get(at).copied().flatten(),
            })
        };
        spans.filter(|(_, (span, _))| layers.hold(&span.label)).filter_map(write).collect()
    }

    fn person(&self, person: &'a suggest::Entity) -> Person<'a> {
        let mentions = person.mentions.iter().filter_map(|index| self.found.spans.get(*index));
        Person {
            name: &person.name,
            mentions: mentions.filter_map(|span| self.offsets.code_points(span.range)).collect(),
            qid: person.wikidata.as_deref(),
        }
    }

    /// The events, with which of them are the same as events of other articles, and which are steps of others.
    fn events(&self, across: &Across) -> Vec<Event<'a>> {
        let written: Vec<_> = self.found.events.iter().map(|event| self.event(event)).collect();
        // Where an event is left out, those behind it move up.
        let count = |next: &mut usize, event: &Option<Event<'_>>| {
            let place = *next;
            *next += usize::from(event.is_some());
            Some(place)
        };
        let places: Vec<usize> = written.iter().scan(0, count).collect();
        let place = |whole: usize| places.get(whole).copied();
        let parts = across.part_of.iter().map(|whole| whole.and_then(place)).collect::<Vec<_>>();
        let placed = |(at, event): (usize, Option<Event<'a>>)| {
            let part_of = parts.get(at).copied().flatten();
            Some(Event { across: across.events.get(at).copied().flatten(), part_of, ..event? })
        };
        written.into_iter().enumerate().filter_map(placed).collect()
    }

    /// `None` for an event that nothing in the text tells of.
    fn event(&self, event: &'a suggest::Event) -> Option<Event<'a>> {
        let trigger = self.found.spans.get(*event.mentions.first()?)?;
        let participants = event.participants.iter().filter_map(|participant| self.participant(participant));
        let mentions = event.mentions.iter().filter_map(|index| self.found.spans.get(*index));
        let mentions = mentions.filter_map(|span| self.offsets.code_points(span.range));
        Some(Event {
            name: &event.name,
            kind: event.kind.code(),
            class: event.kind.class(),
            keep: event.is_kept(),
            worth: event.worth,
            mentions: mentions.map(|(start, end)| Place { start, end }).collect(),
            text: self.quote(trigger.range)?,
            trigger: self.offsets.code_points(trigger.range)?,
            mode: event.mode,
            contexts: &event.contexts,
            date: event.date.as_ref().map(|EventDate { start, end, text, .. }| When { start: *start, end: *end, text }),
            place: event.place.as_ref().map(|EventPlace { name, country, coordinates, .. }| Where {
                name,
                country: country.as_ref().map(CountryCode::as_str),
                coordinates: *coordinates,
            }),
            polarity: event.polarity.name(),
            modality: event.modality.name(),
            participants: participants.collect(),
            figures: event.figures.iter().filter_map(|figure| self.figure(figure)).collect(),
            across: None,
            part_of: None,
        })
    }

    fn participant(&self, participant: &'a suggest::Participant) -> Option<Participant<'a>> {
        let (start, end) = self.offsets.code_points(participant.range)?;
        Some(Participant {
            role: participant.role.name(),
            name: &participant.name,
            label: participant.label.name(),
            country: participant.country.as_ref().map(CountryCode::as_str),
            start,
            end,
        })
    }

    fn figure(&self, figure: &crate::project::Figure) -> Option<Figure<'a>> {
        let range = figure.range?;
        let (start, end) = self.offsets.code_points(range)?;
        let text = self.quote(range)?;
        Some(Figure { kind: figure.kind.name(), number: figure.number, text, start, end })
    }

    fn quote(&self, range: TextRange) -> Option<&'a str> {
        self.text.get(crate::text::bytes(range))
    }
}
