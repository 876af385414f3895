"""How the verbs that reason about who owed what come by a data set: from a file, or from the shelf."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.cli.options import split
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.diagnostics.suggest import suggest
from foedus.sources.edition import Read
from foedus.sources.kinds import kind_named, recognised
from foedus.sources.shelf import shelf

if TYPE_CHECKING:
    from foedus.obligations.table import Table

SETS = {
    "atop": ("foedus.obligations.from_atop", "from_atop", ("atop-member",)),
    "cow": ("foedus.obligations.from_cow", "from_cow", ("cow-alliances-member",)),
}
"""Data sets of obligations: the module and the function that make them, and the files they are made from."""


def tables_of(given: Iterable[str], option: str = "--data") -> Iterator[Table]:
    """The obligations of each data set asked for: `atop`, from the shelf, or `atop=FILE`. Raises `Refused`: F852
    for a name that none has, F504 for one without a file after its sign, F559 without numpy, and what readers do."""
    for text in given:
        name, path = split(option, text) if "=" in text else (text.strip(), "")
        if name not in SETS:
            near = suggest(name, SETS)
            advice = f"Did you mean `{near}`?" if near else f"There are {', '.join(SETS)}."
            values = {"what": "data set of obligations", "name": name}
            raise Refused(Problem("F852", whole(f"{option} {text}"), values, help=advice))
        module, function, kinds = SETS[name]
        read = read_of(Path(path), kinds, option) if path else shelf().read(kinds[0])
        try:
            made = getattr(import_module(module), function)
        except ImportError as lacking:
            if (lacking.name or "").partition(".")[0] != "numpy":
                raise
            values = {"option": option, "library": "numpy", "extra": "cascade"}
            raise Refused(Problem("F559", whole(option), values)) from None
        yield made(read.rows, read.edition)


def read_of(path: Path, kinds: Iterable[str], option: str) -> Read[Any]:
    """The file's rows, if it is of one of these kinds. Raises `Refused`: F803 and F540 for one that is not."""
    kind = recognised(path)
    wanted = tuple(kinds)
    if not set(wanted) & set(kind.ids):
        values = {"path": path.as_posix(), "what": _called(wanted[0]), "why": f"it is {kind.layout.what}"}
        raise Refused(Problem("F540", whole(f"{option} {path.as_posix()}"), values))
    return kind.read(path)


def _called(kind: str) -> str:
    return kind_named(kind).layout.what


def on_shelf_or(path: Path | None, kind: str, option: str) -> Read[Any] | None:
    """The file that was given; else the data set on the shelf; None where it is not there either."""
    if path is not None:
        return read_of(path, (kind,), option)
    kept = shelf()
    return kept.read(kind) if kept.has(kind) else None
