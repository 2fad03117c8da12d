"""What the checks have in common: the files of a format, and how a check tells what came of it."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

# A project in every format, each named by its id.
FOLDER = Path(sys.argv[1])
PROGRAM = os.environ.get("RUBRICATOR", Path(__file__).parents[2] / "target/debug/rubricator")


def found(name):
    """The files of a format: in a folder of its name, or one file with or without an ending."""
    path = FOLDER / name
    if path.is_dir():
        return sorted(path.iterdir())
    return [path] if path.is_file() else sorted(FOLDER.glob(name + ".*"))


def check(name, problems):
    """Tells whether there are problems, and the first of them."""
    problems = list(problems)
    print(f"FAIL {name}: {problems[0]} ({len(problems)} in all)" if problems else f"ok {name}", flush=True)


def lines(path):
    """The rows of a file of JSON lines; not `splitlines`, which parts at more than line feeds."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def document():
    """All that is in the project: its own JSON."""
    return json.loads(found("json")[0].read_text(encoding="utf-8"))


def label(kind):
    return kind.upper() if kind in ("person", "country", "event") else kind


def tags(document, status=True):
    """Every tag with its text and place, sorted."""
    return sorted(
        (article["text"], tag["start"], tag["end"], tag["kind"], tag["status"] if status else "")
        for article in document["articles"]
        for tag in article["mentions"]
    )


def marked(chance, text, truth, kinds):
    """What somebody marks by chance in a text of words and single spaces: what is there (first word, last word, kind), now and then
    left out, longer or of another kind, and one thing more."""
    words, at = [], 0
    for word in text.split(" "):
        words.append((at, at + len(word)))
        at += len(word) + 1
    spans = []
    for first, last, kind in truth + [(chance.randrange(len(words)),) * 2 + (chance.choice(kinds),)]:
        if chance.random() < 0.2:
            continue
        last = min(len(words) - 1, last + (chance.random() < 0.2))
        kind = chance.choice(kinds) if chance.random() < 0.2 else kind
        spans.append({"start": words[first][0], "end": words[last][1], "label": kind})
    return spans


def one_line(text):
    return " ".join(text.split())


SYMMETRIC = ("spouse-of", "related-to")


def relations(document, status=True):
    """Every relation with its text, the places of its ends and its note, sorted; of two ways that say the same, one."""
    rows = []
    for article in document["articles"]:
        places = {tag["id"]: (tag["start"], tag["end"]) for tag in article["mentions"]}
        for row in article.get("relations", []):
            ends = [places[row["from"]], places[row["to"]]]
            ends = sorted(ends) if row["kind"] in SYMMETRIC else ends
            told = (row["status"], one_line(row["note"])) if status else ()
            rows.append((article["text"], row["kind"], *ends, *told))
    return sorted(rows)


def words(article):
    """The marks of words that take part in events and name no entity, and of figures: event, start, end, quote, label."""
    for event in article["events"]:
        named = {
            (who["start"], who["end"], who["quote"], "PARTICIPANT-" + who["label"], who["name"], who["country"])
            for who in event["participants"]
            if who["entity"] is None and who["start"] is not None
        }
        counted = {
            (figure["start"], figure["end"], figure["quote"], "FIGURE", figure["number"], None)
            for figure in event["figures"]
            if figure["start"] is not None
        }
        yield from ((event["id"], *mark[:4]) for mark in named | counted)


def slots(document):
    """Who takes part, by the places of the words that say so."""
    return sorted(
        {
            (article["text"], who["role"], who["start"], who["end"])
            for article in document["articles"]
            for event in article["events"]
            for who in event["participants"]
            if who["start"] is not None
        }
    )


def taken_in(*paths, form=None):
    """Files as the program takes them in: its own JSON of them."""
    with tempfile.TemporaryDirectory() as folder:
        project, out = Path(folder, "in.rubric"), Path(folder, "out.json")
        wanted = ["--format", form] if form else []
        run = [str(PROGRAM), "import", *map(str, paths), *wanted, "--out", str(project)]
        subprocess.run(run, check=True, capture_output=True)
        run = [str(PROGRAM), "export", "--format", "json", "--suggestions", "--out", str(out), str(project)]
        subprocess.run(run, check=True, capture_output=True)
        return json.loads(out.read_text(encoding="utf-8"))
