//! The window itself: takes messages and keys, lays out the parts, works off what they ask for.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use eframe::egui::{
    self, Align2, CentralPanel, Color32, Context, Event, FontId, Frame, Margin, Panel, Popup, ThemePreference, Ui,
    ViewportCommand,
};

use super::actions::{Action, Actions};
use super::command::{self, Command, Mode};
use super::dialogs::dialog_ui;
use super::state::{AfterAnswer, Dialog, State};
use super::theme::{self, Palette};
use super::worker::{self, Message, Purpose, Worker};
use super::{article_list, article_view, bars, dispatch, find, menu, panels, welcome};
use crate::project::{Session, Stamp, Target};
use crate::store::{self, Autosave, Folders, Settings, ThemeChoice};
use crate::suggest;

/// How long after a change a copy is kept.
const AUTOSAVE_AFTER: Duration = Duration::from_secs(1);

/// The application behind the window.
pub struct App {
    state: State,
    worker: Worker,
    ctx: Context,
    /// Articles read so far of the files being read, and what could not be read.
    read: Vec<crate::text::Article>,
    problems: Vec<String>,
    /// What follows once the save that is on its way has ended well.
    after_save: Option<AfterAnswer>,
    /// The changes may be lost: the person said so.
    discard: bool,
    /// Where copies of unsaved work go; none before the first.
    autosave: Option<Autosave>,
    /// The revision of which a copy is kept, and since when a newer one waits.
    autosaved: u64,
    waiting: Option<Instant>,
    title: String,
}

impl App {
    /// An empty project, with settings and folders as they were read.
    pub fn new(ctx: &Context, settings: Settings, folders: Folders) -> Self {
        theme::install(ctx);
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        ctx.set_zoom_factor(settings.zoom);
        ctx.set_theme(preference(settings.theme));
        worker::warm_up();
        let mut state = State::new(settings, folders);
        state.recoverable = store::recoverable(&state.folders);
        Self {
            state,
            worker: Worker::new(ctx.clone()),
            ctx: ctx.clone(),
            read: Vec::new(),
            problems: Vec::new(),
            after_save: None,
            discard: false,
            autosave: None,
            autosaved: 0,
            waiting: None,
            title: String::new(),
        }
    }

    /// The state, for tests.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Opens files as if they had been dropped on the window.
    pub fn open_paths(&mut self, paths: Vec<PathBuf>) {
        let is_project = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "rubric");
        if let Some(project) = paths.iter().find(|path| is_project(path)) {
            let project = project.clone();
            if self.state.session.is_modified() {
                self.state.dialog = Some(Dialog::Unsaved(AfterAnswer::Open(project)));
            } else {
                self.worker.load(Some(project), None);
            }
            return;
        }
        let (folders, files): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| path.is_dir());
        for folder in folders {
            self.worker.list(folder);
        }
        self.read_files(files);
    }

    /// Says what went wrong before there was a window.
    pub fn report(&mut self, problem: String) {
        self.state.toasts.problem(problem);
    }

    /// Runs a command as if its key had been pressed.
    pub fn command(&mut self, command: Command) {
        let ctx = self.ctx.clone();
        dispatch::run(&ctx, &mut self.state, &self.worker, command);
    }

    fn read_files(&mut self, files: Vec<PathBuf>) {
        if !files.is_empty() {
            self.state.jobs.reading += files.len();
            self.state.jobs.reading_of += files.len();
            self.worker.read(files);
        }
    }

    fn messages(&mut self) {
        for message in self.worker.messages() {
            match message {
                Message::Picked(purpose, paths) => self.picked(purpose, paths),
                Message::Listed(Ok(files)) if files.is_empty() => {
                    self.state.toasts.problem("There are no articles in this folder that can be read");
                }
                Message::Listed(Ok(files)) => self.read_files(files),
                Message::Listed(Err(problem)) => self.state.toasts.problem(problem),
                Message::Read(result) => self.article_read(result),
                Message::Loaded { path, recovered, result } => match result {
                    Ok(project) => self.loaded(path, recovered, *project),
                    Err(problem) => self.state.toasts.problem(problem),
                },
                Message::Suggested { article, run, suggestions } => self.suggested(article, run, &suggestions),
                Message::Saved { path, revision, result } => self.saved(path, revision, result),
                Message::AutosaveFailed(problem) => self.state.toasts.problem(problem),
                Message::Exported { path, result } => self.exported(&path, result),
            }
        }
    }

    fn picked(&mut self, purpose: Purpose, mut paths: Vec<PathBuf>) {
        let Some(first) = paths.first().cloned() else {
            self.after_save = None;
            return;
        };
        match purpose {
            Purpose::Articles => self.open_paths(std::mem::take(&mut paths)),
            Purpose::Folder => self.worker.list(first),
            Purpose::Project => self.worker.load(Some(first), None),
            Purpose::SaveAs => self.save_as(first),
            Purpose::Export(format, selection) => {
                self.state.jobs.exporting = true;
                let path = match crate::export::format(format) {
                    Some(format) if format.layout() == crate::export::Layout::File && first.extension().is_none() => {
                        first.with_extension(format.extension())
                    }
                    _ => first,
                };
                self.worker.export(self.state.project().clone(), format, selection, path);
            }
        }
    }

    fn save_as(&mut self, mut path: PathBuf) {
        if path.extension().is_none_or(|extension| extension != "rubric") {
            let mut name = path.file_name().unwrap_or_default().to_os_string();
            name.push(".rubric");
            path.set_file_name(name);
            if path.exists() {
                // The dialog asked about another name than this.
                let name = path.display();
                self.state.toasts.problem(format!("{name} exists already. Choose it in the dialog to replace it"));
                self.after_save = None;
                return;
            }
        }
        dispatch::save_to(&mut self.state, &self.worker, path);
    }

    fn article_read(&mut self, result: Result<crate::text::Article, String>) {
        match result {
            Ok(article) => self.read.push(article),
            Err(problem) => self.problems.push(problem),
        }
        self.state.jobs.reading = self.state.jobs.reading.saturating_sub(1);
        if self.state.jobs.reading > 0 {
            return;
        }
        self.state.jobs.reading_of = 0;
        let articles = std::mem::take(&mut self.read);
        dispatch::add_articles(&mut self.state, &self.worker, articles);
        match self.problems.as_slice() {
            [] => {}
            [one] => self.state.toasts.problem(one),
            _ => self.state.dialog = Some(Dialog::Problems(self.problems.clone())),
        }
        self.problems.clear();
    }

    fn loaded(&mut self, path: Option<PathBuf>, recovered: Option<PathBuf>, project: crate::project::Project) {
        self.state.close_project();
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

    /// Tells of a newer copy of the project that has just been opened.
    fn offer_recovery(&mut self, path: &std::path::Path) {
        if let Some(found) = Autosave::of(&self.state.folders, path).found() {
            self.state.dialog = Some(Dialog::Recovery(found));
        }
    }

    fn suggested(&mut self, article: crate::project::ArticleId, run: u64, suggestions: &suggest::Suggestions) {
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

    fn saved(&mut self, path: PathBuf, revision: u64, result: Result<(), String>) {
        self.state.jobs.saving = false;
        let after = self.after_save.take();
        match result {
            Ok(()) => {
                self.state.session.mark_saved(revision);
                self.forget_copy();
                self.autosaved = revision;
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

    fn exported(&mut self, path: &std::path::Path, result: Result<Vec<crate::export::LeftOut>, String>) {
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
    fn go_on(&mut self, after: AfterAnswer) {
        match after {
            AfterAnswer::New => self.new_project(),
            AfterAnswer::ChooseProject => self.worker.pick(Purpose::Project, None, String::new()),
            AfterAnswer::Open(path) => self.worker.load(Some(path), None),
            AfterAnswer::Quit => {
                self.discard = true;
                self.ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        }
    }

    fn new_project(&mut self) {
        self.worker.cancel_suggest();
        self.state.close_project();
        self.autosave = None;
        self.autosaved = 0;
    }

    fn forget_copy(&mut self) {
        if let Some(Err(error)) = self.autosave.as_ref().map(Autosave::discard) {
            self.state.toasts.problem(error.to_string());
        }
    }

    /// Keeps a copy of what is not saved, shortly after it changed.
    fn keep_copy(&mut self) {
        let revision = self.state.session.revision();
        if !self.state.session.is_modified() || revision == self.autosaved {
            self.waiting = None;
            return;
        }
        let since = *self.waiting.get_or_insert_with(Instant::now);
        let waited = since.elapsed();
        if waited >= AUTOSAVE_AFTER {
            self.waiting = None;
            self.autosaved = revision;
            let folders = &self.state.folders;
            let autosave = self.autosave.get_or_insert_with(|| Autosave::unnamed(folders)).clone();
            self.worker.autosave(autosave, self.state.project().clone());
        } else {
            self.ctx.request_repaint_after(AUTOSAVE_AFTER - waited);
        }
    }

    fn keys(&mut self, ui: &Ui, mode: Mode) {
        let focused = ui.memory(|memory| memory.focused());
        let elsewhere = focused.is_some_and(|id| id != article_view::focus_id());
        for command in command::pressed(ui.ctx(), mode, elsewhere) {
            self.command(command);
        }
        if mode == Mode::Caret {
            article_view::caret_keys(ui, &mut self.state);
        }
        if mode != Mode::Field && ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy))) {
            self.command(Command::CopySelection);
        }
    }

    fn dropped_files(&mut self, ui: &Ui) {
        let paths: Vec<PathBuf> =
            ui.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_path_buf()).collect());
        if !paths.is_empty() {
            self.open_paths(paths);
        }
        if ui.input(|input| !input.raw.hovered_files.is_empty()) {
            let palette = Palette::get(ui);
            let rect = ui.ctx().content_rect();
            let painter = ui.ctx().layer_painter(egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("drop")));
            painter.rect_filled(rect, 0.0, palette.page.gamma_multiply(0.9));
            painter.rect_stroke(rect.shrink(12.0), 8.0, (2.0, palette.accent), egui::StrokeKind::Inside);
            let font = FontId::proportional(20.0);
            painter.text(rect.center(), Align2::CENTER_CENTER, "Drop to open", font, palette.ink);
        }
    }

    fn window_title(&mut self) {
        let path = self.state.path.as_ref().and_then(|path| path.file_stem());
        let name = path.map(|stem| stem.to_string_lossy().into_owned());
        let name = name.or_else(|| (self.state.project().article_count() > 0).then(|| "Unnamed project".to_owned()));
        let mark = if self.state.session.is_modified() { "● " } else { "" };
        let title = name.map_or_else(|| "Rubricator".to_owned(), |name| format!("{mark}{name} - Rubricator"));
        if title != self.title {
            self.ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    fn close_request(&mut self) {
        if !self.ctx.input(|input| input.viewport().close_requested()) {
            return;
        }
        if self.state.session.is_modified() && !self.discard {
            self.ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.state.dialog = Some(Dialog::Unsaved(AfterAnswer::Quit));
        }
    }

    fn run(&mut self, action: Action) {
        match action {
            Action::Command(command) => self.command(command),
            Action::Edit(make) => drop(dispatch::apply(&mut self.state, make)),
            Action::Show(article) => {
                self.state.show(article);
                self.state.focus_article = true;
            }
            Action::Select(mention) => self.state.select(mention),
            Action::SelectTarget(target) => self.select_target(target),
            Action::Deselect => self.state.selected = None,
            Action::OpenPaths(paths) => self.open_paths(paths),
            Action::OpenProject(path) => self.worker.load(Some(path), None),
            Action::AddPasted(text) => match crate::ingest::pasted(&text) {
                Ok(article) => dispatch::add_articles(&mut self.state, &self.worker, vec![article]),
                Err(error) => self.state.toasts.problem(error.to_string()),
            },
            Action::Open(dialog) => self.state.dialog = Some(*dialog),
            Action::CloseDialog => {
                self.state.dialog = None;
                self.state.focus_article = true;
            }
            Action::SettingsChanged => {
                self.ctx.set_theme(preference(self.state.settings.theme));
                self.state.keep_settings();
            }
            Action::Discard => self.answer(false),
            Action::SaveFirst => self.answer(true),
            Action::Export(choice) => {
                let first = self.state.project().articles().next();
                let title = first.map_or("annotations", |record| record.article.meta.title.as_str());
                let extension = crate::export::format(choice.format).map_or("", |format| format.extension());
                let name = format!("{}.{extension}", super::text::file_name(title));
                let folder = self.state.path.as_ref().and_then(|path| path.parent()).map(PathBuf::from);
                self.worker.pick(Purpose::Export(choice.format, choice.selection), folder, name);
            }
            Action::Recover(copy) => {
                let found = self.state.recoverable.iter().find(|found| found.path == copy);
                let original = found.and_then(|found| found.original.clone());
                let original = original.or_else(|| self.state.path.clone());
                self.state.dialog = None;
                self.worker.load(original, Some(copy));
            }
            Action::Forget(copy) => {
                if let Err(error) = Autosave::of_unnamed(&copy).discard() {
                    self.state.toasts.problem(error.to_string());
                }
                self.state.dialog = None;
                self.state.recoverable.retain(|found| found.path != copy);
            }
        }
    }

    fn answer(&mut self, save: bool) {
        let Some(Dialog::Unsaved(after)) = self.state.dialog.take() else { return };
        if save {
            self.after_save = Some(after);
            dispatch::save(&mut self.state, &self.worker);
        } else {
            self.forget_copy();
            self.go_on(after);
        }
    }

    /// The next mention of a target behind the selected one, else its first, an open one before others.
    fn select_target(&mut self, target: Target) {
        let here = self.state.mentions_here(target);
        let current = here.iter().position(|mention| Some(mention.id) == self.state.selected);
        let next = match current {
            Some(index) => here.get((index + 1) % here.len().max(1)),
            None => here.first(),
        };
        if let Some(id) = next.map(|mention| mention.id) {
            self.state.select(id);
        }
    }

    fn layout(&mut self, ui: &mut Ui, mode: Mode, actions: &mut Actions) {
        let palette = Palette::get(ui);
        let state = &mut self.state;
        let bar = |x: i8, y: i8| Frame::new().fill(palette.panel).inner_margin(Margin::symmetric(x, y));
        Panel::top("menu").frame(bar(8, 3)).show(ui, |ui| menu::menu_bar_ui(ui, state, actions));
        Panel::bottom("status").frame(bar(12, 3)).show(ui, |ui| bars::status_line_ui(ui, state, actions, mode));
        let working = state.project().article_count() > 0;
        if working && state.show_articles {
            let list = Panel::left("articles").default_size(236.0).size_range(150.0..=460.0).frame(bar(8, 8));
            list.show(ui, |ui| article_list::article_list_ui(ui, state, actions));
        }
        if working && state.show_panels {
            let side = Panel::right("panels").default_size(352.0).size_range(240.0..=640.0).frame(bar(0, 0));
            side.show(ui, |ui| panels::panels_ui(ui, state, actions));
        }
        CentralPanel::default().frame(Frame::new().fill(palette.page)).show(ui, |ui| {
            if !working {
                welcome::welcome_ui(ui, state, actions);
                return;
            }
            if state.find.is_some() {
                Panel::top("find").frame(Frame::new()).show(ui, |ui| find::find_ui(ui, state, actions));
            }
            let review = Panel::bottom("review").frame(Frame::new()).show_separator_line(true);
            review.show(ui, |ui| bars::review_bar_ui(ui, state, actions, mode));
            if mode == Mode::Review && !ui.ctx().egui_wants_pointer_input()
                || ui.ctx().memory(|m| m.focused().is_none())
            {
                let delta = article_view::scroll_keys(ui, state);
                state.view.scroll_by(delta);
            }
            article_view::article_ui(ui, state, actions);
        });
    }
}

impl eframe::App for App {
    fn logic(&mut self, _ctx: &Context, _frame: &mut eframe::Frame) {
        self.messages();
        self.close_request();
        self.keep_copy();
        self.window_title();
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let menu_open = Popup::is_any_open(ui.ctx());
        let mode = if menu_open { Mode::Field } else { self.state.mode(ui.ctx()) };
        self.keys(ui, mode);
        self.dropped_files(ui);
        let mut actions = Actions::default();
        self.layout(ui, mode, &mut actions);
        dialog_ui(ui, &mut self.state, &mut actions);
        let mut toasts = std::mem::take(&mut self.state.toasts);
        toasts.ui(ui, &mut actions);
        self.state.toasts = toasts;
        for action in actions.into_inner() {
            self.run(action);
            ui.ctx().request_repaint();
        }
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        let color: Color32 = visuals.panel_fill;
        color.to_normalized_gamma_f32()
    }
}

fn preference(choice: ThemeChoice) -> ThemePreference {
    match choice {
        ThemeChoice::System => ThemePreference::System,
        ThemeChoice::Light => ThemePreference::Light,
        ThemeChoice::Dark => ThemePreference::Dark,
    }
}
