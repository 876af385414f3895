"""Who decides under a rule, under which texts and readings: all that a vote needs apart from the votes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from foedus.council.electorate import MOTION, Voted, apart
from foedus.council.facts import Facts
from foedus.council.holds import Held, holds, texts_on
from foedus.ir.decision import DecisionRule, Status
from foedus.ir.formula import Formula
from foedus.ir.norm import Program

CONSTRAINED: frozenset[Status] = frozenset({"for", "against", "silent"})
"""What a member who is held to abstain may have done, and is counted as abstaining all the same."""


@dataclass(frozen=True)
class Sitting:
    """`members` are those whom the pages, or the room, have as members; empty where nobody says, and then whoever did
    something is one. Of those in `doubtful` it is open whether they are. `left_out` and `held` are the states of which
    whoever asks says that they are left out, or held to abstain, and no others; None: it is left to the rule's own
    condition and `facts`. `answers` are readings, by the question's id; `weights` go before those of the page. `on` is
    the day whose texts and roles hold (None: the newest). `facts` answers whatever is no act about the motion; what it
    does not know is open."""

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
        given: dict[str, bool] = {}
        for who in self.members or statuses:
            if self.left_out is not None and who not in out:
                given |= apart(self.rule.left_out, self.rule, who, self.motion)
            if self.held is not None and who not in held:
                given |= apart(self.rule.held_to, self.rule, who, self.motion)
        return Voted(
            self.program, self.rule, did, self.members, self.doubtful, out, self.on, self.facts, self.weights,
            given, self.motion,
        )  # fmt: skip

    def read(self, formula: Formula, voted: Voted, who: str | None = None) -> Held:
        """Whether a formula of the rule holds of the motion; `who` is the member of whom a condition speaks."""
        env = {self.rule.motion.name: self.motion}
        if who is not None:
            env[self.rule.member.name] = who
        return holds(
            formula, self.program, voted, env, self.answers, instrument=self.owner, texts=self.texts
        )  # fmt: skip

    def apart(
        self, condition: Formula | None, told: frozenset[str] | None, voted: Voted, who: str
    ) -> bool | None:
        """Whether a member is left out, or held to abstain; None: open."""
        if told is not None and who in told:
            return True
        return False if condition is None else self.read(condition, voted, who).truth
