"""What one cell holds: made safe on the way out, read and checked on the way in.

A program for spreadsheets takes a cell that begins with `=`, `+`, `-` or `@` for a formula, and a formula
can open files and addresses. Such a cell gets an apostrophe before it, and loses it again when read.

>>> neutralised("=1+1"), restored("'=1+1"), restored(neutralised("'@x"))
("'=1+1", '=1+1', "'@x")
>>> from foedus.diagnostics.span import NOWHERE
>>> read_cell(Column("date", "date", ""), " 06.01.2022 ", NOWHERE)
'2022-01-06'
"""

from __future__ import annotations

import re

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import Place
from foedus.tables.columns import VERBS, Column
from foedus.terms.time import parse_date

LONGEST_CELL = 10_000
YES = frozenset({"yes", "y", "x", "true", "1", "да", "oui", "vrai", "истина", "✓"})
NO = frozenset({"", "no", "n", "false", "0", "нет", "non", "faux", "ложь", "-"})

_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff\ufffd\ud800-\udfff]"
)
_NAME = re.compile(r"(?!(?:and|or|not|no|as|is|that)(?![\w-]))[a-z][a-z0-9_]*(?:-[a-z0-9_]+)*")
_CODE = re.compile(r"[A-Z][A-Z0-9_]*")
_DOTTED_DAY = re.compile(r"([0-3]?\d)\.([01]?\d)\.(\d{4})")
_SLASHED_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def neutralised(text: str) -> str:
    """The text as it may stand in a CSV file."""
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """The text that `neutralised` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def read_cell(column: Column, text: str, place: Place) -> str:
    """The cell as the dossier writes it. Raises `Refused` (F108, F11x, F126, F141, F525)."""
    if len(text) > LONGEST_CELL:
        raise _refused(column, text[:40], place, f"It has more than {LONGEST_CELL:,} characters.")
    if hidden := _HIDDEN.search(text.replace("\r", "\n")):
        raise Refused(Problem("F108", place, {"code": f"U+{ord(hidden[0]):04X}"}))
    text = " ".join(text.split())
    match column.kind:
        case "flag":
            return _flag(column, text, place)
        case _ if not text:
            return ""
        case "name" | "code" | "who":
            return _named(column, text, place)
        case "date":
            return _date(column, text, place)
        case "url" | "urls":
            return _addresses(column, text, place)
        case "verb":
            if text.lower() not in VERBS:
                raise _refused(column, text, place, f"It is one of {', '.join(VERBS)}.")
            return text.lower()
        case "where":
            if re.search(r"[\[\]]|(?:^|\s)--", text):
                raise _refused(column, text, place, "No bracket and no ` --` can stand in it.")
            return curled(text)
        case "words":
            return curled(text)
        case _:
            return text


def curled(text: str) -> str:
    """The text with “ ” for straight quotation marks, which a page needs for itself.

    >>> curled('the "wise" men')
    'the “wise” men'
    """
    return re.sub(r'(?:^|(?<=[\s(\[—–-]))"', "“", text).replace('"', "”")


def _flag(column: Column, text: str, place: Place) -> str:
    if text.casefold() in YES:
        return "yes"
    if text.casefold() in NO:
        return ""
    raise _refused(column, text, place, "It is `yes` or empty.")


def _named(column: Column, text: str, place: Place) -> str:
    patterns = {"name": (_NAME,), "code": (_CODE,), "who": (_CODE, _NAME)}[column.kind]
    if any(pattern.fullmatch(text) for pattern in patterns):
        return text
    right = text.lower() if column.kind == "name" else text.upper()
    if any(pattern.fullmatch(right) for pattern in patterns):
        raise Refused(Problem("F126", place, {"word": text, "right": right}))
    wanted = {
        "name": "An id has small letters, digits and hyphens, such as `gazette-0712`.",
        "code": "A code has capitals, digits and `_`, such as `EMB_ARV`.",
        "who": "It is one code, such as `ARV`.",
    }
    raise _refused(column, text, place, wanted[column.kind])


def _date(column: Column, text: str, place: Place) -> str:
    if written := _DOTTED_DAY.fullmatch(text):  # as programs for spreadsheets show a day in half of the world
        text = f"{written[3]}-{int(written[2]):02}-{int(written[1]):02}"
    if _SLASHED_DAY.fullmatch(text):
        raise _refused(
            column, text, place, "The day and the month cannot be told apart: write it as `2022-01-05`."
        )
    return parse_date(text, place).text


def _addresses(column: Column, text: str, place: Place) -> str:
    addresses = text.split()
    for address in addresses:
        if not _ADDRESS.fullmatch(address):
            raise Refused(Problem("F141", place, {"address": address}, help="Write `https://…`."))
    if column.kind == "url" and len(addresses) > 1:
        raise _refused(column, text, place, "It is one address; copies go into the column `via`.")
    return text


def _refused(column: Column, text: str, place: Place, why: str) -> Refused:
    return Refused(
        Problem("F525", place, {"where": f"in the column `{column.name}`", "value": text, "why": why})
    )
