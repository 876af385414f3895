"""The mistakes found on the way from tree to meaning, each kept once.

>>> slips = Slips()
>>> slips.add("F201", NOWHERE, name="fore")
>>> slips.add("F201", NOWHERE, name="fore")
>>> [p.code for p in slips.all()]
['F201']
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from foedus.diagnostics.problem import Note, Problem
from foedus.diagnostics.span import NOWHERE, Place
from foedus.diagnostics.suggest import suggest

MOST = 500
"""A page with more mistakes than this is not a page; the rest are not kept."""


@dataclass(slots=True)
class Slips:
    """Collects problems in the order found. A clause that is read for two texts is wrong once."""

    found: list[Problem] = field(default_factory=list[Problem])
    _seen: set[tuple[str, Place, tuple[tuple[str, str], ...]]] = field(
        default_factory=set[tuple[str, Place, tuple[tuple[str, str], ...]]]
    )

    def add(
        self,
        code: str,
        place: Place,
        label: str = "",
        notes: Iterable[Note] = (),
        do: str = "",
        **values: str,
    ) -> None:
        """Note a problem; `do` replaces the catalogue's help."""
        key = (code, place, tuple(sorted(values.items())))
        if key not in self._seen and len(self.found) < MOST:
            self._seen.add(key)
            kept = tuple(note for note in notes if note.place != NOWHERE)
            self.found.append(Problem(code, place, values, label, kept, do))

    def unknown(self, code: str, place: Place, name: str, among: Iterable[str], do: str = "") -> None:
        """Note an unknown name, with the nearest known one in label and help."""
        near = suggest(name, (known for known in among if known != name))
        label = f"perhaps `{near}`?" if near else ""
        self.add(code, place, label, do=do, name=name, near=near or "")

    def all(self) -> tuple[Problem, ...]:
        """Everything found."""
        return tuple(self.found)
