"""The annotated sets as windows of labelled words."""

import json
import random
from pathlib import Path

import torch

import words
from model import KINDS, NAMES, TRIGGERS

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
GOLD = ["en-worldwide", "gum", "wikigold", "crossner_politics_train", "crossner_literature", "crossner_science", "ecbplus"]
SILVER = ["gmb_kaggle"]
INDEX = {name: i for i, name in enumerate(NAMES)}


def need():
    """Stops where the annotated sets are missing."""
    for name in GOLD + SILVER:
        if not (SHARED / "train" / f"{name}.jsonl").exists():
            raise SystemExit(f"{SHARED}/train/{name}.jsonl: not there; training needs the annotated sets, the program does without them")


def read(path):
    if not path.exists():
        raise SystemExit(f"{path}: not there; the annotated sets are needed for training, the program does without them")
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def parted(name, documents):
    """The documents of a set to train on, and those left out so that probabilities can be fitted on them: one in twelve,
    whole topics of ECB+, and one in four of the set that has most of the named events."""
    group = (lambda d: d["id"].rsplit("_", 1)[0]) if name == "ecbplus" else (lambda d: d["id"])
    groups = sorted({group(d) for d in documents})
    out = set(groups[2::4] if name == "crossner_politics_train" else groups[7::12])
    return [d for d in documents if group(d) not in out], [d for d in documents if group(d) in out]


def left_out(count, fold, folds=7):
    """Which of the articles with event records the reader does not learn from: one in seven, another part for each fold."""
    order = list(range(count))
    random.Random(7).shuffle(order)
    return [i for k, i in enumerate(order) if k % folds == fold]


class Window:
    """A stretch of a text. `words`: (text, after white space, begins a line); `spans`: their characters; the labels that
    each may have: `names` [w, 11], `triggers` [w, 3] of bool, where an all-true row says nothing; `soft`, if any: the
    probabilities that teachers gave, [w, 11] and [w, 3]."""

    def __init__(self, found, spans, tokenizer, names=None, triggers=None):
        self.words, self.spans, self.names, self.triggers = found, spans, names, triggers
        self.pieces, self.shapes, self.heads = build(found, tokenizer)
        self.soft = None


def build(found, tokenizer):
    """pieces and shapes with a mark at both ends, and the index of each word's first piece."""
    pieces, shapes, heads = [tokenizer.start], [1], []
    for word, spaced, line_start in found:
        ids = tokenizer.pieces(word, spaced)
        heads.append(len(pieces))
        pieces += ids
        shapes += [words.shape(word, line_start)] * len(ids)
    return pieces + [tokenizer.stop], shapes + [1], heads


def windows(document, tokenizer, labelled=True):
    """The windows of a document."""
    text = document["text"]
    spans = words.words(text)
    pieces = [tokenizer.pieces(text[a:b], a == 0 or text[a - 1].isspace()) for a, b in spans]
    allowed, fired = allow(document, spans) if labelled else (None, None)
    found = []
    for a, b in words.windows([len(p) for p in pieces], words.sentences(text, spans)):
        inside = []
        for i in range(a, b):
            start, end = spans[i]
            line_start = i == 0 or "\n" in text[spans[i - 1][1]:start]
            inside.append((text[start:end], start == 0 or text[start - 1].isspace(), line_start))
        names, triggers = (allowed[a:b], fired[a:b]) if labelled else (None, None)
        found.append(Window(inside, spans[a:b], tokenizer, names, triggers))
    return found


def allow(document, spans):
    """Which labels each word may have. Where a set does not mark a kind, O means "O or that kind"."""
    marked = set(document["labels"])
    plain = torch.zeros(len(NAMES), dtype=torch.bool)
    plain[0] = True
    for kind in KINDS:
        if kind not in marked:
            plain[[INDEX[f"B-{kind}"], INDEX[f"I-{kind}"]]] = True
    names = plain.repeat(len(spans), 1)
    triggers = torch.zeros(len(spans), len(TRIGGERS), dtype=torch.bool)
    if "TRIGGER" in marked:
        triggers[:, 0] = True
        names[:] = True
    else:
        triggers[:] = True
    for region in document.get("ignore", []):
        for i in touched(spans, region):
            names[i] = True
            triggers[i] = True
    ranked = sorted(document["spans"], key=lambda s: s["start"] - s["end"])
    taken = set()
    for span in ranked:
        inside = touched(spans, span)
        if span["label"] == "TRIGGER" and "TRIGGER" in marked:
            for k, i in enumerate(inside):
                triggers[i] = torch.tensor([False, k == 0, k > 0])
        elif span["label"] in KINDS and "TRIGGER" not in marked and not taken & set(inside):
            taken |= set(inside)
            for k, i in enumerate(inside):
                names[i] = False
                names[i, INDEX[("I-" if k else "B-") + span["label"]]] = True
    return names, triggers


def touched(spans, region):
    """Indexes of the words that overlap a region."""
    import bisect
    first = bisect.bisect_right(spans, region["start"], key=lambda s: s[1])
    found = []
    while first < len(spans) and spans[first][0] < region["end"]:
        found.append(first)
        first += 1
    return found


def vary(window, tokenizer, chance):
    """The window as headlines and agencies write, in one of eight: all capitals, all small, every word capitalised.
    Some pieces are hidden, so that what stands around a name counts too."""
    pieces, shapes, heads = window.pieces, window.shapes, window.heads
    roll = int(chance.random() / 0.04)
    if roll < 3:
        turn = (str.upper, str.lower, lambda word: word[:1].upper() + word[1:])[roll]
        other = build([(turn(word), spaced, start) for word, spaced, start in window.words], tokenizer)
        # Capitals have more pieces; what does not fit stays as it is.
        if len(other[0]) <= words.MAX_PIECES + 2:
            pieces, shapes, heads = other
    hidden = [tokenizer.mask if 0 < i < len(pieces) - 1 and chance.random() < 0.04 else piece for i, piece in enumerate(pieces)]
    return hidden, shapes, heads


def batches(found, size, seed, tokenizer=None):
    """Batches of windows of like length, in an order that only `seed` decides; varied if there is a tokenizer."""
    chance = random.Random(seed)
    order = list(range(len(found)))
    chance.shuffle(order)
    chunk = size * 40
    groups = []
    for at in range(0, len(order), chunk):
        part = sorted(order[at:at + chunk], key=lambda i: len(found[i].pieces))
        groups += [part[k:k + size] for k in range(0, len(part), size)]
    chance.shuffle(groups)
    for group in groups:
        yield collate([found[i] for i in group], chance, tokenizer)


def collate(group, chance=None, tokenizer=None):
    """pieces, shapes, mask [n, t], the positions of the words' first pieces (rows, columns), and the windows."""
    built = [vary(w, tokenizer, chance) if tokenizer else (w.pieces, w.shapes, w.heads) for w in group]
    longest = max(len(pieces) for pieces, _, _ in built)
    pieces = torch.zeros(len(group), longest, dtype=torch.long)
    shapes = torch.ones(len(group), longest, dtype=torch.long)
    mask = torch.zeros(len(group), longest, dtype=torch.bool)
    rows, columns = [], []
    for n, (ids, forms, heads) in enumerate(built):
        pieces[n, :len(ids)] = torch.tensor(ids)
        shapes[n, :len(ids)] = torch.tensor(forms)
        mask[n, :len(ids)] = True
        rows += [n] * len(heads)
        columns += heads
    return pieces, shapes, mask, torch.tensor(rows), torch.tensor(columns), group
