"""Articles on a cluster: Apache Spark, one engine a Python worker.

    from rubricator import spark as rubricator

    articles = rubricator.read(session, "articles/*.jsonl")
    answers = rubricator.suggest(articles)
    rubricator.write(answers, "out")

or as a job of its own::

    spark-submit --master … rubricator/spark.py 'articles/*.warc.gz' out

A worker reads a batch of articles at a time on a bounded number of threads. An article that cannot be read gives a row with
``error`` and costs nothing else. Spark runs a task again whose executor is lost; the engine is a function of its input, so
that the rows are the same.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import PurePosixPath
from typing import Any

import pyarrow
import pyarrow.compute
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StringType, StructField, StructType

from rubricator import Answers, Engine, read_bytes

ANSWER = pyarrow.schema(Answers)
"""What is said of an article."""

ARTICLE = ("id", "text", "title", "date", "source", "author", "section", "url", "language", "error")
"""The columns of an article; ``error`` says why one could not be read."""

_KNOWN = StructType([StructField(name, StringType()) for name in ARTICLE])


@cache
def _engine(layers: str, inside_names: bool, threads: int) -> Engine:
    """The engine of this worker."""
    return Engine(layers=layers, inside_names=inside_names, threads=threads)  # type: ignore[arg-type]


def suggest(
    articles: DataFrame,
    *,
    id: str = "id",
    text: str = "text",
    date: str | None = "date",
    layers: str = "main",
    inside_names: bool = False,
    threads: int = 1,
) -> DataFrame:
    """Adds what the engine suggests to articles: columns ``error``, ``spans``, ``people``, ``countries`` and ``events``.

    :param id: the column with the article's id; it becomes ``id``.
    :param text: the column with the text.
    :param date: the column with the day of publication, a date or a str; None, or a column that is not there, for none.
    :param threads: how many threads each worker reads on: the cores of an executor divided by those of a task, as a rule 1.
    """
    day = date if date in articles.columns else None
    kept = articles.drop(*(field.name for field in ANSWER if field.name not in ("id", "error")))
    asked = kept if "error" in kept.columns else kept.withColumn("error", F.lit(None).cast("string"))
    said = [field for field in from_arrow_schema(ANSWER) if field.name not in ("id", "error")]
    schema = StructType([*asked.schema, *said])

    def answer(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        engine = _engine(layers, inside_names, threads)
        for batch in batches:
            texts, days = batch[text].to_pylist(), batch[day].to_pylist() if day else None
            answers = pyarrow.table(engine.suggest_many(texts, days, errors="answer"))
            table = pyarrow.Table.from_batches([batch])
            # Why an article could not be read comes before what that leads to.
            error = pyarrow.compute.coalesce(table["error"], answers["error"])
            table = table.set_column(table.schema.get_field_index("error"), "error", error)
            for field in said:
                table = table.append_column(answers.schema.field(field.name), answers[field.name])
            yield from table.combine_chunks().to_batches()

    return asked.mapInArrow(answer, schema).withColumnRenamed(id, "id")


def read(session: SparkSession, path: str | list[str], *, id: str = "id", text: str = "text") -> DataFrame:
    """Articles of files: Parquet, lines of JSON, or anything that the program reads, WARC above all.

    Lines of JSON and rows of Parquet have at least ``id`` and ``text``; of other files each article is a row, called by its
    file and its place in it. A file must fit into the memory of a worker.
    """
    ending = PurePosixPath(path if isinstance(path, str) else path[0]).suffix.lower()
    if ending == ".parquet":
        return session.read.parquet(*([path] if isinstance(path, str) else path))
    if ending in (".jsonl", ".ndjson"):
        wrong = StructField("error", StringType())
        schema = StructType([field for field in _KNOWN if field.name != "error"] + [wrong])
        rows = session.read.schema(schema).option("columnNameOfCorruptRecord", "error").json(path)
        # What stands in it then is the line itself.
        told = F.when(F.col("error").isNotNull(), F.lit("the line is not valid JSON"))
        return rows.withColumn("error", told)
    files = session.read.format("binaryFile").load(path).select("path", "content")
    return files.mapInArrow(_read, _KNOWN)


def _read(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    """The articles of files."""
    schema = pyarrow.schema([(name, pyarrow.string()) for name in ARTICLE])
    for batch in batches:
        for path, content in zip(batch["path"].to_pylist(), batch["content"].to_pylist(), strict=True):
            name = PurePosixPath(path).name
            found = read_bytes(name, content)
            rows: list[dict[str, Any]] = [
                {field: getattr(article, field, None) or None for field in ARTICLE}
                | {"id": f"{name}#{at}", "date": article.date and article.date.isoformat()}
                for at, article in enumerate(found)
            ]
            if not rows:
                problem = "; ".join(remark.reason for remark in found.remarks) or "the file holds no articles"
                rows = [{"id": name, "error": problem}]
            yield pyarrow.RecordBatch.from_pylist(rows, schema=schema)


def tables(answers: DataFrame) -> dict[str, DataFrame]:
    """Flat tables of what :func:`suggest` gives: articles, mentions, people, countries, events and errors, joined by ``id``."""
    said = [name for name in ANSWER.names if name not in ("id", "error")]
    right = answers.where(F.col("error").isNull())

    def rows(column: str, number: str) -> DataFrame:
        return right.select("id", F.posexplode(column).alias(number, "it"))

    def flat(frame: DataFrame, *number: str) -> DataFrame:
        return frame.select("id", *number, "it.*")

    return {
        "articles": answers.drop(*said),
        "mentions": flat(rows("spans", "n"), "n"),
        "people": flat(rows("people", "n"), "n"),
        "countries": right.select("id", F.explode("countries").alias("country")),
        "events": flat(rows("events", "n"), "n"),
        "errors": answers.where(F.col("error").isNotNull()).select("id", "error"),
    }


def write(answers: DataFrame, out: str) -> None:
    """Writes answers, and flat tables of them, as folders of Parquet files in the folder ``out``; what is there is replaced."""
    answers.write.mode("overwrite").parquet(f"{out}/answers")
    # The engine has done its work; the tables are made of what was written.
    written = answers.sparkSession.read.parquet(f"{out}/answers")
    for name, table in tables(written).items():
        table.write.mode("overwrite").parquet(f"{out}/{name}")


def main() -> None:
    """The job."""
    parser = argparse.ArgumentParser(description="Suggests people, countries and events for articles, on a cluster.")
    parser.add_argument("articles", nargs="+", help="files: .parquet, .jsonl, or of any kind that holds articles")
    parser.add_argument("out", help="the folder to write Parquet into")
    parser.add_argument("--id", default="id", help="the column with the id")
    parser.add_argument("--text", default="text", help="the column with the text")
    parser.add_argument("--date", default="date", help="the column with the day of publication")
    parser.add_argument("--layers", choices=["main", "all"], default="main")
    parser.add_argument("--threads", type=int, default=1, help="threads of each worker")
    arguments = parser.parse_args()
    session = SparkSession.builder.appName("rubricator").getOrCreate()
    answers = suggest(
        read(session, arguments.articles),
        id=arguments.id,
        text=arguments.text,
        date=arguments.date,
        layers=arguments.layers,
        threads=arguments.threads,
    )
    write(answers, arguments.out)
    counts = {name: session.read.parquet(f"{arguments.out}/{name}").count() for name in tables(answers)}
    print(json.dumps(counts))


if __name__ == "__main__":
    # By its package's name, which workers import; what is defined in `__main__` they do not have.
    from rubricator import spark

    spark.main()
