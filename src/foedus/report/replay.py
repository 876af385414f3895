"""A case replayed through a procedure, for the terminal: the steps by date, then whether they were in order."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.assessment.clocks import Ran
from foedus.assessment.conduct import interval_words
from foedus.assessment.lanes import Ground
from foedus.assessment.orders import Subject, Word
from foedus.assessment.procedure import Event, Matter, Refusal, Replay
from foedus.evidence.claim import Claim, Verb
from foedus.evidence.record import Closing, Presumption
from foedus.ir.procedure import Procedure, Step
from foedus.report.called import Called
from foedus.report.layout import Sheet, tied
from foedus.report.wording import (
    apart,
    article_short,
    begun,
    enumerated,
    labelled,
    listed,
    on_day,
    quoted,
    standing_word,
)
from foedus.terms.article_words import is_numbered
from foedus.words.speech import aloud, marked, plural, say

DATE_ROOM, STANDING_ROOM = 21, 14
DOT = "·"
FEW = 3
"""So many sources of a fact are named; the rest are counted."""

WORDS: dict[Word, str] = {
    "all": marked("in order in all of the orders that the dates allow"),
    "some": marked("in order in some of the orders that the dates allow; the dates do not tell more"),
    "none": marked("out of order: none of the orders that the dates allow goes through"),
    "too many": marked("not determined: the dates allow more orders than are tried"),
}
SAID: dict[Verb, str] = {
    "asserts": marked("said by {who}"),
    "denies": marked("denied by {who}"),
    "disputes": marked("doubted by {who}"),
}
CLOSED = marked("out of order, if the record is as complete as it claims to be")
SHAPES: dict[Word, str] = {"all": "■", "some": "◧", "none": "□", "too many": "?"}


def show_replay(sheet: Sheet, found: Replay) -> None:
    """The steps on record, track by track and day by day, and whether they were in order."""
    called = Called(found.program, found.dossier.record)
    _title(sheet, found.procedure, called)
    sheet.put(f"{begun(found.dossier.title)} [{found.dossier.id}]")
    if found.moved:
        what = apart(
            say("{fact} on {day}", fact=name, day=on_day(on)) for name, on in sorted(found.moved.items())
        )
        sheet.put(say("Supposing other dates: {what}.", what=what))
    if not found.matters:
        sheet.blank()
        sheet.put(say("No step of this procedure is on record."))
    for number, matter in enumerate(found.matters, 1):
        if len(found.matters) > 1:
            sheet.head(say("Matter {number} of {all}", number=number, all=len(found.matters)))
        _steps(sheet, matter, called)
        _tracks(sheet, matter, found.procedure, called)
        _answer(sheet, matter, found.procedure, called)
    if found.refuted:
        names = enumerated([act.fact.id for act in found.refuted])
        sheet.put(say("Refuted, and so no step: {facts}.", facts=names), 2, 2)


def _title(sheet: Sheet, procedure: Procedure, called: Called) -> None:
    title = f"{begun(called.spoken(procedure.organ))} · {procedure.title}"
    sheet.aside(title, procedure.id, style="title")


def _steps(sheet: Sheet, matter: Matter, called: Called) -> None:
    sheet.head(say("Steps on record"))
    for event in matter.events:
        act = event.act
        what = labelled(called.several(act.who), _titled(act.step)) if act.who else _titled(act.step)
        sheet.row(_day(event), DATE_ROOM, what, _standing(event), STANDING_ROOM)
        stages = [stage for _, way in matter.ways for stage, at in way if at is event]
        parts = [event.id, *(say("→ {stage}", stage=stage) for stage in dict.fromkeys(stages))]
        if is_numbered(act.step.place.heading):
            parts.append(article_short(act.step.place.heading))
        sheet.put(f" {DOT} ".join(map(tied, parts)), 2 + DATE_ROOM, 2, "quiet")


def _standing(event: Event) -> str:
    word = standing_word(event.standing.word)
    return say("{standing}, unconfirmed", standing=word) if event.unconfirmed else word


def _day(event: Event) -> str:
    on = event.act.fact.on
    if on is None:
        return say("no date")
    first, last = event.act.days
    if on.kind == "span":  # a step is taken when it begins
        return say("from {day}", day=on_day(type(on).of(first))) if first == last else on_day(on)
    return on_day(on)


def _tracks(sheet: Sheet, matter: Matter, procedure: Procedure, called: Called) -> None:
    """Each track in a row: the stages that the record shows, by date."""
    if not matter.ways:
        return
    sheet.head(say("Tracks, by the dates on record"))
    for subject, way in matter.ways:
        stages = [
            say("{stage} {day}", stage=stage, day=_brief(event))
            for n, (stage, event) in enumerate(way)
            if n == 0 or stage != way[n - 1][0]
        ]
        sheet.row(_track(subject, procedure, called), DATE_ROOM, f" {DOT} ".join(map(tied, stages)), "", 0)


def _brief(event: Event) -> str:
    """The day in figures, or the first and the last: `(01-05…01-06)`; with `?` if it may not have happened."""
    first, last = event.act.days
    if event.act.fact.on is None:
        day = say("no date")
    else:
        day = f"{first:%m-%d}" if first == last else f"{first:%m-%d}…{last:%m-%d}"
    return say("({day}?)", day=day) if event.doubted else say("({day})", day=day)


def _track(subject: Subject, procedure: Procedure, called: Called) -> str:
    name = subject.track.replace("_", " ")
    if subject.owner:  # the title speaks of them all: “each contributor”
        return labelled(name, called.brief(subject.owner))
    return procedure.track(subject.track).title or name


def _article(step: Step) -> str:
    """The heading on the page, with the page: `pko, From a request to the last contingent`."""
    page = step.id.partition(".")[0]
    heading = step.place.heading
    return say("{page}, {heading}", page=page, heading=heading) if heading else step.id


def _titled(step: Step) -> str:
    return step.title or step.name


# ---- whether it was in order ----


def _answer(sheet: Sheet, matter: Matter, procedure: Procedure, called: Called) -> None:
    sheet.head(say("In order?"))
    if matter.depends:
        names = listed(
            [_named(event) for event in matter.decisive], "or" if len(matter.decisive) > 1 else "and"
        )
        sheet.put(say("◧ depends on whether this happened: {what}", what=names), 2, 2, "verdict")
        sheet.put(say("if it did: {how}", how=_how(matter, matter.word)), 4, 2)
        sheet.put(say("if it did not: {how}", how=_how(matter, matter.without)), 4, 2)
    else:
        sheet.put(f"{SHAPES[matter.word]} {_how(matter, matter.word)}", 2, 2, "verdict")
    if matter.refusal is not None:
        _refused(sheet, matter, matter.refusal, procedure, called)
    if matter.hinges:
        sheet.put(say("In order if in each of these the first came first:"), 2, 2)
        for first, second in matter.hinges:
            sheet.put(say("{first} before {second}", first=_named(first), second=_named(second)), 4, 2)
    _open(sheet, matter)
    for clock in matter.clocks:
        sheet.put(_clock(clock), 2, 2)
    vague = [event.id for event in matter.events if event.act.vague]
    if vague:
        facts = enumerated(vague)
        sheet.put(say("Perhaps another act, for the record leaves a role out: {facts}.", facts=facts), 2, 2)
    unconfirmed = [event.id for event in matter.events if event.unconfirmed]
    if unconfirmed:
        sheet.put(say("Unconfirmed: {what}.", what=enumerated(unconfirmed)), 2, 2)


def _how(matter: Matter, word: Word) -> str:
    return say(CLOSED if word == "none" and matter.closed else WORDS[word])


def _named(event: Event) -> str:
    return say("{fact} ({day})", fact=tied(event.id), day=tied(_day(event)))


def _refused(sheet: Sheet, matter: Matter, refusal: Refusal, procedure: Procedure, called: Called) -> None:
    event = refusal.event
    act = event.act
    parts = {
        "what": _titled(act.step), "who": called.several(act.who), "day": _day(event), "fact": event.id,
        "article": _article(act.step),
    }  # fmt: skip
    sheet.put(say("Refused: “{what}”, {who}, {day} [{fact}]; {article}.", **parts), 2, 2)
    _sources(sheet, event, called)
    if refusal.subject is None:
        _barred(sheet, event)
    else:
        _stage(sheet, refusal, refusal.subject, procedure, called)
    unsure = [e for e in matter.rests_on if not e.doubted]
    if unsure:
        facts = listed([say("{fact} ({standing})", fact=e.id, standing=_standing(e)) for e in unsure])
        sheet.put(say("This rests on what is not established: {facts}.", facts=facts), 2, 2)


def _barred(sheet: Sheet, event: Event) -> None:
    if event.decision is not None and event.decision.answer == "no":
        rule = event.decision.rule
        sheet.put(say("The votes on record do not carry it under {rule}.", rule=rule), 4, 2)
    else:
        sheet.put(say("The record refutes what the step asks for."), 4, 2)


def _stage(sheet: Sheet, refusal: Refusal, subject: Subject, procedure: Procedure, called: Called) -> None:
    parts = {
        "track": begun(_track(subject, procedure, called)),
        "at": listed([quoted(stage) for stage in refusal.at], "or"),
        "wanted": listed([quoted(stage) for stage in refusal.wanted], "or"),
    }
    if refusal.since is None:
        sheet.put(say("{track} stood at {at}; the step asks for {wanted}.", **parts), 4, 2)
    else:
        parts["since"] = _named(refusal.since)
        sheet.put(say("{track} stood at {at} since {since}; the step asks for {wanted}.", **parts), 4, 2)
        _sources(sheet, refusal.since, called)
    for event in refusal.missing:
        what = {
            "what": _titled(event.act.step),
            "event": _named(event),
            "article": _article(event.act.step),
        }
        sheet.put(
            say("First would have had to come: “{what}” ({article}); on record: {event}.", **what), 4, 2
        )
        _sources(sheet, event, called)
    if not refusal.missing:
        _unseen(sheet, refusal)


def _unseen(sheet: Sheet, refusal: Refusal) -> None:
    """What would have led on, of which the record has nothing; or that nothing leads on."""
    if not refusal.through and refusal.since is not None:
        sheet.put(say("No step leads from the one to the other."), 4, 2)
    for way in refusal.through:
        if way.step is not None and way.closed is not None:
            what = {"what": _titled(way.step), "article": _article(way.step), "why": _why(way.closed)}
            sheet.put(
                say("First would have had to come: “{what}” ({article}); none did: {why}.", **what), 4, 2
            )


def _why(ground: Ground) -> str:
    if isinstance(ground, Closing):
        said = say("the record claims to be complete for {what}", what=ground.pattern.predicate)
        return say("{claim} ({why})", claim=said, why=ground.why) if ground.why else said
    if isinstance(ground, Presumption):
        return say("none is presumed until somebody claims one")
    return say("{fact} is refuted", fact=ground.fact.id)


def _sources(sheet: Sheet, event: Event, called: Called) -> None:
    """Who asserts it, and who denies or doubts it, in which source."""
    for verb, template in SAID.items():
        claims = event.standing.claims.get(verb, ())
        if claims:
            sheet.put(say(template, who=_said(claims, called)), 6, 2, "quiet")


def _said(claims: Sequence[Claim], called: Called) -> str:
    shown = [
        say("{who} [{source}]", who=called.brief(claim.by) if claim.by else "", source=claim.source).strip()
        for claim in claims[:FEW]
    ]
    more = len(claims) - FEW
    return enumerated([*shown, *([plural("{n} more", "{n} more", more)] if more > 0 else [])])


def _open(sheet: Sheet, matter: Matter) -> None:
    """Conditions and decisions of which the record does not say how they come out."""
    for event in matter.events:
        condition, decision = event.condition, event.decision
        if condition is not None and condition.answer == "open":
            words = listed([say("{name}: {words}", name=n, words=aloud(w)) for n, w in condition.turns_on])
            sheet.put(say("Open, for {event}: {what}.", event=_named(event), what=words), 2, 2)
        if decision is not None and decision.answer == "open":
            parts = {"event": _named(event), "rule": decision.rule}
            if decision.turns_on:
                parts["what"] = listed([name for name, _ in decision.turns_on])
                text = say(
                    "Open, for {event}: the votes on record leave it open under {rule}; it turns on {what}.",
                    **parts,
                )
            elif decision.statuses:
                text = say("Open, for {event}: the votes on record do not settle it under {rule}.", **parts)
            elif decision.judged:
                parts |= {"fact": decision.judgement, "standing": standing_word(decision.judged)}
                text = say(
                    "Open, for {event}: whether it was decided under {rule}; no ballot is recorded. That it was"
                    " regular ({fact}) is {standing}.",
                    **parts,
                )
            else:
                text = say(
                    "Open, for {event}: whether it was decided under {rule}; no ballot is recorded.", **parts
                )
            sheet.put(text, 2, 2)


def _clock(clock: Ran) -> str:
    title = clock.clock.title or clock.clock.name
    parts = {"clock": begun(title), "how": ""}
    if clock.days is not None:
        parts["how"] = aloud(interval_words(*clock.days))
    if clock.clock.hours is not None:
        parts["length"] = plural("{n} hour", "{n} hours", clock.clock.hours)
        if not clock.kept:
            return say("{clock}: {length}; nothing on record ends it.", **parts)
        word = {
            "in time": say("in time"),
            "late": say("late"),
            "open": say("the dates do not tell whether in time"),
        }[clock.kept]
        return say("{clock}: {length}; {how}: {word}.", **parts, word=word)
    if clock.clock.set_by == "not stated":
        if clock.days is None:
            return say("{clock}: its length is not stated.", **parts)
        return say("{clock}: its length is not stated; it came {how}.", **parts)
    if clock.days is None:
        return say("{clock}: its length was to be set by whoever decided, and is not on record.", **parts)
    return say(
        "{clock}: its length was to be set by whoever decided, and is not on record; it ended {how}.", **parts
    )
