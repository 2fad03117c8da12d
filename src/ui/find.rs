//! Looking for words in the article shown: the bar above it, its matches, and going from one to the next.

use std::ops::Range;

use eframe::egui::{Align, Button, Frame, Key, Layout, Margin, RichText, TextEdit, Ui};
use text_size::{TextRange, TextSize};

use super::actions::{Action, Actions};
use super::command::Command;
use super::search::{self, Answer, Job, Results, Task, Token};
use super::state::State;
use super::text;
use super::theme::{self, Palette};
use crate::project::{ArticleId, ArticleRecord, KindId, Place};
use crate::text::find::Query;

/// Texts up to this many bytes are searched within the frame; longer ones in the background.
const AT_ONCE: usize = 64 * 1024;

/// What is being looked for, and where it stands.
#[derive(Default)]
pub struct Find {
    /// What is looked for, and how.
    pub query: Query,
    /// What matches are tagged as; none for the kind used last.
    pub kind: Option<KindId>,
    results: Results,
    /// The match that was gone to.
    current: Option<usize>,
    /// The first match from here on is gone to while words are typed.
    origin: TextSize,
    /// What is wrong with the pattern.
    problem: Option<String>,
    wants_focus: bool,
    /// The nearest match is gone to once it is known.
    seeks: bool,
    /// Steps on or back that a command asked for.
    step: Option<bool>,
    /// What `results` are of.
    of: Option<(Query, ArticleId)>,
}

impl Find {
    /// A search that takes the keys and begins at a place of the text.
    pub fn open(query: Query, origin: TextSize) -> Self {
        Self { query, origin, wants_focus: true, seeks: true, ..Self::default() }
    }

    /// Another article is looked through, from its top.
    pub fn begin_anew(&mut self) {
        (self.origin, self.current, self.seeks) = (TextSize::default(), None, false);
    }

    /// Takes the keys again.
    pub fn focus(&mut self) {
        self.wants_focus = true;
    }

    /// Goes on to the next match, or back.
    pub fn step(&mut self, forward: bool) {
        self.step = Some(forward);
    }

    /// All matches known.
    pub fn places(&self) -> &[Place] {
        &self.results.places
    }

    /// Whether an answer is to this search.
    pub fn is_of(&self, token: &Token) -> bool {
        self.results.is_of(token)
    }

    /// Takes in what the background found.
    pub fn take(&mut self, answer: Answer) {
        self.results.take(answer);
    }

    /// The matches that touch a stretch of the text.
    pub fn within(&self, block: Range<usize>) -> impl Iterator<Item = TextRange> {
        let first = self.results.places.partition_point(|place| usize::from(place.range.end()) <= block.start);
        let rest = self.results.places.iter().skip(first).map(|place| place.range);
        rest.take_while(move |range| usize::from(range.start()) < block.end)
    }

    /// Searches anew where the query or the article is another.
    fn refresh(&mut self, record: &ArticleRecord, actions: &mut Actions) {
        if self.of.as_ref().is_some_and(|(query, article)| *query == self.query && *article == record.id) {
            return;
        }
        self.of = Some((self.query.clone(), record.id));
        (self.current, self.problem) = (None, None);
        self.results.clear();
        if self.query.is_empty() {
            return;
        }
        let text = &record.article.text;
        match self.query.pattern() {
            Err(error) => self.problem = Some(error.to_string()),
            Ok(pattern) if text.as_str().len() <= AT_ONCE => {
                let found = pattern.matches(text.as_str()).take(search::MOST);
                self.results.places = found.map(|range| Place { article: record.id, range }).collect();
            }
            Ok(pattern) => {
                let token = self.results.start();
                actions.push(Action::Search(Job { token, task: Task::Find(vec![(record.id, text.clone())], pattern) }));
            }
        }
    }

    /// The match to go to now, if any.
    fn next(&mut self) -> Option<TextRange> {
        let places = &self.results.places;
        if places.is_empty() {
            return None;
        }
        let nearest = places.partition_point(|place| place.range.start() < self.origin);
        // While more may come, the nearest one from here on may still be on its way.
        let known = nearest < places.len() || !self.results.running;
        let target = match (self.step.take(), self.current) {
            (Some(true), Some(current)) => (current + 1) % places.len(),
            (Some(false), Some(current)) => (current + places.len() - 1) % places.len(),
            (Some(false), None) => (nearest + places.len() - 1) % places.len(),
            (Some(true), None) => nearest % places.len(),
            (None, _) if self.seeks && known => nearest % places.len(),
            (None, _) => return None,
        };
        self.seeks = false;
        self.current = Some(target);
        places.get(target).map(|place| place.range)
    }

    /// "3 of 17".
    fn count(&self) -> String {
        let found = self.results.places.len();
        let all = match (self.results.running, self.results.full) {
            (true, _) => format!("{}…", text::number(found)),
            (false, true) => format!("{} or more", text::number(found)),
            (false, false) => text::number(found),
        };
        match self.current {
            _ if self.query.is_empty() || self.problem.is_some() => String::new(),
            _ if found == 0 && self.results.running => "Searching…".to_owned(),
            _ if found == 0 => "No match".to_owned(),
            Some(current) => format!("{} of {all}", text::number(current + 1)),
            None => all,
        }
    }
}

/// The bar above the article, while something is looked for.
pub fn find_ui(ui: &mut Ui, state: &mut State, actions: &mut Actions) {
    let Some(mut find) = state.find.take() else { return };
    let Some(record) = state.article.and_then(|id| state.project().article(id)) else { return };
    find.refresh(record, actions);
    let mut close = false;
    Frame::new().fill(Palette::get(ui).panel).inner_margin(Margin::symmetric(16, 8)).show(ui, |ui| {
        ui.spacing_mut().item_spacing = eframe::egui::vec2(6.0, 6.0);
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            close |= ui.button("×").on_hover_text("Close").accessible_name("Close find bar").clicked();
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.horizontal_wrapped(|ui| close |= words_ui(ui, &mut find));
                if let Some(problem) = &find.problem {
                    ui.label(RichText::new(problem).size(theme::SMALL).color(Palette::get(ui).error));
                }
                ui.horizontal_wrapped(|ui| tag_ui(ui, state, actions, &mut find));
            });
        });
    });
    if let Some(record) = state.article.and_then(|id| state.project().article(id)) {
        find.refresh(record, actions);
    }
    if let (Some(range), Some(article)) = (find.next(), state.article) {
        search::go_to(state, Place { article, range });
    }
    state.query = find.query.clone();
    if close {
        state.focus_article = true;
    } else {
        state.find = Some(find);
    }
}

/// The field with the ways to match, where the search stands, and the buttons on and back. Whether escape was pressed.
fn words_ui(ui: &mut Ui, find: &mut Find) -> bool {
    let width = (ui.available_width() - 262.0).clamp(130.0, 300.0);
    let field = TextEdit::singleline(&mut find.query.words).hint_text("Find in article").desired_width(width);
    let response = ui.add(field).accessible_name("Find in article");
    if std::mem::take(&mut find.wants_focus) {
        response.request_focus();
        super::dialogs::select_all(ui, &response, &find.query.words);
    }
    let (enter, escape, shift) =
        ui.input(|input| (input.key_pressed(Key::Enter), input.key_pressed(Key::Escape), input.modifiers.shift));
    if response.lost_focus() && enter {
        find.step = Some(!shift);
        response.request_focus();
    }
    find.seeks |= response.changed();
    find.seeks |= search::ways_ui(ui, &mut find.query);
    let any = !find.results.places.is_empty();
    let buttons = [("↑", "Previous match", Command::FindPrevious, false), ("↓", "Next match", Command::FindNext, true)];
    for (sign, name, command, forward) in buttons {
        let keys = command.entry().map(|entry| entry.keys_text(ui.ctx())).unwrap_or_default();
        let button = ui.add_enabled(any, Button::new(sign)).on_hover_text(format!("{name} ({keys})"));
        if button.accessible_name(name).clicked() {
            find.step = Some(forward);
        }
    }
    ui.weak(find.count());
    response.lost_focus() && escape
}

/// Tags all matches, or takes the tags away.
fn tag_ui(ui: &mut Ui, state: &State, actions: &mut Actions, find: &mut Find) {
    let any = !find.results.places.is_empty() && !find.results.running;
    ui.label(RichText::new("As").color(Palette::get(ui).weak));
    search::kind_ui(ui, state, &mut find.kind, "kind of matches");
    for (name, command) in [("Tag all matches", Command::TagMatches), ("Untag all", Command::UntagMatches)] {
        if ui.add_enabled(any, Button::new(name)).clicked() {
            actions.command(command);
        }
    }
}
