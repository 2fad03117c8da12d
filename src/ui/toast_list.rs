//! The messages at the foot of the window, drawn.

use std::time::{Duration, Instant};

use eframe::egui::{self, Align2, Area, Frame, Id, Margin, Order, Stroke, Ui, vec2};

use super::actions::Actions;
use super::theme::Palette;
use super::toasts::{Toast, Toasts, Tone};

const SHOWN_FOR: Duration = Duration::from_secs(6);
const PROBLEM_FOR: Duration = Duration::from_secs(30);

/// Draws the messages and lets go of the old ones.
pub fn toasts_ui(ui: &mut Ui, toasts: &mut Toasts, actions: &mut Actions) {
    let now = Instant::now();
    let time = |tone| if tone == Tone::Problem { PROBLEM_FOR } else { SHOWN_FOR };
    toasts.0.retain(|t| t.since.is_none_or(|since| now.duration_since(since) < time(t.tone)));
    if toasts.0.is_empty() {
        return;
    }
    let mut closed = None;
    Area::new(Id::unique("toasts")).order(Order::Foreground).anchor(Align2::CENTER_BOTTOM, vec2(0.0, -84.0)).show(
        ui.ctx(),
        |ui| {
            ui.set_max_width(520.0);
            for (index, toast) in toasts.0.iter_mut().enumerate() {
                toast.since.get_or_insert(now);
                if toast_ui(ui, toast, actions) {
                    closed = Some(index);
                }
            }
        },
    );
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
