"""Reads every page and draws the register up: what takes a second, and is done when a page has changed."""

from __future__ import annotations

from pathlib import Path

from foedus.diagnostics.problem import Refused
from foedus.library import Library
from foedus.register.make import records
from foedus.register.rows import Instrument


def draw_up(treaties: Path | None) -> tuple[Instrument, ...]:
    """The records of all pages. Raises `Refused` with the mistakes of those that cannot be read."""
    library = Library(treaties, trials=False)
    loaded = library.load(library.pages)
    if loaded.errors:
        raise Refused(*loaded.errors)
    return records(loaded.program, loaded.pages)
