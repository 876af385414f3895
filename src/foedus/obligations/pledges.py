"""Which of ATOP's five pledges a norm of a page is: the first row of a table (`pledges.csv`) that fits.

>>> [row.pledge for row in rules() if row.kind == "duty" and row.duty_class == "consult"]
['consul']
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast, get_args

from foedus.ir.norm import Norm
from foedus.obligations.obligation import Pledge


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: what is empty fits anything. `pledge` None: none of the five."""

    kind: str
    duty_class: str
    modifier: str
    act: str
    trigger: str
    pledge: Pledge | None
    why: str

    def fits(self, norm: Norm, duty_class: str | None, trigger: str) -> bool:
        """Whether a norm, of a class, with a trigger, is of this row."""
        return (
            self.kind == norm.kind
            and self.duty_class in ("", duty_class)
            and (not self.modifier or self.modifier in norm.modifiers)
            and (not self.act or any(act.predicate == self.act for act in norm.acts))
            and self.trigger in ("", trigger)
        )


@cache
def rules() -> tuple[Rule, ...]:
    """The table, in the order in which its rows are tried."""
    path = Path(__file__).with_name("pledges.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        read = csv.DictReader(lines, delimiter="|", quoting=csv.QUOTE_NONE, strict=True)
        return tuple(
            Rule(
                line["kind"], line["class"], line["modifier"], line["act"], line["trigger"],
                _pledge(line["pledge"]), line["why"],
            )
            for line in read
        )  # fmt: skip


def pledge_of(norm: Norm, trigger: str) -> tuple[Pledge | None, bool]:
    """A norm's pledge, and whether it is that under some answers only of the question of its class. Help that a war
    of the ally's own calls on is offence, whatever the table says of an attack."""
    classes = [duty_class for _, duty_class, _ in norm.classes] or [norm.duty_class]
    found: list[Pledge | None] = [_first(norm, one, trigger) for one in classes]
    kept: list[Pledge] = [pledge for pledge in found if pledge is not None]
    if not kept:
        return None, False
    own = kept[0] == "defense" and trigger.startswith("own war")
    return ("offense" if own else kept[0]), len(set(found)) > 1


def _first(norm: Norm, duty_class: str | None, trigger: str) -> Pledge | None:
    for row in rules():
        if row.fits(norm, duty_class, trigger):
            return row.pledge
    return None


def _pledge(cell: str) -> Pledge | None:
    if cell == "-":
        return None
    if cell not in get_args(Pledge):
        raise ValueError(f"`{cell}` is no pledge")
    return cast("Pledge", cell)
