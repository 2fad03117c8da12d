//! Tab-separated rows with the columns of POLECAT, the event data set coded after PLOVER: an event a row.
//!
//! POLECAT: <https://dataverse.harvard.edu/dataverse/POLECAT>. Lists are joined by "; " as there.

use std::borrow::Cow;
use std::collections::HashMap;

use super::happenings::{Happening, alone, happenings};
use super::table::{Party, Table, intensity, iso3, list, shown};
use super::view::{ArticleView, View};
use super::{Export, ExportError, Format, Gaps, Group, Selection};
use crate::project::{
    ArticleId, Entity, Event, EventType, KindId, Modality, Participant, Plover, Polarity, Project, Role, Schema,
};
use crate::text::spreadsheet::harmless;

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
        let stories: HashMap<ArticleId, Story> =
            view.articles.iter().map(|article| (article.record.id, Story::new(project, article))).collect();
        for happening in if selection.happenings { happenings(&view) } else { alone(&view) } {
            let Some((article, _)) = happening.told.first() else { continue };
            let what = || format!("event “{}”", happening.one.name);
            match happening.one.kind {
                EventType::Happening(Some(plover)) => {
                    let lacks = lacks(&happening);
                    if selection.complete && lacks != (Gaps { rows: 1, ..Gaps::default() }) {
                        left_out.push(article.left_out(what(), INCOMPLETE));
                        continue;
                    }
                    gaps = gaps.and(lacks);
                    let cells = row(project, &stories, &happening, plover);
                    table.row(cells.iter().map(|cell| one_line(cell)).map(|cell| cell.into_bytes()))?;
                }
                EventType::Happening(None) | EventType::Named(_) | EventType::News(_) => {
                    left_out.push(article.left_out(what(), "it has none of PLOVER's event types"));
                }
            }
        }
        Ok(Export { left_out, gaps: Some(gaps), ..table.finish(&view, self.extension())? })
    }
}

/// Why a row is left out where only complete ones were asked for.
const INCOMPLETE: &str = "it has no actor, no recipient or no date";

/// What the row of one event lacks.
fn lacks(happening: &Happening<'_, '_>) -> Gaps {
    let nobody = |role| happening.parties(role).is_empty();
    Gaps {
        rows: 1,
        actor: nobody(Role::Actor).into(),
        recipient: nobody(Role::Recipient).into(),
        date: happening.one.date.is_none().into(),
    }
}

/// Whom an article names.
struct Story<'p> {
    people: Vec<&'p str>,
    organisations: Vec<&'p str>,
    locations: Vec<&'p str>,
}

impl<'p> Story<'p> {
    fn new(project: &'p Project, article: &ArticleView<'_>) -> Self {
        let names = |fits: &dyn Fn(&Entity) -> bool| {
            let mut names: Vec<&'p str> = Vec::new();
            let named = article.mentions.iter().filter_map(|marked| project.entity(marked.entity()?));
            for entity in named.filter(|entity| fits(entity)) {
                if !names.contains(&entity.name.as_str()) {
                    names.push(&entity.name);
                }
            }
            names
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

/// Who takes part in a happening in a role, each once, with the words that the first article has for them.
fn told_parties<'p>(project: &'p Project, happening: &Happening<'_, 'p>, role: Role) -> Vec<Party<'p>> {
    let mut seen: Vec<&Participant> = Vec::new();
    let mut found = Vec::new();
    for (article, view) in &happening.told {
        for who in view.participants.iter().filter(|who| who.role == role) {
            let several = happening.told.len() > 1;
            if !(several && seen.iter().any(|known| known.is_same(who))) {
                seen.push(who);
                found.push(Party::new(project, article, who));
            }
        }
    }
    found
}

/// What several articles say, each thing once.
fn once<'s>(said: impl Iterator<Item = &'s str>) -> Vec<&'s str> {
    let mut seen: Vec<&str> = Vec::new();
    for words in said.filter(|words| !words.is_empty()) {
        if !seen.contains(&words) {
            seen.push(words);
        }
    }
    seen
}

/// The cells of a happening, in the order of [`COLUMNS`]. Of several articles the first day of publication stands.
fn row<'p>(
    project: &'p Project,
    stories: &HashMap<ArticleId, Story<'p>>,
    happening: &Happening<'_, 'p>,
    plover: Plover,
) -> [Cow<'static, str>; COLUMNS.len()] {
    let event = &happening.one;
    let metas = || happening.told.iter().map(|(article, _)| &article.record.article.meta);
    let stories = || happening.told.iter().filter_map(|(article, _)| stories.get(&article.record.id));
    let published = metas().filter_map(|meta| meta.date).min();
    let of_stories = |of: for<'s> fn(&'s Story<'p>) -> &'s [&'p str]| {
        text(&list(once(stories().flat_map(|story| of(story).iter().copied()))))
    };
    let [actor, recipient] = [Role::Actor, Role::Recipient].map(|role| {
        let who = told_parties(project, happening, role);
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
    let day = event.date.as_ref().map(|date| date.start).or(published);
    let none = Cow::Borrowed("");
    [
        happening.id.to_string().into(),
        shown(day),
        plover.name().into(),
        text(event.mode.as_deref().unwrap_or_default()),
        intensity(plover, event.mode.as_deref()).into(),
        plover.quad_class().name().to_uppercase().into(),
        text(&contexts(event)),
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
        text(&once(metas().map(|meta| meta.source.as_str())).join("; ")),
        shown(published),
        of_stories(|story| &story.people),
        of_stories(|story| &story.organisations),
        of_stories(|story| &story.locations),
        text(&once(metas().map(|meta| meta.language.as_str())).join("; ")),
        concat!("rubricator ", env!("CARGO_PKG_VERSION")).into(),
    ]
}

/// PLOVER has no columns for polarity and modality: what is denied, to come or only thought of is a context.
fn contexts(event: &Event) -> String {
    let mut contexts: Vec<&str> = event.contexts.iter().map(|context| context.as_str()).collect();
    let reality = match event.modality {
        Modality::Asserted => None,
        Modality::Planned => Some("future"),
        Modality::Possible | Modality::Demanded => Some("hypothetical"),
    };
    let denied = (event.polarity == Polarity::Negative).then_some("negation");
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
