//! What a person has decided on in an article, arranged so that a run finds quickly what stands against a suggestion.

use std::collections::{HashMap, HashSet};

use text_size::{TextRange, TextSize};

use crate::project::{EntityId, KindId, Mention, Target};

/// The mentions of an article that a person accepted, edited, made or rejected.
pub(super) struct Decided<'p> {
    /// By start.
    mentions: Vec<&'p Mention>,
    /// How long the longest is.
    longest: TextSize,
    /// By their range.
    at: HashMap<TextRange, Vec<&'p Mention>>,
    /// By the range and kind that a source had proposed and a person changed.
    proposed: HashMap<TextRange, Vec<&'p Mention>>,
    /// The ranges and kinds that nothing may be proposed for.
    closed: HashSet<(TextRange, KindId)>,
}

impl<'p> Decided<'p> {
    /// From mentions in [`Mention::order`].
    pub fn new(mentions: Vec<&'p Mention>) -> Self {
        let mut decided = Self {
            longest: mentions.iter().map(|mention| mention.range.len()).max().unwrap_or_default(),
            at: HashMap::new(),
            proposed: HashMap::new(),
            closed: HashSet::new(),
            mentions,
        };
        for mention in &decided.mentions {
            decided.at.entry(mention.range).or_default().push(mention);
            decided.closed.insert((mention.range, mention.kind.clone()));
            if let Some(proposed) = &mention.proposed {
                decided.proposed.entry(proposed.range).or_default().push(mention);
                decided.closed.insert((proposed.range, proposed.kind.clone()));
            }
        }
        decided
    }

    /// Whether a suggestion of this range and kind would go against a decision: they decided on just this, they marked
    /// the range as something else, or they marked what overlaps it as the same kind. A rejection speaks of its own
    /// range and kind alone: what overlaps it may still be right.
    pub fn stands_against(&self, range: TextRange, kind: &KindId) -> bool {
        let live = || self.at.get(&range).into_iter().flatten().any(|mention| mention.is_live());
        self.closed.contains(&(range, kind.clone())) || live() || self.overlaps(range, kind)
    }

    fn overlaps(&self, range: TextRange, kind: &KindId) -> bool {
        let from = range.start().checked_sub(self.longest).unwrap_or_default();
        let first = self.mentions.partition_point(|mention| mention.range.start() < from);
        let near = self.mentions.get(first..).unwrap_or_default();
        near.iter()
            .take_while(|mention| mention.range.start() < range.end())
            .any(|mention| mention.is_live() && mention.kind == *kind && mention.range.end() > range.start())
    }

    fn here(&self, range: TextRange) -> impl Iterator<Item = &'p Mention> {
        [&self.at, &self.proposed].into_iter().filter_map(move |map| map.get(&range)).flatten().copied()
    }

    /// The live mention that a person has decided on at a range, as it stands or as a source had proposed it.
    pub fn live_at(&self, range: TextRange) -> Option<&'p Mention> {
        self.here(range).find(|mention| mention.is_live())
    }

    /// The mention that a person has decided on at a range as of a kind, or that a source had proposed so there.
    pub fn same(&self, range: TextRange, kind: &KindId) -> Option<&'p Mention> {
        let proposed = |mention: &&Mention| {
            mention.proposed.as_ref().is_some_and(|proposed| proposed.range == range && proposed.kind == *kind)
        };
        let is = |mention: &&Mention| mention.range == range && mention.kind == *kind || proposed(mention);
        self.here(range).find(is)
    }

    /// Whether a person has rejected that a range is of this kind.
    pub fn is_rejected(&self, range: TextRange, kind: &KindId) -> bool {
        self.here(range).any(|mention| !mention.is_live() && mention.kind == *kind)
    }

    /// The mention of a kind that a person has accepted at a range, and the entity that it names.
    pub fn entity_at(&self, range: TextRange, kind: &KindId) -> Option<(&'p Mention, EntityId)> {
        match self.live_at(range).filter(|mention| mention.kind == *kind)? {
            mention @ Mention { target: Some(Target::Entity(id)), .. } => Some((mention, *id)),
            _ => None,
        }
    }
}
