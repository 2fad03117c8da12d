//! Other keys for commands, and what can be done by keys alone: menus, rows.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod harness;

use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use harness::{CTRL, Window};
use rubricator::project::Status;
use rubricator::store::{Folders, Settings};
use rubricator::ui::command::Command;

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
