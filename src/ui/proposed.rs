//! What may be one across articles, as cards beside the register: found in the background from a snapshot, and what a person has
//! skipped of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::project::{Project, Target};
use crate::suggest::across::{Proposal, Proposals, Proposer};

/// The most cards that are listed at once: the surest.
const MOST: usize = 100;
/// Of so many each two can be told apart at once: it takes a record for each two.
pub(super) const APART: usize = 40;

/// Work for a thread.
pub struct Job {
    proposer: Box<Proposer>,
    project: Box<Project>,
    of: (u64, u64),
    stopped: Arc<AtomicBool>,
    /// What was proposed before, which takes a while to be let go of.
    spent: [Vec<Proposal>; 2],
}

/// What a thread has found.
pub struct Answer {
    proposer: Box<Proposer>,
    of: (u64, u64),
    /// None where it was stopped.
    found: Option<Proposals>,
}

/// Does the work.
pub fn work(job: Job) -> Answer {
    let Job { mut proposer, mut project, of, stopped, spent } = job;
    drop(spent);
    project.index(project.article_ids().to_vec());
    let found = proposer.look(&project, &stopped);
    Answer { proposer, of, found }
}

/// Which cards are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Events of different articles.
    #[default]
    Happenings,
    /// People, places and other names.
    Names,
}

/// What is listed.
#[derive(Default)]
pub(super) struct Cards {
    /// The surest.
    pub shown: Vec<Proposal>,
    /// How many there are.
    pub all: usize,
}

/// What a list is of.
#[derive(PartialEq)]
struct Listed {
    now: (u64, u64),
    of: Option<(u64, u64)>,
    sort: Sort,
    passed: usize,
}

/// The cards, and what is chosen of them.
#[derive(Default)]
pub struct Proposed {
    /// Whether they are shown; none while nobody has said, then they are where there is room.
    pub(super) shown: Option<bool>,
    pub(super) sort: Sort,
    /// The card that has the keys.
    pub(super) chosen: usize,
    /// It is to be brought into view.
    pub(super) reveal: bool,
    proposer: Option<Box<Proposer>>,
    found: [Vec<Proposal>; 2],
    spent: [Vec<Proposal>; 2],
    of: Option<(u64, u64)>,
    asked: Option<(u64, u64)>,
    stopped: Arc<AtomicBool>,
    listed: Option<(Listed, Arc<Cards>)>,
    /// Answered or skipped while this window is open.
    passed: BTreeSet<Vec<Target>>,
}

impl Proposed {
    /// What has to be done for the cards to fit the project, of this number and revision; one job at a time.
    pub(super) fn refresh(&mut self, project: &Project, of: (u64, u64)) -> Option<Job> {
        if self.asked.is_some() || self.of == Some(of) {
            return None;
        }
        self.asked = Some(of);
        self.stopped = Arc::default();
        let proposer = self.proposer.take().unwrap_or_default();
        let spent = std::mem::take(&mut self.spent);
        let (project, stopped) = (Box::new(project.snapshot()), Arc::clone(&self.stopped));
        Some(Job { proposer, project, of, stopped, spent })
    }

    /// Takes in what a thread has found, where it was asked for.
    pub(super) fn take(&mut self, answer: Answer) {
        if self.asked != Some(answer.of) {
            return;
        }
        self.asked = None;
        self.proposer = Some(answer.proposer);
        if let Some(found) = answer.found {
            self.of = Some(answer.of);
            self.spent = std::mem::replace(&mut self.found, [found.events, found.entities]);
        }
    }

    /// What is under way is of no use any more.
    pub(super) fn give_up(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        self.asked = None;
    }

    /// Whether it is being looked for and nothing was found yet.
    pub(super) fn is_new(&self) -> bool {
        self.of.is_none()
    }

    /// Whether something is under way.
    pub fn is_looking(&self) -> bool {
        self.asked.is_some()
    }

    /// Those of the sort chosen that are still open, the surest first; kept for as long as the project has this number and
    /// revision.
    pub(super) fn open(&mut self, project: &Project, now: (u64, u64)) -> Arc<Cards> {
        let key = Listed { now, of: self.of, sort: self.sort, passed: self.passed.len() };
        if let Some((listed, cards)) = &self.listed
            && *listed == key
        {
            return Arc::clone(cards);
        }
        let cards = Arc::new(self.list(project));
        self.listed = Some((key, Arc::clone(&cards)));
        self.chosen = self.chosen.min(cards.shown.len().saturating_sub(1));
        cards
    }

    /// No more are looked at than are shown: of the others the thread has seen to it that they were open.
    fn list(&self, project: &Project) -> Cards {
        let [events, names] = &self.found;
        let mut rest = if self.sort == Sort::Happenings { events } else { names }.iter();
        let open = |proposal: &&Proposal| {
            let there = |target: &Target| project.row((*target).into()).is_some();
            !self.passed.contains(&proposal.targets)
                && proposal.targets.iter().all(there)
                && !is_answered(project, &proposal.targets)
        };
        let shown: Vec<Proposal> = rest.by_ref().filter(open).take(MOST).cloned().collect();
        let all = shown.len() + rest.len();
        Cards { shown, all }
    }

    /// Has a card not come again while this window is open.
    pub(super) fn pass(&mut self, targets: &[Target]) {
        self.passed.insert(targets.to_vec());
    }
}

/// Whether people have said of some that they are all one, or of any two that they are not.
fn is_answered(project: &Project, targets: &[Target]) -> bool {
    // Of each that is meant, the events of its happening too, which of them it is.
    let mut known: BTreeMap<Target, usize> = BTreeMap::new();
    for (nth, target) in targets.iter().enumerate() {
        match *target {
            _ if known.contains_key(target) => {}
            Target::Event(event) => {
                known.extend(project.happening(event).into_iter().map(|event| (Target::Event(event), nth)));
            }
            Target::Entity(_) => {
                known.insert(*target, nth);
            }
        }
    }
    let apart = |(target, nth): (&Target, &usize)| {
        let mut told = project.judgements_of(*target).filter(|judgement| !judgement.same);
        told.any(|told| told.other_than(*target).and_then(|other| known.get(&other)).is_some_and(|other| other != nth))
    };
    known.values().all(|nth| *nth == 0) || known.iter().any(apart)
}
