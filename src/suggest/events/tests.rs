//! What the events source finds, in the fixture notation. People and countries are as the text marks them, so that
//! these tests speak of events alone.

use jiff::civil::date;

use super::*;
use crate::project::{CountryCode, KindId, Role};
use crate::suggest::fixture::{expect, parse, render};
use crate::suggest::tagger::Tags;
use crate::suggest::{CountryName, Document, Entity, ProjectKnowledge};

/// Suggestions with the people, countries and places that a fixture marks, before events are looked for.
fn given(marked: &str) -> (String, Suggestions) {
    let mut fixture = parse(marked);
    let mut found = Suggestions::default();
    fixture.marks.sort_by_key(|mark| mark.range.start());
    for mark in &fixture.marks {
        let label = match mark.tag.as_str() {
            "person" => Label::Person,
            "country" => Label::Country,
            "place" => Label::Place,
            _ => continue,
        };
        let quote = fixture.text.get(crate::text::bytes(mark.range)).unwrap();
        let index = found.spans.len();
        let mut span = span(mark.range, label, 1.0, String::new());
        let code = CountryCode::new(&mark.attribute);
        let demonym = ["ese", "ian", "ish", "an", "ch"].iter().any(|end| quote.ends_with(end)) && quote != "Japan";
        match label {
            Label::Person => {
                let name = if mark.attribute.is_empty() { quote } else { &mark.attribute };
                let people = found.entities.entry(KindId::PERSON).or_default();
                match people.iter_mut().find(|person| person.name == name) {
                    Some(person) => person.mentions.push(index),
                    None => {
                        people.push(Entity { name: name.to_owned(), mentions: vec![index], ..Entity::default() });
                    }
                }
            }
            Label::Country => {
                span.country = code;
                span.country_name = Some(if demonym { CountryName::Demonym } else { CountryName::Name });
                let countries = found.entities.entry(KindId::COUNTRY).or_default();
                match countries.iter_mut().find(|country| country.country == code) {
                    Some(country) => country.mentions.push(index),
                    None => countries.push(Entity {
                        name: quote.to_owned(),
                        country: code,
                        mentions: vec![index],
                        ..Entity::default()
                    }),
                }
            }
            _ => span.in_country = code,
        }
        found.spans.push(span);
    }
    (fixture.text, found)
}

fn run(marked: &str) -> (String, Suggestions) {
    let (text, mut found) = given(marked);
    let document = Document::new(&text, Some(date(2022, 2, 4)));
    let context = SourceContext { document: &document, tags: &Tags::default(), project: &ProjectKnowledge::default() };
    Events.suggest(&context, &mut found);
    (text, found)
}

/// As [`check`], where the tagger sees what the fixture assumes.
#[track_caller]
fn check_tagged(marked: &str) {
    let ((text, mut found), fixture) = (given(marked), parse(marked));
    let document = Document::new(&text, Some(date(2022, 2, 4)));
    let tags = fixture.tags(&document);
    let context = SourceContext { document: &document, tags: &tags, project: &ProjectKnowledge::default() };
    Events.suggest(&context, &mut found);
    let labels = [Label::Person, Label::Country, Label::Place, Label::Event, Label::Trigger];
    expect("with the assumed tags", marked, &render(&fixture, &found, &labels));
}

/// Panics unless exactly the marked triggers and named events are found.
#[track_caller]
fn check(marked: &str) {
    let (_, found) = run(marked);
    let labels = [Label::Person, Label::Country, Label::Place, Label::Event, Label::Trigger];
    expect("by the rules of events", marked, &render(&parse(marked), &found, &labels));
}

/// The event whose first mention is `quote`, in one line: actors > recipients, place, date, reality, all mentions.
#[track_caller]
fn frame(marked: &str, quote: &str) -> String {
    let (text, found) = run(marked);
    let said = |index: usize| text.get(crate::text::bytes(found.spans[index].range)).unwrap();
    let event =
        found.events.iter().find(|event| said(event.mentions[0]) == quote).unwrap_or_else(|| panic!("no {quote}"));
    let with = |role: Role| -> String {
        let mut names: Vec<_> =
            event.participants.iter().filter(|p| p.role == role).filter_map(|p| p.span.map(said)).collect();
        names.sort_unstable();
        names.join("+")
    };
    let mut line = format!("{} > {}", with(Role::Actor), with(Role::Recipient));
    if let Some(place) = &event.place {
        line += &format!(" @{}", place.name);
    }
    if let Some(date) = &event.date {
        line += &format!(" on {}", date.start);
    }
    if event.polarity == Polarity::Negative {
        line += " negative";
    }
    if event.modality != Modality::Asserted {
        line += &format!(" {}", event.modality.name());
    }
    if event.mentions.len() > 1 {
        line += &format!(" x{}", event.mentions.len());
    }
    line
}

#[test]
fn verbs_that_tell_of_happenings() {
    check("The envoys <trigger CONSULT>met</trigger> twice.");
    check("Rebels <trigger ASSAULT>attacked</trigger> the port and <trigger COERCE>seized</trigger> two boats.");
    check("Police <trigger COERCE>arrested</trigger> four men.");
    check("A strong <trigger>quake</trigger> <trigger>shook</trigger> the coast.");
    check("Gunmen <trigger ASSAULT>opened fire</trigger> on a bus.");
    check("The minister <trigger RETREAT>stepped down</trigger>.");
    check("Soldiers <trigger ASSAULT>gunned down</trigger> a farmer.");
    check("The union plans to <trigger REJECT>boycott</trigger> the session.");
}

#[test]
fn nouns_that_tell_of_happenings() {
    check("The <trigger ASSAULT>attack</trigger> surprised nobody.");
    check("Their <trigger CONSULT>talks</trigger> lasted an hour.");
    check("The <trigger MOBILIZE>deployment</trigger> of 900 troops was quiet.");
    check("An <trigger>earthquake</trigger> was felt.");
    check("A diplomatic <trigger REJECT>boycott</trigger> is likely.");
    check("The <trigger ASSAULT>suicide bombing</trigger> was unclaimed.");
}

#[test]
fn the_tagger_is_heard_on_what_tells_of_a_happening() {
    // What it does not see is none, though the lexicon has it; what it alone sees is one without a type.
    check_tagged("The envoys <trigger CONSULT>met</trigger> twice.");
    check_tagged("The envoys met twice.");
    check_tagged("The <~trigger 0.6><trigger>hootenanny</trigger></~trigger> went on.");
    check_tagged("The <~trigger 0.2>hootenanny</~trigger> went on.");
    // Inside a name nothing happens, whatever it sees.
    check_tagged("<person>Ann <~trigger>March</~trigger></person> was here.");
}

#[test]
fn a_light_verb_leaves_the_telling_to_its_noun() {
    check("They held <trigger CONSULT>talks</trigger> in the old town.");
    check("He made an <trigger AGREE>offer</trigger>.");
}

#[test]
fn reporting_and_states_tell_of_nothing() {
    check("She said it was late, he told them nothing and both remain here.");
    check("The paper wrote that it knows the reasons.");
    check("It has a long border and belongs to nobody.");
}

#[test]
fn names_and_offices_hold_no_triggers() {
    check("The Ministry of Defense was silent.");
    check("He watched Attack on Titan at home.");
    check("The fire department was near.");
    check("An attack helicopter stood there.");
    check("She was an attacking midfielder.");
    check("He is a retired Norwegian admiral.");
    check("He works for Meeting House in town.");
}

#[test]
fn neighbours_tell_verb_from_noun() {
    check("They <trigger CONSULT>visit</trigger> the capital.");
    check("The <trigger CONSULT>visit</trigger> was short.");
    check("Troops will <trigger ASSAULT>attack</trigger> the town.");
    check("The human rights record is poor.");
    check("She raised security and other issues.");
    check("A close and careful approach is best.");
}

#[test]
fn named_events_of_the_list() {
    check("Her father lived through <event>World War II</event>.");
    check("It is cold on <event>Christmas Eve</event>.");
    check("It is as it was in the <event>Cold War</event>.");
    check("People like <event>Eid al-Fitr</event> at home.");
}

#[test]
fn named_events_by_composition() {
    check("He was at the <event>2022 Winter Olympics</event>.");
    check("He knew the <event>2020 <country US>U.S.</country> presidential election</event>.");
    check("Leaders were at the <event>G20 summit</event> early.");
    check("He was at the <event>Munich Security Conference</event>.");
    check("The <event>38th G8 summit</event> was small.");
    check("Nobody slept in <event>Hurricane Ian</event>.");
    check("The <event>COVID-19 outbreak</event> was its first.");
    check("He was in the <event>Battle of Borodino</event>.");
    check("It is in the <event>Treaty of Lausanne</event>.");
    check("The <event>1995 referendum</event> was close.");
    check("In the <event>February 1974 United Kingdom general election</event> it was cold.");
    check("They were in the <event>2003 invasion of Iraq</event>.");
    check("The <event>war in <country UA>Ukraine</country></event> is long.");
    check("He knew the <event>2005 New Zealand general election</event>.");
    check("His film was at the <event>Cannes Film Festival</event>.");
}

#[test]
fn common_nouns_are_no_named_events() {
    check("A price list is near.");
    check("It is an island of peace.");
    check("The Easter Island statues are old.");
}

#[test]
fn variants_of_a_name_are_one_event() {
    let (_, found) =
        run("Beijing hosted the Winter Olympics. The Olympics were quiet. The Beijing Olympics cost much.");
    let named: Vec<_> = found.events.iter().filter(|e| matches!(e.kind, EventType::Named(_))).collect();
    assert_eq!(named.len(), 1);
    assert_eq!(named[0].mentions.len(), 3);
    let (_, found) = run("After the 2016 Summer Olympics came the 2018 Winter Olympics.");
    assert_eq!(found.events.iter().filter(|e| matches!(e.kind, EventType::Named(_))).count(), 2);
}

#[test]
fn subjects_act_and_objects_receive() {
    assert_eq!(
        frame("<country RU>Russia</country> invaded <country UA>Ukraine</country> on Thursday.", "invaded"),
        "Russia > Ukraine on 2022-02-03"
    );
    assert_eq!(
        frame("<country UA>Ukraine</country> was invaded by <country RU>Russia</country>.", "invaded"),
        "Russia > Ukraine"
    );
    assert_eq!(
        frame("<country RU>Russia</country>'s attack on <country UA>Ukraine</country> went on.", "attack"),
        "Russia > Ukraine"
    );
    assert_eq!(
        frame("<person>Ann Lee</person> criticized <person>Bo Diaz</person> yesterday.", "criticized"),
        "Ann Lee > Bo Diaz on 2022-02-03"
    );
}

#[test]
fn those_who_meet_all_act() {
    assert_eq!(
        frame(
            "The adviser said that <person>Xi</person> and <person>Putin</person> would meet in <country CN>Beijing</country>.",
            "meet"
        ),
        "Putin+Xi >  @Beijing planned"
    );
    assert_eq!(
        frame(
            "On Thursday, <person>Wang</person> held talks with his <country RU>Russian</country> counterpart <person>Sergei Lavrov</person>.",
            "talks"
        ),
        "Sergei Lavrov+Wang >  on 2022-02-03"
    );
    assert_eq!(
        frame("The talks between <country IN>India</country> and <country PK>Pakistan</country> failed.", "talks"),
        "India+Pakistan > "
    );
    assert_eq!(
        frame(
            "<country CN>Chinese</country> President <person>Xi Jinping</person> hosted <person>Vladimir Putin</person>.",
            "hosted"
        ),
        "Vladimir Putin+Xi Jinping > "
    );
}

#[test]
fn who_is_behind_a_preposition_does_not_act() {
    assert_eq!(frame("Tensions with <country IR>Iran</country> prompted a walkout.", "prompted"), " > ");
    assert_eq!(frame("A bomb exploded in <country IQ>Iraq</country>.", "exploded"), " >  @Iraq");
}

#[test]
fn pronouns_go_back_to_the_first_person() {
    assert_eq!(
        frame(
            "<person>Ann Lee</person> wrote to <person>Bo Diaz</person>. She also condemned <country IR>Iran</country>.",
            "condemned"
        ),
        "Ann Lee > Iran"
    );
}

#[test]
fn what_is_denied_is_negative() {
    assert_eq!(
        frame("<country CN>China</country> did not attack <country IN>India</country>.", "attack"),
        "China > India negative"
    );
    assert_eq!(
        frame("<person>Ann Lee</person> never met <person>Bo Diaz</person>.", "met"),
        "Ann Lee+Bo Diaz >  negative"
    );
    assert_eq!(frame("There was no attack.", "attack"), " >  negative");
    assert_eq!(frame("<person>Ann Lee</person> refused to meet them.", "meet"), "Ann Lee >  negative");
    assert_eq!(frame("He denied attacking the guard.", "attacking"), " >  negative");
}

#[test]
fn plans_and_fears_are_no_facts() {
    assert_eq!(frame("They will meet on Monday.", "meet"), " >  on 2022-02-07 planned");
    assert_eq!(frame("The leaders are set to hold a meeting.", "meeting"), " >  planned");
    assert_eq!(frame("Officials warned of an attack.", "attack"), " >  possible");
    assert_eq!(frame("It may invade its neighbour.", "invade"), " >  possible");
    assert_eq!(frame("If they attack, we leave.", "attack"), " >  possible");
    assert_eq!(frame("Feb 1, 2022: They will meet on Monday.", "meet"), " >  on 2022-02-07 planned");
    assert_eq!(frame("He plans to resign.", "resign"), " >  planned");
}

#[test]
fn mentions_of_one_happening_are_one_event() {
    let text = "<person>Xi</person> and <person>Putin</person> met on Friday. The meeting of <person>Xi</person> and \
                <person>Putin</person> was short.";
    assert_eq!(frame(text, "met"), "Putin+Xi >  on 2022-02-04 x2");
    let text = "<person>Wang</person> held talks with <person>Lavrov</person> before meeting <person>Xi</person>.";
    assert_eq!(frame(text, "meeting"), "Wang+Xi > ");
    let text = "<person>Xi</person> met <person>Putin</person>. Now <person>Xi</person> will meet with 20 leaders.";
    assert_eq!(frame(text, "met"), "Putin+Xi > ");
    let text = "<country IL>Israel</country> attacked <country LB>Lebanon</country>. <country SY>Syria</country> attacked \
                <country IQ>Iraq</country>.";
    assert_eq!(frame(text, "attacked"), "Israel > Lebanon");
}

/// The PLOVER type of the first event that a text tells of with `quote`.
#[track_caller]
fn plover(marked: &str, quote: &str) -> &'static str {
    let (text, found) = run(marked);
    let said = |index: &usize| text.get(crate::text::bytes(found.spans[*index].range)) == Some(quote);
    let event =
        found.events.iter().find(|event| event.mentions.iter().any(said)).unwrap_or_else(|| panic!("no {quote}"));
    event.kind.code().unwrap_or("-")
}

#[test]
fn what_stands_around_tells_the_type() {
    let table = [
        ("They fired tear gas at students.", "fired", "ASSAULT"),
        ("The North fired two missiles into the sea.", "fired", "MOBILIZE"),
        ("The coach was fired.", "fired", "SANCTION"),
        ("Workers began a strike over pay.", "strike", "PROTEST"),
        ("An air strike hit the depot.", "air strike", "ASSAULT"),
        ("The companies struck a deal on prices.", "struck", "AGREE"),
        ("Rome eased the curfew on Monday.", "eased", "CONCEDE"),
        ("The army ousted the president.", "ousted", "COERCE"),
        ("The board ousted its chairman.", "ousted", "SANCTION"),
        ("A quake killed nine people.", "killed", "-"),
        ("Gunmen killed nine people.", "killed", "ASSAULT"),
        ("The envoy was recalled. They recalled their ambassador.", "recalled", "SANCTION"),
        ("They sent tents and blankets.", "sent", "AID"),
        ("They sent troops there.", "sent", "MOBILIZE"),
        ("The court convicted him.", "convicted", "SANCTION"),
        ("Farmers blocked the main road.", "blocked", "PROTEST"),
    ];
    for (text, quote, expected) in table {
        assert_eq!(plover(text, quote), expected, "{text}");
    }
}

#[test]
fn a_verb_and_its_noun_are_one_event() {
    assert_eq!(
        frame(
            "<country US>The United States</country> imposed an embargo on <country MM>Myanmar</country>.",
            "imposed"
        ),
        "The United States > Myanmar x2"
    );
    let text = "<person>Ann Lee</person> and <person>Bo Diaz</person> signed an agreement in <place>Rome</place>.";
    assert_eq!(frame(text, "signed"), "Ann Lee+Bo Diaz >  @Rome x2");
}

#[test]
fn subjects_reach_through_clauses() {
    let table = [
        (
            "<person>Ann Lee</person> threatened to attack <country IN>India</country>.",
            "attack",
            "Ann Lee > India possible",
        ),
        (
            "<country CN>China</country> urged <country IR>Iran</country> to release a ship.",
            "release",
            "Iran >  possible",
        ),
        ("<country CN>China</country> accused <country IR>Iran</country> of attacking a ship.", "attacking", "Iran > "),
        (
            "<person>Ann Lee</person> congratulated <person>Bo Diaz</person> and praised the vote.",
            "praised",
            "Ann Lee > ",
        ),
        ("<country UA>Ukraine</country>'s air force said it had attacked a bridge.", "attacked", "Ukraine > "),
        (
            "<person>Ann Lee</person>, who visited <place>Rome</place>, has condemned the vote.",
            "condemned",
            "Ann Lee > ",
        ),
        (
            "<country RU>Russian</country> forces shelled <place>Kherson</place>, wounding a dozen.",
            "wounding",
            "Russian > ",
        ),
        ("<person>Ann Lee</person> was arrested. Prosecutors charged her with fraud.", "charged", " > Ann Lee"),
        ("<person>Ann Lee</person> spoke. Leaders demanded her immediate release.", "release", " > Ann Lee possible"),
        (
            "The foreign ministers of <country CN>China</country>, <country RU>Russia</country> and <country IR>Iran</country> met.",
            "met",
            "China+Iran+Russia > ",
        ),
        ("Two men were shot dead by the <country LK>Sri Lankan</country> navy.", "shot dead", "Sri Lankan > "),
        (
            "Secretary of State <person>Ann Lee</person> condemned <country IR>Iran</country>.",
            "condemned",
            "Ann Lee > Iran",
        ),
    ];
    for (text, quote, expected) in table {
        assert_eq!(frame(text, quote), expected, "{text}");
    }
}

#[test]
fn those_who_are_only_described_are_found() {
    let text = "<person>Ann Lee</person> and <person>Bo Diaz</person> met. The two leaders signed an accord.";
    assert_eq!(frame(text, "signed"), "Ann Lee+Bo Diaz >  x2");
    let text = "<person>Ann Lee</person> was jeered during a visit to a plant.";
    assert_eq!(frame(text, "visit"), "Ann Lee > ");
}

#[test]
fn places_are_where_the_words_put_them() {
    let table = [
        ("Gunmen attacked a village on the outskirts of <place>Gao</place>.", "attacked", " >  @Gao"),
        ("<person>Ann Lee</person> fled to <country LT>Lithuania</country>.", "fled", "Ann Lee >  @Lithuania"),
        ("Workers at a mine in <country ZM>Zambia</country> rioted.", "rioted", " >  @Zambia"),
        ("A judge in <place>Boston</place> on Wednesday sentenced him.", "sentenced", " >  @Boston on 2022-02-02"),
        (
            "Troops stormed <place>Rome</place>'s centre. They evacuated nine from <place>Bari</place>.",
            "evacuated",
            " >  @Bari",
        ),
        ("In <place>Dhaka</place>, students rioted.", "rioted", " >  @Dhaka"),
    ];
    for (text, quote, expected) in table {
        assert_eq!(frame(text, quote), expected, "{text}");
    }
}

#[test]
fn a_day_belongs_to_its_clause() {
    let table = [
        ("Rome refused to send aid, but Bern attacked it on Thursday.", "attacked", " >  on 2022-02-03"),
        ("He threatened to resign next month.", "threatened", " > "),
        ("He threatened to resign next month.", "resign", " >  on 2022-03-01 possible"),
        ("Rebels attacked a base late Tuesday, wounding four.", "wounding", " >  on 2022-02-01"),
        ("Two were abducted and killed on Monday.", "abducted", " >  on 2022-01-31"),
        ("The adviser, said on Friday, had resigned.", "resigned", " > "),
        ("Police arrested him after he attacked a guard on Monday.", "arrested", " > "),
    ];
    for (text, quote, expected) in table {
        assert_eq!(frame(text, quote), expected, "{text}");
    }
}

#[test]
fn what_depends_on_something_else_is_no_fact() {
    assert_eq!(frame("If they leave, we will attack.", "attack"), " >  possible");
    assert_eq!(frame("The board is considering an embargo.", "embargo"), " >  possible");
    assert_eq!(frame("No group has attacked it.", "attacked"), " >  negative");
    assert_eq!(frame("They pledged aid for the camps.", "aid"), " >  planned");
    assert_eq!(frame("The army deployed drones to search for them.", "search"), " > ");
}

#[test]
fn contexts_are_told_by_the_words_around() {
    let (_, found) = run("The court sentenced a minister for taking bribes.");
    assert!(found.events.iter().any(|event| event.contexts == ["legal", "corruption"]), "{:?}", found.events);
    let (_, found) = run("They met. It was late.");
    assert!(found.events.iter().all(|event| event.contexts.is_empty()));
}

#[test]
fn named_events_have_their_days() {
    let (_, found) =
        run("He knew the <country US>U.S.</country> presidential election of 2020. It ended World War II.");
    let days = |name: &str| {
        let event = found.events.iter().find(|event| event.name.contains(name)).unwrap_or_else(|| panic!("no {name}"));
        event.date.as_ref().map(|date| (date.start, date.end))
    };
    assert_eq!(days("World War II"), Some((date(1939, 9, 1), date(1945, 9, 2))));
    let (_, found) = run("He knew the 2020 <country US>U.S.</country> presidential election.");
    assert_eq!(found.events[0].date.as_ref().map(|known| known.start), Some(date(2020, 11, 3)));
}

#[test]
fn a_long_text_takes_its_time_in_proportion() {
    // A guard against quadratic rules, not a benchmark: 40,000 words.
    let text = "Rebels attacked the port on Friday after the Winter Olympics, said Ann Lee. ".repeat(3_000);
    let started = std::time::Instant::now();
    let mut found = Suggestions::default();
    let document = Document::new(&text, Some(date(2022, 2, 4)));
    let context = SourceContext { document: &document, tags: &Tags::default(), project: &ProjectKnowledge::default() };
    Events.suggest(&context, &mut found);
    assert!(found.spans.len() >= 6_000);
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}

#[test]
fn negation_reaches_all_that_it_negates() {
    let negative = |text: &str, word: &str| assert!(frame(text, word).contains("negative"), "{text}");
    negative("<country RU>Russia</country> did not shell or arrest them.", "arrest");
    negative("Nobody was killed in <place>Halden</place>.", "killed");
    negative("Police arrested nobody.", "arrested");
    negative("No one was killed.", "killed");
    negative("Neither <country IN>India</country> nor <country PK>Pakistan</country> attacked.", "attacked");
    negative("There is no evidence that <country RU>Russia</country> attacked the port.", "attacked");
    negative("<country RU>Russia</country> denied that it attacked the port.", "attacked");
    negative("<country RU>Russia</country> rejected claims that it attacked the port.", "attacked");
    assert!(!frame("<country RU>Russia</country> said that it attacked the port.", "attacked").contains("negative"));
}

#[test]
fn figures_of_speech_and_sport_are_no_violence() {
    let untyped = |text: &str, word: &str| {
        let (text, found) = run(text);
        let said = |index: usize| text.get(crate::text::bytes(found.spans[index].range)).unwrap();
        let event = found.events.iter().find(|event| event.mentions.iter().any(|mention| said(*mention) == word));
        assert_ne!(
            event.map(|event| event.kind),
            Some(EventType::Happening(Some(crate::project::Plover::Assault))),
            "{text}"
        );
    };
    untyped("He left after an attack of nerves.", "attack");
    untyped("The striker fired into the corner in the final.", "fired");
    untyped("The channels fight a battle for ratings.", "battle");
    untyped("Prices exploded in May.", "exploded");
    untyped("<country PK>Pakistan</country> beat <country IN>India</country> by six wickets.", "beat");
    untyped("Senators shot down the motion.", "shot down");
}

#[test]
fn bodies_and_people_without_a_name_act() {
    let actors = |text: &str, word: &str| -> Vec<String> {
        let (text, found) = run(text);
        let said = |index: usize| text.get(crate::text::bytes(found.spans[index].range)).unwrap();
        let event = found.events.iter().find(|event| said(event.mentions[0]) == word).unwrap();
        let of_role = event.participants.iter().filter(|one| one.role == Role::Actor);
        of_role.map(|one| one.name.clone()).collect()
    };
    assert_eq!(actors("Police arrested four men.", "arrested"), ["Police"]);
    assert_eq!(actors("Four men were arrested by police.", "arrested"), ["police"]);
    assert_eq!(actors("Thousands of protesters attacked the port.", "attacked"), ["protesters"]);
    assert_eq!(
        actors("In <place>Antwerp</place>, <country BE>Belgian</country> police arrested a diver.", "arrested"),
        ["Belgian police"]
    );
    assert_eq!(actors("The <country RU>Russian</country> army attacked the port.", "attacked"), ["Russian"]);
}
