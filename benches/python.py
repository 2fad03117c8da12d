#!/usr/bin/env python3
"""Sets the Python package against the program's own stream: words a second on one thread and on two.

    make bench-python       (or, in an environment with the wheel: benches/python.py)

Both read the same articles, in turns; what each costs to start is taken off, as a run without articles tells it. The table has
the best of the turns, as what else runs on the machine only makes it slower, and the ratios are those of the medians of the
turns: each turn's measurements stand beside each other in time.
"""
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import rubricator

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benches" / "pages"))
from prose import Prose  # noqa: E402

PROGRAM = os.environ.get("RUBRICATOR") or ROOT / "target" / "release" / "rubricator"
ARTICLES, TURNS = int(os.environ.get("ARTICLES", 600)), int(os.environ.get("TURNS", 5))


def main():
    texts = []
    for n in range(ARTICLES):
        prose = Prose(random.Random(n))
        texts.append("\n\n".join([prose.title, *prose.paragraphs()]))
    words = sum(len(text.split()) for text in texts)
    with tempfile.TemporaryDirectory() as folder:
        requests, answers = Path(folder, "requests.jsonl"), Path(folder, "answers.jsonl")
        requests.write_text("".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts)))

        def stream(threads, source=requests):
            start = time.monotonic()
            with open(source, "rb") as lines, answers.open("wb") as out:
                environment = os.environ | {"RAYON_NUM_THREADS": str(threads)}
                subprocess.run([PROGRAM, "suggest", "--jsonl"], stdin=lines, stdout=out, env=environment, check=True)
            return time.monotonic() - start

        engine = rubricator.Engine()
        engine.suggest("Loaded with the first text.")

        def package(threads):
            start = time.monotonic()
            made = engine.suggest_many(texts, threads=threads)
            return time.monotonic() - start, made

        rates = {(what, threads): [] for what in ("program", "package") for threads in (1, 2)}
        for turn in range(TURNS):
            for threads in (1, 2):
                empty = stream(threads, os.devnull)
                rates["program", threads].append(words / (stream(threads) - empty))
                took, made = package(threads)
                rates["package", threads].append(words / took)
                if made.to_jsonl() != answers.read_bytes():
                    sys.exit("bench-python: the answers are others")
            print(f"bench-python: turn {turn + 1} of {TURNS}", file=sys.stderr)
    print(f"{ARTICLES} articles, {words:,} words, {TURNS} turns\n\n| words a second | 1 thread | 2 threads |\n| --- | --- | --- |")
    for what in ("program", "package"):
        print(f"| {what} | {max(rates[what, 1]):,.0f} | {max(rates[what, 2]):,.0f} |")

    def ratio(one, other):
        return statistics.median(a / b for a, b in zip(rates[one], rates[other], strict=True))

    single, double = ratio(("package", 1), ("program", 1)), ratio(("package", 2), ("program", 2))
    more = ratio(("package", 2), ("package", 1))
    print(f"\npackage by program, median of the turns: {single:.2f} on one thread, {double:.2f} on two; two threads by one: {more:.2f}")


if __name__ == "__main__":
    main()
