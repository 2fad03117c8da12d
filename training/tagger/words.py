"""Texts as the tagger sees them: words, their shapes, word pieces, windows.

`src/suggest/tagger` has the same words, shapes and pieces in the program, and `export.py` writes examples that a test of
the program reads, so that the two cannot drift apart. Sentences, at which windows are cut, are found more roughly here.
"""

import re
import unicodedata

MAX_PIECES = 126  # in a window, its [CLS] and [SEP] aside
MAX_WORD = 48  # characters of a word that are looked at; a longer one is unknown
SHAPES = 16  # eight shapes, each inside a line or at the start of one

WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+|[^\s]")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
ENDS = {".", "!", "?", "。", "！", "？"}
CLOSES = {'"', "'", "”", "’", ")", "]", "»"}


def words(text):
    """The words of a text: [(start, end)], characters. A word is a run of letters and digits, or any one other
    character; each CJK character is a word of its own."""
    found = []
    for m in WORD.finditer(text):
        a, b = m.span()
        if b - a > 1 and CJK.search(text, a, b):
            start = a
            for i in range(a, b):
                if CJK.match(text[i]):
                    if start < i:
                        found.append((start, i))
                    found.append((i, i + 1))
                    start = i + 1
            if start < b:
                found.append((start, b))
        else:
            found.append((a, b))
    return found


def shape(word, line_start):
    """What an uncased encoder cannot see of a word."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        kind = 0 if any(c.isnumeric() for c in word) else 1
    elif any(c.isnumeric() for c in word):
        kind = 2
    elif all(not c.isupper() for c in letters):
        kind = 3
    elif letters[0].isupper() and all(not c.isupper() for c in letters[1:]):
        kind = 4 if len(letters) > 1 else 5
    elif all(not c.islower() for c in letters):
        kind = 6
    else:
        kind = 7
    return kind + 8 * line_start


def normal(word):
    """As an uncased vocabulary has it: small letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")


class WordPiece:
    """Greedy longest-match word pieces over a BERT vocabulary."""

    def __init__(self, vocabulary):
        self.ids = {piece: i for i, piece in enumerate(vocabulary)}
        self.unknown, self.start, self.stop = (self.ids[p] for p in ("[UNK]", "[CLS]", "[SEP]"))
        self.mask, self.cache = self.ids["[MASK]"], {}

    def pieces(self, word, spaced=True):
        if word not in self.cache:
            self.cache[word] = self._pieces(normal(word))
        return self.cache[word]

    def _pieces(self, word):
        if not word or len(word) > MAX_WORD:
            return [self.unknown]
        found, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = ("##" if start else "") + word[start:end]
                if piece in self.ids:
                    found.append(self.ids[piece])
                    break
            else:
                return [self.unknown]
            start = end
        return found


def sentences(text, spans):
    """Splits words [(start, end)] into sentences: [(first, last + 1)], at line ends and behind full stops that a
    capital follows. Rough is enough: windows begin and end there."""
    found, first = [], 0
    for i in range(1, len(spans)):
        between = text[spans[i - 1][1]:spans[i][0]]
        cut = "\n" in between
        if not cut and between:
            k = i - 1
            while k > first and text[spans[k][0]:spans[k][1]] in CLOSES:
                k -= 1
            if text[spans[k][0]:spans[k][1]] in ENDS and k > first:
                before, after = spans[k - 1], text[spans[i][0]]
                cut = before[1] - before[0] > 2 and not after.islower()
        if cut:
            found.append((first, i))
            first = i
    if spans:
        found.append((first, len(spans)))
    return found


def windows(lengths, sentences, most=MAX_PIECES):
    """Whole sentences together as long as their pieces fit, a longer sentence cut: [(first, last + 1)] of words."""
    found, first, used = [], 0, 0
    for a, b in sentences:
        size = sum(lengths[a:b])
        if used and used + size > most:
            found.append((first, a))
            first, used = a, 0
        if size > most:
            for i in range(a, b):
                if used + lengths[i] > most:
                    found.append((first, i))
                    first, used = i, 0
                used += lengths[i]
        else:
            used += size
    if sentences and first < sentences[-1][1]:
        found.append((first, sentences[-1][1]))
    return found
