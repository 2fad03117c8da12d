//! What the tables have in common: cells that no spreadsheet takes for a formula, lists in a cell, and codes.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use super::view::{EventView, View};
use super::{Export, ExportError};
use crate::project::{CountryCode, Entity, Plover, Project, QuadClass, Role};

/// What parts the items of a list in one cell.
const SEPARATOR: &str = "; ";

/// Columns that hold numbers, where there is something.
pub(super) const NUMBERS: &[&str] = &["start", "end", "quad_class", "intensity", "score"];

/// A table of rows under a header, as one file.
pub(super) struct Table(csv::Writer<Vec<u8>>);

impl Table {
    pub fn new(delimiter: u8, header: &[&str]) -> Result<Self, ExportError> {
        let mut table = Self(csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new()));
        table.row(header)?;
        Ok(table)
    }

    pub fn row<C: AsRef<[u8]>>(&mut self, cells: impl IntoIterator<Item = C>) -> Result<(), ExportError> {
        self.0.write_record(cells).map_err(|error| ExportError::Encode(error.to_string()))
    }

    pub fn bytes(self) -> Result<Vec<u8>, ExportError> {
        self.0.into_inner().map_err(|error| ExportError::Encode(error.to_string()))
    }

    pub fn finish(self, view: &View<'_>, extension: &str) -> Result<Export, ExportError> {
        Ok(Export::file(format!("{}.{extension}", view.stem()), self.bytes()?))
    }
}

/// The cell with an apostrophe before it where a spreadsheet would take it for a formula. A cell that would look like
/// that already gets one more, so that a reader can always take one away.
pub(super) fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The value as text; an empty cell where there is none.
pub(super) fn shown(value: Option<impl ToString>) -> Cow<'static, str> {
    value.map(|value| value.to_string()).unwrap_or_default().into()
}

/// The items in one cell. One that is not known stays empty, so that lists side by side can be read together, unless
/// none is known; a semicolon inside an item becomes a comma.
pub(super) fn list<T: AsRef<str>>(items: impl IntoIterator<Item = T>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| item.as_ref().replace(';', ",")).collect();
    if items.iter().all(String::is_empty) { String::new() } else { items.join(SEPARATOR) }
}

/// Who takes part in a role, each with the words of the text that say so.
pub(super) fn participants<'p>(
    project: &'p Project,
    text: &'p crate::text::Text,
    view: &EventView<'p>,
    role: Role,
) -> Vec<(&'p Entity, &'p str)> {
    let of_role = view.participants.iter().filter(|participant| participant.role == role);
    let words = |range| text.slice(range).unwrap_or_default();
    of_role.filter_map(|p| Some((project.entity(p.entity()?)?, p.range.map_or("", words)))).collect()
}

/// 1 to 4, as event data number the classes.
pub(super) fn quad_number(class: QuadClass) -> u8 {
    match class {
        QuadClass::VerbalCooperation => 1,
        QuadClass::MaterialCooperation => 2,
        QuadClass::VerbalConflict => 3,
        QuadClass::MaterialConflict => 4,
    }
}

/// The country's code of three letters.
pub(super) fn iso3(code: CountryCode) -> &'static str {
    static CODES: OnceLock<HashMap<&str, &str>> = OnceLock::new();
    let codes = CODES.get_or_init(|| {
        let table = include_str!("../../assets/knowledge/countries-iso3.tsv");
        table.lines().filter_map(|line| line.split_once('\t')).collect()
    });
    codes.get(code.as_str()).copied().unwrap_or_default()
}

/// How cooperative or hostile an event of this type and mode is, from 10 to -10: the value of the CAMEO code that the
/// mode corresponds to on Goldstein's scale; that of the type for a mode without one. As the table writes it.
pub(super) fn intensity(plover: Plover, mode: Option<&str>) -> &'static str {
    static VALUES: OnceLock<HashMap<(&str, &str), &str>> = OnceLock::new();
    let values = VALUES.get_or_init(|| {
        let table = include_str!("../../assets/knowledge/events-intensity.tsv");
        let value = |line: &'static str| {
            let mut fields = line.split('\t');
            Some(((fields.next()?, fields.next()?), fields.next()?))
        };
        table.lines().filter_map(value).collect()
    });
    let of = |mode| values.get(&(plover.name(), mode)).copied();
    mode.and_then(of).or_else(|| of("")).unwrap_or_default()
}

/// The cells of a row, none of which a spreadsheet takes for a formula; numbers stay what they are, signs included.
pub(super) fn guarded<'c>(columns: &[&str], row: &'c [Cow<'_, str>]) -> Vec<Cow<'c, str>> {
    let cell = |(column, cell): (&&str, &'c Cow<'_, str>)| {
        if NUMBERS.contains(column) { Cow::Borrowed(cell.as_ref()) } else { harmless(cell) }
    };
    columns.iter().zip(row).map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_never_starts_a_formula_and_the_apostrophe_can_be_taken_away() {
        for cell in ["=1+1", "+1", "-2", "@x", "\tx", "'=1", "''=1"] {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
        for cell in ["", "'tis", "x=1", "a-b", "'"] {
            assert_eq!(harmless(cell), cell);
        }
    }

    #[test]
    fn lists_side_by_side_stay_in_step() {
        assert_eq!(list(["CN", "", "RU"]), "CN; ; RU");
        assert_eq!(list(["", ""]), "");
        assert_eq!(list(["a; b", "c"]), "a, b; c");
    }

    #[test]
    fn every_type_has_an_intensity_on_its_side_and_every_row_a_mode_of_its_type() {
        for plover in Plover::ALL {
            let value: f32 = intensity(plover, None).parse().unwrap();
            assert_eq!(value > 0.0, quad_number(plover.quad_class()) < 3, "{}", plover.name());
            for mode in plover.modes() {
                let of_mode: f32 = intensity(plover, Some(mode)).parse().unwrap();
                assert!((-10.0..=10.0).contains(&of_mode) && of_mode.signum() == value.signum());
            }
        }
        for line in include_str!("../../assets/knowledge/events-intensity.tsv").lines() {
            let [plover, mode, _, _] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
            let plover = Plover::from_name(plover).unwrap();
            assert!(mode.is_empty() || plover.modes().contains(&mode), "{line}");
        }
    }

    #[test]
    fn countries_have_codes_of_three_letters() {
        let of = |code| iso3(CountryCode::new(code).unwrap());
        assert_eq!([of("CN"), of("NA"), of("XK"), of("SU"), of("QQ")], ["CHN", "NAM", "XKX", "SUN", ""]);
    }
}
