"""Chances as a person writes them, read exactly: a file in TOML, or the same as a mapping.

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
    found: dict[str, object] = {}
    for section, content in data.items():
        if section not in ("chance", "reading") or not isinstance(content, dict):
            raise Refused(
                Problem(
                    "F505", place, {"why": f"there is no section [{section}]; [chance] and [reading.…] exist"}
                )
            )
        for name, value in cast("dict[str, object]", content).items():
            if (section == "reading") is not isinstance(value, dict):
                if section == "chance":
                    chance(name, value, place)  # says how a chance is written
                raise Refused(
                    Problem("F505", place, {"why": f"the reading {name} needs its answers below it"})
                )
            if name in found:
                raise Refused(Problem("F505", place, {"why": f"{name} stands in both sections"}))
            found[name] = value
    return weights_of(found, place)


def weights_of(chances: Mapping[str, object], place: Place) -> Mapping[str, Fraction]:
    """Chances by variable, of what a file or a program says: a fact or judgement with its chance, a
    question with a mapping from its answers to theirs.

    >>> from foedus.diagnostics.span import NOWHERE
    >>> weights_of({"directed": "1/3", "cst.aggression": {"any author": 1}}, NOWHERE)
    {'directed': Fraction(1, 3), 'cst.aggression="any author"': Fraction(1, 1)}
    """
    weights: dict[str, Fraction] = {}
    for name, value in chances.items():
        if isinstance(value, Mapping):
            weights.update(_answers(name, cast("Mapping[str, object]", value), place))
        else:
            weights[name] = chance(name, value, place)
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
