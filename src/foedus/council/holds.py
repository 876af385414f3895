"""Whether a formula holds, read directly over facts: three-valued, with what was counted and what it hangs on.

A second reader of formulas beside the engine, and written apart from it, so that the one checks the other. It is
total: whatever it is not told stays open, and nothing that is open is taken for no. What it says to be open can change
the outcome: up to `WORLDS` ways of settling everything open are tried one by one, and only beyond these the names come
from bounds alone (then one may be named that changes nothing, never one left out).

>>> from foedus.ir.formula import AtLeast, Atom, Const, Not, Var
>>> class Nobody:
...     def atom(self, predicate, args): return False if predicate == "objects" else None
...     def domain(self, sort, instrument): return ("ARV", "BOR")
...     def weight(self, weighting, who): return None
>>> p, m = Var("p", "State"), Const("m1")
>>> holds(Not(AtLeast(1, p, Atom("objects", (p, m)))), Program(), Nobody()).truth
True
>>> holds(Atom("vote", (Const("ARV"), m)), Program(), Nobody()).open
('vote(ARV, m1)',)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from math import prod

from foedus.council.counting import Counted
from foedus.council.facts import Facts
from foedus.council.reading import Reading
from foedus.ir.formula import Formula
from foedus.ir.norm import Program

WORLDS = 64
"""How many ways of settling what is open are tried one by one."""


@dataclass(frozen=True, slots=True)
class Held:
    """Whether a formula holds (None: open), on what that hangs, and what was counted on the way."""

    truth: bool | None
    open: tuple[str, ...] = ()
    counts: tuple[Counted, ...] = ()


def holds(
    formula: Formula,
    program: Program,
    facts: Facts,
    env: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
    *,
    instrument: str = "",
    texts: Mapping[str, str | None] | None = None,
) -> Held:
    """Whether the formula holds under a binding of its free variables.

    `answers` gives readings, by the question's id; a question without an answer is open. Whatever else is open may be
    answered by its name, `yes` or `no`. `instrument` is the page to which the formula belongs; `texts` the text of each
    instrument by which its terms are read (`texts_on`): of one that is not given, the newest.
    """
    reading = Reading(program, facts, dict(answers or {}), instrument, dict(texts or {}))
    first = reading.read(formula, dict(env or {}))
    counts = tuple(reading.counts)
    if first.truth is not None:
        return Held(first.truth, (), counts)
    settled = _settled(reading, formula, dict(env or {}), first.open)
    if settled is None:
        return Held(None, first.open, counts)
    truths, mattering = settled
    if len(truths) == 1:
        return Held(next(iter(truths)), (), counts)
    return Held(None, mattering, counts)


def texts_on(program: Program, on: date) -> dict[str, str | None]:
    """The text of each instrument that is in force on a day: the newest that has begun."""
    return {
        name: next((text.id for text in reversed(known.texts) if text.start.first <= on), None)
        for name, known in program.instruments.items()
    }


# ---- settling what is open ----


def _settled(
    reading: Reading, formula: Formula, env: dict[str, str], names: tuple[str, ...]
) -> tuple[set[bool], tuple[str, ...]] | None:
    """The truths in every world in which all that is open is settled, and the names that can change it; None where the
    worlds are too many, or where something is open that has no two sides (a weight)."""
    sides: list[Sequence[bool | str]] = []
    for name in names:
        if name in reading.unsettled:
            return None
        sides.append(reading.asked.get(name, (True, False)))
    if prod(map(len, sides)) > WORLDS:
        return None
    found: dict[tuple[bool | str, ...], bool] = {}
    for world in product(*sides):
        set_to = dict(zip(names, world, strict=True))
        given = {name: value for name, value in set_to.items() if isinstance(value, str)}
        fixed = {name: value for name, value in set_to.items() if isinstance(value, bool)}
        there = replace(
            reading, answers={**reading.answers, **given}, fixed=fixed, counts=[], asked={}, unsettled=set()
        )
        truth = there.read(formula, env).truth
        if truth is None:
            return None
        found[world] = truth
    mattering = tuple(name for n, name in enumerate(names) if _matters(found, n))
    return set(found.values()), mattering


def _matters(found: Mapping[tuple[bool | str, ...], bool], n: int) -> bool:
    """Whether two worlds that differ in this one thing differ in truth."""
    seen: dict[tuple[bool | str, ...], bool] = {}
    return any(seen.setdefault((*w[:n], *w[n + 1 :]), truth) != truth for w, truth in found.items())
