"""The same questions put to clingo, ProbLog, pysdd and python-sat alone, each in its own way."""

from __future__ import annotations

import clingo
from formulas import Case
from problog import get_evaluatable
from problog.program import PrologString
from pysat.examples.lbx import LBX
from pysat.formula import WCNF
from pysat.solvers import Glucose4
from pysdd.sdd import SddManager, SddNode

Sets = frozenset[frozenset[int]]
PROBLOG_COMPILER: str = get_evaluatable().__name__


def lines_of(case: Case) -> list[str]:
    """A logic program in which facts are open, with each gate a count over its parts."""
    lines = [f"{{ n{fact} }}." for fact in range(1, case.facts + 1)]
    for number, gate in enumerate(case.gates, case.facts + 1):
        counted = "; ".join(f"{i} : {'' if p > 0 else 'not '}n{abs(p)}" for i, p in enumerate(gate.parts))
        lines.append(f"n{number} :- #count {{ {counted} }} >= {gate.k}.")
    return lines


def solved(lines: list[str], *options: str) -> list[frozenset[int]]:
    """The sets of `flip(N)` in each answer set."""
    control = clingo.Control([*options, "--warn=none"])
    control.add("base", [], "\n".join([*lines, "#show flip/1."]))
    control.ground([("base", [])])
    found: list[frozenset[int]] = []
    control.solve(
        on_model=lambda m: found.append(frozenset(s.arguments[0].number for s in m.symbols(shown=True)))
    )
    return found


def clingo_verdict(case: Case) -> str:
    root = f"n{case.facts + len(case.gates)}"
    can = [bool(solved([*lines_of(case), f":- {sign}{root}."], "1")) for sign in ("not ", "")]
    return "some" if all(can) else "all" if can[0] else "none"


def clingo_flips(case: Case) -> Sets:
    """Answer sets that are least in what they flip, by domain heuristics."""
    root = f"n{case.facts + len(case.gates)}"
    lines = [*lines_of(case), f":- {'' if case.holds(case.world) else 'not '}{root}."]
    for fact, value in case.world.items():
        lines.append(f"flip({fact}) :- {'not ' if value else ''}n{fact}.")
    lines += [f"#heuristic flip({fact}). [1,false]" for fact in case.world]
    return frozenset(solved(lines, "0", "--heuristic=Domain", "--enum-mode=domRec"))


def problog_chance(case: Case) -> float:
    gates, root = case.plain()
    lines = [f"{float(chance)}::n{fact}." for fact, chance in case.chances.items()]
    for number, (op, parts) in enumerate(gates, case.facts + 1):
        said = [("" if part > 0 else "\\+") + f"n{abs(part)}" for part in parts]
        lines += (
            [f"n{number} :- {', '.join(said)}."] if op == "and" else [f"n{number} :- {one}." for one in said]
        )
    lines += [f"asked :- {'' if root > 0 else chr(92) + '+'}n{abs(root)}.", "query(asked)."]
    found = get_evaluatable().create_from(PrologString("\n".join(lines))).evaluate()
    return round(float(next(iter(found.values()))), 9)


def compiled(case: Case) -> SddNode:
    gates, root = case.plain()
    manager = SddManager(var_count=case.facts, auto_gc_and_minimize=False)
    nodes: list[SddNode] = [manager.true(), *(manager.literal(fact) for fact in range(1, case.facts + 1))]
    for node in nodes:
        node.ref()
    for op, parts in gates:
        made = manager.true() if op == "and" else manager.false()
        for part in parts:
            one = nodes[part] if part > 0 else ~nodes[-part]
            made = made & one if op == "and" else made | one
        made.ref()
        nodes.append(made)
    return nodes[root] if root > 0 else ~nodes[-root]


def sdd_verdict(case: Case) -> str:
    made = compiled(case)
    return "all" if made.is_true() else "none" if made.is_false() else "some"


def sdd_chance(case: Case) -> float:
    made = compiled(case)
    counter = made.wmc(log_mode=False)
    for fact, chance in case.chances.items():
        counter.set_literal_weight(made.manager.literal(fact), float(chance))
        counter.set_literal_weight(made.manager.literal(-fact), float(1 - chance))
    return round(counter.propagate(), 9)


def clauses(case: Case) -> tuple[list[list[int]], int]:
    """The gates as clauses (Tseitin), and the literal that is asked."""
    gates, root = case.plain()
    made: list[list[int]] = []
    for number, (op, parts) in enumerate(gates, case.facts + 1):
        sign = 1 if op == "or" else -1
        made.append([-sign * number, *(sign * part for part in parts)])
        made += [[sign * number, -sign * part] for part in parts]
    return made, root


def sat_verdict(case: Case) -> str:
    made, root = clauses(case)
    with Glucose4(bootstrap_with=made) as solver:
        can = [solver.solve(assumptions=[lit]) for lit in (root, -root)]
    return "some" if all(can) else "all" if can[0] else "none"


def sat_flips(case: Case) -> Sets:
    """Least sets of facts that must give way (minimal correction sets), by python-sat's own enumerator."""
    made, root = clauses(case)
    formula = WCNF()
    formula.extend([*made, [-root if case.holds(case.world) else root]])
    formula.extend(
        [[fact if value else -fact] for fact, value in case.world.items()], weights=[1] * case.facts
    )
    with Glucose4(bootstrap_with=formula.hard) as solver:
        if not solver.solve():
            return frozenset()
    facts = list(case.world)
    with LBX(formula, use_cld=True, solver_name="g4") as enumerator:
        found: set[frozenset[int]] = set()
        for number in enumerator.enumerate():
            found.add(frozenset(facts[i - 1] for i in number))
            enumerator.block(number)
    return frozenset(found)
