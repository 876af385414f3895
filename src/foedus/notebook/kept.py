"""Data sets that a user keeps, from Python: what is counted in each; of one, the rates that its authors publish."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from foedus.notebook.frames import Row
from foedus.notebook.refusal import WIDE, told
from foedus.notebook.rows import Rows
from foedus.report.data_sets import show_kept, show_shelf
from foedus.report.fulfilment import Rate, rates, show_rates
from foedus.report.layout import Sheet
from foedus.sources import cow_wars
from foedus.sources.edition import Read
from foedus.sources.fulfilment import KIND, read_commitments
from foedus.sources.kinds import Counts, kind_named
from foedus.sources.shelf import Kept, Shelf, shelf
from foedus.words.speech import plural, say, say_in


def data_sets(name: str | None = None, *, version: str = "", data: str | Path | None = None) -> Rows:
    """What is counted in the data sets that are kept, or in one of them: a row for each thing counted. None kept,
    none of that name: no rows, and no refusal, so that a notebook can go on without.

    `version` is which of several. `data` is the folder that keeps them, if it is another than usual.

    >>> import foedus
    >>> len(foedus.data_sets("atop-member", data="nowhere"))
    0
    """
    with told():
        of = _shelf(data)
        every = [kept for kept in of.all() if name in (None, kept.name) and version in ("", kept.version)]
        found = [(kept, *_counted(of, kept)) for kept in every]

    def text() -> str:
        sheet = Sheet(WIDE)
        if not found:
            show_shelf(sheet, [], str(of.folder))
        for kept, read, counts in found:
            show_kept(sheet, kept, counts, read.dropped, False)
        return sheet.text()

    title = plural("{n} data set", "{n} data sets", len(found))
    shown = ("data_set", "version", "last", "counted", "number")
    return Rows(
        "data_sets",
        [row for kept, read, counts in found for row in _rows(kept, read, counts)],
        title,
        shown,
        text,
    )


def _counted(of: Shelf, kept: Kept) -> tuple[Read[object], Counts]:
    read = of.read(kept.name, kept.version)
    return read, kind_named(kept.name).count(read.rows)


def _rows(kept: Kept, read: Read[object], counts: Counts) -> Iterator[Row]:
    of = kept.edition
    for words, number in (("rows", len(read.rows)), ("rows left out", len(read.dropped)), *counts):
        yield kept.name, of.name, of.version or None, of.first, of.last, say_in("data set", words), number


def fulfilment(file: str | Path | None = None, *, data: str | Path | None = None) -> Rows:
    """The rates at which alliances were honoured: of all, by period, by pledge, by both, in both codings of the file,
    each with its counts and Wilson's interval of 95 %. By the years in which wars began too, where COW's list of
    wars is kept.

    `file` is the replication file, as Stata's or CSV; without it, the one that is kept (`foedus data add`). `data` is
    the folder that keeps data sets, if it is another than usual. Raises `Refused`: F804 where none is kept, and what
    reading a file raises.
    """
    with told():
        of = _shelf(data)
        read = of.read(KIND) if file is None else read_commitments(Path(file))
        wars = of.read(cow_wars.KIND) if of.has(cow_wars.KIND) else None
    found = rates(read.rows, cow_wars.began(wars.rows) if wars else None)

    def text() -> str:
        sheet = Sheet(WIDE)
        show_rates(sheet, found)
        return sheet.text()

    title = say("Alliances called on by a war, and how many were honoured")
    shown = ("coding", "pledge", "period", "honoured", "counted", "rate", "low", "high")
    return Rows(KIND, [_rate(each) for each in found], title, shown, text)


def _rate(rate: Rate) -> Row:
    low, high = rate.found.interval() if rate.found.counted else (None, None)
    return (
        rate.coding, rate.pledge or None, rate.period or None, rate.found.honoured, rate.found.counted,
        rate.found.share, low, high,
    )  # fmt: skip


def _shelf(data: str | Path | None) -> Shelf:
    return shelf(None if data is None else Path(data))
