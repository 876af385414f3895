"""The obligations of treaty pages in columns, so that a panel can set them beside those of data sets.

Pages are a selection: where they have nothing, nobody says that nothing was owed. So a panel's cells of this source are
1 or missing, never 0. What the pages say holds until the day on which they are read.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from foedus import __version__
from foedus.obligations.kept import from_pages
from foedus.obligations.table import Table, table_of
from foedus.sources.edition import Edition

SOURCE = "pages"


def table_from_pages(treaties: Path | None = None, today: date | None = None) -> Table:
    """The table of the shipped pages, with the user's over them. Raises `Refused` for pages that cannot be read."""
    rows = from_pages(treaties).rows
    first = min((row.start.first for row in rows), default=date.min)
    last = today or date.today()  # noqa: DTZ011  the user's day is meant
    made = table_of(SOURCE, rows, edition(first, last))
    # A page counts from when each state was bound: nothing is left to count from an entry into force.
    return replace(made, whole=False, in_force=np.zeros(len(made), np.bool_))


def edition(first: date, last: date) -> Edition:
    """What a frame says of the pages."""
    return Edition(
        "pages",
        "Foedus, treaty pages",
        __version__,
        first,
        last,
        "Apache-2.0",
        f"Foedus {__version__}: treaty pages, each with its sources.",
        "foedus_pages",
        f"@software{{foedus_pages,\n  title   = {{Foedus: treaty pages}},\n  version = {{{__version__}}}\n}}\n",
    )
