"""What somebody may do now in the conduct of a meeting, and by which rule.

Everything worth asking about is tried, with an example where something is to be named. Nothing else tells what is
allowed than what tells whether an act is in order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from foedus.council.debate.act import Act
from foedus.council.debate.doing import NEW, belongs, line_of, rule_for
from foedus.council.debate.machine import evolve_debate
from foedus.council.debate.motions import ANSWERS, HANDS, ON_ITEM
from foedus.council.debate.order import MOTIONS, Order, Rule
from foedus.council.debate.papers import SORTS
from foedus.council.debate.speakers import RULINGS
from foedus.council.debate.state import SPEAKING, Debate
from foedus.council.debate.table import CHAIR, SECRETARY, Table
from foedus.diagnostics.problem import Refused

DOT = "…"
"""Stands for words that are still to be found."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """An act that is in order now. `to_name` are the fields for which it has an example only, `may_name` those that
    may be said besides; `rule` is the rule of order under which it stands."""

    act: Act
    rule: Rule
    to_name: tuple[str, ...] = ()
    may_name: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Tried:
    act: Act
    to_name: tuple[str, ...] = ()
    may_name: tuple[str, ...] = ()


def allowed_acts(
    order: Order, debate: Debate, who: str, table: Table, real: datetime | None = None
) -> tuple[Allowed, ...]:
    """What one of the delegations or offices may do now, in the order of the rules.

    `real` is the instant on the wall: only on it hangs whether a speaker has time left to leave to another. Without it
    the speech is taken as just begun."""
    pace, speech = debate.pace, debate.speaking
    now = max(each for each in (table.at, pace.room if pace else None, _FIRST) if each is not None)
    wall = real or (speech.began if speech is not None else now)
    found: list[Allowed] = []
    for each in _tried(debate, who, table, now):
        if not belongs(line_of(each.act), who, table):
            continue  # whose it is not is not told why
        try:
            evolve_debate(order, debate, each.act, wall, table)
        except Refused:
            continue
        found.append(Allowed(each.act, rule_for(each.act), each.to_name, each.may_name))
    return tuple(sorted(found, key=lambda each: each.rule.number))


_FIRST = datetime(1, 1, 1, tzinfo=UTC)


def _tried(debate: Debate, who: str, table: Table, now: datetime) -> Iterator[_Tried]:
    if who not in table:
        return
    yield from _meetings(debate, who, now)
    yield from _floor(debate, who, table, now)
    yield from _motions(debate, who, table, now)
    yield from _beside(debate, who, table, now)


def _meetings(debate: Debate, who: str, now: datetime) -> Iterator[_Tried]:
    for what in ("open", "suspend", "resume", "adjourn"):
        until = ("until",) if what in ("suspend", "adjourn") else ()
        yield _Tried(Act("meet", who, now, what=what), (), (*until, "text"))
    yield _Tried(Act("item", who, now, what="propose", item=NEW, title=DOT), ("title",), ("item", "text"))
    for item in debate.items:
        for what in ("adopt", "strike", "take up", "finish"):
            yield _Tried(Act("item", who, now, what=what, item=item), (), ("text",))
    yield _Tried(Act("clock", who, now, what="run"), (), ("pace",))
    yield _Tried(
        Act("clock", who, now, what="run", pace=2 if debate.pace is None else _other(debate)), ("pace",)
    )
    yield _Tried(Act("clock", who, now, what="pause"))
    yield _Tried(Act("clock", who, now, what="jump", until=_soon(now)), ("until",))


def _other(debate: Debate) -> int:
    return 2 if debate.pace is not None and debate.pace.pace == 1 else 1


def _soon(now: datetime, hours: int = 1) -> datetime:
    try:
        return now + timedelta(hours=hours)
    except OverflowError:  # after the last hour that there is nothing lies ahead
        return now


def _floor(debate: Debate, who: str, table: Table, now: datetime) -> Iterator[_Tried]:
    # With two hundred at the table only those are tried of whom it can be so: who has spoken is replied to, and who
    # speaks leaves its time to somebody.
    spoken = {each.who for each in debate.speeches}
    for what in SPEAKING:
        for whom in (each for each in table.speakers if each in spoken) if what == "reply" else ("",):
            yield _Tried(Act("ask", who, now, what=what, whom=whom), (), ("text",))
    for what in ("", *SPEAKING):
        yield _Tried(Act("leave", who, now, what=what))
    for asked in debate.asking:
        for what in ("", asked.what):
            yield _Tried(Act("floor", who, now, whom=asked.who, what=what), (), ("seconds",))
    for what in ("", "speech"):
        yield _Tried(Act("floor", who, now, whom=SECRETARY, what=what), (), ("seconds",))
    speech = debate.speaking
    if speech is not None:
        others = (*table.delegations, SECRETARY) if who == speech.who else (speech.who,)
        for whom in ("", *others):
            yield _Tried(Act("yield", who, now, whom=whom), (), ("text",))
    for what in ("open", "close"):
        yield _Tried(Act("list", who, now, what=what))
    for what in ("", *SPEAKING):
        yield _Tried(Act("limit", who, now, what=what, seconds=1), ("seconds",))
    yield _Tried(Act("point", who, now, text=DOT), ("text",))
    for answer in RULINGS:
        yield _Tried(Act("ruling", who, now, answer=answer, text=DOT), ("text",))


def _motions(debate: Debate, who: str, table: Table, now: datetime) -> Iterator[_Tried]:
    for row in MOTIONS:
        values = {
            "until": (_free_time(debate, now),), "seconds": (_free_seconds(debate),), "text": (DOT,),
            "item": tuple(debate.items), "ballot": table.ballots,
        }  # fmt: skip
        named = [name for name in row.needs if name in ("item", "ballot")]
        fixed = {name: values[name][0] for name in row.needs if name not in named}
        may = tuple(dict.fromkeys((*row.takes, *(("item",) if row.what in ON_ITEM else ()), "text")))
        to_name = tuple(fixed)
        others = tuple(each for each in may if each not in to_name)
        for targets in [{named[0]: value} for value in values[named[0]]] if named else [{}]:
            yield _Tried(Act("motion", who, now, what=row.what, **fixed, **targets), to_name, others)  # type: ignore[arg-type]
        # Where the same was moved without an end, it can still be moved with one.
        for name in row.takes:
            act = Act("motion", who, now, what=row.what, **{name: values[name][0]})  # type: ignore[arg-type]
            yield _Tried(act, (name,), others)
    for motion in debate.motions.values():
        if motion.fate in ("", "put"):
            yield _Tried(Act("leave", who, now, motion=motion.id))
            yield _Tried(Act("put", who, now, motion=motion.id))
            for status in HANDS:
                yield _Tried(Act("hand", who, now, motion=motion.id, status=status))
            yield _Tried(Act("settle", who, now, motion=motion.id), (), ("text",))
            for answer in ANSWERS:
                yield _Tried(Act("settle", who, now, motion=motion.id, answer=answer, text=DOT), ("text",))


def _free_time(debate: Debate, now: datetime) -> datetime:
    """A time ahead that nobody has moved yet."""
    moved = {each.until for each in debate.motions.values() if not each.fate}
    hours = (_soon(now, number) for number in range(1, len(moved) + 2))
    return next((each for each in hours if each not in moved), now)


def _free_seconds(debate: Debate) -> int:
    """A length of speeches that nobody has moved yet."""
    moved = {each.seconds for each in debate.motions.values() if not each.fate}
    return next(each for each in range(60, 60 + len(moved) + 1) if each not in moved)


def _beside(debate: Debate, who: str, table: Table, now: datetime) -> Iterator[_Tried]:
    yield _Tried(
        Act("paper", who, now, what="table", paper=NEW, title=DOT, digest=DOT, size=1, text=SORTS[0]),
        ("title", "digest", "size"), ("paper", "proposal", "text"),
    )  # fmt: skip
    for paper in debate.papers:
        yield _Tried(
            Act("paper", who, now, what="revise", paper=paper, digest=DOT, size=1), ("digest", "size"),
            ("title", "proposal", "text"),
        )  # fmt: skip
        for what in ("sponsor", "withdraw"):
            yield _Tried(Act("paper", who, now, what=what, paper=paper), (), ("text",))
    for ballot in table.ballots:
        for hidden in ("", "yes"):
            yield _Tried(Act("manner", who, now, ballot=ballot, what="recorded", hidden=hidden))
        for first in ("", *table.members) if who == CHAIR else ("",):
            yield _Tried(Act("manner", who, now, ballot=ballot, what="roll call", whom=first))
    if table.entries:
        yield _Tried(Act("bookmark", who, now, entry=table.entries - 1, text=DOT), ("entry", "text"))
