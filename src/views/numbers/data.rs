//! Numbers: mentions and events over time, who is named most, what is open and done, and how often suggestions are right.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::project::{Hue, KindId, Stage};
use crate::views::chosen::Chosen;
use crate::views::collection::{Collection, Of, Review, at};
use crate::views::count::Count;
use crate::views::days::{Day, date_of, day_of, first_of, month_of};
use crate::views::groups::Group;
use crate::views::pick::Pick;
use crate::views::scene::{Ink, ink_of};

/// The length of time that a bar counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Unit {
    Day,
    #[default]
    Month,
    Year,
}

impl Unit {
    /// "a month".
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "a day",
            Self::Month => "a month",
            Self::Year => "a year",
        }
    }
}

/// Counts of one kind over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What is counted.
    pub name: String,
    /// Its colour.
    pub hue: Hue,
    /// What a bar of it stands for, but for its days.
    pub pick: Pick,
    /// Of each bar how many.
    pub counts: Vec<Count>,
}

/// How many over time, by kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    /// The days of each bar, one after the other.
    pub bars: Vec<(Date, Date)>,
    /// What one counts.
    pub unit: Unit,
    /// One for each kind of which there is anything.
    pub series: Vec<Series>,
    /// How many have no day.
    pub undated: u32,
    /// What all of it stands for.
    pub pick: Pick,
}

/// How often something is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// What.
    pub name: String,
    /// Its colour.
    pub hue: Hue,
    /// How often.
    pub count: Count,
    /// What it stands for.
    pub pick: Pick,
}

/// How far a kind has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Reviewed {
    /// What many of it are called.
    pub name: String,
    /// Its colour.
    pub hue: Hue,
    /// What is open and decided, and what random checks say.
    pub review: Review,
    /// All of the kind.
    pub pick: Pick,
}

/// What the view shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbers {
    /// Articles that can hold anything of what is selected.
    pub articles: u32,
    /// Of these those that are new, in progress and done.
    pub stages: [u32; 3],
    /// Mentions.
    pub mentions: Count,
    /// Happenings.
    pub events: Count,
    /// Entities that are named.
    pub entities: u32,
    /// The first and last day of publication.
    pub days: Option<(Date, Date)>,
    /// Mentions over time by kind.
    pub course: Course,
    /// Happenings over time by group of types.
    pub happenings: Course,
    /// Who and what is named most.
    pub named: Vec<Named>,
    /// Who published most of it.
    pub sources: Vec<Named>,
    /// How far each kind has come.
    pub reviewed: Vec<Reviewed>,
}

/// The most bars of time, and of lists.
const BARS: i32 = 130;
const NAMED: usize = 15;
const SOURCES: usize = 10;

/// What strong and pale colours stand for.
pub fn legend() -> Vec<(Ink, String)> {
    vec![(ink_of(Hue::Grey, true), "Accepted".to_owned()), (ink_of(Hue::Grey, false), "Only suggested".to_owned())]
}

impl Numbers {
    /// The numbers of what is selected.
    pub fn of(all: &Collection, chosen: &Chosen) -> Self {
        let mut numbers = Self::default();
        numbers.count(all, chosen);
        numbers.review(all, chosen);
        numbers.course = course_of_mentions(all, chosen);
        numbers.happenings = course_of_events(all, chosen);
        numbers
    }

    fn count(&mut self, all: &Collection, chosen: &Chosen) {
        let mut entities = vec![Count::default(); all.entities.len()];
        let mut sources = vec![Count::default(); all.sources.len()];
        for (_, mention) in chosen.counted(all) {
            self.mentions.add(mention.accepted);
            if let Of::Entity(entity) = mention.of
                && let Some(count) = usize::try_from(entity).ok().and_then(|entity| entities.get_mut(entity))
            {
                count.add(mention.accepted);
            }
            let source = at(&all.articles, mention.article).map(|article| article.source);
            let count = source.and_then(|source| sources.get_mut(usize::try_from(source).ok()?));
            count.into_iter().for_each(|count| count.add(mention.accepted));
        }
        for (_, event) in chosen.happenings(all) {
            self.events.add(event.accepted);
        }
        self.entities = u32::try_from(entities.iter().filter(|count| count.all() > 0).count()).unwrap_or(u32::MAX);
        let rows = all.entities.iter().zip(entities).filter(|(_, count)| count.all() > 0);
        let named = rows.map(|(entity, count)| Named {
            name: entity.name.to_string(),
            hue: all.kinds.get(usize::from(entity.kind)).map_or(Hue::Grey, |kind| kind.hue),
            count,
            pick: Pick { entity: Some(entity.id), ..Pick::default() },
        });
        self.named = most(named.collect(), NAMED);
        let rows = all.sources.iter().zip(sources).filter(|(_, count)| count.all() > 0);
        let sources = rows.map(|(source, count)| Named {
            name: if source.is_empty() { "Source unknown".to_owned() } else { source.clone() },
            hue: Hue::Grey,
            count,
            pick: Pick { source: Some(source.clone()), ..Pick::default() },
        });
        self.sources = most(sources.collect(), SOURCES);
    }

    fn review(&mut self, all: &Collection, chosen: &Chosen) {
        let mut reviews: BTreeMap<u16, Review> = BTreeMap::new();
        let mut days: Option<(Day, Day)> = None;
        for (article, _) in all.articles.iter().zip(&chosen.articles).filter(|(_, chosen)| **chosen) {
            self.articles += 1;
            let [new, begun, done] = &mut self.stages;
            *match article.stage {
                Stage::New => new,
                Stage::InProgress => begun,
                Stage::Done => done,
            } += 1;
            if let Some(day) = article.day {
                days = Some(days.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
            }
            for (kind, review) in &article.review {
                let of_kind = reviews.entry(*kind).or_default();
                of_kind.open += review.open;
                of_kind.accepted += review.accepted;
                of_kind.rejected += review.rejected;
                of_kind.checks.checked += review.checks.checked;
                of_kind.checks.right += review.checks.right;
            }
        }
        self.days = days.map(|(first, last)| (date_of(first), date_of(last)));
        for (kind, review) in reviews {
            let Some(row) = all.kinds.get(usize::from(kind)) else { continue };
            let pick = Pick { kind: Some(row.id.clone()), ..Pick::default() };
            self.reviewed.push(Reviewed { name: row.plural.clone(), hue: row.hue, review, pick });
        }
    }
}

/// Those that are told most, the first of them most.
fn most(mut named: Vec<Named>, many: usize) -> Vec<Named> {
    let order = |named: &Named| (std::cmp::Reverse(named.count.all()), named.name.clone());
    if named.len() > many {
        named.select_nth_unstable_by_key(many, |named| std::cmp::Reverse(named.count.all()));
        let least = named.get(many).map_or(0, |named| named.count.all());
        named.retain(|named| named.count.all() >= least);
    }
    named.sort_by_cached_key(order);
    named.truncate(many);
    named
}

fn course_of_mentions(all: &Collection, chosen: &Chosen) -> Course {
    let told = chosen.counted(all).map(|(_, mention)| {
        let day = match mention.of {
            Of::Event(event) => at(&all.events, event).and_then(|event| all.days_of(event)).map(|(first, _)| first),
            _ => at(&all.articles, mention.article).and_then(|article| article.day),
        };
        (usize::from(mention.kind), day, mention.accepted)
    });
    let kind = |kind: usize| {
        let row = all.kinds.get(kind)?;
        Some((row.plural.clone(), row.hue, Pick { kind: Some(row.id.clone()), ..Pick::default() }))
    };
    course(told, all.kinds.len(), Pick::default(), kind)
}

fn course_of_events(all: &Collection, chosen: &Chosen) -> Course {
    let place = |group| Group::ALL.iter().position(|other| *other == group).unwrap_or_default();
    let told = chosen.happenings(all).map(|(_, event)| {
        let day = all.days_of(event).map(|(first, _)| first);
        (place(Group::of(event.kind)), day, event.accepted)
    });
    let group = |place: usize| {
        let group = *Group::ALL.get(place)?;
        Some((group.name().to_owned(), group.hue(), Pick { group: Some(group), ..Pick::default() }))
    };
    course(told, Group::ALL.len(), Pick { kind: Some(KindId::EVENT), ..Pick::default() }, group)
}

/// Counts what has a sort, a day and whether it was accepted; `pick` is what all of it stands for.
pub(in crate::views) fn course(
    told: impl Iterator<Item = (usize, Option<Day>, bool)>,
    sorts: usize,
    pick: Pick,
    name: impl Fn(usize) -> Option<(String, Hue, Pick)>,
) -> Course {
    let mut undated = 0;
    // Of each day first: there are few of them.
    let mut days: BTreeMap<Day, Vec<Count>> = BTreeMap::new();
    for (sort, day, accepted) in told {
        let Some(day) = day else {
            undated += 1;
            continue;
        };
        let counts = days.entry(day).or_insert_with(|| vec![Count::default(); sorts]);
        counts.get_mut(sort).into_iter().for_each(|count| count.add(accepted));
    }
    let ends = days.first_key_value().zip(days.last_key_value());
    let Some((first, last)) = ends.map(|((first, _), (last, _))| (*first, *last)) else {
        return Course { undated, pick, ..Course::default() };
    };
    let (unit, bars) = bars(date_of(first), date_of(last));
    let mut counts = vec![vec![Count::default(); bars.len()]; sorts];
    let starts: Vec<Day> = bars.iter().map(|(first, _)| day_of(*first)).collect();
    for (day, of_day) in &days {
        let bar = starts.partition_point(|start| start <= day).saturating_sub(1);
        for (counts, count) in counts.iter_mut().zip(of_day) {
            if let Some(bar) = counts.get_mut(bar) {
                bar.accepted += count.accepted;
                bar.suggested += count.suggested;
            }
        }
    }
    let series = counts.into_iter().enumerate().filter(|(_, counts)| counts.iter().any(|count| count.all() > 0));
    let series = series.filter_map(|(sort, counts)| {
        let (name, hue, pick) = name(sort)?;
        Some(Series { name, hue, pick, counts })
    });
    Course { bars, unit, series: series.collect(), undated, pick }
}

/// Bars from one day to another: days where these are few, else months, else years.
fn bars(first: Date, last: Date) -> (Unit, Vec<(Date, Date)>) {
    let days = day_of(last) - day_of(first);
    let months = month_of(last) - month_of(first);
    let before = |date: Date| date.saturating_sub(1.day());
    if days <= 62 {
        let of = |day| (date_of(day), date_of(day));
        return (Unit::Day, (day_of(first)..=day_of(last)).map(of).collect());
    }
    if months <= BARS {
        let of = |month| (first_of(month), before(first_of(month + 1)));
        return (Unit::Month, (month_of(first)..=month_of(last)).map(of).collect());
    }
    let of = |year: i32| (first_of(year * 12), before(first_of((year + 1) * 12)));
    (Unit::Year, (i32::from(first.year())..=i32::from(last.year())).map(of).collect())
}
