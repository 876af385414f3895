"""HTML for the output of a notebook's cell: escaped, styled in place, without scripts or references.

A notebook shows a cell's output inside its own page, light or dark, with its own rules for tables. So every
element brings its style along, colours are those of the notebook, and what is quiet is only fainter.

>>> str(element("b", "Bor & <script>", style="font-weight:700"))
'<b style="font-weight:700">Bor &amp; &lt;script&gt;</b>'
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from foedus.diagnostics.visible import visible
from foedus.words.speech import language

SMALL = "font-size:.92em"
LINE = "1px solid rgba(128,128,128,.45)"
HAIR = "1px solid rgba(128,128,128,.25)"
QUIET = "opacity:.78"
"""Faint enough to stand back, and still above the contrast that WCAG asks of small text."""

FRAME = (
    "font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;font-size:14px;line-height:1.45;"
    "max-width:60rem;color:inherit;overflow-wrap:break-word"
)
_TABLE = (
    "border-collapse:collapse;border-spacing:0;border:0;margin:.2rem 0 .6rem;table-layout:auto;"
    "font-size:inherit;color:inherit;background:transparent"
)
_CELL = (
    f"text-align:left;vertical-align:top;padding:.35rem .8rem .35rem 0;border:0;border-top:{HAIR};"
    "background:transparent;white-space:normal;font-size:inherit;max-width:none"
)
_ROW = "background:transparent"
_HEAD = (
    f"text-align:left;vertical-align:bottom;padding:.2rem .8rem .2rem 0;border:0;border-bottom:{LINE};"
    "background:transparent;white-space:normal;font-weight:400;font-size:.85em;opacity:.78"
)


class Markup(str):
    """Text that is HTML already. Anything else is escaped when it is put into an element."""

    __slots__ = ()


def shown(text: str) -> Markup:
    """A text from outside: nothing in it is markup, hides or turns round. Words that a terminal keeps on
    one line may part here: a cell of a table would be as wide as the longest of them."""
    return Markup(html.escape(visible(text).replace("\u00a0", " ")))


def joined(parts: Iterable[str], between: str = "") -> Markup:
    """Parts one after another, those that are not HTML escaped."""
    return Markup(shown(between).join(part if isinstance(part, Markup) else shown(part) for part in parts))


def element(name: str, *inside: str, style: str = "", **attributes: str) -> Markup:
    """An element with what stands in it; empty `inside` gives an empty element, never a void one."""
    if style:
        attributes["style"] = style
    said = "".join(f' {key.rstrip("_")}="{html.escape(value)}"' for key, value in attributes.items())
    return Markup(f"<{name}{said}>{joined(inside)}</{name}>")


def block(*inside: str, style: str = "") -> Markup:
    """A paragraph's worth."""
    return element("div", *inside, style=style)


def quiet(*inside: str) -> Markup:
    """What stands back."""
    return element("span", *inside, style=QUIET)


def code(text: str) -> Markup:
    """An id, as it is written in a program."""
    return element(
        "code",
        text,
        style="font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.86em;"
        "background:transparent;color:inherit;padding:0;opacity:.85",
    )


def letter(text: str) -> Markup:
    """The letter of an open question, in a box."""
    return element(
        "b",
        text,
        style="display:inline-block;border:1px solid currentColor;border-radius:2px;padding:0 .34em;"
        "font-size:.82em;line-height:1.35;font-weight:700",
    )


def heading(text: str, *beside: str) -> Markup:
    """A heading inside an output, with what stands beside it."""
    more = [element("span", *beside, style="font-weight:400;font-size:.9em;opacity:.78")] if beside else []
    style = "font-weight:700;margin:.9rem 0 .15rem"
    return element("div", joined([text, *more], "  "), style=style, role="heading", **{"aria-level": "4"})


def folded(title: str, *inside: str) -> Markup:
    """What opens on demand; no script opens it, and print shows at least its title."""
    summary = element("summary", title, style="cursor:pointer;padding:.12rem 0")
    return element("details", summary, *inside, style="margin:0")


def table(heads: Sequence[str], rows: Iterable[Markup], *, wide: bool = True) -> Markup:
    """A table of rows made by `row` and `across`, without heads where all are empty; `wide` takes all the
    room there is, and breaks its lines; any other is as wide as its cells."""
    head = [
        element("th", each, style=_HEAD, scope="col") if each else element("td", style=_HEAD)
        for each in heads
    ]
    top = [element("thead", element("tr", *head, style=_ROW))] if any(heads) else []
    body = element("tbody", *rows)
    if wide:
        return element("table", *top, body, style=f"{_TABLE};width:100%")
    # Where its columns do not fit, it scrolls by itself, with a keyboard too.
    return element("div", element("table", *top, body, style=_TABLE), style="overflow-x:auto", tabindex="0")


def row(head: str, *cells: str, tied: Sequence[int] = ()) -> Markup:
    """A row whose first cell names it, or is empty; cells counted in `tied` (0 is the head) stay on one line."""

    def style(number: int) -> str:
        return f"{_CELL};white-space:nowrap" if number in tied else _CELL

    first = element("th", head, style=f"{style(0)};font-weight:400", scope="row") if head else empty(style(0))
    rest = [element("td", cell, style=style(n)) for n, cell in enumerate(cells, 1)]
    return element("tr", first, *rest, style=_ROW)


def empty(style: str) -> Markup:
    """A cell with nothing in it, which continues the one above."""
    return element("td", style=style.replace(f"border-top:{HAIR}", "border-top:0"))


def across(columns: int, *inside: str) -> Markup:
    """A heading over the rows that follow."""
    style = f"{_CELL};border-top:{LINE};padding-top:.5rem;font-weight:700"
    cell = element("th", *inside, style=style, colspan=str(columns), scope="colgroup")
    return element("tr", cell, style=_ROW)


def framed(*inside: str) -> str:
    """A whole output."""
    return str(element("div", *inside, style=FRAME, lang=language()))
