"""How likely a promise is kept, and how likely who keeps it goes to war: by pledge and era, each with its source.

Two different things. *Honours* is whether a state, called on, does what it promised; that is what the literature
counts. *Enters* is whether one that does so enters the war: of a pledge of active military help the same thing, of a
promise to consult not. A duty's coin in the cascade is the one times the other.

The table that ships has what the studies state: where a study gives no counts for a rate, none are made up, and
the rate gets a width of ours (`WIDTH`). A rate by pledge covers all years, a rate by era all pledges; `by` says how
the two go together. A rate that is by both needs nothing else: `CROSSED` has such counts, few in some cells. They
show where the two influence each other after all: of neutrality, 30 of 40 and 5 of 5, where `both` gives less after
1945.

>>> table = read_table()
>>> recipe = table.recipe("defense", 1914)
>>> recipe.kept, round(recipe.value(table.values()), 2)
(('honours defense 1816-2003', 'honours any 1816-1944'), 0.58)
>>> read_table(CROSSED).recipe("defense", 1914).kept
('honours defense 1816-1944',)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import as_file, files
from pathlib import Path
from random import Random
from typing import Literal

from foedus.cascade.rates import NotAChance, Rate, rate_of
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import Place, whole
from foedus.diagnostics.suggest import suggest
from foedus.obligations.obligation import PLEDGES, Pledge
from foedus.sources.stream import DataSet, Row, rows

WIDTH = 0.1
"""The standard deviation of a published rate without counts: an assumption of ours, a tenth either way."""

STANDARD = "berkemeier-fuhrmann-2018"
CROSSED = f"{STANDARD}-crossed"
By = Literal["both", "pledge", "era"]
BY: tuple[By, ...] = ("both", "pledge", "era")
"""`pledge`: the rate of the pledge, whatever the year. `era`: that of the year, whatever the pledge. `both`: their
odds multiplied and divided by those of all, as if pledge and era did not influence each other."""

CITATIONS: Mapping[str, str] = {
    "Berkemeier & Fuhrmann 2018": "Berkemeier, Molly, and Matthew Fuhrmann. 2018. “Reassessing the Fulfillment of "
    "Alliance Commitments in War.” Research & Politics 5 (2).",
    "Leeds, Long & Mitchell 2000": "Leeds, Brett Ashley, Andrew G. Long, and Sara McLaughlin Mitchell. 2000. "
    "“Reevaluating Alliance Reliability: Specific Threats, Specific Promises.” Journal of Conflict Resolution 44 "
    "(5): 686-699.",
}

_DATA = DataSet(
    "a table of chances that promises are kept",
    ("what",),
    ("set", "pledge", "first", "last", "kept", "of", "share", "width", "source", "note"),
)
_WHAT = ("honours", "enters", "request")


@dataclass(frozen=True, slots=True)
class Era:
    """A rate of one pledge ("any": whichever) over years, both included; 0 and 9999 where they are open."""

    what: str
    pledge: str
    first: int
    last: int
    rate: Rate


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a coin's chance is made of rates, by their names: `kept` is one, or two whose odds are multiplied and
    divided by `overall`'s; then `enters` where it is another thing. `beyond`: the year lies outside of what the
    source covers."""

    kept: tuple[str, ...]
    overall: float = 0.5
    enters: str = ""
    beyond: bool = False

    def value(self, rates: Mapping[str, float]) -> float:
        """The chance."""
        found = rates[self.kept[0]]
        if len(self.kept) > 1:
            found = _combined(found, rates[self.kept[1]], self.overall)
        return found * (rates[self.enters] if self.enters else 1.0)

    @property
    def names(self) -> tuple[str, ...]:
        """Every rate that it is made of."""
        return (*self.kept, self.enters) if self.enters else self.kept


def _combined(one: float, other: float, overall: float) -> float:
    """Two chances together on the scale of odds.

    >>> _combined(0.5, 0.3, 0.5)
    0.3
    """
    if one in (0.0, 1.0):
        return one
    if other in (0.0, 1.0):
        return other
    odds = one / (1 - one) * other / (1 - other) * (1 - overall) / overall
    return odds / (1 + odds)


@dataclass(frozen=True)
class Table:
    """Rates as read. `name` is the set that ships, or the file."""

    name: str
    eras: tuple[Era, ...]
    by: By = "both"
    given: Mapping[str, Rate] = field(default_factory=dict[str, Rate])

    @property
    def rates(self) -> Mapping[str, Rate]:
        """Every rate by its name, those given by hand too."""
        return {era.rate.name: era.rate for era in self.eras} | {r.name: r for r in self.given.values()}

    def values(self) -> dict[str, float]:
        """Each rate as stated."""
        return {name: rate.mean for name, rate in self.rates.items()}

    def drawn(self, random: Random) -> dict[str, float]:
        """Each rate as it may be: one draw, the same for all promises that rest on it."""
        return {name: rate.draw(random) for name, rate in self.rates.items()}

    def with_given(self, given: Mapping[str, Rate]) -> Table:
        """The table with rates given by hand before its own."""
        return replace(self, given={**self.given, **given})

    def recipe(self, pledge: Pledge, year: int, keys: tuple[str, ...] = ()) -> Recipe:
        """How the chance of a pledge in a year is made; `keys` are what else a user may have given it by, the most
        particular first."""
        enters = self._enters(pledge, year)
        own = next((self.given[key] for key in (*keys, pledge) if key in self.given), None)
        if own is not None:
            return Recipe((own.name,), enters=enters)
        exact = self._find("honours", pledge, year) if self.by != "era" else None
        era = (
            self._find("honours", "any", year, narrow=True) if self.by != "pledge" or exact is None else None
        )
        if exact is not None and self._of_an_era(exact):
            era = None
        if exact is None and era is None:
            exact = self._find("honours", "any", year) or self._find("honours", pledge, year)
        if exact is None and era is None:
            raise Refused(Problem("F854", whole(self.name), {"name": self.name, "pledge": pledge}))
        found = [each for each in (exact, era) if each is not None]
        beyond = any(not each.first <= year <= each.last for each in found)
        overall = self._overall()
        if len(found) > 1 and overall is None:
            found = found[:1]  # nothing to set them in proportion to
        names = tuple(each.rate.name for each in found)
        return Recipe(names, overall or 0.5, enters, beyond)

    def request(self, keys: tuple[str, ...], year: int) -> Recipe:
        """How likely an attacked state asks for help."""
        own = next((self.given[key] for key in (*keys, "request") if key in self.given), None)
        if own is not None:
            return Recipe((own.name,))
        era = self._find("request", "any", year)
        if era is None:
            raise Refused(Problem("F854", whole(self.name), {"name": self.name, "pledge": "request"}))
        return Recipe((era.rate.name,))

    def _enters(self, pledge: str, year: int) -> str:
        given = self.given.get(f"enters/{pledge}")
        if given is not None:
            return given.name
        era = self._find("enters", pledge, year) or self._find("enters", "any", year)
        return era.rate.name if era is not None else ""

    def _find(self, what: str, pledge: str, year: int, narrow: bool = False) -> Era | None:
        """The narrowest row for a pledge in a year; for a year beyond all, the nearest. With `narrow`, only rows
        that part the years."""
        found = [era for era in self.eras if era.what == what and era.pledge == pledge]
        if narrow:
            widest = max((era.last - era.first for era in found), default=0)
            found = [e for e in found if e.last - e.first < widest] or found
        found.sort(key=lambda era: (max(era.first - year, year - era.last, 0), era.last - era.first))
        return found[0] if found else None

    def _of_an_era(self, rate: Era) -> bool:
        """Whether a rate is of fewer years than the table's widest."""
        return rate.last - rate.first < max(
            era.last - era.first for era in self.eras if era.what == rate.what
        )

    def _overall(self) -> float | None:
        found = [era for era in self.eras if (era.what, era.pledge) == ("honours", "any")]
        widest = max(found, key=lambda era: era.last - era.first, default=None)
        return widest.rate.mean if widest is not None and 0 < widest.rate.mean < 1 else None


def sets() -> tuple[str, ...]:
    """The names of the sets that ship, the standard one first."""
    with as_file(files("foedus.cascade") / "honour.csv") as path:
        return tuple(dict.fromkeys(row.cells["set"] for row in rows(path, _DATA) if row.cells["set"]))


def read_table(source: str | Path = STANDARD, by: By = "both", width: float = WIDTH) -> Table:
    """The table of a set that ships, or of a user's file: `width` is the standard deviation of rates that come
    with neither counts nor a width. Rows of a user's file go before those on entering and requests that ship.

    Raises `Refused`: F850 and F851 for what cannot be read, with file and line; F001 and the like for the file.
    """
    with as_file(files("foedus.cascade") / "honour.csv") as path:
        shipped = [(row.cells["set"], _era(row, width)) for row in rows(path, _DATA)]
    known = {name for name, _ in shipped if name}
    if isinstance(source, str) and source in known:
        return Table(source, tuple(era for name, era in shipped if name in ("", source)), by)
    if isinstance(source, str) and not Path(source).exists() and "." not in source and "/" not in source:
        near = suggest(source, known)
        advice = (
            f"Did you mean `{near}`?" if near else f"There are {', '.join(sorted(known))}; or give a file."
        )
        raise Refused(Problem("F852", whole(source), {"name": source, "what": "set of chances"}, help=advice))
    own = [_era(row, width) for row in rows(Path(source), _DATA)]
    _no_doubles(str(source), own)
    said = {(era.what, era.pledge) for era in own}
    ours = [era for name, era in shipped if not name and (era.what, era.pledge) not in said]
    return Table(Path(source).name, (*own, *ours), by)


def _era(row: Row, width: float) -> Era:
    cells = row.cells
    what, pledge = cells["what"], cells.get("pledge", "") or "any"
    if what not in _WHAT:
        raise _wrong(row, "what", f"one of {', '.join(_WHAT)} stands there")
    if pledge != "any" and pledge not in PLEDGES:
        raise _wrong(row, "pledge", f"one of {', '.join(PLEDGES)} or any stands there")
    first, last = _year(row, "first", 0), _year(row, "last", 9999)
    if last < first:
        raise _wrong(row, "last", f"the years would end ({last}) before they begin ({first})")
    name = f"{what} {pledge}" + (f" {first}-{last}" if (first, last) != (0, 9999) else "")
    if what == "request":
        name = "request" + name.removeprefix("request any")
    rate = _rate(row, name, width)
    return Era(what, pledge, first, last, replace(
        rate, source=cells.get("source", ""), note=cells.get("note", ""), line=row.line
    ))  # fmt: skip


def _rate(row: Row, name: str, width: float) -> Rate:
    kept, of, share = (row.cells.get(column, "") for column in ("kept", "of", "share"))
    own = row.cells.get("width", "")
    column, text = ("of", f"{kept}/{of}") if kept or of else ("share", share)
    if column == "of" and not (kept.isdigit() and of.isdigit()):
        raise refused_chance(
            text, "counts are two whole numbers", row, "kept" if not kept.isdigit() else "of"
        )
    try:
        if own and column == "share" and share.casefold() != "unknown":
            return rate_of(f"{share}±{own}" if float(own) else share, name)
        return rate_of(text, name, width)
    except NotAChance as why:
        raise refused_chance(text, str(why), row, column) from None
    except ValueError:
        raise refused_chance(own, "a width is a number", row, "width") from None


def refused_chance(text: str, why: str, row: Row | None = None, column: str = "", place: str = "") -> Refused:
    """F850: what is no chance, with file and line, or with the option that gave it."""
    if row is None:
        at = whole(place)
    else:
        at = Place(row.path, row.line, 1, row.line, 1, f"column {column}")
    return Refused(Problem("F850", at, {"value": text, "why": why}))


def _year(row: Row, column: str, otherwise: int) -> int:
    text = row.cells.get(column, "")
    if not text:
        return otherwise
    if not text.isdigit() or len(text) > 4:
        raise _wrong(row, column, "a year stands there, or nothing")
    return int(text)


def _wrong(row: Row, column: str, why: str) -> Refused:
    at = Place(row.path, row.line, 1, row.line, 1, f"column {column}")
    return Refused(Problem("F851", at, {"value": row.cells.get(column, ""), "why": why}))


def _no_doubles(path: str, found: list[Era]) -> None:
    seen: dict[tuple[str, str, int, int], Era] = {}
    for era in found:
        key = (era.what, era.pledge, era.first, era.last)
        if key in seen:
            at = Place(path, era.rate.line, 1, era.rate.line, 1, "")
            why = f"line {seen[key].rate.line} gives the same chance already"
            raise Refused(Problem("F851", at, {"value": era.rate.name, "why": why}))
        seen[key] = era
