//! JSON lines for spaCy, an article a line: text, tokens and spans in code points. The tokens are cut so that every span
//! is made of whole ones, relations are as Prodigy has them; docs/formats.md has the lines that make a `DocBin` of it.

use std::collections::{BTreeSet, HashSet};

use serde::Serialize;
use text_size::{TextRange, TextSize};

use super::flat::{Holds, Meta, tell, tell_relations};
use super::json::{status, to_line};
use super::layers::{label, role};
use super::segments::segments;
use super::view::{ArticleView, Marked, UNPLACED, View};
use super::{Export, ExportError, Format, Group, LeftOut, Selection};
use crate::project::{Project, Status, Target};
use crate::text::bytes;

/// See the module.
pub(super) struct Spacy;

impl Format for Spacy {
    fn id(&self) -> &'static str {
        "spacy"
    }

    fn name(&self) -> &'static str {
        "spaCy (JSON Lines)"
    }

    fn group(&self) -> Group {
        Group::MachineLearning
    }

    fn extension(&self) -> &'static str {
        "jsonl"
    }

    fn description(&self) -> &'static str {
        "Texts, tokens, spans and relations to train and evaluate spaCy with"
    }

    fn holds_relations(&self) -> bool {
        true
    }

    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
        let view = View::new(project, selection)?;
        let (mut lines, mut left_out) = (String::new(), Vec::new());
        for article in &view.articles {
            tell(project, article, Holds { identity: true, relations: true, status: true }, &mut left_out);
            tell_relations(project, article, true, &mut left_out);
            lines += &to_line(&row(project, article, &mut left_out))?;
        }
        Ok(Export { left_out, ..Export::file(format!("{}.jsonl", view.stem()), lines) })
    }
}

#[derive(Serialize)]
struct SpacyRow<'p> {
    text: &'p str,
    meta: Meta<'p>,
    tokens: Vec<Token<'p>>,
    spans: Vec<Span<'p>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    relations: Vec<Relation<'p>>,
}

#[derive(Serialize)]
struct Token<'p> {
    text: &'p str,
    start: usize,
    end: usize,
    id: usize,
    /// Whether a space follows.
    ws: bool,
}

#[derive(Serialize)]
struct Span<'p> {
    start: usize,
    end: usize,
    text: &'p str,
    label: String,
    kb_id: &'p str,
    /// Whom or what it names, by our number: the same for all that name it.
    span_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
}

#[derive(Serialize)]
struct Relation<'p> {
    /// The last tokens of where it begins and leads.
    head: usize,
    child: usize,
    head_span: End,
    child_span: End,
    label: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
}

/// A span at an end of a relation.
#[derive(Serialize)]
struct End {
    start: usize,
    end: usize,
    token_start: usize,
    /// The last token of it.
    token_end: usize,
    label: String,
    span_id: String,
}

fn row<'p>(project: &'p Project, article: &ArticleView<'p>, left_out: &mut Vec<LeftOut>) -> SpacyRow<'p> {
    let spans: Vec<Span<'p>> = article.mentions.iter().map(|marked| span(project, marked)).collect();
    let tokens = tokens(article);
    let mut relations = Vec::new();
    for view in &article.events {
        let Some(trigger) = view.mentions.first() else { continue };
        for participant in &view.participants {
            match article.mention_at(participant) {
                Some(who) => relations.extend(relation(role(participant), (*trigger, who), &spans, &tokens)),
                None => left_out.push(article.left_out(view.who(project, participant), UNPLACED)),
            }
        }
    }
    for related in &article.relations {
        let ends = (related.from, related.to);
        let made = relation(related.relation.kind.as_str(), ends, &spans, &tokens);
        let open = related.relation.status == Status::Suggested;
        relations.extend(made.map(|made| Relation { status: open.then(|| status(Status::Suggested)), ..made }));
    }
    let meta = Meta::filled(&article.record.article.meta);
    SpacyRow { text: article.text, meta, tokens, spans, relations }
}

fn relation<'p>(
    label: &'p str,
    (from, to): (usize, usize),
    spans: &[Span<'p>],
    tokens: &[Token<'p>],
) -> Option<Relation<'p>> {
    let end = |place: usize| {
        let Span { start, end, label, span_id, .. } = spans.get(place)?;
        Some(End {
            start: *start,
            end: *end,
            // Spans are made of whole tokens.
            token_start: tokens.partition_point(|token| token.start < *start),
            token_end: tokens.partition_point(|token| token.start < *end).checked_sub(1)?,
            label: label.clone(),
            span_id: span_id.clone(),
        })
    };
    let (head_span, child_span) = (end(from)?, end(to)?);
    Some(Relation {
        head: head_span.token_end,
        child: child_span.token_end,
        head_span,
        child_span,
        label,
        status: None,
    })
}

fn span<'p>(project: &'p Project, marked: &Marked<'p>) -> Span<'p> {
    let mention = marked.mention;
    let kb_id = match mention.target {
        Some(Target::Entity(id)) => project.entity(id).and_then(|entity| entity.wikidata.as_deref()),
        Some(Target::Event(id)) => project.event(id).and_then(|event| event.wikidata.as_deref()),
        None => None,
    };
    let span_id = match mention.target {
        Some(Target::Entity(id)) => id.to_string(),
        Some(Target::Event(id)) => id.to_string(),
        None => String::new(),
    };
    Span {
        start: marked.start,
        end: marked.end,
        text: &mention.quote,
        label: label(&mention.kind).into_owned(),
        kb_id: kb_id.unwrap_or_default(),
        span_id,
        status: (mention.status == Status::Suggested).then(|| status(mention.status)),
    }
}

/// The whole text as spaCy holds it: words, each with or without a space behind it; other white space is a token.
fn tokens<'p>(article: &ArticleView<'p>) -> Vec<Token<'p>> {
    let marks: Vec<TextRange> = article.mentions.iter().map(|marked| marked.mention.range).collect();
    let edges: BTreeSet<TextSize> = marks.iter().flat_map(|mark| [mark.start(), mark.end()]).collect();
    let starts: HashSet<TextSize> = marks.iter().map(|mark| mark.start()).collect();
    let ends: HashSet<TextSize> = marks.iter().map(|mark| mark.end()).collect();
    let mut tokens = Tokens { text: article.text, at: 0, list: Vec::new() };
    let mut from = TextSize::new(0);
    let end = TextSize::of(article.text);
    for word in segments(article.text, &marks).into_iter().flatten().map(Some).chain([None]) {
        let mut to = word.map_or(end, TextRange::start);
        // A space goes with the word before it, unless a mark begins before or ends behind it.
        let space = TextRange::at(from, TextSize::of(' '));
        let free = !starts.contains(&space.start()) && !ends.contains(&space.end());
        if from < to && free && article.text.get(bytes(space)) == Some(" ") && tokens.space() {
            from = space.end();
        }
        for edge in edges.range(from..to).copied().filter(|edge| *edge > from).chain([to]).collect::<Vec<_>>() {
            tokens.push(TextRange::new(from, edge));
            from = edge;
        }
        if let Some(word) = word {
            tokens.push(word);
            to = word.end();
        }
        from = to;
    }
    tokens.list
}

struct Tokens<'p> {
    text: &'p str,
    /// Where the last one ends, with its space.
    at: usize,
    list: Vec<Token<'p>>,
}

impl<'p> Tokens<'p> {
    fn push(&mut self, range: TextRange) {
        let text: &'p str = self.text.get(bytes(range)).unwrap_or_default();
        if !text.is_empty() {
            let start = self.at;
            self.at += text.chars().count();
            self.list.push(Token { text, start, end: self.at, id: self.list.len(), ws: false });
        }
    }

    /// Puts a space behind the last one; says whether there is one.
    fn space(&mut self) -> bool {
        let Some(last) = self.list.last_mut() else { return false };
        last.ws = true;
        self.at += 1;
        true
    }
}
