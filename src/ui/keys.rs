//! From keys to commands: which keys each has, and which commands those that were pressed ask for.

use eframe::egui::{Context, Event, Key, KeyboardShortcut, Modifiers, os::OperatingSystem};

use super::binding::{self, Binding, Keymap, Modes};
use super::command::{Command, Menu, Mode};
use super::commands::{EVERYWHERE, row};
use crate::store::Settings;

/// The keys of a command, the first one shown in menus: those that the settings give it, else those of the table.
pub fn of(keymap: &Keymap, command: Command) -> &[Binding] {
    keymap.changed(command).unwrap_or(row(command).keys)
}

/// The first key of a command, as text; empty where it has none.
pub fn text(ctx: &Context, keymap: &Keymap, command: Command) -> String {
    of(keymap, command).first().map(|binding| binding.text(ctx)).unwrap_or_default()
}

/// What a button does, and behind it its key, for when it is pointed at.
pub fn hint(ctx: &Context, keymap: &Keymap, command: Command, what: &str) -> String {
    let keys = text(ctx, keymap, command);
    if keys.is_empty() { what.to_owned() } else { format!("{what} ({keys})") }
}

/// The keys as the settings change them. What they have of commands and keys that this version does not know counts for
/// nothing; a command all of whose keys are unknown keeps those of the table.
pub fn keymap(settings: &Settings) -> Keymap {
    let known = Command::all().filter_map(|command| {
        let listed = settings.keys.get(command.id()?)?;
        let keys: Vec<Binding> = listed.iter().filter_map(|text| Some(bound(command, binding::read(text)?))).collect();
        (listed.is_empty() || !keys.is_empty()).then_some((command, keys))
    });
    Keymap::new(known.collect())
}

/// A key of a command, in the modes in which it counts: where it is one of its own those of that one, else all in which
/// the command has any, but in a field never what a field needs.
pub fn bound(command: Command, keys: KeyboardShortcut) -> Binding {
    let own = row(command).keys;
    let modes = |fits: &dyn Fn(&Binding) -> bool| {
        own.iter().filter(|binding| fits(binding)).map(|binding| binding.0).reduce(Modes::with)
    };
    let modes = modes(&|binding| binding.shortcut() == keys).unwrap_or_else(|| {
        let all = modes(&|_| true).unwrap_or(EVERYWHERE);
        if binding::edits_text(keys) { all.without(Mode::Field) } else { all }
    });
    Binding(modes, keys.modifiers, keys.logical_key)
}

/// Takes the keys that were pressed and count in `mode` out of the input, and tells what they ask for, in their order.
/// Where a button or row has the focus (`elsewhere`), the keys that move the focus and press it are left to it.
pub fn pressed(ctx: &Context, keymap: &Keymap, mode: Mode, elsewhere: bool) -> Vec<Command> {
    ctx.input_mut(|input| {
        let mut commands = Vec::new();
        let mut typed = false;
        input.events.retain(|event| {
            let command = asked(event, keymap, mode).filter(|_| !(elsewhere && moves_focus(event)));
            commands.extend(command);
            typed |= command.is_some();
            command.is_none()
        });
        if typed {
            // The letter must not be typed into whatever the command opens.
            input.events.retain(|event| !matches!(event, Event::Text(_)));
        }
        commands
    })
}

/// Takes alt and the letter of a menu out of the input; the menu, where they were pressed.
pub fn menu(ctx: &Context) -> Option<Menu> {
    if ctx.os() == OperatingSystem::Mac {
        // There such keys type signs.
        return None;
    }
    ctx.input_mut(|input| {
        let opens = |event: &Event| {
            let letter = binding::recorded(event).filter(|keys| keys.modifiers == Modifiers::ALT)?.logical_key;
            Menu::ALL.into_iter().find(|menu| menu.letter() == letter)
        };
        let asked = input.events.iter().find_map(opens);
        if asked.is_some() {
            // A field would take the letter as typed.
            input.events.retain(|event| opens(event).is_none() && !matches!(event, Event::Text(_)));
        }
        asked
    })
}

fn moves_focus(event: &Event) -> bool {
    let keys = [Key::Tab, Key::Space, Key::Enter, Key::ArrowLeft, Key::ArrowRight, Key::ArrowUp, Key::ArrowDown];
    matches!(event, Event::Key { key, modifiers, .. } if keys.contains(key) && !modifiers.command && !modifiers.alt)
}

/// What a key press asks for in a mode.
fn asked(event: &Event, keymap: &Keymap, mode: Mode) -> Option<Command> {
    let asks = |binding: &Binding| binding.counts_in(mode) && binding.fits(event);
    Command::all().find(|command| of(keymap, *command).iter().any(asks))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::command::Digit;

    fn press(key: Key, physical: Key, modifiers: Modifiers) -> Event {
        Event::Key { key, physical_key: Some(physical), pressed: true, repeat: false, modifiers }
    }

    fn with(changes: &[(&str, &[&str])]) -> Keymap {
        let mut settings = Settings::default();
        for (command, keys) in changes {
            settings.keys.insert((*command).to_owned(), keys.iter().map(|key| (*key).to_owned()).collect());
        }
        keymap(&settings)
    }

    #[test]
    fn a_digit_with_shift_is_told_by_its_place_on_the_keyboard() {
        let press =
            |key, physical, modifiers| asked(&press(key, physical, modifiers), &Keymap::default(), Mode::Review);
        let everywhere = Some(Command::KindEverywhere(Digit::Two));
        assert_eq!(press(Key::Quote, Key::Num2, Modifiers::SHIFT), everywhere);
        assert_eq!(press(Key::Num2, Key::Num2, Modifiers::SHIFT), everywhere);
        assert_eq!(press(Key::Num2, Key::Num2, Modifiers::NONE), Some(Command::Kind(Digit::Two)));
    }

    #[test]
    fn the_settings_give_and_take_keys() {
        let keymap = with(&[("Accept", &["Y", "A"]), ("Reject", &[])]);
        let asks = |key, mode| asked(&press(key, key, Modifiers::NONE), &keymap, mode);
        assert_eq!(asks(Key::Y, Mode::Review), Some(Command::Accept));
        assert_eq!(asks(Key::A, Mode::Review), Some(Command::Accept));
        assert_eq!(asks(Key::X, Mode::Review), None);
        assert_eq!(asks(Key::Y, Mode::Field), None);
        assert_eq!(asks(Key::Space, Mode::Review), Some(Command::Skip), "the rest is as it was");
    }

    #[test]
    fn what_the_settings_have_of_unknown_commands_and_keys_counts_for_nothing() {
        let keymap = with(&[("Fly", &["F"]), ("Accept", &["Sparkle", "Y"]), ("Reject", &["Sparkle"])]);
        let keys = |command| of(&keymap, command).iter().map(|key| key.2).collect::<Vec<_>>();
        assert_eq!(keys(Command::Accept), [Key::Y]);
        assert_eq!(keys(Command::Reject), [Key::X]);
    }

    #[test]
    fn a_field_keeps_the_keys_it_needs() {
        for command in Command::all() {
            for keys in ["K", "Shift+K", "Alt+K", "Space", "Ctrl+Z", "Ctrl+A", "Ctrl+Left", "Delete", "Home"] {
                let keys = binding::read(keys).unwrap();
                let own = row(command).keys.iter().any(|binding| binding.shortcut() == keys);
                assert!(own || !bound(command, keys).counts_in(Mode::Field), "{command:?}, {keys:?}");
            }
        }
        let keys = binding::read("Ctrl+J").unwrap();
        assert!(bound(Command::Find, keys).counts_in(Mode::Field));
        assert!(bound(Command::OpenSample, binding::read("F11").unwrap()).counts_in(Mode::Field));
    }
}
