//! Groups and organisations that the tagger sees: peoples, religions and parties that are no country's, and bodies.

use std::collections::HashSet;

use super::knowledge;
use super::tagger::{Tag, Tags};
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

    fn suggest(&self, document: &Document<'_>, tags: &Tags, found: &mut Suggestions) {
        let taken = Taken::new(found.spans.iter().map(|span| span.range));
        let same: HashSet<_> = found.spans.iter().map(|span| span.range).collect();
        let mut groups = Vec::new();
        for tag in &tags.found {
            let label = if names_group(document, tag) { Label::Norp } else { tag.label };
            // A body may hold a place's or a country's name, a group is one thing only.
            let free = !same.contains(&tag.range) && (label != Label::Norp || !taken.touches(tag.range));
            if !free || !matches!(label, Label::Norp | Label::Org) {
                continue;
            }
            groups.push(Span {
                range: tag.range,
                label,
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

/// What a people has and a place has not: behind a name that is not known for a place it makes the name a people's. Of
/// the names that the marked training texts have before these words, 19 in 20 are.
const OF_PEOPLES: &[&str] = &[
    "people",
    "peoples",
    "community",
    "communities",
    "tribe",
    "tribes",
    "clan",
    "clans",
    "minority",
    "refugees",
    "families",
    "settlers",
    "language",
    "culture",
    "nation",
];

/// Whether a tag that the tagger takes for a place names a people: "the Zaghawa communities".
pub(super) fn names_group(document: &Document<'_>, tag: &Tag) -> bool {
    let words = document.slice(tag.range);
    let behind = || {
        let rest = document.text.get(usize::from(tag.range.end())..).unwrap_or_default();
        let word = rest.strip_prefix(' ').unwrap_or_default();
        word.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase()
    };
    tag.label == Label::Place
        && !words.contains(' ')
        && OF_PEOPLES.contains(&behind().as_str())
        && knowledge::place(words).is_none()
        && knowledge::country_term(words).is_none()
}

#[cfg(test)]
mod tests {
    use crate::suggest::Label;
    use crate::suggest::fixture::check;

    #[test]
    fn a_name_before_what_only_peoples_have_is_a_peoples() {
        let labels = [Label::Norp, Label::Place];
        check(&labels, "Aid reached the <norp>Zaghawa</norp> communities near <place TD>Abeche</place> on Monday.");
        check(&labels, "Leaders of the <norp>Karamojong</norp> people spoke in <place UG>Kampala</place> on Monday.");
    }

    #[test]
    fn groups_and_organisations_are_marked_once() {
        check(
            &[Label::Norp, Label::Org, Label::Country],
            "<norp>Muslims</norp> and <norp>Christians</norp> met the <org>World Health Organization</org> in <country PK>Pakistan</country>.",
        );
        check(&[Label::Org, Label::Country], "The <country RU>Kremlin</country> agreed, its spokesman said.");
    }
}
