//! What stands below an article's text: how to go on to the next one, by a button, a key or by scrolling on.

use eframe::egui::{Align, Button, Layout, Pos2, Rect, RichText, Ui, UiBuilder, pos2, vec2};

use crate::ui::actions::{Action, Actions};
use crate::ui::article_view::view::Beyond;
use crate::ui::command::Command;
use crate::ui::commands;
use crate::ui::keys;
use crate::ui::menu;
use crate::ui::state::State;
use crate::ui::text;
use crate::ui::theme::{self, Palette};

/// The way on, drawn below the text at `at`, `width` points wide.
pub(super) fn footer_ui(ui: &mut Ui, state: &State, actions: &mut Actions, beyond: Beyond, at: Pos2, width: f32) {
    if !commands::available(state, Command::FinishArticle) {
        return;
    }
    let palette = Palette::get(ui);
    let next = state.following().and_then(|id| state.model.project().article(id));
    let line = Rect::from_min_size(at, vec2(width, 1.0));
    ui.painter().hline(line.x_range(), at.y, (1.0, palette.rule));
    if next.is_some() && beyond.part() > 0.0 {
        let done = line.left()..=line.left() + width * beyond.part();
        ui.painter().hline(done, at.y, (2.0, palette.accent));
    }
    let row = Rect::from_min_size(pos2(at.x, at.y + 10.0), vec2(width, 28.0));
    ui.scope_builder(UiBuilder::new().max_rect(row).layout(Layout::right_to_left(Align::Center)), |ui| {
        let open = state.model.open_count();
        let name = match (open, next.is_some()) {
            (0, _) => menu::title(&state.model, Command::FinishArticle),
            (open, true) => format!("Accept {} and go on", text::number(open)),
            (open, false) => format!("Accept {}", text::number(open)),
        };
        let keys = keys::text(ui.ctx(), &state.model.keys, Command::FinishArticle);
        let button = Button::new(name).shortcut_text(RichText::new(keys).size(theme::SMALL));
        if ui.add(button).clicked() {
            // It has named their number.
            actions.push(Action::Sure(Command::FinishArticle, false));
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let last = if state.model.project().article_count() > 1 { "The last article" } else { "" };
            let line = next.map_or(last.to_owned(), |next| format!("Next: {}", next.article.meta.title));
            let words = RichText::new(line).size(theme::SMALL + 1.0).color(palette.weak);
            ui.add(eframe::egui::Label::new(words).truncate());
        });
    });
}
