//! Text that is typed where no field has the keys: its pace tells it from commands, and what its letters did is taken back.

use std::collections::BTreeSet;

use eframe::egui::{Event, InputState, Key};

use super::edits;
use super::model::Caret;
use super::state::State;
use crate::project::{ArticleId, MentionId, Target};

/// So many different letters within so many seconds are text: nobody decides that fast.
const PACES: [(usize, f64); 2] = [(3, 0.35), (5, 1.0)];
/// A letter belongs to the one before it where no more seconds lie between them.
const GAP: f64 = 0.35;
/// Text has ended once no key came for so many seconds.
const PAUSE: f64 = 0.7;

/// The letters that were pressed last where no field had the keys.
#[derive(Default)]
pub struct Typing {
    /// Each as near to the one before as letters of one word are.
    letters: Vec<Letter>,
    /// The time of the last key of the text that is being typed.
    text: Option<f64>,
}

struct Letter {
    key: Key,
    /// Seconds by the window's clock.
    at: f64,
    before: Before,
}

/// What the window was like before a letter was pressed, as far as letters change it.
struct Before {
    edits: usize,
    article: Option<ArticleId>,
    selected: Option<MentionId>,
    picked: BTreeSet<Target>,
    caret: Option<Caret>,
}

impl Typing {
    /// Forgets what was pressed: a field has the keys.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Whether a key that comes now, in seconds by the window's clock, belongs to those before it.
    pub fn goes_on(&self, now: f64) -> bool {
        self.text.is_some_and(|last| now - last <= PAUSE)
            || self.letters.last().is_some_and(|last| now - last.at <= GAP)
    }

    /// Takes the keys of text out of the input. As soon as letters turn out to be text, takes back what they did and
    /// says so.
    pub fn stop(&mut self, input: &mut InputState, state: &mut State) {
        let now = input.time;
        self.text = self.text.filter(|last| now - last <= PAUSE);
        if self.text.is_none() {
            input.events.iter().filter_map(letter).for_each(|key| self.press(key, now, state));
        }
        if self.is_text() {
            self.text = Some(now);
            if let Some(first) = self.letters.drain(..).next() {
                first.before.restore(state);
            }
            state.toasts.problem("That looked like typing, so nothing was changed. Click into a field to type.");
        }
        if let Some(last) = &mut self.text {
            input.events.retain(|event| {
                let typed = types(event);
                *last = if typed { now } else { *last };
                !typed
            });
        }
    }

    fn press(&mut self, key: Key, now: f64, state: &State) {
        if self.letters.last().is_some_and(|last| now - last.at > GAP) {
            self.letters.clear();
        }
        let longest = PACES.map(|(_, seconds)| seconds).into_iter().fold(0.0, f64::max);
        self.letters.retain(|letter| now - letter.at <= longest);
        self.letters.push(Letter { key, at: now, before: Before::new(state) });
    }

    fn is_text(&self) -> bool {
        let Some(last) = self.letters.last() else { return false };
        PACES.into_iter().any(|(many, seconds)| {
            let near = self.letters.iter().filter(|letter| last.at - letter.at <= seconds);
            near.map(|letter| letter.key).collect::<BTreeSet<_>>().len() >= many
        })
    }
}

impl Before {
    fn new(state: &State) -> Self {
        Self {
            edits: state.model.session.history().len(),
            article: state.model.article,
            selected: state.model.selected,
            picked: state.model.picked.clone(),
            caret: state.model.caret,
        }
    }

    fn restore(self, state: &mut State) {
        state.dialog = None;
        state.relating = None;
        while state.model.session.history().len() > self.edits {
            let stamp = Some(edits::stamp(state));
            if let Err(error) = state.model.session.undo_by(stamp) {
                state.toasts.problem(format!("That can't be undone: {error}"));
                break;
            }
        }
        state.turn_to(self.article);
        state.model.selected = self.selected;
        state.model.picked = self.picked;
        state.model.caret = self.caret;
    }
}

/// The letter that is pressed, by itself or with shift; none of a key that repeats because it is held.
fn letter(event: &Event) -> Option<Key> {
    match event {
        Event::Key { key, repeat: false, .. } if types(event) && is_letter(*key) => Some(*key),
        _ => None,
    }
}

fn is_letter(key: Key) -> bool {
    matches!(key.name().as_bytes(), [letter] if letter.is_ascii_alphabetic())
}

/// Whether it is what a person who types would press.
fn types(event: &Event) -> bool {
    match event {
        Event::Text(_) => true,
        Event::Key { key, pressed: true, modifiers, .. } => {
            let sign = matches!(key, Key::Space | Key::Enter | Key::Backspace | Key::Questionmark);
            (sign || key.name().len() == 1) && !modifiers.command && !modifiers.ctrl && !modifiers.alt
        }
        _ => false,
    }
}
