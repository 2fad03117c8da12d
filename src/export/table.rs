//! What the tables have in common: cells that no spreadsheet takes for a formula, lists in a cell, and codes.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use super::view::{ArticleView, EventView, View};
use super::{Export, ExportError};
use crate::project::{CountryCode, Entity, Figure, Participant, Plover, Project, QuadClass, Role};
use crate::text::spreadsheet::harmless;

/// What parts the items of a list in one cell.
const SEPARATOR: &str = "; ";

/// Columns that hold numbers, where there is something.
pub(super) const NUMBERS: &[&str] =
    &["start", "end", "quad_class", "intensity", "worth", "latitude", "longitude", "score"];

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

/// Somebody who takes part in an event, for the cells of a row.
pub(super) struct Party<'p> {
    pub name: &'p str,
    /// The kind of an entity; of words what they stand for: `GROUP`.
    pub kind: &'p str,
    pub country: Option<CountryCode>,
    /// The entity, where it is one.
    pub entity: Option<&'p Entity>,
    /// The words of the text that say so.
    pub words: &'p str,
}

impl<'p> Party<'p> {
    pub fn new(project: &'p Project, article: &ArticleView<'p>, participant: &'p Participant) -> Self {
        let entity = participant.entity().and_then(|id| project.entity(id));
        let words = participant.range.and_then(|range| article.record.article.text.slice(range));
        Self {
            name: project.party_name(&participant.who),
            kind: entity.map_or_else(|| project.party_label(&participant.who).name(), |entity| entity.kind.as_str()),
            country: project.party_country(&participant.who),
            entity,
            words: words.unwrap_or_default(),
        }
    }

    /// The office of a person.
    pub fn office(&self) -> &'p str {
        self.entity.map_or("", |entity| &entity.role)
    }

    pub fn wikidata(&self) -> &'p str {
        self.entity.and_then(|entity| entity.wikidata.as_deref()).unwrap_or_default()
    }
}

/// Who takes part in a role.
pub(super) fn parties<'p>(
    project: &'p Project,
    article: &ArticleView<'p>,
    view: &EventView<'p>,
    role: Role,
) -> Vec<Party<'p>> {
    let of_role = view.participants.iter().filter(|participant| participant.role == role);
    of_role.map(|participant| Party::new(project, article, participant)).collect()
}

/// A number told with an event: `killed 12`; `injured` where the words give none.
pub(super) fn figure(Figure { kind, number, .. }: &Figure) -> String {
    number.map_or_else(|| kind.name().to_owned(), |number| format!("{} {number}", kind.name()))
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
