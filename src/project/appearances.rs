//! Who appears with whom: entities that articles and their sentences name together.

use std::collections::{BTreeMap, BTreeSet};

use text_size::TextRange;

use super::{EntityId, Mention, Target};
use crate::text::{sentences, tokens};

/// How often an entity is named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Appearance {
    /// Mentions.
    pub mentions: usize,
    /// Articles with a mention.
    pub articles: usize,
}

/// How often two entities are named together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Together {
    /// Articles that name both.
    pub articles: usize,
    /// Sentences that name both.
    pub sentences: usize,
}

/// Who appears, and who with whom, counted article by article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Appearances {
    /// Each entity that is named.
    pub entities: BTreeMap<EntityId, Appearance>,
    /// Every two that share an article, the smaller id first.
    pub pairs: BTreeMap<(EntityId, EntityId), Together>,
}

impl Appearances {
    /// Counts those mentions of an article that count.
    pub fn add<'m>(&mut self, text: &str, mentions: impl Iterator<Item = &'m Mention>) {
        let named = self.by_sentence(text, mentions);
        let all: BTreeSet<EntityId> = named.values().flatten().copied().collect();
        for entity in &all {
            self.entities.entry(*entity).or_default().articles += 1;
        }
        pairs(&all, |pair| self.pairs.entry(pair).or_default().articles += 1);
        for together in named.values() {
            pairs(together, |pair| self.pairs.entry(pair).or_default().sentences += 1);
        }
    }

    /// Whom each sentence names; a mention belongs to the one that it begins in.
    fn by_sentence<'m>(
        &mut self,
        text: &str,
        mentions: impl Iterator<Item = &'m Mention>,
    ) -> BTreeMap<usize, BTreeSet<EntityId>> {
        let sentences = sentences::sentences(text, &tokens::tokenize(text));
        let ends: Vec<_> = sentences.into_iter().map(TextRange::end).collect();
        let mut named: BTreeMap<usize, BTreeSet<EntityId>> = BTreeMap::new();
        for mention in mentions {
            if let Some(Target::Entity(entity)) = mention.target {
                self.entities.entry(entity).or_default().mentions += 1;
                let sentence = ends.partition_point(|end| *end <= mention.range.start());
                named.entry(sentence).or_default().insert(entity);
            }
        }
        named
    }
}

/// Every two of them, the smaller id first.
fn pairs(all: &BTreeSet<EntityId>, mut each: impl FnMut((EntityId, EntityId))) {
    for one in all {
        for other in all.range(*one..).skip(1) {
            each((*one, *other));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{KindId, Project, Stamp, ops};
    use crate::text::{Article, Metadata, Text, byte_range};

    #[test]
    fn articles_and_sentences_are_counted_apart() {
        let stamp = || Stamp { by: "Ada".into(), at: jiff::Timestamp::UNIX_EPOCH };
        let texts = ["Xi met Wang. Xi left. Li stayed.", "Wang saw Xi."];
        let articles = texts.map(|text| Article { meta: Metadata::default(), text: Text::new(text).unwrap() });
        let mut project = Project::new();
        project.apply(&ops::add_articles(&project, articles.into(), stamp())).unwrap();
        for name in ["Xi", "Wang", "Li"] {
            for (text, article) in texts.into_iter().zip(project.article_ids().to_vec()) {
                let ranges: Vec<_> =
                    text.match_indices(name).filter_map(|(at, found)| byte_range(at, at + found.len())).collect();
                project.apply(&ops::tag(&project, article, &ranges, &KindId::PERSON, &ops::unknown, stamp())).unwrap();
            }
        }
        let mut found = Appearances::default();
        for record in project.articles() {
            found.add(record.article.text.as_str(), project.mentions(record.id).iter());
        }
        let id = |name| project.entities_named(name).next().unwrap().id;
        let [xi, wang, li] = ["Xi", "Wang", "Li"].map(id);
        let counts = |mentions, articles| Appearance { mentions, articles };
        assert_eq!(found.entities, BTreeMap::from([(xi, counts(3, 2)), (wang, counts(2, 2)), (li, counts(1, 1))]));
        let shared = |articles, sentences| Together { articles, sentences };
        let expected = [((xi, wang), shared(2, 2)), ((xi, li), shared(1, 0)), ((wang, li), shared(1, 0))];
        assert_eq!(found.pairs, BTreeMap::from(expected));
    }
}
