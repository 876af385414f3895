"""Dates as a sentence has them.

`between` is said of one day in a range, `to` of a span that lasted. Ranges and spans include the days
they name, so an open one is `on or after`, never `after`.

>>> from foedus.diagnostics.span import NOWHERE
>>> from foedus.terms.edtf import parse_date
>>> in_words(parse_date("2022-01-05/2022-01-08", NOWHERE))
'5 to 8 January 2022'
"""

from __future__ import annotations

from foedus.terms.edtf import MONTHS, EDate

_DOUBT = {"?": "perhaps ", "~": "about ", "%": "perhaps about "}


def in_words(a: EDate) -> str:
    """The date in English: `5 January 2022`, `5 or 6 January 2022`, `between 5 and 8 January 2022`."""
    parts = a.parts
    said = _said(tuple(part for part in parts if part != ".."))
    if a.kind == "span":
        if a.open_end:
            return f"from {said[0]}"
        if a.open_start:
            return f"up to and including {said[0]}"
        return said[-1] if parts[0] == parts[1] and len(parts[0]) == 10 else " to ".join(said)
    if a.open_end:
        return f"on or after {said[0]}"
    if a.open_start:
        return f"on or before {said[0]}"
    if ".." in a.text:
        return "between " + " and ".join(said)
    return f"{', '.join(said[:-1])} or {said[-1]}" if len(said) > 1 else said[0]


def _said(parts: tuple[str, ...]) -> list[str]:
    """Each part in words; month and year that all share are said once, with the last.

    Only parts of one precision without a mark of doubt share words: "about 5 or 6 January" would
    leave open what is doubtful.
    """
    alike = len({len(part) for part in parts}) == 1 and not any(part[-1] in _DOUBT for part in parts)
    shared = 0
    if alike and len({part[:4] for part in parts}) == 1:
        shared = 1
        if len(parts[0]) == 10 and len({part[:7] for part in parts}) == 1:
            shared = 2
    if len(parts[0]) == 4:
        shared = 0
    return [_part(part, shared) for part in parts[:-1]] + [_part(parts[-1], 0)]


def _part(part: str, drop: int) -> str:
    doubt = _DOUBT.get(part[-1], "")
    figures = part.rstrip("?~%").split("-")
    words = [str(int(figures[0]))]
    if len(figures) > 1:
        words.insert(0, MONTHS[int(figures[1]) - 1])
    if len(figures) > 2:
        words.insert(0, str(int(figures[2])))
    return doubt + " ".join(words[: len(words) - drop])
