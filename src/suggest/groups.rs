//! Groups and organisations that the tagger sees: peoples, religions and parties that are no country's, and bodies.

use std::collections::{HashMap, HashSet};

use text_size::{TextRange, TextSize};

use super::knowledge;
use super::tagger::{Tag, Tags};
use super::taken::Taken;
use super::{Document, Label, Source, SourceContext, Span, Suggestions};
use crate::text::language::{WordList, language};

const NAME: &str = "groups";

/// Proposes groups and organisations. Runs after the sources of people and countries, whose spans it leaves alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct Groups;

impl Source for Groups {
    fn suggest(&self, context: &SourceContext<'_, '_>, found: &mut Suggestions) {
        let SourceContext { document, tags, .. } = *context;
        let taken = Taken::new(found.spans.iter().map(|span| span.range));
        let same: HashSet<_> = found.spans.iter().map(|span| span.range).collect();
        let peoples = Peoples::new(document, tags);
        let mut groups = Vec::new();
        for tag in &tags.found {
            let (range, label) = match peoples.name(document, tag) {
                Some(name) => (name, Label::Norp),
                None => (tag.range, tag.label),
            };
            // A body may hold a place's or a country's name, a group is one thing only.
            let free = !same.contains(&range) && (label != Label::Norp || !taken.touches(range));
            if !free || !matches!(label, Label::Norp | Label::Org) {
                continue;
            }
            groups.push(Span {
                range,
                label: label.into(),
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

/// The names of peoples among what the tagger takes for places: "the Zaghawa communities".
pub(super) struct Peoples<'t> {
    /// Names that mostly stand before what only peoples have, and do so more than once, whatever else bears them.
    often: HashSet<&'t str>,
}

impl<'t> Peoples<'t> {
    pub(super) fn new(document: &Document<'t>, tags: &Tags) -> Self {
        let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
        for tag in tags.found.iter().filter(|tag| matches!(tag.label, Label::Place | Label::Norp)) {
            let (name, belongs) = of_people(document, tag.range, &language().bodies.of_peoples);
            let (before, all) = counts.entry(document.slice(name)).or_default();
            *before += usize::from(belongs);
            *all += 1;
        }
        let often = counts.into_iter().filter(|(_, (before, all))| *before > 1 && before * 2 > *all);
        Self { often: often.map(|(name, _)| name).collect() }
    }

    /// Whether most mentions of a name stand before what only peoples have.
    pub(super) fn often(&self, name: &str) -> bool {
        self.often.contains(name)
    }

    /// The name of a people in a tag of a place or a body.
    pub(super) fn name(&self, document: &Document<'t>, tag: &Tag) -> Option<TextRange> {
        let (range, belongs) = of_people(document, tag.range, &language().bodies.of_peoples);
        let name = document.slice(range);
        let known = || knowledge::place(name).is_some() || knowledge::country_term(name).is_some();
        let people = match tag.label {
            Label::Place => self.often(name) || belongs && !known(),
            // "the Karamojong people", taken for a body; firms have communities and families too.
            Label::Org => of_people(document, tag.range, &language().bodies.tribes).1 && !known(),
            _ => false,
        };
        (people && !name.contains(' ')).then_some(range)
    }
}

/// A name without a last word that only peoples have ("Zaghawa Communities"), and whether one stands at its end or
/// behind it.
fn of_people(document: &Document<'_>, range: TextRange, theirs: &WordList) -> (TextRange, bool) {
    let is_theirs = |word: &str| theirs.contains(&word.to_lowercase());
    if let Some((name, _)) = document.slice(range).split_once(' ').filter(|(_, last)| is_theirs(last)) {
        let name = TextRange::at(range.start(), TextSize::of(name));
        return (name, true);
    }
    let rest = document.text.get(usize::from(range.end())..).unwrap_or_default();
    let behind = rest.strip_prefix(' ').unwrap_or_default().split(|c: char| !c.is_alphabetic()).next();
    (range, behind.is_some_and(is_theirs))
}

#[cfg(test)]
mod tests {
    use crate::suggest::Label;
    use crate::suggest::fixture::check_tagged;

    #[test]
    fn a_name_before_what_only_peoples_have_is_a_peoples() {
        let labels = [Label::Norp, Label::Place];
        check_tagged(
            &labels,
            "Aid reached the <norp>Zaghawa</norp> communities near <place TD>Abeche</place> on Monday.",
        );
        check_tagged(
            &labels,
            "Leaders of the <~org 0.6><norp>Karamojong</norp></~org> people spoke near <place UG>Gulu</place> on Monday.",
        );
        // A town of Congo too, which this document does not speak of.
        check_tagged(
            &labels,
            "The fund built schools in 40 <~place 0.7><norp>Zongo</norp></~place> communities. Work in <~place 0.7><norp>Zongo</norp></~place> communities, he said, would go on; the <norp>Zongo</norp> people deserved it.",
        );
    }

    #[test]
    fn groups_and_organisations_are_marked_once() {
        check_tagged(
            &[Label::Norp, Label::Org, Label::Country],
            "<norp>Muslims</norp> and <norp>Christians</norp> met the <org>World Health Organization</org> in <country PK>Pakistan</country>.",
        );
        check_tagged(
            &[Label::Org, Label::Country],
            "The <~org><country RU>Kremlin</country></~org> agreed, its spokesman said.",
        );
    }
}
