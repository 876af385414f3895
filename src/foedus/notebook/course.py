"""A cascade over treaty pages, from Python: in how many of its strata a duty arose for each state, and how many bring
it in, beside what happened. Strata are readings: their number is no chance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from foedus.cascade.rounds.compared import Compared, among, compared
from foedus.cascade.rounds.outcome import Strata
from foedus.cascade.rounds.page import course as page_of
from foedus.cascade.rounds.run import Options, cascade
from foedus.library import Library
from foedus.notebook.course_drawn import Course
from foedus.notebook.frames import Row
from foedus.notebook.put import Day, read
from foedus.notebook.refusal import WIDE, told
from foedus.report.layout import Sheet
from foedus.report.lists import on_day
from foedus.report.strata.told import told_of
from foedus.report.tables import tabulate
from foedus.terms.edtf import EDate
from foedus.terms.states import name_of
from foedus.words.speech import aloud, marked_in, plural, say, say_in

ON, OFF = "carried out", "not carried out"
HAPPENED = {
    "stayed out": marked_in("a state", "stayed out"),
    "unknown": marked_in("a state", "not said by the page"),
}
WORDS = {
    "all": marked_in("of strata", "all"),
    "some": marked_in("of strata", "some"),
    "none": marked_in("of strata", "none"),
}


def course(
    name: str | Path = "july-1914",
    *,
    plans: bool | None = None,
    readings: Mapping[str, str | Iterable[str]] | None = None,
    without: str | Iterable[str] = (),
    until: Day | None = None,
    treaties: str | Path | None = None,
) -> Course:
    """What follows from a shock under treaty pages, in every reading that is left open, beside what happened: a row
    for each state.

    `name` is a cascade that ships, or the path of one's own page. `plans`: all that the page declares are carried
    out (True), none (False), or each either way (None), as further questions. `readings` are the answers to look at,
    by question; `without` leaves instruments or norms out. Entries after the day `until` count as none. Raises
    `Refused`: what the page has wrong, F860 to F863.

    >>> import foedus
    >>> alone = foedus.course("july-1914", plans=False)
    >>> [row["state"] for row in alone if row["obliged_in"] == "all"]
    []
    >>> [row["state"] for row in alone if row["obliged_in"] == "some" and not row["shock"]]
    ['DEU', 'RUE', 'FRA', 'ITA']
    """
    with told():
        page = page_of(str(name), Library(None if treaties is None else Path(treaties), trials=False))
        last = read("until", until)
        chosen = {question: _answers(of) for question, of in (readings or {}).items()}
        if plans is not None:
            declared = [norm.id for norm in page.program.norms if norm.kind == "plan"]
            chosen = {plan: [ON if plans else OFF] for plan in declared} | chosen
        left_out = [without] if isinstance(without, str) else list(without)
        asked = Options(given=page.given, readings=chosen, without=left_out)
        found = cascade(page.program, page.shock, page.day, **asked)
    rows = sorted(compared(found, dict(page.observed), stayed=dict(page.stayed), by=last), key=_order)
    strata = plural("{n} stratum", "{n} strata", found.strata)
    title = say("{title}: {strata}", title=page.title, strata=strata)
    shown = ("name", "entered", "obliged", "at_war", "strata", "obliged_in", "at_war_in")
    ended = EDate.of(last) if last is not None else None
    return Course(
        [_row(each, found) for each in rows], title, shown, lambda: _text(title, rows, found),
        lambda: told_of(page, found, (), ended, **asked),
    )  # fmt: skip


def _answers(given: str | Iterable[str]) -> list[str]:
    return [given] if isinstance(given, str) else list(given)


def _row(one: Compared, found: Strata) -> Row:
    day: date | None = one.observed.first if one.observed is not None else None
    return (
        one.state, aloud(name_of(one.state)), one.principal, one.happened, day,
        _of(one.obliged, found), _of(one.entered, found), found.strata, among(one.obliged), among(one.entered),
    )  # fmt: skip


def _order(one: Compared) -> tuple[bool, date, str]:
    """Who entered first stands first; who did not, last."""
    return one.observed is None, one.observed.first if one.observed is not None else date.max, one.state


def _of(share: float, found: Strata) -> int:
    return round(share * found.strata)


def _text(title: str, rows: Iterable[Compared], found: Strata) -> str:
    sheet = Sheet(WIDE)
    sheet.put(title, style="title")
    heads = ("", say("entered"), say("obliged in"), say("at war in"))
    lines = [
        (
            aloud(name_of(one.state)),
            on_day(one.observed) if one.observed is not None else say_in("a state", HAPPENED[one.happened]),
            _counted(one.obliged, found),
            _counted(one.entered, found),
        )
        for one in rows
    ]
    sheet.lines += tabulate(heads, lines, sheet.room, other=24)
    return sheet.text()


def _counted(share: float, found: Strata) -> str:
    where = among(share)
    many = say_in("of strata", WORDS[where])
    return say("{many} ({n})", many=many, n=_of(share, found)) if where == "some" else many
