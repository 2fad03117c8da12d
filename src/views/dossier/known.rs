//! What the engine's knowledge has of a person or a country, in lines.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::project::{Entity, Schema, Tagset};
use crate::suggest::knowledge::{self, Leader};
use crate::views::names::country_name;

/// What is known of an entity: of a country its names, region and capital and, on a day, who leads it; of a person the offices.
pub fn known_lines(tagset: &Tagset, entity: &Entity, date: Option<Date>) -> Vec<String> {
    match tagset.get(&entity.kind) {
        Some(kind) if kind.schema == Schema::Country => country_lines(entity, date),
        Some(kind) if kind.is_people() => person_lines(entity),
        _ => Vec::new(),
    }
}

fn country_lines(entity: &Entity, date: Option<Date>) -> Vec<String> {
    let Some(facts) = entity.country.and_then(knowledge::country) else { return Vec::new() };
    let mut lines = Vec::new();
    lines.extend(facts.official.map(str::to_owned));
    let mut about = vec![facts.region.to_owned()];
    about.extend(facts.capital.map(|capital| format!("capital {capital}")));
    about.extend(facts.years.map(|years| format!("until {}", years.rsplit('-').next().unwrap_or(years))));
    about.push(facts.code.to_string());
    let about: Vec<String> = about.into_iter().filter(|part| !part.is_empty()).collect();
    lines.push(about.join(" · "));
    if let Some(date) = date {
        let leaders = knowledge::leaders_of(facts.code, date.year());
        lines.extend(leaders.iter().take(3).map(|(name, leader)| format!("{name}, {}", term(leader))));
    }
    lines
}

/// The offices of a person: by the link, or where there is none by the full name.
fn person_lines(entity: &Entity) -> Vec<String> {
    let mut seen = HashSet::new();
    let same = |(name, leader): &(&str, Leader)| match &entity.wikidata {
        Some(item) => leader.wikidata == item,
        None => *name == entity.name,
    };
    let found: Vec<Leader> = knowledge::all_leaders().filter(same).map(|(_, leader)| leader).collect();
    let namesakes = found.iter().any(|leader| Some(leader.wikidata) != found.first().map(|first| first.wikidata));
    if namesakes {
        return vec!["Several people in office bear this name: set the link".to_owned()];
    }
    let found = found.iter().filter(|leader| seen.insert((leader.role, leader.country, leader.from)));
    found.map(|leader| format!("{}, {}", country_name(leader.country), term(leader))).collect()
}

/// "president since 2017 (as of 2026)", "prime minister 2021–2022": what has no end may have changed since the table was
/// made.
fn term(leader: &Leader) -> String {
    let role = leader.role;
    let as_of = format!(" (as of {})", leader.as_of);
    match (leader.from, leader.to) {
        (Some(from), Some(to)) if from == to => format!("{role} in {from}"),
        (Some(from), Some(to)) => format!("{role} {from}–{to}"),
        (Some(from), None) => format!("{role} since {from}{as_of}"),
        (None, Some(to)) => format!("{role} until {to}"),
        (None, None) => format!("{role}{as_of}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{CountryCode, EntityId, KindId, Origin};

    fn entity(name: &str, kind: KindId, country: Option<&str>) -> Entity {
        let country = country.and_then(CountryCode::new);
        Entity { country, ..Entity::new(EntityId(0), kind, name, Origin::hand()) }
    }

    #[test]
    fn a_country_has_its_leader_on_the_date() {
        let france = entity("France", KindId::COUNTRY, Some("FR"));
        let lines = |date| known_lines(&Tagset::default(), &france, date).join("\n");
        let in_year = |year| lines(Some(jiff::civil::date(year, 5, 1)));
        assert!(in_year(2020).contains("French Republic\nWestern Europe · capital Paris · FR"), "{}", in_year(2020));
        assert!(in_year(2020).contains("Emmanuel Macron, president since 2017 (as of 2026)"), "{}", in_year(2020));
        assert!(
            in_year(2026).contains("Sébastien Lecornu, prime minister since 2025 (as of 2026)"),
            "{}",
            in_year(2026)
        );
        assert!(!lines(None).contains("since"));
    }

    #[test]
    fn a_person_has_office_and_years() {
        let lines = |name| known_lines(&Tagset::default(), &entity(name, KindId::PERSON, None), None);
        assert_eq!(lines("Abdalla Hamdok"), ["Sudan, prime minister 2021–2022"]);
        assert!(lines("Nobody Known").is_empty());
    }
}
