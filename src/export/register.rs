//! Who or which country is named, each once: a table with one person a row, and one with one country a row.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use super::table::{Table, guarded, iso3, list, shown};
use super::view::View;
use super::{Export, ExportError, Format, Group, Selection};
use crate::project::{ArticleId, Entity, EntityId, Kind, Project, Role, Schema};

/// See the module.
pub(super) enum Register {
    People,
    Countries,
}

const COLUMNS: [&str; 15] = [
    "entity",
    "kind",
    "name",
    "aliases",
    "country",
    "iso3",
    "role",
    "wikidata",
    "mentions",
    "articles",
    "events_as_actor",
    "events_as_recipient",
    "first_published",
    "last_published",
    "note",
];

impl Register {
    fn holds(&self, kind: &Kind) -> bool {
        match self {
            Self::People => kind.is_people(),
            Self::Countries => kind.schema == Schema::Country,
        }
    }
}

impl Format for Register {
    fn id(&self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Countries => "countries",
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::People => "People (CSV)",
            Self::Countries => "Countries (CSV)",
        }
    }

    fn group(&self) -> Group {
        Group::Tables
    }

    fn extension(&self) -> &'static str {
        "csv"
    }

    fn description(&self) -> &'static str {
        match self {
            Self::People => "A table with one person a row: names, office, country, and how often they appear",
            Self::Countries => "A table with one country a row: names, codes, and how often it appears",
        }
    }

    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
        let view = View::new(project, selection)?;
        let counts = count(&view);
        let mut table = Table::new(b',', &COLUMNS)?;
        let held = |entity: &&Entity| project.tagset().get(&entity.kind).is_some_and(|kind| self.holds(kind));
        for entity in view.entities().into_iter().filter(held) {
            let row = row(project, entity, counts.get(&entity.id).unwrap_or(&Appearances::default()));
            table.row(guarded(&COLUMNS, &row).iter().map(|cell| cell.as_bytes()))?;
        }
        table.finish(&view, self.extension())
    }
}

/// Where an entity is in what goes out.
#[derive(Default)]
struct Appearances {
    mentions: usize,
    articles: BTreeSet<ArticleId>,
    actor: usize,
    recipient: usize,
}

fn count(view: &View<'_>) -> HashMap<EntityId, Appearances> {
    let mut counts: HashMap<EntityId, Appearances> = HashMap::new();
    for article in &view.articles {
        for id in article.mentions.iter().filter_map(|marked| marked.entity()) {
            let found = counts.entry(id).or_default();
            found.mentions += 1;
            found.articles.insert(article.record.id);
        }
        for event in &article.events {
            // Once an event, however often it is named there.
            let parts: HashMap<_, Role> = event
                .participants
                .iter()
                .filter_map(|who| Some(((who.entity()?, who.role.name()), who.role)))
                .collect();
            for ((id, _), role) in parts {
                let found = counts.entry(id).or_default();
                found.articles.insert(article.record.id);
                match role {
                    Role::Actor => found.actor += 1,
                    Role::Recipient => found.recipient += 1,
                }
            }
        }
    }
    counts
}

/// The cells of an entity, in the order of [`COLUMNS`].
fn row<'p>(project: &Project, entity: &'p Entity, found: &Appearances) -> [Cow<'p, str>; COLUMNS.len()] {
    let records = found.articles.iter().filter_map(|id| project.article(*id));
    let days: BTreeSet<_> = records.filter_map(|record| record.article.meta.date).collect();
    [
        entity.id.to_string().into(),
        entity.kind.as_str().into(),
        entity.name.as_str().into(),
        list(&entity.aliases).into(),
        shown(entity.country),
        entity.country.map_or("", iso3).into(),
        entity.role.as_str().into(),
        entity.wikidata.as_deref().unwrap_or_default().into(),
        found.mentions.to_string().into(),
        found.articles.len().to_string().into(),
        found.actor.to_string().into(),
        found.recipient.to_string().into(),
        shown(days.first()),
        shown(days.last()),
        entity.note.as_str().into(),
    ]
}
