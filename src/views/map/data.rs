//! The map: how often each country is told of, and where events took place.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::world::countries;
use crate::project::{CountryCode, Hue, KindId};
use crate::views::chosen::Chosen;
use crate::views::collection::{Collection, Of, at};
use crate::views::count::Count;
use crate::views::names::country_name;
use crate::views::pick::{Pick, is_country};
use crate::views::scene::{Ink, ink_of};

/// What countries are shaded by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Measure {
    #[default]
    Events,
    Mentions,
}

impl Measure {
    /// All, in the order of menus.
    pub const ALL: [Self; 2] = [Self::Events, Self::Mentions];

    /// As menus have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Events => "Events in a country",
            Self::Mentions => "Mentions of a country",
        }
    }
}

/// Something with its events, or mentions: a place, or what has none on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// What it is called.
    pub name: String,
    /// Degrees north and east; none where nobody knows.
    pub point: Option<(f64, f64)>,
    /// How many events.
    pub count: Count,
    /// The first mention of each, by its place.
    pub rows: Arc<[u32]>,
}

/// What the view shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    /// What countries are shaded by.
    pub measure: Measure,
    /// How often each country is told of.
    pub countries: BTreeMap<CountryCode, Count>,
    /// Places that are known, those with most events first.
    pub places: Vec<Spot>,
    /// What cannot be placed: places that nobody knows, countries alone, and what has no place; most first.
    pub elsewhere: Vec<Spot>,
}

impl Map {
    /// What is selected, by countries and places.
    pub fn of(all: &Collection, chosen: &Chosen, measure: Measure) -> Self {
        let mut map = Self { measure, ..Self::default() };
        let mut spots: BTreeMap<Option<u32>, (Count, Vec<u32>)> = BTreeMap::new();
        for (_, event) in chosen.happenings(all) {
            if let Some(country) = event.country.filter(|_| measure == Measure::Events) {
                map.countries.entry(country).or_default().add(event.accepted);
            }
            let (count, rows) = spots.entry(event.place).or_default();
            count.add(event.accepted);
            rows.push(event.mention);
        }
        if measure == Measure::Mentions {
            for (_, mention) in chosen.counted(all).filter(|(_, mention)| is_country(all, mention)) {
                let Of::Entity(entity) = mention.of else { continue };
                if let Some(country) = at(&all.entities, entity).and_then(|entity| entity.country) {
                    map.countries.entry(country).or_default().add(mention.accepted);
                }
            }
        }
        for (place, (count, rows)) in spots {
            let rows = rows.into();
            let Some(place) = place.and_then(|place| at(&all.places, place)) else {
                map.elsewhere.push(Spot { name: "No place told".to_owned(), point: None, count, rows });
                continue;
            };
            let country = place.country.map(country_name);
            let name = match country {
                Some(country) if country != place.name => format!("{}, {country}", place.name),
                _ => place.name.clone(),
            };
            let degrees = |hundredths: i32| f64::from(hundredths) / 100.0;
            let point = place.point.map(|(north, east)| (degrees(north), degrees(east)));
            let spots = if point.is_some() { &mut map.places } else { &mut map.elsewhere };
            spots.push(Spot { name, point, count, rows });
        }
        if measure == Measure::Mentions {
            map.list_small(all, chosen);
        }
        for spots in [&mut map.places, &mut map.elsewhere] {
            spots.sort_by(|one, other| other.count.all().cmp(&one.count.all()).then_with(|| one.name.cmp(&other.name)));
        }
        map
    }

    /// Lists countries that the map has no outline of.
    fn list_small(&mut self, all: &Collection, chosen: &Chosen) {
        let drawn: BTreeSet<CountryCode> = countries().iter().filter_map(|country| country.code).collect();
        let mut small: BTreeMap<CountryCode, Vec<u32>> = BTreeMap::new();
        for (place, mention) in chosen.counted(all).filter(|(_, mention)| is_country(all, mention)) {
            let Of::Entity(entity) = mention.of else { continue };
            let code = at(&all.entities, entity).and_then(|entity| entity.country);
            if let Some(code) = code.filter(|code| !drawn.contains(code)) {
                small.entry(code).or_default().push(u32::try_from(place).unwrap_or(u32::MAX));
            }
        }
        for (code, rows) in small {
            let count = self.countries.get(&code).copied().unwrap_or_default();
            let name = country_name(code);
            self.elsewhere.push(Spot { name, point: None, count, rows: rows.into() });
        }
    }

    /// What its colours stand for.
    pub fn legend(&self) -> Vec<(Ink, String)> {
        let [few, .., many] = SHADES;
        let fewest = match self.measure {
            Measure::Events => "Few events",
            Measure::Mentions => "Few mentions",
        };
        let shaded = [(few, fewest), (many, "Many")];
        let dots = [(ink_of(DOTS, true), "Place of accepted events"), (ink_of(DOTS, false), "Only suggested")];
        shaded.into_iter().chain(dots).map(|(ink, name)| (ink, name.to_owned())).collect()
    }
}

/// The colour of places.
pub(super) const DOTS: Hue = Hue::Pink;

/// What a spot stands for.
pub fn pick(spot: &Spot) -> Pick {
    Pick { rows: Some(Arc::clone(&spot.rows)), ..Pick::default() }
}

/// What a shaded country stands for.
pub fn of_country(measure: Measure, code: CountryCode) -> Pick {
    let kind = match measure {
        Measure::Events => KindId::EVENT,
        Measure::Mentions => KindId::COUNTRY,
    };
    Pick { country: Some(code), kind: Some(kind), ..Pick::default() }
}

/// From few to many.
pub(super) const SHADES: [Ink; 4] =
    [Ink::Share(Hue::Teal, 45), Ink::Share(Hue::Teal, 95), Ink::Share(Hue::Teal, 150), Ink::Share(Hue::Teal, 205)];
