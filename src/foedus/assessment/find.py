"""From grounds to a finding: the verdict in its views, what it turns on, what would turn it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from foedus.assessment.asked import finding_id, lifted
from foedus.assessment.case import Case
from foedus.assessment.conduct import conduct_of
from foedus.assessment.finding import LIFTED, Finding, View
from foedus.assessment.questions import gathered
from foedus.assessment.verdict import view
from foedus.engines.contract import Assignment, Circuit, Lit, Sets, TooLarge, Worlds
from foedus.engines.estimate import Estimate, TooRare, estimate
from foedus.engines.explain import explain
from foedus.engines.flips import flips
from foedus.engines.norms import Instance, Window, instances
from foedus.engines.reason import Ground
from foedus.words.speech import marked, phrase

ENTRY_INTO_FORCE = marked("entry into force of {instrument}")
DATE_OF_TEXT = marked("date of the text {instrument} {text}")
DATE_BOUND = marked("date on which {state} was bound by {instrument}")
"""The unconfirmed dates on which a finding may rest; whoever shows them knows them by these."""

MOST_SETS = 8
"""How many of the smallest settling sets are listed each way; a longer list says that it was cut."""


def find(case: Case, engine: Worlds, group: tuple[Instance, ...], others: tuple[Other, ...]) -> Finding:
    """The finding of one group of bearers to whom the same grounds apply."""
    first = group[0]
    norm, lit, ground, circuit = first.norm, first.lit, first.ground, case.circuit
    asked_questions = questions_in(ground)
    granted = case.granted

    def see(given: Assignment, limit: int = 0) -> View:
        seen = gathered(case.at, view(engine, circuit, lit, given, norm.kind, asked_questions, limit))
        return as_lifted(engine, seen, ground, given)

    granting = see(granted, MOST_SETS)
    rights = lifting(ground)
    settled = granting.settled in ("yes", "no")
    held = _held(circuit, lit, granted) if settled else {}
    not_encoded = [n for n in case.program.not_encoded if n.instrument == norm.instrument]
    return Finding(
        id=finding_id(group),
        norm=norm,
        bearers=tuple(i.bearer for i in group),
        beneficiary=first.beneficiary,
        lit=lit,
        ground=ground,
        on_facts=see(case.fixed, 0 if granting.settled == "depends" else MOST_SETS),
        granting=granting,
        claimed=see({**case.fixed, **unclaimed(case, lit)}),
        reason=explain(case.at, ground, granted),
        had_applied=tuple((o.text, _had_applied(case, engine, o)) for o in others),
        qualifiers=tuple(n for n in not_encoded if norm.id in n.norms and n.effect != "detail"),
        details=tuple(n for n in not_encoded if n.effect == "detail" and (not n.norms or norm.id in n.norms)),
        unconfirmed=_unconfirmed(case, ground, group),
        liftable=bool(rights) and engine.settled(ground.children[0].lit, granted) == "all",
        lifted_by=lifted_by(engine, rights, granted) if granting.word == "lifted" else (),
        conduct=tuple(
            c for i in group if (c := conduct_of(case.at, i, case.dossier, granting.settled)) is not None
        ),
        because=engine.reason(lit, held) if held else (),
        turned_by=flips(engine, lit, held, limit=MOST_SETS) if held else Sets((), complete=True),
        chance=_chance(case, engine, lit, granted),
    )


def lifting(ground: Ground) -> tuple[Ground, ...]:
    """The rights that may lift a prohibition with these grounds (`assessment.asked` puts them there)."""
    if ground.op != "and":
        return ()
    denied = [child.children[0] for child in ground.children if child.op == "not"]
    return tuple(child for child in denied if child.op == "lifts")


def as_lifted(engine: Worlds, seen: View, ground: Ground, given: Assignment) -> View:
    """*Lifted* where the prohibition's own condition holds and only a right stands against it."""
    if seen.settled != "no" or not lifting(ground):
        return seen
    holds = engine.settled(ground.children[0].lit, given) == "all"
    return replace(seen, word=LIFTED) if holds else seen


def lifted_by(engine: Worlds, rights: Iterable[Ground], given: Assignment) -> tuple[str, ...]:
    """The rights that lift it for certain; where only several together do, each that may."""
    found = [(right.subject, engine.settled(right.lit, given)) for right in rights]
    certain = tuple(dict.fromkeys(name for name, settled in found if settled == "all"))
    return certain or tuple(dict.fromkeys(name for name, settled in found if settled == "some"))


def _held(circuit: Circuit, lit: Lit, granted: Assignment) -> dict[str, bool]:
    """What of the established and granted the literal mentions; of a question only its answer, whether
    or not the literal mentions that one, and what it is not only where the answer is not held."""
    mentioned = set(circuit.support(lit))
    unsaid: set[str] = set()
    for members in circuit.groups.values():
        if mentioned.intersection(members):
            mentioned.update(members)
            if any(granted.get(member) for member in members):
                unsaid.update(member for member in members if not granted.get(member))
    return {name: so for name, so in granted.items() if name in mentioned and name not in unsaid}


def questions_in(ground: Ground) -> tuple[str, ...]:
    """The questions that the clause asks, whether or not their answers matter."""
    found: dict[str, None] = {}
    stack = [ground]
    while stack:
        step = stack.pop()
        if step.op == "choose":
            found[step.subject] = None
        stack.extend(step.children)
    return tuple(found)


def unclaimed(case: Case, lit: Lit) -> dict[str, bool]:
    """Everything that nobody on record has asserted, taken as false: not a closing, only a view."""
    words = case.at.words
    grouped = {member for members in case.circuit.groups.values() for member in members}
    silent = ("unknown", "denied", "refuted")
    return {
        name: False
        for name in case.circuit.support(lit)
        if name not in case.fixed
        and name not in grouped
        and not name.startswith("unread: ")
        and words.get(name, "unknown") in silent
        and " by " not in name
    }


@dataclass(frozen=True, slots=True)
class Other:
    """The same norm under a text that does not apply on the day."""

    text: str
    kind: str
    lit: Lit
    questions: tuple[str, ...]


def other_texts(case: Case, first: Instance) -> tuple[Other, ...]:
    """The norm's other texts, grounded as if they had applied."""
    norm = first.norm
    if norm.instrument in case.asked.text or norm.text is None:
        return ()
    found: list[Other] = []
    known = case.program.instruments[norm.instrument]
    public = {text.id for text in known.texts if text.known(case.at.known_by)}
    for other in case.program.norms:
        if other.id == norm.id and other.text not in (None, norm.text) and other.text in public:
            window = Window(other.text, None, case.at.upto)
            to = (first.beneficiary,) if first.beneficiary else None
            made = lifted(case, other, instances(case.at, other, window, to, (first.bearer,)), [0])
            lit = made[0].lit if made else Circuit.FALSE
            found.append(Other(str(other.text), norm.kind, lit, questions_in(made[0].ground) if made else ()))
    return tuple(found)


def _had_applied(case: Case, engine: Worlds, other: Other) -> View:
    """What the other text would have answered, on any claim recorded."""
    given = {**case.granted, **unclaimed(case, other.lit)}
    return gathered(case.at, view(engine, case.circuit, other.lit, given, other.kind, other.questions, 0))


def _unconfirmed(case: Case, ground: Ground, group: tuple[Instance, ...]) -> tuple[str, ...]:
    """Unconfirmed facts and dates on which the finding rests, named."""
    found: dict[str, None] = {}
    stack = [ground]
    while stack:
        step = stack.pop()
        fact = case.at.facts.get(step.subject)
        if fact is not None and (fact.unconfirmed or fact.id in case.unsure):
            found[fact.id] = None
        stack.extend(step.children)
    norm = group[0].norm
    instrument = case.program.instruments[norm.instrument]
    if instrument.in_force_unconfirmed:
        found[phrase(ENTRY_INTO_FORCE, instrument=instrument.id)] = None
    for text in instrument.texts:
        if text.id == norm.text and text.unconfirmed:
            found[phrase(DATE_OF_TEXT, instrument=instrument.id, text=text.id)] = None
    states = {i.bearer for i in group} | {group[0].beneficiary or ""}
    for life in instrument.lives:
        if life.unconfirmed and life.state in states and life.start.first <= case.at.upto:
            found[phrase(DATE_BOUND, state=life.state, instrument=instrument.id)] = None
    return tuple(found)


def _chance(case: Case, engine: Worlds, lit: Lit, granted: Assignment) -> Fraction | Estimate | str | None:
    """The chance under the user's weights: exact, or estimated where that would be too large, or a sentence
    that says what is missing."""
    weights = case.asked.weights
    if weights is None:
        return None
    given = {name: value for name, value in granted.items() if name not in weights}
    if engine.settled(lit, given) != "some":
        return Fraction(1) if engine.settled(lit, given) == "all" else Fraction(0)
    try:
        return _weighed(case, engine, lit, weights, given)
    except ValueError as missing:
        return str(missing)
    except TooRare:
        return phrase("too large to compute exactly, and what is given too rare to sample")


def _weighed(
    case: Case, engine: Worlds, lit: Lit, weights: Mapping[str, Fraction], given: Assignment
) -> Fraction | Estimate:
    try:
        return engine.chance(lit, weights, given)
    except TooLarge:
        return estimate(case.circuit, lit, weights, given)
