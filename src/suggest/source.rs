//! What proposes: a folder of the engine each.

use super::tagger::Tags;
use super::{Document, Suggestions};

/// Something that proposes.
pub trait Source: Send + Sync {
    /// Adds what it finds in `document`, with what the tagger sees there, to what the sources before it found; in any
    /// order, the engine sorts. `tags` is empty where there is no tagger.
    fn suggest(&self, document: &Document<'_>, tags: &Tags, found: &mut Suggestions);
}
