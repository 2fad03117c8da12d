"""scikit-learn, statsmodels and krippendorff compute the same agreement from the tokens' labels as `rubricator compare` does, on
annotations by chance: of two annotators and of three."""

import csv
import itertools
import json
import math
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import krippendorff
import numpy
from krippendorff_unitized_alpha.krippendorffs_unitized_alpha import KrippendorffUnitizedAlpha, Segment
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

sys.path.insert(0, str(Path(__file__).parents[1]))
from common import PROGRAM, check, marked

KINDS = ["PERSON", "PLACE", "ORG", "DISEASE"]
TIMES = 200
CLOSE = 1e-9


def annotations(chance, folder, name, texts, truth):
    """A file of what somebody marked."""
    path = folder / f"{name}.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for text, marks in zip(texts, truth):
            file.write(json.dumps({"text": text, "spans": marked(chance, text, marks, KINDS)}) + "\n")
    return path


def segments(path):
    """Of each annotator the runs of tokens with one label, article after article."""
    rows = list(csv.reader(path.open(encoding="utf-8")))[1:]
    found = {}
    for column in range(2, len(rows[0])):
        at, found[column] = 0, []
        for (_, label), run in itertools.groupby(rows, key=lambda row: (row[0], row[column])):
            length = len(list(run))
            found[column].append(Segment("_empty" if label == "O" else label, at, at + length))
            at += length
    return found


def problems():
    chance = random.Random(1)
    for time in range(TIMES):
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            texts = [" ".join(chance.choice("alpha beta gamma delta".split()) + str(n) for n in range(chance.randint(5, 60))) for _ in range(3)]
            truth = [[(i, min(i + chance.randint(0, 2), len(t.split()) - 1), chance.choice(KINDS)) for i in range(0, len(t.split()), 4) if chance.random() < 0.7] for t in texts]
            count = 2 if time % 4 else 3
            files = [annotations(chance, folder, "abc"[n], texts, truth) for n in range(count)]
            tokens = folder / "tokens.csv"
            told = subprocess.run([PROGRAM, "compare", *files, "--json", "--tokens", tokens], check=True, capture_output=True).stdout
            told = json.loads(told)["agreement"]["tokens"]
            columns = list(zip(*[row[2:] for row in list(csv.reader(tokens.open(encoding="utf-8")))[1:]]))
            numbers = {label: n for n, label in enumerate(sorted(set(itertools.chain(*columns))))}
            table = numpy.array([[numbers[label] for label in column] for column in columns])
            pairs = [cohen_kappa_score(a, b) for a, b in itertools.combinations(columns, 2)]
            theirs = {
                "cohen": sum(pairs) / len(pairs),
                "fleiss": fleiss_kappa(aggregate_raters(table.T)[0]),
                "alpha": krippendorff.alpha(reliability_data=table, level_of_measurement="nominal") if len(numbers) > 1 else math.nan,
            }
            if len(numbers) > 1:
                theirs["alpha_unitising"] = KrippendorffUnitizedAlpha(segments(tokens)).result
            for name, value in theirs.items():
                ours = told[name] and told[name]["value"]
                if (ours is None) != math.isnan(value) or ours is not None and abs(ours - value) > CLOSE:
                    yield f"{name} of run {time}: {ours}, theirs {value}"


check(f"κ and α of {TIMES} random annotations are those of scikit-learn, statsmodels, krippendorff and krippendorff-unitized-alpha", problems())
