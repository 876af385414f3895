"""The meaning, running: a brute-force evaluator of the IR, obvious rather than fast.

A *world* settles every variable of the circuit. Nothing here looks at the circuit's nodes: a formula
is evaluated in a world by going through every individual of every variable's sort.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

from foedus.engines.contract import Circuit
from foedus.engines.situation import Situation, answer_var, canonical
from foedus.ir import formula as f
from foedus.ir.norm import Define

World = Mapping[str, bool]


def holds(
    at: Situation, defines: Mapping[str, Define], formula: f.Formula, env: Mapping[str, str], w: World
) -> bool:
    """Whether the formula is so in the world."""

    def so(g: f.Formula, more: Mapping[str, str] = {}) -> bool:
        return holds(at, defines, g, {**env, **more}, w)

    match formula:
        case f.Lit(value):
            return value
        case f.Not(body):
            return not so(body)
        case f.And(parts):
            return all(so(part) for part in parts)
        case f.Or(parts):
            return any(so(part) for part in parts)
        case f.AtLeast(k, var, body, share=share, strict=strict, weight=weight) if share or weight:
            base, counted = f.Lit(True), body
            if share is not None:
                assert isinstance(body, f.And)
                base, counted = body.parts[0], f.And(body.parts[1:])
            things = [thing for thing in at.domain(var.sort) if so(base, {var.name: thing})]
            weighs = (
                at.program.weightings[weight].values
                if weight is not None
                else dict.fromkeys(things, Fraction(1))
            )
            need = share * sum(weighs[thing] for thing in things) if share is not None else k
            found = sum(weighs[thing] for thing in things if so(counted, {var.name: thing}))
            nobody = share is not None and not sum(weighs[thing] for thing in things)
            return not nobody and (found > need if strict else found >= need)
        case f.AtLeast(k, var, body):
            return sum(so(body, {var.name: thing}) for thing in at.domain(var.sort)) >= k
        case f.Choose(question, answers):
            return any(w[answer_var(question, name)] and so(body) for name, body in answers)
        case f.Same(left, right):
            return name(left, env) == name(right, env)
        case f.Defined(term, args):
            define = defines[f"{term}@None"]
            inner = {v.name: name(a, env) for v, a in zip(define.vars, args, strict=True)}
            return holds(at, defines, define.body, inner, w)
        case f.Unread(text):
            return w[f"unread: {text}"]
        case f.Atom():
            return atom(at, formula, env, w)
        case _:
            raise NotImplementedError(formula)


def name(term: f.Term, env: Mapping[str, str]) -> str:
    return term.name if isinstance(term, f.Const) else env[term.name]  # pyright: ignore[reportAttributeAccessIssue]


def atom(at: Situation, a: f.Atom, env: Mapping[str, str], w: World) -> bool:
    wanted = [None if isinstance(t, f.Wild) else name(t, env) for t in a.terms]
    if not at.predicates[a.predicate].individual:
        args = tuple(str(x) for x in wanted)
        listed = [x.id for x in at.record.facts if x.predicate == a.predicate and x.args == args]
        kind = at.predicates[a.predicate].kind
        closed = kind != "judgement" and at.words.get(listed[0] if listed else "", "unknown") in (
            "unknown",
            "denied",
        )
        if closed and at.closings.covering(a.predicate, args, None):
            return False
        return w[listed[0] if listed else canonical(a.predicate, args)]
    who = name(a.mark, env)  # type: ignore[arg-type]
    if at.predicate_of.get(who) != a.predicate:
        return False
    fact = at.facts.get(who)
    if fact is None and at.closings.covering(a.predicate, tuple(wanted), at.span):
        return False
    if fact is None:
        return w[f"{who}({', '.join(value or '_' for value in wanted)})"]
    for position, value in enumerate(wanted):
        arg = fact.args[position]
        role = at.predicates[a.predicate].roles[position].name
        if value is not None and arg is None and not w[f"{who}.{role}={value}"]:
            return False
        if value is not None and arg is not None and value != arg:
            return False
    return w[who]


def worlds(circuit: Circuit, given: World, names: set[str]) -> Iterator[dict[str, bool]]:
    """Every world of the named variables: groups have exactly one member, ties and what is given hold."""
    groups = [members for members in circuit.groups.values() if names & set(members)]
    grouped = {member for members in groups for member in members}
    single = sorted(names - grouped)
    for values in product((False, True), repeat=len(single)):
        for chosen in product(*groups):
            world = dict(zip(single, values, strict=True))
            world |= {m: m == c for members, c in zip(groups, chosen, strict=True) for m in members}
            if all(world.get(n, v) == v for n, v in given.items()) and all(
                circuit.holds(tie, world) for tie in circuit.theory
            ):
                yield world
