//! Looking for words in the article shown.

use std::ops::Range;

use eframe::egui::{Frame, Key, Margin, TextEdit, Ui};
use text_size::TextRange;

use super::actions::Actions;
use super::state::{Caret, State};
use super::theme::Palette;
use crate::text::{Text, bytes};

/// The most matches that are kept.
const MOST: usize = 10_000;

/// What is being looked for, and where it stands.
#[derive(Default)]
pub struct Find {
    /// The words.
    pub words: String,
    /// All places, in order.
    matches: Vec<TextRange>,
    /// Which one was gone to.
    current: usize,
    wants_focus: bool,
    /// What `matches` are of.
    of: Option<(String, Text)>,
}

impl Find {
    /// An empty search that takes the keys.
    pub fn open(words: String) -> Self {
        Self { words, wants_focus: true, ..Self::default() }
    }

    /// Takes the keys again.
    pub fn focus(&mut self) {
        self.wants_focus = true;
    }

    /// The matches that touch a stretch of the text.
    pub fn within(&self, block: Range<usize>) -> impl Iterator<Item = TextRange> {
        let first = self.matches.partition_point(|range| usize::from(range.end()) <= block.start);
        self.matches.iter().skip(first).take_while(move |range| usize::from(range.start()) < block.end).copied()
    }

    fn refresh(&mut self, text: &Text) {
        if self.of.as_ref().is_some_and(|(words, of)| *words == self.words && of == text) {
            return;
        }
        self.of = Some((self.words.clone(), text.clone()));
        self.current = 0;
        self.matches = matches(text.as_str(), &self.words);
    }
}

/// All places where `words` stand in `text`, whatever the case of their letters.
pub fn matches(text: &str, words: &str) -> Vec<TextRange> {
    if words.trim().is_empty() {
        return Vec::new();
    }
    let pattern = regex::RegexBuilder::new(&regex::escape(words)).case_insensitive(true).build();
    let Ok(pattern) = pattern else { return Vec::new() };
    pattern.find_iter(text).take(MOST).filter_map(|m| crate::text::byte_range(m.start(), m.end())).collect()
}

/// The bar above the article, while something is looked for.
pub fn find_ui(ui: &mut Ui, state: &mut State, _actions: &mut Actions) {
    let Some(mut find) = state.find.take() else { return };
    let Some(article) = state.article.and_then(|id| state.project().article(id)) else { return };
    find.refresh(&article.article.text);
    let mut close = false;
    let mut step = None;
    Frame::new().fill(Palette::get(ui).panel).inner_margin(Margin::symmetric(16, 6)).show(ui, |ui| {
        ui.horizontal(|ui| {
            let field = TextEdit::singleline(&mut find.words).hint_text("Find in article").desired_width(260.0);
            let response = ui.add(field).accessible_name("Find in article");
            if std::mem::take(&mut find.wants_focus) {
                response.request_focus();
            }
            let (enter, shift) = ui.input(|input| (input.key_pressed(Key::Enter), input.modifiers.shift));
            if response.lost_focus() && enter {
                step = Some(!shift);
                find.wants_focus = true;
            } else if response.changed() {
                find.refresh(&article.article.text);
                step = (!find.matches.is_empty()).then_some(true);
                find.current = find.matches.len().saturating_sub(1);
            }
            close |= response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
            let count = find.matches.len();
            ui.weak(match count {
                0 if find.words.is_empty() => String::new(),
                0 => "No match".to_owned(),
                _ => format!("{} of {}", super::text::number(find.current + 1), super::text::number(count)),
            });
            if ui.add_enabled(count > 0, eframe::egui::Button::new("↑")).accessible_name("Previous match").clicked() {
                step = Some(false);
            }
            if ui.add_enabled(count > 0, eframe::egui::Button::new("↓")).accessible_name("Next match").clicked() {
                step = Some(true);
            }
            close |= ui.button("Close").clicked();
        });
    });
    let count = find.matches.len();
    if let Some(forward) = step.filter(|_| count > 0) {
        find.current = if forward { (find.current + 1) % count } else { (find.current + count - 1) % count };
        if let Some(range) = find.matches.get(find.current) {
            state.scroll_to = Some(*range);
            state.caret = Some(Caret { anchor: range.start(), head: range.end() });
            state.selected = None;
        }
    }
    if close {
        state.focus_article = true;
    } else {
        state.find = Some(find);
    }
}

/// A few words before and behind a range, on one line.
pub fn context(text: &str, range: TextRange, reach: usize) -> (String, String) {
    let range = bytes(range);
    let from = text.ceil_char_boundary(range.start.saturating_sub(reach));
    let to = text.floor_char_boundary((range.end + reach).min(text.len()));
    let flat = |part: Option<&str>| part.unwrap_or_default().replace(['\n', '\r'], " ");
    (flat(text.get(from..range.start)), flat(text.get(range.end..to)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_whatever_the_case_and_only_whole_characters() {
        let found = matches("Émile met émile and EMILE", "émile");
        assert_eq!(found.len(), 2);
        assert!(matches("a.c abc", "a.c").len() == 1, "no pattern characters");
        assert!(matches("x", " ").is_empty());
    }
}
