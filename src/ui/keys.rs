//! From keys to commands.

use eframe::egui::{Context, Event, Key};

use super::command::{Binding, Command, Mode};
use super::commands::row;

/// Takes the keys that were pressed and count in `mode` out of the input, and tells what they ask for, in their order.
/// Where a button or row has the focus (`elsewhere`), the keys that move the focus and press it are left to it.
pub fn pressed(ctx: &Context, mode: Mode, elsewhere: bool) -> Vec<Command> {
    ctx.input_mut(|input| {
        let mut commands = Vec::new();
        let mut typed = false;
        input.events.retain(|event| {
            let command = asked(event, mode).filter(|_| !(elsewhere && moves_focus(event)));
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

fn moves_focus(event: &Event) -> bool {
    let keys = [Key::Tab, Key::Space, Key::Enter, Key::ArrowLeft, Key::ArrowRight, Key::ArrowUp, Key::ArrowDown];
    matches!(event, Event::Key { key, modifiers, .. } if keys.contains(key) && !modifiers.command && !modifiers.alt)
}

const DIGITS: [Key; 9] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

/// What a key press asks for in a mode.
fn asked(event: &Event, mode: Mode) -> Option<Command> {
    let Event::Key { key, physical_key, pressed: true, modifiers, .. } = event else { return None };
    // With shift, or on a keyboard whose digits need it, the key of a digit makes another sign.
    let digit = physical_key.filter(|key| DIGITS.contains(key));
    // Which shift makes a sign depends on the keyboard.
    let sign = matches!(key, Key::Questionmark | Key::Plus | Key::Equals | Key::Minus | Key::Comma);
    let fits = |Binding(_, pattern, wanted): &Binding| {
        (wanted == key || Some(*wanted) == digit)
            && pattern.alt == modifiers.alt
            && (sign || pattern.shift == modifiers.shift)
            && modifiers.cmd_ctrl_matches(*pattern)
    };
    Command::all().find(|command| row(*command).keys.iter().any(|key| key.counts_in(mode) && fits(key)))
}

#[cfg(test)]
mod tests {
    use eframe::egui::Modifiers;

    use super::*;
    use crate::ui::command::Digit;

    #[test]
    fn a_digit_with_shift_is_told_by_its_place_on_the_keyboard() {
        let press = |key, physical, modifiers| {
            let physical_key = Some(physical);
            asked(&Event::Key { key, physical_key, pressed: true, repeat: false, modifiers }, Mode::Review)
        };
        let everywhere = Some(Command::KindEverywhere(Digit::Two));
        assert_eq!(press(Key::Quote, Key::Num2, Modifiers::SHIFT), everywhere);
        assert_eq!(press(Key::Num2, Key::Num2, Modifiers::SHIFT), everywhere);
        assert_eq!(press(Key::Num2, Key::Num2, Modifiers::NONE), Some(Command::Kind(Digit::Two)));
    }
}
