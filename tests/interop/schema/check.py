"""jsonschema: our own JSON, whole and by lines, is what its schema says; ninjs is what IPTC's schema says, where it can be
had.

    check.py FOLDER
"""

import json
import urllib.request
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from jsonschema import Draft202012Validator, FormatChecker

from common import check, found, lines

NINJS = "https://iptc.org/std/ninjs/ninjs-schema_3.1.json"
# What ninjs 3.1 has in its items, of which the export uses a part.
NAMES = {
    "": {"uri", "type", "representationType", "standard", "language", "contentCreated", "title", "by", "headlines", "bodies"}
    | {"infoSources", "people", "organisations", "places", "objects", "subjects", "events"},
    "standard": {"name", "version", "schema"},
    "headlines": {"role", "contentType", "value"},
    "bodies": {"role", "contentType", "charCount", "wordCount", "value"},
    "infoSources": {"name", "role", "uri", "literal"},
    "people": {"name", "rel", "uri", "literal"},
    "organisations": {"name", "rel", "uri", "literal"},
    "places": {"name", "rel", "uri", "literal"},
    "objects": {"name", "rel", "uri", "literal"},
    "subjects": {"name", "rel", "uri", "literal"},
    "events": {"id", "name", "rel", "uri", "literal"},
}


def errors(schema, document):
    for error in Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(document):
        yield f"{list(error.absolute_path)}: {error.message[:200]}"


def own():
    schema = json.loads((Path(__file__).parents[3] / "docs/schema/annotations.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    document = json.loads(found("json")[0].read_text(encoding="utf-8"))
    check("own JSON is what its schema says", errors(schema, document))
    rows = lines(found("jsonl")[0])
    check("each line of JSON Lines is what the schema says", [e for row in rows for e in errors(schema, row)])
    articles = [article for row in rows for article in row["articles"]]
    check("JSON Lines hold what JSON holds", ["not the same"] if articles != document["articles"] else [])
    quotes = [(a["text"][m["start"] : m["end"]], m["quote"]) for a in document["articles"] for m in a["mentions"]]
    ends = [
        (row[end], {tag["id"] for tag in article["mentions"]})
        for article in document["articles"]
        for row in article.get("relations", [])
        for end in ("from", "to")
    ]
    check("relations join tags of their article", [id for id, known in ends if id not in known] if ends else ["there are none"])
    check("quotes stand at their offsets", [pair for pair in quotes if pair[0] != pair[1]])


def named(item):
    for name, value in item.items():
        if name not in NAMES[""]:
            yield f"{name} is not in ninjs"
        for row in value if isinstance(value, list) else [value] if isinstance(value, dict) else []:
            yield from (f"{name}.{key} is not in ninjs" for key in row if key not in NAMES[name])


def ninjs():
    items = [json.loads(path.read_text(encoding="utf-8")) for path in found("ninjs")]
    check("ninjs items have the standard's names only", [e for item in items for e in named(item)])
    try:
        with urllib.request.urlopen(NINJS, timeout=10) as answer:
            schema = json.load(answer)
    except OSError as error:
        print(f"-- ninjs' schema cannot be had: {error}")
        return
    # Coordinates are of no concern here, and their schema is elsewhere.
    schema["$defs"]["ninjsType"]["properties"]["places"]["items"]["properties"].pop("geoJSON", None)
    check("ninjs items are what the schema says", [e for item in items for e in errors(schema, item)])


own()
ninjs()
