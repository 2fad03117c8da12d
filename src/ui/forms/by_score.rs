//! Deciding by score: what is chosen so far.

use crate::project::{ArticleId, KindId};

/// What is chosen so far.
pub struct ByScoreForm {
    /// From this score on, in hundredths.
    pub(in crate::ui) least: u8,
    /// The kinds that are left alone.
    pub(in crate::ui) spared: Vec<KindId>,
    /// All articles, not the one that is shown alone.
    pub(in crate::ui) everywhere: bool,
    /// The scores that the choice is about, sorted, and what they are of.
    pub(in crate::ui) scores: Option<(ScoresOf, Vec<f32>)>,
}

/// Kinds that are left alone, everywhere, the article, revision with what scores are worth.
pub(in crate::ui) type ScoresOf = (Vec<KindId>, bool, Option<ArticleId>, (u64, u64));

impl Default for ByScoreForm {
    fn default() -> Self {
        Self { least: 90, spared: Vec::new(), everywhere: false, scores: None }
    }
}
