//! What becomes of the parts of the window when there is little room, and when there is more again.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod harness;

use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Event, Id, Key, Modifiers, PointerButton, Pos2, Rect, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use harness::{CTRL, Window, fixture};
use rubricator::project::KindId;
use rubricator::store::Settings;
use rubricator::ui::command::Command;

/// A row of the panels.
const ROW: &str = "Ingrid Haugland, person, 2 mentions, 2 open";

impl Window {
    fn resize(&mut self, width: f32, height: f32) {
        self.harness.set_size(vec2(width, height));
        self.run();
    }

    fn screen(&self) -> Rect {
        self.harness.ctx.content_rect()
    }

    fn row_width(&self) -> f32 {
        self.harness.get_by_label(ROW).rect().width()
    }

    fn point(&mut self, at: Pos2) {
        for at in [at + vec2(0.0, 1.0), at] {
            self.harness.event(Event::PointerMoved(at));
            self.run();
        }
    }

    /// Points at a place until it is explained.
    fn hover(&mut self, at: Pos2) {
        self.point(at);
        self.harness.run_steps(20);
    }

    /// Drags by frames, as a hand does.
    fn haul(&mut self, from: Pos2, to: Pos2) {
        let press = |pos, pressed| {
            let modifiers = Modifiers::NONE;
            Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers }
        };
        self.point(from);
        self.harness.event(press(from, true));
        self.harness.step();
        for part in [0.5, 1.0] {
            self.harness.event(Event::PointerMoved(from + (to - from) * part));
            self.harness.step();
        }
        self.harness.event(press(to, false));
        self.run();
    }
}

#[test]
fn every_dialog_fits_into_a_small_window() {
    let mut window = Window::with_suggestions(Settings::default());
    window.press(Key::Tab);
    let dialogs = [
        (Command::Settings, "Settings"),
        (Command::Export, "Export annotations"),
        (Command::ArticleDetails, "Article details"),
        (Command::WriteArticle, "Write article"),
        (Command::ArticleTable, "Articles"),
        (Command::Palette, "Commands"),
        (Command::Help, "Keys and marks"),
        (Command::About, "Rubricator"),
        (Command::Tagset, "Tagset"),
        (Command::EditGuidelines, "Guidelines"),
        (Command::DecideByScore, "Decide by score"),
        (Command::Log, "Log"),
        (Command::Keys, "Keys"),
    ];
    // The second is what a window of 1024 by 700 has at twice the size.
    for (width, height) in [(640.0, 440.0), (512.0, 350.0)] {
        window.resize(width, height);
        for (command, name) in dialogs {
            window.command(command);
            let area = window.harness.ctx.memory(|memory| memory.area_rect(Id::unique(("dialog", name)))).unwrap();
            assert!(window.screen().contains_rect(area), "{name} in {width} by {height}: {area:?}");
            window.press(Key::Escape);
        }
    }
}

#[test]
fn the_buttons_of_the_tagset_are_within_a_small_window() {
    let mut window = Window::with_suggestions(Settings::default());
    window.resize(640.0, 440.0);
    window.command(Command::Tagset);
    for name in ["Save", "Remove Country", "Add ready kind Groups"] {
        assert!(window.screen().contains_rect(window.harness.get_by_label(name).rect()), "{name}");
    }
}

#[test]
fn the_sides_have_their_size_again_when_there_is_room_again() {
    let mut window = Window::with_suggestions(Settings::default());
    let usual = window.row_width();
    window.resize(800.0, 600.0);
    assert!(window.row_width() < usual - 10.0, "they give way");
    window.resize(1280.0, 800.0);
    assert!((window.row_width() - usual).abs() < 2.0);
    let edge = Pos2::new(window.harness.get_by_label(ROW).rect().left() - 8.0, 600.0);
    window.haul(edge, edge - vec2(80.0, 0.0));
    let dragged = window.row_width();
    assert!(dragged > usual + 40.0, "{usual} to {dragged}");
    window.resize(800.0, 600.0);
    window.resize(1280.0, 800.0);
    assert!((window.row_width() - dragged).abs() < 2.0, "{} for {dragged}", window.row_width());
}

#[test]
fn what_is_told_of_what_lies_under_the_pointer_goes_when_keys_are_used() {
    let mut window = Window::with_suggestions(Settings::default());
    window.hover(window.harness.get_by_label(ROW).rect().center());
    assert!(window.shows("lowest score"));
    window.press_with(CTRL, Key::T);
    assert!(!window.shows("lowest score"), "it would lie over the dialog");
    window.press(Key::Escape);
    window.hover(window.state().view.rect_of(window.mention(1).id).unwrap().center());
    assert!(window.harness.query_all_by_label("Chile").count() > 0);
    window.press(Key::Tab);
    assert_eq!(window.selected(), Some("Norway"));
    assert_eq!(window.harness.query_all_by_label("Chile").count(), 0, "it would lie over the card of what is selected");
}

#[test]
fn a_tag_of_another_kind_is_shown_in_its_new_panel() {
    let mut window = Window::with_suggestions(Settings::default());
    window.resize(1000.0, 480.0);
    let last = window.state().model.mentions().iter().rfind(|mention| mention.kind == KindId::EVENT).unwrap().id;
    while window.state().model.selected != Some(last) {
        window.press(Key::Tab);
    }
    window.press(Key::Num1);
    let row = window.harness.get_all_by_label_contains(", person, 1 mention").next().unwrap().rect();
    assert!(window.screen().contains_rect(row), "{row:?}");
}

#[test]
fn the_buttons_of_the_inspector_show_in_a_narrow_window() {
    let mut window = Window::with_suggestions(Settings::default());
    window.resize(770.0, 600.0);
    window.press(Key::Tab);
    window.press(Key::E);
    window.harness.get_by_role_and_label(Role::TextInput, "Note").focus();
    window.harness.run();
    window.write(&"As long as a note can be. ".repeat(30));
    window.press(Key::Enter);
    let noted = window.mention(0).note.len();
    assert_eq!((window.selected(), noted > 500), (Some("Norway"), true));
    window.unfold();
    let status = window.harness.get_by_label("Engine idle").rect().top();
    for name in ["Edit tag…", "History…", "Edit country…"] {
        assert!(window.harness.get_all_by_label(name).all(|button| button.rect().bottom() < status), "{name}");
    }
}

#[test]
fn a_language_that_the_engine_does_not_read_is_told() {
    let mut window = Window::set(tempfile::tempdir().unwrap(), Settings::default());
    let path = window.home.path().join("hebrew.rubric");
    let text = std::fs::read_to_string(fixture()).unwrap();
    std::fs::write(&path, text.replacen("language:\"en\"", "language:\"he\"", 1)).unwrap();
    window.open(path);
    assert!(window.shows("Hebrew: the engine reads English, so its suggestions here are often wrong"));

    let window = Window::with_suggestions(Settings::default());
    assert!(!window.shows("the engine reads English"));
}

#[test]
fn an_article_without_open_suggestions_can_be_marked_as_done() {
    let mut window = Window::with_suggestions(Settings::default());
    assert!(window.shows("Accept the rest and go on"));
    window.command(Command::AcceptArticle);
    if window.state().dialog.is_some() {
        window.press(Key::Enter);
    }
    assert_eq!(window.state().model.open_count(), 0);
    assert!(!window.shows("Accept the rest and go on"));
    assert_eq!(window.harness.query_all_by_label("Mark as done D").count(), 2, "in the bar and below the text");
    window.press(Key::D);
    assert_eq!(window.harness.query_all_by_label("Mark as done D").count(), 0, "there is nothing left to do");
}

#[test]
fn settings_that_change_what_is_suggested_count_at_once_where_that_is_asked() {
    let mut window = Window::with_suggestions(Settings::default());
    let people = |window: &Window| window.shows("Ingrid Haugland, person");
    assert!(people(&window));
    window.command(Command::Settings);
    for name in ["People", "Suggest again now"] {
        window.harness.get_by_label(name).scroll_to_me();
        window.run();
        window.click(name);
    }
    window.until("it has been read again", |state| state.model.jobs.queued == 0);
    assert!(window.state().dialog.is_none());
    assert!(!window.state().model.settings.people);
    assert!(!people(&window), "people are no longer looked for");
}

#[test]
fn the_view_menu_shows_what_is_on() {
    let mut window = Window::with_suggestions(Settings::default());
    let on = |window: &mut Window, name: &str| {
        window.click("View");
        let button = window.harness.get_by_role_and_label(Role::Button, name);
        let on = button.accesskit_node().toggled() == Some(Toggled::True);
        window.press(Key::Escape);
        on
    };
    assert!(on(&mut window, "Article list F9") && !on(&mut window, "Guidelines F8"));
    window.click("View");
    let log = window.harness.get_all_by_label_contains("Log…").next().unwrap();
    assert_eq!(log.accesskit_node().toggled(), None, "it is no switch");
    window.press(Key::Escape);
    window.command(Command::ToggleArticles);
    assert!(!on(&mut window, "Article list F9"));
}

#[test]
fn messages_leave_the_text_and_the_bar_below_it_free() {
    for (width, height) in [(1024.0, 700.0), (1280.0, 800.0), (2560.0, 1440.0)] {
        let mut window = Window::with_suggestions(Settings::default());
        window.resize(width, height);
        window.command(Command::AcceptArticle);
        if window.state().dialog.is_some() {
            window.press(Key::Enter);
        }
        window.press(Key::D);
        assert!(window.shows("The article is marked as done"));
        let toast = window.harness.ctx.memory(|memory| memory.area_rect(Id::unique("toasts"))).unwrap();
        let text = window.state().view.window().unwrap();
        let bar = window.harness.get_by_label("All suggestions reviewed").rect();
        assert!(toast.top() >= text.bottom() && toast.bottom() <= bar.top(), "{text:?}, {toast:?}, {bar:?}");
        assert!(toast.left() >= text.left() && toast.right() <= text.right(), "{text:?}, {toast:?}");
    }
}

#[test]
fn dialogs_give_the_keys_to_their_first_field_and_use_the_height_there_is() {
    let mut window = Window::with_suggestions(Settings::default());
    window.resize(2560.0, 1440.0);
    let fields = [
        (Command::Settings, "Annotator's name"),
        (Command::Log, "Who or what"),
        (Command::Keys, "Search keys"),
        (Command::Palette, "Command"),
        (Command::ArticleDetails, "Title"),
    ];
    for (command, field) in fields {
        window.command(command);
        let field = window.harness.get_by_role_and_label(Role::TextInput, field);
        assert!(field.accesskit_node().is_focused(), "{command:?}");
        window.press(Key::Escape);
        window.press(Key::Escape);
        assert!(window.state().dialog.is_none());
    }
    for (command, name) in [(Command::Palette, "Commands"), (Command::Log, "Log"), (Command::Keys, "Keys")] {
        window.command(command);
        let area = window.harness.ctx.memory(|memory| memory.area_rect(Id::unique(("dialog", name)))).unwrap();
        assert!(area.height() > 1100.0, "{name}: {area:?}");
        window.press(Key::Escape);
        window.press(Key::Escape);
    }
}
