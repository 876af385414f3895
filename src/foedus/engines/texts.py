"""Which text of an instrument governs on a day, and what its terms mean under it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from foedus.engines.situation import Situation
from foedus.ir.norm import Define


def text_in_force(at: Situation, instrument: str, day: date) -> str | None:
    """The text of an instrument in force on a day: the newest that has begun; None if it has one
    text without a name, or none has begun."""
    known = at.program.instruments.get(instrument)
    begun = [t for t in known.texts if t.start.first <= day and t.known(at.known_by)] if known else []
    return begun[-1].id if begun else None


def definitions(defines: Iterable[Define]) -> dict[str, Define]:
    """Definitions by `instrument.term@text`."""
    return {f"{d.name}@{d.text}": d for d in defines}
