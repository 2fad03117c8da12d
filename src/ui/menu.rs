//! The menu bar and every other menu of commands, drawn from the command table.

use eframe::egui::containers::menu::MenuButton;
use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    Align, Button, FocusDirection, FontId, Id, InnerResponse, Key, Layout, MenuBar, Popup, Pos2, Response, RichText,
    ScrollArea, Stroke, TextWrapMode, Ui,
};

use super::actions::{Action, Actions};
use super::command::{Command, Menu};
use super::commands::{available, row};
use super::keys;
use super::model::{Model, Row, Step, kind_of};
use super::state::State;
use super::theme;
use super::tour;
use super::worker::Way;
use crate::project::{self, Level, Mention, Target};
use crate::store::{Access, Settings, ThemeChoice};
use crate::views::View;
use crate::wording;

/// Draws the menu bar.
pub fn menu_bar_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let (left, right, escape) = ui.input(|input| {
        let pressed = |key| input.key_pressed(key);
        (pressed(Key::ArrowLeft), pressed(Key::ArrowRight), pressed(Key::Escape))
    });
    MenuBar::new().ui(ui, |ui| {
        for (at, menu) in Menu::ALL.into_iter().enumerate() {
            let button = MenuButton::new(menu_name(ui, menu));
            let (response, shown) = button.ui(ui, |ui| {
                ui.set_min_width(236.0);
                enter(ui);
                menu_ui(ui, state, actions, menu)
            });
            if menu == Menu::File {
                tour::note(ui.ctx(), Step::Files, response.rect);
            }
            if state.model.open_menu == Some(menu) {
                open(&response);
            }
            let Some(inner) = shown.map(|shown| shown.inner) else { continue };
            if escape {
                actions.push(Action::FocusArticle);
            }
            let last = Menu::ALL.len() - 1;
            let next = match (left && !inner.is_open, right && !inner.is_open && !inner.leads_on) {
                (true, _) => Menu::ALL.get(at.checked_sub(1).unwrap_or(last)),
                (_, true) => Menu::ALL.get(if at == last { 0 } else { at + 1 }),
                _ => None,
            };
            actions.push_all(next.map(|menu| Action::OpenMenu(*menu)));
        }
        centre_ui(ui, state, actions);
    });
}

/// What the centre shows: the article, or a view of the whole collection.
fn centre_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    if !available(state, Command::ShowArticle) {
        return;
    }
    let view = state.overview.shown;
    let shown = [
        (Command::ShowArticle, "Article", !state.register.shown && !state.settling.shown && view.is_none()),
        (Command::Dossiers, View::Dossiers.name(), view == Some(View::Dossiers)),
        (Command::Register, "Register", state.register.shown),
        (Command::Timeline, View::Timeline.name(), view == Some(View::Timeline)),
        (Command::Map, View::Map.name(), view == Some(View::Map)),
        (Command::Network, View::Network.name(), view == Some(View::Network)),
        (Command::Numbers, View::Numbers.name(), view == Some(View::Numbers)),
    ];
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        for (command, name, on) in shown.into_iter().rev() {
            let hint = keys::hint(ui.ctx(), &state.model.keys, command, row(command).name);
            let button = ui.add(Button::selectable(on, name)).accessible_name(format!("Show {}", name.to_lowercase()));
            if button.on_hover_text(hint).clicked() && !on {
                actions.command(command);
            }
        }
    });
}

/// The name of a menu, with the letter underlined that opens it, while alt is held.
fn menu_name(ui: &Ui, menu: Menu) -> LayoutJob {
    let font = FontId::proportional(theme::BODY);
    let color = ui.visuals().text_color();
    let mut job = LayoutJob::default();
    let (letter, rest) = menu.name().split_at_checked(1).unwrap_or((menu.name(), ""));
    let line = if ui.input(|input| input.modifiers.alt) { Stroke::new(1.0, color) } else { Stroke::NONE };
    job.append(letter, 0.0, TextFormat { underline: line, ..TextFormat::simple(font.clone(), color) });
    job.append(rest, 0.0, TextFormat::simple(font, color));
    job
}

/// Where it is kept that a key has opened a menu, whose first entry takes the keys once it is there.
fn entering() -> Id {
    Id::unique("menu opened by a key")
}

/// Opens the menu of a button or row.
fn open(anchor: &Response) {
    Popup::open_id(&anchor.ctx, Popup::default_response_id(anchor));
    anchor.request_focus();
    anchor.ctx.data_mut(|data| data.insert_temp(entering(), true));
    anchor.ctx.request_repaint();
}

/// Gives the keys to the first entry of a menu that a key has opened.
fn enter(ui: &Ui) {
    if !ui.is_sizing_pass() && ui.data_mut(|data| data.remove_temp::<bool>(entering())).is_some() {
        ui.memory_mut(|memory| memory.move_focus(FocusDirection::Down));
    }
}

/// Shows the context menu of a row or of the text, where it was asked for with the mouse or, as `asked` says, by a key:
/// then at `at`.
pub fn context_menu_ui(response: &Response, asked: bool, at: Pos2, content: impl FnOnce(&mut Ui)) {
    let (ctx, id) = (&response.ctx, Popup::default_response_id(response));
    if asked {
        open(response);
    }
    let mut menu = Popup::context_menu(response);
    if Popup::is_id_open(ctx, id) && Popup::position_of_id(ctx, id).is_none() {
        menu = menu.at_position(at);
    }
    let shown = menu.show(|ui| {
        enter(ui);
        content(ui);
    });
    // Whoever came by a key goes on where they were.
    if shown.is_some() && !Popup::is_id_open(ctx, id) && ctx.input(|input| input.key_pressed(Key::Escape)) {
        response.request_focus();
    }
}

/// What arrows to the side mean in a menu.
#[derive(Default)]
struct Inner {
    /// A menu inside it is open.
    is_open: bool,
    /// The entry that has the keys opens one.
    leads_on: bool,
}

fn menu_ui(ui: &mut Ui, state: &State, actions: &mut Actions, menu: Menu) -> Inner {
    let mut inner = Inner::default();
    let mut inside = |shown: InnerResponse<Option<()>>| {
        inner.is_open |= shown.inner.is_some();
        inner.leads_on |= shown.response.has_focus();
    };
    let most = ui.ctx().content_rect().height() - 80.0;
    ScrollArea::vertical().max_height(most).min_scrolled_height(most).show(ui, |ui| {
        let commands: Vec<Command> = Command::all().filter(|command| row(*command).menu == menu).collect();
        for (index, group) in commands.chunk_by(|a, b| row(*a).group == row(*b).group).enumerate() {
            let Some(first) = group.first() else { continue };
            match menu.inner(row(*first).group) {
                Some(name) => {
                    inside(ui.menu_button(name, |ui| {
                        group_ui(ui, state, actions, group);
                    }));
                }
                None => {
                    if index > 0 {
                        ui.separator();
                    }
                    group_ui(ui, state, actions, group).into_iter().for_each(&mut inside);
                }
            }
        }
        if menu == Menu::View {
            ui.separator();
            theme_ui(ui, &state.model, actions);
        }
    });
    inner
}

/// The commands of a group; among them may be a menu.
fn group_ui(
    ui: &mut Ui,
    state: &State,
    actions: &mut Actions,
    commands: &[Command],
) -> Option<InnerResponse<Option<()>>> {
    let mut inner = None;
    for command in commands {
        command_ui(ui, state, actions, *command);
        if *command == Command::OpenProject {
            inner = Some(ui.menu_button("Open recent", |ui| recent_ui(ui, &state.model, actions)));
        }
    }
    inner
}

fn recent_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    if model.settings.recent.is_empty() {
        ui.weak("No recent projects");
    }
    for path in &model.settings.recent {
        let name = path.file_stem().map_or_else(|| path.display().to_string(), |stem| stem.to_string_lossy().into());
        if ui.button(name).on_hover_text(path.display().to_string()).clicked() {
            actions.push(Action::OpenProject(path.clone(), Way::Open(Access::Edit)));
        }
    }
}

fn theme_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    for (choice, name) in
        [(ThemeChoice::System, "System theme"), (ThemeChoice::Light, "Light theme"), (ThemeChoice::Dark, "Dark theme")]
    {
        if ui.radio(model.settings.theme == choice, name).clicked() {
            actions.push(Action::Set(Box::new(Settings { theme: choice, ..model.settings.clone() })));
            ui.close();
        }
    }
}

/// One command as a menu item, with its key; grey where it can't be used now.
pub fn command_ui(ui: &mut Ui, state: &State, actions: &mut Actions, command: Command) {
    if command.kind_key().is_some() && kind_of(&state.model, command).is_none() {
        return;
    }
    let keys = keys::text(ui.ctx(), &state.model.keys, command);
    let button = Button::new(title(&state.model, command)).shortcut_text(RichText::new(keys).size(theme::SMALL));
    // A menu is as wide as its longest line, which is never broken.
    let mut button = button.wrap_mode(TextWrapMode::Extend);
    if let Some(on) = is_on(&state.model, command) {
        button = button.selected(on);
    }
    let entry = ui.add_enabled(available(state, command), button);
    if entry.gained_focus() {
        // A menu may be higher than the window.
        entry.scroll_to_me(None);
    }
    if entry.clicked() {
        actions.command(command);
        ui.close();
    }
}

/// Whether what a command turns on and off, or chooses among others, is on now; `None` for other commands.
fn is_on(model: &Model, command: Command) -> Option<bool> {
    let level = |level| model.article.is_some() && model.project().level() == level;
    let on = match command {
        Command::ToggleArticles => model.show_articles,
        Command::TogglePanels => model.show_panels,
        Command::ToggleGuidelines => model.show_guidelines,
        Command::ToggleLearning => model.project().learning().on,
        Command::MainEvents => level(Level::Main),
        Command::KeptEvents => level(Level::Kept),
        Command::AllEvents => level(Level::Everything),
        _ => return None,
    };
    Some(on)
}

/// What a command is called right now.
pub fn title(model: &Model, command: Command) -> String {
    let history = model.session.history();
    let told =
        |verb: &str, action: Option<&project::Action>| Some(format!("{verb} {}", lower(&wording::to_do(action?))));
    let now = if command == Command::Undo {
        told("Undo", history.to_undo())
    } else if command == Command::Redo {
        told("Redo", history.to_redo())
    } else if command == Command::ToggleDone && is_done(model) {
        Some("Mark article as not done".to_owned())
    } else if command == Command::FinishArticle {
        Some(finish(model))
    } else if command == Command::EditEntity {
        Some(match (model.focused, model.inspected().and_then(|mention| mention.target)) {
            (Some(Row::Article(_)), _) => "Article details…".to_owned(),
            (Some(Row::Mention(_)), _) => "Edit tag…".to_owned(),
            (Some(Row::Target(Target::Event(_))), _) | (None, Some(Target::Event(_))) => "Edit event…".to_owned(),
            _ => row(command).name.to_owned(),
        })
    } else if command == Command::DeleteTag && model.selected_relation().is_some() {
        Some("Delete relation".to_owned())
    } else if command == Command::EditTag && model.selected_relation().is_some() {
        Some("Note…".to_owned())
    } else if command == Command::EditTag && model.inspected().is_some_and(|mention| mention.event().is_some()) {
        Some("Edit event…".to_owned())
    } else if command == Command::NotHere && model.inspected().is_some_and(Mention::is_held) {
        Some("Suggest in this article".to_owned())
    } else if command == Command::Split && model.subject().is_some_and(|mention| mention.event().is_some()) {
        Some("Split into a new event".to_owned())
    } else {
        kind_of(model, command).map(|kind| {
            let everywhere = matches!(command, Command::KindEverywhere(_));
            let verb = match (everywhere, model.subject().is_some()) {
                (false, true) => "Change to",
                (false, false) => "Tag as",
                (true, true) => "Change all to",
                (true, false) => "Tag all as",
            };
            format!("{verb} {}", kind.name.to_lowercase())
        })
    };
    now.unwrap_or_else(|| row(command).name.to_owned())
}

/// What finishing the article shown would do now.
fn finish(model: &Model) -> String {
    let several = model.project().article_count() > 1;
    match (model.open_count() > 0, is_done(model), several) {
        (true, _, _) => row(Command::FinishArticle).name,
        (false, false, true) => "Mark as done and go on",
        (false, false, false) => "Mark as done",
        (false, true, _) => "Next article",
    }
    .to_owned()
}

fn is_done(model: &Model) -> bool {
    model.article.and_then(|id| model.project().article(id)).is_some_and(|record| record.done.is_some())
}

fn lower(label: &str) -> String {
    let mut chars = label.chars();
    let short = chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect());
    super::text::shortened(&short, 36)
}
