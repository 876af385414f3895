"""What is open to somebody now, in a few links, for whoever sits here for the first time; and what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from foedus.council.deed import Kind
from foedus.web.look import Look
from foedus.web.parts.conduct import forms_of as acts_of
from foedus.web.parts.doing import form_id, summary
from foedus.web.parts.naming import Naming
from foedus.words.speech import marked_in, say, say_in

FORWARD: tuple[Kind, ...] = ("step", "propose", "report")
"""Deeds by which a matter goes on; votes, what is put to the vote and what is closed have places of their own."""
MEETS = ("chair-meet-open", "chair-meet-resume")
"""Without which nothing is debated: forms of the conduct of a meeting."""

WAITS: Mapping[str, str] = {
    "not opened": marked_in("what comes next", "The chair opens the meeting."),
    "suspended": marked_in("what comes next", "The meeting is suspended: the chair resumes it."),
    "adjourned": marked_in("what comes next", "The meeting is adjourned."),
}


def offers(look: Look) -> Iterator[tuple[str, str]]:
    """Where on the page it is done, and what it is. What does not move anything on comes in the panels below."""
    if look.room.ended:
        return
    for form in acts_of(look):
        if form.id.startswith(tuple(f"do-{each}-" for each in MEETS)):
            yield form.id, form.title
    names, found = Naming.of(look), dict[str, str]()
    for each in look.position.allowed:
        if each.deed.kind in FORWARD and look.may(each.deed.kind, each.deed.by):
            found[form_id(each.deed)] = summary(look, names, each.deed)
    yield from ((f"{name}-do", words) for name, words in found.items())


def next_ones(look: Look) -> Sequence[str]:
    """What the matter waits for, and from whom: the same for everybody, and nothing that tells of a vote."""
    if look.room.ended:
        return [say("The session is over. The page Review is open to all.")]
    sitting = look.debate.sitting
    first = [] if sitting == "open" else [say_in("what comes next", WAITS[sitting])]
    names = Naming.of(look)
    running = [each for each in look.state.ballots.values() if each.came is None]
    if running:
        return [*first, *(_heard(names, each.id, names.way(each)) for each in running)]
    steps: dict[tuple[Kind, str], dict[str, None]] = {}
    every = (*look.rules.states(look.now.date()), *look.rules.offices)
    found = look.room.position(every).allowed
    put = dict.fromkeys(each.deed.proposal for each in found if each.deed.kind == "open")
    on = {each.step for each in look.state.proposals.values() if not each.fate}
    for each in found:
        deed = each.deed
        if deed.kind == "step" or (deed.kind == "propose" and deed.step not in on):
            steps.setdefault((deed.kind, deed.step), {})[deed.by] = None
    told = first + [
        say("The chair can put {proposal} to the vote.", proposal=names.proposal(look.state.proposals[name]))
        for name in put
    ]
    for (kind, step), who in steps.items():
        words = (
            say("{who} can do it: {step}.", who=_who(look, names, tuple(who)), step=names.step(step))
            if kind == "step"
            else say(
                "{who} can propose it: {step}.", who=_who(look, names, tuple(who)), step=names.step(step)
            )
        )
        told.append(words)
    return told


def _who(look: Look, names: Naming, who: tuple[str, ...]) -> str:
    states = set(look.rules.states(look.now.date()))
    if len(states) > 1 and states <= set(who):
        return say("Every delegation")
    shown = names.all(who)
    return shown[:1].upper() + shown[1:]


def _heard(names: Naming, ballot: str, way: str) -> str:
    subject = names.subject(names.state.ballots[ballot])
    if way == "silence":
        return say(
            "Silence on {subject}: whoever objects says so in time, whoever agrees says nothing.",
            subject=subject,
        )
    return say("Delegations vote on {subject}, then the chair closes the vote.", subject=subject)
