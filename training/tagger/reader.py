"""The reader: heads beside the tagger's that make event records of its triggers. It sees an article whole: every
candidate (a trigger or a named event, with what the rules take it for) and every sentence as a row, over which a small
encoder looks before it is said of each candidate whether a person would keep it, of which kind it is and how real, of
each two whether they tell of one happening, and of each word near a candidate whether it names who does it, to whom,
where or when."""

import torch
import torch.nn.functional as F
from torch import nn

from model import Layer

PLOVER = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
NAMED = "election war summit games disaster epidemic ceremony agreement other".split()
NEWS = "accident disaster crime death birth health sport business court law science culture appointment other".split()
KINDS = PLOVER + [f"NAMED:{c}" for c in NAMED] + [f"OTHER:{c}" for c in NEWS]
# What the rules take a candidate for: nothing that they know, a PLOVER type, a named event; unknown in training alone.
TOLD = ["", *PLOVER, "NAMED", "?"]
MODALITIES = ["actual", "planned", "possible", "denied", "demanded"]
ROLES = ["actor", "recipient", "place", "date"]

WIDTH = 128
PAIR = 64
ROLE = 48
# How far a word may be from a candidate, in words, each distance within it told apart; beyond it by direction alone.
NEAR = 12
# What is known of a candidate beside its words, see `records.Document.features`.
FEATURES = 7
# How many of an article's first words the reader looks at one by one.
LEAD = 40
# Where a sentence stands: 0, 1, 2, 3, then in ever wider steps.
PLACES = 10


def place(sentence):
    """The row for the position of a sentence."""
    for row, most in enumerate((0, 1, 2, 3, 5, 8, 12, 18, 27)):
        if sentence <= most:
            return row
    return PLACES - 1


def apart(a, b):
    """The row for how many sentences lie between two candidates."""
    d = abs(a - b)
    return d if d < 3 else 3 if d < 6 else 4 if d < 12 else 5


class Reader(nn.Module):
    def __init__(self, width=384, drop=0.2):
        super().__init__()
        self.drop = drop
        self.trigger, self.sentence = nn.Linear(width, WIDTH), nn.Linear(width, WIDTH)
        self.told, self.place = nn.Embedding(len(TOLD), WIDTH), nn.Embedding(PLACES, WIDTH)
        self.features = nn.Linear(FEATURES, WIDTH, bias=False)
        self.lead = nn.Linear(width, WIDTH)
        for table in (self.told, self.place):
            nn.init.normal_(table.weight, std=0.05)
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.layers = nn.ModuleList(Layer(WIDTH, 4, 2 * WIDTH, 1e-12, drop) for _ in range(2))
        self.worth, self.kind, self.modality = nn.Linear(WIDTH, 3), nn.Linear(WIDTH, len(KINDS)), nn.Linear(WIDTH, len(MODALITIES))
        self.kind_word, self.modality_word = nn.Linear(width, len(KINDS)), nn.Linear(width, len(MODALITIES))
        self.pair, self.pair_word = nn.Linear(WIDTH, PAIR), nn.Linear(width, PAIR)
        self.pair_in, self.pair_out = nn.Linear(3 * PAIR + 8, PAIR), nn.Linear(PAIR, 1)
        self.role_trigger, self.role_word = nn.Linear(width, len(ROLES) * ROLE), nn.Linear(width, len(ROLES) * ROLE)
        self.role_bias = nn.Linear(width, len(ROLES))
        self.role_distance = nn.Embedding(2 * NEAR + 1, len(ROLES))
        nn.init.zeros_(self.role_distance.weight)

    def rows(self, hidden, found):
        """hidden [words, width], a `records.Document` -> candidates' own vectors [c, width], their rows [c, WIDTH]."""
        own = torch.stack([hidden[a:b + 1].mean(0) for a, b in found.candidates])
        sentences = torch.stack([hidden[a:b].mean(0) for a, b in found.sentences])
        device = hidden.device
        told = torch.tensor(found.told, device=device)
        if self.training:
            told = torch.where(torch.rand(len(told), device=device) < 0.15, len(TOLD) - 1, told)
        features = torch.tensor(found.features, device=device)
        at = torch.tensor([place(s) for s in found.of_sentence], device=device)
        drop = lambda x: F.dropout(x, self.drop, self.training)
        x = self.trigger(drop(own)) + self.told(told) + self.place(at) + self.features(features)
        s = self.sentence(drop(sentences)) + self.place(torch.tensor([place(i) for i in range(len(sentences))], device=device))
        x = drop(self.norm(torch.cat([x, s, self.lead(drop(hidden[:LEAD]))])))[None]
        mask = torch.ones(1, x.shape[1], dtype=torch.bool, device=device)
        for layer in self.layers:
            x = layer(x, mask)
        return own, x[0, :len(own)]

    def judge(self, own, rows):
        """-> log odds of a worth of at least 1, 2, 3 [c, 3], kind and modality logits."""
        drop = lambda x: F.dropout(x, self.drop, self.training)
        rows, own = drop(rows), drop(own)
        return self.worth(rows), self.kind(rows) + self.kind_word(own), self.modality(rows) + self.modality_word(own)

    def same(self, own, rows, found, left, right):
        """Log odds that candidates `left` and `right` [pairs] tell of one happening."""
        a, b = self.pair(rows), self.pair_word(own)
        near = torch.tensor([apart(found.of_sentence[i], found.of_sentence[j]) for i, j in zip(left.tolist(), right.tolist())], device=rows.device)
        stem = torch.tensor([[float(found.stems[i] == found.stems[j]), float(found.told[i] == found.told[j] and found.told[i] > 0)]
                             for i, j in zip(left.tolist(), right.tolist())], device=rows.device)
        x = torch.cat([a[left] * a[right], (a[left] - a[right]).abs(), b[left] * b[right], F.one_hot(near, 6).float(), stem], -1)
        x = F.dropout(F.relu(self.pair_in(x)), self.drop, self.training)
        return self.pair_out(x)[:, 0]

    def role(self, hidden, found, candidates, words):
        """Log odds of each role [pairs, ROLES] of a word for a candidate, for pairs of them as indexes."""
        first, last = torch.tensor(found.candidates, device=hidden.device)[candidates].T
        far = torch.where(words < first, (NEAR + words - first).clamp(min=0), (NEAR + words - last).clamp(NEAR, 2 * NEAR))
        own = torch.stack([hidden[a:b + 1].mean(0) for a, b in found.candidates])
        drop = lambda x: F.dropout(x, self.drop / 2, self.training)
        triggers = self.role_trigger(drop(own)).view(-1, len(ROLES), ROLE)[candidates]
        products = (self.role_word(drop(hidden)).view(-1, len(ROLES), ROLE)[words] * triggers).sum(-1)
        return products / ROLE ** 0.5 + self.role_bias(hidden)[words] + self.role_distance(far)
