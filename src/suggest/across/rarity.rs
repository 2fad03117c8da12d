//! How much a word tells of what a text is about.

use std::collections::HashMap;
use std::sync::Mutex;

use foldhash::fast::RandomState;

use crate::suggest::knowledge::is_common;
use crate::suggest::tagger::Tagger;

/// The log probability from which on a word tells nothing.
const COMMON: f32 = -8.0;
/// How far below that it tells all that a word can.
const RARE: f32 = 9.0;

/// How much words tell, from what the tagger's pieces say of how often they are written.
#[derive(Default)]
pub(super) struct Rarity {
    known: Mutex<HashMap<String, f32, RandomState>>,
}

impl Rarity {
    /// From 0 ("the") to 1 (most names), of a word in small letters.
    pub(super) fn of(&self, word: &str) -> f32 {
        let looked_up = |word: &str| match Tagger::embedded() {
            Ok(tagger) => ((COMMON - tagger.log_probability(word)) / RARE).clamp(0.0, 1.0),
            Err(_) => {
                if is_common(word) {
                    0.3
                } else {
                    1.0
                }
            }
        };
        let Ok(mut known) = self.known.lock() else { return looked_up(word) };
        if let Some(rarity) = known.get(word) {
            return *rarity;
        }
        let rarity = looked_up(word);
        known.insert(word.to_owned(), rarity);
        rarity
    }
}
