"""Projects, and how far people and the engine agree in them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from . import _native
from ._articles import Article, Remark
from ._engine import Day, Engine

PathLike = str | os.PathLike[str]


class LeftOut(NamedTuple):
    """What a format could not hold, or what was not taken in."""

    place: str
    """The article's title, or the file with its line."""
    what: str
    why: str


class FormatInfo(NamedTuple):
    """A format that is written or read."""

    id: str
    name: str
    extension: str
    description: str


def formats() -> dict[Literal["export", "import"], list[FormatInfo]]:
    """The formats that :meth:`Project.export` writes and :meth:`Project.import_annotations` reads."""
    return {
        "export": [FormatInfo(*row[:4]) for row in _native.exports()],
        "import": [FormatInfo(*row) for row in _native.imports()],
    }


@dataclass(frozen=True, slots=True)
class Export:
    """A finished export."""

    files: dict[str, bytes]
    """What each file holds, by its name; one file, unless the format is a folder."""
    left_out: list[LeftOut]
    """What the format has no place for."""
    gaps: str | None
    """Of rows of events, how many lack an actor, a recipient or a date."""
    is_folder: bool

    @property
    def data(self) -> bytes:
        """The bytes of an export that is one file."""
        if len(self.files) != 1:
            raise ValueError(f"the export is {len(self.files)} files: take them from files, or write it")
        return next(iter(self.files.values()))

    def write(self, path: PathLike) -> None:
        """Writes the file, or the files into the folder."""
        path = Path(path)
        if not self.is_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.data)
            return
        path.mkdir(parents=True, exist_ok=True)
        for name, data in self.files.items():
            (path / name).write_bytes(data)


class Project:
    """Articles with what was marked in them: what the window opens and saves."""

    __slots__ = ("_native",)

    def __init__(self) -> None:
        """An empty project."""
        self._native = _native.Project()

    @classmethod
    def read(cls, path: PathLike) -> Project:
        """Reads a project file (.rubric), which must be whole.

        :raises FileNotFoundError: there is no such file.
        :raises RubricatorError: it is no project, was saved by a newer version, or is damaged; ``path``, ``line`` and
            ``column`` say where.
        """
        return cls._of(_native.Project.read(Path(path)))

    @classmethod
    def _of(cls, native: _native.Project) -> Project:
        project = cls.__new__(cls)
        project._native = native
        return project

    def write(self, path: PathLike) -> None:
        """Writes it in the place of the file, whole or not at all.

        Nothing else may have it open: a window that does notices, and asks what to keep.
        """
        self._native.write(Path(path))

    def __len__(self) -> int:
        """How many articles it has."""
        return len(self._native)

    def untagged(self) -> Project:
        """A project of its articles, without what was marked in them."""
        return Project._of(self._native.untagged())

    def add_files(
        self, *paths: PathLike, columns: str | None = None, split_at: str | None = None
    ) -> list[Remark]:
        """Adds the articles of files, as :func:`read_articles` reads them; gives what was left out."""
        found = self._native.add_files([Path(path) for path in paths], columns, split_at)
        return [Remark(*remark) for remark in found]

    def add(self, article: Article | str, *, title: str = "", date: Day = None) -> None:
        """Adds an article, or a text with its title and day of publication."""
        if isinstance(article, str):
            self._native.add_text(article, title, "", "", "", "", "", date)
            return
        self._native.add_text(
            article.text,
            title or article.title,
            article.source,
            article.author,
            article.section,
            article.url,
            article.language,
            date if date is not None else article.date,
        )

    def suggest(self, engine: Engine | None = None, threads: int | None = None) -> None:
        """Adds what the engine suggests for every article, as suggestions that nobody has decided on."""
        self._native.suggest((engine or Engine())._native, threads)

    def import_annotations(
        self,
        *paths: PathLike,
        format: str | None = None,
        annotator: str = "import",
        kinds: Mapping[str, str | None] | None = None,
    ) -> list[LeftOut]:
        """Takes annotations of this and other tools in, files or folders of them; gives what was not taken in.

        :param format: an id of :func:`formats`; told by what the files end in and how they begin where None.
        :param annotator: who is noted to have accepted what the files do not say it of.
        :param kinds: their kinds as kinds of the project: ``{"SHIP": "ship"}``; None leaves the tags of a kind out.
        :raises RubricatorError: there is nothing to take in; the message names the file, and the line where it can.
        """
        chosen = [Path(path) for path in paths]
        found = self._native.take_annotations(chosen, format, annotator, _kinds(kinds))
        return [LeftOut(*left) for left in found]

    def join(
        self, other: Project, *, annotator: str = "import", kinds: Mapping[str, str | None] | None = None
    ) -> None:
        """Takes another project in."""
        self._native.take_project(other._native, annotator, _kinds(kinds))

    def take_crosswalk(self, path: PathLike, *, annotator: str = "import") -> list[LeftOut]:
        """Takes in which events are one happening, as the export ``crosswalk`` has it; gives the rows that fit no event."""
        return [LeftOut(*left) for left in self._native.take_crosswalk(Path(path), annotator)]

    def export(
        self,
        format: str,
        *,
        status: Literal["accepted", "suggested", "all"] = "accepted",
        articles: Iterable[str] = (),
        kinds: Iterable[str] | None = None,
        per_article: bool = False,
        complete: bool = False,
        happenings: bool = False,
        checks: bool = False,
        by: str | None = None,
    ) -> Export:
        """The project in a format, an id of :func:`formats`; the same project gives the same bytes.

        :param status: what was accepted, what nobody has decided on, or both; what was rejected never goes out.
        :param articles: only these, by id (``a3``) or title; all where none are given.
        :param kinds: only mentions of these kinds; of all where None.
        :param per_article: each article as a file of its own.
        :param complete: of ``polecat``, only rows with an actor, a recipient and a date.
        :param happenings: of ``polecat``, one row a happening, however many articles tell of it.
        :param checks: of ``json``, how often suggestions were right, by those that were drawn by chance.
        :param by: of what was accepted only what this annotator decided.
        :raises ValueError: there is no such format, article or kind, or the format has no place for what is asked.
        :raises RubricatorError: there is no article to export.
        """
        if status not in ("accepted", "suggested", "all"):
            raise ValueError(f"status is {status!r}, but must be 'accepted', 'suggested' or 'all'")
        chosen = list(kinds) if kinds is not None else None
        files, left_out, gaps, is_folder = self._native.export(
            format,
            status != "accepted",
            status == "suggested",
            [articles] if isinstance(articles, str) else list(articles),
            chosen,
            per_article,
            complete,
            happenings,
            checks,
            by,
        )
        return Export(dict(files), [LeftOut(*left) for left in left_out], gaps, is_folder)

    def to_dict(self, *, status: Literal["accepted", "suggested", "all"] = "all") -> dict[str, Any]:
        """All that is known, in the form of the export ``json``: ``docs/schema/annotations.schema.json`` describes it."""
        known: dict[str, Any] = json.loads(self.export("json", status=status).data)
        return known

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self._native.to_bytes(),)

    def __repr__(self) -> str:
        return f"<Project of {len(self)} article{'' if len(self) == 1 else 's'}>"


def _restored(data: bytes) -> Project:
    return Project._of(_native.Project.of_bytes(data))


def _kinds(kinds: Mapping[str, str | None] | None) -> list[tuple[str, str]]:
    return [(theirs, ours or "") for theirs, ours in (kinds or {}).items()]


def evaluate(
    marked: Project | PathLike,
    engine: Engine | None = None,
    *,
    answers: PathLike | None = None,
    threads: int | None = None,
) -> dict[str, Any]:
    """How far the engine, or another's answers, agree with what people marked: precision, recall, F1 and intervals.

    :param marked: a project with what was accepted in it, a .rubric file, or a file of marked texts, a JSON object a line.
    :param answers: measure these, lines as ``suggest --jsonl`` writes them, and not the engine.
    :return: what ``rubricator evaluate --json`` writes, without the speed.
    :raises RubricatorError: a line cannot be read; ``path`` and ``line`` say which.
    """
    gold = _marked(marked)
    if answers is not None:
        if engine is not None:
            raise ValueError("either an engine or answers can be measured")
        report: dict[str, Any] = json.loads(gold.evaluate_answers(Path(answers)))
        return report
    report = json.loads(gold.evaluate((engine or Engine())._native, threads))
    return report


def learn(
    marked: Project | PathLike, engine: Engine | None = None, *, as_own: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """Whether learning pays: goes through marked texts in order and learns from each before it suggests for the next.

    :param as_own: learn these labels anew, as if the engine did not know them.
    :return: what ``rubricator evaluate --learn --json`` writes, a dict for each text and label.
    """
    return [json.loads(line) for line in _marked(marked).learn((engine or Engine())._native, list(as_own))]


def _marked(marked: Project | PathLike) -> _native.Marked:
    if isinstance(marked, Project):
        return _native.Marked.of_project(marked._native)
    if Path(marked).suffix.lower() == ".rubric":
        return _native.Marked.of_project(Project.read(marked)._native)
    return _native.Marked.read(Path(marked))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Where annotators of the same articles differ, and how far they agree."""

    report: dict[str, Any]
    """What ``rubricator compare --json`` writes."""
    table: str
    """The same to read."""
    tokens: str
    """The kinds that each annotator gave each token, as CSV, to compute the measures again."""


def compare(
    annotators: Mapping[str, Project | PathLike], *, suggestions: bool = False, engine: Engine | None = None
) -> Comparison:
    """Compares what annotators of the same articles accepted: ``compare({"Ana": "ana.rubric", "Ben": "ben.rubric"})``.

    Articles are paired by their text. A value is a project, a .rubric file, or a file of annotations that can be imported.

    :param suggestions: count open suggestions too, as if they were accepted.
    :param engine: is one of the annotators, as “Engine”, with what it suggests for the articles of the first.
    :raises ValueError: there are fewer than two, or they have no article in common.
    """
    if len(annotators) + (engine is not None) < 2:
        raise ValueError("compare needs two annotators or more, or one and an engine")
    projects = [_project(it) for it in annotators.values()]
    names, is_open = list(annotators), [suggestions] * len(projects)
    if engine is not None:
        own = projects[0].untagged()
        own.suggest(engine)
        projects.append(own)
        names.append("Engine")
        is_open.append(True)
    report, table, tokens = _native.compared(names, [project._native for project in projects], is_open)
    return Comparison(json.loads(report), table, tokens)


def _project(it: Project | PathLike) -> Project:
    if isinstance(it, Project):
        return it
    if Path(it).suffix.lower() == ".rubric":
        return Project.read(it)
    project = Project()
    project.import_annotations(it)
    return project
