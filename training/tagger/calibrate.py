"""Fits the curves that turn the engine's scores into probabilities, on the documents that training left out; for
triggers on the passages of `make bench-events` too. The taggers that the shipped one learned from had seen what is left
out of ECB+, so that it errs too seldom there; the passages mark fewer happenings than ECB+ does, so that it errs too
often there.

    python calibrate.py PROGRAM [--records]

With `--records` only the curve of event records is fitted, on the articles that `events.py` leaves out and on dev, which
has no other that nobody learned from. PROGRAM is a built `rubricator`; its scores are taken back through the curves that it has, new ones are fitted, and
`assets/tagger/calibration.tsv` is written. Build again to use them.
"""

import json
import math
import re
import subprocess
import sys
from pathlib import Path

import data

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "assets" / "tagger" / "calibration.tsv"
LABELS = ["PERSON", "COUNTRY", "EVENT", "TRIGGER"]
ITERATIONS = 50
# How strongly a curve is drawn towards the identity: a few dozen suggestions move it little.
PRIOR = 10.0


def log_odds(p):
    p = min(max(p, 1e-3), 1 - 1e-3)
    return math.log(p / (1 - p))


def passages():
    """The annotated news passages, see `benches/events/passages.rs`: triggers alone."""
    found = []
    for path in sorted((ROOT / "benches" / "events").glob("*.txt")):
        for number, marked in enumerate(re.findall(r"^== .*\n(.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)):
            text, spans, open_at = "", [], 0
            for part in re.split(r"(</?trigger[^>]*>)", marked):
                if part.startswith("<trigger"):
                    open_at = len(text)
                elif part.startswith("</"):
                    spans.append({"start": open_at, "end": len(text), "label": "TRIGGER"})
                else:
                    text += part
            found.append({"id": f"{path.stem}/{number}", "text": text, "labels": ["TRIGGER"], "spans": spans})
    return found


def observed(program, document_sets):
    """For each label the (score, right) of all suggestions that a document's marks can judge."""
    found = {label: [] for label in LABELS}
    for documents in document_sets:
        lines = "".join(json.dumps({"id": d["id"], "text": d["text"]}) + "\n" for d in documents)
        done = subprocess.run([program, "suggest", "--jsonl", "--layers", "all"], input=lines.encode(), capture_output=True, check=True)
        answers = {d["id"]: d["spans"] for d in map(json.loads, done.stdout.splitlines())}
        for d in documents:
            over = lambda a, b: min(a["end"], b["end"]) > max(a["start"], b["start"])
            for s in answers[d["id"]]:
                label = s["label"]
                if label not in LABELS or label not in d["labels"]:
                    continue
                if label == "COUNTRY":
                    if s.get("type") not in (None, "name"):
                        continue
                    gold = [g for g in d["spans"] if g.get("country") or g.get("country_ignore")]
                    if any(g.get("country_ignore") and over(s, g) for g in gold):
                        continue
                    right = any(over(s, g) and g.get("country") == s["country"] for g in gold)
                else:
                    right = any((g["start"], g["end"], g["label"]) == (s["start"], s["end"], label) for g in d["spans"])
                    if not right and any(over(s, i) for i in d.get("ignore", [])):
                        continue
                found[label].append((s["score"], right))
    return found


def fit(points):
    """Slope and offset of the logistic curve: Newton's method on the log loss, drawn towards the identity, each
    step halved until it gains."""
    def lost(a, b):
        total = PRIOR * ((a - 1) ** 2 + b ** 2)
        for x, y in points:
            z = a * x + b if y else -(a * x + b)
            total += math.log1p(math.exp(-abs(z))) + max(-z, 0.0)
        return total

    a, b = 1.0, 0.0
    for _ in range(ITERATIONS):
        ga, gb, haa, hab, hbb = 2 * PRIOR * (a - 1), 2 * PRIOR * b, 2 * PRIOR, 0.0, 2 * PRIOR
        for x, y in points:
            z = max(-30.0, min(30.0, a * x + b))
            p = 1 / (1 + math.exp(-z))
            ga, gb, w = ga + (p - y) * x, gb + p - y, p * (1 - p)
            haa, hab, hbb = haa + w * x * x, hab + w * x, hbb + w
        det = haa * hbb - hab * hab
        da, db, step = (hbb * ga - hab * gb) / det, (haa * gb - hab * ga) / det, 1.0
        while step > 1e-4 and lost(a - step * da, b - step * db) > lost(a, b):
            step /= 2
        a, b = a - step * da, b - step * db
    return max(a, 0.05), b


def records(program):
    """The (worth, right) of all events that are proposed for the left-out articles and dev, right where one is paired with a
    record that is worth keeping, as `../shared/eval/score_events.py` pairs them."""
    sys.path.insert(0, str(data.SHARED.parent / "eval"))
    import score_events

    own = data.read(data.SHARED / "train" / "event_records.jsonl")
    documents = [own[i] for i in data.left_out(len(own), 0)] + data.read(data.SHARED / "dev" / "event_records.jsonl")
    lines = "".join(json.dumps({"id": d["id"], "text": d["text"]}) + "\n" for d in documents)
    done = subprocess.run([program, "suggest", "--jsonl", "--layers", "all"], input=lines.encode(), capture_output=True, check=True)
    found = []
    for d, answer in zip(documents, map(json.loads, done.stdout.splitlines())):
        worthy = [e for e in d["events"] if e["worth"] >= 2]
        right = set(score_events.pair(worthy, answer["events"]).values())
        found += [(e["worth"], i in right) for i, e in enumerate(answer["events"])]
    return found


def main():
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["--records"]):
        raise SystemExit(__doc__)
    old = {row.split("\t")[0]: tuple(map(float, row.split("\t")[1:])) for row in TABLE.read_text().splitlines() if not row.startswith("#")}
    if sys.argv[2:]:
        found = {"RECORD": records(sys.argv[1])}
    else:
        sets = [data.parted(name, data.read(data.SHARED / "train" / f"{name}.jsonl"))[1] for name in data.GOLD]
        found = observed(sys.argv[1], sets)
        found["TRIGGER"] += observed(sys.argv[1], [passages()])["TRIGGER"]
    rows = ["# label, slope and offset of its logistic curve over log odds; fitted by training/tagger/calibrate.py"]
    for label in LABELS + ["RECORD"]:
        if label not in found:
            rows += ["\t".join([label, *(f"{x:.4f}" for x in old[label])])] if label in old else []
            continue
        slope, offset = old.get(label, (1.0, 0.0))
        points = [((log_odds(score) - offset) / slope, right) for score, right in found[label]]
        a, b = fit(points)
        print(f"{label}: {len(points)} suggestions, {sum(r for _, r in points)} right, slope {a:.3f}, offset {b:.3f}")
        rows.append(f"{label}\t{a:.4f}\t{b:.4f}")
    TABLE.write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
