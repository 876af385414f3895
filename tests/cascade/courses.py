"""July 1914 from its page, and its readings fixed one way or another."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from foedus.cascade.rounds.compared import Placed
from foedus.cascade.rounds.outcome import Strata
from foedus.cascade.rounds.page import Course, course
from foedus.cascade.rounds.run import cascade

ON, OFF = "carried out", "not carried out"
OPENING = "armed force, or the opening of a war"
MOBILISATION = "a mobilisation too"
JOINED = "a joiner makes the other side attacked"
PLANS = ("stand_by_serbia", "mobilisation_is_war", "west_first", "through_belgium")


@cache
def july() -> Course:
    return course("july-1914")


def plans(*carried: str) -> dict[str, list[str]]:
    return {f"staffs.{name}": [ON if name in carried else OFF] for name in PLANS}


TEXT: dict[str, list[str]] = {
    "dual.attacked": [OPENING],
    "triple.attacked": [OPENING],
    "triple.casus": ["two or more attack"],
    "frarus.attacked": [OPENING],
    "frarus.mobilised_member": ["the whole of its forces"],
    "london.borne": ["each by itself"],
    "defends": ["not so"],
    "concert_for_belgium": ["not so"],
    "unprovoked": ["unless the one attacked had opened a war before"],
}
"""The readings nearest to the words, each alone."""


def names(placed: Iterable[Placed]) -> list[str]:
    """The states of a cell."""
    return [each.state for each in placed]


def told(readings: dict[str, list[str]], **options: object) -> Strata:
    page = july()
    return cascade(page.program, page.shock, page.day, given=page.given, readings=readings, **options)  # type: ignore[arg-type]
