"""How long the exact engine takes, beside ProbLog and clingo, on made-up treaties of several sizes.

    python bench/worlds.py [rounds]

Every figure includes building the diagram or the clauses: a fresh engine for each question. The
reasoners take turns within a round, so that a busy machine slows them alike; shown are the medians,
and how many times longer each takes than the quickest. Whoever needs more than `PATIENCE` seconds for
a question is asked no more. Needs `clingo` and `problog`.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable
from fractions import Fraction
from multiprocessing import get_context
from random import Random
from statistics import median
from time import perf_counter

import clingo
from problog import get_evaluatable
from problog.program import PrologString

from foedus.engines.contract import Circuit, Lit, TooLarge
from foedus.engines.diagram import Diagram
from foedus.engines.flips import flips
from foedus.engines.sat import Sat
from foedus.engines.worlds import worlds

MEMORY = 4 << 30  # bytes
PATIENCE = 10.0
TREATIES = {
    "30 facts": (30, 0.3, 30, 1),
    "200 facts, each article on its own": (200, 0.3, 12, 2),
    "200 facts, some used across articles": (200, 0.12, 200, 3),
    "200 facts, many used across articles": (200, 0.45, 200, 2),
}


def treaty(facts: int, shared: float, reach: int, seed: int) -> tuple[Circuit, Lit]:
    """A condition over so many facts: each level joins neighbours by all, any or some of them, and
    with the chance `shared` (again and again) a fact or an earlier condition within `reach`."""
    draw = Random(seed)
    circuit = Circuit()
    level = [circuit.var(f"f{i}") for i in range(facts)]
    usable = [[lit] for lit in level]  # by the place of the first fact below
    places = list(range(facts))
    while len(level) > 1:
        joined: list[Lit] = []
        above: list[int] = []
        start = 0
        while start < len(level):
            width = draw.randint(2, 4)
            parts, place = level[start : start + width], places[start]
            while draw.random() < shared:
                near = draw.randint(max(0, place - reach), min(facts - 1, place + reach))
                parts.append(draw.choice(usable[near]))
            parts = [part if draw.random() > 0.15 else -part for part in parts]
            most = len(parts)
            joined.append(circuit.atleast(draw.choice((1, 1, most, most, (most + 1) // 2)), parts))
            above.append(place)
            usable[place].append(joined[-1])
            start += width
        level, places = joined, above
    return circuit, level[0]


def name(lit: Lit) -> str:
    return f"n{abs(lit)}"


def clingo_settled(circuit: Circuit, lit: Lit) -> str:
    """All, some or none, by asking twice for one answer set."""
    lines: list[str] = []
    for number in circuit.below(lit):
        node = circuit.nodes[number]
        if node.op == "var":
            lines.append(f"{{ n{number} }}.")
        else:
            parts = [("" if c > 0 else "not ") + name(c) for c in node.children]
            k = {"and": len(parts), "or": 1}.get(node.op, node.k)
            counted = "; ".join(f"{i} : {part}" for i, part in enumerate(parts))
            lines.append(f"n{number} :- #count {{ {counted} }} >= {k}.")
    found = []
    for sign in ("not ", "") if lit > 0 else ("", "not "):
        control = clingo.Control(["1", "--warn=none"])
        control.add("base", [], "\n".join([*lines, f":- {sign}{name(lit)}."]))
        control.ground([("base", [])])
        found.append(bool(control.solve().satisfiable))
    return "some" if all(found) else "all" if found[0] else "none"


def problog_chance(circuit: Circuit, lit: Lit, chances: dict[str, Fraction]) -> float:
    """The chance, with at-least-k counted from one part to the next."""
    lines: list[str] = []
    for number in circuit.below(lit):
        node = circuit.nodes[number]
        if node.op == "var":
            lines.append(f"{float(chances[node.name])}::n{number}.")
            continue
        parts = [("" if c > 0 else "\\+") + name(c) for c in node.children]
        k = {"and": len(parts), "or": 1}.get(node.op, node.k)
        lines.append(f"n{number} :- c{number}_0_{k}.")
        for at, part in enumerate(parts):  # c_at_j: at least j of the parts from `at` on
            for j in range(max(1, k - at), min(k, len(parts) - at) + 1):
                rest = f", c{number}_{at + 1}_{j - 1}" if j > 1 else ""
                lines.append(f"c{number}_{at}_{j} :- {part}{rest}.")
                if j <= len(parts) - at - 1:
                    lines.append(f"c{number}_{at}_{j} :- c{number}_{at + 1}_{j}.")
    lines += [f"asked :- {'' if lit > 0 else chr(92) + '+'}{name(lit)}.", "query(asked)."]
    result = get_evaluatable().create_from(PrologString("\n".join(lines))).evaluate()
    return float(next(iter(result.values())))


def questions(circuit: Circuit, lit: Lit) -> dict[str, dict[str, Callable[[], object]]]:
    draw = Random(0)
    facts = circuit.support(lit)
    chances = {fact: Fraction(draw.randint(1, 19), 20) for fact in facts}
    fixed = {fact: draw.random() < 0.5 for fact in facts}
    return {
        "all, some or none": {
            "diagram": lambda: Diagram(circuit).settled(lit),
            "SAT": lambda: Sat(circuit).settled(lit),
            "clingo": lambda: clingo_settled(circuit, lit),
        },
        "what matters": {
            "diagram": lambda: Diagram(circuit).matters(lit),
            "SAT": lambda: Sat(circuit).matters(lit),
        },
        "12 settling sets": {
            "diagram": lambda: Diagram(circuit).settling(lit, True).complete,
            "SAT": lambda: Sat(circuit).settling(lit, True).complete,
        },
        "12 who must be wrong": {
            "either": lambda: flips(worlds(circuit), lit, fixed).complete,
        },
        "chance": {
            "diagram": lambda: round(float(Diagram(circuit).chance(lit, chances)), 9),
            "ProbLog": lambda: round(problog_chance(circuit, lit, chances), 9),
        },
    }


def bounded(ask: Callable[[], object]) -> None:
    """Ask in a process group of its own, within the memory allowed."""
    os.setsid()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    ask()


def patient(ask: Callable[[], object]) -> str:
    """Ask once in a process of its own: '' if it answers in time, else what there is to say."""
    process = get_context("fork").Process(target=bounded, args=(ask,))
    process.start()
    process.join(PATIENCE)
    if process.is_alive():
        os.killpg(process.pid or 0, signal.SIGKILL)  # with the compiler that it started
        process.join()
        return f"over {PATIENCE:.0f} s"
    return "" if process.exitcode == 0 else "no answer"


def timed(ask: Callable[[], object]) -> tuple[float, object]:
    start = perf_counter()
    answer = ask()
    return perf_counter() - start, answer


def compare(askers: dict[str, Callable[[], object]], rounds: int) -> str:
    said: dict[str, str] = {}
    times: dict[str, list[float]] = {}
    answers: dict[str, object] = {}
    for asker, ask in askers.items():
        try:
            trouble = patient(ask) if asker in ("ProbLog", "clingo") else ""
            if trouble:
                said[asker] = trouble
            else:
                answers[asker] = timed(ask)[1]
                times[asker] = []
        except TooLarge:
            said[asker] = "too large"
    for _ in range(rounds):
        for asker, each in times.items():
            each.append(timed(askers[asker])[0])
    agree = all(answer == next(iter(answers.values())) for answer in answers.values())
    least = min((median(each) for each in times.values()), default=0.0)
    for asker, each in times.items():
        said[asker] = f"{median(each) * 1000:.1f} ms ({median(each) / least:.1f}x)"
    return " · ".join(f"{a} {said[a]}" for a in askers) + ("" if agree else "  THEY DISAGREE")


def main() -> None:
    print(f"ProbLog's compiler here: {get_evaluatable().__name__}")
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    for title, shape in TREATIES.items():
        circuit, lit = treaty(*shape)
        print(f"{title} ({len(circuit.nodes) - 2 - len(circuit.support(lit))} conditions)")
        for question, askers in questions(circuit, lit).items():
            print(f"  {question:22} {compare(askers, rounds)}", flush=True)


if __name__ == "__main__":
    main()
