//! A project from records that may not fit together: what can be kept is, and every fault is told.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;

use foldhash::fast::RandomState;
use rayon::prelude::*;

use super::log::Log;
use super::names::Names;
use super::records::{numbering, small_enough};
use super::state::Slot;
use super::{
    ApplyError, EntityId, Event, Fault, Kind, KindId, List, Mention, MentionId, Outcome, Project, RecordProblem,
    Records, Schema, Tagset, Target,
};
use crate::text::byte_range;

/// How many mentions whose words stand elsewhere are looked for in their article; the others are set aside at once, so
/// that a file made to do harm cannot keep the program busy.
const MAX_SEARCHES: usize = 10_000;

impl Project {
    /// Makes a project from records, however little they fit together. What points at nothing points at nothing any
    /// more, a mention whose words stand once elsewhere in its article moves there, and what cannot be kept is left
    /// out. The faults are in the order of the lists and of the records in them; there are none where all fits.
    ///
    /// Where kinds were `lost` with a part of the file, those that mentions have come back. A whole project may do
    /// without: its mentions of a kind that was taken away stay.
    pub fn salvage(records: Records, lost: bool) -> (Self, Vec<Fault>) {
        let mut salvage = Salvage::default();
        let Records {
            mut tagset,
            mut article_tags,
            guidelines,
            mut articles,
            mut entities,
            mut events,
            mut mentions,
            log,
            next,
        } = records;
        salvage.unique(List::ArticleTags, &mut article_tags, |tag| tag.id.clone(), |_| 0, |tag| tag.id.to_string());
        let origins = [
            salvage.unique(
                List::Tagset,
                &mut tagset,
                |kind| kind.id.clone(),
                |_| 0,
                |kind| kind.id.as_str().to_owned(),
            ),
            salvage.unique(List::Articles, &mut articles, |record| record.id, |r| r.id.0, |r| r.id.to_string()),
            salvage.unique(List::Entities, &mut entities, |entity| entity.id, |e| e.id.0, |e| e.id.to_string()),
            salvage.unique(List::Events, &mut events, |event| event.id, |e| e.id.0, |e| e.id.to_string()),
        ];
        let mut records = Records { tagset, articles, entities, events, next, ..Records::default() };
        salvage.renumber(&mut mentions, &mut records.next.mention);
        records.mentions = mentions;
        let next = numbering(&records);
        let mut project = Self {
            tagset: Tagset { kinds: records.tagset, article_tags },
            guidelines: guidelines.into(),
            order: records.articles.iter().map(|record| record.id).collect(),
            slots: records.articles.into_iter().map(|record| (record.id, Arc::new(Slot::new(record)))).collect(),
            next,
            log: Log::new(log),
            ..Self::default()
        };
        project.entities = records.entities.into_iter().map(|entity| (entity.id, Arc::new(entity))).collect();
        let entities: Vec<_> = project.entities.values().cloned().collect();
        let [_, _, _, origins] = origins;
        let marks = || salvage.marks(&mut project, (records.events, origins.as_deref()), records.mentions);
        let (names, ()) = rayon::join(|| Names::of(&entities), marks);
        project.names = names;
        if lost {
            salvage.kinds(&mut project);
        }
        salvage.faults.sort_by_key(|fault| (fault.list, fault.index));
        (project, salvage.faults)
    }
}

#[derive(Default)]
struct Salvage {
    faults: Vec<Fault>,
    searches: usize,
    /// Kinds that a record has and the tagset has not, with the first such record.
    missing: HashMap<KindId, (List, usize, Schema)>,
}

impl Salvage {
    /// Takes events and mentions into a project that has articles and entities. `origins` are the places that the
    /// events had in their list.
    fn marks(
        &mut self,
        project: &mut Project,
        (events, origins): (Vec<Event>, Option<&[usize]>),
        mut mentions: Vec<Mention>,
    ) {
        for (place, event) in events.into_iter().enumerate() {
            let index = origins.and_then(|origins| origins.get(place).copied()).unwrap_or(place);
            if let Some(event) = self.event(project, index, event) {
                project.events.insert(event.id, Arc::new(event));
            }
        }
        let whole =
            |mention: &Mention| project.tagset.get(&mention.kind).is_some() && project.check_mention(mention).is_ok();
        let mut whole = mentions.par_iter().map(whole).collect::<Vec<_>>().into_iter().enumerate();
        mentions.retain_mut(|mention| {
            let (index, whole) = whole.next().unwrap_or_default();
            whole || self.mention(project, index, mention)
        });
        project.take(mentions);
    }

    fn tell(&mut self, list: List, index: usize, problem: impl Into<RecordProblem>, outcome: Outcome) {
        self.faults.push(Fault { list, index, problem: problem.into(), outcome });
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

    /// Gives mentions whose id is taken or too large new ones: nothing refers to a mention.
    fn renumber(&mut self, mentions: &mut [Mention], next: &mut u32) {
        let mut ids: Vec<u32> = mentions.iter().map(|mention| mention.id.0).collect();
        ids.sort_unstable();
        let apart = ids.windows(2).all(|pair| pair.first() != pair.last());
        if apart && ids.last().is_none_or(|last| small_enough(*last)) {
            return;
        }
        let mut seen = HashSet::with_capacity(mentions.len());
        let wrong: Vec<usize> = mentions
            .iter()
            .enumerate()
            .filter(|(_, mention)| !small_enough(mention.id.0) || !seen.insert(mention.id))
            .map(|(index, _)| index)
            .collect();
        let free = seen.iter().map(|id| id.0).max().map_or(0, |id| id.saturating_add(1));
        let mut free = free.max(if small_enough(*next) { *next } else { 0 });
        for index in wrong {
            let Some(mention) = mentions.get_mut(index) else { continue };
            let shown = mention.id.to_string();
            let too_large = !small_enough(mention.id.0);
            mention.id = MentionId(free);
            free = free.saturating_add(1);
            let problem = if too_large { RecordProblem::IdTooLarge(shown) } else { RecordProblem::Duplicate(shown) };
            self.tell(List::Mentions, index, problem, Outcome::Repaired(format!("it has the id {} now", mention.id)));
        }
        *next = free;
    }

    /// An event as it can be kept, if it can.
    fn event(&mut self, project: &Project, index: usize, mut event: Event) -> Option<Event> {
        let problem = || ApplyError::DanglingEvent(event.id);
        let Some(text) = project.article(event.article).map(|record| &record.article.text) else {
            self.tell(List::Events, index, problem(), Outcome::SetAside);
            return None;
        };
        let lost: Vec<EntityId> = event.participants.iter().map(|participant| participant.entity).collect();
        let lost: Vec<_> = lost.into_iter().filter(|entity| !project.entities.contains_key(entity)).collect();
        if !lost.is_empty() {
            event.participants.retain(|participant| project.entities.contains_key(&participant.entity));
            let names: Vec<String> = lost.iter().map(ToString::to_string).collect();
            let done = format!("its participants {} were taken out", names.join(", "));
            self.tell(List::Events, index, ApplyError::DanglingEvent(event.id), Outcome::Repaired(done));
        }
        let outside = |range| text.slice(range).is_none();
        if event.participants.iter().any(|participant| participant.range.is_some_and(outside)) {
            for participant in &mut event.participants {
                participant.range = participant.range.filter(|range| !outside(*range));
            }
            let done = Outcome::Repaired("those participants have no place in the text any more".to_owned());
            self.tell(List::Events, index, RecordProblem::ParticipantOutside, done);
        }
        Some(event)
    }

    /// Makes a mention one that can be kept; whether it can.
    fn mention(&mut self, project: &Project, index: usize, mention: &mut Mention) -> bool {
        if project.tagset.get(&mention.kind).is_none() && !self.missing.contains_key(&mention.kind) {
            let schema = if matches!(mention.target, Some(Target::Event(_))) { Schema::Event } else { Schema::Entity };
            self.missing.insert(mention.kind.clone(), (List::Mentions, index, schema));
        }
        let Err(error) = project.check_mention(mention) else { return true };
        if matches!(error, ApplyError::BadRange(_)) {
            let Some(range) = self.elsewhere(project, mention) else {
                self.tell(List::Mentions, index, error, Outcome::SetAside);
                return false;
            };
            mention.range = range;
            let place = format!("it stands now where its words stand in the text, at bytes {range:?}");
            self.tell(List::Mentions, index, error, Outcome::Repaired(place));
        }
        if let Err(error) = project.check_mention(mention) {
            mention.target = None;
            self.tell(List::Mentions, index, error, Outcome::Repaired("it points at nothing now".to_owned()));
        }
        true
    }

    /// Where a mention's words stand in its article, if they do exactly once.
    fn elsewhere(&mut self, project: &Project, mention: &Mention) -> Option<crate::text::TextRange> {
        self.searches += 1;
        if self.searches > MAX_SEARCHES || mention.quote.is_empty() {
            return None;
        }
        let text = project.text(mention.article);
        let at = text.find(mention.quote.as_str())?;
        let after = at + text.get(at..)?.chars().next()?.len_utf8();
        if text.get(after..)?.contains(mention.quote.as_str()) {
            return None;
        }
        byte_range(at, at + mention.quote.len())
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
            let done = Outcome::Repaired("the kind has been added".to_owned());
            self.tell(list, index, RecordProblem::UnknownKind(name), done);
        }
    }
}
