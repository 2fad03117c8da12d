//! The closed classes of English words that tell a verb from a noun and a fact from a plan.

const DETERMINERS: &[&str] = &[
    "a", "an", "the", "this", "these", "those", "its", "his", "her", "their", "our", "my", "your", "'s", "'", "’",
    "s'", "no", "any", "some", "each", "every", "another", "several", "many", "more", "further", "both", "such", "few",
    "all", "other", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "first", "second", "third",
    "last", "next", "new", "recent", "latest",
];

/// Articles, demonstratives, possessives and quantifiers: a noun follows.
pub(crate) fn is_determiner(word: &str) -> bool {
    DETERMINERS.contains(&word)
}

/// Words that the subject of a verb may be.
pub(crate) fn is_subject(word: &str) -> bool {
    matches!(word, "he" | "she" | "they" | "we" | "i" | "it" | "who" | "which" | "you")
}

const MODALS: &[&str] = &[
    "will", "would", "can", "could", "may", "might", "must", "shall", "should", "'ll", "'d", "do", "does", "did",
    "don't", "doesn't", "didn't", "won't", "wouldn't", "can't", "cannot", "couldn't", "let", "help", "helped",
];

/// A base form follows.
pub(crate) fn is_modal(word: &str) -> bool {
    MODALS.contains(&word)
}

/// Forms of "be" and what stands for it in a passive.
pub(crate) fn is_be(word: &str) -> bool {
    matches!(
        word,
        "is" | "are"
            | "was"
            | "were"
            | "be"
            | "been"
            | "being"
            | "'re"
            | "'m"
            | "get"
            | "gets"
            | "got"
            | "getting"
            | "isn't"
            | "aren't"
            | "wasn't"
            | "weren't"
    )
}

/// Forms of "have".
pub(crate) fn is_have(word: &str) -> bool {
    matches!(word, "has" | "have" | "had" | "having" | "'ve" | "hasn't" | "haven't" | "hadn't")
}

const PREPOSITIONS: &[&str] = &[
    "of",
    "in",
    "on",
    "at",
    "by",
    "for",
    "with",
    "from",
    "after",
    "before",
    "during",
    "over",
    "against",
    "about",
    "under",
    "amid",
    "despite",
    "since",
    "until",
    "without",
    "near",
    "into",
    "through",
    "between",
    "among",
    "toward",
    "towards",
    "following",
    "via",
    "within",
    "across",
    "outside",
    "inside",
    "onto",
    "upon",
    "around",
    "than",
    "as",
    "per",
    "beyond",
    "behind",
];

/// Prepositions.
pub(crate) fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.contains(&word)
}

/// Adverbs that stand between an auxiliary and its verb.
pub(crate) fn is_adverb(word: &str) -> bool {
    (word.ends_with("ly")
        && word.len() > 4
        && !matches!(
            word,
            "family" | "italy" | "july" | "assembly" | "rally" | "ally" | "early" | "supply" | "reply" | "apply"
        ))
        || matches!(
            word,
            "not"
                | "n't"
                | "never"
                | "also"
                | "then"
                | "again"
                | "now"
                | "just"
                | "already"
                | "still"
                | "ever"
                | "even"
                | "once"
                | "first"
                | "soon"
                | "twice"
                | "later"
                | "so"
                | "thus"
                | "yet"
                | "always"
                | "often"
                | "too"
        )
}

/// Pronouns that are objects.
pub(crate) fn is_object_pronoun(word: &str) -> bool {
    matches!(word, "him" | "them" | "us" | "me" | "himself" | "herself" | "itself" | "themselves" | "it" | "her")
}

const CLAUSE_BREAKS: &[&str] = &[
    ";", "—", "–", "that", "because", "although", "though", "while", "when", "where", "if", "unless", "but", "said",
    "says", "say", "told", "wrote", "whose", "which", "who", "as", "before", "after", "since", "until", "amid", "(",
    ")",
];

/// Begins a new clause within a sentence.
pub(crate) fn breaks_clause(word: &str) -> bool {
    CLAUSE_BREAKS.contains(&word)
}

const THINGS_AND_OFFICES: &[&str] = &[
    "department",
    "departments",
    "minister",
    "ministers",
    "ministry",
    "station",
    "stations",
    "official",
    "officials",
    "helicopter",
    "helicopters",
    "room",
    "chief",
    "chiefs",
    "law",
    "laws",
    "policy",
    "policies",
    "officer",
    "officers",
    "truck",
    "trucks",
    "engine",
    "engines",
    "fighter",
    "fighters",
    "aircraft",
    "plane",
    "planes",
    "dog",
    "dogs",
    "force",
    "forces",
    "ship",
    "ships",
    "boat",
    "group",
    "groups",
    "team",
    "teams",
    "company",
    "companies",
    "center",
    "centre",
    "office",
    "agency",
    "commission",
    "committee",
    "board",
    "court",
    "zone",
    "zones",
    "area",
    "site",
    "venue",
    "date",
    "season",
    "week",
    "price",
    "prices",
    "rate",
    "rates",
    "market",
    "markets",
    "centers",
    "worker",
    "workers",
    "secretary",
    "system",
    "systems",
    "insurance",
    "expert",
    "experts",
    "club",
    "clubs",
    "service",
    "services",
    "brigade",
    "crew",
    "crews",
    "commissioner",
    "leader",
    "leaders",
    "player",
    "players",
    "hall",
    "guard",
    "guards",
    "rules",
    "data",
    "squad",
    "unit",
    "units",
    "camp",
    "bond",
    "winner",
    "holder",
    "records",
    "book",
    "books",
    "lawyer",
    "judge",
    "captain",
    "coach",
    "fees",
    "police",
    "gear",
];

/// Nouns before which an event noun is no more than a modifier: "fire department", "attack helicopter".
pub(crate) fn is_thing_or_office(word: &str) -> bool {
    THINGS_AND_OFFICES.contains(&word)
}

const LIGHT_VERBS: &[&str] = &[
    "hold",
    "holds",
    "held",
    "holding",
    "have",
    "has",
    "had",
    "having",
    "make",
    "makes",
    "made",
    "making",
    "launch",
    "launches",
    "launched",
    "launching",
    "conduct",
    "conducts",
    "conducted",
    "conducting",
    "carry",
    "carried",
    "carrying",
    "stage",
    "stages",
    "staged",
    "staging",
    "issue",
    "issues",
    "issued",
    "issuing",
    "sign",
    "signs",
    "signed",
    "signing",
    "impose",
    "imposes",
    "imposed",
    "imposing",
    "begin",
    "began",
    "begun",
    "start",
    "started",
    "resume",
    "resumed",
    "host",
    "hosts",
    "hosted",
    "hosting",
    "take",
    "takes",
    "took",
    "taking",
    "give",
    "gives",
    "gave",
    "giving",
    "pay",
    "pays",
    "paid",
    "mount",
    "mounted",
    "order",
    "ordered",
    "announce",
    "announced",
    "declare",
    "declared",
    "lead",
    "led",
    "open",
    "opened",
    "reach",
    "reached",
    "face",
    "seek",
    "seeks",
    "seeking",
    "sought",
];

/// Verbs that lend their subject to the event noun that follows: "held talks".
pub(crate) fn is_light_verb(word: &str) -> bool {
    LIGHT_VERBS.contains(&word)
}

const INSTITUTIONS: &[&str] = &[
    "government",
    "army",
    "military",
    "navy",
    "force",
    "forces",
    "troops",
    "police",
    "ministry",
    "parliament",
    "court",
    "bank",
    "embassy",
    "junta",
    "guard",
    "cabinet",
    "authorities",
    "regime",
    "administration",
    "senate",
    "congress",
    "lawmakers",
    "soldiers",
    "regulator",
    "agency",
    "prosecutors",
    "service",
    "leadership",
    "leaders",
    "officials",
    "diplomats",
    "parties",
    "delegation",
    "mission",
    "presidency",
    "rulers",
    "legislature",
    "treasury",
    "team",
];

/// Bodies that act for their country: "Ukraine's air force".
pub(crate) fn is_institution(word: &str) -> bool {
    INSTITUTIONS.contains(&word)
}

/// Verbs of saying.
pub(crate) fn is_reporting(word: &str) -> bool {
    matches!(word, "said" | "says" | "say" | "saying" | "told" | "tells" | "wrote" | "reported" | "added" | "stated")
}
