//! Events as a table: an event a row, for analysis; ranges in code points.

use std::borrow::Cow;

use super::json::status;
use super::table::{Party, Table, figure, guarded, intensity, list, parties, quad_number, shown};
use super::view::{ArticleView, EventView, View};
use super::{Export, ExportError, Format, Group, Selection};
use crate::project::{EventType, Project, Role, Status};

/// See the module.
pub(super) struct Events;

pub(super) const COLUMNS: [&str; 45] = [
    "event",
    "article",
    "title",
    "published",
    "name",
    "type",
    "class",
    "level",
    "worth",
    "mode",
    "contexts",
    "quad_class",
    "quad_name",
    "intensity",
    "actors",
    "actor_kinds",
    "actor_countries",
    "actor_roles",
    "actor_wikidata",
    "recipients",
    "recipient_kinds",
    "recipient_countries",
    "recipient_roles",
    "recipient_wikidata",
    "figures",
    "place",
    "place_country",
    "latitude",
    "longitude",
    "start",
    "end",
    "date_words",
    "unsure",
    "polarity",
    "modality",
    "triggers",
    "trigger_offsets",
    "offset_unit",
    "status",
    "wikidata",
    "source",
    "score",
    "by",
    "at",
    "note",
];

impl Format for Events {
    fn id(&self) -> &'static str {
        "events"
    }

    fn name(&self) -> &'static str {
        "Events (CSV)"
    }

    fn group(&self) -> Group {
        Group::Tables
    }

    fn extension(&self) -> &'static str {
        "csv"
    }

    fn description(&self) -> &'static str {
        "A table with one event a row: type, actors, recipients, place, date"
    }

    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
        let view = View::new(project, selection)?;
        let mut table = Table::new(b',', &COLUMNS)?;
        for article in &view.articles {
            for event in &article.events {
                let cells = row(project, article, event);
                table.row(guarded(&COLUMNS, &cells).iter().map(|cell| cell.as_bytes()))?;
            }
        }
        table.finish(&view, self.extension())
    }
}

/// The cells of an event, in the order of [`COLUMNS`].
pub(super) fn row<'p>(
    project: &'p Project,
    article: &ArticleView<'p>,
    view: &EventView<'p>,
) -> [Cow<'p, str>; COLUMNS.len()] {
    let (event, meta) = (view.event, &article.record.article.meta);
    let plover = match event.kind {
        EventType::Happening(plover) => plover,
        EventType::Named(_) | EventType::News(_) => None,
    };
    let quad = plover.map(crate::project::Plover::quad_class);
    let [actors, recipients] = [Role::Actor, Role::Recipient].map(|role| {
        let who = parties(project, article, view, role);
        let of = |part: fn(&Party<'p>) -> Cow<'p, str>| Cow::from(list(who.iter().map(part)));
        [
            of(|party| party.name.into()),
            of(|party| party.kind.into()),
            of(|party| shown(party.country)),
            of(|party| party.office().into()),
            of(|party| party.wikidata().into()),
        ]
    });
    let [actors, actor_kinds, actor_countries, actor_roles, actor_items] = actors;
    let [recipients, recipient_kinds, recipient_countries, recipient_roles, recipient_items] = recipients;
    let triggers: Vec<_> = view.mentions.iter().filter_map(|index| article.mentions.get(*index)).collect();
    let accepted = triggers.iter().any(|marked| marked.mention.status == Status::Accepted);
    let coordinates = event.place.as_ref().and_then(|place| place.coordinates);
    let (date, place, decision) = (event.date.as_ref(), event.place.as_ref(), event.decision.as_ref());
    [
        event.id.to_string().into(),
        article.record.id.to_string().into(),
        meta.title.as_str().into(),
        shown(meta.date),
        event.name.as_str().into(),
        event.kind.code().unwrap_or_default().into(),
        event.kind.class().unwrap_or_default().into(),
        view.level.name().into(),
        shown(event.worth),
        event.mode.as_deref().unwrap_or_default().into(),
        list(&event.contexts).into(),
        shown(quad.map(quad_number)),
        quad.map(crate::project::QuadClass::name).unwrap_or_default().into(),
        plover.map(|plover| intensity(plover, event.mode.as_deref())).unwrap_or_default().into(),
        actors,
        actor_kinds,
        actor_countries,
        actor_roles,
        actor_items,
        recipients,
        recipient_kinds,
        recipient_countries,
        recipient_roles,
        recipient_items,
        list(event.figures.iter().map(figure)).into(),
        place.map(|place| place.name.as_str()).unwrap_or_default().into(),
        shown(place.and_then(|place| place.country)),
        shown(coordinates.map(|at| at.latitude)),
        shown(coordinates.map(|at| at.longitude)),
        shown(date.map(|date| date.start)),
        shown(date.map(|date| date.end)),
        date.map(|date| date.text.as_str()).unwrap_or_default().into(),
        unsure(project, view).into(),
        event.polarity.name().into(),
        event.modality.name().into(),
        list(triggers.iter().map(|marked| &marked.mention.quote)).into(),
        list(triggers.iter().map(|marked| format!("{}-{}", marked.start, marked.end))).into(),
        "code_point".into(),
        status(if accepted { Status::Accepted } else { Status::Suggested }).into(),
        event.wikidata.as_deref().unwrap_or_default().into(),
        event.origin.source.as_str().into(),
        shown(event.origin.score),
        decision.map(|stamp| stamp.by.as_str()).unwrap_or_default().into(),
        shown(decision.map(|stamp| stamp.at)),
        event.note.as_str().into(),
    ]
}

/// What is only guessed: `date`, `place`, and who takes part by their names.
fn unsure(project: &Project, view: &EventView<'_>) -> String {
    let date = view.event.date.as_ref().filter(|date| date.unsure).map(|_| "date");
    let place = view.event.place.as_ref().filter(|place| place.unsure).map(|_| "place");
    let who = view.participants.iter().filter(|participant| participant.unsure);
    list(date.into_iter().chain(place).chain(who.map(|participant| project.party_name(&participant.who))))
}
