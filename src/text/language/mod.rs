//! What the program knows of the language that articles are written in: its words, by what they are.
//!
//! The tables lie in `assets/language/en`, a file a topic, so that somebody who knows the language and no Rust can mend
//! them; another language would be a folder beside it. Code asks by meaning,
//! `language().grammar.reporting_verbs.contains(word)`, and never by file.
//!
//! What is data: every list of more than five words, and a shorter one whose words could be others, such as nouns, verbs
//! and names. In code stay the few function words that a rule itself is about (`word == "of"`, `"and" | "or"`), and marks.

mod table;

use std::sync::LazyLock;

use table::Table;
pub(crate) use table::{WordList, WordMap};

/// Declares the topics: for each its file, and of each section of the file the field it is read into.
macro_rules! topics {
    ($($(#[$doc:meta])* $topic:ident: $Topic:ident in $file:literal {
        $($list:ident: $Kind:ty),* $(,)?
    })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug)]
            pub(crate) struct $Topic {
                $(pub(crate) $list: $Kind,)*
            }

            impl $Topic {
                fn read() -> Self {
                    let table = Table(include_str!(concat!("../../../assets/language/en/", $file)));
                    Self { $($list: table.section(stringify!($list)).into(),)* }
                }
            }
        )*

        /// The words of a language.
        #[derive(Debug)]
        pub(crate) struct Language {
            $($(#[$doc])* pub(crate) $topic: $Topic,)*
        }

        impl Language {
            fn english() -> Self {
                Self { $($topic: $Topic::read(),)* }
            }
        }

        /// Each file, its text and the sections that are read of it.
        #[cfg(test)]
        const TABLES: &[(&str, &str, &[&str])] = &[$((
            $file,
            include_str!(concat!("../../../assets/language/en/", $file)),
            &[$(stringify!($list)),*],
        ),)*];
    };
}

topics! {
    /// Where sentences begin and end.
    sentences: Sentences in "sentences.txt" {
        abbreviations: WordList,
        clitics: WordList,
        sentence_ends: WordList,
        sentence_starts: WordList,
    }
    /// The closed classes of words, which tell a verb from a noun.
    grammar: Grammar in "grammar.txt" {
        determiners: WordList,
        subjects: WordList,
        personal_subjects: WordList,
        object_pronouns: WordList,
        pronouns: WordList,
        bare_articles: WordList,
        modals: WordList,
        forms_of_be: WordList,
        forms_of_have: WordList,
        light_verbs: WordList,
        aspect_verbs: WordList,
        reporting_verbs: WordList,
        prepositions: WordList,
        clause_prepositions: WordList,
        adverbs: WordList,
        words_in_ly: WordList,
        clause_breaks: WordList,
        gerund_leads: WordList,
        subordinators: WordList,
        linking_words: WordList,
        never_described: WordList,
    }
    /// How words are inflected.
    inflection: Inflection in "inflection.txt" {
        irregular_verbs: WordMap,
        doubling: WordList,
        family_endings: WordList,
        stem_endings: WordList,
    }
    /// Where the phrases begin and end that are taken from a text.
    phrases: Phrases in "phrases.txt" {
        party_edges: WordList,
        complement_ends: WordList,
        object_ends: WordList,
        phrase_starts: WordList,
    }
    /// Days, months and what stands around them.
    calendar: Calendar in "calendar.txt" {
        names: WordList,
        months: WordList,
        months_in_small_letters: WordList,
        weekdays: WordMap,
        times_of_day: WordList,
        parts_of_periods: WordList,
        ordinals: WordList,
        ordinal_figures: WordList,
        ordinal_endings: WordList,
        putting_off: WordList,
        future: WordList,
        future_ends: WordList,
        holding: WordList,
        date_borders: WordList,
        year_leads: WordList,
    }
    /// Numbers and what they count.
    numbers: Numbers in "numbers.txt" {
        numbers: WordList,
        vague_numbers: WordList,
        multipliers: WordMap,
        currency_signs: WordList,
        currencies: WordList,
        measures: WordList,
        people: WordList,
        number_leads: WordList,
        count_ends: WordList,
        killed_behind: WordList,
        injured_behind: WordList,
        arrested_behind: WordList,
        displaced_behind: WordList,
        present_behind: WordList,
        killed_before: WordList,
        injured_before: WordList,
        arrested_before: WordList,
        displaced_before: WordList,
        amounts: WordList,
        counted: WordList,
    }
    /// People's names, and what stands in and around them.
    people: People in "people.txt" {
        honorifics: WordList,
        titles: WordList,
        portfolios: WordList,
        roles: WordList,
        leading_roles: WordList,
        vague_offices: WordList,
        member_roles: WordList,
        signs_of_power: WordList,
        signs_of_congress: WordList,
        saying: WordList,
        doing: WordList,
        particles: WordList,
        suffixes: WordList,
        offices: WordMap,
        relations: WordList,
        lieutenants: WordList,
        former: WordList,
        office_fillers: WordList,
        office_prepositions: WordList,
        title_words: WordList,
        speaking_for_countries: WordList,
        family: WordList,
        titles_in_names: WordList,
        letters_behind_names: WordList,
        family_first: WordList,
        female_titles: WordList,
        male_titles: WordList,
        arabic_articles: WordList,
        adjective_tails: WordList,
        no_names: WordList,
        articles_of_names: WordList,
        storms: WordList,
        place_nouns: WordList,
        place_leads: WordList,
        place_prepositions: WordList,
        kin: WordList,
        slavic_endings: WordList,
        before_families: WordList,
        couples: WordList,
        pronouns: WordList,
        lives: WordList,
    }
    /// What stands around the names of countries and places.
    places: Places in "places.txt" {
        organs: WordList,
        holders: WordList,
        state_abbreviations: WordList,
        place_leads: WordList,
        public_bodies: WordList,
        small_words: WordList,
        foreign_of: WordList,
        directions: WordList,
        other_americans: WordList,
        continental_prefixes: WordList,
        language_leads: WordList,
        language_nouns: WordList,
        language_ends: WordList,
        guinea_animals: WordList,
        roads: WordList,
        forces_and_firms: WordList,
        games: WordList,
        picture_agencies: WordList,
        streets: WordList,
        government_verbs: WordList,
        governing: WordList,
        city_leads: WordList,
        city_heads: WordList,
        city_nouns: WordList,
        ways: WordList,
        motions: WordList,
        visits: WordList,
        no_government: WordList,
        namesakes: WordList,
        american_local_news: WordList,
        origins: WordList,
        shared_names: WordList,
        names_of_states: WordList,
        state_offices: WordList,
        state_heads: WordList,
        sovereign_organs: WordList,
        sovereign_heads: WordList,
        georgian_cities: WordList,
        caucasus: WordList,
        american_georgia: WordList,
        american_parties: WordList,
        demonyms_without_plural: WordList,
    }
    /// Nouns of those who act together.
    bodies: Bodies in "bodies.txt" {
        words_in_names: WordList,
        whole_names: WordList,
        before_names_of_bodies: WordList,
        founding: WordList,
        like_people: WordList,
        bodies: WordList,
        somebody: WordList,
        people: WordList,
        institutions: WordList,
        state_bodies: WordList,
        governments: WordList,
        of_whole_countries: WordList,
        compound_heads: WordList,
        any_body: WordList,
        of_peoples: WordList,
        tribes: WordList,
        company_forms: WordList,
    }
    /// The names of events.
    named_events: NamedEvents in "named-events.txt" {
        heads: WordMap,
        modifiers: WordList,
        joins: WordList,
        openers: WordList,
        diseases: WordList,
        storms: WordList,
        of_wars: WordList,
        of_agreements: WordList,
        no_names_of: WordList,
        of_parliaments: WordList,
    }
    /// What is told around happenings: who takes part, and where.
    happenings: Happenings in "happenings.txt" {
        going: WordList,
        leaving: WordList,
        striking: WordList,
        undergone: WordList,
        needing_an_object: WordList,
        sides: WordList,
        prepositions: WordMap,
        detaching_prepositions: WordList,
        urging_stems: WordList,
        infinitive_leads: WordList,
        predicates: WordList,
        auxiliaries: WordList,
        things_and_offices: WordList,
    }
    /// Whether something happened, is planned or is only thought of.
    reality: Reality in "reality.txt" {
        negations: WordList,
        denying: WordList,
        cannot: WordList,
        future_modals: WordList,
        possible_modals: WordList,
        nobody: WordList,
        claims: WordList,
        denials: WordList,
        proofs: WordList,
        planned_infinitives: WordList,
        real_infinitives: WordList,
        failed_infinitives: WordList,
        noun_negations: WordList,
        possible_nouns: WordList,
        planned_nouns: WordList,
        feared_prepositions: WordList,
        feared: WordList,
        fearing: WordList,
    }
    /// What stands around a story on a web page.
    pages: Pages in "pages.txt" {
        comment_names: WordList,
        clutter_names: WordList,
        caption_names: WordList,
        picture_names: WordList,
        byline_names: WordList,
        kept_names: WordList,
        comment_heads: WordList,
        clutter_heads: WordList,
        clutter_leads: WordList,
        teaser_labels: WordList,
        firm_teaser_labels: WordList,
        notices: WordList,
        closing_leads: WordList,
        picture_sellers: WordList,
    }
}

/// The words of English; read once.
pub(crate) fn language() -> &'static Language {
    static ENGLISH: LazyLock<Language> = LazyLock::new(Language::english);
    &ENGLISH
}

#[cfg(test)]
mod tests;
