"""Problems as frozen values: what the writer wrote, why it is wrong, what to do.

A problem names its code; the catalogue has the code's severity and the wording of its title and
help, into which `values` are filled. The same value renders in the terminal, as JSON and as HTML.

>>> p = Problem("F201", Place("lir.md", 3, 5, 3, 9), {"name": "fore", "near": "force"})
>>> p.values["near"]
'force'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from foedus.diagnostics.span import Place


@dataclass(frozen=True, slots=True)
class Note:
    """A second place that explains the problem, with a few words under the mark."""

    place: Place
    label: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake, addressed to the reader of treaties.

    `label` stands under the marked words; `help` overrides the catalogue's help when the place
    knows better. An empty `help` in both means that what to do is not known.
    """

    code: str
    place: Place
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    label: str = ""
    notes: tuple[Note, ...] = ()
    help: str = ""


class Refused(Exception):
    """Raised when work cannot go on; carries the problems for the reader (never a bare text)."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{p.code} {p.place.where()}" for p in problems))
        self.problems = problems
