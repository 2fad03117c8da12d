//! Parquet: the tables of `sheets.rs` with columns of text and numbers, a file for each. A feature of its own.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use super::sheets::{Sheet, sheets};
use super::table::NUMBERS;
use super::view::View;
use super::{Export, ExportError, File, Format, Group, Layout, Selection};
use crate::project::Project;

/// See the module.
pub(super) struct Parquet;

/// The columns of [`NUMBERS`] that hold fractions.
const FRACTIONS: &[&str] = &["intensity", "worth", "latitude", "longitude", "score"];

impl Format for Parquet {
    fn id(&self) -> &'static str {
        "parquet"
    }

    fn name(&self) -> &'static str {
        "All tables (Parquet)"
    }

    fn group(&self) -> Group {
        Group::Tables
    }

    fn extension(&self) -> &'static str {
        "parquet"
    }

    fn description(&self) -> &'static str {
        "A folder with the same tables in columns of text and numbers"
    }

    fn layout(&self) -> Layout {
        Layout::Folder
    }

    fn holds_relations(&self) -> bool {
        true
    }

    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
        let view = View::new(project, selection)?;
        let file = |sheet: Sheet<'_>| {
            let bytes = written(&sheet).map_err(|error| ExportError::Encode(error.to_string()))?;
            Ok(File { name: format!("{}.parquet", sheet.name), bytes })
        };
        let files = sheets(&view).into_iter().map(file).collect::<Result<_, _>>()?;
        Ok(Export { files, ..Export::default() })
    }
}

fn written(sheet: &Sheet<'_>) -> Result<Vec<u8>, ParquetError> {
    let mut schema = format!("message {} {{", sheet.name);
    for column in sheet.columns {
        let _ = match () {
            () if FRACTIONS.contains(column) => write!(schema, " OPTIONAL DOUBLE {column};"),
            () if is_number(sheet, column) => write!(schema, " OPTIONAL INT64 {column};"),
            () => write!(schema, " REQUIRED BYTE_ARRAY {column} (UTF8);"),
        };
    }
    schema.push_str(" }");
    let schema = Arc::new(parse_message_type(&schema)?);
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(WriterProperties::builder().build()))?;
    let mut group = writer.next_row_group()?;
    for (index, column) in sheet.columns.iter().enumerate() {
        let cells = || sheet.rows.iter().map(move |row| row.get(index).map_or("", Cow::as_ref));
        write_column(sheet, column, cells, &mut group)?;
    }
    group.close()?;
    writer.into_inner()
}

fn write_column<'c, C: Iterator<Item = &'c str>>(
    sheet: &Sheet<'_>,
    column: &str,
    cells: impl Fn() -> C,
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
) -> Result<(), ParquetError> {
    let Some(mut writer) = group.next_column()? else { return Ok(()) };
    // Whether there is a number in each row.
    let levels = |known: fn(&str) -> bool| cells().map(|cell| i16::from(known(cell))).collect::<Vec<_>>();
    if FRACTIONS.contains(&column) {
        let values: Vec<f64> = cells().filter_map(|cell| cell.parse().ok()).collect();
        let levels = levels(|cell| cell.parse::<f64>().is_ok());
        writer.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
    } else if is_number(sheet, column) {
        let values: Vec<i64> = cells().filter_map(|cell| cell.parse().ok()).collect();
        let levels = levels(|cell| cell.parse::<i64>().is_ok());
        writer.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
    } else {
        let values: Vec<ByteArray> = cells().map(ByteArray::from).collect();
        writer.typed::<ByteArrayType>().write_batch(&values, None, None)?;
    }
    writer.close()
}

/// Whether a column is of numbers; the start and end of an event are days, and of an entity the mentions are counted.
fn is_number(sheet: &Sheet<'_>, column: &str) -> bool {
    match (sheet.name, column) {
        ("events", "start" | "end") => false,
        ("entities", "mentions") => true,
        _ => NUMBERS.contains(&column),
    }
}
