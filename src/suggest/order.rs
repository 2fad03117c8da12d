//! The order of what is suggested: spans by place, and everything that points at them with them.

use super::{Participant, Relation, Span, Suggestions};

/// Puts the spans that are kept in order, and everything that points at them with them.
pub(super) fn sort(found: &mut Suggestions, keep: impl Fn(&Span) -> bool) {
    let mut spans: Vec<(usize, Span)> = std::mem::take(&mut found.spans).into_iter().enumerate().collect();
    let count = spans.len();
    spans.retain(|(_, span)| keep(span));
    spans.sort_by(|(_, a), (_, b)| {
        let ends = || b.range.end().cmp(&a.range.end());
        a.range.start().cmp(&b.range.start()).then_with(ends).then_with(|| a.label.cmp(&b.label))
    });
    let mut moved = vec![None; count];
    for (new, (old, _)) in spans.iter().enumerate() {
        if let Some(slot) = moved.get_mut(*old) {
            *slot = Some(new);
        }
    }
    found.spans = spans.into_iter().map(|(_, span)| span).collect();
    let follow = |index: usize| moved.get(index).copied().flatten();
    for event in &mut found.events {
        event.participants = std::mem::take(&mut event.participants)
            .into_iter()
            .filter_map(|participant| match participant.span.map(follow) {
                // Who is not asked for takes no part.
                Some(None) => None,
                span => Some(Participant { span: span.flatten(), ..participant }),
            })
            .collect();
    }
    for entity in found.entities.values_mut().flatten() {
        entity.mentions = entity.mentions.iter().filter_map(|index| follow(*index)).collect();
        entity.mentions.sort_unstable();
    }
    for event in &mut found.events {
        event.mentions = event.mentions.iter().filter_map(|index| follow(*index)).collect();
    }
    for relations in found.relations.values_mut() {
        let moved = std::mem::take(relations).into_iter();
        let both =
            |relation: Relation| Some(Relation { from: follow(relation.from)?, to: follow(relation.to)?, ..relation });
        *relations = moved.filter_map(both).collect();
        relations.sort_by_key(|relation| (relation.from, relation.to));
    }
    let first = |mentions: &[usize]| mentions.iter().min().copied().unwrap_or(usize::MAX);
    found.entities.retain(|_, entities| {
        entities.retain(|entity| !entity.mentions.is_empty());
        entities.sort_by_key(|entity| first(&entity.mentions));
        !entities.is_empty()
    });
    found.events.retain(|event| !event.mentions.is_empty());
    found.events.sort_by_key(|event| first(&event.mentions));
}
