"""A component for spaCy: ``nlp.add_pipe("rubricator")``.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("rubricator")
    >>> [(ent.text, ent.label_, ent.kb_id_) for ent in nlp("French President Emmanuel Macron visited Kenya.").ents]
    [('French', 'COUNTRY', 'FR'), ('Emmanuel Macron', 'PERSON', 'Q3052772'), ('Kenya', 'COUNTRY', 'KE')]

It sets

``doc.ents``
    names that do not overlap: people, countries and named events, with ``layers="all"`` places, groups and organisations
    too; ``kb_id_`` is a person's Wikidata item, or the ISO 3166 code of a country or of the one that a place lies in.
``doc.spans["rubricator"]``
    all that is marked, the words that tell of events too; these may overlap. ``doc.spans.attrs["scores"]`` of the group are
    the scores.
``doc._.rubricator``
    the :class:`~rubricator.Answer`, with people and event records.

A text's day of publication, against which "on Friday" is read, is what ``doc._.published`` holds: a ``datetime.date``, or a
str written YYYY-MM-DD.

    >>> doc = nlp.make_doc("Protesters blocked the bridge in Lisbon on Friday.")
    >>> doc._.published = "2022-02-05"
    >>> nlp(doc)._.rubricator.events[0].date.start
    datetime.date(2022, 2, 4)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as SpacySpan
from spacy.util import filter_spans

from ._answers import Answer, Span
from ._engine import Engine, Layers

TRIGGER = "TRIGGER"

# What a document keeps, as bytes and words, so that it can be written and sent to another process.
ANSWER, PUBLISHED = "rubricator.answer", "rubricator.published"


def _answer(doc: Doc) -> Answer | None:
    line = doc.user_data.get(ANSWER)
    return None if line is None else Answer(line)


def _published(doc: Doc) -> str | None:
    day: str | None = doc.user_data.get(PUBLISHED)
    return day


def _publish(doc: Doc, day: date | str | None) -> None:
    doc.user_data[PUBLISHED] = day.isoformat() if isinstance(day, date) else day


class Rubricator:
    """The component. One engine for all documents; a batch of :meth:`pipe` is read on several threads."""

    def __init__(
        self,
        name: str = "rubricator",
        *,
        layers: Layers = "main",
        spans_key: str = "rubricator",
        labels: dict[str, str] | None = None,
        threads: int | None = None,
        overwrite_ents: bool = True,
    ) -> None:
        self.name = name
        self.spans_key = spans_key
        self.labels = dict(labels or {})
        self.overwrite_ents = overwrite_ents
        self.engine = Engine(layers=layers, threads=threads)
        Doc.set_extension("rubricator", getter=_answer, force=True)
        Doc.set_extension("published", getter=_published, setter=_publish, force=True)

    def __call__(self, doc: Doc) -> Doc:
        """Sets what the engine suggests for one document."""
        return self._set(doc, self.engine.suggest(doc.text, doc._.published))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 256) -> Iterator[Doc]:
        """The same for a stream of documents, as many at once as stand in a batch."""
        stream = iter(stream)
        while docs := list(islice(stream, batch_size)):
            texts, days = [doc.text for doc in docs], [doc._.published for doc in docs]
            answers = self.engine.suggest_many(texts, days, ids=[None] * len(docs))
            yield from map(self._set, docs, answers)

    def _set(self, doc: Doc, answer: Answer) -> Doc:
        items = {(mention.start, mention.end): person.qid for person in answer.people for mention in person.mentions}
        marked = [(span, self._span(doc, span, items.get((span.start, span.end)))) for span in answer.spans]
        found = [(span, made) for span, made in marked if made is not None]
        doc.spans[self.spans_key] = [made for _, made in found]
        doc.spans[self.spans_key].attrs["scores"] = [span.score for span, _ in found]
        # An entity of spaCy neither overlaps another nor begins or ends with white space.
        names = [made for span, made in found if span.label != TRIGGER and made.text.strip() == made.text]
        doc.set_ents(_beside(names, () if self.overwrite_ents else doc.ents))
        doc.user_data[ANSWER] = answer.line
        return doc

    def _span(self, doc: Doc, span: Span, item: str | None) -> SpacySpan | None:
        known = item or span.country or span.in_country or ""
        label = self.labels.get(span.label, span.label)
        # spaCy may join what the engine parts ("US-led"): then the whole token is marked.
        return doc.char_span(span.start, span.end, label=label, kb_id=known, alignment_mode="expand")

    def __reduce__(self) -> tuple[Any, ...]:
        made = {
            "layers": self.engine._made["layers"],
            "spans_key": self.spans_key,
            "labels": self.labels,
            "threads": self.engine._made["threads"],
            "overwrite_ents": self.overwrite_ents,
        }
        return _restored, (self.name, made)


def _restored(name: str, made: dict[str, Any]) -> Rubricator:
    return Rubricator(name, **made)


def _beside(names: list[SpacySpan], there: Iterable[SpacySpan]) -> list[SpacySpan]:
    """What is there, and what does not overlap it."""
    there = list(there)
    taken = {token.i for span in there for token in span}
    return [*there, *filter_spans([span for span in names if taken.isdisjoint(token.i for token in span)])]


@Language.factory(
    "rubricator",
    assigns=["doc.ents", "doc.spans", "token.ent_iob", "token.ent_type", "doc._.rubricator"],
    default_config={
        "layers": "main",
        "spans_key": "rubricator",
        "labels": {},
        "threads": None,
        "overwrite_ents": True,
    },
)
def make(
    nlp: Language,
    name: str,
    layers: str,
    spans_key: str,
    labels: dict[str, str],
    threads: int | None,
    overwrite_ents: bool,
) -> Rubricator:
    """What ``nlp.add_pipe("rubricator", config={…})`` calls.

    :param layers: ``"main"``, or ``"all"`` for places, groups and organisations as well.
    :param spans_key: where ``doc.spans`` has all that is marked.
    :param labels: other names for labels, such as ``{"COUNTRY": "GPE", "PLACE": "GPE"}``.
    :param threads: how many threads read a batch of ``nlp.pipe``; one for each processor where None.
    :param overwrite_ents: whether entities that another component has set give way; else those here give way to them.
    """
    return Rubricator(
        name,
        layers=layers,  # type: ignore[arg-type]  # the engine says which there are
        spans_key=spans_key,
        labels=labels,
        threads=threads,
        overwrite_ents=overwrite_ents,
    )
