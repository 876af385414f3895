"""Figures as they moved: each value with its day and who gives it, as long as its number; what was
withdrawn is hollow, and stays."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from foedus.evidence.record import Quantity, Value
from foedus.report.html.setting import Setting
from foedus.report.remains import PEOPLE, number
from foedus.report.wording import on_day


def figures(page: Setting) -> Mapping[str, Any] | None:
    """Those of several values, each with a table; then those of one value, in one table: figures
    about people first."""
    known = [quantity for quantity in page.assessment.quantities if quantity.values]
    if not known:
        return None
    moving = [q for q in known if len(q.values) > 1 or any(value.withdrawn for value in q.values)]
    still = sorted((q for q in known if q not in moving), key=lambda q: q.unit not in PEOPLE)
    # The dead come before the sizes of forces.
    moving.sort(key=lambda q: q.unit not in PEOPLE)
    return {
        "moving": [_series(page, quantity) for quantity in moving],
        "still": [_series(page, quantity) for quantity in still],
    }


def _series(page: Setting, quantity: Quantity) -> Mapping[str, Any]:
    most = max((value.value for value in quantity.values), default=Fraction(0))
    return {
        "id": quantity.id,
        "title": quantity.title or quantity.id,
        "unit": "" if quantity.unit in (*(quantity.title or "").lower().split(), *PEOPLE) else quantity.unit,
        "values": [_value(page, value, most) for value in quantity.values],
    }


def _value(page: Setting, value: Value, most: Fraction) -> Mapping[str, Any]:
    source = page.sources.get(value.source)
    by = value.by or (source.by if source else "")
    return {
        "number": number(value.value),
        "at_least": value.at_least,
        "on": on_day(value.as_of),
        "by": page.names.plain(by) if by else "",
        "source": value.source if page.number(value.source) else "",
        "withdrawn": value.withdrawn,
        "unconfirmed": value.unconfirmed,
        "note": value.note,
        "share": round(float(value.value / most) * 100, 1) if most > 0 and value.value > 0 else 0,
    }
