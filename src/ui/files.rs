//! Files in and out of the window: what the background has to say, and what follows from it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use eframe::egui::ViewportCommand;

use super::app::App;
use super::dialogs::{Incoming, PreviewForm};
use super::dispatch;
use super::search;
use super::state::{AfterAnswer, Dialog, Jobs};
use super::worker::{FileRead, Message, Purpose};
use crate::export::{self, LeftOut};
use crate::ingest::Columns;
use crate::project::{ArticleId, Project, Session, Stamp};
use crate::store::{self, Autosave};
use crate::suggest::{self, Suggestions};

/// How long after a change a copy is kept.
const AUTOSAVE_AFTER: Duration = Duration::from_secs(1);
/// How long after a copy failed it is tried again.
const RETRY_AFTER: Duration = Duration::from_secs(30);
/// The most messages worked off in one frame: each may bring an article's suggestions.
const MESSAGES: usize = 40;

impl App {
    /// Has files read as this reader does: in this process or in others.
    pub fn read_with(&mut self, reader: store::Reader) {
        self.worker.read_with(reader);
    }

    /// Opens files as if they had been dropped on the window.
    pub fn open_paths(&mut self, paths: Vec<PathBuf>) {
        // As recent projects they must be found from any folder.
        let paths: Vec<PathBuf> = paths.into_iter().map(|path| std::path::absolute(&path).unwrap_or(path)).collect();
        let is_project = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "rubric");
        if let Some(project) = paths.iter().find(|path| is_project(path)) {
            let project = project.clone();
            dispatch::leave_project(&mut self.state, AfterAnswer::Open(project));
            self.take_leave();
            return;
        }
        self.worker.list(paths, self.state.number);
    }

    /// Takes annotation sets in from files and folders.
    pub fn import_paths(&mut self, paths: Vec<PathBuf>) {
        self.state.jobs.importing = true;
        self.worker.import(paths, dispatch::stamp(&self.state), self.state.number);
    }

    fn read_files(&mut self, files: Vec<PathBuf>) {
        if !files.is_empty() {
            self.state.jobs.reading += files.len();
            self.state.jobs.reading_of += files.len();
            self.worker.read(files, Columns::default(), self.state.number);
        }
    }

    pub(super) fn messages(&mut self) {
        let messages = self.worker.messages(MESSAGES);
        if messages.len() == MESSAGES {
            self.ctx.request_repaint();
        }
        for message in messages {
            match message {
                Message::Picked(purpose, number, paths) => self.picked(purpose, number, paths),
                // Files that were asked for while another project was open.
                Message::Listed(number, _) | Message::Read(number, _) | Message::Imported(number, _)
                    if number != self.state.number => {}
                Message::Imported(_, result) => {
                    self.state.jobs.importing = false;
                    match result {
                        Ok(imported) => dispatch::join(&mut self.state, &imported),
                        Err(problem) => self.state.toasts.problem(problem),
                    }
                }
                Message::Listed(_, Ok(files)) if files.is_empty() => {
                    self.state.toasts.problem("There are no articles in this folder that can be read");
                }
                Message::Listed(_, Ok(files)) => self.read_files(files),
                Message::Listed(_, Err(problem)) => self.state.toasts.problem(problem),
                Message::Read(_, found) => self.file_read(found),
                Message::Loaded { number, .. } if number != self.state.number => {}
                Message::Loaded { path, recovered, result, .. } => self.read_project(path, recovered, result),
                Message::Suggested { article, run, suggestions } => self.suggested(article, run, &suggestions),
                Message::Limited(problem) => {
                    let told = format!(
                        "Suggestions come from rules and knowledge alone, as {problem}. Install the program anew"
                    );
                    self.state.toasts.problem(told);
                }
                Message::Saved { path, of, result } => self.saved(path, of, result),
                Message::Broken => {
                    self.state.jobs = Jobs { picking: self.state.jobs.picking, ..Jobs::default() };
                    (self.keeping, self.after_save, self.state.save_again) = (false, None, None);
                    self.finish_reading();
                    let sorry = "Something failed in the background by a fault of the program. Your work is untouched; \
                                 save it, and please report what you did";
                    self.state.toasts.problem(sorry);
                }
                Message::Autosaved(copy, result) => self.copy_kept(&copy, result),
                Message::Search(token, answer) => search::answered(&mut self.state, &token, answer),
                Message::ListWritten(path, Ok(())) => {
                    self.state.toasts.done(format!("Saved the list as {}", path.display()));
                }
                Message::ListWritten(_, Err(problem)) => self.state.toasts.problem(problem),
                Message::Exported { path, result } => self.exported(&path, result),
            }
        }
    }

    fn picked(&mut self, purpose: Purpose, number: u64, mut paths: Vec<PathBuf>) {
        self.state.jobs.picking = false;
        let Some(first) = paths.first().cloned() else {
            // Nothing was chosen: what was to follow does not, and what was given up is wanted after all.
            if purpose == Purpose::SaveAs {
                self.after_save = None;
            }
            self.given_up = None;
            return;
        };
        let into = matches!(purpose, Purpose::SaveAs | Purpose::Export(..));
        if into && number != self.state.number {
            self.state.toasts.problem("Another project has been opened since that dialog: nothing was written");
            self.after_save = None;
            return;
        }
        match purpose {
            Purpose::Articles => self.open_paths(std::mem::take(&mut paths)),
            Purpose::Annotations => self.import_paths(std::mem::take(&mut paths)),
            Purpose::Folder => self.worker.list(vec![first], self.state.number),
            Purpose::Project if self.would_lose() => {
                self.state.dialog = Some(Dialog::Unsaved(AfterAnswer::Open(first)));
            }
            Purpose::Project => self.worker.load(Some(first), None, self.state.number),
            Purpose::SaveAs => self.save_as(first),
            Purpose::Problems(list) => self.worker.write_list(first, list),
            Purpose::Export(choice) => {
                self.state.jobs.exporting = true;
                let path = match export::format(choice.format) {
                    Some(format) if !export::is_folder(format, choice.each) && first.extension().is_none() => {
                        first.with_extension(format.extension())
                    }
                    _ => first,
                };
                self.worker.export(self.state.project().clone(), choice, path);
            }
        }
    }

    fn save_as(&mut self, mut path: PathBuf) {
        if path.extension().is_none_or(|extension| extension != "rubric") {
            let mut name = path.file_name().unwrap_or_default().to_os_string();
            name.push(".rubric");
            path.set_file_name(name);
            if store::exists(&path) {
                // The dialog asked about another name than this.
                let name = path.display();
                self.state.toasts.problem(format!("{name} exists already. Choose it in the dialog to replace it"));
                self.after_save = None;
                return;
            }
        }
        dispatch::save_to(&mut self.state, &self.worker, path);
    }

    fn file_read(&mut self, found: FileRead) {
        if self.state.jobs.reading == 0 {
            // It was on its way as reading was cancelled.
            return;
        }
        // Columns are chosen for one table at a time.
        let alone = self.state.jobs.reading_of == 1;
        self.incoming.table = found.table.filter(|_| alone).map(|table| (found.path, table));
        self.incoming.articles.extend(found.articles);
        self.incoming.problems.extend(found.problems);
        self.state.jobs.reading = self.state.jobs.reading.saturating_sub(1);
        if self.state.jobs.reading > 0 {
            return;
        }
        self.finish_reading();
    }

    /// Takes in what was read, and tells of what could not be.
    fn finish_reading(&mut self) {
        self.state.jobs.reading_of = 0;
        let incoming = std::mem::take(&mut self.incoming);
        if incoming.asks() {
            let form = PreviewForm::new(self.state.project(), incoming);
            self.state.dialog = Some(Dialog::Preview(Box::new(form)));
            return;
        }
        dispatch::add_articles(&mut self.state, &self.worker, incoming.articles);
        match incoming.problems.as_slice() {
            [] => {}
            [one] => self.state.toasts.problem(one),
            _ => self.state.dialog = Some(Dialog::Problems(incoming.problems)),
        }
    }

    /// Reads a table by other columns; what was read of it before is forgotten.
    pub(super) fn read_again(&mut self, path: PathBuf, columns: Columns) {
        self.state.dialog = None;
        self.state.jobs.reading += 1;
        self.state.jobs.reading_of += 1;
        self.worker.read(vec![path], columns, self.state.number);
    }

    /// Reads no more files; what was read is offered all the same.
    pub(super) fn cancel_read(&mut self) {
        self.worker.cancel_read();
        let left = std::mem::take(&mut self.state.jobs.reading);
        if left > 0 {
            let problem = match left {
                1 => "1 file was not read, as reading was cancelled".to_owned(),
                count => format!("{count} files were not read, as reading was cancelled"),
            };
            self.incoming.problems.push(problem);
            self.finish_reading();
        }
    }

    /// A project was read; it is opened unless something was done meanwhile that would be lost.
    fn read_project(
        &mut self,
        path: Option<PathBuf>,
        recovered: Option<PathBuf>,
        result: Result<Box<Project>, String>,
    ) {
        match result {
            Ok(project) if !self.would_lose() => self.loaded(path, recovered, *project),
            Ok(_) => {
                self.state.dialog = match (path, recovered) {
                    (Some(path), None) => Some(Dialog::Unsaved(AfterAnswer::Open(path))),
                    _ => None,
                };
            }
            Err(problem) => {
                self.given_up = None;
                self.state.toasts.problem(problem);
                if let Some(path) = path.filter(|path| recovered.is_none() && !store::exists(path)) {
                    self.state.settings.forget(&path);
                    self.state.keep_settings();
                }
            }
        }
    }

    fn loaded(&mut self, path: Option<PathBuf>, recovered: Option<PathBuf>, project: Project) {
        self.new_project();
        self.state.session = Session::new(project);
        self.autosaved = self.state.session.revision();
        self.autosave = path.as_ref().map(|path| Autosave::of(&self.state.folders, path));
        if let Some(copy) = recovered {
            // It is nowhere but in the copy: modified until it is saved.
            self.state.session.mark_modified();
            self.state.recoverable.retain(|found| found.path != copy);
            self.autosave.get_or_insert_with(|| Autosave::of_unnamed(&copy));
            self.state.toasts.done("Recovered what was not saved. Save it to keep it");
        } else if let Some(path) = &path {
            self.state.settings.remember(path);
            self.state.keep_settings();
            self.offer_recovery(path);
        }
        self.state.path = path;
        if let Some(first) = self.state.project().article_ids().first().copied() {
            self.state.show(first);
            self.state.focus_article = true;
        }
    }

    /// Tells of a newer copy of the project that has just been opened. Until that is decided, copies go elsewhere: a
    /// new one would take the place of what may still be wanted.
    fn offer_recovery(&mut self, path: &Path) {
        if let Some(found) = Autosave::of(&self.state.folders, path).found() {
            self.autosave = None;
            self.state.dialog = Some(Dialog::Recovery(found));
        }
    }

    fn suggested(&mut self, article: ArticleId, run: u64, suggestions: &Suggestions) {
        if run != self.worker.current_run() {
            return;
        }
        self.state.jobs.queued = self.state.jobs.queued.saturating_sub(1);
        if self.state.jobs.queued == 0 {
            self.state.jobs.queued_of = 0;
        }
        if self.state.project().article(article).is_none() {
            return;
        }
        let stamp = Stamp { by: "engine".into(), at: jiff::Timestamp::now() };
        let edit = suggest::edit(self.state.project(), article, suggestions, stamp);
        if let Err(error) = self.state.session.apply(edit) {
            self.state.toasts.problem(format!("The suggestions could not be added: {error}"));
        }
    }

    fn saved(&mut self, path: PathBuf, (number, revision): (u64, u64), result: Result<(), String>) {
        let late = number != self.state.number;
        let mut after = None;
        if !late {
            self.state.jobs.saving = false;
            match self.state.save_again.take() {
                Some(path) => dispatch::save_to(&mut self.state, &self.worker, path),
                None => after = self.after_save.take(),
            }
        }
        match result {
            // Another project is open by now, which this file is not of.
            Ok(()) if late => self.state.toasts.done(format!("Saved {}", path.display())),
            Ok(()) => {
                self.state.session.mark_saved(revision);
                if !self.state.session.is_modified() {
                    self.forget_copy();
                    self.autosaved = revision;
                }
                self.autosave = Some(Autosave::of(&self.state.folders, &path));
                self.state.settings.remember(&path);
                self.state.keep_settings();
                self.state.toasts.done(format!("Saved {}", path.display()));
                self.state.path = Some(path);
                if let Some(after) = after {
                    self.go_on(after);
                }
            }
            Err(problem) => self.state.toasts.problem(problem),
        }
    }

    fn exported(&mut self, path: &Path, result: Result<Vec<LeftOut>, String>) {
        self.state.jobs.exporting = false;
        match result {
            Ok(left_out) if left_out.is_empty() => self.state.toasts.done(format!("Exported to {}", path.display())),
            Ok(left_out) => {
                self.state.toasts.done(format!("Exported to {}, {} left out", path.display(), left_out.len()));
            }
            Err(problem) => self.state.toasts.problem(problem),
        }
    }

    /// Does what waited for the answer about unsaved work.
    pub(super) fn go_on(&mut self, after: AfterAnswer) {
        if self.would_lose() {
            // Something was done while the save was on its way.
            self.state.dialog = Some(Dialog::Unsaved(after));
            return;
        }
        match after {
            AfterAnswer::New => self.new_project(),
            AfterAnswer::ChooseProject => {
                dispatch::pick(&mut self.state, &self.worker, Purpose::Project, String::new());
            }
            AfterAnswer::Open(path) => self.worker.load(Some(path), None, self.state.number),
            AfterAnswer::Recover(found) => self.worker.load(found.original, Some(found.path), self.state.number),
            AfterAnswer::Quit => {
                self.let_go();
                self.ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        }
    }

    /// Goes on to another project where nothing stands against it.
    pub(super) fn take_leave(&mut self) {
        if let Some(next) = self.state.next.take() {
            self.go_on(next);
        }
    }

    /// Whether going on to another project would lose something that the person has not given up.
    pub(super) fn would_lose(&self) -> bool {
        let now = (self.state.number, self.state.session.revision());
        self.state.session.is_modified() && self.given_up != Some(now)
    }

    /// Lets the copy of unsaved work go, unless it is all that is left of it.
    fn let_go(&mut self) {
        if !self.would_lose() {
            self.forget_copy();
        }
    }

    fn new_project(&mut self) {
        self.let_go();
        self.given_up = None;
        self.after_save = None;
        self.incoming = Incoming::default();
        self.worker.cancel_read();
        self.worker.cancel_suggest();
        self.state.close_project();
        self.state.recoverable = store::recoverable(&self.state.folders);
        self.autosave = None;
        self.autosaved = 0;
    }

    pub(super) fn forget_copy(&mut self) {
        if let Some(Err(error)) = self.autosave.as_ref().map(Autosave::discard) {
            self.state.toasts.problem(error.to_string());
        }
    }

    /// One copy is written at a time, so that an older one never takes the place of a newer.
    fn copy_kept(&mut self, copy: &Autosave, result: Result<(), String>) {
        self.keeping = false;
        if let Err(problem) = result {
            self.state.toasts.problem(problem);
            // Tried again, but not at once: the disk may be full for a while.
            self.autosaved = u64::MAX;
            self.waiting = Some(Instant::now() + RETRY_AFTER);
        }
        // It was saved, or given up, or got a name, while the copy was on its way.
        if (self.autosave.as_ref() != Some(copy) || !self.would_lose())
            && let Err(error) = copy.discard()
        {
            self.state.toasts.problem(error.to_string());
        }
    }

    /// Keeps a copy of what is not saved, shortly after it changed.
    pub(super) fn keep_copy(&mut self) {
        let revision = self.state.session.revision();
        if !self.state.session.is_modified() {
            self.waiting = None;
            // Undone back to what is saved: a copy of what was undone is no longer wanted.
            if self.autosaved != revision && !self.keeping {
                self.autosaved = revision;
                self.forget_copy();
            }
            return;
        }
        if revision == self.autosaved {
            self.waiting = None;
            return;
        }
        let since = *self.waiting.get_or_insert_with(Instant::now);
        let waited = since.elapsed();
        if self.keeping {
            return;
        }
        if waited >= AUTOSAVE_AFTER {
            self.keeping = true;
            self.waiting = None;
            self.autosaved = revision;
            let folders = &self.state.folders;
            let autosave = self.autosave.get_or_insert_with(|| Autosave::unnamed(folders)).clone();
            self.worker.autosave(autosave, self.state.project().snapshot());
        } else {
            self.ctx.request_repaint_after(AUTOSAVE_AFTER - waited);
        }
    }

    pub(super) fn answer(&mut self, save: bool) {
        let Some(Dialog::Unsaved(after)) = self.state.dialog.take() else { return };
        if save {
            self.after_save = dispatch::save(&mut self.state, &self.worker).then_some(after);
        } else {
            self.given_up = Some((self.state.number, self.state.session.revision()));
            self.go_on(after);
        }
    }
}
