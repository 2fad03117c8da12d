//! Work off the UI thread: reading, suggesting, saving, file dialogs. Each answers with a message.

use std::cell::OnceCell;
use std::collections::VecDeque;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use eframe::egui::Context;
use rayon::prelude::*;
use text_size::TextRange;

use super::comparison::{Comparison, Counts};
use super::errands::{Errands, Left, Report};
use super::file_dialog::{self, Purpose};
use super::forms::{CopiesForm, ExportChoice, Preview, PreviewOf};
use super::job::Job;
use super::kinds::{KindsJob, KindsLearned, KindsThread};
use super::overview;
use super::search::{self, Answer, Token};
use super::{proposed, register, settling};
use crate::export::{self, LeftOut};
use crate::import::{self, Crosswalk, Imported};
use crate::ingest::{self, Columns, Item, Table};
use crate::project::{ApplyError, ArticleId, Edit, EventId, Project, Session, Stamp, Tagset, Taken};
use crate::store::{self, Access, Folders, Keeper, Opened, Reader, Recovery, Save, Saved, Settings, StoreError};
use crate::suggest::{self, Document, Engine, Options, ProjectMemory, Suggestions};
use crate::text::Article;
use crate::views::ViewFile;

/// What the background has to say.
pub enum Message {
    /// A file dialog closed; with the number of the project that it was opened for, and empty where it was cancelled.
    Picked(Purpose, u64, Vec<PathBuf>),
    /// The files of a folder, to be read for the project of this number.
    Listed(u64, Result<Vec<PathBuf>, String>),
    /// A file was read for the project of this number.
    Read(u64, FileRead),
    /// What was to be opened in the project of this number is annotation sets.
    Annotated(u64, Vec<PathBuf>),
    /// Annotation sets were read.
    Imported {
        /// For the project of this number.
        number: u64,
        /// What was opened rather than asked for as annotations.
        opened: Vec<PathBuf>,
        /// What they hold, or why nothing can be read.
        result: Result<Box<Imported>, String>,
    },
    /// A project was read.
    Loaded {
        /// The number of the project that was open when it was asked for.
        number: u64,
        /// Where it is kept.
        path: PathBuf,
        /// In which way.
        way: Way,
        /// What could be understood of it, or why nothing could.
        result: Result<Box<Opened>, StoreError>,
    },
    /// A tagset was read, for the project of this number or for a new one.
    TagsetRead {
        /// The number of the project that was open when it was asked for.
        number: u64,
        /// For a new project.
        new: bool,
        /// The tagset, or why not.
        result: Result<Tagset, String>,
    },
    /// A tagset was written there, or why not.
    TagsetWritten(PathBuf, Result<(), String>),
    /// Suggestions for an article.
    Suggested {
        /// For which.
        article: ArticleId,
        /// Which run of the queue; older ones were cancelled.
        run: u64,
        /// What the engine proposes.
        suggestions: Box<Suggestions>,
    },
    /// What was found in articles, as edits.
    EditsMade {
        /// Of which run of the queue.
        run: u64,
        /// The number and revision of the project that they fit.
        of: (u64, u64),
        /// What was found.
        found: Vec<(ArticleId, Suggestions)>,
        /// One for each article, to be applied in this order; or why there are none.
        edits: Result<Vec<Edit>, ApplyError>,
    },
    /// What decisions of the project of this number teach, and the articles to which that is to be applied.
    Learned(u64, Box<ProjectMemory>, Vec<ArticleId>),
    /// What another project has learned, for the project of this number, or why it cannot be read.
    MemoryRead(u64, Result<Taken, String>),
    /// Which events of the project of this number are one by a crosswalk, or why it cannot be read.
    CrosswalkRead(u64, Result<Crosswalk, String>),
    /// What examples of kinds teach.
    Kinds(KindsLearned),
    /// What the engine makes of an event that a person has made.
    EventRead {
        /// The number of the project that has it.
        number: u64,
        /// Which.
        event: EventId,
        /// What it is; none where nothing can be told.
        found: Option<Box<suggest::Event>>,
    },
    /// The engine does without its tagger, and why.
    Limited(String),
    /// A save ended.
    Saved {
        /// Where to.
        path: PathBuf,
        /// What was saved: the project's number and its revision.
        of: (u64, u64),
        /// Whether it is on disk.
        result: Result<Saved, StoreError>,
    },
    /// What another program has made of the project of this number.
    Compared(u64, Comparison),
    /// The safety of unsaved work has changed.
    Safety,
    /// A list of problems is on disk, or why not.
    ListWritten(PathBuf, Result<(), String>),
    /// What was done on the disk, in order.
    Errand(Report),
    /// A job ended by a fault of the program.
    Broken,
    /// What a search found.
    Search(Token, Answer),
    /// The rows of the register, for the project of this number.
    Register(Box<register::Answer>),
    /// A view of the whole collection.
    Overlooked(Box<overview::Answer>),
    /// What may be one.
    Proposed(Box<proposed::Answer>),
    /// The work of annotators was compared, or a project was begun in which it is settled.
    Settling(settling::Answer),
    /// So many copies for annotators are in that folder, or why not.
    CopiesMade(PathBuf, Result<usize, String>),
    /// What would become of an export.
    ExportPreviewed(PreviewOf, Preview),
    /// An export ended.
    Exported {
        /// Where to.
        path: PathBuf,
        /// What was left out, or why there is none.
        result: Result<Vec<LeftOut>, String>,
    },
}

/// Where no article is looked at.
const NOWHERE: u64 = u64::MAX;

/// In which way a project is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From where it is kept, for this.
    Open(Access),
    /// As an unnamed copy.
    Copy,
    /// As the unnamed project that it is.
    Unnamed,
}

/// What a file brought.
#[derive(Default)]
pub struct FileRead {
    /// Which.
    pub path: PathBuf,
    /// Its articles.
    pub articles: Vec<Article>,
    /// What could not be read of it, in words.
    pub problems: Vec<String>,
    /// What was left out of it on purpose, in words.
    pub left_out: Vec<String>,
    /// Its columns, where it is a table.
    pub table: Option<Table>,
}

/// Starts threads and takes their messages.
pub struct Worker {
    /// Keeps the project that is open; none where it is only read.
    pub keeper: Option<Keeper>,
    sender: Sender<Message>,
    receiver: Receiver<Message>,
    ctx: Context,
    /// Runs of the engine with a smaller number are cancelled.
    run: Arc<AtomicU64>,
    /// The number of the article that is looked at, or [`NOWHERE`].
    looked_at: Arc<AtomicU64>,
    reader: Reader,
    /// Set where the files that are being read are no longer wanted.
    unread: Arc<AtomicBool>,
    errands: Errands,
    /// Learns kinds from examples, once there are any.
    kinds: OnceCell<KindsThread>,
}

impl Worker {
    /// Messages wake the window of `ctx`.
    pub fn new(ctx: Context) -> Self {
        let (sender, receiver) = channel();
        let errands = Errands::start(telling(sender.clone(), ctx.clone(), Message::Errand));
        Self {
            keeper: None,
            errands,
            sender,
            receiver,
            ctx,
            run: Arc::default(),
            looked_at: Arc::new(AtomicU64::new(NOWHERE)),
            reader: Reader::here(),
            unread: Arc::default(),
            kinds: OnceCell::new(),
        }
    }

    /// Has files read as this reader does.
    pub fn read_with(&mut self, reader: Reader) {
        self.reader = reader;
    }

    /// The messages that have come since the last call, `most` at a time.
    pub fn messages(&self, most: usize) -> Vec<Message> {
        self.receiver.try_iter().take(most).collect()
    }

    /// The run of the engine that counts now.
    pub fn current_run(&self) -> u64 {
        self.run.load(Ordering::Relaxed)
    }

    fn start(&self, work: impl FnOnce(&dyn Fn(Message)) + Send + 'static) {
        let send = telling(self.sender.clone(), self.ctx.clone(), |message| message);
        thread::spawn(move || {
            // A fault in one job must not leave the window waiting for its answer.
            if panic::catch_unwind(AssertUnwindSafe(|| work(&send))).is_err() {
                send(Message::Broken);
            }
        });
    }

    /// Opens a file dialog for the project of this number.
    pub fn pick(&self, purpose: Purpose, number: u64, folder: Option<PathBuf>, name: String) {
        self.start(move |send| {
            let paths = file_dialog::ask(&purpose, folder, &name);
            send(Message::Picked(purpose, number, paths));
        });
    }

    /// Lists the files among paths, and the articles below those that are folders. Annotation sets are told instead,
    /// unless they are to be `articles` all the same.
    pub fn list(&self, paths: Vec<PathBuf>, number: u64, articles: bool) {
        self.start(move |send| {
            if !articles && store::are_annotations(&paths) {
                return send(Message::Annotated(number, paths));
            }
            let found = paths.iter().map(|path| store::articles_at(path)).collect::<Result<Vec<_>, _>>();
            send(Message::Listed(number, found.map(|found| found.concat()).map_err(|error| error.to_string())));
        });
    }

    /// Reads files as articles, in their order; tables by these columns.
    pub fn read(&self, paths: Vec<PathBuf>, columns: Columns, number: u64) {
        let (reader, cancel) = (self.reader.clone(), Arc::clone(&self.unread));
        self.start(move |send| {
            let options = ingest::Options { columns };
            for path in paths {
                let mut found = FileRead::default();
                let done = reader.read_each(&path, &options, &cancel, &mut |item| match item {
                    Item::Article(article) => found.articles.push(*article),
                    Item::Problem(problem) => found.problems.push(problem.to_string()),
                    Item::LeftOut(remark) => found.left_out.push(remark.to_string()),
                    Item::Table(table) => found.table = Some(table),
                });
                if cancel.load(Ordering::Relaxed) {
                    return;
                }
                found.problems.extend(done.err().map(|error| error.to_string()));
                send(Message::Read(number, FileRead { path, ..found }));
            }
        });
    }

    /// Ends the reading of files; those that were read stay.
    pub fn cancel_read(&mut self) {
        self.unread.store(true, Ordering::Relaxed);
        self.unread = Arc::default();
    }

    /// Reads annotation sets; what is told without a name or a day gets `stamp`.
    pub fn import(&self, paths: Vec<PathBuf>, opened: Vec<PathBuf>, stamp: Stamp, number: u64) {
        self.start(move |send| {
            let files = store::read_annotations(&paths).map_err(|error| error.to_string());
            let read = |files| import::read(files, None, &stamp).map_err(|error| error.to_string());
            send(Message::Imported { number, opened, result: files.and_then(read).map(Box::new) });
        });
    }

    /// Tells the window that the safety of unsaved work has changed.
    fn wake(&self) -> impl Fn() + Send + 'static {
        let tell = telling(self.sender.clone(), self.ctx.clone(), |()| Message::Safety);
        move || tell(())
    }

    /// Writes the settings, in the background.
    pub fn keep_settings(&self, settings: &Settings, folders: &Folders) {
        self.errands.keep(settings.clone(), folders.clone());
    }

    /// Lists what was never saved.
    pub fn list_unnamed(&self, folders: &Folders) {
        self.errands.list(folders.clone());
    }

    /// Removes work that was never saved.
    pub fn forget(&self, work: Recovery) {
        self.errands.forget(work);
    }

    /// Lists the earlier versions of the project at a path.
    pub fn earlier(&self, path: PathBuf) {
        self.errands.earlier(path);
    }

    /// Lets go of the project that is open, and of what is not saved of it where that is `given_up`.
    pub fn close(&mut self, session: Session, given_up: bool) {
        self.errands.close(Left { session, keeper: self.keeper.take(), given_up });
    }

    /// From now on keeps a new project without a name.
    ///
    /// # Errors
    /// As [`store::unnamed`].
    pub fn begin_unnamed(&mut self, folders: &Folders, name: &str) -> Result<(), StoreError> {
        self.keeper = Some(store::unnamed(folders, name, self.wake())?);
        Ok(())
    }

    /// Reads a project, to take the place of the one of this number.
    pub fn load(&self, path: PathBuf, way: Way, folders: Folders, name: String, number: u64) {
        let wake = self.wake();
        // A project that was closed just now is unlocked by then.
        let closed = self.errands.reached();
        self.start(move |send| {
            closed.recv().ok();
            let opened = match way {
                Way::Open(access) => store::open(&folders, &path, access, &name, wake),
                // Whoever had it is gone, or it would not have been offered.
                Way::Unnamed => store::open(&folders, &path, Access::TakeOver, &name, wake),
                Way::Copy => store::open_copy(&folders, &path, &name, wake),
            };
            send(Message::Loaded { number, path, way, result: opened.map(Box::new) });
        });
    }

    /// Reads a tagset, for a new project or for the one of this number.
    pub fn read_tagset(&self, path: PathBuf, new: bool, number: u64) {
        self.start(move |send| {
            let result = store::load_tagset(&path).map_err(|error| error.to_string());
            send(Message::TagsetRead { number, new, result });
        });
    }

    /// Writes a tagset.
    pub fn write_tagset(&self, tagset: Tagset, path: PathBuf) {
        self.start(move |send| {
            let result = store::save_tagset(&path, &tagset).map_err(|error| error.to_string());
            send(Message::TagsetWritten(path, result));
        });
    }

    /// Writes a project as it is at this moment; does nothing where nothing keeps it.
    pub fn save(&self, save: Save, of: (u64, u64)) {
        let Some(saver) = self.keeper.as_ref().map(Keeper::save) else { return };
        self.start(move |send| {
            let result = saver.run(&save);
            send(Message::Saved { path: save.path, of, result });
        });
    }

    /// Counts what is in the file of the project of this number, and here.
    pub fn compare(&self, project: Project, path: PathBuf, number: u64) {
        self.start(move |send| {
            let there = store::load_project(&path).map(|there| Counts::of(&there)).map_err(|error| error.to_string());
            send(Message::Compared(number, Comparison { path, here: Counts::of(&project), there }));
        });
    }

    /// Reads and compares the work of annotators.
    pub fn settle(&self, job: settling::Job) {
        self.start(move |send| send(Message::Settling(settling::work(job))));
    }

    /// Writes a project for each of these annotators into a folder; never over what is there.
    pub fn make_copies(&self, project: Project, form: CopiesForm, folder: PathBuf) {
        self.start(move |send| {
            let made = settling::make_copies(&project, &form, &folder);
            send(Message::CopiesMade(folder, made));
        });
    }

    /// Writes a list of problems.
    pub fn write_list(&self, path: PathBuf, list: String) {
        self.start(move |send| {
            let result = store::write_atomic(&path, list.as_bytes()).map_err(|error| error.to_string());
            send(Message::ListWritten(path, result));
        });
    }

    /// Looks at what would become of an export.
    pub fn preview_export(&self, project: Project, of: PreviewOf) {
        self.start(move |send| {
            let preview = Preview::of(&project, &of.choice);
            send(Message::ExportPreviewed(of, preview));
        });
    }

    /// Exports to a file or folder.
    pub fn export(&self, project: Project, choice: ExportChoice, path: PathBuf) {
        self.start(move |send| {
            let result = write_export(&project, &choice, &path);
            send(Message::Exported { path, result });
        });
    }

    /// Looks for words, or for the order of what was found.
    pub fn search(&self, job: search::Job) {
        self.start(move |send| search::work(job, &|token, answer| send(Message::Search(token, answer))));
    }

    /// Gathers, filters and sorts the rows of the register.
    pub fn gather_register(&self, job: register::Job) {
        self.start(move |send| send(Message::Register(Box::new(register::work(job)))));
    }

    /// Gathers a view of the whole collection.
    pub fn overlook(&self, job: overview::Job) {
        self.start(move |send| send(Message::Overlooked(Box::new(overview::work(job)))));
    }

    /// Writes a view.
    pub fn write_view(&self, path: PathBuf, file: ViewFile) {
        self.start(move |send| {
            let written =
                file.bytes().and_then(|bytes| store::write_atomic(&path, &bytes).map_err(|error| error.to_string()));
            send(Message::ListWritten(path, written));
        });
    }

    /// Writes a report on how far annotators agree.
    pub fn write_report(&self, path: PathBuf, found: Arc<settling::Found>, blind: bool) {
        self.start(move |send| {
            let report = found.report(&path, blind);
            let written = store::write_atomic(&path, report.as_bytes()).map_err(|error| error.to_string());
            send(Message::ListWritten(path, written));
        });
    }

    /// Looks for what may be one across articles.
    pub fn propose(&self, job: proposed::Job) {
        self.start(move |send| send(Message::Proposed(Box::new(proposed::work(job)))));
    }

    /// Notes which article is looked at: it is read before all others that wait.
    pub fn look_at(&self, article: Option<ArticleId>) {
        self.looked_at.store(article.map_or(NOWHERE, |article| article.0.into()), Ordering::Relaxed);
    }

    /// Runs the engine over articles, a few at a time: the one that is looked at by itself and first, the others in their
    /// order.
    pub fn suggest(&self, jobs: Vec<Job>, options: Options) {
        let (run, current) = (Arc::clone(&self.run), self.current_run());
        let looked_at = Arc::clone(&self.looked_at);
        self.start(move |send| {
            let engine = Engine::new(options);
            let mut waiting: VecDeque<Job> = jobs.into();
            while !waiting.is_empty() && run.load(Ordering::Relaxed) == current {
                let shown = looked_at.load(Ordering::Relaxed);
                let first = waiting.iter().position(|job| u64::from(job.article.0) == shown);
                let jobs: Vec<Job> = match first.and_then(|first| waiting.remove(first)) {
                    Some(job) => vec![job],
                    None => waiting.drain(..waiting.len().min(Engine::batch())).collect(),
                };
                let texts: Vec<_> = jobs.iter().map(|job| (job.text.as_str(), job.date)).collect();
                for (job, suggestions) in jobs.iter().zip(engine.suggest_all(&texts)) {
                    let suggestions = Box::new(suggestions);
                    send(Message::Suggested { article: job.article, run: current, suggestions });
                }
            }
        });
    }

    /// Makes edits of what was found in articles, for a snapshot of the project of this number and revision.
    pub fn make_edits(&self, snapshot: Project, of: (u64, u64), found: Vec<(ArticleId, Suggestions)>, stamp: Stamp) {
        let run = self.current_run();
        self.start(move |send| {
            let mut project = snapshot;
            project.index(found.iter().map(|(article, _)| *article));
            let edits = suggest::edits(&mut project, &found, &stamp);
            send(Message::EditsMade { run, of, found, edits });
        });
    }

    /// Learns from a snapshot of the project of this number.
    pub fn learn(&self, snapshot: Project, number: u64) {
        self.start(move |send| {
            let mut project = snapshot;
            let memory = ProjectMemory::of(&project);
            let due = if memory.is_empty() {
                Vec::new()
            } else {
                project.index([]);
                let ids = project.article_ids().par_iter().copied();
                ids.filter(|id| !memory.is_applied(&project, *id)).collect()
            };
            send(Message::Learned(number, Box::new(memory), due));
        });
    }

    /// Reads what the project at a path has learned, for the project of this number.
    pub fn read_memory(&self, path: PathBuf, number: u64) {
        self.start(move |send| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let engine = Engine::new(Options::default());
            let look = |document: &Document<'_>| engine.look(document);
            let taken = |project: Project| ProjectMemory::of(&project).to_take(&project, name, look);
            let taken = store::load_project(&path).map(taken).map_err(|error| error.to_string());
            send(Message::MemoryRead(number, taken));
        });
    }

    /// Reads a crosswalk of the events of a snapshot of the project of this number.
    pub fn read_crosswalk(&self, path: PathBuf, mut project: Project, number: u64) {
        self.start(move |send| {
            project.index(project.article_ids().to_vec());
            let read = store::read_annotations(&[path]).map_err(|error| error.to_string());
            let found = read.and_then(|files| match files.first() {
                Some(file) => import::crosswalk(&project, file).map_err(|error| error.to_string()),
                None => Ok(Crosswalk::default()),
            });
            send(Message::CrosswalkRead(number, found));
        });
    }

    /// Learns kinds from examples; what is asked for last counts.
    pub fn learn_kinds(&self, job: KindsJob) {
        let tell = || KindsThread::start(telling(self.sender.clone(), self.ctx.clone(), Message::Kinds));
        self.kinds.get_or_init(tell).learn(job);
    }

    /// Reads what words of an article tell of that a person has made an event, of the project of this number.
    pub fn read_event(&self, number: u64, event: EventId, job: Job, range: TextRange) {
        self.start(move |send| {
            let found = Engine::new(Options::default()).event_at(job.text.as_str(), job.date, range).map(Box::new);
            send(Message::EventRead { number, event, found });
        });
    }

    /// Reads the engine's model and tables before they are asked for.
    pub fn warm_up(&self) {
        self.start(|send| {
            let engine = Engine::new(Options::default());
            // A first document, so that each source reads its own.
            engine.suggest(&Document::new("", None));
            if let Some(problem) = engine.problem() {
                send(Message::Limited(problem.to_string()));
            }
        });
    }

    /// Cancels what the engine has not begun, a few articles aside.
    pub fn cancel_suggest(&self) {
        self.run.fetch_add(1, Ordering::Relaxed);
    }
}

/// Sends messages to the window and wakes it.
fn telling<T: 'static>(
    sender: Sender<Message>,
    ctx: Context,
    message: impl Fn(T) -> Message + Send + 'static,
) -> impl Fn(T) + Send + 'static {
    move |told| {
        // Nobody listens once the window is closing.
        sender.send(message(told)).ok();
        ctx.request_repaint();
    }
}

fn write_export(project: &Project, choice: &ExportChoice, path: &Path) -> Result<Vec<LeftOut>, String> {
    let export = choice.make(project)?;
    let folder = export::format(choice.format).is_some_and(|format| export::is_folder(format, choice.each));
    for file in &export.files {
        let path = if folder { path.join(&file.name) } else { path.to_owned() };
        store::write_atomic(&path, &file.bytes).map_err(|error| error.to_string())?;
    }
    Ok(export.left_out)
}
