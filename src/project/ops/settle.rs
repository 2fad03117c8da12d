//! What a decision on one mention of an event means for the others: a record of an event is decided on as a whole.

use std::collections::{BTreeMap, BTreeSet};

use super::Builder;
use crate::project::{Author, Event, EventId, Level, Mention, MentionId, RowId, Stamp, Status, Target};

/// What an edit does to the mentions of an event.
#[derive(Default)]
struct Touched {
    /// One was accepted.
    accepted: bool,
    /// One that the others tell again of was rejected, or removed.
    rejected: bool,
    /// One that the others tell again of now tells of something else, or one came back.
    moved: bool,
    /// One that the others tell again of came back; how it had been rejected.
    restored: Option<Option<Stamp>>,
    /// A person changed the event.
    edited: bool,
}

impl Builder<'_> {
    /// Has the other mentions of an event follow what a person decided on one. Accepting one takes those that tell again
    /// of the event, and its slots; rejecting the last that the others tell again of rejects them, and bringing it back
    /// brings them back. What a person keeps or changes is no longer in the background.
    pub(super) fn settle(&mut self) {
        if self.author != Author::Person {
            return;
        }
        for (event, touched) in self.touched() {
            self.settle_event(event, &touched);
        }
    }

    fn touched(&self) -> BTreeMap<EventId, Touched> {
        let mut events: BTreeMap<EventId, Touched> = BTreeMap::new();
        for (id, after) in &self.records {
            match *id {
                RowId::Mention(id) => {
                    let Some(before) = self.project.mention(id) else { continue };
                    let after = after.as_ref().and_then(<Mention as crate::project::tables::Tabled>::of);
                    note(&mut events, before, after);
                }
                RowId::Event(id) => {
                    let Some((before, after)) = self.project.event(id).zip(self.event(id)) else { continue };
                    // Dates of open suggestions that follow the day of publication are nobody's decision.
                    if before != after && after.decision.is_some() {
                        events.entry(id).or_default().edited = true;
                    }
                }
                RowId::Entity(_)
                | RowId::Relation(_)
                | RowId::Judgement(_)
                | RowId::Contributor(_)
                | RowId::Ruling(_) => {}
            }
        }
        events
    }

    fn settle_event(&mut self, event: EventId, touched: &Touched) {
        let target = Some(Target::Event(event));
        let drafts = self.drafts::<Mention>().filter(|mention| mention.target == target).map(|mention| mention.id);
        let mut ids: BTreeSet<MentionId> = drafts.collect();
        ids.extend(self.project.mentions_of(Target::Event(event)).map(|mention| mention.id));
        let now = |builder: &Self| -> Vec<Mention> {
            let all = ids.iter().filter_map(|id| builder.mention(*id)).filter(|mention| mention.target == target);
            all.cloned().collect()
        };
        let decision = Some(self.stamp().clone());
        if let Some(rejected) = &touched.restored {
            let with_it = |m: &Mention| m.status == Status::Rejected && m.retold && m.decision == *rejected;
            for mention in now(self).into_iter().filter(with_it) {
                self.put(Mention { status: Status::Suggested, decision: None, ..mention });
            }
        }
        if touched.accepted || touched.edited {
            for mention in now(self).into_iter().filter(Mention::is_open) {
                if touched.accepted && mention.retold {
                    let level = mention.level.min(Level::Kept);
                    self.put(Mention { status: Status::Accepted, decision: decision.clone(), level, ..mention });
                } else if mention.level > Level::Kept {
                    self.put(Mention { level: Level::Kept, ..mention });
                }
            }
        }
        if touched.accepted
            && let Some(mut record) = self.event(event).filter(|record| !record.is_sure()).cloned()
        {
            record.make_sure();
            self.put(Event { decision: decision.clone(), ..record });
        }
        if touched.rejected || touched.moved {
            let mut live: Vec<Mention> = now(self).into_iter().filter(Mention::is_live).collect();
            live.sort_by_key(Mention::order);
            if live.iter().any(|mention| !mention.retold) {
                return;
            }
            if touched.moved {
                live.into_iter().take(1).for_each(|mention| self.put(Mention { retold: false, ..mention }));
            } else {
                for mention in live {
                    self.put(Mention { status: Status::Rejected, decision: decision.clone(), ..mention });
                }
            }
        }
    }
}

/// Notes what becomes of one mention.
fn note(events: &mut BTreeMap<EventId, Touched>, before: &Mention, after: Option<&Mention>) {
    let of = |mention: &Mention| mention.event().filter(|_| mention.is_live() && !mention.retold);
    let (was, is) = (of(before), after.and_then(of));
    if let Some(event) = was.filter(|_| was != is) {
        let touched = events.entry(event).or_default();
        let gone = after.is_none_or(|after| !after.is_live());
        *(if gone { &mut touched.rejected } else { &mut touched.moved }) = true;
    }
    let newly = |status| before.status != status && after.is_some_and(|after| after.status == status);
    if let Some(event) = after.and_then(Mention::event).filter(|_| newly(Status::Accepted)) {
        events.entry(event).or_default().accepted = true;
    }
    let back = after.filter(|after| before.status == Status::Rejected && after.is_live());
    if let Some(event) = back.and_then(Mention::event) {
        let touched = events.entry(event).or_default();
        touched.moved = true;
        if is.is_some() {
            touched.restored = Some(before.decision.clone());
        }
    }
}
