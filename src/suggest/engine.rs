//! The engine: which sources there are, and in which order they look at a document.

use jiff::civil::Date;

use super::Suggestions;

/// What a source looks at.
#[derive(Clone, Copy, Debug)]
pub struct Document<'t> {
    /// The article's text.
    pub text: &'t str,
    /// The day of publication, against which "on Friday" is resolved.
    pub date: Option<Date>,
}

/// What a person can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Propose people.
    pub people: bool,
    /// Propose countries.
    pub countries: bool,
    /// Propose named events and happenings.
    pub events: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { people: true, countries: true, events: true }
    }
}

/// Something that proposes.
pub trait Source: Send + Sync {
    /// Its name, as spans carry it.
    fn name(&self) -> &'static str;

    /// Adds what it finds in `document` to what the sources before it found.
    fn suggest(&self, document: &Document<'_>, found: &mut Suggestions);
}

/// The sources in their order.
pub struct Engine {
    sources: Vec<Box<dyn Source>>,
}

impl Engine {
    /// The engine with the embedded knowledge.
    pub fn new(options: Options) -> Self {
        let _ = options;
        Self { sources: Vec::new() }
    }

    /// Everything that the sources propose for a document.
    pub fn suggest(&self, document: &Document<'_>) -> Suggestions {
        let mut found = Suggestions::default();
        for source in &self.sources {
            source.suggest(document, &mut found);
        }
        found
    }
}
