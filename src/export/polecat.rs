//! Tab-separated rows with the columns of POLECAT, the event data set coded after PLOVER: an event a row.
//!
//! POLECAT: <https://dataverse.harvard.edu/dataverse/POLECAT>. Lists are joined by "; " as there.

use std::borrow::Cow;

use super::table::{Party, Table, harmless, intensity, iso3, list, parties, shown};
use super::view::{ArticleView, EventView, View};
use super::{Export, ExportError, Format, Gaps, Group, Selection};
use crate::project::{Entity, EventType, KindId, Modality, Plover, Polarity, Project, Role, Schema};

/// See the module.
pub(super) struct Polecat;

/// In POLECAT's order.
const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

impl Format for Polecat {
    fn id(&self) -> &'static str {
        "polecat"
    }

    fn name(&self) -> &'static str {
        "POLECAT (TSV)"
    }

    fn group(&self) -> Group {
        Group::EventData
    }

    fn extension(&self) -> &'static str {
        "tsv"
    }

    fn description(&self) -> &'static str {
        "Happenings as rows with POLECAT's columns, for event-data analysis"
    }

    fn has_gaps(&self) -> bool {
        true
    }

    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
        let view = View::new(project, selection)?;
        let mut table = Table::new(b'\t', &COLUMNS)?;
        let (mut left_out, mut gaps) = (Vec::new(), Gaps::default());
        for article in &view.articles {
            let story = Story::new(project, article);
            for event in &article.events {
                match event.event.kind {
                    EventType::Happening(Some(plover)) => {
                        let lacks = lacks(event);
                        if selection.complete && lacks != (Gaps { rows: 1, ..Gaps::default() }) {
                            left_out.push(article.left_out(format!("event “{}”", event.event.name), INCOMPLETE));
                            continue;
                        }
                        gaps = gaps.and(lacks);
                        let cells = row(project, article, &story, event, plover);
                        table.row(cells.iter().map(|cell| one_line(cell)).map(|cell| cell.into_bytes()))?;
                    }
                    EventType::Happening(None) | EventType::Named(_) | EventType::News(_) => {
                        let what = format!("event “{}”", event.event.name);
                        left_out.push(article.left_out(what, "it has none of PLOVER's event types"));
                    }
                }
            }
        }
        Ok(Export { left_out, gaps: Some(gaps), ..table.finish(&view, self.extension())? })
    }
}

/// Why a row is left out where only complete ones were asked for.
const INCOMPLETE: &str = "it has no actor, no recipient or no date";

/// What the row of one event lacks.
fn lacks(view: &EventView<'_>) -> Gaps {
    let nobody = |role| !view.participants.iter().any(|participant| participant.role == role);
    Gaps {
        rows: 1,
        actor: nobody(Role::Actor).into(),
        recipient: nobody(Role::Recipient).into(),
        date: view.event.date.is_none().into(),
    }
}

/// Whom an article names.
struct Story {
    people: String,
    organisations: String,
    locations: String,
}

impl Story {
    fn new(project: &Project, article: &ArticleView<'_>) -> Self {
        let names = |fits: &dyn Fn(&Entity) -> bool| {
            let mut names: Vec<&str> = Vec::new();
            let named = article.mentions.iter().filter_map(|marked| project.entity(marked.entity()?));
            for entity in named.filter(|entity| fits(entity)) {
                if !names.contains(&entity.name.as_str()) {
                    names.push(&entity.name);
                }
            }
            list(names)
        };
        Self {
            people: names(&|entity| entity.kind == KindId::PERSON),
            organisations: names(&|entity| entity.kind == KindId::ORGANISATION),
            locations: names(&|entity| {
                entity.kind == KindId::PLACE || project.tagset().schema(&entity.kind) == Schema::Country
            }),
        }
    }
}

/// The cells of an event, in the order of [`COLUMNS`].
fn row<'p>(
    project: &'p Project,
    article: &ArticleView<'p>,
    story: &Story,
    view: &EventView<'p>,
    plover: Plover,
) -> [Cow<'static, str>; COLUMNS.len()] {
    let (event, meta) = (view.event, &article.record.article.meta);
    let [actor, recipient] = [Role::Actor, Role::Recipient].map(|role| {
        let who = parties(project, article, view, role);
        [
            text(&list(who.iter().map(|party| party.name))),
            list(who.iter().map(|party| party.country.map_or("", iso3))).into(),
            text(&list(who.iter().map(Party::office))),
            text(&list(who.iter().map(|party| party.words))),
        ]
    });
    let [actor, actor_country, actor_title, actor_raw] = actor;
    let [recipient, recipient_country, recipient_title, recipient_raw] = recipient;
    let place = event.place.as_ref();
    // A place that is on a map is one that is known, and so has a name that is more than words.
    let coordinates = place.and_then(|place| place.coordinates);
    let name = text(place.map(|place| place.name.as_str()).unwrap_or_default());
    // Where no date is known POLECAT has the day of publication.
    let day = event.date.as_ref().map(|date| date.start).or(meta.date);
    let none = Cow::Borrowed("");
    [
        event.id.to_string().into(),
        shown(day),
        plover.name().into(),
        text(event.mode.as_deref().unwrap_or_default()),
        intensity(plover, event.mode.as_deref()).into(),
        plover.quad_class().name().to_uppercase().into(),
        text(&contexts(view)),
        actor,
        actor_country,
        none.clone(),
        none.clone(),
        none.clone(),
        actor_title,
        actor_raw,
        none.clone(),
        recipient,
        recipient_country,
        none.clone(),
        none.clone(),
        none.clone(),
        recipient_title,
        recipient_raw,
        none.clone(),
        coordinates.map_or_else(|| none.clone(), |_| name.clone()),
        none.clone(),
        none.clone(),
        none.clone(),
        place.and_then(|place| place.country).map_or("", iso3).into(),
        shown(coordinates.map(|at| at.latitude)),
        shown(coordinates.map(|at| at.longitude)),
        none.clone(),
        name,
        none.clone(),
        text(&meta.source),
        shown(meta.date),
        text(&story.people),
        text(&story.organisations),
        text(&story.locations),
        text(&meta.language),
        concat!("rubricator ", env!("CARGO_PKG_VERSION")).into(),
    ]
}

/// PLOVER has no columns for polarity and modality: what is denied, to come or only thought of is a context.
fn contexts(view: &EventView<'_>) -> String {
    let mut contexts: Vec<&str> = view.event.contexts.iter().map(|context| context.as_str()).collect();
    let reality = match view.event.modality {
        Modality::Asserted => None,
        Modality::Planned => Some("future"),
        Modality::Possible | Modality::Demanded => Some("hypothetical"),
    };
    let denied = (view.event.polarity == Polarity::Negative).then_some("negation");
    for context in reality.into_iter().chain(denied) {
        if !contexts.contains(&context) {
            contexts.push(context);
        }
    }
    list(contexts)
}

/// A cell of words, which may come from an article.
fn text(words: &str) -> Cow<'static, str> {
    harmless(&one_line(words)).into_owned().into()
}

/// Readers of tab-separated files rarely take a line end or a tab inside a cell, quoted or not.
fn one_line(cell: &str) -> String {
    cell.split(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')).collect::<Vec<_>>().join(" ")
}
