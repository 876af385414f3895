"""Texts of made-up words, for properties."""

from __future__ import annotations

from random import Random

SYLLABLES = (
    "ba",
    "ko",
    "mir",
    "tel",
    "su",
    "dran",
    "ve",
    "ostu",
    "pli",
    "gan",
    "ler",
    "tho",
    "ni",
    "quat",
    "ze",
)


def words(random: Random, count: int) -> list[str]:
    """Words of two to four syllables, so many that unrelated texts share no long run of them."""
    return ["".join(random.choices(SYLLABLES, k=random.randint(2, 4))) for _ in range(count)]


def sentence(random: Random, count: int = 16) -> str:
    return " ".join(words(random, count)).capitalize() + "."


def text(random: Random, sentences: int = 8) -> str:
    return " ".join(sentence(random) for _ in range(sentences))
