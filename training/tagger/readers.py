"""Trains the reader anew, on the vectors of the tagger as it ships.

    python readers.py [--out FOLDER] [--answers FOLDER] [--teachers N] [--epochs N]

`events.py` trains both together, and what ships of the tagger is a mix of before and after, in eight bits: the reader that was
trained beside it fits that less well than one that is trained on it. The tagger stays as it is, so its vectors are computed once.
Some readers learn the marks, each from another beginning; one more learns the marks, and what those and the reader that
ships say on average of the marked texts and of texts without marks. It takes the place of the one in `assets/tagger`. Twenty
minutes on two cores.
"""

import argparse
import collections
import math
import random
import sys
import time
from pathlib import Path

import torch

import data
import events
import export
from reader import Reader
from records import Unmarked, read

TEACHERS, EPOCHS, STUDENT_EPOCHS = 3, 6, 7
RATE = 1e-3
# How many articles, sentences, texts with chains and texts without marks a step learns from.
ARTICLES, SENTENCES, CHAINS, UNMARKED = 4, 8, 1, 4
# What the teachers' opinions of marked texts count beside the marks.
OPINION = 0.3
# Texts without marks that are learned from: how many, and up to how many candidates each.
TEXTS, CANDIDATES = 1600, 110


@torch.no_grad()
def see(model, documents):
    """Gives documents the tagger's vectors of their words."""
    model.eval()
    for at in range(0, len(documents), 4):
        group = documents[at:at + 4]
        for d, hidden in zip(group, events.encode(model, group)):
            d.hidden = hidden.half()


def fit(sets, epochs, seed, opinions):
    """A reader that has learned the marks, and what teachers say where there are opinions."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    reader = Reader()
    optimiser = torch.optim.AdamW(reader.parameters(), lr=RATE, weight_decay=0.02)
    steps = math.ceil(len(sets.articles) / ARTICLES)
    total = steps * epochs
    pace = lambda i: min((i + 1) / (total / 20), max(0.0, (total - i) / (total * 19 / 20)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, pace)
    average = events.Average(reader)
    sentences, chains, unmarked = (events.Draw(x, chance) for x in (sets.sentences, sets.chains, sets.unmarked))
    began = time.time()
    for epoch in range(epochs):
        reader.train()
        log = collections.defaultdict(float)
        order = sets.articles[:]
        chance.shuffle(order)
        for at in range(0, len(order), ARTICLES):
            here = order[at:at + ARTICLES]
            batch = [(events.of_article, 1.0, here), (events.of_sentence, 0.5, sentences.take(SENTENCES)), (events.of_chains, 0.5, chains.take(CHAINS))]
            if opinions:
                batch += [(events.of_opinion, OPINION, here), (events.of_opinion, 1.0, unmarked.take(UNMARKED))]
            lost = sum(weight * sum(of(reader, d.hidden.float(), d, log) for d in documents) / len(documents) for of, weight, documents in batch)
            lost.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            schedule.step()
            average.add()
        print(f"seed {seed} epoch {epoch} {time.time() - began:.0f} s " + " ".join(f"{k} {v / steps:.3f}" for k, v in log.items()), flush=True)
    reader.load_state_dict(average.states()[0])
    return reader.eval()


@torch.no_grad()
def ask(teachers, documents):
    """Gives documents what teachers say of them on average."""
    for d in documents:
        if d.candidates:
            said = [[x.log_softmax(-1) if at in (1, 2) else x for at, x in enumerate(events.views(reader, d.hidden.float(), d))] for reader in teachers]
            d.opinion = [(sum(views) / len(views)).half() for views in zip(*said)]


def main():
    data.need()
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--out", type=Path, default=events.ROOT / "assets" / "tagger")
    ap.add_argument("--answers", type=Path, default=events.ROOT / "target" / "tagger" / "answers")
    ap.add_argument("--teachers", type=int, default=TEACHERS)
    ap.add_argument("--epochs", type=int, default=STUDENT_EPOCHS)
    a = ap.parse_args()
    model, tokenizer = events.shipped(a.out)
    shipped = events.shipped_reader(a.out).eval()
    sets = events.Sets(a.answers, tokenizer, 0, False)
    sets.unmarked = [Unmarked(d, tokenizer) for d in read(a.answers / "unmarked.jsonl")[:TEXTS]]
    sets.unmarked = [d for d in sets.unmarked if 0 < len(d.candidates) < CANDIDATES and len(d.windows) < 14]
    began = time.time()
    for documents in (sets.articles, sets.sentences, sets.chains, sets.unmarked):
        see(model, documents)
    print(f"vectors {time.time() - began:.0f} s", flush=True)

    def show(name, reader):
        for of, documents in (("left out", sets.held), ("dev", sets.dev)):
            print(f"{name} {of:8} {events.measure(model, reader, documents)}", flush=True)

    show("shipped", shipped)
    teachers = [shipped]
    for seed in range(1, a.teachers + 1):
        teachers.append(fit(sets, EPOCHS, seed, False))
        show(f"teacher {seed}", teachers[-1])
    ask(teachers, sets.articles + sets.unmarked)
    reader = fit(sets, a.epochs, a.teachers + 1, True)
    show("reader", reader)
    export.replace_reader(reader.state_dict(), a.out)


if __name__ == "__main__":
    sys.exit(main())
