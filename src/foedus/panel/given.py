"""Which data a panel is made of: files that are named, what the user keeps, treaty pages; and what is asked, in words.

Of a source without a file the shelf's latest version is taken. Whoever names no source gets those whose files are
named; else ATOP, or COW's alliances where only these are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast, get_args

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.diagnostics.suggest import suggest
from foedus.obligations.from_data import ATOP, COW, table_from
from foedus.obligations.obligation import PLEDGES
from foedus.obligations.settled import settled
from foedus.obligations.table import Table
from foedus.panel.make import Asked, Begin, Unit
from foedus.panel.periods import DEFAULT, Rule
from foedus.panel.recode import Codelist
from foedus.panel.system import System, own_system, system_from
from foedus.sources.edition import Read
from foedus.sources.kinds import recognised
from foedus.sources.shelf import shelf

Source = Literal["atop", "cow", "pages"]
SOURCES: tuple[Source, ...] = get_args(Source)
STATES = ("cow-states", "gw-states")
DIRECTED = "atop-directed"
OWN = "own"
"""What stands for the states of the data themselves, where a list of states is kept."""

Told: TypeAlias = Callable[[Read[Any]], object]


@dataclass(frozen=True)
class Given:
    """Files, or what is kept in a folder; of which sources, each of which may bring its file (`atop=atop.csv`)."""

    atop: Path | None = None
    alliances: Path | None = None
    states: tuple[Path, ...] = ()
    source: str | None = None
    folder: Path | None = None
    treaties: Path | None = None
    directed: Path | None = None

    def sources(self) -> tuple[str, ...]:
        """The sources wanted. Raises `Refused`: F825 for one that there is not, F822 where there is none."""
        if self.source is not None:
            return chosen(",".join(self._named()), SOURCES, "F825")
        files = {"atop": self.atop, "cow": self.alliances}
        named = tuple(name for name, path in files.items() if path is not None)
        if named:
            return named
        kept = {each.name for each in shelf(self.folder).all()}
        for name, kinds in (("atop", ATOP), ("cow", COW)):
            if kept.intersection(kinds):
                return (name,)
        raise Refused(Problem("F822", whole("foedus panel")))

    def _named(self) -> dict[str, Path | None]:
        """The sources as they were named, each with its file if it was named too."""
        parts = (part.partition("=") for part in (self.source or "").split(","))
        return {name.strip().lower(): Path(path.strip()) if path else None for name, _, path in parts}

    def tables(self, told: Told) -> tuple[Table, ...]:
        """The obligations, source by source; `told` hears of every file that is read. Raises `Refused`: what the
        readers and the shelf do, F826 for a file of another kind."""
        found: list[Table] = []
        for name in self.sources():
            if name == "pages":
                # The parser of pages, which data sets do not need, takes a tenth of a second to load.
                from foedus.obligations.paged import table_from_pages  # noqa: PLC0415

                found.append(table_from_pages(self.treaties))
                continue
            path, kinds, option = self.atop, ATOP, "--atop"
            if name == "cow":
                path, kinds, option = self.alliances, COW, "--alliances"
            path = self._named().get(name) or path
            read = recognised(path).read(path) if path is not None else self._kept(kinds)
            told(read)
            table = table_from(read, option)
            found.append(self._settled(table, told) if name == "atop" else table)
        return tuple(found)

    def _settled(self, table: Table, told: Told) -> Table:
        """The table with what varies by partner settled by the directed dyad-years, where their file is given."""
        if self.directed is None:
            return table
        read = recognised(self.directed).read(self.directed)
        if read.edition.id != DIRECTED:
            wanted = "ATOP's directed dyad-years"
            values = {"path": read.path, "what": read.edition.name, "wanted": wanted, "option": "--directed"}
            raise Refused(Problem("F826", whole("--directed"), values))
        told(read)
        return settled(table, read.rows)

    def system(self, tables: Sequence[Table], codes: Codelist | None, told: Told) -> System:
        """The states: of the files given, else of the list that is kept (GW's where its codes are wanted), else of
        the data."""
        if [path.name for path in self.states] == [OWN]:
            return own_system(tables)
        reads = [recognised(path).read(path) for path in self.states]
        if not reads:
            order = tuple(reversed(STATES)) if codes == "gw" else STATES
            kept = {each.name for each in shelf(self.folder).all()}
            reads = [shelf(self.folder).read(name) for name in order if name in kept][:1]
        for read in reads:
            told(read)
        return system_from(reads) if reads else own_system(tables)

    def _kept(self, kinds: Sequence[str]) -> Read[Any]:
        kept = shelf(self.folder)
        names = {each.name for each in kept.all()}
        return kept.read(next((name for name in kinds if name in names), kinds[0]))


def asked(
    first: int,
    last: int,
    *,
    unit: str = "dyads",
    rule: str | None = None,
    begin: str = "signature",
    codes: str | None = None,
    pledges: str | None = None,
    markers: bool = False,
    on: date | None = None,
    until: date | None = None,
) -> Asked:
    """What is asked, in words. Raises `Refused`: F824 for a pledge that there is not, F828 for a rule of years where
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
        PLEDGES if pledges is None else chosen(pledges, PLEDGES, "F824"),
        markers,
        on,
        until,
    )


def chosen(text: str, known: Sequence[str], code: str) -> tuple[Any, ...]:
    """Names with commas between them, in the order in which they are known."""
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    for name in names or [text]:
        if name not in known:
            near = suggest(name, known)
            advice = f"Did you mean `{near}`?" if near else ""
            raise Refused(Problem(code, whole(text), {"name": name, "known": ", ".join(known)}, help=advice))
    return tuple(name for name in known if name in names)


def meaningless(option: str, why: str) -> Refused:
    """F828: an option that cannot be joined with the others."""
    return Refused(Problem("F828", whole(option), {"option": option, "why": why}))
