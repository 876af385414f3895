"""What is told of the files that a run reads: of one that an option names, everything at once; of one that is kept,
whose rows left out were told when it was added, a line in the summary."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from foedus.cli.say import warn
from foedus.report.data_sets import left_out_row, show_known_left_out
from foedus.report.layout import Sheet
from foedus.sources.edition import Read

LEFT_OUT = "F802"


class Heard:
    """Hears of each file as it is read. `aside` clears the line of progress before anything is written."""

    def __init__(self, aside: Callable[[], object] = lambda: None) -> None:
        self._aside = aside
        self._reads: dict[str, Read[Any]] = {}

    def __call__(self, read: Read[Any]) -> None:
        """Tell what is to be told at once; a file that is read again is told of once."""
        if read.digest in self._reads:
            return
        self._reads[read.digest] = read
        told = [each for each in read.warnings if not (read.kept and each.code == LEFT_OUT)]
        if told:
            self._aside()
            warn(told)

    def show(self, sheet: Sheet) -> None:
        """The lines of the summary, if there are any."""
        if self:
            sheet.blank()
        for read in self._counted():
            show_known_left_out(sheet, read)

    def __bool__(self) -> bool:
        """Whether the summary has a line of it."""
        return bool(self._counted())

    def _counted(self) -> list[Read[Any]]:
        return [read for read in self._reads.values() if read.kept and read.dropped]

    def rows(self) -> list[dict[str, Any]]:
        """For programs: every file of which rows were left out, with these rows."""
        return [left_out_row(read) for read in self._reads.values() if read.dropped]
