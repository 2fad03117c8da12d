//! The menu bar and every other menu of commands, drawn from the command table.

use eframe::egui::{Button, MenuBar, RichText, ScrollArea, TextWrapMode, Ui};

use super::actions::{Action, Actions};
use super::command::{Command, Menu};
use super::commands::{available, row};
use super::keys;
use super::model::{Model, kind_of};
use super::state::State;
use super::theme;
use super::worker::Way;
use crate::project::{self, Level};
use crate::store::{Access, Settings, ThemeChoice};
use crate::wording;

/// Draws the menu bar.
pub fn menu_bar_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    MenuBar::new().ui(ui, |ui| {
        for menu in Menu::ALL {
            ui.menu_button(menu.name(), |ui| {
                ui.set_min_width(236.0);
                menu_ui(ui, state, actions, menu);
            });
        }
    });
}

fn menu_ui(ui: &mut Ui, state: &State, actions: &mut Actions, menu: Menu) {
    let most = ui.ctx().content_rect().height() - 80.0;
    ScrollArea::vertical().max_height(most).min_scrolled_height(most).show(ui, |ui| {
        let commands: Vec<Command> = Command::all().filter(|command| row(*command).menu == menu).collect();
        for (index, group) in commands.chunk_by(|a, b| row(*a).group == row(*b).group).enumerate() {
            let Some(first) = group.first() else { continue };
            match menu.inner(row(*first).group) {
                Some(name) => {
                    ui.menu_button(name, |ui| group_ui(ui, state, actions, group));
                }
                None => {
                    if index > 0 {
                        ui.separator();
                    }
                    group_ui(ui, state, actions, group);
                }
            }
        }
        if menu == Menu::View {
            ui.separator();
            theme_ui(ui, &state.model, actions);
        }
    });
}

fn group_ui(ui: &mut Ui, state: &State, actions: &mut Actions, commands: &[Command]) {
    for command in commands {
        command_ui(ui, state, actions, *command);
        if *command == Command::OpenProject {
            ui.menu_button("Open recent", |ui| recent_ui(ui, &state.model, actions));
        }
    }
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
    if ui.add_enabled(available(state, command), button).clicked() {
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
    } else if command == Command::FinishArticle && model.open_count() == 0 && !is_done(model) {
        Some("Mark as done and go on".to_owned())
    } else if command == Command::EditTag && model.inspected().is_some_and(|mention| mention.event().is_some()) {
        Some("Edit event…".to_owned())
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

fn is_done(model: &Model) -> bool {
    model.article.and_then(|id| model.project().article(id)).is_some_and(|record| record.done.is_some())
}

fn lower(label: &str) -> String {
    let mut chars = label.chars();
    let short = chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect());
    super::text::shortened(&short, 36)
}
