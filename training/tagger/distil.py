"""Makes a tagger of fewer and narrower layers that says what the shipped one says, and sees what it sees, so that the reader
can look at its vectors too.

    python distil.py [--out FOLDER] [--layers N] [--inner N] [--epochs N] [--minutes N]

The student begins with every other layer of the shipped tagger (`assets/tagger`) and, of each, those inner neurons that say
most. It learns the teacher's vectors after each of those layers and its opinion of each word (Jiao et al. 2020, TinyBERT), on
all texts, with their marks left aside. The teacher reads each text as the student does, with some words turned into capitals
and some pieces hidden. FOLDER/student.pt keeps where it is every few minutes: a run that was cut off goes on. `--minutes`
ends it for now after so long.
"""

import argparse
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F

import data
import train
from events import ROOT, shipped
from model import Tagger

SEED = 1
BATCH = 24
RATE = 4e-4
# How much the vectors after each layer count, the last one more: heads and reader look at it.
MIDDLE, LAST = 0.5, 4.0
# Steps between two checkpoints.
KEEP = 400


def states(model, pieces, shapes, mask):
    """What a tagger has after each layer: [n, t, width] each."""
    x = F.dropout(model.norm(model.pieces(pieces) + model.positions.weight[: pieces.shape[1]] + model.shapes(shapes)), model.drop, model.training)
    found = []
    for layer in model.layers:
        x = layer(x, mask)
        found.append(x)
    return found


def chosen(count, layers):
    """Which of a teacher's layers a student begins with and learns from: the last, and others as evenly as can be."""
    return [round((i + 1) * count / layers) - 1 for i in range(layers)]


@torch.no_grad()
def importance(model, found, tokenizer):
    """What each inner neuron of each layer adds to its sum, on average: [layers, inner]."""
    model.eval()
    total = torch.zeros(len(model.layers), model.layers[0].up.out_features)
    for step, (pieces, shapes, mask, *_) in enumerate(data.batches(found, BATCH, SEED, tokenizer)):
        if step == 60:
            break
        x = model.norm(model.pieces(pieces) + model.positions.weight[: pieces.shape[1]] + model.shapes(shapes))
        for i, layer in enumerate(model.layers):
            seen = []
            hook = layer.up.register_forward_hook(lambda _, __, out: seen.append(F.gelu(out)))
            x = layer(x, mask)
            hook.remove()
            total[i] += seen[0][mask].abs().mean(0) * layer.down.weight.norm(dim=0)
    return total


def shrink(teacher, layers, inner, found, tokenizer):
    """A student of some of the teacher's layers, and of these the neurons that say most."""
    width = teacher.norm.weight.shape[0]
    student = Tagger(len(teacher.pieces.weight), width, layers, teacher.layers[0].heads, inner, len(teacher.positions.weight), drop=0.0)
    says = importance(teacher, found, tokenizer)
    with torch.no_grad():
        for part in ("pieces", "positions", "shapes", "norm", "names", "triggers"):
            getattr(student, part).load_state_dict(getattr(teacher, part).state_dict())
        for to, at in zip(student.layers, chosen(len(teacher.layers), layers)):
            state = dict(teacher.layers[at].state_dict())
            keep = says[at].topk(inner).indices.sort().values
            for name in ("up.weight", "up.bias"):
                state[name] = state[name][keep]
            state["down.weight"] = state["down.weight"][:, keep]
            to.load_state_dict(state)
    return student


def lost(student, teacher, batch):
    """How far a student is from its teacher over a batch: vectors, and opinions of words."""
    pieces, shapes, mask, rows, columns, _ = batch
    with torch.autocast("cpu", torch.bfloat16, train.narrow(torch.device("cpu"))):
        with torch.no_grad():
            told = states(teacher, pieces, shapes, mask)
        own = states(student, pieces, shapes, mask)
    total, last = 0.0, None
    for i, at in enumerate(chosen(len(told), len(own))):
        goal, here = told[at].float()[mask], own[i].float()[mask]
        # In units of what the teacher's vectors vary by.
        far = ((here - goal) ** 2).mean() / goal.var(0).mean()
        total = total + (LAST if i + 1 == len(own) else MIDDLE) * far
        last = far
    words, goals = own[-1].float()[rows, columns], told[-1].float()[rows, columns]
    opinion = 0.0
    for name in ("names", "triggers"):
        with torch.no_grad():
            thinks = F.softmax(getattr(teacher, name)(goals), -1)
        opinion = opinion - (thinks * F.log_softmax(getattr(student, name)(words), -1)).sum(-1).mean() + (thinks * (thinks + 1e-9).log()).sum(-1).mean()
    return total + opinion, float(last.detach()), float(opinion.detach())


def windows(tokenizer):
    """Every text as windows without marks."""
    return [w for name in data.GOLD + data.SILVER for d in data.read(data.SHARED / "train" / f"{name}.jsonl")
            for w in data.windows({"text": d["text"]}, tokenizer, False) if w.heads]


def main():
    data.need()
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--out", type=Path, default=ROOT / "target" / "tagger")
    ap.add_argument("--layers", type=int, default=4)
    ap.add_argument("--inner", type=int, default=768)
    ap.add_argument("--epochs", type=int, default=6)
    ap.add_argument("--minutes", type=float)
    a = ap.parse_args()
    torch.manual_seed(SEED)
    began = time.time()
    teacher, tokenizer = shipped(ROOT / "assets" / "tagger")
    teacher.eval().requires_grad_(False)
    found = windows(tokenizer)
    steps = -(-len(found) // BATCH)
    total = steps * a.epochs
    print(f"{len(found)} windows, {total} steps", flush=True)
    a.out.mkdir(parents=True, exist_ok=True)
    path = a.out / "student.pt"
    kept = torch.load(path) if path.exists() else None
    student = Tagger(len(teacher.pieces.weight), layers=a.layers, inner=a.inner, positions=len(teacher.positions.weight), drop=0.0) if kept else shrink(teacher, a.layers, a.inner, found, tokenizer)
    student.train()
    # The table of pieces stays the teacher's: it is large, and was learned from much more text than there is here.
    student.pieces.requires_grad_(False)
    optimiser = torch.optim.AdamW([p for p in student.parameters() if p.requires_grad], lr=RATE, weight_decay=0.01, betas=(0.9, 0.98))
    pace = lambda i: min((i + 1) / 300, max(0.02, (total - i) / total))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, pace)
    step = 0
    if kept:
        student.load_state_dict(kept["student"])
        optimiser.load_state_dict(kept["optimiser"])
        schedule.load_state_dict(kept["schedule"])
        step = kept["step"]
    seen, vector, opinion = 0, 0.0, 0.0

    def keep():
        part = path.with_suffix(".part")
        torch.save({"student": student.state_dict(), "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict(), "step": step}, part)
        part.replace(path)

    for epoch in range(a.epochs):
        for number, batch in enumerate(data.batches(found, BATCH, SEED + epoch, tokenizer), epoch * steps):
            if number < step:
                continue
            loss, far, apart = lost(student, teacher, batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            schedule.step()
            step += 1
            seen += int(batch[2].sum())
            vector, opinion = 0.98 * vector + 0.02 * far, 0.98 * opinion + 0.02 * apart
            if step % 100 == 0:
                print(f"step {step}/{total} vectors {vector:.4f} opinions {opinion:.4f} {seen / (time.time() - began):.0f} pieces/s {time.time() - began:.0f} s", flush=True)
            if step % KEEP == 0:
                keep()
            if a.minutes and time.time() - began > 60 * a.minutes:
                keep()
                return
    keep()
    train.show(student.eval(), tokenizer)


if __name__ == "__main__":
    sys.exit(main())
