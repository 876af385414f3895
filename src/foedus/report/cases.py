"""Cases for the terminal and as a page: what Foedus finds, beside what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from foedus.assessment.cases import RELATIONS, Compared
from foedus.assessment.finding import Assessment
from foedus.evidence.record import Dossier, Outcome
from foedus.report.asking import asked_in
from foedus.report.conditions import Letters
from foedus.report.findings import SHAPES, unconfirmed_dates, unconfirmed_facts
from foedus.report.layout import Sheet
from foedus.report.lists import apart, article_short, begun, enumerated, labelled, listed, on_day
from foedus.report.wording import Names, norm_heading
from foedus.words.speech import aloud, marked_in, plural, say, say_in

FEW, MANY = 4, 8
"""States are named up to the one number, given by their codes up to the other, and then counted."""

OUTCOMES = {
    "granted": marked_in("outcome", "granted"),
    "granted-limited": marked_in("outcome", "granted in part"),
    "consultation": marked_in("outcome", "consultation"),
    "refused": marked_in("outcome", "refused"),
    "lapsed": marked_in("outcome", "decided, and not carried out"),
    "declined": marked_in("outcome", "declined by who had asked"),
    "self-applied": marked_in("outcome", "applied of its own accord"),
    "carried-out": marked_in("outcome", "carried out"),
}


@dataclass(frozen=True)
class Case:
    """A dossier with what was compared in it."""

    dossier: Dossier
    compared: tuple[Compared, ...]


def outcome_words(outcome: Outcome) -> str:
    """`refused, 15 June 2010: no troops, proposals only`."""
    word = say_in("outcome", OUTCOMES[outcome.word])
    if outcome.on is not None:
        word += f", {on_day(outcome.on)}"
    said = labelled(word, outcome.title)
    return f"{said} ({say('unconfirmed')})" if outcome.unconfirmed else said


def verdict(row: Compared) -> str:
    """`◧ depends`, with the shape; where nobody bears the norm, so. A settled one that a clause left out may turn
    holds as far as the page goes."""
    nobody = row.view is None and row.settled == "no"
    word = say("nobody bears it") if nobody else say(row.word)
    said = f"{SHAPES[row.settled]} {word}"
    return say("{verdict}, as far as encoded", verdict=said) if row.qualified else said


def resting(row: Compared) -> list[str]:
    """The facts and dates on which the finding rests and which nobody confirmed."""
    dates = unconfirmed_dates(row.findings, MANY)
    said = (unconfirmed_facts(row.findings), say("unconfirmed: {what}", what=dates) if dates else "")
    return [one for one in said if one]


def turning(row: Compared) -> list[str]:
    """On what an open finding turns, in words; what nobody on record speaks of comes last."""
    if row.view is None or row.view.settled != "depends":
        return []
    answer: Assessment = row.assessment
    letters = Letters.of(answer)
    wanted = set(letters.sorted(row.view.turns_on))
    questions = [q for q in answer.questions if q.letter in wanted]
    questions.sort(key=lambda q: q.standing == "unknown")
    return [asked_in(answer, question) for question in questions]


def who_to_whom(row: Compared) -> str:
    """`Russia to Kyrgyzstan`, as far as the outcome names them; where of other bearers something else is found, those
    of whom this is."""
    names = Names(row.assessment)
    by = names.spoken(row.answered.bearer) if row.answered.bearer else ""
    if row.apart:
        by = _states(names, row.bearers)
    to = names.spoken(row.answered.beneficiary) if row.answered.beneficiary else ""
    if by and to:
        return say("{by} to {to}", by=by, to=to)
    return say("to {whom}", whom=to) if to else by


def _states(names: Names, bearers: Sequence[str]) -> str:
    """A few by name, more by their codes, many by their number."""
    if len(bearers) > MANY:
        return plural("{n} state", "{n} states", len(bearers))
    if len(bearers) > FEW:
        return enumerated([names.brief(bearer) for bearer in bearers])
    return listed([names.spoken(bearer) for bearer in bearers])


def show_outcomes(sheet: Sheet, assessment: Assessment) -> None:
    """What history records, beside an answer that it does not change."""
    outcomes = assessment.dossier.outcomes
    if not outcomes:
        return
    sheet.head(say("What history records"))
    for outcome in outcomes:
        sheet.put(begun(outcome_words(outcome)), 2, 4)
        if outcome.note:
            sheet.put(outcome.note, 4, 0, "quiet")


def show_cases(sheet: Sheet, cases: Sequence[Case]) -> None:
    """Every case with its rows, then how many stand how."""
    sheet.put(
        say(
            "Of each case what happened; below it, each norm that this answers, with what is found granting what "
            "nobody disputes, and how the two stand to one another."
        ),
        style="quiet",
    )
    for case in cases:
        _case(sheet, case)
    counted = Counter(row.relation for case in cases for row in case.compared)
    sheet.head(say("Together"))
    for word in RELATIONS:
        if counted[word]:
            sheet.row("", 2, say_in("relation", word), str(counted[word]), 6)
    number = sum(counted.values())
    cases_ = plural("{n} case", "{n} cases", len(cases))
    sheet.put(plural("{n} norm in {cases}", "{n} norms in {cases}", number, cases=cases_), 2, 2, "quiet")


def _case(sheet: Sheet, case: Case) -> None:
    sheet.blank()
    sheet.aside(case.dossier.title or case.dossier.id, case.dossier.id, style="head")
    for outcome in case.dossier.outcomes:
        sheet.put(begun(outcome_words(outcome)), 2, 2)
        for row in case.compared:
            if row.outcome is outcome:
                _row(sheet, row)
        if outcome.note:
            sheet.put(outcome.note, 4, 0, "quiet")
    if not case.dossier.outcomes:
        sheet.put(say("No outcome is recorded."), 2)


def _row(sheet: Sheet, row: Compared) -> None:
    article = article_short(row.norm.article)
    what = labelled(f"{row.norm.instrument}, {article}", norm_heading(row.norm))
    if who := who_to_whom(row):
        what += f" ({who})"
    sheet.put(what, 4, 2)
    points = turning(row)
    said = say("{verdict} on", verdict=verdict(row)) if points else verdict(row)
    sheet.aside(said, say_in("relation", row.relation), 6, "verdict")
    for point in points:
        sheet.put(f"· {point}", 8, 2)
    for line in resting(row):
        sheet.put(line, 8, 2, "quiet")


def as_rows(case: Case) -> list[dict[str, object]]:
    """The rows for programs."""
    return [
        {
            "case": case.dossier.id,
            "title": case.dossier.title,
            "outcome": row.outcome.word,
            "happened": row.outcome.title,
            "on": row.outcome.on.text if row.outcome.on else None,
            "unconfirmed": row.outcome.unconfirmed,
            "source": row.outcome.source or None,
            "norm": row.norm.id,
            "text": row.norm.text,
            "by": row.answered.bearer or None,
            "to": row.answered.beneficiary or None,
            "bearers": list(row.bearers),
            "finding": row.word,
            "settled": row.settled,
            "as_far_as_encoded": row.qualified,
            "rests_on_unconfirmed": list(row.unconfirmed),
            "turns_on": list(row.view.turns_on) if row.view and row.view.settled == "depends" else [],
            "relation": row.relation,
            "note": row.outcome.note or None,
        }
        for row in case.compared
    ]


def as_page(cases: Sequence[Case]) -> str:
    """The cases as a Markdown page, for the documentation."""
    lines = [
        f"# {say('Cases')}",
        "",
        say(
            "What Foedus finds under the text on the day asked about, granting what nobody disputes, beside what "
            "history records. The last column is derived from the two. Where the finding depends, the points on "
            "which it turns stand below it."
        ),
        "",
    ]
    counted = Counter(row.relation for case in cases for row in case.compared)
    lines += [f"| {say('finding and outcome')} | {say('norms')} |", "|---|---|"]
    lines += [f"| {say_in('relation', word)} | {counted[word]} |" for word in RELATIONS if counted[word]]
    for case in cases:
        lines += ["", f"## {_plain(case.dossier.title or case.dossier.id)}", "", f"`{case.dossier.id}`", ""]
        for outcome in case.dossier.outcomes:
            lines += [f"**{_plain(begun(outcome_words(outcome)))}**", ""]
            rows = [row for row in case.compared if row.outcome is outcome]
            if rows:
                heads = (say("norm"), say("finding"), say("finding and outcome"))
                lines += [f"| {' | '.join(heads)} |", "|---|---|---|"]
            for row in rows:
                what = f"`{row.norm.id}` {article_short(row.norm.article)}: {norm_heading(row.norm)}"
                who = who_to_whom(row)
                points = turning(row)
                said = labelled(verdict(row), apart(points)) if points else verdict(row)
                said = "<br>".join([said, *resting(row)])
                cells = (what + (f" ({who})" if who else ""), said, say_in("relation", row.relation))
                lines.append(f"| {' | '.join(_cell(cell) for cell in cells)} |")
            if rows:
                lines.append("")
            if outcome.note:
                lines += [_plain(outcome.note), ""]
    return "\n".join(lines).rstrip() + "\n"


def _plain(text: str) -> str:
    return aloud(text).replace("\u00a0", " ")


def _cell(text: str) -> str:
    return _plain(text).replace("|", "\\|").replace("\n", " ")
