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
from datetime import date
from pathlib import Path

from foedus.diagnostics.span import NOWHERE
from foedus.diagnostics.suggest import suggest
from foedus.terms.edtf import EDate, parse_date
from foedus.words.speech import Phrase, marked_in, phrase_in


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

    def on(self, day: date) -> bool:
        """Whether a day lies in these dates."""
        return (self.from_ is None or day >= self.from_.first) and (
            self.until is None or day < self.until.last
        )


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


EARLIER = {"AUT": ("AUH", "AUE"), "CZE": ("CSK",), "KOR": ("KRE", "JOS")}
"""Former states that have other numbers, but are meant by the code on a day on which they stood."""

UNCODED = {
    89: State("", marked_in("state", "United Provinces of Central America"), article=True),
    99: State("", marked_in("state", "Great Colombia")),
    329: State("", marked_in("state", "Two Sicilies"), "", True, None, _date("1816-12-08")),
    365: State("", marked_in("state", "Russia"), "", False, _date("1917-09-14"), _date("1922-12-30")),
    563: State("", marked_in("state", "Transvaal"), article=True),
    564: State("", marked_in("state", "Orange Free State"), article=True),
    711: State("", marked_in("state", "Tibet")),
    751: State("", marked_in("state", "Hyderabad")),  # UCDP, which goes by Gleditsch & Ward; unconfirmed
    815: State("", marked_in("state", "Vietnam before 1893")),  # unconfirmed
    817: State("", marked_in("state", "State of Viet-Nam"), "", True, None, _date("1955-10-26")),
}
"""States by a number in the lists of Correlates of War (329, 365, 817) or of Gleditsch & Ward alone (the others), which
no code of the table has then; `from_` and `until` only where one has it on other days."""

NAMED = "state"
"""The context of a state's name in a catalogue of words."""


def _known(code: str) -> State | None:
    system, colon, number = code.partition(":")
    if colon and system in ("cow", "gw") and number.isdecimal():
        return UNCODED.get(int(number))
    return STATES.get(code)


def name_of(code: str) -> Phrase | str:
    """The short name, without article. Of a number without a code (`cow:365`), the name by which it is known, else
    the number with its list; the code itself where the table lacks it.

    >>> name_of("KAZ"), name_of("cow:365"), name_of("cow:9999"), name_of("gw:9999"), name_of("ARV")
    ('Kazakhstan', 'Russia', 'COW 9999', 'GW 9999', 'ARV')
    """
    state = _known(code)
    if state is not None:
        return phrase_in(NAMED, state.name)
    system, colon, number = code.partition(":")
    return f"{system.upper()} {number}" if colon and system in ("cow", "gw") else code


def article_of(code: str) -> str:
    """`the ` for a name that takes it in a sentence, otherwise nothing."""
    state = _known(code)
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
