//! The kinds of a project's own, learned from its articles in their order: the same lessons teach the same, however they
//! came about.

use text_size::TextRange;

use super::article::{Decided, Look};
use super::heads;
use super::own::{KindStanding, OwnKinds, Told};
use crate::project::{ArticleId, KindId, Taken};
use crate::suggest::{Label, SpanLabel};

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
    /// The probability that it is right, 0 to 1, rounded to hundredths.
    pub score: f32,
    /// Why, in words for a person.
    pub reason: String,
}

/// What is learned of a project's kinds: those of its own, and those that the engine knows and the project adapts.
#[derive(Clone, Debug, Default)]
pub(super) struct Kinds {
    pub(super) own: OwnKinds,
    pub(super) ready: OwnKinds,
}

impl Kinds {
    /// Nothing known of these kinds.
    pub(super) fn new(own: Vec<KindId>, ready: impl IntoIterator<Item = Label>) -> Self {
        Self { own: OwnKinds::new(own), ready: OwnKinds::ready(ready) }
    }

    pub(super) fn learn(&mut self, text: &str, look: &Look, decided: &Decided) {
        self.own.learn(text, look, decided);
        self.ready.learn(text, look, decided);
    }
}

/// A project's kinds and the lessons that taught them.
#[derive(Clone, Debug, Default)]
pub struct ProjectKinds {
    ids: (Vec<KindId>, Vec<Label>),
    lessons: Vec<KindLesson>,
    now: Kinds,
    /// What was taken from other projects, each with its name.
    taken: Vec<(String, OwnKinds)>,
    /// As they were before one of the lessons: the one that changed last, which mostly changes again.
    before: (usize, Kinds),
}

impl ProjectKinds {
    /// Nothing known of these kinds.
    pub fn new(own: Vec<KindId>, ready: Vec<Label>) -> Self {
        let none = Kinds::new(own.clone(), ready.iter().copied());
        Self { ids: (own, ready), lessons: Vec::new(), now: none.clone(), taken: Vec::new(), before: (0, none) }
    }

    /// Whether they are these.
    pub fn are(&self, own: &[KindId], ready: &[Label]) -> bool {
        self.ids.0 == own && self.ids.1 == ready
    }

    /// Uses what was taken from other projects, for kinds that are not suggested from examples of this one's own.
    pub fn take(&mut self, all: &[Taken]) {
        self.taken = heads::taken(all);
    }

    fn none(&self) -> Kinds {
        Kinds::new(self.ids.0.clone(), self.ids.1.iter().copied())
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
            _ => (0, self.none()),
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
            self.before = (0, self.none());
        }
        self.lessons = lessons;
        self.now = state;
    }

    /// What is like the examples in a text.
    pub fn suggest(&self, text: &str, look: &Look) -> Vec<KindSpan> {
        let rounded = |score: f32| (score * 100.0).round() / 100.0;
        let span = |told: Told, kind: KindId| KindSpan {
            range: told.range,
            kind,
            score: rounded(told.score),
            reason: told.reason,
        };
        let mut own = self.now.own.suggest(text, look, None);
        for (from, kinds) in &self.taken {
            for told in kinds.suggest(text, look, Some(from)) {
                let meets = |other: &Told| other.range.intersect(told.range).is_some_and(|shared| !shared.is_empty());
                let is_here = self.ids.0.contains(&told.kind);
                let is_learned = self.now.own.speaks(&SpanLabel::Kind(told.kind.clone()));
                if is_here && !is_learned && !own.iter().any(meets) {
                    own.push(told);
                }
            }
        }
        let own = own.into_iter().map(|told| (told.kind.clone(), told));
        let ready = self.now.ready.suggest(text, look, None).into_iter();
        let ready = ready.filter_map(|told| Some((Label::adapted(told.kind.as_str())?.kind(), told)));
        own.chain(ready).map(|(kind, told)| span(told, kind)).collect()
    }

    /// The kinds that the engine knows of which what was learned is suggested instead.
    pub fn adapted(&self) -> Vec<KindId> {
        let speak = self.ids.1.iter().filter(|label| self.now.ready.speaks(&SpanLabel::Engine(**label)));
        speak.map(|label| label.kind()).collect()
    }

    /// How far each has come.
    pub fn standings(&self) -> Vec<KindStanding> {
        self.now.own.standings()
    }

    /// Whether any of them is suggested.
    pub fn speak(&self) -> bool {
        let learned = self.standings().iter().any(|standing| standing.speaks) || !self.adapted().is_empty();
        learned || !self.taken.is_empty()
    }
}
