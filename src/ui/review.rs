//! The order in which suggestions are reviewed.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::model::Model;
use crate::project::{KindId, Mention, MentionId, Target};
use crate::store::ReviewOrder;

/// Where a mention comes in the order of review: its group, then its place in the text.
type Place = (u32, (u32, Reverse<u32>, MentionId));

impl Model {
    /// The next open suggestion in the order of review from where the person is, or the one before; goes round at the
    /// end.
    pub fn next_suggestion(&self, forward: bool) -> Option<MentionId> {
        let order = self.review_order();
        let here = self.selected_mention().map(&order).or_else(|| {
            let caret = self.caret.filter(|_| self.settings.review_order == ReviewOrder::Text)?;
            Some((0, (caret.head.into(), Reverse(u32::MAX), MentionId(0))))
        });
        let mut open: Vec<_> = self.to_decide().map(|mention| (order(mention), mention.id)).collect();
        open.sort_unstable();
        if !forward {
            open.reverse();
        }
        let beyond = |(place, _): &&(Place, MentionId)| match here {
            Some(here) if forward => *place > here,
            Some(here) => *place < here,
            None => true,
        };
        open.iter().find(beyond).or(open.first()).map(|(_, id)| *id)
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
        move |mention| {
            let start = mention.range.start().into();
            let group = match order {
                ReviewOrder::Text => 0,
                // In ten-thousandths.
                ReviewOrder::Uncertain => ((mention.origin.score.unwrap_or(0.5) - 0.5).abs() * 10_000.0) as u32,
                ReviewOrder::Entity => mention.target.and_then(|target| first.get(&target).copied()).unwrap_or(start),
                ReviewOrder::Kind => kinds.iter().take_while(|kind| **kind != mention.kind).count() as u32,
            };
            (group, mention.order())
        }
    }
}
