//! The closed classes of English words that tell a verb from a noun and a fact from a plan.

use crate::text::language::language;

/// Articles, demonstratives, possessives and quantifiers: a noun follows.
pub(crate) fn is_determiner(word: &str) -> bool {
    language().grammar.determiners.contains(word)
}

/// Words that the subject of a verb may be.
pub(crate) fn is_subject(word: &str) -> bool {
    language().grammar.subjects.contains(word)
}

/// A base form follows.
pub(crate) fn is_modal(word: &str) -> bool {
    language().grammar.modals.contains(word)
}

/// Forms of "be" and what stands for it in a passive.
pub(crate) fn is_be(word: &str) -> bool {
    language().grammar.forms_of_be.contains(word)
}

/// Forms of "have".
pub(crate) fn is_have(word: &str) -> bool {
    language().grammar.forms_of_have.contains(word)
}

/// Prepositions.
pub(crate) fn is_preposition(word: &str) -> bool {
    language().grammar.prepositions.contains(word)
}

/// Adverbs that stand between an auxiliary and its verb.
pub(crate) fn is_adverb(word: &str) -> bool {
    (word.ends_with("ly") && word.len() > 4 && !language().grammar.words_in_ly.contains(word))
        || language().grammar.adverbs.contains(word)
}

/// Pronouns that are objects.
pub(crate) fn is_object_pronoun(word: &str) -> bool {
    language().grammar.object_pronouns.contains(word)
}

/// Begins a new clause within a sentence.
pub(crate) fn breaks_clause(word: &str) -> bool {
    language().grammar.clause_breaks.contains(word)
}

/// Nouns before which an event noun is no more than a modifier: "fire department", "attack helicopter".
pub(crate) fn is_thing_or_office(word: &str) -> bool {
    language().happenings.things_and_offices.contains(word)
}

/// Verbs that lend their subject to the event noun that follows: "held talks".
pub(crate) fn is_light_verb(word: &str) -> bool {
    language().grammar.light_verbs.contains(word)
}

/// Bodies that act for their country: "Ukraine's air force".
pub(crate) fn is_institution(word: &str) -> bool {
    language().bodies.institutions.contains(word)
}

/// Verbs of saying.
pub(crate) fn is_reporting(word: &str) -> bool {
    language().grammar.reporting_verbs.contains(word)
}
