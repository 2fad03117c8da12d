"""Articles with event records, sentences with one event, and chains of mentions, as the reader learns from them."""

import json
import re

import torch

import data
import words
from reader import KINDS, MODALITIES, PLOVER, ROLES, TOLD

# Who a word may stand for.
PRONOUNS = {"PERSON": set("he she him her his who i my me".split()), "ORG": set("it its we our which they their who".split()),
            "GROUP": set("they them their we our who".split()), "COUNTRY": set("it its we our which".split())}
ALL_PRONOUNS = set().union(*PRONOUNS.values())
MONTHS = "january february march april may june july august september october november december".split()
ENDINGS = re.compile(r"(?:ations?|ions?|ments?|ings?|ed|es|s|e|ers?|ors?)$")


def stem(word):
    """Roughly what the forms of a word share."""
    word = word.lower()
    cut = ENDINGS.sub("", word)
    return (cut if len(cut) >= 3 else word)[:7]


class Document:
    """A text with candidates. Words are indexes into `spans`; `windows` are the tagger's."""

    def __init__(self, text, found, tokenizer):
        """`found`: the candidates as {start, end, label, type, score}, characters."""
        self.text = text
        self.windows = [w for w in data.windows({"text": text}, tokenizer, False) if w.heads]
        self.spans = [s for w in self.windows for s in w.spans]
        self.sentences = words.sentences(text, self.spans)
        of_word = [i for i, (a, b) in enumerate(self.sentences) for _ in range(a, b)]
        self.candidates, self.told, self.scores = [], [], []
        for c in sorted(found, key=lambda c: (c["start"], -c["end"])):
            inside = data.touched(self.spans, c)
            if inside:
                self.candidates.append((inside[0], inside[-1]))
                self.told.append(TOLD.index(c.get("type") or "") if c.get("type") != "?" else len(TOLD) - 1)
                self.scores.append(c["score"])
        self.of_sentence = [of_word[a] for a, _ in self.candidates]
        self.stems = [stem(text[self.spans[a][0]:self.spans[a][1]]) for a, _ in self.candidates]
        self.features = [self.feature(i) for i in range(len(self.candidates))]

    def feature(self, i):
        """The score; how often its stem tells again; whether the first sentence has its stem, elsewhere; whether it is
        quoted; whether it is the first of its sentence; how many are in its sentence; whether a number is."""
        first, last = self.candidates[i]
        sentence = self.of_sentence[i]
        a, b = self.sentences[sentence]
        word = lambda w: self.text[slice(*self.spans[w])]
        lead = {stem(word(w)) for w in range(*self.sentences[0])}
        line = self.text[self.text.rfind("\n", 0, self.spans[first][0]) + 1:self.spans[first][0]]
        quoted = line.count("\u201c") > line.count("\u201d") or line.count('"') % 2 == 1
        here = [k for k, s in enumerate(self.of_sentence) if s == sentence]
        return [self.scores[i], min(3, self.stems.count(self.stems[i]) - 1) / 3, float(sentence > 0 and self.stems[i] in lead), float(quoted),
                float(here[0] == i), min(6, len(here)) / 6, float(any(word(w)[0].isdigit() for w in range(a, b)))]

    def characters(self, candidate):
        a, b = self.candidates[candidate]
        return self.spans[a][0], self.spans[b][1]

    def around(self, candidate, before=0, behind=0):
        """The words of a candidate's sentence and its neighbours: first, last + 1."""
        s = self.of_sentence[candidate]
        return self.sentences[max(0, s - before)][0], self.sentences[min(len(self.sentences) - 1, s + behind)][1]


def candidates(answer):
    """Those of an answer of `suggest --jsonl --layers all`."""
    return [s for s in answer["spans"] if s["label"] in ("TRIGGER", "EVENT")]


def meets(a, b):
    return a[0] < b[1] and b[0] < a[1]


def names_of(text, party, answer):
    """Where an actor, recipient or place is named: [(start, end)]."""
    found = []
    find = lambda name: [(m.start(), m.end()) for m in re.finditer(r"(?<!\w)" + re.escape(name) + r"(?!\w)", text)] if name else []
    name = party["name"]
    found += find(name)
    kind = party.get("type", "PLACE")
    if kind == "COUNTRY" or kind == "PLACE" and party.get("country") and any(s["label"] == "COUNTRY" and text[s["start"]:s["end"]] == name for s in answer["spans"]):
        found += [(s["start"], s["end"]) for s in answer["spans"] if s["label"] == "COUNTRY" and s.get("country") == party.get("country")]
    if kind == "PERSON":
        last = name.split()[-1] if name.split() else ""
        for person in answer["people"]:
            if last and (last in person["name"].split()):
                found += [tuple(m) for m in person["mentions"]]
        if len(last) > 2 and last[:1].isupper():
            found += find(last)
    if kind == "ORG":
        short = re.search(re.escape(name) + r"[^(]{0,20}\(([A-Z][\w&.-]{1,9})\)", text)
        found += find(short.group(1)) if short else []
        initials = "".join(w[0] for w in re.findall(r"[A-Za-z]+", name) if w[0].isupper())
        found += find(initials) if len(initials) > 2 else []
        head = re.split(r"\W", name)[0]
        if len(head) > 3 and head[0].isupper() and len(name.split()) > 1:
            found += [f for f in find(head) if any(s["label"] == "ORG" and meets(f, (s["start"], s["end"])) for s in answer["spans"])]
    if kind in ("GROUP", "ORG") and not found:
        head = name.split()[-1] if name.split() else ""
        found += find(head) if len(head) > 3 else []
    return sorted(set(found))


class Roles:
    """Words around candidates with the roles that they have for them: `candidates` and `words` as indexes, `target` and
    `told` (whether anything is known) [pairs, ROLES], and what each pair weighs."""

    def __init__(self):
        self.parts = []

    def add(self, candidate, first, last, target, told, weight=1.0):
        words = torch.arange(first, last)
        self.parts.append((torch.full_like(words, candidate), words, target, told, torch.full((len(words),), weight)))

    def close(self):
        if self.parts:
            self.candidates, self.words, self.target, self.told, self.weight = (torch.cat(x) for x in zip(*self.parts))
        self.count, self.parts = len(self.parts), None


class Article(Document):
    """An article with gold records: for each candidate its `record` or none, and the words of its parties."""

    def __init__(self, gold, answer, tokenizer):
        super().__init__(gold["text"], candidates(answer), tokenizer)
        self.id, self.gold, self.answer = gold["id"], gold["events"], answer
        self.records = []
        for i in range(len(self.candidates)):
            span = self.characters(i)
            over = [k for k, e in enumerate(self.gold) if any(meets(span, m) for m in e["mentions"])]
            self.records.append(over)
        parties = []
        for e in self.gold:
            by_role = {"actor": e["actors"], "recipient": e["recipients"], "place": [e["place"]] if e["place"] else [], "date": []}
            parties.append({role: [(p, names_of(self.text, p, answer)) for p in by_role[role]] for role in ROLES})
        self.roles = Roles()
        for i, over in enumerate(self.records):
            if over:
                self.roles.add(i, *self.words_of(i, over, parties), 0.4 if self.gold[self.main(i)]["worth"] == 1 else 1.0)
        self.roles.close()

    def main(self, i):
        """The record that a candidate belongs to: the worthiest."""
        return max(self.records[i], key=lambda k: (self.gold[k]["worth"], len(self.gold[k]["mentions"])), default=None)

    def words_of(self, candidate, over, parties):
        """-> (first, last + 1, target [words, ROLES], told [words, ROLES]): over the candidate's sentence and the one
        before it. A party is looked for in its sentence, then among the pronouns there, then in the sentence before."""
        first, last = self.around(candidate, before=1)
        own, _ = self.around(candidate)
        target = torch.zeros(last - first, len(ROLES))
        told = torch.ones(last - first, len(ROLES))
        ca, cb = self.candidates[candidate]
        word = lambda w: self.text[slice(*self.spans[w])]
        for k in over:
            for r, role in enumerate(ROLES[:3]):
                for party, places in parties[k][role]:
                    inside = {w for p in places for w in data.touched(self.spans, {"start": p[0], "end": p[1]})
                              if first <= w < last and not ca <= w <= cb}
                    here = {w for w in inside if w >= own}
                    if not here and r < 2:
                        stand = [w for w in range(own, last) if word(w).lower() in PRONOUNS.get(party["type"], ())]
                        if len(stand) == 1:
                            here = set(stand)
                        elif stand:
                            for w in stand:
                                told[w - first, r] = 0
                    for w in here or inside:
                        target[w - first, r] = 1
            for w in self.days(k, first, last):
                target[w - first, 3] = 1
        return first, last, target, told

    def days(self, k, first, last):
        """The words among `first` to before `last` that say when a record took place, where they say it by number."""
        date = self.gold[k]["date"]
        if not date:
            return []
        found = []
        parts = [[int(x) for x in d.split("-")] for d in date.split("/")]
        for w in range(first, last):
            word = self.text[slice(*self.spans[w])].lower()
            for day in parts:
                if word == str(day[0]):
                    found.append(w)
                if len(day) > 1 and len(word) > 2 and MONTHS[day[1] - 1].startswith(word):
                    found.append(w)
                    found += [v for v in (w - 1, w + 1) if len(day) > 2 and first <= v < last
                              and self.text[slice(*self.spans[v])].lower() in (str(day[2]), f"{day[2]:02}", f"{day[2]}th", f"{day[2]}st", f"{day[2]}nd", f"{day[2]}rd")]
        return found


class Unmarked(Document):
    """A text without marks, of which teachers say what they think."""

    def __init__(self, answered, tokenizer):
        """`answered`: the text, and the engine's answer to it."""
        super().__init__(answered["text"], candidates(answered["answer"]), tokenizer)


class Sentence(Document):
    """A sentence with one PLOVER event: its possible kinds, and the words of actor and recipient."""

    def __init__(self, gold, answer, tokenizer):
        super().__init__(gold["text"], candidates(answer), tokenizer)
        self.id = gold["id"]
        kinds = ["CONCEDE", "RETREAT"] if gold["type"] == "YIELD" else [gold["type"]]
        self.kinds = torch.zeros(len(KINDS), dtype=torch.bool)
        self.kinds[[KINDS.index(k) for k in kinds]] = True
        self.target = torch.zeros(len(self.spans), len(ROLES))
        for r, role in enumerate(ROLES[:2]):
            for w in data.touched(self.spans, {"start": gold[role][0], "end": gold[role][1]}):
                self.target[w, r] = 1


class Parsed(Document):
    """A text with the arguments that a parser found for its verbs and event nouns, see `parse.py`."""

    def __init__(self, parsed, tokenizer):
        frames = {f["trigger"][0]: f for f in parsed["frames"]}
        triggers = [{"start": f["trigger"][0], "end": f["trigger"][1], "type": "?", "score": 0.8} for f in frames.values()]
        super().__init__(parsed["text"], triggers, tokenizer)
        self.roles = Roles()
        for i, (a, _) in enumerate(self.candidates):
            frame = frames.get(self.spans[a][0])
            if frame:
                first, last = self.around(i)
                target = torch.zeros(last - first, len(ROLES))
                for r, role in enumerate(ROLES):
                    for start, end in frame[role]:
                        for w in data.touched(self.spans, {"start": start, "end": end}):
                            if first <= w < last:
                                target[w - first, r] = 1
                self.roles.add(i, first, last, target, torch.ones_like(target))
        self.roles.close()


class Chains(Document):
    """A text with chains of mentions, marked in some sentences."""

    def __init__(self, gold, tokenizer):
        told = [{"start": e["start"], "end": e["end"], "type": "?", "score": 0.8} for e in gold["events"] if "REPORTING" not in e["type"] and "STATE" not in e["type"]]
        seen, once = set(), []
        for e in sorted(told, key=lambda e: (e["start"], -e["end"])):
            if e["start"] not in seen:
                seen.add(e["start"])
                once.append(e)
        super().__init__(gold["text"], once, tokenizer)
        chain = {e["start"]: e["chain"] for e in gold["events"]}
        self.id = gold["id"]
        self.chains = [chain.get(self.spans[a][0], f"?{i}") for i, (a, _) in enumerate(self.candidates)]


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]
