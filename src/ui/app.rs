//! The window itself: takes messages and keys, lays out the parts, works off what they ask for.

use std::path::PathBuf;

use eframe::egui::{
    self, Align2, CentralPanel, Color32, Context, Event, FontId, Frame, Key, Margin, Modifiers, Panel, Popup, Rect,
    ThemePreference, Ui, Vec2, ViewportCommand,
};

use egui_commonmark::CommonMarkCache;

use super::actions::{Action, Actions};
use super::command::{Command, Mode};
use super::commands::{self, Env};
use super::dialogs::dialog_ui;
use super::file_dialog::Purpose;
use super::find::Find;
use super::forms::{Incoming, Kept};
use super::model::{Row, Step};
use super::overview::Overview;
use super::register::Register;
use super::state::{AfterAnswer, Dialog, State};
use super::theme::{self, Palette};
use super::toasts::Toasts;
use super::worker::Worker;
use super::{
    article_list, article_view, bars, guidelines, intake, keys, learning, menu, overview_view, panels, picking,
    register_view, saving, screen, settling_view, suggesting, tour, welcome,
};
use crate::project::Target;
use crate::store::{self, Folders, Settings, ThemeChoice};
use crate::ui::concordance_view;
use crate::ui::details;
use crate::ui::edits;
use crate::ui::find_bar;
use crate::ui::matches;
use crate::ui::merging;
use crate::ui::relate;
use crate::ui::relate_bar;
use crate::ui::relating::Relating;
use crate::ui::sides::{Usual, side_ui};
use crate::ui::toast_list;
use crate::ui::typing::Typing;

/// The least height of what was found in the project, in points.
const MATCHES: f32 = 150.0;
/// The least widths of the article list, the panels and the article, in points.
const LIST: f32 = 150.0;
const PANELS: f32 = 290.0;
const GUIDELINES: f32 = 220.0;
const COLUMN: f32 = 330.0;

/// The application behind the window.
pub struct App {
    pub(super) state: State,
    pub(super) worker: Worker,
    pub(super) ctx: Context,
    /// What the files being read have brought so far.
    pub(super) incoming: Incoming,
    /// What follows once the save that is on its way has ended well.
    pub(super) after_save: Option<AfterAnswer>,
    /// The project and revision whose changes may be lost: the person said so.
    pub(super) given_up: Option<(u64, u64)>,
    pub(super) title: String,
    /// The guidelines as they are laid out.
    guidelines: CommonMarkCache,
    /// A text field had the keys as the last frame ended. Escape takes them from it before the next one begins, and is
    /// the field's all the same.
    in_field: bool,
    typing: Typing,
    /// Whether the window was made to fit on the screen.
    fitted: bool,
    /// What is kept free of the article for messages.
    toast_room: Option<Rect>,
}

impl App {
    /// An empty project, with settings and folders as they were read.
    pub fn new(ctx: &Context, settings: Settings, folders: Folders) -> Self {
        theme::install(ctx);
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        ctx.set_zoom_factor(settings.zoom);
        ctx.set_theme(preference(settings.theme));
        let mut state = State::new(settings, folders);
        state.model.keys = keys::keymap(&state.model.settings);
        let worker = Worker::new(ctx.clone());
        worker.list_unnamed(&state.model.folders);
        worker.warm_up();
        let mut app = Self {
            state,
            worker,
            ctx: ctx.clone(),
            incoming: Incoming::default(),
            after_save: None,
            given_up: None,
            title: String::new(),
            guidelines: CommonMarkCache::default(),
            in_field: false,
            typing: Typing::default(),
            fitted: false,
            toast_room: None,
        };
        app.begin_unnamed();
        app
    }

    /// The state, for tests.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Says what went wrong before there was a window.
    pub fn report(&mut self, problem: String) {
        self.state.toasts.problem(problem);
    }

    /// Runs a command as if its key had been pressed.
    pub fn command(&mut self, command: Command) {
        let ctx = self.ctx.clone();
        if register_view::leads_away(command) {
            self.state.register.shown = false;
            self.state.settling.shown = false;
            self.state.overview.shown = None;
        }
        commands::run(&mut Env { ctx: &ctx, state: &mut self.state, worker: &self.worker }, command);
        self.take_leave();
    }

    fn keys(&mut self, ui: &Ui, mode: Mode) {
        if matches!(&self.state.dialog, Some(Dialog::Keys(form)) if form.is_recording()) {
            // Whatever is pressed is meant for it.
            return;
        }
        let focused = ui.memory(|memory| memory.focused());
        let elsewhere = focused.is_some_and(|id| id != article_view::focus_id());
        if mode != Mode::Field
            && self.state.model.tour.is_some()
            && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
        {
            self.run(Action::Tour(None));
        }
        // A question that a letter has brought up takes no text.
        let asks = self.state.dialog.is_some() && !self.in_field && !ui.ctx().text_edit_focused();
        if mode == Mode::Field && !(asks && self.typing.goes_on(ui.input(|input| input.time))) {
            self.typing.clear();
        } else {
            ui.input_mut(|input| self.typing.stop(input, &mut self.state));
        }
        // A dialog is about what was shown when it opened, and holds what was typed: nothing else goes on meanwhile.
        let open = self.state.dialog.is_some();
        if !open && let Some(menu) = keys::menu(ui.ctx()) {
            self.state.model.open_menu = Some(menu);
        }
        for command in keys::pressed(ui.ctx(), &self.state.model.keys, mode, elsewhere) {
            if !open || matches!(command, Command::Save | Command::Quit) {
                self.command(command);
            }
        }
        if mode == Mode::Caret && !elsewhere {
            let moved = article_view::caret_keys(ui, &self.state);
            moved.into_iter().for_each(|caret| self.state.move_caret(caret));
        }
        if mode != Mode::Field && ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy))) {
            self.command(Command::CopySelection);
        }
    }

    /// Notes whether the person went from the mouse to the keys.
    fn hands(&mut self, ui: &Ui) {
        ui.input(|input| {
            let pressed = |event: &Event| matches!(event, Event::Key { pressed: true, .. });
            let moved = input.pointer.delta() != Vec2::ZERO;
            self.state.model.keyed = !moved && (self.state.model.keyed || input.events.iter().any(pressed));
        });
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
        let path = self.state.model.path.as_ref().and_then(|path| path.file_stem());
        let name = path.map(|stem| stem.to_string_lossy().into_owned());
        let name =
            name.or_else(|| (self.state.model.project().article_count() > 0).then(|| "Unnamed project".to_owned()));
        let mark = if self.state.model.session.is_modified() { "● " } else { "" };
        let title = name.map_or_else(|| "Rubricator".to_owned(), |name| format!("{mark}{name} - Rubricator"));
        if title != self.title {
            self.ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Makes the window smaller, once it knows of a screen that it does not fit on.
    fn fit(&mut self) {
        let seen = self.ctx.input(|input| {
            let viewport = input.viewport();
            let free = viewport.maximized != Some(true) && viewport.fullscreen != Some(true);
            Some((viewport.inner_rect?.size(), viewport.monitor_size?, free))
        });
        let Some((inner, screen, free)) = seen.filter(|_| !self.fitted) else { return };
        self.fitted = true;
        let size = screen::fitting(inner, screen).filter(|_| free);
        size.into_iter().for_each(|size| self.ctx.send_viewport_cmd(ViewportCommand::InnerSize(size)));
    }

    fn close_request(&mut self) {
        if !self.ctx.input(|input| input.viewport().close_requested()) {
            return;
        }
        if self.would_lose() {
            self.ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.state.dialog = Some(Dialog::Unsaved(AfterAnswer::Quit));
        }
    }

    fn run(&mut self, action: Action) {
        match action {
            Action::Command(command) => self.command(command),
            Action::Edit(make) => drop(edits::apply(&mut self.state, make)),
            Action::SetDetails(article, after) => details::set(&mut self.state, article, *after),
            Action::SetDetail(articles, detail, value) => {
                details::set_detail(&mut self.state, &articles, detail, &value)
            }
            Action::Fill(kinds) => suggesting::fill(&mut self.state, &self.worker, kinds),
            Action::Show(article) => {
                self.state.show(article);
                self.state.model.focus_article = true;
            }
            Action::Select(mention) => self.state.select(mention),
            Action::Pick(mention) => self.state.pick(mention),
            Action::SelectRelation(relation) => self.state.select_relation(relation),
            Action::Relating(ask) => relate::answer(&mut self.state, ask),
            Action::ListRelated(kind) => {
                self.state.listing.relation = Some(kind);
                self.state.model.show_articles = true;
            }
            Action::Deselect => {
                self.state.model.selected = None;
                self.state.model.relation = None;
            }
            Action::Sweep(anchor, head) => self.state.model.sweep(anchor, head),
            Action::Point(pointed) => self.state.model.pointed = pointed,
            Action::Explain(why) => self.state.toasts.done(why),
            Action::GoTo(place) => matches::go_to(&mut self.state, place),
            Action::FocusArticle => self.state.model.focus_article = true,
            Action::Tour(step) => {
                self.state.model.tour = step;
                self.state.model.focus_article = step.is_none();
            }
            Action::OpenMenu(menu) => self.state.model.open_menu = Some(menu),
            Action::CloseFind => {
                self.state.find = None;
                self.state.model.focus_article = true;
            }
            Action::Sure(command, once) => {
                self.state.dialog = None;
                self.state.model.is_sure |= once;
                let ctx = self.ctx.clone();
                let env = &mut Env { ctx: &ctx, state: &mut self.state, worker: &self.worker };
                commands::run_sure(env, command);
            }
            Action::SelectTarget(target) => self.select_target(target),
            Action::PickRow(target, through) => merging::pick(&mut self.state, target, through),
            Action::Merge(targets) => merging::merge_into(&mut self.state, &targets),
            Action::OrderEvents(order) => {
                self.state.model.settings.event_order = order;
                self.worker.keep_settings(&self.state.model.settings, &self.state.model.folders);
            }
            Action::OrderRows(order) => {
                self.state.model.settings.row_order = order;
                self.worker.keep_settings(&self.state.model.settings, &self.state.model.folders);
            }
            Action::ListMentioning(entity) => {
                self.state.listing.entity = Some(entity);
                self.state.model.show_articles = true;
            }
            Action::GatherRegister(job) => self.worker.gather_register(*job),
            Action::Propose(job) => self.worker.propose(*job),
            Action::LeaveRegister(to) => self.state.leave_register(to),
            Action::Settling(job) => self.worker.settle(*job),
            Action::LeaveSettling(to) => {
                self.state.leave_settling();
                self.state.settling.left = to.is_some();
                to.into_iter().for_each(|place| matches::go_to(&mut self.state, place));
            }
            Action::SaveReport { blind } => {
                let purpose = Purpose::Report { blind };
                picking::write(&mut self.state, &self.worker, purpose, "agreement.html".to_owned());
            }
            Action::AddAnnotators => picking::open(&mut self.state, &self.worker, Purpose::Annotators),
            Action::BeginSettling(form) => {
                let name = format!("settled.{}", store::EXTENSION);
                picking::write(&mut self.state, &self.worker, Purpose::Settle(form), name);
            }
            Action::MakeCopies(form) => picking::open(&mut self.state, &self.worker, Purpose::Copies(form)),
            Action::Overlook(job) => self.worker.overlook(*job),
            Action::LeaveOverview(to) => self.state.leave_overview(to),
            Action::ShowDossier(id) => self.state.show_dossier(id),
            Action::SaveView(format) => {
                let project = self.state.model.path.as_ref().and_then(|path| path.file_stem());
                let project = project.map_or("Unnamed project".into(), |stem| stem.to_string_lossy());
                if let Some(file) = self.state.overview.file(&project, format) {
                    let name = format!("{}.{}", super::text::file_name(&file.title), format.extension());
                    picking::write(&mut self.state, &self.worker, Purpose::View(file), name);
                }
            }
            Action::Search(job) => self.worker.search(job),
            Action::TagPlaces { places, kind, untag } => matches::tag(&mut self.state, &places, &kind, untag),
            Action::OpenProject(path, way) => {
                self.state.dialog = None;
                saving::leave_project(&mut self.state, AfterAnswer::Open(path, way));
                self.take_leave();
            }
            Action::Reload => self.reload(),
            Action::Replace => {
                self.state.dialog = None;
                if let Some(path) = self.state.model.path.clone() {
                    saving::save_to(&mut self.state, &self.worker, path, true);
                }
            }
            Action::AddPasted(text) => match crate::ingest::pasted(&text) {
                Ok(article) => intake::add_articles(&mut self.state, &self.worker, vec![article]),
                Err(error) => {
                    // It stays in the dialog, to be put right.
                    self.state.kept.draft = text;
                    self.state.toasts.problem(error.to_string());
                }
            },
            Action::Join(imported, kinds) => intake::join(&mut self.state, &imported, &kinds),
            Action::OpenAsArticles(paths) => self.worker.list(paths, self.state.model.number, true),
            Action::SplitPasted(text) => self.split_pasted(text),
            Action::AddArticles(articles) => intake::take_in(&mut self.state, &self.worker, articles),
            Action::ReadAgain(path, columns) => self.read_again(path, columns),
            Action::CancelRead => self.cancel_read(),
            Action::SaveProblems(list) => {
                let name = "not read.txt".to_owned();
                picking::write(&mut self.state, &self.worker, Purpose::Problems(list), name);
            }
            Action::SaveLog { name, list } => {
                picking::write(&mut self.state, &self.worker, Purpose::Problems(list), name);
            }
            Action::ReplaceDamaged => {
                self.state.dialog = None;
                self.state.model.damaged = None;
                saving::save(&mut self.state, &self.worker);
            }
            Action::Open(dialog) => self.state.dialog = Some(*dialog),
            Action::CloseDialog => {
                if matches!(self.state.dialog.take(), Some(Dialog::Settings | Dialog::Keys(_))) {
                    self.worker.keep_settings(&self.state.model.settings, &self.state.model.folders);
                }
                self.state.model.focus_article = true;
            }
            Action::Set(settings) => {
                self.state.model.settings = *settings;
                self.ctx.set_theme(preference(self.state.model.settings.theme));
                self.state.model.keys = keys::keymap(&self.state.model.settings);
                // While the dialog is open every letter is a change; it is kept when the dialog closes.
                if self.state.dialog.is_none() {
                    self.worker.keep_settings(&self.state.model.settings, &self.state.model.folders);
                }
            }
            Action::Discard => self.answer(false),
            Action::SaveFirst => self.answer(true),
            Action::PreviewExport(of) => self.worker.preview_export(self.state.model.project().snapshot(), of),
            Action::Export(choice) => {
                let first = self.state.model.project().articles().next();
                let title = first.map_or("annotations", |record| record.article.meta.title.as_str());
                let extension = crate::export::format(choice.format).map_or("", |format| format.extension());
                let name = format!("{}.{extension}", super::text::file_name(title));
                picking::write(&mut self.state, &self.worker, Purpose::Export(choice), name);
            }
            Action::ReadTagset => {
                picking::open(&mut self.state, &self.worker, Purpose::ReadTagset { new: false });
            }
            Action::WriteTagset(tagset) => {
                let name = format!("project.{}", store::TAGSET_EXTENSION);
                picking::write(&mut self.state, &self.worker, Purpose::WriteTagset(tagset), name);
            }
            Action::Forget(work) => {
                self.state.model.recoverable.retain(|found| *found != work);
                self.worker.forget(work);
            }
        }
    }

    /// The next mention of a target behind the selected one, else its first, an open one before others.
    fn select_target(&mut self, target: Target) {
        let here = self.state.model.mentions_here(target);
        let current = here.iter().position(|mention| Some(mention.id) == self.state.model.selected);
        let next = match current {
            Some(index) => here.get((index + 1) % here.len().max(1)),
            None => here.first(),
        };
        if let Some(id) = next.map(|mention| mention.id) {
            self.state.select(id);
        }
    }

    /// Draws the dialog that is open, if any.
    fn dialog(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let mut dialog = self.state.dialog.take();
        if let Some(dialog) = &mut dialog {
            let draw = |state: &State, kept: &mut Kept| dialog_ui(ui, state, dialog, kept, actions);
            lend(&mut self.state, |s| &mut s.kept, draw);
        }
        self.state.dialog = dialog;
    }

    /// Notes what the pointer is over, for the next frame to show, and which row has the keys.
    fn hover(&mut self, ui: &Ui) {
        let focused = self.state.rows.focused.take().or(self.state.listing.focused.take().map(Row::Article));
        self.state.model.focused = focused;
        let hovered = self.state.rows.hovered.take().or(self.state.view.hovered.take());
        if std::mem::replace(&mut self.state.model.hovered, hovered) != hovered {
            ui.ctx().request_repaint();
        }
    }

    fn layout(&mut self, ui: &mut Ui, mode: Mode, actions: &mut Actions) {
        let palette = Palette::get(ui);
        let state = &mut self.state;
        state.listed();
        let bar = |x: i8, y: i8| Frame::new().fill(palette.panel).inner_margin(Margin::symmetric(x, y));
        Panel::top("menu").frame(bar(8, 3)).show(ui, |ui| menu::menu_bar_ui(ui, state, actions));
        Panel::bottom("status").frame(bar(12, 3)).show(ui, |ui| bars::status_line_ui(ui, &state.model, actions));
        let working = state.model.project().article_count() > 0;
        if working && state.concordance.shown {
            let most = (ui.available_height() * 0.6).max(MATCHES);
            let below = Panel::bottom("concordance").resizable(true).frame(bar(12, 8));
            side_ui(ui, "concordance", below, Usual(280.0, Rect::height), MATCHES..=most, |ui| {
                lend(
                    state,
                    |s| &mut s.concordance,
                    |state, found| concordance_view::concordance_ui(ui, &state.model, found, actions),
                );
            });
        }
        if working && state.register.shown {
            // It stands in the place of the article, and takes the keys where that would: behind a dialog.
            state.register.takes_keys |= std::mem::take(&mut state.model.focus_article);
            CentralPanel::default().frame(Frame::new().fill(palette.page)).show(ui, |ui| {
                self.toast_room = toast_room(ui, &state.toasts, palette);
                let mut overview = std::mem::take(&mut state.overview);
                let draw = |state: &State, register: &mut Register| {
                    let free = state.dialog.is_none();
                    register_view::register_ui(ui, &state.model, free, (register, &mut overview), actions);
                };
                lend(state, |s| &mut s.register, draw);
                state.overview = overview;
            });
            return;
        }
        if working && state.settling.shown {
            CentralPanel::default().frame(Frame::new().fill(palette.page)).show(ui, |ui| {
                self.toast_room = toast_room(ui, &state.toasts, palette);
                lend(
                    state,
                    |s| &mut s.settling,
                    |state, settling| {
                        settling_view::settling_ui(ui, &state.model, state.dialog.is_none(), settling, actions)
                    },
                );
            });
            return;
        }
        if working && state.overview.shown.is_some() {
            state.overview.takes_keys |= std::mem::take(&mut state.model.focus_article);
            CentralPanel::default().frame(Frame::new().fill(palette.page)).show(ui, |ui| {
                self.toast_room = toast_room(ui, &state.toasts, palette);
                let draw = |state: &State, overview: &mut Overview| {
                    overview_view::overview_ui(ui, &state.model, state.dialog.is_none(), overview, actions);
                };
                lend(state, |s| &mut s.overview, draw);
            });
            return;
        }
        // The article always keeps a column to read in: the sides give way, the list first.
        let width = ui.available_width();
        let beside = if state.model.show_guidelines { GUIDELINES } else { 0.0 };
        if working && state.model.show_articles && width >= LIST + PANELS + COLUMN + beside {
            let most = (width - PANELS - COLUMN - beside).min(460.0);
            let list = Panel::left("articles").frame(bar(8, 8));
            let usual = Usual::part(ui, 0.12, 236.0..=320.0);
            side_ui(ui, "articles", list, usual, LIST..=most, |ui| {
                lend(
                    state,
                    |s| &mut s.listing,
                    |state, listing| article_list::article_list_ui(ui, state, listing, actions),
                );
            });
        }
        let width = ui.available_width();
        if working && state.model.show_panels && width >= PANELS + COLUMN {
            let most = (width - COLUMN - beside).clamp(PANELS, 1200.0);
            let side = Panel::right("panels").frame(bar(0, 0));
            let usual = Usual::part(ui, 0.275, 352.0..=760.0);
            let panels = side_ui(ui, "panels", side, usual, PANELS..=most, |ui| {
                lend(state, |s| &mut s.rows, |state, rows| panels::panels_ui(ui, &state.model, rows, actions));
            });
            tour::note(ui.ctx(), Step::Panels, panels.response.rect);
            state.model.reveal_row &= state.model.article.is_none();
            state.model.event_field = None;
            state.model.focus_note = false;
        }
        let width = ui.available_width();
        if working && state.model.show_guidelines && width >= GUIDELINES + COLUMN {
            let most = (width - COLUMN).min(560.0);
            let side = Panel::right("guidelines").frame(bar(14, 8));
            side_ui(ui, "guidelines", side, Usual(280.0, Rect::width), GUIDELINES..=most, |ui| {
                guidelines::guidelines_ui(ui, &state.model, &mut self.guidelines, actions);
            });
        }
        // Where no row took the keys there is none to take them.
        state.model.focus_pane = false;
        CentralPanel::default().frame(Frame::new().fill(palette.page)).show(ui, |ui| {
            self.toast_room = None;
            if working && state.register.left {
                let back = Panel::top("back to the register").frame(bar(12, 4));
                back.show(ui, |ui| register_view::back_ui(ui, &mut state.register, actions));
            }
            if working && state.settling.left {
                let back = Panel::top("back to the differences").frame(bar(12, 4));
                back.show(ui, |ui| settling_view::back_ui(ui, &mut state.settling, actions));
            }
            if working && state.overview.left.is_some() {
                let back = Panel::top("back to a view").frame(bar(12, 4));
                back.show(ui, |ui| overview_view::back_ui(ui, &mut state.overview, actions));
            }
            if !working {
                welcome::welcome_ui(ui, &state.model, actions);
                return;
            }
            if state.find.is_some() {
                Panel::top("find").frame(Frame::new()).show(ui, |ui| {
                    let draw = |state: &State, find: &mut Option<Find>| {
                        find.iter_mut().for_each(|find| find_bar::find_ui(ui, &state.model, find, actions));
                    };
                    lend(state, |s| &mut s.find, draw);
                });
                state.find.iter().for_each(|find| state.query = find.query.clone());
            }
            let review = Panel::bottom("review").frame(Frame::new()).show_separator_line(true);
            let review = review.show(ui, |ui| {
                if state.relating.is_none() {
                    return bars::review_bar_ui(ui, state, actions, mode);
                }
                let draw = |state: &State, relating: &mut Option<Relating>| {
                    relating.iter_mut().for_each(|one| relate_bar::relate_ui(ui, &state.model, one, actions));
                };
                lend(state, |s| &mut s.relating, draw);
            });
            tour::note(ui.ctx(), Step::Review, review.response.rect);
            self.toast_room = toast_room(ui, &state.toasts, palette);
            let focused = ui.memory(|memory| memory.focused());
            if matches!(mode, Mode::Review | Mode::Event) && focused.is_none_or(|id| id == article_view::focus_id()) {
                let delta = article_view::scroll_keys(ui, state);
                state.view.scroll_by(delta);
            }
            tour::note(ui.ctx(), Step::Article, ui.available_rect_before_wrap());
            lend(state, |s| &mut s.view, |state, view| article_view::article_ui(ui, state, view, actions));
            state.model.focus_article &= state.model.article.is_none();
        });
    }
}

impl eframe::App for App {
    fn logic(&mut self, _ctx: &Context, _frame: &mut eframe::Frame) {
        self.messages();
        self.fit();
        self.close_request();
        self.window_title();
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let menu_open = Popup::is_any_open(ui.ctx());
        let mode = if menu_open || self.in_field { Mode::Field } else { self.state.mode(ui.ctx()) };
        self.hands(ui);
        intake::clipboard(ui.ctx(), &mut self.state, &self.worker);
        self.keys(ui, mode);
        self.dropped_files(ui);
        if learning::go_on(&mut self.state, &self.worker) {
            ui.ctx().request_repaint();
        }
        let mut actions = Actions::default();
        self.layout(ui, mode, &mut actions);
        (self.state.model.open_menu, self.state.model.open_context_menu) = (None, false);
        if self.state.dialog.is_none() && self.state.model.article.is_some() {
            tour::tour_ui(ui, &self.state.model, &mut actions);
        }
        self.dialog(ui, &mut actions);
        self.hover(ui);
        let mut toasts = std::mem::take(&mut self.state.toasts);
        toast_list::toasts_ui(ui, &mut toasts, self.toast_room, &mut actions);
        self.state.toasts = toasts;
        for action in actions.into_inner() {
            self.run(action);
            ui.ctx().request_repaint();
        }
        self.in_field = ui.ctx().text_edit_focused();
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        let color: Color32 = visuals.panel_fill;
        color.to_normalized_gamma_f32()
    }
}

/// Keeps room free below for messages; where.
fn toast_room(ui: &mut Ui, toasts: &Toasts, palette: &Palette) -> Option<Rect> {
    let height = toast_list::room(ui.ctx(), toasts);
    let room = Panel::bottom("toast room").exact_size(height).frame(Frame::new().fill(palette.page));
    (height > 0.0).then(|| room.show_separator_line(false).show(ui, |_| ()).response.rect)
}

/// Lends a part of the state to what draws it, which reads the rest.
fn lend<T: Default>(state: &mut State, part: impl Fn(&mut State) -> &mut T, draw: impl FnOnce(&State, &mut T)) {
    let mut lent = std::mem::take(part(state));
    draw(state, &mut lent);
    *part(state) = lent;
}

fn preference(choice: ThemeChoice) -> ThemePreference {
    match choice {
        ThemeChoice::System => ThemePreference::System,
        ThemeChoice::Light => ThemePreference::Light,
        ThemeChoice::Dark => ThemePreference::Dark,
    }
}
