//! How a kind is told from the others: a colour by its name, and a shape for those who see no colours.

use serde::{Deserialize, Serialize};

use super::KindId;

/// A colour by its name; the window has a shade of each for both themes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Hue {
    Blue,
    Green,
    Orange,
    Purple,
    Teal,
    Pink,
    Olive,
    Brown,
    Grey,
}

impl Hue {
    /// All, in the order in which kinds without a colour of their own take them.
    pub const ALL: [Self; 9] = [
        Self::Blue,
        Self::Green,
        Self::Orange,
        Self::Purple,
        Self::Teal,
        Self::Pink,
        Self::Olive,
        Self::Brown,
        Self::Grey,
    ];

    /// As a person reads it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Blue => "Blue",
            Self::Green => "Green",
            Self::Orange => "Orange",
            Self::Purple => "Purple",
            Self::Teal => "Teal",
            Self::Pink => "Pink",
            Self::Olive => "Olive",
            Self::Brown => "Brown",
            Self::Grey => "Grey",
        }
    }
}

/// The shape that stands for a kind beside its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Mark {
    Circle,
    Square,
    Triangle,
    Diamond,
    Ring,
    Frame,
    Wedge,
    Plus,
    Star,
}

impl Mark {
    /// All, in the order in which kinds without a shape of their own take them.
    pub const ALL: [Self; 9] = [
        Self::Circle,
        Self::Square,
        Self::Triangle,
        Self::Diamond,
        Self::Ring,
        Self::Frame,
        Self::Wedge,
        Self::Plus,
        Self::Star,
    ];

    /// As a person reads it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Circle => "Circle",
            Self::Square => "Square",
            Self::Triangle => "Triangle",
            Self::Diamond => "Diamond",
            Self::Ring => "Ring",
            Self::Frame => "Frame",
            Self::Wedge => "Wedge",
            Self::Plus => "Plus",
            Self::Star => "Star",
        }
    }
}

/// Colour and shape of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Badge {
    /// Its colour.
    pub hue: Hue,
    /// Its shape.
    pub mark: Mark,
}

impl Badge {
    /// What the kinds of a new project wear; none for others.
    pub(super) fn usual(kind: &KindId) -> Option<Self> {
        let place = [KindId::PERSON, KindId::COUNTRY, KindId::EVENT].iter().position(|known| known == kind)?;
        Some(Self { hue: *Hue::ALL.get(place)?, mark: *Mark::ALL.get(place)? })
    }

    /// The first colour and the first shape that none of these wear; where all are worn, the first pair that none has.
    pub(super) fn free(taken: &[Self]) -> Self {
        let hue = Hue::ALL.into_iter().find(|hue| taken.iter().all(|other| other.hue != *hue));
        let mark = Mark::ALL.into_iter().find(|mark| taken.iter().all(|other| other.mark != *mark));
        if let (Some(hue), Some(mark)) = (hue, mark) {
            return Self { hue, mark };
        }
        let pairs = Mark::ALL.into_iter().flat_map(|mark| Hue::ALL.into_iter().map(move |hue| Self { hue, mark }));
        let fits = |pair: &Self| {
            !taken.contains(pair) && hue.is_none_or(|hue| pair.hue == hue) && mark.is_none_or(|mark| pair.mark == mark)
        };
        pairs
            .clone()
            .find(fits)
            .or_else(|| pairs.clone().find(|pair| !taken.contains(pair)))
            .unwrap_or(Self { hue: Hue::Grey, mark: Mark::Star })
    }
}
