"""Copied passages in PAN13 (text alignment, 2013): what `foedus trace` finds, beside passim, in one run.

    python bench/trace_pan13.py DATA [--half tune|held|both] [--passim FOLDER --spark PYTHON] [--cores 1]

DATA holds `documents.jsonl.gz` (id, role, text) and `pairs.json` (suspicious, source, class, cases as
[suspicious start, end, source start, end]). It is not part of this repository.

The documents are split into two halves by whole components of pairs, by a hash: settings are tuned on the one and
only measured on the other. Pairs that the data calls summaries without giving their places are left out of the count
of false alarms. Word edits: in each verbatim case every so-manyth word of the copy, by chance, is replaced by another
word of the document, left out, or doubled by another one.

passim (Smith, Cordell and Mullen): `git clone https://github.com/dasmiq/passim` is FOLDER. PYTHON is that of an
environment with `pyspark==4.0.1 graphframes-py==0.9.3 intervaltree setuptools`; Java 17 runs it. It stops after its
passages are found (`--to-extents`): clusters and alignments by character are not asked of it, and not counted.

Seconds of processors are those of a process and all its children, on Linux. Compare them, and not the wall's, where
other programs run beside.
"""

from __future__ import annotations

import argparse
import ctypes
import gzip
import hashlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from foedus.trace.compare import passages
from foedus.trace.document import Document

Case = tuple[int, int, int, int]
"""Characters of the suspicious document, and of its source."""
Found = dict[tuple[str, str], list[Case]]
"""Passages by pair of suspicious and source document."""
EDITS = (0, 10, 20, 30)
"""Of a hundred words of a copy, how many are edited."""
_SUBREAPER = 36
"""Of Linux' prctl: processes whose parent has ended are this one's children."""


@dataclass(frozen=True)
class Pair:
    suspicious: str
    source: str
    kind: str
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Corpus:
    texts: dict[str, str]
    suspicious: frozenset[str]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Cost:
    """Seconds on the wall, and of processors with all children."""

    wall: float
    cpu: float


def read(folder: Path) -> Corpus:
    with gzip.open(folder / "documents.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    pairs = tuple(
        Pair(row["suspicious"], row["source"], row["class"][:2], tuple(tuple(case) for case in row["cases"]))
        for row in json.loads((folder / "pairs.json").read_text("utf-8"))
    )
    return Corpus(
        {row["id"]: row["text"] for row in rows},
        frozenset(row["id"] for row in rows if row["role"] == "suspicious"),
        pairs,
    )


def halves(corpus: Corpus) -> dict[str, Corpus]:
    """The corpus cut in two, so that no document of the one is paired with one of the other."""
    over: dict[str, str] = {}

    def top(name: str) -> str:
        while over.setdefault(name, name) != name:
            name = over[name]
        return name

    for pair in corpus.pairs:
        x, y = sorted((top(pair.suspicious), top(pair.source)))
        over[y] = x
    side = {
        name: ("tune", "held")[hashlib.sha256(b"7" + top(name).encode()).digest()[0] % 2]
        for name in corpus.texts
    }
    return {
        half: Corpus(
            {name: text for name, text in corpus.texts.items() if side[name] == half},
            frozenset(name for name in corpus.suspicious if side[name] == half),
            tuple(pair for pair in corpus.pairs if side[pair.source] == half),
        )
        for half in ("tune", "held")
    }


def edited(corpus: Corpus, percent: int) -> Corpus:
    """Its verbatim pairs alone, with words of the copies edited; the places of what is left of each are kept."""
    random_ = random.Random(percent)
    texts: dict[str, str] = {}
    cases: dict[tuple[str, str], list[Case]] = defaultdict(list)
    by_copy: dict[str, list[tuple[Case, str]]] = defaultdict(list)
    for pair in corpus.pairs:
        if pair.kind == "02":
            texts[pair.source] = corpus.texts[pair.source]
            by_copy[pair.suspicious] += [(case, pair.source) for case in pair.cases]
    for name, copies in by_copy.items():
        text, made, done = corpus.texts[name], "", 0
        words = text.split()
        for (start, end, source_start, source_end), source in sorted(copies):
            made += text[done:start]
            copied: list[str] = []
            for word in text[start:end].split():
                way = (
                    random_.choice(("replaced", "left out", "added"))
                    if random_.random() * 100 < percent
                    else ""
                )
                if way in ("", "added"):
                    copied.append(word)
                if way in ("replaced", "added"):
                    copied.append(random_.choice(words))
            begin = len(made)
            made += " ".join(copied)
            cases[name, source].append((begin, len(made), source_start, source_end))
            done = end
        texts[name] = made + text[done:]
    pairs = tuple(Pair(a, b, "02", tuple(some)) for (a, b), some in cases.items())
    return Corpus(texts, frozenset(by_copy), pairs)


# ---------------------------------------------------------------------------------------------------------------
# The tools


def ours(corpus: Corpus, _cores: int) -> Found:
    documents = [Document(name, text) for name, text in corpus.texts.items()]
    return oriented(
        corpus,
        (
            (p.a.document, p.b.document, p.a.start, p.a.end, p.b.start, p.b.end)
            for p in passages(documents)
            if p.kind in ("verbatim", "edited")
        ),
    )


def oriented(corpus: Corpus, rows: Iterable[Sequence[Any]]) -> Found:
    """Rows of two documents and their characters, those between a suspicious document and a source alone."""
    found: Found = defaultdict(list)
    for a, b, a_start, a_end, b_start, b_end in rows:
        if a in corpus.suspicious and b not in corpus.suspicious:
            found[a, b].append((a_start, a_end, b_start, b_end))
        elif b in corpus.suspicious and a not in corpus.suspicious:
            found[b, a].append((b_start, b_end, a_start, a_end))
    return found


def passim(folder: Path, python: Path, n: int) -> Callable[[Corpus, int], Found]:
    def run(corpus: Corpus, cores: int) -> Found:
        with tempfile.TemporaryDirectory() as where:
            files = Path(where, "in")
            files.mkdir()
            rows = [json.dumps({"id": name, "text": text}) for name, text in corpus.texts.items()]
            for part in range(2 * cores):  # as many parts of work as two for each core
                Path(files, f"{part}.json").write_text("\n".join(rows[part :: 2 * cores]) + "\n", "utf-8")
            environment = {
                **os.environ,
                "PYTHONPATH": str(folder),
                "PYSPARK_PYTHON": str(python),
                "SPARK_CONF_DIR": str(folder / "conf"),
                "SPARK_LOCAL_DIRS": where,
                "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}",
            }
            made = Path(where, "out")
            command = [
                *(python.parent / "spark-submit", "--master", f"local[{cores}]", "--driver-memory", "6G"),
                *(folder / "share" / "submit-seriatim.py", "--all-pairs", "--to-extents", "-n", n),
                *(files, made),
            ]
            ran = subprocess.run(
                [str(part) for part in command], env=environment, capture_output=True, text=True, check=False
            )
            with suppress(ChildProcessError):
                while os.waitpid(-1, 0):  # Spark's workers outlive it for a moment: their time counts too
                    pass
            if ran.returncode:
                sys.exit(ran.stderr[-3000:])
            rows = (
                duckdb.connect()
                .execute(
                    'SELECT uid, uid2, begin, "end", begin2, end2 FROM read_parquet(?)',
                    [str(made / "tmp" / "extents.parquet" / "**" / "*.parquet")],
                )
                .fetchall()
            )
            names = numbered(files, environment, python)
        return oriented(corpus, ((names[a], names[b], *rest) for a, b, *rest in rows))

    return run


def numbered(files: Path, environment: dict[str, str], python: Path) -> dict[int, str]:
    """The documents by passim's numbers, which are Spark's hashes of their names."""
    ask = (
        "import sys; from pyspark.sql import SparkSession\n"
        "rows = SparkSession.builder.master('local[1]').getOrCreate().read.json(sys.argv[1])\n"
        "for number, name in rows.selectExpr('xxhash64(id)', 'id').collect(): print('is', number, name)"
    )
    ran = subprocess.run(
        [str(python), "-c", ask, str(files)], env=environment, capture_output=True, text=True, check=True
    )
    parts = (line.split(maxsplit=2) for line in ran.stdout.splitlines() if line.startswith("is "))
    return {int(number): name for _, number, name in parts}


# ---------------------------------------------------------------------------------------------------------------
# The measures


@dataclass(frozen=True)
class Measured:
    pairs: float
    recall: float
    precision: float


def covered(cases: Iterable[Case], side: int) -> set[int]:
    return {place for case in cases for place in range(case[side], case[side + 1])}


def measured(pairs: Sequence[Pair], found: Found) -> Measured:
    """The share of pairs with a passage that touches a case on both sides; characters of both sides, all pairs put
    together: of the cases, those found; of what was found in these pairs, those in cases."""
    hits = gold_total = found_total = both_total = 0
    for pair in pairs:
        got = found.get((pair.suspicious, pair.source), [])
        hits += any(
            x[0] < y[1] and y[0] < x[1] and x[2] < y[3] and y[2] < x[3] for x in got for y in pair.cases
        )
        for side in (0, 2):
            gold, said = covered(pair.cases, side), covered(got, side)
            gold_total += len(gold)
            found_total += len(said)
            both_total += len(gold & said)
    return Measured(hits / len(pairs), both_total / gold_total, both_total / max(found_total, 1))


def alarms(corpus: Corpus, found: Found) -> tuple[int, int]:
    """Unrelated pairs of a suspicious document and a source in which something was found, and its characters in the
    suspicious one."""
    listed = {(pair.suspicious, pair.source) for pair in corpus.pairs if pair.kind != "01"}
    false = {pair: cases for pair, cases in found.items() if pair not in listed}
    return len(false), sum(len(covered(cases, 0)) for cases in false.values())


def timed(tool: Callable[[Corpus, int], Found], corpus: Corpus, cores: int) -> tuple[Found, Cost]:
    def cpu() -> float:
        uses = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return sum(use.ru_utime + use.ru_stime for use in uses)

    wall, used = time.perf_counter(), cpu()
    found = tool(corpus, cores)
    return found, Cost(time.perf_counter() - wall, cpu() - used)


def report(half: str, corpus: Corpus, tools: dict[str, Callable[[Corpus, int], Found]], cores: int) -> None:
    size = sum(map(len, corpus.texts.values()))
    unrelated = len(corpus.suspicious) * (len(corpus.texts) - len(corpus.suspicious)) - sum(
        pair.kind != "01" for pair in corpus.pairs
    )
    print(
        f"\n{half}: {len(corpus.texts)} documents, {size / 1e6:.1f} M characters, {unrelated} unrelated pairs"
    )
    first: Cost | None = None
    for name, tool in tools.items():
        found, cost = timed(tool, corpus, cores)
        first = first or cost
        count, characters = alarms(corpus, found)
        print(
            f"  {name}: {cost.wall:.1f} s on the wall, {cost.cpu:.1f} s of processors "
            f"(× {cost.wall / first.wall:.1f}, × {cost.cpu / first.cpu:.1f}), "
            f"{len(corpus.texts) / cost.cpu:.0f} documents a second and core; "
            f"false alarms: {count} pairs, {characters} characters"
        )
        for kind in ("02", "03", "04", "05"):
            some = [pair for pair in corpus.pairs if pair.kind == kind and pair.cases]
            m = measured(some, found)
            print(
                f"    {kind}: pairs {m.pairs:.3f} of {len(some)}, characters: "
                f"recall {m.recall:.3f}, precision {m.precision:.3f}"
            )
    print("  words edited in the verbatim cases, characters' recall (precision):")
    for percent in EDITS:
        trial = edited(corpus, percent)
        for name, tool in tools.items():
            m = measured(trial.pairs, tool(trial, cores))
            print(
                f"    {percent} %, {name}: {m.recall:.3f} ({m.precision:.3f}), pairs {m.pairs:.3f}",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--half", choices=("tune", "held", "both"), default="both")
    parser.add_argument("--passim", type=Path)
    parser.add_argument("--spark", type=Path)
    parser.add_argument("--cores", type=int, default=1)
    asked = parser.parse_args()
    ctypes.CDLL(None).prctl(_SUBREAPER, 1)
    tools: dict[str, Callable[[Corpus, int], Found]] = {"foedus": ours}
    if asked.passim:
        for n in (25, 15):
            tools[f"passim n = {n}"] = passim(asked.passim.resolve(), asked.spark.absolute(), n)
    ours(Corpus({"a": "warm up", "b": "warm up"}, frozenset(), ()), 1)  # what is loaded once is not counted
    for half, corpus in halves(read(asked.data)).items():
        if asked.half in (half, "both"):
            report(half, corpus, tools, asked.cores)


if __name__ == "__main__":
    main()
