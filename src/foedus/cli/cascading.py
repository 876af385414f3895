"""What `foedus cascade` does over a data set: reads it, asks, compares, sweeps, and writes frames."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foedus.assessment.put import read_day
from foedus.cascade.ask import Cascade, covered
from foedus.cascade.engine import Waiting
from foedus.cascade.put import Settings, beside, checked, members_on, numbers_of, prepared, put, years_of
from foedus.cascade.sweep import NODES, WORLDS, Sweep, sweep
from foedus.cli.busy import Busy, Silent, busy, how_far
from foedus.cli.clustered import sampling
from foedus.cli.heard import Heard
from foedus.cli.options import split
from foedus.cli.say import print_sheet
from foedus.cli.write import write_whole
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.obligations.sets import Told, read_of, table_named
from foedus.register.keep import register
from foedus.report.cascade import grouped
from foedus.report.cascade_json import COLUMNS, entries_rows
from foedus.sources.shelf import shelf
from foedus.words.speech import marked, say

if TYPE_CHECKING:
    from foedus.obligations.table import Table

NO_SOURCE = "Missing option “--source”: atop or cow, or a file of one: atop=FILE."
PIVOTS = 1000
"""Worlds in which promises are turned."""
DOING: Mapping[str, str] = {
    "exact": marked("Looking for an exact answer"),
    "compiling": marked("Compiling, once on this machine"),
    "worlds": marked("Simulating"),
    "draws": marked("Drawing chances"),
    "chains": marked("Following who draws in whom"),
    "without": marked("Leaving out"),
    "pivots": marked("Turning promises"),
    "slopes": marked("Trying other chances"),
}
"""What a cascade says of itself while somebody waits for it."""


@dataclass(frozen=True)
class Given:
    """The options that say how a cascade is to be answered."""

    honour: str
    rates: Any
    width: float
    chance: tuple[str, ...]
    enters: tuple[str, ...]
    conditions: Any
    attacked: str
    draws: int
    worlds: int | None
    nodes: int | None
    seed: int
    threads: int | None
    engine: str
    without: tuple[str, ...]
    pivots: bool
    confusion: Path | None
    war: int | None
    until: str | None
    cow: Path | None
    attackers: str | None
    targets: str | None
    treaties: Path | None
    folder: Path | None

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Given:
        """The options as click gives them."""
        return cls(**options)

    def settings(self) -> Settings:
        """The same for the cascade. Raises `Refused` (F504) for what lacks its sign."""
        return Settings(
            self.honour, self.rates, self.width, [split("--chance", one) for one in self.chance],
            [split("--enters", one) for one in self.enters], self.conditions, self.attacked == "joined", self.draws,
            self.worlds, self.nodes, self.seed, self.threads, turned=PIVOTS if self.pivots else 0, without=self.without,
        )  # fmt: skip

    def numbers_on(self, page: str) -> Sequence[tuple[str, str]]:
        """The numbers that a treaty page carries."""
        found = register(self.treaties).by_id.get(page)
        return found.codes if found is not None else ()


def tables_of(given: Sequence[str], folder: Path | None, told: Told) -> Iterator[Table]:
    """The obligations of each data set asked for: `atop`, from the shelf in a folder, or `atop=FILE`; `told` hears of
    each that was read."""
    for text in given:
        name, path = split("--source", text) if "=" in text else (text.strip(), "")
        yield table_named(name, Path(path) if path else None, folder=folder, told=told)


def answer(shock: str, on: str, source: Sequence[str], given: Given) -> tuple[Cascade, Heard]:
    """Everything that the options ask of one shock, and what was heard of the files that were read."""
    day, settings = _day("--on", on), given.settings()
    until = _day("--until", given.until) if given.until else None
    with busy(say("Reading data sets")) as work:
        heard = Heard(work.aside)
        tables = list(tables_of(source, given.folder, heard))
        with sampling(given.engine, given.threads) as by:
            found = put(shock, day, tables, settings, given.numbers_on, watched(work), by)
        found = checked(found, given.cow, given.folder, heard)
        if given.confusion is None:
            return found, heard
        path = given.confusion
        wars = (
            shelf(given.folder).read("cow-wars")
            if path == Path()
            else read_of(path, ("cow-wars",), "--confusion")
        )
        heard(wars)
        return beside(found, wars, given.war, until, given.cow, given.folder, heard), heard


def watched(work: Busy | Silent) -> Waiting:
    """Says what a cascade is doing, on the line of somebody who waits for it."""
    return lambda what, done, of: work.on(how_far(say(DOING[what]), done, of, None))


def _day(option: str, text: str) -> date:
    found = read_day(option, text)
    assert found is not None  # a text was given
    return found


def sweep_to(years: str, source: Sequence[str], output: Path | None, given: Given) -> None:
    """Sweep into a Parquet file, and say what is in it."""
    first, last = years_of(years)
    if output is None or output.suffix.lower() != ".parquet":
        raise click.UsageError("A sweep is written to a Parquet file: -o sweep.parquet")
    if not source:
        raise click.UsageError(NO_SOURCE)
    heard = Heard()
    tables, settings, day = list(tables_of(source, given.folder, heard)), given.settings(), date(first, 1, 1)
    for table in tables:
        if table.edition is not None:
            covered(table.edition, day)
            covered(table.edition, date(last, 1, 1))
    asked = Sweep(
        first, last, settings.table([one for table in tables for one in table.on(day)], day), settings.conditions,
        settings.joiner_attacks, numbers_of(given.attackers or "", first, last),
        numbers_of(given.targets or "", first, last),
        source=", ".join(f"{t.edition.id} {t.edition.version}" for t in tables if t.edition is not None),
    )  # fmt: skip
    engine = settings.engine().with_(
        NODES if given.nodes is None else None, WORLDS if given.worlds is None else None
    )

    def states_on(on: date) -> Sequence[int]:
        listed = members_on(given.cow, on, given.folder, heard)
        if listed is not None:
            return listed
        return sorted({n for table in tables for one in table.on(on) for n in (one.debtor, one.beneficiary)})

    with busy(say("Sweeping")) as work:
        frame = sweep(
            lambda on: [one for table in tables for one in table.on(on)], states_on, asked, engine, output,
            lambda year, done, of, part: work.on(_far(year, done, of, part)), _compiling(work),
            lambda: prepared(_compiling(work)),
        )  # fmt: skip
    click.echo(
        say(
            "{rows} attacks of the years {first} to {last} in {path}.",
            rows=grouped(len(frame)), first=first, last=last, path=spelled(output),
        )
    )  # fmt: skip
    if heard:
        print_sheet(heard.show)


def _far(year: int, done: int, of: int, part: float) -> str:
    return say(
        "Sweeping {year}, {part} % of it; {done} of {of} years done",
        year=year, part=f"{100 * part:.0f}", done=done, of=of,
    )  # fmt: skip


def _compiling(work: Busy | Silent) -> Waiting:
    """Of the many answers of a sweep, only what is done once is told."""
    tell = watched(work)
    return lambda what, done, of: tell(what, done, of) if what == "compiling" else None


def written(found: Cascade, path: Path) -> None:
    """The entries as a table. Raises `Refused` as `table_to`."""
    table_to(path, [dict(zip(COLUMNS, row, strict=True)) for row in entries_rows(found)])


def table_to(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows as a table, by the end of the file's name: CSV, JSON or Parquet. Raises `Refused`: F507 where it cannot
    be written, F559 for Parquet without Polars."""
    end = path.suffix.lower()
    names = list(rows[0]) if rows else []
    if end == ".json":
        write_whole(path, json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    elif end == ".csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([names, *([row[name] for name in names] for row in rows)])
        write_whole(path, out.getvalue())
    elif end == ".parquet":
        try:
            polars = import_module("polars")
        except ImportError:
            values = {"option": "-o", "library": "polars", "extra": "panel"}
            raise Refused(Problem("F559", whole("-o"), values)) from None
        buffer = io.BytesIO()
        polars.DataFrame(rows, infer_schema_length=None).write_parquet(buffer)
        write_whole(path, buffer.getvalue())
    else:
        raise click.UsageError(f"“{path.name}”: a table is written as .csv, .json or .parquet.")
