"""Grounds in words: three-valued, sound and not complete.

`explain` values every step under what is fixed (Kleene's strong tables, with the circuit's folding)
and keeps the steps that carry the value. It never says *yes* where some admissible world says no;
it may say *open* where the exact engine knows better, and the exact engine has the last word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from foedus.diagnostics.span import NOWHERE, Place
from foedus.engines.contract import Assignment, Circuit, Lit
from foedus.engines.reason import Ground
from foedus.engines.situation import Covering, Situation, arguments
from foedus.terms.states import with_article
from foedus.terms.time import EDate, in_words
from foedus.words.speech import Phrase, marked, phrase, phrase_in

WHOEVER: dict[str, str] = dict.fromkeys(("Actor", "State", "Group", "Organ"), "someone")
"""What stands in a sentence for whoever; for all other sorts it is something."""

UNLISTED = marked("{what}: none listed")
UNLISTED_STATEMENT = marked("somebody said what the clause asks for: no such statement listed")
DAY_OF = marked("the day of {incident}")
BOUND_ON = marked("{name} was bound by the {instrument} on {day}")
HELD_ON = marked("{name} was {role} under the {instrument} on {day}")
ENDED_BY = marked("the {instrument} had ended by {day}")
"""Templates by which a reader of a phrase may know what it says."""

_SAID_THAT = {
    "asserts": marked("{speaker} asserts that {what}"),
    "denies": marked("{speaker} denies that {what}"),
    "finds": marked("{speaker} finds that {what}"),
    "recognises": marked("{speaker} recognises that {what}"),
    "requests": marked("{speaker} requests that {what}"),
    "agrees": marked("{speaker} agrees that {what}"),
}

Value = Literal["yes", "no", "open"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One step said in words. `subject` is a fact's id, a question's, or a term's name; `op` as in
    `Ground`; `basis` a closing, presumption or refuted fact."""

    value: Value
    words: str
    op: str
    subject: str = ""
    answer: str = ""
    children: tuple[Reason, ...] = ()
    basis: Covering | None = None
    place: Place = NOWHERE


def values(circuit: Circuit, given: Assignment) -> list[bool | None]:
    """The value of every node under what is given: true, false, or None for open.

    One pass: a node's children always have smaller numbers.
    """
    found: list[bool | None] = [True]
    chosen = _chosen(circuit, given)
    for node in circuit.nodes[1:]:
        if node.op == "true":
            found.append(True)
        elif node.op == "var":
            found.append(given.get(node.name, chosen.get(node.name)))
        else:
            parts = [_signed(found[abs(c)], c) for c in node.children]
            least = {"and": len(parts), "or": 1}.get(node.op, node.k)
            yes, unknown = parts.count(True), parts.count(None)
            found.append(True if yes >= least else False if yes + unknown < least else None)
    return found


def _chosen(circuit: Circuit, given: Assignment) -> dict[str, bool]:
    """What follows within a one-hot group: a chosen answer rules the others out."""
    found: dict[str, bool] = {}
    for members in circuit.groups.values():
        if any(given.get(member) for member in members):
            found.update({m: False for m in members if not given.get(m)})
        else:
            left = [m for m in members if m not in given]
            if len(left) == 1:
                found[left[0]] = True
    return found


def _signed(value: bool | None, lit: Lit) -> bool | None:
    return value if value is None or lit > 0 else not value


def explain(at: Situation, ground: Ground, given: Assignment) -> Reason:
    """The ground's reason: its value, and the steps below that carry it."""
    return _Explainer(at, values(at.circuit, given)).reason(ground)


class _Explainer:
    def __init__(self, at: Situation, found: list[bool | None]) -> None:
        self.at = at
        self.found = found

    def value(self, lit: Lit) -> Value:
        value = _signed(self.found[abs(lit)], lit)
        return "open" if value is None else "yes" if value else "no"

    def reason(self, ground: Ground) -> Reason:
        value = self.value(ground.lit)
        children = tuple(self.reason(child) for child in self._kept(ground, value))
        single = ground.op in ("and", "or", "some", "instance", "at least") and len(children) == 1
        if single and children[0].value == value:
            return children[0]
        answer = ground.args[0] if ground.op == "answer" else ""
        return Reason(
            value, self.say(ground), ground.op, ground.subject, answer, children, ground.basis, ground.place
        )

    def _kept(self, ground: Ground, value: Value) -> list[Ground]:
        """The children that carry the value; where nothing was found, the closings that say so."""
        children = [c for c in ground.children if c.op != "mismatch"]
        if ground.op in ("and", "choose"):
            if value == "no":
                failing = [c for c in children if self.value(c.lit) == "no"]
                return failing if ground.op == "and" and failing else children
            return children
        if ground.op in ("or", "some", "at least"):
            wanted = {"yes": ("yes",), "open": ("open", "yes"), "no": ("no",)}[value]
            if value == "open" and "/" in ground.subject:  # of a part, it matters too who is of the whole
                wanted = ("open", "yes", "no")
            kept = [c for c in children if self.value(c.lit) in wanted]
            if value == "no" and len(kept) > 1:
                kept = self._telling(kept)
            return kept
        return children

    def _telling(self, failing: list[Ground]) -> list[Ground]:
        """Of many failing instances, those that rest on something listed, else one of each closing."""
        listed = [g for g in failing if _mentions(g, "fact")]
        if listed:
            return listed
        told: dict[str, Ground] = {}
        for g in failing:
            told.setdefault(repr(_basis(g)), g)
        return list(told.values())

    # ---- words ----

    def say(self, ground: Ground) -> str:
        match ground.op:
            case "fact" | "judgement" | "role" | "status":
                return self.say_fact(ground)
            case "unlisted":
                predicate = self.at.predicate_of[ground.subject]
                return phrase(UNLISTED, what=self.gloss(predicate, ground.args))
            case "speech":
                speaker, verb, content = ground.args
                return said_that(self.name(speaker), verb, self.say_content(content))
            case "sort":
                return phrase(
                    "{name} is a {sort}", name=self.name(ground.args[0]), sort=ground.subject.lower()
                )
            case "same":
                return phrase("{name} is {other}", **self.pair(ground))
            case "order":
                return phrase("{name} came before {other}", **self.pair(ground))
            case "party":
                bound = self.name(ground.args[0])
                known = self.at.program.instruments.get(ground.subject)
                if len(ground.args) > 1:
                    title = known.title if known else ground.subject
                    role = ground.args[1].replace("_", " ")
                    return phrase(
                        "{name} is {role} under the {instrument}", name=bound, role=role, instrument=title
                    )
                if known is None:
                    return phrase("{name} is bound by {instrument}", name=bound, instrument=ground.subject)
                return phrase("{name} is bound by the {instrument}", name=bound, instrument=known.title)
            case "unread":
                return phrase("not read: {clause}", clause=ground.subject)
            case "constant":
                return phrase("always") if ground.lit == Circuit.TRUE else phrase("never")
            case "and":
                return phrase("all of")
            case "or":
                return phrase("any of")
            case "at least" if ground.args:
                by = {"number": ground.subject.removeprefix("more than "), "weighting": ground.args[0]}
                if ground.subject.startswith("more than "):
                    return phrase("more than {number} by {weighting} of", **by)
                return phrase("at least {number} by {weighting} of", **by)
            case "at least":
                if ground.subject.startswith("more than "):
                    return phrase("more than {share} of", share=ground.subject.removeprefix("more than "))
                return phrase("at least {number} of", number=ground.subject)
            case "not":
                return phrase("nothing has ended it") if ground.subject == "until" else phrase("not")
            case "choose":
                question = self.at.program.questions.get(ground.subject)
                if question and question.title:
                    return question.title
                return phrase("the reading of {term}", term=ground.subject)
            case "answer":
                return phrase("if “{answer}”", answer=ground.args[0])
            case "defined":
                return self.say_defined(ground)
            case "rule":
                decided = self.name(ground.args[0])
                return phrase("{name} was decided as {rule} requires", name=decided, rule=ground.subject)
            case _:
                return phrase("one of")

    def say_fact(self, ground: Ground) -> str:
        fact = self.at.facts.get(ground.subject)
        if fact is None:
            predicate, _, _ = ground.subject.partition("(")
            return self.gloss(predicate, ground.args)
        if fact.title and self.at.predicates[fact.predicate].individual:
            if fact.on is None:
                return fact.title
            return phrase_in("what happened", "{what}, {day}", what=fact.title, day=in_words(fact.on))
        args = tuple(
            " and ".join(map(self.name, a)) if isinstance(a, tuple) else (a or "_") for a in fact.args
        )
        return self.gloss(fact.predicate, args)

    def say_defined(self, ground: Ground) -> str:
        for define in self.at.program.defines:
            if define.name == ground.subject and define.gloss:
                named = {v.name: self.name(a) for v, a in zip(define.vars, ground.args, strict=True)}
                return fill(define.gloss, named)
        return f"{ground.subject.partition('.')[2]}({', '.join(self.name(a) for a in ground.args)})"

    def say_content(self, content: str) -> str:
        predicate, _, rest = content.partition("(")
        return self.gloss(predicate, arguments(rest.removesuffix(")")))

    def gloss(self, predicate: str, args: tuple[str, ...]) -> str:
        """A predicate's sentence with names filled in."""
        known = self.at.predicates.get(predicate)
        if known is None or not known.gloss:
            if known is None and len(args) == 1:
                return f"{self.name(args[0])} is a {predicate}"
            return f"{predicate}({', '.join(self.name(a) for a in args)})"
        named = {
            role.name: self.name(arg) if arg != "_" else WHOEVER.get(role.sort, "something")
            for role, arg in zip(known.roles, args, strict=True)
        }
        return fill(known.gloss, named)

    def name(self, constant: str) -> str:
        """A reader's name: of an actor, an individual's title in quotation marks, or the word itself."""
        fact = self.at.facts.get(constant)
        if fact is not None:
            return phrase("“{text}”", text=fact.title) if fact.title else fact.id
        if constant in self.at.record.names:
            return self.at.record.names[constant]
        actor = self.at.program.vocabulary.actors.get(constant)
        if actor is None and "_" in constant and constant.islower():
            return constant.replace("_", " ")  # a value: `armed_forces`
        return actor.name if actor else with_article(constant)

    def pair(self, ground: Ground) -> dict[str, str]:
        return {"name": self.name(ground.args[0]), "other": self.name(ground.args[1])}


def say(at: Situation, ground: Ground) -> str:
    """One step in words, without its value."""
    return _Explainer(at, []).say(ground)


def say_variable(at: Situation, name: str) -> str:
    """What a variable of the circuit is about, in words."""
    explainer = _Explainer(at, [])
    if name in at.facts:
        kind = at.predicates[at.facts[name].predicate].kind
        return explainer.say_fact(Ground(kind, Circuit.TRUE, name))
    if name == "some statement":
        return phrase(UNLISTED_STATEMENT)
    if name in at.predicate_of:
        predicate = at.predicate_of[name]
        anyone = tuple("_" for _ in at.predicates[predicate].roles)
        return phrase(UNLISTED, what=explainer.gloss(predicate, anyone))
    individual, dot, role = name.rpartition(".")
    if dot and individual in at.predicate_of:
        return phrase("the role “{role}” in {incident}", role=role, incident=explainer.name(individual))
    if name.startswith("when "):
        return phrase(DAY_OF, incident=explainer.name(name.removeprefix("when ")))
    if name.startswith("who "):
        return explainer.name(name.removeprefix("who "))
    if name.startswith("order of "):
        first, _, second = name.removeprefix("order of ").partition(" and ")
        both = {"name": explainer.name(first), "other": explainer.name(second)}
        return phrase("which came first, {name} or {other}", **both)
    if name in at.program.questions:
        return at.program.questions[name].title or name
    if (status := _status(explainer, name)) is not None:
        return status
    spoken = re.fullmatch(r"(\S+) (\w+) that (.+)", name)
    if spoken:
        return said_that(explainer.name(spoken[1]), spoken[2], explainer.say_content(spoken[3]))
    predicate, bracket, rest = name.partition("(")
    if bracket and name.endswith(")"):
        args = tuple(part.strip() for part in rest[:-1].split(","))
        return explainer.gloss(predicate, args)
    return name


_HELD = re.compile(
    r"(?P<role>\S+)\((?P<state>[^(),]+), (?P<instrument>[^(),]+)\) on (?P<day>\d{4}-\d\d-\d\d)"
)
_ENDED = re.compile(r"(?P<instrument>\S+) had ended by (?P<day>\d{4}-\d\d-\d\d)")


def _status(explainer: _Explainer, name: str) -> Phrase | None:
    """What a variable asks of uncertain dates under an instrument: that a state was bound, or that it had ended."""
    found = _HELD.fullmatch(name) or _ENDED.fullmatch(name)
    known = explainer.at.program.instruments.get(found["instrument"]) if found else None
    if found is None or known is None:
        return None
    when = {"instrument": known.title, "day": in_words(EDate.of(date.fromisoformat(found["day"])))}
    if found.re is _ENDED:
        return phrase(ENDED_BY, **when)
    who = explainer.name(found["state"])
    if found["role"] == "party":
        return phrase(BOUND_ON, name=who, **when)
    return phrase(HELD_ON, name=who, role=found["role"].replace("_", " "), **when)


def said_that(speaker: str, verb: str, what: str) -> Phrase:
    """That somebody says so, in the verb of what he says."""
    if verb in _SAID_THAT:
        return phrase(_SAID_THAT[verb], speaker=speaker, what=what)
    return phrase("{speaker} {verb} that {what}", speaker=speaker, verb=verb, what=what)


def fill(gloss: str, named: dict[str, str]) -> str:
    """Put names into a gloss; a name nobody gave stays visible in its braces."""
    for role, name in named.items():
        gloss = gloss.replace("{" + role + "}", name)
    return gloss


def _mentions(ground: Ground, op: str) -> bool:
    return ground.op == op or any(_mentions(child, op) for child in ground.children)


def _basis(ground: Ground) -> Covering | None:
    if ground.basis is not None:
        return ground.basis
    for child in ground.children:
        found = _basis(child)
        if found is not None:
            return found
    return None
