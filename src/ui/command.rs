//! The one table of commands: menus, shortcuts, command palette and help sheet are all drawn from it.

use eframe::egui::{Context, Event, Key, KeyboardShortcut, Modifiers};

/// What the keys mean right now; always shown in the status line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A tag is selected, or nothing is.
    Review,
    /// The article has the text caret.
    Caret,
    /// A text field, a dialog or a menu has the keys.
    Field,
}

impl Mode {
    /// As the status line shows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Review => "Review",
            Self::Caret => "Caret",
            Self::Field => "Field",
        }
    }
}

/// Everything that can be done without further words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the table below names each")]
pub enum Command {
    NewProject,
    NewFromTagset,
    OpenArticles,
    OpenFolder,
    PasteArticle,
    ImportAnnotations,
    OpenSample,
    OpenProject,
    Save,
    SaveAs,
    EarlierVersions,
    Export,
    ArticleDetails,
    Tagset,
    EditGuidelines,
    Settings,
    Quit,
    Undo,
    Redo,
    CopySelection,
    Find,
    FindNext,
    FindPrevious,
    FindInProject,
    TagMatches,
    UntagMatches,
    Palette,
    Accept,
    Reject,
    Skip,
    AcceptEntity,
    RejectEntity,
    AcceptArticle,
    AcceptListed,
    AcceptVisible,
    RejectVisible,
    AcceptKind,
    RejectKind,
    FinishArticle,
    DecideByScore,
    EditTag,
    DeleteTag,
    BringBack,
    Split,
    /// The kind whose key is the digit behind this one: 0 for the key 1.
    Kind(u8),
    /// The kind whose key is the digit behind this one, wherever the words stand.
    KindEverywhere(u8),
    TagAgain,
    TagAll,
    StartBack,
    StartForward,
    StartWordBack,
    StartWordForward,
    EndBack,
    EndForward,
    EndWordBack,
    EndWordForward,
    PlaceCaret,
    NextPane,
    Suggest,
    SuggestAll,
    CancelSuggest,
    NextSuggestion,
    PreviousSuggestion,
    NextArticle,
    PreviousArticle,
    MoveArticleUp,
    MoveArticleDown,
    RemoveArticle,
    ToggleDone,
    NextMention,
    PreviousMention,
    EditEntity,
    ToggleArticles,
    TogglePanels,
    Log,
    ToggleGuidelines,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    Leave,
    Help,
    About,
}

/// The menus, in the order of the menu bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Menu {
    File,
    Edit,
    Annotate,
    Go,
    View,
    Help,
}

impl Menu {
    /// All, left to right.
    pub const ALL: [Self; 6] = [Self::File, Self::Edit, Self::Annotate, Self::Go, Self::View, Self::Help];

    /// As the menu bar shows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Annotate => "Annotate",
            Self::Go => "Go",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

/// A key and the modes in which it counts.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// In which modes.
    pub modes: &'static [Mode],
    /// Which key with which modifiers.
    pub shortcut: KeyboardShortcut,
}

/// A line of the table.
#[derive(Debug)]
pub struct Entry {
    /// What is done.
    pub command: Command,
    /// As menus show it; `…` where it asks for more.
    pub name: &'static str,
    /// Where it stands; a line is drawn above the first of each group.
    pub menu: Menu,
    /// Entries of one group stand together.
    pub group: u8,
    /// Its keys, the first one shown in menus.
    pub keys: &'static [Binding],
}

const EVERYWHERE: &[Mode] = &[Mode::Review, Mode::Caret, Mode::Field];
const ARTICLE: &[Mode] = &[Mode::Review, Mode::Caret];
const REVIEW: &[Mode] = &[Mode::Review];
const CARET: &[Mode] = &[Mode::Caret];
const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT: Modifiers = Modifiers::ALT;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
const CTRL_ALT: Modifiers = Modifiers::COMMAND.plus(Modifiers::ALT);
const CTRL_ALT_SHIFT: Modifiers = CTRL_ALT.plus(Modifiers::SHIFT);

const fn on(modes: &'static [Mode], modifiers: Modifiers, key: Key) -> Binding {
    Binding { modes, shortcut: KeyboardShortcut::new(modifiers, key) }
}

const fn entry(menu: Menu, group: u8, command: Command, name: &'static str, keys: &'static [Binding]) -> Entry {
    Entry { command, name, menu, group, keys }
}

/// Every command, in the order of menus and help sheet.
pub const TABLE: &[Entry] = &[
    entry(Menu::File, 0, Command::NewProject, "New project", &[on(EVERYWHERE, CTRL, Key::N)]),
    entry(Menu::File, 0, Command::NewFromTagset, "New project from tagset…", &[]),
    entry(Menu::File, 0, Command::OpenProject, "Open project…", &[on(EVERYWHERE, CTRL_SHIFT, Key::O)]),
    entry(Menu::File, 1, Command::OpenArticles, "Open articles…", &[on(EVERYWHERE, CTRL, Key::O)]),
    entry(Menu::File, 1, Command::OpenFolder, "Open folder of articles…", &[]),
    entry(Menu::File, 1, Command::PasteArticle, "Paste article…", &[on(EVERYWHERE, CTRL_SHIFT, Key::V)]),
    entry(Menu::File, 1, Command::OpenSample, "Open sample article", &[]),
    entry(Menu::File, 1, Command::ImportAnnotations, "Import annotations…", &[on(EVERYWHERE, CTRL_SHIFT, Key::I)]),
    entry(Menu::File, 2, Command::Save, "Save project", &[on(EVERYWHERE, CTRL, Key::S)]),
    entry(Menu::File, 2, Command::SaveAs, "Save project as…", &[on(EVERYWHERE, CTRL_SHIFT, Key::S)]),
    entry(Menu::File, 2, Command::EarlierVersions, "Earlier versions…", &[]),
    entry(Menu::File, 2, Command::Export, "Export annotations…", &[on(EVERYWHERE, CTRL, Key::E)]),
    entry(Menu::File, 3, Command::Settings, "Settings…", &[on(EVERYWHERE, CTRL, Key::Comma)]),
    entry(Menu::File, 3, Command::Quit, "Quit", &[on(EVERYWHERE, CTRL, Key::Q)]),
    entry(Menu::Edit, 0, Command::Undo, "Undo", &[on(ARTICLE, CTRL, Key::Z)]),
    entry(Menu::Edit, 0, Command::Redo, "Redo", &[on(ARTICLE, CTRL_SHIFT, Key::Z), on(ARTICLE, CTRL, Key::Y)]),
    entry(Menu::Edit, 1, Command::CopySelection, "Copy", &[]),
    entry(Menu::Edit, 1, Command::Find, "Find in article…", &[on(EVERYWHERE, CTRL, Key::F)]),
    entry(Menu::Edit, 1, Command::FindNext, "Find next", &[on(EVERYWHERE, NONE, Key::F3)]),
    entry(Menu::Edit, 1, Command::FindPrevious, "Find previous", &[on(EVERYWHERE, SHIFT, Key::F3)]),
    entry(Menu::Edit, 1, Command::TagMatches, "Tag all matches", &[]),
    entry(Menu::Edit, 1, Command::UntagMatches, "Untag all matches", &[]),
    entry(Menu::Edit, 1, Command::FindInProject, "Find in project…", &[on(EVERYWHERE, CTRL_SHIFT, Key::F)]),
    entry(Menu::Edit, 2, Command::ArticleDetails, "Article details…", &[on(EVERYWHERE, CTRL, Key::I)]),
    entry(Menu::Edit, 3, Command::Tagset, "Tagset…", &[on(EVERYWHERE, CTRL, Key::T)]),
    entry(Menu::Edit, 3, Command::EditGuidelines, "Edit guidelines…", &[]),
    entry(Menu::Annotate, 0, Command::Accept, "Accept", &[on(REVIEW, NONE, Key::A)]),
    entry(Menu::Annotate, 0, Command::Reject, "Reject", &[on(REVIEW, NONE, Key::X)]),
    entry(Menu::Annotate, 0, Command::Skip, "Skip", &[on(REVIEW, NONE, Key::Space)]),
    entry(Menu::Annotate, 0, Command::AcceptEntity, "Accept all of this entity", &[on(REVIEW, SHIFT, Key::A)]),
    entry(Menu::Annotate, 0, Command::RejectEntity, "Reject all of this entity", &[on(REVIEW, SHIFT, Key::X)]),
    entry(Menu::Annotate, 0, Command::FinishArticle, "Accept the rest and go on", &[on(REVIEW, NONE, Key::D)]),
    entry(Menu::Annotate, 0, Command::AcceptArticle, "Accept all in this article", &[on(ARTICLE, CTRL_SHIFT, Key::A)]),
    entry(
        Menu::Annotate,
        0,
        Command::AcceptListed,
        "Accept all in listed articles",
        &[on(ARTICLE, CTRL_ALT_SHIFT, Key::A)],
    ),
    entry(Menu::Annotate, 0, Command::AcceptVisible, "Accept all in view", &[on(ARTICLE, CTRL_ALT, Key::A)]),
    entry(Menu::Annotate, 0, Command::RejectVisible, "Reject all in view", &[on(ARTICLE, CTRL_ALT, Key::X)]),
    entry(Menu::Annotate, 0, Command::AcceptKind, "Accept all of this kind", &[on(REVIEW, ALT, Key::A)]),
    entry(Menu::Annotate, 0, Command::RejectKind, "Reject all of this kind", &[on(REVIEW, ALT, Key::X)]),
    entry(Menu::Annotate, 0, Command::DecideByScore, "Decide by score…", &[on(ARTICLE, CTRL_SHIFT, Key::D)]),
    entry(Menu::Annotate, 1, Command::Kind(0), "Tag as first kind", &[on(ARTICLE, NONE, Key::Num1)]),
    entry(Menu::Annotate, 1, Command::Kind(1), "Tag as second kind", &[on(ARTICLE, NONE, Key::Num2)]),
    entry(Menu::Annotate, 1, Command::Kind(2), "Tag as third kind", &[on(ARTICLE, NONE, Key::Num3)]),
    entry(Menu::Annotate, 1, Command::Kind(3), "Tag as fourth kind", &[on(ARTICLE, NONE, Key::Num4)]),
    entry(Menu::Annotate, 1, Command::Kind(4), "Tag as fifth kind", &[on(ARTICLE, NONE, Key::Num5)]),
    entry(Menu::Annotate, 1, Command::Kind(5), "Tag as sixth kind", &[on(ARTICLE, NONE, Key::Num6)]),
    entry(Menu::Annotate, 1, Command::Kind(6), "Tag as seventh kind", &[on(ARTICLE, NONE, Key::Num7)]),
    entry(Menu::Annotate, 1, Command::Kind(7), "Tag as eighth kind", &[on(ARTICLE, NONE, Key::Num8)]),
    entry(Menu::Annotate, 1, Command::Kind(8), "Tag as ninth kind", &[on(ARTICLE, NONE, Key::Num9)]),
    entry(Menu::Annotate, 1, Command::KindEverywhere(0), "Tag all as first kind", &[on(ARTICLE, SHIFT, Key::Num1)]),
    entry(Menu::Annotate, 1, Command::KindEverywhere(1), "Tag all as second kind", &[on(ARTICLE, SHIFT, Key::Num2)]),
    entry(Menu::Annotate, 1, Command::KindEverywhere(2), "Tag all as third kind", &[on(ARTICLE, SHIFT, Key::Num3)]),
    entry(Menu::Annotate, 1, Command::KindEverywhere(3), "Tag all as fourth kind", &[on(ARTICLE, SHIFT, Key::Num4)]),
    entry(Menu::Annotate, 1, Command::KindEverywhere(4), "Tag all as fifth kind", &[on(ARTICLE, SHIFT, Key::Num5)]),
    entry(Menu::Annotate, 1, Command::KindEverywhere(5), "Tag all as sixth kind", &[on(ARTICLE, SHIFT, Key::Num6)]),
    entry(Menu::Annotate, 1, Command::KindEverywhere(6), "Tag all as seventh kind", &[on(ARTICLE, SHIFT, Key::Num7)]),
    entry(Menu::Annotate, 1, Command::KindEverywhere(7), "Tag all as eighth kind", &[on(ARTICLE, SHIFT, Key::Num8)]),
    entry(Menu::Annotate, 1, Command::KindEverywhere(8), "Tag all as ninth kind", &[on(ARTICLE, SHIFT, Key::Num9)]),
    entry(Menu::Annotate, 1, Command::TagAgain, "Tag again as last time", &[on(CARET, NONE, Key::Enter)]),
    entry(
        Menu::Annotate,
        1,
        Command::TagAll,
        "Tag all occurrences",
        &[on(CARET, CTRL, Key::Enter), on(REVIEW, CTRL, Key::Enter)],
    ),
    entry(Menu::Annotate, 2, Command::EditTag, "Edit tag…", &[on(ARTICLE, NONE, Key::E), on(REVIEW, NONE, Key::Enter)]),
    entry(
        Menu::Annotate,
        2,
        Command::DeleteTag,
        "Delete tag",
        &[on(REVIEW, NONE, Key::Delete), on(REVIEW, NONE, Key::Backspace)],
    ),
    entry(Menu::Annotate, 2, Command::BringBack, "Bring back", &[on(REVIEW, NONE, Key::B)]),
    entry(Menu::Annotate, 2, Command::Split, "Split off as one of its own", &[on(REVIEW, NONE, Key::S)]),
    entry(Menu::Annotate, 2, Command::EditEntity, "Edit entity…", &[on(ARTICLE, NONE, Key::F2)]),
    entry(Menu::Annotate, 3, Command::StartBack, "Start one character earlier", &[on(REVIEW, NONE, Key::ArrowLeft)]),
    entry(Menu::Annotate, 3, Command::StartForward, "Start one character later", &[on(REVIEW, NONE, Key::ArrowRight)]),
    entry(Menu::Annotate, 3, Command::StartWordBack, "Start one word earlier", &[on(REVIEW, CTRL, Key::ArrowLeft)]),
    entry(Menu::Annotate, 3, Command::StartWordForward, "Start one word later", &[on(REVIEW, CTRL, Key::ArrowRight)]),
    entry(Menu::Annotate, 3, Command::EndBack, "End one character earlier", &[on(REVIEW, ALT, Key::ArrowLeft)]),
    entry(Menu::Annotate, 3, Command::EndForward, "End one character later", &[on(REVIEW, ALT, Key::ArrowRight)]),
    entry(Menu::Annotate, 3, Command::EndWordBack, "End one word earlier", &[on(REVIEW, CTRL_ALT, Key::ArrowLeft)]),
    entry(Menu::Annotate, 3, Command::EndWordForward, "End one word later", &[on(REVIEW, CTRL_ALT, Key::ArrowRight)]),
    entry(Menu::Annotate, 4, Command::Suggest, "Suggest again", &[on(ARTICLE, CTRL, Key::R)]),
    entry(Menu::Annotate, 4, Command::SuggestAll, "Suggest for all articles", &[]),
    entry(Menu::Annotate, 4, Command::CancelSuggest, "Cancel suggestions", &[]),
    entry(
        Menu::Go,
        0,
        Command::NextSuggestion,
        "Next suggestion",
        &[on(REVIEW, NONE, Key::Tab), on(REVIEW, NONE, Key::N), on(CARET, ALT, Key::ArrowRight)],
    ),
    entry(
        Menu::Go,
        0,
        Command::PreviousSuggestion,
        "Previous suggestion",
        &[on(REVIEW, SHIFT, Key::Tab), on(REVIEW, NONE, Key::P), on(CARET, ALT, Key::ArrowLeft)],
    ),
    entry(Menu::Go, 0, Command::NextMention, "Next mention of this entity", &[on(REVIEW, NONE, Key::M)]),
    entry(Menu::Go, 0, Command::PreviousMention, "Previous mention of this entity", &[on(REVIEW, SHIFT, Key::M)]),
    entry(Menu::Go, 1, Command::NextArticle, "Next article", &[on(EVERYWHERE, CTRL, Key::PageDown)]),
    entry(Menu::Go, 1, Command::PreviousArticle, "Previous article", &[on(EVERYWHERE, CTRL, Key::PageUp)]),
    entry(Menu::Go, 1, Command::MoveArticleUp, "Move article up", &[on(EVERYWHERE, CTRL_SHIFT, Key::PageUp)]),
    entry(Menu::Go, 1, Command::MoveArticleDown, "Move article down", &[on(EVERYWHERE, CTRL_SHIFT, Key::PageDown)]),
    entry(Menu::Go, 1, Command::ToggleDone, "Mark article as done", &[on(EVERYWHERE, CTRL, Key::D)]),
    entry(Menu::Go, 1, Command::RemoveArticle, "Remove article", &[]),
    entry(Menu::Go, 2, Command::PlaceCaret, "Place the caret in the text", &[on(REVIEW, NONE, Key::C)]),
    entry(Menu::Go, 2, Command::NextPane, "Article, panels, list in turn", &[on(EVERYWHERE, NONE, Key::F6)]),
    entry(Menu::Go, 2, Command::Leave, "Leave", &[on(ARTICLE, NONE, Key::Escape)]),
    entry(Menu::View, 0, Command::ToggleArticles, "Article list", &[on(EVERYWHERE, NONE, Key::F9)]),
    entry(Menu::View, 0, Command::TogglePanels, "Panels", &[on(EVERYWHERE, NONE, Key::F10)]),
    entry(Menu::View, 0, Command::Log, "Log…", &[]),
    entry(Menu::View, 0, Command::ToggleGuidelines, "Guidelines", &[on(EVERYWHERE, NONE, Key::F8)]),
    entry(
        Menu::View,
        1,
        Command::ZoomIn,
        "Zoom in",
        &[on(EVERYWHERE, CTRL, Key::Plus), on(EVERYWHERE, CTRL, Key::Equals)],
    ),
    entry(Menu::View, 1, Command::ZoomOut, "Zoom out", &[on(EVERYWHERE, CTRL, Key::Minus)]),
    entry(Menu::View, 1, Command::ZoomReset, "Normal size", &[on(EVERYWHERE, CTRL, Key::Num0)]),
    entry(Menu::Help, 0, Command::Palette, "Commands…", &[on(EVERYWHERE, CTRL, Key::K)]),
    entry(
        Menu::Help,
        0,
        Command::Help,
        "Keys and marks",
        &[on(EVERYWHERE, NONE, Key::F1), on(ARTICLE, NONE, Key::Questionmark)],
    ),
    entry(Menu::Help, 1, Command::About, "About Rubricator", &[]),
];

impl Command {
    /// The key of the kind that it tags with.
    pub fn kind_key(self) -> Option<char> {
        let (Self::Kind(place) | Self::KindEverywhere(place)) = self else { return None };
        char::from_digit(u32::from(place) + 1, 10)
    }

    /// Its line of the table.
    pub fn entry(self) -> Option<&'static Entry> {
        TABLE.iter().find(|entry| entry.command == self)
    }
}

impl Entry {
    /// Its first key, as text; empty where it has none.
    pub fn keys_text(&self, ctx: &Context) -> String {
        self.keys.first().map(|binding| key_text(ctx, binding)).unwrap_or_default()
    }
}

/// A key as it stands on the keyboard: "Ctrl+," rather than "Ctrl+Comma".
pub fn key_text(ctx: &Context, binding: &Binding) -> String {
    let text = ctx.format_shortcut(&binding.shortcut);
    [("Comma", ","), ("Plus", "+"), ("Minus", "-"), ("Equals", "="), ("Questionmark", "?")]
        .into_iter()
        .find_map(|(name, sign)| text.strip_suffix(name).map(|rest| format!("{rest}{sign}")))
        .unwrap_or(text)
}

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
    let fits = |shortcut: &KeyboardShortcut| {
        (shortcut.logical_key == *key || Some(shortcut.logical_key) == digit)
            && shortcut.modifiers.alt == modifiers.alt
            && (sign || shortcut.modifiers.shift == modifiers.shift)
            && modifiers.cmd_ctrl_matches(shortcut.modifiers)
    };
    let bound = |entry: &&Entry| entry.keys.iter().any(|b| b.modes.contains(&mode) && fits(&b.shortcut));
    TABLE.iter().find(bound).map(|entry| entry.command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_a_key_in_one_mode() {
        let mut seen = Vec::new();
        for entry in TABLE {
            for binding in entry.keys {
                for mode in binding.modes {
                    let key = (mode.name(), format!("{:?}", binding.shortcut));
                    assert!(!seen.contains(&key), "{}: {key:?} is taken", entry.name);
                    seen.push(key);
                }
            }
        }
    }

    #[test]
    fn every_command_stands_in_the_table_once() {
        for entry in TABLE {
            let same = TABLE.iter().filter(|other| other.command == entry.command).count();
            assert_eq!(same, 1, "{}", entry.name);
        }
    }

    #[test]
    fn a_digit_with_shift_is_told_by_its_place_on_the_keyboard() {
        let press = |key, physical, modifiers| {
            let physical_key = Some(physical);
            asked(&Event::Key { key, physical_key, pressed: true, repeat: false, modifiers }, Mode::Review)
        };
        let everywhere = Some(Command::KindEverywhere(1));
        assert_eq!(press(Key::Quote, Key::Num2, SHIFT), everywhere);
        assert_eq!(press(Key::Num2, Key::Num2, SHIFT), everywhere);
        assert_eq!(press(Key::Num2, Key::Num2, NONE), Some(Command::Kind(1)));
    }

    #[test]
    fn letters_do_not_fire_while_typing() {
        for entry in TABLE {
            for binding in entry.keys.iter().filter(|b| b.modes.contains(&Mode::Field)) {
                let m = binding.shortcut.modifiers;
                let function = binding.shortcut.logical_key.name().len() > 1;
                assert!(m.command || function, "{} would eat a letter", entry.name);
            }
        }
    }
}
