"""From members to directed pairs: what each owes every other member of the same phase of an instrument, on the days
that both are members.

A data set has one row for each member and phase; what is owed is owed to the others of that phase. Two phases may run
side by side (an alliance divided among successors of a member), so that the days alone do not pair.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from foedus.obligations.table import (
    KINDS,
    Instrument,
    Table,
    Written,
    bits_of,
    conditions_bits,
    first_day,
    first_day_after,
)
from foedus.sources.edition import Dropped, Edition
from foedus.terms.edtf import EDate


class Part(Protocol):
    """What a member owed under one instrument in one spell, as a reader gives it; `until` is exclusive."""

    @property
    def alliance(self) -> int: ...
    @property
    def member(self) -> int: ...
    @property
    def phase(self) -> int: ...
    @property
    def start(self) -> EDate: ...
    @property
    def until(self) -> EDate | None: ...
    @property
    def pledges(self) -> frozenset[str]: ...
    @property
    def flags(self) -> Mapping[str, frozenset[str]]: ...
    @property
    def adversaries(self) -> tuple[int, ...]: ...
    @property
    def varies(self) -> bool: ...
    @property
    def line(self) -> int: ...


def paired(
    source: str, parts: Sequence[Part], edition: Edition | None, titles: Mapping[int, str] = {}
) -> Table:
    """Every part against every other of its instrument and phase. Parts that pledge nothing, or that have no
    partner on any of their days, are in `left_out`."""
    alliances = {number: n for n, number in enumerate(dict.fromkeys(part.alliance for part in parts))}
    owner = np.array([alliances[part.alliance] for part in parts], np.int32)
    phases: dict[tuple[int, int], int] = {}
    circle = np.array([phases.setdefault((p.alliance, p.phase), len(phases)) for p in parts], np.int32)
    member = np.array([part.member for part in parts], np.int16)
    start = np.array([first_day(part.start) for part in parts], np.int32)
    until = np.array([first_day_after(part.until) for part in parts], np.int32)
    every, other = every_two(circle)
    one = every
    begins, ends = np.maximum(start[one], start[other]), np.minimum(until[one], until[other])
    pledges = np.array([bits_of(part.pledges) for part in parts], np.uint8)
    met = (member[one] != member[other]) & (begins < ends)
    kept = met & (pledges[one] != 0)
    one, other, begins, ends = one[kept], other[kept], begins[kept], ends[kept]

    foes: dict[tuple[int, ...], int] = {(): 0}
    for part in parts:
        foes.setdefault(tuple(sorted(part.adversaries)), len(foes))
    own: dict[str, list[Any]] = {
        "pledges": [bits_of(part.pledges) for part in parts],
        "conditions": [conditions_bits(part.flags) if part.flags else 0 for part in parts],
        "phase": [part.phase for part in parts],
        "line": [part.line for part in parts],
        "varies": [part.varies for part in parts],
        "foe": [foes[tuple(sorted(part.adversaries))] for part in parts],
    }
    columns: dict[str, Any] = {name: np.array(values, KINDS[name])[one] for name, values in own.items()}
    unsure = np.array([not _to_the_day(part) for part in parts], np.bool_)
    return Table(
        source,
        debtor=member[one],
        beneficiary=member[other],
        start=begins,
        until=ends,
        instrument=owner[one],
        doubtful=unsure[one] | unsure[other],
        **columns,
        instruments=tuple(
            Instrument(f"{source}:{number}", titles.get(number, ""), signed)
            for number, signed in zip(alliances, _first(owner, start, parts), strict=True)
        ),
        adversaries=tuple(foes),
        written=_written(parts, unsure, one, other, begins, ends),
        edition=edition,
        left_out=tuple(_alone(parts, pledges, every[met])),
    )


def every_two(owner: npt.NDArray[np.int32]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The places of every two rows of the same owner, a row with itself included, in the order of the first."""
    order = np.argsort(owner, kind="stable")
    sizes = np.bincount(owner, minlength=int(owner.max()) + 1) if len(owner) else np.zeros(0, np.int64)
    first = np.concatenate(([0], np.cumsum(sizes)[:-1])) if len(sizes) else sizes
    size = sizes[owner]
    one = np.repeat(np.arange(len(owner)), size)
    within = np.arange(len(one)) - np.repeat(np.cumsum(size) - size, size)
    return one, order[np.repeat(first[owner], size) + within]


def _to_the_day(part: Part) -> bool:
    return part.start.first == part.start.last and (part.until is None or part.until.first == part.until.last)


def _first(
    owner: npt.NDArray[np.int32], start: npt.NDArray[np.int32], parts: Sequence[Part]
) -> list[EDate | None]:
    """The earliest beginning of each instrument: the data sets count from signatures."""
    earliest: dict[int, int] = {}
    for n, of in enumerate(owner.tolist()):
        if of not in earliest or start[n] < start[earliest[of]]:
            earliest[of] = n
    return [parts[earliest[of]].start for of in range(len(earliest))]


def _written(
    parts: Sequence[Part],
    unsure: npt.NDArray[np.bool_],
    one: npt.NDArray[np.int64],
    other: npt.NDArray[np.int64],
    begins: npt.NDArray[np.int32],
    ends: npt.NDArray[np.int32],
) -> dict[int, Written]:
    """The dates of the rows that are not known to the day: each end is that of the part that sets it."""
    found: dict[int, Written] = {}
    for n in np.flatnonzero(unsure[one] | unsure[other]).tolist():
        two: tuple[Part, Part] = parts[int(one[n])], parts[int(other[n])]
        start = next(part.start for part in two if first_day(part.start) == begins[n])
        until = next(part.until for part in two if first_day_after(part.until) == ends[n])
        found[n] = Written(start, until)
    return found


def _alone(
    parts: Sequence[Part], pledges: npt.NDArray[np.uint8], met: npt.NDArray[np.int64]
) -> list[Dropped]:
    """The parts that give no pair, and why; `met` are the places of those that have a partner."""
    some = np.zeros(len(parts), np.bool_)
    some[met] = True
    found: list[Dropped] = []
    for part, bits, partnered in zip(parts, pledges.tolist(), some.tolist(), strict=True):
        if bits and partnered:
            continue
        why = "no other member is one on the same days" if bits else "it pledges none of the five"
        cells = (("alliance", str(part.alliance)), ("member", str(part.member)), ("phase", str(part.phase)))
        found.append(Dropped(part.line, why, cells))
    return found
