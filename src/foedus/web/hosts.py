"""By which names the server may be called.

A page on the web can have its own name point to a machine in this building, and then read what that machine answers
(*DNS rebinding*). The browser still says by which name it asks: any that is not the server's is refused. An address in
figures is no name, and cannot be turned that way: a server that listens on all its addresses answers to each.

>>> hosts = Hosts.of("192.0.2.7", ["Council.example"])
>>> hosts.known("council.example:8000"), hosts.known("192.0.2.7"), hosts.known("evil.example"), hosts.known("[::1]:80")
(True, True, False, True)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
EVERYWHERE = frozenset({"", "0.0.0.0", "::", "*"})
_HOST = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253})(?::[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class Hosts:
    """Names without ports, in small letters. `figures`: whether any address in figures is one of the server's."""

    names: frozenset[str]
    figures: bool = False

    @classmethod
    def of(cls, bound: str, further: Iterable[str] = ()) -> Hosts:
        """Of the address on which a server listens, and further names given to it."""
        own = () if bound in EVERYWHERE else (_bracketed(bound),)
        return cls(LOOPBACK.union(own, map(_bracketed, further)), bound in EVERYWHERE)

    def known(self, header: str) -> bool:
        """Whether a `Host` header names this server."""
        found = _HOST.fullmatch(header.strip().lower())
        if found is None:
            return False
        name = found[1].removesuffix(".")
        return name in self.names or (self.figures and _in_figures(name))


def _bracketed(name: str) -> str:
    name = name.strip().lower().removesuffix(".")
    return f"[{name}]" if ":" in name and not name.startswith("[") else name


def _in_figures(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
