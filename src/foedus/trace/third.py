"""What stands in a text that is known: a treaty, a resolution, a speech that anybody may quote.

Two documents that both quote a treaty are not copies of one another for that. The known text may stand in them word
for word; or in other words, since each translates or retells it. So a part of a passage counts as known in one of
two ways:

- it has a run of words that the known text has, weighty enough; or
- most of its words, each counted by how rare it is in the documents at hand, stand close to one another in the known
  text, in whatever order and form (words are alike that have most groups of three letters in common, so that an
  inflected word is known again).

It can miss a retelling that shares too few words with the known text: by synonyms throughout, or in another
language; a short one (under `FEWEST` words); and one of a sentence whose words are all common in these documents.
It can take for known what only speaks of the same things in the same words within a few lines.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.trace.document import Document
from foedus.trace.plan import K
from foedus.trace.tokens import Numbers, Tokens, grams, tokenise

WINDOW: Final = 60
"""Words of the known text that a retelling of one provision may be spread over."""
STEP: Final = 15
FEWEST: Final = 12
"""Words that a retelling has at least."""
SHARE: Final = 0.55
"""How much of a retelling's weight stands in the known text."""
WEIGHT: Final = 5.0
"""The weight of its words that do, each counted once: a word that nobody else uses weighs 1, the commonest near 0."""
ALIKE: Final = 0.6
"""Dice's coefficient of two words' groups of three letters, from which on they are forms of one."""
RUN, RUN_WEIGHT = 6, 2.8
"""Words of a run that is known word for word, and their weight."""
COMMON: Final = 0.4
"""Words of less weight say nothing of where in the known text to look."""
TRIED: Final = 24
"""Windows of the known texts that are looked at closely, those with most of a passage's words first."""
HELD: Final = 4096
"""Runs of words of which it is remembered what of them is known."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words `first` to `last` (exclusive) of a document stand in the known text `third`."""

    first: int
    last: int
    third: str


class Third:
    """The known texts, made ready. `seen` are words of the documents at hand, by which rarity is judged."""

    def __init__(self, known: Sequence[Document], seen: Numbers) -> None:
        self._names = [one.id for one in known]
        self._words = tokenise([one.text for one in known])
        numbers, places, counts = np.unique(
            np.concatenate((self._words.word, seen)), return_index=True, return_counts=True
        )
        self._count: dict[int, int] = dict(zip(numbers.tolist(), counts.tolist(), strict=True))
        self._total = int(counts.sum())
        self._weights: dict[int, float] = {}
        self._known: dict[bytes, tuple[tuple[int, int, str], ...]] = {}
        self._windows: list[tuple[int, frozenset[int]]] = []
        self._by_three: dict[str, list[int]] = defaultdict(list)
        self._threes: dict[int, frozenset[str]] = {}
        self._forms: dict[int, tuple[int, ...]] = {}
        for number, place in zip(numbers.tolist(), places.tolist(), strict=True):
            if place < len(self._words.word):
                text = known[int(self._words.text[place])].text
                word = text[int(self._words.start[place]) : int(self._words.end[place])]
                self._threes[number] = threes = _threes(word)
                for three in threes:
                    self._by_three[three].append(number)
        self._cut()
        at, gram = grams(self._words, K)
        self._runs: dict[int, set[int]] = defaultdict(set)
        for text, one in zip(self._words.text[at].tolist(), gram.tolist(), strict=True):
            self._runs[one].add(text)

    def __bool__(self) -> bool:
        return bool(self._names)

    def _cut(self) -> None:
        """Overlapping windows of each known text, and which word stands in which."""
        bounds = np.searchsorted(self._words.text, np.arange(len(self._names) + 1)).tolist()
        words = self._words.word.tolist()
        met: dict[int, list[int]] = defaultdict(list)
        for text, (low, high) in enumerate(pairwise(bounds)):
            for begin in range(low, max(high - WINDOW + STEP, low + 1), STEP):
                has = frozenset(words[begin : min(begin + WINDOW, high)])
                for word in has:
                    met[word].append(len(self._windows))
                self._windows.append((text, has))
        self._in = {word: np.array(windows, np.int32) for word, windows in met.items()}

    def stretches(self, text: str, words: Tokens, first: int, last: int) -> list[Stretch]:
        """The parts of words `first` to `last` of a text that stand in a known one, for each known text by itself
        and in order."""
        # The same words again are the rule: the other side of a passage, and each further copy of a story.
        key = words.word[first:last].tobytes()
        known = self._known.get(key)
        if known is None:
            if len(self._known) == HELD:
                self._known.clear()
            known = self._known[key] = tuple(self._stretches(text, words, first, last))
        return [Stretch(first + low, first + high, third) for low, high, third in known]

    def _stretches(self, text: str, words: Tokens, first: int, last: int) -> Iterator[tuple[int, int, str]]:
        found = [*self._verbatim(words, first, last), *self._retold(text, words, first, last)]
        kept: list[Stretch] = []
        for one in sorted(found, key=lambda one: (one.third, one.first, one.last)):
            if kept and kept[-1].third == one.third and one.first <= kept[-1].last:
                kept[-1] = Stretch(kept[-1].first, max(kept[-1].last, one.last), one.third)
            else:
                kept.append(one)
        for one in kept:
            yield one.first - first, one.last - first, one.third

    def _verbatim(self, words: Tokens, first: int, last: int) -> Iterator[Stretch]:
        _, gram = grams(words.cut(first, last), K)
        running: dict[int, int] = {}
        for place, one in enumerate([*gram.tolist(), 0]):
            met = self._runs.get(one, set[int]())
            for text in [text for text in running if text not in met]:
                begin = running.pop(text)
                run = words.word[first + begin : first + place + K - 1].tolist()
                if len(run) >= RUN and sum(map(self._weight, set(run))) >= RUN_WEIGHT:
                    yield Stretch(first + begin, first + place + K - 1, self._names[text])
            for text in met:
                running.setdefault(text, place)

    def _retold(self, text: str, words: Tokens, first: int, last: int) -> Iterator[Stretch]:
        numbers = words.word[first:last].tolist()
        if len(numbers) < FEWEST:
            return
        weights = [self._weight(number) for number in numbers]
        forms: list[tuple[int, ...]] = []
        where: list[NDArray[np.int32]] = [np.zeros(0, np.int32)]
        gains: list[float] = [0.0]
        for place, number in enumerate(numbers):
            forms.append(
                self._forms_of(number, text[int(words.start[first + place]) : int(words.end[first + place])])
            )
            if weights[place] > COMMON:
                where += [self._in[form] for form in forms[-1]]
                gains += [weights[place]] * len(forms[-1])
        gain = np.bincount(
            np.concatenate(where), np.repeat(gains, [len(some) for some in where]), len(self._windows)
        )
        likeliest: list[int] = np.argsort(-gain, kind="stable")[:TRIED].tolist()
        most = self._most(dict(zip(numbers, zip(weights, forms, strict=True), strict=True)).values())
        for window in likeliest:
            if most[window] < WEIGHT:
                continue
            third, has = self._windows[window]
            met = [not has.isdisjoint(some) for some in forms]
            best = _heaviest([weight if one else -weight for weight, one in zip(weights, met, strict=True)])
            if best is None or best[1] - best[0] < FEWEST:
                continue
            inside = [place for place in range(*best) if met[place]]
            got = sum(weights[place] for place in inside) / sum(weights[best[0] : best[1]])
            if got >= SHARE and sum({numbers[place]: weights[place] for place in inside}.values()) >= WEIGHT:
                yield Stretch(first + best[0], first + best[1], self._names[third])

    def _most(self, words: Iterable[tuple[float, tuple[int, ...]]]) -> NDArray[np.floating]:
        """What the words of a passage, each once, can weigh in each window at most: few windows need a closer look."""
        where: list[NDArray[np.int32]] = [np.zeros(0, np.int32)]
        weights: list[float] = [0.0]
        for weight, forms in words:
            if weight > 0:
                where += [self._in[form] for form in forms]
                weights += [weight] * len(forms)
        most = np.bincount(
            np.concatenate(where), np.repeat(weights, [len(some) for some in where]), len(self._windows)
        )
        return most + 1e-9  # sums in another order differ by so much

    def _weight(self, number: int) -> float:
        """How rare a word is: 1 if it is met once at most, towards 0 for the commonest."""
        weight = self._weights.get(number)
        if weight is None:
            count = max(self._count.get(number, 1), 1)
            weight = self._weights[number] = 1 - float(np.log(count) / np.log(self._total + 1)) * 1.6
        return weight

    def _forms_of(self, number: int, word: str) -> tuple[int, ...]:
        """The words of the known texts that are this one, or forms of it."""
        if number not in self._forms:
            threes = _threes(word)
            common = Counter(other for three in threes for other in self._by_three.get(three, ()))
            alike = [
                other
                for other, shared in common.items()
                if 2 * shared >= ALIKE * (len(threes) + len(self._threes[other]))
            ]
            self._forms[number] = tuple({*alike, number} if number in self._threes else alike)
        return self._forms[number]


def _threes(word: str) -> frozenset[str]:
    """Groups of three letters of a word, with the edges of it; a sign that is a word is its own group."""
    bare = "".join(
        one for one in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(one)
    )
    if len(bare) < 3:
        return frozenset((bare,))
    edged = f"^{bare}$" if len(bare) < 5 else f"^{bare}"
    return frozenset(edged[n : n + 3] for n in range(len(edged) - 2))


def _heaviest(values: Sequence[float]) -> tuple[int, int] | None:
    """The stretch with the greatest sum."""
    best, where, total, begin = 0.0, None, 0.0, 0
    for place, value in enumerate(values):
        if total <= 0:
            total, begin = 0.0, place
        total += value
        if total > best:
            best, where = total, (begin, place + 1)
    return where
