"""What a drawing of obligations shows: ties between two states, and leagues of many.

A *league* is an instrument under which every one of at least `FEWEST` states owes every other the same, or every
guarantor every guaranteed: one sign with a line to each of them says what a hundred arrows would. It says it exactly:
where one pair is lacking, the states in question are drawn by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from foedus.obligations.obligation import Obligation, Pledge
from foedus.sources.edition import Edition

FEWEST = 4
"""So many states make a league."""

Pledges = frozenset[Pledge | None]
Pair = tuple[int, int]


@dataclass(frozen=True)
class Tie:
    """What two states owe each other: pledges that go both ways, those of the first alone, of the second alone."""

    one: int
    other: int
    both: Pledges
    first: Pledges
    second: Pledges


@dataclass(frozen=True)
class League:
    """Under `title` each of `debtors` owes each of `owed` the `pledges`, none itself."""

    instrument: str
    title: str
    debtors: frozenset[int]
    owed: frozenset[int]
    pledges: Pledges

    @property
    def members(self) -> frozenset[int]:
        """Whoever owes or is owed."""
        return self.debtors | self.owed


@dataclass(frozen=True)
class Ties:
    """What is drawn of a date. `unsure` counts obligations whose dates leave open whether they are owed on it,
    `beyond` those whose data set does not reach it: neither is drawn. `mutual` and `single` count directed pairs."""

    on: date
    ties: tuple[Tie, ...]
    leagues: tuple[League, ...]
    states: tuple[int, ...]
    instruments: tuple[str, ...]
    editions: tuple[str, ...]
    unsure: int
    beyond: int
    mutual: int
    single: int


def ties(
    obligations: Iterable[Obligation],
    on: date,
    *,
    pledges: Sequence[Pledge | None] | None = None,
    states: Iterable[int] | None = None,
    editions: Sequence[Edition] = (),
) -> Ties:
    """The obligations of a day. `pledges` and `states` (both ends among them) narrow what is drawn."""
    reach = {edition.id: edition for edition in editions}
    among = frozenset(states) if states is not None else None
    sure: list[Obligation] = []
    unsure = beyond = 0
    for one in obligations:
        if pledges is not None and one.pledge not in pledges:
            continue
        if among is not None and not {one.debtor, one.beneficiary} <= among:
            continue
        if one.start.first > on or (one.until is not None and on >= one.until.last):
            continue
        edition = reach.get(one.edition)
        if edition is not None and not edition.first <= on <= edition.last:
            beyond += 1
        elif one.start.last <= on and (one.until is None or on < one.until.first):
            sure.append(one)
        else:
            unsure += 1
    leagues, rest = _leagues(sure)
    owed: dict[Pair, set[Pledge | None]] = {}
    for (debtor, beneficiary), found in rest.items():
        owed.setdefault((debtor, beneficiary), set()).update(found)
    whole = {(one.debtor, one.beneficiary) for one in sure}
    shown = {state for pair in whole for state in pair}
    return Ties(
        on,
        tuple(_tie(pair, owed) for pair in sorted({tuple(sorted(pair)) for pair in owed})),
        tuple(leagues),
        tuple(sorted(shown)),
        tuple(sorted({one.instrument for one in sure})),
        tuple(sorted({one.edition for one in sure})),
        unsure,
        beyond,
        sum((other, one) in whole for one, other in whole),
        sum((other, one) not in whole for one, other in whole),
    )


def _tie(pair: tuple[int, ...], owed: Mapping[Pair, set[Pledge | None]]) -> Tie:
    one, other = pair
    there, back = owed.get((one, other), set()), owed.get((other, one), set())
    return Tie(one, other, frozenset(there & back), frozenset(there - back), frozenset(back - there))


def _leagues(sure: Sequence[Obligation]) -> tuple[list[League], dict[Pair, set[Pledge | None]]]:
    """The leagues among them, and what no league says."""
    rows: dict[tuple[str, Pledge | None], set[Pair]] = {}
    titles: dict[str, str] = {}
    for one in sure:
        rows.setdefault((one.instrument, one.pledge), set()).add((one.debtor, one.beneficiary))
        titles.setdefault(one.instrument, one.title or one.instrument)
    found: dict[tuple[str, frozenset[int], frozenset[int]], set[Pledge | None]] = {}
    rest: dict[Pair, set[Pledge | None]] = {}
    for (instrument, pledge), pairs in sorted(rows.items(), key=lambda row: (row[0][0], row[0][1] or "~")):
        debtors, owed = _core(pairs)
        if len(debtors | owed) >= FEWEST:
            found.setdefault((instrument, debtors, owed), set()).add(pledge)
            pairs = pairs - {(one, other) for one in debtors for other in owed}
        for pair in pairs:
            rest.setdefault(pair, set()).add(pledge)
    made = [
        League(instrument, titles[instrument], debtors, owed, frozenset(pledges))
        for (instrument, debtors, owed), pledges in found.items()
    ]
    return sorted(made, key=lambda each: (-len(each.members), each.instrument, sorted(each.members))), rest


def _core(pairs: set[Pair]) -> tuple[frozenset[int], frozenset[int]]:
    """Debtors and owed of whom every one owes every other one: whoever lacks most is left out until none does."""
    debtors = {one for one, _ in pairs}
    owed = {other for _, other in pairs}
    while True:
        lacking = [
            (one, other) for one in debtors for other in owed if one != other and (one, other) not in pairs
        ]
        if not lacking:
            return frozenset(debtors), frozenset(owed)
        counts: dict[tuple[int, int], int] = {}
        for one, other in lacking:
            counts[0, one] = counts.get((0, one), 0) + 1
            counts[1, other] = counts.get((1, other), 0) + 1
        role, state = min(counts, key=lambda key: (-counts[key], key))
        (owed if role else debtors).discard(state)
