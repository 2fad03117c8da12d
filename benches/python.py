#!/usr/bin/env python3
"""Sets the Python package against the program's own stream: words a second on one thread and on two.

    make bench-python       (or, in an environment with the wheel: benches/python.py)

Both read the same articles, in turns; what the program costs to start is taken off, as a run without articles tells it. Words are
counted by the clock and by the processor's time (user and system), of which what else runs on the machine takes nothing away. The
table has the best of the turns; ratios are the medians of the turns, whose measurements stand beside each other in time.
"""
import json
import os
import random
import resource
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
            """Seconds of the clock and of the processor."""
            start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
            with open(source, "rb") as lines, answers.open("wb") as out:
                environment = os.environ | {"RAYON_NUM_THREADS": str(threads)}
                subprocess.run([PROGRAM, "suggest", "--jsonl"], stdin=lines, stdout=out, env=environment, check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            taken = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
            return time.monotonic() - start, taken

        engine = rubricator.Engine()
        engine.suggest("Loaded with the first text.")

        def package(threads):
            start, before = time.monotonic(), time.process_time()
            made = engine.suggest_many(texts, threads=threads)
            return (time.monotonic() - start, time.process_time() - before), made

        # By the clock and by the processor's time.
        rates = [{(what, threads): [] for what in ("program", "package") for threads in (1, 2)} for _ in range(2)]
        for turn in range(TURNS):
            for threads in (1, 2):
                empty, whole = stream(threads, os.devnull), stream(threads)
                took, made = package(threads)
                for rate, idle, all, own in zip(rates, empty, whole, took, strict=True):
                    rate["program", threads].append(words / (all - idle))
                    rate["package", threads].append(words / own)
                if made.to_jsonl() != answers.read_bytes():
                    sys.exit("bench-python: the answers are others")
            print(f"bench-python: turn {turn + 1} of {TURNS}", file=sys.stderr)
    clock, processor = rates
    print(f"{ARTICLES} articles, {words:,} words, {TURNS} turns\n")
    print("| words a second | 1 thread | 2 threads | of the processor: 1 thread | 2 threads |\n| --- | --- | --- | --- | --- |")
    for what in ("program", "package"):
        cells = [f"{max(rate[what, threads]):,.0f}" for rate in rates for threads in (1, 2)]
        print(f"| {what} | {' | '.join(cells)} |")

    def ratio(rate, one, other):
        return statistics.median(a / b for a, b in zip(rate[one], rate[other], strict=True))

    for name, rate in (("clock", clock), ("processor", processor)):
        single, double = (ratio(rate, ("package", threads), ("program", threads)) for threads in (1, 2))
        print(f"\npackage by program, by the {name}: {single:.2f} on one thread, {double:.2f} on two")
    more = [ratio(clock, (what, 2), (what, 1)) for what in ("package", "program")]
    print(f"\ntwo threads by one, by the clock: {more[0]:.2f} the package, {more[1]:.2f} the program")


if __name__ == "__main__":
    main()
