//! What the window knows: the project, what is shown, selected and under way. No drawing, no forms, nothing that is kept
//! for drawing.

use std::collections::BTreeSet;
use std::path::PathBuf;

use text_size::{TextRange, TextSize};

use super::binding::Keymap;
use super::command::{Command, Menu};
use super::learner::Learner;
use crate::project::{
    ArticleId, Kind, KindId, Mention, MentionId, Project, Relation, RelationId, Session, Status, Target,
};
use crate::store::{self, Folders, Recovery, Settings};

/// The text caret: where a selection began and where it ends now, in either order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caret {
    /// The end that stays.
    pub anchor: TextSize,
    /// The end that moves.
    pub head: TextSize,
}

impl Caret {
    /// A caret without a selection.
    pub fn at(position: TextSize) -> Self {
        Self { anchor: position, head: position }
    }

    /// What is selected; empty where nothing is.
    pub fn range(self) -> TextRange {
        TextRange::new(self.anchor.min(self.head), self.anchor.max(self.head))
    }
}

/// What the pointer was last moved to in the text; keys act on it while nothing is selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointed {
    /// A tag.
    Tag(MentionId),
    /// A word without a tag: the byte under the pointer, and the name around it.
    Name {
        /// Where the pointer is.
        at: TextSize,
        /// What a key would tag, as for a person.
        range: TextRange,
    },
}

/// What a row of the panels or of the list of articles is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Row {
    Target(Target),
    Mention(MentionId),
    Article(ArticleId),
}

/// What is to be decided on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Open {
    Tag(MentionId),
    Relation(RelationId),
}

/// A step of the tour, each of which tells of a part of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// The text with its tags.
    Article,
    /// The bar below it.
    Review,
    /// People, countries, events.
    Panels,
    /// How many events are shown.
    Level,
    /// Where the selected tag comes from.
    Origin,
    /// The menus, for saving and exporting.
    Files,
}

impl Step {
    /// All, in their order.
    pub const ALL: [Self; 6] = [Self::Article, Self::Review, Self::Panels, Self::Level, Self::Origin, Self::Files];

    /// Which it is, from 1 on.
    pub fn number(self) -> usize {
        self as usize + 1
    }

    /// The one behind it; none behind the last.
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.number()).copied()
    }

    /// The one before it; none before the first.
    pub fn back(self) -> Option<Self> {
        Self::ALL.get((self as usize).checked_sub(1)?).copied()
    }
}

/// A field of an event's card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum EventField {
    Name,
    Type,
    Actors,
    Recipients,
    Date,
    Place,
}

/// The parts of the window that the keys go to in turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The article.
    #[default]
    Article,
    /// People, countries, events.
    Panels,
    /// The list of articles.
    List,
}

/// A project file that could not be understood as a whole; it is not replaced unless the person says so.
pub struct Damaged {
    /// The file's name.
    pub name: String,
    /// What could not be understood.
    pub list: Vec<store::Damage>,
}

/// What the background is doing, for the status line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Jobs {
    /// Articles whose suggestions are on the way.
    pub queued: usize,
    /// Of how many, since the queue was last empty.
    pub queued_of: usize,
    /// The articles that are queued and of which nothing has come in.
    pub waiting: BTreeSet<ArticleId>,
    /// A file dialog is open.
    pub picking: bool,
    /// Files being read.
    pub reading: usize,
    /// Of how many.
    pub reading_of: usize,
    /// A save is on its way.
    pub saving: bool,
    /// An export is on its way.
    pub exporting: bool,
    /// Annotations are being read.
    pub importing: bool,
    /// For how many frames more the text of the clipboard is waited for, to become an article.
    pub pasting: u8,
}

/// What the window knows.
pub struct Model {
    /// Which project it is of those that were open in this window; answers that come late may be of another.
    pub number: u64,
    /// The project with its history.
    pub session: Session,
    /// What is wrong with the file that the project was read from, until it is replaced or saved elsewhere.
    pub damaged: Option<Damaged>,
    /// Where the project is kept; none while it is unnamed.
    pub path: Option<PathBuf>,
    /// The project is open to be read: nothing changes it.
    pub read_only: bool,
    /// How safe unsaved work is.
    pub safety: store::Status,
    /// What the person set.
    pub settings: Settings,
    /// The keys of commands that the settings change.
    pub keys: Keymap,
    /// Where settings and unnamed projects live.
    pub folders: Folders,
    /// The article shown.
    pub article: Option<ArticleId>,
    /// The mention selected.
    pub selected: Option<MentionId>,
    /// The suggestion that a review came to and that was drawn by chance; see [`Model::drawn`].
    pub came_to_drawn: Option<MentionId>,
    /// The relation selected with it; see [`Model::selected_relation`].
    pub relation: Option<RelationId>,
    /// The kind that tags were related by last.
    pub last_relation: Option<KindId>,
    /// The note of the relation selected should take the keys.
    pub focus_note: bool,
    /// Rows chosen beside the one that is selected, to be merged with it: entities of one kind, or events.
    pub picked: BTreeSet<Target>,
    /// The text caret, while the article has it.
    pub caret: Option<Caret>,
    /// The mouse made the selection: once it is tagged, no caret stays.
    pub swept: bool,
    /// What the pointer is at, while nothing is selected.
    pub pointed: Option<Pointed>,
    /// The mention tagged last, for tagging all its occurrences.
    pub last_tag: Option<MentionId>,
    /// What the pointer is over.
    pub hovered: Option<Target>,
    /// The row that has the keys.
    pub focused: Option<Row>,
    /// The step that the tour is at, while it goes on.
    pub tour: Option<Step>,
    /// The menu that a key has opened.
    pub open_menu: Option<Menu>,
    /// A key asks for the context menu of what has the keys.
    pub open_context_menu: bool,
    /// A key was pressed since the pointer moved: what lies under it is not explained, over what the keys are about.
    pub keyed: bool,
    /// The kind tagged with last.
    pub last_kind: KindId,
    /// The part of the window that last took the keys.
    pub pane: Pane,
    /// The article view should take the keys.
    pub focus_article: bool,
    /// The first row of `pane` should take the keys.
    pub focus_pane: bool,
    /// The field of the selected event's card that should take the keys.
    pub event_field: Option<EventField>,
    /// The panels should bring the selected row into view.
    pub reveal_row: bool,
    /// Whether the list of articles is shown.
    pub show_articles: bool,
    /// Whether the panels are shown.
    pub show_panels: bool,
    /// Whether the guidelines are shown beside the text.
    pub show_guidelines: bool,
    /// In this project no question is put before much is decided at once.
    pub is_sure: bool,
    /// Work of an earlier session that was never saved.
    pub recoverable: Vec<Recovery>,
    /// What the background is doing.
    pub jobs: Jobs,
    /// What was learned from decisions.
    pub learner: Learner,
}

impl Model {
    /// An empty project.
    pub fn new(settings: Settings, folders: Folders) -> Self {
        Self {
            number: 0,
            session: Session::default(),
            damaged: None,
            path: None,
            read_only: false,
            safety: store::Status::default(),
            settings,
            keys: Keymap::default(),
            folders,
            article: None,
            selected: None,
            came_to_drawn: None,
            relation: None,
            last_relation: None,
            focus_note: false,
            picked: BTreeSet::new(),
            caret: None,
            swept: false,
            pointed: None,
            last_tag: None,
            hovered: None,
            focused: None,
            tour: None,
            open_menu: None,
            open_context_menu: false,
            keyed: false,
            last_kind: KindId::PERSON,
            pane: Pane::default(),
            focus_article: false,
            focus_pane: false,
            event_field: None,
            reveal_row: false,
            show_articles: true,
            show_panels: true,
            show_guidelines: false,
            is_sure: false,
            recoverable: Vec::new(),
            jobs: Jobs::default(),
            learner: Learner::default(),
        }
    }

    /// An empty, unnamed project takes the place of the present one; settings stay, and whether the parts of the window
    /// are shown.
    pub fn close_project(&mut self) {
        let (settings, folders) = (self.settings.clone(), self.folders.clone());
        let recoverable = std::mem::take(&mut self.recoverable);
        let (show_articles, show_panels) = (self.show_articles, self.show_panels);
        let number = self.number + 1;
        let keys = std::mem::take(&mut self.keys);
        *self = Self { number, keys, recoverable, show_articles, show_panels, ..Self::new(settings, folders) };
    }

    /// Gives the keys to the next part of the window that is shown.
    pub fn next_pane(&mut self) {
        let next = |pane| match pane {
            Pane::Article => Pane::Panels,
            Pane::Panels => Pane::List,
            Pane::List => Pane::Article,
        };
        let shown = |pane| match pane {
            Pane::Article => true,
            Pane::Panels => self.show_panels,
            Pane::List => self.show_articles,
        };
        let mut pane = next(self.pane);
        while !shown(pane) {
            pane = next(pane);
        }
        self.pane = pane;
        self.focus_article = pane == Pane::Article;
        self.focus_pane = !self.focus_article;
    }

    /// The project, to read.
    pub fn project(&self) -> &Project {
        self.session.project()
    }

    /// The mention selected, if it still exists.
    pub fn selected_mention(&self) -> Option<&Mention> {
        self.selected.and_then(|id| self.project().mention(id)).filter(|m| Some(m.article) == self.article)
    }

    /// The suggestion selected, if a review came to it, chance has drawn it and nobody has decided on it.
    pub fn drawn(&self) -> Option<&Mention> {
        self.selected_mention().filter(|mention| self.came_to_drawn == Some(mention.id) && mention.is_open())
    }

    /// Selects from one place to another with the mouse.
    pub fn sweep(&mut self, anchor: TextSize, head: TextSize) {
        self.caret = Some(Caret { anchor, head });
        self.swept = true;
    }

    /// The mention that keys act on: the one selected, else the one that the pointer is at.
    pub fn subject(&self) -> Option<&Mention> {
        let pointed = || match self.pointed {
            Some(Pointed::Tag(id)) if self.caret.is_none() => self.project().mention(id),
            _ => None,
        };
        self.selected_mention().or_else(pointed)
    }

    /// The mention that the inspector tells of: the one that keys act on, else the one tagged last while no caret has
    /// left it.
    pub fn inspected(&self) -> Option<&Mention> {
        let tagged = self.last_tag.and_then(|id| self.project().mention(id));
        let near = |m: &&Mention| self.caret.is_none_or(|caret| caret == Caret::at(m.range.end()));
        self.subject().or(tagged.filter(|m| near(m) && Some(m.article) == self.article))
    }

    /// The rows chosen together, the one that others are merged into first: the one selected, else one that a person has
    /// changed, else the event worth most or the entity with most mentions.
    pub fn chosen(&self) -> Vec<Target> {
        let selected = self.selected_mention().and_then(|mention| mention.target);
        let all: BTreeSet<Target> = selected.into_iter().chain(self.picked.iter().copied()).collect();
        let project = self.project();
        let weigh = |target: Target| match target {
            Target::Event(id) => project.event(id).map(|event| (event.decision.is_none(), event.worth.unwrap_or(1.0))),
            Target::Entity(id) => {
                project.entity(id).map(|entity| (entity.decision.is_none(), project.count_of(target) as f32))
            }
        };
        let weighed = |target: Target| Some((Some(target) != selected, weigh(target)?, target));
        let mut chosen: Vec<_> = all.into_iter().filter_map(weighed).collect();
        chosen.sort_by(|(beside, (engine, weight), _), (other_beside, (other_engine, other_weight), _)| {
            (beside, engine).cmp(&(other_beside, other_engine)).then(other_weight.total_cmp(weight))
        });
        chosen.into_iter().map(|(_, _, target)| target).collect()
    }

    /// Whether two things can be one: events, or entities of one kind.
    pub fn can_be_one(&self, one: Target, other: Target) -> bool {
        let kind = |id| self.project().entity(id).map(|entity| &entity.kind);
        match (one, other) {
            (Target::Event(_), Target::Event(_)) => true,
            (Target::Entity(one), Target::Entity(other)) => kind(one) == kind(other),
            _ => false,
        }
    }

    /// The text of the article shown.
    pub fn text(&self) -> &str {
        self.article.map_or("", |id| self.project().text(id))
    }

    /// The mentions of the article shown, those in the background included.
    pub fn mentions(&self) -> &[Mention] {
        self.article.map_or(&[], |id| self.project().mentions(id))
    }

    /// The open suggestions of the article shown that are to be decided on: of an event that is told several times one.
    pub fn to_decide(&self) -> impl Iterator<Item = &Mention> {
        let level = self.project().level();
        self.mentions().iter().filter(move |mention| mention.status == Status::Suggested && mention.stands_out(level))
    }

    /// The relation selected, while one of its ends is.
    pub fn selected_relation(&self) -> Option<&Relation> {
        let relation = self.project().relation(self.relation?)?;
        let selected = self.selected_mention()?.id;
        Some(relation).filter(|relation| relation.other_end(selected).is_some())
    }

    /// The open relations of the article shown that are to be decided on.
    pub fn open_relations(&self) -> impl Iterator<Item = &Relation> {
        self.article.into_iter().flat_map(|article| self.project().open_relations(article))
    }

    /// How much is to be decided on in the article shown.
    pub fn count_to_decide(&self) -> usize {
        self.to_decide().count() + self.open_relations().count()
    }

    /// Whether a mention is marked in the text: at the project's level, or with the event selected.
    pub fn is_marked(&self, mention: &Mention) -> bool {
        let of_selected = || self.selected_mention().is_some_and(|selected| selected.target == mention.target);
        mention.is_live() && (mention.stands_out(self.project().level()) || mention.event().is_some() && of_selected())
    }

    /// Whether the engine has still to read the article shown: what is open in it is not known yet.
    pub fn is_waiting(&self) -> bool {
        self.article.is_some_and(|article| self.jobs.waiting.contains(&article))
    }

    /// Open suggestions in the article shown.
    pub fn open_count(&self) -> usize {
        self.article.map_or(0, |id| open_count(self.project(), id))
    }

    /// The mentions of the subject's entity or event in the article shown; itself where it has none.
    pub fn kin(&self) -> Vec<MentionId> {
        let Some(subject) = self.subject() else { return Vec::new() };
        let same = |m: &&Mention| m.id == subject.id || (subject.target.is_some() && m.target == subject.target);
        self.mentions().iter().filter(same).map(|mention| mention.id).collect()
    }

    /// The mentions of a target in the article shown, live ones first, the clearest before others, in text order.
    pub fn mentions_here(&self, target: Target) -> Vec<&Mention> {
        let mut found: Vec<&Mention> = self.mentions().iter().filter(|m| m.target == Some(target)).collect();
        found.sort_by_key(|mention| (!mention.is_live(), mention.retold));
        found
    }
}

/// Open suggestions in an article.
pub fn open_count(project: &Project, article: ArticleId) -> usize {
    project.progress(article).open
}

/// The kind that a command tags with, where there is one.
pub fn kind_of(model: &Model, command: Command) -> Option<&Kind> {
    model.project().tagset().with_key(command.kind_key()?)
}
