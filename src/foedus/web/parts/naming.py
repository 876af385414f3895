"""What things at the table are called on a page: states with their codes, steps by their titles, articles briefly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from foedus.council.known import Known
from foedus.council.rules import Rules
from foedus.council.state import Ballot, Proposal, State
from foedus.diagnostics.span import Place
from foedus.ir.decision import By, DecisionRule
from foedus.ir.formula import Var
from foedus.ir.procedure import Step
from foedus.report.bonds import filled
from foedus.report.deeds import OFFICE, actor
from foedus.report.lists import article_short, begun, listed, quoted
from foedus.terms.states import STATES, name_of
from foedus.web.look import Look
from foedus.words.speech import aloud, marked_in, say, say_in

ROLES: Mapping[str, str] = {
    "": marked_in("role in an act", "What it is about"),
    "about": marked_in("role in an act", "What it is about"),
    "what": marked_in("role in an act", "What it is about"),
    "to": marked_in("role in an act", "To whom"),
    "for": marked_in("role in an act", "For whom"),
    "where": marked_in("role in an act", "Where"),
    "by": marked_in("role in an act", "By whom"),
    "who": marked_in("role in an act", "Who"),
}
_CONTENT = re.compile(r"([a-z_][a-z0-9_]*)\((.*)\)")


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
        name = known.name if known is not None else aloud(name_of(code))
        return say("{name} ({code})", name=name, code=code) if name != code else code

    def all(self, codes: tuple[str, ...] | list[str]) -> str:
        """Several, as a list."""
        return listed([self.who(code) for code in codes])

    def thing(self, name: str) -> str:
        """An actor, or an act or incident of the record by its title."""
        if name in self.rules.program.vocabulary.actors or name in STATES:
            return self.who(name)
        found = Known(self.rules, self.state, self.rules.on).find(name)
        title = "" if found is None else found.title or self._act(found.predicate)
        return say("{title} ({name})", title=title, name=name) if title else name

    def _act(self, predicate: str) -> str:
        """The step by which such an act is done; empty where it is done by none, or by several."""
        steps = [each for each in self.rules.procedure.steps if each.act and each.act.predicate == predicate]
        return (steps[0].title or steps[0].name) if len(steps) == 1 else ""

    def about(self, about: str) -> str:
        """What is open: a question by its title and its answers, a judgement by its words."""
        program = self.rules.program
        question = program.questions.get(about)
        if question is not None:
            title = aloud(question.title) if question.title else about
            answers = [quoted(each.name) for each in question.answers]
            return (
                say("{question}: {answers}", question=title, answers=listed(answers, "or"))
                if answers
                else title
            )
        found = _CONTENT.fullmatch(about)
        known = program.vocabulary.predicates.get(found[1]) if found is not None else None
        if found is None or known is None or not known.gloss:
            return about
        args = found[2].split(", ")
        if len(args) != len(known.roles):
            return about
        named = {role.name: self._quoted(arg) for role, arg in zip(known.roles, args, strict=True)}
        return say("whether it is so: {fact}", fact=filled(known.gloss, named))

    def _quoted(self, name: str) -> str:
        called = self.thing(name)
        return called if name in STATES or name in self.rules.program.vocabulary.actors else quoted(called)

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
        """A variable of a step, as the label of a field: by its word on the page; one of a letter or two by what it is
        for the act that the step is."""
        if len(name) > 2:
            return begun(name.replace("_", " "))
        terms = () if step.act is None else step.act.terms
        place = next((n for n, term in enumerate(terms) if isinstance(term, Var) and term.name == name), None)
        known = None if step.act is None else self.rules.program.vocabulary.predicates.get(step.act.predicate)
        role = (
            known.roles[place].name
            if known is not None and place is not None and place < len(known.roles)
            else ""
        )
        return say_in("role in an act", ROLES.get(role, ROLES[""]))


def article_at(place: Place) -> str:
    """The article of a place, briefly; nothing where it has none."""
    return article_short(place.heading) if place.heading else ""
