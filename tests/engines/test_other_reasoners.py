"""A sample held to reasoners that share no code with ours: clingo for all, some or none, for what
settles and for counts; ProbLog for chances."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import clingo
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from problog import get_evaluatable
from problog.program import PrologString

from foedus.engines.contract import Lit, Node, NoWorld
from foedus.engines.scope import Scope
from foedus.engines.worlds import worlds
from tests.engines.circuits import Asked, asked, weights

QUIET = settings(deadline=None, suppress_health_check=list(HealthCheck))  # pyright: ignore[reportArgumentType]  a metaclass


def as_clingo(question: Asked) -> str:
    """The circuit as an answer-set program: a choice for each variable, a rule for each node."""
    circuit, lines = question.circuit, ["n(1)."]
    for number, node in enumerate(circuit.nodes[2:], 2):
        if node.op == "var":
            lines.append(f"{{ n({number}) }}.")
        lines += [f"n({number}) :- {', '.join(map(signed, parts))}." for parts in enough(node)]
    number = {node.name: i for i, node in enumerate(circuit.nodes) if node.op == "var"}
    for members in circuit.groups.values():
        lines.append(":- not 1 { " + "; ".join(f"n({number[m]})" for m in members) + " } 1.")
    lines += [f":- {signed(-lit)}." for lit in circuit.theory]
    lines += [f":- {signed(-number[n] if v else number[n])}." for n, v in question.given.items()]
    return "\n".join(lines)


def enough(node: Node) -> list[tuple[Lit, ...]]:
    """The parts of which each is enough to make the node true."""
    k = {"and": len(node.children), "or": 1, "atleast": node.k}.get(node.op)
    return [] if k is None else list(combinations(node.children, k))


def signed(lit: Lit) -> str:
    return f"n({lit})" if lit > 0 else f"not n({-lit})"


def plain(lit: Lit) -> str:
    return f"n{lit}" if lit > 0 else f"\\+n{-lit}"


def solutions(program: str, *more: Lit) -> list[frozenset[int]]:
    """The nodes that hold, world by world."""
    control = clingo.Control(["0", "--warn=none"])
    control.add("base", [], program + "".join(f"\n:- {signed(-lit)}." for lit in more))
    control.ground([("base", [])])
    with control.solve(yield_=True) as handle:
        return [frozenset(s.arguments[0].number for s in model.symbols(atoms=True)) for model in handle]


@settings(QUIET, max_examples=200)
@given(question=asked())
def test_clingo(question: Asked) -> None:
    lit = question.lit
    program = as_clingo(question)
    true, false = solutions(program, lit), solutions(program, -lit)
    engine = worlds(question.circuit)
    if not true + false:
        with pytest.raises(NoWorld):
            engine.settled(lit, question.given)
        return
    expected = "some" if true and false else "all" if true else "none"
    assert engine.settled(lit, question.given) == expected
    number = {node.name: i for i, node in enumerate(question.circuit.nodes) if node.op == "var"}
    for chosen in engine.settling(lit, True, question.given).sets:
        settings = [number[n] if v else -number[n] for n, v in chosen]
        assert solutions(program, *settings, lit)
        assert not solutions(program, *settings, -lit)
    over = {number[name] for name in Scope(question.circuit).touched(lit).variables}
    assert engine.count(lit, question.given) == len({world & over for world in true})


@settings(QUIET, max_examples=80)
@given(question=asked(), data=st.data())
def test_problog(question: Asked, data: st.DataObject) -> None:
    circuit = question.circuit
    chances = data.draw(weights(circuit))
    try:
        expected = worlds(circuit).chance(question.lit, chances, question.given)
    except NoWorld:
        return
    lines = ["n1."]
    number = {node.name: i for i, node in enumerate(circuit.nodes) if node.op == "var"}
    grouped = {member for members in circuit.groups.values() for member in members}
    lines += [
        "; ".join(f"{float(chances[m])}::n{number[m]}" for m in ms) + "." for ms in circuit.groups.values()
    ]
    for i, node in enumerate(circuit.nodes[2:], 2):
        if node.op == "var" and node.name not in grouped:
            lines.append(f"{float(chances[node.name])}::n{i}.")
        lines += [f"n{i} :- {', '.join(map(plain, parts))}." for parts in enough(node)]
    wanted = [question.lit, *circuit.theory]
    wanted += [number[n] if v else -number[n] for n, v in question.given.items()]
    body = ", ".join(map(plain, wanted))
    lines += [f"both :- {body}.", f"known :- {body.split(', ', 1)[1] if len(wanted) > 1 else 'n1'}."]
    lines += ["query(both).", "query(known)."]
    found = get_evaluatable().create_from(PrologString("\n".join(lines))).evaluate()
    chance = {str(term): float(value) for term, value in found.items()}
    if chance["known"]:
        assert chance["both"] / chance["known"] == pytest.approx(float(expected), abs=1e-9)
    else:
        # What is given has no weight by itself, which the engine does not ask for.
        assert isinstance(expected, Fraction)
