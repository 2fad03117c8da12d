//! Files in and out of the window: what the background has to say, and what follows from it.

use std::path::{Path, PathBuf};

use eframe::egui::ViewportCommand;

use super::app::App;
use super::errands::Report;
use super::forms::{Incoming, PreviewForm, TagsetForm};
use super::model::{Damaged, Jobs};
use super::state::{AfterAnswer, Dialog};
use super::worker::{FileRead, Message, Purpose, Way};
use crate::export::{self, LeftOut};
use crate::ingest::Columns;
use crate::project::{ArticleId, Session, Tagset, ops};
use crate::store::{self, Access, Keeper, Opened, Saved, StoreError};
use crate::suggest::Suggestions;
use crate::ui::{edits, intake, lookups, matches, picking, saving, suggesting};

/// The most messages worked off in one frame: each may bring an article's suggestions.
const MESSAGES: usize = 40;

/// How projects are opened if nothing else is said.
const EDIT: Way = Way::Open(Access::Edit);

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
        self.worker.list(paths, self.state.model.number);
    }

    /// Takes annotation sets in from files and folders.
    pub fn import_paths(&mut self, paths: Vec<PathBuf>) {
        self.state.model.jobs.importing = true;
        self.worker.import(paths, edits::stamp(&self.state), self.state.model.number);
    }

    fn read_files(&mut self, files: Vec<PathBuf>) {
        if !files.is_empty() {
            self.state.model.jobs.reading += files.len();
            self.state.model.jobs.reading_of += files.len();
            self.worker.read(files, Columns::default(), self.state.model.number);
        }
    }

    pub(super) fn messages(&mut self) {
        let messages = self.worker.messages(MESSAGES);
        if messages.len() == MESSAGES {
            self.ctx.request_repaint();
        }
        let mut found = Vec::new();
        for message in messages {
            match message {
                Message::Picked(purpose, number, paths) => self.picked(purpose, number, paths),
                // Files that were asked for while another project was open.
                Message::Listed(number, _) | Message::Read(number, _) | Message::Imported(number, _)
                    if number != self.state.model.number => {}
                Message::Imported(_, result) => {
                    self.state.model.jobs.importing = false;
                    match result {
                        Ok(imported) => intake::join(&mut self.state, &imported),
                        Err(problem) => self.state.toasts.problem(problem),
                    }
                }
                Message::Listed(_, Ok(files)) if files.is_empty() => {
                    self.state.toasts.problem("There are no articles in this folder that can be read");
                }
                Message::Listed(_, Ok(files)) => self.read_files(files),
                Message::Listed(_, Err(problem)) => self.state.toasts.problem(problem),
                Message::Read(_, found) => self.file_read(found),
                Message::Loaded { number, .. } if number != self.state.model.number => {}
                Message::TagsetRead { number, new, result } => self.tagset_read(number, new, result),
                Message::TagsetWritten(path, Ok(())) => {
                    self.state.toasts.done(format!("Saved the tagset as {}", path.display()));
                }
                Message::TagsetWritten(_, Err(problem)) => self.state.toasts.problem(problem),
                Message::Loaded { path, way, result, .. } => self.read_project(path, way, result),
                Message::Compared(number, comparison) => {
                    if number == self.state.model.number {
                        self.state.dialog = Some(Dialog::Changed(comparison));
                    }
                }
                Message::Safety => self.safety(),
                Message::Suggested { run, .. } | Message::EditsMade { run, .. } if run != self.worker.current_run() => {
                }
                Message::Suggested { article, suggestions, .. } => found.push((article, *suggestions)),
                Message::EditsMade { of, found, edits, .. } => {
                    suggesting::edits_made(&mut self.state, &self.worker, of, found, edits);
                }
                Message::Limited(problem) => {
                    let told = format!(
                        "Suggestions come from rules and knowledge alone, as {problem}. Install the program anew"
                    );
                    self.state.toasts.problem(told);
                }
                Message::Saved { path, of, result } => self.saved(path, of, result),
                Message::Broken | Message::Errand(Report::Broken) => {
                    suggesting::cancel(&mut self.state, &self.worker);
                    self.state.model.jobs = Jobs { picking: self.state.model.jobs.picking, ..Jobs::default() };
                    (self.after_save, self.state.save_again) = (None, None);
                    self.state.kept.export.give_up();
                    self.finish_reading();
                    let sorry = "Something failed in the background by a fault of the program. Your work is untouched; \
                                 save it, and please report what you did";
                    self.state.toasts.problem(sorry);
                }
                Message::Search(token, answer) => matches::answered(&mut self.state, &token, answer),
                Message::ListWritten(path, Ok(())) => {
                    self.state.toasts.done(format!("Saved the list as {}", path.display()));
                }
                Message::ListWritten(_, Err(problem)) => self.state.toasts.problem(problem),
                Message::ExportPreviewed(of, preview) => {
                    if of.project.0 == self.state.model.number {
                        self.state.kept.export.looked(of, preview);
                    }
                }
                Message::Exported { path, result } => self.exported(&path, result),
                Message::Errand(Report::NotKept(problem)) => self.state.toasts.problem(problem),
                Message::Errand(Report::Recoverable(found)) => self.state.model.recoverable = found,
            }
        }
        if !found.is_empty() {
            self.found(found);
        }
    }

    /// Takes in what the engine found in articles.
    pub fn found(&mut self, found: Vec<(ArticleId, Suggestions)>) {
        suggesting::found(&mut self.state, &self.worker, found);
    }

    fn picked(&mut self, purpose: Purpose, number: u64, mut paths: Vec<PathBuf>) {
        self.state.model.jobs.picking = false;
        let Some(first) = paths.first().cloned() else {
            // Nothing was chosen: what was to follow does not, and what was given up is wanted after all.
            if purpose == Purpose::SaveAs {
                self.after_save = None;
            }
            self.given_up = None;
            return;
        };
        let into = matches!(purpose, Purpose::SaveAs | Purpose::Export(..));
        if into && number != self.state.model.number {
            self.state.toasts.problem("Another project has been opened since that dialog: nothing was written");
            self.after_save = None;
            return;
        }
        match purpose {
            Purpose::Articles => self.open_paths(std::mem::take(&mut paths)),
            Purpose::Annotations => self.import_paths(std::mem::take(&mut paths)),
            Purpose::Folder => self.worker.list(vec![first], self.state.model.number),
            Purpose::Project if self.would_lose() => {
                self.state.dialog = Some(Dialog::Unsaved(AfterAnswer::Open(first, EDIT)));
            }
            Purpose::Project => self.load(first, EDIT),
            Purpose::SaveAs => self.save_as(first),
            Purpose::ReadTagset { new } => self.worker.read_tagset(first, new, self.state.model.number),
            Purpose::WriteTagset(tagset) => self.worker.write_tagset(tagset, first),
            Purpose::Problems(list) => self.worker.write_list(first, list),
            Purpose::Export(choice) => {
                self.state.model.jobs.exporting = true;
                let path = match export::format(choice.format) {
                    Some(format) if !export::is_folder(format, choice.each) && first.extension().is_none() => {
                        first.with_extension(format.extension())
                    }
                    _ => first,
                };
                self.worker.export(self.state.model.project().snapshot(), choice, path);
            }
        }
    }

    /// A tagset was read: a new project begins with it, or the window that changes tagsets takes it in.
    fn tagset_read(&mut self, number: u64, new: bool, result: Result<Tagset, String>) {
        match result {
            Ok(tagset) if new => {
                saving::leave_project(&mut self.state, AfterAnswer::NewWith(tagset));
                self.take_leave();
            }
            Ok(_) if number != self.state.model.number => {}
            Ok(tagset) => {
                let form = match self.state.dialog.take() {
                    Some(Dialog::Tagset(form)) => *form,
                    _ => TagsetForm::new(self.state.model.project()),
                };
                self.state.dialog = Some(Dialog::Tagset(Box::new(form.taken_in(&tagset))));
            }
            Err(problem) => self.state.toasts.problem(problem),
        }
    }

    fn save_as(&mut self, mut path: PathBuf) {
        if !store::is_project(&path) {
            let mut name = path.file_name().unwrap_or_default().to_os_string();
            name.push(".");
            name.push(store::EXTENSION);
            path.set_file_name(name);
            if store::exists(&path) {
                // The dialog asked about another name than this.
                let name = path.display();
                self.state.toasts.problem(format!("{name} exists already. Choose it in the dialog to replace it"));
                self.after_save = None;
                return;
            }
        }
        if self.worker.keeper.is_none() {
            // Open to be read until now: from here on it is a project of its own.
            self.begin_unnamed();
        }
        saving::save_to(&mut self.state, &self.worker, path, false);
    }

    fn file_read(&mut self, found: FileRead) {
        if self.state.model.jobs.reading == 0 {
            // It was on its way as reading was cancelled.
            return;
        }
        // Columns are chosen for one table at a time.
        let alone = self.state.model.jobs.reading_of == 1;
        self.incoming.table = found.table.filter(|_| alone).map(|table| (found.path, table));
        self.incoming.articles.extend(found.articles);
        self.incoming.problems.extend(found.problems);
        self.state.model.jobs.reading = self.state.model.jobs.reading.saturating_sub(1);
        if self.state.model.jobs.reading > 0 {
            return;
        }
        self.finish_reading();
    }

    /// Takes in what was read, and tells of what could not be.
    fn finish_reading(&mut self) {
        self.state.model.jobs.reading_of = 0;
        let incoming = std::mem::take(&mut self.incoming);
        if incoming.asks() {
            let form = PreviewForm::new(self.state.model.project(), incoming);
            self.state.dialog = Some(Dialog::Preview(Box::new(form)));
            return;
        }
        intake::add_articles(&mut self.state, &self.worker, incoming.articles);
        match incoming.problems.as_slice() {
            [] => {}
            [one] => self.state.toasts.problem(one),
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

    /// Reads a project in the background.
    fn load(&mut self, path: PathBuf, way: Way) {
        if way == EDIT && self.state.model.path.as_ref() == Some(&path) && !self.state.model.read_only {
            self.state.toasts.done(format!("{} is open already", path.display()));
            return;
        }
        let (folders, name) = (self.state.model.folders.clone(), self.state.model.settings.annotator.clone());
        self.worker.load(path, way, folders, name, self.state.model.number);
    }

    /// A project was read; it is opened unless something was done meanwhile that would be lost.
    fn read_project(&mut self, path: PathBuf, way: Way, result: Result<Box<Opened>, StoreError>) {
        match result {
            Ok(opened) if !self.would_lose() => self.loaded(path, way, *opened),
            Ok(_) => self.state.dialog = Some(Dialog::Unsaved(AfterAnswer::Open(path, way))),
            Err(StoreError::InUse { owner, .. }) => self.state.dialog = Some(Dialog::InUse(path, owner)),
            Err(problem) => {
                self.given_up = None;
                self.state.toasts.problem(problem.to_string());
                if way != Way::Unnamed && !store::exists(&path) {
                    self.state.model.settings.forget(&path);
                    self.worker.keep_settings(&self.state.model.settings, &self.state.model.folders);
                }
            }
        }
    }

    fn loaded(&mut self, path: PathBuf, way: Way, opened: Opened) {
        let named = matches!(way, Way::Open(_));
        self.close_project();
        self.state.model.session = opened.session;
        self.state.model.read_only = opened.keeper.is_none();
        self.worker.keeper = opened.keeper;
        self.state.model.recoverable.retain(|found| found.path != path);
        for notice in opened.notices {
            self.state.toasts.problem(notice);
        }
        if self.state.model.read_only {
            self.state.toasts.done("Open to be read: nothing can be changed");
        } else if opened.recovered > 0 {
            let changes = super::text::count(opened.recovered, "change that was", "changes that were");
            let them = if opened.recovered == 1 { "it" } else { "them" };
            self.state
                .toasts
                .done(format!("Recovered {changes} not saved. Save the project to keep {them} in its file"));
        }
        if named {
            self.state.model.settings.remember(&path);
            self.worker.keep_settings(&self.state.model.settings, &self.state.model.folders);
        }
        if !opened.damage.is_empty() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            self.state.model.damaged = Some(Damaged { name, list: opened.damage });
            self.state.dialog = Some(Dialog::Damage);
        }
        self.state.model.path = named.then_some(path);
        if let Some(first) = self.state.model.project().article_ids().first().copied() {
            self.state.show(first);
            self.state.model.focus_article = true;
        }
    }

    /// Says so where unsaved work is not safe, or is again, or is somebody else's now.
    fn safety(&mut self) {
        let Some(now) = self.worker.keeper.as_ref().map(Keeper::status) else { return };
        let before = std::mem::replace(&mut self.state.model.safety, now.clone());
        if let (Some(owner), None) = (&now.taken, &before.taken) {
            self.state.model.read_only = true;
            let taken = format!("This project has been taken over by a window {owner}. Save yours under another name");
            self.state.toasts.problem(taken);
        }
        match (&now.problem, &before.problem) {
            (Some(problem), _) if now.taken.is_none() && now.problem != before.problem => {
                self.state.toasts.problem(format!("Changes are not safe yet: {problem}. It is tried again"));
            }
            (None, Some(_)) => self.state.toasts.done("All changes are safe again"),
            _ => {}
        }
    }

    /// Reads the project anew from its file.
    pub(super) fn reload(&mut self) {
        let Some(path) = self.state.model.path.clone() else { return };
        // The journal belongs to the version before, and is set aside when the file is opened.
        self.worker.close(std::mem::take(&mut self.state.model.session), false);
        self.new_project();
        self.load(path, EDIT);
    }

    fn saved(&mut self, path: PathBuf, (number, revision): (u64, u64), result: Result<Saved, StoreError>) {
        let late = number != self.state.model.number;
        let mut after = None;
        if !late {
            self.state.model.jobs.saving = false;
            match self.state.save_again.take() {
                Some(path) => saving::save_to(&mut self.state, &self.worker, path, false),
                None => after = self.after_save.take(),
            }
        }
        match result {
            // Another project is open by now, which this file is not of.
            Ok(_) if late => self.state.toasts.done(format!("Saved {}", path.display())),
            Ok(Saved { notice }) => {
                self.state.model.session.mark_saved(revision);
                self.state.model.damaged = None;
                self.state.model.read_only = false;
                self.state.model.settings.remember(&path);
                self.worker.keep_settings(&self.state.model.settings, &self.state.model.folders);
                self.state.toasts.done(format!("Saved {}", path.display()));
                notice.into_iter().for_each(|notice| self.state.toasts.problem(notice));
                self.state.model.path = Some(path);
                if let Some(after) = after {
                    self.go_on(after);
                }
            }
            Err(StoreError::Changed { path }) if !late => {
                self.worker.compare(self.state.model.project().snapshot(), path, number);
            }
            Err(problem) => self.state.toasts.problem(problem.to_string()),
        }
    }

    fn exported(&mut self, path: &Path, result: Result<Vec<LeftOut>, String>) {
        self.state.model.jobs.exporting = false;
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
            AfterAnswer::NewWith(tagset) => {
                self.new_project();
                let new = ops::NewTagset { tagset, ..ops::NewTagset::default() };
                edits::apply(&mut self.state, |project, stamp| ops::set_tagset(project, &new, &lookups::known, stamp));
            }
            AfterAnswer::ChooseProject => {
                picking::open(&mut self.state, &self.worker, Purpose::Project);
            }
            AfterAnswer::Open(path, way) => self.load(path, way),
            AfterAnswer::Quit => {
                if self.keeps_nothing() {
                    // It is shown to the end.
                    self.state.model.session.stop_recording();
                    self.worker.close(Session::default(), true);
                }
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
        let now = (self.state.model.number, self.state.model.session.revision());
        self.state.model.session.is_modified() && self.given_up != Some(now)
    }

    /// Whether nothing is to be kept of what is not saved: it was given up, or is an unnamed project that holds nothing.
    fn keeps_nothing(&self) -> bool {
        if self.state.model.session.is_modified() { !self.would_lose() } else { self.state.model.path.is_none() }
    }

    /// Nothing is open any more.
    fn close_project(&mut self) {
        let given_up = self.keeps_nothing();
        self.worker.close(std::mem::take(&mut self.state.model.session), given_up);
        self.given_up = None;
        self.after_save = None;
        self.incoming = Incoming::default();
        self.worker.cancel_read();
        self.worker.cancel_suggest();
        self.state.close_project();
        self.worker.list_unnamed(&self.state.model.folders);
    }

    fn new_project(&mut self) {
        self.close_project();
        self.begin_unnamed();
    }

    /// From now on what happens is kept as an unnamed project.
    pub(super) fn begin_unnamed(&mut self) {
        let name = self.state.model.settings.annotator.clone();
        if let Err(error) = self.worker.begin_unnamed(&self.state.model.folders, &name) {
            self.state.toasts.problem(error.to_string());
        }
        if let Some(keeper) = &self.worker.keeper {
            keeper.keep(&mut self.state.model.session);
        }
    }

    pub(super) fn answer(&mut self, save: bool) {
        let Some(Dialog::Unsaved(after)) = self.state.dialog.take() else { return };
        if save {
            self.after_save = saving::save(&mut self.state, &self.worker).then_some(after);
        } else {
            self.given_up = Some((self.state.model.number, self.state.model.session.revision()));
            self.go_on(after);
        }
    }
}
