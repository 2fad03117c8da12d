//! A part of what is selected, such as a bar or a dot stands for: its sentences, and the selection of it alone.

use std::sync::Arc;

use jiff::civil::Date;

use super::chosen::Chosen;
use super::collection::{Collection, MentionRow, Of, at};
use super::days::day_of;
use super::groups::Group;
use super::selection::Selection;
use crate::project::{CountryCode, EntityId, EventId, KindId};

/// A part of what is selected: all that fits everything that is said here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pick {
    /// On these days, as [`Selection::from`] counts them.
    pub days: Option<(Date, Date)>,
    /// Of this kind.
    pub kind: Option<KindId>,
    /// Events of a type of this group.
    pub group: Option<Group>,
    /// In articles of this source.
    pub source: Option<String>,
    /// This entity.
    pub entity: Option<EntityId>,
    /// This happening, by the first of its events.
    pub event: Option<EventId>,
    /// Countries of this code, and events that took place there.
    pub country: Option<CountryCode>,
    /// Accepted, or only suggested.
    pub accepted: Option<bool>,
    /// These mentions, by their places in [`Collection::mentions`].
    pub rows: Option<Arc<[u32]>>,
    /// One place alone, to which it leads at once: the mention there, by its place.
    pub place: Option<u32>,
}

impl Pick {
    /// The mentions that are picked among those that are selected, by their places; of a single happening those that tell of it
    /// again, too.
    pub fn mentions(&self, all: &Collection, chosen: &Chosen) -> Vec<u32> {
        if let Some(rows) = self.rows.as_deref().or(self.place.as_ref().map(std::slice::from_ref)) {
            return rows.to_vec();
        }
        let source =
            self.source.as_ref().map(|source| all.sources.iter().position(|other| other == source).unwrap_or_default());
        let kind =
            self.kind.as_ref().map(|kind| all.kinds.iter().position(|other| other.id == *kind).unwrap_or_default());
        let days = self.days.map(|(first, last)| (day_of(first), day_of(last)));
        let fits = |mention: &MentionRow| {
            let article = at(&all.articles, mention.article);
            let event = match mention.of {
                Of::Event(event) => at(&all.events, event),
                _ => None,
            };
            let entity = match mention.of {
                Of::Entity(entity) => at(&all.entities, entity),
                _ => None,
            };
            let told = || article.and_then(|article| article.day).map(|day| (day, day));
            let country = || match event {
                Some(event) => event.country,
                None => entity.filter(|_| is_country(all, mention)).and_then(|entity| entity.country),
            };
            (self.event.is_some() || !mention.retold)
                && kind.is_none_or(|kind| usize::from(mention.kind) == kind)
                && self.accepted.is_none_or(|accepted| mention.accepted == accepted)
                && source.is_none_or(|source| article.is_some_and(|a| usize::try_from(a.source) == Ok(source)))
                && self.event.is_none_or(|id| event.is_some_and(|event| event.id == id))
                && self.group.is_none_or(|group| event.is_some_and(|event| Group::of(event.kind) == group))
                && self.entity.is_none_or(|id| entity.is_some_and(|entity| entity.id == id))
                && self.country.is_none_or(|code| country() == Some(code))
                && days.is_none_or(|(first, last)| {
                    let days = event.map_or_else(told, |event| all.days_of(event));
                    // A bar counts an event where it begins.
                    days.is_some_and(|(begins, _)| (first..=last).contains(&begins))
                })
        };
        let rows = (0..).zip(all.mentions.iter().zip(&chosen.mentions));
        rows.filter(|(_, (mention, chosen))| **chosen && fits(mention)).map(|(row, _)| row).collect()
    }

    /// Whether there is a selection of it alone.
    pub fn narrows(&self) -> bool {
        let Self { days, kind, group, source, entity, country, .. } = self;
        let some = days.is_some() || kind.is_some() || group.is_some() || source.is_some();
        some || entity.is_some() || country.is_some()
    }

    /// Selects it alone of what is selected.
    pub fn narrow(&self, all: &Collection, selection: &mut Selection) {
        if let Some((first, last)) = self.days {
            selection.from = Some(selection.from.map_or(first, |from| from.max(first)));
            selection.until = Some(selection.until.map_or(last, |until| until.min(last)));
        }
        if let Some(kind) = &self.kind {
            selection.kinds = [kind.clone()].into();
        }
        if let Some(group) = self.group {
            let types = all.types.iter().filter(|kind| Group::of(**kind) == group);
            selection.types = types.copied().collect();
        }
        if let Some(source) = &self.source {
            selection.sources = [source.clone()].into();
        }
        if let Some(entity) = self.entity {
            selection.entities = [entity].into();
        }
        if let Some(country) = self.country {
            selection.countries = [country].into();
        }
    }
}

/// Whether a mention names a country itself rather than somebody of it.
pub(super) fn is_country(all: &Collection, mention: &MentionRow) -> bool {
    all.kinds.get(usize::from(mention.kind)).is_some_and(|kind| kind.schema == crate::project::Schema::Country)
}
