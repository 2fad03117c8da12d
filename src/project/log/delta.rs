//! What mentions were before a change, field by field.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::Ids;
use crate::project::{KindId, Level, Mention, Origin, Proposed, Stamp, Status, Target};
use crate::text::TextRange;

/// How many of the last groups are looked at for one that a mention fits into.
const LOOK_BACK: usize = 8;

/// Mentions that were changed, and what they all were before; a field that is none was left as it was.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Delta {
    /// Which mentions.
    pub mentions: Ids,
    /// How far they had come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Who had decided on them, and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<Option<Stamp>>,
    /// Their kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<KindId>,
    /// What they pointed at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Option<Target>>,
    /// Their range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<TextRange>,
    /// Their words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<SmolStr>,
    /// How they named it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtype: Option<Option<SmolStr>>,
    /// From which level on they were shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Whether their event was told more clearly elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retold: Option<bool>,
    /// Where they came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Box<Origin>>,
    /// What had been proposed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposed: Option<Option<Proposed>>,
    /// Whether they had been drawn by chance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drawn: Option<bool>,
    /// The remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Delta {
    /// Adds what a mention was to the groups that an entry has.
    pub(super) fn note(groups: &mut Vec<Self>, before: &Mention, after: &Mention) {
        fn old<T: Clone + PartialEq>(before: &T, after: &T) -> Option<T> {
            (before != after).then(|| before.clone())
        }
        let was = Self {
            mentions: Ids::default(),
            status: old(&before.status, &after.status),
            decision: old(&before.decision, &after.decision),
            kind: old(&before.kind, &after.kind),
            target: old(&before.target, &after.target),
            range: old(&before.range, &after.range),
            quote: old(&before.quote, &after.quote),
            subtype: old(&before.subtype, &after.subtype),
            level: old(&before.level, &after.level),
            retold: old(&before.retold, &after.retold),
            origin: old(&before.origin, &after.origin).map(Box::new),
            proposed: old(&before.proposed, &after.proposed),
            drawn: old(&before.drawn, &after.drawn),
            note: old(&before.note, &after.note),
        };
        let from = groups.len().saturating_sub(LOOK_BACK);
        let same = groups.iter_mut().skip(from).find(|group| group.same(&was));
        match same {
            Some(group) => group.mentions.insert(before.id.0),
            None => {
                let mut mentions = Ids::default();
                mentions.insert(before.id.0);
                groups.push(Self { mentions, ..was });
            }
        }
    }

    /// Whether two say the same but for the mentions they say it of.
    fn same(&self, other: &Self) -> bool {
        let Self {
            mentions: _,
            status,
            decision,
            kind,
            target,
            range,
            quote,
            subtype,
            level,
            retold,
            origin,
            proposed,
            drawn,
            note,
        } = self;
        *status == other.status
            && *decision == other.decision
            && *kind == other.kind
            && *target == other.target
            && *range == other.range
            && *quote == other.quote
            && *subtype == other.subtype
            && *level == other.level
            && *retold == other.retold
            && *origin == other.origin
            && *proposed == other.proposed
            && *drawn == other.drawn
            && *note == other.note
    }

    /// Makes a mention what it was.
    pub(super) fn restore(&self, mention: &mut Mention) {
        fn back<T: Clone>(field: &mut T, was: Option<&T>) {
            if let Some(was) = was {
                *field = was.clone();
            }
        }
        back(&mut mention.status, self.status.as_ref());
        back(&mut mention.decision, self.decision.as_ref());
        back(&mut mention.kind, self.kind.as_ref());
        back(&mut mention.target, self.target.as_ref());
        back(&mut mention.range, self.range.as_ref());
        back(&mut mention.quote, self.quote.as_ref());
        back(&mut mention.subtype, self.subtype.as_ref());
        back(&mut mention.level, self.level.as_ref());
        back(&mut mention.retold, self.retold.as_ref());
        back(&mut mention.origin, self.origin.as_deref());
        back(&mut mention.proposed, self.proposed.as_ref());
        back(&mut mention.drawn, self.drawn.as_ref());
        back(&mut mention.note, self.note.as_ref());
    }
}
