//! Which events of different articles are one happening, by what people said of them; and where their records disagree.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::RandomState;
use smol_str::SmolStr;

use super::participant::Party;
use super::{
    ArticleId, CountryCode, Event, EventDate, EventId, EventType, FigureKind, Judgement, JudgementId, Project, Role,
    RowId, Target,
};

impl Project {
    /// The judgement with this id.
    pub fn judgement(&self, id: JudgementId) -> Option<&Judgement> {
        self.get(id)
    }

    /// All judgements in the order of their ids.
    pub fn judgements(&self) -> impl Iterator<Item = &Judgement> {
        self.all()
    }

    /// What people said of an event or entity and another, in the order of ids.
    pub fn judgements_of(&self, target: Target) -> impl Iterator<Item = &Judgement> {
        self.indexes.users_from(target.into(), RowId::Judgement(JudgementId(0))).filter_map(|user| match user {
            RowId::Judgement(id) => self.judgement(id),
            _ => None,
        })
    }

    /// Whether a person said that two are not the same.
    pub fn are_apart(&self, one: Target, other: Target) -> bool {
        self.judgements_of(one).any(|judgement| !judgement.same && judgement.other_than(one) == Some(other))
    }

    /// The events that are one happening with an event, itself among them.
    pub fn happening(&self, event: EventId) -> BTreeSet<EventId> {
        reached(event, |event| linked(event, self.judgements_of(Target::Event(event))))
    }
}

/// The events that judgements of an event say to be the same as it.
pub(super) fn linked<'j>(event: EventId, judgements: impl Iterator<Item = &'j Judgement>) -> Vec<EventId> {
    let same = judgements.filter(|judgement| judgement.same);
    let others = same.filter_map(|judgement| match judgement.other_than(Target::Event(event)) {
        Some(Target::Event(other)) => Some(other),
        _ => None,
    });
    others.collect()
}

/// An event and all that can be reached from it.
pub(super) fn reached(event: EventId, linked: impl Fn(EventId) -> Vec<EventId>) -> BTreeSet<EventId> {
    let mut found = BTreeSet::from([event]);
    let mut new = vec![event];
    while let Some(event) = new.pop() {
        new.extend(linked(event).into_iter().filter(|other| found.insert(*other)));
    }
    found
}

/// The happenings of a project. Where judgements contradict each other, as in a file that was changed by hand, those that say
/// "the same" count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Happenings {
    /// Of each event of a happening with several the first of these.
    first: HashMap<EventId, EventId, RandomState>,
    /// The events of each of these, in the order of their ids.
    events: BTreeMap<EventId, Vec<EventId>>,
    /// Happenings of which a person said that they are not the same, by their first events.
    apart: BTreeSet<(EventId, EventId)>,
}

impl Happenings {
    /// Those of a project or of a snapshot of one; costs nothing where nobody has judged anything.
    pub fn new(project: &Project) -> Self {
        let mut links: HashMap<EventId, Vec<EventId>, RandomState> = HashMap::default();
        let mut apart = Vec::new();
        for judgement in project.judgements() {
            let (Target::Event(one), Target::Event(other)) = (judgement.one, judgement.other) else { continue };
            if judgement.same {
                links.entry(one).or_default().push(other);
                links.entry(other).or_default().push(one);
            } else {
                apart.push((one, other));
            }
        }
        let mut happenings = Self::default();
        for event in links.keys() {
            if happenings.first.contains_key(event) {
                continue;
            }
            let events = reached(*event, |event| links.get(&event).cloned().unwrap_or_default());
            let Some(first) = events.first().copied() else { continue };
            happenings.first.extend(events.iter().map(|event| (*event, first)));
            happenings.events.insert(first, events.into_iter().collect());
        }
        for (one, other) in apart {
            let (one, other) = (happenings.first(one), happenings.first(other));
            happenings.apart.insert((one.min(other), one.max(other)));
        }
        happenings
    }

    /// The event that stands for the happening of an event: its first.
    pub fn first(&self, event: EventId) -> EventId {
        self.first.get(&event).copied().unwrap_or(event)
    }

    /// The events that are one happening with an event, in the order of their ids; itself alone where nobody has said so of
    /// any other.
    pub fn events<'h>(&'h self, event: &'h EventId) -> &'h [EventId] {
        let several = self.first.get(event).and_then(|first| self.events.get(first));
        several.map_or(std::slice::from_ref(event), Vec::as_slice)
    }

    /// Whether a person said of any events of two happenings that they are not the same.
    pub fn are_apart(&self, one: EventId, other: EventId) -> bool {
        let (one, other) = (self.first(one), self.first(other));
        one != other && self.apart.contains(&(one.min(other), one.max(other)))
    }

    /// The happenings with several events, each as these, in the order of their first.
    pub fn joined(&self) -> impl Iterator<Item = &[EventId]> {
        self.events.values().map(Vec::as_slice)
    }
}

/// What records of one happening can disagree on, and one of the things that they say of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// Its type and mode.
    Type(EventType, Option<SmolStr>),
    /// When it took place.
    Date(EventDate),
    /// Where: a name, and the country.
    Place(String, Option<CountryCode>),
    /// A number told with it.
    Figure(FigureKind, f64),
    /// Who did it, or had it done to them.
    Party(Role, Party),
}

/// What of an event something is said of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    Type,
    Date,
    Place,
    Figure(FigureKind),
    Party(Role),
}

impl Said {
    fn subject(&self) -> Subject {
        match self {
            Self::Type(..) => Subject::Type,
            Self::Date(_) => Subject::Date,
            Self::Place(..) => Subject::Place,
            Self::Figure(kind, _) => Subject::Figure(*kind),
            Self::Party(role, _) => Subject::Party(*role),
        }
    }

    /// Whether both can be true: days that overlap, a place within the words of another.
    fn agrees(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Type(one, one_mode), Self::Type(other, other_mode)) => {
                one == other && (one_mode == other_mode || one_mode.is_none() || other_mode.is_none())
            }
            (Self::Date(one), Self::Date(other)) => one.start <= other.end && other.start <= one.end,
            (Self::Place(one, one_country), Self::Place(other, other_country)) => {
                let (one, other) = (one.to_lowercase(), other.to_lowercase());
                let countries = one_country.zip(*other_country).is_none_or(|(one, other)| one == other);
                countries && (one.contains(&other) || other.contains(&one))
            }
            (Self::Party(_, Party::Words(one)), Self::Party(_, Party::Words(other))) => {
                one.name.to_lowercase() == other.name.to_lowercase()
            }
            _ => self == other,
        }
    }

    /// Whether both are one value: what is told of several articles once.
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Date(one), Self::Date(other)) => (one.start, one.end) == (other.start, other.end),
            (Self::Place(one, one_country), Self::Place(other, other_country)) => {
                one.to_lowercase() == other.to_lowercase() && one_country == other_country
            }
            (Self::Party(..), _) => self.agrees(other),
            _ => self == other,
        }
    }
}

/// What a record says for sure, slot by slot.
fn said(event: &Event) -> Vec<Said> {
    let mut all = Vec::new();
    if event.kind != EventType::Happening(None) {
        all.push(Said::Type(event.kind, event.mode.clone()));
    }
    all.extend(event.date.iter().filter(|date| !date.unsure).cloned().map(Said::Date));
    let place = event.place.iter().filter(|place| !place.unsure && !place.name.is_empty());
    all.extend(place.map(|place| Said::Place(place.name.clone(), place.country)));
    let number = |figure: &super::Figure| Some(Said::Figure(figure.kind, figure.number?));
    all.extend(event.figures.iter().filter_map(number));
    let sure = event.participants.iter().filter(|participant| !participant.unsure);
    all.extend(sure.map(|participant| Said::Party(participant.role, participant.who.clone())));
    all
}

/// What records of one happening say together, as one record: that of the first, and what it does not say of type, date, place
/// and each sort of figure comes from the first that does, what is sure before what is only guessed. Whoever takes part in one of
/// them takes part in it. Only ranges of the first are kept, as they are in its text.
pub fn as_one(events: &[&Event]) -> Option<Event> {
    let (first, others) = events.split_first()?;
    let mut one = (*first).clone();
    for other in others {
        if one.kind == EventType::Happening(None) {
            one.kind = other.kind;
            one.mode.clone_from(&other.mode);
        } else if one.kind == other.kind {
            one.mode = one.mode.or_else(|| other.mode.clone());
        }
        let better =
            |one: Option<bool>, other: Option<bool>| other.is_some_and(|unsure| one.is_none_or(|one| one && !unsure));
        if better(one.date.as_ref().map(|date| date.unsure), other.date.as_ref().map(|date| date.unsure)) {
            one.date.clone_from(&other.date);
        }
        if better(one.place.as_ref().map(|place| place.unsure), other.place.as_ref().map(|place| place.unsure)) {
            one.place.clone_from(&other.place);
        }
        for participant in &other.participants {
            if !one.participants.iter().any(|known| known.is_same(participant)) {
                one.participants.push(super::Participant { range: None, ..participant.clone() });
            }
        }
        let known: BTreeSet<FigureKind> = one.figures.iter().map(|figure| figure.kind).collect();
        let new = other.figures.iter().filter(|figure| !known.contains(&figure.kind));
        one.figures.extend(new.map(|figure| super::Figure { range: None, ..figure.clone() }));
        for context in &other.contexts {
            if !one.contexts.contains(context) {
                one.contexts.push(context.clone());
            }
        }
        one.wikidata = one.wikidata.or_else(|| other.wikidata.clone());
    }
    Some(one)
}

/// Something on which the records of one happening do not agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    /// What is said, each with the articles that say it: what most say first.
    pub values: Vec<(Said, BTreeSet<ArticleId>)>,
}

/// On what events say different things, in the order of slots: type, date, place, figures, who took part. What is only guessed
/// does not count, and two records that share a value of a slot agree on it.
pub fn disagreements(events: &[&Event]) -> Vec<Disagreement> {
    let mut slots: BTreeMap<Subject, Vec<(ArticleId, Vec<Said>)>> = BTreeMap::new();
    for event in events {
        let mut own: BTreeMap<Subject, Vec<Said>> = BTreeMap::new();
        said(event).into_iter().for_each(|said| own.entry(said.subject()).or_default().push(said));
        own.into_iter().for_each(|(slot, said)| slots.entry(slot).or_default().push((event.article, said)));
    }
    let mut found = Vec::new();
    for records in slots.into_values() {
        // Many records say the same: they are compared once.
        let mut distinct: Vec<&Vec<Said>> = Vec::new();
        for (_, said) in &records {
            if !distinct.contains(&said) {
                distinct.push(said);
            }
        }
        let meet = |one: &[Said], other: &[Said]| one.iter().any(|one| other.iter().any(|other| one.agrees(other)));
        let differ = |(at, one): (usize, &&Vec<Said>)| distinct.iter().skip(at + 1).any(|other| !meet(one, other));
        if !distinct.iter().enumerate().any(differ) {
            continue;
        }
        let mut values: Vec<(Said, BTreeSet<ArticleId>)> = Vec::new();
        for (article, said) in records {
            for value in said {
                match values.iter_mut().find(|(known, _)| known.is_same(&value)) {
                    Some((_, articles)) => drop(articles.insert(article)),
                    None => values.push((value, BTreeSet::from([article]))),
                }
            }
        }
        values.sort_by_key(|(_, articles)| std::cmp::Reverse(articles.len()));
        found.push(Disagreement { values });
    }
    found
}
