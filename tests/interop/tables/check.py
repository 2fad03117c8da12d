"""pandas and polars load the tables: every offset is of its quote, and the two see the same cells.

    check.py FOLDER
"""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import pandas
import polars

from common import check, document, found

ARTICLES = {article["id"]: article["text"] for article in document()["articles"]}
GUARD = re.compile(r"^'(?='*[=+\-@\t\r\n])")


def by_pandas(path):
    separator = "\t" if path.suffix == ".tsv" else ","
    return pandas.read_csv(path, sep=separator, keep_default_na=False, dtype=str, encoding="utf-8", lineterminator="\n")


def by_polars(path):
    separator = "\t" if path.suffix == ".tsv" else ","
    return polars.read_csv(path, separator=separator, infer_schema=False, missing_utf8_is_empty_string=True)


def off(table):
    for row in table.to_dict("records"):
        if row["start"] == "":
            continue
        words = ARTICLES[row["article"]][int(row["start"]) : int(row["end"])]
        if words != GUARD.sub("", row["quote"]):
            yield f"{row['quote']!r} is {words!r}"


def formulas(table, numbers):
    for row in table.to_dict("records"):
        for name, cell in row.items():
            if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not (name in numbers and float(cell) is not None):
                yield f"{name}: {cell!r}"


def read(name, path):
    table = by_pandas(path)
    other = by_polars(path)
    same = [list(row) for row in other.iter_rows()] == [list(row) for row in table.to_numpy()]
    same = same and list(table.columns) == other.columns
    check(f"{name}: pandas and polars see the same", [] if same else ["they do not"])
    check(f"{name}: no cell is a formula", formulas(table, ("intensity", "score", "Intensity")))
    return table


mentions = sum(len(article["mentions"]) for article in document()["articles"])
for name in ("csv", "tsv"):
    table = read(name, found(name)[0])
    check(f"{name}: offsets are of the quotes", off(table))
    check(f"{name}: all mentions are there", [] if len(table) == mentions else [len(table)])
for name in ("events", "polecat"):
    path = found(name)[0]
    path = path if path.suffix else path.rename(path.with_suffix(".csv" if name == "events" else ".tsv"))
    table = read(name, path)
    check(f"{name}: there are rows", [] if len(table) else ["none"])
for name in ("tables", "tables-tsv"):
    sheets = {path.stem: read(f"{name}, {path.stem}", path) for path in found(name)}
    check(f"{name}: offsets of mentions and participants are of the quotes", [*off(sheets["mentions"]), *off(sheets["participants"])])
    texts = dict(zip(sheets["articles"]["article"], sheets["articles"]["text"]))
    check(f"{name}: the texts are there to the letter", [id for id, text in ARTICLES.items() if GUARD.sub("", texts[id]) != text])
    known = set(sheets["entities"]["entity"]) | set(sheets["events"]["event"]) | {""}
    lost = set(sheets["mentions"]["target"]) | set(sheets["participants"]["entity"])
    check(f"{name}: the tables refer to each other", lost - known)
