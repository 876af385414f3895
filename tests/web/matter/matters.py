"""Matters to look at: sessions that ship, played up to some turn."""

from __future__ import annotations

from functools import cache

from foedus.council.chair import decide
from foedus.council.clocks import run_out
from foedus.council.minutes import minutes
from foedus.exercise.turns import Turn
from foedus.web.matter.assessing import Assessed, pages_of
from foedus.web.matter.mission import Numbered, postings_of, reports_of
from foedus.web.matter.show import Matter
from foedus.web.matter.summary import Summary, of_dossier, of_session
from tests.exercise.scenes import played, scene

LANGUAGES = ("en", "fr", "ru")


def page_of(turn: Turn, title: str = "A session") -> str:
    """The page of a session after a turn."""
    return minutes(turn.rules, turn.state, "session", title)


def done(turns: tuple[Turn, ...]) -> Numbered:
    """The deeds that were done, numbered as entries are."""
    return [
        (n, turn.deed) for n, turn in enumerate(turns, 1) if turn.deed is not None and turn.problem is None
    ]


def after(kind: str, count: int = 1, name: str = "six-valleys") -> tuple[Turn, ...]:
    """The turns up to the deed of that kind, or the step of that name, the so-manieth."""
    for n, turn in enumerate(played(name), 1):
        if turn.deed is not None and turn.problem is None and kind in (turn.deed.kind, turn.deed.step):
            count -= 1
            if not count:
                return played(name)[:n]
    raise LookupError(kind)


def matter(turns: tuple[Turn, ...], name: str = "six-valleys", assessed: Assessed | None = None) -> Matter:
    """What stands beside the debate after these turns."""
    last = turns[-1]
    position = decide(last.rules, last.state, last.at)
    return Matter(
        scene(name), last.rules, run_out(last.rules, last.state, last.at), position, reports_of(done(turns)),
        postings_of(last.rules, done(turns)), assessed or Assessed(),
    )  # fmt: skip


@cache
def summed(name: str = "six-valleys", upto: int | None = None) -> Summary:
    """The assessment of its session."""
    pages = pages_of(scene(name).folder, None, LANGUAGES)
    return of_session(page_of(played(name)[:upto][-1]), pages.treaties, pages.beside, pages.languages)


@cache
def of_sources(name: str = "kazakhstan-2022") -> Summary:
    """The assessment of the dossier that it is taken from."""
    return of_dossier(name, None, (), LANGUAGES)
