//! Searches in the background: what one is to do, what ends it, what comes of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::project::{ArticleId, Place};
use crate::text::Text;
use crate::text::find::{Pattern, SortBy, sort_key};

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
