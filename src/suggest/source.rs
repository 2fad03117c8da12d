//! What proposes: a source, and what it may look at.

use text_size::TextRange;

use super::tagger::Tags;
use super::{Document, Suggestions};

/// Something that proposes.
pub trait Source: Send + Sync {
    /// Adds what it finds to what the sources before it found; in any order, the engine sorts.
    fn suggest(&self, context: &SourceContext<'_, '_>, found: &mut Suggestions);
}

/// What a source may look at.
#[derive(Clone, Copy, Debug)]
pub struct SourceContext<'a, 't> {
    /// The article's text with its tokens and sentences.
    pub document: &'a Document<'t>,
    /// What the tagger sees there; empty where there is no tagger.
    pub tags: &'a Tags,
    /// What is known from the project that the article belongs to.
    pub project: &'a ProjectKnowledge,
}

/// What a project's articles and a person's decisions in them tell of an article that comes to it.
#[derive(Clone, Debug, Default)]
pub struct ProjectKnowledge {
    /// Words of the article that a person says tell of an event, without overlap: UTF-8 bytes of its text.
    pub told: Vec<TextRange>,
}
