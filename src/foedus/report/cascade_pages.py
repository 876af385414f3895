"""A cascade over treaty pages, for the terminal and for programs: in how many readings who is at war, and by what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from foedus.cascade.named import Taken
from foedus.cascade.rounds.compared import Confusion, Placed, among
from foedus.cascade.rounds.outcome import Case, Choice, Group, Pivot, Step, Strata
from foedus.report.cascade import grouped
from foedus.report.cascade_words import percent, taken_json, taken_words
from foedus.report.layout import Sheet
from foedus.report.lists import apart, article_short, begun, enumerated, labelled, listed, on_day, quoted
from foedus.terms.edtf import EDate
from foedus.terms.states import name_of, with_article
from foedus.words.speech import aloud, marked, plural, say

GROUPS, BRIEFLY, STEPS, TURNS = 4, 12, 14, 3
"""So many outcomes are shown with their steps and so many with their strata alone, so many steps of one and
questions for a state; --json has all."""

ACTS: Mapping[str, str] = {
    "war": marked("{state} opens war on {target}"),
    "force": marked("{state} uses force against {target}"),
    "mobilisation": marked("{state} mobilises against {target}"),
    "mobilised_all": marked("{state} mobilises all its forces"),
    "helped": marked("{state} helps {ally}"),
}
LABELS: Mapping[str, str] = {
    "exact": marked("carried exactly"),
    "assumed": marked("carried with assumptions"),
    "refused": marked("not carried"),
}
KINDS: Mapping[str, str] = {
    "text": marked("reading of a page"),
    "question": marked("question of a page"),
    "engine": marked("reading of the engine"),
    "judgement": marked("judgement"),
    "plans": marked("plan"),
}


def note() -> str:
    """What the numbers are not."""
    return say(
        "Strata are readings, not chances: how many of them bring a state in says how the texts can be read, not how "
        "likely anything is. Obligations are not causes, and plans are no obligations."
    )


def show_strata(
    sheet: Sheet,
    found: Strata,
    title: str,
    tables: Sequence[tuple[str, Confusion]] = (),
    until: EDate | None = None,
    taken: Taken = (),
) -> None:
    """The whole answer; `tables` compare it with what happened `until` a day, `taken` are states that were written
    otherwise."""
    sheet.aside(title, on_day(EDate.of(found.day)), style="title")
    open_ = [choice for choice in found.choices if choice.open]
    strata = plural("{n} stratum", "{n} strata", found.strata, n=grouped(found.strata))
    questions = plural("{n} open question", "{n} open questions", len(open_))
    sheet.put(
        say("{strata}: every combination of answers to {questions}.", strata=strata, questions=questions),
        2,
        2,
    )
    if not drawn_in(found):
        sheet.put(
            say("Nobody is drawn in: whatever the answers, nobody but the states of the shock is at war."),
            2,
            2,
        )
    if found.worlds > 1:
        each = grouped(found.worlds)
        sheet.put(say("{n} worlds in each, seed {seed}.", n=each, seed=found.seed), 2, 2, "quiet")
    sheet.put(labelled(say("Shock"), enumerated(found.shock)), 2, 2, "quiet")
    if taken:
        sheet.put(taken_words(taken), 2, 2, "quiet")
    sheet.head(say("Who is at war"), say("strata"))
    for state, n in sorted(found.entered.items(), key=lambda pair: (-pair[1], pair[0])):
        duty = found.obliged.get(state, 0.0)
        arises = _part(duty, found.strata)
        said = say("{state}; a duty to fight or help arises in {duty}", state=_name(state), duty=arises)
        sheet.row("", 1, said, _part(n, found.strata), 12, 1)
    _groups(sheet, found)
    _turns(sheet, found)
    for what, table in tables:
        _confusion(sheet, what, table, until)
    _rests(sheet, found)
    sheet.blank()
    sheet.put(note(), style="quiet")


def drawn_in(found: Strata) -> tuple[str, ...]:
    """The states that come to be at war after the shock, in whatever strata."""
    late = {state for group in found.groups for state, round_ in group.round_of.items() if round_ > 0}
    return tuple(state for state in found.states if state in late)


def _name(state: str) -> str:
    return aloud(name_of(state))


def _spoken(state: str) -> str:
    """As a sentence has it: `the Russian Empire`."""
    return aloud(with_article(state))


def _part(n: float, of: int) -> str:
    return percent(n / of) if of else percent(0.0)


def _groups(sheet: Sheet, found: Strata) -> None:
    sheet.head(say("The outcomes"), plural("{n} outcome", "{n} outcomes", len(found.groups)))
    for place, group in enumerate(found.groups[:BRIEFLY]):
        who = listed([_spoken(state) for state in group.belligerents])
        sheet.row("", 1, say("At war: {states}", states=who), _part(group.strata, found.strata), 12, 1)
        if place >= GROUPS:
            continue
        if group.cases and group.cases[0].answers:
            sheet.put(say("For example: {case}", case=_case(group.cases[0])), 4, 2, "quiet")
        for step in _main(group)[:STEPS]:
            sheet.put(_step(step), 4, 4)
    if more := found.groups[BRIEFLY:]:
        part = _part(sum(group.strata for group in more), found.strata)
        said = plural("{n} more outcome: --json", "{n} more outcomes: --json", len(more))
        sheet.row("", 1, said, part, 12, 1)


def _main(group: Group) -> list[Step]:
    """The acts of most of a group's strata, once each, in their order; help that is war is told as war."""
    seen: set[str] = set()
    wars = {(step.state, step.round) for step in group.steps if step.predicate == "war" and step.share >= 0.5}
    found: list[Step] = []
    for step in sorted(group.steps, key=lambda s: (s.round, s.act, -s.share)):
        as_war = step.predicate == "helped" and (step.state, step.round) in wars
        if step.share >= 0.5 and step.act not in seen and not as_war:
            seen.add(step.act)
            found.append(step)
    return found


def _step(step: Step) -> str:
    """`2: Germany opens war on France (dual Art. I)`."""
    state, target = _spoken(step.state), _spoken(step.target) if step.target else ""
    ally = _spoken(step.owed_to) if step.owed_to else say("an ally")
    act = (
        begun(say(ACTS[step.predicate], state=state, target=target, ally=ally))
        if step.predicate in ACTS
        else step.act
    )
    if not step.norm:
        return labelled(str(step.round), act)
    instrument = step.norm.partition(".")[0]
    if step.kind == "plan":
        return labelled(str(step.round), say("{act} (a plan: {norm})", act=act, norm=step.norm))
    article = article_short(step.article)
    return labelled(
        str(step.round),
        say("{act} ({instrument} {article})", act=act, instrument=instrument, article=article),
    )


def _case(case: Case) -> str:
    return apart(
        [
            labelled(name, listed([quoted(aloud(a)) for a in answers], "or"))
            for name, answers in case.answers.items()
        ]
    )


def _turns(sheet: Sheet, found: Strata) -> None:
    by_state: dict[str, list[Pivot]] = {}
    for pivot in found.pivots:
        by_state.setdefault(pivot.state, []).append(pivot)
    if not by_state:
        return
    sheet.head(say("What an entry turns on"))
    for state, pivots in by_state.items():
        sheet.put(_name(state), 2, 2)
        for pivot in sorted(pivots, key=_reach, reverse=True)[:TURNS]:
            answers = [
                say("{answer} {part}", answer=quoted(aloud(answer)), part=_part(n, of))
                for answer, n, of in pivot.by_answer
            ]
            sheet.put(labelled(pivot.choice, enumerated(answers)), 4, 2)


def _reach(pivot: Pivot) -> float:
    parts = [n / of for _, n, of in pivot.by_answer if of]
    return max(parts) - min(parts) if parts else 0.0


def _confusion(sheet: Sheet, what: str, table: Confusion, until: EDate | None) -> None:
    sheet.head(what, say("until {day}", day=on_day(until)) if until is not None else "")
    _placed(sheet, say("entered; so in all strata"), table.all.entered, table)
    _placed(sheet, say("entered; so in some"), table.some.entered, table)
    _placed(sheet, say("entered; so in none"), table.none.entered, table)
    if table.told:
        _placed(sheet, say("stayed out; so in all strata"), table.all.stayed_out, table)
        _placed(sheet, say("stayed out; so in some"), table.some.stayed_out, table)
        _placed(sheet, say("stayed out; so in none"), table.none.stayed_out, table)
    else:
        sheet.put(say("Who stayed out cannot be told: the page says it of nobody."), 2, 2)
    for label, states in (
        (say("not said by the page; so in all strata"), table.all.unknown),
        (say("not said by the page; so in some"), table.some.unknown),
        (say("not said by the page; so in none"), table.none.unknown),
    ):
        if states:
            _placed(sheet, label, states, table)


def _placed(sheet: Sheet, label: str, states: Sequence[Placed], table: Confusion) -> None:
    who = listed([_counted(each, table) for each in states]) or say("nobody")
    sheet.row("", 1, labelled(label, who), str(len(states)), 6, 1)


def _counted(one: Placed, table: Confusion) -> str:
    """Its name; where it is so in some strata only, in how many."""
    if among(one.strata / table.strata) != "some":
        return _spoken(one.state)
    n, of = grouped(round(one.strata)), grouped(table.strata)
    return say("{state} ({n} of {of})", state=_spoken(one.state), n=n, of=of)


def _rests(sheet: Sheet, found: Strata) -> None:
    sheet.head(say("What it rests on"))
    sheet.put(labelled(say("Instruments"), enumerated(found.instruments)), 2, 2)
    if found.superseded:
        rows = enumerated(found.superseded)
        sheet.put(say("In place of rows of data sets: {rows}", rows=rows), 2, 2)
    for label, words in LABELS.items():
        norms = [each.norm for each in found.treated if each.label == label]
        if norms:
            sheet.put(labelled(say(words), enumerated(norms)), 2, 2)
    if found.assumed:
        assumed: dict[str, list[str]] = {}
        for each in found.assumed:
            assumed.setdefault(each.taken, []).append(each.what)
        by_answer = [labelled(quoted(aloud(taken)), ", ".join(what)) for taken, what in assumed.items()]
        sheet.put(say("Taken for {taken}", taken=apart(by_answer)), 2, 2, "quiet")
    for choice in found.choices:
        if not choice.open and choice.kind in ("engine", "plans"):
            sheet.put(_fixed(choice), 2, 2, "quiet")
    for name, chance in found.chances.items():
        sheet.put(say("Kept with chance {chance}: {what}", chance=percent(chance), what=name), 2, 2, "quiet")


def _fixed(choice: Choice) -> str:
    return say(
        "{kind} {id}: {answer}",
        kind=say(KINDS[choice.kind]), id=choice.id, answer=quoted(aloud(choice.answers[0])) if choice.answers else "",
    )  # fmt: skip


def as_json(
    found: Strata,
    title: str,
    tables: Iterable[tuple[str, Confusion]] = (),
    until: EDate | None = None,
    taken: Taken = (),
) -> dict[str, Any]:
    """The whole answer for programs; its form is `cascade-pages.schema.json`."""
    return {
        "title": title, "taken": taken_json(taken), **found.as_json(),
        "compared": [{"what": what, **asdict(table)} for what, table in tables],
        "until": until.text if until is not None else None, "note": note(),
    }  # fmt: skip
