//! What may be one across a project's articles, for a person to say. It stands beside the project, never in it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::hash::BuildHasher;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use foldhash::fast::{FixedState, RandomState};
use jiff::civil::Date;
use rayon::prelude::*;
use text_size::TextRange;

use super::account::{Account, Naming, Record};
use super::collection::Collection;
use super::likeness::Told;
use super::linkage::Pair;
use super::names::{Likeness, Name};
use super::rarity::Rarity;
use crate::project::{ArticleId, Entity, EntityId, Event, EventId, Happenings, Level, Mention, Party, Project, Target};

/// What speaks for two or more being one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Their names are alike.
    Names(Likeness),
    /// The same office is told of both.
    Office(String),
    /// These are named in articles of both.
    Company(Vec<String>),
    /// They took place in these days.
    Days(Date, Date),
    /// They took place here.
    Place(String),
    /// These take part in both.
    Parties(Vec<String>),
    /// They are told with these words.
    Words(Vec<String>),
    /// They are of the same type.
    Type,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |words: &[String]| words.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", ");
        let day = |date: &Date| date.strftime("%-d %b %Y").to_string();
        match self {
            Self::Names(likeness) => likeness.fmt(f),
            Self::Office(office) => write!(f, "the same office: {office}"),
            Self::Company(names) => write!(f, "both named with {}", names.join(", ")),
            Self::Days(start, end) if start == end => write!(f, "on {}", day(start)),
            Self::Days(start, end) => write!(f, "from {} to {}", day(start), day(end)),
            Self::Place(place) => write!(f, "in {place}"),
            Self::Parties(names) => write!(f, "with {}", names.join(", ")),
            Self::Words(words) => write!(f, "told with {}", quoted(words)),
            Self::Type => write!(f, "of the same type"),
        }
    }
}

/// Some that may be one.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// Entities of one kind, or of events the first of each happening; in the order of their numbers.
    pub targets: Vec<Target>,
    /// How sure it is, 0 to 1: of events the mean probability that two of them are one, over at most 60 pairs.
    pub score: f32,
    /// What speaks for it, the strongest first.
    pub reasons: Vec<Reason>,
}

/// All that may be one in a project, the surest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proposals {
    /// People, places, organisations and what else the tagset has, but for events.
    pub entities: Vec<Proposal>,
    /// Events of different articles.
    pub events: Vec<Proposal>,
}

/// What is kept of an article between two looks at a project.
#[derive(Clone, Debug)]
struct Kept {
    /// Of all that the account was made of.
    fingerprint: u64,
    account: Arc<Account>,
    /// The event of each record.
    events: Arc<[EventId]>,
}

/// Pairs of tellings of two articles with their probabilities.
type Pairs = Arc<[Pair]>;

/// Of two articles what was compared between them, and of which state of both.
type Compared = HashMap<(ArticleId, ArticleId), ((u64, u64), Pairs), RandomState>;

/// Looks at a project again and again: of articles in which nothing has changed since it keeps what it has read.
#[derive(Default)]
pub struct Proposer {
    rarity: Rarity,
    kept: HashMap<ArticleId, Kept, RandomState>,
    compared: Compared,
}

impl Proposer {
    /// What may be one in a project, or in a snapshot of one. `None` where it was `stopped` before it was done.
    pub fn look(&mut self, project: &Project, stopped: &AtomicBool) -> Option<Proposals> {
        if stopped.load(Ordering::Relaxed) {
            return None;
        }
        let entities = alike(project);
        let events = self.events(project, stopped)?;
        Some(Proposals { entities, events })
    }

    fn events(&mut self, project: &Project, stopped: &AtomicBool) -> Option<Vec<Proposal>> {
        self.read(project, stopped)?;
        let articles: Vec<ArticleId> = project.article_ids().to_vec();
        let kept: Vec<&Kept> = articles.iter().filter_map(|id| self.kept.get(id)).collect();
        let accounts: Vec<&Account> = kept.iter().map(|kept| &*kept.account).collect();
        let collection = Collection::new(&accounts);
        let (pairs, compared) = self.compare(&collection, &articles, &kept, stopped)?;
        let happenings = Happenings::new(project);
        let event_of = |at: usize| {
            let (article, record) = collection.record_of(at)?;
            kept.get(article)?.events.get(record).copied()
        };
        let judged = |one: usize, other: usize, probability: &dyn Fn() -> f32| match event_of(one).zip(event_of(other))
        {
            Some((one, other)) if happenings.first(one) == happenings.first(other) => 1.0,
            Some((one, other)) if happenings.are_apart(one, other) => 0.0,
            _ => probability(),
        };
        let pairs: Vec<Pair> = pairs
            .into_iter()
            .map(|(one, other, known)| (one, other, judged(one as usize, other as usize, &|| known)))
            .collect();
        let compare = |one: usize, other: usize| judged(one, other, &|| collection.probability(one, other));
        let groups = collection.grouped(&pairs, compare);
        if stopped.load(Ordering::Relaxed) {
            return None;
        }
        let mut together: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, group) in groups.into_iter().enumerate() {
            if collection.told(at).is_some_and(|told| told.telling.first) {
                together.entry(group).or_default().push(at);
            }
        }
        let proposal = |tellings: Vec<usize>| proposed(project, &collection, &happenings, &event_of, &tellings);
        let mut proposals: Vec<Proposal> =
            together.into_values().collect::<Vec<_>>().into_par_iter().filter_map(proposal).collect();
        proposals.sort_by(|one, other| other.score.total_cmp(&one.score).then_with(|| one.targets.cmp(&other.targets)));
        self.compared = compared;
        Some(proposals)
    }

    /// Reads what has changed since the last look.
    fn read(&mut self, project: &Project, stopped: &AtomicBool) -> Option<()> {
        let level = project.level();
        let read = |id: &ArticleId| {
            if stopped.load(Ordering::Relaxed) {
                return None;
            }
            let told: Vec<(&Event, Vec<&Mention>)> = project
                .events_of(*id)
                .filter(|event| project.level_of(event.id) <= level)
                .map(|event| (event, tellings(project, event)))
                .filter(|(_, mentions)| !mentions.is_empty())
                .collect();
            let fingerprint = fingerprint(project, *id, &told);
            let known = self.kept.get(id).filter(|kept| kept.fingerprint == fingerprint).cloned();
            let kept = known.unwrap_or_else(|| Kept {
                fingerprint,
                account: Arc::new(account(project, *id, &told, &self.rarity)),
                events: told.iter().map(|(event, _)| event.id).collect(),
            });
            Some((*id, kept))
        };
        let kept: Option<HashMap<ArticleId, Kept, RandomState>> = project.article_ids().par_iter().map(read).collect();
        self.kept = kept?;
        Some(())
    }

    /// The pairs of tellings that are likely enough, and what was compared: as before where neither article has changed.
    fn compare(
        &self,
        collection: &Collection<'_, &Account>,
        articles: &[ArticleId],
        kept: &[&Kept],
        stopped: &AtomicBool,
    ) -> Option<(Vec<Pair>, Compared)> {
        let look = |(one, other): (usize, usize)| {
            if stopped.load(Ordering::Relaxed) {
                return None;
            }
            let ids = (*articles.get(one)?, *articles.get(other)?);
            let state = (kept.get(one)?.fingerprint, kept.get(other)?.fingerprint);
            let known =
                self.compared.get(&ids).filter(|(known, _)| *known == state).map(|(_, pairs)| Arc::clone(pairs));
            let pairs = known.unwrap_or_else(|| collection.likely(one, other).into());
            Some((one, other, (ids, (state, pairs))))
        };
        let looked: Option<Vec<_>> = collection.articles().into_par_iter().map(look).collect();
        let (mut pairs, mut compared) = (Vec::new(), Compared::default());
        for (one, other, (ids, known)) in looked? {
            let number = |article: usize, telling: u32| collection.first_of(article) + telling;
            pairs.extend(known.1.iter().map(|(a, b, probability)| (number(one, *a), number(other, *b), *probability)));
            compared.insert(ids, known);
        }
        Some((pairs, compared))
    }
}

/// The mentions that tell of an event and count, the most telling first.
fn tellings<'p>(project: &'p Project, event: &Event) -> Vec<&'p Mention> {
    let mut mentions: Vec<&Mention> =
        project.mentions_of(Target::Event(event.id)).filter(|mention| mention.is_live()).collect();
    mentions.sort_by_key(|mention| (mention.retold, mention.order()));
    mentions
}

/// Of all that an account is made of: equal for as long as that is.
fn fingerprint(project: &Project, article: ArticleId, told: &[(&Event, Vec<&Mention>)]) -> u64 {
    let mut said: Vec<(u32, u32, Option<Target>)> = Vec::new();
    let live = project.mentions(article).iter().filter(|mention| mention.is_live() && mention.event().is_none());
    said.extend(live.map(|mention| (mention.range.start().into(), mention.range.end().into(), mention.target)));
    let date = project.article(article).and_then(|record| record.article.meta.date);
    let events: Vec<_> = told
        .iter()
        .map(|(event, mentions)| {
            let parties: Vec<&Party> = event.participants.iter().map(|participant| &participant.who).collect();
            let place = event.place.as_ref().map(|place| (&place.name, place.country));
            let days = event.date.as_ref().map(|date| (date.start, date.end));
            let ranges: Vec<TextRange> = mentions.iter().map(|mention| mention.range).collect();
            let kept = project.level_of(event.id) <= Level::Kept;
            (event.id, event.kind, parties, place, days, event.worth.map(f32::to_bits), kept, ranges)
        })
        .collect();
    FixedState::default().hash_one((date, said, events))
}

fn account(project: &Project, article: ArticleId, told: &[(&Event, Vec<&Mention>)], rarity: &Rarity) -> Account {
    let name = |id: EntityId| format!("\u{0}{}", id.0);
    let live = project.mentions(article).iter().filter(|mention| mention.is_live());
    let naming = |mention: &Mention| match mention.target {
        Some(Target::Entity(id)) => Some(Naming { range: mention.range, name: name(id) }),
        _ => None,
    };
    let namings: Vec<Naming> = live.filter_map(naming).collect();
    let party = |who: &Party| match who {
        Party::Entity(id) => name(*id),
        Party::Words(words) => words.name.to_lowercase(),
    };
    let record = |(event, mentions): &(&Event, Vec<&Mention>)| Record {
        kind: event.kind,
        kept: project.level_of(event.id) <= Level::Kept,
        worth: event.worth.unwrap_or(1.0),
        parties: event.participants.iter().map(|participant| party(&participant.who)).collect(),
        place: event.place.as_ref().map(|place| place.name.to_lowercase()),
        days: event.date.as_ref().map(|date| (date.start, date.end)),
        mentions: mentions.iter().map(|mention| mention.range).collect(),
    };
    let records: Vec<Record> = told.iter().map(record).collect();
    let date = project.article(article).and_then(|record| record.article.meta.date);
    Account::new(project.text(article), date, rarity, &namings, &records)
}

/// What some tellings propose: `None` where they are of one happening already, or of one article.
fn proposed(
    project: &Project,
    collection: &Collection<'_, &Account>,
    happenings: &Happenings,
    event_of: &impl Fn(usize) -> Option<EventId>,
    tellings: &[usize],
) -> Option<Proposal> {
    // Of the events of one article the first: which of them are one is another question.
    let mut seen = BTreeSet::new();
    let told: Vec<(usize, Told<'_>, EventId)> = tellings
        .iter()
        .filter_map(|at| Some((*at, collection.told(*at)?, event_of(*at)?)))
        .filter(|(_, told, _)| seen.insert(told.article))
        .collect();
    // What is not the same as one that is in already stays out.
    let mut targets: BTreeSet<EventId> = BTreeSet::new();
    for (.., event) in &told {
        let first = happenings.first(*event);
        if !targets.iter().any(|other| happenings.are_apart(first, *other)) {
            targets.insert(first);
        }
    }
    if targets.len() < 2 {
        return None;
    }
    let told: Vec<_> = told.into_iter().filter(|(.., event)| targets.contains(&happenings.first(*event))).collect();
    // Of many those pairs say how sure it is that stand one, two, three places from each other.
    const LOOKED_AT: usize = 60;
    let pairs = (1..told.len()).flat_map(|by| told.iter().zip(told.iter().skip(by)));
    let scores: Vec<f32> =
        pairs.take(LOOKED_AT).map(|((one, ..), (other, ..))| collection.probability(*one, *other)).collect();
    let score = scores.iter().sum::<f32>() / scores.len().max(1) as f32;
    let events: Vec<&Event> = told.iter().filter_map(|(.., event)| project.event(*event)).collect();
    Some(Proposal {
        targets: targets.into_iter().map(Target::Event).collect(),
        score,
        reasons: reasons(project, &events),
    })
}

/// What all of some events, or two of them, have in common.
fn reasons(project: &Project, events: &[&Event]) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let days: Vec<(Date, Date)> =
        events.iter().filter_map(|event| event.date.as_ref()).map(|date| (date.start, date.end)).collect();
    if let Some((start, end)) = days.iter().copied().reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
        && days.len() > 1
    {
        reasons.push(Reason::Days(start, end));
    }
    let common = |names: Vec<BTreeSet<String>>| -> Vec<String> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        names.into_iter().flatten().for_each(|name| *counts.entry(name).or_default() += 1);
        let mut common: Vec<(usize, String)> =
            counts.into_iter().filter(|(_, count)| *count > 1).map(|(name, count)| (count, name)).collect();
        common.sort_by(|(one, a), (other, b)| other.cmp(one).then(a.cmp(b)));
        common.into_iter().take(3).map(|(_, name)| name).collect()
    };
    let places = events.iter().map(|event| event.place.iter().map(|place| place.name.clone()).collect()).collect();
    reasons.extend(common(places).into_iter().next().map(Reason::Place));
    let party = |who: &Party| match who {
        Party::Entity(id) => project.entity(*id).map(|entity| entity.name.clone()),
        Party::Words(words) => Some(words.name.clone()),
    };
    let parties = events.iter().map(|event| event.participants.iter().filter_map(|it| party(&it.who)).collect());
    let parties = common(parties.collect());
    if !parties.is_empty() {
        reasons.push(Reason::Parties(parties));
    }
    let words = events.iter().map(|event| {
        tellings(project, event).into_iter().map(|mention| mention.quote.to_lowercase()).collect::<BTreeSet<_>>()
    });
    let words = common(words.collect());
    if !words.is_empty() {
        reasons.push(Reason::Words(words));
    }
    if events.windows(2).all(|pair| matches!(pair, [one, other] if one.kind == other.kind)) {
        reasons.push(Reason::Type);
    }
    reasons
}

/// More names than this that share what is compared first are no duplicates, but a habit of the texts.
const MOST: usize = 40;
/// How many articles of a name are looked at for who else is named there.
const LOOKED_AT: usize = 20;

/// Entities of one kind that may be one by their names, where nothing tells them apart and nobody did.
fn alike(project: &Project) -> Vec<Proposal> {
    let mut kinds: BTreeMap<&crate::project::KindId, Vec<&Entity>> = BTreeMap::new();
    let live = project.entities().filter(|entity| project.count_of(Target::Entity(entity.id)) > 0);
    live.for_each(|entity| kinds.entry(&entity.kind).or_default().push(entity));
    let mut found: Vec<Proposal> = kinds
        .into_values()
        .flat_map(|entities| {
            groups(&entities, &|one, other| project.are_apart(Target::Entity(one), Target::Entity(other)))
        })
        .filter_map(|(ids, likeness)| of_names(project, &ids, likeness))
        .collect();
    found.sort_by(|one, other| other.score.total_cmp(&one.score).then_with(|| one.targets.cmp(&other.targets)));
    found
}

fn of_names(project: &Project, ids: &[EntityId], likeness: Likeness) -> Option<Proposal> {
    let entities: Vec<&Entity> = ids.iter().filter_map(|id| project.entity(*id)).collect();
    let words = |entity: &&Entity| super::names::words(&entity.role).into_iter().collect::<BTreeSet<_>>();
    let offices: Vec<BTreeSet<String>> = entities.iter().map(words).filter(|words| !words.is_empty()).collect();
    let same_office =
        offices.len() > 1 && offices.windows(2).all(|pair| matches!(pair, [one, other] if !one.is_disjoint(other)));
    // Namesakes of different offices stay apart, unless more than the name speaks for one.
    let other_office = offices.len() > 1 && !same_office;
    let company = company(project, ids);
    let certain = matches!(likeness, Likeness::Item(_));
    if other_office && company.is_empty() && !certain {
        return None;
    }
    let by_name: f32 = match likeness {
        Likeness::Item(_) => 0.98,
        Likeness::Accents => 0.9,
        Likeness::Order => 0.85,
        Likeness::LeavesOut(_) => 0.8,
        Likeness::Abbreviation(..) => 0.7,
        Likeness::Letter(..) | Likeness::Spelling(..) => 0.65,
        Likeness::Nickname(..) => 0.6,
        Likeness::Initial(..) => 0.5,
    };
    let more = 0.5 * f32::from(u8::from(same_office)) + 0.5 * (company.len().min(3) as f32 / 3.0);
    let score = by_name + (1.0 - by_name) * 0.8 * more;
    let mut reasons = vec![Reason::Names(likeness)];
    if same_office {
        let longest = entities.iter().map(|entity| &entity.role).max_by_key(|role| role.len());
        reasons.extend(longest.map(|role| Reason::Office(role.clone())));
    }
    if !company.is_empty() {
        reasons.push(Reason::Company(company));
    }
    Some(Proposal { targets: ids.iter().map(|id| Target::Entity(*id)).collect(), score, reasons })
}

/// Who and what is named in articles of each of some entities, those that are named least elsewhere first.
fn company(project: &Project, ids: &[EntityId]) -> Vec<String> {
    let articles_of = |id: &EntityId| -> BTreeSet<ArticleId> {
        let live = project.mentions_of(Target::Entity(*id)).filter(|mention| mention.is_live());
        live.map(|mention| mention.article).collect()
    };
    let named_with = |id: &EntityId| -> BTreeSet<EntityId> {
        let mut articles: BTreeSet<ArticleId> = articles_of(id);
        // An article that names both tells two people apart, or one twice: its other names say nothing.
        ids.iter().filter(|other| *other != id).for_each(|other| {
            let theirs = articles_of(other);
            articles.retain(|article| !theirs.contains(article));
        });
        let mentions = articles.iter().take(LOOKED_AT).flat_map(|article| project.mentions(*article));
        let live = mentions.filter(|mention| mention.is_live());
        live.filter_map(|mention| match mention.target {
            Some(Target::Entity(other)) => Some(other),
            _ => None,
        })
        .collect()
    };
    let mut all = ids.iter().map(named_with);
    let Some(first) = all.next() else { return Vec::new() };
    let common = all.fold(first, |common, next| common.intersection(&next).copied().collect());
    let mut common: Vec<(usize, EntityId)> = common
        .into_iter()
        .filter(|id| !ids.contains(id))
        .map(|id| (project.count_of(Target::Entity(id)), id))
        // What is everywhere says nothing.
        .filter(|(count, _)| *count < 10 + project.article_count() / 4)
        .collect();
    common.sort_unstable();
    common.into_iter().take(3).filter_map(|(_, id)| Some(project.entity(id)?.name.clone())).collect()
}

/// Those of some entities of one kind that may be one by their names, group by group, with what speaks for the first two;
/// `apart` says of which a person said that they are not.
pub fn groups(entities: &[&Entity], apart: &dyn Fn(EntityId, EntityId) -> bool) -> Vec<(Vec<EntityId>, Likeness)> {
    let names: Vec<Name<'_>> = entities.iter().map(|entity| Name::new(entity)).collect();
    let mut sharing: HashMap<u64, Vec<usize>, RandomState> = HashMap::default();
    for (at, name) in names.iter().enumerate() {
        name.keys().into_iter().for_each(|key| sharing.entry(key).or_default().push(at));
    }
    let mut near: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for sharing in sharing.into_values().filter(|sharing| sharing.len() <= MOST) {
        for (nth, one) in sharing.iter().enumerate() {
            for other in sharing.iter().skip(nth + 1) {
                let both = names.get(*one).zip(names.get(*other));
                if both.is_some_and(|(one, other)| one.may_be(other).is_some() && !apart(one.id, other.id)) {
                    near.entry(*one).or_default().insert(*other);
                    near.entry(*other).or_default().insert(*one);
                }
            }
        }
    }
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for start in near.keys() {
        if !seen.insert(*start) {
            continue;
        }
        let (mut group, mut new) = (BTreeSet::from([*start]), vec![*start]);
        while let Some(at) = new.pop() {
            new.extend(near.get(&at).into_iter().flatten().copied().filter(|other| group.insert(*other)));
        }
        seen.extend(group.iter().copied());
        // What "J. Biden" has in common with Joe and with Jill Biden does not make them one.
        let is_one = group.iter().all(|one| near.get(one).is_some_and(|near| near.len() + 1 == group.len()));
        let likeness = || {
            let mut names = group.iter().filter_map(|at| names.get(*at));
            names.next()?.may_be(names.next()?)
        };
        if let Some(likeness) = is_one.then(likeness).flatten() {
            found.push((group.iter().filter_map(|at| names.get(*at)).map(|name| name.id).collect(), likeness));
        }
    }
    found
}
