//! What the keys do in the text that no command stands for: moving the caret, selecting, scrolling.

use eframe::egui::{Event, Key, Modifiers, Ui, Vec2, vec2};
use text_size::TextSize;

use super::view::ArticleView;
use crate::text::words;
use crate::ui::model::Caret;
use crate::ui::state::State;

/// Where the keys that mode `Caret` has no commands for move the caret; none where none was pressed. Called before
/// anything is drawn.
pub fn caret_keys(ui: &Ui, state: &State) -> Option<Caret> {
    let mut caret = state.model.caret?;
    let page = state.view.visible * 0.9;
    let keys = [
        Key::ArrowLeft,
        Key::ArrowRight,
        Key::ArrowUp,
        Key::ArrowDown,
        Key::Home,
        Key::End,
        Key::PageUp,
        Key::PageDown,
    ];
    let pressed = take_keys(ui, &keys);
    if pressed.is_empty() {
        return None;
    }
    let text = state.model.text();
    for (key, modifiers) in &pressed {
        let by_word = modifiers.command || modifiers.ctrl;
        let range = caret.range();
        let collapse = !modifiers.shift && !range.is_empty();
        let vertical = |lines: f32, page: f32| {
            let rect = state.view.layout.caret_rect(ui, text, caret.head)?;
            let y = rect.center().y + lines * rect.height() + page;
            Some(state.view.layout.byte_at(ui, text, vec2(rect.left(), y)))
        };
        let whole = TextSize::of(text);
        let head = match key {
            Key::ArrowLeft if collapse && !by_word => Some(range.start()),
            Key::ArrowRight if collapse && !by_word => Some(range.end()),
            Key::ArrowLeft => Some(words::step(text, caret.head, false, by_word)),
            Key::ArrowRight => Some(words::step(text, caret.head, true, by_word)),
            Key::ArrowUp => vertical(-1.0, 0.0),
            Key::ArrowDown => vertical(1.0, 0.0),
            Key::PageUp => vertical(0.0, -page),
            Key::PageDown => vertical(0.0, page),
            Key::Home if by_word => Some(TextSize::default()),
            Key::End if by_word => Some(whole),
            Key::Home => state.view.line_edge(ui, text, caret.head, false),
            _ => state.view.line_edge(ui, text, caret.head, true),
        };
        caret.head = head.unwrap_or(caret.head);
        if !modifiers.shift {
            caret.anchor = caret.head;
        }
    }
    Some(caret)
}

/// Scrolls by the arrow and page keys while no caret takes them.
pub fn scroll_keys(ui: &Ui, state: &State) -> Vec2 {
    let line = state.model.settings.text_size * 1.55 * 3.0;
    let page = state.view.visible * 0.9;
    let keys = [Key::ArrowUp, Key::ArrowDown, Key::PageUp, Key::PageDown, Key::Home, Key::End];
    let mut delta = Vec2::ZERO;
    for (key, modifiers) in take_keys(ui, &keys) {
        if modifiers == Modifiers::NONE {
            delta.y += match key {
                Key::ArrowUp => line,
                Key::ArrowDown => -line,
                Key::PageUp => page,
                Key::PageDown => -page,
                Key::Home => f32::MAX / 4.0,
                _ => -f32::MAX / 4.0,
            };
        }
    }
    delta
}

fn take_keys(ui: &Ui, keys: &[Key]) -> Vec<(Key, Modifiers)> {
    ui.input_mut(|input| {
        let mut taken = Vec::new();
        input.events.retain(|event| match event {
            Event::Key { key, pressed: true, modifiers, .. } if keys.contains(key) => {
                taken.push((*key, *modifiers));
                false
            }
            _ => true,
        });
        taken
    })
}

impl ArticleView {
    /// The start or end of the line that holds a byte.
    fn line_edge(&self, ui: &Ui, text: &str, at: TextSize, end: bool) -> Option<TextSize> {
        let rect = self.layout.caret_rect(ui, text, at)?;
        let x = if end { f32::MAX / 4.0 } else { -1.0 };
        Some(self.layout.byte_at(ui, text, vec2(x, rect.center().y)))
    }
}
