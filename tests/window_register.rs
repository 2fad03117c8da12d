//! The register as a person uses it: happenings in rows, the sentences of their articles, there and back, by mouse and by keys.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod harness;

use eframe::egui::Key;
use eframe::egui::accesskit::Role as Part;
use egui_kittest::kittest::{NodeT, Queryable};
use harness::{CTRL, SHIFT, Window, as_run, stamp};
use jiff::civil::date;
use rubricator::project::{
    EventDate, EventId, EventPlace, EventType, Figure, FigureKind, Happenings, KindId, Origin, Participant, Party,
    PartyLabel, PartyWords, Plover, Project, Role, ops,
};
use rubricator::store::{Settings, save_project};
use rubricator::text::{Article, Metadata, Text, byte_range};
use rubricator::ui::command::Command;
use rubricator::ui::file_dialog::Purpose;

const TEXTS: [(&str, &str); 3] = [
    ("Raid in Kano", "Nothing else was known. Gunmen raided a school in Kano, and 12 guards died. Talks failed."),
    ("After the raid", "The raid shocked Kano, where 14 guards died."),
    ("In Abuja", "Envoys met in Abuja. They protested there."),
];

/// Tags words as an event; as an open suggestion where it is none by hand.
fn tag(project: &mut Project, nth: usize, words: &str, accepted: bool) -> EventId {
    let article = project.article_ids()[nth];
    let start = project.text(article).find(words).unwrap();
    let range = byte_range(start, start + words.len()).unwrap();
    let mut edit = ops::tag(project, article, &[range], &KindId::EVENT, &ops::unknown, stamp());
    if !accepted {
        as_run(&mut edit, &Origin { source: "events".into(), ..Origin::hand() });
    }
    project.apply(&edit).unwrap();
    project.mentions_at(article, range)[0].event().unwrap()
}

/// Five events: a raid that two articles tell of, talks that fail, envoys that meet, and a protest that is only suggested.
fn project() -> (Project, [EventId; 5]) {
    let mut project = Project::new();
    let articles = TEXTS.iter().zip(1..).map(|((title, text), day)| {
        let meta = Metadata { title: (*title).to_owned(), date: Some(date(2024, 5, day)), ..Metadata::default() };
        Article { meta, text: Text::new(*text).unwrap() }
    });
    project.apply(&ops::add_articles(&project, articles.collect(), stamp())).unwrap();
    let tags = [(0, "raided", true), (1, "raid", true), (0, "Talks", true), (2, "met", true), (2, "protested", false)];
    let events = tags.map(|(nth, words, accepted)| tag(&mut project, nth, words, accepted));
    for (index, id) in events.into_iter().enumerate().take(4) {
        let mut event = project.event(id).unwrap().clone();
        let dead = |number| vec![Figure { kind: FigureKind::Killed, number: Some(number), range: None }];
        match index {
            0 => {
                let who = PartyWords { name: "gunmen".into(), label: PartyLabel::Group, country: None };
                event.participants = vec![Participant::new(Role::Actor, Party::Words(who), None)];
                event.kind = EventType::Happening(Some(Plover::Assault));
                event.place = Some(EventPlace::new("Kano", None));
                event.date = Some(EventDate::new(date(2024, 5, 1), date(2024, 5, 3), ""));
                event.figures = dead(12.0);
            }
            1 => event.figures = dead(14.0),
            _ => event.kind = EventType::Happening(Some(Plover::Consult)),
        }
        project.apply(&ops::set_event(&project, event, stamp())).unwrap();
    }
    (project, events)
}

/// The window with its register open.
fn open() -> (Window, [EventId; 5]) {
    let mut window = Window::set(tempfile::tempdir().unwrap(), Settings::default());
    let path = window.home.path().join("raid.rubric");
    let (project, events) = project();
    save_project(&path, &project).unwrap();
    window.open(path);
    window.press(Key::F4);
    window.gathered();
    (window, events)
}

impl Window {
    /// Waits for the rows.
    fn gathered(&mut self) {
        self.run();
        self.until("the rows are gathered", |state| !state.register.is_gathering());
    }

    fn listed(&self) -> usize {
        self.state().register.counts().0
    }

    /// The names of the rows, from the top.
    fn names(&self) -> Vec<String> {
        let cells = self.harness.query_all_by_role(Part::Cell).filter_map(|node| node.accesskit_node().label());
        cells.filter_map(|label| label.strip_prefix("Name: ").map(str::to_owned)).collect()
    }

    fn joined(&self) -> Vec<Vec<EventId>> {
        Happenings::new(self.state().model.project()).joined().map(<[EventId]>::to_vec).collect()
    }
}

#[test]
fn rows_chosen_by_keys_become_one_happening_and_are_told_apart_again() {
    let (mut window, [raided, raid, ..]) = open();
    assert_eq!(window.names(), ["raided", "Talks", "raid", "met", "protested"]);
    assert!(window.shows("5 happenings") && window.shows("1 article tells of “raided”"));
    window.press_with(CTRL, Key::Home);
    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    assert_eq!(window.state().register.here(), Some(raid));
    // Two rows that do not stand side by side: by the mouse, too.
    window.harness.get_by_label("Name: raid").click();
    window.run();
    window.harness.event(eframe::egui::Event::ModifiersChanged(CTRL));
    window.harness.get_by_label("Name: raided").click_modifiers(CTRL);
    window.run();
    assert!(window.shows("2 selected"));
    window.press(Key::G);
    window.gathered();
    assert_eq!(window.joined(), [vec![raided, raid]]);
    assert_eq!(window.names(), ["raided", "Talks", "met", "protested"]);
    assert!(window.shows("2 articles tell of “raided”") && window.shows("≠ killed: 12 in 1 article, 14 in 1"));
    assert!(window.shows("The raid shocked Kano, where 14 guards died., After the raid"));
    // One step back, and again.
    window.press_with(CTRL, Key::Z);
    window.gathered();
    assert!(window.joined().is_empty() && window.state().register.shown && window.listed() == 5);
    window.press_with(CTRL, Key::Y);
    window.gathered();
    assert_eq!(window.joined().len(), 1);
    // Out with the second, by keys: it gets a row, and is not proposed again.
    window.press(Key::Tab);
    window.press(Key::ArrowDown);
    window.press(Key::O);
    window.gathered();
    assert!(window.joined().is_empty());
    assert!(Happenings::new(window.state().model.project()).are_apart(raided, raid));
}

#[test]
fn what_is_not_the_same_is_remembered_and_rows_of_one_article_are_merged() {
    let (mut window, [raided, _, talks, met, _]) = open();
    window.press_with(CTRL, Key::Home);
    window.press_with(SHIFT, Key::ArrowDown);
    window.press(Key::N);
    window.gathered();
    assert!(Happenings::new(window.state().model.project()).are_apart(raided, talks));
    window.click("Same happening  G");
    window.gathered();
    assert_eq!((window.listed(), window.state().model.project().event(talks)), (4, None), "one article: merged");
    assert!(window.state().model.project().event(met).is_some());
}

#[test]
fn a_click_on_a_sentence_leads_to_its_place_and_a_key_leads_back() {
    let (mut window, _) = open();
    window.harness.get_by_label("Name: raid").click();
    window.run();
    window.harness.get_by_label_contains("The raid shocked Kano").click();
    window.run();
    assert!(!window.state().register.shown);
    assert_eq!((window.selected(), window.state().model.text()), (Some("raid"), TEXTS[1].1));
    assert!(window.shows("← Register  F4"));
    window.press(Key::F4);
    window.gathered();
    assert!(window.state().register.shown && window.shows("1 article tells of “raid”"), "as it was left");
    // By keys, and back by the mouse.
    window.press(Key::Tab);
    window.press(Key::Enter);
    assert_eq!((window.state().register.shown, window.selected()), (false, Some("raid")));
    window.click("← Register  F4");
    assert!(window.state().register.shown);
    window.press(Key::Escape);
    assert!(window.state().register.shown, "first from the sentences to the table");
    window.press(Key::Escape);
    assert!(!window.state().register.shown);
    // Keys of the article work there again.
    window.press(Key::X);
    assert!(!window.state().model.project().mentions(window.state().model.article.unwrap())[0].is_live());
}

#[test]
fn cells_are_edited_in_the_table() {
    let (mut window, [raided, ..]) = open();
    let event = |window: &Window| window.state().model.project().event(raided).unwrap().clone();
    window.press_with(CTRL, Key::Home);
    window.press(Key::End);
    window.press(Key::Home);
    // The name.
    window.press(Key::ArrowRight);
    window.press(Key::Enter);
    assert_eq!(window.value("Name"), "raided");
    window.write("Raid on the school");
    window.press(Key::Tab);
    assert_eq!(event(&window).name, "Raid on the school");
    // The date, typed wrong first; Escape leaves the cell.
    window.press(Key::F2);
    assert_eq!(window.value("Date"), "1 May 2024 – 3 May 2024");
    window.write("someday");
    window.press(Key::Enter);
    assert_eq!(window.value("Date"), "someday", "it stays, to be put right");
    window.press(Key::Escape);
    window.press(Key::F2);
    window.write("2 May 2024");
    window.press(Key::Enter);
    assert_eq!(event(&window).date.map(|date| (date.start, date.end)), Some((date(2024, 5, 2), date(2024, 5, 2))));
    // The place, with its country.
    window.press(Key::ArrowRight);
    window.press(Key::Enter);
    window.write("Nigeria");
    window.press(Key::Enter);
    assert_eq!(event(&window).place.and_then(|place| place.country).map(|code| code.to_string()), Some("NG".into()));
    // The kind, from the menu of all.
    window.press(Key::Home);
    window.press(Key::Enter);
    window.write("protest");
    window.press(Key::Enter);
    assert_eq!(event(&window).kind, EventType::Happening(Some(Plover::Protest)));
    window.gathered();
    assert!(window.shows("Kind: protests, strikes") && window.shows("Date: 2 May 2024"));
    // What is untouched changes nothing.
    let revision = window.state().model.session.revision();
    window.press(Key::ArrowRight);
    window.press(Key::Enter);
    window.press(Key::Enter);
    assert_eq!(window.state().model.session.revision(), revision);
}

#[test]
fn rows_are_filtered_and_sorted() {
    let (mut window, _) = open();
    window.fill("Filter happenings", "abuja met");
    window.gathered();
    assert_eq!(window.names(), ["met"]);
    assert!(window.shows("1 of 5 happenings"));
    window.fill("Filter happenings", "zebra");
    window.gathered();
    assert!(window.shows("No happening fits what is looked for"));
    window.click("Show all happenings");
    window.gathered();
    window.click("Sort by name");
    window.gathered();
    assert_eq!(window.names(), ["met", "protested", "raid", "raided", "Talks"]);
    window.click("Sort by name");
    window.gathered();
    assert_eq!(window.names().first().map(String::as_str), Some("Talks"));
    window.click("Sort by figures");
    window.gathered();
    assert_eq!(window.names()[..2], ["raided", "raid"], "what has none stands last");
    window.harness.get_by_label("Which happenings").click();
    window.run();
    window.click("Suggestions");
    window.gathered();
    assert_eq!(window.names(), ["protested"]);
    // Accepted it is no suggestion any more; the row goes once the list is made anew.
    window.press(Key::Escape);
    window.command(Command::Register);
    window.gathered();
    window.press(Key::A);
    window.gathered();
    assert_eq!(window.listed(), 0);
}

#[test]
fn a_rejected_row_goes_and_commands_about_the_article_lead_there() {
    let (mut window, [raided, ..]) = open();
    window.press_with(CTRL, Key::Home);
    window.press(Key::X);
    window.gathered();
    assert_eq!(window.listed(), 4);
    let project = window.state().model.project();
    assert!(project.mentions_of(rubricator::project::Target::Event(raided)).all(|mention| !mention.is_live()));
    window.press_with(CTRL, Key::PageDown);
    assert!(!window.state().register.shown);
    window.command(Command::Register);
    window.gathered();
    window.press_with(CTRL, Key::F);
    assert!(!window.state().register.shown && window.state().find.is_some());
}

/// Two articles that tell of one kidnapping in like words, and a man who is called "Joe Biden" in one and "J. Biden" in the other.
fn kidnapping() -> Window {
    let texts = [
        "Gunmen kidnapped 276 schoolgirls from a boarding school in Chibok on Monday night. Joe Biden spoke.",
        "The gunmen who kidnapped 276 schoolgirls at the Chibok boarding school are still at large. J. Biden was silent.",
        "Ministers opened a bridge over the river in Lagos.",
    ];
    let mut project = Project::new();
    let articles = texts.iter().zip(15..).map(|(text, day)| {
        let meta = Metadata { title: format!("No. {day}"), date: Some(date(2014, 4, day)), ..Metadata::default() };
        Article { meta, text: Text::new(*text).unwrap() }
    });
    project.apply(&ops::add_articles(&project, articles.collect(), stamp())).unwrap();
    let monday = Some(EventDate::new(date(2014, 4, 14), date(2014, 4, 14), ""));
    for (nth, words) in [(0, "kidnapped"), (1, "kidnapped"), (2, "opened")] {
        let id = tag(&mut project, nth, words, true);
        let mut event = project.event(id).unwrap().clone();
        if nth < 2 {
            event.kind = EventType::Happening(Some(Plover::Coerce));
            (event.date, event.place) = (monday.clone(), Some(EventPlace::new("Chibok", None)));
        }
        project.apply(&ops::set_event(&project, event, stamp())).unwrap();
    }
    for (nth, words) in [(0, "Joe Biden"), (1, "J. Biden")] {
        let article = project.article_ids()[nth];
        let start = project.text(article).find(words).unwrap();
        let range = byte_range(start, start + words.len()).unwrap();
        let edit = ops::tag(&project, article, &[range], &KindId::PERSON, &ops::unknown, stamp());
        project.apply(&edit).unwrap();
    }
    let mut window = Window::set(tempfile::tempdir().unwrap(), Settings::default());
    let path = window.home.path().join("chibok.rubric");
    save_project(&path, &project).unwrap();
    window.open(path);
    window.press(Key::F4);
    window.gathered();
    window.until("it is known what may be one", |state| !state.register.cards.is_looking());
    window
}

#[test]
fn what_may_be_one_is_answered_on_cards_by_keys_and_by_the_mouse() {
    let mut window = kidnapping();
    assert!(window.shows("Possibly the same: kidnapped, kidnapped") && window.shows("told with"));
    // From the table on to the sentences and on to the cards, which show those of both.
    window.press(Key::Tab);
    window.press(Key::Tab);
    assert!(window.shows("2 that may be one") && window.shows("are still at large., No. 16"));
    window.press(Key::G);
    window.gathered();
    assert_eq!(window.joined().len(), 1);
    window.until("it is looked for anew", |state| !state.register.cards.is_looking());
    assert!(window.shows("No events in different articles look like the same happening"));
    window.click("People, places");
    assert!(window.shows("Possibly the same: Joe Biden, J. Biden"));
    window.click("Different  N");
    let apart = window.state().model.project().judgements().filter(|judgement| !judgement.same).count();
    assert_eq!(apart, 1);
    window.until("it is looked for anew", |state| !state.register.cards.is_looking());
    assert!(window.shows("No two names look like the same one"), "what was told apart is not proposed again");
    // Taken back it may be again, but not for this window.
    window.press_with(CTRL, Key::Z);
    window.press_with(CTRL, Key::Z);
    window.gathered();
    assert!(window.joined().is_empty() && window.state().model.project().judgements().next().is_none());
}

#[test]
fn names_on_a_card_are_merged_and_a_card_can_be_skipped() {
    let mut window = kidnapping();
    window.press_with(SHIFT, Key::Tab);
    window.press(Key::Space);
    assert!(window.joined().is_empty() && window.shows("No events in different articles look like the same happening"));
    window.click("People, places");
    window.click("Same  G");
    window.gathered();
    let people = window.state().model.project().entities().filter(|entity| entity.kind == KindId::PERSON).count();
    assert_eq!(people, 1, "merged in one step");
    window.click("Close the list");
    assert!(!window.shows("No two names"));
    window.click("Possibly the same");
    assert!(window.shows("No two names"));
}

#[test]
fn a_crosswalk_comes_in_from_the_file_menu() {
    let (mut window, [raided, raid, talks, ..]) = open();
    let path = window.home.path().join("crosswalk.csv");
    let rows = "happening,event,article,title,trigger\nx,v0,,,raided\nx,v1,,,raid\ny,v9,,,fled\nz,v2,,,Talks\n";
    std::fs::write(&path, rows).unwrap();
    let number = window.state().model.number;
    window.harness.state_mut().picked(Purpose::Crosswalk, number, vec![path]);
    window.until("it is taken in", |state| state.dialog.is_some());
    assert!(window.shows("crosswalk.csv, line 4: event v9 “fled”"), "what fits nothing is told");
    assert_eq!(window.joined(), [vec![raided, raid]]);
    assert!(window.state().model.project().event(talks).is_some());
    window.press(Key::Escape);
    window.gathered();
    window.press_with(CTRL, Key::Z);
    assert!(window.joined().is_empty(), "one step");
}
