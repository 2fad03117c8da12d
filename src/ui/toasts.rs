//! Short messages that say what has just happened, with a way to take it back.

use std::time::{Duration, Instant};

use eframe::egui::{self, Align2, Area, Frame, Id, Margin, Order, Stroke, Ui, vec2};

use super::actions::Actions;
use super::command::Command;
use super::theme::Palette;

/// How a toast looks and how long it stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something went wrong; stays longer.
    Problem,
}

/// One message.
#[derive(Clone, Debug)]
pub struct Toast {
    /// What happened.
    pub text: String,
    /// How it looks.
    pub tone: Tone,
    /// The command offered beside it.
    pub offer: Option<(&'static str, Command)>,
    since: Option<Instant>,
}

/// The messages shown, the newest last.
#[derive(Default)]
pub struct Toasts(Vec<Toast>);

const SHOWN_FOR: Duration = Duration::from_secs(6);
const PROBLEM_FOR: Duration = Duration::from_secs(30);
const MOST: usize = 3;

impl Toasts {
    /// Says that something was done.
    pub fn done(&mut self, text: impl Into<String>) {
        self.push(text.into(), Tone::Done, None);
    }

    /// Says that something was done and offers to take it back or go on.
    pub fn offer(&mut self, text: impl Into<String>, name: &'static str, command: Command) {
        self.push(text.into(), Tone::Done, Some((name, command)));
    }

    /// Says what went wrong.
    pub fn problem(&mut self, text: impl Into<String>) {
        self.push(text.into(), Tone::Problem, None);
    }

    /// Lets go of what was done: something else has been done since, and an old offer would now mean another thing.
    pub fn clear_done(&mut self) {
        self.0.retain(|toast| toast.tone == Tone::Problem);
    }

    /// Takes back an offer that no longer stands.
    pub fn withdraw(&mut self, command: Command) {
        self.0.retain(|toast| toast.offer.is_none_or(|(_, offered)| offered != command));
    }

    fn push(&mut self, text: String, tone: Tone, offer: Option<(&'static str, Command)>) {
        // What was done before is history; what went wrong stays.
        self.0.retain(|toast| toast.tone == Tone::Problem && toast.text != text);
        self.0.push(Toast { text, tone, offer, since: None });
        if self.0.len() > MOST {
            self.0.remove(0);
        }
    }

    /// Draws the messages at the bottom right and lets go of the old ones.
    pub fn ui(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let now = Instant::now();
        let time = |tone| if tone == Tone::Problem { PROBLEM_FOR } else { SHOWN_FOR };
        self.0.retain(|t| t.since.is_none_or(|since| now.duration_since(since) < time(t.tone)));
        if self.0.is_empty() {
            return;
        }
        let mut closed = None;
        Area::new(Id::unique("toasts")).order(Order::Foreground).anchor(Align2::CENTER_BOTTOM, vec2(0.0, -84.0)).show(
            ui.ctx(),
            |ui| {
                ui.set_max_width(520.0);
                for (index, toast) in self.0.iter_mut().enumerate() {
                    toast.since.get_or_insert(now);
                    if toast_ui(ui, toast, actions) {
                        closed = Some(index);
                    }
                }
            },
        );
        if let Some(index) = closed {
            self.0.remove(index);
        }
        if !self.0.is_empty() {
            ui.ctx().request_repaint_after(Duration::from_millis(500));
        }
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
                if let Some((name, command)) = toast.offer
                    && ui.button(name).clicked()
                {
                    actions.command(command);
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
