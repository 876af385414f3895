"""What `foedus panel` does: finds the data sets, makes the panel, writes and tells it. It comes with an extra."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

import click

from foedus.cli.busy import busy
from foedus.cli.say import in_json, print_sheet, warn
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.diagnostics.suggest import suggest
from foedus.obligations.from_data import ATOP, COW, table_from
from foedus.obligations.obligation import PLEDGES
from foedus.obligations.table import Table
from foedus.panel.described import described
from foedus.panel.explain import explain
from foedus.panel.make import Asked, Begin, Panel, Unit, make, ordered
from foedus.panel.periods import DEFAULT, Rule
from foedus.panel.recode import Codelist
from foedus.panel.system import System, own_system, system_from
from foedus.register.keep import register
from foedus.register.rows import Instrument, dated
from foedus.report.explained import as_rows, show_explained
from foedus.report.panel import beyond, show_panel
from foedus.sources.edition import Read
from foedus.sources.kinds import recognised
from foedus.sources.shelf import shelf
from foedus.terms.codes import codes_on, state_of
from foedus.terms.edtf import EDate
from foedus.words.speech import say

SOURCES = ("atop", "cow")
STATES = ("cow-states", "gw-states")
OWN = "own"
"""What stands for the states of the data themselves, where a list of states is kept."""


@dataclass(frozen=True)
class Given:
    """Which data: files, or what is kept in the folder; of which sources; and whose treaty pages."""

    atop: Path | None = None
    alliances: Path | None = None
    states: tuple[Path, ...] = ()
    source: str | None = None
    folder: Path | None = None
    treaties: Path | None = None

    def sources(self) -> tuple[str, ...]:
        """The sources wanted: named, or those whose files are given; else ATOP, or COW where only that is kept.
        Raises `Refused`: F825 for one that there is not, F822 where there is none."""
        if self.source is not None:
            return _chosen(self.source, SOURCES, "F825")
        files = {"atop": self.atop, "cow": self.alliances}
        named = tuple(name for name, path in files.items() if path is not None)
        kept = shelf(self.folder)
        found = named or next(
            ((name,) for name, kinds in (("atop", ATOP), ("cow", COW)) if any(map(kept.has, kinds))), ()
        )
        if not found:
            raise Refused(Problem("F822", whole("foedus panel")))
        return found

    def tables(self) -> Iterator[Table]:
        """The obligations, source by source."""
        for name in self.sources():
            path, kinds = (self.atop, ATOP) if name == "atop" else (self.alliances, COW)
            yield table_from(self._read(path, kinds), "--atop" if name == "atop" else "--alliances")

    def system(self, tables: Sequence[Table], codes: Codelist | None) -> System:
        """The states: of the files given, else of the list that is kept (GW's where its codes are wanted), else of
        the data."""
        if [path.name for path in self.states] == [OWN]:
            return own_system(tables)
        if self.states:
            return system_from([_told(recognised(path).read(path)) for path in self.states])
        kept = shelf(self.folder)
        order = reversed(STATES) if codes == "gw" else STATES
        found = next((name for name in order if kept.has(name)), None)
        return system_from([_told(kept.read(found))]) if found else own_system(tables)

    def _read(self, path: Path | None, kinds: Sequence[str]) -> Read[Any]:
        if path is not None:
            return _told(recognised(path).read(path))
        kept = shelf(self.folder)
        return _told(kept.read(next((name for name in kinds if kept.has(name)), kinds[0])))


def _told(read: Read[Any]) -> Read[Any]:
    """What was read, its warnings said."""
    warn(read.warnings)
    return read


def asked(
    first: int,
    last: int,
    unit: str,
    rule: str | None,
    begin: str,
    codes: str | None,
    pledges: str | None,
    markers: bool,
) -> Asked:
    """What the options ask. Raises `Refused`: F824 for a pledge that there is not, F828 for a rule of years where
    rows are days."""
    if unit == "days" and rule is not None:
        raise meaningless("--rule", "each day is a row of its own")
    return Asked(
        first,
        last,
        cast("Unit", unit),
        cast("Rule", rule or DEFAULT),
        cast("Begin", begin),
        cast("Codelist | None", codes),
        PLEDGES if pledges is None else _chosen(pledges, PLEDGES, "F824"),
        markers,
    )


def _chosen(text: str, known: Sequence[str], code: str) -> tuple[Any, ...]:
    """Names with commas between them, in the order in which they are known."""
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    for name in names or [text]:
        if name not in known:
            near = suggest(name, known)
            advice = f"Did you mean `{near}`?" if near else ""
            raise Refused(Problem(code, whole(text), {"name": name, "known": ", ".join(known)}, help=advice))
    return tuple(name for name in known if name in names)


def made(wanted: Asked, given: Given, output: Path | None, as_json: bool) -> None:
    """Make the panel; write it where asked; tell what it is."""
    ordered(wanted)
    if output is not None:
        from foedus.panel.frame import ending_of  # noqa: PLC0415  a tenth of a second that a summary does not need

        ending_of(output)
    with busy(say("Reading the data sets")) as work:
        tables = tuple(given.tables())
        if wanted.begin == "in-force":
            tables = tuple(_in_force(table, given) for table in tables)
        system = given.system(tables, wanted.codes)
        work.on(say("Making the panel"))
        panel = make(tables, system, wanted)
        written: tuple[Path, ...] = ()
        if output is not None:
            from foedus.panel.frame import write  # noqa: PLC0415  the same

            work.on(say("Writing {file}", file=spelled(output)))
            written = write(panel, output)
    _tell(panel, written, as_json)


def _tell(panel: Panel, written: Sequence[Path], as_json: bool) -> None:
    warn(beyond(panel))
    if as_json:
        click.echo(in_json(described(panel)))
    else:
        print_sheet(lambda sheet: show_panel(sheet, panel, written))


def explained(cell: tuple[str, str, str], given: Given, rule: str | None, begin: str, as_json: bool) -> None:
    """What stands behind a cell, in both directions, with the treaty pages that carry the instruments' numbers."""
    year = _year(cell[2])
    tables = tuple(given.tables())
    pages = _pages(given)
    if begin == "in-force":
        tables = tuple(_in_force(table, given) for table in tables)
    one, other = (_number(text, year, tables) for text in cell[:2])
    day = cast("Rule", rule or DEFAULT)
    ways = [explain(tables, one, other, year, day), explain(tables, other, one, year, day)]
    if as_json:
        click.echo(in_json([as_rows(way, pages) for way in ways]))
    else:
        print_sheet(lambda sheet: show_explained(sheet, ways, pages))


def _year(text: str) -> int:
    with suppress(ValueError):
        if 1 <= int(text) <= 9998:
            return int(text)
    raise Refused(Problem("F830", whole("--explain"), {"text": text}))


def _number(text: str, year: int, tables: Sequence[Table]) -> int:
    """COW's number of a state, given so or by its code or name. Raises `Refused` (F538, F829)."""
    day = date(year, 7, 1)
    if not text.strip().isdigit():
        codes = codes_on(state_of(text, day), day)
        if codes is not None:
            return codes.cow
    elif any((table.debtor == int(text)).any() or (table.beneficiary == int(text)).any() for table in tables):
        return int(text)
    with suppress(Refused):
        state_of(f"cow:{text}", day)
        return int(text)
    values = {"text": text, "what": "the lists of the Correlates of War"}
    raise Refused(Problem("F829", whole("--explain"), values))


def _pages(given: Given) -> Mapping[str, tuple[Instrument, ...]]:
    """The treaty pages that carry a data set's number, by the instrument's id (`atop:4220`)."""
    found: dict[str, tuple[Instrument, ...]] = {}
    for each in register(given.treaties).instruments:
        for system, number in each.codes:
            if system in SOURCES:
                found[f"{system}:{number}"] = (*found.get(f"{system}:{number}", ()), each)
    return found


def _in_force(table: Table, given: Given) -> Table:
    """The table counted from the entries into force that treaty pages give: of several, the earliest."""
    days: dict[str, tuple[EDate, str]] = {}
    for name, pages in _pages(given).items():
        known = [(dated(page.in_force), page.id) for page in pages if page.in_force]
        if known:
            days[name] = min(known, key=lambda each: each[0].first)
    return table.from_entry_into_force(days)


def meaningless(option: str, why: str) -> Refused:
    """F828: an option that cannot be joined with the others."""
    return Refused(Problem("F828", whole(option), {"option": option, "why": why}))
