//! The keys of all commands, to search and to change: press the new one, take one away, have them as they were.

use eframe::egui::{
    self, Align, Button, Event, EventFilter, Key, KeyboardShortcut, Label, Layout, Modifiers, RichText, ScrollArea,
    TextEdit, Ui, vec2,
};

use super::{heading, main_ui, modal};
use crate::store::Settings;
use crate::ui::actions::{Action, Actions};
use crate::ui::binding;
use crate::ui::command::{Command, Menu};
use crate::ui::commands::row;
use crate::ui::forms::KeysForm;
use crate::ui::forms::keys::{Change, Wanted};
use crate::ui::menu;
use crate::ui::model::{Model, kind_of};
use crate::ui::rebinding::{self, Use, shortcuts, used};
use crate::ui::theme::Palette;

const HEIGHT: f32 = 28.0;

pub(super) fn keys_ui(ui: &Ui, model: &Model, actions: &mut Actions, form: &mut KeysForm) -> bool {
    let mut done = false;
    let mut settings = model.settings.clone();
    let height = ui.ctx().content_rect().height() - 280.0;
    let left = modal(ui, "Keys", 620.0, |ui| {
        if let Change::Recording(wanted) = form.change {
            form.change = record(ui, model, &mut settings, wanted);
        }
        let field = TextEdit::singleline(&mut form.words).hint_text("Search by command or key");
        let field = ui.add(field.desired_width(f32::INFINITY)).accessible_name("Search keys");
        if !std::mem::replace(&mut form.opened, true) {
            field.request_focus();
        }
        ui.add_space(6.0);
        let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink(false);
        area.show(ui, |ui| {
            let mut any = false;
            for of in Menu::ALL {
                any |= menu_keys_ui(ui, model, &mut settings, form, of);
            }
            if !any {
                ui.weak("No command or key matches");
            }
        });
        ui.add_space(8.0);
        told_ui(ui, model, &mut settings, form);
        ui.add_space(8.0);
        super::right_ui(ui, |ui| {
            done = main_ui(ui, "Done", !form.is_recording());
            let reset = Button::new("Reset all…").min_size(vec2(72.0, 28.0));
            if ui.add_enabled(rebinding::any(&settings), reset).clicked() {
                form.change = Change::ResetAll;
            }
        });
    });
    if settings != model.settings {
        actions.push(Action::Set(Box::new(settings)));
    }
    left || done
}

/// The commands of a menu that fit what is looked for; whether there are any.
fn menu_keys_ui(ui: &mut Ui, model: &Model, settings: &mut Settings, form: &mut KeysForm, of: Menu) -> bool {
    let typed = form.words.trim().to_lowercase();
    let shown = |command: &Command| {
        let mut words = vec![name(model, *command), of.name().to_owned()];
        words.extend(shortcuts(&model.keys, *command).into_iter().map(|keys| binding::shown(ui.ctx(), keys)));
        let there = command.kind_key().is_none() || kind_of(model, *command).is_some();
        row(*command).menu == of && there && words.iter().any(|words| words.to_lowercase().contains(&typed))
    };
    let commands: Vec<Command> = Command::all().filter(shown).collect();
    if !commands.is_empty() {
        heading(ui, of.name());
    }
    for command in &commands {
        ui.push_id(("keys of", name(model, *command)), |ui| command_ui(ui, model, settings, form, *command));
    }
    ui.add_space(if commands.is_empty() { 0.0 } else { 8.0 });
    !commands.is_empty()
}

fn name(model: &Model, command: Command) -> String {
    match command.kind_key() {
        Some(_) => menu::title(model, command),
        None => row(command).name.to_owned(),
    }
}

/// A command with its keys: each a button that takes another in its place.
fn command_ui(ui: &mut Ui, model: &Model, settings: &mut Settings, form: &mut KeysForm, command: Command) {
    let palette = Palette::get(ui);
    let named = name(model, command);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), HEIGHT), Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let keys = shortcuts(&model.keys, command);
        let Some(id) = command.id() else {
            ui.add_space(68.0);
            let keys: Vec<String> = keys.into_iter().map(|keys| binding::shown(ui.ctx(), keys)).collect();
            let hint = "The keys of kinds are set in the tagset";
            ui.label(RichText::new(keys.join(", ")).color(palette.weak)).on_hover_text(hint);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.add(Label::new(&named).truncate()));
            return;
        };
        let changed = settings.keys.contains_key(id);
        let square = vec2(28.0, 24.0);
        let back = ui.add_enabled(changed, Button::new("↺").min_size(square)).on_hover_text("Reset to the default");
        if back.accessible_name(format!("Reset keys of {named}")).clicked() {
            reset(model, settings, form, command);
        }
        let more = ui.add(Button::new("+").min_size(square)).on_hover_text("Add a key");
        if more.accessible_name(format!("Add key to {named}")).clicked() {
            form.change = Change::Recording(Wanted { command, instead: None });
        }
        if form.change == Change::Recording(Wanted { command, instead: None }) {
            recording_ui(ui, model, settings, form, None);
        }
        for keys in keys.into_iter().rev() {
            let wanted = Wanted { command, instead: Some(keys) };
            if form.change == Change::Recording(wanted) {
                recording_ui(ui, model, settings, form, Some(keys));
                continue;
            }
            let text = binding::shown(ui.ctx(), keys);
            let others = if model.settings.keys.is_empty() { Vec::new() } else { used(&model.keys, command, keys) };
            let color = if others.is_empty() { palette.ink } else { palette.error };
            let chip = ui.add(Button::new(RichText::new(&text).color(color)));
            let chip = chip.accessible_name(format!("{text}, key of {named}"));
            let chip = chip.on_hover_ui(|ui| {
                ui.label(match others.first() {
                    Some(first) => told(ui, model, keys, first),
                    None => "Change this key".to_owned(),
                });
            });
            if chip.clicked() {
                form.change = Change::Recording(wanted);
            }
            let delete = |input: &egui::InputState| input.key_pressed(Key::Delete) || input.key_pressed(Key::Backspace);
            if chip.has_focus() && ui.input(delete) {
                rebinding::take(settings, &model.keys, command, keys);
            }
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.add(Label::new(&named).truncate()));
    });
}

/// Stands where the key will be, until one is pressed.
fn recording_ui(
    ui: &mut Ui,
    model: &Model,
    settings: &mut Settings,
    form: &mut KeysForm,
    instead: Option<KeyboardShortcut>,
) {
    let palette = Palette::get(ui);
    let Change::Recording(wanted) = form.change else { return };
    if let Some(keys) = instead
        && ui.button("Remove").on_hover_text("Delete").clicked()
    {
        rebinding::take(settings, &model.keys, wanted.command, keys);
        form.change = Change::None;
    }
    if ui.button("Cancel").on_hover_text("Escape").clicked() {
        form.change = Change::None;
    }
    let field = Button::new(RichText::new("Press a key…").color(palette.on_accent)).fill(palette.accent);
    let field = ui.add(field);
    // What would move the focus is a key like others here.
    let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| {
        memory.request_focus(field.id);
        memory.set_focus_lock_filter(field.id, filter);
    });
}

/// Takes the key that was pressed for a command. All other keys wait until then.
fn record(ui: &Ui, model: &Model, settings: &mut Settings, wanted: Wanted) -> Change {
    let events = ui.input_mut(|input| {
        let events = input.events.clone();
        let typed = |event: &Event| {
            matches!(event, Event::Key { .. } | Event::Text(_) | Event::Copy | Event::Cut | Event::Paste(_))
        };
        input.events.retain(|event| !typed(event));
        events
    });
    if events.iter().any(|event| matches!(event, Event::Copy | Event::Cut | Event::Paste(_))) {
        return Change::Refused("This key copies, cuts or pastes, and can't be used for anything else".to_owned());
    }
    let Some(keys) = events.iter().find_map(binding::recorded) else { return Change::Recording(wanted) };
    if keys.modifiers == Modifiers::NONE && matches!(keys.logical_key, Key::Escape | Key::Delete | Key::Backspace) {
        if keys.logical_key != Key::Escape
            && let Some(old) = wanted.instead
        {
            rebinding::take(settings, &model.keys, wanted.command, old);
        }
        return Change::None;
    }
    give(ui, model, settings, wanted, keys)
}

/// Gives a key to a command where nothing else has it.
fn give(ui: &Ui, model: &Model, settings: &mut Settings, wanted: Wanted, keys: KeyboardShortcut) -> Change {
    let used = used(&model.keys, wanted.command, keys);
    if let Some(fixed) = used.iter().find(|used| matches!(used, Use::Fixed(_))) {
        return Change::Refused(format!("{}, and can't be used for anything else", told(ui, model, keys, fixed)));
    }
    let others: Vec<Command> = used
        .into_iter()
        .filter_map(|used| match used {
            Use::Command(other) => Some(other),
            Use::Fixed(_) => None,
        })
        .collect();
    if others.is_empty() {
        rebinding::give(settings, &model.keys, wanted.command, keys, wanted.instead);
        return Change::None;
    }
    Change::Taken(wanted, keys, others)
}

/// Gives a command its own keys again, where nothing else has them now.
fn reset(model: &Model, settings: &mut Settings, form: &mut KeysForm, command: Command) {
    form.change = match rebinding::hindrance(&model.keys, command) {
        Some((keys, other)) => Change::Hindered(command, keys, other),
        None => {
            rebinding::reset(settings, &model.keys, command);
            Change::None
        }
    };
}

fn told(ui: &Ui, model: &Model, keys: KeyboardShortcut, used: &Use) -> String {
    let keys = binding::shown(ui.ctx(), keys);
    match used {
        Use::Fixed(what) => format!("{keys} {what}"),
        Use::Command(other) => format!("{keys} is used by “{}”", name(model, *other)),
    }
}

/// What stands in the way of a change, and the ways on. A line high all the time, so that the list stays in its place.
fn told_ui(ui: &mut Ui, model: &Model, settings: &mut Settings, form: &mut KeysForm) {
    let palette = Palette::get(ui);
    let change = form.change.clone();
    let says = match &change {
        Change::None => "Click a key to change it".to_owned(),
        Change::Recording(_) => "Press the new key. Escape cancels.".to_owned(),
        Change::Taken(_, keys, others) => {
            let first = others.first().map(|other| told(ui, model, *keys, &Use::Command(*other)));
            format!("{}. Take it away there?", first.unwrap_or_default())
        }
        Change::Hindered(_, keys, other) => {
            format!("{}. Take it away there?", told(ui, model, *keys, &Use::Command(*other)))
        }
        Change::Refused(why) => why.clone(),
        Change::ResetAll => "Reset the keys of all commands to the defaults?".to_owned(),
    };
    let asks = matches!(change, Change::Taken(..) | Change::Hindered(..) | Change::ResetAll);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), HEIGHT), Layout::right_to_left(Align::Center), |ui| {
        if asks {
            if ui.button("Cancel").clicked() {
                form.change = Change::None;
            }
            let yes = if change == Change::ResetAll { "Reset all" } else { "Take it" };
            let yes = ui.button(yes);
            if ui.memory(|memory| memory.focused().is_none()) {
                yes.request_focus();
            }
            if yes.clicked() {
                match &change {
                    Change::Taken(wanted, keys, _) => {
                        rebinding::give(settings, &model.keys, wanted.command, *keys, wanted.instead);
                    }
                    Change::Hindered(command, ..) => rebinding::reset(settings, &model.keys, *command),
                    _ => rebinding::reset_all(settings),
                }
                form.change = Change::None;
            }
        }
        let refused = matches!(change, Change::Refused(_));
        let color = if refused {
            palette.error
        } else if asks {
            palette.ink
        } else {
            palette.weak
        };
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add(Label::new(RichText::new(says).color(color)).truncate());
        });
    });
}
