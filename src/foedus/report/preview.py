"""What tables would change in a dossier, page by page, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from foedus.diagnostics.visible import visible, wrap
from foedus.lang.show import show_claim, show_item
from foedus.lang.tree import ClaimLine
from foedus.tables.edits import Compared, Edit
from foedus.tables.exchange import Opened
from foedus.tables.rewrite import edits_by_page
from foedus.words.speech import plural, say

SIGNS = {"add": "+", "change": "~", "remove": "-"}


def show_preview(opened: Opened, compared: Compared, width: int = 80) -> str:
    """The edits, one paragraph a page; each with its sign, its key and what changes in it."""
    rows = wrap(summary(compared), width)
    rows += [line for said in _absent(compared) for line in wrap(said, width)]
    for written, edits in edits_by_page(opened.rows, compared.edits):
        rows += ["", visible(written.page.path)]
        for edit in edits:
            rows += _shown(edit, width)
    return "\n".join(rows)


def summary(compared: Compared) -> str:
    """The whole in one sentence.

    >>> summary(Compared((), (), {}))
    'The tables say what the dossier says: nothing changes.'
    """
    if not compared.edits:
        return say("The tables say what the dossier says: nothing changes.")
    counts = Counter((edit.what, edit.table) for edit in compared.edits)
    parts = [_counted(what, table, n) for (what, table), n in sorted(counts.items())]
    return say("What would change: {changes}.", changes=", ".join(parts))


def _counted(what: str, table: str, n: int) -> str:
    match what, table:
        case "add", "sources":
            return plural("{n} source added", "{n} sources added", n)
        case "change", "sources":
            return plural("{n} source changed", "{n} sources changed", n)
        case "remove", "sources":
            return plural("{n} source removed", "{n} sources removed", n)
        case "add", "speakers":
            return plural("{n} speaker added", "{n} speakers added", n)
        case "change", "speakers":
            return plural("{n} speaker changed", "{n} speakers changed", n)
        case "remove", "speakers":
            return plural("{n} speaker removed", "{n} speakers removed", n)
        case "add", _:
            return plural("{n} claim added", "{n} claims added", n)
        case "change", _:
            return plural("{n} claim changed", "{n} claims changed", n)
        case _:
            return plural("{n} claim removed", "{n} claims removed", n)


def _absent(compared: Compared) -> Iterator[str]:
    for table, n in compared.absent.items():
        match table:
            case "sources":
                yield plural("{n} source is in no row and stays.", "{n} sources are in no row and stay.", n)
            case "speakers":
                yield plural("{n} speaker is in no row and stays.", "{n} speakers are in no row and stay.", n)
            case _:
                yield plural("{n} claim is in no row and stays.", "{n} claims are in no row and stay.", n)


def _shown(edit: Edit, width: int) -> list[str]:
    sign = SIGNS[edit.what]
    if edit.what == "change":
        assert edit.was is not None
        return [f"  {sign} {visible(edit.was.key)}", *_differences(edit, width)]
    if edit.what == "remove":
        assert edit.was is not None
        said = show_claim(edit.was.item) if isinstance(edit.was.item, ClaimLine) else show_item(edit.was.item)
    else:
        assert edit.item is not None
        said = show_claim(edit.item) if isinstance(edit.item, ClaimLine) else show_item(edit.item)
    if edit.table == "claims":
        said = f"{edit.cells['fact']}: {said}" + (f" -- {edit.cells['note']}" if edit.cells["note"] else "")
    first, *below = said.split("\n")
    return [
        *_hung(f"  {sign} ", first, width),
        *(row for line in below for row in _hung("      ", line.strip(), width)),
    ]


def _differences(edit: Edit, width: int) -> Iterable[str]:
    assert edit.was is not None
    names = [name for name, value in edit.cells.items() if edit.was.cells.get(name) != value]
    room = max(map(len, names), default=0)
    for name in names:
        was = edit.was.cells[name] or say("(empty)")
        now = edit.cells[name] or say("(empty)")
        yield from _hung(f"      {name:{room}}  ", f"{was} → {now}", width)


def _hung(head: str, text: str, width: int) -> list[str]:
    lines = wrap(text, width - len(head)) or [""]
    return [head + lines[0], *(" " * len(head) + line for line in lines[1:])]
