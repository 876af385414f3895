"""What happens in a session, one turn an entry: a deed that was done, one that was refused, something from outside.

The first entry of a record says by what rules the session goes, with the digests of the pages; from it and the deeds
everything else follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from foedus.council.deed import Deed
from foedus.council.fields import instant
from foedus.council.ledger.canonical import Value
from foedus.council.rules import Rules
from foedus.council.state import Noted, State
from foedus.diagnostics.problem import Problem
from foedus.exercise.scenario import Inject, Move, Scenario

FORMAT, LIVE = 1, 2
"""Of records: of a session that policies play, and of one with people (*live*), which has acts beside the deeds."""
ABOUT = ("real", "person", "once")
"""What an entry of a live record says besides what was done: when on the wall, by which person, under which key."""
OPENING, REFUSED, INJECT, END = "session", "refused", "inject", "end"
"""Kinds of entries that are no deeds."""

Why = Literal["over", "still", "stopped"]
"""Why a session ended: its time was over; nobody wanted anything; nothing but repetition was left."""


@dataclass(frozen=True)
class Turn:
    """One turn, with the rules and the state after it. Exactly one of `deed`, `inject` and `why` says what it was;
    `problem` is there where the deed was refused. `move` is the line of the scenario that had it."""

    at: datetime
    rules: Rules
    state: State
    deed: Deed | None = None
    problem: Problem | None = None
    inject: Inject | None = None
    move: Move | None = None
    why: Why | Literal[""] = ""

    def body(self) -> Mapping[str, Value]:
        """The turn as the body of an entry."""
        at = instant(self.at)
        if self.inject is not None:
            said: dict[str, Value] = {"kind": INJECT, "at": at, "title": self.inject.title}
            if self.inject.text:
                said["text"] = self.inject.text
            return said | ({} if self.inject.fact is None else {"fact": noted_body(self.inject.fact)})
        if self.deed is None:
            return {"kind": END, "at": at, "why": self.why}
        if self.problem is not None:
            return {"kind": REFUSED, "at": at, "code": self.problem.code, "deed": self.deed.body()}
        return self.deed.body()


def noted_body(noted: Noted) -> Mapping[str, Value]:
    """A fact as an entry has it; whoever is not named is null."""
    said: dict[str, Value] = {
        "id": noted.id, "predicate": noted.predicate, "args": list(noted.args), "truth": noted.truth,
    }  # fmt: skip
    return said | ({} if noted.at is None else {"at": instant(noted.at)})


def opening(scenario: Scenario, seed: int) -> Mapping[str, Value]:
    """The first entry: the rules of the session, and the digests of the pages in which they stand."""
    rules = scenario.rules
    return {
        "kind": OPENING, "format": FORMAT, "at": instant(scenario.start), "scenario": scenario.name,
        "title": scenario.title, "procedure": rules.procedure.key, "on": rules.on.isoformat(), "seed": seed,
        "pages": dict(scenario.pages), "members": {role: list(who) for role, who in rules.members.items()},
        "others": list(rules.others), "offices": list(rules.offices), "answers": dict(rules.answers),
        "known": [noted_body(noted) for noted in rules.known], "announced": rules.announced,
        "weights": {
            name: {who: str(weight) for who, weight in each.items()} for name, each in rules.weights.items()
        },
    }  # fmt: skip
