//! What is one across the suggestions for several articles, as the suggestion stream tells it.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use jiff::civil::Date;

use super::account::Account;
use super::collection::{Part, happenings};
use super::suggested::Accounts;
use super::who::entities;
use crate::project::Level;
use crate::suggest::{Event, Suggestions};

/// What the suggestions for an article have in common with those for others: numbers that are the same wherever it is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Across {
    /// Of each span who or what it names, by a number from 1; none where no other article names it.
    pub spans: Vec<Option<usize>>,
    /// Of each event the happening that it tells of, by a number from 1; none where no other article does.
    pub events: Vec<Option<usize>>,
    /// Of each event which other it is a step or consequence of, as an index.
    pub part_of: Vec<Option<usize>>,
}

/// Numbers from 1 in the order in which things come up.
#[derive(Default)]
struct Numbers(HashMap<usize, usize, RandomState>);

impl Numbers {
    fn of(&mut self, group: usize) -> usize {
        let next = self.0.len() + 1;
        *self.0.entry(group).or_insert(next)
    }
}

/// What the suggestions for articles, each a text with its day of publication, have in common. What a record tells besides
/// its happening becomes an event of its own, behind the record: which mentions are one is read more strictly here than in a
/// record, which holds what a person wants to see in one row.
pub fn together(articles: &[(&str, Option<Date>)], found: &mut [Suggestions]) -> Vec<Across> {
    let reader = Accounts::default();
    let accounts: Vec<Account> = {
        use rayon::prelude::*;
        articles.par_iter().zip(&*found).map(|((text, date), found)| reader.of(text, *date, found)).collect()
    };
    let named = entities(&accounts, &found.iter().collect::<Vec<_>>());
    let told = happenings(&accounts);
    let (mut names, mut numbers) = (Numbers::default(), Numbers::default());
    let each = articles.iter().zip(found.iter_mut()).zip(named.into_iter().zip(told));
    each.map(|(((text, _), found), (named, told))| {
        let mut across = Across { spans: vec![None; found.spans.len()], ..Across::default() };
        for (entities, groups) in found.entities.iter().filter_map(|(kind, all)| Some((all, named.get(kind)?))) {
            for (entity, group) in entities.iter().zip(groups) {
                let number = group.map(|group| names.of(group));
                for span in &entity.mentions {
                    across.spans.get_mut(*span).into_iter().for_each(|slot| *slot = number);
                }
            }
        }
        let mut events = Vec::with_capacity(found.events.len());
        for (event, parts) in std::mem::take(&mut found.events).into_iter().zip(told) {
            let whole = events.len();
            let mentions = |part: &Part| -> Vec<usize> {
                part.mentions.iter().filter_map(|index| event.mentions.get(*index)).copied().collect()
            };
            let mut own = Event { mentions: parts.first().map(mentions).unwrap_or_default(), ..event.clone() };
            if own.mentions.is_empty() {
                own.mentions.clone_from(&event.mentions);
            }
            events.push(own);
            across.part_of.push(None);
            for part in parts.iter().skip(1) {
                let mentions = mentions(part);
                let range = mentions.first().and_then(|span| found.spans.get(*span)).map(|span| span.range);
                let name = range.and_then(|range| text.get(crate::text::bytes(range))).unwrap_or_default().to_owned();
                let (participants, figures) = (Vec::new(), Vec::new());
                events.push(Event { name, level: Level::Everything, participants, figures, mentions, ..event.clone() });
                across.part_of.push(Some(whole));
            }
            let happenings = parts.iter().map(|part| part.happening).chain(parts.is_empty().then_some(None));
            across.events.extend(happenings.map(|group| group.map(|group| numbers.of(group))));
        }
        found.events = events;
        across
    })
    .collect()
}
