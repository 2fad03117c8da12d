//! What the panels list, gathered from an article's mentions: one row an entity or event, and what was rejected.

use std::cmp::Reverse;
use std::collections::HashMap;

use eframe::egui::{Rect, Ui};
use jiff::civil::Date;

use super::relation_rows::RelationSection;
use crate::project::{
    ArticleId, CountryCode, Entity, EventId, KindId, Level, Mention, MentionId, Project, Schema, Status, Target,
};
use crate::store::{EventOrder, RowOrder};
use crate::ui::model::{Model, Row};
use crate::ui::{alike, text};

/// A row: an entity, an event, or a mention that points at neither.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelRow {
    /// What the row stands for; none for a mention that points at nothing.
    pub target: Option<Target>,
    /// Its name.
    pub name: String,
    /// The country whose flag stands before it.
    pub flag: Option<CountryCode>,
    /// How many live mentions it has in all articles.
    pub everywhere: usize,
    /// Role and country; of an event its type, date, place and who takes part.
    pub attributes: String,
    /// From which level on it is shown.
    pub level: Level,
    /// How much an event is worth; what a person made most.
    pub worth: f32,
    /// When an event began.
    pub date: Option<Date>,
    /// Live mentions in the article, in text order.
    pub mentions: Vec<MentionId>,
    /// Those of them that are still suggestions, but for an event's that tell again of it.
    pub open: Vec<MentionId>,
    /// Whether a person made any of them.
    pub by_hand: bool,
    /// The lowest score among the open ones.
    pub score: Option<f32>,
    /// Others that may be the same.
    pub told_again: Vec<Target>,
}

impl PanelRow {
    /// The event that it stands for.
    pub fn event(&self) -> Option<EventId> {
        match self.target {
            Some(Target::Event(id)) => Some(id),
            _ => None,
        }
    }

    /// Whether a mention is one of the row's.
    pub fn holds(&self, mention: &Mention) -> bool {
        match self.target {
            Some(target) => mention.target == Some(target),
            None => self.mentions.contains(&mention.id),
        }
    }
}

/// The rows of one kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// What the filter lets through, in the order that the settings have.
    pub rows: Vec<PanelRow>,
    /// How many rows there are without the filter.
    pub all: usize,
    /// Events that the project's level does not show, in the same order.
    pub background: Vec<PanelRow>,
    /// Mentions that a person rejected, in text order.
    pub rejected: Vec<MentionId>,
    /// Suggestions that earlier decisions speak against, in text order; of an event one.
    pub held: Vec<MentionId>,
}

/// What sections are made from.
#[derive(Clone, Debug, PartialEq)]
struct Made {
    article: ArticleId,
    /// Of the session, and of what scores are worth.
    revision: (u64, u64),
    orders: (EventOrder, RowOrder),
    filter: String,
}

/// The sections of an article, made again when it, the session or what is asked for changes.
#[derive(Default)]
pub struct Rows {
    /// Words that a row has to have; all rows where it is empty.
    pub filter: String,
    of: Option<Made>,
    sections: HashMap<KindId, Section>,
    relations: RelationSection,
    /// What the pointer is over.
    pub(in crate::ui) hovered: Option<Target>,
    /// What the row is of that has the keys.
    pub(in crate::ui) focused: Option<Row>,
}

/// What is noticed while the rows are drawn.
#[derive(Default)]
pub(super) struct Noticed {
    /// What the pointer is over.
    pub hovered: Option<Target>,
    /// What the row is of that has the keys.
    pub focused: Option<Row>,
    /// The next row that fits takes the keys.
    pub focus: bool,
    /// How much heads of sections hide above and below what is drawn, in points.
    pub hidden: (f32, f32),
}

impl Noticed {
    /// Brings a place into view, clear of the heads that stay in sight.
    pub fn scroll_to(&self, ui: &Ui, rect: Rect) {
        let (above, below) = self.hidden;
        ui.scroll_to_rect(rect.with_min_y(rect.top() - above).with_max_y(rect.bottom() + below), None);
    }
}

impl Rows {
    /// Makes the rows fit the session's revision.
    pub fn refresh(&mut self, model: &Model, article: ArticleId) {
        let (project, settings) = (model.project(), &model.settings);
        let revision = (model.session.revision(), model.learner.memory.fitted());
        let orders = (settings.event_order, settings.row_order);
        let filter = self.filter.trim();
        let is_same = |made: &Made| {
            made.article == article && made.revision == revision && made.orders == orders && made.filter == filter
        };
        if self.of.as_ref().is_some_and(is_same) {
            return;
        }
        self.relations = RelationSection::new(project, article, filter);
        self.of = Some(Made { article, revision, orders, filter: filter.to_owned() });
        self.sections = sections(model, article);
        for (kind, section) in &mut self.sections {
            if project.tagset().schema(kind) == Schema::Event {
                section.put_events_in_order(settings.event_order);
            } else {
                section.put_in_order(settings.row_order);
            }
            section.part(project.level());
            section.note_alike(project);
            section.note_names(project);
            section.keep(project, filter);
        }
    }

    /// The relations of the article.
    pub fn relations(&self) -> &RelationSection {
        &self.relations
    }

    /// The section of a kind; none where nothing of the kind was found.
    pub fn section(&self, kind: &KindId) -> Option<&Section> {
        self.sections.get(kind)
    }
}

impl Section {
    /// Puts people, countries and the like in an order.
    fn put_in_order(&mut self, order: RowOrder) {
        match order {
            RowOrder::Text => {}
            RowOrder::Count => self.rows.sort_by_key(|row| Reverse((row.mentions.len(), row.everywhere))),
            RowOrder::Score => {
                let score = |row: &PanelRow| row.score.unwrap_or(-1.0);
                self.rows.sort_by(|a, b| score(b).total_cmp(&score(a)));
            }
            RowOrder::Name => self.rows.sort_by_cached_key(|row| text::plain(&row.name)),
        }
    }

    /// Leaves out what has not all the words of a filter.
    fn keep(&mut self, project: &Project, filter: &str) {
        self.all = self.rows.len();
        if filter.is_empty() {
            return;
        }
        let quoted = |id: &MentionId| project.mention(*id).map_or("", |mention| mention.quote.as_str());
        let fits = |row: &PanelRow| {
            let mut words = format!("{}\n{}", row.name, row.attributes);
            if let Some(Target::Entity(id)) = row.target {
                let aliases = project.entity(id).map(|entity| entity.aliases.as_slice()).unwrap_or_default();
                aliases.iter().for_each(|alias| words.extend(["\n", alias.as_str()]));
            }
            row.mentions.iter().for_each(|id| words.extend(["\n", quoted(id)]));
            text::has_words(&words, filter)
        };
        self.rows.retain(fits);
        self.background.retain(fits);
        self.rejected.retain(|id| text::has_words(quoted(id), filter));
        self.held.retain(|id| text::has_words(quoted(id), filter));
    }

    /// Puts events in an order.
    fn put_events_in_order(&mut self, order: EventOrder) {
        match order {
            EventOrder::Text => {}
            EventOrder::Worth => self.rows.sort_by(|a, b| b.worth.total_cmp(&a.worth)),
            EventOrder::Date => self.rows.sort_by_key(|row| (row.date.is_none(), row.date)),
        }
    }

    /// Says of the events shown which may be the same: of those that hang together at the one worth most.
    fn note_alike(&mut self, project: &Project) {
        let place: HashMap<EventId, usize> =
            self.rows.iter().enumerate().filter_map(|(at, row)| Some((row.event()?, at))).collect();
        let mut of: Vec<usize> = (0..self.rows.len()).collect();
        for (event, at) in &place {
            let Some((event, words)) = project.event(*event).and_then(|event| Some((event, event.alike?))) else {
                continue;
            };
            let there = project.mentions_at(event.article, words).iter().filter(|mention| mention.is_live());
            let Some(other) = there.filter_map(Mention::event).find_map(|id| place.get(&id)) else { continue };
            let (one, two) = (of.get(*at).copied(), of.get(*other).copied());
            if let Some((one, two)) = one.zip(two) {
                of.iter_mut().filter(|group| **group == one).for_each(|group| *group = two);
            }
        }
        let mut groups: HashMap<usize, Vec<usize>> = HashMap::new();
        of.into_iter().enumerate().for_each(|(at, group)| groups.entry(group).or_default().push(at));
        for group in groups.into_values().filter(|group| group.len() > 1) {
            let worth = |at: usize| self.rows.get(at).map_or(0.0, |row| row.worth);
            let Some(first) = group.iter().copied().max_by(|a, b| worth(*a).total_cmp(&worth(*b)).then(b.cmp(a)))
            else {
                continue;
            };
            let others: Vec<Target> =
                group.iter().filter(|at| **at != first).filter_map(|at| self.rows.get(*at)?.target).collect();
            self.rows.get_mut(first).into_iter().for_each(|row| row.told_again.clone_from(&others));
        }
    }

    /// Says of the names listed which may be one: at the one mentioned most.
    fn note_names(&mut self, project: &Project) {
        let entity = |row: &PanelRow| if let Some(Target::Entity(id)) = row.target { Some(id) } else { None };
        for group in alike::groups(project, self.rows.iter().filter_map(entity)) {
            let of_group = |row: &&mut PanelRow| entity(row).is_some_and(|id| group.contains(&id));
            // Of equals the first.
            if let Some(row) = self.rows.iter_mut().rev().filter(of_group).max_by_key(|row| row.everywhere) {
                let own = row.target;
                row.told_again = group.iter().map(|id| Target::Entity(*id)).filter(|id| Some(*id) != own).collect();
            }
        }
    }

    /// Parts what a level shows from the background.
    fn part(&mut self, level: Level) {
        let rows = std::mem::take(&mut self.rows);
        (self.rows, self.background) = rows.into_iter().partition(|row| row.level <= level);
    }
}

fn sections(model: &Model, article: ArticleId) -> HashMap<KindId, Section> {
    let project = model.project();
    let mut sections: HashMap<KindId, Section> = HashMap::new();
    let mut places: HashMap<(KindId, Target), usize> = HashMap::new();
    for mention in project.mentions(article) {
        let section = sections.entry(mention.kind.clone()).or_default();
        if mention.is_held() {
            section.held.extend(Some(mention.id).filter(|_| mention.stands_out(project.level())));
            continue;
        }
        if mention.status == Status::Rejected {
            section.rejected.push(mention.id);
            continue;
        }
        let index = match mention.target {
            Some(target) => *places.entry((mention.kind.clone(), target)).or_insert(section.rows.len()),
            None => section.rows.len(),
        };
        if index == section.rows.len() {
            section.rows.push(row(project, mention));
        }
        if let Some(row) = section.rows.get_mut(index) {
            add(row, mention, model.score(mention));
        }
    }
    sections
}

fn row(project: &Project, mention: &Mention) -> PanelRow {
    let row = PanelRow {
        target: mention.target,
        name: project.target_name(mention).to_owned(),
        flag: None,
        everywhere: mention.target.map_or(0, |target| project.count_of(target)),
        attributes: String::new(),
        level: Level::Main,
        worth: 1.0,
        date: None,
        mentions: Vec::new(),
        open: Vec::new(),
        by_hand: false,
        score: None,
        told_again: Vec::new(),
    };
    match mention.target {
        Some(Target::Entity(id)) => project.entity(id).map(|entity| PanelRow {
            flag: entity.country.filter(|_| project.tagset().schema(&mention.kind) == Schema::Country),
            attributes: entity_attributes(entity),
            ..row.clone()
        }),
        Some(Target::Event(id)) => project.event(id).map(|event| PanelRow {
            attributes: text::event_line(project, event),
            level: Level::Everything,
            worth: event.worth.unwrap_or(1.0),
            date: event.date.as_ref().map(|date| date.start),
            ..row.clone()
        }),
        None => None,
    }
    .unwrap_or(row)
}

fn add(row: &mut PanelRow, mention: &Mention, score: Option<f32>) {
    row.mentions.push(mention.id);
    row.by_hand |= mention.status == Status::Accepted && mention.origin.is_hand();
    if mention.event().is_some() {
        // What a person has decided on is always shown.
        row.level = row.level.min(if mention.decision.is_some() { Level::Main } else { mention.level });
    }
    if mention.status == Status::Suggested && !mention.retold {
        row.open.push(mention.id);
        row.score = match (row.score, score) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
}

/// "foreign minister · China" for a person, "CN" for a country.
fn entity_attributes(entity: &Entity) -> String {
    if entity.kind == KindId::COUNTRY {
        return entity.country.map(|code| code.to_string()).unwrap_or_default();
    }
    let country = entity.country.map(text::country).unwrap_or_default();
    [entity.role.clone(), country].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
