//! What a spreadsheet would make of a cell.

use std::borrow::Cow;

/// The cell with an apostrophe before it where a spreadsheet would take it for a formula. A cell that would look like
/// that already gets one more, so that a reader can always take one away.
pub fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}
