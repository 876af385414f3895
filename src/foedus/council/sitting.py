"""Who decides under a rule, under which texts and readings: all that a vote needs apart from the votes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from foedus.council.counting import Counted
from foedus.council.electorate import MOTION, Voted, supposed, with_supposed
from foedus.council.facts import Facts
from foedus.council.holds import Held, holds, texts_on
from foedus.ir.decision import STATUSES, DecisionRule, Status
from foedus.ir.formula import And, AtLeast, Atom, Const, Formula, Var
from foedus.ir.norm import Program

CONSTRAINED: frozenset[Status] = frozenset({"for", "against", "silent"})
"""What a member who is held to abstain may have done, and is counted as abstaining all the same."""


@dataclass(frozen=True)
class Sitting:
    """`members` are those whom the pages, or the room, have as members; empty where nobody says, and then whoever did
    something is one. Of those in `doubtful` it is open whether they are. `left_out` and `held` are the states of which
    whoever asks says that they are left out, or held to abstain, and no others; None: it is left to the rule's own
    condition and `facts`. `answers` are readings, by the question's id; `weights` go before those of the page. `on` is
    the day whose texts and roles hold (None: the newest). `told` are single facts by their content
    (`disputant(ARV, motion)`); `facts` answers whatever else is no act about the motion. What it does not know is
    open."""

    rule: DecisionRule
    program: Program
    members: tuple[str, ...] = ()
    doubtful: frozenset[str] = frozenset()
    left_out: frozenset[str] | None = None
    held: frozenset[str] | None = None
    answers: Mapping[str, str] = field(default_factory=dict[str, str])
    facts: Facts | None = None
    weights: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict[str, Mapping[str, Fraction]])
    on: date | None = None
    told: Mapping[str, bool] = field(default_factory=dict[str, bool])
    motion: str = MOTION

    @property
    def owner(self) -> str:
        """The page whose rule it is."""
        return self.rule.id.partition(".")[0]

    @property
    def texts(self) -> dict[str, str | None]:
        """The text of each instrument by which terms are read."""
        texts = texts_on(self.program, self.on) if self.on is not None else {}
        return texts if self.rule.text is None else {**texts, self.owner: self.rule.text}

    def voted(self, statuses: Mapping[str, Status]) -> Voted:
        """The same with what each member did."""
        out, held = self.left_out or frozenset[str](), self.held or frozenset[str]()
        did: dict[str, Status] = {
            who: "abstained" if who in held and it in CONSTRAINED else it for who, it in statuses.items()
        }
        return Voted(
            self.program, self.rule, did, self.members, self.doubtful, out, self.on, self.facts, self.weights,
            self.told, self.supposed, self.motion,
        )  # fmt: skip

    @property
    def supposed(self) -> dict[str, bool]:
        """What is so of every member because somebody says who stands apart, by predicate and term."""
        found: dict[str, bool] = {}
        for told, condition in ((self.left_out, self.rule.left_out), (self.held, self.rule.held_to)):
            found |= supposed(condition) if told is not None else {}
        return found

    def read(self, formula: Formula, voted: Voted, who: str | None = None) -> Held:
        """Whether a formula of the rule holds of the motion; `who` is the member of whom a condition speaks."""
        env = {self.rule.motion.name: self.motion}
        if who is not None:
            env[self.rule.member.name] = who
        said = with_supposed(formula, self.supposed)
        return holds(said, self.program, voted, env, self.answers, instrument=self.owner, texts=self.texts)

    def apart(
        self, condition: Formula | None, told: frozenset[str] | None, voted: Voted, who: str
    ) -> bool | None:
        """Whether a member is left out, or held to abstain; None: open."""
        if told is not None and who in told:
            return True
        return False if condition is None else self.read(condition, voted, who).truth

    def counted(self, test: Counted) -> Meant | None:
        """What a member has to have done to count in a test, and who can count at all; None where that is not the
        same for all of them, or is more than what they did."""
        part = test.part
        if not isinstance(part, AtLeast):
            return self._meant(part, test, None)
        return self._meant(part.body, test, part.var.name)

    def based(self, test: Counted) -> Meant | None:
        """The same of the base of a share."""
        part = test.part
        if not isinstance(part, AtLeast) or part.share is None or not isinstance(part.body, And):
            return None
        return self._meant(part.body.parts[0], test, part.var.name)

    def _meant(self, formula: Formula, test: Counted, name: str | None) -> Meant | None:
        found: dict[str, frozenset[Status]] = {}
        nobody = frozenset[str]()  # where it is open who stands apart, the test is named as for all others
        each = replace(self, left_out=self.left_out or nobody, held=self.held or nobody)
        for who in self.voted({}).everybody if name is not None else _subject(test):
            if who in (self.left_out or ()) or who in (self.held or ()):
                continue
            env = {**test.env, name: who} if name is not None else test.env
            came = {
                status: holds(
                    formula, self.program, each.voted({who: status}), env, self.answers,
                    instrument=test.instrument, texts=self.texts,
                ).truth
                for status in STATUSES
            }  # fmt: skip
            if None in came.values() and who not in self.doubtful:
                return None
            counting: frozenset[Status] = frozenset(
                status for status in STATUSES if came[status] is not False
            )
            if counting:
                found[who] = counting
        if len(set(found.values())) != 1:
            return None
        return Meant(next(iter(found.values())), tuple(found))


@dataclass(frozen=True, slots=True)
class Meant:
    """What members have to have done to count in a test, and who they can be."""

    statuses: frozenset[Status]
    among: tuple[str, ...]


def _subject(test: Counted) -> tuple[str, ...]:
    """Of whom a single fact is said: `vote(CHN, m)`."""
    if not isinstance(test.part, Atom) or not test.part.terms:
        return ()
    match test.part.terms[0]:
        case Const(name):
            return (name,)
        case Var(name, _) if name in test.env:
            return (test.env[name],)
        case _:
            return ()
