//! A snapshot as the views read it: what stands in its articles, as rows that are gone through quickly.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use foldhash::fast::RandomState;
use rayon::prelude::*;
use smol_str::SmolStr;

use super::days::{Day, day_of};
use crate::project::{
    ArticleId, ArticleRecord, Checks, CountryCode, EntityId, Event, EventId, EventType, Happenings, Hue, KindId,
    Mention, MentionId, Project, Role, Schema, Stage, Status, Target, as_one,
};

/// An answer to an article tag: the tag, and what was said.
pub type Answer = (SmolStr, String);

/// An article.
#[derive(Clone, Debug)]
pub struct ArticleRow {
    /// Which.
    pub id: ArticleId,
    /// When it was published.
    pub day: Option<Day>,
    /// Who published it, by its place in [`Collection::sources`].
    pub source: u32,
    /// Its article tags, by their places in [`Collection::answers`].
    pub answers: Box<[u32]>,
    /// How far it has come.
    pub stage: Stage,
    /// Its mentions in [`Collection::mentions`].
    pub mentions: Range<usize>,
    /// Of each kind what is open and decided, and what random checks say: by the places of kinds.
    pub review: Box<[(u16, Review)]>,
}

/// How far a kind has come in an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// Suggestions that nobody has decided on.
    pub open: u32,
    /// Mentions that were accepted or made.
    pub accepted: u32,
    /// Suggestions that were rejected.
    pub rejected: u32,
    /// What came of random checks.
    pub checks: Checks,
}

/// What a mention is of, by its place in the collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Of {
    Nothing,
    Entity(u32),
    Event(u32),
}

/// A mention that stands in the text.
#[derive(Clone, Copy, Debug)]
pub struct MentionRow {
    /// Which.
    pub id: MentionId,
    /// The place of its article.
    pub article: u32,
    /// The place of its kind.
    pub kind: u16,
    /// Whether a person has accepted it.
    pub accepted: bool,
    /// Whether it tells again of an event that is told more clearly elsewhere; such ones do not count.
    pub retold: bool,
    /// What it is of.
    pub of: Of,
}

/// A happening: an event, or several that are one.
#[derive(Clone, Debug)]
pub struct EventRow {
    /// The first of its events.
    pub id: EventId,
    /// What it is called.
    pub name: Box<str>,
    /// Its type.
    pub kind: EventType,
    /// Its first and last day, where it is told.
    pub days: Option<(Day, Day)>,
    /// When the first article that tells of it was published.
    pub told: Option<Day>,
    /// The place of its place in [`Collection::places`].
    pub place: Option<u32>,
    /// The country that it took place in.
    pub country: Option<CountryCode>,
    /// Who takes part, by the places of entities.
    pub parties: Box<[(Role, u32)]>,
    /// Whether a person has accepted it.
    pub accepted: bool,
    /// The first mention that tells of it, by its place.
    pub mention: u32,
}

/// A person, a country, or whatever else mentions name.
#[derive(Clone, Debug)]
pub struct EntityRow {
    /// Which.
    pub id: EntityId,
    /// The place of its kind.
    pub kind: u16,
    /// What it is called.
    pub name: Box<str>,
    /// The country that it is or belongs to.
    pub country: Option<CountryCode>,
}

/// A kind of mention.
#[derive(Clone, Debug)]
pub struct KindRow {
    /// Which.
    pub id: KindId,
    /// What many are called.
    pub plural: String,
    /// Its colour.
    pub hue: Hue,
    /// What its mentions point at.
    pub schema: Schema,
}

/// Where events took place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceRow {
    /// As texts name it.
    pub name: String,
    /// The country that it lies in.
    pub country: Option<CountryCode>,
    /// Hundredths of degrees north and east, where known.
    pub point: Option<(i32, i32)>,
}

/// All of a project that the views show.
#[derive(Debug, Default)]
pub struct Collection {
    /// In the person's order.
    pub articles: Vec<ArticleRow>,
    /// Article by article, in the order of the text.
    pub mentions: Vec<MentionRow>,
    /// In the order of where they are told first.
    pub events: Vec<EventRow>,
    /// In the order of their ids, those that no mention names included.
    pub entities: Vec<EntityRow>,
    /// Those of the tagset, in its order, then others that mentions have.
    pub kinds: Vec<KindRow>,
    /// Who published articles, in the order of names; an empty name for those of which nobody knows.
    pub sources: Vec<String>,
    /// What was said of articles, in order.
    pub answers: Vec<Answer>,
    /// The names of the article tags.
    pub tags: BTreeMap<SmolStr, String>,
    /// Where events took place.
    pub places: Vec<PlaceRow>,
    /// The types of the events that there are.
    pub types: BTreeSet<EventType>,
}

type Places<T> = HashMap<T, u32, RandomState>;

/// What one article holds, before it has its place.
struct Found {
    mentions: Vec<(MentionId, u16, bool, bool, Option<Target>)>,
    review: Box<[(u16, Review)]>,
    decided: bool,
}

fn place(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// An element by a place as rows have it.
pub(super) fn at<T>(rows: &[T], place: u32) -> Option<&T> {
    usize::try_from(place).ok().and_then(|place| rows.get(place))
}

impl Collection {
    /// Gathers a project or a snapshot of one.
    pub fn of(project: &Project) -> Self {
        let mut all = Self::default();
        let kinds = all.add_kinds(project);
        let (entities, sources) = all.add_entities(project, &kinds);
        let answers = all.add_answers(project);
        let found: Vec<Found> =
            project.article_ids().par_iter().map(|id| found(project, project.mentions(*id), &kinds)).collect();
        let events = all.add_events(project, &found, &entities);
        for (record, found) in project.articles().zip(found) {
            let article = place(all.articles.len());
            let first = all.mentions.len();
            for (id, kind, accepted, retold, target) in found.mentions {
                let of = match target {
                    Some(Target::Entity(id)) => entities.get(&id).map_or(Of::Nothing, |place| Of::Entity(*place)),
                    Some(Target::Event(id)) => events.get(&id).map_or(Of::Nothing, |place| Of::Event(*place)),
                    None => Of::Nothing,
                };
                if let Of::Event(event) = of
                    && let Some(event) = usize::try_from(event).ok().and_then(|event| all.events.get_mut(event))
                {
                    event.mention = event.mention.min(place(all.mentions.len()));
                    event.accepted |= accepted;
                }
                all.mentions.push(MentionRow { id, article, kind, accepted, retold, of });
            }
            all.articles.push(ArticleRow {
                id: record.id,
                day: record.article.meta.date.map(day_of),
                source: sources.get(record.article.meta.source.as_str()).copied().unwrap_or_default(),
                answers: said(record).filter_map(|answer| answers.get(&answer).copied()).collect(),
                stage: match (record.done.is_some(), found.decided) {
                    (true, _) => Stage::Done,
                    (false, true) => Stage::InProgress,
                    (false, false) => Stage::New,
                },
                mentions: first..all.mentions.len(),
                review: found.review,
            });
        }
        all
    }

    fn add_kinds(&mut self, project: &Project) -> HashMap<KindId, u16> {
        let tagset = project.tagset();
        let mut ids: Vec<KindId> = tagset.kinds.iter().map(|kind| kind.id.clone()).collect();
        let known: BTreeSet<KindId> = ids.iter().cloned().collect();
        let used: BTreeSet<&KindId> = project.entities().map(|entity| &entity.kind).collect();
        ids.extend(used.into_iter().filter(|kind| !known.contains(kind)).cloned());
        self.kinds = ids
            .iter()
            .map(|id| KindRow {
                id: id.clone(),
                plural: tagset.get(id).map_or_else(|| id.as_str().to_owned(), |kind| kind.plural.clone()),
                hue: tagset.badge(id).hue,
                schema: tagset.schema(id),
            })
            .collect();
        ids.into_iter().zip(0..).collect()
    }

    fn add_entities<'p>(
        &mut self,
        project: &'p Project,
        kinds: &HashMap<KindId, u16>,
    ) -> (Places<EntityId>, Places<&'p str>) {
        let row = |entity: &crate::project::Entity| EntityRow {
            id: entity.id,
            kind: kinds.get(&entity.kind).copied().unwrap_or_default(),
            name: entity.name.as_str().into(),
            country: entity.country,
        };
        self.entities = project.entities().map(row).collect();
        let entities = self.entities.iter().map(|entity| entity.id).zip(0..).collect();
        let sources: BTreeSet<&str> = project.articles().map(|record| record.article.meta.source.as_str()).collect();
        self.sources = sources.iter().map(|source| (*source).to_owned()).collect();
        (entities, sources.into_iter().zip(0..).collect())
    }

    fn add_answers(&mut self, project: &Project) -> BTreeMap<Answer, u32> {
        self.tags = project.tagset().article_tags.iter().map(|tag| (tag.id.clone(), tag.name.clone())).collect();
        let answers: BTreeSet<Answer> = project.articles().flat_map(said).collect();
        self.answers = answers.iter().cloned().collect();
        answers.into_iter().zip(0..).collect()
    }

    /// The place of each event that is shown; those that are one happening have one.
    fn add_events(&mut self, project: &Project, found: &[Found], entities: &Places<EntityId>) -> Places<EventId> {
        let happenings = Happenings::new(project);
        let told = |target: &Option<Target>| match target {
            Some(Target::Event(id)) => Some(*id),
            _ => None,
        };
        let mut events: Places<EventId> = Places::default();
        let (mut rows, mut shown): (Places<EventId>, Vec<Vec<EventId>>) = (Places::default(), Vec::new());
        for id in found.iter().flat_map(|found| &found.mentions).filter_map(|(.., target)| told(target)) {
            if events.contains_key(&id) {
                continue;
            }
            let row = *rows.entry(happenings.first(id)).or_insert_with(|| {
                shown.push(Vec::new());
                place(shown.len() - 1)
            });
            events.insert(id, row);
            usize::try_from(row).ok().and_then(|row| shown.get_mut(row)).into_iter().for_each(|ids| ids.push(id));
        }
        let rows: Vec<(EventRow, Option<PlaceRow>)> =
            shown.par_iter().filter_map(|ids| event_row(project, ids, entities)).collect();
        let mut places: HashMap<PlaceRow, u32, RandomState> = HashMap::default();
        for (mut row, at) in rows {
            row.place = at.map(|at| {
                let next = place(places.len());
                *places.entry(at).or_insert_with_key(|at| {
                    self.places.push(at.clone());
                    next
                })
            });
            self.types.insert(row.kind);
            self.events.push(row);
        }
        events
    }

    /// When an event counts as having been: its own days, else the day it was told of.
    pub fn days_of(&self, event: &EventRow) -> Option<(Day, Day)> {
        event.days.or(event.told.map(|day| (day, day)))
    }
}

/// What was said of an article as a whole.
fn said(record: &ArticleRecord) -> impl Iterator<Item = Answer> {
    record.tags.iter().flat_map(|(tag, answers)| answers.iter().map(|answer| (tag.clone(), answer.clone())))
}

fn found(project: &Project, mentions: &[Mention], kinds: &HashMap<KindId, u16>) -> Found {
    let level = project.level();
    let mut review: BTreeMap<u16, Review> = BTreeMap::new();
    let mut standing = Vec::with_capacity(mentions.len());
    let mut decided = false;
    for mention in mentions {
        let Some(kind) = kinds.get(&mention.kind).copied() else { continue };
        let shown = mention.is_shown(level);
        if shown && !mention.is_held() && !mention.retold {
            let of_kind = review.entry(kind).or_default();
            *match mention.status {
                Status::Suggested => &mut of_kind.open,
                Status::Accepted => &mut of_kind.accepted,
                Status::Rejected => &mut of_kind.rejected,
            } += 1;
            decided |= mention.status != Status::Suggested;
        }
        if mention.is_live() && shown {
            let accepted = mention.status == Status::Accepted;
            standing.push((mention.id, kind, accepted, mention.retold, mention.target));
        }
    }
    for (kind, checks) in Checks::of(mentions) {
        if let Some(kind) = kinds.get(&kind) {
            review.entry(*kind).or_default().checks = checks;
        }
    }
    Found { mentions: standing, review: review.into_iter().collect(), decided }
}

fn event_row(project: &Project, ids: &[EventId], entities: &Places<EntityId>) -> Option<(EventRow, Option<PlaceRow>)> {
    let events: Vec<&Event> = ids.iter().filter_map(|id| project.event(*id)).collect();
    let one = match events.as_slice() {
        [one] => std::borrow::Cow::Borrowed(*one),
        several => std::borrow::Cow::Owned(as_one(several)?),
    };
    let published = |event: &&Event| Some(day_of(project.article(event.article)?.article.meta.date?));
    let parties = one.participants.iter();
    let parties = parties.filter_map(|party| Some((party.role, *entities.get(&party.entity()?)?))).collect();
    let hundredths = |degrees: f64| (degrees * 100.0).round() as i32;
    let at = one.place.as_ref().filter(|place| !place.name.is_empty()).map(|place| {
        let known = || crate::suggest::knowledge::event_place(&place.name, place.country).coordinates;
        let point = place.coordinates.or_else(known).filter(|point| point.is_on_earth());
        let point = point.map(|point| (hundredths(point.latitude), hundredths(point.longitude)));
        PlaceRow { name: place.name.clone(), country: place.country, point }
    });
    let row = EventRow {
        id: one.id,
        name: one.name.split_whitespace().collect::<Vec<_>>().join(" ").into(),
        kind: one.kind,
        days: one.date.as_ref().map(|date| (day_of(date.start), day_of(date.end))),
        told: events.iter().filter_map(published).min(),
        place: None,
        country: one.place.as_ref().and_then(|place| place.country),
        parties,
        accepted: false,
        mention: u32::MAX,
    };
    Some((row, at))
}
