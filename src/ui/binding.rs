//! Keys with their modifiers: when they count, how they are shown and written, and which of them the settings changed.

use eframe::egui::{Context, Event, Key, KeyboardShortcut, Modifiers};

use super::command::{Command, Mode};

/// The modes in which a key counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Modes(u8);

impl Modes {
    /// These.
    pub const fn of(modes: &[Mode]) -> Self {
        let (mut bits, mut rest) = (0, modes);
        while let [mode, others @ ..] = rest {
            bits |= 1 << *mode as u8;
            rest = others;
        }
        Self(bits)
    }

    /// Whether this is one of them.
    pub fn has(self, mode: Mode) -> bool {
        self.meets(Self::of(&[mode]))
    }

    /// Whether both have a mode.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// These and those.
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// These but for one.
    pub fn without(self, mode: Mode) -> Self {
        Self(self.0 & !Self::of(&[mode]).0)
    }
}

/// A key, with which modifiers, and the modes in which it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding(pub Modes, pub Modifiers, pub Key);

/// The keys of the digits from 1 to 9.
pub const DIGITS: [Key; 9] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

/// The digit from 1 to 9 that a key is by its place on the keyboard: with shift, or on a keyboard whose digits need it,
/// such a key makes another sign.
fn digit(physical: Option<Key>) -> Option<Key> {
    physical.filter(|key| DIGITS.contains(key))
}

/// Which shift makes a sign depends on the keyboard.
fn is_sign(key: Key) -> bool {
    matches!(key, Key::Questionmark | Key::Plus | Key::Equals | Key::Minus | Key::Comma)
}

impl Binding {
    /// Whether it counts in a mode.
    pub fn counts_in(self, mode: Mode) -> bool {
        self.0.has(mode)
    }

    /// Without the modes.
    pub fn shortcut(self) -> KeyboardShortcut {
        KeyboardShortcut::new(self.1, self.2)
    }

    /// As it stands on the keyboard: "Ctrl+," rather than "Ctrl+Comma".
    pub fn text(self, ctx: &Context) -> String {
        shown(ctx, self.shortcut())
    }

    /// Whether it is what this key press is.
    pub fn fits(self, event: &Event) -> bool {
        let Event::Key { key, physical_key, pressed: true, modifiers, .. } = event else { return false };
        let Self(_, pattern, wanted) = self;
        (wanted == *key || Some(wanted) == digit(*physical_key))
            && pattern.alt == modifiers.alt
            && (is_sign(*key) || pattern.shift == modifiers.shift)
            && modifiers.cmd_ctrl_matches(pattern)
    }
}

/// A key with its modifiers as it stands on the keyboard.
pub fn shown(ctx: &Context, keys: KeyboardShortcut) -> String {
    let text = ctx.format_shortcut(&keys);
    [("Comma", ","), ("Plus", "+"), ("Minus", "-"), ("Equals", "="), ("Questionmark", "?")]
        .into_iter()
        .find_map(|(name, sign)| text.strip_suffix(name).map(|rest| format!("{rest}{sign}")))
        .unwrap_or(text)
}

/// What a key press is, to be bound; none for other events and for modifiers by themselves.
pub fn recorded(event: &Event) -> Option<KeyboardShortcut> {
    let Event::Key { key, physical_key, pressed: true, repeat: false, modifiers } = event else { return None };
    let alone = [
        Key::ShiftLeft,
        Key::ShiftRight,
        Key::ControlLeft,
        Key::ControlRight,
        Key::AltLeft,
        Key::AltRight,
        Key::SuperLeft,
        Key::SuperRight,
    ];
    if alone.contains(key) {
        return None;
    }
    let shift = modifiers.shift && !is_sign(*key);
    let command = modifiers.command || modifiers.ctrl;
    let modifiers = Modifiers { alt: modifiers.alt, shift, command, ..Modifiers::NONE };
    Some(KeyboardShortcut::new(modifiers, digit(*physical_key).unwrap_or(*key)))
}

/// As the settings have it, on all systems alike: "Ctrl+Shift+K".
pub fn written(keys: KeyboardShortcut) -> String {
    let modifiers = keys.modifiers;
    let names = [(modifiers.command, "Ctrl+"), (modifiers.alt, "Alt+"), (modifiers.shift, "Shift+")];
    let before: String = names.into_iter().filter_map(|(held, name)| held.then_some(name)).collect();
    format!("{before}{}", keys.logical_key.name())
}

/// Reads what [`written`] writes; none where it names no key.
pub fn read(text: &str) -> Option<KeyboardShortcut> {
    let mut parts = text.split('+').map(str::trim);
    let key = Key::from_name(parts.next_back()?)?;
    let mut modifiers = Modifiers::NONE;
    for part in parts {
        match part {
            "Ctrl" => modifiers.command = true,
            "Alt" => modifiers.alt = true,
            "Shift" => modifiers.shift = true,
            _ => return None,
        }
    }
    Some(KeyboardShortcut::new(modifiers, key))
}

/// Whether a text field has a use of its own for a key: it types, or edits what is typed.
pub fn edits_text(keys: KeyboardShortcut) -> bool {
    let KeyboardShortcut { modifiers, logical_key: key } = keys;
    let name = key.name();
    let function = name.len() > 1 && name.starts_with('F') && name.chars().skip(1).all(|c| c.is_ascii_digit());
    let edits = matches!(
        key,
        Key::A
            | Key::Z
            | Key::Y
            | Key::ArrowLeft
            | Key::ArrowRight
            | Key::ArrowUp
            | Key::ArrowDown
            | Key::Home
            | Key::End
            | Key::Backspace
            | Key::Delete
    );
    if modifiers.command { edits && !modifiers.alt } else { !function && key != Key::Menu }
}

/// The keys that the settings changed, by command; the others have those of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap(Vec<(Command, Vec<Binding>)>);

impl Keymap {
    /// With these changes.
    pub fn new(changed: Vec<(Command, Vec<Binding>)>) -> Self {
        Self(changed)
    }

    /// The keys of a command, where they were changed.
    pub fn changed(&self, command: Command) -> Option<&[Binding]> {
        self.0.iter().find(|(other, _)| *other == command).map(|(_, keys)| keys.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let all = [Modifiers::NONE, Modifiers::COMMAND, Modifiers::ALT | Modifiers::SHIFT];
        for key in Key::ALL {
            for modifiers in all {
                let keys = KeyboardShortcut::new(modifiers, *key);
                assert_eq!(read(&written(keys)), Some(keys), "{}", written(keys));
            }
        }
        for text in ["", "Ctrl+", "Hyper+K", "Ctrl+Sparkle", "+", "K+Ctrl"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_sign_is_recorded_without_the_shift_that_makes_it() {
        let press = |key, physical, modifiers| {
            recorded(&Event::Key { key, physical_key: physical, pressed: true, repeat: false, modifiers })
        };
        let sign = press(Key::Questionmark, Some(Key::Slash), Modifiers::SHIFT);
        assert_eq!(sign, Some(KeyboardShortcut::new(Modifiers::NONE, Key::Questionmark)));
        let digit = press(Key::Quote, Some(Key::Num2), Modifiers::SHIFT);
        assert_eq!(digit, Some(KeyboardShortcut::new(Modifiers::SHIFT, Key::Num2)));
        assert_eq!(press(Key::ShiftLeft, None, Modifiers::SHIFT), None);
        let ctrl = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };
        assert_eq!(press(Key::K, None, ctrl), Some(KeyboardShortcut::new(Modifiers::COMMAND, Key::K)));
    }
}
