"""Rules of decision and weightings as written. No name is resolved yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from foedus.diagnostics.span import NOWHERE, Place
from foedus.ir.decision import By
from foedus.lang.formula_tree import Formula, Name


@dataclass(frozen=True, slots=True)
class WayLine:
    """`by silence 72 hours` (`failing that by …`, of any but the first) with its formulas; `by` is empty where
    `passes` stands right below the rule or the text."""

    by: By
    passes: Formula
    quorum: Formula | None = None
    hours: int | None = None
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ApartLine:
    """`left out(p, m): F` or `held to abstain(p, m): F`."""

    member: Name
    body: Formula
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """What a rule says for all texts (`text` is None) or for one. `quorum` is that of every way that has none of
    its own."""

    text: Name | None
    ways: tuple[WayLine, ...] = ()
    members: Name | None = None
    seats: int | None = None
    left_out: ApartLine | None = None
    held_to: ApartLine | None = None
    quorum: Formula | None = None
    place: Place = field(default=NOWHERE, compare=False)

    def formulas(self) -> Iterator[Formula]:
        """Every formula of it, in the order in which they are written."""
        yield from (apart.body for apart in (self.left_out, self.held_to) if apart is not None)
        if self.quorum is not None:
            yield self.quorum
        for way in self.ways:
            if way.quorum is not None:
                yield way.quorum
            yield way.passes


@dataclass(frozen=True, slots=True)
class RuleItem:
    """`versions` begins with what is said for all texts, if anything is; `motion` is None where nothing is said of
    what passes."""

    name: Name
    organ: Name
    title: str
    motion: Name | None
    versions: tuple[RuleVersion, ...]
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class WeightLine:
    """`FRA 68 [source]`."""

    state: Name
    weight: Fraction
    source: Name | None = None
    unconfirmed: bool = False
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class WeightingItem:
    """`weighting population "…"` with what each state weighs."""

    name: Name
    title: str
    lines: tuple[WeightLine, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)
