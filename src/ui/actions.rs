//! What drawing asks for: a queue that one place works off between frames.

use std::collections::BTreeSet;
use std::path::PathBuf;

use text_size::TextSize;

use super::command::{Command, Menu};
use super::model::{Pointed, Step};
use super::relating::Ask;
use super::search::Job;
use super::state::Dialog;
use super::worker::Way;
use crate::import::Imported;
use crate::ingest::Columns;
use crate::project::ops::KindMap;
use crate::project::{
    ArticleId, Detail, Edit, EntityId, KindId, MentionId, Place, Project, RelationId, Stamp, Tagset, Target,
};
use crate::store::Settings;
use crate::text::{Article, Metadata};

/// A change to the project, made from the project as it is when its turn comes.
pub type MakeEdit = Box<dyn FnOnce(&Project, Stamp) -> Edit>;

/// One thing to do.
pub enum Action {
    /// A command of the table.
    Command(Command),
    /// Change the project.
    Edit(MakeEdit),
    /// Set an article's details.
    SetDetails(ArticleId, Box<Metadata>),
    /// Set a field of articles' details to what was typed.
    SetDetail(Vec<ArticleId>, Detail, String),
    /// Have the engine look for these kinds in all articles: they are new in the tagset.
    Fill(BTreeSet<KindId>),
    /// Run a command that decides much at once, now that the person is sure; with `true` it is not asked again.
    Sure(Command, bool),
    /// Show an article.
    Show(ArticleId),
    /// Select a mention and scroll to it.
    Select(MentionId),
    /// Select a mention that is in view, where it is clicked.
    Pick(MentionId),
    /// Select a relation, with the tag that it begins at.
    SelectRelation(RelationId),
    /// Go on relating tags.
    Relating(Ask),
    /// List the articles that have relations of a kind.
    ListRelated(KindId),
    /// Select no mention.
    Deselect,
    /// Select text with the mouse, from one place to another.
    Sweep(TextSize, TextSize),
    /// Note what the pointer was moved to.
    Point(Option<Pointed>),
    /// Say why something that was tried is not done.
    Explain(String),
    /// Select words, wherever they stand.
    GoTo(Place),
    /// Show a step of the tour, or end it.
    Tour(Option<Step>),
    /// Open a menu, as if by its key.
    OpenMenu(Menu),
    /// Give the article the keys.
    FocusArticle,
    /// Look for nothing in the article any more.
    CloseFind,
    /// Select the next mention of an entity or event, or the first.
    SelectTarget(Target),
    /// Choose a row beside the one selected, or no longer; with `true` all from that one to this.
    PickRow(Target, bool),
    /// Merge entities or events into the first of them.
    Merge(Vec<Target>),
    /// List the events of articles in this order.
    OrderEvents(crate::store::EventOrder),
    /// List people, countries and kinds of one's own in this order.
    OrderRows(crate::store::RowOrder),
    /// List the articles that mention an entity.
    ListMentioning(EntityId),
    /// Gather the rows of the register in the background.
    GatherRegister(Box<super::register::Job>),
    /// Look in the background for what may be one.
    Propose(Box<super::proposed::Job>),
    /// Go from the register to the article: to a place of one, where one is given.
    LeaveRegister(Option<MentionId>),
    /// Read and compare the work of annotators in the background.
    Settling(Box<super::settling::Job>),
    /// Go from the differences of annotators to the article: to a place, where one is given.
    LeaveSettling(Option<Place>),
    /// Ask for a place for a report on how far annotators agree; without their names, or with.
    SaveReport {
        /// Without.
        blind: bool,
    },
    /// Ask for files of further annotators.
    AddAnnotators,
    /// Ask where the project is to be kept in which the work of these is settled.
    BeginSettling(super::forms::CompareForm),
    /// Ask for the folder of copies for annotators.
    MakeCopies(super::forms::CopiesForm),
    /// Gather a view of the whole collection in the background.
    Overlook(Box<super::overview::Job>),
    /// Go from a view to the article: to a place of one, where one is given.
    LeaveOverview(Option<MentionId>),
    /// Show the dossier of an entity.
    ShowDossier(EntityId),
    /// Write the view that is shown to a file of this format.
    SaveView(crate::views::FileFormat),
    /// Search in the background.
    Search(Job),
    /// Tag places as a kind, or take such tags away.
    TagPlaces {
        /// Where.
        places: Vec<Place>,
        /// As what.
        kind: KindId,
        /// Take tags away.
        untag: bool,
    },
    /// Read a project, in this way.
    OpenProject(PathBuf, Way),
    /// Read the project anew from its file; what is not saved is given up.
    Reload,
    /// Save over what another program has written.
    Replace,
    /// Take a text as an article.
    AddPasted(String),
    /// Let a person split a text before it is taken in.
    SplitPasted(String),
    /// Take articles in, whether or not their texts are there already.
    AddArticles(Vec<Article>),
    /// Take an annotation set in, its kinds as these.
    Join(Box<Imported>, KindMap),
    /// Read files and folders as articles, whatever else they hold.
    OpenAsArticles(Vec<PathBuf>),
    /// Read a table again, by these columns.
    ReadAgain(PathBuf, Columns),
    /// Read no more files; what was read stays.
    CancelRead,
    /// Write a list of problems to a file of the person's choice.
    SaveProblems(String),
    /// Write the log, or a part of it, to a file of the person's choice.
    SaveLog {
        /// The name that is proposed.
        name: String,
        /// What it holds.
        list: String,
    },
    /// Save in the place of the damaged file that the project was read from.
    ReplaceDamaged,
    /// Open a dialog.
    Open(Box<Dialog>),
    /// Close the dialog.
    CloseDialog,
    /// Settings as they are from now on.
    Set(Box<Settings>),
    /// Leave the unsaved changes, then do what waited for the answer.
    Discard,
    /// Save, then do what waited for the answer.
    SaveFirst,
    /// Ask for a file and read a tagset from it into the window that changes tagsets.
    ReadTagset,
    /// Ask for a file and write a tagset to it.
    WriteTagset(Tagset),
    /// Look at what would become of an export.
    PreviewExport(super::forms::PreviewOf),
    /// Write an export.
    Export(super::forms::ExportChoice),
    /// Delete work that was never saved.
    Forget(crate::store::Recovery),
}

/// The queue that panels and dialogs write to.
#[derive(Default)]
pub struct Actions(Vec<Action>);

impl Actions {
    /// Asks for something.
    pub fn push(&mut self, action: Action) {
        self.0.push(action);
    }

    /// Asks for all of these.
    pub fn push_all(&mut self, actions: impl IntoIterator<Item = Action>) {
        self.0.extend(actions);
    }

    /// Asks for a command.
    pub fn command(&mut self, command: Command) {
        self.push(Action::Command(command));
    }

    /// Asks for a search in the background, where one is needed.
    pub fn search(&mut self, job: Option<Job>) {
        self.push_all(job.map(Action::Search));
    }

    /// Asks for a dialog.
    pub fn open(&mut self, dialog: Dialog) {
        self.push(Action::Open(Box::new(dialog)));
    }

    /// Asks for a change to the project.
    pub fn edit(&mut self, make: impl FnOnce(&Project, Stamp) -> Edit + 'static) {
        self.push(Action::Edit(Box::new(make)));
    }

    /// What was asked for, in order.
    pub fn into_inner(self) -> Vec<Action> {
        self.0
    }
}
