"""seqeval reads both forms of CoNLL by the rules of their schemes: the entities are ours, but for those that overlap.

    check.py FOLDER

FOLDER holds a project in every format, each named by its id.
"""

import json
import sys
import unicodedata
from pathlib import Path

from seqeval.scheme import IOB1, IOB2, Entities

FOLDER = Path(sys.argv[1])


def found(name):
    """The file of a format: in a folder of its name, or with or without an ending."""
    path = FOLDER / name
    if path.is_dir():
        return next(path.iterdir())
    return path if path.is_file() else next(FOLDER.glob(name + ".*"))


def check(name, problems):
    problems = list(problems)
    print(f"FAIL {name}: {problems[0]} ({len(problems)} in all)" if problems else f"ok {name}")


def bare(text):
    """Without what no token holds."""
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) != "Cc")


def wanted(article):
    """The tags that can stand beside each other: of two that overlap the longer one, then the first."""
    kept = []
    size = lambda m: len(m["quote"].encode())
    for mention in sorted(article["mentions"], key=lambda m: -size(m)):
        apart = all(mention["end"] <= other["start"] or other["end"] <= mention["start"] for other in kept)
        if bare(mention["quote"]) and apart:
            kept.append(mention)
    kept.sort(key=lambda m: m["start"])
    return [(bare(m["quote"]), m["kind"].upper().replace("-", "_").replace(" ", "_")) for m in kept]


def read(path, scheme):
    """By article: all tokens, and the entities that seqeval finds."""
    for part in path.read_text(encoding="utf-8").split("-DOCSTART- -X- -X- O\n")[1:]:
        rows = [[line.split(" ") for line in block.split("\n") if line] for block in part.split("\n\n")]
        sentences = [sentence for sentence in rows if sentence]
        entities = []
        for sentence in sentences:
            assert all(len(row) == 4 for row in sentence), sentence
            words, tags = [row[0] for row in sentence], [row[3] for row in sentence]
            for entity in Entities([tags], scheme).entities[0]:
                entities.append(("".join(words[entity.start : entity.end]), entity.tag))
        yield "".join(row[0] for sentence in sentences for row in sentence), entities


def differences(path, scheme, articles):
    parts = list(read(path, scheme))
    if len(parts) != len(articles):
        yield f"{len(parts)} articles instead of {len(articles)}"
    for (text, entities), article in zip(parts, articles):
        if text != bare(article["text"]):
            yield f"{article['id']}: other words"
        if entities != wanted(article):
            yield f"{article['id']}: {entities} instead of {wanted(article)}"


def main():
    articles = json.loads(found("json").read_text(encoding="utf-8"))["articles"]
    check("conll-iob2", differences(found("conll"), IOB2, articles))
    check("conll-iob1", differences(found("conll-iob1"), IOB1, articles))


main()
