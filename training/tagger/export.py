"""Writes the trained tagger as the program reads it: 8-bit weights (kept to 7 bits, so that all processors compute the
same), real scales, and the vocabulary, in one safetensors file with its hash beside it."""

import hashlib
import json
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file, save

import data

# How a pair of candidates stands to each other, see `reader.py`.
PAIR_FEATURES = 8


def rows(weight, most):
    """[outputs, inputs] -> whole numbers and a scale for each output. The scale that loses least of a few is taken."""
    top = weight.abs().amax(1).clamp(min=1e-9)
    best = None
    for share in (1.0, 0.9, 0.8, 0.7):
        scale = share * top / most
        whole = (weight / scale[:, None]).round().clamp(-most, most)
        lost = ((whole * scale[:, None] - weight) ** 2).sum(1)
        if best is None:
            best = [whole, scale, lost]
        else:
            better = lost < best[2]
            best = [torch.where(better[:, None], whole, best[0]), torch.where(better, scale, best[1]), torch.where(better, lost, best[2])]
    return best[0].to(torch.int8).numpy(), best[1].float().numpy()


class Writer:
    """Puts the parts of a network as the program reads them into `out`, under a name that begins with `under`."""

    def __init__(self, out, state, under=""):
        self.out, self.state, self.under = out, state, under

    def real(self, name):
        return self.state[name].float()

    def put(self, to, value):
        self.out[self.under + to] = np.ascontiguousarray(value)

    def norm(self, to, name):
        self.put(to + ".scale", self.real(name + ".weight").numpy())
        self.put(to + ".bias", self.real(name + ".bias").numpy())

    def linear(self, to, weight, bias):
        whole, scale = rows(weight, 63)
        self.put(to + ".scale", scale)
        self.put(to + ".weight", whole.T)  # [inputs, outputs]
        self.put(to + ".bias", bias.numpy())

    def layer(self, at):
        for name in ("qkv", "out", "up", "down"):
            self.linear(f"{at}.{name}", self.real(f"{at}.{name}.weight"), self.real(f"{at}.{name}.bias"))
        self.norm(f"{at}.norm1", f"{at}.norm1")
        self.norm(f"{at}.norm2", f"{at}.norm2")

    def heads(self, to, *names):
        self.linear(to, *(torch.cat([self.real(f"{name}.{part}") for name in names]) for part in ("weight", "bias")))


def tensors(state, reader, vocabulary, scores):
    out = {}
    to = Writer(out, state)
    out["pieces.weight"], out["pieces.scale"] = rows(to.real("pieces.weight"), 127)
    out["positions"], out["shapes"] = to.real("positions.weight").numpy(), to.real("shapes.weight").numpy()
    to.norm("norm", "norm")
    i = 0
    while f"layers.{i}.qkv.weight" in state:
        to.layer(f"layers.{i}")
        i += 1
    to.heads("heads", "names", "triggers")
    if reader is not None:
        of_reader(out, reader)
    out["vocabulary"] = np.frombuffer("".join(p + "\n" for p in vocabulary).encode(), np.uint8)
    out["vocabulary.score"] = np.array(scores, np.float32)
    return out


def of_reader(out, state):
    """The tensors of the reader, see `src/suggest/tagger/reader.rs`."""
    to = Writer(out, state, "reader.")
    for name in ("trigger", "sentence", "lead", "pair", "pair_word", "role_trigger"):
        to.heads(name, name)
    to.heads("judge", "worth", "kind", "modality")
    to.heads("judge_word", "kind_word", "modality_word")
    to.heads("role_word", "role_word", "role_bias")
    to.norm("norm", "norm")
    for i in range(2):
        to.layer(f"layers.{i}")
    for name in ("told", "place", "role_distance"):
        to.put(name, to.real(name + ".weight").numpy())
    to.put("features", to.real("features.weight").numpy().T)
    # The pair's features that are no products of vectors come in as they are.
    into = to.real("pair_in.weight")
    vectors = into.shape[1] - PAIR_FEATURES
    to.linear("pair_in", into[:, :vectors], to.real("pair_in.bias"))
    to.put("pair_features", into[:, vectors:].numpy().T)
    to.put("pair_out", torch.cat([to.real("pair_out.weight")[0], to.real("pair_out.bias")]).numpy())


def examples(model, tokenizer, path):
    """What the tagger with its weights as shipped makes of the lines of examples.txt, for the program's tests to compare:
    pieces, shapes, the words' first pieces, and the likeliest label of each word from both heads."""
    model.eval()
    lines = []
    for text in (Path(__file__).parent / "examples.txt").read_text(encoding="utf-8").splitlines():
        window, = data.windows({"text": text}, tokenizer, False)
        pieces, shapes, mask, _, _, _ = data.collate([window])
        with torch.no_grad():
            names, triggers = (x[0, window.heads].argmax(-1).tolist() for x in model(pieces, shapes, mask))
        lines.append(json.dumps({"text": text, "pieces": window.pieces, "shapes": window.shapes, "heads": window.heads,
                                 "names": names, "triggers": triggers}, ensure_ascii=False))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write(state, reader, tokenizer, folder):
    pieces = sorted(tokenizer.ids, key=tokenizer.ids.get)
    keep(tensors(state, reader, pieces, tokenizer.scores), folder)


def replace_reader(state, folder):
    """Puts another reader beside the tagger in a folder."""
    out = load_file(folder / "model.safetensors")
    of_reader(out, state)
    keep(out, folder)


def keep(out, folder):
    raw = save(out)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.safetensors").write_bytes(raw)
    (folder / "model.sha256").write_text(hashlib.sha256(raw).hexdigest() + "\n")
    print(f"{folder}: {len(raw) / 1e6:.1f} MB")


def quantised(state):
    """The state with weights as they are shipped, to measure what quantising loses."""
    out = dict(state)
    for name, weight in state.items():
        if name.endswith(".weight") and weight.ndim == 2 and not name.startswith(("positions", "shapes")):
            whole, scale = rows(weight.float(), 127 if name.startswith("pieces") else 63)
            out[name] = torch.from_numpy(whole.astype(np.float32) * scale[:, None])
    return out
