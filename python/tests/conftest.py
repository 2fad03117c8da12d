"""Texts, and the program of the same build, which the package is held against."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import rubricator

ROOT = Path(__file__).resolve().parents[2]

TEXTS = [
    "Portuguese Prime Minister Amélia Castanheira met Finnish President Eino Rautavuori in Lisbon on Friday. "
    "“Nobody wins a quarrel over mud and rope,” Castanheira said.",
    "About 12,000 people protested in Gdańsk on 2 February 2022, and police arrested 31 of them. "
    "Angela Merkel criticised Poland’s government.",
    "🙂 A bomb killed 12 people and wounded 30 near Aleppo, Syria, on Monday, the Syrian Observatory said.",
    "",
    "Nothing happened.",
    "French President Emmanuel Macron met Kenyan officials in Nairobi on Friday, the United Nations said.",
]
DAYS = ["2022-02-04", "2022-02-04", "2016-05-10", None, None, "2022-02-06"]


@pytest.fixture(scope="session")
def engine() -> rubricator.Engine:
    engine = rubricator.Engine()
    assert engine.problem is None
    return engine


@pytest.fixture(scope="session")
def program() -> Callable[..., bytes]:
    """The program itself: arguments and standard input in, standard output out."""
    path = os.environ.get("RUBRICATOR")
    if not path:
        pytest.skip("RUBRICATOR does not name the program to compare with")

    def run(*arguments: str | Path, input: bytes = b"") -> bytes:
        return subprocess.run([path, *arguments], input=input, stdout=subprocess.PIPE, check=True).stdout

    return run


@pytest.fixture(scope="session")
def requests() -> bytes:
    """The texts as lines of the stream."""
    rows: list[dict[str, Any]] = []
    for at, (text, day) in enumerate(zip(TEXTS, DAYS, strict=True)):
        rows.append({"id": at, "text": text} | ({"date": day} if day else {}))
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)
