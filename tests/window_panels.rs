//! The panels as a person uses them: found, sorted, folded, moved, whole in a crowd.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod harness;

use std::ops::Range;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Rect, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use harness::{CTRL, SHIFT, Window, stamp};
use rubricator::project::{KindId, Project, ops};
use rubricator::store::{RowOrder, Settings};
use rubricator::text::{Article, Metadata, Text, byte_range};
use rubricator::ui::command::Command;

/// People in a crowd.
const MANY: usize = 1_057;

/// A name of letters alone, each another.
fn name(nth: usize) -> String {
    let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
    let part = |n: usize| format!("{}{}o", letter(n / 26).to_uppercase(), letter(n));
    format!("{}ra {}da", part(nth % 676), part(nth / 3 + 400))
}

/// An article of very many people, and two countries at its end.
fn crowd() -> Project {
    let mut text = String::new();
    let mut place = |words: &str| -> Range<usize> {
        let start = text.len();
        text.push_str(words);
        text.push_str(" spoke. ");
        start..start + words.len()
    };
    // One of them twice.
    let people: Vec<Range<usize>> = (0..MANY).chain([600]).map(|nth| place(&name(nth))).collect();
    let countries = [place("Norway"), place("Chile")];
    let mut project = Project::new();
    let article = Article { meta: Metadata::default(), text: Text::new(text).unwrap() };
    project.apply(&ops::add_articles(&project, vec![article], stamp())).unwrap();
    let id = project.article_ids()[0];
    for (places, kind) in [(people.as_slice(), KindId::PERSON), (countries.as_slice(), KindId::COUNTRY)] {
        for place in places {
            let range = [byte_range(place.start, place.end).unwrap()];
            project.apply(&ops::tag(&project, id, &range, &kind, &ops::unknown, stamp())).unwrap();
        }
    }
    project
}

impl Window {
    /// With a project open that is made here.
    fn holding(project: &Project) -> Self {
        let settings = Settings { suggest_on_open: false, ..Settings::default() };
        let mut window = Self::set(tempfile::tempdir().unwrap(), settings);
        let path = window.home.path().join("made.rubric");
        rubricator::store::save_project(&path, project).unwrap();
        window.open(path);
        window
    }

    /// Clicks the row or button whose name has this, with keys held down.
    fn click_with(&mut self, modifiers: Modifiers, part: &str) {
        self.harness.get_all_by_label_contains(part).next().unwrap().click_modifiers(modifiers);
        self.run();
    }

    fn click_first(&mut self, part: &str) {
        self.click_with(Modifiers::NONE, part);
    }

    fn rect_of(&self, part: &str) -> Option<Rect> {
        self.harness.query_all_by_label_contains(part).next().map(|node| node.rect())
    }

    /// The names of rows that are shown, from the top.
    fn names(&self, kind: &str) -> Vec<String> {
        let end = format!(", {kind}, ");
        let rows = self.harness.query_all_by_label_contains(&end);
        let mut rows: Vec<(f32, String)> = rows
            .filter_map(|node| {
                let label = node.accesskit_node().label().unwrap_or_default();
                Some((node.rect().top(), label.split_once(&end)?.0.to_owned()))
            })
            .collect();
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        rows.into_iter().map(|(_, name)| name).collect()
    }
}

#[test]
fn heads_of_all_sections_stay_in_sight_among_very_many_people() {
    let mut window = Window::holding(&crowd());
    for (width, height) in [(1280.0, 800.0), (1024.0, 700.0)] {
        window.harness.set_size(vec2(width, height));
        window.run();
        let screen = window.harness.ctx.content_rect();
        for head in ["People  1,057", "Countries  2", "Events  0"] {
            let rect = window.rect_of(head).unwrap();
            assert!(screen.contains_rect(rect), "{head} in {width} by {height}: {rect:?}");
        }
    }
    assert!(window.names("person").len() < 60, "only rows in sight are drawn");
    assert!(window.names("country").is_empty());
    // A head that stands apart from its rows leads to them.
    window.click("Countries  2");
    assert_eq!(window.names("country"), ["Norway", "Chile"]);
    let head = window.rect_of("Countries  2").unwrap();
    let row = window.rect_of("Norway, country").unwrap();
    assert!(row.top() >= head.bottom() - 1.0 && row.top() < head.bottom() + 40.0, "{head:?} {row:?}");
    // There it folds them away, and shows them again.
    window.click("Countries  2");
    assert!(window.names("country").is_empty());
    window.click("Countries  2");
    assert_eq!(window.names("country").len(), 2);
}

#[test]
fn a_selected_row_is_brought_clear_of_the_heads() {
    let mut window = Window::holding(&crowd());
    let name = name(600);
    window.fill("Filter names and events", &name);
    window.click(&format!("{name}, person, 2 mentions, accepted"));
    window.click("Clear the filter of the panels");
    window.command(Command::NextMention);
    let row = window.rect_of(&format!("{name}, person")).unwrap();
    let (above, below) = (window.rect_of("People  ").unwrap(), window.rect_of("Countries  ").unwrap());
    assert!(row.top() >= above.bottom() - 1.0 && row.bottom() <= below.top() + 1.0, "{above:?} {row:?} {below:?}");
}

#[test]
fn what_is_typed_filters_all_sections_at_once() {
    let mut window = Window::with_suggestions(Settings::default());
    let people = window.names("person").len();
    window.fill("Filter names and events", "haug ing");
    assert_eq!(window.names("person"), ["Ingrid Haugland"]);
    assert!(window.shows(&format!("People  1 of {people}")) && window.shows("No match among"));
    // Accents and capitals aside; other words that a row is mentioned by count too.
    window.fill("Filter names and events", "NÓRW");
    assert_eq!(window.names("country"), ["Norway"]);
    window.click("More for Countries");
    assert!(window.shows("countries shown"), "only what is shown is decided on");
    window.press(Key::Escape);
    window.click("Clear the filter of the panels");
    assert_eq!(window.names("person").len(), people);
    window.fill("Filter names and events", "zzz");
    assert!(window.names("person").is_empty());
    window.harness.get_by_role_and_label(Role::TextInput, "Filter names and events").focus();
    window.run();
    window.press(Key::Escape);
    assert_eq!(window.names("person").len(), people, "Esc shows all again");
}

#[test]
fn rows_are_sorted_in_every_way_and_the_choice_stays() {
    let mut window = Window::with_suggestions(Settings::default());
    let by = |window: &mut Window, name: &str| {
        window.click("Order of names");
        window.click(name);
        window.names("country")
    };
    let placed = window.names("country");
    let sorted = by(&mut window, "By name");
    let mut expected = placed.clone();
    expected.sort();
    assert_eq!(sorted, expected);
    assert_ne!(sorted, placed);
    assert_eq!(window.state().model.settings.row_order, RowOrder::Name);
    let rows = |window: &Window, of: fn(&rubricator::ui::state::State) -> Vec<i64>| of(window.state());
    by(&mut window, "By count");
    let counts = rows(&window, |state| {
        let section = state.rows.section(&KindId::COUNTRY).unwrap();
        section.rows.iter().map(|row| -i64::try_from(row.mentions.len()).unwrap()).collect()
    });
    assert!(counts.is_sorted(), "{counts:?}");
    by(&mut window, "By score");
    let scores = rows(&window, |state| {
        let section = state.rows.section(&KindId::COUNTRY).unwrap();
        section.rows.iter().map(|row| -(row.score.unwrap_or(-1.0) * 1e4) as i64).collect()
    });
    assert!(scores.is_sorted(), "{scores:?}");
    assert_eq!(by(&mut window, "By place"), placed);
}

#[test]
fn a_section_moves_above_another_and_back_by_undo() {
    let mut window = Window::with_suggestions(Settings::default());
    let tops = |window: &Window| ["People  ", "Events  "].map(|head| window.rect_of(head).unwrap().top());
    let [people, events] = tops(&window);
    assert!(people < events);
    for _ in 0..2 {
        window.click("More for Events");
        window.click("Move events up");
    }
    let [people, events] = tops(&window);
    assert!(events < people);
    for _ in 0..2 {
        window.press_with(CTRL, Key::Z);
    }
    let [people, events] = tops(&window);
    assert!(people < events);
}

#[test]
fn where_a_tag_comes_from_folds_to_one_line() {
    let mut window = Window::with_suggestions(Settings::default());
    window.click("Ingrid Haugland, person, 2 mentions, 2 open");
    let line = |window: &Window| window.rect_of("Suggested · ").unwrap();
    assert!(!window.shows("Wikidata") && !window.shows("mentions here"));
    let folded = line(&window);
    window.unfold();
    assert!(window.shows("mentions here"));
    assert!(line(&window).top() < folded.top() - 20.0, "it has more room");
    window.unfold();
    assert!(!window.shows("mentions here"));
    window.press(Key::A);
    window.click("Ingrid Haugland, person, 2 mentions, 1 open");
    assert!(window.shows("Accepted by you"));
}

#[test]
fn the_panels_grow_with_the_window_into_two_columns() {
    let mut window = Window::with_suggestions(Settings::default());
    let lefts = |window: &Window| ["People  ", "Events  "].map(|head| window.rect_of(head).unwrap().left());
    let [people, events] = lefts(&window);
    assert!((people - events).abs() < 1.0, "one column");
    window.harness.set_size(vec2(2560.0, 1440.0));
    window.run();
    let [people, events] = lefts(&window);
    assert!(events > people + 300.0, "events stand beside: {people} {events}");
    assert!(people < 2560.0 * 0.75, "the panels are wider");
    window.harness.set_size(vec2(1280.0, 800.0));
    window.run();
    let [people, events] = lefts(&window);
    assert!((people - events).abs() < 1.0);
}

#[test]
fn rows_of_both_columns_end_above_the_pane_of_provenance() {
    let mut window = Window::with_suggestions(Settings::default());
    for height in (280..360).step_by(10) {
        window.harness.set_size(vec2(2560.0, height as f32));
        window.run();
        let pane = window.rect_of("Select a tag to see where it comes from").unwrap();
        let rows = window.harness.query_all_by_label_contains(", event, ");
        let lowest = rows.map(|row| row.rect().top()).fold(0.0, f32::max);
        assert!(lowest > 0.0 && lowest < pane.top(), "in {height}: {lowest} {pane:?}");
    }
}

/// An article that names these people, each once.
fn naming(names: &[&str]) -> Project {
    let mut project = Project::new();
    let text: String = names.iter().map(|name| format!("{name} spoke. ")).collect();
    let article = Article { meta: Metadata::default(), text: Text::new(text).unwrap() };
    project.apply(&ops::add_articles(&project, vec![article], stamp())).unwrap();
    let id = project.article_ids()[0];
    let mut start = 0;
    for name in names {
        let range = [byte_range(start, start + name.len()).unwrap()];
        project.apply(&ops::tag(&project, id, &range, &KindId::PERSON, &ops::unknown, stamp())).unwrap();
        start += name.len() + " spoke. ".len();
    }
    project
}

#[test]
fn several_people_are_selected_and_merged_at_once() {
    let mut window = Window::holding(&naming(&["Ada Holm", "Bo Lind", "Cy Berg", "Di Nord"]));
    window.click("Bo Lind, person, 1 mention, accepted");
    window.click_with(CTRL, "Ada Holm, person");
    window.click_with(CTRL, "Di Nord, person");
    assert!(window.shows("3 rows selected"));
    window.press(Key::G);
    assert!(window.shows("Merged 3 into “Bo Lind”"), "the one selected first stays");
    assert_eq!(window.names("person").len(), 2);
    assert!(window.shows("Bo Lind, person, 3 mentions"));
    window.click("Undo");
    assert_eq!(window.names("person").len(), 4, "one step");
    // All between, and by keys alone.
    window.press(Key::Escape);
    window.click("Ada Holm, person, 1 mention, accepted");
    window.click_with(SHIFT, "Cy Berg, person");
    assert_eq!(window.state().model.chosen().len(), 3);
    window.press(Key::Escape);
    assert_eq!(window.state().model.chosen().len(), 1);
    window.harness.get_all_by_label_contains("Di Nord, person").next().unwrap().focus();
    window.run();
    window.press_with(CTRL, Key::Space);
    assert_eq!(window.state().model.chosen().len(), 2);
}

#[test]
fn rows_of_two_kinds_are_not_selected_together() {
    let mut window = Window::with_suggestions(Settings::default());
    window.click("Ingrid Haugland, person, 2 mentions, 2 open");
    window.click_with(CTRL, "Norway, country");
    assert!(window.shows("Only rows of the same kind"));
    assert_eq!(window.state().model.chosen().len(), 1);
}

#[test]
fn likely_duplicates_are_offered_to_be_merged() {
    let names = ["Nana Akufo-Addo", "Bo Lind", "Nana Addo Dankwa Akufo-Addo", "J. Holm", "Jan Holm", "Jon Holm"];
    let mut window = Window::holding(&naming(&names));
    let offers = window.harness.query_all_by_label_contains("with what may be the same").count();
    assert_eq!(offers, 1, "J. Holm may be either, so neither is offered");
    window.click_first("Akufo-Addo with what may be the same");
    assert_eq!(window.names("person").len(), 5);
    assert!(!window.shows("with what may be the same"));
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.names("person").len(), 6);
}

#[test]
fn what_to_merge_with_is_searched_the_likeliest_first() {
    let mut window = Window::holding(&naming(&["Ada Holm", "Bo Lind", "Cy Berg", "Ada M. Holm"]));
    window.click("Ada M. Holm, person, 1 mention, accepted");
    window.command(Command::MergeWith);
    window.press(Key::Enter);
    assert!(window.shows("Merged “Ada M. Holm” into “Ada Holm”"), "the likeliest stands first");
    window.press_with(CTRL, Key::Z);
    window.harness.get_by_label("Cy Berg, person, 1 mention, accepted").click_secondary();
    window.run();
    window.click_first("Merge with…");
    window.fill("Merge with", "zzz");
    assert!(window.shows("Nothing to merge with"));
    window.fill("Merge with", "lind");
    window.press(Key::Enter);
    assert!(window.shows("Bo Lind, person, 2 mentions") && window.state().dialog.is_none());
}

#[test]
fn commands_that_do_not_fit_stand_in_a_menu() {
    let mut window = Window::with_suggestions(Settings::default());
    window.harness.set_size(vec2(800.0, 600.0));
    window.run();
    window.press(Key::Tab);
    assert!(!window.shows("Skip"));
    window.click("More commands");
    assert!(window.shows("Skip"));
    let before = window.selected().map(str::to_owned);
    let label = window.harness.get_all_by_label_contains("Skip").next().unwrap().accesskit_node().label().unwrap();
    window.click(&label);
    assert_ne!(window.selected().map(str::to_owned), before);
}

#[test]
fn tab_comes_to_accept_before_reject() {
    let mut window = Window::with_suggestions(Settings::default());
    window.press(Key::Space);
    window.harness.get_by_label("Accept Norway (3)").focus();
    window.run();
    window.press(Key::Tab);
    assert!(window.harness.get_by_label("Reject Norway (3)").is_focused());
}
