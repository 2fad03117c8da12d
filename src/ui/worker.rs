//! Work off the UI thread: reading, suggesting, saving, file dialogs. Each answers with a message.

use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use eframe::egui::Context;
use jiff::civil::Date;

use super::dialogs::ExportChoice;
use super::search::{self, Answer, Token};
use crate::export::{self, LeftOut};
use crate::import::{self, Imported};
use crate::ingest::{self, Columns, Item, Table};
use crate::project::{ArticleId, Project, Stamp};
use crate::store::{self, Reader};
use crate::suggest::{Document, Engine, Options, Suggestions};
use crate::text::{Article, Text};

/// What a file dialog was opened for.
#[derive(Clone, Debug, PartialEq)]
pub enum Purpose {
    /// Articles to add.
    Articles,
    /// A folder whose articles are to be added.
    Folder,
    /// Annotation sets to take in.
    Annotations,
    /// A project to open.
    Project,
    /// A place for the project.
    SaveAs,
    /// A place for a list of what could not be read.
    Problems(String),
    /// A place for an export.
    Export(ExportChoice),
}

/// What the background has to say.
pub enum Message {
    /// A file dialog closed; with the number of the project that it was opened for, and empty where it was cancelled.
    Picked(Purpose, u64, Vec<PathBuf>),
    /// The files of a folder, to be read for the project of this number.
    Listed(u64, Result<Vec<PathBuf>, String>),
    /// A file was read for the project of this number.
    Read(u64, FileRead),
    /// Annotation sets were read for the project of this number.
    Imported(u64, Result<Box<Imported>, String>),
    /// A project was read; `recovered` where it is the copy kept at that path, `path` being where it belongs.
    Loaded {
        /// The number of the project that was open when it was asked for.
        number: u64,
        /// Where it belongs; none while it is unnamed.
        path: Option<PathBuf>,
        /// The copy that it was read from, if not from `path`.
        recovered: Option<PathBuf>,
        /// The project, or why not.
        result: Result<Box<Project>, String>,
    },
    /// Suggestions for an article.
    Suggested {
        /// For which.
        article: ArticleId,
        /// Which run of the queue; older ones were cancelled.
        run: u64,
        /// What the engine proposes.
        suggestions: Box<Suggestions>,
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
        result: Result<(), String>,
    },
    /// A copy of unsaved work was kept there, or why not.
    Autosaved(store::Autosave, Result<(), String>),
    /// A list of problems is on disk, or why not.
    ListWritten(PathBuf, Result<(), String>),
    /// A job ended by a fault of the program.
    Broken,
    /// What a search found.
    Search(Token, Answer),
    /// An export ended.
    Exported {
        /// Where to.
        path: PathBuf,
        /// What was left out, or why there is none.
        result: Result<Vec<LeftOut>, String>,
    },
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
    /// Its columns, where it is a table.
    pub table: Option<Table>,
}

/// An article on its way through the engine.
pub struct Job {
    /// Which.
    pub article: ArticleId,
    /// Its text.
    pub text: Text,
    /// Its date of publication.
    pub date: Option<Date>,
}

/// Starts threads and takes their messages.
pub struct Worker {
    sender: Sender<Message>,
    receiver: Receiver<Message>,
    ctx: Context,
    /// Runs of the engine with a smaller number are cancelled.
    run: Arc<AtomicU64>,
    reader: Reader,
    /// Set where the files that are being read are no longer wanted.
    unread: Arc<AtomicBool>,
}

impl Worker {
    /// Messages wake the window of `ctx`.
    pub fn new(ctx: Context) -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, ctx, run: Arc::default(), reader: Reader::here(), unread: Arc::default() }
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
        let (sender, ctx) = (self.sender.clone(), self.ctx.clone());
        thread::spawn(move || {
            let send = |message| {
                // Nobody listens once the window is closing.
                sender.send(message).ok();
                ctx.request_repaint();
            };
            // A fault in one job must not leave the window waiting for its answer.
            if panic::catch_unwind(AssertUnwindSafe(|| work(&send))).is_err() {
                send(Message::Broken);
            }
        });
    }

    /// Opens a file dialog for the project of this number.
    pub fn pick(&self, purpose: Purpose, number: u64, folder: Option<PathBuf>, name: String) {
        self.start(move |send| {
            let paths = dialog(&purpose, folder, &name);
            send(Message::Picked(purpose, number, paths));
        });
    }

    /// Lists the files among paths, and the articles below those that are folders.
    pub fn list(&self, paths: Vec<PathBuf>, number: u64) {
        self.start(move |send| {
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
    pub fn import(&self, paths: Vec<PathBuf>, stamp: Stamp, number: u64) {
        self.start(move |send| {
            let files = store::read_annotations(&paths).map_err(|error| error.to_string());
            let read = |files| import::read(files, None, &stamp).map_err(|error| error.to_string());
            send(Message::Imported(number, files.and_then(read).map(Box::new)));
        });
    }

    /// Reads a project, to take the place of the one of this number; from `copy` where that is given.
    pub fn load(&self, path: Option<PathBuf>, copy: Option<PathBuf>, number: u64) {
        self.start(move |send| {
            let Some(from) = copy.as_ref().or(path.as_ref()) else { return };
            let result = store::load_project(from).map(Box::new).map_err(|error| error.to_string());
            send(Message::Loaded { number, path, recovered: copy, result });
        });
    }

    /// Writes a project.
    pub fn save(&self, project: Project, path: PathBuf, of: (u64, u64)) {
        self.start(move |send| {
            let result = store::save_project(&path, &project).map_err(|error| error.to_string());
            send(Message::Saved { path, of, result });
        });
    }

    /// Keeps a copy of a project that is unnamed or has unsaved changes.
    pub fn autosave(&self, autosave: store::Autosave, project: Project) {
        self.start(move |send| {
            let result = autosave.keep(&project).map_err(|error| error.to_string());
            send(Message::Autosaved(autosave, result));
        });
    }

    /// Writes a list of problems.
    pub fn write_list(&self, path: PathBuf, list: String) {
        self.start(move |send| {
            let result = store::write_atomic(&path, list.as_bytes()).map_err(|error| error.to_string());
            send(Message::ListWritten(path, result));
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

    /// Runs the engine over articles, a few at a time and the answers in their order.
    pub fn suggest(&self, jobs: Vec<Job>, options: Options) {
        let (run, current) = (Arc::clone(&self.run), self.current_run());
        self.start(move |send| {
            let engine = Engine::new(options);
            // The first by itself: it is the one that is looked at.
            let (first, rest) = jobs.split_at(jobs.len().min(1));
            for jobs in std::iter::once(first).chain(rest.chunks(Engine::batch())) {
                if run.load(Ordering::Relaxed) != current {
                    return;
                }
                let texts: Vec<_> = jobs.iter().map(|job| (job.text.as_str(), job.date)).collect();
                for (job, suggestions) in jobs.iter().zip(engine.suggest_all(&texts)) {
                    let suggestions = Box::new(suggestions);
                    send(Message::Suggested { article: job.article, run: current, suggestions });
                }
            }
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

fn dialog(purpose: &Purpose, folder: Option<PathBuf>, name: &str) -> Vec<PathBuf> {
    let mut dialog = rfd::FileDialog::new();
    if let Some(folder) = folder {
        dialog = dialog.set_directory(folder);
    }
    let one = |path: Option<PathBuf>| path.into_iter().collect();
    match purpose {
        Purpose::Articles => {
            let known: Vec<&str> = crate::ingest::extensions().collect();
            let dialog =
                dialog.set_title("Open articles").add_filter("Articles", &known).add_filter("All files", &["*"]);
            dialog.pick_files().unwrap_or_default()
        }
        Purpose::Annotations => {
            let dialog = dialog.set_title("Import annotations").add_filter("Annotations", &import::extensions());
            dialog.pick_files().unwrap_or_default()
        }
        Purpose::Folder => one(dialog.set_title("Open folder of articles").pick_folder()),
        Purpose::Project => {
            one(dialog.set_title("Open project").add_filter("Rubricator projects", &["rubric"]).pick_file())
        }
        Purpose::SaveAs => {
            let dialog = dialog.set_title("Save project").add_filter("Rubricator projects", &["rubric"]);
            one(dialog.set_file_name(name).save_file())
        }
        Purpose::Problems(_) => one(dialog.set_title("Save list").set_file_name(name).save_file()),
        Purpose::Export(choice) => {
            let Some(format) = export::format(choice.format) else { return Vec::new() };
            let dialog = dialog.set_title(format!("Export as {}", format.name()));
            if export::is_folder(format, choice.each) {
                one(dialog.pick_folder())
            } else {
                one(dialog.add_filter(format.name(), &[format.extension()]).set_file_name(name).save_file())
            }
        }
    }
}

fn write_export(project: &Project, choice: &ExportChoice, path: &Path) -> Result<Vec<LeftOut>, String> {
    let format = export::format(choice.format).ok_or("this format is not known")?;
    let export = export::export(format, project, &choice.selection, choice.each).map_err(|error| error.to_string())?;
    let folder = export::is_folder(format, choice.each);
    for file in &export.files {
        let path = if folder { path.join(&file.name) } else { path.to_owned() };
        store::write_atomic(&path, &file.bytes).map_err(|error| error.to_string())?;
    }
    Ok(export.left_out)
}
