"""How long a whole `foedus` process takes, from the shell's call to its end.

`python bench/startup.py [RUNS]` runs each command RUNS times (9), in turn, so that a busy moment of the
machine falls on all of them, and prints the median, the least and the most in milliseconds. `python -c pass` is what
no program can undercut.
"""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter

COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "foedus --help": ["-m", "foedus", "--help"],
    "foedus why F110": ["-m", "foedus", "why", "F110"],
    "foedus check cst": ["-m", "foedus", "check", "cst"],
    "foedus assess kazakhstan-2022": ["-m", "foedus", "assess", "kazakhstan-2022"],
}
GOALS = {"foedus --help": 200, "foedus assess kazakhstan-2022": 1000}
"""Milliseconds that somebody who waits does not notice, or just."""


def measure(runs: int) -> dict[str, list[float]]:
    """Milliseconds of each run, by command; the first round, which warms the disk, is left out."""
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for number in range(runs + 1):
        for name, args in COMMANDS.items():
            start = perf_counter()
            subprocess.run([sys.executable, *args], check=True, stdout=subprocess.DEVNULL)
            if number:
                taken[name].append(1000 * (perf_counter() - start))
    return taken


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    print(f"{'milliseconds of ' + str(runs) + ' runs':32} median  least   most   goal")
    for name, taken in measure(runs).items():
        goal = f"{GOALS[name]:6}" if name in GOALS else ""
        print(f"{name:32} {median(taken):6.0f} {min(taken):6.0f} {max(taken):6.0f} {goal}")


if __name__ == "__main__":
    main()
