//! Tables as text: comma, semicolon, tab or bar between the cells, one article a row.

use csv::{ReaderBuilder, StringRecord};

use super::columns::Table;
use super::left_out::LeftOut;
use super::limits::MAX_COLUMNS;
use super::sink::Sink;
use super::{IngestError, Input, decode};

/// How many rows are looked at to tell which column holds the texts.
const LOOK: usize = 50;
/// A cell of the first row longer than this, in bytes, is no name of a column: the table has no names.
const MAX_NAME: usize = 100;

pub(super) fn read(input: &Input<'_>, sink: &mut Sink<'_>) -> Result<(), IngestError> {
    let text = decode::decode(input.name, input.bytes, None)?;
    let mut rows = ReaderBuilder::new()
        .delimiter(delimiter(input.name, &text))
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes())
        .into_records()
        .map(|row| row.map_err(|error| IngestError::damaged(input.name, error.to_string())));
    let Some(first) = rows.next().transpose()? else { return Ok(()) };
    if first.len() > MAX_COLUMNS {
        return Err(sink.too_much(format!("{MAX_COLUMNS} columns")));
    }
    let nameless = first.iter().any(|name| name.len() > MAX_NAME);
    let names = if nameless { numbered(first.len()) } else { distinct(&first) };
    let mut head: Vec<StringRecord> = nameless.then_some(first).into_iter().collect();
    for row in rows.by_ref().take(LOOK) {
        head.push(row?);
    }
    let mean = |at: usize| {
        let cells = head.iter().filter_map(|row| row.get(at)).map(str::len);
        cells.sum::<usize>() / head.len().max(1)
    };
    let lengths: Vec<usize> = (0..names.len()).map(mean).collect();
    let table = Table::new(names, &lengths, &input.options.columns);
    sink.table(table.clone())?;
    table.check(input.name)?;
    // As a spreadsheet counts them: the names are the first row.
    let counted = (if nameless { 1.. } else { 2_usize.. }).zip(head.into_iter().map(Ok).chain(rows));
    let mut left_out = LeftOut::default();
    for (number, row) in counted {
        let row = row?;
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let place = format!("row {number}");
        let cell = |column: &str| {
            let at = table.names.iter().position(|name| name == column)?;
            row.get(at).map(str::to_owned)
        };
        match table.article(input.name, &place, cell, &mut left_out) {
            Ok(article) => {
                let taken = |at: usize| {
                    table.names.get(at).is_some_and(|name| table.columns.0.values().any(|column| column == name))
                };
                let rest = row.iter().enumerate().filter(|(at, _)| !taken(*at)).map(|(_, cell)| cell);
                left_out.tell_rest("cells of other columns", rest, &article);
                sink.article(article)?;
            }
            Err(IngestError::Empty { .. }) => sink.problem(&place, "there is no text in this row"),
            Err(error) => sink.problem(&place, &error.to_string()),
        }
    }
    sink.left_out("", &left_out);
    Ok(())
}

/// The sign between the cells of a table, by the file's name and its text: that which stands most often in the first line, outside of quotation marks.
pub(crate) fn delimiter(name: &str, text: &str) -> u8 {
    if name.to_ascii_lowercase().ends_with(".tsv") {
        return b'\t';
    }
    let line = text.lines().next().unwrap_or_default();
    let outside: String = line.split('"').step_by(2).collect();
    let count = |sign: u8| outside.bytes().filter(|byte| *byte == sign).count();
    // Of equals the last counts, and the comma is the usual one.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

fn numbered(count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("column {number}")).collect()
}

/// The names of columns; one that is empty or there already gets its number.
fn distinct(first: &StringRecord) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (at, name) in first.iter().enumerate() {
        let name = name.trim();
        let fresh = !name.is_empty() && !names.iter().any(|other| other == name);
        names.push(if fresh { name.to_owned() } else { format!("{name} {}", at + 1).trim().to_owned() });
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_between_cells_is_found() {
        assert_eq!(delimiter("a.csv", "title;\"a, b, c\";date"), b';');
        assert_eq!(delimiter("a.csv", "title\ttext"), b'\t');
        assert_eq!(delimiter("a.csv", "text"), b',');
        assert_eq!(delimiter("a.TSV", "a,b,c"), b'\t');
    }

    #[test]
    fn names_of_columns_are_distinct() {
        assert_eq!(distinct(&StringRecord::from(vec!["a", "", "a "])), ["a", "2", "a 3"]);
    }
}
