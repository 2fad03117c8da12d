//! What stands below an article's text: how to go on to the next one, by a button, a key or by scrolling on.

use std::time::Duration;

use eframe::egui::{Align, Button, Layout, Pos2, Rect, RichText, Ui, UiBuilder, pos2, vec2};

use crate::ui::actions::Actions;
use crate::ui::command::Command;
use crate::ui::state::State;
use crate::ui::text;
use crate::ui::theme::{self, Palette};

/// How far past its end an article has to be scrolled for the next one, in points: a few notches of a wheel, more than
/// the last of a swing.
const ENOUGH: f32 = 220.0;

/// Points scrolled past the end are forgotten after this.
const PAUSE: f64 = 0.6;

/// How far a person has scrolled on at the end of an article.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beyond {
    points: f32,
    /// When the wheel last turned, in seconds.
    last: f64,
    /// The end was in view as the last frame ended.
    at_end: bool,
}

impl Beyond {
    /// How much of the way to the next article is done, 0 to 1.
    fn part(self) -> f32 {
        (self.points / ENOUGH).clamp(0.0, 1.0)
    }

    /// Takes up what the wheel did this frame; true where it is far enough to go on.
    pub(super) fn turn(&mut self, ui: &Ui, hovered: bool, at_end: bool) -> bool {
        let (time, turned) = ui.input(|input| (input.time, input.smooth_scroll_delta().y));
        let was_at_end = std::mem::replace(&mut self.at_end, at_end);
        if turned < 0.0 && hovered && at_end && was_at_end {
            self.points -= turned;
            self.last = time;
        } else if turned > 0.0 || !at_end || time - self.last > PAUSE {
            self.points = 0.0;
        }
        if self.points > 0.0 {
            ui.ctx().request_repaint_after(Duration::from_secs_f64(PAUSE));
        }
        let enough = self.points >= ENOUGH;
        if enough {
            *self = Self::default();
        }
        enough
    }
}

/// The way on, drawn below the text at `at`, `width` points wide.
pub(super) fn footer_ui(ui: &mut Ui, state: &mut State, actions: &mut Actions, beyond: Beyond, at: Pos2, width: f32) {
    if state.project().article_count() < 2 && state.open_count() == 0 {
        return;
    }
    let palette = Palette::get(ui);
    let next = state.following().and_then(|id| state.project().article(id));
    let line = Rect::from_min_size(at, vec2(width, 1.0));
    ui.painter().hline(line.x_range(), at.y, (1.0, palette.rule));
    if next.is_some() && beyond.part() > 0.0 {
        let done = line.left()..=line.left() + width * beyond.part();
        ui.painter().hline(done, at.y, (2.0, palette.accent));
    }
    let row = Rect::from_min_size(pos2(at.x, at.y + 10.0), vec2(width, 28.0));
    ui.scope_builder(UiBuilder::new().max_rect(row).layout(Layout::right_to_left(Align::Center)), |ui| {
        let open = state.open_count();
        let name = match (open, next.is_some()) {
            (0, true) => "Next article".to_owned(),
            (open, true) => format!("Accept {} and go on", text::number(open)),
            (open, false) => format!("Accept {}", text::number(open)),
        };
        if open > 0 || next.is_some() {
            let keys = Command::FinishArticle.entry().map(|entry| entry.keys_text(ui.ctx())).unwrap_or_default();
            let button = Button::new(name).shortcut_text(RichText::new(keys).size(theme::SMALL));
            if ui.add(button).clicked() {
                actions.command(Command::FinishArticle);
            }
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let line = next.map_or("The last article".to_owned(), |next| format!("Next: {}", next.article.meta.title));
            let words = RichText::new(line).size(theme::SMALL + 1.0).color(palette.weak);
            ui.add(eframe::egui::Label::new(words).truncate());
        });
    });
}
