//! The knowledge as shipped: sorted, whole, and found.

use super::*;
use crate::suggest::CountryName;

#[test]
fn tables_are_sorted() {
    for table in [NAMES, COMMON, PLACES, LEADERS] {
        let keys: Vec<_> = table.0.lines().map(|line| line.split('\t').next().unwrap()).collect();
        assert!(keys.is_sorted(), "out of order: {:?}", keys.windows(2).find(|pair| pair[0] > pair[1]));
    }
}

#[test]
fn countries_are_known_by_code_and_term() {
    let china = country(CountryCode::new("CN").unwrap()).unwrap();
    assert_eq!(
        (china.name, china.capital, china.demonym, china.wikidata),
        ("China", Some("Beijing"), Some("Chinese"), Some("Q148"))
    );
    assert_eq!(china.official, Some("People's Republic of China"));
    let term = |phrase: &str| country_term(phrase).map(|term| (term.code.to_string(), term.kind));
    assert_eq!(term("Russians"), Some(("RU".into(), CountryName::Demonym)));
    assert_eq!(term("Kremlin"), Some(("RU".into(), CountryName::Government)));
    assert_eq!(term("Cote d'Ivoire"), Some(("CI".into(), CountryName::Name)));
    assert_eq!(term("St. Kitts and Nevis"), Some(("KN".into(), CountryName::Name)));
    assert_eq!(term("USSR"), Some(("SU".into(), CountryName::Name)));
    assert_eq!(term("Chineses"), None);
}

#[test]
fn former_states_come_last() {
    let former: Vec<_> = countries().map(CountryFacts::is_former).collect();
    assert!(former.is_sorted());
    assert!(countries().count() > 240);
    assert!(countries().filter(|facts| facts.wikidata.is_none()).count() < 3);
}

#[test]
fn names_places_and_leaders() {
    assert!(name_flags("Vladimir").given);
    assert!(!name_flags("Ministry").any());
    assert!(is_common("meeting") && !is_common("putin"));
    assert_eq!(place("Wuhan").and_then(|place| place.country), CountryCode::new("CN"));
    assert_eq!(place("Black Sea").map(|place| place.country), Some(None));
    assert!(all_leaders().all(|(_, leader)| !leader.wikidata.is_empty()), "everybody in office is an item");
    assert_eq!(leaders("Edi Rama").next().map(|leader| leader.wikidata), Some("Q316901"));
}
