"""The norms of a program as calls on their debtors: literals of one circuit over what rounds make.

Every norm is lowered once for each debtor, beneficiary and adversary among the states considered, under the text in
force on the day of the shock. Where a condition asks for war between two *whoever opened it*, a war that both opened
at once counts; where it asks who opened it, it does not: neither was first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from foedus.cascade.rounds.acts import ATTACKS, STRICT, Effect, allies, effect
from foedus.cascade.rounds.feeds import BLOW, FOLLOWING, HELP, JOINER, PAIRS, Feed, Feeding
from foedus.cascade.rounds.outcome import Treated
from foedus.engines.contract import Circuit, Lit
from foedus.engines.norms import Instance
from foedus.ir import formula as f
from foedus.ir.norm import Norm, Program
from foedus.ir.within import within
from foedus.obligations.hypothesis import Hypothesis, supposed
from foedus.obligations.treatment import Table
from foedus.terms.fact import Fact


@dataclass(frozen=True, slots=True)
class Call:
    """That a norm calls on `debtor` for `beneficiary` whenever `lit` holds. `targets` are the adversaries (empty:
    all with whom the beneficiary is at war; of a right, towards whom it lifts a prohibition). `group` is shared by
    the debtors of a norm that they keep together."""

    norm: Norm
    effect: Effect
    debtor: str
    beneficiary: str | None
    targets: tuple[str, ...]
    lit: Lit
    strict: bool = False
    force: bool = False
    group: tuple[str, str | None, tuple[str, ...]] | None = None


@dataclass(frozen=True)
class Lowered:
    """Everything that a cascade runs on. `allied` are the pairs (x, y) of which x owes y help; `feeds` say where
    each variable comes from; `questions` are the ids of the choices on which anything rests; `closed` the words
    that conditions speak of, and of which nothing is so but what rounds make or is given."""

    circuit: Circuit
    calls: tuple[Call, ...]
    allied: frozenset[tuple[str, str]]
    feeds: Mapping[str, Feed]
    questions: tuple[str, ...]
    judged: tuple[str, ...]
    treated: tuple[Treated, ...]
    feeding: Feeding
    closed: frozenset[str] = frozenset()

    def with_rows(
        self,
        calls: tuple[Call, ...],
        allied: frozenset[tuple[str, str]],
        feeds: Mapping[str, Feed],
        treated: tuple[Treated, ...],
    ) -> Lowered:
        """The same with calls of other sources, over the same circuit."""
        return replace(
            self,
            calls=(*self.calls, *calls),
            allied=self.allied | allied,
            feeds={**feeds, **self.feeds},
            treated=(*self.treated, *treated),
        )


def lower(
    program: Program,
    day: date,
    states: tuple[str, ...],
    given: tuple[Fact, ...],
    table: Table,
    keep: Callable[[Norm], bool],
    tell: Callable[[int, int], None] | None = None,
) -> Lowered:
    """The calls of the norms that are kept, under the texts in force on the day. `tell(n, of)` is called before each
    norm."""
    norms = [norm for norm in program.norms if keep(norm)]
    words = set(_spoken(norms, program))
    pairs = [
        supposed(word, one, other)
        for word in (*PAIRS, *FOLLOWING)
        for one in states
        for other in states
        if one != other and word in words
    ]
    general = [
        supposed("general_mobilisation", fact.id)
        for fact in pairs
        if fact.predicate == "mobilisation" and "general_mobilisation" in words
    ]
    stated = frozenset(fact.predicate for fact in given)
    listed = {fact.id: fact for fact in (*pairs, *general, *given)}
    hypothesis = Hypothesis(program, day, tuple(listed.values()), frozenset(states))
    feeding = Feeding(hypothesis, table, stated)
    hypothesis = replace(hypothesis, opened=feeding.opened(words))
    feeding = replace(feeding, hypothesis=hypothesis)
    calls: list[Call] = []
    allied: set[tuple[str, str]] = set()
    treated: dict[str, Treated] = {}
    feeds: dict[str, Feed] = {}
    barred = {norm.id for norm in norms if effect(norm) == "sends no force"}
    for place, norm in enumerate(norms):
        if tell is not None:
            tell(place, len(norms))
        made = "lifts" if barred.intersection(norm.lifts) else effect(norm)
        found = [] if made == "none" else list(_calls(hypothesis, norm, made, states))
        alive = [call for call in found if call.lit != Circuit.FALSE]
        label, assumed, read = _label(feeding, alive)
        binds = norm.instrument in program.instruments and any(
            life.state in states for life in program.instruments[norm.instrument].lives
        )
        if found or (made == "none" and binds):
            treated.setdefault(
                norm.id, Treated(norm.id, norm.title, norm.article, norm.kind, label, made, assumed)
            )
        if alive:
            treated[norm.id] = Treated(norm.id, norm.title, norm.article, norm.kind, label, made, assumed)
        if allies(norm):
            bound = {
                life.state for life in program.instruments[norm.instrument].lives if life.role == "party"
            }
            allied |= {(c.debtor, v) for c in alive if (v := c.beneficiary) is not None and v in bound}
        if label != "refused":
            calls += alive
            feeds |= read
    widened = whoever_began(hypothesis.circuit, [call.lit for call in calls])
    calls = [replace(call, lit=lit) for call, lit in zip(calls, widened, strict=True)]
    for name in hypothesis.circuit.support(*widened):
        if name.startswith("tie("):
            feeds[name] = Feed("state", name)
    asked = dict.fromkeys(feed.name for feed in feeds.values() if feed.source == "answer")
    judged = dict.fromkeys(feed.name for feed in feeds.values() if feed.source == "judged")
    engine = [JOINER, BLOW, *([HELP] if any(call.effect == "help" for call in calls) else [])]
    return Lowered(
        hypothesis.circuit,
        tuple(calls),
        frozenset(allied),
        feeds,
        (*asked, *engine),
        tuple(judged),
        tuple(treated.values()),
        feeding,
        frozenset(words) - hypothesis.opened,
    )


def _calls(hypothesis: Hypothesis, norm: Norm, made: Effect, states: tuple[str, ...]) -> Iterator[Call]:
    against: tuple[str | None, ...] = (None,)
    if isinstance(norm.against, f.Var) and norm.against != norm.beneficiary:
        against = states
    strict = any(act.predicate.rpartition(".")[2] in STRICT for act in norm.acts)
    for adversary in against:
        for instance in hypothesis.instances(norm, against=adversary):
            yield from _call(instance, made, adversary, states, strict)


def _call(
    instance: Instance, made: Effect, adversary: str | None, states: tuple[str, ...], strict: bool
) -> Iterator[Call]:
    norm, debtor, beneficiary = instance.norm, instance.bearer, instance.beneficiary
    if debtor not in states or adversary == debtor:
        return
    if adversary is None and isinstance(norm.against, f.Const):
        adversary = norm.against.name
    if adversary is None and made == "lifts":
        adversary = beneficiary
    targets = () if adversary is None else (adversary,)
    force = False
    for act in norm.acts:
        if norm.kind != "prohibition" and act.predicate in ATTACKS:
            bound = {norm.bearer.var.name: debtor}
            if isinstance(norm.beneficiary, f.Var) and beneficiary is not None:
                bound[norm.beneficiary.name] = beneficiary
            if isinstance(norm.against, f.Var) and adversary is not None:
                bound[norm.against.name] = adversary
            other = act.terms[1]
            name = bound.get(other.name, "") if isinstance(other, f.Var) else getattr(other, "name", "")
            targets, force = (name,), act.predicate == "force"
    if any(target not in states for target in targets):
        return
    group = (norm.id, beneficiary, targets) if norm.manner == "together" else None
    yield Call(norm, made, debtor, beneficiary, targets, instance.lit, strict, force, group)


def _label(feeding: Feeding, calls: Iterable[Call]) -> tuple[Any, tuple[str, ...], dict[str, Feed]]:
    """A norm's label, what is assumed of it, and the feeds of its variables."""
    circuit = feeding.hypothesis.circuit
    read: dict[str, Feed] = {}
    assumed: dict[str, None] = {}
    for name in circuit.support(*(call.lit for call in calls)):
        feed = feeding.of(name)
        if feed is None:
            return "refused", (name,), {}
        read[name] = feed
        if feed.source in ("judged", "taken"):
            assumed[feed.name] = None
    return ("assumed" if assumed else "exact"), tuple(assumed), read


def whoever_began(circuit: Circuit, lits: list[Lit]) -> list[Lit]:
    """The literals, where war between two is asked for whoever opened it, with a war that both opened at once."""
    value: dict[int, Lit] = {}

    def of(lit: Lit) -> Lit:
        return value[lit] if lit > 0 else -value[-lit]

    for number in list(circuit.below(*lits)):
        node = circuit.nodes[number]
        if node.op in ("true", "var"):
            value[number] = number
            continue
        parts = [of(child) for child in node.children]
        if node.op == "and":
            value[number] = circuit.conj(*parts)
        elif node.op == "atleast":
            value[number] = circuit.atleast(node.k, parts)
        else:
            names = {circuit.nodes[child].name for child in node.children if child > 0}
            ties = [circuit.var(tie) for name in names if (tie := _tie(name, names))]
            value[number] = circuit.disj(*parts, *ties)
    return [of(lit) for lit in lits]


def tie(one: str, other: str) -> str:
    """The name of a war that both opened in one round."""
    first, second = sorted((one, other))
    return f"tie({first}, {second})"


def _tie(name: str, names: set[str]) -> str:
    if not name.startswith("war("):
        return ""
    one, _, other = name[4:-1].partition(", ")
    return tie(one, other) if f"war({other}, {one})" in names else ""


def _spoken(norms: Iterable[Norm], program: Program) -> Iterator[str]:
    """The predicates that conditions speak of."""
    for norm in norms:
        yield from _words(norm.when)
        yield from _words(norm.until)
    for define in program.defines:
        yield from _words(define.body)


def _words(part: Any) -> Iterator[str]:
    return (inner.predicate for inner in within(part) if isinstance(inner, f.Atom | f.Said))
