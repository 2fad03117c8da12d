//! Who is and was in office: heads of state and government, members of the Congress of the United States.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::without_accents;
use crate::project::CountryCode;
use crate::text::language::language;
use crate::text::tokens::is_hyphen;

/// Two tables, as their licences differ, each with the year of its newest facts; members of Congress in the first are as of
/// the second's.
const TABLES: [(&str, i16); 2] = [
    (include_str!("../../../assets/knowledge/leaders.tsv"), 2022),
    (include_str!("../../../assets/knowledge/leaders-2026.tsv"), 2026),
];

/// Somebody in office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leader {
    /// Wikidata item.
    pub wikidata: &'static str,
    /// The country of the office.
    pub country: CountryCode,
    /// The office: "president", "senator".
    pub role: &'static str,
    /// The year in which it began, where known.
    pub from: Option<i16>,
    /// The year in which it ended; none while it had not by [`Leader::as_of`].
    pub to: Option<i16>,
    /// The year up to which this is known: what is said of later ones is a guess.
    pub as_of: i16,
}

impl Leader {
    /// Whether the office is one of head of state or government.
    pub fn leads(&self) -> bool {
        !matches!(self.role, "senator" | "representative" | "member")
    }

    /// Whether somebody else is known to have begun in the same office by `year`.
    fn is_succeeded(&self, year: i16) -> bool {
        let behind = |other: &Leader| {
            other.as_of > self.as_of
                && other.country == self.country
                && (other.role.ends_with(self.role) || self.role.ends_with(other.role))
                && other.wikidata != self.wikidata
                && other.from.is_none_or(|from| from <= year)
        };
        self.to.is_none() && all_leaders().any(|(_, other)| behind(&other))
    }
}

/// Those in office who bear this full name, whatever its accents, hyphens and capitals and however its Slavic ending is
/// transliterated. An office that both tables have is there from each.
pub fn leaders(name: &str) -> impl Iterator<Item = Leader> {
    static BY_NAME: OnceLock<HashMap<String, Vec<Leader>>> = OnceLock::new();
    let all = BY_NAME.get_or_init(|| {
        let mut by_name: HashMap<String, Vec<Leader>> = HashMap::new();
        for (name, leader) in all_leaders() {
            by_name.entry(spelled(name)).or_default().push(leader);
        }
        by_name
    });
    all.get(&spelled(name)).into_iter().flatten().copied()
}

/// What spellings of a name have in common: "volodymyr zelensky" of "Volodymyr Zelenskyy", "kim jong un" of "Kim Jong-un".
fn spelled(name: &str) -> String {
    let plain = without_accents(name).to_lowercase().replace(is_hyphen, " ").replace('’', "'");
    let ending = |word: &str| {
        let mut endings = language().people.slavic_endings.iter();
        endings.find_map(|end| Some(word.strip_suffix(end)?.to_owned() + "sky"))
    };
    plain.split(' ').map(|word| ending(word).unwrap_or_else(|| word.to_owned())).collect::<Vec<_>>().join(" ")
}

/// Everybody who is or was in office, with the full name; somebody who held several offices is there for each.
pub fn all_leaders() -> impl Iterator<Item = (&'static str, Leader)> {
    TABLES.into_iter().flat_map(|(table, as_of)| {
        table.lines().filter_map(move |line| {
            let (name, facts) = line.split_once('\t')?;
            Some((name, leader(facts, as_of)?))
        })
    })
}

/// Who led a country in a year, heads of state and government, the one who came last first.
pub fn leaders_of(country: CountryCode, year: i16) -> Vec<(&'static str, Leader)> {
    let lasting =
        |leader: &Leader| leader.from.is_some_and(|from| from <= year) && leader.to.is_none_or(|to| year <= to);
    let of =
        |leader: &Leader| leader.country == country && leader.leads() && lasting(leader) && !leader.is_succeeded(year);
    let mut found: Vec<(&str, Leader)> = all_leaders().filter(|(_, leader)| of(leader)).collect();
    // Who is in both tables is as of the later one.
    found.sort_by_key(|(_, leader)| std::cmp::Reverse((leader.from, leader.as_of)));
    let mut seen = std::collections::HashSet::new();
    found.retain(|(_, leader)| seen.insert((leader.wikidata, leader.from)));
    found
}

fn leader(facts: &'static str, as_of: i16) -> Option<Leader> {
    let mut fields = facts.split('\t');
    let year = |fields: &mut std::str::Split<'static, char>| fields.next().and_then(|year| year.parse().ok());
    let mut leader = Leader {
        wikidata: fields.next()?,
        country: CountryCode::new(fields.next()?)?,
        role: fields.next()?,
        from: year(&mut fields),
        to: year(&mut fields),
        as_of,
    };
    if !leader.leads() {
        leader.as_of = TABLES[1].1;
    }
    Some(leader)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_name_are_one() {
        let item = |name: &str| leaders(name).next().map(|leader| leader.wikidata);
        assert_eq!(item("Recep Tayyip Erdogan"), Some("Q39259"));
        assert_eq!(item("Lula da Silva"), None);
        assert!(item("Volodymyr Zelensky").is_some());
        assert_eq!(item("Volodymyr Zelenskiy"), item("Volodymyr Zelenskyy"));
    }

    #[test]
    fn a_successor_ends_what_an_older_table_leaves_open() {
        let heads = |code: &str, year| -> Vec<&str> {
            leaders_of(CountryCode::new(code).unwrap(), year).into_iter().map(|(name, _)| name).collect()
        };
        assert!(heads("DE", 2026).contains(&"Friedrich Merz") && !heads("DE", 2026).contains(&"Olaf Scholz"));
        assert!(heads("DE", 2023).contains(&"Olaf Scholz"));
        let twice = heads("FR", 2026).iter().filter(|name| name.contains("Macron")).count();
        assert_eq!(twice, 1);
    }

    #[test]
    fn every_row_is_read() {
        let rows: usize = TABLES.iter().map(|(table, _)| table.lines().count()).sum();
        assert_eq!(all_leaders().count(), rows);
    }
}
