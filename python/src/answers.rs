//! Answers as lines of JSON, and the same as Arrow record batches by the Arrow PyCapsule interface
//! (<https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html>).

use std::sync::Arc;

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_json::ReaderBuilder;
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};
use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule};

/// How many answers stand in a record batch.
const BATCH: usize = 1024;

/// Answers, each a line of JSON as `suggest --jsonl` writes it.
#[pyclass(frozen, module = "rubricator._native")]
pub(crate) struct Lines(Vec<Vec<u8>>);

impl Lines {
    pub(crate) fn new(lines: Vec<Vec<u8>>) -> Self {
        Self(lines)
    }

    fn batches(&self) -> Result<Vec<RecordBatch>, ArrowError> {
        let build = |lines: &[Vec<u8>]| {
            let reader = ReaderBuilder::new(schema()).with_batch_size(BATCH).with_coerce_primitive(true);
            let mut decoder = reader.build_decoder()?;
            for line in lines {
                decoder.decode(line)?;
                decoder.decode(b"\n")?;
            }
            decoder.flush()
        };
        self.0.chunks(BATCH).filter_map(|lines| build(lines).transpose()).collect()
    }
}

#[pymethods]
impl Lines {
    /// Lines that were written before; empty ones are passed over.
    #[staticmethod]
    fn split(bytes: &[u8]) -> Self {
        let lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
        Self(lines.map(<[u8]>::to_vec).collect())
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyBytes>> {
        let line = self.0.get(at).ok_or_else(|| PyIndexError::new_err("there are not that many answers"))?;
        Ok(PyBytes::new(py, line))
    }

    /// All lines, each with its line end.
    fn joined<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        let all: Vec<u8> = self.0.iter().flat_map(|line| line.iter().copied().chain([b'\n'])).collect();
        PyBytes::new(py, &all)
    }

    /// The schema of the record batches, as an Arrow schema capsule.
    #[staticmethod]
    fn __arrow_c_schema__(py: Python<'_>) -> PyResult<Bound<'_, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(schema().as_ref()).map_err(|error| wrong(&error))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// The record batches, as an Arrow stream capsule.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A producer may pass over what it cannot do; the consumer casts.
        drop(requested_schema);
        let batches = py.detach(|| self.batches()).map_err(|error| wrong(&error))?;
        let reader = RecordBatchIterator::new(batches.into_iter().map(Ok), schema());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
    }
}

fn wrong(error: &ArrowError) -> PyErr {
    PyValueError::new_err(format!("the answers do not fit into Arrow: {error}"))
}

/// The form of the stream (`docs/formats.md`). What an answer does not say is null.
fn schema() -> SchemaRef {
    let text = |name: &str| Field::new(name, DataType::Utf8, true);
    let place = |name: &str| Field::new(name, DataType::Int32, true);
    let score = |name: &str| Field::new(name, DataType::Float32, true);
    let real = |name: &str| Field::new(name, DataType::Float64, true);
    let day = |name: &str| Field::new(name, DataType::Date32, true);
    let record = |name: &str, fields: Vec<Field>| Field::new(name, DataType::Struct(Fields::from(fields)), true);
    let list = |name: &str, item: Field| Field::new(name, DataType::List(Arc::new(item.with_name("item"))), true);
    let records = |name: &str, fields: Vec<Field>| list(name, record("item", fields));
    let span = vec![
        place("start"),
        place("end"),
        text("label"),
        score("score"),
        text("entity"),
        text("country"),
        text("in_country"),
        text("type"),
        place("across"),
    ];
    let person = vec![text("name"), list("mentions", list("item", place("item"))), text("qid")];
    let event = vec![
        text("name"),
        text("type"),
        text("class"),
        Field::new("keep", DataType::Boolean, true),
        score("worth"),
        records("mentions", vec![place("start"), place("end")]),
        text("text"),
        list("trigger", place("item")),
        text("mode"),
        list("contexts", text("item")),
        record("date", vec![day("start"), day("end"), text("text")]),
        record(
            "place",
            vec![text("name"), text("country"), record("coordinates", vec![real("latitude"), real("longitude")])],
        ),
        text("polarity"),
        text("modality"),
        records(
            "participants",
            vec![text("role"), text("name"), text("label"), text("country"), place("start"), place("end")],
        ),
        records("figures", vec![text("kind"), real("number"), text("text"), place("start"), place("end")]),
        place("across"),
        place("part_of"),
    ];
    let answer = vec![
        text("id"),
        text("error"),
        records("spans", span),
        records("people", person),
        list("countries", text("item")),
        records("events", event),
    ];
    Arc::new(Schema::new(answer))
}
