"""A seeded corpus of news as papers print it, of any size, one document after another, with what was copied.

Words are drawn by Zipf's law, and every eighth time a stock phrase instead of a word, so that runs of four words
repeat about as often as in English prose. Each day agencies send stories; papers print them whole under a deck and a
byline of their own, cut from the end, or lightly edited; others quote a paragraph or a
sentence in an article of their own. Most
articles are nobody's copy. Every page ends with its paper's footer.

    python -m bench.wire 1000 > corpus.jsonl
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal

import numpy as np

from foedus.terms.time import EDate, day
from foedus.trace.document import Document, Meta

Kind = Literal["whole", "cut", "edited", "quoted", "sentence"]
WORDS, PHRASES, PAPERS = 60_000, 200_000, 400
A_DAY = 400
"""Documents of a day, about."""


@dataclass(frozen=True)
class Copy:
    """`copy` has `words` words from `origin`."""

    copy: str
    origin: str
    kind: Kind
    words: int


class Press:
    """The papers, their language, and the stories of each day. `size` is about how many characters an article has,
    `most` how many papers print the most popular story."""

    def __init__(self, seed: int = 1, size: int = 6000, most: int = 500) -> None:
        self._seed = seed
        self._size = size
        self._most = most
        rng = np.random.default_rng(seed)
        self._words = _vocabulary(rng)
        odds = 1 / (np.arange(WORDS) + 2.7) ** 1.05
        self._odds = np.cumsum(odds / odds.sum())
        lengths = np.minimum(2 + rng.geometric(0.5, PHRASES), 12)
        drawn = np.minimum(np.searchsorted(self._odds, rng.random(int(lengths.sum()))), WORDS - 1)
        ends = np.cumsum(lengths)
        texts = [self._words[n] for n in drawn.tolist()]
        self._phrases = [
            " ".join(texts[end - n : end]) for n, end in zip(lengths.tolist(), ends.tolist(), strict=True)
        ]
        odds = 1 / (np.arange(PHRASES) + 400.0)
        self._phrase_odds = np.cumsum(odds / odds.sum())
        self._footers = [self._footer(rng, n) for n in range(PAPERS)]

    def _footer(self, rng: np.random.Generator, paper: int) -> str:
        return f"Copyright of paper {paper}. {self._sentence(rng, 14)} {self._sentence(rng, 9)}"

    def _sentence(self, rng: np.random.Generator, count: int) -> str:
        return _as_sentence(self._drawn(rng, count))

    def _drawn(self, rng: np.random.Generator, count: int) -> list[str]:
        """So many words and stock phrases."""
        words = np.minimum(np.searchsorted(self._odds, rng.random(count)), WORDS - 1).tolist()
        drawn = [self._words[n] for n in words]
        stock = np.flatnonzero(rng.random(count) < 0.125)
        which = np.minimum(np.searchsorted(self._phrase_odds, rng.random(len(stock))), PHRASES - 1)
        for at, n in zip(stock.tolist(), which.tolist(), strict=True):
            drawn[at] = self._phrases[n]
        return drawn

    def article(self, rng: np.random.Generator, size: int) -> list[str]:
        """Paragraphs of about so many characters in all."""
        drawn = self._drawn(rng, max(int(size / 8.2), 12))
        paragraphs: list[str] = []
        low = 0
        while low < len(drawn):
            sentences: list[str] = []
            for length in rng.integers(9, 26, int(rng.integers(2, 5))).tolist():
                if low < len(drawn):
                    sentences.append(_as_sentence(drawn[low : low + length]))
                    low += length
            paragraphs.append(" ".join(sentences))
        return paragraphs

    def documents(self, count: int) -> Iterator[tuple[Document, Copy | None]]:
        """So many documents, day by day, each with what it has from another if it has."""
        rng = np.random.default_rng((self._seed, 7))
        number, today = 0, 0
        later: dict[int, list[Any]] = {}
        while number < count:
            pages: list[Any] = later.pop(today, [])
            while len(pages) < min(A_DAY, count - number):
                story = self.article(rng, self._size_of(rng))
                story_id = ("wire", today, len(pages), int(rng.integers(1 << 40)))
                pages.append((story_id, int(rng.integers(PAPERS)), story, None))
                if rng.random() < 0.13:
                    for _ in range(self._printed(rng)):
                        when = today + int(rng.random() < 0.4)
                        page = self._print(rng, story_id, story)
                        (pages if when == today else later.setdefault(when, [])).append(page)
            order = rng.permutation(len(pages)).tolist()
            on = str(date(2020, 1, 1) + timedelta(today))
            for n in order:
                if number == count:
                    return
                number += 1
                yield self._document(*pages[n], on)
            today += 1

    def _size_of(self, rng: np.random.Generator) -> int:
        return int(self._size * np.clip(rng.lognormal(-0.1, 0.45), 0.3, 4))

    def _printed(self, rng: np.random.Generator) -> int:
        """How many papers take a story: most few, some very many."""
        return int(min(1 + rng.pareto(1.1) * 1.5, self._most))

    def _print(self, rng: np.random.Generator, story_id: Any, story: list[str]) -> Any:
        paper = int(rng.integers(PAPERS))
        chosen = rng.random()
        if chosen < 0.35:
            kind, body, words = "whole", story, sum(len(one.split()) for one in story)
        elif chosen < 0.6:
            body = story[: max(1, int(len(story) * rng.uniform(0.3, 0.9)))]
            kind, words = "cut", sum(len(one.split()) for one in body)
        elif chosen < 0.85:
            body, words = self._edited(rng, story, rng.uniform(0.02, 0.12))
            kind = "edited"
        else:
            quoted = story[int(rng.integers(len(story)))]
            kind = "quoted"
            if rng.random() < 0.5:
                sentences = quoted.split(". ")
                quoted, kind = sentences[int(rng.integers(len(sentences)))], "sentence"
            body = self.article(rng, self._size_of(rng))
            body.insert(int(rng.integers(len(body) + 1)), f"“{quoted}”")
            words = len(quoted.split())
        return (
            ("copy", *story_id[1:], int(rng.integers(1 << 40))),
            paper,
            [self._sentence(rng, 8), f"By a reporter of paper {paper}", *body],
            (story_id, kind, words),
        )

    def _edited(self, rng: np.random.Generator, story: list[str], share: float) -> tuple[list[str], int]:
        made: list[str] = []
        kept = 0
        for paragraph in story:
            words = paragraph.split(" ")
            changed = np.flatnonzero(rng.random(len(words)) < share)
            kept += len(words) - len(changed)
            for at, how in zip(changed.tolist(), rng.random(len(changed)).tolist(), strict=True):
                other = self._words[int(rng.integers(WORDS))]
                words[at] = other if how < 0.5 else "" if how < 0.75 else f"{words[at]} {other}"
            made.append(" ".join(filter(None, words)))
        return made, kept

    def _document(
        self, ident: Any, paper: int, body: list[str], copied: Any, on: str
    ) -> tuple[Document, Copy | None]:
        name = "-".join(map(str, ident))
        meta = Meta(publisher=f"paper {paper}", on=_day(on))
        document = Document(name, "\n\n".join([*body, self._footers[paper]]), meta=meta)
        if copied is None:
            return document, None
        origin, kind, words = copied
        return document, Copy(name, "-".join(map(str, origin)), kind, words)


@cache
def _day(on: str) -> EDate:
    return day(on)


def _as_sentence(words: list[str]) -> str:
    text = " ".join(words)
    return f"{text[:1].upper()}{text[1:]}."


def _vocabulary(rng: np.random.Generator) -> list[str]:
    """Words of two to four syllables, the short ones first, each once."""
    syllables = [a + b + c for a in "bdfgklmnprstvz" for b in "aeiou" for c in ("", "", "l", "n", "r", "s")]
    found: dict[str, None] = {}
    while len(found) < WORDS:
        count = 1 + int(len(found) > 150) + int(len(found) > 3000) + int(rng.random() < 0.2)
        found["".join(syllables[n] for n in rng.integers(len(syllables), size=count))] = None
    return list(found)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    for document, copy in Press().documents(count):
        row = {"id": document.id, "text": document.text, "date": str(document.meta.on)}
        row |= {"publisher": document.meta.publisher, "copy": copy and vars(copy)}
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
