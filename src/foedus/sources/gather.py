"""Rows out of a file, one kind of record from each; what cannot be read is left out, told by line, and counted.

What is refused as a whole: a file that lacks a column (F540), and one of whose rows most cannot be read (F801). What
is left out row by row, each with its line: a cell that cannot be what it should, a state that nobody numbers so, an
interval that ends before it begins, a row cut short, a row that stands there twice, and rows that contradict one
another, of which none is taken. A version that Foedus does not know is read where its columns fit, and told (F800).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Generic, TypeVar

from foedus.diagnostics.problem import Note, Problem, Refused
from foedus.diagnostics.span import Place, whole
from foedus.sources.cells import AGAIN, CONTRADICTS, SHORT, Unfit
from foedus.sources.edition import Dropped, Edition, Read
from foedus.sources.grid import Grid, lacking, no_such

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a kind of file: those it must have, those it may have, and what to say of a file that lacks one
    but has another (column, advice)."""

    what: str
    needed: tuple[str, ...]
    further: tuple[str, ...] = ()
    taken_for: tuple[tuple[str, str], ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every column that is read."""
        return (*self.needed, *self.further)


@dataclass
class Gathered(Generic[T]):
    """The records, what was left out, and what to tell."""

    rows: list[T] = field(default_factory=list[T])
    dropped: list[Dropped] = field(default_factory=list[Dropped])
    warnings: list[Problem] = field(default_factory=list[Problem])
    versions: set[str] = field(default_factory=set[str])


def gather(
    grid: Grid,
    layout: Layout,
    make: Callable[[int, Sequence[str]], T],
    key: Callable[[T], Hashable] | None = None,
) -> Gathered[T]:
    """The records that `make` gives of each row: its line, and its cells in the order of `layout.all` (empty where
    the file lacks a further column). `key` is what a row tells of: of two that tell of the same thing, an equal one
    is passed over, and where they differ, neither is taken. Without it, only rows that are wholly equal are told.

    Raises `Refused`: F540 where a needed column is missing, F801 where most rows cannot be read.
    """
    at = _places(grid, layout)
    pick = itemgetter(*at)  # two columns at least: it gives a tuple
    wide = len(grid.names)
    dated = layout.all.index("version") if "version" in layout.all else None
    found: Gathered[T] = Gathered()
    lines: dict[Hashable, tuple[int, int, T]] = {}
    refused: set[Hashable] = set()
    for line, cells in grid.rows():
        if len(cells) != wide and (len(cells) < wide or any(cell.strip() for cell in cells[wide:])):
            found.dropped.append(Dropped(line, SHORT, (("", str(len(cells))), ("", str(wide)))))
            continue
        cells.append("")
        picked = tuple(map(str.strip, pick(cells)))
        try:
            made = make(line, picked)
        except Unfit as unfit:
            found.dropped.append(Dropped(line, unfit.why, ((unfit.column, unfit.value),)))
            continue
        said = hash(picked)
        of = said if key is None else key(made)
        before = lines.setdefault(of, (line, said, made))
        if before[0] == line:
            found.rows.append(made)
            if dated is not None:
                found.versions.add(picked[dated])
        elif before[1] == said:
            found.dropped.append(Dropped(line, AGAIN, (("line", str(before[0])),)))
        else:
            refused.add(of)
            found.dropped.append(Dropped(line, CONTRADICTS, (("line", str(before[0])),)))
    if refused:
        gone = {id(lines[of][2]) for of in refused}
        found.rows = [row for row in found.rows if id(row) not in gone]
        found.dropped += [Dropped(lines[of][0], CONTRADICTS) for of in refused]
    found.dropped.sort(key=lambda each: each.line)
    found.warnings += [*grid.warnings]
    _refuse_most(grid, layout, found)
    found.warnings += left_out(grid.path, found.dropped)
    return found


def _places(grid: Grid, layout: Layout) -> list[int]:
    """Where each column stands; -1, an empty cell, for those that the file lacks."""
    places: dict[str, int] = {}
    for at, name in enumerate(grid.names):
        places.setdefault(name, at)
    missing = lacking(grid.names, layout.needed)
    if missing:
        for column, advice in layout.taken_for:
            if column in places:
                raise no_such(grid.path, layout.what, advice)
        listed = ", ".join(f"`{column}`" for column in missing)
        raise no_such(grid.path, layout.what, f"its first row does not name {listed}")
    twice = next((column for column in layout.all if grid.names.count(column) > 1), None)
    if twice is not None:
        raise no_such(grid.path, layout.what, f"its first row names `{twice}` twice")
    return [places.get(column, -1) for column in layout.all]


def _refuse_most(grid: Grid, layout: Layout, found: Gathered[T]) -> None:
    bad = [each for each in found.dropped if each.why != AGAIN]
    if not found.rows and not bad:
        raise no_such(grid.path, layout.what, "it has no row below the names of its columns")
    if len(bad) <= len(found.rows):
        return
    first = bad[0]
    values = {
        "path": grid.path,
        "what": layout.what,
        "n": str(len(bad)),
        "all": str(len(bad) + len(found.rows)),
        "why": _said(first),
    }
    notes = tuple(Note(_place(grid.path, each), _said(each)) for each in bad[1:3])
    raise Refused(Problem("F801", _place(grid.path, first), values, notes=notes))


def left_out(path: str, dropped: Iterable[Dropped]) -> list[Problem]:
    """F802, once for each reason and column: how many rows were left out, and where the first of them stands."""
    firsts: dict[tuple[str, str], Dropped] = {}
    counted: Counter[tuple[str, str]] = Counter()
    for each in dropped:
        of = each.why, each.cells[0][0] if each.cells else ""
        firsts.setdefault(of, each)
        counted[of] += 1
    return [
        Problem(
            "F802",
            _place(path, first),
            {"path": path, "n": f"{n} row" if n == 1 else f"{n} rows", "why": _said(first)},
        )
        for of, n in counted.items()
        for first in (firsts[of],)
    ]


def _said(dropped: Dropped) -> str:
    named = [(column, value) for column, value in dropped.cells if column not in ("", "line")]
    if named:
        return f"`{named[0][1]}` in column `{named[0][0]}`: {dropped.why}"
    return dropped.why


def _place(path: str, dropped: Dropped) -> Place:
    column = next((name for name, _ in dropped.cells if name not in ("", "line")), "")
    return Place(path, dropped.line, 1, dropped.line, 1, f"column {column}" if column else "")


def version_of(found: Gathered[T]) -> str:
    """The version that the rows name, as its makers write it; the highest, where there are several.

    >>> version_of(Gathered(versions={"4.0100002"})), version_of(Gathered(versions={"2016", ""}))
    ('4.01', '2016')
    """
    return max(map(_written, found.versions - {""}), default="")


def _written(version: str) -> str:
    """`4.01` of `4.0100002`, as a program has it that counts in powers of two."""
    whole_part, point, rest = version.partition(".")
    if not (whole_part.isdigit() and rest.isdigit()):
        return version
    rest = f"{round(float(f'0.{rest}'), 2)}"[2:]
    return f"{whole_part}{point}{rest}"


def version_told(path: str, what: str, version: str, known: Sequence[str]) -> tuple[Problem, ...]:
    """F800, where a file names a version that Foedus does not know; nothing for one that names none."""
    if not version or version in known:
        return ()
    values = {"path": path, "what": what, "version": version, "known": ", ".join(known)}
    return (Problem("F800", whole(path), values),)


def as_read(
    grid: Grid,
    found: Gathered[T],
    edition: Edition,
    layout: Layout,
    known: Sequence[str],
) -> Read[T]:
    """What was read, with its edition, and a warning where its version is none of the known."""
    told = version_told(grid.path, layout.what, edition.version, known)
    return Read(
        edition, tuple(found.rows), tuple(found.dropped), grid.path, grid.digest, (*told, *found.warnings)
    )
