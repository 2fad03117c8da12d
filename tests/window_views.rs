//! The views of the whole collection as a person uses them: from a picture to the sentence and back, by mouse and by keys, one
//! selection for all, and files of what is seen.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod harness;

use eframe::egui::Key;
use eframe::egui::accesskit::Role as Part;
use egui_kittest::kittest::{NodeT, Queryable};
use harness::{CTRL, Window, as_run, stamp};
use jiff::civil::date;
use rubricator::project::{
    EventDate, EventId, EventPlace, EventType, KindId, Origin, Participant, Plover, Project, Role, Target, ops,
};
use rubricator::store::{Settings, save_project};
use rubricator::text::{Article, Metadata, Text, byte_range};
use rubricator::ui::command::Command;
use rubricator::views::View;

const TEXTS: [(&str, &str, &str); 3] = [
    ("Raid in Kano", "Daily Post", "Gunmen raided a school in Kano, where Amina Bello of Nigeria lives. Talks failed."),
    ("After the raid", "Daily Post", "Amina Bello mourned. Nigeria sent envoys to Ghana, who met there."),
    ("In Abuja", "Herald", "Envoys of Ghana protested in Abuja."),
];

fn range_of(project: &Project, nth: usize, words: &str) -> text_size::TextRange {
    let start = project.text(project.article_ids()[nth]).find(words).unwrap();
    byte_range(start, start + words.len()).unwrap()
}

fn tag(project: &mut Project, nth: usize, words: &str, kind: &KindId, accepted: bool) -> Target {
    let article = project.article_ids()[nth];
    let range = range_of(project, nth, words);
    let mut edit = ops::tag(project, article, &[range], kind, &ops::unknown, stamp());
    if !accepted {
        as_run(&mut edit, &Origin { source: "events".into(), ..Origin::hand() });
    }
    project.apply(&edit).unwrap();
    project.mentions_at(article, range)[0].target.unwrap()
}

/// Three articles of May and June 2024 with two people or countries each, and four events: one without a date, one suggested.
fn project() -> Project {
    let mut project = Project::new();
    let days = [date(2024, 5, 1), date(2024, 6, 20), date(2024, 9, 2)];
    let articles = TEXTS.iter().zip(days).map(|((title, source, text), day)| {
        let (title, source) = ((*title).to_owned(), (*source).to_owned());
        let meta = Metadata { title, source, date: Some(day), ..Metadata::default() };
        Article { meta, text: Text::new(*text).unwrap() }
    });
    project.apply(&ops::add_articles(&project, articles.collect(), stamp())).unwrap();
    let mut entities = Vec::new();
    for (nth, words, kind) in [
        (0, "Amina Bello", KindId::PERSON),
        (0, "Nigeria", KindId::COUNTRY),
        (1, "Amina Bello", KindId::PERSON),
        (1, "Nigeria", KindId::COUNTRY),
        (1, "Ghana", KindId::COUNTRY),
        (2, "Ghana", KindId::COUNTRY),
    ] {
        let Target::Entity(entity) = tag(&mut project, nth, words, &kind, true) else { panic!("{words} is an entity") };
        if kind == KindId::COUNTRY {
            let mut country = project.entity(entity).unwrap().clone();
            country.country = (if words == "Ghana" { "GH" } else { "NG" }).parse().ok();
            project.apply(&ops::set_entity(&project, country, stamp())).unwrap();
        }
        entities.push(entity);
    }
    let events = [(0, "raided", true), (0, "Talks", true), (1, "met", true), (2, "protested", false)];
    let ids: Vec<EventId> = events
        .into_iter()
        .map(|(nth, words, accepted)| match tag(&mut project, nth, words, &KindId::EVENT, accepted) {
            Target::Event(event) => event,
            Target::Entity(_) => panic!("{words} is an event"),
        })
        .collect();
    for (id, kind, days, place) in [
        (ids[0], Plover::Assault, Some((date(2024, 5, 1), date(2024, 5, 3))), Some("Kano")),
        (ids[1], Plover::Consult, None, None),
        (ids[2], Plover::Consult, Some((date(2024, 6, 1), date(2024, 6, 30))), None),
    ] {
        let mut event = project.event(id).unwrap().clone();
        event.kind = EventType::Happening(Some(kind));
        event.date = days.map(|(start, end)| EventDate::new(start, end, ""));
        event.place = place.map(|place| EventPlace::new(place, "NG".parse().ok()));
        if id == ids[2] {
            event.participants = vec![Participant::new(Role::Actor, entities[3], None)];
        }
        project.apply(&ops::set_event(&project, event, stamp())).unwrap();
    }
    project
}

fn open() -> Window {
    let mut window = Window::set(tempfile::tempdir().unwrap(), Settings::default());
    let path = window.home.path().join("kano.rubric");
    save_project(&path, &project()).unwrap();
    window.open(path);
    window
}

impl Window {
    /// Shows a view and waits for it.
    fn view(&mut self, command: Command) {
        self.command(command);
        self.looked();
    }

    fn looked(&mut self) {
        self.run();
        self.until("the view is gathered", |state| !state.overview.is_gathering());
    }

    /// What the marks of the picture say.
    fn marks(&self) -> Vec<String> {
        let items = self.harness.query_all_by_role(Part::ListItem).filter_map(|node| node.accesskit_node().label());
        items.map(|label| label.to_string()).collect()
    }
}

#[test]
fn from_a_bar_of_the_timeline_to_the_sentence_and_back() {
    let mut window = open();
    window.press_with(CTRL, Key::Num4);
    window.looked();
    assert_eq!(window.state().overview.shown, Some(View::Timeline));
    assert!(window.shows("1–3 May 2024: raided, attacks, kills"), "{:?}", window.marks());
    assert!(window.shows("1–30 Jun 2024: met, meets, talks") && window.shows("2 events without a date"));
    // By the mouse: the sentences of the bar, then the place of one.
    window.click("1–3 May 2024: raided, attacks, kills");
    assert!(window.shows("1 sentence"));
    window.harness.get_by_label_contains("Gunmen raided a school in Kano, where").click();
    window.run();
    assert_eq!((window.state().overview.shown, window.selected()), (None, Some("raided")));
    assert!(window.shows("← Timeline  F5"));
    window.press(Key::F5);
    window.looked();
    assert_eq!(window.state().overview.shown, Some(View::Timeline));
    assert!(window.shows("1 sentence"), "as it was left");
    // By keys: closed, the first mark, its sentence, its place, and back.
    window.press(Key::Escape);
    window.press(Key::Home);
    window.press(Key::Enter);
    window.press(Key::Tab);
    window.press(Key::Enter);
    assert_eq!((window.state().overview.shown, window.selected()), (None, Some("met")));
    window.click("← Timeline  F5");
    window.looked();
    assert_eq!(window.state().overview.shown, Some(View::Timeline));
    // What has no date is read beside it.
    window.click("Talks, meets, talks");
    assert!(window.shows("Talks failed., Raid in Kano"));
    for _ in 0..3 {
        window.press(Key::Escape);
    }
    assert_eq!(window.state().overview.shown, None);
}

#[test]
fn the_timeline_is_zoomed_and_has_lanes_of_several_sorts() {
    let mut window = open();
    window.view(Command::Timeline);
    let wide = |window: &Window| {
        let bar = window.harness.get_by_label("1–3 May 2024: raided, attacks, kills");
        bar.rect().width()
    };
    let before = wide(&window);
    window.press(Key::Home);
    window.press(Key::Plus);
    assert!(!window.shows("1–3 May 2024: raided") || wide(&window) > before);
    window.press(Key::Num0);
    assert!((wide(&window) - before).abs() < 1.0, "all of it again");
    window.harness.get_by_label("Lanes").click();
    window.run();
    window.click("Lanes by country");
    window.looked();
    window.press(Key::T);
    assert!(window.shows("Lane: Nigeria") && window.shows("Name: Talks"));
}

#[test]
fn numbers_are_counted_and_heard_and_one_selection_holds_for_all_views() {
    let mut window = open();
    window.view(Command::Numbers);
    assert!(window.shows("Nigeria: 2 accepted") && window.shows("Daily Post: 8 accepted"), "{:?}", window.marks());
    assert!(window.shows("Material conflict: 1 accepted"));
    // The suggestion is told apart, and left out where only what is accepted counts.
    assert!(window.shows("Without a type: 1 suggested"));
    window.click("Accepted only");
    window.looked();
    assert!(!window.shows("Without a type: 1 suggested"));
    window.fill("Select by names", "bello");
    window.looked();
    assert!(window.shows("Amina Bello: 2 accepted") && !window.shows("Nigeria: 2 accepted"));
    // On the timeline the same is selected: nothing in which she takes part.
    window.view(Command::Timeline);
    assert!(window.shows("Nothing fits what is selected"));
    window.harness.query_all_by_label("Select everything").next().unwrap().click();
    window.looked();
    assert!(window.shows("1–3 May 2024: raided"));
    // A part alone, by its key.
    window.view(Command::Numbers);
    window.click("Nigeria: 2 accepted");
    window.press(Key::O);
    window.looked();
    assert!(window.shows("Not only Nigeria") && !window.shows("Ghana: 2 accepted"));
    window.click("Not only Nigeria");
    window.looked();
    assert!(window.shows("Ghana: 2 accepted"));
    // The data in rows, by keys: from a row to a sentence.
    window.press(Key::T);
    assert!(window.shows("Part: Most named") && window.shows("What: Amina Bello"));
    window.press(Key::End);
    window.press(Key::Enter);
    assert!(window.shows("4 sentences"), "{:?}", window.marks());
}

#[test]
fn days_that_are_typed_leave_out_what_lies_beyond() {
    let mut window = open();
    window.view(Command::Timeline);
    window.fill("From", "15 May 2024");
    window.looked();
    assert!(!window.shows("1–3 May 2024: raided") && window.shows("1–30 Jun 2024: met"));
    window.fill("Until", "no day");
    window.looked();
    assert!(window.shows("1–30 Jun 2024: met"), "what is no day selects nothing");
    window.fill("From", "");
    window.press(Key::Delete);
    window.looked();
    assert!(window.shows("1–3 May 2024: raided"));
}

#[test]
fn the_map_shades_countries_and_lists_what_it_cannot_place() {
    let mut window = open();
    window.press_with(CTRL, Key::Num5);
    window.looked();
    assert!(
        window.shows("Nigeria: events, 1 accepted") && window.shows("Kano, Nigeria: 1 accepted"),
        "{:?}",
        window.marks()
    );
    assert!(window.shows("3 events not on the map"), "never in the middle of a country");
    // From a place to its sentence, by keys.
    window.press(Key::End);
    window.press(Key::Enter);
    window.press(Key::Tab);
    window.press(Key::Enter);
    assert_eq!((window.state().overview.shown, window.selected()), (None, Some("raided")));
    window.press(Key::F5);
    window.looked();
    window.click("No place told: 3 not on the map");
    assert!(window.shows("3 sentences"));
    window.harness.get_by_label("Shaded by").click();
    window.run();
    window.click("Mentions of a country");
    window.looked();
    assert!(window.shows("Ghana: mentions, 2 accepted"));
    // A country alone, for all views.
    window.press(Key::T);
    window.press(Key::Home);
    window.press(Key::Enter);
    window.press(Key::O);
    window.looked();
    assert!(window.shows("Not only Ghana"));
    window.press(Key::T);
    window.view(Command::Numbers);
    assert!(window.shows("Ghana: 2 accepted") && !window.shows("Nigeria: 2 accepted"));
}

#[test]
fn the_network_leads_from_a_tie_to_its_sentence_and_goes_around_a_name() {
    let mut window = open();
    window.press_with(CTRL, Key::Num6);
    window.looked();
    let tie = "Nigeria and Ghana: 1 sentence";
    assert!(window.shows(tie), "{:?}", window.marks());
    assert!(!window.shows("Amina Bello and Ghana"), "no sentence names both");
    window.press(Key::T);
    window.harness.get_by_label("With: Ghana").click();
    window.run();
    window.harness.get_by_label_contains("Nigeria sent envoys to Ghana, who met there., After").click();
    window.run();
    assert_eq!((window.state().overview.shown, window.selected()), (None, Some("Nigeria")));
    window.press(Key::F5);
    window.looked();
    window.press(Key::T);
    window.click("Ghana: 2 accepted");
    window.press(Key::A);
    window.looked();
    assert!(window.shows("Around Ghana") && window.shows("Ghana and Nigeria: 1 sentence"));
    assert!(!window.shows("Amina Bello: 2 accepted"));
    window.click("All names");
    window.looked();
    assert!(window.shows("Amina Bello: 2 accepted"));
}
