"""Where the engine does well and where not: people by region of the article, by place in the article, by the words of
their name, and with each sentence given alone. For the model card.

    python slices.py PROGRAM

PROGRAM is a built `rubricator`.
"""

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import data
import words

NAMES = Path(__file__).resolve().parents[2] / "assets" / "knowledge" / "names.tsv"


def people(program, documents):
    """For each document what is marked and what is found: {(start, end)} both, the latter without what no mark judges."""
    lines = "".join(json.dumps({"id": d["id"], "text": d["text"]}) + "\n" for d in documents)
    done = subprocess.run([program, "suggest", "--jsonl"], input=lines.encode(), capture_output=True, check=True)
    for d, answer in zip(documents, map(json.loads, done.stdout.splitlines())):
        spans = lambda spans: {(s["start"], s["end"]) for s in spans if s["label"] == "PERSON"}
        gold = spans(d["spans"])
        ignored = lambda s: any(s[0] < i["end"] and i["start"] < s[1] for i in d.get("ignore", []))
        yield d, gold, {s for s in spans(answer["spans"]) if s in gold or not ignored(s)}


def sentences(document):
    """The document's sentences as documents. A name that a cut goes through is judged neither way."""
    text = document["text"]
    spans = words.words(text)
    for number, (first, behind) in enumerate(words.sentences(text, spans)):
        start, end = spans[first][0], spans[behind - 1][1]
        whole = lambda m: start <= m["start"] and m["end"] <= end
        moved = lambda m: m | {"start": max(m["start"], start) - start, "end": min(m["end"], end) - start}
        touching = lambda marks: [m for m in marks if m["start"] < end and start < m["end"]]
        cut = [m for m in touching(document["spans"]) if not whole(m)]
        yield {"id": f"{document['id']}/{number}", "text": text[start:end],
               "spans": [moved(m) for m in document["spans"] if whole(m)],
               "ignore": [moved(m) for m in touching(document.get("ignore", [])) + cut]}


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    listed = {line.split("\t")[0] for line in NAMES.read_text(encoding="utf-8").splitlines()}
    counts = defaultdict(lambda: [0, 0, 0])

    def count(gold, found, slices_of):
        for span in gold | found:
            for s in slices_of(span):
                counts[s][0 if span in gold and span in found else 1 if span in found else 2] += 1

    for name in ("en-worldwide", "en-worldwide-hard"):
        documents = data.read(data.SHARED / "dev" / f"{name}.jsonl")
        for d, gold, found in people(sys.argv[1], documents):
            text, headline = d["text"], d["text"].find("\n")

            def slices_of(span):
                name = text[span[0]:span[1]]
                parts = name.split()
                known = sum(w.strip(".,") in listed for w in parts)
                return ["all", f"region: {d.get('region')}",
                        "first of several lines" if span[0] < headline else "elsewhere",
                        "one word" if len(parts) == 1 else "two words" if len(parts) == 2 else "three words or more",
                        "every word in the list of names" if known == len(parts) else
                        "some words in the list" if known else "no word in the list",
                        "all capitals" if name.isupper() and len(name) > 3 else "other letters"]

            count(gold, found, slices_of)
        for _, gold, found in people(sys.argv[1], [s for d in documents for s in sentences(d)]):
            count(gold, found, lambda _: ["sentences given alone"])
    print("| people in | precision | recall | F1 | marked |\n| --- | --- | --- | --- | --- |")
    for s, (right, wrong, missed) in sorted(counts.items(), key=lambda x: (x[0] != "all", x[0])):
        p, r = right / max(1, right + wrong), right / max(1, right + missed)
        print(f"| {s} | {p:.3f} | {r:.3f} | {2 * p * r / max(1e-9, p + r):.3f} | {right + missed} |")


if __name__ == "__main__":
    main()
