"""Minutes for tests: of a session that ships, and of one in which everything that people wrote is hostile."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache

from foedus.council.debate.order import Order
from foedus.council.fields import instant
from foedus.diagnostics.problem import Refused
from foedus.exercise.scenario import Cue, Inject
from foedus.meeting.entering import Entered, Standing, entered, injected, started
from foedus.report.official.minutes import About, Minutes, minutes_of
from tests.exercise.scenes import played, scene

HOSTILE = (
    "<script>alert(1)</script>",
    "</p></narrative>]]> &amp; <!-- x -->",
    '#import "/etc/passwd": x #panic("no") $x^2$ *bold* _it_ \\ @ref <label> #sys.inputs.data',
    "nul\x00bell\x07 surrogate\ud800 end\uffff",
    "abc\u202edcba\u202c and \u200b\u2066hidden\u2069",
    "Ответ: «Да», Հայաստան, ქართული, 日本語",
    "| a | b |\n# heading\n- item\n```\ncode",
    '=HYPERLINK("http://x")',
    "x" * 3000,
)
"""Words that would be read as markup, or that a file cannot hold."""


@cache
def session(live: bool = True) -> tuple[Standing, tuple[Entered, ...]]:
    """The session of the six valleys, opened and corrected as people do it."""
    found = scene()
    real = datetime(2031, 3, 1, 9, tzinfo=UTC)
    standing = started(found.rules, Order(), found.start, real, 1)
    entries: list[Entered] = []
    bodies = [turn for turn in played() if turn.deed is not None or turn.inject is not None]
    start = [
        {"kind": "meet", "by": "chair", "at": instant(found.start), "what": "open", "person": "abcdefgh"}
    ]
    for n, turn in enumerate([*start, *bodies] if live else bodies):
        now = real + timedelta(seconds=n)
        if isinstance(turn, dict):
            standing, entry, _ = entered(standing, turn, now)
        elif turn.inject is not None:
            standing, entry, _ = injected(standing, turn.inject, n, turn.at, now)
        else:
            assert turn.deed is not None
            standing, entry, _ = entered(standing, turn.deed.body(), now)
        entries.append(entry)
    for body in (
        {"kind": "correct", "by": "secretary", "entry": 3, "text": "at nine"},
        {"kind": "bookmark", "by": "chair", "entry": 3, "text": "here it began"},
    ):
        if live:
            standing, entry, _ = entered(standing, {**body, "at": instant(standing.at)}, standing.real)
            entries.append(entry)
    return standing, tuple(entries)


@cache
def minutes(language: str = "en") -> Minutes:
    """Its minutes."""
    standing, entries = session()
    return minutes_of(
        standing, entries, About("The dam at Marn", "hall", language, names={"abcdefgh": "Ilse Dorn"})
    )


@cache
def hostile() -> Minutes:
    """Minutes of a session in which all words are hostile."""
    found = scene()
    real = datetime(2031, 3, 1, 9, tzinfo=UTC)
    standing = started(found.rules, Order(), found.start, real, 1)
    entries: list[Entered] = []
    at = instant(found.start)
    bodies = [{"kind": "meet", "by": "chair", "at": at, "what": "open"}]
    for words in HOSTILE:
        item = {"kind": "item", "by": "chair", "what": "propose", "item": "new", "title": words}
        letter = {
            "kind": "paper",
            "by": "BOR",
            "what": "table",
            "paper": "new",
            "title": words,
            "text": "letter",
        }
        correction = {"kind": "correct", "by": "secretary", "entry": 1, "text": words}
        bodies += [{"at": at, **each} for each in (item, letter, correction)]
    for body in bodies:
        with suppress(Refused):  # what no record takes comes from outside below
            standing, entry, _ = entered(standing, body, real)
            entries.append(entry)
    for words in HOSTILE:
        standing, entry, _ = injected(standing, Inject(Cue(found.start), words, words), 0, found.start, real)
        entries.append(entry)
    return minutes_of(standing, entries, About(HOSTILE[0], HOSTILE[1], names={}))
