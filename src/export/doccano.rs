//! doccano's JSON lines: the form of its span projects, and that of its projects with relations; code points.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use text_size::TextRange;

use super::flat::{Holds, Meta, tell, tell_relations};
use super::json::to_line;
use super::layers::{FIGURE, NOWHERE, label, party_label, role};
use super::view::{ArticleView, UNPLACED, View};
use super::{Export, ExportError, Format, Group, LeftOut, Selection};
use crate::project::{Project, Target};

/// See the module.
pub(super) enum Doccano {
    /// Labels alone.
    Spans,
    /// Labels and what joins them.
    Relations,
}

impl Format for Doccano {
    fn id(&self) -> &'static str {
        match self {
            Self::Spans => "doccano",
            Self::Relations => "doccano-relations",
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Spans => "doccano (spans)",
            Self::Relations => "doccano (with relations)",
        }
    }

    fn group(&self) -> Group {
        Group::Annotation
    }

    fn extension(&self) -> &'static str {
        "jsonl"
    }

    fn description(&self) -> &'static str {
        match self {
            Self::Spans => "For a sequence labelling project of the doccano annotation tool",
            Self::Relations => "For one that uses relations: who takes part, what is the same, and your own",
        }
    }

    fn holds_relations(&self) -> bool {
        matches!(self, Self::Relations)
    }

    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
        let view = View::new(project, selection)?;
        let (mut lines, mut left_out) = (String::new(), Vec::new());
        let mut ids = 0;
        for (number, article) in (1..).zip(&view.articles) {
            lines += &match self {
                Self::Spans => to_line(&SpanRow::new(number, project, article, &mut left_out))?,
                Self::Relations => to_line(&RelationRow::new(number, &mut ids, project, article, &mut left_out))?,
            };
        }
        Ok(Export { left_out, ..Export::file(format!("{}.jsonl", view.stem()), lines) })
    }
}

#[derive(Serialize)]
struct SpanRow<'p> {
    id: usize,
    text: &'p str,
    label: Vec<(usize, usize, String)>,
    #[serde(rename = "Comments")]
    comments: [(); 0],
    #[serde(flatten)]
    meta: Meta<'p>,
}

#[derive(Serialize)]
struct RelationRow<'p> {
    id: usize,
    text: &'p str,
    entities: Vec<Span>,
    relations: Vec<Relation<'p>>,
    #[serde(rename = "Comments")]
    comments: [(); 0],
    #[serde(flatten)]
    meta: Meta<'p>,
}

#[derive(Serialize)]
struct Span {
    id: usize,
    label: String,
    start_offset: usize,
    end_offset: usize,
}

#[derive(Serialize)]
struct Relation<'p> {
    id: usize,
    from_id: usize,
    to_id: usize,
    #[serde(rename = "type")]
    kind: &'p str,
}

/// Why a second mark of one label at one place is left out.
const TWICE: &str = "doccano takes a label only once at one place";

impl<'p> SpanRow<'p> {
    fn new(id: usize, project: &Project, article: &ArticleView<'p>, left_out: &mut Vec<LeftOut>) -> Self {
        let mut seen = HashSet::new();
        let mut spans = Vec::new();
        for marked in &article.mentions {
            let span = (marked.start, marked.end, label(&marked.mention.kind).into_owned());
            if seen.insert(span.clone()) {
                spans.push(span);
            } else {
                left_out.push(article.left_out(marked.describe(), TWICE));
            }
        }
        tell(project, article, Holds { identity: false, relations: false, status: false }, left_out);
        let meta = Meta::all(&article.record.article.meta);
        Self { id, text: article.text, label: spans, comments: [], meta }
    }
}

impl<'p> RelationRow<'p> {
    fn new(
        id: usize,
        ids: &mut usize,
        project: &'p Project,
        article: &ArticleView<'p>,
        left_out: &mut Vec<LeftOut>,
    ) -> Self {
        let mut marks = Marks::new(ids);
        // The number of each mention; of one that is left out, that of the first at its place.
        let mut numbers = Vec::new();
        for marked in &article.mentions {
            let number = marks.span((marked.start, marked.end), &label(&marked.mention.kind));
            if numbers.contains(&number) {
                left_out.push(article.left_out(marked.describe(), TWICE));
            }
            numbers.push(number);
        }
        // What points at one thing or event is joined to the first mark of it.
        let mut firsts: HashMap<Target, usize> = HashMap::new();
        for (marked, number) in article.mentions.iter().zip(&numbers) {
            let Some(target) = marked.mention.target else { continue };
            let kind = if marked.event().is_some() { "same_event" } else { "same_entity" };
            marks.relate(*number, *firsts.entry(target).or_insert(*number), kind);
        }
        for view in &article.events {
            let Some(trigger) = view.mentions.first().and_then(|index| numbers.get(*index)) else { continue };
            let place =
                |range: Option<TextRange>| article.offsets.code_points(range.filter(|range| !range.is_empty())?);
            for participant in &view.participants {
                let (to, why) = match participant.words() {
                    Some(words) => {
                        (place(participant.range).map(|at| marks.span(at, party_label(words.label))), NOWHERE)
                    }
                    None => (article.mention_at(participant).and_then(|index| numbers.get(index)).copied(), UNPLACED),
                };
                match to {
                    // Who takes part twice in the same way is said once.
                    Some(to) => drop(marks.relate(*trigger, to, role(participant))),
                    None => left_out.push(article.left_out(view.who(project, participant), why)),
                }
            }
            for figure in &view.event.figures {
                if let Some(at) = place(figure.range) {
                    let to = marks.span(at, FIGURE);
                    marks.relate(*trigger, to, figure.kind.name());
                }
            }
        }
        for related in &article.relations {
            let ends = numbers.get(related.from).copied().zip(numbers.get(related.to).copied());
            if !ends.is_some_and(|(from, to)| marks.relate(from, to, related.relation.kind.as_str())) {
                left_out.push(article.left_out(article.relation(project, related), TWICE));
            }
        }
        tell(project, article, Holds { identity: false, relations: true, status: false }, left_out);
        tell_relations(project, article, false, left_out);
        let meta = Meta::all(&article.record.article.meta);
        let Marks { entities, relations, .. } = marks;
        Self { id, text: article.text, entities, relations, comments: [], meta }
    }
}

/// The marks of an article and what joins them, each once.
struct Marks<'i, 'p> {
    /// The last number that was given.
    ids: &'i mut usize,
    places: HashMap<(usize, usize, String), usize>,
    entities: Vec<Span>,
    joined: HashSet<(usize, usize, &'p str)>,
    relations: Vec<Relation<'p>>,
}

impl<'i, 'p> Marks<'i, 'p> {
    fn new(ids: &'i mut usize) -> Self {
        let (places, entities) = Default::default();
        let (joined, relations) = Default::default();
        Self { ids, places, entities, joined, relations }
    }

    fn next(&mut self) -> usize {
        *self.ids += 1;
        *self.ids
    }

    /// The number of the mark of this label at a place.
    fn span(&mut self, (start, end): (usize, usize), label: &str) -> usize {
        let key = (start, end, label.to_owned());
        if let Some(known) = self.places.get(&key) {
            return *known;
        }
        let id = self.next();
        self.places.insert(key, id);
        self.entities.push(Span { id, label: label.to_owned(), start_offset: start, end_offset: end });
        id
    }

    /// Joins two marks; false where they are one, or joined so already.
    fn relate(&mut self, from_id: usize, to_id: usize, kind: &'p str) -> bool {
        let new = from_id != to_id && self.joined.insert((from_id, to_id, kind));
        if new {
            let id = self.next();
            self.relations.push(Relation { id, from_id, to_id, kind });
        }
        new
    }
}
