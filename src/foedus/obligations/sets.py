"""Data sets of obligations by name, from a file or from the user's shelf.

`atop` is made from ATOP's member-level file, `cow` from the member-level file of COW's formal alliances.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.diagnostics.suggest import suggest
from foedus.sources.edition import Read
from foedus.sources.kinds import kind_named, recognised
from foedus.sources.shelf import shelf

if TYPE_CHECKING:
    from foedus.obligations.table import Table

Told: TypeAlias = Callable[[Read[Any]], object]
"""Hears of a file that was read."""

SETS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "atop": ("foedus.obligations.from_atop", "from_atop", ("atop-member",)),
    "cow": (
        "foedus.obligations.from_cow", "from_cow", ("cow-alliances-member", "cow-alliances-member-yearly")
    ),
}  # fmt: skip
"""The module and the function that make them, and the kinds of files they are made from, the likeliest first."""


def table_named(
    name: str,
    path: Path | None = None,
    option: str = "--source",
    folder: Path | None = None,
    told: Told | None = None,
) -> Table:
    """The obligations of a data set, from a file or from the shelf in a folder (None: the user's). `told` hears of
    what was read. Raises
    `Refused`: F852 for a name that none has, F540 for a file that is another data set, F559 without numpy, and what
    the shelf and readers do."""
    if name not in SETS:
        near = suggest(name, SETS)
        advice = f"Did you mean `{near}`?" if near else f"There are {', '.join(SETS)}."
        values = {"what": "data set of obligations", "name": name}
        raise Refused(Problem("F852", whole(f"{option} {name}"), values, help=advice))
    module, function, kinds = SETS[name]
    read = read_of(path, kinds, option) if path is not None else shelf(folder).read(kinds[0])
    try:
        made = getattr(import_module(module), function)
    except ImportError as lacking:
        if (lacking.name or "").partition(".")[0] != "numpy":
            raise
        values = {"option": option, "library": "numpy", "extra": "cascade"}
        raise Refused(Problem("F559", whole(option), values)) from None
    if told is not None:
        told(read)
    return made(read.rows, read.edition)


def read_of(path: Path, kinds: Iterable[str], option: str) -> Read[Any]:
    """The file's rows, if it is of one of these kinds. Raises `Refused`: F540 for one that is of another, F803 for
    one that is of none, and what readers do."""
    kind, wanted = recognised(path), tuple(kinds)
    if not set(wanted) & set(kind.ids):
        what = kind_named(wanted[0]).layout.what
        values = {"path": spelled(path), "what": what, "why": f"it is {kind.layout.what}"}
        raise Refused(Problem("F540", whole(f"{option} {spelled(path)}"), values))
    return kind.read(path)


def on_shelf_or(
    path: Path | None, kind: str, option: str, folder: Path | None = None, told: Told | None = None
) -> Read[Any] | None:
    """The file that was given; else the data set on the shelf in a folder (None: the user's); None where it is not
    there either. `told` hears of what was read."""
    if path is not None:
        read = read_of(path, (kind,), option)
    else:
        kept = shelf(folder)
        read = kept.read(kind) if kept.has(kind) else None
    if told is not None and read is not None:
        told(read)
    return read
