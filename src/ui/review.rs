//! The order in which suggestions are reviewed.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::model::{Model, Open};
use crate::project::{ArticleId, Chance, KindId, Mention, MentionId, Relation, RelationId, Target};
use crate::store::ReviewOrder;

/// What a decision on an event costs, with who, when and where, against one on a name.
const EVENT: f32 = 3.0;

/// Where a mention comes in the order of review: its group, then its place in the text.
type Place = (u32, (u32, Reverse<u32>, MentionId));
/// The same of tags and of relations, which come behind tags.
type Step = (Place, Option<RelationId>);

impl Model {
    /// The next open suggestion in the order of review from where the person is, or the one before; goes round at the
    /// end.
    pub fn next_suggestion(&self, forward: bool) -> Option<Open> {
        let order = self.review_order();
        let relation = |relation: &Relation| self.place_of(relation, &order).zip(Some(Some(relation.id)));
        let here = self.selected_relation().and_then(relation);
        let here = here.or_else(|| self.selected_mention().map(|mention| (order(mention), None))).or_else(|| {
            let caret = self.caret.filter(|_| self.settings.review_order == ReviewOrder::Text)?;
            Some(((0, (caret.head.into(), Reverse(u32::MAX), MentionId(0))), None))
        });
        let tags = self.to_decide().map(|mention| ((order(mention), None), Open::Tag(mention.id)));
        let relations = self.open_relations().filter_map(|one| Some((relation(one)?, Open::Relation(one.id))));
        let mut open: Vec<(Step, Open)> = tags.chain(relations).collect();
        open.sort_unstable();
        if !forward {
            open.reverse();
        }
        let beyond = |(place, _): &&(Step, Open)| match here {
            Some(here) if forward => *place > here,
            Some(here) => *place < here,
            None => true,
        };
        open.iter().find(beyond).or(open.first()).map(|(_, id)| *id)
    }

    /// Where a relation comes: behind the later of the tags at its ends.
    fn place_of(&self, relation: &Relation, order: &impl Fn(&Mention) -> Place) -> Option<Place> {
        let (from, to) = self.project().ends(relation)?;
        let later = if from.order() > to.order() { from } else { to };
        let (group, place) = order(later);
        let group = match self.settings.review_order {
            ReviewOrder::Text | ReviewOrder::Entity => group,
            ReviewOrder::Uncertain => uncertainty(relation.origin.score),
            // Behind all kinds of tags.
            ReviewOrder::Kind | ReviewOrder::Saves => u32::MAX,
        };
        Some((group, place))
    }

    /// Whether chance has drawn a suggestion, and the person wants that.
    pub fn is_drawn(&self, id: MentionId) -> bool {
        let mention = self.project().mention(id).filter(|mention| mention.is_open());
        self.settings.random_checks && mention.is_some_and(|mention| Chance::of(mention).is_drawn)
    }

    /// The probability that a suggestion is right, as decisions have it; none where it has no score.
    pub fn score(&self, mention: &Mention) -> Option<f32> {
        self.learner.memory.score(self.project(), mention)
    }

    /// How many wrong mentions of the project a decision on one is likely to settle.
    fn settles(&self, mention: &Mention) -> f32 {
        let wrong = 1.0 - self.score(mention).unwrap_or(0.5).clamp(0.0, 1.0);
        let settled = mention.target.map_or(1, |target| self.project().count_of(target).max(1));
        wrong * settled as f32
    }

    /// The same for what it costs.
    fn saved(&self, mention: &Mention) -> f32 {
        self.settles(mention) / cost(mention)
    }

    /// How many wrong mentions of the project a decision in an article is likely to settle, for what it costs: the mean over
    /// those that are to be made in it. 0 where none is.
    pub fn saves(&self, article: ArticleId) -> f32 {
        let (mut settled, mut costs) = (0.0, 0.0);
        let mut met: HashSet<Target> = HashSet::new();
        let level = self.project().level();
        let open = |mention: &&Mention| mention.is_open() && mention.stands_out(level);
        for mention in self.project().mentions(article).iter().filter(open) {
            // All mentions of one are decided on together.
            if mention.target.is_none_or(|target| met.insert(target)) {
                settled += self.settles(mention);
                costs += cost(mention);
            }
        }
        if costs > 0.0 { settled / costs } else { 0.0 }
    }

    /// Where a mention of the article shown comes in the order of review.
    fn review_order(&self) -> impl Fn(&Mention) -> Place {
        let order = self.settings.review_order;
        let mut first: HashMap<Target, u32> = HashMap::new();
        if order == ReviewOrder::Entity {
            for mention in self.mentions().iter().filter(|mention| mention.is_live()) {
                mention.target.into_iter().for_each(|target| {
                    first.entry(target).or_insert(mention.range.start().into());
                });
            }
        }
        let kinds: Vec<KindId> = self.project().tagset().kinds.iter().map(|kind| kind.id.clone()).collect();
        // Where the order is by what is likely wrong, what was drawn comes where another suggestion would, as chance has it:
        // so those that a person has decided on are at any time a fair sample.
        let by_score = matches!(order, ReviewOrder::Uncertain | ReviewOrder::Saves) && self.settings.random_checks;
        let suggested = self.mentions().iter().filter(|mention| by_score && !mention.origin.is_hand());
        let suggested: Vec<&Mention> = suggested.collect();
        move |mention| {
            let start = mention.range.start().into();
            let place = mention.order();
            let chance = Chance::of(mention);
            let another = (chance.place as usize).checked_rem(suggested.len()).filter(|_| chance.is_drawn);
            let mention = another.and_then(|at| suggested.get(at).copied()).unwrap_or(mention);
            let group = match order {
                ReviewOrder::Text => 0,
                ReviewOrder::Uncertain => uncertainty(self.score(mention)),
                ReviewOrder::Entity => mention.target.and_then(|target| first.get(&target).copied()).unwrap_or(start),
                ReviewOrder::Saves => u32::MAX - (self.saved(mention) * 10_000.0) as u32,
                ReviewOrder::Kind => kinds.iter().take_while(|kind| **kind != mention.kind).count() as u32,
            };
            (group, place)
        }
    }
}

/// What a decision costs.
fn cost(mention: &Mention) -> f32 {
    if mention.event().is_some() { EVENT } else { 1.0 }
}

/// How far a score is from a half, in ten-thousandths.
fn uncertainty(score: Option<f32>) -> u32 {
    ((score.unwrap_or(0.5) - 0.5).abs() * 10_000.0) as u32
}
