"""Facts that do not sit well together, flagged when both are said, and never decided.

A dossier declares a tension with its reason ("guarding only" against "assisting the operation"). It
is flagged once somebody asserts each of the two: who, in which documents. Which of them is so, and
whether they can be reconciled, is left to the reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from foedus.evidence.claim import Claim
from foedus.evidence.principals import principal_of
from foedus.evidence.record import Record, Tension
from foedus.evidence.standing import Standing


@dataclass(frozen=True, slots=True)
class Strain:
    """A tension of which both sides are said: the claims that assert the first and the second fact.

    `principals` say both; where there are any, the tension lies within one principal's own words.
    """

    tension: Tension
    first: tuple[Claim, ...]
    second: tuple[Claim, ...]
    principals: tuple[str, ...]


def tensions(record: Record, standings: Mapping[str, Standing]) -> tuple[Strain, ...]:
    """The tensions of the record both of whose facts are asserted, in the writer's order.

    A fact that a trial stipulates counts as asserted without claims if its word says that somebody
    asserts it.
    """
    found: list[Strain] = []
    for tension in record.tensions:
        sides = [standings.get(fact) for fact in tension.facts]
        if all(side is not None and _is_said(side) for side in sides):
            first, second = (_assertions(side) for side in sides)
            both = {principal_of(record, c.by) for c in first} & {principal_of(record, c.by) for c in second}
            found.append(Strain(tension, first, second, tuple(sorted(both))))
    return tuple(found)


def _is_said(side: Standing) -> bool:
    stipulated = side.rule == "given" and side.word not in ("unknown", "denied", "refuted")
    return stipulated or bool(side.supporting)


def _assertions(side: Standing | None) -> tuple[Claim, ...]:
    """The assertions of one side, copies included."""
    if side is None:
        return ()
    return tuple(
        claim for component in side.supporting for claim in component.claims if claim.verb == "asserts"
    )
