"""Names of people: read as they are meant, and refused where they would deceive.

A name is one line of letters that can be seen. What turns the line round, hides in it, piles marks on a letter or
mixes alphabets inside a word (a Cyrillic `а` among Latin letters looks like another's name) is refused and not mended.

>>> name_of("  Asel   Toktogulova "), same("ASEL Toktogulova") == same("asel toktogulova")
('Asel Toktogulova', True)
"""

from __future__ import annotations

import re
from unicodedata import category, normalize
from unicodedata import name as called

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.diagnostics.visible import MOST_MARKS, visible
from foedus.words.speech import phrase

LONGEST = 60
ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
"""Alphabets with letters that look like another's."""

_BLANK = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and signs by their number, and nothing to the eye."""


def name_of(text: str) -> str:
    """The name in NFC, its spaces single. Raises `Refused` (F731)."""
    if len(text) > 8 * LONGEST:
        raise unfit(text, phrase("it has more than {most} characters", most=LONGEST))
    spaced = "".join(" " if category(c) == "Zs" else c for c in normalize("NFC", text))
    name = re.sub(" +", " ", spaced).strip(" ")
    if any(c in _BLANK or category(c) in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp") for c in name):
        raise unfit(name, phrase("it holds characters that cannot be seen"))
    if not any(category(c)[0] in "LN" for c in name):
        raise unfit(name, phrase("it has no letter"))
    if len(name) > LONGEST:
        raise unfit(name, phrase("it has more than {most} characters", most=LONGEST))
    if _piled(name):
        raise unfit(name, phrase("too many marks stand on one letter"))
    for word in re.findall(r"\w+", name):
        if len({alphabet for c in word for alphabet in ALPHABETS if called(c, "").startswith(alphabet)}) > 1:
            raise unfit(name, phrase("letters of two alphabets stand in one word: {word}", word=word))
    return name


def same(name: str) -> str:
    """What two names have in common that are too like each other for one room: capitals, widths and spaces aside."""
    return "".join(normalize("NFKC", normalize("NFKC", name).casefold()).split())


def unfit(name: str, why: str) -> Refused:
    """F731: a name that nobody can have."""
    return Refused(Problem("F731", NOWHERE, {"name": visible(name)[:LONGEST] or "…", "why": why}))


def _piled(name: str) -> bool:
    run = 0
    for c in name:
        run = run + 1 if category(c) in ("Mn", "Me") else 0
        if run > MOST_MARKS:
            return True
    return False
