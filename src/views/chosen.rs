//! Which rows of a collection a selection holds.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::collection::{ArticleRow, Collection, EntityRow, EventRow, MentionRow, Of, at};
use super::days::{Day, day_of};
use super::selection::Selection;
use crate::suggest::knowledge::without_accents;

/// What is selected, row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// Of each mention whether it is.
    pub mentions: Vec<bool>,
    /// Of each happening.
    pub events: Vec<bool>,
    /// Of each article whether anything in it can be: by its day, its source and its tags.
    pub articles: Vec<bool>,
}

/// A selection made ready to be asked of many rows.
struct Ask<'s> {
    selection: &'s Selection,
    all: &'s Collection,
    from: Option<Day>,
    until: Option<Day>,
    words: Vec<String>,
    /// Of each source whether it is selected.
    sources: Vec<bool>,
    kinds: Vec<bool>,
    /// Of each article tag that is asked for the places of the answers.
    answers: Vec<Vec<u32>>,
    /// Of each entity whether it is one of those asked for; none where all are.
    named: Option<Vec<bool>>,
}

impl Chosen {
    /// What a selection holds of a collection.
    pub fn of(all: &Collection, selection: &Selection) -> Self {
        let ask = Ask::new(all, selection);
        // An article on another day may tell of an event on one that is asked for.
        let of_source: Vec<bool> = all.articles.iter().map(|article| ask.fits_article(article)).collect();
        let in_time = |article: &ArticleRow| ask.is_in_time(article.day.map(|day| (day, day)));
        let in_time: Vec<bool> = all.articles.iter().map(in_time).collect();
        let events: Vec<bool> = all.events.par_iter().map(|event| ask.fits_event(event)).collect();
        let holds = |places: &[bool], place: u32| at(places, place).copied().unwrap_or_default();
        let fits = |mention: &MentionRow| {
            (mention.accepted || !selection.accepted)
                && ask.kinds.get(usize::from(mention.kind)).copied().unwrap_or_default()
                && holds(&of_source, mention.article)
                && match mention.of {
                    Of::Event(event) => holds(&events, event),
                    Of::Entity(entity) => {
                        holds(&in_time, mention.article) && ask.named.as_ref().is_none_or(|named| holds(named, entity))
                    }
                    Of::Nothing => holds(&in_time, mention.article) && ask.named.is_none(),
                }
        };
        let mentions: Vec<bool> = all.mentions.par_iter().map(fits).collect();
        let mut told = vec![false; events.len()];
        for (mention, _) in all.mentions.iter().zip(&mentions).filter(|(_, chosen)| **chosen) {
            if let Of::Event(event) = mention.of {
                usize::try_from(event).ok().and_then(|event| told.get_mut(event)).into_iter().for_each(|t| *t = true);
            }
        }
        let articles = of_source.into_iter().zip(in_time).map(|(source, time)| source && time).collect();
        Self { mentions, events: told, articles }
    }

    /// The mentions that are selected and count, with their places.
    pub fn counted<'c>(&'c self, all: &'c Collection) -> impl Iterator<Item = (usize, &'c MentionRow)> {
        let rows = all.mentions.iter().enumerate().zip(&self.mentions);
        rows.filter(|((_, mention), chosen)| **chosen && !mention.retold).map(|(row, _)| row)
    }

    /// The happenings that are selected, with their places.
    pub fn happenings<'c>(&'c self, all: &'c Collection) -> impl Iterator<Item = (usize, &'c EventRow)> {
        all.events.iter().enumerate().zip(&self.events).filter(|(_, chosen)| **chosen).map(|(row, _)| row)
    }
}

impl<'s> Ask<'s> {
    fn new(all: &'s Collection, selection: &'s Selection) -> Self {
        let Selection { kinds, sources, answers, .. } = selection;
        let tags: BTreeSet<&str> = answers.iter().map(|(tag, _)| tag.as_str()).collect();
        let places = |tag: &str| {
            let of_tag = (0..).zip(&all.answers).filter(|(_, answer)| answer.0 == tag && answers.contains(*answer));
            of_tag.map(|(place, _)| place).collect()
        };
        let mut ask = Self {
            selection,
            all,
            from: selection.from.map(day_of),
            until: selection.until.map(day_of),
            words: selection.names.split_whitespace().map(plain).collect(),
            sources: all.sources.iter().map(|source| sources.is_empty() || sources.contains(source)).collect(),
            kinds: all.kinds.iter().map(|kind| kinds.is_empty() || kinds.contains(&kind.id)).collect(),
            answers: tags.into_iter().map(places).collect(),
            named: None,
        };
        if !ask.words.is_empty() || !selection.entities.is_empty() || !selection.countries.is_empty() {
            ask.named = Some(all.entities.par_iter().map(|entity| ask.fits_entity(entity)).collect());
        }
        ask
    }

    fn fits_article(&self, article: &ArticleRow) -> bool {
        at(&self.sources, article.source).copied().unwrap_or_default()
            && self.answers.iter().all(|any| any.iter().any(|answer| article.answers.contains(answer)))
    }

    fn fits_entity(&self, entity: &EntityRow) -> bool {
        let Selection { entities, countries, .. } = self.selection;
        (entities.is_empty() || entities.contains(&entity.id))
            && (countries.is_empty() || entity.country.is_some_and(|country| countries.contains(&country)))
            && self.has_words(&entity.name)
    }

    fn fits_event(&self, event: &EventRow) -> bool {
        let Selection { types, entities, countries, .. } = self.selection;
        let party = |fits: &dyn Fn(&EntityRow) -> bool| {
            event.parties.iter().any(|(_, entity)| at(&self.all.entities, *entity).is_some_and(fits))
        };
        let of_country = |country: Option<_>| country.is_some_and(|country| countries.contains(&country));
        (types.is_empty() || types.contains(&event.kind))
            && self.is_in_time(self.all.days_of(event))
            && (entities.is_empty() || party(&|entity| entities.contains(&entity.id)))
            && (countries.is_empty() || of_country(event.country) || party(&|entity| of_country(entity.country)))
            && (self.words.is_empty() || self.has_words(&event.name) || party(&|entity| self.has_words(&entity.name)))
    }

    /// Whether days are among those asked for, in part at least.
    fn is_in_time(&self, days: Option<(Day, Day)>) -> bool {
        let asked = self.from.is_some() || self.until.is_some();
        days.map_or(!asked, |(first, last)| {
            self.from.is_none_or(|from| last >= from) && self.until.is_none_or(|until| first <= until)
        })
    }

    fn has_words(&self, name: &str) -> bool {
        self.words.is_empty() || {
            let name = plain(name);
            self.words.iter().all(|word| name.contains(word.as_str()))
        }
    }
}

/// Small letters without accents.
pub(super) fn plain(name: &str) -> String {
    if name.is_ascii() { name.to_ascii_lowercase() } else { without_accents(name).to_lowercase() }
}
