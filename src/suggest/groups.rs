//! Groups and organisations that the tagger sees: peoples, religions and parties that are no country's, and bodies.

use super::tagger::Tags;
use super::{Document, Label, Source, Span, Suggestions};

const NAME: &str = "groups";

/// Proposes groups and organisations. Runs after the sources of people and countries, whose spans it leaves alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct Groups;

impl Source for Groups {
    fn name(&self) -> &'static str {
        NAME
    }

    fn suggest(&self, _: &Document<'_>, tags: &Tags, found: &mut Suggestions) {
        let mut taken = found.spans.iter().map(|span| span.range).peekable();
        let mut groups = Vec::new();
        for tag in tags.found.iter().filter(|tag| matches!(tag.label, Label::Norp | Label::Org)) {
            while taken.next_if(|range| range.end() <= tag.range.start()).is_some() {}
            // A body may hold a place's or a country's name, a group is one thing only.
            let inside = taken.peek().filter(|range| range.start() < tag.range.end());
            if inside.is_some_and(|range| tag.label == Label::Norp || *range == tag.range) {
                continue;
            }
            groups.push(Span {
                range: tag.range,
                label: tag.label,
                score: tag.probability,
                source: NAME,
                reason: format!("tagger {:.2}", tag.probability),
                country: None,
                country_name: None,
                in_country: None,
            });
        }
        found.spans.extend(groups);
    }
}
