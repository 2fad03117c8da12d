//! Other keys for commands, and what can be done by keys alone: menus, rows.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod harness;

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use harness::{CTRL, Window};
use rubricator::project::Status;
use rubricator::store::{Folders, Settings};
use rubricator::ui::command::Command;
use rubricator::ui::state::Dialog;

impl Window {
    /// Opens the dialog of keys, searches it, and asks for another key in the place of this one.
    fn change(&mut self, key_of: &str) {
        self.command(Command::Keys);
        let (_, name) = key_of.split_once(", key of ").unwrap();
        self.write(name);
        self.click(key_of);
        assert!(self.shows("Press the new key"));
    }

    fn kept(&self) -> Settings {
        Settings::load(&Folders::under(self.home.path())).settings
    }
}

#[test]
fn a_key_is_changed_by_pressing_another() {
    let mut window = Window::with_suggestions(Settings::default());
    window.change("A, key of Accept");
    window.press(Key::Y);
    window.harness.get_by_label("Y, key of Accept");
    window.press(Key::Escape);
    assert!(window.state().dialog.is_none());
    window.press(Key::Tab);
    window.press(Key::A);
    assert_eq!(window.mention(0).status, Status::Suggested, "A does nothing any more");
    window.press(Key::Y);
    assert_eq!(window.mention(0).status, Status::Accepted);
    window.until("it is kept", |_| true);
    let home = window.home.path().to_owned();
    let start = std::time::Instant::now();
    while window.kept().keys.get("Accept").is_none_or(|keys| *keys != ["Y"]) {
        assert!(start.elapsed() < harness::LIMIT, "the key was never kept in {}", home.display());
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

#[test]
fn menus_bars_tooltips_and_help_show_the_keys_as_they_are() {
    let keys = [("Accept".to_owned(), vec!["Ctrl+Shift+Y".to_owned()]), ("Help".to_owned(), Vec::new())];
    let mut window = Window::with_suggestions(Settings { keys: keys.into(), ..Settings::default() });
    window.press(Key::Tab);
    assert!(window.shows("Accept Ctrl+Shift+Y"), "the bar");
    window.press(Key::F1);
    assert!(window.state().dialog.is_none(), "help has no key any more");
    window.command(Command::Help);
    window.harness.get_by_label("Ctrl+Shift+Y");
    window.press(Key::Escape);
    window.click("Annotate");
    assert!(window.harness.query_all_by_label("Accept Ctrl+Shift+Y").count() >= 2, "bar and menu");
}

#[test]
fn a_key_that_is_used_elsewhere_is_told_and_taken_when_asked() {
    let mut window = Window::with_suggestions(Settings::default());
    window.change("Ctrl+E, key of Export annotations…");
    window.press_with(CTRL, Key::K);
    assert!(window.shows("Ctrl+K is used by “Commands…”. Take it away there?"));
    window.click("Cancel");
    window.click("Ctrl+E, key of Export annotations…");
    window.press_with(CTRL, Key::K);
    window.press(Key::Enter);
    window.harness.get_by_label("Ctrl+K, key of Export annotations…");
    window.fill("Search keys", "commands");
    assert!(window.harness.query_by_label("Ctrl+K, key of Commands…").is_none());
    window.click("Reset keys of Commands…");
    assert!(window.shows("Ctrl+K is used by “Export annotations…”. Take it away there?"));
    window.click("Take it");
    window.harness.get_by_label("Ctrl+K, key of Commands…");
    window.click("Reset all…");
    window.click("Reset all");
    window.fill("Search keys", "export");
    window.harness.get_by_label("Ctrl+E, key of Export annotations…");
    assert!(window.state().model.settings.keys.is_empty());
}

#[test]
fn keys_that_are_nobody_s_to_give_are_refused() {
    let mut window = Window::with_suggestions(Settings::default());
    window.change("A, key of Accept");
    window.press(Key::Num2);
    assert!(window.shows("2 tags, as the tagset says, and can't be used"));
    window.click("A, key of Accept");
    window.press_with(Modifiers::ALT, Key::F);
    assert!(window.shows("Alt+F opens the File menu, and can't be used"));
    window.click("A, key of Accept");
    window.harness.event(Event::Copy);
    window.run();
    assert!(window.shows("copies, cuts or pastes"));
    assert!(window.state().model.settings.keys.is_empty());
}

#[test]
fn escape_cancels_and_delete_removes() {
    let mut window = Window::with_suggestions(Settings::default());
    window.change("A, key of Accept");
    window.press(Key::Escape);
    assert!(window.state().dialog.is_some(), "only the change is left");
    window.harness.get_by_label("A, key of Accept");
    window.click("A, key of Accept");
    // A key that moves the focus is a key like others.
    window.press_with(CTRL, Key::Tab);
    window.click("Ctrl+Tab, key of Accept");
    window.press(Key::Delete);
    assert!(window.harness.query_by_label("Ctrl+Tab, key of Accept").is_none());
    assert_eq!(window.state().model.settings.keys.get("Accept"), Some(&Vec::new()));
    window.click("Reset keys of Accept");
    window.harness.get_by_label("A, key of Accept");
}

#[test]
fn keys_are_found_by_command_and_by_key() {
    let mut window = Window::with_suggestions(Settings::default());
    window.command(Command::Keys);
    window.write("ctrl+k");
    window.harness.get_by_label("Ctrl+K, key of Commands…");
    assert!(window.harness.query_by_label("A, key of Accept").is_none());
    window.fill("Search keys", "sparkle");
    assert!(window.shows("No command or key matches"));
}

/// Whether the entry of a menu whose name begins like this has the keys.
fn holds(window: &Window, name: &str) -> bool {
    window.harness.query_all_by_label_contains(name).any(|node| node.accesskit_node().is_focused())
}

#[test]
fn menus_are_opened_and_gone_through_by_keys() {
    let mut window = Window::with_suggestions(Settings::default());
    window.press(Key::F10);
    assert!(holds(&window, "New project"), "the first entry of the first menu");
    window.press(Key::ArrowRight);
    assert!(holds(&window, "Undo") || holds(&window, "Find in article…"), "what can be used first of the second");
    window.press(Key::ArrowLeft);
    window.press(Key::ArrowLeft);
    assert!(holds(&window, "Commands…"), "round to the last");
    window.press(Key::Escape);
    assert!(!window.shows("About Rubricator"));
    window.press_with(Modifiers::ALT, Key::V);
    assert!(holds(&window, "Article list"));
    let shown = window.state().model.show_articles;
    window.press(Key::Enter);
    assert_eq!(window.state().model.show_articles, !shown);
    window.press_with(Modifiers::ALT, Key::A);
    assert!(window.shows("Several at once"));
    // From one open menu to another.
    window.press_with(Modifiers::ALT, Key::G);
    assert!(!window.shows("Several at once") && window.shows("Next article"));
    window.press(Key::Escape);
    window.press(Key::Tab);
    assert_eq!(window.selected(), Some("Norway"), "the article has the keys again");
}

#[test]
fn arrows_go_into_a_menu_inside_a_menu_and_back() {
    let mut window = Window::with_suggestions(Settings::default());
    window.press(Key::Tab);
    window.press_with(Modifiers::ALT, Key::A);
    for _ in 0..20 {
        if holds(&window, "Several at once") {
            break;
        }
        window.press(Key::ArrowDown);
    }
    assert!(holds(&window, "Several at once"));
    window.press(Key::ArrowRight);
    assert!(holds(&window, "Accept all in this article"));
    window.press(Key::ArrowLeft);
    assert!(holds(&window, "Several at once"), "back, and not on to another menu");
    window.press(Key::ArrowLeft);
    assert!(window.shows("Find in project…"));
}

#[test]
fn the_letter_of_a_menu_is_not_typed() {
    let mut window = Window::with_suggestions(Settings::default());
    window.fill("Filter names and events", "in");
    // As they come from the system: the key, and with it the letter.
    let key = Event::Key { key: Key::F, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::ALT };
    window.harness.input_mut().events.extend([key, Event::Text("f".into())]);
    window.run();
    assert!(holds(&window, "New project"));
    window.press(Key::Escape);
    assert_eq!(window.value("Filter names and events"), "in");
}

#[test]
fn keys_open_the_menu_of_a_row_and_of_the_text() {
    let mut window = Window::with_suggestions(Settings::default());
    window.press(Key::F6);
    assert!(holds(&window, "Norway, country") || holds(&window, "Ingrid Haugland, person"));
    window.press_with(Modifiers::SHIFT, Key::F10);
    assert!(holds(&window, "Accept all in this article"));
    window.press(Key::ArrowDown);
    assert!(holds(&window, "Reject all in this article"));
    window.press(Key::Escape);
    assert!(!window.shows("Reject all in this article"));
    assert!(holds(&window, "Ingrid Haugland, person"), "the row has the keys again");
    window.press(Key::F6);
    window.press(Key::Menu);
    assert!(window.shows("Remove article"), "of the list of articles");
    window.press(Key::Escape);
    window.press(Key::F6);
    window.press(Key::Tab);
    window.press(Key::Menu);
    assert!(holds(&window, "Accept"), "of the tag that is selected");
    window.press(Key::Enter);
    assert_eq!(window.mention(0).status, Status::Accepted);
}

#[test]
fn f2_renames_whatever_row_has_the_keys() {
    let mut window = Window::with_suggestions(Settings::default());
    let opened = |window: &Window| match &window.state().dialog {
        Some(Dialog::Entity(_)) => "entity",
        Some(Dialog::Details(_)) => "article",
        Some(Dialog::Tag(_)) => "tag",
        _ => "none",
    };
    for row in ["Ingrid Haugland, person, 2 mentions, 2 open", "Chile, country, 3 mentions, 3 open"] {
        window.harness.get_by_label(row).focus();
        window.run();
        window.press(Key::F2);
        assert_eq!(opened(&window), "entity", "{row}");
        window.press(Key::Escape);
    }
    window.harness.get_all_by_label_contains(", event, ").next().unwrap().focus();
    window.run();
    window.press(Key::F2);
    let field = window.harness.get_by_role_and_label(Role::TextInput, "Name of the event");
    assert!(field.accesskit_node().is_focused(), "an event's card, at its name");
    window.press(Key::Escape);
    window.press(Key::Escape);
    let title = window.state().model.project().articles().next().unwrap().article.meta.title.clone();
    window.harness.get_all_by_label_contains(&format!("{title}, ")).next().unwrap().focus();
    window.run();
    window.press(Key::F2);
    assert_eq!(opened(&window), "article");
    assert_eq!(window.value("Title"), title);
}
