"""dkpro-cassis reads both forms of CAS: each covered text is our quote, and what it writes itself comes back in.

    check.py FOLDER

FOLDER holds a project in every format, each named by its id. The program is $RUBRICATOR, or target/debug/rubricator.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import cassis

from common import words

NAMED = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
EVENT = "webanno.custom.Event"
RELATIONS = ["webanno.custom.Relation", "webanno.custom.EventRelation", "webanno.custom.MixedRelation"]
META = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
FOLDER = Path(sys.argv[1])
PROGRAM = os.environ.get("RUBRICATOR", Path(__file__).parents[3] / "target/debug/rubricator")


def found(name):
    """The files of a format: in a folder of its name, or one file with or without an ending."""
    path = FOLDER / name
    if path.is_dir():
        return sorted(path.iterdir())
    return [path] if path.is_file() else sorted(FOLDER.glob(name + ".*"))


def check(name, problems):
    problems = list(problems)
    print(f"FAIL {name}: {problems[0]} ({len(problems)} in all)" if problems else f"ok {name}")


def shown(text, xml):
    """XML has no place for some characters; U+FFFD stands there."""
    forbidden = lambda c: ord(c) < 32 and c not in "\t\n\r" or c in "\uFFFE\uFFFF"
    return "".join("\uFFFD" if xml and forbidden(c) else c for c in text)


def ours(articles, xml):
    """By article: its text, and where each tag stands, which words it covers, and what it is."""
    for article in articles:
        tags = [
            (m["start"], m["end"], shown(m["quote"], xml), m["kind"], m["status"]) for m in article["mentions"]
        ]
        accepted = {m["event"] for m in article["mentions"] if m["status"] == "accepted"}
        for event, start, end, quote, kind in words(article):
            tags.append((start, end, shown(quote, xml), kind, "accepted" if event in accepted else "suggested"))
        participants = {event["id"]: event["participants"] + event["figures"] for event in article["events"]}
        yield article["id"], (shown(article["text"], xml), sorted(tags), participants, related(article))


def related(article):
    """Every relation: what it is called, where it comes from and leads to, its status and its note."""
    places = {tag["id"]: (tag["start"], tag["end"]) for tag in article["mentions"]}
    rows = article.get("relations", [])
    return sorted((r["kind"], places[r["from"]], places[r["to"]], r["status"], r["note"]) for r in rows)


def label(value):
    return value.lower() if value in ("PERSON", "COUNTRY", "EVENT") else value


def role(row):
    """What a link to somebody who takes part says, or to a figure."""
    return row["kind"] if "kind" in row else row["role"] + (" (unsure)" if row.get("unsure") else "")


def differences(cases, wanted):
    """How what cassis read differs from what we wrote."""
    if len(cases) != len(wanted):
        yield f"{len(cases)} documents instead of {len(wanted)}"
    for cas in cases:
        [meta] = cas.select(META)
        text, tags, participants, relations = wanted[meta.documentId]
        if cas.sofa_string != text:
            yield f"{meta.documentId}: another text"
        marks = list(cas.select(NAMED)) + list(cas.select(EVENT))
        read = [(m.begin, m.end, m.get_covered_text(), label(m.value), m.status or "accepted") for m in marks]
        if sorted(read) != tags:
            yield f"{meta.documentId}: {sorted(set(read) ^ set(tags))}"
        joined = [r for kind in RELATIONS for r in cas.select(kind)]
        told = sorted(
            (r.value, (r.Governor.begin, r.Governor.end), (r.Dependent.begin, r.Dependent.end), r.status or "accepted", r.note or "")
            for r in joined
        )
        if told != relations:
            yield f"{meta.documentId}: {told} are related instead of {relations}"
        tokens = cas.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token")
        edges = {t.begin for t in tokens} | {t.end for t in tokens}
        for mark in marks:
            # White space at the edges of a tag belongs to no token.
            words = mark.get_covered_text()
            if words.isprintable() and words.strip(" \uFFFD") == words and not {mark.begin, mark.end} <= edges:
                yield f"{meta.documentId}: {words!r} is not made of whole tokens"
        for mark in cas.select(EVENT):
            links = mark.participants.elements if mark.participants else []
            told = sorted((link.role, link.target.begin, link.target.end) for link in links)
            placed = [p for p in participants.get(mark.event, []) if p["start"] is not None]
            exported = {(start, end) for start, end, *_ in tags}
            told_by_us = sorted(
                (role(p), p["start"], p["end"]) for p in placed if (p["start"], p["end"]) in exported
            )
            if told != told_by_us:
                yield f"{meta.documentId}: {told} take part instead of {told_by_us}"


def imported(cases, write, ending, wanted):
    """How what our importer makes of cassis' own files differs from what we wrote."""
    with tempfile.TemporaryDirectory() as folder:
        for number, cas in enumerate(cases):
            write(cas, Path(folder) / f"{number}.{ending}")
        project, json_file = Path(folder) / "back.rubric", Path(folder) / "back.out"
        for command in (
            ["import", folder, "--out", project],
            ["export", "--format", "json", "--suggestions", "--out", json_file, project],
        ):
            done = subprocess.run([PROGRAM, *command], capture_output=True, text=True)
            if done.returncode:
                yield done.stderr.strip()
                return
        back = json.loads(json_file.read_text(encoding="utf-8"))["articles"]
    read = sorted((text, tags, related) for text, tags, _, related in dict(ours(back, False)).values())
    expected = sorted((text, tags, related) for text, tags, _, related in wanted.values())
    if len(read) != len(expected):
        yield f"{len(read)} articles instead of {len(expected)}"
    for (text, tags, related), (text_before, tags_before, related_before) in zip(read, expected):
        if text != text_before or tags != tags_before:
            yield f"{sorted(set(tags) ^ set(tags_before)) or 'another text'}"
        if related != related_before:
            yield f"{related} are related instead of {related_before}"


def main():
    articles = json.loads(found("json")[0].read_text(encoding="utf-8"))["articles"]
    files = found("cas-xmi")
    with open(next(file for file in files if file.name == "TypeSystem.xml"), "rb") as file:
        types = cassis.load_typesystem(file)
    xmi = []
    for path in files:
        if path.suffix == ".xmi":
            with open(path, "rb") as file:
                xmi.append(cassis.load_cas_from_xmi(file, typesystem=types))
    loaded = []
    for path in found("cas-json"):
        with open(path, "rb") as file:
            loaded.append(cassis.load_cas_from_json(file))
    in_xmi, in_json = dict(ours(articles, True)), dict(ours(articles, False))
    check("cassis-xmi", differences(xmi, in_xmi))
    check("cassis-json", differences(loaded, in_json))
    check("cassis-xmi-back", imported(xmi, lambda cas, path: cas.to_xmi(path), "xmi", in_xmi))
    check("cassis-json-back", imported(loaded, lambda cas, path: cas.to_json(path), "json", in_json))
    # One form into the other.
    check("cassis-xmi-as-json-back", imported(xmi, lambda cas, path: cas.to_json(path), "json", in_xmi))


main()
