//! The messages at the foot of the window, drawn.

use std::time::{Duration, Instant};

use eframe::egui::{self, Align2, Area, Context, Frame, Id, Margin, Order, Rect, Stroke, Ui, vec2};

use super::actions::Actions;
use super::theme::Palette;
use super::toasts::{Toast, Toasts, Tone};

const SHOWN_FOR: Duration = Duration::from_secs(6);
const PROBLEM_FOR: Duration = Duration::from_secs(30);

/// Between the messages and what is around them, in points.
const GAP: f32 = 8.0;

fn id() -> Id {
    Id::unique("toasts")
}

/// The height that is kept free for the messages, so that they cover no text; 0 where there are none.
pub fn room(ctx: &Context, toasts: &Toasts) -> f32 {
    let drawn = ctx.memory(|memory| memory.area_rect(id())).map_or(40.0, |rect| rect.height());
    if toasts.0.is_empty() { 0.0 } else { drawn + 2.0 * GAP }
}

/// Draws the messages in the room that is kept free for them, else at the foot of the window, and lets go of the old ones.
pub fn toasts_ui(ui: &mut Ui, toasts: &mut Toasts, room: Option<Rect>, actions: &mut Actions) {
    let now = Instant::now();
    let time = |tone| if tone == Tone::Problem { PROBLEM_FOR } else { SHOWN_FOR };
    toasts.0.retain(|t| t.since.is_none_or(|since| now.duration_since(since) < time(t.tone)));
    if toasts.0.is_empty() {
        return;
    }
    let mut closed = None;
    let whole = ui.ctx().content_rect();
    let foot = room.unwrap_or_else(|| whole.with_max_y(whole.bottom() - 76.0));
    let area = Area::new(id()).order(Order::Foreground).pivot(Align2::CENTER_BOTTOM);
    area.fixed_pos(foot.center_bottom() - vec2(0.0, GAP)).show(ui.ctx(), |ui| {
        ui.set_max_width(520.0_f32.min(foot.width() - 2.0 * GAP));
        for (index, toast) in toasts.0.iter_mut().enumerate() {
            toast.since.get_or_insert(now);
            if toast_ui(ui, toast, actions) {
                closed = Some(index);
            }
        }
    });
    if let Some(index) = closed {
        toasts.0.remove(index);
    }
    if !toasts.0.is_empty() {
        ui.ctx().request_repaint_after(Duration::from_millis(500));
    }
}

/// Draws one; true where it is to go.
fn toast_ui(ui: &mut Ui, toast: &Toast, actions: &mut Actions) -> bool {
    let palette = Palette::get(ui);
    let edge = if toast.tone == Tone::Problem { palette.error } else { palette.rule };
    let mut close = false;
    Frame::popup(ui.style())
        .fill(palette.page)
        .stroke(Stroke::new(1.0, edge))
        .inner_margin(Margin::symmetric(14, 9))
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                let color = if toast.tone == Tone::Problem { palette.error } else { palette.ink };
                ui.add(egui::Label::new(egui::RichText::new(&toast.text).color(color)).wrap());
                if let Some((name, command)) = &toast.offer
                    && ui.button(name.as_ref()).clicked()
                {
                    actions.command(*command);
                    close = true;
                }
                let button = egui::Button::new("×").frame_when_inactive(false);
                if ui.add(button).accessible_name("Close message").clicked() {
                    close = true;
                }
            });
        });
    close
}
