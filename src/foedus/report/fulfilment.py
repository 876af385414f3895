"""How often alliances were honoured in war, as a table: from Berkemeier & Fuhrmann's file, in both its codings.

Rows by pledge overlap, for an alliance may promise several things. The intervals are Wilson's and take rows for
independent, which those of one war are not: they are too narrow rather than too wide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from foedus.report.layout import TIE, Sheet, columns
from foedus.report.lists import labelled
from foedus.report.pledge_words import PLEDGED
from foedus.report.tables import tabulate
from foedus.sources.fulfilment import CODINGS, PLEDGES, Coding, Commitment, Tally, tally
from foedus.words.speech import marked, say, say_in

Period = Literal["", "early", "late", "before 1945", "from 1945", "not listed"]
"""`early` and `late` are the file's own column; the others go by the year in which COW has the war begin."""

PERIODS: Mapping[Period, str] = {
    "": marked("all"),
    "early": marked("the file's earlier period"),
    "late": marked("the file's later period"),
    "before 1945": marked("wars begun before 1945"),
    "from 1945": marked("wars begun from 1945 on"),
    "not listed": marked("wars that COW does not list"),
}
CODED: Mapping[Coding, str] = {
    "LLM": marked("by the rules of Leeds, Long & Mitchell (2000)"),
    "BF": marked("by the authors' own rules"),
}


@dataclass(frozen=True, slots=True)
class Rate:
    """A line of the table: a pledge ("" for all) in a period ("" for all), in one coding."""

    pledge: str
    period: Period
    coding: Coding
    found: Tally


def rates(rows: Sequence[Commitment], begun_in: Mapping[int, int] | None = None) -> list[Rate]:
    """All; by period; by pledge; by both. With `begun_in` (COW's number of a war, the year in which it began) also
    by that year, and those of a war that is not among them."""
    periods: dict[Period, Sequence[Commitment]] = {
        "": rows,
        "early": [row for row in rows if row.early],
        "late": [row for row in rows if not row.early],
    }
    years: dict[Period, list[Commitment]] = {} if begun_in is None else _by_year(rows, begun_in)
    found: list[Rate] = []
    for coding in CODINGS:
        found += [
            Rate("", period, coding, tally(chosen, coding)) for period, chosen in (periods | years).items()
        ]
        found += [
            Rate(pledge, period, coding, tally((row for row in chosen if pledge in row.pledges), coding))
            for pledge in PLEDGES
            for period, chosen in periods.items()
        ]
    return found


def _by_year(rows: Sequence[Commitment], begun_in: Mapping[int, int]) -> dict[Period, list[Commitment]]:
    found: dict[Period, list[Commitment]] = {"before 1945": [], "from 1945": [], "not listed": []}
    for row in rows:
        year = begun_in.get(row.cow_war) if row.cow_war is not None else None
        found["not listed" if year is None else "before 1945" if year < 1945 else "from 1945"].append(row)
    return found


def show_rates(sheet: Sheet, found: Sequence[Rate]) -> None:
    """The table, and what one must know to read it."""
    sheet.head(say("Alliances called on by a war, and how many were honoured"))
    heads = ("", *(head for coding in CODINGS for head in (coding, "%", "95 %")))
    lines = [
        (_named(one), *(cell for rate in (one, *_other(found, one)) for cell in _cells(rate.found)))
        for one in found
        if one.coding == CODINGS[0]
    ]
    widest = max(columns(line[0]) for line in lines)
    sheet.lines += tabulate(heads, lines, sheet.room, first=widest, other=12)
    sheet.blank()
    for remark in _remarks():
        sheet.put(remark, 2, 2)


def rates_as_json(found: Sequence[Rate]) -> dict[str, Any]:
    """The same for programs: a rate of nothing is null, and so are its ends."""
    return {
        "rates": [
            {
                "pledge": rate.pledge or None,
                "period": rate.period or None,
                "coding": rate.coding,
                "honoured": rate.found.honoured,
                "counted": rate.found.counted,
                "rate": rate.found.share,
                "low": rate.found.interval()[0] if rate.found.counted else None,
                "high": rate.found.interval()[1] if rate.found.counted else None,
            }
            for rate in found
        ]
    }


def _named(rate: Rate) -> str:
    if not rate.pledge:
        return say(PERIODS[rate.period])
    if not rate.period:
        return say_in("pledge", PLEDGED[rate.pledge])
    return TIE * 2 + (say("earlier period") if rate.period == "early" else say("later period"))


def _other(found: Sequence[Rate], one: Rate) -> list[Rate]:
    return [
        each
        for each in found
        if (each.pledge, each.period) == (one.pledge, one.period) and each.coding != one.coding
    ]


def _cells(found: Tally) -> tuple[str, str, str]:
    if found.share is None:
        return say("none"), "", ""
    low, high = found.interval()
    counted = say("{kept} of {all}", kept=found.honoured, all=found.counted)
    return counted, f"{found.share:.0%}"[:-1], f"{low * 100:.0f}–{high * 100:.0f}"


def _remarks() -> list[str]:
    codings = say("; ").join(labelled(coding, say(words)) for coding, words in CODED.items())
    return [
        f"{codings}.",
        say(
            "An alliance that the war did not call on counts in no rate; one that promised several things, in several."
        ),
        say("The file's two periods are its column `sample`, not years."),
        say(
            "The intervals are Wilson's. They take the rows for independent; those of one war are not, so the truth is "
            "less certain than they say."
        ),
    ]
