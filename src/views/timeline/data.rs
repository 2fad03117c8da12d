//! The timeline: happenings in lanes, each as long as its date is uncertain, from centuries to hours.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::project::{CountryCode, Hue, Schema};
use crate::views::chosen::Chosen;
use crate::views::collection::{Collection, EventRow, at};
use crate::views::days::{Day, date_of};
use crate::views::groups::Group;
use crate::views::names::country_name;
use crate::views::pick::Pick;
use crate::views::scene::{Ink, ink_of};

/// What a lane is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Lanes {
    #[default]
    Kinds,
    Countries,
    People,
}

impl Lanes {
    /// All, in the order of menus.
    pub const ALL: [Self; 3] = [Self::Kinds, Self::Countries, Self::People];

    /// "by kind".
    pub fn name(self) -> &'static str {
        match self {
            Self::Kinds => "Lanes by kind",
            Self::Countries => "Lanes by country",
            Self::People => "Lanes by person",
        }
    }
}

/// The most lanes beside the one of all others.
const MOST: usize = 11;

/// A happening in a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its place in [`Collection::events`].
    pub event: u32,
    /// Its first and last day.
    pub days: (Day, Day),
    /// The colour of its type.
    pub hue: Hue,
    /// Whether it is accepted.
    pub accepted: bool,
}

/// A lane with its happenings, in the order of days.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// What it is of.
    pub name: String,
    /// What it holds.
    pub items: Vec<Item>,
}

/// What the view shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// At least one happening each.
    pub lanes: Vec<Lane>,
    /// Places of happenings of which no day is told, in their order.
    pub undated: Vec<u32>,
    /// The first and last day of what is dated.
    pub span: Option<(Day, Day)>,
}

impl Timeline {
    /// The happenings that are selected, in lanes. A happening stands in each that it belongs to.
    pub fn of(all: &Collection, chosen: &Chosen, lanes: Lanes) -> Self {
        let mut timeline = Self::default();
        let mut dated: Vec<(u32, &EventRow, (Day, Day))> = Vec::new();
        for (place, event) in chosen.happenings(all) {
            let place = u32::try_from(place).unwrap_or(u32::MAX);
            match event.days {
                Some(days) => dated.push((place, event, days)),
                None => timeline.undated.push(place),
            }
        }
        dated.sort_by_key(|(place, _, days)| (*days, *place));
        let ends = dated.iter().map(|(.., days)| *days);
        timeline.span = ends.reduce(|(first, last), (start, end)| (first.min(start), last.max(end)));
        let keys = |event: &EventRow| keys(all, event, lanes);
        let mut counts: BTreeMap<Key, usize> = BTreeMap::new();
        for key in dated.iter().flat_map(|(_, event, _)| keys(event)) {
            *counts.entry(key).or_default() += 1;
        }
        let mut listed: Vec<(Key, usize)> = counts.into_iter().collect();
        if lanes != Lanes::Kinds {
            listed.sort_by_key(|(key, count)| (std::cmp::Reverse(*count), *key));
            listed.truncate(MOST);
        }
        let places: BTreeMap<Key, usize> = listed.iter().zip(0..).map(|((key, _), place)| (*key, place)).collect();
        let mut found: Vec<Lane> =
            listed.iter().map(|(key, _)| Lane { name: name(all, *key), items: Vec::new() }).collect();
        let mut others = Lane { name: "All others".to_owned(), items: Vec::new() };
        for (event, row, days) in dated {
            let item = Item { event, days, hue: Group::of(row.kind).hue(), accepted: row.accepted };
            let mut here: Vec<usize> = keys(row).into_iter().filter_map(|key| places.get(&key).copied()).collect();
            here.sort_unstable();
            here.dedup();
            if here.is_empty() {
                others.items.push(item);
            }
            for lane in here {
                found.get_mut(lane).into_iter().for_each(|lane| lane.items.push(item));
            }
        }
        found.extend((!others.items.is_empty()).then_some(others));
        timeline.lanes = found;
        timeline
    }

    /// What its colours stand for.
    pub fn legend(&self) -> Vec<(Ink, String)> {
        let hues: Vec<Hue> = self.lanes.iter().flat_map(|lane| &lane.items).map(|item| item.hue).collect();
        let there = Group::ALL.into_iter().filter(|group| hues.contains(&group.hue()));
        let groups = there.map(|group| (ink_of(group.hue(), true), group.name()));
        let all = groups.chain([(ink_of(Hue::Grey, false), "Pale: only suggested")]);
        all.map(|(ink, name)| (ink, name.to_owned())).collect()
    }

    /// Days in words for a happening.
    pub fn days(days: (Day, Day)) -> String {
        crate::wording::days(date_of(days.0), date_of(days.1))
    }
}

/// What a happening is picked by.
pub fn pick(event: &EventRow) -> Pick {
    Pick { event: Some(event.id), ..Pick::default() }
}

/// The first mentions of some happenings.
pub(super) fn first_mentions(all: &Collection, events: impl Iterator<Item = u32>) -> Arc<[u32]> {
    events.filter_map(|event| Some(at(&all.events, event)?.mention)).collect()
}

/// What a lane is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Group(Group),
    Country(CountryCode),
    Entity(u32),
}

fn keys(all: &Collection, event: &EventRow, lanes: Lanes) -> Vec<Key> {
    let parties = event.parties.iter().filter_map(|(_, place)| Some((*place, at(&all.entities, *place)?)));
    match lanes {
        Lanes::Kinds => vec![Key::Group(Group::of(event.kind))],
        Lanes::Countries => {
            let mut found: Vec<CountryCode> =
                event.country.into_iter().chain(parties.filter_map(|(_, entity)| entity.country)).collect();
            found.sort_unstable();
            found.dedup();
            found.into_iter().map(Key::Country).collect()
        }
        Lanes::People => {
            let person = |kind: u16| {
                all.kinds
                    .get(usize::from(kind))
                    .is_some_and(|kind| kind.schema == Schema::Person || kind.id == crate::project::KindId::PERSON)
            };
            parties.filter(|(_, entity)| person(entity.kind)).map(|(place, _)| Key::Entity(place)).collect()
        }
    }
}

fn name(all: &Collection, key: Key) -> String {
    match key {
        Key::Group(group) => group.name().to_owned(),
        Key::Country(code) => country_name(code),
        Key::Entity(place) => at(&all.entities, place).map(|entity| entity.name.to_string()).unwrap_or_default(),
    }
}
