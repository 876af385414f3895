"""Codes by which people come in: twelve signs of Crockford's base 32, which is sixty bits of chance.

The alphabet has no I, L, O and U; whoever types one of the first three for its look-alike is understood.

>>> read_code("o1lI-zzzz-9 999"), shown("0111ZZZZ9999")
('0111ZZZZ9999', '0111-ZZZZ-9999')
>>> read_code("0111-ZZZZ") is None
True
"""

from __future__ import annotations

import re
import secrets
from hashlib import sha256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_MEANT = str.maketrans("OIL", "011")
_PLAIN = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
_BETWEEN = re.compile(r"[\s\u2010-\u2015\u2212_.-]+")
LONGEST_TYPED = 60


def new_code() -> str:
    """A code that nobody can guess, as it is shown: `XXXX-XXXX-XXXX`."""
    return shown("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def read_code(typed: str) -> str | None:
    """The code without its dashes; None for what is none."""
    if len(typed) > LONGEST_TYPED:
        return None
    plain = _BETWEEN.sub("", typed).upper().translate(_MEANT)
    return plain if _PLAIN.fullmatch(plain) else None


def shown(plain: str) -> str:
    """The code in groups of four."""
    return "-".join(plain[at : at + 4] for at in range(0, LENGTH, 4))


def digest(secret: str) -> str:
    """What is kept in a secret's stead: SHA-256, in hexadecimal. Enough for secrets of chance, which nobody tries out;
    a passphrase needs Argon2."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def new_token() -> str:
    """What a browser is known by: 256 bits of chance."""
    return secrets.token_urlsafe(32)


def new_handle() -> str:
    """Eight letters of chance, without vowels, so that they make no word."""
    return "".join(secrets.choice("bcdfghjkmnpqrstvwxz") for _ in range(8))
