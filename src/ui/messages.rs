//! What the background has to say, and what follows from it.

use std::path::{Path, PathBuf};

use super::app::App;
use super::errands::Report;
use super::file_dialog::Purpose;
use super::forms::{CompareForm, TagsetForm};
use super::model::Jobs;
use super::opening::EDIT;
use super::state::{AfterAnswer, Dialog};
use super::worker::Message;
use super::{events, intake, learning, matches, saving, settling, suggesting};
use crate::export::{self, LeftOut};
use crate::project::{ArticleId, Tagset};
use crate::store::Keeper;
use crate::suggest::Suggestions;

/// The most messages worked off in one frame.
const MESSAGES: usize = 40;

impl App {
    pub(super) fn messages(&mut self) {
        events::read_made(&mut self.state, &self.worker);
        self.worker.look_at(self.state.model.article);
        let messages = self.worker.messages(MESSAGES);
        if messages.len() == MESSAGES {
            self.ctx.request_repaint();
        }
        let mut found = Vec::new();
        for message in messages {
            match message {
                Message::Picked(purpose, number, paths) => self.picked(purpose, number, paths),
                // Files that were asked for while another project was open.
                Message::Listed(number, _)
                | Message::Annotated(number, _)
                | Message::Read(number, _)
                | Message::Imported { number, .. }
                    if number != self.state.model.number => {}
                Message::Imported { opened, result, .. } => self.annotations_read(opened, result),
                Message::Annotated(_, paths) => self.import(paths.clone(), paths),
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
                Message::Learned(number, memory, due) => {
                    if number == self.state.model.number {
                        learning::begun(&mut self.state, *memory, due);
                    }
                }
                Message::MemoryRead(number, taken) => {
                    if number == self.state.model.number {
                        learning::take(&mut self.state, taken);
                    }
                }
                Message::CrosswalkRead(number, found) => {
                    if number == self.state.model.number {
                        intake::take_crosswalk(&mut self.state, found);
                    }
                }
                Message::Kinds(learned) => learning::kinds_learned(&mut self.state, learned),
                Message::EventRead { number, event, found } => {
                    if number == self.state.model.number {
                        events::filled(&mut self.state, event, found.as_deref());
                    }
                }
                Message::Limited(problem) => {
                    let told =
                        format!("Suggestions come from rules and knowledge alone, as {problem}. Reinstall the program");
                    self.state.toasts.problem(told);
                }
                Message::Saved { path, of, result } => self.saved(path, of, result),
                Message::Broken | Message::Errand(Report::Broken) => {
                    suggesting::cancel(&mut self.state, &self.worker);
                    self.state.model.jobs = Jobs { picking: self.state.model.jobs.picking, ..Jobs::default() };
                    (self.after_save, self.state.save_again) = (None, None);
                    self.state.kept.export.give_up();
                    self.state.register.give_up();
                    self.state.settling.give_up();
                    self.state.overview.give_up();
                    self.finish_reading();
                    let sorry = "Something failed in the background by a fault of the program. Your work is untouched; \
                                 save it, and please report what you did";
                    self.state.toasts.problem(sorry);
                }
                Message::Search(token, answer) => matches::answered(&mut self.state, &token, answer),
                Message::ListWritten(path, Ok(())) => {
                    self.state.toasts.done(format!("Saved {}", path.display()));
                }
                Message::ListWritten(_, Err(problem)) => self.state.toasts.problem(problem),
                Message::Settling(settling::Answer::Found(number, found)) => {
                    if number == self.state.model.number {
                        self.state.settling.take(number, found);
                    }
                }
                Message::Settling(settling::Answer::Begun(Ok(path))) => {
                    saving::leave_project(&mut self.state, AfterAnswer::Open(path, EDIT));
                    self.take_leave();
                }
                Message::Settling(settling::Answer::Begun(Err(problem))) => self.state.toasts.problem(problem),
                Message::CopiesMade(folder, Ok(count)) => {
                    let copies = super::text::count(count, "project", "projects");
                    self.state.toasts.done(format!("Made {copies} in {}", folder.display()));
                }
                Message::CopiesMade(_, Err(problem)) => self.state.toasts.problem(problem),
                Message::Proposed(answer) => self.state.register.cards.take(*answer),
                Message::Overlooked(answer) => self.state.overview.take(*answer),
                Message::Register(answer) => {
                    let (of, all) = answer.collection();
                    self.state.overview.know(of, all);
                    self.state.register.take(*answer);
                }
                Message::ExportPreviewed(of, preview) => {
                    if of.project.0 == self.state.model.number {
                        self.state.kept.export.looked(of, preview);
                    }
                }
                Message::Exported { path, result } => self.exported(&path, result),
                Message::Errand(Report::Problem(problem)) => self.state.toasts.problem(problem),
                Message::Errand(Report::Earlier(path, found)) => {
                    if self.state.model.path == Some(path) && self.state.dialog.is_none() {
                        self.state.dialog = Some(Dialog::Earlier(found));
                    }
                }
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

    /// Goes on with what a file dialog was answered with that was opened for the project of this number.
    pub fn picked(&mut self, purpose: Purpose, number: u64, mut paths: Vec<PathBuf>) {
        self.state.model.jobs.picking = false;
        let Some(first) = paths.first().cloned() else {
            // Nothing was chosen: what was to follow does not, and what was given up is wanted after all.
            if purpose == Purpose::SaveAs {
                self.after_save = None;
            }
            self.given_up = None;
            return;
        };
        let into = matches!(purpose, Purpose::SaveAs | Purpose::Export(..) | Purpose::Report { .. });
        if into && number != self.state.model.number {
            self.state.toasts.problem("Another project has been opened since that dialog: nothing was written");
            self.after_save = None;
            return;
        }
        match purpose {
            Purpose::Articles => self.open_paths(std::mem::take(&mut paths)),
            Purpose::Split => self.split_paths(std::mem::take(&mut paths)),
            Purpose::Annotations | Purpose::AnnotationFolder => self.import_paths(std::mem::take(&mut paths)),
            Purpose::Folder => self.worker.list(vec![first], self.state.model.number, false),
            Purpose::Crosswalk => {
                let project = self.state.model.project().snapshot();
                self.worker.read_crosswalk(first, project, self.state.model.number);
            }
            Purpose::Annotators => {
                if let Some(Dialog::Compare(form)) = &mut self.state.dialog {
                    let new: Vec<PathBuf> = paths.drain(..).filter(|path| !form.files.contains(path)).collect();
                    form.files.extend(new);
                }
            }
            Purpose::Settle(form) => {
                self.state.dialog = None;
                let CompareForm { files, engine, open } = form;
                let by = self.state.model.settings.annotator_name().to_owned();
                self.worker.settle(settling::Job::Begin { files, engine, open, into: first, by });
                self.state.toasts.done("Comparing the annotators’ work…");
            }
            Purpose::Report { blind } => {
                if let Some(Ok(found)) = self.state.settling.found() {
                    let path = if first.extension().is_some() { first } else { first.with_extension("html") };
                    self.worker.write_report(path, found, blind);
                }
            }
            Purpose::Copies(form) => {
                self.state.dialog = None;
                self.worker.make_copies(self.state.model.project().snapshot(), form, first);
            }
            Purpose::Memory => self.worker.read_memory(first, self.state.model.number),
            Purpose::Project if self.would_lose() => {
                self.state.dialog = Some(Dialog::Unsaved(AfterAnswer::Open(first, EDIT)));
            }
            Purpose::Project => self.load(first, EDIT),
            Purpose::SaveAs => self.save_as(first),
            Purpose::ReadTagset { new } => self.worker.read_tagset(first, new, self.state.model.number),
            Purpose::WriteTagset(tagset) => self.worker.write_tagset(tagset, first),
            Purpose::View(file) if first.extension().is_none() => {
                self.worker.write_view(first.with_extension(file.format.extension()), file);
            }
            Purpose::View(file) => self.worker.write_view(first, file),
            Purpose::Problems(list) => self.worker.write_list(first, list),
            Purpose::Export(choice) => {
                self.state.model.jobs.exporting = true;
                let format = export::format(choice.format);
                let is_folder = format.is_some_and(|format| export::is_folder(format, choice.each));
                let path = match format {
                    Some(format) if !is_folder && first.extension().is_none() => {
                        first.with_extension(format.extension())
                    }
                    _ => first,
                };
                let folder = if is_folder { Some(path.as_path()) } else { path.parent() };
                self.state.model.settings.export = choice.last(self.state.model.project(), folder);
                self.worker.keep_settings(&self.state.model.settings, &self.state.model.folders);
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
}
