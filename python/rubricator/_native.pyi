from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Any, final

__all__ = [
    "VERSION",
    "Engine",
    "Lines",
    "Marked",
    "Project",
    "RubricatorError",
    "compared",
    "exports",
    "imports",
    "read_articles",
    "read_bytes",
]

VERSION: str

class RubricatorError(Exception):
    path: Path | None
    line: int | None
    column: int | None

@final
class Engine:
    def __new__(cls, threads: int | None, layers: str, inside_names: bool, memory: Project | None) -> Engine: ...
    def problem(self) -> str | None: ...
    def suggest(self, id: str, text: Any, date: Any) -> bytes: ...
    def suggest_many(
        self,
        ids: Sequence[str],
        texts: Sequence[Any],
        dates: Sequence[Any],
        threads: int | None,
        across: bool,
        strict: bool,
    ) -> Lines: ...

@final
class Lines:
    @staticmethod
    def split(bytes: bytes) -> Lines: ...
    def joined(self) -> bytes: ...
    def __len__(self) -> int: ...
    def __getitem__(self, at: int, /) -> bytes: ...
    @staticmethod
    def __arrow_c_schema__() -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class Project:
    def __new__(cls) -> Project: ...
    @staticmethod
    def read(path: str | PathLike[str]) -> Project: ...
    def write(self, path: str | PathLike[str]) -> None: ...
    def to_bytes(self) -> bytes: ...
    @staticmethod
    def of_bytes(bytes: bytes) -> Project: ...
    def __len__(self) -> int: ...
    def untagged(self) -> Project: ...
    def add_files(
        self, paths: Sequence[str | PathLike[str]], columns: str | None, split_at: str | None
    ) -> list[tuple[str, str, str]]: ...
    def add_text(
        self,
        text: str,
        title: str,
        source: str,
        author: str,
        section: str,
        url: str,
        language: str,
        date: Any,
    ) -> None: ...
    def suggest(self, engine: Engine, threads: int | None) -> None: ...
    def take_annotations(
        self,
        paths: Sequence[str | PathLike[str]],
        format: str | None,
        annotator: str,
        kinds: Sequence[tuple[str, str]],
    ) -> list[tuple[str, str, str]]: ...
    def take_project(self, other: Project, annotator: str, kinds: Sequence[tuple[str, str]]) -> None: ...
    def take_crosswalk(self, path: str | PathLike[str], annotator: str) -> list[tuple[str, str, str]]: ...
    def export(
        self,
        format: str,
        suggestions: bool,
        unaccepted: bool,
        articles: Sequence[str],
        kinds: Sequence[str] | None,
        per_article: bool,
        complete: bool,
        happenings: bool,
        checks: bool,
        by: str | None,
    ) -> tuple[list[tuple[str, bytes]], list[tuple[str, str, str]], str | None, bool]: ...

@final
class Marked:
    @staticmethod
    def read(path: str | PathLike[str]) -> Marked: ...
    @staticmethod
    def of_project(project: Project) -> Marked: ...
    def evaluate(self, engine: Engine, threads: int | None) -> str: ...
    def evaluate_answers(self, path: str | PathLike[str]) -> str: ...
    def learn(self, engine: Engine, as_own: Sequence[str]) -> list[str]: ...

def exports() -> list[tuple[str, str, str, str, str]]: ...
def imports() -> list[tuple[str, str, str, str]]: ...
def read_articles(
    path: str | PathLike[str], columns: str | None, split_at: str | None
) -> tuple[list[tuple[str, str]], list[tuple[str, str, str]]]: ...
def read_bytes(
    name: str, bytes: bytes, columns: str | None
) -> tuple[list[tuple[str, str]], list[tuple[str, str, str]]]: ...
def compared(names: Sequence[str], projects: Sequence[Project], open: Sequence[bool]) -> tuple[str, str, str]: ...
