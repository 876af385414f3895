"""What `foedus cascade` does over treaty pages: the pages in force on the day, or a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from foedus.assessment.put import read_day
from foedus.cascade.named import Taken, taken
from foedus.cascade.put import parted
from foedus.cascade.rounds.compared import Confusion, compared, confusion
from foedus.cascade.rounds.outcome import Strata
from foedus.cascade.rounds.page import Course, course
from foedus.cascade.rounds.run import Options, cascade
from foedus.cli.busy import busy
from foedus.cli.options import split
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.library import Library
from foedus.register.keep import register
from foedus.register.rows import within
from foedus.report.lists import begun
from foedus.report.strata.told import Told, told_of
from foedus.terms.codes import stood
from foedus.terms.edtf import EDate
from foedus.terms.fact import Fact
from foedus.terms.states import with_article
from foedus.words.speech import aloud, say

WORLDS = 1024
"""Worlds of a stratum where chances are given."""


@dataclass(frozen=True)
class OverPages:
    """The answer over pages, with its title and what it is compared with."""

    strata: Strata
    title: str
    tables: tuple[tuple[str, Confusion], ...] = ()
    until: EDate | None = None
    taken: Taken = ()
    course: Course | None = None
    asked: Options = field(default_factory=Options)

    def drawn(self) -> Told:
        """The same with what its drawings need: a stratum of each outcome, titles, days of entry."""
        assert self.course is not None  # over_pages has it
        found = told_of(self.course, self.strata, self.tables, self.until, **self.asked)
        return replace(found, taken=self.taken)


def over_pages(name: str | None, shock: str | None, on: str | None, options: Mapping[str, Any]) -> OverPages:
    """The shock of a page, or the one that is given, over the treaties in force on its day."""
    library = Library(options["treaties"], trials=False)
    with busy(say("Reading treaty pages")) as work:
        if name is not None:
            found = course(name, library)
        else:
            assert shock is not None and on is not None  # the verb has asked for them
            found = _given(shock, on, library, options["treaties"])
        asked = _asked(options, lambda round_, strata: work.on(_far(round_, strata)))
        asked["taken_up"] = lambda n, of: work.on(say("Taking up norm {n} of {of}", n=n + 1, of=of))
        asked["given"] = found.given
        strata = cascade(found.program, found.shock, found.day, **asked)
    observed = dict(found.observed)
    if not observed:
        read = taken([shock], found.day) if shock is not None else ()
        return OverPages(strata, found.title, taken=read, course=found, asked=asked)
    last = (
        read_day("--until", options["until"])
        if options["until"]
        else max(day.last for day in observed.values())
    )
    rows = compared(strata, observed, stayed=dict(found.stayed), by=last)
    tables = (
        (say("Obliged, beside who entered"), confusion(rows, strata.strata)),
        (say("Brought in, beside who entered"), confusion(rows, strata.strata, against="entered")),
    )
    until = EDate.of(last) if last is not None else None
    return OverPages(strata, found.title, tables, until, course=found, asked=asked)


def _far(round_: int, strata: int) -> str:
    return say("Round {n} of {strata} strata", n=round_, strata=strata)


def _asked(options: Mapping[str, Any], tell: Callable[[int, int], None]) -> Options:
    readings: dict[str, list[str]] = {}
    for text in options["reading"]:
        question, answer = split("--reading", text)
        readings.setdefault(question, []).append(answer)
    chances = {
        key: _chance(key, value) for key, value in (split("--chance", one) for one in options["chance"])
    }
    return {
        "readings": readings, "free": tuple(options["free"]),
        "without": tuple(part for one in options["without"] for part in one.split("+")),
        "chances": chances, "worlds": options["worlds"] or WORLDS, "seed": options["seed"], "tell": tell,
    }  # fmt: skip


def _chance(name: str, value: str) -> float:
    try:
        return float(value)
    except ValueError:
        why = "over pages, a chance is a number from 0 to 1"
        raise Refused(
            Problem("F850", whole(f"--chance {name}={value}"), {"value": value, "why": why})
        ) from None


def _given(shock: str, on: str, library: Library, treaties: Path | None) -> Course:
    """A shock that is typed, over every treaty whose page is in force on the day."""
    day = read_day("--on", on)
    assert day is not None  # a text was given
    attacker, target = parted(shock, day)
    if attacker == target:
        values = {"text": shock, "why": "a state does not attack itself"}
        raise Refused(Problem("F855", whole(f"--shock {shock}"), values))
    for code in (attacker, target):
        if ":" in code or not stood(code, day):
            why = f"{code} did not stand on that day, as far as the table of states says"
            why = f"pages have no code for {code} on that day" if ":" in code else why
            raise Refused(Problem("F855", whole(f"--shock {shock}"), {"text": shock, "why": why}))
    program = library.load(in_force(treaties, day)).program
    fact = Fact(f"war({attacker}, {target})", "war", (attacker, target))
    ends = {"attacker": aloud(with_article(attacker)), "target": aloud(with_article(target))}
    return Course("", begun(say("{attacker} attacks {target}", **ends)), program, day, (fact,), ())


def in_force(treaties: Path | None, day: date) -> Sequence[str]:
    """The instruments that bound somebody on a day, by their pages."""
    return [
        each.id
        for each in register(treaties).instruments
        if each.in_force and within(day, each.in_force, each.ended) != "no"
    ]
