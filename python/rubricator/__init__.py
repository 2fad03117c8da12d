"""People, countries and events in news articles, suggested by an offline engine.

    >>> import rubricator
    >>> engine = rubricator.Engine()
    >>> answer = engine.suggest("French President Emmanuel Macron visited Kenya on Friday.", date="2022-02-06")
    >>> answer.people[0].name, answer.people[0].qid
    ('Emmanuel Macron', 'Q3052772')
    >>> answer.countries, answer.events[0].date.start
    (('FR', 'KE'), datetime.date(2022, 2, 4))

Everything counts characters as Python does: ``text[span.start:span.end]`` are a span's words.
"""

from ._answers import (
    Answer,
    Answers,
    Coordinates,
    Event,
    EventDate,
    EventPlace,
    Figure,
    Participant,
    Person,
    Range,
    Span,
)
from ._articles import Article, Articles, Remark, read_articles, read_bytes
from ._engine import Engine
from ._native import VERSION as __version__
from ._native import RubricatorError
from ._project import (
    Comparison,
    Export,
    FormatInfo,
    LeftOut,
    Project,
    compare,
    evaluate,
    formats,
    learn,
)

__all__ = [
    "Answer",
    "Answers",
    "Article",
    "Articles",
    "Comparison",
    "Coordinates",
    "Engine",
    "Event",
    "EventDate",
    "EventPlace",
    "Export",
    "Figure",
    "FormatInfo",
    "LeftOut",
    "Participant",
    "Person",
    "Project",
    "Range",
    "Remark",
    "RubricatorError",
    "Span",
    "__version__",
    "compare",
    "evaluate",
    "formats",
    "learn",
    "read_articles",
    "read_bytes",
]
