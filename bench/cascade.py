"""How many worlds of a cascade a processor runs in a second: Foedus beside what others would write it with.

    python bench/cascade.py [rounds] [--seconds 1.0] [--growth FILE]

All are given the same made-up obligations (`obligation_graphs.py`). They take turns within a round, each with as many
worlds as it runs in about so many seconds. Measured is the processor's time of this process; shown are medians, and
how many times as many worlds Foedus' compiled engine runs. Beside it stand the mean sizes of the two sides, each with
how many of its standard errors it is away from the exact size or, where there is none, from the compiled engine's.

`--growth FILE` draws, instead, the time of a hundred thousand worlds against states and obligations, and the time of
"today" against worlds, to ten times beyond the real sizes, and writes the figure to FILE (PNG, SVG, PDF).
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Callable
from math import sqrt
from pathlib import Path
from statistics import median

import cascade_peers as peers
from obligation_graphs import EXACT, SHOCKS, Graph, graph, grown

from foedus.cascade.exact import exact
from foedus.cascade.model import Shock
from foedus.cascade.plan import plan
from foedus.cascade.words import Words
from foedus.engines.contract import TooLarge

PEERS: dict[str, Callable[[Graph, Shock], peers.Run]] = {
    "networkx": peers.networkx,
    "Mesa": peers.mesa_agents,
    "plain Python": peers.reference,
    "Foedus, plain": peers.foedus_plain,
    "numpy, bits": peers.numpy_bits,
    "Foedus, whole numbers": peers.foedus_ints,
    "Foedus, compiled": peers.foedus_words,
}
OURS = "Foedus, compiled"
BLOCK = 1 << 15
"""Worlds that numpy takes at a time; the compiled engine has to begin with no more."""
GRAPHS, SHOCKS_EACH = 4, 6
"""Of each size, in `--growth`: a single shock says little, for most come to nothing."""


def spent(do: Callable[[], peers.Sums]) -> tuple[float, peers.Sums]:
    start = time.process_time()
    found = do()
    return max(time.process_time() - start, 1e-9), found


def worlds_in(run: peers.Run, seconds: float) -> int:
    """About as many as it runs in so many seconds: whole blocks where there are many."""
    worlds = 4
    while True:
        taken, _ = spent(lambda worlds=worlds: run(worlds, 0))
        if taken > seconds / 8 or worlds > 1 << 28:
            many = int(worlds * seconds / taken)
            return max(BLOCK, many // BLOCK * BLOCK) if worlds >= BLOCK else max(worlds, many)
        worlds *= 4


def compare(kind: str, rounds: int, seconds: float) -> None:
    made, shock = graph(kind), SHOCKS[kind]
    runs = {name: build(made, shock) for name, build in PEERS.items()}
    worlds = {name: worlds_in(run, seconds) for name, run in runs.items()}
    # Numpy runs whole blocks.
    worlds["numpy, bits"] = max(BLOCK, worlds["numpy, bits"] // BLOCK * BLOCK)
    times: dict[str, list[float]] = {name: [] for name in runs}
    sums: dict[str, list[peers.Sums]] = {name: [] for name in runs}
    for turn in range(rounds):
        for name, run in runs.items():
            taken, found = spent(lambda run=run, name=name, turn=turn: run(worlds[name], turn + 1))
            times[name].append(worlds[name] / taken)
            sums[name].append(found)
    rates = {name: median(each) for name, each in times.items()}
    print(
        f"{kind}: {made.states} states, {len(made.obligations)} obligations, {len(made.neutrality)} promises"
    )
    print(f"  {'':22} {'worlds/s':>10} {'ours is':>9}   {'attackers':>9} {'':>6}  {'targets':>9}")
    for name in runs:
        shown: list[str] = []
        for side in (0, 1):
            value, error = mean(sums[name], worlds[name], side)
            if kind in EXACT:
                true, other = EXACT[kind][side], 0.0
            else:
                true, other = mean(sums[OURS], worlds[OURS], side)
            away = (value - true) / sqrt(error**2 + other**2) if name != OURS or kind in EXACT else 0.0
            shown.append(f"{value:9.4f} {away:+5.1f}s")
        print(f"  {name:22} {rates[name]:10.2e} {rates[OURS] / rates[name]:8.1f}×   {'  '.join(shown)}")


def mean(sums: list[peers.Sums], worlds: int, side: int) -> tuple[float, float]:
    """The mean size of a side over all rounds, and its standard error."""
    count = worlds * len(sums)
    total, squares = sum(each[2 * side] for each in sums), sum(each[2 * side + 1] for each in sums)
    value = total / count
    return value, sqrt(max(squares / count - value * value, 1e-12) / count)


def exactly() -> None:
    for kind in SHOCKS:
        start = time.process_time()
        try:
            found = exact(plan(graph(kind).model(), SHOCKS[kind]))
            one, two = float(sum(found.entered[0::2])), float(sum(found.entered[1::2]))
            said = f"sides {one:.6f} and {two:.6f}, {found.nodes:,} nodes"
        except TooLarge as large:
            said = str(large)
        print(f"exact, {kind}: {time.process_time() - start:.2f} s, {said}")


def growth(place: Path) -> None:
    """Time against states, obligations and worlds."""
    import matplotlib  # noqa: PLC0415  only for the figure

    matplotlib.use("agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    def rate(states: int, obligations: int) -> tuple[float, float]:
        """Seconds for 100,000 worlds, and how many join: means over shocks in several graphs of one size."""
        taken, joined = 0.0, 0.0
        for seed in range(1, GRAPHS + 1):
            made = grown(states, obligations, seed).model()
            draw = random.Random(seed)
            for _ in range(SHOCKS_EACH):
                words = Words(plan(made, Shock(*draw.sample(range(states), 2))), seed)
                once, found = spent(lambda words=words: words.run(0, 25 * 4096).sizes)
                taken, joined = taken + once, joined + (found[0] + found[2]) / (25 * 4096) - 2
        return taken * 1e5 / (25 * 4096) / GRAPHS / SHOCKS_EACH, joined / GRAPHS / SHOCKS_EACH

    rows: dict[str, list[tuple[float, float, float]]] = {"states": [], "obligations": [], "worlds": []}
    for states in (60, 120, 195, 390, 780, 1950):
        rows["states"].append((states, *rate(states, round(states * 1400 / 195))))
    for obligations in (350, 700, 1400, 2800, 5600, 14_000):
        rows["obligations"].append((obligations, *rate(195, obligations)))
    today = Words(plan(graph("today").model(), SHOCKS["today"]), 1)
    for worlds in (10**4, 10**5, 10**6, 10**7):
        taken = min(
            spent(lambda worlds=worlds: today.run(0, worlds).sizes)[0]
            for _ in range(3 if worlds < 10**7 else 1)
        )
        rows["worlds"].append((worlds, taken, 0.0))
    figure, axes = plt.subplots(1, 3, figsize=(11, 3.6), constrained_layout=True)
    labels = ("states, 7.2 obligations each", "obligations among 195 states", "worlds of “today”")
    for axis, (name, found), label in zip(axes, rows.items(), labels, strict=True):
        print(name)
        for row in found:
            print(
                f"  {row[0]:>10,.0f}  {row[1]:8.4f} s" + (f"  {row[2]:7.1f} join" if name != "worlds" else "")
            )
        axis.loglog([row[0] for row in found], [row[1] for row in found], "o-", color="#0072B2")
        axis.set_xlabel(label)
        axis.set_ylabel("seconds" if name == "worlds" else "seconds for 100,000 worlds")
        axis.grid(True, which="major", alpha=0.3)
        for real in {"states": (60, 195), "obligations": (1400,), "worlds": (10**6,)}[name]:
            axis.axvline(real, color="#D55E00", linestyle=":", linewidth=1)
    figure.suptitle("One core; dotted: the real sizes, and a million worlds")
    figure.savefig(place, dpi=150)
    plt.close(figure)
    print(f"written: {place}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("rounds", nargs="?", type=int, default=5)
    asked.add_argument("--seconds", type=float, default=1.0, help="of each engine in a round")
    asked.add_argument("--growth", type=Path, help="write a figure instead")
    asked.add_argument("--only", choices=[*SHOCKS], action="append", help="these graphs alone")
    given = asked.parse_args()
    start = time.perf_counter()
    Words(plan(graph("tiny").model(), SHOCKS["tiny"]), 1).run(0, 64)
    print(f"compiled, or loaded from the user's cache: {time.perf_counter() - start:.1f} s")
    if given.growth:
        growth(given.growth)
        return
    for kind in given.only or SHOCKS:
        compare(kind, given.rounds, given.seconds)
    exactly()
    print(f"peak of memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
