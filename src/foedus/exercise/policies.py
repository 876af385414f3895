"""Simple policies, stated in words: what a delegation wants, given where the matter stands.

A policy is a function of the position, the seat, what it has done so far, and a choice that follows from the seed. It
wants one deed or none; whether the deed is in order is for the chair to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random

from foedus.council.candidates import Candidate
from foedus.council.deed import Deed, read
from foedus.council.fields import instant
from foedus.council.mandate import Mandate
from foedus.council.position import Position
from foedus.council.rules import Rules
from foedus.council.state import Ballot, Proposal
from foedus.exercise.scenario import Seat
from foedus.ir.decision import Status
from foedus.words.speech import marked

SOON = timedelta(hours=1)
BEFORE_THE_END = timedelta(hours=48)
"""So long before a mandate ends its extension is moved."""


@dataclass(frozen=True)
class View:
    """What somebody at the table sees. `did` are its own deeds so far."""

    rules: Rules
    position: Position
    seat: Seat
    did: tuple[Deed, ...]
    seed: str

    @property
    def choose(self) -> Random:
        """A choice that is the same whenever the same seed meets the same moment."""
        return Random(f"{self.seed} {self.seat.who} {len(self.did)} {instant(self.position.at)}")

    def may(self, kind: str) -> Iterator[Candidate]:
        """The deeds of a kind that it may do now."""
        return (
            each for each in self.position.allowed if each.deed.by == self.seat.who and each.deed.kind == kind
        )

    def acts(self, predicate: str) -> Iterator[Candidate]:
        """The steps that it may take by which such an act is done."""
        for each in self.may("step"):
            act = self.rules.steps[each.deed.step].act
            if act is not None and act.predicate == predicate:
                yield each

    def new_stage(self, each: Candidate) -> bool:
        """Whether a step would bring its own track to another stage."""
        step = self.rules.steps[each.deed.step]
        move = step.moves[0] if step.moves else None
        if move is None:
            return False
        whose = "" if move.of is None else f" of {self.seat.who}"
        return self.position.stages.get(f"{move.track}{whose}") != move.target

    def filled(self, deed: Deed) -> Deed:
        """The step with what its seat has to name in it."""
        every = {
            name: value
            for name, value in self.seat.terms.items()
            if name in next(each.to_name for each in self.may("step") if each.deed == deed)
        }
        return replace(deed, terms={**deed.terms, **every})

    def votable(self) -> Iterator[tuple[Ballot, bool, bool]]:
        """The open ballots on which it has not spoken: whether it may vote, and whether it may object."""
        votes = {each.deed.ballot for each in self.may("vote")}
        objects = {each.deed.ballot for each in self.may("object")}
        for ballot in self.position.ballots:
            if self.seat.who not in ballot.said and ballot.id in votes | objects:
                yield ballot, ballot.id in votes, ballot.id in objects

    def proposal(self, ballot: Ballot) -> Proposal | None:
        """What a ballot is about, as it stands."""
        return next((each for each in self.position.proposals if each.id == ballot.proposal), None)


Policy = Callable[[View], Deed | None]


@dataclass(frozen=True, slots=True)
class Named:
    """A policy with its description. `never` are the acts that it keeps its delegation from, whatever else it wants."""

    wants: Policy
    words: str
    never: frozenset[str] = field(default_factory=frozenset[str])


# ---- in a vote ----


def _says(view: View, status: Status) -> Deed | None:
    who, at = view.seat.who, view.position.at
    for ballot, vote, object_ in view.votable():
        if vote:
            return Deed("vote", who, at, ballot=ballot.id, status=status)
        if object_ and status == "against":
            return Deed("object", who, at, ballot=ballot.id)
    return None


def _supports(view: View) -> Deed | None:
    return _says(view, "for")


def _abstains(view: View) -> Deed | None:
    return _says(view, "abstained")


def _opposes(view: View) -> Deed | None:
    return _says(view, "against")


def _votes_against(view: View) -> Deed | None:
    found = _says(view, "against")
    return found if found is not None and found.kind == "vote" else None


def _wants_an_end(view: View) -> Deed | None:
    endless = {
        ballot.id
        for ballot, _, _ in view.votable()
        if (moved := view.proposal(ballot)) is not None
        and moved.mandate is not None
        and moved.mandate.until is None
        and not moved.hours
        and not moved.amends
    }
    found = _says(view, "against")
    return found if found is not None and found.ballot in endless else None


def _keeps_ceiling(view: View) -> Deed | None:
    larger = {ballot.id for ballot, _, _ in view.votable() if _raises(view, view.proposal(ballot))}
    found = _says(view, "against")
    return found if found is not None and found.ballot in larger else None


def _raises(view: View, moved: Proposal | None) -> bool:
    """Whether an amendment would let more be sent."""
    if moved is None or moved.mandate is None or moved.mandate.ceiling is None:
        return False
    before = next((each.mandate for each in view.position.proposals if each.id == moved.amends), None)
    return before is not None and before.ceiling is not None and moved.mandate.ceiling > before.ceiling


def _breaks(view: View) -> Deed | None:
    for ballot, vote, object_ in view.votable():
        moved = view.proposal(ballot)
        sends = moved is not None and view.rules.steps[moved.step].mandate in ("gives", "extends")
        if object_ and not vote and sends and moved is not None and not moved.amends:
            return Deed("object", view.seat.who, view.position.at, ballot=ballot.id)
    return None


def _follows(view: View) -> Deed | None:
    for ballot, vote, object_ in view.votable():
        said = ballot.said.get(view.seat.follows)
        if said is not None and vote:
            return Deed("vote", view.seat.who, view.position.at, ballot=ballot.id, status=said)
        if said == "against" and object_:
            return Deed("object", view.seat.who, view.position.at, ballot=ballot.id)
    return None


def _undecided(view: View) -> Deed | None:
    said: Status = view.choose.choice(("for", "against", "abstained"))
    return _says(view, said)


def _silent(view: View) -> Deed | None:
    del view
    return None


# ---- steps ----


def _step(predicate: str) -> Policy:
    def wants(view: View) -> Deed | None:
        found = next((each for each in view.acts(predicate) if view.new_stage(each)), None)
        return None if found is None else view.filled(found.deed)

    return wants


def _sends(view: View) -> Deed | None:
    seat = view.seat
    found = next((each for each in view.acts("deployed") if view.new_stage(each)), None)
    if found is None:
        return None
    return replace(view.filled(found.deed), number=seat.sends, task=seat.task, where=seat.place)


def _goes_home(view: View) -> Deed | None:
    asked = any(late.kind == "departure" and late.what == view.seat.who for late in view.position.late)
    found = next(view.acts("left"), None)
    return found.deed if asked and found is not None else None


def _proposes(view: View) -> Deed | None:
    open_now = {each.deed.step for each in view.may("propose")}
    for draft in view.seat.drafts:
        if not draft.amends and draft.step in open_now:
            deed = read(
                {**draft.body, "kind": "propose", "by": view.seat.who, "at": instant(view.position.at)}
            )
            if not any(_same(deed, done) for done in view.did):
                return deed
    return None


def _amends(view: View) -> Deed | None:
    open_now = {each.deed.proposal for each in view.may("amend")}
    for moved in view.position.proposals:
        for draft in view.seat.drafts:
            if draft.amends and draft.step == moved.step and not moved.amends and moved.id in open_now:
                deed = read(
                    {
                        **draft.body,
                        "kind": "amend",
                        "by": view.seat.who,
                        "at": instant(view.position.at),
                        "proposal": moved.id,
                    }
                )
                if not any(_same(deed, done) for done in view.did):
                    return deed
    return None


def _same(one: Deed, other: Deed) -> bool:
    return replace(one, at=other.at) == other


def _extends(view: View) -> Deed | None:
    ends = [each.at for each in view.position.deadlines if each.kind == "mandate" and each.at is not None]
    if not ends or ends[0] - view.position.at > BEFORE_THE_END:
        return None
    moved = {each.step for each in view.position.proposals}
    for each in view.may("propose"):
        step = view.rules.steps[each.deed.step]
        if step.mandate == "extends" and step.name not in moved:
            return replace(each.deed, mandate=Mandate(until=ends[0] + timedelta(hours=view.seat.longer)))
    return None


def _reports(view: View) -> Deed | None:
    due = {
        each.what
        for each in view.position.deadlines
        if each.kind == "report" and each.at is not None and each.at - view.position.at <= SOON
    }
    return next((each.deed for each in view.may("report") if each.deed.where in due), None)


# ---- offices ----


def _presides(view: View) -> Deed | None:
    at = view.position.at
    for about in view.position.waiting:
        answer = next(
            (said for said_of, said in view.seat.rulings.items() if _is_about(said_of, about)), None
        )
        if answer is not None:
            return Deed("rule", view.seat.who, at, about=about, answer=answer, text=view.seat.title)
    for each in view.may("close"):
        return each.deed
    opened = [
        each.deed
        for each in view.may("open")
        if each.deed.proposal == view.position.first and not each.deed.part
    ]
    if opened:
        deed = max(opened, key=lambda each: each.way or 0)
        least = timedelta(0) if deed.until is None else deed.until - at
        hours = timedelta(hours=view.seat.ballot) if deed.until is None else SOON
        return replace(deed, until=at + least + hours)
    return _files(view)


def _is_about(said: str, about: str) -> bool:
    """Whether a ruling of the scenario's is one on this. `_` is any act: how it is called is not known beforehand."""
    return re.fullmatch(r"[a-z0-9_]+".join(map(re.escape, re.split(r"\b_\b", said))), about) is not None


def _files(view: View) -> Deed | None:
    found = next((each for each in view.may("step") if view.new_stage(each)), None)
    return None if found is None else view.filled(found.deed)


POLICIES: Mapping[str, Named] = {
    "abstains": Named(_abstains, marked("Abstains whenever it is asked to vote.")),
    "amends": Named(_amends, marked("Moves the amendments that its delegation has ready, each once.")),
    "asks for help": Named(_step("request"), marked("Asks the council for help as soon as it may.")),
    "authorises": Named(_step("authorised"), marked("Authorises its own part as soon as it may.")),
    "breaks the silence": Named(
        _breaks, marked("Objects where silence would send a force or keep it longer; to amendments it does not.")
    ),
    "extends": Named(
        _extends, marked("Moves to prolong a mandate when less than two days of it are left, each time anew.")
    ),
    "files": Named(_files, marked("Takes every step of its own that leads to another stage.")),
    "follows": Named(_follows, marked("Waits for another delegation and then says what that one said.")),
    "goes home": Named(_goes_home, marked("Withdraws its forces when the mandate under which they came is over.")),
    "keeps the ceiling": Named(
        _keeps_ceiling, marked("Objects to every amendment by which more could be sent; of others it says nothing.")
    ),
    "notifies": Named(
        _step("notified"), marked("Tells the Security Council of a decision as soon as there is one.")
    ),
    "opposes": Named(_opposes, marked("Votes against whatever is put to the vote, and objects to it.")),
    "presides": Named(
        _presides,
        marked("As chair: rules on what the scenario has an answer for, puts proposals in their order, closes votes."),
    ),
    "proposes": Named(_proposes, marked("Moves the proposals that its delegation has ready, each once.")),
    "refuses authorisation": Named(
        _step("declined"),
        marked("Refuses its own part where the page has a step for that; it never authorises or sends anything."),
        frozenset({"authorised", "deployed"}),
    ),
    "reports": Named(_reports, marked("Reports on each region within the hour before a report is due.")),
    "says nothing": Named(_silent, marked("Says nothing and does nothing.")),
    "sends": Named(_sends, marked("Sends its contingent, as large as the scenario says, as soon as it may.")),
    "supports": Named(_supports, marked("Votes for whatever is put to the vote; under silence it says nothing.")),
    "undecided": Named(_undecided, marked("Votes for, against or abstains, as the seed has it.")),
    "votes against": Named(
        _votes_against, marked("Votes against whatever is put to the vote; under silence it says nothing.")
    ),
    "wants an end": Named(
        _wants_an_end, marked("Objects to every mandate that has no end; of others it says nothing.")
    ),
}  # fmt: skip
"""By name, as a scenario has them."""


def wanted(view: View) -> Deed | None:
    """What a seat wants: the first of its policies that wants something which none of them forbids."""
    never = frozenset[str]().union(*(POLICIES[name].never for name in view.seat.policies))
    for name in view.seat.policies:
        deed = POLICIES[name].wants(view)
        if deed is None:
            continue
        step = view.rules.steps.get(deed.step) if deed.kind == "step" else None
        if step is None or step.act is None or step.act.predicate not in never:
            return deed
    return None
