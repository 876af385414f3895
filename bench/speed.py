"""How long answers take, beside other reasoners alone, on made-up treaties (`formulas.py`).

    python bench/speed.py [rounds]

Every figure includes what a reasoner needs to take the case in: building clauses, grounding, compiling. The
reasoners take turns within a round, so that a busy machine slows them alike; shown are medians in milliseconds, and
beside each peer's how many times as long it takes as Foedus. Whoever needs more than `PATIENCE` seconds is asked no
more. Answers are compared, and a disagreement is said. `—`: no such question to this reasoner.

*Flips* are all smallest sets of established facts without which the answer is another. *Settling sets* are the
twelve smallest sets of open facts that would settle it. A chance too large to compute is estimated.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable
from multiprocessing import get_context
from statistics import median
from time import perf_counter

import peers
from formulas import CASES, Case

from foedus.engines.contract import TooLarge
from foedus.engines.estimate import Estimate, estimate
from foedus.engines.flips import flips
from foedus.engines.worlds import worlds

MEMORY = 4 << 30  # bytes
PATIENCE = 10.0
EVERY = 100_000  # more flips than any case has
GOALS = {"30 open facts": 5, "200, local sharing": 100, "200, 91 cross-uses": 200}
"""Milliseconds for each of verdict, flips, and the chance or its estimate."""

Ask = Callable[[], object]


def verdict(case: Case) -> str:
    circuit, lit = case.circuit()
    return worlds(circuit).settled(lit)


def all_flips(case: Case) -> frozenset[frozenset[int]]:
    circuit, lit = case.circuit()
    world = {f"f{fact}": value for fact, value in case.world.items()}
    found = flips(worlds(circuit), lit, world, limit=EVERY)
    assert found.complete
    return frozenset(frozenset(int(name[1:]) for name, _ in each) for each in found.sets)


def settling_sets(case: Case) -> int:
    circuit, lit = case.circuit()
    return len(worlds(circuit).settling(lit, True).sets)


def chance(case: Case) -> float:
    circuit, lit = case.circuit()
    return round(float(worlds(circuit).chance(lit, {f"f{f}": p for f, p in case.chances.items()})), 9)


def estimated(case: Case) -> Estimate:
    circuit, lit = case.circuit()
    return estimate(circuit, lit, {f"f{fact}": p for fact, p in case.chances.items()})


def questions(case: Case) -> dict[str, dict[str, Ask]]:
    asked: dict[str, dict[str, Ask]] = {
        "verdict": {
            "Foedus": lambda: verdict(case),
            "clingo": lambda: peers.clingo_verdict(case),
            "pysdd": lambda: peers.sdd_verdict(case),
            "python-sat": lambda: peers.sat_verdict(case),
        },
        "flips": {
            "Foedus": lambda: all_flips(case),
            "clingo": lambda: peers.clingo_flips(case),
            "python-sat": lambda: peers.sat_flips(case),
        },
        "settling sets": {"Foedus": lambda: settling_sets(case)},
        "chance": {
            "Foedus": lambda: chance(case),
            "ProbLog": lambda: peers.problog_chance(case),
            "pysdd": lambda: peers.sdd_chance(case),
        },
        "chance, estimated": {"Foedus": lambda: estimated(case)},
    }
    return asked


def bounded(ask: Ask) -> None:
    """Ask in a process group of its own, within the memory allowed."""
    os.setsid()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    ask()


def patient(ask: Ask) -> str:
    """Ask once in a process of its own: "" if it answers in time, else what there is to say."""
    process = get_context("fork").Process(target=bounded, args=(ask,))
    process.start()
    process.join(PATIENCE)
    if process.is_alive():
        os.killpg(process.pid or 0, signal.SIGKILL)  # with the compiler that it started
        process.join()
        return f"> {PATIENCE:.0f} s"
    return "" if process.exitcode == 0 else "no answer"


def timed(ask: Ask) -> tuple[float, object]:
    start = perf_counter()
    answer = ask()
    return 1000 * (perf_counter() - start), answer


def compare(askers: dict[str, Ask], rounds: int) -> tuple[dict[str, str], float, object]:
    """What to show of each reasoner, our median, and our answer."""
    said: dict[str, str] = {}
    answers: dict[str, object] = {}
    times: dict[str, list[float]] = {}
    for asker, ask in askers.items():
        if asker != "Foedus" and (trouble := patient(ask)):
            said[asker] = trouble
            continue
        try:
            answers[asker] = timed(ask)[1]
            times[asker] = []
        except TooLarge:
            said[asker] = "too large"
    for _ in range(rounds):
        for asker, each in times.items():
            each.append(timed(askers[asker])[0])
    ours = median(times["Foedus"]) if "Foedus" in times else 0.0
    for asker, each in times.items():
        ratio = f" ×{median(each) / ours:.2g}" if asker != "Foedus" and ours else ""
        said[asker] = f"{median(each):.1f}{ratio}"
    if len(set(answers.values())) > 1:
        said["Foedus"] += "  THEY DISAGREE"
    return said, ours, answers.get("Foedus")


def shown(answer: object) -> str:
    """Our answer, short."""
    match answer:
        case Estimate():
            return f"about {answer.about:.2f} (95 % {answer.low:.3f}–{answer.high:.3f}, seed {answer.seed})"
        case frozenset():
            return f"{len(answer)} sets"
        case float():
            return f"{answer:.4f}"
        case None:
            return ""
        case _:
            return str(answer)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    names = ("Foedus", "clingo", "ProbLog", "pysdd", "python-sat")
    print(f"medians of {rounds} runs in milliseconds; × is how many times as long as Foedus")
    print(f"ProbLog compiles by {peers.PROBLOG_COMPILER}")
    for case in CASES:
        print(f"\n{case.name}: {len(case.gates)} conditions, {case.crossings} cross-uses")
        print(f"  {'':18}" + "".join(f"{name:>16}" for name in names) + "   goal  answer")
        too_large = False
        for question, askers in questions(case).items():
            said, ours, answer = compare(askers, rounds)
            too_large = too_large or "too large" in said["Foedus"]
            goal = GOALS.get(case.name) if answer is not None else None
            if isinstance(answer, Estimate) and not too_large:
                goal = None  # the exact chance is to be had
            mark = "" if goal is None else f"{goal:4} {'✓' if ours < goal else '✗'}"
            row = "".join(f"{said.get(name, '—'):>16}" for name in names)
            print(f"  {question:18}{row} {mark:>7} {shown(answer)}", flush=True)


if __name__ == "__main__":
    main()
