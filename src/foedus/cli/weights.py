"""A file of chances, in TOML, read exactly.

[chance]
directed = "1/3"                 # a fact or judgement: the chance that it is so
almaty = 0.9                     # a decimal is read as it is written

[reading."cst.aggression"]       # the answers of a question sum to 1
"any author" = "1/2"
"external author" = "1/2"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import cast

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.reading import read_page
from foedus.diagnostics.span import Place, spelled, whole
from foedus.engines.situation import answer_var

_NUMBER = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40}|/[0-9]{1,40})?")
"""What a chance may look like. No powers of ten: `1e999999999` is quickly written and takes hours to compute."""


def read_weights(path: Path) -> Mapping[str, Fraction]:
    """Chances by variable. Raises `Refused` (F505, F506) with the place or the name that is wrong."""
    text, _ = read_page(path)
    place = whole(spelled(path))
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise Refused(Problem("F505", place, {"why": str(error)})) from None
    except RecursionError:
        raise Refused(Problem("F505", place, {"why": "it is nested too deeply"})) from None
    weights: dict[str, Fraction] = {}
    for section, content in data.items():
        if section not in ("chance", "reading") or not isinstance(content, dict):
            raise Refused(
                Problem(
                    "F505", place, {"why": f"there is no section [{section}]; [chance] and [reading.…] exist"}
                )
            )
        table = cast("dict[str, object]", content)
        for name, value in table.items():
            if section == "chance":
                weights[name] = chance(name, value, place)
            elif isinstance(value, dict):
                weights.update(_answers(name, cast("dict[str, object]", value), place))
            else:
                raise Refused(
                    Problem("F505", place, {"why": f"the reading {name} needs its answers below it"})
                )
    return weights


def _answers(question: str, answers: Mapping[str, object], place: Place) -> dict[str, Fraction]:
    found = {
        answer_var(question, name): chance(f"{question}: {name}", value, place)
        for name, value in answers.items()
    }
    total = sum(found.values())
    if total != 1:
        raise Refused(
            Problem(
                "F506",
                place,
                {"name": question, "value": str(total), "why": "the answers of a question must sum to 1"},
            )
        )
    return found


def chance(name: str, value: object, place: Place) -> Fraction:
    """A chance from 0 to 1: `"1/3"`, `0.25`, `1`."""
    written = "" if isinstance(value, bool) else str(value).strip()
    if not isinstance(value, (str, int, Decimal)) or not _NUMBER.fullmatch(written):
        raise Refused(
            Problem("F506", place, {"name": name, "value": str(value), "why": "write it as 1/3 or 0.33"})
        )
    try:
        read = Fraction(written)
    except ZeroDivisionError:
        raise Refused(
            Problem("F506", place, {"name": name, "value": written, "why": "it divides by nothing"})
        ) from None
    if not 0 <= read <= 1:
        raise Refused(
            Problem(
                "F506", place, {"name": name, "value": str(value), "why": "a chance lies between 0 and 1"}
            )
        )
    return read
