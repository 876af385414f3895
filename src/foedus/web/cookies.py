"""The cookie by which a browser is known in a room: not readable by scripts, not sent along from other sites.

Over HTTPS its name begins with `__Host-`, by which browsers make sure that it was set by this very host, for all of
it, and never in the clear.

>>> set_cookie("abc", secure=True)
'__Host-foedus=abc; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=604800'
>>> token_of("a=b; foedus=abc", secure=False), token_of("foedus=abc", secure=True)
('abc', '')
"""

from __future__ import annotations

import re

from foedus.web.keeping import LONGEST

_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,100}")


def cookie_name(*, secure: bool) -> str:
    """What the cookie is called."""
    return "__Host-foedus" if secure else "foedus"


def set_cookie(token: str, *, secure: bool, seconds: int = LONGEST) -> str:
    """The value of a `Set-Cookie` header."""
    if not _TOKEN.fullmatch(token):
        raise ValueError("a token has letters, digits, - and _")
    parts = [f"{cookie_name(secure=secure)}={token}", "Path=/", "HttpOnly", "SameSite=Lax"]
    return "; ".join([*parts, *(["Secure"] if secure else []), f"Max-Age={seconds}"])


def drop_cookie(*, secure: bool) -> str:
    """The value of a `Set-Cookie` header by which the browser forgets."""
    return set_cookie("gone", secure=secure, seconds=0)


def token_of(header: str, *, secure: bool) -> str:
    """The token in a `Cookie` header; empty if there is none, or more than one, or it has another shape."""
    name = cookie_name(secure=secure)
    pairs = [part.strip().partition("=") for part in header.split(";")]
    found = [value for key, _, value in pairs if key == name]
    return found[0] if len(found) == 1 and _TOKEN.fullmatch(found[0]) else ""
