"""pygamma-agreement computes the same γ as `rubricator compare --gamma`, on annotations by chance: of two annotators and of three.

Both strew units by chance, each its own, until what they come to is known to 1 %; so the two differ a little."""

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy
from pyannote.core import Segment
from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum

sys.path.insert(0, str(Path(__file__).parents[1]))
from common import PROGRAM, check, marked

KINDS = ["PERSON", "PLACE", "ORG"]
TIMES = 8
CLOSE = 0.02


def problems():
    for time in range(TIMES):
        chance = random.Random(time)
        numpy.random.seed(time)
        words = [chance.choice("alpha beta gamma delta".split()) + str(n) for n in range(chance.randint(40, 120))]
        truth = [(i, min(i + chance.randint(0, 2), len(words) - 1), chance.choice(KINDS)) for i in range(0, len(words), 5) if chance.random() < 0.7]
        text, continuum, files = " ".join(words), Continuum(), []
        with tempfile.TemporaryDirectory() as folder:
            for name in "abc"[: 2 if time % 3 else 3]:
                spans = marked(chance, text, truth, KINDS)
                continuum.add_annotator(name)
                for span in spans:
                    continuum.add(name, Segment(span["start"], span["end"]), span["label"])
                files.append(Path(folder, f"{name}.jsonl"))
                files[-1].write_text(json.dumps({"text": text, "spans": spans}) + "\n", encoding="utf-8")
            told = subprocess.run([PROGRAM, "compare", *files, "--json", "--gamma"], check=True, capture_output=True).stdout
        ours = json.loads(told)["agreement"]["tokens"]["gamma"]["value"]
        theirs = continuum.compute_gamma(CombinedCategoricalDissimilarity(), precision_level=0.01).gamma
        if abs(ours - theirs) > CLOSE:
            yield f"γ of run {time}: {ours}, theirs {theirs}"


check(f"γ of {TIMES} random annotations is that of pygamma-agreement", problems())
