//! Events in the window as a person meets them: how many are shown, merged, corrected in their card, made by hand.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::string_slice, reason = "a test fails by panicking")]

mod harness;

use eframe::egui::{Event, Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable;
use harness::{CTRL, SHIFT, Window, fixture};
use rubricator::project::{EventId, KindId, Level, Mention, PartyLabel, Role, Stamp, Status, Target, ops};
use rubricator::store::{EventOrder, Settings};
use rubricator::ui::command::{Command, Mode};

const ALT: Modifiers = Modifiers::ALT;

impl Window {
    /// The project of the other tests with records: "talks" is what the article is about, "argued" is in the background,
    /// the signing is told twice, and it is unsure who protested.
    fn with_records(settings: Settings) -> Self {
        let mut window = Self::set(tempfile::tempdir().unwrap(), settings);
        let mut text = std::fs::read_to_string(fixture()).unwrap();
        for (from, to) in [
            ("quote:\"talks\",kind:\"event\",", "quote:\"talks\",kind:\"event\",level:Main,"),
            ("quote:\"argued\",kind:\"event\",", "quote:\"argued\",kind:\"event\",level:Everything,"),
            ("name:\"talks\",kind", "name:\"talks\",worth:Some(0.9),kind"),
            ("name:\"argued\",kind", "name:\"argued\",worth:Some(0.1),kind"),
            ("target:Some(Event(3)),status", "target:Some(Event(0)),retold:true,status"),
            (
                "mode:Some(\"demo\"),",
                "mode:Some(\"demo\"),participants:[(role:Actor,words:(name:\"Fishermen\",label:Group),range:Some((365,374)),\
                 unsure:true)],",
            ),
        ] {
            assert!(text.contains(from), "{from}");
            text = text.replacen(from, to, 1);
        }
        // Rows that are out of view are not drawn.
        window.harness.set_size(vec2(1280.0, 1600.0));
        let path = window.home.path().join("records.rubric");
        std::fs::write(&path, text).unwrap();
        window.open(path);
        window
    }

    fn records() -> Self {
        Self::with_records(Settings::default())
    }

    /// Clicks the row, button or field whose name begins like this.
    fn click_first(&mut self, start: &str) {
        self.scroll_to(start);
        self.harness.get_all_by_label_contains(start).next().unwrap().click();
        self.run();
    }

    /// Clicks with keys held down.
    fn click_with(&mut self, modifiers: Modifiers, start: &str) {
        self.scroll_to(start);
        self.harness.get_all_by_label_contains(start).next().unwrap().click_modifiers(modifiers);
        self.run();
    }

    fn scroll_to(&mut self, start: &str) {
        self.harness.get_all_by_label_contains(start).next().unwrap().scroll_to_me();
        self.run();
    }

    fn event(&self, id: u32) -> rubricator::project::Event {
        self.state().model.project().event(EventId(id)).unwrap().clone()
    }

    fn of_event(&self, id: u32) -> Vec<&Mention> {
        let target = Some(Target::Event(EventId(id)));
        self.state().model.mentions().iter().filter(|mention| mention.target == target).collect()
    }

    fn left(&self) -> usize {
        self.state().model.open_count()
    }
}

#[test]
fn a_level_shows_counts_and_walks_through_what_it_holds() {
    let mut window = Window::records();
    let (all, kept) = (10 + 10, 10 + 8);
    assert_eq!(window.left(), kept, "an event that is told twice counts once, the background not at all");
    assert!(!window.shows("argued, event"));
    let argued = window.of_event(6)[0].id;
    assert!(window.state().view.rect_of(argued).is_none(), "nor is it underlined");
    window.click("Show events: Everything");
    assert_eq!(window.state().model.project().level(), Level::Everything);
    assert_eq!(window.left(), kept + 1);
    assert!(window.left() < all && window.state().view.rect_of(argued).is_some());
    window.press_with(ALT, Key::Num1);
    assert_eq!(window.left(), 10 + 1);
    assert!(window.shows("talks, event") && !window.shows("protested, event"));
    let mut walked = Vec::new();
    for _ in 0..11 {
        window.press(Key::Tab);
        walked.push(window.selected().unwrap().to_owned());
    }
    assert_eq!(walked.iter().filter(|words| *words == "talks").count(), 1);
    assert!(!walked.iter().any(|words| words == "protested"));
    window.press(Key::Escape);
    window.press_with(CTRL | SHIFT, Key::A);
    let open = window.state().model.mentions().iter().filter(|mention| mention.is_open());
    assert_eq!(open.filter(|mention| !mention.retold).count(), 8, "what is not shown is not accepted either");
    window.press_with(CTRL, Key::Z);
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.state().model.project().level(), Level::Everything, "a step that can be undone");
}

#[test]
fn the_background_opens_and_what_is_kept_there_comes_up() {
    let mut window = Window::records();
    window.click("1 in the background");
    assert!(window.shows("argued, event"));
    let before = window.left();
    window.click_first("argued, event");
    assert_eq!(window.selected(), Some("argued"));
    assert_eq!(window.left(), before, "to look at it costs no review");
    window.press(Key::A);
    assert_eq!(window.of_event(6)[0].status, Status::Accepted);
    let section = |window: &Window| {
        let section = window.state().rows.section(&KindId::EVENT).unwrap();
        (section.rows.iter().any(|row| row.name == "argued"), section.background.len())
    };
    assert_eq!(section(&window), (true, 0));
}

#[test]
fn events_are_listed_by_worth_by_place_or_by_date() {
    let mut window = Window::records();
    let order = |window: &Window| {
        let names = ["talks, event", "protested, event", "met, event"];
        let mut tops: Vec<(f32, &str)> = names
            .into_iter()
            .map(|name| (window.harness.get_all_by_label_contains(name).next().unwrap().rect().top(), name))
            .collect();
        tops.sort_by(|a, b| a.0.total_cmp(&b.0));
        tops.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    // What has no worth was made or found before there was any.
    assert_eq!(order(&window), ["met, event", "protested, event", "talks, event"]);
    window.click("Order of events");
    window.click("By place");
    assert_eq!(window.state().model.settings.event_order, EventOrder::Text);
    assert_eq!(order(&window), ["met, event", "talks, event", "protested, event"]);
}

#[test]
fn a_row_says_what_when_where_and_who_to_whom() {
    let mut window = Window::records();
    window.click_first("talks, event");
    window.press(Key::D);
    window.write("12 March 2024");
    window.press(Key::Enter);
    let line = |window: &Window| rubricator::ui::event_line(window.state().model.project(), &window.event(5));
    assert_eq!(line(&window), "meets, talks · 12 Mar 2024");
    window.press(Key::L);
    window.write("Bergen");
    window.press(Key::Enter);
    window.press(Key::O);
    window.write("norw");
    window.press(Key::Enter);
    window.press(Key::R);
    window.write("Chile");
    window.press(Key::Enter);
    assert_eq!(line(&window), "meets, talks · 12 Mar 2024 · Bergen · Norway → Chile");
    window.press(Key::T);
    window.write("promis");
    window.press(Key::Enter);
    assert_eq!(line(&window), "promises, offers · 12 Mar 2024 · Bergen · Norway → Chile");
}

#[test]
fn several_events_are_merged_at_once_and_differences_told() {
    let mut window = Window::records();
    window.click_with(CTRL, "protested, event");
    window.click_with(CTRL, "met, event");
    window.click_with(CTRL, "arrested, event");
    assert!(window.shows("3 rows selected"));
    window.press(Key::G);
    assert!(window.shows("Merged 3 events. They differ in type"));
    assert_eq!(window.of_event(2).len(), 3);
    assert!(window.of_event(7).is_empty() && window.of_event(8).is_empty());
    assert_eq!(window.of_event(2).iter().filter(|mention| !mention.retold).count(), 1, "one stands for all");
    window.click("Undo");
    assert_eq!([window.of_event(7).len(), window.of_event(8).len()], [1, 1], "one step");
    // With shift all that are listed between, by keys alone.
    window.click_first("protested, event");
    window.click_with(SHIFT, "arrested, event");
    assert_eq!(window.state().model.chosen(), [7, 8].map(|id| Target::Event(EventId(id))));
    window.press(Key::Escape);
    assert_eq!(window.state().model.chosen(), [Target::Event(EventId(7))], "the others are let go first");
    window.press(Key::Escape);
    for row in ["arrested, event", "protested, event"] {
        window.harness.get_all_by_label_contains(row).next().unwrap().focus();
        window.run();
        window.press_with(CTRL, Key::Space);
    }
    assert_eq!(window.state().model.chosen(), [7, 8].map(|id| Target::Event(EventId(id))));
}

#[test]
fn all_ways_to_edit_an_event_lead_to_its_card() {
    let rename = |how: &str, open: &dyn Fn(&mut Window)| {
        let mut window = Window::records();
        window.click_first("talks, event");
        open(&mut window);
        assert!(window.state().dialog.is_none());
        assert_eq!(window.state().mode(&window.harness.ctx), Mode::Field, "{how}");
        window.write("Fisheries talks");
        window.press(Key::Enter);
        assert_eq!(window.event(5).name, "Fisheries talks");
    };
    rename("E", &|window| window.press(Key::E));
    rename("F2", &|window| window.press(Key::F2));
    rename("Enter", &|window| window.press(Key::Enter));
    rename("a double click", &|window| {
        let row = |window: &Window| window.harness.get_all_by_label_contains("talks, event").next().unwrap().click();
        row(window);
        window.harness.step();
        row(window);
        window.run();
    });
}

#[test]
fn a_name_that_is_typed_is_always_offered_and_a_far_match_never_taken() {
    let mut window = Window::records();
    window.click_first("protested, event");
    window.press(Key::R);
    window.write("Dana Maritime Airline");
    assert!(window.shows("Add “Dana Maritime Airline” (organisation)"));
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    let added = window.event(7).participants.last().unwrap().clone();
    assert_eq!(window.state().model.project().party_name(&added.who), "Dana Maritime Airline");
    assert_eq!(added.role, Role::Recipient);
    // "ile" stands in Chile, but does not begin it.
    window.press(Key::R);
    window.write("ile");
    window.press(Key::Enter);
    let added = window.event(7).participants.last().unwrap().clone();
    assert_eq!(window.state().model.project().party_name(&added.who), "ile");
    // Enter alone takes nobody.
    let count = window.event(7).participants.len();
    window.press(Key::R);
    window.press(Key::Enter);
    assert_eq!(window.event(7).participants.len(), count);
}

#[test]
fn what_is_unsure_is_decided_alone_or_with_the_event() {
    let mut window = Window::records();
    let unsure = |window: &Window| window.event(7).participants.iter().any(|participant| participant.unsure);
    window.click_first("protested, event");
    window.click("Keep Fishermen");
    assert!(!unsure(&window) && window.of_event(7)[0].is_open());
    window.press_with(CTRL, Key::Z);
    window.click("Remove Fishermen");
    assert!(window.event(7).participants.is_empty());
    window.press_with(CTRL, Key::Z);
    assert!(unsure(&window));
    let words = window.event(7).participants[0].words().unwrap().clone();
    assert_eq!((words.name.as_str(), words.label), ("Fishermen", PartyLabel::Group));
    window.harness.event(Event::PointerGone);
    window.press(Key::A);
    assert!(!unsure(&window) && window.of_event(7)[0].status == Status::Accepted);
}

#[test]
fn accepting_and_rejecting_an_event_decides_on_all_that_tells_of_it() {
    let mut window = Window::records();
    assert_eq!(window.of_event(0).len(), 2);
    let first = window.of_event(0)[0].id;
    window.press_with(ALT, Key::Num2);
    window.harness.state_mut().command(Command::Leave);
    window.run();
    window.click_first("sign, event");
    assert_eq!(window.state().model.selected, Some(first));
    window.press(Key::A);
    assert!(window.of_event(0).iter().all(|mention| mention.status == Status::Accepted));
    window.press_with(CTRL, Key::Z);
    window.click_first("sign, event");
    window.press(Key::X);
    assert!(window.of_event(0).iter().all(|mention| mention.status == Status::Rejected));
}

#[test]
fn an_event_made_by_hand_is_filled_as_a_suggestion() {
    let settings = Settings { suggest_on_open: false, ..Settings::default() };
    let mut window = Window::set(tempfile::tempdir().unwrap(), settings);
    window.press_with(CTRL | SHIFT, Key::V);
    window.write("BERN, 4 Feb 2022 - Police arrested three protesters in Bern on Thursday.");
    window.click("Add article");
    window.select_word("arrested");
    window.press(Key::Num3);
    let made = window.state().model.mentions()[0].event().unwrap();
    let filled = |state: &rubricator::ui::state::State| {
        state.model.project().event(made).is_some_and(|event| !event.participants.is_empty())
    };
    window.until("the event is filled", filled);
    let event = window.event(made.0);
    assert_eq!(event.kind.code(), Some("COERCE"));
    assert_ne!(event.name, "arrested", "it has a name as an index has it");
    assert!(event.participants.iter().all(|participant| participant.unsure), "{event:?}");
    assert_eq!(window.state().model.mentions()[0].status, Status::Accepted);
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.state().model.project().events().count(), 0, "one step takes all of it back");
}

#[test]
fn what_may_be_told_again_is_offered_to_be_merged() {
    let mut window = Window::records();
    // The "agreement" of the headline and that of the second paragraph.
    let mut event = window.event(4);
    event.alike = Some(window.of_event(1)[0].range);
    let stamp = Stamp { by: "test".into(), at: jiff::Timestamp::UNIX_EPOCH };
    let path = window.home.path().join("alike.rubric");
    let mut project = window.state().model.project().clone();
    project.apply(&ops::set_event(&project, event, stamp)).unwrap();
    rubricator::store::save_project(&path, &project).unwrap();
    window.press_with(CTRL, Key::S);
    window.until("it is saved", |state| !state.model.jobs.saving);
    window.open(path);
    window.until("the other project is open", |state| {
        state.model.project().event(EventId(4)).is_some_and(|event| event.alike.is_some())
    });
    let told = window.of_event(1).len() + window.of_event(4).len();
    window.click("Merge agreement with what may be the same");
    let left = if window.of_event(1).is_empty() { 4 } else { 1 };
    assert_eq!(window.of_event(left).len(), told);
    assert!(!window.shows("with what may be the same"));
}

#[test]
fn a_project_takes_the_code_book_over_as_its_guidelines() {
    let mut window = Window::records();
    window.press(Key::F8);
    window.click("Start with the code book of events");
    assert!(window.state().model.project().guidelines().starts_with("# Event records"));
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.state().model.project().guidelines(), "");
    window.command(Command::EditGuidelines);
    window.write("Tag everything.");
    window.click("Add the code book of events");
    window.click("Save");
    let guidelines = window.state().model.project().guidelines();
    assert!(guidelines.starts_with("Tag everything.\n\n# Event records"), "{guidelines}");
}
