"""How fast a session goes: deeds a second by the rules alone, with everybody asked what it wants, and kept on the disk.
`python bench/session.py`. A signed entry a deed, synced before the next, on SQLite and PostgreSQL: bench/ledger.py.

`evolve` is what a live room does for each deed; `decide` lays the whole position out, trying every deed that anybody
could think of, and is asked once a round. Runs are interleaved, and medians given.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from foedus.council.chair import begin, decide, evolve
from foedus.council.deed import read
from foedus.exercise.keeping import begun, in_memory
from foedus.exercise.play import play
from foedus.exercise.reading import read_scenario, scenarios
from foedus.exercise.scenario import Scenario
from foedus.exercise.turns import Turn

RUNS = 5


def measured(runs: dict[str, list[float]], what: str, work: Callable[[], int]) -> None:
    """How many a second, one run more."""
    start = time.perf_counter()
    done = work()
    runs.setdefault(what, []).append(done / (time.perf_counter() - start))


def again(turns: list[Turn]) -> int:
    """The deeds of a session by the rules alone, as a replay does them."""
    rules = turns[0].rules
    state, done = begin(rules), 0
    for turn in turns:
        rules = turn.rules
        if turn.deed is not None and turn.problem is None:
            state = evolve(rules, state, turn.deed)
            done += 1
    return done


def decided(turns: list[Turn]) -> int:
    """The whole position after each deed."""
    done = 0
    for turn in turns:
        decide(turn.rules, turn.state, turn.at)
        done += 1
    return done


def bodies(turns: list[Turn]) -> int:
    """The deeds written as entries and read again."""
    done = 0
    for turn in turns:
        if turn.deed is not None and turn.problem is None:
            read(turn.deed.body())
            done += 1
    return done


def kept(scene: Scenario, turns: list[Turn], path: Path | None) -> int:
    """The session kept, signed: in memory, or on the disk."""
    keeper = in_memory(scene.name) if path is None else begun(path, scene.name)
    done = sum(1 for _ in keeper.kept(scene, scene.seed, iter(turns)))
    keeper.close()
    return done


def measure(name: str) -> None:
    """One scenario."""
    scene = read_scenario(name)[0]
    turns = list(play(scene))
    runs: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for run in range(RUNS):
            path = Path(folder) / f"{run}.db"
            measured(runs, "evolve, deeds", lambda: again(turns))
            measured(runs, "written and read, deeds", lambda: bodies(turns))
            measured(runs, "decide, positions", lambda: decided(turns))
            measured(runs, "played by policies, turns", lambda: len(list(play(scene))))
            measured(runs, "kept in memory, signed, entries", lambda: kept(scene, turns, None))
            measured(runs, "kept on the disk, signed, entries", partial(kept, scene, turns, path))
    print(f"{name}: {len(turns)} turns")
    for what, found in runs.items():
        print(f"  {what:34} {statistics.median(found):8.0f} /s  ({min(found):.0f}–{max(found):.0f})")


def main() -> None:
    for name in scenarios():
        measure(name)


if __name__ == "__main__":
    main()
