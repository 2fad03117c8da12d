//! What the text says of the event selected: who takes part, and the words that tell when and where.

use std::collections::BTreeMap;

use text_size::{TextRange, TextSize};

use crate::project::{Event, Mention, MentionId, Participant, Target};
use crate::ui::model::Model;

/// How far from an event's trigger the words that tell when and where are looked for, in bytes.
const NEAR: u32 = 1500;

/// What the text says of the event selected.
#[derive(Default)]
pub(super) struct EventParts {
    /// The tags of those who take part.
    pub mentions: Vec<MentionId>,
    /// The words that tell when, where, how many, and who where no tag does.
    pub words: Vec<TextRange>,
    /// Who does what, at the first letter of their words: "actor", "recipient".
    pub roles: Vec<(TextRange, String)>,
}

impl EventParts {
    pub fn new(model: &Model, text: &str) -> Self {
        let selected = model.selected_mention().and_then(Mention::event);
        selected.and_then(|id| model.project().event(id)).map(|event| Self::of(model, event, text)).unwrap_or_default()
    }

    fn of(model: &Model, event: &Event, text: &str) -> Self {
        let mut parts = Self::default();
        let mut roles: BTreeMap<(u32, u32), (TextRange, Vec<&str>)> = BTreeMap::new();
        for participant in &event.participants {
            let mentions = mentions_of(model, participant);
            let range = participant.range.or_else(|| mentions.first().map(|mention| mention.range));
            if let Some(range) = range {
                let at = roles.entry((range.start().into(), range.end().into())).or_insert((range, Vec::new()));
                at.1.push(participant.role.name());
            }
            if mentions.is_empty() {
                parts.words.extend(participant.range);
            }
            parts.mentions.extend(mentions.iter().map(|mention| mention.id));
        }
        parts.roles = roles.into_values().map(|(range, roles)| (range, roles.join(", "))).collect();
        let target = Some(Target::Event(event.id));
        let telling = model.mentions().iter().filter(|mention| mention.is_live() && mention.target == target);
        if let Some(trigger) = telling.min_by_key(|mention| mention.retold).map(|mention| mention.range) {
            let date = event.date.as_ref().map(|date| date.text.as_str());
            let place = event.place.as_ref().map(|place| place.name.as_str());
            let said = [date, place].into_iter().flatten();
            parts.words.extend(said.filter_map(|words| nearest(text, words, trigger)));
        }
        parts.words.extend(event.figures.iter().filter_map(|figure| figure.range));
        parts
    }
}

/// The live tags of an entity that takes part: the one where the text says so, else all.
fn mentions_of<'m>(model: &'m Model, participant: &Participant) -> Vec<&'m Mention> {
    let Some(target) = participant.entity().map(Target::Entity) else { return Vec::new() };
    let of_target = model.mentions().iter().filter(|mention| mention.is_live() && mention.target == Some(target));
    of_target.filter(|mention| participant.range.is_none_or(|range| range == mention.range)).collect()
}

/// Where `words` stand, whole, nearest to a range.
fn nearest(text: &str, words: &str, range: TextRange) -> Option<TextRange> {
    let reach = TextSize::new(NEAR);
    let from = text.floor_char_boundary(range.start().checked_sub(reach).unwrap_or_default().into());
    let to = text.ceil_char_boundary((range.end() + reach).min(TextSize::of(text)).into());
    let start = TextSize::try_from(from).ok()?;
    let part = text.get(from..to).filter(|_| !words.is_empty())?;
    let found = crate::text::words::occurrences(part, words).into_iter().filter_map(|found| found.checked_add(start));
    found.min_by_key(|found| u32::from(found.start()).abs_diff(range.start().into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_marked_where_its_name_stands_whole() {
        let text = "Ministers met in Abuja. Then Abu spoke of Abuja.";
        let trigger = crate::text::byte_range(10, 13).unwrap();
        let found = |words| nearest(text, words, trigger).map(|range| text.get(crate::text::bytes(range)).unwrap());
        assert_eq!((found("Abu"), found("Abuja"), found("ja"), found("")), (Some("Abu"), Some("Abuja"), None, None));
        assert_eq!(nearest(text, "Abuja", trigger), crate::text::byte_range(17, 22));
    }
}
