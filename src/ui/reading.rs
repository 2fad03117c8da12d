//! Articles and annotations read from files into the project.

use std::path::PathBuf;

use super::app::App;
use super::forms::{ImportForm, Incoming, PreviewForm};
use super::opening::EDIT;
use super::state::{AfterAnswer, Dialog};
use super::worker::FileRead;
use super::{edits, intake, saving};
use crate::import::Imported;
use crate::ingest::Columns;
use crate::store;

/// The longest problem that is told in passing, in bytes; a longer one is shown until it is put away.
const LONGEST_TOAST: usize = 300;

impl App {
    /// Has files read as this reader does: in this process or in others.
    pub fn read_with(&mut self, reader: store::Reader) {
        self.worker.read_with(reader);
    }

    /// Opens files as if they had been dropped on the window.
    pub fn open_paths(&mut self, paths: Vec<PathBuf>) {
        // As recent projects they must be found from any folder.
        let paths: Vec<PathBuf> = paths.into_iter().map(|path| std::path::absolute(&path).unwrap_or(path)).collect();
        let is_project = |path: &PathBuf| store::is_project(path);
        if let Some(project) = paths.iter().find(|path| is_project(path)) {
            let project = project.clone();
            saving::leave_project(&mut self.state, AfterAnswer::Open(project, EDIT));
            self.take_leave();
            return;
        }
        self.worker.list(paths, self.state.model.number, false);
    }

    /// Opens files to be split before they are added, be it a single article.
    pub fn split_paths(&mut self, paths: Vec<PathBuf>) {
        self.incoming.splits = true;
        self.open_paths(paths);
    }

    /// Lets a text be split that was pasted.
    pub(super) fn split_pasted(&mut self, text: String) {
        match crate::ingest::pasted(&text) {
            Ok(article) => {
                let incoming = Incoming { articles: vec![article], splits: true, ..Incoming::default() };
                let form = PreviewForm::new(self.state.model.project(), incoming);
                self.state.dialog = Some(Dialog::Preview(Box::new(form)));
            }
            Err(error) => {
                self.state.kept.draft = text;
                self.state.toasts.problem(error.to_string());
            }
        }
    }

    /// Reads annotation sets from files and folders, and shows what they would bring.
    pub fn import_paths(&mut self, paths: Vec<PathBuf>) {
        self.import(paths, Vec::new());
    }

    /// The same where what was `opened` turned out to be annotations.
    pub(super) fn import(&mut self, paths: Vec<PathBuf>, opened: Vec<PathBuf>) {
        self.state.model.jobs.importing = true;
        self.worker.import(paths, opened, edits::stamp(&self.state), self.state.model.number);
    }

    /// Shows what annotation sets would bring; what was only opened and holds no tags is articles.
    pub(super) fn annotations_read(&mut self, opened: Vec<PathBuf>, result: Result<Box<Imported>, String>) {
        self.state.model.jobs.importing = false;
        match result {
            Err(_) if !opened.is_empty() => self.worker.list(opened, self.state.model.number, true),
            Err(problem) => self.state.toasts.problem(problem),
            Ok(imported) => {
                let form = ImportForm::new(self.state.model.project(), imported, opened);
                if form.set.tags == 0 && !form.opened.is_empty() {
                    self.worker.list(form.opened, self.state.model.number, true);
                } else {
                    self.state.dialog = Some(Dialog::Import(Box::new(form)));
                }
            }
        }
    }

    pub(super) fn read_files(&mut self, files: Vec<PathBuf>) {
        if !files.is_empty() {
            self.state.model.jobs.reading += files.len();
            self.state.model.jobs.reading_of += files.len();
            self.worker.read(files, Columns::default(), self.state.model.number);
        }
    }

    pub(super) fn file_read(&mut self, found: FileRead) {
        if self.state.model.jobs.reading == 0 {
            // It was on its way as reading was cancelled.
            return;
        }
        // Columns are chosen for one table at a time.
        let alone = self.state.model.jobs.reading_of == 1;
        self.incoming.table = found.table.filter(|_| alone).map(|table| (found.path, table));
        self.incoming.articles.extend(found.articles);
        self.incoming.problems.extend(found.problems);
        self.incoming.left_out.extend(found.left_out);
        self.state.model.jobs.reading = self.state.model.jobs.reading.saturating_sub(1);
        if self.state.model.jobs.reading > 0 {
            return;
        }
        self.finish_reading();
    }

    /// Takes in what was read, and tells of what could not be.
    pub(super) fn finish_reading(&mut self) {
        self.state.model.jobs.reading_of = 0;
        let incoming = std::mem::take(&mut self.incoming);
        self.state.left_out.clone_from(&incoming.left_out);
        if incoming.asks() {
            let form = PreviewForm::new(self.state.model.project(), incoming);
            self.state.dialog = Some(Dialog::Preview(Box::new(form)));
            return;
        }
        intake::add_articles(&mut self.state, &self.worker, incoming.articles);
        intake::tell_left_out(&mut self.state);
        match incoming.problems.as_slice() {
            [] => {}
            [one] if one.len() <= LONGEST_TOAST => self.state.toasts.problem(one),
            _ => self.state.dialog = Some(Dialog::Problems(incoming.problems)),
        }
    }

    /// Reads a table by other columns; what was read of it before is forgotten.
    pub(super) fn read_again(&mut self, path: PathBuf, columns: Columns) {
        self.state.dialog = None;
        self.state.model.jobs.reading += 1;
        self.state.model.jobs.reading_of += 1;
        self.worker.read(vec![path], columns, self.state.model.number);
    }

    /// Reads no more files; what was read is offered all the same.
    pub(super) fn cancel_read(&mut self) {
        self.worker.cancel_read();
        let left = std::mem::take(&mut self.state.model.jobs.reading);
        if left > 0 {
            let problem = match left {
                1 => "1 file was not read, as reading was cancelled".to_owned(),
                count => format!("{count} files were not read, as reading was cancelled"),
            };
            self.incoming.problems.push(problem);
            self.finish_reading();
        }
    }
}
