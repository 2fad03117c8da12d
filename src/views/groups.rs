//! The types of events in groups that have a colour each.

use crate::project::{EventType, Hue, QuadClass};

/// A group of types of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// PLOVER's types, by the class that they fall into.
    Quad(QuadClass),
    /// Happenings of news that are none of those.
    News,
    /// Events with a name of their own.
    Named,
    /// Happenings of no type.
    Untyped,
}

impl Group {
    /// All, in the order of legends.
    pub const ALL: [Self; 7] = [
        Self::Quad(QuadClass::VerbalCooperation),
        Self::Quad(QuadClass::MaterialCooperation),
        Self::Quad(QuadClass::VerbalConflict),
        Self::Quad(QuadClass::MaterialConflict),
        Self::News,
        Self::Named,
        Self::Untyped,
    ];

    /// The group of a type.
    pub fn of(kind: EventType) -> Self {
        match kind {
            EventType::Named(_) => Self::Named,
            EventType::News(_) => Self::News,
            EventType::Happening(None) => Self::Untyped,
            EventType::Happening(Some(plover)) => Self::Quad(plover.quad_class()),
        }
    }

    /// As legends have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quad(QuadClass::VerbalCooperation) => "Verbal cooperation",
            Self::Quad(QuadClass::MaterialCooperation) => "Material cooperation",
            Self::Quad(QuadClass::VerbalConflict) => "Verbal conflict",
            Self::Quad(QuadClass::MaterialConflict) => "Material conflict",
            Self::News => "Other news",
            Self::Named => "Named events",
            Self::Untyped => "Without a type",
        }
    }

    /// Its colour.
    pub fn hue(self) -> Hue {
        match self {
            Self::Quad(QuadClass::VerbalCooperation) => Hue::Teal,
            Self::Quad(QuadClass::MaterialCooperation) => Hue::Blue,
            Self::Quad(QuadClass::VerbalConflict) => Hue::Orange,
            Self::Quad(QuadClass::MaterialConflict) => Hue::Pink,
            Self::News => Hue::Olive,
            Self::Named => Hue::Purple,
            Self::Untyped => Hue::Grey,
        }
    }
}
