"""Answers as Arrow record batches."""

import struct
from datetime import date

import duckdb
import pandas
import polars
import pyarrow
import pytest
from conftest import DAYS, TEXTS

from rubricator import Answers, Engine


@pytest.fixture(scope="module")
def answers():
    return Engine(layers="all").suggest_many([*TEXTS, None], [*DAYS, None], across=True, errors="answer")


def plain(value, name=""):
    """A row as the stream has it: what is null is not there, days are words, scores of 32 bits in both."""
    if isinstance(value, dict):
        return {name: plain(it, name) for name, it in value.items() if it is not None}
    if isinstance(value, list):
        return [plain(it) for it in value]
    if name in ("score", "worth"):
        return struct.unpack("f", struct.pack("f", value))[0]
    return value.isoformat() if isinstance(value, date) else value


def test_rows_are_the_stream(answers):
    table = pyarrow.table(answers)
    assert table.num_rows == len(answers)
    for row, said in zip(table.to_pylist(), answers.to_dicts(), strict=True):
        said["id"] = str(said["id"])
        assert plain(row) == plain(said)


def test_the_schema_stands_without_rows():
    none = Engine().suggest_many([])
    assert pyarrow.schema(none) == pyarrow.table(none).schema
    assert pyarrow.table(none).num_rows == 0
    assert pyarrow.table(none).schema.names == ["id", "error", "spans", "people", "countries", "events"]


def test_many_answers_are_several_batches():
    answers = Engine().suggest_many([""] * 2500)
    reader = pyarrow.RecordBatchReader.from_stream(answers)
    assert [batch.num_rows for batch in reader] == [1024, 1024, 452]


def test_the_same_buffers_are_handed_on(answers):
    """Without copies: what pyarrow, polars and pandas hold begins at the addresses that it was given."""
    table = pyarrow.table(answers)
    given = [buffer.address for chunk in table["events"].chunks for buffer in chunk.buffers() if buffer is not None]
    again = pyarrow.table(pyarrow.RecordBatchReader.from_stream(table))
    held = [buffer.address for chunk in again["events"].chunks for buffer in chunk.buffers() if buffer is not None]
    assert held == given and len(given) > 10


def test_data_frames_take_them(answers):
    frame = polars.DataFrame(answers)
    assert frame.height == len(answers)
    spans = frame.select("id", "spans").explode("spans").drop_nulls().unnest("spans")
    assert spans.filter(polars.col("label") == "PERSON")["entity"].drop_nulls().len() > 2
    table = pandas.DataFrame.from_arrow(answers)
    assert list(table["id"]) == [str(answer.id) for answer in answers]
    assert table["error"].notna().sum() == 1


def test_duckdb_takes_them(answers):
    said = pyarrow.table(answers)  # noqa: F841 (DuckDB finds it by its name)
    found = duckdb.sql(
        "select person.name, count(*) from (select unnest(people) as person from said) group by 1 order by 1"
    ).fetchall()
    assert ("Angela Merkel", 1) in found


def test_what_does_not_fit_is_told(tmp_path):
    (tmp_path / "answers.jsonl").write_text('{"id":1,"spans":7}\n')
    with pytest.raises(ValueError, match="do not fit into Arrow"):
        pyarrow.table(Answers.read(tmp_path / "answers.jsonl"))
