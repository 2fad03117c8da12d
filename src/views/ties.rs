//! Who appears with whom: named in one sentence, taking part in one event, or related.

use rayon::prelude::*;
use text_size::TextRange;

use super::collection::{ArticleRow, Collection, EventRow, Of, at};
use crate::project::{MentionId, Project, Relation};
use crate::text::{sentences::sentences, tokens::tokenize};

/// What ties two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A sentence names both.
    Sentence,
    /// Both take part in an event.
    Event,
    /// A relation stands between them.
    Relation,
}

/// One thing that ties two entities, by their places, the smaller first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    /// The one.
    pub one: u32,
    /// The other.
    pub other: u32,
    /// What ties them.
    pub sort: Sort,
    /// A mention that stands where it is told, by its place.
    pub at: u32,
    /// The second mention that has to be selected for it to be; the same where there is none.
    pub also: u32,
}

/// The most entities of a sentence that are tied to each other; longer lists say little of any two.
const SENTENCE: usize = 12;

/// All ties of a collection, in the order of the text.
pub fn ties(project: &Project, all: &Collection) -> Vec<Tie> {
    let of_articles: Vec<Vec<Tie>> = all.articles.par_iter().map(|article| in_article(project, all, article)).collect();
    let mut found: Vec<Tie> = of_articles.concat();
    all.events.iter().for_each(|event| in_event(event, &mut found));
    found
}

/// The ties of one entity, by its place, whose mentions these are, in the order of the text.
pub(super) fn ties_of(project: &Project, all: &Collection, (place, mentions): (u32, &[u32])) -> Vec<Tie> {
    let mut articles: Vec<u32> =
        mentions.iter().filter_map(|row| at(&all.mentions, *row)).map(|mention| mention.article).collect();
    articles.dedup();
    let of_articles = articles.par_iter().filter_map(|article| at(&all.articles, *article));
    let of_articles: Vec<Vec<Tie>> = of_articles.map(|article| in_article(project, all, article)).collect();
    let mut found: Vec<Tie> = of_articles.concat();
    let with = |event: &&EventRow| event.parties.iter().any(|(_, party)| *party == place);
    all.events.iter().filter(with).for_each(|event| in_event(event, &mut found));
    found.retain(|tie| tie.one == place || tie.other == place);
    found
}

/// The ties of those who take part in an event.
fn in_event(event: &EventRow, found: &mut Vec<Tie>) {
    for (nth, (_, one)) in event.parties.iter().enumerate() {
        for (_, other) in event.parties.iter().skip(nth + 1).filter(|(_, other)| other != one) {
            let (one, other) = (*one.min(other), *one.max(other));
            found.push(Tie { one, other, sort: Sort::Event, at: event.mention, also: event.mention });
        }
    }
}

/// The ties that an article tells.
fn in_article(project: &Project, all: &Collection, article: &ArticleRow) -> Vec<Tie> {
    let mut found = Vec::new();
    let rows = all.mentions.get(article.mentions.clone()).unwrap_or_default();
    let placed: Vec<(u32, MentionId, Of)> = (article.mentions.start..)
        .zip(rows)
        .map(|(place, row)| (u32::try_from(place).unwrap_or(u32::MAX), row.id, row.of))
        .collect();
    let ranges: Vec<TextRange> = {
        let mut mentions = project.mentions(article.id).iter();
        placed.iter().filter_map(|(_, id, _)| mentions.find(|m| m.id == *id)).map(|m| m.range).collect()
    };
    let text = project.text(article.id);
    let ends = sentences(text, &tokenize(text));
    in_sentences(&placed, &ranges, &ends, &mut found);
    let row = |id: MentionId| placed.iter().find(|(_, other, _)| *other == id).copied();
    let live = project.relations_in(article.id).filter(|relation| relation.is_live());
    found.extend(live.filter_map(|relation| related(relation, row)));
    found
}

/// The ties of those whom the sentences of an article name.
fn in_sentences(placed: &[(u32, MentionId, Of)], ranges: &[TextRange], ends: &[TextRange], found: &mut Vec<Tie>) {
    let mut rows = placed.iter().zip(ranges).peekable();
    for sentence in ends {
        let mut named: Vec<(u32, u32)> = Vec::new();
        while let Some(((place, _, of), _)) = rows.next_if(|(_, range)| range.start() < sentence.end()) {
            if let Of::Entity(entity) = of
                && !named.iter().any(|(known, _)| known == entity)
            {
                named.push((*entity, *place));
            }
        }
        named.truncate(SENTENCE);
        for (nth, (one, at)) in named.iter().enumerate() {
            for (other, also) in named.iter().skip(nth + 1) {
                let (first, last) = (*one.min(other), *one.max(other));
                found.push(Tie { one: first, other: last, sort: Sort::Sentence, at: *at, also: *also });
            }
        }
    }
}

fn related(relation: &Relation, row: impl Fn(MentionId) -> Option<(u32, MentionId, Of)>) -> Option<Tie> {
    let (at, _, from) = row(relation.from)?;
    let (also, _, to) = row(relation.to)?;
    match (from, to) {
        (Of::Entity(one), Of::Entity(other)) if one != other => {
            Some(Tie { one: one.min(other), other: one.max(other), sort: Sort::Relation, at, also })
        }
        _ => None,
    }
}
