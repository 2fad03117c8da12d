//! The knowledge as shipped: sorted, whole, and found.

use super::*;
use crate::suggest::CountryName;

#[test]
fn tables_are_sorted() {
    for table in [NAMES, COMMON, PLACES, CAPITALS, TOWNS] {
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

#[test]
fn cities_lie_somewhere_in_their_own_country() {
    let at = |name: &str, country: Option<&str>| {
        let point = event_place(name, country.and_then(CountryCode::new)).coordinates?;
        Some((point.latitude, point.longitude))
    };
    assert_eq!(at("Wuhan", Some("CN")), Some((30.58, 114.27)));
    assert_eq!(at("Łódź", Some("PL")), Some((51.77, 19.47)));
    // Capitals name their country and are no places of their own.
    assert_eq!(place("Paris"), None);
    assert_eq!(at("Paris", Some("FR")), Some((48.85, 2.35)));
    assert_eq!(at("Kiev", Some("UA")), at("Kyiv", Some("UA")));
    // A name in two countries is the one whose place is known, and nowhere in the other.
    assert_eq!(at("Birmingham", Some("GB")), Some((52.48, -1.9)));
    for elsewhere in [Some("US"), None] {
        assert_eq!(at("Birmingham", elsewhere), None);
        assert_eq!(at("Paris", elsewhere), None);
    }
    // Several cities of a country, a country, a part of one, a sea, nothing.
    for (name, country) in
        [("Springfield", "US"), ("China", "CN"), ("Singapore", "SG"), ("Texas", "US"), ("Black Sea", "UA"), ("", "CN")]
    {
        assert_eq!(at(name, Some(country)), None, "{name}");
    }
}

#[test]
fn all_coordinates_are_on_the_earth() {
    let points = |table: Table| table.0.lines().filter_map(|line| line.splitn(3, '\t').nth(2));
    assert!(points(PLACES).count() > 14_000 && points(CAPITALS).count() == CAPITALS.0.lines().count());
    for point in points(PLACES).chain(points(CAPITALS)) {
        let Coordinates { latitude, longitude } = coordinates(point).unwrap();
        assert!(latitude.abs() <= 90.0 && longitude.abs() <= 180.0, "{point}");
    }
}
