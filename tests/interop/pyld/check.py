"""pyld expands the JSON-LD: each annotation is one of W3C's model, and its place and quote are of the text.

    check.py FOLDER
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from pyld import jsonld

from common import check, document, found, relations, slots, tags, taken_in, words

OA, RDF, AS = "http://www.w3.org/ns/oa#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/ns/activitystreams#"
DCTERMS, FOAF = "http://purl.org/dc/terms/", "http://xmlns.com/foaf/0.1/"


def of(name, kind="@id"):
    return {"@id": name, "@type": kind}


# The context of W3C cannot be had without the network: these are the names of it that the export uses, as
# https://www.w3.org/TR/annotation-vocab/ defines them.
CONTEXT = {
    "oa": OA,
    "id": "@id",
    "type": "@type",
    "AnnotationCollection": AS + "OrderedCollection",
    "AnnotationPage": AS + "OrderedCollectionPage",
    "Person": FOAF + "Person",
    "Software": AS + "Application",
    "body": of(OA + "hasBody"),
    "target": of(OA + "hasTarget"),
    "source": of(OA + "hasSource"),
    "selector": of(OA + "hasSelector"),
    "motivation": of(OA + "motivatedBy", "@vocab"),
    "purpose": of(OA + "hasPurpose", "@vocab"),
    "creator": of(DCTERMS + "creator"),
    "generator": of(AS + "generator"),
    "items": {"@id": AS + "items", "@type": "@id", "@container": "@list"},
    "first": of(AS + "first"),
    "partOf": of(AS + "partOf"),
    "total": AS + "totalItems",
    "startIndex": AS + "startIndex",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "created": DCTERMS + "created",
    "name": FOAF + "name",
    "value": RDF + "value",
} | {name: OA + name for name in (
    "Annotation", "TextualBody", "SpecificResource", "TextPositionSelector", "TextQuoteSelector", "tagging", "linking",
    "classifying", "identifying", "commenting", "start", "end", "exact", "prefix", "suffix",
)}


def load(url, options):
    assert url == "http://www.w3.org/ns/anno.jsonld", url
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXT}, "contentType": "application/ld+json"}


def literal(node, name):
    return node[name][0]["@value"]


jsonld.set_document_loader(load)
problems, count, relative, triples, joined = [], 0, [], 0, []
NS = "https://github.com/rubricator/rubricator/ns#"
for path in (path for path in found("w3c") if path.suffix == ".jsonld"):
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    source = json.loads(path.read_text(encoding="utf-8"))
    [collection] = jsonld.expand(source)
    places = {}
    items = collection[AS + "first"][0][AS + "items"][0]["@list"]
    if len(items) != literal(collection, AS + "totalItems"):
        problems.append(f"{path.name}: {len(items)} items")
    for item in items:
        relative += [item["@id"]] if not item["@id"].startswith("urn:uuid:") else []
        if item["@type"] != [OA + "Annotation"] or item[OA + "motivatedBy"][0]["@id"] not in (OA + "tagging", OA + "linking"):
            problems.append(f"{path.name}: {item}")
        if item[OA + "motivatedBy"][0]["@id"] == OA + "linking":
            if NS + "layer" in item:
                joined.append((text, places, item))
            continue
        count += 1
        place, quote = item[OA + "hasTarget"][0][OA + "hasSelector"]
        start, end = literal(place, OA + "start"), literal(place, OA + "end")
        places[item["@id"]] = (start, end)
        exact, prefix, suffix = (literal(quote, OA + name) for name in ("exact", "prefix", "suffix"))
        if text[start:end] != exact or not text[:start].endswith(prefix) or not text[end:].startswith(suffix):
            problems.append(f"{exact!r} at {start}-{end}")
    # No name is dropped: what a context does not know vanishes in the expansion.
    shown = json.dumps(collection)
    problems += [f"{path.name}: {name} is dropped" for name in ("rubricator/ns#entity", "hasPurpose") if items and name not in shown]
    triples += len(jsonld.to_rdf(source).get("@default", []))
check("JSON-LD expands to annotations of W3C's model whose quotes stand at their places", problems)
wanted = sum(len(article["mentions"]) + len([*words(article)]) for article in document()["articles"])
check("all tags are there", [] if count == wanted else [f"{count} of {wanted}"])
check("every annotation has an absolute name", relative)
check("it is RDF", [] if triples > 10 * wanted else [f"{triples} triples"])
# What a relation is called, where it comes from and leads to, and whether it is accepted.
told = []
for text, places, item in joined:
    bodies = {body[OA + "hasPurpose"][0]["@id"].removeprefix(OA): body for body in item[OA + "hasBody"]}
    to = bodies["linking"][OA + "hasSource"][0]["@id"]
    status = literal(item, NS + "status") if NS + "status" in item else "accepted"
    note = literal(bodies["commenting"], RDF + "value") if "commenting" in bodies else ""
    ends = [places[item[OA + "hasTarget"][0]["@id"]], places[to]]
    ends = sorted(ends) if NS + "symmetric" in item else ends
    told.append((text, literal(bodies["classifying"], RDF + "value"), *ends, status, " ".join(note.split())))
check("all relations are there", [] if sorted(told) == relations(document()) else [sorted(told)])
back = taken_in(*found("w3c"))
check("the relations come back", [] if relations(back) == relations(document()) else [relations(back)])
check("the export comes back", [] if (tags(back), slots(back)) == (tags(document()), slots(document())) else ["not the same"])
