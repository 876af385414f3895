"""The minutes of a session as a dossier: what was done at the table, in the words in which a crisis is recorded.

One table says what each kind of deed leaves on the record (`LEAVES`), and it is total. The acts are established by the
session's own record, which is the authentic instrument for them, and the dossier is complete for the words in which a
council acts: what is not in it was not done here. An assessment of the export is then the council's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Literal, TypeAlias

from foedus.council.deed import Kind
from foedus.council.reading import named
from foedus.council.rules import Rules
from foedus.council.state import Ballot, Noted, State
from foedus.council.steps import NAME
from foedus.ir.decision import ACTS
from foedus.words.speech import say

Leaves: TypeAlias = Literal["act", "votes", "finding", ""]

LEAVES: Mapping[Kind, Leaves] = {
    "step": "act",  # the act by which the step is performed
    "propose": "",  # a proposal is nothing outside the room until it is decided
    "withdraw": "", "amend": "", "open": "",
    "vote": "", "object": "",  # what counts is what a member had said last, at the close
    "extend": "",
    "close": "votes",  # what each member did about the motion; if it was adopted, the act as well
    "rule": "finding",  # a fact or a judgement, as the chair answered it; or a reading that the organ holds
    "report": "", "seat": "", "unseat": "", "correct": "", "tick": "",
}  # fmt: skip
"""What a deed of each kind leaves on the record of a crisis. All of it is in the record of the session."""

RECORD = "record"
"""The source of all that the minutes say."""


def facts_of(rules: Rules, state: State) -> tuple[Noted, ...]:
    """All facts of the session: what was known before, acts, votes, what the chair found, in the order of the deeds. A
    motion that was not adopted is known by its ballot, as words of whoever proposed it."""
    found = [noted for each in state.noted.values() for noted in each]
    found += [_motion(rules, state, ballot) for ballot in state.ballots.values() if _stands_alone(ballot)]
    found += list(_ruled(rules, state))
    found += list(_regular(state))
    return (*rules.known, *sorted(found, key=lambda noted: (noted.deed or 0, noted.id)))


def _stands_alone(ballot: Ballot) -> bool:
    """Whether members acted about a ballot under its own name: nothing came of it that has one."""
    return ballot.motion == ballot.id and any(ACTS[status] for status in ballot.said.values())


def _motion(rules: Rules, state: State, ballot: Ballot) -> Noted:
    proposal = state.proposals[ballot.proposal]
    by = proposal.by if proposal.by not in rules.offices else rules.procedure.organ
    return Noted(ballot.id, "said", (by,), True, ballot.opened, proposal.deed, proposal.text)


def _regular(state: State) -> Iterator[Noted]:
    """That what was adopted was regularly decided, as the organ holds: where nobody said a word, no vote tells it."""
    for ballot in state.ballots.values():
        if ballot.motion not in ("", ballot.id):
            deed = state.noted_as(ballot.motion)
            yield Noted(f"{ballot.motion}_regular", "regular", (ballot.motion,), True, None, deed)


def _ruled(rules: Rules, state: State) -> Iterator[Noted]:
    """What the chair answered of facts: the reading of a question is told apart (`readings`)."""
    for about, ruling in state.rulings.items():
        predicate, _, rest = about.removeprefix("some ").partition("(")
        known = rules.program.vocabulary.predicates.get(predicate)
        if known is None or not rest.endswith(")"):
            continue
        args = tuple(None if arg == "_" else arg for arg in rest[:-1].split(", "))
        if len(args) == len(known.roles):
            name = f"ruling_{ruling.deed}"
            yield Noted(name, predicate, args, ruling.answer == "yes", None, ruling.deed, ruling.why)


def readings(rules: Rules, state: State) -> tuple[tuple[str, str], ...]:
    """The questions that the room has answered, with the answers."""
    asked = rules.program.questions
    found = {**rules.answers, **{about: ruling.answer for about, ruling in state.rulings.items()}}
    return tuple((question, answer) for question, answer in found.items() if question in asked)


def closed(rules: Rules) -> tuple[str, ...]:
    """The predicates of which the record of a session is complete: acts of its steps, and acts about a motion."""
    words = rules.program.vocabulary.predicates
    acts = [step.act.predicate for step in rules.procedure.steps if step.act is not None]
    acts += [word for each in ACTS.values() for word in each]
    return tuple(word for word in dict.fromkeys(acts) if word in words and word != "said")


def minutes(rules: Rules, state: State, name: str, title: str) -> str:
    """The page of a dossier, in the language of pages. `name` is a name of the language; what the pages have no word
    for is told in a comment."""
    organ, words = rules.procedure.organ, rules.program.vocabulary.predicates
    days = [_day(each.at) for noted in state.noted.values() for each in noted if each.at is not None]
    day = rules.on.isoformat() if state.at is None else _day(state.at)
    since = min(days, default=day)
    lines = [
        f"# {_plain(title)}", "", say("The minutes of a session, as its record has them."), "", "```record",
        f'dossier {name} "{_plain(title)}"', f"  period {since}/{day}", f"  on {day}",
        f"  assess {rules.instrument}", f'source {RECORD} "{say("Record of the session")}"', f"  by {organ}",
        f"  date {day}", f'  read "{say("whole")}"', "```", "", f"## {say('What was done')}", "", "```record",
    ]  # fmt: skip
    facts = facts_of(rules, state)
    there = {noted.id for noted in facts}
    for noted in facts:
        if noted.predicate in words and NAME.fullmatch(noted.id) and _named_there(rules, noted, there):
            lines += _fact(rules, noted, organ)
        else:
            lines.append(f"-- {named(noted.predicate, noted.args)}")
    for predicate in closed(rules):
        why = say("the record of the session has all that was done there")
        lines.append(f'complete for {predicate} on {since}/{day} by encoder "{why}"')
    lines += [f'held {q} "{a}" by {organ} [{RECORD}]' for q, a in readings(rules, state)]
    for each in state.corrections:
        lines.append(f"-- {say('To entry {entry}: {text}', entry=each.entry, text=_plain(each.text))}")
    return "\n".join((*lines, "```", ""))


def _named_there(rules: Rules, noted: Noted, there: set[str]) -> bool:
    """Whether the acts and incidents that a fact is about are on the record: what is known may be of an act to come."""
    roles = rules.program.vocabulary.predicates[noted.predicate].roles
    return all(
        arg is None or arg in there
        for role, arg in zip(roles, noted.args, strict=True)
        if role.sort in ("Individual", "Incident", "Act")
    )


def _fact(rules: Rules, noted: Noted, organ: str) -> Iterator[str]:
    known = rules.program.vocabulary.predicates[noted.predicate]
    roles = ", ".join(
        f"{role.name}: {arg}" for role, arg in zip(known.roles, noted.args, strict=True) if arg is not None
    )
    when = f" on {_day(noted.at)}" if noted.at is not None else ""
    title = f' "{_plain(noted.title)}"' if noted.title.strip() and known.individual else ""
    yield f"fact {noted.id} {noted.predicate}({roles}){when}{title}"
    verb = "asserts" if noted.truth else "denies"
    # The record is the instrument of what was done in the room, and of nothing that was known before or is found there.
    authentic = " authentic" if noted.deed is not None and known.kind in ("act", "speech") else ""
    yield f"  {verb} {organ} [{RECORD}]{authentic}"


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"


def _plain(text: str) -> str:
    """Words that stand between quotation marks, on one line."""
    return " ".join(text.replace('"', "”").replace("`", "’").split())
