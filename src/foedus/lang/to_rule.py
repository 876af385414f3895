"""Rules of decision lowered: for each text the ways in which an organ decides.

What a page says beside the ways is worked into their formulas. A `member` is one of the members who is not left out.
The vote of one who is left out is none; one who is held to abstain is counted as abstaining, whatever it says, unless
it stayed away. `present(p, m)` is that it did not stay away. Where the page says how many seats there are, a part of
the members is one of the seats.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from math import ceil, floor

from foedus.diagnostics.problem import Note
from foedus.ir.apply import apply
from foedus.ir.decision import DecisionRule, Way
from foedus.ir.formula import And, AtLeast, Atom, Choose, Formula, Not, Or, Some, Term, Var, Wild
from foedus.lang.clauses import MEMBER, Clauses
from foedus.lang.scope import Use
from foedus.lang.to_norm import has_readings
from foedus.lang.tree import (
    AndF,
    ApartLine,
    AtomF,
    ByF,
    Name,
    NoF,
    NotF,
    OrF,
    QuantF,
    ReadingF,
    RuleItem,
    RuleVersion,
)
from foedus.lang.tree import Formula as Written

HEARD = ("vote", "agrees", "objects", "abstained_on", "stands_aside")
"""What a member says about a motion; of one who is left out it counts for nothing."""
SAYS = ("vote", "agrees", "objects")
"""What one who is held to abstain can say, and is not heard with."""
ABSTAINS, AWAY, PRESENT = "abstained_on", "stayed_away", "present"


@dataclass(frozen=True, slots=True)
class Rules:
    """Lowers the rules of one instrument; `texts` are its texts, if it has several."""

    clauses: Clauses
    texts: tuple[str, ...]

    def rules(self, item: RuleItem) -> Iterator[DecisionRule]:
        """One rule for each text of which something is said, or one for all."""
        whole, of_texts = _parted(item)
        if not of_texts:
            yield self._rule(item, whole, None, 1)
            return
        said: dict[str, RuleVersion] = {}
        for version in of_texts:
            assert version.text is not None
            if whole.ways and version.ways:
                notes = (Note(whole.ways[0].place, "said for all texts"),)
                self.clauses.slips.add(
                    "F620", version.ways[0].place, notes=notes, name=item.name.text, text=version.text.text
                )
            if self.clauses.words.text(version.text, self.clauses.home) is not None:
                said[version.text.text] = _under(whole, version)
        if whole.ways:
            said |= {text: whole for text in self.texts if text not in said}
        readings = sum(any(map(has_readings, version.formulas())) for version in item.versions)
        for text, version in said.items():
            yield self._rule(item, version, text, readings)

    def _rule(self, item: RuleItem, version: RuleVersion, text: str | None, readings: int) -> DecisionRule:
        clauses, words, home = self.clauses, self.clauses.words, self.clauses.home
        ident = f"{home.id}.{item.name.text}"
        clauses.reading = f"{ident}@{text}" if readings > 1 and text else ident
        clauses.title = item.title
        members = home.id
        if version.members is not None and version.members.text in home.roles:
            members = f"{home.id}.{version.members.text}"
        elif version.members is not None and version.members.text != "party":
            other = words.instrument(version.members)
            members = other.id if other is not None else home.id
        motion = Var(item.motion.text if item.motion is not None else "m", "Act")
        rule = DecisionRule(
            ident, words.actor(item.organ) or item.organ.text, members, motion, (),
            text if self.texts else None, item.title, item.place, seats=version.seats,
        )  # fmt: skip
        clauses.members = True
        try:
            return self._with_ways(rule, version)
        finally:
            clauses.members = False

    def _with_ways(self, rule: DecisionRule, version: RuleVersion) -> DecisionRule:
        """The rule with who stands apart, and with its ways."""
        first = next((a.member for a in (version.left_out, version.held_to) if a is not None), None)
        if first is not None:
            rule = replace(rule, member=Var(first.text, "State"))
        words = self.clauses.words.predicates
        left_out = self._apart(version.left_out, rule, _Meaning(rule, words))
        rule = replace(rule, left_out=left_out)
        held_to = self._apart(version.held_to, rule, _Meaning(rule, words))
        rule = replace(rule, held_to=held_to)
        meaning = _Meaning(rule, words)
        ways: list[Way] = []
        for line in version.ways:
            passes = meaning.of(self._test(line.passes, rule))
            written = line.quorum or version.quorum
            quorum = meaning.of(self._test(written, rule)) if written is not None else None
            place = line.place if line.by else passes.place
            ways.append(Way(line.by, passes, quorum, line.hours, place))
        return replace(rule, ways=tuple(ways))

    def _test(self, written: Written, rule: DecisionRule) -> Formula:
        """A formula over the motion."""
        head = {rule.motion.name: Use("Act", written.place, count=0)}
        body, opened = self.clauses.closed(self._spoken(written), {}, head)
        return apply(body, dict.fromkeys(opened.values(), rule.motion))

    def _apart(self, line: ApartLine | None, rule: DecisionRule, meaning: _Meaning) -> Formula | None:
        """A formula over a member and the motion."""
        if line is None:
            return None
        member, motion = line.member.text, rule.motion.name
        if member == motion:
            self.clauses.slips.add("F213", line.member.place, name=member)
            return None
        head = {
            member: Use("State", line.member.place, count=0),
            motion: Use("Act", line.member.place, count=0),
        }
        body, opened = self.clauses.closed(self._spoken(line.body), {}, head)
        known = {v: rule.member if name == member else rule.motion for name, v in opened.items()}
        return meaning.of(apply(body, known))

    def _spoken(self, written: Written) -> Written:
        """The formula with `present(p, m)` said as *it did not stay away*, where that is no word of the pages."""
        words = self.clauses.words.predicates
        if PRESENT in words or AWAY not in words:
            return written
        return _spoken(written)


def _parted(item: RuleItem) -> tuple[RuleVersion, list[RuleVersion]]:
    """What is said for all texts, and what is said for one each."""
    whole = next((version for version in item.versions if version.text is None), RuleVersion(None))
    return whole, [version for version in item.versions if version.text is not None]


def _under(whole: RuleVersion, version: RuleVersion) -> RuleVersion:
    """What holds under a text: what is said for it and, where it says nothing, what is said for all."""
    return replace(
        version,
        ways=version.ways or whole.ways,
        members=version.members or whole.members,
        seats=version.seats or whole.seats,
        left_out=version.left_out or whole.left_out,
        held_to=version.held_to or whole.held_to,
        quorum=version.quorum or whole.quorum,
    )


def _spoken(written: Written) -> Written:
    match written:
        case AtomF(predicate=Name(text="present")):
            away = Name(AWAY, written.predicate.place)
            return NotF(replace(written, predicate=away), written.place)
        case AndF(parts) | OrF(parts):
            return replace(written, parts=tuple(map(_spoken, parts)))
        case NotF(body) | NoF(body):
            return replace(written, body=_spoken(body))
        case QuantF(body=body, who=who):
            return replace(written, body=_spoken(body), who=None if who is None else _spoken(who))
        case ReadingF(readings):
            return replace(written, readings=tuple((name, by, _spoken(f)) for name, by, f in readings))
        case ByF(answers=answers):
            return replace(written, answers=tuple((name, _spoken(f)) for name, f in answers))
        case _:
            return written


@dataclass(frozen=True, slots=True)
class _Meaning:
    """Works what is said of the members into a formula of their rule; `words` are those of the pages."""

    rule: DecisionRule
    words: Container[str]

    def of(self, formula: Formula, among: frozenset[str] = frozenset()) -> Formula:
        """The formula with its meaning; `among` are variables that stand for members already."""
        match formula:
            case Atom(predicate="member", terms=(who,)):
                parts = self._member(who)
                return parts[0] if len(parts) == 1 else And(parts, formula.place)
            case Atom():
                return self._act(formula, among)
            case And(parts):
                return replace(formula, parts=tuple(self._parts(parts, among)))
            case Or(parts):
                return replace(formula, parts=tuple(self.of(part, among) for part in parts))
            case Not(body):
                return replace(formula, body=self.of(body, among))
            case Choose(answers=answers):
                return replace(formula, answers=tuple((name, self.of(f, among)) for name, f in answers))
            case AtLeast(var=var, body=body):
                within = among | {var.name} if _of_member(body, var) else among - {var.name}
                if formula.share is None or not isinstance(body, And):
                    return replace(formula, body=self.of(body, within))
                if counted := self._of_seats(formula, body, within):
                    return counted
                base, *rest = (self.of(part, within) for part in body.parts)
                return replace(formula, body=And((base, *rest), body.place))
            case _:
                return formula

    def _parts(self, parts: Iterable[Formula], among: frozenset[str]) -> Iterator[Formula]:
        """The parts of an `and`; those of a member stand among them."""
        for part in parts:
            if isinstance(part, Atom) and part.predicate == MEMBER:
                yield from self._member(part.terms[0])
            else:
                yield self.of(part, among)

    def _member(self, who: Term) -> tuple[Formula, ...]:
        member = self.rule.is_member(who)
        return (member,) if self.rule.left_out is None else (member, Not(self._said(self.rule.left_out, who)))

    def _of_seats(self, formula: AtLeast, body: And, among: frozenset[str]) -> Formula | None:
        """A part of the members is one of the seats, where the page says how many there are and nobody leaves."""
        base, *rest = body.parts
        whole = isinstance(base, Atom) and base.predicate == MEMBER
        if (
            not whole
            or self.rule.seats is None
            or self.rule.left_out is not None
            or formula.weight is not None
        ):
            return None
        assert formula.share is not None
        part = formula.share * self.rule.seats
        needed = floor(part) + 1 if formula.strict else ceil(part)
        counted = And(tuple(self._parts((base, *rest), among)), body.place)
        return AtLeast(needed, formula.var, counted, formula.place)

    def _said(self, apart: Formula, who: Term) -> Formula:
        return apply(apart, {self.rule.member: who})

    def _act(self, atom: Atom, among: frozenset[str]) -> Formula:
        """What a member said of the motion, if it is heard with it."""
        if atom.predicate not in HEARD or self.rule.motion not in atom.terms:
            return atom
        who = atom.terms[0]
        outside = self.rule.left_out is not None and not (isinstance(who, Var) and who.name in among)
        held = self.rule.held_to is not None and atom.predicate in (*SAYS, ABSTAINS)
        if not outside and not held:
            return atom
        if isinstance(who, Wild):
            who = Var(f"_{self.rule.member.name}", "State")
            named = replace(atom, terms=(who, *atom.terms[1:]))
            return Some(who, self._act(named, among), atom.place)
        parts: list[Formula] = [atom]
        if held and self.rule.held_to is not None:
            is_held = self._said(self.rule.held_to, who)
            if atom.predicate == ABSTAINS:
                away = Atom(AWAY, (who, self.rule.motion), None, atom.place)
                stays = (is_held, Not(away)) if AWAY in self.words else (is_held,)
                parts = [Or((atom, And(stays, atom.place)), atom.place)]
            else:
                parts.append(Not(is_held, atom.place))
        if outside and self.rule.left_out is not None:
            parts.append(Not(self._said(self.rule.left_out, who), atom.place))
        return parts[0] if len(parts) == 1 else And(tuple(parts), atom.place)


def _of_member(body: Formula, var: Var) -> bool:
    """Whether what is said of the variable is that it is a member, and more."""
    match body:
        case Atom(predicate="member", terms=(who,)):
            return who == var
        case And(parts):
            return any(_of_member(part, var) for part in parts)
        case _:
            return False


__all__ = ["Rules"]
