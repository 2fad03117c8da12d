"""Trains the tagger: two teachers on the gold sets, a student on those and on their opinion of the silver set, and a
tagger of fewer layers, the one that ships, on what the student thinks of both.

    python train.py [--out FOLDER] [--only STAGE]

Stages leave their results in FOLDER (target/tagger of the project), so that a run that was cut off goes on. At the end
`assets/tagger` holds the model, and a table of dev scores is printed. Seeds are fixed. Over an hour on two cores.
"""

import argparse
import copy
import math
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F

import data
import encoders
import export
from model import KINDS, NAMES, TRIGGERS, Tagger, impossible, log_allowed, spans, viterbi

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(data.SHARED.parent / "eval"))

SEED = 1
BATCH = 16
RATE = 8e-5
# How much likelier the teachers' opinion becomes where the silver label agrees.
SILVER_WEIGHT = 3.0
# How many of the student's nine layers the shipped tagger has.
LAYERS = 7


def narrow(device):
    """Whether to compute in bfloat16; on processors without such instructions it is 20 times slower."""
    return device.type == "cuda" or torch.backends.mkldnn.is_available() and torch.ops.mkldnn._is_mkldnn_bf16_supported()


def loss_of(model, batch):
    """Names and triggers together; what is not marked exhaustively costs nothing, see `data.allow`."""
    pieces, shapes, mask, rows, columns, group = batch
    with torch.autocast(pieces.device.type, torch.bfloat16, narrow(pieces.device)):
        names, triggers = model(pieces, shapes, mask)
    total = 0.0
    for head, (logits, allowed) in enumerate(((names, [w.names for w in group]), (triggers, [w.triggers for w in group]))):
        logits, allowed = logits[rows, columns].float(), torch.cat(allowed).to(pieces.device)
        told = ~allowed.all(-1)
        total = total - log_allowed(logits, allowed)[told].sum() / max(1, int(told.sum()))
        if any(w.soft for w in group):
            nothing = lambda w: torch.zeros(len(w.heads), logits.shape[-1])
            soft = torch.cat([w.soft[head].float() if w.soft else nothing(w) for w in group]).to(pieces.device)
            has = soft.sum(-1) > 0
            total = total - (soft * F.log_softmax(logits, -1)).sum(-1)[has].mean()
    return total


@torch.no_grad()
def probabilities(model, found, size=32):
    """For each window the log probabilities of its words' names and triggers."""
    model.eval()
    device = next(model.parameters()).device
    order = sorted(range(len(found)), key=lambda i: len(found[i].pieces))
    answers = [None] * len(found)
    for k in range(0, len(order), size):
        group = order[k:k + size]
        pieces, shapes, mask, _, _, _ = data.collate([found[i] for i in group])
        with torch.autocast(device.type, torch.bfloat16, narrow(device)):
            names, triggers = model(pieces.to(device), shapes.to(device), mask.to(device))
        names, triggers = F.log_softmax(names.float(), -1).cpu(), F.log_softmax(triggers.float(), -1).cpu()
        for n, i in enumerate(group):
            heads = torch.tensor(found[i].heads, dtype=torch.long)
            answers[i] = (names[n, heads], triggers[n, heads])
    model.train()
    return answers


def predict(found, answers):
    """Spans of one document from its windows."""
    out = []
    for w, (names, triggers) in zip(found, answers):
        for scores, labels in ((names, NAMES), (triggers, TRIGGERS)):
            for a, b, kind in spans(viterbi(scores, impossible(labels)), labels) if w.heads else []:
                out.append({"start": w.spans[a][0], "end": w.spans[b - 1][1], "label": kind})
    return out


def show(model, tokenizer):
    """The table of dev scores, with the scorer's own counts, exact match: precision/recall/F1."""
    import score
    number = lambda x: "  -  " if x is None else f"{x:.3f}"
    for path in sorted((data.SHARED / "dev").glob("*.jsonl")):
        # Sets of event records alone have no names marked.
        documents = [d for d in data.read(path) if "spans" in d]
        if not documents:
            continue
        each = [data.windows(d, tokenizer, False) for d in documents]
        flat = iter(probabilities(model, [w for found in each for w in found]))
        pairs = [(d, {"spans": predict(found, [next(flat) for _ in found])}) for d, found in zip(documents, each)]
        labels = score.score(pairs)["labels"]
        cells = [(k, next(iter(v.values()))) for k, v in labels.items() if k in KINDS + ["PERSON_DOC", "TRIGGER"]]
        print(f"{path.stem:24}" + "  ".join(
            f"{k} {number(x['precision'])}/{number(x['recall'])}/{number(x['f1'])}" for k, x in cells), flush=True)


def load(name, tokenizer):
    """The windows of a set's documents, those left out aside; of the silver set all."""
    documents = data.read(data.SHARED / "train" / f"{name}.jsonl")
    if name in data.GOLD:
        documents, _ = data.parted(name, documents)
    return [w for d in documents for w in data.windows(d, tokenizer) if w.heads]


def gold(tokenizer):
    """The gold windows; the few with triggers twice."""
    found = [w for name in data.GOLD for w in load(name, tokenizer)]
    return found + [w for w in found if not w.triggers.all()]


def silver(tokenizer, models):
    """The silver set with what the teachers think of it, the silver labels where they do not contradict."""
    found = [w for name in data.SILVER for w in load(name, tokenizer)]
    documents = [d for name in data.SILVER for d in data.read(data.SHARED / "train" / f"{name}.jsonl")]
    sums = None
    for model, other in models:
        # Teachers cut the text into windows of their own; their words are the same.
        flat = [w for d in documents for w in data.windows(d, other)]
        answers = probabilities(model, flat)
        names = torch.cat([a[0].exp() for a in answers])
        triggers = torch.cat([a[1].exp() for a in answers])
        sums = [names, triggers] if sums is None else [sums[0] + names, sums[1] + triggers]
    names, triggers = (s / len(models) for s in sums)
    at = 0
    for w in found:
        part = names[at:at + len(w.heads)] * torch.where(w.names, SILVER_WEIGHT, 1.0)
        w.soft = ((part / part.sum(-1, keepdim=True)).half(), triggers[at:at + len(w.heads)].half())
        w.names = torch.ones_like(w.names)
        at += len(w.heads)
    return found


def opinions(model, found):
    """The windows with what a model thinks of them, beside their own labels."""
    for w, (names, triggers) in zip(found, probabilities(model, found)):
        w.soft = (names.exp().half(), triggers.exp().half())
    return found


def lower(model, layers):
    """A tagger of the lowest layers of another."""
    width, inner = model.norm.weight.shape[0], model.layers[0].up.weight.shape[0]
    short = Tagger(len(model.pieces.weight), width, layers, model.layers[0].heads, inner)
    short.load_state_dict({name: x for name, x in model.state_dict().items() if name in short.state_dict()})
    return short


def fit(model, tokenizer, stages, device, rate):
    """Stages of (windows, epochs); one linear warm-up and decay over all of them."""
    torch.manual_seed(SEED)
    model.to(device)
    fresh = lambda name: name.startswith(("names", "triggers", "shapes"))
    groups = [{"params": [p for n, p in model.named_parameters() if fresh(n) == new], "lr": faster * rate}
              for new, faster in ((False, 1), (True, 10))]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    plan = [found for found, epochs in stages for _ in range(epochs)]
    total = sum(math.ceil(len(found) / BATCH) for found in plan)
    warm = max(1, total // 20)
    pace = lambda i: min((i + 1) / warm, max(0.0, (total - i) / (total - warm)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, pace)
    step, began, seen, recent = 0, time.time(), 0, 0.0
    for number, found in enumerate(plan):
        for pieces, shapes, mask, rows, columns, group in data.batches(found, BATCH, SEED + number, tokenizer):
            seen += int(mask.sum())
            lost = loss_of(model, (*(x.to(device) for x in (pieces, shapes, mask, rows, columns)), group))
            lost.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            schedule.step()
            step, recent = step + 1, 0.98 * recent + 0.02 * float(lost.detach())
            if step % 200 == 0:
                spent = time.time() - began
                print(f"step {step}/{total} loss {recent:.3f} {seen / spent:.0f} pieces/s {spent:.0f} s", flush=True)


def main():
    data.need()
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--out", type=Path, default=ROOT / "target" / "tagger")
    ap.add_argument("--only", choices=["minilm", "e5"], help="this teacher alone")
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    makers = {"minilm": lambda: encoders.minilm(a.out, 6), "e5": lambda: encoders.e5(a.out, 9)}

    def stage(name, make, stages, rate=RATE):
        model, tokenizer = make()
        path = a.out / f"{name}.pt"
        if path.exists():
            model.load_state_dict(torch.load(path, map_location="cpu"))
            return model.to(device), tokenizer
        print(f"== {name}", flush=True)
        fit(model, tokenizer, stages(tokenizer), device, rate)
        torch.save(model.state_dict(), path)
        show(model, tokenizer)
        return model, tokenizer

    teach = lambda tokenizer: [(gold(tokenizer), 2)]
    teachers = [stage(name, make, teach) for name, make in makers.items() if a.only in (None, name)]
    if a.only in makers:
        return
    learn = lambda tokenizer: [(silver(tokenizer, teachers) + gold(tokenizer), 1), (gold(tokenizer), 2)]
    student, tokenizer = stage("student", makers["e5"], learn)

    def distil(epochs):
        # Of the silver set every other window: more of it gained nothing.
        half = load(data.SILVER[0], tokenizer)[::2]
        for w in half:
            w.names[:] = True
        return [(opinions(student, gold(tokenizer) + half), epochs)]
    short, _ = stage("small", lambda: (lower(student, LAYERS), tokenizer), lambda _: distil(3))
    model, _ = stage("settled", lambda: (copy.deepcopy(short), tokenizer), lambda _: distil(2), RATE / 2)
    state = model.cpu().state_dict()
    export.write(state, None, tokenizer, ROOT / "assets" / "tagger")
    model.load_state_dict(export.quantised(state))
    print("== as shipped", flush=True)
    show(model, tokenizer)
    export.examples(model, tokenizer, ROOT / "tests" / "data" / "tagger.jsonl")


if __name__ == "__main__":
    main()
