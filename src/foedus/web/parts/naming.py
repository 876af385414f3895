"""What things at the table are called on a page: states with their codes, steps by their titles, articles briefly."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.council.known import Known
from foedus.council.rules import Rules
from foedus.council.state import Ballot, Proposal, State
from foedus.diagnostics.span import Place
from foedus.ir.decision import By, DecisionRule
from foedus.ir.procedure import Step
from foedus.report.deeds import OFFICE, actor
from foedus.report.lists import article_short, begun, listed
from foedus.web.look import Look
from foedus.words.speech import say


@dataclass(frozen=True)
class Naming:
    """How the rules of a room call what they have."""

    rules: Rules
    state: State

    @classmethod
    def of(cls, look: Look) -> Naming:
        """As a room has it now."""
        return cls(look.rules, look.state)

    def who(self, code: str) -> str:
        """`Borland (BOR)`; an office in a word."""
        if code in OFFICE:
            return actor(code)
        known = self.rules.program.vocabulary.actors.get(code)
        return (
            say("{name} ({code})", name=known.name, code=code)
            if known is not None and known.name != code
            else code
        )

    def all(self, codes: tuple[str, ...] | list[str]) -> str:
        """Several, as a list."""
        return listed([self.who(code) for code in codes])

    def thing(self, name: str) -> str:
        """An actor, or an act or incident of the record by its title."""
        if name in self.rules.program.vocabulary.actors:
            return self.who(name)
        found = Known(self.rules, self.state, self.rules.on).find(name)
        title = found.title if found is not None else ""
        return say("{title} ({name})", title=title, name=name) if title else name

    def step(self, name: str) -> str:
        """A step by its title."""
        step = self.rules.steps.get(name)
        return name if step is None else step.title or step.name

    def clock(self, key: str) -> str:
        """A clock by its title, and whose it is."""
        name, _, whose = key.partition(" of ")
        found = self.rules.clocks.get(name)
        title = name if found is None else found.title or name
        return say("{clock} of {who}", clock=title, who=self.who(whose)) if whose else title

    def proposal(self, each: Proposal) -> str:
        """`p2, decide to send the Ward`; an amendment by what it amends."""
        if each.amends:
            return say("{name}, an amendment of {target}", name=each.id, target=each.amends)
        return say("{name}, {title}", name=each.id, title=self.step(each.step))

    def subject(self, ballot: Ballot) -> str:
        """What is voted on."""
        whole = self.proposal(self.state.proposals[ballot.proposal])
        return say("part {part} of {proposal}", part=ballot.part, proposal=whole) if ballot.part else whole

    def rule(self, proposal: Proposal) -> DecisionRule | None:
        """Under which a proposal is decided."""
        step = self.rules.steps[proposal.step]
        return self.rules.decisions.get(step.rule or "")

    def way(self, ballot: Ballot) -> By:
        """How members are heard in a vote."""
        rule = self.rule(self.state.proposals[ballot.proposal])
        return rule.ways[ballot.way].by if rule is not None else ""

    def variable(self, step: Step, name: str) -> str:
        """A variable of a step, as the label of a field: whoever it stands for has a word on the page."""
        del step
        return begun(name.replace("_", " "))


def article_at(place: Place) -> str:
    """The article of a place, briefly; nothing where it has none."""
    return article_short(place.heading) if place.heading else ""
