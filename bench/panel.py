# ruff: noqa: PLC0415  each process loads one engine alone, so that its memory is its own
"""The panel of directed dyad-years beside others' ways to it: plain Python, pandas, Polars, DuckDB; time and memory.

    python bench/panel.py                      # rows of invented alliances, of the sizes of ATOP and COW
    python bench/panel.py --data DIR           # ATOP 4.01 and COW's states, which Foedus does not carry
    python bench/panel.py --growth out.svg     # ten times the sizes, plotted (matplotlib)

Every engine gets the same members (alliance, phase, member, first day, first day after, five pledges) and spells of
states as arrays, and makes the same frame: two states, year, five pledges, number of instruments. Foedus makes six
columns more. Each runs in a process of its own, three times; the quickest run and the peak of memory are printed. The
sums of all columns must be equal, or the run ends with an error.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

PEACESCIENCER = (7.8, 1154)
"""Seconds and MB of peacesciencer 1.2.9 (R) for 2,252,760 rows and 13 columns, 1816-2025: `create_dyadyears()` with
`add_atop_alliance()` and the step for COW's alliances. Measured once on another machine when this project was designed
(R is not among our tools), so the ratio to it is an indication."""

PLEDGES = ("defense", "offense", "neutral", "nonagg", "consul")
FIRST, LAST = 1816, 2025
ENGINES = ("foedus", "polars", "duckdb", "pandas", "plain")
RUNS = 3

Data = dict[str, Any]


def day(year: int, month: int = 1, on: int = 1) -> int:
    from datetime import date

    return date(year, month, on).toordinal()


def invented(scale: float = 1.0, seed: int = 1) -> Data:
    """Alliances and states that never were, of the sizes of the real ones times `scale`: rows of the panel grow with
    it, for the states grow with its root."""
    draw = np.random.default_rng(seed)
    states = round(217 * scale**0.5)
    codes = np.arange(2, 2 + states)
    # a fifth there from the beginning; most come in after 1945
    begins = np.where(
        draw.random(states) < 0.2, day(1816), day(1860) + (draw.beta(5, 2.2, states) * 58_000).astype(int)
    )
    spells = np.stack([codes, begins, np.full(states, day(2016, 12, 31))], axis=1)
    rows: list[tuple[int, ...]] = []
    for alliance in range(round(745 * scale)):
        many = draw.random() < 0.04
        count = int(draw.integers(6, 50)) if many else 2
        start = int(draw.integers(day(1816), day(2012)))
        there = codes[begins <= start]
        members = draw.choice(there, min(count, len(there)), replace=False)
        until = int(start + draw.exponential(6000)) if draw.random() < 0.6 else day(2017)
        pledges = draw.random(5) < (0.4, 0.1, 0.15, 0.55, 0.5)
        for member in members:
            entered = start + (int(draw.integers(0, 900)) if draw.random() < 0.2 else 0)
            rows.append(
                (
                    1000 + alliance,
                    0,
                    int(member),
                    entered,
                    min(max(until, entered + 1), day(2017)),
                    *map(int, pledges),
                )
            )
    return {"members": np.array(rows, np.int64), "spells": spells}


def real(folder: Path) -> Data:
    from foedus.sources.atop_member import read_phases
    from foedus.sources.cow import read_spells

    end = day(2017)
    rows = [
        (
            r.alliance, r.phase, r.member, r.start.first.toordinal(), r.until.last.toordinal() if r.until else end,
            *(int(p in r.pledges) for p in PLEDGES),
        )
        for r in read_phases(folder / "atop4-member-level.csv").rows
    ]  # fmt: skip
    spells = [
        (s.number, s.start.toordinal(), s.last.toordinal())
        for s in read_spells(folder / "states2016.csv").rows
    ]
    return {"members": np.array(rows, np.int64), "spells": np.array(spells, np.int64)}


# ---- the engines: each gives a function that makes the frame, and sums of its columns


def foedus(data: Data) -> Callable[[], Any]:
    from foedus.obligations.pairs import paired
    from foedus.panel.frame import frame
    from foedus.panel.make import Asked, make
    from foedus.panel.system import system_of

    class Part:
        def __init__(self, row: tuple[int, ...]) -> None:
            from datetime import date

            from foedus.terms.edtf import EDate

            self.alliance, self.phase, self.member = row[0], row[1], row[2]
            self.start, self.until = (EDate.of(date.fromordinal(each)) for each in row[3:5])
            self.pledges = frozenset(p for p, has in zip(PLEDGES, row[5:], strict=True) if has)
            self.flags, self.adversaries, self.varies, self.line = {}, (), False, 0

    parts = [Part(tuple(row)) for row in data["members"].tolist()]

    def made() -> Any:
        table = paired("atop", parts, None)
        system = system_of(map(tuple, data["spells"].tolist()), "cow")
        found = make([table], system, Asked(FIRST, LAST))
        return frame(found.__class__(**{**vars(found), "missing": {}}))

    return made


def sums(frame: Any) -> list[int]:
    """Rows, the sum of the codes and years, and of every column."""
    names = ["ccode1", "ccode2", "year", *(f"atop_{p}" for p in PLEDGES), "atop_instruments"]
    return [len(frame), *(int(np.asarray(frame[name]).sum(dtype=np.int64)) for name in names)]


def spans(data: Data) -> tuple[Any, Any]:
    """Members and spells with their years, as arrays; a spell that reaches the last day goes on."""
    edges = np.array([day(year) for year in range(FIRST, LAST + 2)])
    members, spells = data["members"], data["spells"]
    last = spells[:, 2].max()
    ends = np.where(spells[:, 2] >= last, day(LAST + 1), spells[:, 2] + 1)
    years = np.stack([
        spells[:, 0], FIRST + np.searchsorted(edges[1:], spells[:, 1], "right"),
        FIRST + np.searchsorted(edges[:-1], ends, "left") - 1,
    ], axis=1)  # fmt: skip
    return members, years


def polars(data: Data) -> Callable[[], Any]:
    import polars as pl

    members, years = spans(data)

    def made() -> Any:
        m = pl.DataFrame(
            members, schema=["alliance", "phase", "member", "start", "until", *PLEDGES], orient="row"
        )
        there = (
            pl.DataFrame(years, schema=["ccode", "a", "z"], orient="row")
            .with_columns(year=pl.int_ranges("a", pl.col("z") + 1)).explode("year").select("ccode", "year").unique()
        )  # fmt: skip
        grid = (
            there.rename({"ccode": "ccode1"}).join(there.rename({"ccode": "ccode2"}), on="year")
            .filter(pl.col("ccode1") != pl.col("ccode2"))
        )  # fmt: skip
        pairs = (
            m.join(
                m.select("alliance", "phase", "member", "start", "until"),
                on=["alliance", "phase"],
                suffix="2",
            )
            .filter(pl.col("member") != pl.col("member2"))
            .with_columns(s=pl.max_horizontal("start", "start2"), u=pl.min_horizontal("until", "until2"))
            .filter((pl.col("s") < pl.col("u")) & (pl.sum_horizontal(PLEDGES) > 0))
        )
        offset = 719_163
        owed = (
            pairs.with_columns(
                a=(pl.col("s") - offset).cast(pl.Int32).cast(pl.Date).dt.year(),
                z=(pl.col("u") - 1 - offset).cast(pl.Int32).cast(pl.Date).dt.year(),
            )
            .with_columns(year=pl.int_ranges("a", pl.col("z").cast(pl.Int64) + 1)).explode("year")
            .group_by("member", "member2", "year")
            .agg(*(pl.col(p).max().alias(f"atop_{p}") for p in PLEDGES), atop_instruments=pl.col("alliance").n_unique())
        )  # fmt: skip
        return (
            grid.join(owed, left_on=["ccode1", "ccode2", "year"], right_on=["member", "member2", "year"], how="left")
            .with_columns(pl.col("^atop_.*$").fill_null(0)).sort("ccode1", "ccode2", "year")
        )  # fmt: skip

    return made


def pandas(data: Data) -> Callable[[], Any]:
    import pandas as pd

    members, years = spans(data)

    def exploded(frame: Any, a: Any, z: Any) -> Any:
        lengths = (z - a + 1).to_numpy()
        found = frame.loc[frame.index.repeat(lengths)].copy()
        within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        found["year"] = np.repeat(a.to_numpy(), lengths) + within
        return found

    def made() -> Any:
        m = pd.DataFrame(members, columns=["alliance", "phase", "member", "start", "until", *PLEDGES])
        y = pd.DataFrame(years, columns=["ccode", "a", "z"])
        there = exploded(y, y["a"], y["z"])[["ccode", "year"]].drop_duplicates()
        grid = there.rename(columns={"ccode": "ccode1"}).merge(
            there.rename(columns={"ccode": "ccode2"}), on="year"
        )
        grid = grid[grid["ccode1"] != grid["ccode2"]]
        pairs = m.merge(
            m[["alliance", "phase", "member", "start", "until"]], on=["alliance", "phase"], suffixes=("", "2")
        )
        pairs = pairs[(pairs["member"] != pairs["member2"]) & (pairs[list(PLEDGES)].sum(axis=1) > 0)]
        s, u = pairs[["start", "start2"]].max(axis=1), pairs[["until", "until2"]].min(axis=1)
        pairs, s, u = (
            pairs[s < u].reset_index(drop=True),
            s[s < u].reset_index(drop=True),
            u[s < u].reset_index(drop=True),
        )
        edges = np.array([day(year) for year in range(1800, LAST + 2)])
        a = pd.Series(1800 + np.searchsorted(edges, s, "right") - 1)
        z = pd.Series(1800 + np.searchsorted(edges, u - 1, "right") - 1)
        long = exploded(pairs, a, z)
        keys = ["member", "member2", "year"]
        owed = long.groupby(keys)[list(PLEDGES)].max().join(long.groupby(keys)["alliance"].nunique())
        owed = owed.rename(columns={p: f"atop_{p}" for p in PLEDGES} | {"alliance": "atop_instruments"})
        found = grid.merge(
            owed.reset_index(), how="left", left_on=["ccode1", "ccode2", "year"], right_on=keys
        )
        names = [name for name in found if name.startswith("atop_")]
        found[names] = found[names].fillna(0).astype("int64")
        return found.sort_values(["ccode1", "ccode2", "year"])

    return made


def duckdb(data: Data) -> Callable[[], Any]:
    import duckdb as db
    import pandas as pd

    members, years = spans(data)
    m = pd.DataFrame(members, columns=["alliance", "phase", "member", "start", "until", *PLEDGES])
    y = pd.DataFrame(years, columns=["ccode", "a", "z"])
    columns = ", ".join(f"coalesce(max({p}), 0)::TINYINT AS atop_{p}" for p in PLEDGES)
    query = f"""
        WITH there AS (SELECT DISTINCT ccode::SMALLINT AS ccode, unnest(range(a, z + 1))::SMALLINT AS year FROM y),
        pairs AS (SELECT x.*, o.member AS member2, greatest(x.start, o.start) AS s, least(x.until, o.until) AS u
                  FROM m x JOIN m o ON x.alliance = o.alliance AND x.phase = o.phase AND x.member <> o.member
                  WHERE {" + ".join(f"x.{p}" for p in PLEDGES)} > 0),
        long AS (SELECT *, unnest(range(year(DATE '0001-01-01' + (s - 1)::INTEGER),
                                        year(DATE '0001-01-01' + (u - 2)::INTEGER) + 1)) AS year
                 FROM pairs WHERE s < u),
        owed AS (SELECT member, member2, year, {columns}, count(DISTINCT alliance)::SMALLINT AS atop_instruments
                 FROM long GROUP BY ALL)
        SELECT a.ccode AS ccode1, b.ccode AS ccode2, a.year AS year,
               {", ".join(f"coalesce(atop_{p}, 0)::TINYINT AS atop_{p}" for p in PLEDGES)},
               coalesce(atop_instruments, 0)::SMALLINT AS atop_instruments
        FROM there a JOIN there b ON a.year = b.year AND a.ccode <> b.ccode
        LEFT JOIN owed ON owed.member = a.ccode AND owed.member2 = b.ccode AND owed.year = a.year
        ORDER BY ALL"""

    def made() -> Any:
        with db.connect() as connection:
            connection.register("m", m)
            connection.register("y", y)
            return connection.execute(query).fetchnumpy()

    return made


def plain(data: Data) -> Callable[[], Any]:
    from collections import defaultdict
    from datetime import date

    members, years = (each.tolist() for each in spans(data))

    def made() -> Any:
        there: dict[int, set[int]] = defaultdict(set)
        for code, a, z in years:
            for year in range(a, z + 1):
                there[code].add(year)
        by: dict[tuple[int, int], list[list[int]]] = defaultdict(list)
        for row in members:
            by[row[0], row[1]].append(row)
        owed: dict[tuple[int, int, int], list[Any]] = {}
        for rows in by.values():
            for x in rows:
                for y in rows:
                    s, u = max(x[3], y[3]), min(x[4], y[4])
                    if x[2] == y[2] or s >= u or not any(x[5:]):
                        continue
                    for year in range(date.fromordinal(s).year, date.fromordinal(u - 1).year + 1):
                        cell = owed.setdefault((x[2], y[2], year), [0, 0, 0, 0, 0, set()])
                        for n in range(5):
                            cell[n] |= x[5 + n]
                        cell[5].add(x[0])
        names = ["ccode1", "ccode2", "year", *(f"atop_{p}" for p in PLEDGES), "atop_instruments"]
        found: dict[str, list[int]] = {name: [] for name in names}
        columns = list(found.values())
        nothing = [0, 0, 0, 0, 0, ()]
        for one in sorted(there):
            for other in sorted(there):
                if one == other:
                    continue
                for year in sorted(there[one] & there[other]):
                    cell = owed.get((one, other, year), nothing)
                    for column, value in zip(
                        columns, (one, other, year, *cell[:5], len(cell[5])), strict=True
                    ):
                        column.append(value)
        return found

    return made


# ---- running them


def peak() -> float:
    """MB of memory at the most, of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 10)


def child(engine: str, data: Data, runs: int) -> dict[str, Any]:
    made = globals()[engine](data)
    before, times, frame = peak(), [], None
    for _ in range(runs):
        frame = None
        begun, busy = time.perf_counter(), time.process_time()
        frame = made()
        times.append((time.perf_counter() - begun, time.process_time() - busy))
    found = sums(frame) if not isinstance(frame, dict) else [len(frame["year"]), *sums(frame)[1:]]
    seconds, cpu = (min(each) for each in zip(*times, strict=True))
    return {"seconds": seconds, "cpu": cpu, "before": before, "peak": peak(), "sums": found}


def in_process_of_its_own(engine: str, source: list[str], runs: int) -> dict[str, Any]:
    run = [sys.executable, __file__, "--child", engine, "--runs", str(runs), *source]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def floor(rows: int) -> float:
    """Seconds to write the bytes of the frame once: two codes, a year and a count of two bytes, ten columns of one."""
    column = np.zeros(rows * 18, np.uint8)
    best = 1.0
    for _ in range(5):
        begun = time.perf_counter()
        column.fill(1)
        best = min(best, time.perf_counter() - begun)
    return best


def command(folder: Path) -> tuple[float, float]:
    """Seconds of the whole command, Python's start and reading ATOP's CSV included, and its peak in MB."""
    out = Path(tempfile.mkdtemp()) / "panel.parquet"
    run = [
        sys.executable, "-m", "foedus", "panel", "--from", str(FIRST), "--to", str(LAST), "-o", str(out), "--atop",
        str(folder / "atop4-member-level.csv"), "--states", str(folder / "states2016.csv"),
    ]  # fmt: skip
    best, most = 1e9, 0.0
    for _ in range(RUNS):
        begun = time.perf_counter()
        started = subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(started.pid, 0)
        best, most = min(best, time.perf_counter() - begun), max(most, used.ru_maxrss / (1 << 10))
        if status:
            raise SystemExit("the command failed")
    shutil.rmtree(out.parent)
    return best, most


def growth(path: Path) -> None:
    """Time and memory of Foedus from a quarter of the real sizes to ten times, as a plot and a table."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    found = []
    for scale in (0.25, 0.5, 1, 2, 4, 7, 10):
        done = in_process_of_its_own("foedus", ["--scale", str(scale)], RUNS)
        found.append((done["sums"][0], done["seconds"], done["peak"]))
        print(
            f"{scale:5.2f} x  {done['sums'][0]:>11,} rows  {done['seconds']:7.3f} s  {done['peak']:7.0f} MB",
            flush=True,
        )
    rows, seconds, memory = zip(*found, strict=True)
    figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3.2), layout="constrained")
    for axis, values, label in ((left, seconds, "seconds"), (right, memory, "MB at the most")):
        axis.plot([n / 1e6 for n in rows], values, "o-", color="#0072b2")
        axis.set(xlabel="million rows", ylabel=label, xlim=(0, None), ylim=(0, None))
        axis.axvline(2.25, color="#999999", linestyle=":", linewidth=1)
    figure.suptitle("Directed dyad-years with obligations; dotted: the real size")
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)
    print(f"written: {path}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--growth", type=Path)
    parser.add_argument("--child")
    parser.add_argument("--runs", type=int, default=RUNS)
    given = parser.parse_args()
    if given.child:
        data = real(given.data) if given.data else invented(given.scale)
        print(json.dumps(child(given.child, data, given.runs)))
        return
    if given.growth:
        growth(given.growth)
        return
    source = ["--data", str(given.data)] if given.data else ["--scale", str(given.scale)]
    results = {
        name: in_process_of_its_own(name, source, 1 if name == "plain" else given.runs) for name in ENGINES
    }
    sizes = {name: each["sums"] for name, each in results.items()}
    if len({tuple(each) for each in sizes.values()}) != 1:
        raise SystemExit(f"the engines disagree: {sizes}")
    own, rows = results["foedus"]["seconds"], sizes["foedus"][0]
    print(f"{rows:,} rows, {FIRST}-{LAST}; defence in {sizes['foedus'][4]:,} of them; all engines agree")
    for name, each in results.items():
        ratio = each["seconds"] / own
        print(
            f"  {name:8s} {each['seconds']:8.3f} s  {ratio:7.1f} x  {each['cpu']:8.3f} s of CPU  {each['peak']:6.0f} MB"
        )
    seconds, memory = PEACESCIENCER
    print(f"  peacesciencer, measured elsewhere: {seconds} s, {memory} MB: {seconds / own:.0f} x")
    print(f"  floor: the frame's bytes written once, {floor(rows) * 1000:.1f} ms")
    if given.data:
        wall, most = command(given.data)
        print(f"  as a command, from ATOP's CSV to Parquet: {wall:.2f} s, {most:.0f} MB")


if __name__ == "__main__":
    main()
