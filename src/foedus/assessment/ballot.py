"""How a vote comes out under an organ's own rule, found twice.

The council's `outcome` reads the rule over what each member did, with every test counted. The engine reads the same
formula over a record of the votes, as it does in a crisis: one power stands for the question whether what was moved is
adopted, and what the rule leaves to a reading stays open. A definite answer of the one that contradicts the other is a
mistake in Foedus, and is told as that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias

from foedus.assessment.assess import assess
from foedus.assessment.case import Asked
from foedus.assessment.finding import Assessment, Finding
from foedus.assessment.seats import SEAT, formulas_of, named_in
from foedus.council.electorate import AWAY, MOTION, members_of, with_supposed
from foedus.council.outcome import Outcome, of_sitting
from foedus.council.sitting import Sitting
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.evidence.record import Dossier, Record
from foedus.ir.check import below
from foedus.ir.decision import ACTS, DecisionRule, Status, Weighting
from foedus.ir.formula import AtLeast, Const, Defined, Var
from foedus.ir.norm import Bearer, Define, Life, Norm, Program
from foedus.lang.parse import parse_page
from foedus.lang.to_record import to_record
from foedus.terms.time import EDate
from foedus.words.speech import phrase

Came: TypeAlias = Literal["adopted", "not adopted", "void", "depends", "cannot be determined", "not in force"]
"""How a vote came out; *depends* where it hangs on something open."""
Weights: TypeAlias = Mapping[str, Mapping[str, Fraction]]
"""By the id of a weighting, what each state weighs."""

SETTLED: Mapping[str, Came] = {
    "yes": "adopted", "no": "not adopted", "depends": "depends", "unread": "cannot be determined",
    "not in force": "not in force",
}  # fmt: skip
UNNAMED = 20
"""How many members that nobody names are considered at most, where the page does not say how many there are."""


@dataclass(frozen=True)
class Ballot:
    """A vote as asked and as it comes out. `statuses` has every state that was named or is a member, in the order
    given; `members` are those whom the page has as members on the day (none, where it leaves them to the record), the
    `doubtful` among them those of whom its dates leave it open."""

    on: date
    statuses: Mapping[str, Status]
    members: tuple[str, ...]
    doubtful: frozenset[str]
    outcome: Outcome
    assessment: Assessment

    @property
    def rule(self) -> DecisionRule:
        """The rule, under the text of the day."""
        return self.outcome.rule

    @property
    def finding(self) -> Finding:
        """Whether it is adopted, as the engine finds."""
        return self.assessment.findings[0]

    @property
    def came(self) -> Came:
        """How it came out."""
        found = SETTLED[self.finding.granting.settled]
        if found in ("not in force", "cannot be determined") or self.outcome.word == "pending":
            return found
        return self.outcome.word

    @property
    def contradicted(self) -> bool:
        """Whether the two readers of the rule say the opposite. Of a vote in which nobody has a part the engine knows
        only what the formula says of nobody."""
        found, word = SETTLED[self.finding.granting.settled], self.outcome.word
        if not self.outcome.electorate or word == "pending":
            return False
        return found in ("adopted", "not adopted") and (found == "adopted") != (word == "adopted")

    def those(self, status: Status) -> tuple[str, ...]:
        """Who did this."""
        return tuple(who for who, did in self.statuses.items() if did == status)


def rules_named(program: Program, name: str) -> tuple[DecisionRule, ...]:
    """The rule that a name means, under each of its texts: `unsc.decide`, or a page, or an organ. Of several rules of
    one organ it is the first, by which its decisions are judged in a crisis too.

    Raises `Refused`: F690 for a name that no rule has, F691 for a page that has rules of several organs."""
    found: dict[str, list[DecisionRule]] = {}
    for rule in program.rules:
        if name in (rule.id, rule.id.partition(".")[0], rule.organ):
            found.setdefault(rule.id, []).append(rule)
    if not found:
        known = ", ".join(dict.fromkeys(rule.id for rule in program.rules))
        raise Refused(Problem("F690", whole(name), {"name": name, "known": known}))
    if len({rule.organ for rules in found.values() for rule in rules}) > 1:
        raise Refused(Problem("F691", whole(name), {"name": name, "known": ", ".join(found)}))
    return tuple(next(iter(found.values())))


def rule_on(program: Program, name: str, on: date) -> DecisionRule:
    """The rule that a name means, under the text of the day.

    Raises `Refused`: F690 and F691 for the name, F692 for a rule of which the page has only words, F699 where what it
    stands in was not in force."""
    versions = rules_named(program, name)
    owner = versions[0].id.partition(".")[0]
    instrument = program.instruments[owner]
    begun, ended = instrument.in_force, instrument.ended
    why = None
    if begun is not None and on < begun.first:
        why = phrase("it has been in force since {day}", day=begun.text)
    elif ended is not None and ended.last <= on:
        why = phrase("what it stands in ended on {day}", day=ended.text)
    if why is not None:
        values = {"name": versions[0].id, "day": on.isoformat(), "why": why}
        raise Refused(Problem("F699", whole(name), values))
    text = _text_of(program, owner, on)
    rule = next((each for each in versions if each.text in (None, text)), versions[-1])
    if not rule.ways:
        raise Refused(Problem("F692", whole(name), {"name": rule.id, "title": rule.title}))
    return rule


def ballot(
    program: Program,
    name: str,
    statuses: Mapping[str, Status],
    on: date,
    rest: Status | None = "silent",
    suppose: Mapping[str, str] | None = None,
    *,
    left_out: Collection[str] | None = None,
    held: Collection[str] | None = None,
    weights: Weights | None = None,
) -> Ballot:
    """How a vote under a rule comes out. `rest` is what the members did who are not named (None: it is not known);
    `left_out` and `held` are those who have no part in it, or are counted as abstaining, and nobody else is; None
    leaves that to the rule and to what is supposed. `weights` go before those of the page, by the weighting's id.

    Raises `Refused`: F690, F691, F692 and F699 for the rule, F641 for somebody who is no member, F642 for a member
    without a weight, F693 where nobody is said to have done anything, F697 where the two readers disagree."""
    rule = rule_on(program, name, on)
    members, doubtful = members_of(program, rule, on)
    every: dict[str, Status] = dict(statuses)
    for who in (*every, *(left_out or ()), *(held or ())):
        if members and who not in members:
            known = ", ".join(members)
            raise Refused(
                Problem(
                    "F641", whole(name), {"name": who, "rule": rule.id, "day": on.isoformat(), "known": known}
                )
            )
    if rest is not None:
        every |= {member: rest for member in members if member not in every}
    if not any(did != "silent" for did in every.values()):
        raise Refused(Problem("F693", whole(name), {"name": rule.id}))
    sitting = Sitting(
        rule, weighed(program, weights or {}), members or _seated(program, rule, on, every, rest is None), doubtful,
        None if left_out is None else frozenset(left_out), None if held is None else frozenset(held), on=on,
    )  # fmt: skip
    check_weights(sitting)
    assessment = _by_engine(sitting, every, on, rest is not None, suppose or {})
    if not assessment.findings:
        values = {"name": rule.id, "day": on.isoformat(), "why": phrase("its text was not in force")}
        raise Refused(Problem("F699", whole(name), values))
    outcome = of_sitting(_as_supposed(sitting, assessment.supposed), every)
    found = Ballot(on, every, members, doubtful, outcome, assessment)
    if found.contradicted:
        values = {"name": rule.id, "one": outcome.word, "other": SETTLED[found.finding.granting.settled]}
        raise Refused(Problem("F697", whole(name), values))
    return found


def weighed(program: Program, weights: Weights) -> Program:
    """The program with these weights before those of its pages."""
    known = dict(program.weightings)
    for name, values in weights.items():
        before = known.get(name, Weighting(name))
        known[name] = replace(before, values={**before.values, **values})
    return replace(program, weightings=known)


def check_weights(sitting: Sitting) -> None:
    """Refuses (F642) a rule that weighs somebody of whom nobody says what he weighs."""
    voted = sitting.voted({})
    for weighting in dict.fromkeys(
        part.weight for part in _counts(sitting.program, sitting.rule) if part.weight
    ):
        lacking = [
            who
            for who in voted.everybody
            if who not in voted.left_out and voted.weight(weighting, who) is None
        ]
        if lacking:
            owner, _, short = weighting.partition(".")
            values = {"rule": sitting.rule.id, "name": short or owner, "who": ", ".join(lacking)}
            raise Refused(Problem("F642", whole(sitting.rule.id), values))


def weightings_of(program: Program, rule: DecisionRule) -> tuple[str, ...]:
    """The weightings by which a rule weighs its members."""
    return tuple(dict.fromkeys(part.weight for part in _counts(program, rule) if part.weight is not None))


def _counts(program: Program, rule: DecisionRule) -> Iterator[AtLeast]:
    return (part for each in formulas_of(program, rule) for part in below(each) if isinstance(part, AtLeast))


def _seated(
    program: Program, rule: DecisionRule, on: date, named: Iterable[str], others: bool
) -> tuple[str, ...]:
    """Who sits where no page says who the members are: those who are said to have done something. If what others did
    is not known, those too whom the rule itself names, and as many more as there are seats, or as a count can need."""
    sat = tuple(named)
    if not others:
        return sat
    sat = tuple(dict.fromkeys((*sat, *named_in(program, rule, on))))
    most = max((part.k for part in _counts(program, rule) if part.share is None), default=1)
    seats = rule.seats if rule.seats is not None else len(sat) + min(most, UNNAMED)
    return (*sat, *(SEAT.format(n=n) for n in range(len(sat) + 1, seats + 1)))


def _as_supposed(sitting: Sitting, supposed: Mapping[str, str]) -> Sitting:
    """The sitting with what the engine was asked to suppose."""
    questions = sitting.program.questions
    answers = {name: value for name, value in supposed.items() if name in questions}
    told = {name: value == "yes" for name, value in supposed.items() if value in ("yes", "no")}
    owner, _, role = sitting.rule.members.partition(".")
    known = {who: told.get(f"{role or 'party'}({who}, {owner}) on {sitting.on}") for who in sitting.doubtful}
    return replace(
        sitting,
        answers=answers,
        told=told,
        members=tuple(who for who in sitting.members if known.get(who) is not False),
        doubtful=frozenset(who for who, held in known.items() if held is None),
    )


# ---- by the engine ----


def _by_engine(
    sitting: Sitting, every: Mapping[str, Status], on: date, closed: bool, suppose: Mapping[str, str]
) -> Assessment:
    """The same vote as a record, assessed."""
    rule, owner, program = sitting.rule, sitting.owner, _with_members(sitting)
    plain = replace(
        rule,
        ways=tuple(
            replace(
                w,
                passes=with_supposed(w.passes, sitting.supposed),
                quorum=w.quorum and with_supposed(w.quorum, sitting.supposed),
            )
            for w in rule.ways
        ),
        left_out=rule.left_out and with_supposed(rule.left_out, sitting.supposed),
        held_to=rule.held_to and with_supposed(rule.held_to, sitting.supposed),
    )
    assert plain.passes is not None  # as `rule_on` has seen to
    adopted = f"{owner}.adopted"
    means = Define(adopted, None, (rule.motion,), plain.passes, rule.title, rule.place)
    asked = Norm(
        f"{owner}.adopt", owner, "power", None,
        Bearer(Var("o", "Organ"), name=rule.organ, names=(rule.organ,)),
        None, None, Defined(adopted, (Const(MOTION),)), None, (), title=rule.title, place=rule.place,
    )  # fmt: skip
    alone = replace(program, norms=(asked,), defines=(*program.defines, means), not_encoded=())
    day = EDate.of(on)
    counted = sitting.voted(every)
    did: dict[str, Status] = {
        who: status
        for who, status in counted.statuses.items()
        if who not in counted.left_out or AWAY.issuperset(ACTS[status])
    }
    record = _read(alone, _written(alone, rule.organ, did, day, closed))
    dossier = Dossier("ballot", rule.title, record, on=day, period=day, instruments=(owner,))
    return assess(dossier, alone, Asked(only=(asked.id,), suppose=suppose))


def _with_members(sitting: Sitting) -> Program:
    """The program in which those are members who sit here, where no page says so, and nobody is who is left out."""
    owner, _, role = sitting.rule.members.partition(".")
    instrument = sitting.program.instruments[owner]
    held = role or "party"
    lives = [
        life for life in instrument.lives if life.role != held or life.state not in (sitting.left_out or ())
    ]
    known, _ = members_of(sitting.program, sitting.rule, sitting.on or date.min)
    lives += [
        Life(owner, who, held, EDate.of(sitting.on or date.min), None)
        for who in sitting.members
        if who not in known and who not in (sitting.left_out or ())
    ]
    instruments = {**sitting.program.instruments, owner: replace(instrument, lives=tuple(lives))}
    return replace(sitting.program, instruments=instruments)


def _text_of(program: Program, instrument: str, on: date) -> str | None:
    begun = [text for text in program.instruments[instrument].texts if text.start.first <= on]
    return begun[-1].id if begun else None


def _written(
    program: Program, organ: str, statuses: Mapping[str, Status], day: EDate, closed: bool
) -> Iterator[str]:
    """The lines of the record, as far as the pages know their words."""
    words = program.vocabulary.predicates
    yield f"fact {MOTION} announced(by: {organ}) on {day.text} established"
    acts = [(who, word) for who, status in statuses.items() for word in ACTS[status]]
    for n, (who, word) in enumerate(acts):
        if word in words:
            yield f"fact b{n} {word}({who}, {MOTION}) on {day.text} established"
    if closed:
        for word in dict.fromkeys(word for each in ACTS.values() for word in each):
            if word in words:
                yield f'complete for {word} by encoder "the vote is as it was given"'


def _read(program: Program, lines: Iterable[str]) -> Record:
    page, mistakes = parse_page(
        "ballot", "\n".join(("# ballot", "", "## Trial · ballot", "", "```record", *lines, "```", ""))
    )
    record, slips = to_record(page.trials[0].records, program)
    if mistakes or slips:
        raise Refused(*mistakes, *slips)
    return record
