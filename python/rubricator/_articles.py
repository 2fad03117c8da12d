"""Articles of files of any format that the program reads."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from . import _native


class Remark(NamedTuple):
    """What could not be read, or was left out of a text on purpose."""

    file: str
    place: str
    """Where in the file; empty for the file as a whole."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article with what is known of it; an empty str where nothing is."""

    text: str
    title: str = ""
    source: str = ""
    author: str = ""
    section: str = ""
    url: str = ""
    language: str = ""
    """BCP 47 language tag."""
    date: date | None = None
    """The day of publication."""
    origin: str = ""
    """The file that it was read from."""


class Articles(list[Article]):
    """Articles in the order of their file, and what could not be read or was left out of it."""

    remarks: list[Remark]

    def __init__(self, articles: list[Article], remarks: list[Remark]) -> None:
        super().__init__(articles)
        self.remarks = remarks


def read_articles(
    path: str | os.PathLike[str], *, columns: str | None = None, split_at: str | None = None
) -> Articles:
    """The articles of a file: text, Markdown, HTML, PDF, office files, mail, tables, JSON, WARC, archives of these and more.

    :param columns: of tables, which columns hold what: ``"text=body,title=headline"``; the rest is guessed by their names.
    :param split_at: split each article where this regular expression matches.
    :raises FileNotFoundError: there is no such file.
    :raises RubricatorError: it cannot be read, or holds no article.
    """
    return _articles(*_native.read_articles(Path(path), columns, split_at))


def read_bytes(name: str, data: bytes, *, columns: str | None = None) -> Articles:
    """The articles of the bytes of a file; its name's extension, or else its first bytes, say what it is.

    What cannot be read is in :attr:`Articles.remarks`, and nothing is raised: a batch goes on.
    """
    return _articles(*_native.read_bytes(name, data, columns))


def _articles(articles: list[tuple[str, str]], remarks: list[tuple[str, str, str]]) -> Articles:
    known = set(Article.__dataclass_fields__)

    def one(text: str, meta: str) -> Article:
        record = {name: value for name, value in json.loads(meta).items() if name in known}
        if record.get("date"):
            record["date"] = date.fromisoformat(record["date"])
        return Article(text=text, **record)

    return Articles([one(*article) for article in articles], [Remark(*remark) for remark in remarks])
