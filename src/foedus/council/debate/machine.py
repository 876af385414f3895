"""The conduct of a meeting: whether an act is in order, and where the debate then stands.

`evolve_debate` is a function of the room's rules of order, the debate, an act, the instant on the wall at which it
came, and the table; it asks no clock and no database. What is out of order is refused with its rule, and the debate
stays what it was. Who replays a record asks the same function and gets the same debate.

>>> from datetime import UTC, datetime
>>> from foedus.council.debate.act import Act
>>> nine, order = datetime(2031, 3, 4, 9, tzinfo=UTC), Order()
>>> table, debate = Table(("ARV", "BOR")), begin_debate()
>>> for act in (
...     Act("meet", "chair", nine, what="open"), Act("ask", "BOR", nine, what="speech"),
...     Act("floor", "chair", nine, whom="BOR"),
... ):
...     debate = evolve_debate(order, debate, act, nine, table)
>>> debate.speaking.who, debate.speaking.seconds
('BOR', 180)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from foedus.council.debate.act import Act, ActKind, shaped
from foedus.council.debate.agenda import item, meet
from foedus.council.debate.clock import clock
from foedus.council.debate.doing import Doing, judged
from foedus.council.debate.motions import fallen, hand, move, put, settle
from foedus.council.debate.order import Order
from foedus.council.debate.papers import bookmark, manner, paper
from foedus.council.debate.speakers import ask, floor, leave, limit, list_, point, ruling, yield_
from foedus.council.debate.state import Debate, Pace
from foedus.council.debate.table import Table


def begin_debate(pace: Pace | None = None) -> Debate:
    """Where a meeting stands before anything is done: it is not opened. `pace`: how the room's time runs from the first
    entry on; without it, with the clock on the wall."""
    return Debate(pace=pace)


def evolve_debate(order: Order, debate: Debate, act: Act, real: datetime, table: Table) -> Debate:
    """The debate after an act. `real` is aware; it is taken to the second, as the record has it.

    Raises `Refused` (F656 for an act that is none, F700 to F728) for one that is not in order, and the debate is what
    it was; ValueError where `real` is not aware."""
    if real.tzinfo is None:
        raise ValueError(f"real is not aware: {real}")
    shaped(act)
    doing = Doing(order, debate, act, real.astimezone(UTC).replace(microsecond=0), table)
    standing = fallen(doing)
    doing = doing if standing is debate else replace(doing, debate=standing)
    judged(doing)
    return fallen(replace(doing, debate=_DOERS[act.kind](doing)))


_DOERS: Mapping[ActKind, Callable[[Doing], Debate]] = {
    "meet": meet, "item": item, "ask": ask, "leave": leave, "floor": floor, "yield": yield_, "list": list_,
    "limit": limit, "point": point, "ruling": ruling, "motion": move, "put": put, "hand": hand, "settle": settle,
    "paper": paper, "manner": manner, "bookmark": bookmark, "clock": clock,
}  # fmt: skip
