//! The kinds of a project's own, learned from its articles in their order: the same lessons teach the same, however they
//! came about.

use text_size::TextRange;

use super::article::{Decided, Look};
use super::own::{KindStanding, OwnKinds, Told};
use crate::project::{ArticleId, KindId};

/// The most articles that are learned from: the last in the project's order.
pub const MOST: usize = 100;

/// What was decided of kinds of one's own in an article.
#[derive(Clone, Debug, PartialEq)]
pub struct KindLesson {
    /// Which.
    pub article: ArticleId,
    /// What.
    pub decided: Decided,
}

/// Words that are like examples of a kind.
#[derive(Clone, Debug, PartialEq)]
pub struct KindSpan {
    /// UTF-8 bytes of the text.
    pub range: TextRange,
    /// The kind.
    pub kind: KindId,
    /// The probability that it is right, in hundredths.
    pub score: f32,
    /// Why, in words for a person.
    pub reason: String,
}

/// Kinds of one's own and the lessons that taught them.
#[derive(Clone, Debug, Default)]
pub struct ProjectKinds {
    ids: Vec<KindId>,
    lessons: Vec<KindLesson>,
    now: OwnKinds,
    /// As they were before one of the lessons: the one that changed last, which mostly changes again.
    before: (usize, OwnKinds),
}

impl ProjectKinds {
    /// Nothing known of these kinds.
    pub fn new(ids: Vec<KindId>) -> Self {
        let none = OwnKinds::new(ids.clone());
        Self { ids, lessons: Vec::new(), now: none.clone(), before: (0, none) }
    }

    /// Whether they are these.
    pub fn are(&self, ids: &[KindId]) -> bool {
        self.ids == ids
    }

    /// Learns lessons in their order, as if it had learned nothing before. `look` gives the text of an article and what the
    /// engine makes of it.
    pub fn learn<'l>(&mut self, lessons: Vec<KindLesson>, look: impl Fn(ArticleId) -> Option<(&'l str, &'l Look)>) {
        let same = self.lessons.iter().zip(&lessons).take_while(|(known, lesson)| known == lesson).count();
        if same == lessons.len() && same == self.lessons.len() {
            return;
        }
        let (from, mut state) = match &self.before {
            (at, before) if *at <= same => (*at, before.clone()),
            _ => (0, OwnKinds::new(self.ids.clone())),
        };
        // Where one has changed, the next change is most likely of that again; where one was added, of that.
        let changed = same.min(lessons.len().saturating_sub(1));
        for (index, lesson) in lessons.iter().enumerate().skip(from) {
            if index == changed {
                self.before = (index, state.clone());
            }
            if let Some((text, look)) = look(lesson.article) {
                state.learn(text, look, &lesson.decided);
            }
        }
        if from > changed {
            self.before = (0, OwnKinds::new(self.ids.clone()));
        }
        self.lessons = lessons;
        self.now = state;
    }

    /// What is like the examples in a text.
    pub fn suggest(&self, text: &str, look: &Look) -> Vec<KindSpan> {
        let rounded = |score: f32| (score * 100.0).round() / 100.0;
        let span = |told: Told| KindSpan {
            range: told.range,
            kind: told.kind,
            score: rounded(told.score),
            reason: told.reason,
        };
        self.now.suggest(text, look).into_iter().map(span).collect()
    }

    /// How far each has come.
    pub fn standings(&self) -> Vec<KindStanding> {
        self.now.standings()
    }

    /// Whether any of them is suggested.
    pub fn speak(&self) -> bool {
        self.standings().iter().any(|standing| standing.speaks)
    }
}
