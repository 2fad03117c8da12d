"""spaCy: by the lines that docs/formats.md gives, no span is None, relations are in `doc._.rel`, and a tagger learns from
them for an epoch.

    check.py FOLDER
"""

import random
import tempfile
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import spacy
from spacy.tokens import Doc, DocBin
from spacy.training import Example

from common import check, document, found, label, lines, relations, slots, tags, taken_in


def docs(nlp, rows):
    for row in rows:
        tokens = row["tokens"]
        doc = Doc(nlp.vocab, words=[t["text"] for t in tokens], spaces=[t["ws"] for t in tokens])
        spans = [doc.char_span(s["start"], s["end"], label=s["label"], kb_id=s["kb_id"]) for s in row["spans"]]
        yield row, doc, spans


def related(row):
    """The first tokens of both ends, and what is said of them."""
    told = {}
    for relation in row.get("relations", []):
        ends = relation["head_span"]["token_start"], relation["child_span"]["token_start"]
        told.setdefault(ends, {})[relation["label"]] = 1.0
    return told


def placed(document):
    """Who takes part and is tagged where the text says so."""
    tagged = {(a["text"], t["start"], t["end"]) for a in document["articles"] for t in a["mentions"] if t["entity"]}
    named = {
        (a["text"], p["start"], p["end"])
        for a in document["articles"] for e in a["events"] for p in e["participants"] if p["entity"]
    }
    return [row for row in slots(document) if (row[0], *row[2:]) in tagged & named]


def wanted(document):
    return [
        [(tag["start"], tag["end"], label(tag["kind"])) for tag in article["mentions"]]
        for article in document["articles"]
    ]


nlp = spacy.blank("xx")
rows = lines(found("spacy")[0])
made = list(docs(nlp, rows))
check("the text is the same to the letter", [row["text"][:40] for row, doc, _ in made if doc.text != row["text"]])
check("no span is None", [s for row, _, spans in made for s, span in zip(row["spans"], spans) if span is None])
check("each span has our words", [s for row, _, spans in made for s, span in zip(row["spans"], spans) if span.text != s["text"]])
found_spans = [[(span.start_char, span.end_char, span.label_) for span in spans] for _, _, spans in made]
check("all tags are there", [] if found_spans == wanted(document()) else ["they are not the same"])

Doc.set_extension("rel", default={})
bin = DocBin(store_user_data=True)
for row, doc, spans in made:
    doc.spans["sc"] = spans
    doc._.rel = related(row)
    doc.ents = [span for span in spacy.util.filter_spans(spans) if span.text.strip() == span.text]
    bin.add(doc)
with tempfile.TemporaryDirectory() as folder:
    bin.to_disk(Path(folder, "train.spacy"))
    kept = list(DocBin(store_user_data=True).from_disk(Path(folder, "train.spacy")).get_docs(nlp.vocab))
same = [[(s.start_char, s.end_char, s.label_, s.kb_id_) for s in doc.spans["sc"]] for doc in kept]
check("a DocBin keeps them", [] if [[t[:3] for t in doc] for doc in same] == found_spans else ["it does not"])

# The spans that begin at the tokens of a relation are those of our own.
stated = []
for doc in kept:
    for (head, child), told in doc._.rel.items():
        starts = [{(s.start_char, s.end_char) for s in doc.spans["sc"] if s.start == at} for at in (head, child)]
        stated += [(doc.text, kind, *starts) for kind in told]
ours = [
    (article["text"], row["kind"], *({tag["id"]: tag for tag in article["mentions"]}[row[end]] for end in ("from", "to")))
    for article in document()["articles"]
    for row in article.get("relations", [])
]
place = lambda tag: (tag["start"], tag["end"])
missing = [
    row for row in ours
    if not any(row[:2] == told[:2] and place(row[2]) in told[2] and place(row[3]) in told[3] for told in stated)
]
# Who takes part is there too.
others = [row for row in stated if row[1] not in ("actor", "recipient", "actor (unsure)", "recipient (unsure)")]
check("all relations are in doc._.rel", missing or ([] if len(others) == len(ours) else [len(others)]))

random.seed(1)
spacy.util.fix_random_seed(1)
nlp.add_pipe("ner")
nlp.add_pipe("spancat", config={"spans_key": "sc"})
examples = [Example(Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc]), doc) for doc in kept]
examples = [example for example in examples if len(example.reference.spans["sc"])]
nlp.initialize(lambda: examples)
losses = {}
nlp.update(examples, losses=losses, sgd=nlp.create_optimizer())
learned = losses.get("ner", 0) > 0 and losses.get("spancat", 0) > 0
check("an epoch of training learns from entities and spans", [] if learned else [losses])

# What spaCy writes itself comes in: documents as JSON, entities and spans of each.
with tempfile.TemporaryDirectory() as folder:
    import json

    path = Path(folder, "docs.jsonl")
    path.write_text("\n".join(json.dumps(doc.to_json()) for doc in kept), encoding="utf-8")
    back = taken_in(path)
ours = [(a, b, c, d) for a, b, c, d, _ in tags(document(), status=False)]
theirs = [(a, b, c, d) for a, b, c, d, _ in tags(back, status=False)]
check("documents that spaCy writes come in", [] if sorted(set(theirs)) == sorted(set(ours)) else [set(ours) ^ set(theirs)])
back = taken_in(found("spacy")[0], form="spacy")
check("the export comes back", [] if tags(back) == tags(document()) else ["not the same"])
check("who takes part comes back", [] if slots(back) == placed(document()) else [slots(back), placed(document())])
bare = lambda document: [row[:5] for row in relations(document)]
check("the relations come back", [] if bare(back) == bare(document()) else [bare(back)])
