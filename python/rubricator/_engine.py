"""The suggestion engine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date as Date
from itertools import islice, repeat
from typing import TYPE_CHECKING, Any, Literal

from . import _native
from ._answers import Answer, Answers

if TYPE_CHECKING:
    from ._project import Project

Day = Date | str | None
"""A day of publication: a date, or a str written YYYY-MM-DD."""

Layers = Literal["main", "all"]


class Engine:
    """The suggestion engine: a function of its input, the same on any number of threads.

    Its model and knowledge are in the package and read once for a process; nothing is fetched. An engine can be used from
    several threads at once, and can be pickled.
    """

    def __init__(
        self,
        *,
        layers: Layers = "main",
        threads: int | None = None,
        inside_names: bool = False,
        memory: Project | None = None,
    ) -> None:
        """An engine.

        :param layers: ``"main"`` marks people, countries and events; ``"all"`` other places, nationalities and groups, and
            organisations as well.
        :param threads: how many threads it works on, where :meth:`suggest_many` is not told itself; one for each processor
            where None.
        :param inside_names: mark countries inside other names too: "Bank of China", "South China Sea".
        :param memory: use what the decisions in this project have taught.
        """
        if threads is not None and threads < 1:
            raise ValueError(f"threads is {threads}, but there must be at least one")
        self._made = {"layers": layers, "threads": threads, "inside_names": inside_names, "memory": memory}
        self._native = _native.Engine(threads, layers, inside_names, None if memory is None else memory._native)

    @property
    def problem(self) -> str | None:
        """Why it does without its model, by rules and knowledge alone; None where it has it."""
        return self._native.problem()

    def suggest(self, text: str, date: Day = None, *, id: Any = None) -> Answer:
        """What it suggests for one text.

        :param date: the day of publication, against which "on Friday" is read.
        :param id: what the answer is to have as its id: anything that JSON can hold.
        :raises TypeError: the text is not a str.
        :raises ValueError: the date is not a day, or the text holds half a surrogate pair.
        """
        return Answer(self._native.suggest(_json(id), text, date))

    def suggest_many(
        self,
        texts: Iterable[str],
        dates: Iterable[Day] | None = None,
        threads: int | None = None,
        *,
        ids: Iterable[Any] | None = None,
        across: bool = False,
        errors: Literal["raise", "answer"] = "raise",
    ) -> Answers:
        """What it suggests for several texts, on several threads while Python's other threads go on.

        :param dates: their days of publication, as many as there are texts.
        :param threads: how many threads work on it; those of the engine where None.
        :param ids: what the answers are to have as their ids; 0, 1, 2… where None.
        :param across: give people, countries, places, organisations and events of different texts the same number as
            ``across`` where they are one.
        :param errors: with ``"answer"`` a text that cannot be read gives an answer with :attr:`Answer.error` and costs
            nothing else; with ``"raise"`` the first one raises.
        :raises TypeError: a text is not a str, with its number.
        :raises ValueError: a date is not a day, or there are not as many dates or ids as texts.
        """
        if isinstance(texts, str):
            raise TypeError("texts is one str: suggest_many takes several, suggest takes one")
        if errors not in ("raise", "answer"):
            raise ValueError(f"errors is {errors!r}, but must be 'raise' or 'answer'")
        if threads is not None and threads < 1:
            raise ValueError(f"threads is {threads}, but there must be at least one")
        texts = list(texts)
        days = [None] * len(texts) if dates is None else list(dates)
        named = [str(n) for n in range(len(texts))] if ids is None else [_json(id) for id in ids]
        return Answers(self._native.suggest_many(named, texts, days, threads, across, errors == "raise"))

    def pipe(
        self,
        texts: Iterable[str],
        dates: Iterable[Day] | None = None,
        threads: int | None = None,
        *,
        ids: Iterable[Any] | None = None,
        batch_size: int = 1024,
        errors: Literal["raise", "answer"] = "raise",
    ) -> Iterator[Answer]:
        """As :meth:`suggest_many` for texts without end: answers come as they are there, and only ``batch_size`` texts are held.

        Where ids are not given they count on: 0, 1, 2…
        """
        texts, days = iter(texts), repeat(None) if dates is None else iter(dates)
        named: Iterator[Any] = _count() if ids is None else iter(ids)
        while batch := list(islice(texts, batch_size)):
            yield from self.suggest_many(
                batch,
                list(islice(days, len(batch))),
                threads,
                ids=list(islice(named, len(batch))),
                errors=errors,
            )

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self._made,)

    def __repr__(self) -> str:
        made = ", ".join(f"{name}={value!r}" for name, value in self._made.items())
        return f"Engine({made})"


def _count() -> Iterator[int]:
    n = 0
    while True:
        yield n
        n += 1


def _restored(made: dict[str, Any]) -> Engine:
    return Engine(**made)


def _json(id: Any) -> str:
    return json.dumps(id, ensure_ascii=False)
