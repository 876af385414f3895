"""How a vote comes out under an organ's own rule: the page's formula, over a record of who did what.

The rule that a crisis is judged by is the rule that is asked here: the votes are written as a trial writes its record,
and one power stands for the question whether what was moved is adopted. What the rule leaves to a reading stays open,
and so does whatever else it waits for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Literal, get_args

from foedus.assessment.assess import assess
from foedus.assessment.case import Asked
from foedus.assessment.finding import Assessment, Finding
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.evidence.record import Dossier, Record
from foedus.ir.check import below
from foedus.ir.formula import AtLeast, Atom, Const, Defined, Formula, Var
from foedus.ir.norm import Bearer, DecisionRule, Define, Norm, Program
from foedus.lang.parse import parse_page
from foedus.lang.to_record import to_record
from foedus.terms.time import EDate

Status = Literal["for", "against", "abstained", "absent", "silent"]
"""What a member did. `silent`: it was there and said nothing, or nothing is known of it but that."""

MOTION = "motion"
WORDS: Mapping[Status, tuple[str, ...]] = {
    "for": ("vote({who}, motion)", "agrees({who}, motion)"),
    "against": ("objects({who}, motion)",),
    "abstained": ("abstained_on({who}, motion)",),
    "absent": ("stayed_away({who}, motion)",),
    "silent": (),
}
"""The acts that each status is, in the words of the pages. Who votes for something agrees to it."""


@dataclass(frozen=True)
class Ballot:
    """A vote as asked and as it comes out. `statuses` has every state that was named or is a member, in the order
    given; `members` are those whom the page has as members on the day (none, where it leaves them to the record), the
    `doubtful` among them those of whom its dates leave it open."""

    rule: DecisionRule
    on: date
    statuses: Mapping[str, Status]
    members: tuple[str, ...]
    doubtful: frozenset[str]
    assessment: Assessment

    @property
    def finding(self) -> Finding:
        """Whether it is adopted."""
        return self.assessment.findings[0]

    def those(self, status: Status) -> tuple[str, ...]:
        """Who did this."""
        return tuple(who for who, did in self.statuses.items() if did == status)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that the rule asks for. `did` of the status that counts, `needed` of them at least; where the rule
    says a share, `share` of the `of` members (`more`: more than it). Of whom it is uncertain whether they are members,
    each number is considered: `needed` and `of` are the least and the most."""

    status: Status
    did: tuple[int, int]
    needed: tuple[int, int]
    share: Fraction | None = None
    of: tuple[int, int] = (0, 0)
    more: bool = False

    @property
    def met(self) -> bool | None:
        """Whether as many did; None where that turns on who was a member."""
        if self.did[0] >= self.needed[1]:
            return True
        return False if self.did[1] < self.needed[0] else None


def thresholds(asked: Ballot) -> tuple[Threshold, ...]:
    """The numbers of votes that the rule asks for, in the order in which it has them."""
    found: list[Threshold] = []
    program = asked.assessment.program
    looked: list[Formula] = [asked.rule.passes] if asked.rule.passes is not None else []
    for formula in looked:  # which grows by the terms that it refers to
        for part in below(formula):
            if isinstance(part, Defined):
                looked += [d.body for d in program.defines if d.name == part.name and d.body not in looked]
            elif isinstance(part, AtLeast) and part.weight is None and not part.some:
                status = _counted(part.body)
                if status is not None:
                    found.append(_threshold(asked, part, status))
    return tuple(found)


def _threshold(asked: Ballot, part: AtLeast, status: Status) -> Threshold:
    if part.share is None:
        did = len(asked.those(status))
        return Threshold(status, (did, did), (part.k, part.k))
    sure = len(asked.members) - len(asked.doubtful)
    for_it = [member for member in asked.members if asked.statuses.get(member) == status]
    certain = sum(member not in asked.doubtful for member in for_it)
    of = sure, len(asked.members)
    least, most = (_part(part.share, base, part.strict) for base in of)
    return Threshold(status, (certain, len(for_it)), (least, most), part.share, of, part.strict)


def _part(share: Fraction, base: int, more: bool) -> int:
    return floor(share * base) + 1 if more else max(ceil(share * base), 1)


def _counted(body: Formula) -> Status | None:
    """What is counted, where it is one thing that members do."""
    acts = {part.predicate for part in below(body) if isinstance(part, Atom)} - {"party"}
    for status, words in WORDS.items():
        if len(acts) == 1 and acts <= {word.partition("(")[0] for word in words}:
            return status
    return None


def rules_named(program: Program, name: str) -> tuple[DecisionRule, ...]:
    """The rule that a name means, under each of its texts: `unsc.decide`, or a page with one rule, or an organ.

    Raises `Refused`: F690 for a name that no rule has, F691 for one that several have."""
    found: dict[str, list[DecisionRule]] = {}
    for rule in program.rules:
        if name in (rule.id, rule.id.partition(".")[0], rule.organ):
            found.setdefault(rule.id, []).append(rule)
    if not found:
        known = ", ".join(dict.fromkeys(rule.id for rule in program.rules))
        raise Refused(Problem("F690", whole(name), {"name": name, "known": known}))
    if len(found) > 1:
        raise Refused(Problem("F691", whole(name), {"name": name, "known": ", ".join(found)}))
    return tuple(next(iter(found.values())))


def ballot(
    program: Program,
    name: str,
    statuses: Mapping[str, Status],
    on: date,
    rest: Status | None = "silent",
    suppose: Mapping[str, str] | None = None,
) -> Ballot:
    """How a vote under a rule comes out. `rest` is what the members did who are not named (None: it is not known).

    Raises `Refused`: F690 and F691 for the rule's name, F692 for a rule of which the page has only words, F693 where
    nobody is said to have done anything."""
    versions = rules_named(program, name)
    owner = versions[0].id.partition(".")[0]
    text = _text_of(program, owner, on)
    rule = next((each for each in versions if each.text in (None, text)), versions[-1])
    if rule.passes is None:
        raise Refused(Problem("F692", whole(name), {"name": rule.id, "title": rule.title}))
    members, doubtful = members_of(program, rule, on)
    every: dict[str, Status] = dict(statuses)
    if rest is not None:
        every |= {member: rest for member in members if member not in every}
    if not any(did != "silent" for did in every.values()):
        raise Refused(Problem("F693", whole(name), {"name": rule.id}))
    adopted = f"{owner}.adopted"
    means = Define(adopted, None, (rule.motion,), rule.passes, rule.title, rule.place)
    asked = Norm(
        f"{owner}.adopt", owner, "power", None,
        Bearer(Var("o", "Organ"), name=rule.organ, names=(rule.organ,)),
        None, None, Defined(adopted, (Const(MOTION),)), None, (), title=rule.title, place=rule.place,
    )  # fmt: skip
    alone = replace(program, norms=(asked,), defines=(*program.defines, means), not_encoded=())
    day = EDate.of(on)
    record = _read(alone, _written(alone, rule.organ, every, day, rest is not None))
    dossier = Dossier("ballot", rule.title, record, on=day, period=day, instruments=(owner,))
    return Ballot(
        rule,
        on,
        every,
        members,
        doubtful,
        assess(dossier, alone, Asked(only=(asked.id,), suppose=suppose or {})),
    )


def members_of(program: Program, rule: DecisionRule, on: date) -> tuple[tuple[str, ...], frozenset[str]]:
    """Whom the pages have as members on the day, and of whom among them the dates leave it open."""
    owner, _, role = rule.members.partition(".")
    lives = program.instruments[owner].lives if owner in program.instruments else ()
    held = [
        life
        for life in lives
        if life.role == (role or "party")
        and life.start.first <= on
        and (life.until is None or on < life.until.last)
    ]
    sure = {
        life.state for life in held if life.start.last <= on and (life.until is None or on < life.until.first)
    }
    members = tuple(dict.fromkeys(life.state for life in held))
    return members, frozenset(members) - sure


def _text_of(program: Program, instrument: str, on: date) -> str | None:
    begun = [text for text in program.instruments[instrument].texts if text.start.first <= on]
    return begun[-1].id if begun else None


def _written(
    program: Program, organ: str, statuses: Mapping[str, Status], day: EDate, closed: bool
) -> Iterator[str]:
    """The lines of the record, as far as the pages know their words."""
    words = program.vocabulary.predicates
    yield f"fact {MOTION} announced(by: {organ}) on {day.text} established"
    acts = [(who, act) for who, did in statuses.items() for act in WORDS[did]]
    for n, (who, act) in enumerate(acts):
        if act.partition("(")[0] in words:
            yield f"fact b{n} {act.format(who=who)} on {day.text} established"
    if closed:
        for name in dict.fromkeys(act.partition("(")[0] for did in get_args(Status) for act in WORDS[did]):
            if name in words:
                yield f'complete for {name} by encoder "the vote is as it was given"'


def _read(program: Program, lines: Iterable[str]) -> Record:
    page, mistakes = parse_page(
        "ballot", "\n".join(("# ballot", "", "## Trial · ballot", "", "```record", *lines, "```", ""))
    )
    record, slips = to_record(page.trials[0].records, program)
    if mistakes or slips:
        raise Refused(*mistakes, *slips)
    return record
