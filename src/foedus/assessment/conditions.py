"""What a step asks of the record, apart from stages: its condition, and the rule under which it is decided.

Both have three answers. What is open is never held against a step: it is told as what the step depends on. An
announced decision of which no ballot is recorded is one open fact, not as many unknown votes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from foedus.assessment.case import Asked, Case, prepare
from foedus.assessment.find import questions_in
from foedus.assessment.finding import Settled
from foedus.assessment.questions import gathered
from foedus.assessment.steps import Act
from foedus.assessment.verdict import view
from foedus.engines.contract import Worlds
from foedus.engines.explain import say_variable
from foedus.engines.ground import Grounding
from foedus.engines.texts import definitions, text_in_force
from foedus.engines.worlds import worlds
from foedus.evidence.record import Dossier
from foedus.ir.decision import ACTS, Status
from foedus.ir.formula import Formula
from foedus.ir.norm import Program
from foedus.lang.bind import bind, free

Answer: TypeAlias = Literal["yes", "no", "open"]


@dataclass(frozen=True, slots=True)
class Condition:
    """How a step's `when` comes out, granting what nobody disputes, and on what it turns: names with their words."""

    answer: Answer
    turns_on: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether what was announced was decided under the rule. Where no ballot is recorded (`statuses` is empty), that
    is open, and `judged` is how the judgement that it was regular stands, if anybody made it."""

    rule: str
    answer: Answer
    statuses: Mapping[str, Status] = field(default_factory=dict[str, Status])
    judged: str = ""
    judgement: str = ""
    turns_on: tuple[tuple[str, str], ...] = ()


_STATUS: Mapping[str, Status] = {"vote": "for", **{acts[-1]: status for status, acts in ACTS.items() if acts}}
"""What an act about a motion is as a status."""

_ANSWERS: Mapping[Settled, Answer] = {"yes": "yes", "no": "no"}


class Conditions:
    """Asks one dossier; what was made ready for a day is kept for that day."""

    def __init__(self, dossier: Dossier, program: Program, words: Mapping[str, str]) -> None:
        self.dossier, self.program, self.words = dossier, program, words
        self._defines = definitions(program.defines)
        self._days: dict[date, tuple[Case, Worlds]] = {}

    def of(self, act: Act, bound: Mapping[str, tuple[str, ...]]) -> Condition | None:
        """How the condition of a step came out on its day; None where it has none. Where the day is uncertain and
        the answer hangs on it, it is open."""
        if act.step.condition is None:
            return None
        first, last = act.days
        on = [day for day in dict.fromkeys((first, last)) if date.min < day < date.max]
        found = [self._on(act, bound, day) for day in on or [self._today]]
        if len({one.answer for one in found}) == 1:
            return found[-1]
        return Condition("open", tuple(dict.fromkeys(each for one in found for each in one.turns_on)))

    @property
    def _today(self) -> date:
        named = self.dossier.on or self.dossier.period
        return named.last if named is not None else date.today()  # noqa: DTZ011  nothing else says when

    def _on(self, act: Act, bound: Mapping[str, tuple[str, ...]], day: date) -> Condition:
        assert act.step.condition is not None
        env = {name: values[0] for name, values in {**bound, **act.bound}.items() if len(values) == 1}
        opened = [var for var in free(act.step.condition) if var.name not in env]
        formula = bind(sorted(opened, key=lambda var: var.name), act.step.condition)
        owner = act.step.id.partition(".")[0]
        return self._asked(formula, env, owner, text_in_force(self._ready(day)[0].at, owner, day), day)

    def _asked(
        self, formula: Formula, env: Mapping[str, str], owner: str, text: str | None, day: date
    ) -> Condition:
        """How a formula of a page comes out on a day, granting what nobody disputes."""
        case, engine = self._ready(day)
        ground = Grounding(case.at, owner, text, day, defines=self._defines).ground(formula, env)
        seen = view(engine, case.circuit, ground.lit, case.granted, "power", questions_in(ground), 0)
        names = gathered(case.at, seen).turns_on
        turns_on = tuple((name, say_variable(case.at, name)) for name in names)
        return Condition(_ANSWERS.get(seen.settled, "open"), turns_on)

    def _ready(self, day: date) -> tuple[Case, Worlds]:
        if day not in self._days:
            case = prepare(self.dossier, self.program, Asked(on=day))
            self._days[day] = (case, worlds(case.circuit))
        return self._days[day]

    def decided(self, act: Act) -> Decision | None:
        """How the rule comes out over the ballots on record; None for a step that no rule decides."""
        rule = act.step.rule
        if rule is None:
            return None
        statuses = self._statuses(act.fact.id)
        if not statuses:
            made = next((f for f in self._about(act.fact.id) if f[1] == "regular"), None)
            return Decision(rule, "open", judged=self.words.get(made[0], "") if made else "",
                            judgement=made[0] if made else "")  # fmt: skip
        day = act.days[1] if act.days[1] < date.max else self._today
        case, _ = self._ready(day)
        owner = rule.partition(".")[0]
        text = text_in_force(case.at, owner, min(act.days[0], day))
        laid = [each for each in self.program.rules if each.id == rule and each.text in (None, text)]
        if not laid or laid[0].passes is None:  # the page has it in words only
            return Decision(rule, "open", statuses)
        found = self._asked(laid[0].passes, {laid[0].motion.name: act.fact.id}, owner, text, day)
        return Decision(rule, found.answer, statuses, turns_on=found.turns_on)

    def _about(self, act: str) -> list[tuple[str, str, str]]:
        """Facts about an act, by its name: their ids, predicates, and who has their first role."""
        found: list[tuple[str, str, str]] = []
        for fact in self.dossier.record.facts:
            first = fact.args[0] if fact.args else None
            if act in fact.args and self.words.get(fact.id) != "refuted":
                found.append((fact.id, fact.predicate, first if isinstance(first, str) else ""))
        return found

    def _statuses(self, act: str) -> dict[str, Status]:
        found: dict[str, Status] = {}
        for _, predicate, who in self._about(act):
            status = _STATUS.get(predicate)
            if who and status is not None and found.get(who) != "aside":
                found[who] = status
        return found
