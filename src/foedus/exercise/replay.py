"""Does again what a record says was done: do the rules allow every deed in it, and refuse what was refused?

Nothing is taken from the record but the rules by which it says it went and the deeds. The pages are those at hand, and
they have to be the same, by their digests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

from foedus.council.chair import begin, evolve
from foedus.council.deed import read
from foedus.council.rules import Rules
from foedus.council.state import Noted, State
from foedus.diagnostics.problem import Problem, Refused
from foedus.exercise.reading import procedure_of, scenarios
from foedus.exercise.turns import END, FORMAT, INJECT, OPENING, REFUSED
from foedus.ir.procedure import OFFICES, Office
from foedus.library import Library, shipped


@dataclass(frozen=True)
class Replayed:
    """What came of it. `rules` is None where the record does not say by what rules it went, or they are not at hand:
    `missing` and `differ` name the pages. `amiss` is the first entry at which rules and record part, with the problem
    of a deed that is not allowed (none, where one is allowed that was refused)."""

    rules: Rules | None = None
    state: State | None = None
    deeds: int = 0
    refused: int = 0
    missing: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()
    amiss: int | None = None
    problem: Problem | None = None

    @property
    def allowed(self) -> bool:
        """Whether every deed is as the rules have it."""
        return self.rules is not None and self.amiss is None


def replayed(bodies: Iterable[Mapping[str, Any]], treaties: Path | None = None) -> Replayed:
    """The deeds of a record done again. Total: what cannot be read is where they part."""
    found = iter(bodies)
    first = next(found, None)
    if first is None or first.get("kind") != OPENING or first.get("format") != FORMAT:
        return Replayed()
    try:
        made = _rules(first, treaties)
    except (KeyError, ValueError, TypeError, AttributeError, Refused):
        return Replayed(amiss=0)
    return made if made.rules is None else _done(made.rules, found)


def _done(rules: Rules, bodies: Iterable[Mapping[str, Any]]) -> Replayed:
    state, deeds, refused = begin(rules), 0, 0
    number = 0
    try:
        for number, body in enumerate(bodies, 1):
            kind = body.get("kind")
            if kind == INJECT:
                if "fact" in body:
                    rules = replace(rules, known=(*rules.known, _noted(body["fact"])))
            elif kind == REFUSED:
                try:
                    evolve(rules, state, read(body["deed"]))
                except Refused as problem:
                    if problem.problems[0].code != body["code"]:
                        return Replayed(
                            rules, state, deeds, refused, amiss=number, problem=problem.problems[0]
                        )
                else:
                    return Replayed(rules, state, deeds, refused, amiss=number)
                refused += 1
            elif kind != END:
                state = evolve(rules, state, read(body))
                deeds += 1
    except Refused as problem:
        return Replayed(rules, state, deeds, refused, amiss=number, problem=problem.problems[0])
    except (KeyError, ValueError, TypeError, AttributeError):
        return Replayed(rules, state, deeds, refused, amiss=number)
    return Replayed(rules, state, deeds, refused)


def _rules(first: Mapping[str, Any], treaties: Path | None) -> Replayed:
    """The rules of which the first entry speaks, if their pages are at hand and the same."""
    digests = cast("Mapping[str, str]", first["pages"])
    beside: tuple[Path, ...] = ()
    if first["scenario"] in scenarios():
        own = sorted((shipped("scenarios") / first["scenario"]).glob("*.md"))
        beside = tuple(page for page in own if treaties is None or not (treaties / page.name).exists())
    library = Library(treaties, trials=False, extra=beside)
    missing = tuple(name for name in digests if name not in library.pages)
    if missing:
        return Replayed(missing=missing)
    program = library.load(digests).program
    differ = tuple(name for name, digest in digests.items() if program.digests.get(name) != digest)
    if differ:
        return Replayed(differ=differ)
    on = date.fromisoformat(first["on"])
    procedure = procedure_of(program, first["procedure"], on)
    offices = tuple(each for each in OFFICES if each in first["offices"])
    if procedure is None:
        raise ValueError(first["procedure"])
    return Replayed(
        Rules(
            program, procedure, on, {role: tuple(who) for role, who in first["members"].items()},
            tuple(first["others"]), cast("tuple[Office, ...]", offices), dict(first["answers"]),
            tuple(_noted(each) for each in first["known"]),
            {name: {who: Fraction(w) for who, w in each.items()} for name, each in first["weights"].items()},
            bool(first["announced"]),
        )
    )  # fmt: skip


def rules_of(first: Mapping[str, Any], treaties: Path | None = None) -> Replayed:
    """The rules of which the first entry of a record speaks; without them, `missing` or `differ` says which pages lack.
    Raises `Refused`, KeyError, ValueError, TypeError and AttributeError for what is no such entry."""
    return _rules(first, treaties)


def _noted(body: Mapping[str, Any]) -> Noted:
    at = body.get("at")
    when = None if at is None else datetime.fromisoformat(at)
    return Noted(body["id"], body["predicate"], tuple(body["args"]), body["truth"], when)
