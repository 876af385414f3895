"""Switches: the answer under every supposition at once, small enough to travel with a page.

Whoever reads a page may answer its open questions himself. `switches` takes the circuit on which the
assessment was made, and lays out, for every finding, in which answers it holds, in which it fails, and
on what it still depends, as rows of one table (`engines.table`). Reading the table gives what
`--suppose` gives, for every combination of answers.

A *switch* is an open question with the answers that `--suppose` takes; `recorded` is what its columns
are as long as it is left alone: yes where nobody disputes it, otherwise open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from foedus.assessment.asked import all_instances
from foedus.assessment.case import Case, prepare
from foedus.assessment.finding import Assessment, Finding, Open
from foedus.assessment.names import ends, stand_ins
from foedus.assessment.questions import question_of
from foedus.assessment.verdict import MOST_UNREAD, UNREAD
from foedus.engines.contract import Lit, TooLarge
from foedus.engines.diagram import NODES
from foedus.engines.norms import Instance
from foedus.engines.situation import answer_var, reopening
from foedus.engines.table import Drawn, Row

UNASKED = -1
"""The number, among the open questions, of whatever is none of them."""

Columns = Mapping[int, bool]
Settings = Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: `value` as `--suppose` takes it, the variable that it makes so (empty for yes and no),
    and the columns that it settles."""

    value: str
    variable: str
    settles: Columns


@dataclass(frozen=True, slots=True)
class Switch:
    """An open question that can be answered, and what is settled as long as it is left as recorded."""

    question: str
    answers: tuple[Answer, ...]
    recorded: Columns


@dataclass(frozen=True, slots=True)
class Sway:
    """The verdict depends on a question (by number, or `UNASKED`) where `row` is possible, unless the
    columns are settled: one alone either way, one of several as so."""

    question: int
    columns: tuple[int, ...]
    row: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The rows of one verdict, for bearers whose grounds are the same whatever is supposed.

    `holds` and `fails`: where it may hold, and may fail, under some reading of the unread clauses;
    `sure` and `never`: where it may hold, and may fail, under every reading. `unread` are the columns
    that say of a clause that it is left unread, `always_unread` that there is one without a switch.
    `barred` is where a prohibition might not apply though no right lifts it (None: none could).
    """

    bearers: tuple[str, ...]
    holds: int
    fails: int
    sure: int
    never: int
    unread: tuple[int, ...]
    always_unread: bool
    barred: int | None
    sways: tuple[Sway, ...]


@dataclass(frozen=True, slots=True)
class Switches:
    """Every switch, the outcomes of every finding by its id, and the table of which they are rows.
    `admissible` are the rows that must all be possible, or the answers cannot all be so."""

    switches: tuple[Switch, ...]
    outcomes: Mapping[str, tuple[Outcome, ...]]
    admissible: tuple[int, ...]
    rows: tuple[Row, ...]


def switches(assessment: Assessment) -> Switches | None:
    """The answer under every supposition; None where that is too large to be laid out."""
    case = prepare(assessment.dossier, assessment.program, assessment.asked)
    unlisted = frozenset(q.id for q in assessment.questions if q.kind == "unlisted")
    case.at = replace(case.at, switchable=unlisted - case.at.supposed)
    found, _ = all_instances(case)
    case.fixed.update(stand_ins(case.asked.suppose, case.circuit))
    try:
        return _Layout(assessment, case, found).switches()
    except TooLarge:
        return None


class _Layout:
    """One table in the making."""

    def __init__(self, assessment: Assessment, case: Case, found: Iterable[Instance]) -> None:
        self.case, self.circuit = case, case.circuit
        self.questions = assessment.questions
        self.number = {question.id: number for number, question in enumerate(assessment.questions)}
        self.findings = assessment.findings
        self.instances = {(i.norm.id, i.norm.text, i.beneficiary, i.bearer): i for i in found}
        self.choices = [self._choices(question) for question in assessment.questions]
        # Every node is made before the engine puts the variables in order.
        self.read = {i.lit: self._read(i.lit) for i in self.instances.values()}
        keep = dict.fromkeys(name for choices in self.choices for *_, sets in choices for name in sets)
        self.given = {name: so for name, so in case.granted.items() if name not in keep}
        budget = NODES if case.asked.budget is None else case.asked.budget
        self.drawn = Drawn(self.circuit, keep, budget)

    def switches(self) -> Switches:
        made = tuple(self._switch(*both) for both in zip(self.questions, self.choices, strict=True))
        outcomes = {finding.id: self._outcomes(finding) for finding in self.findings}
        return Switches(made, outcomes, self.drawn.admissible(self.given), tuple(self.drawn.rows))

    # ---- questions ----

    def _choices(self, question: Open) -> list[tuple[str, str, Settings]]:
        """Each answer as `--suppose` takes it, the variable that it makes so, and all that it settles."""
        name = question.id
        declared = self.case.program.questions.get(name)
        if declared is not None:
            named = {answer.name: answer_var(name, answer.name) for answer in declared.answers}
            return [(a, var, {v: v == var for v in named.values()}) for a, var in named.items()]
        if name in self.circuit.groups:
            return [((*ends(m), m)[0], m, {m: True}) for m in self.circuit.groups[name]]
        made: list[tuple[str, str, Settings]] = []
        for value, so in (("yes", True), ("no", False)):
            if question.kind == "unlisted":
                sets = stand_ins({name: value}, self.circuit)
                if name in self.case.at.switchable:
                    sets[reopening(name)] = True
            else:
                sets = {name: so}
                if name.startswith(UNREAD):
                    sets[_left(name)] = False
            made.append((value, "", sets))
        return made

    def _switch(self, question: Open, choices: Sequence[tuple[str, str, Settings]]) -> Switch:
        settled = sorted({name for *_, sets in choices for name in sets})
        left = {reopening(question.id): False, _left(question.id): True, **self.case.granted}
        return Switch(
            question.id,
            tuple(Answer(value, variable, self._columns(sets)) for value, variable, sets in choices),
            self._columns({name: left[name] for name in settled if name in left}),
        )

    def _columns(self, settings: Settings) -> Columns:
        return {self.drawn.column[name]: so for name, so in settings.items()}

    # ---- verdicts ----

    def _read(self, lit: Lit) -> tuple[Lit, Lit, tuple[str, ...]]:
        """What holds under every reading of the unread clauses, what under some, and which they are: of
        one with a switch, only as long as it is left unread (`assessment.verdict.settle`)."""
        circuit = self.circuit
        unread = tuple(n for n in circuit.support(lit) if n.startswith(UNREAD) and n not in self.case.fixed)
        if len(unread) > MOST_UNREAD:
            raise TooLarge(f"more than {MOST_UNREAD} clauses not read")
        always, ever = lit, lit
        for name in unread:
            left = circuit.var(_left(name)) if name in self.number else circuit.TRUE
            every = circuit.conj(*(circuit.given(always, {name: so}) for so in (True, False)))
            some = circuit.disj(*(circuit.given(ever, {name: so}) for so in (True, False)))
            always = circuit.disj(circuit.conj(left, every), circuit.conj(-left, always))
            ever = circuit.disj(circuit.conj(left, some), circuit.conj(-left, ever))
        return always, ever, unread

    def _outcomes(self, finding: Finding) -> tuple[Outcome, ...]:
        """One outcome for each lot of bearers who cannot come apart, mostly one for all."""
        alike: dict[tuple[Lit, Lit | None], list[str]] = {}
        for bearer in finding.bearers:
            found = self.instances[finding.norm.id, finding.norm.text, finding.beneficiary, bearer]
            bar = finding.norm.kind == "prohibition" and found.ground.op == "and"
            alike.setdefault((found.lit, found.ground.children[0].lit if bar else None), []).append(bearer)
        return tuple(self._outcome(tuple(bearers), *lits) for lits, bearers in alike.items())

    def _outcome(self, bearers: tuple[str, ...], lit: Lit, bar: Lit | None) -> Outcome:
        always, ever, unread = self.read[lit]
        sure, fails = self.drawn.split(always, self.given)
        holds, never = self.drawn.split(ever, self.given)
        return Outcome(
            bearers,
            holds,
            fails,
            sure,
            never,
            tuple(self.drawn.column[_left(name)] for name in unread if name in self.number),
            any(name not in self.number for name in unread),
            None if bar is None else self.drawn.split(bar, self.given)[1],
            self._sways(lit),
        )

    def _sways(self, lit: Lit) -> tuple[Sway, ...]:
        at = self.case.at
        found = [
            Sway(self.number.get(question_of(at, swayed.block), UNASKED), swayed.columns, swayed.row)
            for swayed in self.drawn.swayed(lit, self.given)
        ]
        return tuple(dict.fromkeys(found))


def _left(name: str) -> str:
    """The variable for a clause's being left unread: nobody has supposed what it says."""
    return f"left {name}"
