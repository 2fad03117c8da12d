//! What a person says of learning from their decisions: whether the project does, and where not.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::{ArticleId, CountryCode, Kind, KindId};

/// Whether the decisions of a project change what is suggested in it, and for which words they do not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learning {
    /// Whether anything is learned.
    #[serde(default = "on", skip_serializing_if = "is_on")]
    pub on: bool,
    /// The words for which it is not.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub refused: BTreeSet<Refusal>,
}

/// Words that are suggested as a kind, or not, whatever was decided about them elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Refusal {
    /// To the letter; of events in small letters.
    pub words: SmolStr,
    /// The kind.
    pub kind: KindId,
    /// In this article alone; in all where none is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<ArticleId>,
}

impl Default for Learning {
    fn default() -> Self {
        Self { on: on(), refused: BTreeSet::new() }
    }
}

impl Learning {
    /// Whether what was decided elsewhere counts for words as a kind in an article.
    pub fn counts(&self, words: &str, kind: &KindId, article: ArticleId) -> bool {
        let refused = |article| Refusal { words: SmolStr::new(words), kind: kind.clone(), article };
        self.on && !self.refused.contains(&refused(None)) && !self.refused.contains(&refused(Some(article)))
    }
}

fn on() -> bool {
    true
}

fn is_on(on: &bool) -> bool {
    *on
}

/// What another project has learned: words and how often they were decided on, not its texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The name of its file.
    pub from: String,
    /// The words, in order.
    pub words: Vec<TakenWords>,
    /// What it knows of kinds of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kinds: Option<TakenKinds>,
}

/// What another project has learned of kinds of its own from their examples.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenKinds {
    /// The kinds that it suggests.
    pub kinds: Vec<Kind>,
    /// What it suggests them by, in JSON: numbers, and words of the examples.
    pub learned: String,
}

/// Words as a kind, and in how many articles of another project they were decided on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TakenWords {
    /// To the letter; of events in small letters.
    pub words: SmolStr,
    /// The kind.
    pub kind: KindId,
    /// In how many articles they were accepted.
    #[serde(default, skip_serializing_if = "is_none")]
    pub accepted: u32,
    /// In how many they were rejected.
    #[serde(default, skip_serializing_if = "is_none")]
    pub rejected: u32,
    /// In how many a person had to tag them.
    #[serde(default, skip_serializing_if = "is_none")]
    pub added: u32,
    /// The country that they name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<CountryCode>,
}

fn is_none(count: &u32) -> bool {
    *count == 0
}
