//! Searches in the background: what one is to do, what ends it, what comes of it, and what is done with its matches.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use eframe::egui::{ComboBox, Ui};

use super::dispatch::{apply, known};
use super::state::{Caret, State};
use crate::project::{ArticleId, KindId, Place, Project, ops};
use crate::text::find::{Pattern, SortBy, sort_key};
use crate::text::{Text, words};

/// The most matches that are kept.
pub const MOST: usize = 100_000;
/// How long matches are gathered before they are shown.
const GATHER: Duration = Duration::from_millis(40);
/// So many matches are gathered between looks at the clock.
const LOOK: usize = 256;

/// Stands for one search, and ends it.
#[derive(Clone, Debug, Default)]
pub struct Token(Arc<AtomicBool>);

impl Token {
    fn end(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_ended(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Work for a thread.
pub struct Job {
    /// For which search.
    pub token: Token,
    /// What to do.
    pub task: Task,
}

/// What there is to do.
pub enum Task {
    /// Find what matches in these texts.
    Find(Vec<(ArticleId, Text)>, Pattern),
    /// Find the order of matches that were found in these texts, which hold the matches one behind the other.
    Sort(Vec<(Text, Vec<Place>)>, SortBy),
}

/// What a thread says of a search.
pub enum Answer {
    /// More matches.
    Found(Vec<Place>),
    /// There are no more; whether some were left out.
    End(bool),
    /// The matches by their places among those found, in the order of what they are sorted by.
    Sorted(SortBy, Vec<u32>),
}

/// Does the work; stops soon after the token is ended.
pub fn work(job: Job, say: &dyn Fn(Token, Answer)) {
    let token = job.token;
    match job.task {
        Task::Find(texts, pattern) => find(&texts, &pattern, &token, &|answer| say(token.clone(), answer)),
        Task::Sort(texts, by) => {
            let mut keys = Vec::new();
            for (text, places) in &texts {
                if token.is_ended() {
                    return;
                }
                keys.extend(places.iter().map(|place| sort_key(text.as_str(), place.range, by)));
            }
            let mut keys: Vec<(String, u32)> = keys.into_iter().zip(0..).collect();
            keys.sort();
            say(token.clone(), Answer::Sorted(by, keys.into_iter().map(|(_, index)| index).collect()));
        }
    }
}

fn find(texts: &[(ArticleId, Text)], pattern: &Pattern, token: &Token, say: &dyn Fn(Answer)) {
    let mut found = Vec::new();
    let mut count = 0;
    let mut since = Instant::now();
    for (article, text) in texts {
        for range in pattern.matches(text.as_str()) {
            found.push(Place { article: *article, range });
            count += 1;
            if count == MOST {
                say(Answer::Found(found));
                say(Answer::End(true));
                return;
            }
            if found.len() % LOOK == 0 && token.is_ended() {
                return;
            }
        }
        if token.is_ended() {
            return;
        }
        if !found.is_empty() && since.elapsed() > GATHER {
            say(Answer::Found(std::mem::take(&mut found)));
            since = Instant::now();
        }
    }
    say(Answer::Found(found));
    say(Answer::End(false));
}

/// What a search has found so far. The search ends when this goes.
#[derive(Default)]
pub struct Results {
    token: Token,
    /// In the order of articles and texts.
    pub places: Vec<Place>,
    /// More may come.
    pub running: bool,
    /// Some were left out.
    pub full: bool,
}

impl Results {
    /// Begins anew; what went on before ends.
    pub fn start(&mut self) -> Token {
        self.clear();
        self.running = true;
        self.token.clone()
    }

    /// Nothing is looked for.
    pub fn clear(&mut self) {
        self.token.end();
        *self = Self::default();
    }

    /// The token of the search that goes on.
    pub fn token(&self) -> Token {
        self.token.clone()
    }

    /// Whether an answer is to this search.
    pub fn is_of(&self, token: &Token) -> bool {
        self.token.is(token)
    }

    /// Takes matches in.
    pub fn take(&mut self, answer: Answer) {
        match answer {
            Answer::Found(mut places) => self.places.append(&mut places),
            Answer::End(full) => (self.running, self.full) = (false, full),
            Answer::Sorted(..) => {}
        }
    }
}

impl Drop for Results {
    fn drop(&mut self) {
        self.token.end();
    }
}

/// Hands an answer to the search that asked; those of searches that have ended are dropped.
pub fn answered(state: &mut State, token: &Token, answer: Answer) {
    if state.concordance.is_of(token) {
        state.concordance.take(answer);
    } else if let Some(find) = state.find.as_mut().filter(|find| find.is_of(token)) {
        find.take(answer);
    }
}

/// Shows a place and selects its words.
pub fn go_to(state: &mut State, place: Place) {
    state.show(place.article);
    state.caret = Some(Caret { anchor: place.range.start(), head: place.range.end() });
    state.selected = None;
    state.scroll_to = Some(place.range);
}

/// Tags places with a kind or takes such tags away, in one step over all articles.
pub fn tag(state: &mut State, places: &[Place], kind: &KindId, untag: bool) {
    let project = state.project();
    // What a pattern matched may begin or end with space; a tag never does.
    let trimmed = |place: &Place| words::trim(project.text(place.article), place.range);
    let places: Vec<Place> = places.iter().filter_map(|p| Some(Place { range: trimmed(p)?, ..*p })).collect();
    let done = apply(state, |project, stamp| match untag {
        true => ops::untag_places(project, &places, kind, stamp),
        false => ops::tag_places(project, &places, kind, &known, stamp),
    });
    let name = kind_name(state.project(), kind);
    if done && !untag {
        state.last_kind = kind.clone();
    } else if !done && untag {
        state.toasts.done(format!("None of these is tagged as {name}"));
    } else if !done {
        state.toasts.done(format!("All of these are tagged as {name} already"));
    }
}

fn kind_name(project: &Project, kind: &KindId) -> String {
    project.tagset().get(kind).map_or(kind.as_str(), |kind| &kind.name).to_lowercase()
}

/// A choice among the kinds; the one used last where none was chosen. Gives the one that counts.
pub fn kind_ui(ui: &mut Ui, state: &State, chosen: &mut Option<KindId>, id: &str) -> KindId {
    let kinds = &state.project().tagset().kinds;
    let current = chosen.clone().unwrap_or_else(|| state.last_kind.clone());
    let name = kinds.iter().find(|kind| kind.id == current).map_or("", |kind| kind.name.as_str());
    let combo = ComboBox::from_id_salt(id).selected_text(name).width(92.0).show_ui(ui, |ui| {
        for kind in kinds {
            if ui.selectable_label(kind.id == current, &kind.name).clicked() {
                *chosen = Some(kind.id.clone());
            }
        }
    });
    combo.response.accessible_name("Kind to tag as");
    chosen.clone().unwrap_or(current)
}

/// The ways to look for words: each a sign, with its name on hover. Whether one was changed.
pub fn ways_ui(ui: &mut Ui, query: &mut crate::text::find::Query) -> bool {
    use eframe::egui::RichText;
    let ways = [
        (&mut query.case, RichText::new("Aa"), "Match case"),
        (&mut query.whole, RichText::new("ab").underline(), "Whole words"),
        (&mut query.regex, RichText::new(".*"), "Regular expression"),
    ];
    let mut changed = false;
    for (on, sign, name) in ways {
        changed |= ui.toggle_value(on, sign).accessible_name(name).on_hover_text(name).changed();
    }
    changed
}
