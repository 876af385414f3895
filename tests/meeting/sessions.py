"""A session with bots and people, without a server and without waiting: the clock on the wall is stepped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from foedus.council.debate.order import Order
from foedus.council.fields import instant
from foedus.council.ledger.canonical import Value
from foedus.exercise.reading import read_scenario
from foedus.exercise.scenario import Inject, Scenario
from foedus.meeting.bots import BOT, Bots, dated
from foedus.meeting.clock import room_time
from foedus.meeting.entering import Body, Entered, Standing, entered, injected, started
from foedus.meeting.outside import Cues, run_out_now

START = datetime(2026, 5, 4, 9, tzinfo=UTC)


@dataclass
class Session:
    """A room as it goes: what the server does each half second is done at each step."""

    scenario: Scenario
    bots: Bots
    pace: int
    taken: set[str] = field(default_factory=set[str])
    real: datetime = START
    entries: list[Entered] = field(default_factory=list[Entered])
    bodies: list[Body] = field(default_factory=list[Body])

    def __post_init__(self) -> None:
        self.standing: Standing = started(
            self.scenario.rules, Order(), self.scenario.start, self.real, self.pace
        )
        self.cues: Cues[Inject] = Cues(self.scenario.injects)
        self.had: set[int] = set()

    @property
    def now(self) -> datetime:
        return max(room_time(self.standing.debate.pace, self.real), self.standing.at)

    def do(self, person: str, **said: Value) -> Entered:
        return self.put({**said, "at": instant(self.now)}, person)

    def put(self, body: Body, person: str) -> Entered:
        marks = {"person": person} if person else {}
        return self._kept(*entered(self.standing, {**body, **marks}, self.real))

    def _kept(self, standing: Standing, entry: Entered, body: Body) -> Entered:
        self.standing = standing
        self.entries.append(entry)
        self.bodies.append(body)
        return entry

    def step(self, seconds: float = 1) -> Entered | None:
        """Time goes on, what is due comes, and a bot does what it wants."""
        self.real += timedelta(seconds=seconds)
        self.cues.see(self.standing.rules, self.standing.state, self.standing.at)
        for number, inject in tuple(self.cues.due(self.now, self.had)):
            self._kept(*injected(self.standing, inject, number, self.now, self.real))
            self.had.add(number)
        for deed in tuple(run_out_now(self.standing, self.now)):
            self.put({**deed.body(), "at": instant(self.now)}, "")
        wish = self.bots.next(self.standing, self.entries, self.now, self.real, self.taken)
        return None if wish is None else self.put(dated(wish, self.now), BOT)

    def steps(self, most: int, seconds: float = 1) -> Iterator[Entered]:
        for _ in range(most):
            found = self.step(seconds)
            if found is not None:
                yield found


def session(pace: int = 640, taken: tuple[str, ...] = (), gap: float = 5, hold: float = 90) -> Session:
    scenario, _ = read_scenario("six-valleys")
    bots = Bots(scenario, {seat.who for seat in scenario.seats}, gap, hold)
    return Session(scenario, bots, pace, set(taken))
