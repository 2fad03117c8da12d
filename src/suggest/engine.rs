//! The engine: which sources there are, and in which order they look at a document.

use jiff::civil::Date;

use super::calibration;
use super::countries::Countries;
use super::events::Events;
use super::groups::Groups;
use super::people::People;
use super::tagger::{ModelError, Tagger, Tags};
use super::{CountryName, Document, Label, Participant, Source, Span, Suggestions};

/// What a person can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Propose people.
    pub people: bool,
    /// Propose countries.
    pub countries: bool,
    /// Propose named events and happenings.
    pub events: bool,
    /// Propose countries inside other names too: "Bank of China", "South China Sea".
    pub inside_names: bool,
    /// Propose countries where their people or language are named: "Chinese".
    pub demonyms: bool,
    /// Propose countries where their capital or government is named: "Beijing", "the Kremlin".
    pub capitals: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { people: true, countries: true, events: true, inside_names: false, demonyms: true, capitals: true }
    }
}

impl Options {
    /// Whether a span is wanted; other places and groups come with the countries.
    fn ask_for(self, span: &Span) -> bool {
        match span.label {
            Label::Person => self.people,
            Label::Country => {
                self.countries
                    && match span.country_name {
                        Some(CountryName::Demonym) => self.demonyms,
                        Some(CountryName::Capital | CountryName::Government) => self.capitals,
                        Some(CountryName::Name) | None => true,
                    }
            }
            Label::Place | Label::Norp | Label::Org => self.countries,
            Label::Event | Label::Trigger => self.events,
        }
    }
}

/// The sources in their order.
pub struct Engine {
    tagger: Result<&'static Tagger, &'static ModelError>,
    sources: Vec<Box<dyn Source>>,
    options: Options,
}

impl Engine {
    /// The engine with the embedded tagger and knowledge. The first one reads the tagger's model.
    ///
    /// People come first: what is a person's name ("Chad Smith") names no country. Both run even where the options
    /// leave them out, as events name their participants; [`Engine::suggest`] drops what was not asked for.
    pub fn new(options: Options) -> Self {
        let sources: Vec<Box<dyn Source>> = vec![
            Box::new(People),
            Box::new(Countries { inside: options.inside_names }),
            Box::new(Groups),
            Box::new(Events),
        ];
        Self { tagger: Tagger::embedded(), sources, options }
    }

    /// Why the engine does without its tagger, where it does.
    pub fn problem(&self) -> Option<&'static ModelError> {
        self.tagger.err()
    }

    /// What is proposed for each of several texts, on all processors: a text, its day, in their order.
    pub fn suggest_all(&self, texts: &[(&str, Option<Date>)]) -> Vec<Suggestions> {
        use rayon::prelude::*;
        texts.par_iter().map(|(text, date)| self.suggest(&Document::new(text, *date))).collect()
    }

    /// How many texts [`Engine::suggest_all`] is given at once, where more are waiting: each processor has some to do
    /// while the longest is finished.
    pub fn batch() -> usize {
        4 * rayon::current_num_threads()
    }

    /// Everything that the sources propose for a document.
    pub fn suggest(&self, document: &Document<'_>) -> Suggestions {
        self.suggest_from(document, &self.tagger.map(|tagger| tagger.tag(document)).unwrap_or_default())
    }

    /// Everything that the sources propose for a document in which the tagger sees these tags.
    pub(super) fn suggest_from(&self, document: &Document<'_>, tags: &Tags) -> Suggestions {
        let mut found = Suggestions::default();
        for source in &self.sources {
            source.suggest(document, tags, &mut found);
            sort(&mut found, |_| true);
        }
        for span in &mut found.spans {
            span.score = calibration::probability(span.label, span.score);
        }
        let options = self.options;
        if options != Options::default() {
            sort(&mut found, |span| options.ask_for(span));
        }
        found
    }
}

/// Puts the spans that are kept in order, and everything that points at them with them.
fn sort(found: &mut Suggestions, keep: impl Fn(&Span) -> bool) {
    let mut spans: Vec<(usize, Span)> = std::mem::take(&mut found.spans).into_iter().enumerate().collect();
    let count = spans.len();
    spans.retain(|(_, span)| keep(span));
    spans.sort_by_key(|(_, span)| (span.range.start(), std::cmp::Reverse(span.range.end()), span.label));
    let mut moved = vec![None; count];
    for (new, (old, _)) in spans.iter().enumerate() {
        if let Some(slot) = moved.get_mut(*old) {
            *slot = Some(new);
        }
    }
    found.spans = spans.into_iter().map(|(_, span)| span).collect();
    let follow = |index: usize| moved.get(index).copied().flatten();
    for event in &mut found.events {
        event.participants = std::mem::take(&mut event.participants)
            .into_iter()
            .filter_map(|participant| match participant.span.map(follow) {
                // Who is not asked for takes no part.
                Some(None) => None,
                span => Some(Participant { span: span.flatten(), ..participant }),
            })
            .collect();
    }
    let people = found.people.iter_mut().map(|person| &mut person.mentions);
    let countries = found.countries.iter_mut().map(|country| &mut country.mentions);
    let events = found.events.iter_mut().map(|event| &mut event.mentions);
    for mentions in people.chain(countries) {
        *mentions = mentions.iter().filter_map(|index| follow(*index)).collect();
        mentions.sort_unstable();
    }
    for mentions in events {
        *mentions = mentions.iter().filter_map(|index| follow(*index)).collect();
    }
    found.people.retain(|person| !person.mentions.is_empty());
    found.countries.retain(|country| !country.mentions.is_empty());
    found.events.retain(|event| !event.mentions.is_empty());
    let first = |mentions: &[usize]| mentions.iter().min().copied().unwrap_or(usize::MAX);
    found.people.sort_by_key(|person| first(&person.mentions));
    found.countries.sort_by_key(|country| first(&country.mentions));
    found.events.sort_by_key(|event| first(&event.mentions));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_texts_together_are_as_each_alone() {
        let texts = ["Angela Merkel met Emmanuel Macron in Berlin.", "", "Floods killed 12 in Sindh, officials said."];
        let engine = Engine::new(Options::default());
        let together = engine.suggest_all(&texts.map(|text| (text, None)));
        let alone: Vec<_> = texts.iter().map(|text| engine.suggest(&Document::new(text, None))).collect();
        assert_eq!(together, alone);
    }

    #[test]
    fn a_part_of_the_engine_alone_is_shown() {
        let engine = Engine::new(Options { people: false, events: false, ..Options::default() });
        let found = engine.suggest(&Document::new("Angela Merkel met Emmanuel Macron in Berlin.", None));
        assert!(found.people.is_empty() && found.events.is_empty());
        assert_eq!(found.countries.len(), 1);
    }

    #[test]
    fn countries_are_proposed_by_the_ways_asked_for() {
        let text = "Beijing said that Chile had met Norwegian envoys, and the Kremlin agreed.";
        let words = |options| {
            let found = Engine::new(options).suggest(&Document::new(text, None));
            let countries = found.spans.iter().filter(|span| span.label == Label::Country);
            countries.map(|span| &text[crate::text::bytes(span.range)]).collect::<Vec<_>>()
        };
        let (all, capitals) = (Options::default(), false);
        assert_eq!(words(all), ["Beijing", "Chile", "Norwegian", "Kremlin"]);
        assert_eq!(words(Options { demonyms: false, ..all }), ["Beijing", "Chile", "Kremlin"]);
        assert_eq!(words(Options { demonyms: false, capitals, ..all }), ["Chile"]);
    }
}
