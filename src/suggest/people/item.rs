//! Which item of the knowledge base a person is: no item is better than that of a namesake.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;

use smol_str::SmolStr;
use text_size::TextRange;

use super::link::Draft;
use crate::project::CountryCode;
use crate::suggest::context::Context;
use crate::suggest::countries::terms;
use crate::suggest::knowledge::{self, Leader};
use crate::text::language::{WordList, language};

/// Finds the items of a document's people.
pub(super) struct Items<'c, 'd, 't> {
    context: &'c Context<'d, 't>,
    countries: OnceCell<HashSet<CountryCode>>,
}

impl<'c, 'd, 't> Items<'c, 'd, 't> {
    pub(super) fn new(context: &'c Context<'d, 't>) -> Self {
        Self { context, countries: OnceCell::new() }
    }

    /// The one item that fits name, office, country and date of a person who is named at these ranges.
    pub(super) fn of(&self, draft: &Draft, ranges: &[TextRange]) -> Option<SmolStr> {
        let known: Vec<_> = knowledge::leaders(&draft.words.join(" ")).collect();
        let first = known.first()?;
        if known.iter().any(|leader| leader.wikidata != first.wikidata) {
            return None;
        }
        let date = self.context.document.date;
        let fits = |leader: &&Leader| {
            let told = draft.country.is_none_or(|country| country == leader.country);
            let near = draft.role == leader.role || draft.country.is_some() || self.names(leader.country);
            let then = date.is_none_or(|date| leader.from.is_none_or(|from| date.year() + 20 >= from));
            told && near && then && self.could_be(leader, draft, ranges)
        };
        known.iter().find(fits).map(|leader| leader.wikidata.into())
    }

    /// Whether the document names a country.
    fn names(&self, country: CountryCode) -> bool {
        let all = self.countries.get_or_init(|| {
            let units = terms::units(self.context);
            terms::country_terms(self.context, &units).into_iter().map(|found| found.what.code).collect()
        });
        all.contains(&country)
    }

    /// Whether what is told of a person is told of who is in such an office: the role fits, or there is none and politics are
    /// told of near the name. A member of a parliament has many namesakes: a role has to be told, and that it is one there.
    fn could_be(&self, leader: &Leader, draft: &Draft, ranges: &[TextRange]) -> bool {
        let people = &language().people;
        let has_role =
            |fitting: &WordList| draft.role.to_lowercase().split([' ', '-', '.']).any(|word| fitting.contains(word));
        if !leader.leads() {
            return has_role(&people.member_roles) && self.tells(ranges, &people.signs_of_congress);
        }
        let plain = draft.role.is_empty();
        draft.role == leader.role
            || has_role(&people.leading_roles)
            || (plain && self.tells(ranges, &people.signs_of_power))
    }

    /// Whether one of these words stands in a sentence that names the person, or beside one.
    fn tells(&self, ranges: &[TextRange], signs: &WordList) -> bool {
        let document = self.context.document;
        let sentences: Vec<Range<usize>> = document.sentence_tokens().collect();
        let near: HashSet<usize> = ranges
            .iter()
            .filter_map(|range| document.sentence_of(document.token_at(range.start())))
            .flat_map(|at| at.saturating_sub(1)..=at.saturating_add(1))
            .collect();
        let mut words = near.into_iter().filter_map(|at| sentences.get(at).cloned()).flatten();
        words.any(|index| {
            // "cricketer-turned-politician"
            let mut parts = document.word(index).split('-').chain([document.word(index)]);
            parts.any(|word| signs.contains(word) || signs.contains(word.to_lowercase().as_str()))
        })
    }
}
