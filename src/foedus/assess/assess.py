"""The main job: a record and a program in, findings out.

Each norm of each instrument asked about is grounded for every bearer and beneficiary; the exact
engine says in which worlds it holds: on the facts (all judgements open), granting what nobody
disputes, and on what anybody has claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from foedus.assess.conduct import conduct_of
from foedus.assess.finding import Assessment, Finding, View
from foedus.assess.names import check_group, check_norms, check_supposed, check_weights, is_named
from foedus.assess.positions import positions
from foedus.assess.questions import gathered, letter_of, open_questions
from foedus.assess.verdict import view
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.engines.contract import Assignment, Circuit, Lit, NoWorld, Sets, TooLarge, Worlds
from foedus.engines.explain import explain
from foedus.engines.flips import flips
from foedus.engines.ground import BUDGET, Ground, TooManyGrounds
from foedus.engines.norms import Instance, Window, instances, windows
from foedus.engines.situation import Situation, answer_var
from foedus.engines.worlds import worlds
from foedus.evidence.closings import close
from foedus.evidence.known import said_by
from foedus.evidence.lineage import count_documents, count_sources
from foedus.evidence.record import Dossier, Record
from foedus.evidence.standing import Standing, weigh
from foedus.evidence.tensions import tensions
from foedus.ir import formula as f
from foedus.ir.norm import Norm, Program

VERSION = "0.1.0"
MOST_SETS = 8
"""How many of the smallest settling sets are listed each way; a longer list says that it was cut."""


@dataclass(frozen=True)
class Asked:
    """What the user asks beyond the dossier: another day, what was known, suppositions, weights."""

    on: date | None = None
    known_by: date | None = None
    suppose: Mapping[str, str] = field(default_factory=dict[str, str])
    only: tuple[str, ...] = ()
    bearer: str | None = None
    beneficiary: str | None = None
    text: Mapping[str, str] = field(default_factory=dict[str, str])
    weights: Mapping[str, Fraction] | None = None
    budget: int | None = None


@dataclass
class Case:
    """One dossier under one program, made ready: the situation and what is fixed in it."""

    dossier: Dossier
    program: Program
    asked: Asked
    at: Situation
    standings: Mapping[str, Standing]
    fixed: dict[str, bool]
    undisputed: dict[str, bool]

    @property
    def circuit(self) -> Circuit:
        return self.at.circuit

    @property
    def granted(self) -> dict[str, bool]:
        """What is fixed, and what nobody disputes."""
        return {**self.undisputed, **self.fixed}


def assess(dossier: Dossier, program: Program, asked: Asked | None = None) -> Assessment:
    """Answer a dossier. Raises `Refused` for a question that names what does not exist (F503, F510), that
    is too large (F511), or that supposes what cannot all be so (F512)."""
    asked = asked or Asked()
    try:
        return _assess(dossier, program, _resolve(dossier, program, asked))
    except TooManyGrounds as spent:
        what = f"more than {BUDGET:,} steps of reasons, the last of them for `{spent}`"
        raise Refused(Problem("F511", NOWHERE, {"what": what})) from None
    except TooLarge as spent:
        raise Refused(Problem("F511", NOWHERE, {"what": str(spent)})) from None
    except NoWorld:
        said = ", ".join(f"`{name}={value}`" for name, value in asked.suppose.items())
        raise Refused(Problem("F512", NOWHERE, {"what": said or "the record and the pages"})) from None


def _assess(dossier: Dossier, program: Program, asked: Asked) -> Assessment:
    case = prepare(dossier, program, asked)
    found, missing = _instances(case)
    groups = _groups(found)
    others = [_other_texts(case, group[0]) for group in groups]
    engine = worlds(case.circuit) if asked.budget is None else worlds(case.circuit, asked.budget)
    findings = tuple(_finding(case, engine, *both) for both in zip(groups, others, strict=True))
    questions = open_questions(case.at, findings, case.standings)
    heard = replace(dossier.record, claims=said_by(dossier.record, asked.known_by))
    return Assessment(
        dossier=dossier,
        program=program,
        on=case.at.upto,
        known_by=asked.known_by,
        findings=findings,
        questions=questions,
        positions=positions(case.at, engine, findings, questions, case.granted),
        standings=case.standings,
        documents=count_documents(heard),
        sources=count_sources(heard),
        tensions=tensions(heard, case.standings),
        not_in_force=missing,
        quantities=dossier.record.quantities,
        supposed=asked.suppose,
        engine=engine.name,
        version=VERSION,
        digests={**{i.id: i.digest for i in program.instruments.values()}, dossier.id: dossier.digest},
    )


def prepare(dossier: Dossier, program: Program, asked: Asked) -> Case:
    """The situation on the day asked about, with the standing of every fact."""
    standings = weigh(dossier.record, asked.known_by)
    words = {fact: standing.word for fact, standing in standings.items()}
    closings = close(dossier.record, words, asked.known_by)
    upto = asked.on or (dossier.on.last if dossier.on else dossier.period.last if dossier.period else date.today())
    heard: Record = replace(dossier.record, claims=said_by(dossier.record, asked.known_by))
    at = Situation(
        program, heard, words, closings, upto, dossier.period, frozenset(asked.suppose), spare=_spare(program)
    )
    fixed = {fact: word == "established" for fact, word in words.items() if word in ("established", "refuted")}
    undisputed = {fact: True for fact, word in words.items() if word == "undisputed"}
    for name, value in _suppositions(program, asked.suppose).items():
        fixed[name] = value
        undisputed.pop(name, None)
    return Case(dossier, program, asked, at, standings, fixed, undisputed)


def _spare(program: Program) -> int:
    """Counting to k needs k individuals that nobody listed."""
    most = 1
    stack: list[f.Formula] = [n.when for n in program.norms] + [d.body for d in program.defines]
    while stack:
        match stack.pop():
            case f.AtLeast(k, _, body):
                most = max(most, k)
                stack.append(body)
            case f.And(parts) | f.Or(parts):
                stack.extend(parts)
            case f.Not(body):
                stack.append(body)
            case f.Choose(_, answers):
                stack.extend(body for _, body in answers)
            case _:
                pass
    return min(most, 4)


def _suppositions(program: Program, suppose: Mapping[str, str]) -> dict[str, bool]:
    fixed: dict[str, bool] = {}
    for name, value in suppose.items():
        question = program.questions.get(name)
        if question is None:
            fixed[name] = value == "yes"
        else:
            for answer in question.answers:
                fixed[answer_var(name, answer.name)] = answer.name == value
    return fixed


def _resolve(dossier: Dossier, program: Program, asked: Asked) -> Asked:
    """Letters to ids; `cst.text=1992` to a text; and a message for what does not exist."""
    check_norms(asked.only, program, "--only")
    suppose: dict[str, str] = {}
    text = dict(asked.text)
    letters: Mapping[str, str] = {}
    if any(len(name) <= 2 and name.isalpha() and name.isupper() for name in asked.suppose):
        letters = letter_of(assess(dossier, program, replace(asked, suppose={}, only=())))
    for name, value in asked.suppose.items():
        name = letters.get(name, name)
        instrument, _, rest = name.partition(".")
        if rest == "text" and instrument in program.instruments:
            known = [t.id for t in program.instruments[instrument].texts]
            if value not in known:
                raise Refused(Problem("F503", NOWHERE, {"name": name, "value": value, "known": ", ".join(known)}))
            text[instrument] = value
        elif name in program.questions:
            answers = [a.name for a in program.questions[name].answers]
            if value not in answers:
                known_answers = ", ".join(f"“{a}”" for a in answers)
                raise Refused(Problem("F503", NOWHERE, {"name": name, "value": value, "known": known_answers}))
            suppose[name] = value
        else:
            suppose[name] = value
    return _held_against(dossier, program, replace(asked, suppose=suppose, text=text))


def _held_against(dossier: Dossier, program: Program, asked: Asked) -> Asked:
    """Suppositions and weights, held against everything on which the whole answer could turn."""
    circuit = Circuit()
    if asked.weights or not all(is_named(name, dossier, program) for name in asked.suppose):
        case = prepare(dossier, program, replace(asked, only=(), bearer=None, beneficiary=None))
        _instances(case)
        circuit = case.circuit
    check_supposed(asked.suppose, dossier, program, circuit)
    check_weights(asked.weights or {}, dossier, program, circuit)
    suppose: dict[str, str] = {}
    for name, value in asked.suppose.items():
        if name in program.questions:
            suppose[name] = value
        elif name in circuit.groups:
            suppose[check_group(name, value, circuit)] = "yes"
        elif value not in ("yes", "no"):
            raise Refused(Problem("F503", NOWHERE, {"name": name, "value": value, "known": "yes, no"}))
        else:
            suppose[name] = value
    return replace(asked, suppose=suppose)


def _instances(case: Case) -> tuple[list[Instance], tuple[tuple[str, str], ...]]:
    """Every norm asked about, under every text that applies, and the instruments not in force."""
    at, asked = case.at, case.asked
    found: list[Instance] = []
    missing: list[tuple[str, str]] = []
    made = [0]
    for instrument in case.dossier.instruments or tuple(case.program.instruments):
        looked = _windows(at, instrument, asked.text)
        if not looked:
            missing.append((instrument, _why_not(case.program, instrument)))
        for window in looked:
            for norm in case.program.norms:
                if norm.instrument == instrument and norm.text in (None, window.text) and _asked(norm, asked):
                    found += _lifted(case, norm, window, _norm_instances(case, norm, window, made), made)
    return found, tuple(missing)


def _windows(at: Situation, instrument: str, text: Mapping[str, str]) -> tuple[Window, ...]:
    """The texts that apply; a text chosen by hand that does not apply is a supposition."""
    found = windows(at, instrument)
    if instrument not in text:
        return found
    chosen = tuple(window for window in found if window.text == text[instrument])
    return chosen or (Window(text[instrument], None, at.upto),)


def _why_not(program: Program, instrument: str) -> str:
    known = program.instruments[instrument]
    first = min((t.start.first for t in known.texts), default=known.in_force.first if known.in_force else None)
    return f"in force from {first}" if first else "no date of entry into force"


def _asked(norm: Norm, asked: Asked) -> bool:
    return not asked.only or norm.id in asked.only or norm.instrument in asked.only


def _norm_instances(case: Case, norm: Norm, window: Window, made: list[int]) -> tuple[Instance, ...]:
    asked = case.asked
    whom: Iterable[str] | None = (asked.beneficiary,) if asked.beneficiary else case.dossier.concerning or None
    if whom is None and isinstance(norm.beneficiary, f.Var):
        whom = _victims(case.at) or None
    by = (asked.bearer,) if asked.bearer else None
    return instances(case.at, norm, window, whom, by, made)


def _victims(at: Situation) -> tuple[str, ...]:
    """The states named in incidents and requests on record: whom a question could concern."""
    names: dict[str, None] = {}
    for fact in at.record.facts:
        for arg in fact.args:
            if isinstance(arg, str) and at.sort_of(arg) == "State":
                names[arg] = None
    return tuple(names)


def _lifted(
    case: Case, norm: Norm, window: Window, found: Sequence[Instance], made: list[int]
) -> list[Instance]:
    """A prohibition applies where no right lifts it for that bearer."""
    rights = [r for r in case.program.norms if norm.id in r.lifts]
    if norm.kind != "prohibition" or not rights:
        return list(found)
    lifted: list[Instance] = []
    for instance in found:
        lifting: list[Ground] = []
        for right in rights:
            for looked in _windows(case.at, right.instrument, case.asked.text):
                if right.text in (None, looked.text):
                    lifting += [
                        Ground("lifts", i.lit, right.id, children=(i.ground,), place=right.place)
                        for i in instances(case.at, right, looked, None, (instance.bearer,), made)
                    ]
        lit = case.circuit.conj(instance.lit, *(-g.lit for g in lifting))
        negated = tuple(Ground("not", -g.lit, g.subject, children=(g,), place=g.place) for g in lifting)
        ground = Ground("and", lit, children=(instance.ground, *negated), place=norm.place)
        lifted.append(replace(instance, ground=ground))
    return lifted


def _groups(found: Iterable[Instance]) -> list[tuple[Instance, ...]]:
    """Bearers to whom the same grounds apply share one finding."""
    groups: dict[tuple[str, str | None, str | None, Lit], list[Instance]] = {}
    for instance in found:
        key = (instance.norm.id, instance.norm.text, instance.beneficiary, instance.lit)
        groups.setdefault(key, []).append(instance)
    return [tuple(group) for group in groups.values()]


def finding_id(group: tuple[Instance, ...]) -> str:
    """`cst.assist@2010:ARM,BLR>KAZ`: stable, whatever else is asked."""
    first = group[0]
    text = f"@{first.norm.text}" if first.norm.text else ""
    to = f">{first.beneficiary}" if first.beneficiary else ""
    return f"{first.norm.id}{text}:{','.join(sorted(i.bearer for i in group))}{to}"


def _finding(case: Case, engine: Worlds, group: tuple[Instance, ...], others: tuple[Other, ...]) -> Finding:
    first = group[0]
    norm, lit, ground, circuit = first.norm, first.lit, first.ground, case.circuit
    asked_questions = questions_in(ground)
    granted = case.granted

    def see(given: Assignment, limit: int = 0) -> View:
        return gathered(case.at, view(engine, circuit, lit, given, norm.kind, asked_questions, limit))

    granting = see(granted, MOST_SETS)
    if norm.kind == "prohibition" and granting.settled == "no" and ground.op == "and":
        if engine.settled(ground.children[0].lit, granted) == "all":
            granting = replace(granting, word="lifted")
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
        conduct=tuple(c for i in group if (c := conduct_of(case.at, i, case.dossier)) is not None),
        because=engine.reason(lit, held) if held else (),
        turned_by=flips(engine, lit, held, limit=MOST_SETS) if held else Sets((), complete=True),
        chance=_chance(case, engine, lit, granted),
    )


def _held(circuit: Circuit, lit: Lit, granted: Assignment) -> dict[str, bool]:
    """What of the established and granted the literal mentions; of a question only its answer."""
    mentioned = circuit.support(lit)
    answers = {member for members in circuit.groups.values() for member in members}
    return {name: so for name, so in granted.items() if name in mentioned and (so or name not in answers)}


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


def _other_texts(case: Case, first: Instance) -> tuple[Other, ...]:
    """The norm's other texts, grounded as if they had applied."""
    norm = first.norm
    if norm.instrument in case.asked.text or norm.text is None:
        return ()
    found: list[Other] = []
    for other in case.program.norms:
        if other.id == norm.id and other.text not in (None, norm.text):
            window = Window(other.text, None, case.at.upto)
            to = (first.beneficiary,) if first.beneficiary else None
            made = instances(case.at, other, window, to, (first.bearer,))
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
    claims = case.dossier.record.claims
    stack = [ground]
    while stack:
        step = stack.pop()
        fact = case.at.facts.get(step.subject)
        if fact is not None:
            said = [c for c in claims if c.fact == fact.id and c.verb == "asserts"]
            if fact.unconfirmed or (said and all(c.unconfirmed for c in said)):
                found[fact.id] = None
        stack.extend(step.children)
    norm = group[0].norm
    instrument = case.program.instruments[norm.instrument]
    if instrument.in_force_unconfirmed:
        found[f"entry into force of {instrument.id}"] = None
    for text in instrument.texts:
        if text.id == norm.text and text.unconfirmed:
            found[f"date of the text {instrument.id} {text.id}"] = None
    states = {i.bearer for i in group} | {group[0].beneficiary or ""}
    for life in instrument.lives:
        if life.unconfirmed and life.state in states and life.start.first <= case.at.upto:
            found[f"date on which {life.state} was bound by {instrument.id}"] = None
    return tuple(found)


def _chance(case: Case, engine: Worlds, lit: Lit, granted: Assignment) -> Fraction | str | None:
    """The exact chance under the user's weights, or a sentence that says what is missing."""
    weights = case.asked.weights
    if weights is None:
        return None
    given = {name: value for name, value in granted.items() if name not in weights}
    if engine.settled(lit, given) != "some":
        return Fraction(1) if engine.settled(lit, given) == "all" else Fraction(0)
    try:
        return engine.chance(lit, weights, given)
    except ValueError as missing:
        return str(missing)
    except TooLarge:
        return "not computed exactly within the budget"
