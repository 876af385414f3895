r"""Tables for a terminal: cells wrap, and a table too wide is split into several.

>>> print("\n".join(tabulate(("", "A", "B"), [("Arvia", "yes", "–"), ("Bor", "no", "yes")], 40)))
         A    B
  Arvia  yes  –
  Bor    no   yes
"""

from __future__ import annotations

from collections.abc import Sequence

from foedus.report.layout import columns, padded, wrap

INDENT = 2
GAP = 2


def tabulate(
    heads: Sequence[str], rows: Sequence[Sequence[str]], room: int, first: int = 24, other: int = 14
) -> list[str]:
    """The lines of a table, none wider than `room`. `first` and `other` are the most columns that
    the first column and each of the others may take; longer cells wrap. What does not fit beside
    the first column follows in a further table, under the first column again."""
    first = min(first, room // 2 - INDENT)
    other = min(other, room - INDENT - first - GAP)
    limits = [first] + [other] * (len(heads) - 1)
    wide = [
        min(limit, max((columns(line) for cell in cells for line in wrap(cell, limit)), default=1))
        for limit, cells in zip(limits, zip(heads, *rows, strict=True), strict=True)
    ]
    lines: list[str] = []
    for chosen in _split(wide, room):
        if lines:
            lines.append("")
        for row in (heads, *rows):
            lines += _row([row[n] for n in chosen], [wide[n] for n in chosen])
    return lines


def _split(wide: Sequence[int], room: int) -> list[list[int]]:
    """Which columns stand together; the first is in every part."""
    parts: list[list[int]] = [[0]]
    used = INDENT + wide[0]
    for n in range(1, len(wide)):
        if used + GAP + wide[n] > room and len(parts[-1]) > 1:
            parts.append([0])
            used = INDENT + wide[0]
        parts[-1].append(n)
        used += GAP + wide[n]
    return parts


def _row(cells: Sequence[str], wide: Sequence[int]) -> list[str]:
    wrapped = [wrap(cell, room) for cell, room in zip(cells, wide, strict=True)]
    found: list[str] = []
    for n in range(max(map(len, wrapped))):
        parts = [
            padded(cell[n] if n < len(cell) else "", room) for cell, room in zip(wrapped, wide, strict=True)
        ]
        found.append((" " * INDENT + (" " * GAP).join(parts)).rstrip())
    return found
