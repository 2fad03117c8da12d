//! A project from records that may not fit together: what can be kept is, and every fault is told.

use std::collections::HashSet;
use std::hash::Hash;
use std::sync::Arc;

use foldhash::fast::RandomState;
use rayon::prelude::*;

use super::indexes::Indexed;
use super::log::Log;
use super::mend::{Faults, Mended, Mender};
use super::records::small_enough;
use super::row::List;
use super::shared::Numbered;
use super::table::Table;
use super::tables::with_tables;
use super::{
    Contributor, Entity, Event, Fault, Judgement, Kind, MAX_ID, Mention, Outcome, Project, RecordProblem, Records,
    Relation, RelationKind, Repair, Ruling, Tagset,
};

macro_rules! take_tables {
    ($($Record:ident $Id:ident $one:ident $many:ident $Table:ty;)*) => {
        impl Faults {
            /// Takes the records of all tables into a project that has its articles.
            fn tables(&mut self, project: &mut Project, records: &mut Records) {
                $(self.table::<$Record>(project, std::mem::take(&mut records.$many));)*
            }
        }
    };
}
with_tables!(take_tables);

impl Project {
    /// Makes a project from records, however little they fit together. What points at nothing points at nothing any
    /// more, a mention whose words stand once elsewhere in its article moves there, and what cannot be kept is left
    /// out. The faults are in the order of the lists and of the records in them; there are none where all fits.
    ///
    /// Where kinds were `lost` with a part of the file, those that mentions have come back. A whole project may do
    /// without: its mentions of a kind that was taken away stay.
    pub fn salvage(mut records: Records, lost: bool) -> (Self, Vec<Fault>) {
        let mut salvage = Faults::default();
        let Records {
            tagset,
            article_tags,
            relation_kinds,
            guidelines,
            level,
            learning,
            taken,
            articles,
            log,
            next,
            ..
        } = &mut records;
        salvage.unique(List::ArticleTags, article_tags, |tag| tag.id.clone(), |_| 0, |tag| tag.id.to_string());
        salvage.unique(List::Tagset, tagset, |kind| kind.id.clone(), |_| 0, |kind| kind.id.as_str().to_owned());
        let id = |kind: &RelationKind| kind.id.as_str().to_owned();
        salvage.unique(List::RelationKinds, relation_kinds, |kind| kind.id.clone(), |_| 0, id);
        salvage.unique(List::Articles, articles, |record| record.id, |r| r.id.0, |r| r.id.to_string());
        let mut project = Self {
            tagset: Tagset {
                kinds: std::mem::take(tagset),
                article_tags: std::mem::take(article_tags),
                relations: std::mem::take(relation_kinds),
            },
            guidelines: std::mem::take(guidelines).into(),
            level: *level,
            learning: std::mem::take(learning).into(),
            taken: std::mem::take(taken).into(),
            order: articles.iter().map(|record| record.id).collect(),
            log: Log::new(std::mem::take(log)),
            next: *next,
            ..Self::default()
        };
        behind(&mut project.next.article, articles.iter().map(|record| record.id.0));
        project.articles = std::mem::take(articles).into_iter().map(|record| (record.id, Arc::new(record))).collect();
        salvage.tables(&mut project, &mut records);
        project.count_relations_of(project.order.clone());
        if lost {
            salvage.kinds(&mut project);
        }
        salvage.told.sort_by_key(|fault| (fault.list, fault.index));
        (project, salvage.told)
    }
}

/// Numbering goes on behind the largest number there is.
fn behind(next: &mut u32, numbers: impl Iterator<Item = u32>) {
    *next = numbers.max().map_or(0, |last| last.saturating_add(1)).max((*next).min(MAX_ID));
}

impl Faults {
    /// Takes the records of a table in, once those that they refer to are there.
    fn table<R: Mended + Indexed>(&mut self, project: &mut Project, mut records: Vec<R>) {
        let origins = if R::IS_UNIQUE {
            self.unique(R::LIST, &mut records, R::id, |record| record.id().number(), |record| record.id().to_string())
        } else {
            self.renumber(&mut records, R::next(&mut project.next));
            None
        };
        behind(R::next(&mut project.next), records.iter().map(|record| record.id().number()));
        let whole: Vec<bool> = records.par_iter().map(|record| record.is_whole(project)).collect();
        let mut whole = whole.into_iter().enumerate();
        records.retain_mut(|record| {
            let (place, whole) = whole.next().unwrap_or_default();
            let index = origins.as_ref().and_then(|origins| origins.get(place).copied()).unwrap_or(place);
            whole || record.mend(project, &mut Mender { faults: self, index })
        });
        project.indexes.fill(records.iter());
        *R::table_mut(&mut project.tables) = R::Table::of(records);
    }

    /// Takes out what has the id of an earlier record, or one that is too large. Gives the places that the records left
    /// had in the list, where any was taken out.
    fn unique<T, K: Eq + Hash>(
        &mut self,
        list: List,
        records: &mut Vec<T>,
        key: impl Fn(&T) -> K,
        number: impl Fn(&T) -> u32,
        show: impl Fn(&T) -> String,
    ) -> Option<Vec<usize>> {
        let mut seen = HashSet::with_capacity_and_hasher(records.len(), RandomState::default());
        let mut origins = Vec::with_capacity(records.len());
        let mut index = 0;
        let all = records.len();
        records.retain(|record| {
            let here = index;
            index += 1;
            let problem = match (small_enough(number(record)), seen.insert(key(record))) {
                (false, _) => RecordProblem::IdTooLarge(show(record)),
                (_, false) => RecordProblem::Duplicate(show(record)),
                _ => {
                    origins.push(here);
                    return true;
                }
            };
            self.tell(list, here, problem, Outcome::SetAside);
            false
        });
        (records.len() < all).then_some(origins)
    }

    /// Gives records new ids where theirs are taken or too large.
    fn renumber<R: Mended>(&mut self, records: &mut [R], next: &mut u32) {
        let mut ids: Vec<u32> = records.iter().map(|record| record.id().number()).collect();
        ids.sort_unstable();
        let apart = ids.windows(2).all(|pair| pair.first() != pair.last());
        if apart && ids.last().is_none_or(|last| small_enough(*last)) {
            return;
        }
        let mut seen = HashSet::with_capacity(records.len());
        let wrong: Vec<usize> = records
            .iter()
            .enumerate()
            .map(|(index, record)| (index, record.id().number()))
            .filter(|(_, number)| !small_enough(*number) || !seen.insert(*number))
            .map(|(index, _)| index)
            .collect();
        let free = seen.iter().max().map_or(0, |number| number.saturating_add(1));
        let mut free = free.max(if small_enough(*next) { *next } else { 0 });
        for index in wrong {
            let Some(record) = records.get_mut(index) else { continue };
            let shown = record.id().to_string();
            let too_large = !small_enough(record.id().number());
            record.renumber(R::with_number(free));
            free = free.saturating_add(1);
            let problem = if too_large { RecordProblem::IdTooLarge(shown) } else { RecordProblem::Duplicate(shown) };
            self.tell(R::LIST, index, problem, Outcome::Repaired(Repair::Renumbered(record.id().into())));
        }
        *next = free;
    }

    /// Adds kinds that mentions have and the tagset has not: they would not be shown.
    fn kinds(&mut self, project: &mut Project) {
        let mut missing: Vec<_> = std::mem::take(&mut self.missing).into_iter().collect();
        missing.sort_by_key(|(_, (_, index, _))| *index);
        let known = Tagset::default();
        for (id, (list, index, schema)) in missing {
            let name = id.as_str().to_owned();
            let made = Kind::new(id.clone(), &name, &name, None, schema);
            project.tagset.add(known.get(&id).cloned().unwrap_or(made));
            self.tell(list, index, RecordProblem::UnknownKind(name), Outcome::Repaired(Repair::KindAdded));
        }
        let mut missing: Vec<_> = std::mem::take(&mut self.missing_relations).into_iter().collect();
        missing.sort_by_key(|(_, index)| *index);
        for (id, index) in missing {
            let name = id.as_str().to_owned();
            project.tagset.add_relation(RelationKind::new(id, &name, ""));
            let problem = RecordProblem::UnknownKind(name);
            self.tell(List::Relations, index, problem, Outcome::Repaired(Repair::KindAdded));
        }
    }
}
