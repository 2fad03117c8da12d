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


def by_pandas(path, separator):
    return pandas.read_csv(path, sep=separator, keep_default_na=False, dtype=str, encoding="utf-8", lineterminator="\n")


def by_polars(path, separator):
    return polars.read_csv(path, separator=separator, infer_schema=False).fill_null("")


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


def read(name, separator, path):
    table = by_pandas(path, separator)
    other = by_polars(path, separator)
    same = [list(row) for row in other.iter_rows()] == [list(row) for row in table.to_numpy()]
    same = same and list(table.columns) == other.columns
    check(f"{name}: pandas and polars see the same", [] if same else ["they do not"])
    check(f"{name}: no cell is a formula", formulas(table, ("intensity", "score", "worth", "latitude", "longitude", "Intensity", "Latitude", "Longitude")))
    return table


def one(name):
    """The separator of a table that is a file by itself, and the file."""
    return "," if name in ("csv", "events") else "\t", found(name)[0]


mentions = sum(len(article["mentions"]) for article in document()["articles"])
for name in ("csv", "tsv"):
    table = read(name, *one(name))
    check(f"{name}: offsets are of the quotes", off(table))
    check(f"{name}: all mentions are there", [] if len(table) == mentions else [len(table)])
for name in ("events", "polecat"):
    table = read(name, *one(name))
    check(f"{name}: there are rows", [] if len(table) else ["none"])
for name in ("tables", "tables-tsv"):
    separator = "," if name == "tables" else "\t"
    sheets = {path.stem: read(f"{name}, {path.stem}", separator, path) for path in found(name)}
    check(f"{name}: offsets of mentions and participants are of the quotes", [*off(sheets["mentions"]), *off(sheets["participants"])])
    texts = dict(zip(sheets["articles"]["article"], sheets["articles"]["text"]))
    check(f"{name}: the texts are there to the letter", [id for id, text in ARTICLES.items() if GUARD.sub("", texts[id]) != text])
    known = set(sheets["entities"]["entity"]) | set(sheets["events"]["event"]) | {""}
    lost = set(sheets["mentions"]["target"]) | set(sheets["participants"]["entity"])
    check(f"{name}: the tables refer to each other", lost - known)
    related, tags = sheets["relations"], sheets["mentions"].set_index("mention")
    count = sum(len(article.get("relations", [])) for article in document()["articles"])
    check(f"{name}: all relations are there", [] if len(related) == count else [len(related)])
    ends = [(row[end], row[f"{end}_target"], row[f"{end}_quote"]) for row in related.to_dict("records") for end in ("from", "to")]
    check(f"{name}: relations join mentions", [end for end in ends if tuple(tags.loc[end[0], ["target", "quote"]]) != end[1:]])

sheets = {path.stem: (pandas.read_parquet(path, engine="pyarrow"), polars.read_parquet(path)) for path in found("parquet")}
for name, (table, other) in sheets.items():
    rows = [[None if pandas.isna(cell) else cell for cell in row] for row in table.itertuples(index=False)]
    same = rows == [list(row) for row in other.iter_rows()] and list(table.columns) == other.columns
    check(f"parquet, {name}: pyarrow and polars see the same", [] if same else ["they do not"])
if sheets:
    types = {f"{name}.{column}": str(kind) for name, (_, table) in sheets.items() for column, kind in table.schema.items()}
    wanted = {"mentions.start": "Int64", "mentions.score": "Float64", "events.start": "String", "entities.mentions": "Int64"}
    check("parquet: numbers are numbers", [f"{name} is {types.get(name)}" for name in wanted if types.get(name) != wanted[name]])
    placed = [row for name in ("mentions", "participants") for row in sheets[name][1].iter_rows(named=True) if row["start"] is not None]
    off = (f"{row['quote']!r}" for row in placed if ARTICLES[row["article"]][row["start"] : row["end"]] != row["quote"])
    check("parquet: offsets of mentions and participants are of the quotes", off)
    texts = {row["article"]: row["text"] for row in sheets["articles"][1].iter_rows(named=True)}
    check("parquet: the texts are there to the letter", [id for id, text in ARTICLES.items() if texts.get(id) != text])
