//! Rows of which those that are accepted stand first, and those that are only suggested apart below a line of their own.

use eframe::egui::{Align2, FontId, Rect, Ui, pos2};

use crate::ui::text;
use crate::ui::theme::{self, Palette};

/// How many rows there are, and how many of them are accepted.
#[derive(Clone, Copy)]
pub(super) struct Parted {
    pub(super) all: usize,
    pub(super) accepted: usize,
}

impl Parted {
    /// How many lines they take.
    pub(super) fn lines(self) -> usize {
        self.all + usize::from(self.accepted < self.all)
    }

    /// The row on a line; none where suggestions begin.
    pub(super) fn row(self, line: usize) -> Option<usize> {
        match line {
            line if line < self.accepted => Some(line),
            line if line == self.accepted => None,
            line => Some(line - 1),
        }
    }

    /// The line of a row.
    pub(super) fn line(self, row: usize) -> usize {
        row + usize::from(row >= self.accepted)
    }

    /// The line where suggestions begin.
    pub(super) fn paint(self, ui: &Ui, rect: Rect) {
        let palette = Palette::get(ui);
        let words = format!("Only suggested  {}", text::number(self.all - self.accepted));
        let at = pos2(rect.left() + 8.0, rect.bottom() - 12.0);
        ui.painter().text(at, Align2::LEFT_CENTER, words, FontId::proportional(theme::SMALL), palette.weak);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions_begin_below_a_line() {
        let rows = |all, accepted| {
            let parted = Parted { all, accepted };
            (0..parted.lines()).map(|line| parted.row(line)).collect::<Vec<_>>()
        };
        assert_eq!(rows(3, 2), [Some(0), Some(1), None, Some(2)]);
        assert_eq!(rows(2, 2), [Some(0), Some(1)]);
        assert_eq!(rows(2, 0), [None, Some(0), Some(1)]);
        let parted = Parted { all: 3, accepted: 2 };
        assert!((0..3).all(|row| parted.row(parted.line(row)) == Some(row)));
    }
}
