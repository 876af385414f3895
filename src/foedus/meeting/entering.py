"""How a record with people grows: a body is tried, and becomes an entry, done or refused.

`Standing` is where a session stands after its entries: a frozen value. `entered` gives the next from what somebody
sends; whoever keeps the record acknowledges it before anybody is shown the new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias, get_args

from foedus.council.chair import begin, evolve
from foedus.council.debate.act import Act, ActKind
from foedus.council.debate.act import read as read_act
from foedus.council.debate.machine import begin_debate, evolve_debate
from foedus.council.debate.order import Order
from foedus.council.debate.state import Debate, Pace
from foedus.council.debate.table import Table, table_of
from foedus.council.deed import Deed, Kind
from foedus.council.deed import read as read_deed
from foedus.council.fields import instant
from foedus.council.ledger.canonical import Value
from foedus.council.rules import Rules
from foedus.council.state import Noted, State
from foedus.diagnostics.problem import Problem, Refused
from foedus.exercise.scenario import Cue, Inject
from foedus.exercise.turns import ABOUT, INJECT, REFUSED, Turn, noted_body

Body: TypeAlias = Mapping[str, Value]

DEEDS: tuple[str, ...] = get_args(Kind)
ACTS: tuple[str, ...] = get_args(ActKind)
QUIET = ("vote", "object", "hand")
"""After these nothing is allowed to anybody else that was not before."""


@dataclass(frozen=True)
class Standing:
    """Where a session stands after `size` entries, the last of them at `at` in the room and at `real` on the wall.
    `moved` is the number of the last entry that changed what others may do."""

    order: Order
    rules: Rules
    state: State
    debate: Debate
    size: int
    at: datetime
    real: datetime
    moved: int = 0

    @property
    def table(self) -> Table:
        """What the rules of order have to know of the matter."""
        return table_of(self.rules, self.state, entries=self.size, at=self.at, now=self.at)


@dataclass(frozen=True)
class Entered:
    """An entry, as it is told: what was done, with rules and state after it. One of `deed`, `act`, `inject` says what;
    `problem` is there where it was refused. `state` of a vote is that before it: a vote changes no more than itself."""

    number: int
    at: datetime
    real: datetime | None
    person: str
    rules: Rules
    state: State
    debate: Debate
    deed: Deed | None = None
    act: Act | None = None
    problem: Problem | None = None
    inject: Inject | None = None
    once: str = ""

    @property
    def turn(self) -> Turn:
        """The same as a turn of a session, where it is about the matter."""
        return Turn(self.at, self.rules, self.state, self.deed, self.problem, self.inject)

    @property
    def by(self) -> str:
        """Who acted; empty for what came from outside."""
        return self.deed.by if self.deed else self.act.by if self.act else ""

    @property
    def kind(self) -> str:
        """Of the deed or act, or `inject`."""
        return self.deed.kind if self.deed else self.act.kind if self.act else INJECT


def started(rules: Rules, order: Order, at: datetime, real: datetime, pace: int) -> Standing:
    """Where a session stands after its first entry, which says at what pace its time runs."""
    return Standing(order, rules, begin(rules), begin_debate(Pace(at, real, pace)), 1, at, real)


def entered(standing: Standing, body: Body, real: datetime) -> tuple[Standing, Entered, Body]:
    """What somebody sends, tried: the standing after it, the entry, and its body for the record. A deed or an act that
    is out of order is an entry that says so. Raises `Refused` (F656) for what is none."""
    about = {name: str(body[name]) for name in ("person", "once") if body.get(name)}
    said: dict[str, Any] = {name: value for name, value in body.items() if name not in ABOUT}
    kind = said.get("kind")
    mark: dict[str, Value] = {"real": instant(real), **about}
    if kind == INJECT:
        raise ValueError("an inject has a way of its own")
    act = read_act(said) if kind in ACTS else None
    deed = None if act is not None else read_deed(said)
    after, problem = standing, None
    try:
        if act is not None:
            debate = evolve_debate(standing.order, standing.debate, act, real, standing.table)
            after = replace(standing, debate=debate)
        elif deed is not None:
            numbered = replace(standing.state, size=standing.size)  # a deed has the number of its entry
            after = replace(standing, state=evolve(standing.rules, numbered, deed))
    except Refused as refused:
        problem = refused.problems[0]
    done = act or deed
    assert done is not None
    written: Body = {**done.body(), **mark}
    if problem is not None:
        written = {"kind": REFUSED, "at": instant(done.at), "code": problem.code, "deed": done.body(), **mark}
    after = _after(standing, after, done.kind, done.at, real, problem is not None)
    kept = standing.state if kind in QUIET else after.state
    entry = Entered(
        standing.size, done.at, real, about.get("person", ""), after.rules, kept, after.debate, deed, act, problem,
        once=about.get("once", ""),
    )  # fmt: skip
    return after, entry, written


def injected(
    standing: Standing, inject: Inject, number: int, at: datetime, real: datetime
) -> tuple[Standing, Entered, Body]:
    """Something from outside, as an entry; a fact that it brings is known from then on. `number` is the scenario's, or
    -1 for what the director made up."""
    rules = standing.rules
    body: dict[str, Value] = {"kind": INJECT, "at": instant(at), "title": inject.title}
    if number >= 0:
        body["inject"] = number
    if inject.text:
        body["text"] = inject.text
    if inject.fact is not None:
        fact = replace(inject.fact, at=at)
        rules = replace(rules, known=(*rules.known, fact))
        body["fact"] = noted_body(fact)
    body["real"] = instant(real)
    after = _after(standing, replace(standing, rules=rules), INJECT, at, real, False)
    entry = Entered(standing.size, at, real, "", rules, standing.state, standing.debate, inject=inject)
    return after, entry, body


def _after(
    before: Standing, after: Standing, kind: str, at: datetime, real: datetime, refused: bool
) -> Standing:
    quiet = refused or kind in QUIET
    return replace(
        after,
        size=before.size + 1,
        at=max(before.at, at),
        real=max(before.real, real),
        moved=before.moved if quiet else before.size,
    )


def taken_up(standing: Standing, bodies: Iterable[Body]) -> tuple[Standing, list[Entered], tuple[int, ...]]:
    """A record that was begun, entry by entry after its first; and the numbers of the scenario's injects it has had.
    Raises `Refused` or ValueError where an entry is none of this session."""
    from_outside: list[int] = []
    found: list[Entered] = []
    for body in bodies:
        real = _instant_of(body["real"])
        if body.get("kind") == INJECT:
            standing, entry = _outside(standing, body, real)
            if isinstance(number := body.get("inject"), int):
                from_outside.append(number)
        else:
            refused = body.get("kind") == REFUSED
            inner: Mapping[str, Value] = body["deed"] if refused else body  # type: ignore[assignment]
            standing, entry, written = entered(standing, {**inner, **_marks(body)}, real)
            if dict(written) != dict(body):
                raise ValueError(f"entry {standing.size - 1} is not what the rules make of it")
        found.append(entry)
    return standing, found, tuple(from_outside)


def _outside(standing: Standing, body: Body, real: datetime) -> tuple[Standing, Entered]:
    at = _instant_of(body["at"])
    said = body.get("fact")
    fact = None
    if isinstance(said, Mapping):
        row: Mapping[str, Any] = said
        fact = Noted(row["id"], row["predicate"], tuple(row["args"]), row["truth"], at)
    inject = Inject(Cue(at), str(body["title"]), str(body.get("text", "")), fact)
    number = body.get("inject")
    after, entry, written = injected(standing, inject, number if isinstance(number, int) else -1, at, real)
    if dict(written) != dict(body):
        raise ValueError(f"entry {standing.size} is not what the rules make of it")
    return after, entry


def _marks(body: Body) -> Body:
    return {name: body[name] for name in ("person", "once") if name in body}


def _instant_of(value: Value) -> datetime:
    return datetime.fromisoformat(str(value))
