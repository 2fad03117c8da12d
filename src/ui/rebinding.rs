//! Other keys for commands: what a key is used for already, and what the settings are once it is given or taken away.

use eframe::egui::{Key, KeyboardShortcut};

use super::binding::{Keymap, Modes, edits_text, written};
use super::command::{Command, Menu, Mode};
use super::keys::{bound, of};
use crate::store::Settings;

/// What a key is used for already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Use {
    /// It does this, whatever the settings say: "opens the File menu".
    Fixed(String),
    /// It is a key of this command, which can be taken away.
    Command(Command),
}

/// The keys of a command, whatever the modes, each once.
pub fn shortcuts(keymap: &Keymap, command: Command) -> Vec<KeyboardShortcut> {
    let mut found = Vec::new();
    for keys in of(keymap, command).iter().map(|binding| binding.shortcut()) {
        if !found.contains(&keys) {
            found.push(keys);
        }
    }
    found
}

/// What a key is used for in the modes in which it would count for a command.
pub fn used(keymap: &Keymap, command: Command, keys: KeyboardShortcut) -> Vec<Use> {
    let modes = bound(command, keys).0;
    let shares =
        |other: Command| of(keymap, other).iter().any(|binding| binding.shortcut() == keys && binding.0.meets(modes));
    let others = Command::all().filter(|other| *other != command && shares(*other)).map(|other| match other.id() {
        Some(_) => Use::Command(other),
        None => Use::Fixed("tags, as the tagset says".to_owned()),
    });
    fixed(keys, modes).map(Use::Fixed).into_iter().chain(others).collect()
}

/// What a key does that is not a command's.
fn fixed(keys: KeyboardShortcut, modes: Modes) -> Option<String> {
    let KeyboardShortcut { modifiers, logical_key: key } = keys;
    if modifiers == eframe::egui::Modifiers::ALT
        && let Some(menu) = Menu::ALL.into_iter().find(|menu| menu.letter() == key)
    {
        return Some(format!("opens the {} menu", menu.name()));
    }
    let moves = matches!(
        key,
        Key::ArrowLeft
            | Key::ArrowRight
            | Key::ArrowUp
            | Key::ArrowDown
            | Key::Home
            | Key::End
            | Key::PageUp
            | Key::PageDown
    );
    if moves && !modifiers.alt && edits_text(keys) && modes.has(Mode::Caret) {
        return Some("moves the caret".to_owned());
    }
    let scrolls = moves && !matches!(key, Key::ArrowLeft | Key::ArrowRight) && modifiers.is_none();
    (scrolls && modes.has(Mode::Review)).then(|| "scrolls the article".to_owned())
}

/// The settings, once a command has these keys and no others.
pub fn set(settings: &mut Settings, command: Command, keys: &[KeyboardShortcut]) {
    let Some(id) = command.id() else { return };
    if keys == shortcuts(&Keymap::default(), command) {
        settings.keys.remove(id);
    } else {
        settings.keys.insert(id.to_owned(), keys.iter().map(|keys| written(*keys)).collect());
    }
}

/// The settings, once a command has a key, in the place of another or behind those it has; whatever used it no longer
/// does.
pub fn give(
    settings: &mut Settings,
    keymap: &Keymap,
    command: Command,
    keys: KeyboardShortcut,
    instead: Option<KeyboardShortcut>,
) {
    for use_of in used(keymap, command, keys) {
        if let Use::Command(other) = use_of {
            take(settings, keymap, other, keys);
        }
    }
    let mut all = shortcuts(keymap, command);
    all.retain(|other| *other != keys || Some(*other) == instead);
    match all.iter_mut().find(|other| Some(**other) == instead) {
        Some(place) => *place = keys,
        None => all.push(keys),
    }
    set(settings, command, &all);
}

/// A key of the table that another command has now.
pub fn hindrance(keymap: &Keymap, command: Command) -> Option<(KeyboardShortcut, Command)> {
    shortcuts(&Keymap::default(), command).into_iter().find_map(|keys| {
        let other = used(keymap, command, keys).into_iter().find_map(|used| match used {
            Use::Command(other) => Some(other),
            Use::Fixed(_) => None,
        });
        Some((keys, other?))
    })
}

/// Whether a command has other keys than those of the table.
pub fn any(settings: &Settings) -> bool {
    Command::all().filter_map(Command::id).any(|id| settings.keys.contains_key(id))
}

/// The settings, once all commands have the keys of the table again. What another version has keys for is left to it.
pub fn reset_all(settings: &mut Settings) {
    Command::all().filter_map(Command::id).for_each(|id| _ = settings.keys.remove(id));
}

/// The settings, once a command has the keys of the table again, each of which then does nothing else.
pub fn reset(settings: &mut Settings, keymap: &Keymap, command: Command) {
    let own = shortcuts(&Keymap::default(), command);
    for keys in &own {
        for use_of in used(keymap, command, *keys) {
            if let Use::Command(other) = use_of {
                take(settings, keymap, other, *keys);
            }
        }
    }
    set(settings, command, &own);
}

/// The settings, once a command has a key no longer.
pub fn take(settings: &mut Settings, keymap: &Keymap, command: Command, keys: KeyboardShortcut) {
    let mut all = shortcuts(keymap, command);
    all.retain(|other| *other != keys);
    set(settings, command, &all);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::binding::read;
    use crate::ui::command::Digit;
    use crate::ui::keys::keymap;

    fn key(text: &str) -> KeyboardShortcut {
        read(text).unwrap()
    }

    #[test]
    fn as_they_are_no_key_is_used_twice() {
        let keymap = Keymap::default();
        for command in Command::all() {
            for keys in shortcuts(&keymap, command) {
                // The table says when such a key counts; see `commands`.
                let uses = used(&keymap, command, keys);
                assert!(uses.is_empty(), "{command:?}: {keys:?} is used: {uses:?}");
            }
        }
    }

    #[test]
    fn what_a_key_is_used_for_is_told() {
        let keymap = Keymap::default();
        let used = |command, keys| used(&keymap, command, key(keys));
        assert_eq!(used(Command::Export, "Ctrl+K"), [Use::Command(Command::Palette)]);
        assert_eq!(used(Command::Export, "Alt+F"), [Use::Fixed("opens the File menu".into())]);
        assert_eq!(used(Command::Accept, "2"), [Use::Fixed("tags, as the tagset says".into())]);
        assert_eq!(used(Command::Find, "Home"), [Use::Fixed("moves the caret".into())]);
        assert_eq!(used(Command::Accept, "PageUp"), [Use::Fixed("scrolls the article".into())]);
        // A letter of an event's slot is another thing's while no event is selected.
        assert_eq!(used(Command::EventType, "D"), [Use::Command(Command::EventDate)]);
        assert_eq!(used(Command::Export, "Ctrl+J"), []);
        assert_eq!(Command::Kind(Digit::One).id(), None);
    }

    #[test]
    fn a_key_goes_from_one_command_to_another_and_back() {
        let mut settings = Settings::default();
        let now = |settings: &Settings, command| shortcuts(&keymap(settings), command);
        give(&mut settings, &Keymap::default(), Command::Export, key("Ctrl+K"), None);
        assert_eq!(now(&settings, Command::Export), [key("Ctrl+E"), key("Ctrl+K")]);
        assert_eq!(now(&settings, Command::Palette), []);
        let before = keymap(&settings);
        give(&mut settings, &before, Command::Palette, key("Ctrl+K"), None);
        assert_eq!(settings, Settings::default(), "nothing is kept of what is as it was");
        give(&mut settings, &Keymap::default(), Command::Redo, key("Ctrl+J"), Some(key("Ctrl+Shift+Z")));
        assert_eq!(now(&settings, Command::Redo), [key("Ctrl+J"), key("Ctrl+Y")]);
    }
}
