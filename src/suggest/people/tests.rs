//! Fixtures of people.

use crate::suggest::Label;
use crate::suggest::fixture::{self, suggest};

#[track_caller]
fn check(marked: &str) {
    fixture::check(&[Label::Person], marked);
}

/// For what the rules do not know without the tagger.
#[track_caller]
fn check_tagged(marked: &str) {
    fixture::check_tagged(&[Label::Person], marked);
}

#[test]
fn full_names() {
    check("On Monday <person>Angela Merkel</person> met <person>Emmanuel Macron</person> in Berlin.");
    check("“We won,” said <person><~person 0.4>Maria</~person> Lopez</person>, a nurse.");
    check("Then <person>John F. Kennedy</person> spoke to <person>Martin Luther King Jr.</person> at length.");
}

#[test]
fn what_is_called_a_club_or_a_firm_is_nobody() {
    check(
        "The German club <~person>Bayer Leverkusen</~person> sold its striker to the airline <~person>Mason Hollis</~person> on Monday.",
    );
    check("On Monday the company <person>Mark Adams</person> founded sold its ships.");
}

#[test]
fn titles_and_roles_stay_outside() {
    check(
        "Chinese <~person>Foreign Minister <person>Wang Yi</person></~person> met his Russian counterpart <person>Sergei Lavrov</person>.",
    );
    check(
        "Former <~person>President <person>Barack Obama</person></~person> and <~person>Gen. <person>Mark Milley</person></~person> came.",
    );
    check("Secretary of State <person>Antony Blinken</person> called coach <person>Pep Guardiola</person>.");
    check("<~person>Mr. <person>Smith</person></~person> thanked Dr. <person>Anne Kovac</person>.");
    check("European Commission President <person>Ursula von der Leyen</person> agreed.");
}

#[test]
fn roles_and_countries_are_attributes() {
    let found = suggest(
        "Chinese Foreign Minister <person>Wang Yi</person> met Russian foreign minister <person>Sergei Lavrov</person> and Mr. <person>Obama</person>.",
    );
    let told: Vec<_> = found
        .people()
        .iter()
        .map(|p| (p.name.as_str(), p.role.as_str(), p.country.map(|c| c.to_string()).unwrap_or_default()))
        .collect();
    assert_eq!(
        told,
        [
            ("Wang Yi", "foreign minister", "CN".to_owned()),
            ("Sergei Lavrov", "foreign minister", "RU".to_owned()),
            ("Obama", "", String::new()),
        ]
    );
    let reason = &found.spans.iter().find(|s| s.label == Label::Person).unwrap().reason;
    assert!(reason.starts_with("title “Foreign Minister” before it; tagger "), "{reason}");
}

#[test]
fn surnames_link_to_full_names() {
    check(
        "<person>Joe Biden</person> spoke. <person Joe Biden>Biden</person> left. Mr. <person Joe Biden>Biden</person>’s aide stayed.",
    );
    check(
        "Chinese leader <person>Xi Jinping</person> spoke. <person Xi Jinping>Xi</person>’s aides and President <person Xi Jinping>Xi</person> left.",
    );
    check(
        "<person Jacinda Ardern>Ardern</person> to resign\n\nPrime Minister <person>Jacinda Ardern</person> said so.",
    );
}

#[test]
fn a_shared_surname_goes_to_the_nearest_before_it_and_scores_less() {
    check(
        "<person>George Bush</person> and <person>Laura Bush</person> came. Then <person Laura Bush>Bush</person> spoke.",
    );
    let found =
        suggest("<person>George Bush</person> and <person>Laura Bush</person> came. Then <person>Bush</person> spoke.");
    assert_eq!(found.people().len(), 2);
    assert!(found.spans.iter().rfind(|span| span.label == Label::Person).unwrap().score < 0.75);
}

#[test]
fn a_person_has_one_entity_under_several_names() {
    let found = suggest(
        "<person>Joseph R. Biden Jr.</person> won. <person>Joseph Biden</person> spoke. <person>J. Biden</person> waved.",
    );
    assert_eq!(found.people().len(), 1);
    assert_eq!(found.people()[0].mentions.len(), 3);
    assert_eq!(found.people()[0].name, "Joseph R. Biden Jr.");
}

#[test]
fn particles_hyphens_and_apostrophes() {
    check("President <person>Bashar al-Assad</person> called <person>Mohammed bin Salman</person>.");
    check(
        "<person>Vincent van Gogh</person> and <person>Jean-Claude Juncker</person> and <person>Leonardo da Vinci</person>.",
    );
    check("Striker <person>Sean O’Brien</person> scored. <person Sean O’Brien>O’Brien</person> left.");
}

#[test]
fn lists_of_names() {
    check("<person>Anna Karlsson</person>, <person>Peter Novak</person> and <person>Laura Chen</person> won.");
}

#[test]
fn organisations_are_not_people() {
    check(
        "The <~org>Foreign Ministry</~org>, <~org>Stanford University</~org>, <~org>Deutsche Bank</~org> and the <~org>Labour Party</~org> agreed.",
    );
    check("<~org 0.6>Goldman Sachs Group Inc.</~org> and the <~org 0.6>Johns Hopkins Hospital</~org> paid.");
    check("<~org>Xinhua</~org> and <~org>Kyodo News</~org> said the <~org>Clinton Foundation</~org> had paid.");
}

#[test]
fn places_days_and_events_are_not_people() {
    check(
        "In <~place>New York</~place> on Monday <~event 0.2>Hurricane Katrina</~event> hit <~place>Los Angeles</~place> and <~place>Hong Kong</~place>.",
    );
    check(
        "The <~event 0.6>Winter Olympics</~event> began in <~place>South Korea</~place> after the <~event>Cold War</~event>.",
    );
    check("<~place>San Francisco</~place> and <~place>Buenos Aires</~place>");
}

#[test]
fn days_behind_a_name_are_not_a_part_of_it() {
    check("Officials met <person>Vladimir Putin</person> Thursday.");
}

#[test]
fn words_that_begin_a_sentence_are_not_names() {
    check("Meanwhile <person>Peter Novak</person> left. But <person Peter Novak>Novak</person> returned.");
    check("Rising prices hurt. Mark my words. Will it rain?");
}

#[test]
fn headlines() {
    check("<person>Vladimir Putin</person> Meets Angry Farmers In Siberia");
    check("PRIME MINISTER <~person><person Boris Johnson>BORIS JOHNSON</person> RESIGNS</~person>");
}

#[test]
fn a_family_is_nobody() {
    check("<person>Bill Clinton</person> spoke. The <~person>Clintons</~person> left.");
    check("Florida Governor <person>Jeb Bush</person> said the <~person>Bushes</~person> and both Smiths would stay.");
}

#[test]
fn a_firm_that_is_called_after_somebody_is_nobody() {
    check("<~person 0.6>Johnson</~person> & <~person 0.6>Johnson</~person> recalled it. Marks & Spencer did not.");
    check("<person>Gerald Ford</person>'s portrait hung there. A branch of Bob's Burgers opened.");
}

#[test]
fn short_forms_with_particles_are_the_person_named_in_full() {
    let names = |marked| -> Vec<(String, usize)> {
        suggest(marked).people().iter().map(|person| (person.name.clone(), person.mentions.len())).collect()
    };
    assert_eq!(
        names(
            "<person>Jan van der Kolk</person> ran. <person>Van der Kolk</person> won; Mr <person>van der Kolk</person> \
             smiled. <person>Luis dos Prazeres</person> lost, and <person>dos Prazeres</person> left."
        ),
        [("Jan van der Kolk".to_owned(), 3), ("Luis dos Prazeres".to_owned(), 2)]
    );
    assert_eq!(
        names(
            "<person>Van Morrison</person> sang, and <person>Jim Morrison</person> did. <person>Ben Affleck</person> left."
        ),
        [("Van Morrison".to_owned(), 1), ("Jim Morrison".to_owned(), 1), ("Ben Affleck".to_owned(), 1)]
    );
}

#[test]
fn a_surname_alone_means_who_was_named_before() {
    let mentions = |marked, of: &str| {
        let found = suggest(marked);
        found.people().iter().find(|person| person.name == of).map_or(0, |person| person.mentions.len())
    };
    let chen = "The chair, <person>Chen Guangwei</person>, spoke. Mr <person>Chen</person> left. <person>Ann Chen</person> \
                did not.";
    assert_eq!(mentions(chen, "Chen Guangwei"), 2);
    let told = "<person>Ana Rojas</person> ran. <person>Rojas</person> won. <person>Rojas</person> smiled. Her coach, \
                <person>Pia Rojas</person>, wept. <person>Rojas</person> said so.";
    assert_eq!(mentions(told, "Ana Rojas"), 4);
    let titled = "His wife <person>Ada Moss</person> and <person>Ken Moss</person> sued. Mrs. <person>Moss</person> said no. Mr. \
                  <person>Moss</person> wept.";
    assert_eq!((mentions(titled, "Ada Moss"), mentions(titled, "Ken Moss")), (2, 2));
}

#[test]
fn a_member_of_congress_is_told_by_an_office() {
    let item = |marked| suggest(marked).people()[0].wikidata.clone();
    let plain = "<person>Margaret Hassan</person> was held in <place>Iraq</place>, the <place>U.S.</place> said.";
    assert_eq!(item(plain), None);
    assert!(item("<~person>Senator <person>Margaret Hassan</person></~person> left on Monday.").is_some());
    // Another office, and none at all, are those of a namesake.
    let aid = "American aid worker <person>Margaret Hassan</person> was freed in <place>Iraq</place>.";
    assert_eq!(item(aid), None);
    assert_eq!(item("The late <place>U.S.</place> president <person>John Kennedy</person> came."), None);
    let pitcher = "The <place>U.S.</place> team sent pitcher <person>John Kennedy</person> home.";
    assert_eq!(item(pitcher), None);
    let club = "Chairman <person>Rick Scott</person> of the <place>American</place> golf club spoke.";
    assert_eq!(item(club), None);
    assert!(item("Chairman <person>Rick Scott</person> of a <place>U.S.</place> Senate panel spoke.").is_some());
    assert!(item("Republican lawmaker <person>John Kennedy</person> of the <place>U.S.</place> spoke.").is_some());
}

#[test]
fn a_namesake_of_who_leads_a_country_has_another_role() {
    let item = |marked| suggest(marked).people()[0].wikidata.clone();
    let striker = "Striker <person>Keith Mitchell</person> scored twice in <place>Grenada</place> on Monday.";
    assert_eq!(item(striker), None);
    let singer = "The singer <person>Daniel Ortega</person> will tour <place>Nicaragua</place> in May.";
    assert_eq!(item(singer), None);
    assert!(item("Candidate <person>Daniel Ortega</person> led in <place>Nicaragua</place>.").is_some());
    assert!(item("<place>Nicaragua</place> voted, and <person>Daniel Ortega</person> won.").is_some());
    // Without a role it takes a word of politics near the name.
    let baker = "<person>Keith Mitchell</person> and his wife run a bakery in <place>Grenada</place>.";
    assert_eq!(item(baker), None);
    let accused = "<person>Patrick Allen</person>, 43, was arrested in <place>Jamaica</place> after a fight.";
    assert_eq!(item(accused), None);
    let turned = "<place>Pakistan</place> held cricketer-turned-politician <person>Imran Khan</person> on Monday.";
    assert!(item(turned).is_some());
}

#[test]
fn with_and_without_accents_one_person() {
    let found =
        suggest("<person>José Muñoz</person> ran. <person>Jose Munoz</person> won, <person>Muñoz</person> said.");
    assert_eq!(found.people().len(), 1);
}

#[test]
fn numerals_keep_their_capitals() {
    let found = suggest("Pope <person>Leo XIV</person> spoke. POPE <person Leo XIV>LEO XIV</person> PRAYS");
    assert_eq!(found.people().iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["Leo XIV"]);
}

#[test]
fn a_name_found_once_is_marked_wherever_it_stands() {
    check_tagged(
        "<person>Ramón Corral</person> ruled. In it only <~person 0.1><person>Ramón Corral</person></~person> won.",
    );
    check_tagged(
        "<person>Pedro Luis Obrador</person> (<~org 0.2><person Pedro Luis Obrador>PLO</person></~org>) spoke. \
         <~org 0.2><person Pedro Luis Obrador>PLO</person></~org> left.",
    );
}

#[test]
fn father_and_son_are_told_apart_by_their_initials() {
    check(
        "<person>George W. Bush</person> and his father <person>George H.W. Bush</person> came. <person>George W. Bush</person> spoke.",
    );
}

#[test]
fn a_surname_may_keep_its_particle() {
    check(
        "Crown Prince <person>Mohammed bin Salman</person> came. <person Mohammed bin Salman>Bin Salman</person> left.",
    );
    check(
        "Minister <person>Bruno Le Maire</person> came. Mr. <person Bruno Le Maire>Le Maire</person>'s lawyers left.",
    );
}

#[test]
fn texts_without_capitals_have_people_too() {
    check_tagged("<person>kim jong un</person> met reporters in hanoi, officials said");
}

#[test]
fn a_byline_ends_with_its_line() {
    check("By <person>Maria Lopez</person> and <person>John O'Neill</person>\nPARIS (AP) — Prices rose.");
}

#[test]
fn storms_and_countries_are_nobody() {
    check(
        "Hurricane <~person>Ian</~person> hit Florida. <person>Ian Smith</person> left. <~person>Zaire</~person> and <~person>Burma</~person> signed.",
    );
    check("<person>Chad Smith</person> plays drums. The talks in Chad and Mali failed.");
}

#[test]
fn people_who_are_called_as_a_country_is() {
    check(
        "<~place><person>Georgia</person></~place> began skating at four. Her brother <person>Chad</person> followed. \
         <~place><person>Chad</person></~place> and <~place><person>Georgia</person></~place> are getting married.",
    );
    check("<~place><person>India</person></~place>, 24, said that she was glad.");
    check("<~person>Chad</~person> said it would leave; <~person>Chad</~person> and Niger talked.");
    check("Georgia, 12 years after the war, is calm. Her brother <person>Chad</person> saw Georgia's president.");
}

#[test]
fn a_nickname_stays_in_the_name() {
    check("Coach <person Gerardo Tata Martino><~person>Gerardo “Tata</~person>” Martino</person> quit.");
}

#[test]
fn abbreviations_before_a_title_and_points_behind_a_suffix() {
    check("Former U.S. President <person>Donald Trump</person> and US Senator <person>Marco Rubio</person> met.");
    check("They sued <~person><person>Peter Tanchi Jr.</person> Lacuna</~person> went home.");
}

#[test]
fn surnames_may_be_countries() {
    check("Police held <person>Troy Denmark</person>, 44.");
    check("Officer <person>Brooke England</person> came. “Yes,” <person Brooke England>England</person> said.");
}

#[test]
fn a_nickname_may_have_several_words() {
    check("<person Roberto Stone Duran>Roberto “Stone” Duran</person> boxed.");
    check_tagged(
        "The boxer <person Roberto Hands of Stone Duran>Roberto “Hands of Stone” Duran</person> beat <person>Sugar Ray Leonard</person> in Montreal in 1980.",
    );
}

#[test]
fn what_stands_in_a_place_or_behind_the_article_is_doubted() {
    check("It rained in <~place>Wudil Karate</~place> and in the <~place>Tamiang Sakho</~place> district.");
    check("<~org 0.1>Milwaukee Cleveland</~org> and <~place 0.3>St. John</~place> went on.");
}

#[test]
fn an_affiliation_before_a_name_is_left_out() {
    check("Liberal Party candidate <person>Joan Dickson</person> beat Republican <person>Susan Collins</person>.");
    check("The Governor of Maine <person>Susan Collins</person> came.");
    check("Then Mayor of Paris <person>Anne Hidalgo</person> and King <person>Charles III</person> came.");
}

#[test]
fn an_item_is_given_where_name_and_country_fit() {
    let found = suggest("Albanian Prime Minister <person>Edi Rama</person> spoke.");
    assert_eq!(found.people()[0].wikidata.as_deref(), Some("Q316901"));
    let found = suggest("The baker <person>Edi Rama</person> spoke.");
    assert_eq!(found.people()[0].wikidata, None);
}

/// Names, roles and countries of the people in a marked text.
fn told(marked: &str) -> Vec<(String, String, String)> {
    let country = |code: Option<crate::project::CountryCode>| code.map(|code| code.to_string()).unwrap_or_default();
    suggest(marked).people().iter().map(|p| (p.name.clone(), p.role.clone(), country(p.country))).collect()
}

#[track_caller]
fn check_told(marked: &str, expected: &[(&str, &str, &str)]) {
    let found = told(marked);
    let found: Vec<_> = found.iter().map(|(name, role, code)| (name.as_str(), role.as_str(), code.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn places_in_their_place_are_no_short_names() {
    check(
        "In <~place>Paris</~place>, ministers met. The heiress <person>Paris Hilton</person> came. <person Paris Hilton>Hilton</person> left.",
    );
    check(
        "<person>Michael Jordan</person> saw Turkey play. It was a match between Turkey and <~place>Jordan</~place>.",
    );
    check("Brazil, Argentina and <~person>Jordan</~person> qualified, <person>Jordan Pickford</person> said.");
    check(
        "<~person>OSAKA</~person> — <person>Naomi Osaka</person> lost. <person Naomi Osaka>Osaka</person> said she was tired.",
    );
    check(
        "<person>Virginia Castillo</person> lives in <~place>Virginia</~place>. <person Virginia Castillo>Virginia</person> said so.",
    );
}

#[test]
fn short_names_may_begin_a_sentence_and_be_common_words() {
    check(
        "South Korean President <person>Moon Jae-in</person> came. <person Moon Jae-in>Moon</person> said he was glad. “Yes,” <person Moon Jae-in>Moon</person> told us.",
    );
    check(
        "Leader <person>Bobi Wine</person> was held. <person Bobi Wine>Wine</person>’s lawyer left. Red wine flowed.",
    );
}

#[test]
fn a_surname_is_the_last_who_bore_it_before() {
    check(
        "<person>Joe Biden</person> won. <person Joe Biden>Biden</person> spoke. Then <person>Hunter Biden</person> came.",
    );
    check(
        "<person Joe Biden>Biden</person> wins\n\n<person>Joe Biden</person> won. <person>Jill Biden</person> smiled.",
    );
}

#[test]
fn names_in_apposition() {
    check("A spokeswoman for the White House, <person>Jen Psaki</person>, declined to comment.");
    check_told(
        "Iran’s foreign minister, <person>Hossein Amir-Abdollahian</person>, spoke. The president’s press secretary, <person>Anna Kovac</person>, did not.",
        &[("Hossein Amir-Abdollahian", "foreign minister", "IR"), ("Anna Kovac", "press secretary", "")],
    );
    check_told(
        "<person>Sergei Lavrov</person>, Russia’s foreign minister, met <person>Irakli Garibashvili</person>, the prime minister of Georgia, in Tbilisi.",
        &[("Sergei Lavrov", "foreign minister", "RU"), ("Irakli Garibashvili", "prime minister", "GE")],
    );
}

#[test]
fn offices_are_whole_and_have_their_country() {
    check_told(
        "Prime Minister <person>Narendra Modi</person> met Jordan’s <~person>King Abdullah II</~person>. Ford Chief Executive <person>Jim Farley</person> came.",
        &[
            ("Narendra Modi", "prime minister", ""),
            ("Abdullah II", "king", "JO"),
            ("Jim Farley", "chief executive", ""),
        ],
    );
    check_told(
        "U.S. Secretary of State <person>Antony Blinken</person> and Georgia’s Prime Minister <person>Irakli Garibashvili</person> met.",
        &[("Antony Blinken", "secretary of state", "US"), ("Irakli Garibashvili", "prime minister", "GE")],
    );
    check_told(
        "Georgia Gov. <person>Brian Kemp</person> and Georgia’s secretary of state, <person>Brad Raffensperger</person>, agreed with Sen. <person>Jon Ossoff</person>.",
        &[
            ("Brian Kemp", "governor", "US"),
            ("Brad Raffensperger", "secretary of state", "US"),
            ("Jon Ossoff", "senator", ""),
        ],
    );
    check_told("Serbia’s <person>Novak Djokovic</person> won.", &[("Novak Djokovic", "", "RS")]);
}

#[test]
fn a_counterpart_has_the_same_office() {
    check_told(
        "Chinese Foreign Minister <person>Wang Yi</person> met his Russian counterpart <person>Sergei Lavrov</person>.",
        &[("Wang Yi", "foreign minister", "CN"), ("Sergei Lavrov", "foreign minister", "RU")],
    );
}

#[test]
fn a_name_that_is_repeated_by_its_surname_gains() {
    check("A pass from <person>Idrissa Gueye</person> won it. <person Idrissa Gueye>Gueye</person> left early.");
}

#[test]
fn firms_and_places_that_sound_like_people() {
    check(
        "<~person 0.4>Morgan Stanley</~person> said so. Officials met in <~person>Jackson Hole</~person>. <~person>Wells Fargo</~person> agreed.",
    );
    check("SHARES FALL AFTER CEO QUITS");
}

#[test]
fn the_reason_of_a_mention_is_about_that_mention() {
    let found = suggest(
        "“It is early,” said <person>Maria Lopez</person>. President <person>Maria Lopez</person> left. <person>Lopez</person> won.",
    );
    let people = found.spans.iter().filter(|span| span.label == Label::Person);
    let reasons: Vec<_> = people.filter_map(|span| Some(span.reason.split_once("; tagger ")?.0)).collect();
    assert_eq!(
        reasons,
        ["given name and surname", "title “President” before it", "surname of Maria Lopez in this article"]
    );
}

#[test]
fn nothing_panics_on_odd_text() {
    for text in [
        "",
        "Mr.",
        "Mr. Mr. Mr.",
        "“",
        "A. B. C. D. E. F. G.",
        "习近平会见普京。",
        "Ünïcödé Ñame-",
        "al- Al-",
        "O' D'",
        "J.",
        "@ # @X #Y",
    ] {
        suggest(text);
    }
}

#[test]
fn the_seat_of_a_politician_is_nobody() {
    check(
        "Rep. <person>Barbara Lee</person>, <~person>D-Oakland</~person>, agreed with Sen. <person>Byron Dorgan</person>, D-N.D.",
    );
}

#[test]
fn headlines_and_bylines_in_capitals() {
    check(
        "PRESIDENT <person Joe Biden>BIDEN</person> MEETS <person Xi Jinping>XI JINPING</person> IN BALI AHEAD OF G20 SUMMIT\nBALI — U.S. President <person>Joe Biden</person> met Chinese President <person>Xi Jinping</person> on Monday.",
    );
    check_tagged(
        "By <person Jane Murakami>JANE MURAKAMI</person> and <person Pedro de la Cruz>PEDRO DE LA CRUZ</person>\nNAIROBI, Feb 4 (Reuters) — Kenyan opposition leader <person>Raila Odinga</person> said so.",
    );
}
