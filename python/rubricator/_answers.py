"""What the engine says of a text, as typed objects; the same as dicts, as lines of JSON and as Arrow record batches."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, overload

from . import _native

T = TypeVar("T")


class Range(NamedTuple):
    """A place in a text: ``text[start:end]``."""

    start: int
    end: int


class Coordinates(NamedTuple):
    """A point on the earth, in degrees north and east."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Words that were marked: a person, a country, an event, the words that tell of one."""

    start: int
    end: int
    label: str
    """PERSON, COUNTRY, EVENT or TRIGGER; with ``layers="all"`` PLACE, NORP or ORG too; or a kind of a project's own."""
    score: float
    """How likely it is right, 0 to 1."""
    entity: str | None = None
    """Who or what it names, by name."""
    country: str | None = None
    """ISO 3166 code of the country it names."""
    in_country: str | None = None
    """ISO 3166 code of the country that a place lies in."""
    type: str | None = None
    """Of an event its type, of a country the way it is named."""
    across: int | None = None
    """The number that it shares with those of other texts that name the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person with all mentions."""

    name: str
    mentions: tuple[Range, ...]
    qid: str | None = None
    """The Wikidata item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDate:
    """When, from the first to the last day."""

    start: date
    end: date
    text: str
    """As the text says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPlace:
    """Where."""

    name: str
    country: str | None = None
    coordinates: Coordinates | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Who takes part in an event."""

    role: str
    """actor or recipient."""
    name: str
    label: str
    """PERSON, COUNTRY, ORG or GROUP."""
    start: int
    end: int
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that an event comes with: killed, injured, missing, arrested, displaced, present, or money."""

    kind: str
    number: float | None
    """None for "dozens"."""
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event record: what happened, when, where, who to whom."""

    name: str
    type: str | None
    """NAMED, one of PLOVER's types, or None for other news."""
    keep: bool
    """Whether it is worth a record."""
    worth: float
    """How likely it is that a person keeps it, 0 to 1."""
    mentions: tuple[Range, ...]
    text: str
    """The words that tell of it best."""
    trigger: Range
    """Where those stand."""
    polarity: str
    modality: str
    participants: tuple[Participant, ...]
    klass: str | None = None
    """Of named events and other news, what sort; ``class`` in dicts."""
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    date: EventDate | None = None
    place: EventPlace | None = None
    figures: tuple[Figure, ...] = ()
    across: int | None = None
    part_of: int | None = None
    """The number of the event, in the same text, of which it is a step."""


class Answer:
    """What the engine says of one text."""

    __slots__ = ("__dict__", "line")

    line: bytes
    """The line of JSON that ``rubricator suggest --jsonl`` writes."""

    def __init__(self, line: bytes) -> None:
        """Of a line of JSON; it is read when something is asked of it."""
        self.line = line

    @cached_property
    def _dict(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.line)
        return answer

    def to_dict(self) -> dict[str, Any]:
        """A dict in the form of the stream; what is not known is not there."""
        answer: dict[str, Any] = json.loads(self.line)
        return answer

    @property
    def id(self) -> Any:
        """What the text was given as its id."""
        return self._dict.get("id")

    @property
    def error(self) -> str | None:
        """Why there are no suggestions; None where there are."""
        return self._dict.get("error")

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """All that is marked, in the order of the text."""
        return tuple(_of(Span, span) for span in self._dict.get("spans", ()))

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """The people, each once."""
        return tuple(
            _of(Person, person, mentions=_ranges(person["mentions"])) for person in self._dict.get("people", ())
        )

    @property
    def countries(self) -> tuple[str, ...]:
        """ISO 3166 codes of the countries, each once."""
        return tuple(self._dict.get("countries", ()))

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The event records."""
        return tuple(_event(event) for event in self._dict.get("events", ()))

    def __eq__(self, other: object) -> bool:
        return self.line == other.line if isinstance(other, Answer) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.line)

    def __reduce__(self) -> tuple[type[Answer], tuple[bytes]]:
        return Answer, (self.line,)

    def __repr__(self) -> str:
        if self.error is not None:
            return f"<Answer {self.id!r}: {self.error}>"
        counts = f"{len(self.spans)} spans, {len(self.people)} people, {len(self.countries)} countries"
        return f"<Answer {self.id!r}: {counts}, {len(self.events)} events>"


class Answers:
    """Answers in the order of their texts: ``len``, indexes, slices and ``for`` work as for a list.

    Anything that reads Arrow takes them without a copy: ``pyarrow.table(answers)``, ``polars.DataFrame(answers)``,
    ``pandas.DataFrame.from_arrow(answers)``, DuckDB. A row is an answer; its columns are those of the stream.
    """

    # No Sequence: a data frame would be made of its items before it is asked for Arrow.
    __slots__ = ("_lines",)

    def __init__(self, lines: _native.Lines) -> None:
        self._lines = lines

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Answers:
        """Answers that ``rubricator suggest --jsonl``, or :meth:`write`, has written to a file."""
        return cls(_native.Lines.split(Path(path).read_bytes()))

    def write(self, path: str | os.PathLike[str]) -> None:
        """Writes them as lines of JSON, byte by byte what ``rubricator suggest --jsonl`` writes."""
        Path(path).write_bytes(self.to_jsonl())

    def to_jsonl(self) -> bytes:
        """Lines of JSON, byte by byte what ``rubricator suggest --jsonl`` writes."""
        return self._lines.joined()

    def to_dicts(self) -> list[dict[str, Any]]:
        """Dicts in the form of the stream."""
        return [answer.to_dict() for answer in self]

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, at: int) -> Answer: ...
    @overload
    def __getitem__(self, at: slice) -> list[Answer]: ...
    def __getitem__(self, at: int | slice) -> Answer | list[Answer]:
        if isinstance(at, slice):
            return [Answer(self._lines[n]) for n in range(*at.indices(len(self)))]
        index = at + len(self) if at < 0 else at
        if not 0 <= index < len(self):
            raise IndexError(f"there are {len(self)} answers, none at {at}")
        return Answer(self._lines[index])

    def __iter__(self) -> Iterator[Answer]:
        return (Answer(self._lines[n]) for n in range(len(self)))

    @staticmethod
    def __arrow_c_schema__() -> object:
        """The schema of the record batches."""
        return _native.Lines.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The record batches."""
        return self._lines.__arrow_c_stream__(requested_schema)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self.to_jsonl(),)

    def __repr__(self) -> str:
        return f"<{len(self)} Answers>"


def _restored(lines: bytes) -> Answers:
    return Answers(_native.Lines.split(lines))


def _of(cls: type[T], record: Mapping[str, Any], **made: Any) -> T:
    known: Mapping[str, object] = cls.__dataclass_fields__  # type: ignore[attr-defined]
    return cls(**{name: value for name, value in record.items() if name in known and name not in made}, **made)


def _ranges(pairs: Sequence[Sequence[int]]) -> tuple[Range, ...]:
    return tuple(Range(*pair) for pair in pairs)


def _event(event: Mapping[str, Any]) -> Event:
    day, place = event.get("date"), event.get("place")
    return _of(
        Event,
        event,
        klass=event.get("class"),
        mentions=tuple(Range(mention["start"], mention["end"]) for mention in event["mentions"]),
        trigger=Range(*event["trigger"]),
        participants=tuple(_of(Participant, participant) for participant in event["participants"]),
        contexts=tuple(event.get("contexts", ())),
        figures=tuple(_of(Figure, figure) for figure in event.get("figures", ())),
        date=day
        and EventDate(start=date.fromisoformat(day["start"]), end=date.fromisoformat(day["end"]), text=day["text"]),
        place=place and _of(EventPlace, place, coordinates=_coordinates(place.get("coordinates"))),
    )


def _coordinates(point: Mapping[str, float] | None) -> Coordinates | None:
    return None if point is None else Coordinates(**point)
