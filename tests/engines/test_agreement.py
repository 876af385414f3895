"""For thousands of random programs and records: the exact engine equals brute force, and no
explanation says *yes* or *no* where some world says otherwise."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from foedus.diagnostics.span import NOWHERE
from foedus.engines.contract import Circuit
from foedus.engines.explain import explain
from foedus.engines.ground import Grounding
from foedus.engines.situation import ANOTHER_STATE, Situation
from foedus.engines.worlds import worlds as engine_of
from foedus.evidence.closings import close
from foedus.evidence.record import Closing, Pattern, Presumption, Record
from foedus.ir import formula as f
from foedus.ir.decision import Weighting
from foedus.ir.norm import Answer, Program, Question
from foedus.ir.vocabulary import Actor, Vocabulary
from foedus.terms.fact import Fact, Predicate, Role
from tests.engines.oracle import holds, worlds

STATES = ("ARV", "BOR")
PREDICATES = {
    p.name: p
    for p in (
        Predicate("force", "incident", (Role("author", "State"), Role("victim", "State"))),
        Predicate("request", "act", (Role("by", "State"), Role("about", "Incident"))),
        Predicate("grave", "judgement", (Role("of", "Incident"),)),
        Predicate("holds", "status", (Role("by", "State"),)),
    )
}
QUESTIONS = {"q.one": Question("q.one", "", (Answer("yes"), Answer("no")))}
WEIGHTINGS = {
    "q.power": Weighting(
        "q.power", "", {"ARV": Fraction(3), "BOR": Fraction(5, 2), ANOTHER_STATE: Fraction(1)}
    )
}
SHARES = st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(6, 11), Fraction(1)])
VOCABULARY = Vocabulary(PREDICATES, {s: Actor(s, "State", s) for s in STATES})
WORDS = st.sampled_from(["established", "refuted", "asserted", "contested", "denied", "unknown"])

state = st.sampled_from(STATES)


@st.composite
def records(draw: st.DrawFn) -> Record:
    facts, given_words = [], {}
    incidents = []
    for n in range(draw(st.integers(0, 2))):
        facts.append(Fact(f"a{n}", "force", (draw(st.one_of(state, st.none())), draw(state))))
        incidents.append(f"a{n}")
    if incidents and draw(st.booleans()):
        facts.append(Fact("r0", "request", (draw(state), draw(st.sampled_from([*incidents, None])))))
    if incidents and draw(st.booleans()):
        facts.append(Fact("g0", "grave", (incidents[0],)))
    if draw(st.booleans()):
        facts.append(Fact("h0", "holds", (draw(state),)))
    for fact in facts:
        given_words[fact.id] = "asserted" if fact.predicate == "grave" else draw(WORDS)
    closings = [
        Closing(Pattern(name, (None,) * len(PREDICATES[name].roles)), None, "encoder")
        for name in ("force", "request", "holds")
        if draw(st.booleans())
    ]
    if draw(st.booleans()):
        closings.append(Closing(Pattern("force", (None, draw(state))), None, "encoder"))
    presumed = (Presumption(Pattern("request", (None, None))),) if draw(st.booleans()) else ()
    return Record(
        facts=tuple(facts), closings=tuple(closings), presumptions=presumed, given=given_words, predicates=PREDICATES
    )  # fmt: skip


def variables(sort: str, env: dict[str, str]) -> st.SearchStrategy[f.Term]:
    found = [f.Var(name, s) for name, s in env.items() if s == sort]
    constants = [f.Const(s) for s in STATES] if sort == "State" else []
    return st.sampled_from([*found, *constants])


@st.composite
def formulas(draw: st.DrawFn, env: dict[str, str], depth: int) -> f.Formula:
    kinds = ["holds", "lit", "unread"]
    if any(s == "force" for s in env.values()):
        kinds += ["force", "grave"]
        if any(s == "request" for s in env.values()):
            kinds += ["request"]
    if depth:
        kinds += [
            "and",
            "or",
            "not",
            "some force",
            "some request",
            "some state",
            "two",
            "choose",
            "part",
            "weight",
        ]
    kind = draw(st.sampled_from(kinds))
    sub = lambda more={}: draw(formulas({**env, **more}, depth - 1))  # noqa: E731
    match kind:
        case "lit":
            return f.Lit(draw(st.booleans()))
        case "unread":
            return f.Unread("a clause")
        case "holds":
            return f.Atom("holds", (draw(st.one_of(variables("State", env), st.just(f.Wild()))),))  # type: ignore[arg-type]
        case "force":
            roles = tuple(draw(st.one_of(variables("State", env), st.just(f.Wild()))) for _ in range(2))
            return f.Atom("force", roles, draw(variables("force", env)))  # type: ignore[arg-type]
        case "grave":
            return f.Atom("grave", (draw(variables("force", env)),))
        case "request":
            about = draw(st.one_of(variables("force", env), st.just(f.Wild())))
            return f.Atom("request", (draw(variables("State", env)), about), draw(variables("request", env)))  # type: ignore[arg-type]
        case "and":
            return f.And((sub(), sub()))
        case "or":
            return f.Or((sub(), sub()))
        case "not":
            return f.Not(sub())
        case "choose":
            return f.Choose("q.one", (("yes", sub()), ("no", sub())))
        case "part" | "weight":
            v = f.Var(f"p{depth}", "State")
            base, counted = (draw(formulas({**env, v.name: "State"}, 0)) for _ in range(2))
            body = f.And((base, counted))
            weight = "q.power" if kind == "weight" else None
            share = draw(SHARES if weight is None else st.none() | SHARES)
            number = 2 if share is not None else draw(st.integers(1, 6))
            return f.AtLeast(number, v, body, NOWHERE, share, draw(st.booleans()), weight)
        case "two":
            v = f.Var(f"t{depth}", "force")
            return f.AtLeast(2, v, f.And((f.Atom("force", (f.Wild(), f.Wild()), v), sub({v.name: "force"}))))
        case _:
            sort = kind.removeprefix("some ").replace("state", "State")
            v = f.Var(f"v{depth}", sort)
            return f.Some(v, sub({v.name: sort}))


def wildless(formula: f.Formula) -> bool:
    """The oracle leaves `whoever` in a status to the engine."""
    match formula:
        case f.Atom("holds", terms):
            return not any(isinstance(t, f.Wild) for t in terms)
        case f.And(parts) | f.Or(parts):
            return all(map(wildless, parts))
        case f.Not(body) | f.AtLeast(body=body):
            return wildless(body)
        case f.Choose(_, answers):
            return all(wildless(b) for _, b in answers)
        case _:
            return True


@settings(max_examples=2500)
@given(records(), formulas({}, 3))
def test_worlds_equals_brute_force(record: Record, formula: f.Formula) -> None:
    assume(wildless(formula))
    words = dict(record.given)
    circuit = Circuit()
    program = Program(VOCABULARY, questions=QUESTIONS, weightings=WEIGHTINGS)
    at = Situation(program, record, words, close(record, words), date(2020, 1, 1), circuit=circuit)
    ground = Grounding(at, "q", None, at.upto).ground(formula, {})
    fixed = {x: w == "established" for x, w in words.items() if w in ("established", "refuted")}
    names = {node.name for node in circuit.nodes if node.op == "var"}
    extra = sum(len(members) - 1 for members in circuit.groups.values())
    assume(len(names) - extra <= 12)
    truths = set()
    reason = explain(at, ground, fixed)
    for world in worlds(circuit, fixed, names):
        here = _Closed(world)
        truth = holds(at, {}, formula, {}, here)
        assert truth == circuit.holds(ground.lit, world), (formula, world)
        truths.add(truth)
    expected = "some" if len(truths) == 2 else "all" if True in truths else "none"
    assert engine_of(circuit).settled(ground.lit, fixed) == expected
    if reason.value != "open":
        assert truths == {reason.value == "yes"}


class _Closed(dict[str, bool]):
    """A variable that grounding never made cannot matter: whatever its value, say no."""

    def __missing__(self, key: str) -> bool:
        return False
