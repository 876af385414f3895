"""What `foedus cascade` does over a data set: reads it, asks, compares, sweeps, and writes frames."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foedus.assessment.put import read_day
from foedus.cascade.ask import Asked, Cascade, ask, shock_on
from foedus.cascade.confusion import confusion
from foedus.cascade.engine import Engine
from foedus.cascade.given import given_chances
from foedus.cascade.honour import By, read_table
from foedus.cascade.sweep import NODES, WORLDS, Sweep, sweep
from foedus.cascade.wars import war_of
from foedus.cascade.without import named_state
from foedus.cli.busy import busy
from foedus.cli.options import split
from foedus.cli.owed import on_shelf_or, read_of, tables_of
from foedus.cli.write import write_whole
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.obligations.obligation import Obligation
from foedus.register.keep import register
from foedus.report.cascade_json import COLUMNS, entries_rows
from foedus.sources.edition import Edition
from foedus.sources.shelf import shelf
from foedus.terms.codes import codes_on
from foedus.words.speech import say

if TYPE_CHECKING:
    from foedus.cascade.from_obligations import Conditions
    from foedus.obligations.table import Table

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Given:
    """The options that say how a cascade is to be answered."""

    honour: str
    rates: By
    width: float
    chance: tuple[str, ...]
    enters: tuple[str, ...]
    conditions: Conditions
    attacked: str
    draws: int
    worlds: int | None
    nodes: int | None
    seed: int
    threads: int | None
    without: tuple[str, ...]
    pivots: bool
    confusion: Path | None
    war: int | None
    until: str | None
    cow: Path | None
    attackers: str | None
    targets: str | None
    treaties: Path | None

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Given:
        """The options as click gives them."""
        return cls(**options)

    def engine(self) -> Engine:
        """The engine, run as asked for. Raises `Refused` (F559) where a library that it needs is not installed."""
        made = Engine(solver(), seed=self.seed, threads=self.threads or os.cpu_count() or 1)
        return made.with_(self.nodes, self.worlds)


def solver() -> Any:
    """The engines, which take a while to load. Raises `Refused` (F559) without numpy or numba."""
    try:
        return import_module("foedus.cascade.solve").solve
    except ModuleNotFoundError as lacking:
        library = (lacking.name or "").partition(".")[0]
        if library not in ("numpy", "numba", "llvmlite"):
            raise
        values = {"option": "foedus cascade", "library": library, "extra": "cascade"}
        raise Refused(Problem("F559", whole("foedus cascade"), values)) from None


def parted(shock: str, on: date) -> tuple[str, str]:
    """The two states of `A:B`, as codes on the day. Raises `Refused` (F855, F538)."""
    parts = re.fullmatch(r"\s*((?:cow:|gw:)?[^:]+?)\s*[:>]\s*((?:cow:|gw:)?[^:]+?)\s*", shock, re.IGNORECASE)
    if parts is None:
        why = "attacker and target stand on either side of a colon"
        raise Refused(Problem("F855", whole(f"--shock {shock}"), {"text": shock, "why": why}))
    return named_state(parts[1], on), named_state(parts[2], on)


def answer(shock: str, on: str, data: Sequence[str], given: Given) -> Cascade:
    """Everything that the options ask of one shock."""
    day = _day("--on", on)
    attacker, target = parted(shock, day)
    shock_on(attacker, target, day)
    table = read_table(given.honour, given.rates, given.width)
    with busy(say("Reading data sets")) as work:
        owed, editions = obligations_on(list(tables_of(data)), day)
        chances = [split("--chance", one) for one in given.chance]
        rates = given_chances(chances, [split("--enters", one) for one in given.enters], owed, day)
        asked = Asked(
            attacker, target, day, table.with_given(rates), given.conditions, given.attacked == "joined",
            tuple(paged(one, owed, given.treaties) for one in given.without), given.draws,
            turned=1000 if given.pivots else 0,
        )  # fmt: skip
        words = {"draws": say("Drawing chances"), "pivots": say("Turning promises")}
        found = ask(
            owed, asked, given.engine(), editions=editions,
            progress=lambda what, done, of: work.on(f"{words[what]} {done}/{of}"),
        )  # fmt: skip
        return compared(found, given)


def _day(option: str, text: str) -> date:
    found = read_day(option, text)
    assert found is not None  # a text was given
    return found


def obligations_on(tables: Sequence[Table], on: date) -> tuple[list[Obligation], list[Edition]]:
    """What was owed on a day by every data set. Raises `Refused` (F856) for a day that one does not cover."""
    editions = [table.edition for table in tables if table.edition is not None]
    for edition in editions:
        covered(edition, on)
    return [one for table in tables for one in table.on(on)], editions


def covered(edition: Edition, on: date) -> None:
    """Raises `Refused` (F856) for a day that a data set does not cover."""
    if not edition.first <= on <= edition.last:
        values = {"on": on.isoformat(), "name": f"{edition.name} {edition.version}"}
        values |= {"first": edition.first.isoformat(), "last": edition.last.isoformat()}
        raise Refused(Problem("F856", whole(f"--on {on.isoformat()}"), values))


def paged(text: str, owed: Sequence[Obligation], treaties: Path | None) -> str:
    """What `--without` names, with the ids of treaty pages as the numbers that they carry in the data set."""
    known = {one.instrument for one in owed}
    sets = {name.partition(":")[0] for name in known}

    def numbered(part: str) -> str:
        head, slash, tail = part.strip().partition("/")
        if head in known or not re.fullmatch(r"[a-z][a-z0-9-]*", head):
            return part
        page = register(treaties).by_id.get(head)
        names = [f"{name}:{value}" for name, value in (page.codes if page else ()) if name in sets]
        return "+".join(f"{name}{slash}{tail}" for name in names) or part

    return "+".join(map(numbered, text.split("+")))


def compared(found: Cascade, given: Given) -> Cascade:
    """The answer beside a war, if that was asked for."""
    if given.confusion is None:
        return found
    on = found.asked.on
    if given.confusion == Path():
        wars = shelf().read("cow-wars")
    else:
        wars = read_of(given.confusion, ("cow-wars",), "--confusion")
    built = found.built
    pair = (built.numbers[found.part.shock.attacker], built.numbers[found.part.shock.target])
    name, entries = war_of(wars.rows, pair, on, given.war)
    until = _day("--until", given.until) if given.until else on + YEAR
    states = members_on(given.cow, on)
    table = confusion(
        found.result, built.numbers, name, entries, until, system=states,
        source=f"{wars.edition.name} {wars.edition.version}",
    )  # fmt: skip
    return replace(found, confusion=table, editions=(*found.editions, wars.edition))


def members_on(path: Path | None, on: date) -> tuple[int, ...] | None:
    """COW's members of the system of states on a day; None where no list of them is at hand."""
    read = on_shelf_or(path, "cow-states", "--cow")
    if read is None:
        return None
    last = max((spell.last for spell in read.rows), default=on)
    day = min(on, last)
    return tuple(sorted({spell.number for spell in read.rows if spell.start <= day <= spell.last}))


# ---- sweeps ----


def years_of(text: str) -> tuple[int, int]:
    """The years of `1900-1914`, or of `1914`. Raises `Refused` (F859)."""
    found = re.fullmatch(r"\s*(\d{4})\s*(?:[-–:]\s*(\d{4}))?\s*", text)
    why = "" if found else "a first and a last year are wanted"
    if found:
        first, last = int(found[1]), int(found[2] or found[1])
        if first > last:
            why = "the last comes before the first"
        elif not first:
            why = "there was no year 0"
        else:
            return first, last
    raise Refused(Problem("F859", whole(f"--sweep {text}"), {"text": text, "why": why}))


def sweep_to(years: str, data: Sequence[str], output: Path | None, given: Given) -> None:
    """Sweep into a Parquet file, and say what is in it."""
    first, last = years_of(years)
    if output is None or output.suffix.lower() != ".parquet":
        raise click.UsageError("A sweep is written to a Parquet file: -o sweep.parquet")
    if not data:
        raise click.UsageError("Missing option “--data”: atop or cow, or a file of one: atop=FILE.")
    tables = list(tables_of(data))
    for table in tables:
        if table.edition is not None:
            covered(table.edition, date(first, 1, 1))
            covered(table.edition, date(last, 1, 1))
    day = date(first, 1, 1)
    rates = given_chances(
        [split("--chance", one) for one in given.chance], [split("--enters", one) for one in given.enters],
        [one for table in tables for one in table.on(day)], day,
    )  # fmt: skip
    asked = Sweep(
        first, last, read_table(given.honour, given.rates, given.width).with_given(rates), given.conditions,
        given.attacked == "joined", _numbers(given.attackers, day), _numbers(given.targets, day),
        source=", ".join(f"{t.edition.id} {t.edition.version}" for t in tables if t.edition is not None),
    )  # fmt: skip
    engine = given.engine().with_(
        NODES if given.nodes is None else None, WORLDS if given.worlds is None else None
    )

    def states_on(on: date) -> Sequence[int]:
        listed = members_on(given.cow, on)
        if listed is not None:
            return listed
        return sorted({n for table in tables for one in table.on(on) for n in (one.debtor, one.beneficiary)})

    with busy(say("Sweeping")) as work:
        frame = sweep(
            lambda on: [one for table in tables for one in table.on(on)], states_on, asked, engine, output,
            lambda year, done, of: work.on(
                say("Sweeping {year}: {done} of {of} years done", year=year, done=done, of=of)
            ),
        )  # fmt: skip
    click.echo(
        say(
            "{rows} attacks of the years {first} to {last} in {path}.",
            rows=f"{len(frame):,}".replace(",", " "), first=first, last=last, path=spelled(output),
        )
    )  # fmt: skip


def _numbers(states: str | None, on: date) -> tuple[int, ...]:
    found: list[int] = []
    for text in filter(None, (part.strip() for part in (states or "").split(","))):
        code = named_state(text, on)
        codes = codes_on(code, on)
        found.append(codes.cow if codes is not None else int(code.removeprefix("cow:")))
    return tuple(found)


# ---- frames ----


def written(found: Cascade, path: Path) -> None:
    """The entries as a table, by the end of the file's name: CSV, JSON or Parquet. Raises `Refused`: F507 where it
    cannot be written, F559 for Parquet without Polars."""
    rows = [list(row) for row in entries_rows(found)]
    end = path.suffix.lower()
    if end == ".json":
        text = json.dumps(
            [dict(zip(COLUMNS, row, strict=True)) for row in rows], ensure_ascii=False, indent=1
        )
        write_whole(path, text + "\n")
    elif end == ".csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([list(COLUMNS), *rows])
        write_whole(path, out.getvalue())
    elif end == ".parquet":
        try:
            polars = import_module("polars")
        except ImportError:
            values = {"option": "-o", "library": "polars", "extra": "panel"}
            raise Refused(Problem("F559", whole("-o"), values)) from None
        buffer = io.BytesIO()
        polars.DataFrame(rows, schema=list(COLUMNS), orient="row").write_parquet(buffer)
        write_whole(path, buffer.getvalue())
    else:
        raise click.UsageError(f"“{path.name}”: a table is written as .csv, .json or .parquet.")
