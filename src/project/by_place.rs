//! The table of mentions: those of an article in the order of the text, so that a range of it is found at once.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;
use rayon::prelude::*;
use text_size::TextRange;

use super::mention::order;
use super::progress::Counts;
use super::row::Place;
use super::table::Table;
use super::{ArticleId, Level, Mention, MentionId, Progress};

/// The mentions of an article, in [`Mention::order`], and how many of them are open and decided.
#[derive(Clone, Debug, Default)]
struct OfArticle {
    mentions: Vec<Mention>,
    counts: Counts,
}

/// Where a mention stands: with its id, its place in [`Mention::order`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Home {
    article: ArticleId,
    range: TextRange,
}

impl Home {
    fn of(mention: &Mention) -> Self {
        Self { article: mention.article, range: mention.range }
    }
}

/// Mentions by their place. A snapshot shares those of each article, and finds none by its id.
#[derive(Clone, Debug, Default)]
pub struct ByPlace {
    articles: HashMap<ArticleId, Arc<OfArticle>, RandomState>,
    homes: HashMap<MentionId, Home, RandomState>,
}

impl ByPlace {
    /// The mentions of an article.
    pub fn in_article(&self, article: ArticleId) -> &[Mention] {
        self.articles.get(&article).map_or(&[], |here| &here.mentions)
    }

    /// The mentions that cover exactly this range.
    pub fn covering(&self, article: ArticleId, range: TextRange) -> &[Mention] {
        let mentions = self.in_article(article);
        let key = |mention: &Mention| (mention.range.start(), Reverse(mention.range.end()));
        let from = mentions.partition_point(|mention| key(mention) < (range.start(), Reverse(range.end())));
        let rest = mentions.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|mention| mention.range == range)).unwrap_or_default()
    }

    /// Has the mentions of an article of a snapshot be found by their ids.
    pub fn index(&mut self, article: ArticleId) {
        if let Some(here) = self.articles.get(&article) {
            self.homes.extend(here.mentions.iter().map(|mention| (mention.id, Home::of(mention))));
        }
    }

    /// What is open and decided in an article, as far as a level shows it.
    pub fn progress(&self, article: ArticleId, level: Level) -> Progress {
        self.articles.get(&article).map(|here| here.counts.at(level)).unwrap_or_default()
    }

    /// A mention's place in its article's list.
    fn place(&self, id: MentionId, home: Home) -> Option<usize> {
        let key = order(home.range, id);
        self.in_article(home.article).binary_search_by_key(&key, Mention::order).ok()
    }
}

impl Table<Mention> for ByPlace {
    /// On all processors.
    fn of(mentions: Vec<Mention>) -> Self {
        let mut homes = HashMap::with_capacity_and_hasher(mentions.len(), RandomState::default());
        homes.extend(mentions.iter().map(|mention| (mention.id, Home::of(mention))));
        let mut articles: HashMap<ArticleId, OfArticle, RandomState> = HashMap::default();
        let mut mentions = mentions.into_iter();
        let mut next = mentions.next();
        while let Some(first) = next.take() {
            let article = first.article;
            let here = &mut articles.entry(article).or_default().mentions;
            here.push(first);
            // Those of one article mostly stand together.
            for mention in mentions.by_ref() {
                if mention.article != article {
                    next = Some(mention);
                    break;
                }
                here.push(mention);
            }
        }
        articles.par_iter_mut().for_each(|(_, here)| {
            here.mentions.sort_by_key(Mention::order);
            here.mentions.iter().for_each(|mention| here.counts.add(mention));
        });
        Self { articles: articles.into_iter().map(|(id, here)| (id, Arc::new(here))).collect(), homes }
    }

    fn snapshot(&self) -> Self {
        Self { articles: self.articles.clone(), homes: HashMap::default() }
    }

    fn get(&self, id: MentionId) -> Option<&Mention> {
        let home = *self.homes.get(&id)?;
        self.in_article(home.article).get(self.place(id, home)?)
    }

    fn iter(&self) -> impl Iterator<Item = &Mention> {
        let mut articles: Vec<ArticleId> = self.articles.keys().copied().collect();
        articles.sort_unstable();
        articles.into_iter().flat_map(|article| self.in_article(article))
    }

    fn at(&self, (article, start, Reverse(end)): Place) -> impl Iterator<Item = &Mention> {
        self.covering(article, TextRange::new(start.into(), end.into())).iter()
    }

    fn of_article(&self, article: ArticleId) -> impl Iterator<Item = MentionId> {
        self.in_article(article).iter().map(|mention| mention.id)
    }

    fn put(&mut self, mention: Mention) -> Option<Mention> {
        let (id, home) = (mention.id, Home::of(&mention));
        // Most changes leave a mention where it stands: no other mention has to move for them.
        if self.homes.get(&id) == Some(&home)
            && let Some(place) = self.place(id, home)
            && let Some(here) = self.articles.get_mut(&home.article).map(Arc::make_mut)
            && let Some(present) = here.mentions.get_mut(place)
        {
            here.counts.remove(present);
            here.counts.add(&mention);
            return Some(std::mem::replace(present, mention));
        }
        let before = self.remove(id);
        let here = Arc::make_mut(self.articles.entry(home.article).or_default());
        let at = here.mentions.partition_point(|other| other.order() < mention.order());
        here.counts.add(&mention);
        here.mentions.insert(at, mention);
        self.homes.insert(id, home);
        before
    }

    fn remove(&mut self, id: MentionId) -> Option<Mention> {
        let home = *self.homes.get(&id)?;
        let place = self.place(id, home)?;
        let here = Arc::make_mut(self.articles.get_mut(&home.article)?);
        let mention = here.mentions.remove(place);
        here.counts.remove(&mention);
        if here.mentions.is_empty() {
            self.articles.remove(&home.article);
        }
        self.homes.remove(&id);
        Some(mention)
    }
}
