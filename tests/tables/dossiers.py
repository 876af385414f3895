"""Dossiers made from text, and what a table would change in them, without a file being written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from foedus.ir.norm import Program
from foedus.lang.parse import parse_page
from foedus.lang.to_record import to_dossier
from foedus.library import Library
from foedus.tables.columns import TABLES
from foedus.tables.delimited import read_csv, write_csv
from foedus.tables.exchange import Opened, Proposal, propose
from foedus.tables.rows import Cells, Written, rows_of
from foedus.tables.sheet import Sheet, gathered

LIR = """# Lir, July 2020

Prose that stays.

```record
dossier lir-2020 "Lir, July 2020"
  period 2020-07
state ARV "Arvia", BOR "Bor", CAD "Cad"
-- who speaks
speaker GAZETTE "Gazette of Arvia"
speaker EMB "Embassy of Bor" for BOR -- since 2019
-- the first of them
source gazette-0712 "Order of the day"
  by GAZETTE unconfirmed
  date 2020-07-12 -- of the paper
  -- seen twice
  via <https://example.org/1>
  via <https://example.org/2>
source letter "Letter"
  by ARV
  derives from gazette-0712 "repeats it"
source wire "Wire" unconfirmed
  publisher "Agency"
  date 2020-07
```

## What happened

> ```record
> fact a1 force(BOR, ARV) on 2020-07-12 "the shelling"
>   asserts ARV [gazette-0712 ¶3] on 2020-07-12
>   -- the other side
>   denies BOR [letter]   "not we" -- in the second paragraph
> fact a2 force(BOR, ARV) on 2020-07-14
> fact armed_attack(a1)
>   asserts ARV [letter] against interest "it owes" unconfirmed
> ```

More prose.
"""


@cache
def program() -> Program:
    """The shipped vocabulary."""
    return Library().load([]).program


def opened(text: str = LIR, raw: bytes | None = None) -> Opened:
    """A dossier of one page, which must be without mistakes."""
    page, problems = parse_page("dossier.md", text)
    made, found = to_dossier([page], program())
    assert (*problems, *found) == ()
    written = Written(Path("dossier.md"), page, text, text.encode() if raw is None else raw)
    return Opened("lir", Path("dossier.md"), made.title, rows_of([written], made.record), program(), False)


def sheet(*rows: Sequence[str]) -> Sheet:
    """A sheet with these rows, the header first."""
    return Sheet("t.csv", "", gathered("t.csv", enumerate(map(list, rows), 1)))


def table(text: str) -> Sheet:
    """A sheet from rows whose cells stand between bars."""
    rows = [[cell.strip() for cell in row.split("|")] for row in text.strip().split("\n")]
    return sheet(*rows)


def changed(proposal: Proposal) -> str:
    """The page as it would be; there must be no mistake."""
    assert proposal.problems == ()
    (text,) = proposal.pages.values()
    return text


def through_csv(name: str, rows: Sequence[Cells], folder: Path, delimiter: str = ",") -> Sheet:
    """The rows written as CSV and read again."""
    path = folder / "t.csv"
    path.write_bytes(write_csv(rows, TABLES[name], delimiter).encode())
    return read_csv(path)


def codes(text: str, dossier: str = LIR, remove: bool = False) -> list[tuple[str, str]]:
    """The codes that a table has, with their places."""
    found = propose(opened(dossier), [table(text)], remove).problems
    return [(problem.code, problem.place.where()) for problem in found]
