//! Event records of whole articles, as the reader of the shipped model and the rules make them together, on articles
//! that the project wrote.

use jiff::civil::date;

use crate::project::{EventType, FigureKind, Modality, NewsClass, PartyLabel, Plover, Polarity, Role};
use crate::suggest::{Answer, Document, Engine, Event, Label, Layers, Options, Suggestions};

const STRIKE: &str = "Bus drivers strike in Malmberg over night shifts

Some 1,200 bus drivers in Malmberg went on strike on Monday after talks between their union and the city broke down.

The Transport Workers' Union demanded higher pay for night shifts. The city council rejected the demand on Sunday. Police arrested two drivers who had blocked a depot.

Mayor Ingrid Solvang said she would meet the union on Wednesday. The strike is the first in the town since 2009.";

const FIRE: &str = "Twelve die in factory fire near Tamsui

At least 12 workers were killed and 30 injured on Friday when a fire broke out in a paint factory near Tamsui, officials said.

The blaze was put out after six hours. Nobody was arrested. The owner, Chen Wei-lun, denied that the factory had broken safety rules.

Prosecutors opened an investigation into the fire. Taiwan's president, Lin Mei-hua, promised help for the families of the victims.";

fn read(text: &str) -> Suggestions {
    Engine::new(Options::default()).suggest(&Document::new(text, Some(date(2024, 6, 11))))
}

fn kept(found: &Suggestions) -> Vec<&Event> {
    found.events.iter().filter(|event| event.is_kept()).collect()
}

/// The kept event that has a mention of these words.
#[track_caller]
fn told<'s>(text: &str, found: &'s Suggestions, word: &str) -> &'s Event {
    let says = |event: &&&Event| {
        event.mentions.iter().any(|span| text.get(crate::text::bytes(found.spans[*span].range)) == Some(word))
    };
    let names: Vec<_> = kept(found).iter().map(|event| event.name.clone()).collect();
    kept(found).iter().find(says).copied().unwrap_or_else(|| panic!("{word} is not told of in {names:?}"))
}

fn who(event: &Event, role: Role) -> Vec<&str> {
    event.participants.iter().filter(|one| one.role == role).map(|one| one.name.as_str()).collect()
}

#[test]
fn an_article_has_about_as_many_records_as_a_person_keeps() {
    for text in [STRIKE, FIRE] {
        let found = read(text);
        let names: Vec<_> = kept(&found).iter().map(|event| event.name.clone()).collect();
        assert!((3..=9).contains(&names.len()), "{names:?}");
        assert!(found.events.len() > names.len(), "nothing is in the background");
    }
}

#[test]
fn every_mention_belongs_to_one_event_and_every_name_is_a_line() {
    for text in [STRIKE, FIRE] {
        let found = read(text);
        let mut mentions: Vec<usize> = found.events.iter().flat_map(|event| event.mentions.clone()).collect();
        let count = mentions.len();
        mentions.sort_unstable();
        mentions.dedup();
        assert_eq!(mentions.len(), count);
        let spans =
            found.spans.iter().filter(|span| matches!(span.label.engine(), Some(Label::Event | Label::Trigger)));
        assert_eq!(spans.count(), count);
        for event in &found.events {
            assert!(!event.name.is_empty() && !event.name.contains('\n'), "{event:?}");
            assert!((0.0..=1.0).contains(&event.worth));
            for who in &event.participants {
                assert!(text.get(crate::text::bytes(who.range)).is_some_and(|words| !words.is_empty()), "{who:?}");
            }
        }
    }
}

#[test]
fn what_is_told_again_is_one_record() {
    let found = read(STRIKE);
    let strike = told(STRIKE, &found, "strike");
    assert!(strike.mentions.len() >= 2, "{}", strike.name);
    assert_eq!(strike.kind, EventType::Happening(Some(Plover::Protest)));
    let fire = read(FIRE);
    assert!(told(FIRE, &fire, "fire").mentions.len() >= 2);
}

#[test]
fn those_without_a_name_act_too() {
    let found = read(STRIKE);
    let arrest = told(STRIKE, &found, "arrested");
    assert_eq!(arrest.kind, EventType::Happening(Some(Plover::Coerce)));
    assert_eq!(who(arrest, Role::Actor), ["Police"]);
    assert_eq!(
        arrest.participants.iter().find(|one| one.role == Role::Actor).map(|one| one.label),
        Some(PartyLabel::Org)
    );
    let demand = told(STRIKE, &found, "demanded");
    assert!(who(demand, Role::Actor).iter().any(|name| name.contains("Union")), "{demand:?}");
}

#[test]
fn what_is_to_come_is_planned() {
    let found = read(STRIKE);
    let meeting = told(STRIKE, &found, "meet");
    assert_eq!((meeting.kind, meeting.modality), (EventType::Happening(Some(Plover::Consult)), Modality::Planned));
    assert_eq!(meeting.date.as_ref().map(|date| date.start), Some(date(2024, 6, 12)));
}

#[test]
fn accidents_have_their_class_and_their_figures() {
    let found = read(FIRE);
    let figures: Vec<_> =
        kept(&found).iter().flat_map(|event| &event.figures).map(|figure| (figure.kind, figure.number)).collect();
    assert!(figures.contains(&(FigureKind::Killed, Some(12.0))), "{figures:?}");
    assert!(figures.contains(&(FigureKind::Injured, Some(30.0))), "{figures:?}");
    let text = "Bus overturns near Tamsui\n\nA bus with 40 children overturned on a mountain road near Tamsui on Friday, and nine of them were injured. The driver lost control of it in heavy rain.";
    let found = read(text);
    assert_eq!(told(text, &found, "overturned").kind, EventType::News(NewsClass::Accident));
}

#[test]
fn what_did_not_happen_is_not_said_to() {
    let found = read(FIRE);
    let arrests: Vec<_> = found
        .events
        .iter()
        .filter(|event| {
            event.mentions.iter().any(|span| FIRE.get(crate::text::bytes(found.spans[*span].range)) == Some("arrested"))
        })
        .collect();
    assert!(!arrests.is_empty(), "{:?}", found.events);
    for arrest in arrests {
        assert_eq!(arrest.polarity, Polarity::Negative, "{arrest:?}");
    }
}

const VISIT: &str = "Solvang to host Polish president in Bergen

Prime Minister Ingrid Solvang is set to hold her first talks with President Adam Wolski on Friday as she hosts him in Bergen.

The 2019 Nordic Games were held in Tampere. Two fishermen and another member of the Sailors' Union of the Northern Ports were arrested in Tromsdal for blocking a harbour.";

#[test]
fn one_sentence_tells_of_one_doing_once() {
    let found = read(VISIT);
    let talks = told(VISIT, &found, "talks");
    let (actors, name) = (who(talks, Role::Actor), talks.name.as_str());
    assert!(actors.contains(&"Ingrid Solvang") && actors.contains(&"Adam Wolski"), "{name}: {actors:?}");
    let consults = kept(&found).into_iter().filter(|event| event.kind == EventType::Happening(Some(Plover::Consult)));
    assert_eq!(consults.count(), 1);
}

#[test]
fn what_is_over_is_not_planned_and_takes_no_part_in_itself() {
    let found = read(VISIT);
    let games = told(VISIT, &found, "2019 Nordic Games");
    assert_eq!(games.modality, Modality::Asserted);
    assert_eq!(games.date.as_ref().map(|date| date.start), Some(date(2019, 1, 1)));
    assert!(games.participants.iter().all(|one| !one.name.contains("Games")), "{:?}", games.participants);
}

#[test]
fn a_day_goes_to_what_a_light_verb_does() {
    let text = "Lin Mei-hua and Adam Wolski quarrelled.\n\nOn Monday, Wolski held face-to-face talks with the Taiwanese \
                president in Gdansk before meeting dock workers.";
    let found = read(text);
    let talks = told(text, &found, "talks");
    assert_eq!(talks.date.as_ref().map(|day| day.start), Some(date(2024, 6, 10)), "{talks:?}");
}

#[test]
fn a_long_subject_leaves_room_for_the_verb() {
    let found = read(VISIT);
    let arrest = told(VISIT, &found, "arrested");
    assert!(arrest.name.contains("arrested"), "{}", arrest.name);
}

#[test]
fn what_is_shot_dead_is_one_with_the_shooting_and_lies_where_it_stands_right_behind() {
    let text = "Survivors of a shooting in Norway gathered in Bristol on Saturday to hear an apology.

A gunman shot dead nine worshippers in the Norwegian town of Halden on 15 March 2019. A court in Oslo sentenced him to life in 2020.";
    let found = read(text);
    let shooting = told(text, &found, "shot dead");
    let date = shooting.date.as_ref().map(|date| date.start);
    assert_eq!(date, Some(jiff::civil::date(2019, 3, 15)));
    assert!(shooting.place.as_ref().is_some_and(|place| place.name != "Bristol"), "{:?}", shooting.place);
}

#[test]
fn what_is_put_off_has_its_new_day_and_not_the_datelines_year() {
    let text = "Peace talks in Vernland put off again

June 9, 2024 (MALMBERG) - Peace talks in Vernland have been postponed until Thursday, mediators said.

Mediators from Ethiopia said that one delegation had lost its passports.";
    let found = read(text);
    let talks = told(text, &found, "talks");
    assert_eq!(talks.date.as_ref().map(|date| (date.start, date.end)), Some((date(2024, 6, 13), date(2024, 6, 13))));
}

#[test]
fn nobody_arrested_is_no_denial_of_an_arrest() {
    let found = read(FIRE);
    let names: Vec<&str> = found.events.iter().map(|event| event.name.as_str()).collect();
    assert!(names.contains(&"Nobody arrested"), "{names:?}");
    let text =
        "Police in Malmberg stopped a march of students on Monday and arrested nobody. The mayor thanked the police.";
    let found = read(text);
    let names: Vec<&str> = found.events.iter().map(|event| event.name.as_str()).collect();
    assert!(names.iter().any(|name| name.starts_with("Police") && name.contains("arrest nobody")), "{names:?}");
}

#[test]
fn names_end_where_a_phrase_does() {
    let text = "Ohtani hits a triple

Ohtani hit a two-run triple in the Los Angeles Angels' victory over the Houston Astros on Monday. Prosecutors banned former National Security Adviser Suh Hoon from leaving the country on Monday.";
    let found = read(text);
    for event in &found.events {
        let last = event.name.rsplit(' ').next().unwrap_or_default();
        assert!(!["the", "Los", "in", "National", "former", "of"].contains(&last), "{}", event.name);
    }
}

#[test]
fn a_name_says_who_did_it_and_to_whom() {
    let text = "Floods kill 14 in northern Kenya

Floods triggered by days of rain in northern Kenya killed 14 people on Sunday, officials said.

Twenty people injured in the flood were taken to a hospital in Marsabit.

Aid workers from two agencies tried to reach the villages by boat.";
    let found = read(text);
    let names: Vec<&str> = found.events.iter().map(|event| event.name.as_str()).collect();
    let has = |words: &str| names.iter().any(|name| name.contains(words));
    assert!(has("Floods kill 14"), "{names:?}");
    assert!(!has("Kenya kill") && !has("people injure "), "{names:?}");
    assert!(has("people injured in the flood"), "{names:?}");
    for event in found.events.iter().filter(|event| event.kind == EventType::News(NewsClass::Disaster)) {
        assert!(who(event, Role::Actor).is_empty(), "{event:?}");
    }
}

#[test]
fn a_name_takes_in_nothing_that_is_no_word_of_it() {
    let text = "Baltic ministers meet in Malmberg

Castanheira offered to mediate after the Gdynia floods of October 2021 left more than 4,000 people without homes.

Dockworkers protested in Malmberg on Wednesday. The oldest of the berths was built before the Second World War.";
    let found = read(text);
    let floods = told(text, &found, "floods");
    assert!(!floods.name.contains("War"), "{}", floods.name);
}

#[test]
fn what_begins_a_named_event_tells_of_it() {
    let text = "Leaders come to Malmberg for the Winter Olympics

More than 20 leaders are expected as Malmberg kicks off the Winter Olympics on Friday. The Winter Olympics are the first in the country since 1998.";
    let found = read(text);
    let games = told(text, &found, "kicks off");
    assert!(games.name.contains("Olympics") && matches!(games.kind, EventType::Named(_)), "{}", games.name);
}

#[test]
fn words_that_a_person_says_tell_of_an_event_are_one_whatever_the_engine_thinks_of_them() {
    let text = "BERN - The ministry shelved the plan on Monday. In Basel the team of Lena Kurz mothballed two ferries.";
    let engine = Engine::new(Options::default());
    let at = |words: &str| {
        let start = text.find(words).unwrap();
        let range = crate::text::byte_range(start, start + words.len()).unwrap();
        engine.event_at(text, None, range)
    };
    for words in ["mothballed", "shelved", "the plan", "Basel"] {
        let event = at(words).unwrap_or_else(|| panic!("“{words}” tells of nothing"));
        let ranges = event.participants.iter().map(|participant| participant.range);
        assert!(ranges.map(|range| &text[crate::text::bytes(range)]).all(|words| !words.is_empty()));
    }
    let far = format!("{}\n{text}\n{}", "Nothing happens here.\n".repeat(2000), "Nor here.\n".repeat(2000));
    let start = far.find("mothballed").unwrap();
    let range = crate::text::byte_range(start, start + "mothballed".len()).unwrap();
    let event = engine.event_at(&far, None, range).unwrap();
    let said: Vec<&str> = event.participants.iter().map(|who| &far[crate::text::bytes(who.range)]).collect();
    let near: Vec<String> = at("mothballed")
        .unwrap()
        .participants
        .iter()
        .map(|who| text[crate::text::bytes(who.range)].to_owned())
        .collect();
    assert!(!near.is_empty() && near.iter().all(|name| said.contains(&name.as_str())), "{near:?} in {said:?}");
    assert_eq!(engine.event_at("", None, crate::text::byte_range(0, 0).unwrap()), None);
}

#[test]
fn a_record_lies_where_the_city_of_its_place_does() {
    let text = "Nine killed in Kharkiv

A bomb killed nine people in Kharkiv on Monday, Ukrainian police said. Hundreds protested in Norway on Sunday.";
    let found = read(text);
    let point = |word: &str| {
        let place = told(text, &found, word).place.as_ref().unwrap();
        (place.name.as_str(), place.coordinates.map(|point| (point.latitude, point.longitude)))
    };
    assert_eq!(point("killed"), ("Kharkiv", Some((49.98, 36.25))));
    assert_eq!(point("protested"), ("Norway", None));
    let id = serde_json::value::to_raw_value(&1).unwrap();
    let answer = serde_json::to_value(Answer::new(&id, text, &found, Layers::Main)).unwrap();
    let places: Vec<_> = answer["events"].as_array().unwrap().iter().map(|event| event["place"].clone()).collect();
    let coordinates = serde_json::json!({ "latitude": 49.98, "longitude": 36.25 });
    assert!(
        places.contains(&serde_json::json!({ "name": "Kharkiv", "country": "UA", "coordinates": coordinates })),
        "{places:?}"
    );
    assert!(places.contains(&serde_json::json!({ "name": "Norway", "country": "NO" })), "{places:?}");
}

#[test]
fn whom_somebody_meets_is_named_once_in_the_title_and_a_place_is_nobody() {
    let text = "Angela Merkel met Emmanuel Macron in Berlin on Monday. Lucia Ferreyra will visit Lyon on Friday.";
    let found = read(text);
    assert_eq!(told(text, &found, "met").name, "Angela Merkel meets Emmanuel Macron in Berlin");
    assert_eq!(who(told(text, &found, "visit"), Role::Actor), ["Lucia Ferreyra"]);
}

#[test]
fn one_of_a_people_is_a_person_and_not_the_country() {
    let text = "Gulls win the cup

The Gulls beat the Rovers 3-1 in the cup final in Halden on Sunday. Striker Marco Belli missed a penalty in the first half.

The Italian scored twice after the break. The Norwegian and Italian football associations congratulated the clubs.";
    let found = read(text);
    for event in kept(&found).iter().filter(|event| event.kind == EventType::News(NewsClass::Sport)) {
        let countries = event.participants.iter().filter(|one| one.label == PartyLabel::Country);
        assert_eq!(countries.count(), 0, "{}: {:?}", event.name, event.participants);
    }
}

#[test]
fn aid_that_is_suspended_is_not_given() {
    let text = "Grain for Nepal stays in the silo\n\nIndia has suspended aid to Nepal over a border dispute, the ministry in Delhi said on Monday. Bhutan sent six trucks with blankets to Nepal on Tuesday.";
    let found = read(text);
    let suspended = told(text, &found, "suspended");
    assert_eq!(suspended.kind, EventType::Happening(Some(Plover::Sanction)), "{suspended:?}");
    let given: Vec<_> =
        kept(&found).into_iter().filter(|event| event.kind == EventType::Happening(Some(Plover::Aid))).collect();
    assert!(given.iter().all(|event| who(event, Role::Actor) == ["Bhutan"]), "{given:?}");
    let sent = told(text, &found, "sent");
    assert_eq!((who(sent, Role::Actor), who(sent, Role::Recipient)), (vec!["Bhutan"], vec!["Nepal"]), "{sent:?}");
}

#[test]
fn what_others_did_in_another_year_is_a_record_of_its_own() {
    let text = "Last patrols over the strait\n\nNorway will withdraw its pilots from Lithuania in autumn, the army said on Monday. Portugal withdrew its pilots from Lithuania in 2019.";
    let found = read(text);
    let (planned, past) = (told(text, &found, "withdraw"), told(text, &found, "withdrew"));
    assert_ne!(planned.mentions, past.mentions);
    assert_eq!((who(planned, Role::Actor), who(past, Role::Actor)), (vec!["Norway"], vec!["Portugal"]));
}

#[test]
fn a_dateline_tells_where_what_has_no_place_happened() {
    let text = "Envoy from Chile begins work\n\nQUITO - Chile's new ambassador, Elisa Montt, met the minister of trade on Monday. Outside, farmers burned tyres and shouted at the guards.";
    let found = read(text);
    let burned = told(text, &found, "burned");
    assert_eq!(burned.place.as_ref().map(|place| place.name.as_str()), Some("Quito"), "{burned:?}");
}

#[test]
fn the_most_telling_mention_says_where() {
    let text = "Explosion in the port of Valparaiso injures four\n\nAn explosion on a ferry in the port of Valparaiso injured four sailors on Wednesday and closed the harbour.\n\nThe prime minister, Julio Prat, who was told of the explosion in Santiago, asked for calm.";
    let found = read(text);
    let explosion = told(text, &found, "explosion");
    assert!(explosion.place.as_ref().is_some_and(|place| place.name.contains("Valparaiso")), "{explosion:?}");
}
