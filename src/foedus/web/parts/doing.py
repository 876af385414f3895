"""The forms by which what is allowed is done: one for each thing to do, with what it asks to be named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from foedus.council.candidates import Candidate
from foedus.council.deed import Deed, Kind
from foedus.council.known import Known
from foedus.council.mandate import Mandate
from foedus.council.room import answers_to
from foedus.exercise.turns import Turn
from foedus.ir.decision import By
from foedus.ir.procedure import Step
from foedus.report.deeds import article, moment, said
from foedus.report.lists import begun
from foedus.web.look import Look
from foedus.web.parts.asking import CLAUSES, Asked, Field, Fieldset, chosen, clauses, mandate, reason, until
from foedus.web.parts.drafts import Ready, drafts, seat_of
from foedus.web.parts.naming import Naming
from foedus.words.speech import marked_in, say, say_in

SENT = ("step", "proposal", "ballot", "about", "clock", "seat")
"""Fields of a deed that say what it is about."""
TO_VOTE = 120
"""Seconds on the wall that a vote lasts at least, if the chair says nothing else."""
LAST = 40
"""Deeds from the newest back that can be corrected by choosing them."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form. `id` is stable as long as the thing to do is there; `sent` are the fields that are not asked for."""

    id: str
    summary: str
    article: str
    sent: tuple[tuple[str, str], ...]
    asked: tuple[Asked, ...]
    button: str
    warning: str = ""
    drafts: tuple[tuple[str, str], ...] = ()
    open: bool = False


DONE: Mapping[Kind, str] = {
    "step": marked_in("button", "Do this now"),
    "propose": marked_in("button", "Move the proposal"),
    "amend": marked_in("button", "Move the amendment"),
    "withdraw": marked_in("button", "Take it back"),
    "open": marked_in("button", "Open the vote"),
    "extend": marked_in("button", "Give more time"),
    "close": marked_in("button", "Close the vote now"),
    "rule": marked_in("button", "Rule so"),
    "report": marked_in("button", "Send the report"),
    "seat": marked_in("button", "Back at the table"),
    "unseat": marked_in("button", "Off the table"),
    "correct": marked_in("button", "Add the correction"),
    "tick": marked_in("button", "Write it down"),
}
ONCE: Mapping[Kind, str] = {
    "step": marked_in("warning", "It is done at once and cannot be undone, only followed by another step."),
    "withdraw": marked_in("warning", "It leaves the table, and the amendments to it with it."),
    "close": marked_in("warning", "It is counted once, what is adopted is done at once, and it is not opened again."),
    "rule": marked_in("warning", "The room goes by it from now on."),
}  # fmt: skip


def forms_of(look: Look, names: Naming, found: Sequence[Candidate]) -> Iterator[Form]:
    """The forms for these, each once, whatever has to be named in it."""
    merged: dict[str, list[Candidate]] = {}
    for each in found:
        merged.setdefault(form_id(each.deed), []).append(each)
    for name, same in merged.items():
        yield _form(look, names, name, same)


def form_id(deed: Deed) -> str:
    """The id of its form, for what is one thing to do: the same for all ways to name what it is about."""
    about = {
        "step": deed.step, "propose": deed.step, "open": f"{deed.proposal}-{deed.way}", "rule": _plain(deed.about),
        "extend": _plain(deed.ballot or deed.clock), "tick": _plain(deed.ballot or deed.clock),
        "seat": "", "unseat": deed.seat, "report": "", "correct": "",
    }.get(deed.kind, deed.proposal or deed.ballot)  # fmt: skip
    return "-".join(each for each in ("allowed", deed.kind, about, deed.by) if each)


def _plain(text: str) -> str:
    return "".join(each if each.isalnum() else "_" for each in text)


def summary(look: Look, names: Naming, deed: Deed) -> str:
    """What there is to do, as a heading."""
    state = look.state
    proposal, ballot = state.proposals.get(deed.proposal), state.ballots.get(deed.ballot)
    what = names.proposal(proposal) if proposal is not None else ""
    vote = (
        say("{ballot}: {subject}", ballot=ballot.id, subject=names.subject(ballot))
        if ballot is not None
        else ""
    )
    match deed.kind:
        case "step":
            return begun(names.step(deed.step))
        case "propose":
            return say("Propose: {step}", step=names.step(deed.step))
        case "amend":
            return say("Amend {proposal}", proposal=what)
        case "withdraw":
            return say("Take back {proposal}", proposal=what)
        case "open":
            return say_in("putting to the vote", OPEN[_by(look, names, deed)], proposal=what)
        case "extend":
            return say("More time for {what}", what=vote or names.clock(deed.clock))
        case "close":
            return say("Close {vote}", vote=vote)
        case "rule":
            return say("Rule on {about}", about=names.about(deed.about))
        case "report":
            return say("Report on a region")
        case "seat":
            return say("Back at the table")
        case "unseat":
            return say("Suspend a member") if deed.seat == "suspended" else say("Away from the table")
        case "correct":
            return say("Correct an earlier entry")
        case "tick":
            return say("Write down that a time has run out: {what}", what=vote or names.clock(deed.clock))
        case _:
            return deed.kind


OPEN: Mapping[By, str] = {
    "vote": marked_in("putting to the vote", "Put {proposal} to the vote"),
    "consensus": marked_in("putting to the vote", "Ask for consensus on {proposal}"),
    "silence": marked_in("putting to the vote", "Put {proposal} under silence"),
    "": marked_in("putting to the vote", "Put {proposal} to a decision"),
}


def _by(look: Look, names: Naming, deed: Deed) -> By:
    rule = names.rule(look.state.proposals[deed.proposal])
    return rule.ways[deed.way or 0].by if rule is not None else ""


def _form(look: Look, names: Naming, name: str, same: Sequence[Candidate]) -> Form:
    deed = same[0].deed
    sent = [("kind", deed.kind), ("by", deed.by)]
    sent += [(field, getattr(deed, field)) for field in SENT if getattr(deed, field)]
    if deed.kind == "open":
        sent.append(("way", str(deed.way or 0)))
    ready = _drafts(look, deed)
    filled = next((each for each in ready if each.chosen), None)
    asked = tuple(_asked(look, names, same, filled))
    turn = Turn(look.now, look.rules, look.state, deed)
    links = tuple((_address(look, each, name), each.text) for each in ready)
    warning = say_in("warning", ONCE[deed.kind]) if deed.kind in ONCE else ""
    return Form(
        name, summary(look, names, deed), article(turn, deed), tuple(sent), asked, say_in("button", DONE[deed.kind]),
        warning, links, filled is not None,
    )  # fmt: skip


def _drafts(look: Look, deed: Deed) -> list[Ready]:
    if deed.kind == "propose":
        return list(drafts(look, deed.by, deed.step, amends=False))
    if deed.kind == "amend":
        return list(drafts(look, deed.by, look.state.proposals[deed.proposal].step, amends=True))
    return []


def _address(look: Look, ready: Ready, name: str) -> str:
    whose = f"for={look.seats[0]}&" if look.viewer.role == "director" and look.seats else ""
    return f"{look.at(look.path)}?{whose}draft={ready.number}#{name}"


# ---- what each kind asks for ----


def _asked(look: Look, names: Naming, same: Sequence[Candidate], filled: Ready | None) -> Iterator[Asked]:
    each = same[0]
    deed = each.deed
    match deed.kind:
        case "step" | "propose":
            yield from _of_step(look, names, same, filled)
        case "amend":
            yield from _amendment(look, names, deed, filled)
        case "open":
            yield from _opening(look, names, same)
        case "extend":
            yield from _extension(look, deed)
        case "rule":
            yield from _ruling(look, deed)
        case "report":
            places = tuple(dict.fromkeys(one.deed.where for one in same))
            if "where" in each.to_name:
                yield Field("where", say("On which region"), required=True)
            else:
                yield chosen("where", say("On which region"), [(one, one) for one in places], places[0])
            yield reason(say("What you report"))
        case "seat" | "unseat":
            whom = dict.fromkeys(one.deed.whom for one in same)
            yield chosen("whom", say("Who"), [(one, names.who(one)) for one in whom])
        case "correct":
            yield chosen("entry", say("Which entry"), _deeds(look, names))
            yield reason(say("How it should read"), required=True)
        case _:
            return


def _of_step(look: Look, names: Naming, same: Sequence[Candidate], filled: Ready | None) -> Iterator[Asked]:
    each, deed = same[0], same[0].deed
    step, seat = look.rules.steps[deed.step], seat_of(look, deed.by)
    terms = {**(seat.terms if seat is not None else {}), **(filled.terms if filled is not None else {})}
    yield from _variables(look, names, step, same, terms)
    if deed.kind == "propose":
        yield clauses({}, filled.parts if filled is not None else {}, CLAUSES if filled is None else 1)
    if "mandate" in each.to_name:
        given = filled.mandate if filled is not None else None
        longer = seat.longer if seat is not None else 0
        yield mandate(names, look.rules, step, given, change=False, longer=longer)
    if "number" in each.to_name:
        yield from _contingent(look, deed.by)
    yield reason(value=filled.text if filled is not None else "")


def _variables(
    look: Look, names: Naming, step: Step, same: Sequence[Candidate], terms: Mapping[str, str]
) -> Iterator[Field]:
    """Whom or what the variables stand for: those on which it turns whether it is in order, then the others."""
    known, outline = Known(look.rules, look.state, look.now.date()), look.rules.outlines[step.name]
    for name in same[0].deed.terms:
        values = tuple(dict.fromkeys(each.deed.terms[name] for each in same))
        yield chosen(
            f"terms.{name}",
            names.variable(step, name),
            [(v, names.thing(v)) for v in values],
            terms.get(name, ""),
        )
    for name in same[0].to_name:
        var = outline.variables.get(name)
        if var is None:
            continue
        values = tuple(known.domain(var.sort, ""))
        if values:
            options = [(v, names.thing(v)) for v in values]
            yield chosen(f"terms.{name}", names.variable(step, name), options, terms.get(name, ""))
        else:
            yield Field(f"terms.{name}", names.variable(step, name), value=terms.get(name, ""), required=True)


def _contingent(look: Look, who: str) -> Iterator[Asked]:
    """How many are sent, what for and where: what the mandate has."""
    force, seat = look.state.mandate, seat_of(look, who)
    has = force.mandate if force is not None else Mandate()
    tasks = tuple(dict.fromkeys(each.what for each in has.tasks if each.force != "must not"))
    places = tuple(dict.fromkeys((*(each.where for each in has.tasks if each.where), *has.regions)))
    number = "" if seat is None or seat.sends is None else str(seat.sends)
    most = has.ceilings.get(who, has.ceiling)
    hint = "" if most is None else say("The mandate lets you send {most} at most.", most=most)
    yield Field("number", say("How many"), "number", number, hint=hint, least=0)
    for name, label, values, value in (
        ("task", say("For which task"), tasks, seat.task if seat is not None else ""),
        ("where", say("Where"), places, seat.place if seat is not None else ""),
    ):
        options = (("", say("not said")), *((each, each) for each in values))
        if values:
            yield Field(name, label, "choice", value if value in values else "", options)
        else:
            yield Field(name, label, "line", value)


def _amendment(look: Look, names: Naming, deed: Deed, filled: Ready | None) -> Iterator[Asked]:
    target = look.state.proposals[deed.proposal]
    step = look.rules.steps[target.step]
    yield clauses(target.parts, filled.parts if filled is not None else {}, 1)
    if step.mandate in ("gives", "extends"):
        change = filled.mandate if filled is not None else None
        made = mandate(names, look.rules, step, change, change=True, longer=0)
        yield Fieldset(
            "mandate-change",
            say("Change the mandate; what is left empty stays as it is"),
            made.parts,
            folded=change is None,
        )
    yield reason(say("Why"), value=filled.text if filled is not None else "")


def _opening(look: Look, names: Naming, same: Sequence[Candidate]) -> Iterator[Asked]:
    deed = same[0].deed
    rule = names.rule(look.state.proposals[deed.proposal])
    way = rule.ways[deed.way or 0] if rule is not None else None
    parts = tuple(dict.fromkeys(each.deed.part for each in same))
    if parts != ("",):
        options = [
            (part, say("part {part} by itself", part=part) if part else say("the whole")) for part in parts
        ]
        yield Field("part", say("What is voted on"), "radio", parts[0], tuple(options))
    if way is not None and way.by == "silence":
        least = way.hours or 1
        yield until(
            least, hint=say("A silence lasts {hours} hours at least.", hours=least) if way.hours else ""
        )
    else:
        seat = seat_of(look, "chair")
        hours = seat.ballot if seat is not None else 0
        pace = look.debate.pace
        if (
            pace is not None and hours
        ):  # people have to have the time to read it, however fast the room's clock runs
            hours = max(hours, ceil(TO_VOTE * pace.pace / 3600))
        hint = say("Left empty, it lasts until you close it.")
        if pace is not None and pace.pace > 1:
            hint = say(
                "An hour takes {seconds} seconds on the wall. Left empty, it lasts until you close it.",
                seconds=round(3600 / pace.pace),
            )
        yield until(hours, hint=hint)


def _extension(look: Look, deed: Deed) -> Iterator[Asked]:
    ballot, running = look.state.ballots.get(deed.ballot), look.state.clocks.get(deed.clock)
    end = ballot.until if ballot is not None else running.end if running is not None else None
    now = max(look.now, look.standing.at)
    left = max(ceil((end - now).total_seconds() / 3600), 0) if end is not None else 0
    hint = say("It ends on {until} as it is.", until=moment(end)) if end is not None else ""
    yield until(left + 24, hint=hint)
    yield reason()


def _ruling(look: Look, deed: Deed) -> Iterator[Asked]:
    answers = answers_to(look.rules.program, deed.about)
    before = look.state.rulings.get(deed.about)
    if answers:
        options = [
            (each, _answer(look, deed.about, each))
            for each in answers
            if before is None or each != before.answer
        ]
        yield Field("answer", say("Your ruling"), "radio", "", tuple(options), required=True)
    else:
        yield Field("answer", say("Your ruling: a number or a fraction"), required=True)
    yield reason(say("Why"), required=True)


def _answer(look: Look, about: str, answer: str) -> str:
    if about not in look.rules.program.questions:
        return say_in("ruling", YESNO[answer]) if answer in YESNO else answer
    return answer


YESNO: Mapping[str, str] = {
    "yes": marked_in("ruling", "yes, it is so"),
    "no": marked_in("ruling", "no, it is not so"),
}


def _deeds(look: Look, names: Naming) -> list[tuple[str, str]]:
    """The newest deeds with their numbers among deeds: what was said in a vote that is hidden as yet is not told."""
    done = [each for each in look.entries if each.deed is not None and each.problem is None]
    found: list[tuple[str, str]] = []
    for number in range(len(done) - 1, max(len(done) - 1 - LAST, -1), -1):
        each = done[number]
        deed = each.deed
        assert deed is not None
        if deed.kind in ("vote", "object") and not look.shows(deed.ballot, deed.by):
            continue
        words = say("{who} {did}", who=names.who(deed.by), did=said(each.turn, deed))
        found.append((str(number), say("{number}: {words}", number=each.number, words=words)))
    return found
