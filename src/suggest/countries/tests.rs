//! Fixtures of countries and places.

use crate::suggest::fixture::{self, suggest, suggest_with};
use crate::suggest::{CountryName, Label, Options};

#[track_caller]
fn check(marked: &str) {
    fixture::check(&[Label::Country], marked);
}

#[track_caller]
fn check_places(marked: &str) {
    fixture::check(&[Label::Country, Label::Place], marked);
}

/// For what the rules do not know without the tagger.
#[track_caller]
fn check_tagged(marked: &str) {
    fixture::check_tagged(&[Label::Country, Label::Place], marked);
}

#[test]
fn names_official_forms_and_abbreviations() {
    check("<country CN>China</country> and the <country CN>People's Republic of China</country> are one.");
    check(
        "The <country US>U.S.</country> and <country GB>Britain</country> agreed; the <country AE>UAE</country> did not.",
    );
    check(
        "A <country US>US</country>-led force left <country CD>DR Congo</country> for <country CI>Côte d’Ivoire</country>.",
    );
    check(
        "He flew from <country XK>Kosovo</country> to <country TW>Taiwan</country> and <country EH>Western Sahara</country>.",
    );
    check(
        "Troops from <country BA>Bosnia and Herzegovina</country> and <country TT>Trinidad and Tobago</country> came.",
    );
}

#[test]
fn towns_of_addresses_and_of_local_notices_are_no_countries() {
    check("The service is at 12 N. Oak St., Lebanon, on Friday; he was born in <country GB>Britain</country>.");
    check(
        "<~place>Peru</~place> volleyball begins in May at the <~place>Peru</~place> middle school. Call 555-010-0142 or 555-010-0177.",
    );
    check("The talks at 5 p.m. in <country PE>Peru</country> ended.");
}

#[test]
fn former_names() {
    check(
        "The <country SU>USSR</country> fell; <country CD>Zaire</country> and <country MM>Burma</country> are names of old.",
    );
    check("She left <country DD>East Germany</country> for <country DE>West Germany</country> in 1961.");
    check("<country CS>Czechoslovakia</country> and <country YU>Yugoslavia</country> broke up.");
}

#[test]
fn demonyms() {
    check(
        "<country CN>Chinese</country> and <country RU>Russian</country> officials met a <country FR>Frenchman</country>.",
    );
    check(
        "Two <country SA>Saudis</country>, an <country AE>Emirati</country> and three <country ES>Spaniards</country> won.",
    );
    check("<country KR>South Korean</country> and <country KP>North Korean</country> officers spoke.");
    check("The <country IL>Israeli</country>-<country EG>Egyptian</country> border was calm.");
}

#[test]
fn capitals_and_governments_stand_for_countries() {
    check("<country CN>Beijing</country> was ready to work with <country RU>Moscow</country>.");
    check("A <~org><country RU>Kremlin</country></~org> aide called the <country US>White House</country>.");
    check("<country GB>Downing Street</country> and the <country FR>Elysee</country> kept silent.");
    check("<country US>Washington</country> and <country IN>New Delhi</country> signed it.");
    let found = suggest("Officials from <place>Beijing</place> praised the <org>Kremlin</org>.");
    let kinds: Vec<_> = found.spans.iter().filter_map(|span| span.country_name).collect();
    assert_eq!(kinds, [CountryName::Capital, CountryName::Government]);
}

#[test]
fn capitals_where_something_is_are_places() {
    check_places("Rain fell in <place KR>Seoul</place>; <country KR>Seoul</country> said that it would help.");
    check_places("She flew to <place FR>Paris</place> and a <place GB>London</place> hotel burned.");
    check_places("Talks with <country JP>Tokyo</country> failed; the outskirts of <place UA>Kyiv</place> were hit.");
    check_places("Crowds in <place CL>Santiago</place>, <place PE>Lima</place> and <place EC>Quito</place> cheered.");
    check_places("The government in <country UA>Kyiv</country> left <place LV>Riga</place>.");
    check_places("A <place GB>London</place>-based charity grew.");
}

#[test]
fn parts_that_are_called_countries_are_told_apart() {
    let found = suggest("<place>Scotland</place> and <place>Northern Ireland</place> left <place>Britain</place>.");
    let kinds: Vec<_> = found.spans.iter().filter_map(|span| span.country_name).collect();
    assert_eq!(kinds, [CountryName::Part, CountryName::Part, CountryName::Name]);
    assert_eq!(found.countries().len(), 1);
}

#[test]
fn small_words_may_have_capitals() {
    check("<country CI>Cote D’Ivoire</country> was quiet. In <country CI>Cote D’Ivoire</country> it rained.");
    check("<country BA>Bosnia And Herzegovina</country> beat <country CI>Cote D’Ivoire</country>.");
    check("<country TT>TRINIDAD AND TOBAGO</country> WINS AGAIN");
    check("<country AG>Antigua And Barbuda</country> and <country CI>CÔTE D'IVOIRE</country> signed.");
}

#[test]
fn abbreviations_are_countries_where_the_text_explains_them() {
    check(
        "<country TT>Trinidad and Tobago</country> (<country TT>T&T</country>) won. <country TT>T&T</country>'s coach smiled.",
    );
    check(
        "<country ZA>South Africa</country> (<country ZA>SA</country>) voted in post-apartheid <country ZA>SA</country>.",
    );
    check("<country NZ>New Zealand</country> (pop. 5m) and SA met; NZRU did not.");
}

#[test]
fn spellings_with_accents() {
    check("<country MX>México</country>, <country PE>Perú</country> and <country HT>Haïti</country> signed.");
}

#[test]
fn letters_in_the_wrong_order() {
    check_tagged("Planes flew to <country PK>Paksitan</country> and <country BR>Brzail</country>.");
}

#[test]
fn a_name_without_another_bearer_is_believed() {
    check_tagged("<~person><country TR>Türkiye</country></~person> was praised. <~person 0.9>Jordan</~person> smiled.");
}

#[test]
fn abbreviated_countries_before_a_common_noun_are_meant() {
    check("It cost one million <country US>US</country> dollars and two <country GB>UK</country> firms.");
}

#[test]
fn names_of_other_languages_hold_countries() {
    check("The match at the Stade de France and a strike at the Banco de Portugal.");
}

#[test]
fn seats_that_are_shared_are_places_first() {
    check_places("He lives in <place BE>Brussels</place> and works in <place IL>Jerusalem</place>.");
    check("<country IL>Jerusalem</country> said it would reply.");
}

#[test]
fn the_pronoun_is_no_country() {
    check("They told us to wait, and let us go.");
    check("LEAVE <~place>US</~place> ALONE, SAY VILLAGERS");
    check("<country US>US</country> TO SEND ENVOY\nThe <country US>United States</country> will send an envoy.");
}

#[test]
fn names_inside_other_names() {
    check(
        "Ships crossed the <~place>South China Sea</~place> and the <~place>Gulf of Mexico</~place> to the <~place>Indian Ocean</~place>.",
    );
    check("The <~org>Bank of China</~org> and the <~org>Bank of England</~org> cut rates.");
    check("The <~org>China Daily</~org> and the <~org>Washington Post</~org> reported it.");
    check("<~org>American Airlines</~org> flies to <~place>New Mexico</~place> and <~place>New England</~place>.");
    check("She won the <~event 0.6>French Open</~event> before the <~org>Georgia Tech</~org> game.");
    check("He read the Times of India at the <~org 0.5>University of Malta</~org>.");
    check("The <~org 0.7>Jamaica Observer</~org> and <~org>Radio France</~org> had it.");
}

#[test]
fn people_are_no_countries() {
    check(
        "The actor <~person>Chad Smith</~person> and <~person>Jordan Peterson</~person> met <~person>Paris Hilton</~person>.",
    );
    check("Champion <~person>Israel Adesanya</~person> said he was ready.");
}

#[test]
fn lower_case_words_are_no_countries() {
    check("We ate turkey from <~place 0.5>fine</~place> <~place 0.6>china</~place> and kept a guinea pig.");
    check("They keep <~norp>Guinea</~norp> pigs.");
}

#[test]
fn georgia_is_decided_by_context() {
    check(
        "<country GE>Georgia</country> asked <country GE>Tbilisi</country>'s friends for help against <country RU>Russia</country>.",
    );
    check_places(
        "Voters in <place US>Savannah</place>, <place US>Georgia</place>, went to <place US>Florida</place> and <place US>Alabama</place>.",
    );
}

#[test]
fn states_that_share_a_name_are_told_by_their_offices() {
    check_places(
        "<place US>Georgia</place> Gov. Brian Kemp spoke. In <place GE>Tbilisi</place>, <country GE>Georgia</country>’s Prime Minister Irakli Garibashvili did.",
    );
    check_places(
        "<place US>Georgia</place>’s secretary of state left <place US>Atlanta</place>, <place US>Georgia</place>.",
    );
    check_places(
        "<place US>Washington</place> Gov. Jay Inslee and <place US>New York</place> Gov. Kathy Hochul agreed.",
    );
    check_places(
        "<~person 0.4><country US>Washington</country></~person> said <country RU>Russia</country> had to answer.",
    );
}

#[test]
fn datelines_in_capitals() {
    check_places("<place US>NEW YORK</place>, Oct 12 - Shares fell.");
    check_places("<place IN>NEW DELHI</place> - Floods came.");
    check_places("<place AU>MELBOURNE</place> - Rain fell on Sunday.");
}

#[test]
fn governments_by_their_seats() {
    check(
        "The <~org><country US>Pentagon</country></~org>, <country GB>Whitehall</country>, the <country FR>Élysée</country>, <country CN>Zhongnanhai</country> and the <country KR>Blue House</country> were silent.",
    );
    check(
        "A spokeswoman for the <~org 0.4><country US>White House</country></~org>, <~person>Jen Psaki</~person>, declined.",
    );
}

#[test]
fn towns_named_after_capitals() {
    check_places("They moved to <place US>Paris</place>, <place US>Texas</place>, last year.");
    check_places("A fire in <place US>Moscow</place>, <place US>Idaho</place>, killed two.");
    check("A fire in <~place 0.4>Lima, Ohio</~place>, killed two.");
    check("They drove to <~place>Lebanon</~place>, <~place>Pa.</~place>, and back.");
    check_places("They met in <place FR>Paris</place>, <country FR>France</country>.");
}

#[test]
fn two_congos_and_two_koreas() {
    check("Rebels in <country CD>Congo</country> took a town.");
    check("<country CG>Brazzaville</country> said <country CG>Congo</country> was calm.");
    check("Trade with <country KR>Korea</country> grew.");
    check("<~person 0.3><country KP>Pyongyang</country></~person> said <country KP>Korea</country> would answer.");
}

#[test]
fn parts_of_the_united_kingdom_and_ireland() {
    check(
        "<country GB>England</country>, <country GB>Wales</country> and <country GB>Northern Ireland</country> voted.",
    );
    check("<country IE>Ireland</country> and <country GB>Scotland</country> drew.");
    let found = suggest("<place>Scotland</place> voted. <place>Britain</place> waited.");
    let countries = found.spans.iter().filter(|span| span.label == Label::Country);
    let reasons: Vec<_> = countries.map(|span| span.reason.as_str()).collect();
    assert_eq!(reasons, ["part of the United Kingdom", "another name of United Kingdom"]);
}

#[test]
fn neighbours_with_like_names() {
    check("<country NE>Niger</country> borders <country NG>Nigeria</country> and <country ML>Mali</country>.");
    check(
        "<country GN>Guinea</country>, <country GW>Guinea-Bissau</country> and <country GQ>Equatorial Guinea</country> met.",
    );
    check("<country PG>Papua New Guinea</country> sent help.");
    check("<~place 0.7><country NE>Nigeriens</country></~place> and <country NG>Nigerians</country>");
}

#[test]
fn the_credit_of_a_picture_is_no_part_of_a_name() {
    check("Women wait in a line. Photo: AP <country SA>Saudi Arabia</country> closed its border on Monday.");
    check("Women wait in a line. Photo: Reuters <country KE>Kenya</country> closed its border on Monday.");
    check("Women wait in a line. Photo: AFP/Getty Images <country NO>Norway</country> has a new minister of mines.");
    check("The <~org 0.5>Reuters Kenya</~org> bureau moved.");
}

#[test]
fn languages_are_no_countries() {
    check("She speaks <~norp>English</~norp> and wrote to him in <~norp>French</~norp>.");
    check("A <~norp>Spanish</~norp>-speaking crowd sang.");
}

#[test]
fn americas() {
    check("<~norp>African American</~norp> voters and <~norp>Latin American</~norp> leaders came.");
    check("He came back to <country US>America</country> from South America.");
}

#[test]
fn headlines_and_shouting() {
    check("<country CN>CHINA</country> AND <country RU>RUSSIA</country> SIGN PACT");
    check("<country IR>Iran</country> Rejects New Talks With <country FR>France</country>");
}

#[test]
fn titles_may_follow_a_country() {
    check(
        "<country JP>Japan</country> Prime Minister Shinzo Abe and <country CN>Chinese</country> President Xi Jinping met.",
    );
    check(
        "The <~org><country IN>Indian</country> Army</~org> and the <~org><country CN>Chinese</country> Foreign Ministry</~org> agreed.",
    );
}

#[test]
fn places_lie_in_countries() {
    check_places("Floods hit <place CN>Wuhan</place> and <place US>Chicago</place>, and the <place>Black Sea</place>.");
    check_places("He was born in <place IQ>Mosul</place>.");
}

#[test]
fn a_country_is_listed_once_in_the_order_of_first_mention() {
    let found = suggest(
        "<place>Russia</place> and <place>China</place>; <norp>Chinese</norp> and <norp>Russian</norp>; <place>Moscow</place>.",
    );
    let codes: Vec<_> = found.countries().iter().map(|c| (c.country.unwrap().to_string(), c.mentions.len())).collect();
    assert_eq!(codes, [("RU".to_owned(), 3), ("CN".to_owned(), 2)]);
    assert_eq!(found.countries()[0].wikidata.as_deref(), Some("Q159"));
    assert_eq!(found.spans[3].reason, "demonym of Russia");
}

#[test]
fn countries_in_texts_without_capitals() {
    check_tagged("trump will meet kim in <place VN>hanoi</place>, officials said in <place KR>seoul</place>");
}

#[test]
fn countries_inside_other_names_are_left_alone_unless_asked_for() {
    let marked = "Ships crossed the <place>South China Sea</place>, the <org>Bank of England</org> said. \
                  <place>Pakistan</place> agreed.";
    let codes = |inside_names| {
        let found = suggest_with(Options { inside_names, ..Options::default() }, marked);
        found.countries().iter().map(|country| country.country.unwrap().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(codes(false), ["PK"]);
    assert_eq!(codes(true), ["CN", "GB", "PK"]);
}

#[test]
fn bodies_roads_and_tournaments() {
    check(
        "She won the <~event 0.4>U.S. Open</~event> and drove along <~place 0.2>U.S. Highway 82</~place> to a meeting of the <~org 0.1>Inter-American bank</~org>.",
    );
    check(
        "The <~org 0.6><country US>U.S.</country> Geological Survey</~org> said the <country LB>Lebanon</country>-<~place 0.3><country SY>Syria</country></~place> treaty held.",
    );
}

#[test]
fn towns_lie_in_the_country_that_the_text_speaks_of() {
    check_tagged(
        "Officials from <place US>Kanawha County</place>, <place US>Ohio</place>, and <place US>Kentucky</place> met in <place US>Paris</place>.",
    );
    check_places("The Minister flew from <place GB>London</place> to <place FR>Paris</place>.");
}

#[test]
fn where_people_come_from_is_no_town() {
    check(
        "The sheriff of the county said Gomez, a native of <country MX>Mexico</country>, was arrested on Main Street near the elementary school.",
    );
}

#[test]
fn states_and_seats_are_abbreviated_as_american_newspapers_do() {
    check_places(
        "Sen. <~person>Bob Casey</~person>, <~person 0.3>D-<place US>Pa</~person>.</place>, and Rep. <~person>Barbara Lee</~person>, <~person>D-<place US>Oakland</place></~person>, met in <~place 0.4><place US>Norman</place>, <place US>Okla.</place></~place>, on Monday.",
    );
    check_places("<~place 0.3><place ID>BALI</place>, <country ID>Indonesia</country></~place> (AP) — Rain fell.");
    check_places("Mr. <~person>Smith</~person>, Miss. <~person>Jones</~person> and OR, IN, ME were there.");
}
