//! The register: the happenings of the project as rows that are gathered, filtered and sorted in the background, and what a
//! person has chosen of them.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use super::proposed::Proposed;
use super::text;
use crate::project::{
    ArticleId, Disagreement, Event, EventId, EventType, Happenings, Mention, MentionId, Project, Role, Status, Target,
    as_one, disagreements,
};
use crate::views::{Chosen, Collection, Selection};

/// A column of the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Column {
    Kind,
    Name,
    Date,
    Place,
    Actors,
    Recipients,
    Figures,
    Articles,
}

impl Column {
    /// All, from left to right.
    pub const ALL: [Self; 8] = [
        Self::Kind,
        Self::Name,
        Self::Date,
        Self::Place,
        Self::Actors,
        Self::Recipients,
        Self::Figures,
        Self::Articles,
    ];

    /// As its head shows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kind => "Kind",
            Self::Name => "Name",
            Self::Date => "Date",
            Self::Place => "Place",
            Self::Actors => "Actors",
            Self::Recipients => "Recipients",
            Self::Figures => "Figures",
            Self::Articles => "Articles",
        }
    }

    /// Whether a cell of it can be edited in the table.
    pub(super) fn is_edited(self) -> bool {
        matches!(self, Self::Kind | Self::Name | Self::Date | Self::Place)
    }
}

/// Which happenings are listed, besides those of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Which {
    #[default]
    All,
    Accepted,
    Suggested,
    Several,
    Disagreeing,
}

impl Which {
    pub(super) const ALL: [Self; 5] = [Self::All, Self::Accepted, Self::Suggested, Self::Several, Self::Disagreeing];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Accepted => "Accepted",
            Self::Suggested => "Suggestions",
            Self::Several => "In several articles",
            Self::Disagreeing => "Articles disagree",
        }
    }
}

/// What rows are listed, and in which order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// All of these words stand in a row.
    pub(super) words: String,
    pub(super) kind: Option<EventType>,
    pub(super) which: Which,
    /// By which column, and whether falling; none for the order of the articles.
    pub(super) sort: Option<(Column, bool)>,
}

/// What is known of a happening to find it and to sort it.
struct Row {
    /// The first of its events.
    event: EventId,
    kind: EventType,
    date: Option<Date>,
    figure: Option<f64>,
    articles: u32,
    accepted: bool,
    disagreeing: bool,
    /// Name, place, actors, recipients, in small letters; and all that is shown of it and its articles.
    texts: [Box<str>; 4],
    words: Box<str>,
}

/// All rows of a project as it was.
#[derive(Default)]
pub struct Rows {
    rows: Vec<Row>,
    /// The kinds that there are, in the order of menus.
    pub(super) kinds: Vec<EventType>,
    /// In which row each event is.
    places: HashMap<EventId, u32>,
}

/// Work for a thread.
pub struct Job {
    /// Where something has to be gathered of it.
    project: Option<Box<Project>>,
    rows: Option<Arc<Rows>>,
    all: Option<Arc<Collection>>,
    of: Of,
    /// What was listed before, which takes a while to be let go of; so does the collection that was.
    spent: Option<Spent>,
    pub(super) retired: Option<Arc<Collection>>,
}

/// Rows, their order and their places in it.
type Spent = (Arc<Rows>, Vec<u32>, Vec<u32>);

/// What an answer is of: the number and revision of the project, and what was asked.
#[derive(Clone, Debug, PartialEq)]
struct Of {
    project: (u64, u64),
    query: Query,
    /// What all views of the collection show, the register among them.
    selection: Selection,
}

/// What a thread has found.
pub struct Answer {
    of: Of,
    rows: Arc<Rows>,
    all: Arc<Collection>,
    /// The rows that fit, in their order.
    order: Vec<u32>,
    /// Where each row stands in it; [`NOWHERE`] for those that do not fit.
    stands: Vec<u32>,
}

impl Answer {
    /// The collection that was gathered or used, and of which project and revision it is.
    pub(super) fn collection(&self) -> ((u64, u64), Arc<Collection>) {
        (self.of.project, Arc::clone(&self.all))
    }
}

const NOWHERE: u32 = u32::MAX;

/// Does the work.
pub fn work(job: Job) -> Answer {
    let Job { project, rows, all, of, spent, retired } = job;
    drop((spent, retired));
    let project = project.unwrap_or_default();
    let (rows, all) = rayon::join(
        || rows.unwrap_or_else(|| Arc::new(Rows::of(&project))),
        || all.unwrap_or_else(|| Arc::new(Collection::of(&project))),
    );
    let selected = (!of.selection.is_all()).then(|| rows.selected(&all, &of.selection));
    let order = rows.order(&of.query, selected.as_deref());
    let mut stands = vec![NOWHERE; rows.rows.len()];
    for (place, row) in (0..).zip(&order) {
        usize::try_from(*row).ok().and_then(|row| stands.get_mut(row)).into_iter().for_each(|stands| *stands = place);
    }
    Answer { of, rows, all, order, stands }
}

impl Rows {
    fn of(project: &Project) -> Self {
        let mut shown: HashMap<EventId, bool> = HashMap::new();
        let mut articles: Vec<ArticleId> = Vec::new();
        for record in project.articles() {
            articles.push(record.id);
            for mention in project.mentions(record.id).iter().filter(|mention| mention.stands(project.level())) {
                if let Some(event) = mention.event() {
                    *shown.entry(event).or_default() |= mention.status == Status::Accepted;
                }
            }
        }
        let happenings = Happenings::new(project);
        let mut rows = Self::default();
        for event in articles.iter().flat_map(|article| project.events_of(*article)) {
            if rows.places.contains_key(&event.id) || !shown.contains_key(&event.id) {
                continue;
            }
            let of_happening = happenings.events(&event.id).iter().filter(|id| shown.contains_key(id));
            let events: Vec<&Event> = of_happening.filter_map(|id| project.event(*id)).collect();
            let accepted = events.iter().any(|event| shown.get(&event.id).copied().unwrap_or_default());
            let place = u32::try_from(rows.rows.len()).unwrap_or(u32::MAX);
            rows.places.extend(events.iter().map(|event| (event.id, place)));
            rows.rows.extend(shown_of(project, &events, accepted).map(|shown| Row::new(project, shown)));
        }
        let mut kinds: Vec<EventType> = Vec::new();
        for row in &rows.rows {
            if !kinds.contains(&row.kind) {
                kinds.push(row.kind);
            }
        }
        kinds.sort_by_key(|kind| text::event_type(*kind));
        Self { kinds, ..rows }
    }

    /// Of each row whether a selection holds it.
    fn selected(&self, all: &Collection, selection: &Selection) -> Vec<bool> {
        let mut selected = vec![false; self.rows.len()];
        for (_, event) in Chosen::of(all, selection).happenings(all) {
            let row = self.places.get(&event.id).and_then(|row| selected.get_mut(usize::try_from(*row).ok()?));
            row.into_iter().for_each(|row| *row = true);
        }
        selected
    }

    /// The rows that fit and, where not all are, are selected, in their order. What has nothing in a column stands last, whichever way
    /// that is sorted.
    fn order(&self, query: &Query, selected: Option<&[bool]>) -> Vec<u32> {
        let words: Vec<String> = query.words.split_whitespace().map(str::to_lowercase).collect();
        let fits = |row: &Row| {
            query.kind.is_none_or(|kind| row.kind == kind)
                && match query.which {
                    Which::All => true,
                    Which::Accepted => row.accepted,
                    Which::Suggested => !row.accepted,
                    Which::Several => row.articles > 1,
                    Which::Disagreeing => row.disagreeing,
                }
                && words.iter().all(|word| row.words.contains(word.as_str()))
        };
        let holds = |place: u32| {
            selected.is_none_or(|rows| {
                usize::try_from(place).ok().and_then(|place| rows.get(place)).copied().unwrap_or_default()
            })
        };
        let rows = (0..).zip(&self.rows).filter(|(place, row)| holds(*place) && fits(row));
        let mut found: Vec<(u32, &Row)> = rows.collect();
        if let Some((column, falling)) = query.sort {
            found.sort_by(|(_, one), (_, other)| one.compare(other, column, falling));
        }
        found.into_iter().map(|(place, _)| place).collect()
    }
}

impl Row {
    fn new(project: &Project, shown: Shown) -> Self {
        let Shown { one, cells, accepted, articles, differ, .. } = shown;
        let titles = articles.iter().filter_map(|id| project.article(*id));
        let titles = titles.map(|record| record.article.meta.title.as_str()).collect::<Vec<_>>().join(" ");
        let words = format!("{} {titles}", cells.join(" ")).to_lowercase();
        let [_, name, _, place, actors, recipients, ..] = cells;
        Self {
            event: one.id,
            kind: one.kind,
            date: one.date.as_ref().map(|date| date.start),
            figure: one.figures.iter().filter_map(|figure| figure.number).reduce(f64::max),
            articles: u32::try_from(articles.len()).unwrap_or(u32::MAX),
            accepted,
            disagreeing: !differ.is_empty(),
            texts: [name, place, actors, recipients].map(|text| text.to_lowercase().into()),
            words: words.into(),
        }
    }

    fn compare(&self, other: &Self, column: Column, falling: bool) -> Ordering {
        let turned = |order: Ordering| if falling { order.reverse() } else { order };
        let by_text = |at: usize| {
            let (one, other) = (self.texts.get(at), other.texts.get(at));
            match one.zip(other) {
                Some((one, other)) if !one.is_empty() && !other.is_empty() => turned(one.cmp(other)),
                Some((one, other)) => one.is_empty().cmp(&other.is_empty()),
                None => Ordering::Equal,
            }
        };
        match column {
            Column::Kind => turned(text::event_type(self.kind).cmp(text::event_type(other.kind))),
            Column::Name => by_text(0),
            Column::Place => by_text(1),
            Column::Actors => by_text(2),
            Column::Recipients => by_text(3),
            Column::Date => match (self.date, other.date) {
                (Some(one), Some(other)) => turned(one.cmp(&other)),
                (one, other) => one.is_none().cmp(&other.is_none()),
            },
            Column::Figures => match (self.figure, other.figure) {
                (Some(one), Some(other)) => turned(one.total_cmp(&other)),
                (one, other) => one.is_none().cmp(&other.is_none()),
            },
            Column::Articles => turned(self.articles.cmp(&other.articles)),
        }
    }
}

/// What stands in a cell of a happening whose records together are this, and of which so many articles tell.
fn cell(project: &Project, one: &Event, column: Column, articles: usize) -> String {
    let names = |role: Role| {
        let of_role = one.participants.iter().filter(|participant| participant.role == role);
        of_role.map(|participant| project.party_name(&participant.who)).collect::<Vec<_>>().join(", ")
    };
    match column {
        Column::Kind => text::event_type(one.kind).to_owned(),
        Column::Name => one.name.split_whitespace().collect::<Vec<_>>().join(" "),
        Column::Date => one.date.as_ref().map(|date| text::days(date.start, date.end)).unwrap_or_default(),
        Column::Place => one.place.as_ref().map(|place| place.name.clone()).unwrap_or_default(),
        Column::Actors => names(Role::Actor),
        Column::Recipients => names(Role::Recipient),
        Column::Figures => {
            let told = one.figures.iter().map(|figure| text::figure_in_numbers(project, one, figure));
            told.collect::<Vec<_>>().join(", ")
        }
        Column::Articles => text::number(articles),
    }
}

/// A happening as its row shows it.
pub(super) struct Shown {
    /// What its records say together.
    pub one: Event,
    /// Those that are shown.
    pub events: Vec<EventId>,
    pub cells: [String; 8],
    pub accepted: bool,
    pub articles: BTreeSet<ArticleId>,
    pub differ: Vec<Disagreement>,
}

/// How many places are shown that name an entity which may be another.
const NAMINGS: usize = 4;

/// A place of a text that tells of a happening, or names an entity.
pub(super) struct Telling {
    /// What is told of.
    pub target: Target,
    pub mention: MentionId,
}

/// What is being typed into a cell.
pub(super) struct Editing {
    pub value: String,
    /// What it held before.
    pub was: String,
    /// The field is new: it takes the keys.
    pub fresh: bool,
}

/// Which part of the register has the keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Part {
    #[default]
    Table,
    Tellings,
    Cards,
}

/// What is listed, and what is chosen of it.
#[derive(Default)]
pub struct Register {
    /// Whether it is shown, in the place of the article.
    pub shown: bool,
    /// Whether a click in it led to an article, from where a key leads back.
    pub left: bool,
    pub(super) query: Query,
    rows: Arc<Rows>,
    order: Vec<u32>,
    stands: Vec<u32>,
    spent: Option<Spent>,
    of: Option<Of>,
    asked: Option<Of>,
    /// The events by which the chosen rows are called.
    pub(super) picked: BTreeSet<EventId>,
    anchor: usize,
    /// The row and the column of the cell that has the keys.
    pub(super) cursor: (usize, usize),
    pub(super) editing: Option<Editing>,
    /// The telling that the keys are at.
    pub(super) telling: usize,
    pub(super) part: Part,
    /// The cell that has the keys is to be brought into view.
    pub(super) reveal: bool,
    /// The part is to take the keys, or the filter.
    pub(super) takes_keys: bool,
    pub(super) wants_filter: bool,
    cache: HashMap<EventId, Arc<Shown>>,
    /// What may be one.
    pub cards: Proposed,
    tellings: Option<(Vec<Target>, Arc<Vec<Telling>>)>,
    cached_of: (u64, u64),
}

impl Register {
    /// Shows it as it was left.
    pub fn open(&mut self) {
        (self.shown, self.left, self.takes_keys, self.reveal) = (true, false, true, true);
    }

    /// Whether rows are still being gathered.
    pub fn is_gathering(&self) -> bool {
        self.asked.is_some()
    }

    /// The kinds of the happenings that there are.
    pub(super) fn kinds(&self) -> &[EventType] {
        &self.rows.kinds
    }

    /// How many rows are listed, and how many there are.
    pub fn counts(&self) -> (usize, usize) {
        (self.order.len(), self.rows.rows.len())
    }

    /// Whether nothing was gathered yet.
    pub(super) fn is_new(&self) -> bool {
        self.of.is_none()
    }

    /// What has to be done for the rows to fit the project, of this number and revision, and what is asked; one job at a
    /// time.
    pub(super) fn refresh(
        &mut self,
        project: &Project,
        of: (u64, u64),
        (selection, all): (&Selection, Option<Arc<Collection>>),
    ) -> Option<Job> {
        if self.cached_of != of {
            self.cached_of = of;
            self.cache.clear();
            self.tellings = None;
        }
        let wanted = Of { project: of, query: self.query.clone(), selection: selection.clone() };
        if !self.shown || self.asked.is_some() || self.of.as_ref() == Some(&wanted) {
            return None;
        }
        let known = self.of.as_ref().is_some_and(|known| known.project == of);
        let rows = known.then(|| Arc::clone(&self.rows));
        let project = (rows.is_none() || all.is_none()).then(|| Box::new(project.snapshot()));
        self.asked = Some(wanted.clone());
        Some(Job { project, rows, all, of: wanted, spent: self.spent.take(), retired: None })
    }

    /// Takes in what a thread has found, where it was asked for. The cell that has the keys stays with its happening.
    pub(super) fn take(&mut self, answer: Answer) {
        if self.asked.as_ref() != Some(&answer.of) {
            return;
        }
        let here = self.here();
        let Answer { of, rows, order, stands, .. } = answer;
        (self.asked, self.of) = (None, Some(of));
        let rows = std::mem::replace(&mut self.rows, rows);
        let order = std::mem::replace(&mut self.order, order);
        self.spent = Some((rows, order, std::mem::replace(&mut self.stands, stands)));
        let row = here.and_then(|here| self.row_of(here));
        if row != Some(self.cursor.0) {
            self.reveal = true;
            self.telling = 0;
        }
        let last = self.order.len().saturating_sub(1);
        self.cursor.0 = row.unwrap_or(self.cursor.0.min(last));
        let picked = std::mem::take(&mut self.picked);
        let listed: BTreeSet<EventId> = picked.iter().filter_map(|event| self.event(self.row_of(*event)?)).collect();
        self.picked = listed;
        self.anchor = self.cursor.0;
        if self.picked.is_empty() {
            self.picked.extend(self.here());
        }
    }

    /// What is under way is of no use any more.
    pub(super) fn give_up(&mut self) {
        self.cards.give_up();
        self.asked = None;
    }

    fn row_of(&self, event: EventId) -> Option<usize> {
        let row = usize::try_from(*self.rows.places.get(&event)?).ok()?;
        let stands = self.stands.get(row).copied().filter(|stands| *stands != NOWHERE)?;
        usize::try_from(stands).ok()
    }

    /// The event by which a row is called.
    pub(super) fn event(&self, row: usize) -> Option<EventId> {
        let place = usize::try_from(*self.order.get(row)?).ok()?;
        self.rows.rows.get(place).map(|row| row.event)
    }

    /// The event by which the row is called that has the keys.
    pub fn here(&self) -> Option<EventId> {
        self.event(self.cursor.0)
    }

    /// The column that has the keys.
    pub(super) fn column(&self) -> Column {
        Column::ALL.get(self.cursor.1).copied().unwrap_or(Column::Kind)
    }

    /// A happening as it is now; none where it is not any more.
    pub(super) fn shown(&mut self, project: &Project, event: EventId) -> Option<Arc<Shown>> {
        if let Some(known) = self.cache.get(&event) {
            return Some(Arc::clone(known));
        }
        let shown = Arc::new(shown(project, event)?);
        self.cache.insert(event, Arc::clone(&shown));
        Some(shown)
    }

    /// The places that tell of the happening that has the keys, article by article.
    pub(super) fn tellings(&mut self, project: &Project) -> Arc<Vec<Telling>> {
        let here = self.here().map(Target::Event);
        self.tellings_of(project, here.as_slice())
    }

    /// The places that tell of some happenings, or name some entities: a few of each of these.
    pub(super) fn tellings_of(&mut self, project: &Project, targets: &[Target]) -> Arc<Vec<Telling>> {
        if let Some((of, known)) = &self.tellings
            && of == targets
        {
            return Arc::clone(known);
        }
        let mut found: Vec<Telling> = Vec::new();
        for target in targets {
            let (of, most) = match *target {
                Target::Event(event) => {
                    let events = self.shown(project, event).map(|shown| shown.events.clone()).unwrap_or_default();
                    (events.into_iter().map(Target::Event).collect(), usize::MAX)
                }
                Target::Entity(_) => (vec![*target], NAMINGS),
            };
            for target in of {
                let told = project.mentions_of(target).filter(|mention| mention.stands(project.level()));
                let mut told: Vec<&Mention> = told.collect();
                told.sort_by_key(|mention| (mention.retold, mention.order()));
                let place = |mention: &Mention| Telling { target, mention: mention.id };
                found.extend(told.into_iter().take(most).map(place));
            }
        }
        let found = Arc::new(found);
        self.tellings = Some((targets.to_vec(), Arc::clone(&found)));
        found
    }

    /// The rows chosen, in their order.
    pub(super) fn chosen(&self) -> Vec<EventId> {
        let mut chosen: Vec<EventId> = self.picked.iter().copied().collect();
        chosen.sort_by_key(|event| self.row_of(*event));
        chosen
    }

    /// Gives the keys to a cell and chooses its row alone, or with `through` all rows from the one chosen before.
    pub(super) fn go(&mut self, row: usize, column: usize, through: bool) {
        let row = row.min(self.order.len().saturating_sub(1));
        if self.cursor.0 != row {
            self.telling = 0;
        }
        self.cursor = (row, column.min(Column::ALL.len() - 1));
        self.reveal = true;
        if !through {
            self.anchor = row;
        }
        let (first, last) = (self.anchor.min(row), self.anchor.max(row));
        self.picked = (first..=last).filter_map(|row| self.event(row)).collect();
    }

    /// Chooses a row beside the others, or no longer.
    pub(super) fn toggle(&mut self, row: usize, column: usize) {
        let Some(event) = self.event(row) else { return };
        (self.cursor, self.anchor, self.telling) = ((row, column), row, 0);
        if !self.picked.remove(&event) {
            self.picked.insert(event);
        }
    }

    /// Begins to edit the cell that has the keys, where it can be.
    pub(super) fn edit(&mut self, project: &Project) {
        let column = self.column();
        let Some(shown) = self.here().filter(|_| column.is_edited()).and_then(|here| self.shown(project, here)) else {
            return;
        };
        let value = match column {
            Column::Date => text::event_date(&shown.one),
            _ => shown.cells.get(self.cursor.1).cloned().unwrap_or_default(),
        };
        self.editing = Some(Editing { was: value.clone(), value, fresh: true });
    }
}

fn shown(project: &Project, event: EventId) -> Option<Shown> {
    let level = project.level();
    let of = |id: &EventId| project.mentions_of(Target::Event(*id)).filter(move |mention| mention.stands(level));
    let events: Vec<EventId> = project.happening(event).into_iter().filter(|id| of(id).next().is_some()).collect();
    let records: Vec<&Event> = events.iter().filter_map(|id| project.event(*id)).collect();
    let accepted = events.iter().any(|id| of(id).any(|mention| mention.status == Status::Accepted));
    shown_of(project, &records, accepted)
}

/// What some events of one happening say together.
fn shown_of(project: &Project, records: &[&Event], accepted: bool) -> Option<Shown> {
    let one = as_one(records)?;
    let articles: BTreeSet<ArticleId> = records.iter().map(|event| event.article).collect();
    let cells = Column::ALL.map(|column| cell(project, &one, column, articles.len()));
    let differ = if records.len() > 1 { disagreements(records) } else { Vec::new() };
    let events = records.iter().map(|event| event.id).collect();
    Some(Shown { one, events, cells, accepted, articles, differ })
}
