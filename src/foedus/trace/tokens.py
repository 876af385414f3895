"""The words of a text as numbers, each with its place in the untouched text.

A word is a run of letters and digits; letters that are written without spaces between words (Han, kana, Thai, Lao,
Khmer, Burmese) are words of their own. Capitals, accents and marks of vocalisation make no difference. Whole batches
are done at once, in arrays.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]
Places = NDArray[np.int32]

_SEPARATOR, _LETTER, _ALONE, _DROPPED = 1, 2, 3, 4
_KIND = 24
"""Bits of a character's code below what kind it is."""
_LEFT, _RIGHT = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)
_BATCH = 1 << 18
"""Characters done at once: the arrays of each step stay in a processor's cache."""

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


def _character(one: str) -> int:
    """What a character is folded to, and above that its kind."""
    category = unicodedata.category(one)
    if category in ("Mn", "Me", "Cf", "Lm") or one == "\u0640":
        return _DROPPED << _KIND
    if not (category[0] in "LN" or category == "Mc"):
        return _SEPARATOR << _KIND
    folded = one.casefold()[:1]
    folded = _ALIKE.get(folded, unicodedata.normalize("NFKD", folded)[:1]) or one
    alone = any(low <= ord(one) <= high for low, high in _ALONE_IN)
    return (_ALONE if alone else _LETTER) << _KIND | ord(folded)


_TABLE = np.zeros(0x110000, np.uint32)
"""Of each character what `_character` says; 0 until it is met."""


def _looked_up(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    found = _TABLE[codes]
    if not found.all():
        for code in np.unique(codes[found == 0]).tolist():
            _TABLE[code] = _character(chr(code))
        found = _TABLE[codes]
    return found


def _powers(base: int) -> Numbers:
    return np.cumprod(np.full(_BATCH + 1, base, np.uint64))


_UP, _DOWN = _powers(int(_LEFT)), _powers(pow(int(_LEFT), -1, 1 << 64))


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
        return self.cut(int(low), int(high))

    def cut(self, low: int, high: int) -> Tokens:
        """Words `low` to `high` (exclusive)."""
        return Tokens(self.text[low:high], self.start[low:high], self.end[low:high], self.word[low:high])


def tokenise(texts: Sequence[str]) -> Tokens:
    """The words of some texts, each text on its own."""
    done: list[Tokens] = []
    batch: list[tuple[int, int, str]] = []
    size = 0
    for number, text in enumerate(texts):
        for offset, piece in _pieces(text):
            if size + len(piece) + 1 > _BATCH:
                done.append(_words(batch))
                batch, size = [], 0
            batch.append((number, offset, piece))
            size += len(piece) + 1
    done.append(_words(batch))
    return Tokens(
        np.concatenate([one.text for one in done]),
        np.concatenate([one.start for one in done]),
        np.concatenate([one.end for one in done]),
        np.concatenate([one.word for one in done]),
    )


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """A text in pieces that a batch can hold, with where each begins; cut at a space where one is near."""
    begin = 0
    while len(text) - begin >= _BATCH:
        end = begin + _BATCH - 1
        space = max(text.rfind(" ", end - 4096, end), text.rfind("\n", end - 4096, end))
        end = space if space > begin else end
        yield begin, text[begin:end]
        begin = end
    yield begin, text[begin:] if begin else text


def _words(batch: Sequence[tuple[int, int, str]]) -> Tokens:
    """The words of pieces of texts: number of the text, where in it the piece begins, and the piece."""
    joined = "\0".join(piece for _, _, piece in batch) + "\0"  # a separator, also between texts
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    found = _looked_up(codes)
    kind = found >> np.uint32(_KIND)
    kept = None
    if (kind == _DROPPED).any():
        kept = np.flatnonzero(kind != _DROPPED)
        kind, found = kind[kept], found[kept]
    in_word = kind != _SEPARATOR
    inner = in_word[1:] & in_word[:-1]  # no word begins between these two, unless one stands alone
    alone = kind == _ALONE
    if alone.any():
        inner &= ~(alone[1:] | alone[:-1])
    first, last = in_word.copy(), in_word.copy()
    first[1:] &= ~inner
    last[:-1] &= ~inner
    starts, ends = np.flatnonzero(first), np.flatnonzero(last) + 1
    sums = np.zeros(len(found) + 1, np.uint64)
    np.cumsum((found + np.uint32(1)) * _UP[: len(found)], out=sums[1:])
    word = _mixed((sums[ends] - sums[starts]) * _DOWN[starts] + (ends - starts).astype(np.uint64))
    if kept is not None:
        starts, ends = kept[starts], kept[ends - 1] + 1
    begins = np.cumsum([0, *(len(piece) + 1 for _, _, piece in batch)])
    counts = np.diff(np.searchsorted(starts, begins))
    shift = np.repeat(begins[:-1] - [offset for _, offset, _ in batch], counts)
    return Tokens(
        np.repeat(np.array([number for number, _, _ in batch], np.int32), counts),
        (starts - shift).astype(np.int32),
        (ends - shift).astype(np.int32),
        word,
    )


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
