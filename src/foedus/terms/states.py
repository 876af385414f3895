"""States by their codes, and their names as a sentence has them.

The codes are those of ISO 3166-1 alpha-3, with codes in the same form for former states: those of
ISO 3166-3, the Correlates of War's (AUH, BAV, RVN), and a few of our own where both lack one (OTT,
RUE, SER, AUE, ROC). Names are short English names in current official use. ISO also codes territories
that are no states.

That a code is here says nothing of whether a state exists, who recognises it, what belongs to it or
which state continues it. `until` is when a former state's code ceases to be used here; ROC has none,
because every date would take a side.

>>> with_article("RUS"), with_article("KAZ"), STATES["SUN"].adjective
('the Russian Federation', 'Kazakhstan', 'Soviet')
>>> STATES["SUN"].until
EDate('1991-12-26')
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from foedus.diagnostics.span import NOWHERE
from foedus.diagnostics.suggest import suggest
from foedus.terms.edtf import EDate, parse_date
from foedus.words.speech import Phrase, phrase_in


@dataclass(frozen=True, slots=True)
class State:
    """A state or coded territory.

    `adjective` may be empty (territories only). `article`: whether the name takes "the". `from_` (inclusive)
    and `until` (exclusive) are given for former states where known; a bare year is one of its days.
    """

    code: str
    name: str
    adjective: str = ""
    article: bool = False
    from_: EDate | None = None
    until: EDate | None = None


def _load() -> dict[str, State]:
    lines = Path(__file__).with_name("states.csv").read_text(encoding="utf-8").splitlines()[1:]
    states: dict[str, State] = {}
    for line in lines:
        code, name, adjective, article, since, until = line.split("|")
        states[code] = State(code, name, adjective, article == "the", _date(since), _date(until))
    return states


def _date(text: str) -> EDate | None:
    return parse_date(text, NOWHERE) if text else None


STATES: dict[str, State] = _load()
"""Every state by its code, in the order of the table: ISO's by name, then former states."""

ALSO_CALLED = {
    "america": "USA", "bolivarian republic of venezuela": "VEN", "britain": "GBR", "brunei": "BRN",
    "cape verde": "CPV", "czech republic": "CZE", "east germany": "DDR", "east timor": "TLS",
    "england": "GBR", "falkland islands": "FLK", "great britain": "GBR", "gdr": "DDR",
    "islamic republic of iran": "IRN", "ivory coast": "CIV", "laos": "LAO", "macedonia": "MKD",
    "micronesia": "FSM", "moldova": "MDA", "north korea": "PRK", "north vietnam": "VDR",
    "republic of the congo": "COG", "russia": "RUS", "sardinia": "SAR", "south korea": "KOR",
    "south vietnam": "RVN", "south yemen": "YMD", "swaziland": "SWZ", "syria": "SYR", "tanzania": "TZA",
    "turkey": "TUR", "uae": "ARE", "uk": "GBR", "united states of america": "USA", "us": "USA",
    "ussr": "SUN", "vatican": "VAT", "vietnam": "VNM",
}  # fmt: skip
"""Other names that people write, in lower case, with the code meant."""


NAMED = "state"
"""The context of a state's name in a catalogue of words."""


def name_of(code: str) -> Phrase | str:
    """The short name, without article; the code itself where the table lacks it."""
    state = STATES.get(code)
    return phrase_in(NAMED, state.name) if state else code


def article_of(code: str) -> str:
    """`the ` for a name that takes it in a sentence, otherwise nothing."""
    state = STATES.get(code)
    return "the " if state and state.article else ""


def with_article(code: str) -> Phrase | str:
    """The name as it stands inside a sentence: `the Netherlands`, `Kazakhstan`."""
    return phrase_in("state", "the {state}", state=name_of(code)) if article_of(code) else name_of(code)


def nearest(word: str) -> str | None:
    """The code that `word` most likely means: a code, a state's name, or near to one; else None.

    >>> nearest("kaz"), nearest("Russia"), nearest("Kazachstan"), nearest("42")
    ('KAZ', 'RUS', 'KAZ', None)
    """
    if word.upper() in STATES:
        return word.upper()
    named = {state.name.lower(): code for code, state in STATES.items()} | ALSO_CALLED
    low = word.lower().removeprefix("the ").strip()
    if low in named:
        return named[low]
    if len(word) <= 3:
        return suggest(word.upper(), STATES)
    meant = suggest(low, named)
    return named[meant] if meant else None
