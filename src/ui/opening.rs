//! Projects opened, saved and left for others.

use std::path::PathBuf;

use eframe::egui::ViewportCommand;

use super::app::App;
use super::file_dialog::Purpose;
use super::forms::Incoming;
use super::model::Damaged;
use super::state::{AfterAnswer, Dialog};
use super::worker::Way;
use super::{edits, learning, picking, saving};
use crate::project::{Session, ops};
use crate::store::{self, Access, Opened, Saved, StoreError};
use crate::suggest::lookups;

/// How projects are opened if nothing else is said.
pub(super) const EDIT: Way = Way::Open(Access::Edit);

impl App {
    /// Reads a project in the background.
    pub(super) fn load(&mut self, path: PathBuf, way: Way) {
        if way == EDIT && self.state.model.path.as_ref() == Some(&path) && !self.state.model.read_only {
            self.state.toasts.done(format!("{} is open already", path.display()));
            return;
        }
        let (folders, name) = (self.state.model.folders.clone(), self.state.model.settings.annotator.clone());
        self.worker.load(path, way, folders, name, self.state.model.number);
    }

    /// A project was read; it is opened unless something was done meanwhile that would be lost.
    pub(super) fn read_project(&mut self, path: PathBuf, way: Way, result: Result<Box<Opened>, StoreError>) {
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
        learning::begin(&mut self.state, &self.worker);
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
        self.state.settling.shown = self.state.model.project().contributors().nth(1).is_some();
        if let Some(first) = self.state.model.project().article_ids().first().copied() {
            self.state.show(first);
            self.state.model.focus_article = true;
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

    /// Does what waited for the answer about unsaved work.
    fn go_on(&mut self, after: AfterAnswer) {
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

    pub(super) fn save_as(&mut self, mut path: PathBuf) {
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

    pub(super) fn saved(&mut self, path: PathBuf, (number, revision): (u64, u64), result: Result<Saved, StoreError>) {
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
}
