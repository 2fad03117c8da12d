"""Writes the trained tagger as the program reads it: 8-bit weights (kept to 7 bits, so that all processors compute the
same), real scales, and the vocabulary, in one safetensors file with its hash beside it."""

import hashlib
import json
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save

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


def tensors(state, reader, vocabulary, scores):
    out = {}
    f = lambda name: (reader[name[7:]] if name.startswith("reader.") else state[name]).float()
    out["pieces.weight"], out["pieces.scale"] = rows(f("pieces.weight"), 127)
    out["positions"], out["shapes"] = f("positions.weight").numpy(), f("shapes.weight").numpy()
    def norm(to, name):
        out[to + ".scale"], out[to + ".bias"] = f(name + ".weight").numpy(), f(name + ".bias").numpy()
    def linear(to, weight, bias):
        whole, out[to + ".scale"] = rows(weight, 63)
        out[to + ".weight"] = np.ascontiguousarray(whole.T)  # [inputs, outputs]
        out[to + ".bias"] = bias.numpy()
    norm("norm", "norm")
    def layer(at):
        for name in ("qkv", "out", "up", "down"):
            linear(f"{at}.{name}", f(f"{at}.{name}.weight"), f(f"{at}.{name}.bias"))
        norm(f"{at}.norm1", f"{at}.norm1")
        norm(f"{at}.norm2", f"{at}.norm2")
    def heads(to, *names):
        linear(to, torch.cat([f(f"{n}.weight") for n in names]), torch.cat([f(f"{n}.bias") for n in names]))
    i = 0
    while f"layers.{i}.qkv.weight" in state:
        layer(f"layers.{i}")
        i += 1
    heads("heads", "names", "triggers")
    if reader is not None:
        of_reader(out, f, heads, layer, norm, linear)
    out["vocabulary"] = np.frombuffer("".join(p + "\n" for p in vocabulary).encode(), np.uint8)
    out["vocabulary.score"] = np.array(scores, np.float32)
    return out


def of_reader(out, f, heads, layer, norm, linear):
    """The tensors of the reader, see `src/suggest/tagger/reader.rs`."""
    r = "reader."
    for name in ("trigger", "sentence", "lead", "pair", "pair_word", "role_trigger"):
        heads(r + name, r + name)
    heads(r + "judge", r + "worth", r + "kind", r + "modality")
    heads(r + "judge_word", r + "kind_word", r + "modality_word")
    heads(r + "role_word", r + "role_word", r + "role_bias")
    norm(r + "norm", r + "norm")
    for i in range(2):
        layer(f"{r}layers.{i}")
    for name in ("told", "place", "role_distance"):
        out[r + name] = f(f"{r}{name}.weight").numpy()
    out[r + "features"] = np.ascontiguousarray(f(r + "features.weight").numpy().T)
    # The pair's features that are no products of vectors come in as they are.
    into = f(r + "pair_in.weight")
    vectors = into.shape[1] - PAIR_FEATURES
    linear(r + "pair_in", into[:, :vectors], f(r + "pair_in.bias"))
    out[r + "pair_features"] = np.ascontiguousarray(into[:, vectors:].numpy().T)
    out[r + "pair_out"] = torch.cat([f(r + "pair_out.weight")[0], f(r + "pair_out.bias")]).numpy()


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
    raw = save(tensors(state, reader, pieces, tokenizer.scores))
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
