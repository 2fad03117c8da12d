//! Short messages that say what has just happened, with a way to take it back.

use std::borrow::Cow;
use std::time::Instant;

use super::command::Command;

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
    pub offer: Option<(Cow<'static, str>, Command)>,
    pub(super) since: Option<Instant>,
}

/// The messages shown, the newest last.
#[derive(Default)]
pub struct Toasts(pub(super) Vec<Toast>);

const MOST: usize = 3;

impl Toasts {
    /// Says that something was done.
    pub fn done(&mut self, text: impl Into<String>) {
        self.push(text.into(), Tone::Done, None);
    }

    /// Says that something was done and offers to take it back or go on.
    pub fn offer(&mut self, text: impl Into<String>, name: impl Into<Cow<'static, str>>, command: Command) {
        self.push(text.into(), Tone::Done, Some((name.into(), command)));
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
        self.0.retain(|toast| toast.offer.as_ref().is_none_or(|(_, offered)| *offered != command));
    }

    fn push(&mut self, text: String, tone: Tone, offer: Option<(Cow<'static, str>, Command)>) {
        // What was done before is history; what went wrong stays.
        self.0.retain(|toast| toast.tone == Tone::Problem && toast.text != text);
        self.0.push(Toast { text, tone, offer, since: None });
        if self.0.len() > MOST {
            self.0.remove(0);
        }
    }
}
