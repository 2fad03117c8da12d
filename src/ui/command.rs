//! What commands, modes and menus are; [`super::commands`] says of each command what it is called and does.

use eframe::egui::Key;

/// What the keys mean right now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A tag is selected, or nothing is.
    Review,
    /// An event is selected: some letters go to its slots.
    Event,
    /// The article has the text caret.
    Caret,
    /// A text field, a dialog or a menu has the keys.
    Field,
}

impl Mode {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Review, Self::Event, Self::Caret, Self::Field];

    /// As the help sheet shows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Review => "Review",
            Self::Event => "Event",
            Self::Caret => "Caret",
            Self::Field => "Field",
        }
    }
}

/// A key from 1 to 9, which stands for the kind that has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Digit {
    One,
    Two,
    Three,
    Four,
    Five,
    Six,
    Seven,
    Eight,
    Nine,
}

impl Digit {
    /// All, from 1 on.
    pub const ALL: [Self; 9] =
        [Self::One, Self::Two, Self::Three, Self::Four, Self::Five, Self::Six, Self::Seven, Self::Eight, Self::Nine];

    /// As it is written.
    pub const fn sign(self) -> char {
        match self {
            Self::One => '1',
            Self::Two => '2',
            Self::Three => '3',
            Self::Four => '4',
            Self::Five => '5',
            Self::Six => '6',
            Self::Seven => '7',
            Self::Eight => '8',
            Self::Nine => '9',
        }
    }
}

/// Makes the commands and the list of them, so that neither has one that the other lacks. Those in the middle have one
/// for each [`Digit`].
macro_rules! commands {
    ($($before:ident)*; $($(#[$about:meta])* $kind:ident)*; $($after:ident)*) => {
        /// Everything that can be done without further words.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the table names each")]
        pub enum Command {
            $($before,)*
            $($(#[$about])* $kind(Digit),)*
            $($after,)*
        }

        impl Command {
            /// Every command, in the order of menus and help sheet.
            pub fn all() -> impl Iterator<Item = Self> {
                let kinds = [$(Digit::ALL.map(Self::$kind)),*].into_iter().flatten();
                [$(Self::$before),*].into_iter().chain(kinds).chain([$(Self::$after),*])
            }

            /// What the settings call it; none where its keys are the tagset's.
            pub fn id(self) -> Option<&'static str> {
                match self {
                    $(Self::$before => Some(stringify!($before)),)*
                    $(Self::$kind(_) => None,)*
                    $(Self::$after => Some(stringify!($after)),)*
                }
            }
        }
    };
}

commands! {
    NewProject NewFromTagset OpenProject
    OpenArticles OpenFolder OpenSplit PasteArticle WriteArticle OpenSample ImportAnnotations ImportFolder ImportCrosswalk UseMemory LeftOut
    Save SaveAs EarlierVersions Export CompareWith MakeCopies
    Settings Keys Quit
    Undo Redo
    CopySelection Find FindNext FindPrevious TagMatches UntagMatches FindInProject FindRelations
    ArticleDetails ArticleTable FollowDate
    Tagset EditGuidelines
    Accept Reject Skip AcceptEntity RejectEntity FinishArticle AcceptArticle AcceptListed
    AcceptVisible RejectVisible AcceptKind RejectKind DecideByScore AcceptArticleTags;
    /// Tags as the kind of this digit.
    Kind
    /// The same wherever the words stand.
    KindEverywhere;
    TagAgain TagAll
    EditTag DeleteTag BringBack NotHere Forget Split Merge MergeWith EditEntity Relate TurnRelation
    EventType EventActor EventRecipient EventDate EventPlace
    StartBack StartForward StartWordBack StartWordForward EndBack EndForward EndWordBack EndWordForward
    Suggest SuggestAll CancelSuggest ToggleLearning
    NextSuggestion PreviousSuggestion NextMention PreviousMention Dossier
    NextArticle PreviousArticle MoveArticleUp MoveArticleDown ToggleDone RemoveArticle
    PlaceCaret NextPane MenuBar ContextMenu Leave
    ToggleArticles TogglePanels Settle Log ToggleGuidelines
    ShowArticle Dossiers Register Timeline Map Network Numbers LastView
    MainEvents KeptEvents AllEvents
    TextLarger TextSmaller TextReset ZoomIn ZoomOut ZoomReset
    Palette Help Tour
    About
}

impl Command {
    /// The key of the kind that it tags with.
    pub fn kind_key(self) -> Option<char> {
        let (Self::Kind(digit) | Self::KindEverywhere(digit)) = self else { return None };
        Some(digit.sign())
    }
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

    /// What the menu inside this one is called that holds a group of commands; none where they stand in this one.
    pub fn inner(self, group: u8) -> Option<&'static str> {
        match (self, group) {
            (Self::Annotate, 1) => Some("Several at once"),
            (Self::Annotate, 4) => Some("Event"),
            (Self::Annotate, 5) => Some("Boundaries"),
            _ => None,
        }
    }

    /// The letter of its name that opens it, with alt.
    pub fn letter(self) -> Key {
        match self {
            Self::File => Key::F,
            Self::Edit => Key::E,
            Self::Annotate => Key::A,
            Self::Go => Key::G,
            Self::View => Key::V,
            Self::Help => Key::H,
        }
    }

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
