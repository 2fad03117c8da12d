//! What the dossiers show of what is selected: the list, and all that is told of the one that is chosen.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::list::{Listed, Query, list};
use super::portrait::{Place, Portrait};
use crate::project::{EntityId, EventId, EventType, Hue, Role};
use crate::text::find::SortBy;
use crate::views::chosen::Chosen;
use crate::views::collection::{Collection, at};
use crate::views::count::Count;
use crate::views::days::{Day, date_of};
use crate::views::groups::Group;
use crate::views::numbers::{Course, over_time};
use crate::views::pick::Pick;
use crate::views::scene::{Ink, ink_of};
use crate::views::ties::Sort;
use crate::wording::days;

/// A name or an office, and where it is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// As it is told.
    pub words: String,
    /// How often.
    pub count: Count,
    /// The first and last day on which it was.
    pub days: Option<(Day, Day)>,
    /// Where, by the places of mentions.
    pub rows: Arc<[u32]>,
}

/// Somebody who is named together with the entity.
#[derive(Clone, Debug, PartialEq)]
pub struct With {
    /// Who.
    pub id: EntityId,
    /// What they are called.
    pub name: String,
    /// The colour of their kind.
    pub hue: Hue,
    /// How many things tie both.
    pub count: Count,
    /// How many of these are sentences, events and relations.
    pub sorts: [u32; 3],
}

/// An event in which the entity takes part.
#[derive(Clone, Debug, PartialEq)]
pub struct EventTold {
    /// The first of its events.
    pub id: EventId,
    /// What it is called.
    pub name: String,
    /// Its type.
    pub kind: EventType,
    /// Its days, where told.
    pub days: Option<(Day, Day)>,
    /// Where it was; empty where nobody tells.
    pub place: String,
    /// Whether a person has accepted it.
    pub accepted: bool,
    /// The first mention that tells of it, by its place.
    pub row: u32,
}

impl EventTold {
    /// Its days in words; that there are none, where nobody tells.
    pub(super) fn when(&self) -> String {
        self.days.map_or_else(|| "No date".to_owned(), |(first, last)| days(date_of(first), date_of(last)))
    }
}

/// What is told of an entity in what is selected.
#[derive(Clone, Debug, PartialEq)]
pub struct Dossier {
    /// Who it is, and all mentions.
    pub portrait: Arc<Portrait>,
    /// How often they are named.
    pub count: Count,
    /// In how many articles.
    pub articles: usize,
    /// The first and the last day of publication, each with a mention of that day.
    pub seen: Option<[(Day, u32); 2]>,
    /// Names as texts write them, the usual first.
    pub names: Vec<Told>,
    /// Offices, in the order of their first days.
    pub roles: Vec<Told>,
    /// Mentions over time.
    pub course: Course,
    /// Who is named with them, most often first.
    pub with: Vec<With>,
    /// Events that they act in, and those that they have done to them; the latest first.
    pub events: [Vec<EventTold>; 2],
    /// What they are to others: words, whether accepted, and where it is told.
    pub relations: Vec<(String, bool, u32)>,
    /// All mentions that are selected, by their places: accepted ones, then suggestions.
    pub sentences: Vec<u32>,
}

/// What the view shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dossiers {
    /// All who are named.
    pub listed: Vec<Listed>,
    /// How many of them are accepted at least once; the others stand behind.
    pub accepted: usize,
    /// That of the one who is chosen.
    pub dossier: Option<Dossier>,
}

impl Dossiers {
    /// All who are named in what is selected, and the dossier of one.
    pub fn of(all: &Collection, chosen: &Chosen, query: &Query, portrait: Option<&Arc<Portrait>>, by: SortBy) -> Self {
        let listed = list(all, chosen, query);
        let accepted = listed.partition_point(|one| one.count.accepted > 0);
        Self { listed, accepted, dossier: portrait.map(|portrait| Dossier::of(all, chosen, portrait, by)) }
    }

    /// Whose dossier is shown: the one asked for, where there is such, else the first of the list.
    pub fn whose(all: &Collection, chosen: &Chosen, query: &Query, wanted: Option<EntityId>) -> Option<u32> {
        let place = wanted.and_then(|id| all.entities.binary_search_by_key(&id, |entity| entity.id).ok());
        let place = place.and_then(|place| u32::try_from(place).ok());
        place.or_else(|| list(all, chosen, query).first().map(|one| one.entity))
    }

    /// What its colours stand for.
    pub fn legend(&self) -> Vec<(Ink, String)> {
        let hue = self.dossier.as_ref().map_or(Hue::Grey, |dossier| dossier.portrait.hue);
        let entry = |accepted, words: &str| (ink_of(hue, accepted), words.to_owned());
        vec![entry(true, "Accepted"), entry(false, "Only suggested")]
    }
}

impl Dossier {
    fn of(all: &Collection, chosen: &Chosen, portrait: &Arc<Portrait>, by: SortBy) -> Self {
        let holds = |row: u32| at(&chosen.mentions, row).copied().unwrap_or_default();
        let places: Vec<&Place> = portrait.places.iter().filter(|place| holds(place.row)).collect();
        let accepted = |place: &Place| at(&all.mentions, place.row).is_some_and(|row| row.accepted);
        let day = |place: &Place| at(&all.articles, place.article).and_then(|article| article.day);
        let mut count = Count::default();
        places.iter().for_each(|place| count.add(accepted(place)));
        let dated = || places.iter().filter_map(|place| Some((day(place)?, place.row)));
        let last = dated().max_by_key(|(day, row)| (*day, Reverse(*row)));
        let told = |words: &[String], of: &dyn Fn(&Place) -> Option<u32>| {
            let told = places.iter().filter_map(|place| Some((of(place)?, place.row, day(place), accepted(place))));
            by_words(words, told)
        };
        let mut names = told(&portrait.names, &|place| Some(place.name));
        names.sort_by_key(|told| (told.count.accepted == 0, Reverse(told.count.all())));
        let mut roles = told(&portrait.roles, &|place| place.role);
        roles.sort_by_key(|told| (told.count.accepted == 0, told.days.is_none(), told.days));
        let times = places.iter().map(|place| (0, day(place), accepted(place)));
        let own = Pick { entity: Some(portrait.id), ..Pick::default() };
        let course = over_time(times, 1, own.clone(), |_| Some((portrait.name.clone(), portrait.hue, own.clone())));
        let events = [Role::Actor, Role::Recipient].map(|role| events(all, chosen, (role, portrait.entity)));
        let stands = |(row, also): &&(u32, u32)| holds(*row) && holds(*also);
        let relations = portrait.relations.iter().filter_map(|one| {
            let (row, _) = one.rows.iter().find(stands)?;
            Some((one.words.clone(), one.accepted, *row))
        });
        let mut relations: Vec<(String, bool, u32)> = relations.collect();
        relations.sort_by_key(|(_, accepted, _)| !accepted);
        Self {
            count,
            articles: places.iter().map(|place| place.article).collect::<BTreeSet<_>>().len(),
            seen: dated().min().zip(last).map(|(first, last)| [first, last]),
            names,
            roles,
            course,
            with: with(all, chosen, portrait),
            events,
            relations,
            sentences: sorted(places, by, portrait, &accepted, &day),
            portrait: Arc::clone(portrait),
        }
    }
}

/// Counts places by their words.
fn by_words(words: &[String], places: impl Iterator<Item = (u32, u32, Option<Day>, bool)>) -> Vec<Told> {
    #[derive(Default)]
    struct Found {
        count: Count,
        days: Option<(Day, Day)>,
        rows: Vec<u32>,
    }
    let mut found: BTreeMap<u32, Found> = BTreeMap::new();
    for (place, row, day, accepted) in places {
        let of = found.entry(place).or_default();
        of.count.add(accepted);
        of.rows.push(row);
        if let Some(day) = day {
            of.days = Some(of.days.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
        }
    }
    let told = found.into_iter().map(|(place, Found { count, days, rows })| Told {
        words: at(words, place).cloned().unwrap_or_default(),
        count,
        days,
        rows: rows.into(),
    });
    told.collect()
}

/// Mentions in an order: by day, or by the words of a column; accepted ones first.
fn sorted(
    mut places: Vec<&Place>,
    by: SortBy,
    portrait: &Portrait,
    accepted: &dyn Fn(&Place) -> bool,
    day: &dyn Fn(&Place) -> Option<Day>,
) -> Vec<u32> {
    places.sort_by_cached_key(|place| {
        let words = match by {
            SortBy::Article => String::new(),
            SortBy::Left => place.left.split_whitespace().rev().collect::<Vec<_>>().join(" ").to_lowercase(),
            SortBy::Match => portrait.words(place).to_lowercase(),
            SortBy::Right => place.right.trim_start().to_lowercase(),
        };
        let day = day(place);
        (!accepted(place), words, day.is_none(), day, place.row)
    });
    places.into_iter().map(|place| place.row).collect()
}

/// The happenings that an entity takes part in, in a role.
fn events(all: &Collection, chosen: &Chosen, party: (Role, u32)) -> Vec<EventTold> {
    let of = chosen.happenings(all).filter(|(_, event)| event.parties.contains(&party));
    let told = of.map(|(_, event)| EventTold {
        id: event.id,
        name: event.name.to_string(),
        kind: event.kind,
        days: event.days,
        place: event
            .place
            .and_then(|place| at(&all.places, place))
            .map_or_else(String::new, |place| place.name.clone()),
        accepted: event.accepted,
        row: event.mention,
    });
    let mut told: Vec<EventTold> = told.collect();
    told.sort_by_key(|event| (!event.accepted, event.days.is_none(), Reverse(event.days)));
    told
}

/// Who is named in a sentence with an entity, takes part in an event with it or is related to it.
fn with(all: &Collection, chosen: &Chosen, portrait: &Portrait) -> Vec<With> {
    let holds = |row: u32| at(&chosen.mentions, row).copied().unwrap_or_default();
    let accepted = |row: u32| at(&all.mentions, row).is_some_and(|row| row.accepted);
    let mut found: BTreeMap<u32, (Count, [u32; 3])> = BTreeMap::new();
    for tie in portrait.ties.iter().filter(|tie| holds(tie.at) && holds(tie.also)) {
        let other = if tie.one == portrait.entity { tie.other } else { tie.one };
        let (count, [sentences, events, relations]) = found.entry(other).or_default();
        count.add(accepted(tie.at) && accepted(tie.also));
        *match tie.sort {
            Sort::Sentence => sentences,
            Sort::Event => events,
            Sort::Relation => relations,
        } += 1;
    }
    let with = found.into_iter().filter_map(|(place, (count, sorts))| {
        let entity = at(&all.entities, place)?;
        let hue = all.kinds.get(usize::from(entity.kind)).map_or(Hue::Grey, |kind| kind.hue);
        Some(With { id: entity.id, name: entity.name.to_string(), hue, count, sorts })
    });
    let mut with: Vec<With> = with.collect();
    with.sort_by_key(|with| (with.count.accepted == 0, Reverse(with.count.all())));
    with
}

/// The colour of an event's type.
pub(super) fn hue_of(event: &EventTold) -> Hue {
    Group::of(event.kind).hue()
}
