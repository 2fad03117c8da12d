//! What becomes of the parts of the window when there is little room, and when there is more again.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod harness;

use eframe::egui::{Id, Key, Rect, vec2};
use egui_kittest::kittest::Queryable;
use harness::Window;
use rubricator::store::Settings;
use rubricator::ui::command::Command;

impl Window {
    fn resize(&mut self, width: f32, height: f32) {
        self.harness.set_size(vec2(width, height));
        self.run();
    }

    fn screen(&self) -> Rect {
        self.harness.ctx.content_rect()
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
        (Command::PasteArticle, "Paste article"),
        (Command::Palette, "Commands"),
        (Command::Help, "Keys and marks"),
        (Command::About, "Rubricator"),
        (Command::Tagset, "Tagset"),
        (Command::EditGuidelines, "Guidelines"),
        (Command::DecideByScore, "Decide by score"),
        (Command::Log, "Log"),
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
