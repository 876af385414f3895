"""What members weigh, as a table: a state and its weight in each row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.tables.delimited import read_csv
from foedus.terms.codes import state_of

COLUMNS = ("state", "weight")
_NUMBER = re.compile(r"[0-9]{1,40}(?:\.[0-9]{1,40}|/[0-9]{1,40})?")
"""What a weight may look like. No powers of ten, which are quickly written and take hours to compute."""


def read_weights(path: Path, on: date, names: Mapping[str, str]) -> dict[str, Fraction]:
    """What each state of a CSV file weighs; other columns are passed over. `names` are the states of pages.

    Raises `Refused`: F521 for a file without these columns, F538 for a name of no state, F643 for what is no weight,
    and for a second one of the same state."""
    sheet = read_csv(path)
    header = [cell.strip().casefold() for cell in sheet.rows[0][1]] if sheet.rows else []
    if not set(COLUMNS) <= set(header):
        why = f"it has no columns {' and '.join(COLUMNS)}"
        raise Refused(Problem("F521", whole(sheet.path), {"path": sheet.path, "why": why}))
    columns = [header.index(column) for column in COLUMNS]
    found: dict[str, Fraction] = {}
    for row, cells in sheet.rows[1:]:
        state, weight = (cells[column].strip() if column < len(cells) else "" for column in columns)
        code = state_of(state, on, names)
        number = _exact(weight)
        if number is None or code in found:
            place = sheet.place(row, columns[1] + 1, COLUMNS[1])
            raise Refused(Problem("F643", place, {"text": weight, "state": code}))
        found[code] = number
    return found


def _exact(text: str) -> Fraction | None:
    if not _NUMBER.fullmatch(text) or not int(text.partition("/")[2] or "1"):
        return None
    return Fraction(text)
