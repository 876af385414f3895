"""The words of a text as numbers, each with its place in the untouched text.

A word is a run of letters and digits; letters that are written without spaces between words (Han, kana, Thai, Lao,
Khmer, Burmese) are words of their own. Capitals, accents and marks of vocalisation make no difference. Whole batches
are done at once, in arrays.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]
Places = NDArray[np.int32]

_SEPARATOR, _LETTER, _ALONE, _DROPPED = 0, 1, 2, 3
_LEFT, _RIGHT = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)

_ALL = (1 << 64) - 1

_ALONE_IN = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF), (0x20000, 0x323AF),
)  # fmt: skip
_ALIKE = {
    "ё": "е",
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ة": "ه",
    "ß": "s",
    "ı": "i",
    "ł": "l",
    "ø": "o",
}


class _Table:
    """What each character is and to what it is folded, learnt as characters are met."""

    def __init__(self) -> None:
        self.kind = np.zeros(0x110000, np.uint8)
        self.value = np.zeros(0x110000, np.uint64)
        self.known = np.zeros(0x110000, np.bool_)

    def learn(self, codes: NDArray[np.uint8] | NDArray[np.uint32]) -> None:
        """Look up every character that was not met before."""
        if self.known[codes].all():
            return
        for code in np.unique(codes[~self.known[codes]]).tolist():
            self.kind[code], folded = _character(chr(code))
            self.value[code] = (folded + int(_RIGHT)) & _ALL if self.kind[code] != _SEPARATOR else 0
            self.known[code] = True


def _character(one: str) -> tuple[int, int]:
    category = unicodedata.category(one)
    if category in ("Mn", "Me", "Cf", "Lm") or one == "\u0640":
        return _DROPPED, 0
    if not (category[0] in "LN" or category == "Mc"):
        return _SEPARATOR, 0
    folded = one.casefold()[:1]
    folded = _ALIKE.get(folded, unicodedata.normalize("NFKD", folded)[:1]) or one
    if any(low <= ord(one) <= high for low, high in _ALONE_IN):
        return _ALONE, ord(folded)
    return _LETTER, ord(folded)


_TABLE = _Table()
_POWERS: list[Numbers] = [np.zeros(0, np.uint64), np.zeros(0, np.uint64)]


@dataclass(frozen=True)
class Tokens:
    """The words of a batch of texts: arrays of one length, in order. `text` is which text of the batch a word
    is of, `start` and `end` its characters there, `word` what it is: equal for equal words."""

    text: Places
    start: Places
    end: Places
    word: Numbers

    def of(self, n: int) -> Tokens:
        """The words of one text of the batch."""
        low, high = np.searchsorted(self.text, (n, n + 1))
        return Tokens(self.text[low:high], self.start[low:high], self.end[low:high], self.word[low:high])


def tokenise(texts: Sequence[str]) -> Tokens:
    """The words of some texts, each text on its own."""
    joined = "\0".join(texts)  # a NUL is a separator, also between texts
    if joined.isascii():
        codes = np.frombuffer(joined.encode("ascii"), np.uint8)
    else:
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    begins = np.cumsum([0, *(len(text) + 1 for text in texts)])[:-1]
    _TABLE.learn(codes)
    kind = _TABLE.kind[codes]
    kept = None
    if (kind == _DROPPED).any():
        kept = np.flatnonzero(kind != _DROPPED)
        kind, codes = kind[kept], codes[kept]
    starts, lasts = _ends(kind)
    # A word is the sum of its letters times powers of an odd number, by their place: the difference of two sums
    # over the whole batch, divided by the power at which the word begins.
    power, inverse = _powers(len(codes))
    sums = np.cumsum(_TABLE.value[codes] * power)
    before = sums[starts - 1]
    if len(starts) and starts[0] == 0:
        before[0] = 0
    word = _mixed((sums[lasts] - before) * inverse[starts] + (lasts - starts + 1).astype(np.uint64))
    if kept is not None:
        starts, lasts = kept[starts], kept[lasts]
    counts = np.diff(np.append(np.searchsorted(starts, begins), len(starts)))
    shift = np.repeat(begins, counts)
    return Tokens(
        np.repeat(np.arange(len(texts), dtype=np.int32), counts),
        (starts - shift).astype(np.int32),
        (lasts + 1 - shift).astype(np.int32),
        word,
    )


def _ends(kind: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first and the last character of each word."""
    inside = np.zeros(len(kind) + 2, np.bool_)
    inside[1:-1] = kind != _SEPARATOR
    first = inside[1:-1] & ~inside[:-2]
    last = inside[1:-1] & ~inside[2:]
    alone = kind == _ALONE
    if alone.any():
        first |= alone
        last |= alone
        first[1:] |= alone[:-1] & inside[2:-1]
        last[:-1] |= alone[1:] & inside[1:-2]
    return np.flatnonzero(first), np.flatnonzero(last)


def _powers(count: int) -> tuple[Numbers, Numbers]:
    """So many powers of an odd number, and of its inverse, modulo 2**64."""
    if len(_POWERS[0]) < count:
        for which, base in enumerate((int(_LEFT), pow(int(_LEFT), -1, 1 << 64))):
            _POWERS[which] = np.cumprod(np.full(count + count // 4, base, np.uint64))
    return _POWERS[0][:count], _POWERS[1][:count]


def grams(tokens: Tokens, k: int) -> tuple[Places, Numbers]:
    """Every run of k words: the place of its first word in the batch, and what the run is. Runs never go from
    one text to the next."""
    count = len(tokens.word) - k + 1
    if count <= 0:
        return np.zeros(0, np.int32), np.zeros(0, np.uint64)
    made = tokens.word[:count].copy()
    for n in range(1, k):
        made = _mixed(made * _LEFT + tokens.word[n : n + count])
    at = np.flatnonzero(tokens.text[:count] == tokens.text[k - 1 :])
    return at.astype(np.int32), made[at]


def _mixed(numbers: Numbers) -> Numbers:
    """Spread over all bits (the finaliser of splitmix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * _RIGHT
    return numbers ^ (numbers >> np.uint64(31))
