//! Classes of words that the rules of people and countries go by.

use std::collections::HashMap;

/// A class of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    /// Before a name alone: "Mr.", "Gen.", "Pope".
    Honorific,
    /// A capitalised office before a name: "President".
    Title,
    /// Goes before an office: "Prime", "Foreign", "Deputy".
    Portfolio,
    /// In small letters before or after a name: "spokeswoman", "striker".
    Role,
    /// A verb of saying.
    Speech,
    /// A verb that a person is often the subject of.
    Verb,
    /// Days, months, feasts.
    Calendar,
    /// In names of organisations, works and places, not of people: "Ministry", "River".
    Organisation,
    /// A word that by itself names something that is neither person nor country: "Xinhua".
    Whole,
    /// Inside names in small letters: "van", "bin".
    Particle,
    /// After names: "Jr.".
    Suffix,
    /// After a demonym in the name of an organ of the state: "Foreign", "Army".
    Organ,
    /// A state of the United States, abbreviated: "Calif.".
    State,
    /// Before "of" and a country in a name of something else: "Bank".
    Holder,
    /// Words joined by "_" that sound like a person and name a firm, a court or a place: "Morgan_Stanley".
    Namesake,
    /// A body that acts as one: "police", "court", "company".
    Body,
    /// One person, by what they are or do: "driver", "spokesman".
    Somebody,
    /// Several people, where no ending says so: "people", "staff".
    People,
}

const SECTIONS: &[(&str, Class)] = &[
    ("honorific", Class::Honorific),
    ("title", Class::Title),
    ("portfolio", Class::Portfolio),
    ("role", Class::Role),
    ("speech", Class::Speech),
    ("verb", Class::Verb),
    ("calendar", Class::Calendar),
    ("organisation", Class::Organisation),
    ("whole", Class::Whole),
    ("particle", Class::Particle),
    ("suffix", Class::Suffix),
    ("organ", Class::Organ),
    ("state", Class::State),
    ("holder", Class::Holder),
    ("namesake", Class::Namesake),
    ("body", Class::Body),
    ("somebody", Class::Somebody),
    ("people", Class::People),
];

/// The classes of each word, a bit each.
#[derive(Debug, Default)]
pub(super) struct Classes(HashMap<&'static str, u32>);

impl Classes {
    pub(super) fn parse(text: &'static str) -> Self {
        let mut classes = Self::default();
        let mut bit = 0;
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some(section) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                bit = SECTIONS.iter().find(|(name, _)| *name == section).map_or(0, |(_, class)| mask(*class));
            } else {
                for word in line.split(' ') {
                    *classes.0.entry(word).or_default() |= bit;
                }
            }
        }
        classes
    }

    pub(super) fn is(&self, word: &str, class: Class) -> bool {
        self.0.get(word).is_some_and(|bits| bits & mask(class) != 0)
    }
}

fn mask(class: Class) -> u32 {
    1 << class as u8
}
