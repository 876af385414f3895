"""A room to try the rules of order in: four members, one that is invited, and what they do second by second."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from foedus.council.debate.act import Act, ActKind
from foedus.council.debate.machine import begin_debate, evolve_debate
from foedus.council.debate.order import Order
from foedus.council.debate.state import Debate
from foedus.council.debate.table import Table
from foedus.diagnostics.problem import Problem, Refused

START = datetime(2031, 3, 4, 12, tzinfo=UTC)
MEMBERS = ("ARV", "BOR", "CAD", "DUN")
WHO = (*MEMBERS, "EST", "chair", "secretary", "director", "clock", "FEN")
TABLE = Table(
    MEMBERS, ("EST",), proposals=("p1", "p2"), voting=frozenset({"p2"}), ballots=("b1", "b2"), begun=frozenset({"b2"}),
    entries=3, at=START,
)  # fmt: skip


def at(seconds: float = 0) -> datetime:
    """So many seconds after the beginning."""
    return START + timedelta(seconds=seconds)


def act(by: str, kind: ActKind, what: str = "", second: float = 0, **rest: Any) -> Act:
    """`act("ARV", "ask", "speech", 5)`: at that second of the room."""
    return Act(kind, by, at(second), what=what, **rest)


@dataclass
class Room:
    """A room that goes on: what was done, and where it stands. The room's time is the wall's."""

    order: Order = field(default_factory=Order)
    table: Table = TABLE
    debate: Debate = field(default_factory=begin_debate)
    done: list[tuple[Act, Table]] = field(default_factory=list[tuple[Act, Table]])

    def does(self, *acts: Act) -> Room:
        """Each is done, and stands in the record."""
        for each in acts:
            self.debate = evolve_debate(self.order, self.debate, each, each.at, self.table)
            self.done.append((each, self.table))
            self.table = replace(self.table, entries=self.table.entries + 1, at=each.at)
        return self

    def refuses(self, wrong: Act) -> Problem:
        """Why that is not in order."""
        before = self.debate
        try:
            evolve_debate(self.order, self.debate, wrong, wrong.at, self.table)
        except Refused as problem:
            assert self.debate == before
            return problem.problems[0]
        raise AssertionError(f"not refused: {wrong}")

    def again(self) -> Debate:
        """The same acts done once more, each at its table."""
        debate = begin_debate()
        for each, table in self.done:
            debate = evolve_debate(self.order, debate, each, each.at, table)
        return debate


def opened(*acts: Act, order: Order | None = None, table: Table = TABLE) -> Room:
    """A room in which the meeting is open, an item taken up, and these were done."""
    return Room(order or Order(), table).does(*OPENING, *acts)


def spoke(who: str, begin: float, end: float) -> Iterable[Act]:
    """A speech, from the request to the end."""
    return (
        act(who, "ask", "speech", begin),
        act("chair", "floor", second=begin, whom=who),
        act(who, "yield", second=end),
    )


OPENING = (
    act("chair", "meet", "open"),
    act("ARV", "item", "propose", item="new", title="The raids at the ferry"),
    act("chair", "item", "adopt", item="i1"),
    act("chair", "item", "take up", item="i1"),
)
