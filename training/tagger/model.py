"""The tagger: a small BERT encoder, a word-shape embedding beside its word pieces, and two heads, one for names and one
for triggers, on the first piece of each word."""

import math

import torch
import torch.nn.functional as F
from torch import nn

import words

KINDS = ["PERSON", "PLACE", "NORP", "ORG", "EVENT"]
NAMES = ["O"] + [f"{p}-{k}" for k in KINDS for p in "BI"]
TRIGGERS = ["O", "B-TRIGGER", "I-TRIGGER"]


class Layer(nn.Module):
    def __init__(self, width, heads, inner, eps, drop):
        super().__init__()
        self.heads, self.drop = heads, drop
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps), nn.LayerNorm(width, eps)

    def forward(self, x, mask):
        n, t, w = x.shape
        q, k, v = (y.view(n, t, self.heads, -1).transpose(1, 2) for y in self.qkv(x).chunk(3, -1))
        y = F.scaled_dot_product_attention(q, k, v, mask[:, None, None, :], self.drop if self.training else 0.0)
        y = self.out(y.transpose(1, 2).reshape(n, t, w))
        x = self.norm1(x + F.dropout(y, self.drop, self.training))
        y = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(y, self.drop, self.training))


class Tagger(nn.Module):
    """pieces, shapes [n, t] and mask [n, t] (true where there is a piece) -> name logits, trigger logits [n, t, .]"""

    def __init__(self, vocabulary, width=384, layers=6, heads=12, inner=1536, positions=130, eps=1e-12, drop=0.1):
        super().__init__()
        self.drop = drop
        self.pieces = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(positions, width)
        self.shapes = nn.Embedding(words.SHAPES, width)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(width, eps)
        self.layers = nn.ModuleList(Layer(width, heads, inner, eps, drop) for _ in range(layers))
        self.names, self.triggers = nn.Linear(width, len(NAMES)), nn.Linear(width, len(TRIGGERS))

    def encode(self, pieces, shapes, mask):
        """What the heads look at: [n, t, width]."""
        x = self.pieces(pieces) + self.positions.weight[: pieces.shape[1]] + self.shapes(shapes)
        x = F.dropout(self.norm(x), self.drop, self.training)
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def forward(self, pieces, shapes, mask):
        x = self.encode(pieces, shapes, mask)
        return self.names(x), self.triggers(x)


def from_bert(state, layers, offset=0, rows=None, positions=130, eps=1e-12):
    """A tagger on the first `layers` of a BERT state dict; `rows` keeps only these rows of the vocabulary, `offset`
    is where its positions begin."""
    get = lambda name: state[name].float()
    table = get("embeddings.word_embeddings.weight")
    table = table if rows is None else table[rows]
    width = table.shape[1]
    inner = get("encoder.layer.0.intermediate.dense.weight").shape[0]
    model = Tagger(len(table), width, layers, 12, inner, positions, eps)
    with torch.no_grad():
        model.pieces.weight.copy_(table)
        # Every piece is of the first token type.
        kind = get("embeddings.token_type_embeddings.weight")[0]
        model.positions.weight.copy_(get("embeddings.position_embeddings.weight")[offset:offset + positions] + kind)
        copy(model.norm, get, "embeddings.LayerNorm")
        for i, layer in enumerate(model.layers):
            at = f"encoder.layer.{i}."
            for part in ("weight", "bias"):
                three = [get(f"{at}attention.self.{x}.{part}") for x in ("query", "key", "value")]
                getattr(layer.qkv, part).copy_(torch.cat(three))
            copy(layer.out, get, at + "attention.output.dense")
            copy(layer.norm1, get, at + "attention.output.LayerNorm")
            copy(layer.up, get, at + "intermediate.dense")
            copy(layer.down, get, at + "output.dense")
            copy(layer.norm2, get, at + "output.LayerNorm")
    return model


def copy(part, get, name):
    part.weight.copy_(get(name + ".weight"))
    part.bias.copy_(get(name + ".bias"))


def impossible(labels):
    """[from, to] true where BIO does not allow the step: an I without its B or I before it."""
    table = torch.zeros(len(labels), len(labels), dtype=torch.bool)
    for i, a in enumerate(labels):
        for j, b in enumerate(labels):
            table[i, j] = b.startswith("I-") and a[2:] != b[2:]
    return table


def viterbi(scores, forbidden):
    """The best allowed path over log probabilities [t, labels]; a first I is not allowed."""
    penalty = torch.where(forbidden, -1e4, 0.0)
    best, back = scores[0] + penalty[0], []
    for row in scores[1:]:
        total, arg = (best[:, None] + penalty).max(0)
        back.append(arg)
        best = total + row
    path = [int(best.argmax())]
    for arg in reversed(back):
        path.append(int(arg[path[-1]]))
    return path[::-1]


def spans(path, labels):
    """(first, last + 1, kind) of each name in a path."""
    found, start = [], None
    for i, k in enumerate(path + [0]):
        name = labels[k]
        if start is not None and not name.startswith("I-"):
            found.append((start, i, labels[path[start]][2:]))
            start = None
        if name.startswith("B-"):
            start = i
    return found


def log_allowed(logits, allowed):
    """Log of the summed probability of the allowed labels [.., labels]: what is not marked exhaustively says little."""
    return torch.logsumexp(F.log_softmax(logits.float(), -1).masked_fill(~allowed, -math.inf), -1)
