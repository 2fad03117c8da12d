"""Where the engine does well and where not: people by region of the article, by place in the article, by the words of
their name. For the model card.

    python slices.py PROGRAM

PROGRAM is a built `rubricator`.
"""

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import data

NAMES = Path(__file__).resolve().parents[2] / "assets" / "knowledge" / "names.tsv"


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    listed = {line.split("\t")[0] for line in NAMES.read_text(encoding="utf-8").splitlines()}
    counts = defaultdict(lambda: [0, 0, 0])
    for name in ("en-worldwide", "en-worldwide-hard"):
        documents = data.read(data.SHARED / "dev" / f"{name}.jsonl")
        lines = "".join(json.dumps({"id": d["id"], "text": d["text"]}) + "\n" for d in documents)
        done = subprocess.run([sys.argv[1], "suggest", "--jsonl"], input=lines.encode(), capture_output=True, check=True)
        for d, answer in zip(documents, map(json.loads, done.stdout.splitlines())):
            text, headline = d["text"], d["text"].find("\n")
            gold = {(s["start"], s["end"]) for s in d["spans"] if s["label"] == "PERSON"}
            found = {(s["start"], s["end"]) for s in answer["spans"] if s["label"] == "PERSON"}
            inside = lambda s: any(s[0] < i["end"] and i["start"] < s[1] for i in d.get("ignore", []))
            for span in gold | found:
                if span not in gold and inside(span):
                    continue
                words = text[span[0]:span[1]].split()
                known = sum(w.strip(".,") in listed for w in words)
                slices = ["all", f"region: {d.get('region')}",
                          "first of several lines" if span[0] < headline else "elsewhere",
                          "one word" if len(words) == 1 else "two words" if len(words) == 2 else "three words or more",
                          "every word in the list of names" if known == len(words) else
                          "some words in the list" if known else "no word in the list",
                          "all capitals" if text[span[0]:span[1]].isupper() and len(text[span[0]:span[1]]) > 3 else "other letters"]
                for s in slices:
                    counts[s][0 if span in gold and span in found else 1 if span in found else 2] += 1
    print("| people in | precision | recall | F1 | marked |\n| --- | --- | --- | --- | --- |")
    for s, (right, wrong, missed) in sorted(counts.items(), key=lambda x: (x[0] != "all", x[0])):
        p, r = right / max(1, right + wrong), right / max(1, right + missed)
        print(f"| {s} | {p:.3f} | {r:.3f} | {2 * p * r / max(1e-9, p + r):.3f} | {right + missed} |")


if __name__ == "__main__":
    main()
