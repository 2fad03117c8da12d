"""Trains the reader together with the tagger that it looks at: on articles with event records, on sentences with one
event, on chains of mentions and on what a parser says of arguments, while the tagger is held to what it knew.

    python events.py [--out FOLDER] [--answers FOLDER] [--fold K] [--epochs N] [--reports] [--student FILE]

Begins with the tagger that ships (`assets/tagger`). Candidates are what the engine proposes: FOLDER/answers has its answers
to the texts, `make train` makes them first. One article in seven (another part for each `--fold`) is left out, so that
thresholds and curves can be chosen on it. With `--fold` nothing is written to `assets`. Half an hour on two cores.

With `--student` it begins with a smaller tagger that `distil.py` has made and with the reader that ships, and learns beside
the marks what both of those that ship say of these and of texts without marks.
"""

import argparse
import collections
import math
import random
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

import data
import encoders
import export
import train
from model import Tagger
from reader import FEATURES, KINDS, MODALITIES, PAIR, ROLES, Reader
from records import Article, Chains, Parsed, Sentence, Unmarked, read

ROOT = Path(__file__).resolve().parents[2]
MARKS = Path(__file__).resolve().parent / "marks.jsonl"
# Short reports, which make the reader no better so far (docs/tagger.md): learned from with `--reports` alone.
REPORTS = MARKS.with_name("marks-reports.jsonl")
SEED = 1
# How many of each kind a step learns from.
ARTICLES, SENTENCES, CHAINS, PARSED, WINDOWS, UNMARKED = 4, 8, 1, 1, 10, 3
# What a teacher's opinion of an article counts beside its marks.
OPINION = 0.5
# One piece in so many is hidden in what is not the tagger's own.
HIDDEN = 0.06
# Up to so many pieces a window is short.
SHORT = 72
WORTH = torch.tensor([0.5, 1.2, 0.5])
# How much of the tagger as it was is mixed back into its weights, so that it keeps what it knew of names.
KEPT = 0.07
ROLE_WEIGHT, ROLE_POSITIVE = torch.tensor([0.6, 0.8, 0.5, 0.4]), torch.tensor([1.5, 2.0, 1.5, 1.5])


def shipped(folder):
    """The tagger in a folder with its weights as real numbers, and its vocabulary."""
    t = load_file(folder / "model.safetensors")
    layers = max(int(name.split(".")[1]) for name in t if name.startswith("layers.")) + 1
    pieces = t["pieces.weight"].float() * t["pieces.scale"][:, None]
    model = Tagger(len(pieces), pieces.shape[1], layers, inner=len(t["layers.0.up.bias"]), positions=len(t["positions"]))
    state = {"pieces.weight": pieces, "positions.weight": t["positions"], "shapes.weight": t["shapes"], "norm.weight": t["norm.scale"], "norm.bias": t["norm.bias"]}
    linear = lambda name: (t[name + ".weight"].float() * t[name + ".scale"]).T.contiguous()
    for i in range(layers):
        for part in ("qkv", "out", "up", "down"):
            state[f"layers.{i}.{part}.weight"], state[f"layers.{i}.{part}.bias"] = linear(f"layers.{i}.{part}"), t[f"layers.{i}.{part}.bias"]
        for part in ("norm1", "norm2"):
            state[f"layers.{i}.{part}.weight"], state[f"layers.{i}.{part}.bias"] = t[f"layers.{i}.{part}.scale"], t[f"layers.{i}.{part}.bias"]
    names = len(model.names.bias)
    heads, bias = linear("heads"), t["heads.bias"]
    state |= {"names.weight": heads[:names], "names.bias": bias[:names], "triggers.weight": heads[names:], "triggers.bias": bias[names:]}
    model.load_state_dict(state)
    words = bytes(t["vocabulary"].numpy().tobytes()).decode().split("\n")[:-1]
    return model, encoders.Unigram(words, t["vocabulary.score"].tolist())


def like(state):
    """A tagger of the sizes that these weights have, with them."""
    layers = len({name.split(".")[1] for name in state if name.startswith("layers.")})
    model = Tagger(*state["pieces.weight"].shape, layers, inner=len(state["layers.0.up.bias"]), positions=len(state["positions.weight"]))
    model.load_state_dict(state)
    return model


def shipped_reader(folder):
    """The reader in a folder with its weights as real numbers: the way back from `export.of_reader`."""
    t = {name[7:]: x for name, x in load_file(folder / "model.safetensors").items() if name.startswith("reader.")}
    reader, state = Reader(), {}
    weights = lambda name: (t[name + ".weight"].float() * t[name + ".scale"]).T.contiguous()
    def linear(name, *parts):
        sizes = [getattr(reader, part).out_features for part in parts]
        for part, weight, bias in zip(parts, weights(name).split(sizes), t[name + ".bias"].split(sizes)):
            state[part + ".weight"], state[part + ".bias"] = weight, bias
    for name in ("trigger", "sentence", "lead", "pair", "pair_word", "role_trigger"):
        linear(name, name)
    linear("judge", "worth", "kind", "modality")
    linear("judge_word", "kind_word", "modality_word")
    linear("role_word", "role_word", "role_bias")
    for at in ("", *(f"layers.{i}." for i in range(len(reader.layers)))):
        for part in ("norm1", "norm2") if at else ("norm",):
            state[at + part + ".weight"], state[at + part + ".bias"] = t[at + part + ".scale"], t[at + part + ".bias"]
        for part in ("qkv", "out", "up", "down") if at else ():
            state[f"{at}{part}.weight"], state[f"{at}{part}.bias"] = weights(at + part), t[f"{at}{part}.bias"]
    for name in ("told", "place", "role_distance"):
        state[name + ".weight"] = t[name].view_as(getattr(reader, name).weight)
    state["features.weight"] = t["features"].view(FEATURES, -1).T.contiguous()
    state["pair_in.weight"] = torch.cat([weights("pair_in"), t["pair_features"].view(-1, PAIR).T], 1)
    state["pair_in.bias"] = t["pair_in.bias"]
    state["pair_out.weight"], state["pair_out.bias"] = t["pair_out"][None, :-1], t["pair_out"][-1:]
    reader.load_state_dict(state)
    return reader


def texts(reports=False):
    """All articles with records to learn from, with their texts: the set, and the marks of this project on others."""
    known = {d["id"]: d for name in ("en-worldwide", "ecbplus_coref", "gmb_kaggle") for d in read(data.SHARED / "train" / f"{name}.jsonl")}

    def marked(m):
        # Some sets put several short reports together: `part` is where one of them begins and ends.
        first, last = m.get("part") or (0, None)
        return {**m, "id": f"{m['id']}#{first}" if first or last else m["id"], "text": known[m["id"]]["text"][first:last]}

    files = [path for path in [MARKS, *([REPORTS] if reports else [])] if path.exists()]
    return read(data.SHARED / "train" / "event_records.jsonl"), [marked(m) for path in files for m in read(path)]


class Sets:
    """Everything that is learned from."""

    def __init__(self, answers, tokenizer, fold, reports):
        said = lambda name: {d["id"]: d for d in read(answers / f"{name}.jsonl")}
        own, more = texts(reports)
        found = said("articles")
        article = lambda gold: Article(gold, found[gold["id"]], tokenizer)
        out = set(data.left_out(len(own), fold))
        self.held = [article(d) for i, d in enumerate(own) if i in out]
        self.articles = [article(d) for i, d in enumerate(own) if i not in out] + [article(d) for d in more]
        dev = said("dev")
        self.dev = [Article(d, dev[d["id"]], tokenizer) for d in read(data.SHARED / "dev" / "event_records.jsonl")]
        found = said("plv")
        self.sentences = [Sentence(d, found[d["id"]], tokenizer) for d in read(data.SHARED / "train" / "plv.jsonl")]
        self.sentences = [s for s in self.sentences if s.candidates]
        chains = [Chains(d, tokenizer) for d in read(data.SHARED / "train" / "ecbplus_coref.jsonl")]
        self.chains = [c for c in chains if len(c.candidates) > 1 and len(c.windows) < 10]
        parsed = [Parsed(d, tokenizer) for d in read(answers / "parsed.jsonl")]
        self.parsed = [p for p in parsed if p.roles.count and len(p.windows) < 9]
        self.unmarked = []

    def ask(self, model, reader, answers, tokenizer):
        """Has teachers say what they think of the marked articles and of those without marks."""
        path = answers / "unmarked.jsonl"
        self.unmarked = [Unmarked(d, tokenizer) for d in read(path)] if path.exists() else []
        self.unmarked = [d for d in self.unmarked if d.candidates and len(d.windows) < 14]
        opinions(model, reader, self.articles + self.unmarked)


def encode(model, documents, mask=None):
    """What the reader looks at: [words, width] of each document."""
    flat = [w for d in documents for w in d.windows]
    found = [None] * len(flat)
    # Short and long windows apart: less is computed for what only fills up a row.
    for group in ([i for i, w in enumerate(flat) if (len(w.pieces) > SHORT) == long] for long in (False, True)):
        if not group:
            continue
        pieces, shapes, there, rows, columns, _ = data.collate([flat[i] for i in group])
        if mask is not None:
            hide = (torch.rand(pieces.shape) < HIDDEN) & there
            hide[:, 0] = False
            pieces = torch.where(hide, mask, pieces)
        with torch.autocast("cpu", torch.bfloat16, train.narrow(torch.device("cpu"))):
            x = model.encode(pieces, shapes, there)
        for i, part in zip(group, x.float()[rows, columns].split([len(flat[i].heads) for i in group])):
            found[i] = part
    return torch.cat(found).split([sum(len(w.heads) for w in d.windows) for d in documents])


def pairs(count):
    return torch.triu_indices(count, count, 1)


def role_loss(reader, hidden, d):
    """For each pair of a candidate and a word."""
    r = d.roles
    scores = reader.role(hidden, d, r.candidates, r.words)
    lost = F.binary_cross_entropy_with_logits(scores, r.target, reduction="none", pos_weight=ROLE_POSITIVE)
    return (lost * r.told * ROLE_WEIGHT).sum(-1) * r.weight / 6


@torch.no_grad()
def opinions(model, reader, documents):
    """Gives documents what tagger and reader say of them, see `of_opinion`."""
    model.eval(), reader.eval()
    for d in documents:
        if not d.candidates:
            continue
        hidden, = encode(model, [d])
        d.opinion = [x.half() for x in views(reader, hidden, d)]


def views(reader, hidden, d):
    """What a reader says: worth, kind and modality of each candidate, which two are one, the role of each word for each."""
    own, rows = reader.rows(hidden, d)
    left, right = pairs(len(d.candidates))
    near = [d.around(i, before=1) for i in range(len(d.candidates))]
    candidates = torch.cat([torch.full((b - a,), i) for i, (a, b) in enumerate(near)])
    words = torch.cat([torch.arange(a, b) for a, b in near])
    return [*reader.judge(own, rows), reader.same(own, rows, d, left, right), reader.role(hidden, d, candidates, words)]


def of_opinion(reader, hidden, d, log):
    """How far what a reader says of a document is from what its teachers said."""
    if not d.candidates:
        return hidden.sum() * 0
    worth, kind, modality, same, role = views(reader, hidden, d)
    told = [x.float() for x in d.opinion]
    binary = lambda x, y: F.binary_cross_entropy_with_logits(x, y.sigmoid())
    among = lambda x, y: -(F.softmax(y, -1) * F.log_softmax(x, -1)).sum(-1).mean()
    lost = 2 * binary(worth, told[0]) + 0.7 * among(kind, told[1]) + 0.3 * among(modality, told[2])
    if len(same):
        lost = lost + binary(same, told[3])
    # Most words have no role: what is said of those that may have one counts.
    weight = 0.05 + told[4].sigmoid()
    lost = lost + 3 * F.binary_cross_entropy_with_logits(role, told[4].sigmoid(), weight=weight)
    log["opinion"] += lost.item()
    return lost


def of_article(reader, hidden, d, log):
    if not d.candidates:
        return hidden.sum() * 0
    own, rows = reader.rows(hidden, d)
    worth, kind, modality = reader.judge(own, rows)
    main = [d.main(i) for i in range(len(d.candidates))]
    values = torch.tensor([0 if k is None else d.gold[k]["worth"] for k in main])
    lost = F.binary_cross_entropy_with_logits(worth, (values[:, None] >= torch.tensor([1, 2, 3])).float(), reduction="none").mean(0) @ WORTH
    log["worth"] += lost.item()
    told = [i for i, k in enumerate(main) if k is not None]
    if told:
        index, records = torch.tensor(told), [d.gold[main[i]] for i in told]
        weight = torch.tensor([0.5 if e["worth"] == 1 else 1.0 for e in records])
        kinds = F.cross_entropy(kind[index], torch.tensor([KINDS.index(e["kind"]) for e in records]), reduction="none", label_smoothing=0.05)
        real = F.cross_entropy(modality[index], torch.tensor([MODALITIES.index(e["modality"]) for e in records]), reduction="none")
        kinds, real = (kinds * weight).mean(), (real * weight).mean()
        roles = role_loss(reader, hidden, d).sum() / len(told)
        lost = lost + 0.7 * kinds + 0.3 * real + roles
        log["kind"] += kinds.item(); log["modality"] += real.item(); log["role"] += roles.item()
    if len(told) > 1:
        left, right = index[pairs(len(told))]
        same = torch.tensor([float(bool(set(d.records[i]) & set(d.records[j]))) for i, j in zip(left.tolist(), right.tolist())])
        same = F.binary_cross_entropy_with_logits(reader.same(own, rows, d, left, right), same)
        lost = lost + same
        log["same"] += same.item()
    return lost


def of_sentence(reader, hidden, d, log):
    """The sentence does not say which candidate tells of its event: the loss is over all, each as likely as its worth."""
    own, rows = reader.rows(hidden, d)
    worth, kind, _ = reader.judge(own, rows)
    right = torch.logsumexp(F.log_softmax(kind, -1).masked_fill(~d.kinds, -1e4), -1)
    count, size = len(d.candidates), len(d.spans)
    candidates, words = torch.arange(count).repeat_interleave(size), torch.arange(size).repeat(count)
    scores = reader.role(hidden, d, candidates, words)[:, :2].view(count, size, 2)
    roles = F.binary_cross_entropy_with_logits(scores, d.target[None, :, :2].expand_as(scores), reduction="none", pos_weight=ROLE_POSITIVE[:2])
    lost = -torch.logsumexp(F.log_softmax(worth[:, 1], 0) + right - (roles * ROLE_WEIGHT[:2]).sum((1, 2)) / 6, 0)
    log["sentence"] += lost.item()
    return lost


def of_chains(reader, hidden, d, log):
    own, rows = reader.rows(hidden, d)
    left, right = pairs(len(d.candidates))
    same = torch.tensor([float(d.chains[i] == d.chains[j]) for i, j in zip(left.tolist(), right.tolist())])
    lost = F.binary_cross_entropy_with_logits(reader.same(own, rows, d, left, right), same)
    log["chain"] += lost.item()
    return lost


def of_parsed(reader, hidden, d, log):
    lost = role_loss(reader, hidden, d).sum() / d.roles.count
    log["parsed"] += lost.item()
    return lost


class Average:
    """The mean of the weights over the last steps: steadier than the last step's."""

    def __init__(self, *modules, decay=0.99):
        self.modules, self.decay, self.steps = modules, decay, 0
        self.kept = [{k: v.detach().clone() for k, v in m.state_dict().items()} for m in modules]

    def add(self):
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        for kept, module in zip(self.kept, self.modules):
            for name, value in module.state_dict().items():
                kept[name].mul_(decay).add_(value.detach(), alpha=1 - decay)

    def states(self):
        return [{k: v.clone() for k, v in kept.items()} for kept in self.kept]


class Draw:
    """Some of a list at a time, all of it before any comes again."""

    def __init__(self, items, chance):
        self.items, self.chance, self.left = items, chance, []

    def take(self, count):
        while len(self.left) < count:
            fresh = self.items[:]
            self.chance.shuffle(fresh)
            self.left = fresh + self.left
        return [self.left.pop() for _ in range(count)]


def fit(model, reader, tokenizer, sets, windows, epochs, rate, report):
    chance = random.Random(SEED)
    # A reader that has learned already goes on more slowly.
    groups = [{"params": model.parameters(), "lr": rate}, {"params": reader.parameters(), "lr": 3e-4 if sets.unmarked else 1e-3}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = math.ceil(len(sets.articles) / ARTICLES)
    first = 0 if sets.unmarked else len(sets.parsed) // (3 * PARSED * 4)
    total = first + steps * epochs
    pace = lambda i: min((i + 1) / (total / 20), max(0.0, (total - i) / (total * 19 / 20)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, pace)
    average = Average(model, reader)
    sentences, chains, parsed, own, unmarked = (Draw(x, chance) for x in (sets.sentences, sets.chains, sets.parsed, windows, sets.unmarked))
    began = time.time()

    def step(batch, log):
        group = own.take(WINDOWS)
        lost = train.loss_of(model, data.collate(group, chance, tokenizer))
        log["tagger"] += lost.item()
        hidden = encode(model, [d for _, ds in batch for d in ds], tokenizer.mask)
        at = 0
        for (of, weight), ds in batch:
            lost = lost + weight * sum(of(reader, h, d, log) for h, d in zip(hidden[at:at + len(ds)], ds)) / len(ds)
            at += len(ds)
        lost.backward()
        torch.nn.utils.clip_grad_norm_([*model.parameters(), *reader.parameters()], 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        schedule.step()
        average.add()

    model.train(), reader.train()
    log = collections.defaultdict(float)
    for _ in range(first):
        step([((of_parsed, 1.0), parsed.take(4))], log)
    print(f"parsed {time.time() - began:.0f} s " + " ".join(f"{k} {v / max(1, first):.3f}" for k, v in log.items()), flush=True)
    for epoch in range(epochs):
        log = collections.defaultdict(float)
        order = sets.articles[:]
        chance.shuffle(order)
        for at in range(0, len(order), ARTICLES):
            batch = [((of_article, 1.0), order[at:at + ARTICLES]), ((of_sentence, 0.5), sentences.take(SENTENCES)),
                     ((of_chains, 0.5), chains.take(CHAINS)), ((of_parsed, 0.3), parsed.take(PARSED))]
            if sets.unmarked:
                batch += [((of_opinion, OPINION), order[at:at + ARTICLES]), ((of_opinion, 1.0), unmarked.take(UNMARKED))]
            step(batch, log)
        print(f"epoch {epoch} {time.time() - began:.0f} s " + " ".join(f"{k} {v / steps:.3f}" for k, v in log.items()), flush=True)
        report(average.states(), epoch)


def precision(found):
    """Average precision of (score, right)."""
    right, total = 0, 0.0
    for rank, (_, good) in enumerate(sorted(found, reverse=True), 1):
        if good:
            right += 1
            total += right / rank
    return total / max(1, right)


@torch.no_grad()
def measure(model, reader, documents):
    """In short: how candidates are ranked, kinds right of those worth keeping, and the roles of words (F1)."""
    model.eval(), reader.eval()
    ranked, kinds, roles = [], [], torch.zeros(3, len(ROLES))
    for d in documents:
        if not d.candidates:
            continue
        hidden, = encode(model, [d])
        own, rows = reader.rows(hidden, d)
        worth, kind, _ = reader.judge(own, rows)
        for i, k in enumerate(map(d.main, range(len(d.candidates)))):
            good = k is not None and d.gold[k]["worth"] >= 2
            ranked.append((float(worth[i, 1]), good))
            if good:
                kinds.append(KINDS[int(kind[i].argmax())] == d.gold[k]["kind"])
        if d.roles.count:
            r = d.roles
            said = (reader.role(hidden, d, r.candidates, r.words) > 0) & (r.told > 0) & (r.weight[:, None] == 1)
            gold = (r.target > 0) & (r.told > 0) & (r.weight[:, None] == 1)
            roles += torch.stack([(said & gold).sum(0), said.sum(0), gold.sum(0)])
    model.train(), reader.train()
    shown = " ".join(f"{role} {2 * a / max(1, b + c):.3f}" for role, a, b, c in zip(ROLES, *roles.tolist()))
    return f"ranking {precision(ranked):.3f} kind {sum(kinds) / max(1, len(kinds)):.3f} {shown}"


def main():
    data.need()
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--out", type=Path, default=ROOT / "target" / "tagger")
    ap.add_argument("--answers", type=Path, default=ROOT / "target" / "tagger" / "answers")
    ap.add_argument("--tagger", type=Path, default=ROOT / "assets" / "tagger")
    ap.add_argument("--fold", type=int)
    ap.add_argument("--epochs", type=int, default=5)
    ap.add_argument("--reports", action="store_true", help="learn from the short reports too")
    ap.add_argument("--student", type=Path, help="begin with this smaller tagger of distil.py")
    ap.add_argument("--rate", type=float, default=5e-5)
    a = ap.parse_args()
    torch.manual_seed(SEED)
    model, tokenizer = shipped(a.tagger)
    sets = Sets(a.answers, tokenizer, a.fold or 0, a.reports)
    print(f"{len(sets.articles)} articles, {len(sets.held)} left out, {len(sets.sentences)} sentences, {len(sets.chains)} texts with chains, {len(sets.parsed)} parsed", flush=True)
    windows = [w for name in data.GOLD for w in train.load(name, tokenizer)]
    random.Random(SEED).shuffle(windows)
    windows = windows[:12000]
    train.opinions(model, windows)
    print(f"{len(windows)} windows with the tagger's opinion", flush=True)
    reader = Reader()
    if a.student:
        reader = shipped_reader(a.tagger)
        sets.ask(model, reader, a.answers, tokenizer)
        model = like(torch.load(a.student, map_location="cpu")["student"])
        print(f"{len(sets.unmarked)} texts without marks", flush=True)
    start = {name: x.clone() for name, x in model.state_dict().items()}
    a.out.mkdir(parents=True, exist_ok=True)
    path = a.out / (f"reader{a.fold}.pt" if a.fold is not None else "reader.pt")

    def report(states, epoch):
        torch.save(states, path)
        copies = like(states[0]), Reader()
        copies[1].load_state_dict(states[1])
        for name, documents in (("left out", sets.held), ("dev", sets.dev)):
            print(f"  {name:8} {measure(*copies, documents)}", flush=True)

    fit(model, reader, tokenizer, sets, windows, a.epochs, a.rate, report)
    if a.fold is None:
        model, reader = torch.load(path)
        model = {name: (1 - KEPT) * model[name] + KEPT * start[name] for name in model}
        export.write(model, reader, tokenizer, ROOT / "assets" / "tagger")
        tagger = like(export.quantised(model))
        print("== as shipped", flush=True)
        train.show(tagger, tokenizer)
        export.examples(tagger, tokenizer, ROOT / "tests" / "data" / "tagger.jsonl")


if __name__ == "__main__":
    sys.exit(main())
