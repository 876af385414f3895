"""Every shock of every year: who would attack whom, and how far each attack would spread by promises alone.

A year is asked about on one day. Its shocks are all ordered pairs of its states; those in which nobody is bound to
anybody are known without simulation. Each year is kept as it is done, beside the file that is asked for, with what
it was made from; a sweep that was ended goes on from there, and never mixes with another.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from foedus.cascade.engine import Engine, Waiting
from foedus.cascade.from_obligations import Built, Conditions, build
from foedus.cascade.honour import Table
from foedus.cascade.model import Shock
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.obligations.obligation import Obligation

MANIFEST = "sweep.json"
LEAST = 0.005
"""Entries less likely than this are not listed."""
MANY = 1000
"""Pairs of states from which on code is compiled for a sweep."""
WORLDS, NODES = 1 << 12, 0
"""What a shock of a sweep is given unless more is asked for: the error of a chance is then at most 1.6 hundredths."""


@dataclass(frozen=True)
class Sweep:
    """What is swept: years (both included), the day of each, and how chances and conditions are taken; `attackers`
    and `targets` (COW's numbers) narrow the pairs. `source` tells what the obligations come from."""

    first: int
    last: int
    table: Table
    conditions: Conditions = "met"
    joiner_attacks: bool = True
    attackers: tuple[int, ...] = ()
    targets: tuple[int, ...] = ()
    month: int = 1
    day: int = 1
    source: str = ""

    def fingerprint(self, engine: Engine) -> dict[str, Any]:
        """What a part was made from: parts with another do not fit."""
        rates = {name: (rate.mean, rate.kind, rate.kept, rate.of) for name, rate in self.table.rates.items()}
        return {
            "source": self.source,
            "chances": sha256(json.dumps([self.table.by, sorted(rates.items())]).encode()).hexdigest(),
            "conditions": self.conditions,
            "joiner_attacks": self.joiner_attacks,
            "attackers": list(self.attackers),
            "targets": list(self.targets),
            "day": [self.month, self.day],
            "engine": [engine.nodes, engine.worlds, engine.seed],
        }


@dataclass(frozen=True, slots=True)
class Shocked:
    """One shock of a year, by COW's numbers: the expected sizes of both sides, the chance that nobody joins, each
    with its interval, and who enters on which side with what chance, the likeliest first."""

    year: int
    attacker: int
    target: int
    exact: bool
    sizes: tuple[float, float]
    low: tuple[float, float]
    high: tuple[float, float]
    quiet: float
    entered: tuple[tuple[int, int, float], ...]


def sweep_year(
    obligations: Iterable[Obligation],
    states: Sequence[int],
    on: date,
    asked: Sweep,
    engine: Engine,
    tell: Callable[[float], object] | None = None,
    waiting: Waiting | None = None,
) -> Iterator[Shocked]:
    """Every shock of one day; `states` are those that can attack and be attacked (COW's numbers). `tell` is told
    which part of them is done, `waiting` what the engine is doing."""
    built = build(
        obligations,
        on,
        asked.table,
        conditions=asked.conditions,
        further=states,
        joiner_attacks=asked.joiner_attacks,
    )
    called = _callers(built)
    attackers = [one for one in states if not asked.attackers or one in asked.attackers]
    for n, attacker in enumerate(attackers):
        if tell is not None:
            tell(n / len(attackers))
        for target in states:
            if target == attacker or (asked.targets and target not in asked.targets):
                continue
            shock = Shock(built.numbers.index(attacker), built.numbers.index(target))
            yield _one(built, shock, called, on.year, engine, waiting)


def _callers(built: Built) -> tuple[Mapping[int, set[int]], Mapping[int, set[int]]]:
    """Who could be called at once by a state that is attacked, and by one that is at war at all."""
    attacked: dict[int, set[int]] = {}
    at_war: dict[int, set[int]] = {}
    for duty in built.model.duties:
        if duty.trigger == "consultation":
            continue  # never first: somebody else must be in
        attacked.setdefault(duty.beneficiary, set()).add(duty.debtor)
        if duty.trigger == "offence":
            at_war.setdefault(duty.beneficiary, set()).add(duty.debtor)
    return attacked, at_war


def _one(
    built: Built,
    shock: Shock,
    called: tuple[Mapping[int, set[int]], Mapping[int, set[int]]],
    year: int,
    engine: Engine,
    waiting: Waiting | None,
) -> Shocked:
    numbers = built.numbers
    pair = (numbers[shock.attacker], numbers[shock.target])
    both = {shock.attacker, shock.target}
    first = called[0].get(shock.target, set[int]()) | called[1].get(shock.attacker, set[int]())
    if not first - both:
        return Shocked(year, *pair, True, (1.0, 1.0), (1.0, 1.0), (1.0, 1.0), 1.0, ())
    found = engine.run(built.model, shock, False, waiting)
    entered = sorted(
        (
            (numbers[state], side, chances[side].value)
            for state, chances in enumerate(found.entered)
            if state not in both
            for side in (0, 1)
            if chances[side].value >= LEAST
        ),
        key=lambda entry: (-entry[2], entry[0]),
    )
    one, other = found.sizes
    return Shocked(
        year, *pair, found.engine == "exact", (one.value, other.value), (one.low, other.low), (one.high, other.high),
        found.quiet.value, tuple(entered),
    )  # fmt: skip


COLUMNS: tuple[tuple[str, str], ...] = (
    ("ccode1", "COW's number of the attacker"),
    ("ccode2", "COW's number of the target"),
    ("year", "the year; obligations as on its day"),
    ("exact", "whether it is exact, or simulated"),
    ("size1", "the expected number of states on the attacker's side, itself included"),
    ("size1_low", "its interval"),
    ("size1_high", "its interval"),
    ("size2", "the expected number of states on the target's side, itself included"),
    ("size2_low", "its interval"),
    ("size2_high", "its interval"),
    ("quiet", "the chance that nobody joins"),
    ("enters", "who enters with a chance of half a hundredth or more, by COW's number, the likeliest first"),
    ("enters_side", "on which side: 1 the attacker's, 2 the target's"),
    ("enters_chance", "with which chance"),
)
"""The columns of a sweep, and what they mean."""


def as_frame(rows: Iterable[Shocked]) -> Any:
    """The rows as a Polars frame. Raises `Refused` (F559) where Polars is not installed."""
    pl = _polars()
    every = list(rows)
    whole_, number = pl.Int16, pl.Float64
    return pl.DataFrame(
        {
            "ccode1": [r.attacker for r in every], "ccode2": [r.target for r in every],
            "year": [r.year for r in every], "exact": [r.exact for r in every],
            **{
                f"size{side + 1}{end}": [values(r)[side] for r in every]
                for side in (0, 1)
                for end, values in (("", _sizes), ("_low", _low), ("_high", _high))
            },
            "quiet": [r.quiet for r in every], "enters": [[e[0] for e in r.entered] for r in every],
            "enters_side": [[e[1] + 1 for e in r.entered] for r in every],
            "enters_chance": [[e[2] for e in r.entered] for r in every],
        },
        schema={
            "ccode1": whole_, "ccode2": whole_, "year": whole_, "exact": pl.Boolean,
            **{f"size{side}{end}": number for side in (1, 2) for end in ("", "_low", "_high")},
            "quiet": number, "enters": pl.List(whole_), "enters_side": pl.List(pl.Int8),
            "enters_chance": pl.List(number),
        },
    )  # fmt: skip


def _sizes(row: Shocked) -> tuple[float, float]:
    return row.sizes


def _low(row: Shocked) -> tuple[float, float]:
    return row.low


def _high(row: Shocked) -> tuple[float, float]:
    return row.high


def sweep(
    owed_on: Callable[[date], Sequence[Obligation]],
    states_on: Callable[[date], Sequence[int]],
    asked: Sweep,
    engine: Engine,
    path: Path,
    progress: Callable[[int, int, int, float], object] | None = None,
    waiting: Waiting | None = None,
    prepare: Callable[[], object] | None = None,
) -> Any:
    """Sweep the years into a Parquet file, going on where a sweep of the same was ended; the frame comes back.

    `owed_on` gives the obligations of a day, `states_on` its states (COW's numbers). `progress` is told the year, how
    many are done, of how many, and which part of the year is; `waiting`, what the engine is doing. `prepare` is
    called once before many shocks: what then takes some seconds is worth it. Raises `Refused`: F857 where parts of
    another sweep lie there, F559 without Polars, F507 where nothing can be written.
    """
    pl = _polars()
    folder = path.with_name(path.name + ".parts")
    print_ = asked.fingerprint(engine)
    try:
        _begin(folder, print_)
        years = range(asked.first, asked.last + 1)
        for n, year in enumerate(years):
            part = folder / f"{year:04}.parquet"
            if part.is_file():
                continue
            on = date(year, asked.month, asked.day)
            beside = folder / f".{year:04}.new"

            def tell(done: float, year: int = year, n: int = n) -> None:
                if progress is not None:
                    progress(year, n, len(years), done)

            states = states_on(on)
            if prepare is not None and len(states) ** 2 * (len(years) - n) > MANY:
                prepare()
                prepare = None
            swept = sweep_year(owed_on(on), states, on, asked, engine, tell, waiting)
            as_frame(swept).write_parquet(beside)
            beside.replace(part)
        whole_ = pl.concat([pl.read_parquet(folder / f"{year:04}.parquet") for year in years])
        beside = path.with_name(f".{path.name}.new")
        whole_.write_parquet(beside)
        beside.replace(path)
        shutil.rmtree(folder)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Refused(Problem("F507", whole(spelled(path)), {"why": why})) from None
    return whole_


def _begin(folder: Path, print_: Mapping[str, Any]) -> None:
    manifest = folder / MANIFEST
    if manifest.is_file():
        try:
            known = cast("dict[str, Any]", json.loads(manifest.read_text(encoding="utf-8")))
        except ValueError:
            known = dict[str, Any]()
        unlike = [name for name in print_ if known.get(name) != print_[name]]
        if unlike:
            values = {"path": spelled(folder), "why": f"{', '.join(unlike)} differ"}
            raise Refused(Problem("F857", whole(spelled(folder)), values))
        return
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{MANIFEST}.new"
    beside.write_text(json.dumps(print_, indent=1), encoding="utf-8")
    beside.replace(manifest)


def _polars() -> Any:
    try:
        return import_module("polars")
    except ImportError:
        values = {"option": "--sweep", "library": "polars", "extra": "panel"}
        raise Refused(Problem("F559", whole("--sweep"), values)) from None
