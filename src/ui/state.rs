//! The window's state: what it knows, and what its views keep: forms, searches, the article as laid out. No drawing here.

use std::path::PathBuf;

use eframe::egui::Context;
use text_size::TextRange;

use super::article_view::view::ArticleView;
use super::command::{Command, Mode};
use super::comparison::Comparison;
use super::concordance::Concordance;
use super::find::Find;
use super::forms;
use super::listing::Listing;
use super::model::{Caret, Model, Open};
use super::overview::Overview;
use super::panels::rows::Rows;
use super::register::Register;
use super::relating::Relating;
use super::runs::Runs;
use super::settling::Settling;
use super::toasts::Toasts;
use super::worker::Way;
use crate::project::{ArticleId, EntityId, EventId, MentionId, RelationId};
use crate::store::{Earlier, Folders, Owner, Settings};
use crate::text::find::Query;
use crate::views::View;

/// The dialog that is open; one at a time.
pub enum Dialog {
    /// Annotator, theme, text, engine.
    Settings,
    /// The keys of commands.
    Keys(forms::KeysForm),
    /// Which format, what, where to.
    Export {
        /// It has just been opened: the format chosen comes into view.
        fresh: bool,
    },
    /// Accept those above a score, or reject those below.
    ByScore,
    /// Title, source, date of an article.
    Details(forms::DetailsForm),
    /// A text to take as an article.
    Paste {
        /// It has just been opened: its field takes the keys.
        fresh: bool,
        /// It stands in for the clipboard, which holds no text.
        is_empty: bool,
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
    /// The articles as a table.
    Table(Box<forms::TableForm>),
    /// What an annotation set would bring, and as what.
    Import(Box<forms::ImportForm>),
    /// What is about to come in.
    Preview(Box<forms::PreviewForm>),
    /// Many tags would be decided at once, or the article left.
    Sure(forms::SureForm),
    /// What could not be read, and why.
    Problems(Vec<String>),
    /// What is not in the texts of the files that were read last.
    LeftOut,
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
    /// What an entity or event is the same as.
    Merge(forms::MergeForm),
    /// Whose work is compared.
    Compare(forms::CompareForm),
    /// Whom copies are made for.
    Copies(forms::CopiesForm),
    /// The relations of all articles.
    Relations(forms::RelationsForm),
    /// What could not be understood in the project file.
    Damage,
    /// Saving would replace a damaged file.
    ReplaceDamaged,
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
    /// What the window knows; views read it.
    pub model: Model,
    /// Where to save again, once the save that is on its way has ended.
    pub save_again: Option<PathBuf>,
    /// What to go on to, now that nothing can be lost by it.
    pub next: Option<AfterAnswer>,
    /// What the panels list.
    pub rows: Rows,
    /// The article as it is laid out.
    pub view: ArticleView,
    /// What is being looked for in the article.
    pub find: Option<Find>,
    /// The tags that are being related.
    pub relating: Option<Relating>,
    /// What was looked for last.
    pub query: Query,
    /// What is being looked for in all articles.
    pub concordance: Concordance,
    /// The happenings of the project as a table.
    pub register: Register,
    /// Where annotators differ.
    pub settling: Settling,
    /// The views of the whole collection.
    pub overview: Overview,
    /// The view that was shown last; none for the register.
    pub last_view: Option<View>,
    /// The dialog that is open.
    pub dialog: Option<Dialog>,
    /// What dialogs begin with when they are opened again.
    pub kept: forms::Kept,
    /// What is not in the texts of the files that were read last, in words.
    pub left_out: Vec<String>,
    /// What has just happened.
    pub toasts: Toasts,
    /// Which articles are listed, and in what order.
    pub listing: Listing,
    /// An event that a person has just made, whose words the engine is to read.
    pub made: Option<EventId>,
    /// What the engine has found and the project does not hold yet.
    pub runs: Runs,
}

impl State {
    /// Shows the article again in place of the register; a mention, where a row of it led there.
    pub(super) fn leave_register(&mut self, to: Option<MentionId>) {
        self.register.shown = false;
        self.register.left = to.is_some();
        self.model.focus_article = true;
        to.into_iter().for_each(|mention| self.select(mention));
    }

    /// Shows the article again in place of the differences of annotators.
    pub(super) fn leave_settling(&mut self) {
        self.settling.shown = false;
        self.model.focus_article = true;
    }

    /// Shows a view of the whole collection in the place of the article.
    pub(super) fn show_view(&mut self, view: View) {
        (self.register.shown, self.register.left, self.settling.shown) = (false, false, false);
        self.overview.open(view);
        self.last_view = Some(view);
    }

    /// Shows the dossier of an entity.
    pub(super) fn show_dossier(&mut self, id: EntityId) {
        self.show_view(View::Dossiers);
        self.overview.as_table = false;
        self.overview.go_to_dossier(id);
    }

    /// Shows the register in the place of the article.
    pub(super) fn show_register(&mut self) {
        (self.overview.shown, self.overview.left, self.settling.shown) = (None, None, false);
        self.register.open();
        self.last_view = None;
    }

    /// Shows the article again in place of a view; a mention, where a click in it led there.
    pub(super) fn leave_overview(&mut self, to: Option<MentionId>) {
        let shown = self.overview.shown.take();
        self.overview.left = shown.filter(|_| to.is_some());
        self.model.focus_article = true;
        to.into_iter().for_each(|mention| self.select(mention));
    }

    /// Shows the article.
    pub(super) fn show_article(&mut self) {
        if self.register.shown {
            self.leave_register(None);
        } else if self.settling.shown {
            self.leave_settling();
        } else {
            self.leave_overview(None);
        }
    }

    /// An empty project.
    pub fn new(settings: Settings, folders: Folders) -> Self {
        let kept = forms::Kept { export: forms::ExportForm::of(&settings.export), ..forms::Kept::default() };
        Self {
            model: Model::new(settings, folders),
            save_again: None,
            left_out: Vec::new(),
            next: None,
            rows: Rows::default(),
            view: ArticleView::default(),
            find: None,
            relating: None,
            query: Query::default(),
            concordance: Concordance::default(),
            register: Register::default(),
            settling: Settling::default(),
            overview: Overview::default(),
            last_view: None,
            dialog: None,
            kept,
            toasts: Toasts::default(),
            listing: Listing::default(),
            made: None,
            runs: Runs::default(),
        }
    }

    /// An empty, unnamed project takes the place of the present one; nothing stays of what views keep of it.
    pub fn close_project(&mut self) {
        let new = Self::new(self.model.settings.clone(), self.model.folders.clone());
        let Self { mut model, register, overview, .. } = std::mem::replace(self, new);
        // Of a large project that takes longer than a frame.
        std::thread::spawn(move || drop((register, overview)));
        model.close_project();
        self.model = model;
    }

    /// The articles as they are listed.
    pub fn listed(&mut self) -> &[ArticleId] {
        refresh(&mut self.listing, &self.model);
        self.listing.shown()
    }

    /// The article listed below the one shown, as of the last refresh; none below the last.
    pub fn following(&self) -> Option<ArticleId> {
        let ids = self.listing.shown();
        let here = ids.iter().position(|id| Some(*id) == self.model.article)?;
        ids.get(here + 1).copied()
    }

    /// Moves the caret, and shows where it is.
    pub fn move_caret(&mut self, caret: Caret) {
        self.model.caret = Some(caret);
        self.model.swept = false;
        self.view.bring_into_view(TextRange::empty(caret.head));
    }

    /// Selects a mention that is in view.
    pub fn pick(&mut self, id: MentionId) {
        self.model.picked.clear();
        self.model.selected = Some(id);
        self.model.came_to_drawn = None;
        self.model.relation = None;
        self.forget_tagged();
        self.model.caret = None;
        self.model.reveal_row = true;
    }

    /// What keys mean now.
    pub fn mode(&self, ctx: &Context) -> Mode {
        // The register, the views and the differences have keys of their own.
        let elsewhere = self.register.shown || self.settling.shown || self.overview.shown.is_some();
        if self.dialog.is_some() || elsewhere || ctx.text_edit_focused() {
            Mode::Field
        } else if self.model.caret.is_some() {
            Mode::Caret
        } else if self.model.selected_mention().is_some_and(|mention| mention.event().is_some()) {
            Mode::Event
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
        if self.model.article != article {
            self.model.article = article;
            self.model.selected = None;
            self.model.relation = None;
            self.relating = None;
            self.model.picked.clear();
            self.forget_tagged();
            self.model.caret = None;
            self.model.pointed = None;
            self.model.hovered = None;
            self.find.iter_mut().for_each(Find::begin_anew);
            self.view.scroll_to_top();
        }
    }

    /// Selects a mention, in whichever article it lies, and brings it into view.
    pub fn select(&mut self, id: MentionId) {
        let Some(mention) = self.model.project().mention(id) else { return };
        let (article, range) = (mention.article, mention.range);
        self.show(article);
        self.model.picked.clear();
        self.model.selected = Some(id);
        self.model.came_to_drawn = None;
        self.model.relation = None;
        self.forget_tagged();
        self.model.caret = None;
        self.model.pointed = None;
        self.view.bring_into_view(range);
        self.model.focus_article = true;
        self.model.reveal_row = true;
    }

    /// Selects a relation with the tag that it begins at, and brings that into view.
    pub fn select_relation(&mut self, id: RelationId) {
        let Some(relation) = self.model.project().relation(id) else { return };
        let (from, to) = (relation.from, relation.to);
        // Where its end is selected already one goes nowhere.
        let here = self.model.selected.filter(|selected| [from, to].contains(selected));
        match here.filter(|here| self.view.rect_of(*here).is_some()) {
            Some(here) => self.pick(here),
            None => self.select(from),
        }
        self.model.relation = Some(id);
        self.model.focus_article = true;
    }

    /// Selects a relation whose ends are in view.
    pub fn pick_relation(&mut self, id: RelationId) {
        let Some(relation) = self.model.project().relation(id) else { return };
        self.pick(relation.from);
        self.model.relation = Some(id);
    }

    /// Selects what is to be reviewed next.
    pub fn select_open(&mut self, open: Open) {
        match open {
            Open::Tag(id) => {
                self.select(id);
                self.model.came_to_drawn = Some(id).filter(|id| self.model.is_drawn(*id));
            }
            Open::Relation(id) => self.select_relation(id),
        }
    }

    /// What was tagged last is left behind, and with it the offer to tag all of its kind.
    pub fn forget_tagged(&mut self) {
        self.model.last_tag = None;
        self.toasts.withdraw(Command::TagAll);
    }
}

/// Makes the list of articles fit what is there now.
pub fn refresh(listing: &mut Listing, model: &Model) {
    listing.refresh(model.project(), model.number, model.article, model.jobs.queued > 0);
}
