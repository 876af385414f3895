"""The states that a user names, as the model has them: a code is taken as that of the state that stood on the day.

`SRB` in 1914 is the Kingdom of Serbia (SER), `RUS` the Russian Empire (RUE): another code, name or number by which
the Correlates of War know the state that stood then; `AUT` is Austria-Hungary, though it has another number.

>>> named_state("SRB", date(1914, 7, 28)), named_state("AUT", date(1914, 7, 28)), named_state("PRU", date(1914, 7, 28))
('SER', 'AUH', 'DEU')
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from foedus.diagnostics.problem import Refused
from foedus.terms.codes import code_of, codes_on, state_numbered, state_of, stood, table
from foedus.terms.states import EARLIER

Taken = tuple[tuple[str, str], ...]
"""What a user wrote, and the code of the state that it was taken for: `(("SRB", "SER"),)`."""


def pair_of(text: str, on: date) -> tuple[str, str, bool] | None:
    """`FRN:RUS` as two states' codes, and whether both directions are meant (`FRN>RUS`: only what the first owes)."""
    for sign, both in ((">", False), (":", True)):
        one, found, other = text.partition(sign)
        if found and one.strip() and other.strip():
            try:
                return named_state(one, on), named_state(other, on), both
            except Refused:
                continue
    return None


def named_state(text: str, on: date) -> str:
    """A state's code as the model has it: by code, name, number (`cow:300`) or COW's letters (`FRN`); a code of
    another time stands for the state that had its letters or its number on the day (`RUS` in 1914: `RUE`). Raises
    `Refused` (F538) for what names none."""
    try:
        code = state_of(text, on)
    except Refused:
        code = ""
    if ":" not in text and (former := [each for each in EARLIER.get(code, ()) if stood(each, on)]):
        return former[0]
    numbers = _numbers(code, on)
    if not numbers:
        try:
            numbers = _numbers(state_of(f"cow:{text.strip()}", on), on)
        except Refused:
            if not code:
                state_of(text, on)  # says what is wrong with it
            return code
    found = [each for each in (code_of(number, on) for number in numbers) if each is not None]
    if found:
        return found[0]
    spoken = state_numbered(numbers[0], on)
    return spoken if ":" in spoken else code or spoken


def _numbers(code: str, on: date) -> list[int]:
    """COW's numbers of a state: that on the day, else any that it had."""
    now = codes_on(code, on)
    return (
        [now.cow] if now is not None else list(dict.fromkeys(row.cow for row in table() if row.code == code))
    )


def normal(text: str, on: date) -> tuple[str, ...]:
    """What a user wrote as keys of `keys_of`."""
    written = text.strip()
    head, slash, tail = written.rpartition("/")
    if slash:
        try:
            return (f"{head}/{named_state(tail, on)}", written)
        except Refused:
            return tuple(f"{key}/{tail}" for key in normal(head, on))
    pair = pair_of(written, on)
    if pair is not None:
        one, other, both = pair
        return (f"{one}:{other}", f"{other}:{one}", written) if both else (f"{one}:{other}", written)
    try:
        return (named_state(written, on), written)
    except Refused:
        return (written,)


def taken(texts: Iterable[str], on: date) -> Taken:
    """Which states in what a user wrote (`AUH:SRB`, `atop:1350/ITA`, `FRA>RUS+ITA`, `request/SRB`) were taken for
    another, by the day; each once.

    >>> taken(["AUH:SRB", "RUS:SRB+atop:1350/ITA"], date(1914, 7, 28))
    (('SRB', 'SER'), ('RUS', 'RUE'))
    """
    words = (
        word.strip()
        for text in texts
        for word in re.split(r"[+:>/,]", re.sub(r"(?i)\b(cow|gw):\w+", "", text))
    )
    found: dict[str, str] = {}
    for word in words:
        try:
            meant_by, state = state_of(word, on), named_state(word, on)
        except Refused:
            continue
        if state != meant_by:
            found.setdefault(word, state)
    return tuple(found.items())


def meant(text: str, on: date) -> str:
    """How a text was read, where a state in it was taken for another; for the help of a problem."""
    read = ", ".join(f"`{word}` is taken for `{state}`" for word, state in taken([text], on))
    return f"On that day {read}." if read else ""
