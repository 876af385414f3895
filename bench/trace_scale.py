"""How fast an index is made and joined, how much memory that takes, and how many of the copies made are found.

    python -m bench.trace_scale 1000 10000 100000 [--size 6000] [--workers 2] [--memory 1024] [--plot growth.svg]

For each number of documents: a corpus of `wire.py` is written to a file first; measured is from that file (JSONL) to
passages. *Recall* is the share of the copies that were found: the copy shares a passage with its origin, or both
share one with a third document (the first holder); *direct* counts the former only. *Strange* is the share of pairs
found whose documents do not belong to one story, of those of two papers (one paper's pages share its footer) that
share at least 20 words.

Memory is the largest sum over this process and its workers: of what each has for itself (USS), and of all that is
resident, files that are only looked at among it (RSS).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from math import log10
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir

from bench.wire import Press
from foedus.terms.time import day
from foedus.trace.corpus import Progress, index
from foedus.trace.document import Document, Meta


class Memory:
    """The largest sums seen, in bytes."""

    def __init__(self) -> None:
        self.rss = self.own = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.25):
            sums = [_memory(pid) for pid in _tree(os.getpid())]
            self.rss = max(self.rss, sum(rss for rss, _ in sums))
            self.own = max(self.own, sum(own for _, own in sums))


def _tree(pid: int) -> list[int]:
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                waiting += map(int, task.read_text().split())
            except OSError:
                continue
    return found


def _memory(pid: int) -> tuple[int, int]:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0, 0
    sizes = {line.split(":")[0]: int(line.split()[1]) << 10 for line in lines[1:]}
    return sizes["Rss"], sizes["Private_Clean"] + sizes["Private_Dirty"]


def corpus(path: Path, count: int, size: int, seed: int) -> None:
    if not path.exists():
        with path.with_suffix(".part").open("w") as out:
            for document, copy in Press(seed, size).documents(count):
                row = {"id": document.id, "text": document.text, "date": str(document.meta.on)}
                row |= {"publisher": document.meta.publisher, "copy": copy and vars(copy)}
                out.write(json.dumps(row) + "\n")
        path.with_suffix(".part").rename(path)


def documents(path: Path) -> Iterator[Document]:
    dates = {}
    with path.open() as lines:
        for line in lines:
            row = json.loads(line)
            if row["date"] not in dates:
                dates[row["date"]] = day(row["date"])
            yield Document(
                row["id"], row["text"], meta=Meta(publisher=row["publisher"], on=dates[row["date"]])
            )


def measure(path: Path, count: int, arguments: argparse.Namespace) -> dict[str, float]:
    place = path.with_suffix(".index")
    rmtree(place, ignore_errors=True)
    stages: dict[str, float] = defaultdict(float)
    last = ["", time.monotonic()]

    def watch(event: Progress) -> None:
        now = time.monotonic()
        if last[0]:
            stages[last[0]] += now - last[1]
        last[:] = [event.stage, now]
        if sys.stderr.isatty():
            print(f"\r{event.stage} {event.done}/{event.of} ", end="", file=sys.stderr)

    memory = Memory()
    begun, used = time.monotonic(), _used()
    with index(
        place, arguments.engine, workers=arguments.workers, memory=arguments.memory << 20, watch=watch
    ) as made:
        made.add(documents(path))
        made.find()
        watch(Progress("aligning", 0, 0, None))
        wall, used = time.monotonic() - begun, _used() - used
        memory.end()
        found = {
            "documents": count,
            "characters": path.stat().st_size,
            "wall s": wall,
            "processor s": used,
            "documents/s": count / wall,
            "RSS MiB": memory.rss >> 20,
            "USS MiB": memory.own >> 20,
            "index bytes": sum(one.stat().st_size for one in place.glob("**/*") if one.is_file()),
            **{f"{name} s": seconds for name, seconds in stages.items()},
            **recall(path, made),
        }
        found |= asked(path, made)
    if not arguments.keep:
        rmtree(place)
    return found


def _used() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def recall(path: Path, made: index) -> dict[str, float]:
    near: dict[str, set[str]] = defaultdict(set)
    wide: dict[tuple[str, str], int] = defaultdict(int)
    passages = 0
    for one in made.passages():
        passages += 1
        a, b = one.a.document, one.b.document
        near[a].add(b)
        near[b].add(a)
        wide[a, b] = max(wide[a, b], one.words)
    story: dict[str, str] = {}
    paper: dict[str, str] = {}
    copies = []
    for line in path.open():
        row = json.loads(line)
        copy = row["copy"]
        story[row["id"]] = copy["origin"] if copy else row["id"]
        paper[row["id"]] = row["publisher"]
        if copy:
            copies.append(copy)
    there = [copy for copy in copies if copy["origin"] in story]
    direct = sum(copy["origin"] in near[copy["copy"]] for copy in there)
    kinds: dict[str, list[bool]] = defaultdict(list)
    for copy in there:
        a, b = copy["copy"], copy["origin"]
        kinds[copy["kind"]].append(b in near[a] or not near[a].isdisjoint(near[b]))
    every = [one for some in kinds.values() for one in some]
    long = [(a, b) for (a, b), words in wide.items() if words >= 20 and paper[a] != paper[b]]
    return {
        "copies": len(there),
        "recall": sum(every) / max(len(every), 1),
        **{f"recall {kind}": sum(some) / len(some) for kind, some in sorted(kinds.items())},
        "direct": direct / max(len(there), 1),
        "passages": passages,
        "pairs": len(wide),
        "strange": sum(story[a] != story[b] for a, b in long) / max(len(long), 1),
    }


def asked(path: Path, made: index, times: int = 20) -> dict[str, float]:
    """Seconds that a query takes: the first, which opens the index, and the median of others."""
    some = []
    for n, one in enumerate(documents(path)):
        if n % 97 == 0:
            some.append(one)
        if len(some) > times:
            break
    seconds = []
    for one in some:
        begun = time.monotonic()
        answer = made.query(one)
        seconds.append(time.monotonic() - begun)
        assert one.id in {holder.id for holder in answer.holders}
    return {"first query s": seconds[0], "query s": sorted(seconds[1:])[len(seconds) // 2]}


def plot(rows: list[dict[str, float]]) -> str:
    """Processor seconds (blue) and seconds on the clock (grey) against documents, both logarithmic, with a line of
    linear growth through the first point."""

    def x(count: float) -> float:
        return 70 + (log10(count) - 3) * 170

    def y(seconds: float) -> float:
        return 330 - (log10(seconds) + 0.5) * 68

    def line(name: str, colour: str) -> str:
        points = [(x(row["documents"]), y(row[name])) for row in rows]
        marks = "".join(f'<circle cx="{a:.1f}" cy="{b:.1f}" r="4" fill="{colour}"/>' for a, b in points)
        path = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
        return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>{marks}'

    first, last = rows[0], rows[-1]
    steep = first["processor s"] * last["documents"] / first["documents"]
    labels = [
        f'<text x="{x(10**n):.0f}" y="352" text-anchor="middle">10<tspan dy="-5" font-size="9">{n}</tspan></text>'
        for n in (3, 4, 5, 6)
    ]
    labels += [f'<text x="62" y="{y(10**n) + 4:.0f}" text-anchor="end">{10**n} s</text>' for n in range(5)]
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 620 385" font-family="sans-serif" font-size="12">
<rect width="620" height="385" fill="#fff"/>
<path d="M70 20V330H600" fill="none" stroke="#888"/>
<line x1="{x(first["documents"]):.1f}" y1="{y(first["processor s"]):.1f}" x2="{x(last["documents"]):.1f}" \
y2="{y(steep):.1f}" stroke="#1f5fa8" stroke-dasharray="4 4"/>
{line("wall s", "#999")}
{line("processor s", "#1f5fa8")}
{"".join(labels)}
<text x="335" y="376" text-anchor="middle">documents (blue: processor; grey: clock; dashed: linear growth)</text>
</svg>
"""


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("counts", type=int, nargs="*")
    options.add_argument("--rows", type=Path, help="what was printed before, to be plotted too")
    options.add_argument("--size", type=int, default=6000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--memory", type=int, default=1024)
    options.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    options.add_argument("--plot", type=Path)
    options.add_argument("--keep", action="store_true")
    arguments = options.parse_args()
    rows = [json.loads(line) for line in arguments.rows.open()] if arguments.rows else []
    for count in arguments.counts:
        path = Path(gettempdir()) / f"foedus-wire-{arguments.seed}-{arguments.size}-{count}.jsonl"
        corpus(path, count, arguments.size, arguments.seed)
        before = os.getloadavg()[0]
        row = {**measure(path, count, arguments), "load before": before, "load after": os.getloadavg()[0]}
        rows.append(row)
        print(json.dumps({name: round(value, 3) for name, value in row.items()}), flush=True)
    if arguments.plot:
        arguments.plot.write_text(plot(sorted(rows, key=lambda row: row["documents"])))


if __name__ == "__main__":
    main()
