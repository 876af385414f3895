"""Passphrases: optional, long, kept as Argon2id only.

They are for whoever wants to come back without asking for a code. Hashing takes tens of milliseconds and 64 MiB by
design: a server does it outside its event loop, a few at a time.

>>> fits(hashed("a ship of three masts", CHEAP), "a ship of three masts", CHEAP)
True
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from unicodedata import category, normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import CHEAPEST, RFC_9106_LOW_MEMORY

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.words.speech import phrase

SHORTEST = 15
LONGEST = 1_000
FEWEST = 6
"""Different characters in a passphrase."""

HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
"""The second choice of RFC 9106: three passes over 64 MiB."""
CHEAP = PasswordHasher.from_parameters(CHEAPEST)
"""For tests of other things; protects nothing."""

_ROWS = ("qwertyuiopasdfghjklzxcvbnm", "йцукенгшщзхъфывапролджэячсмитьбю", "azertyuiopqsdfghjklmwxcvbn")


def passphrase_of(text: str, *context: str) -> str:
    """The passphrase in NFC. `context`: names that must not make up much of it. Raises `Refused` (F733)."""
    if len(text) > LONGEST:
        raise _unfit(phrase("it has more than {most} characters", most=LONGEST))
    found = normalize("NFC", text)
    if any(category(c) in ("Cc", "Cs", "Cn") for c in found):
        raise _unfit(phrase("it holds characters that cannot be seen"))
    if len(found) < SHORTEST:
        raise _unfit(phrase("it has fewer than {fewest} characters", fewest=SHORTEST))
    left = found.casefold()
    for name in context:
        if len(name) > 2:
            left = left.replace(normalize("NFC", name).casefold(), "")
    if len(left.strip()) < SHORTEST // 2:
        raise _unfit(phrase("it is little more than a name that others know"))
    if len(set(left)) < FEWEST or _in_a_row(left) > len(left) // 2:
        raise _unfit(phrase("it follows a pattern that is tried first"))
    return found


def hashed(passphrase: str, hasher: PasswordHasher = HASHER) -> str:
    """What is kept of a passphrase."""
    return hasher.hash(passphrase)


def fits(kept: str | None, typed: str, hasher: PasswordHasher = HASHER) -> bool:
    """Whether what was typed is the passphrase. Without one that is kept it takes as long, and is wrong."""
    try:
        right = hasher.verify(kept or _nobodys(hasher), normalize("NFC", typed[: LONGEST + 1]))
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False
    return right and kept is not None


def outdated(kept: str, hasher: PasswordHasher = HASHER) -> bool:
    """Whether it was kept with other settings than today's, and is to be kept anew."""
    return hasher.check_needs_rehash(kept)


@cache
def _nobodys(hasher: PasswordHasher) -> str:
    return hasher.hash("nobody's passphrase")


def _in_a_row(text: str) -> int:
    """How many characters follow the one before as in counting, in the alphabet, on a keyboard, or repeat it."""
    return sum(
        abs(ord(a) - ord(b)) <= 1 or any(a + b in row or b + a in row for row in _ROWS)
        for a, b in pairwise(text)
    )


def _unfit(why: str) -> Refused:
    return Refused(Problem("F733", NOWHERE, {"why": why}))
