//! The engine: which sources there are, and in which order they look at a document.

use std::collections::BTreeSet;

use jiff::civil::Date;
use text_size::{TextRange, TextSize};

use super::calibration;
use super::composed::Composed;
use super::coreference::Coreference;
use super::countries::Countries;
use super::events::Events;
use super::groups::Groups;
use super::learning::{Look, Memory, candidates};
use super::order::sort;
use super::people::People;
use super::tagger::{ModelError, Tagger, Tags};
use super::{
    CountryName, Document, Event, Label, ProjectKnowledge, Source, SourceContext, Span, SpanLabel, Suggestions,
};
use crate::project::KindId;

/// What a person can set.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Propose countries where a part of them that is called a country is named: "Scotland".
    pub parts: bool,
    /// Bring suggestions of these kinds alone into the project; of all where none are said.
    pub only: Option<BTreeSet<KindId>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            people: true,
            countries: true,
            events: true,
            inside_names: false,
            demonyms: true,
            capitals: true,
            parts: true,
            only: None,
        }
    }
}

impl Options {
    /// Whether a span is wanted. Of kinds that no option is about a project takes those that its tagset has.
    fn ask_for(&self, span: &Span) -> bool {
        match &span.label {
            SpanLabel::Engine(Label::Person) => self.people,
            SpanLabel::Engine(Label::Country) => {
                self.countries
                    && match span.country_name {
                        Some(CountryName::Demonym) => self.demonyms,
                        Some(CountryName::Capital | CountryName::Government) => self.capitals,
                        Some(CountryName::Part) => self.parts,
                        Some(CountryName::Name) | None => true,
                    }
            }
            SpanLabel::Engine(Label::Event | Label::Trigger) => self.events,
            SpanLabel::Engine(Label::Place | Label::Norp | Label::Org) | SpanLabel::Kind(_) => true,
        }
    }
}

/// The sources in their order.
pub struct Engine {
    tagger: Result<&'static Tagger, &'static ModelError>,
    sources: Vec<Box<dyn Source>>,
    options: Options,
    project: ProjectKnowledge,
    memory: Option<Memory>,
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
            Box::new(Coreference),
            Box::new(Events),
        ];
        Self { tagger: Tagger::embedded(), sources, options, project: ProjectKnowledge::default(), memory: None }
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

    /// From now on [`Engine::suggest`] proposes what a memory makes of what the sources find.
    pub fn remember(&mut self, memory: Memory) {
        self.memory = Some(memory);
    }

    /// Everything that the sources propose for a document. Decomposed letters are read as composed ones.
    pub fn suggest(&self, document: &Document<'_>) -> Suggestions {
        if let Some(memory) = &self.memory {
            return memory.suggest(document.text, &self.look(document));
        }
        let composed = Composed::new(document.text);
        if !composed.is_changed() {
            return self.suggest_from(document, &self.tags(document));
        }
        let read = Document::new(&composed.text, document.date);
        let mut found = self.suggest_from(&read, &self.tags(&read));
        found.relocate(|range| composed.original(range));
        found
    }

    /// The same, with what a [`Memory`](super::Memory) needs of it.
    pub fn look(&self, document: &Document<'_>) -> Look {
        let composed = Composed::new(document.text);
        let read = composed.is_changed().then(|| Document::new(&composed.text, document.date));
        let document = read.as_ref().unwrap_or(document);
        let tags = self.tags(document);
        let mut found = self.suggest_from(document, &tags);
        let candidates = candidates(document, &tags, &found);
        let (mut words, vectors) = tags.into_words();
        if read.is_some() {
            found.relocate(|range| composed.original(range));
            words.iter_mut().for_each(|range| *range = composed.original(*range));
        }
        Look { found, candidates, words, vectors }
    }

    /// The mean of what the tagger makes of a text's words; zeros, or nothing, where it makes nothing of them.
    pub fn vector(&self, document: &Document<'_>) -> Vec<f32> {
        let composed = Composed::new(document.text);
        let read = composed.is_changed().then(|| Document::new(&composed.text, document.date));
        let (words, vectors) = self.tags(read.as_ref().unwrap_or(document)).into_words();
        vectors.mean(0..words.len())
    }

    fn tags(&self, document: &Document<'_>) -> Tags {
        self.tagger.map(|tagger| tagger.tag(document)).unwrap_or_default()
    }

    /// The event that words of a text tell of, where a person says that they tell of one; none where they are no words.
    /// Its ranges are those of the text; its mentions and the spans of its participants are not told. Of a long text only
    /// the surroundings are read.
    pub fn event_at(&self, text: &str, date: Option<Date>, range: TextRange) -> Option<Event> {
        let part = surroundings(text, range);
        let document = Document::new(text.get(crate::text::bytes(part))?, date);
        let own = range.checked_sub(part.start())?;
        let found = self.suggest_with(&document, &self.tags(&document), &ProjectKnowledge { told: vec![own] });
        let tells = |event: &Event| {
            let spans = event.mentions.iter().filter_map(|index| found.spans.get(*index));
            spans.map(|span| span.range).any(|range| range.intersect(own).is_some_and(|shared| !shared.is_empty()))
        };
        let mut event = found.events.iter().find(|event| tells(event)).cloned()?;
        event.mentions.clear();
        for participant in &mut event.participants {
            participant.range += part.start();
            participant.span = None;
        }
        event.figures.iter_mut().filter_map(|figure| figure.range.as_mut()).for_each(|range| *range += part.start());
        Some(event)
    }

    /// Everything that the sources propose for a document in which the tagger sees these tags.
    pub(super) fn suggest_from(&self, document: &Document<'_>, tags: &Tags) -> Suggestions {
        self.suggest_with(document, tags, &self.project)
    }

    fn suggest_with(&self, document: &Document<'_>, tags: &Tags, project: &ProjectKnowledge) -> Suggestions {
        let mut found = Suggestions::default();
        let context = SourceContext { document, tags, project };
        for source in &self.sources {
            source.suggest(&context, &mut found);
            sort(&mut found, |_| true);
        }
        for span in &mut found.spans {
            if let Some(label) = span.label.engine() {
                span.score = calibration::probability(label, span.score);
            }
        }
        if self.options != Options::default() {
            sort(&mut found, |span| self.options.ask_for(span));
        }
        found.only.clone_from(&self.options.only);
        found
    }
}

/// How much of a text is read around words, in bytes: some pages.
const AROUND: u32 = 12_000;

/// The part of a text around a range that is read for it: all of it, or of a long one what stands near, by whole lines
/// where there are any.
fn surroundings(text: &str, range: TextRange) -> TextRange {
    let whole = TextRange::up_to(TextSize::of(text));
    let reach = TextSize::new(AROUND);
    let from = text.floor_char_boundary(range.start().checked_sub(reach).unwrap_or_default().into());
    let to = text.ceil_char_boundary((range.end() + reach).min(whole.end()).into());
    let before = text.get(from..range.start().into()).and_then(|before| before.find('\n')).filter(|_| from > 0);
    let behind = text.get(range.end().into()..to).and_then(|behind| behind.rfind('\n')).filter(|_| to < text.len());
    let start = before.map_or(from, |line| from + line + 1);
    let end = behind.map_or(to, |line| usize::from(range.end()) + line);
    crate::text::byte_range(start, end).unwrap_or(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suggest::Entity;

    #[test]
    fn many_texts_together_are_as_each_alone() {
        let texts = ["Angela Merkel met Emmanuel Macron in Berlin.", "", "Floods killed 12 in Sindh, officials said."];
        let engine = Engine::new(Options::default());
        let together = engine.suggest_all(&texts.map(|text| (text, None)));
        let alone: Vec<_> = texts.iter().map(|text| engine.suggest(&Document::new(text, None))).collect();
        assert_eq!(together, alone);
    }

    #[test]
    fn decomposed_letters_are_read_as_composed_ones() {
        use unicode_normalization::UnicodeNormalization;
        let text = "José Muñoz left Côte d'Ivoire for São Paulo. Muñoz met Türkiye's envoy on Monday.";
        let decomposed: String = text.nfd().collect();
        let engine = Engine::new(Options::default());
        let words = |text: &str| -> Vec<(String, SpanLabel)> {
            let found = engine.suggest(&Document::new(text, None));
            let spans = found.spans.iter();
            spans.map(|span| (text[crate::text::bytes(span.range)].nfc().collect(), span.label.clone())).collect()
        };
        assert_eq!(words(&decomposed), words(text));
        assert_eq!(engine.suggest(&Document::new(&decomposed, None)).people().len(), 1);
    }

    #[test]
    fn a_part_of_the_engine_alone_is_shown() {
        let engine = Engine::new(Options { people: false, events: false, ..Options::default() });
        let found = engine.suggest(&Document::new("Angela Merkel met Emmanuel Macron in Germany.", None));
        assert!(found.people().is_empty() && found.events.is_empty());
        assert_eq!(found.countries().len(), 1);
    }

    #[test]
    fn what_is_known_by_one_name_is_one_entity_of_its_kind() {
        let text = "The World Health Organization (WHO) met Muslims in Lagos on Monday. WHO left Lagos.";
        let found = Engine::new(Options::default()).suggest(&Document::new(text, None));
        let told = |kind: KindId| -> Vec<(&str, usize)> {
            found.of(&kind).iter().map(|entity| (entity.name.as_str(), entity.mentions.len())).collect()
        };
        assert_eq!(told(KindId::ORGANISATION), [("World Health Organization", 3)]);
        assert_eq!(told(KindId::PLACE), [("Lagos", 2)]);
        assert_eq!(told(KindId::GROUP), [("Muslims", 1)]);
        assert_eq!(found.of(&KindId::PLACE)[0].country, crate::project::CountryCode::new("NG"));
        for (index, span) in found.spans.iter().enumerate() {
            let of_kind = found.of(&span.label.kind()).iter().filter(|entity| entity.mentions.contains(&index));
            let told = found.events.iter().filter(|event| event.mentions.contains(&index));
            assert_eq!(of_kind.count() + told.count(), 1, "{span:?}");
        }
    }

    /// Finds the word "frigate", which a project has a kind of its own for.
    struct Ships(KindId);

    impl Source for Ships {
        fn suggest(&self, context: &SourceContext<'_, '_>, found: &mut Suggestions) {
            for (start, word) in context.document.text.match_indices("frigate") {
                let range = crate::text::byte_range(start, start + word.len()).unwrap();
                let mentions = vec![found.spans.len()];
                found.spans.push(Span {
                    range,
                    label: SpanLabel::Kind(self.0.clone()),
                    score: 0.75,
                    source: "ships",
                    reason: String::new(),
                    country: None,
                    country_name: None,
                    in_country: None,
                });
                found.add(self.0.clone(), Entity { name: word.to_owned(), mentions, ..Entity::default() });
            }
        }
    }

    #[test]
    fn a_source_for_a_kind_of_ones_own_is_one_line() {
        let ship = KindId("ship".into());
        let mut engine = Engine::new(Options::default());
        engine.sources.push(Box::new(Ships(ship.clone())));
        let found = engine.suggest(&Document::new("A frigate of Norway met a second frigate.", None));
        let starts = |entity: &Entity| u32::from(found.spans[entity.mentions[0]].range.start());
        assert_eq!(found.of(&ship).iter().map(starts).collect::<Vec<_>>(), [2, 33]);
        assert!((found.spans[0].score - 0.75).abs() < f32::EPSILON, "its score is its own");
        assert_eq!(found.countries().len(), 1);
    }

    /// Says that a person works for the country that is named next.
    struct Employers;

    impl Source for Employers {
        fn suggest(&self, _: &SourceContext<'_, '_>, found: &mut Suggestions) {
            let is = |index: &usize, label| found.spans[*index].label == label;
            let people: Vec<usize> = (0..found.spans.len()).filter(|index| is(index, Label::Person)).collect();
            let next = |from: &usize| (from + 1..found.spans.len()).find(|to| is(to, Label::Country));
            let pairs: Vec<_> = people.into_iter().filter_map(|from| Some((from, next(&from)?))).collect();
            let relation = |(from, to)| crate::suggest::Relation {
                from,
                to,
                score: 0.5,
                source: "employers",
                reason: "named next".into(),
            };
            found.relations.insert(KindId("works-for".into()), pairs.into_iter().map(relation).collect());
        }
    }

    #[test]
    fn relations_follow_their_spans_and_come_into_a_project_that_has_their_kind() {
        use crate::project::{Project, Stamp, Status, ops};
        let text = "Angela Merkel of Germany met Emmanuel Macron of France.";
        let mut engine = Engine::new(Options { events: false, ..Options::default() });
        engine.sources.push(Box::new(Employers));
        let found = engine.suggest(&Document::new(text, None));
        let [relations] = found.relations.values().map(Vec::as_slice).collect::<Vec<_>>()[..] else { panic!() };
        let words = |index: usize| &text[crate::text::bytes(found.spans[index].range)];
        let told: Vec<_> = relations.iter().map(|relation| (words(relation.from), words(relation.to))).collect();
        assert_eq!(told, [("Angela Merkel", "Germany"), ("Emmanuel Macron", "France")]);
        let people = Engine { options: Options { countries: false, ..Options::default() }, ..engine };
        let less = people.suggest(&Document::new(text, None));
        assert_eq!(
            less.relations.values().map(Vec::len).collect::<Vec<_>>(),
            [0],
            "who is not asked for is related to nobody"
        );

        let stamp = || Stamp { by: "Ada".into(), at: jiff::Timestamp::UNIX_EPOCH };
        let mut project = Project::new();
        let article = crate::text::Article {
            meta: crate::text::Metadata::default(),
            text: crate::text::Text::new(text).unwrap(),
        };
        project.apply(&ops::add_articles(&project, vec![article], stamp())).unwrap();
        let id = project.article_ids()[0];
        let run = |project: &mut Project| {
            let edit = crate::suggest::edit(project, id, &found, stamp());
            project.apply(&edit).unwrap();
            assert!(crate::suggest::edit(project, id, &found, stamp()).is_empty());
        };
        run(&mut project);
        assert_eq!(project.relations().count(), 0, "the tagset has no such kind");
        let mut new = ops::NewTagset { tagset: project.tagset().clone(), ..ops::NewTagset::default() };
        new.tagset.add_relation(project.tagset().ready_relations().remove(0));
        project.apply(&ops::set_tagset(&project, &new, &ops::unknown, stamp())).unwrap();
        run(&mut project);
        let told: Vec<_> =
            project.relations().map(|r| (r.status, r.origin.source.as_str(), r.origin.reason.as_str())).collect();
        assert_eq!(told, [(Status::Suggested, "employers", "named next"); 2]);
    }

    #[test]
    fn countries_are_proposed_by_the_ways_asked_for() {
        let text = "Beijing said that Chile had met Norwegian envoys, and the Kremlin agreed.";
        let words = |options| {
            let found = Engine::new(options).suggest(&Document::new(text, None));
            let countries = found.spans.iter().filter(|span| span.label == Label::Country);
            countries.map(|span| &text[crate::text::bytes(span.range)]).collect::<Vec<_>>()
        };
        let (all, capitals) = (Options::default, false);
        assert_eq!(words(all()), ["Beijing", "Chile", "Norwegian", "Kremlin"]);
        assert_eq!(words(Options { demonyms: false, ..all() }), ["Beijing", "Chile", "Kremlin"]);
        assert_eq!(words(Options { demonyms: false, capitals, ..all() }), ["Chile"]);
    }
}
