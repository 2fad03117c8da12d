//! Groups and organisations that the tagger sees: peoples, religions and parties that are no country's, and bodies.

use std::collections::HashSet;

use super::tagger::Tags;
use super::taken::Taken;
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
        let taken = Taken::new(found.spans.iter().map(|span| span.range));
        let same: HashSet<_> = found.spans.iter().map(|span| span.range).collect();
        let mut groups = Vec::new();
        for tag in tags.found.iter().filter(|tag| matches!(tag.label, Label::Norp | Label::Org)) {
            // A body may hold a place's or a country's name, a group is one thing only.
            if same.contains(&tag.range) || tag.label == Label::Norp && taken.touches(tag.range) {
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

#[cfg(test)]
mod tests {
    use crate::suggest::Label;
    use crate::suggest::fixture::check;

    #[test]
    fn groups_and_organisations_are_marked_once() {
        check(
            &[Label::Norp, Label::Org, Label::Country],
            "<norp>Muslims</norp> and <norp>Christians</norp> met the <org>World Health Organization</org> in <country PK>Pakistan</country>.",
        );
        check(&[Label::Org, Label::Country], "The <country RU>Kremlin</country> agreed, its spokesman said.");
    }
}
