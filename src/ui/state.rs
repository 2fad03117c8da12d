//! What the window knows: the session, what is selected, which dialog is open. No drawing here.

use std::collections::HashMap;
use std::path::PathBuf;

use eframe::egui::Context;
use text_size::{TextRange, TextSize};

use super::article_view::view::ArticleView;
use super::command::{Command, Mode};
use super::concordance::Concordance;
use super::find::Find;
use super::listing::Listing;
use super::panels::rows::Rows;
use super::runs::Runs;
use super::toasts::Toasts;
use super::worker::{Comparison, Way};
use crate::project::{ArticleId, KindId, Mention, MentionId, Project, Session, Status, Target};
use crate::store::{self, Earlier, Folders, Owner, Recovery, ReviewOrder, Settings};
use crate::text::find::Query;
use crate::ui::forms;

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

/// Where a mention comes in the order of review: its group, then its place in the text.
type Place = (u32, (u32, std::cmp::Reverse<u32>, MentionId));

/// The dialog that is open; one at a time.
pub enum Dialog {
    /// Annotator, theme, text, engine.
    Settings,
    /// Which format, what, where to.
    Export,
    /// Accept those above a score, or reject those below.
    ByScore,
    /// Title, source, date of an article.
    Details(forms::DetailsForm),
    /// A text to take as an article.
    Paste {
        /// It has just been opened: its field takes the keys.
        fresh: bool,
    },
    /// Keys and marks.
    Help,
    /// Version and licences.
    About,
    /// Any command by its name.
    Palette(forms::PaletteForm),
    /// A tag's kind, entity and note.
    Tag(forms::TagForm),
    /// An entity's name, role and links.
    Entity(forms::EntityForm),
    /// The kinds and article tags.
    Tagset(Box<forms::TagsetForm>),
    /// How to tag, in Markdown.
    Guidelines(forms::GuidelinesForm),
    /// What is about to come in.
    Preview(Box<forms::PreviewForm>),
    /// What could not be read, and why.
    Problems(Vec<String>),
    /// Unsaved work would be lost by what comes next.
    Unsaved(AfterAnswer),
    /// Another window has the project at this path open, or had when it ended.
    InUse(PathBuf, Box<Owner>),
    /// Another program has changed the project's file.
    Changed(Comparison),
    /// Earlier versions of the project's file.
    Earlier(Vec<Earlier>),
    /// Who changed what and when.
    Log(forms::LogForm),
    /// What could not be understood in the project file.
    Damage,
    /// Saving would replace a damaged file.
    ReplaceDamaged,
}

/// A project file that could not be understood as a whole; it is not replaced unless the person says so.
pub struct Damaged {
    /// The file's name.
    pub name: String,
    /// What could not be understood.
    pub list: Vec<crate::store::Damage>,
}

/// What waits for the answer about unsaved work.
#[derive(Clone, Debug, PartialEq)]
pub enum AfterAnswer {
    /// An empty project.
    New,
    /// An empty project with this tagset.
    NewWith(crate::project::Tagset),
    /// Choosing another project.
    ChooseProject,
    /// This project, in this way.
    Open(PathBuf, Way),
    /// The end of the program.
    Quit,
}

/// The window's whole state but for threads.
pub struct State {
    /// The project with its history.
    pub session: Session,
    /// Which project it is of those that were open in this window; answers that come late may be of another.
    pub number: u64,
    /// What is wrong with the file that the project was read from, until it is replaced or saved elsewhere.
    pub damaged: Option<Damaged>,
    /// Where to save again, once the save that is on its way has ended.
    pub save_again: Option<PathBuf>,
    /// What to go on to, now that nothing can be lost by it.
    pub next: Option<AfterAnswer>,
    /// Where the project is kept; none while it is unnamed.
    pub path: Option<PathBuf>,
    /// The project is open to be read: nothing changes it.
    pub read_only: bool,
    /// How safe unsaved work is.
    pub safety: store::Status,
    /// What the person set.
    pub settings: Settings,
    /// Where settings and unnamed projects live.
    pub folders: Folders,
    /// The article shown.
    pub article: Option<ArticleId>,
    /// The mention selected.
    pub selected: Option<MentionId>,
    /// The text caret, while the article has it.
    pub caret: Option<Caret>,
    /// The mouse made the selection: once it is tagged, no caret stays.
    pub swept: bool,
    /// What the pointer is at, while nothing is selected.
    pub pointed: Option<Pointed>,
    /// The mention tagged last, for tagging all its occurrences.
    pub last_tag: Option<MentionId>,
    /// What the panels list.
    pub rows: Rows,
    /// What the pointer is over.
    pub hovered: Option<Target>,
    /// The kind tagged with last.
    pub last_kind: KindId,
    /// The article view should take the keys.
    pub focus_article: bool,
    /// The part of the window that last took the keys.
    pub pane: Pane,
    /// The first row of `pane` should take the keys.
    pub focus_pane: bool,
    /// The panels should bring the selected row into view.
    pub reveal_row: bool,
    /// The article as it is laid out.
    pub view: ArticleView,
    /// What is being looked for in the article.
    pub find: Option<Find>,
    /// What was looked for last.
    pub query: Query,
    /// What is being looked for in all articles.
    pub concordance: Concordance,
    /// The dialog that is open.
    pub dialog: Option<Dialog>,
    /// What dialogs begin with when they are opened again.
    pub kept: forms::Kept,
    /// What has just happened.
    pub toasts: Toasts,
    /// Which articles are listed, and in what order.
    pub listing: Listing,
    /// Whether the list of articles is shown.
    pub show_articles: bool,
    /// Whether the panels are shown.
    pub show_panels: bool,
    /// Whether the guidelines are shown beside the text.
    pub show_guidelines: bool,
    /// Work of an earlier session that was never saved.
    pub recoverable: Vec<Recovery>,
    /// What the background is doing.
    pub jobs: Jobs,
    /// What the engine has found and the project does not hold yet.
    pub runs: Runs,
}

/// What the background is doing, for the status line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Jobs {
    /// Articles whose suggestions are on the way.
    pub queued: usize,
    /// Of how many, since the queue was last empty.
    pub queued_of: usize,
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
}

impl State {
    /// An empty project.
    pub fn new(settings: Settings, folders: Folders) -> Self {
        Self {
            session: Session::default(),
            number: 0,
            damaged: None,
            save_again: None,
            next: None,
            path: None,
            read_only: false,
            safety: store::Status::default(),
            settings,
            folders,
            article: None,
            selected: None,
            caret: None,
            swept: false,
            pointed: None,
            last_tag: None,
            rows: Rows::default(),
            hovered: None,
            last_kind: KindId::PERSON,
            focus_article: false,
            pane: Pane::default(),
            focus_pane: false,
            reveal_row: false,
            view: ArticleView::default(),
            find: None,
            query: Query::default(),
            concordance: Concordance::default(),
            dialog: None,
            kept: forms::Kept::default(),
            toasts: Toasts::default(),
            listing: Listing::default(),
            show_articles: true,
            show_panels: true,
            show_guidelines: false,
            recoverable: Vec::new(),
            jobs: Jobs::default(),
            runs: Runs::default(),
        }
    }

    /// An empty, unnamed project takes the place of the present one; settings stay.
    pub fn close_project(&mut self) {
        let settings = self.settings.clone();
        let folders = self.folders.clone();
        let recoverable = std::mem::take(&mut self.recoverable);
        let (show_articles, show_panels) = (self.show_articles, self.show_panels);
        let number = self.number + 1;
        *self = Self { number, recoverable, show_articles, show_panels, ..Self::new(settings, folders) };
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

    /// Makes the list of articles fit what is there now.
    pub fn refresh(&self, listing: &mut Listing) {
        listing.refresh(self.project(), self.number, self.article, self.jobs.queued > 0);
    }

    /// The articles as they are listed.
    pub fn listed(&mut self) -> &[ArticleId] {
        let mut listing = std::mem::take(&mut self.listing);
        self.refresh(&mut listing);
        self.listing = listing;
        self.listing.shown()
    }

    /// The article listed below the one shown, as of the last refresh; none below the last.
    pub fn following(&self) -> Option<ArticleId> {
        let ids = self.listing.shown();
        let here = ids.iter().position(|id| Some(*id) == self.article)?;
        ids.get(here + 1).copied()
    }

    /// The project, to read.
    pub fn project(&self) -> &Project {
        self.session.project()
    }

    /// The mention selected, if it still exists.
    pub fn selected_mention(&self) -> Option<&Mention> {
        self.selected.and_then(|id| self.project().mention(id)).filter(|m| Some(m.article) == self.article)
    }

    /// Selects from one place to another with the mouse.
    pub fn sweep(&mut self, anchor: TextSize, head: TextSize) {
        self.caret = Some(Caret { anchor, head });
        self.swept = true;
    }

    /// Moves the caret, and shows where it is.
    pub fn move_caret(&mut self, caret: Caret) {
        self.caret = Some(caret);
        self.swept = false;
        self.view.bring_into_view(TextRange::empty(caret.head));
    }

    /// Selects a mention that is in view.
    pub fn pick(&mut self, id: MentionId) {
        self.selected = Some(id);
        self.forget_tagged();
        self.caret = None;
        self.reveal_row = true;
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

    /// The text of the article shown.
    pub fn text(&self) -> &str {
        self.article.map_or("", |id| self.project().text(id))
    }

    /// The mentions of the article shown.
    pub fn mentions(&self) -> &[Mention] {
        self.article.map_or(&[], |id| self.project().mentions(id))
    }

    /// Open suggestions in the article shown.
    pub fn open_count(&self) -> usize {
        self.article.map_or(0, |id| open_count(self.project(), id))
    }

    /// What keys mean now.
    pub fn mode(&self, ctx: &Context) -> Mode {
        if self.dialog.is_some() || ctx.text_edit_focused() {
            Mode::Field
        } else if self.caret.is_some() {
            Mode::Caret
        } else {
            Mode::Review
        }
    }

    /// Shows an article; what was selected elsewhere no longer is.
    pub fn show(&mut self, article: ArticleId) {
        self.turn_to(Some(article));
    }

    /// Shows an article, or none where there is none any more.
    pub fn turn_to(&mut self, article: Option<ArticleId>) {
        if self.article != article {
            self.article = article;
            self.selected = None;
            self.forget_tagged();
            self.caret = None;
            self.pointed = None;
            self.hovered = None;
            self.find.iter_mut().for_each(Find::begin_anew);
            self.view.scroll_to_top();
        }
    }

    /// Selects a mention, in whichever article it lies, and brings it into view.
    pub fn select(&mut self, id: MentionId) {
        let Some(mention) = self.project().mention(id) else { return };
        let (article, range) = (mention.article, mention.range);
        self.show(article);
        self.selected = Some(id);
        self.forget_tagged();
        self.caret = None;
        self.pointed = None;
        self.view.bring_into_view(range);
        self.focus_article = true;
        self.reveal_row = true;
    }

    /// What was tagged last is left behind, and with it the offer to tag all of its kind.
    pub fn forget_tagged(&mut self) {
        self.last_tag = None;
        self.toasts.withdraw(Command::TagAll);
    }

    /// The next open suggestion in the order of review from where the person is, or the one before; goes round at the
    /// end.
    pub fn next_suggestion(&self, forward: bool) -> Option<MentionId> {
        let order = self.review_order();
        let here = self.selected_mention().map(&order).or_else(|| {
            let caret = self.caret.filter(|_| self.settings.review_order == ReviewOrder::Text)?;
            Some((0, (caret.head.into(), std::cmp::Reverse(u32::MAX), MentionId(0))))
        });
        let open = self.mentions().iter().filter(|m| m.status == Status::Suggested);
        let mut open: Vec<_> = open.map(|mention| (order(mention), mention.id)).collect();
        open.sort_unstable();
        if !forward {
            open.reverse();
        }
        let beyond = |(place, _): &&(Place, MentionId)| match here {
            Some(here) if forward => *place > here,
            Some(here) => *place < here,
            None => true,
        };
        open.iter().find(beyond).or(open.first()).map(|(_, id)| *id)
    }

    /// Where a mention of the article shown comes in the order of review.
    fn review_order(&self) -> impl Fn(&Mention) -> Place {
        let order = self.settings.review_order;
        let mut first: HashMap<Target, u32> = HashMap::new();
        if order == ReviewOrder::Entity {
            for mention in self.mentions().iter().filter(|mention| mention.is_live()) {
                mention.target.into_iter().for_each(|target| {
                    first.entry(target).or_insert(mention.range.start().into());
                });
            }
        }
        let kinds: Vec<KindId> = self.project().tagset().kinds.iter().map(|kind| kind.id.clone()).collect();
        move |mention| {
            let start = mention.range.start().into();
            let group = match order {
                ReviewOrder::Text => 0,
                // In ten-thousandths.
                ReviewOrder::Uncertain => ((mention.origin.score.unwrap_or(0.5) - 0.5).abs() * 10_000.0) as u32,
                ReviewOrder::Entity => mention.target.and_then(|target| first.get(&target).copied()).unwrap_or(start),
                ReviewOrder::Kind => kinds.iter().take_while(|kind| **kind != mention.kind).count() as u32,
            };
            (group, mention.order())
        }
    }

    /// The mentions of the subject's entity or event in the article shown; itself where it has none.
    pub fn kin(&self) -> Vec<MentionId> {
        let Some(subject) = self.subject() else { return Vec::new() };
        let same = |m: &&Mention| m.id == subject.id || (subject.target.is_some() && m.target == subject.target);
        self.mentions().iter().filter(same).map(|mention| mention.id).collect()
    }

    /// The mentions of a target in the article shown, live ones first, in text order.
    pub fn mentions_here(&self, target: Target) -> Vec<&Mention> {
        let mut found: Vec<&Mention> = self.mentions().iter().filter(|m| m.target == Some(target)).collect();
        found.sort_by_key(|mention| !mention.is_live());
        found
    }
}

/// Open suggestions in an article.
pub fn open_count(project: &Project, article: ArticleId) -> usize {
    project.progress(article).open
}

/// The kind that a command tags with, where there is one.
pub fn kind_of(state: &State, command: Command) -> Option<&crate::project::Kind> {
    state.project().tagset().with_key(command.kind_key()?)
}
