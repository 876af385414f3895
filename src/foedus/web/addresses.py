"""At which addresses a server can be reached, as it tells them when it starts."""

from __future__ import annotations

import socket
from collections.abc import Iterator

from foedus.web.hosts import EVERYWHERE

ANYWHERE = ("192.0.2.1", 9)
"""An address kept for documentation (RFC 5737). A socket that is pointed at it sends nothing: it only learns from which
address of its own it would."""


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises OSError."""
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(kind, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # taken over by every connection
        made.bind((host, port))
        made.listen(2048)
        made.set_inheritable(True)
    except OSError:
        made.close()
        raise
    return made


def addresses(host: str, port: int) -> tuple[str, ...]:
    """What is typed in a browser. For a server on all addresses, those of this machine that others can use come first,
    as far as the machine tells them.

    >>> addresses("127.0.0.1", 8000), addresses("::1", 80)
    (('http://127.0.0.1:8000/',), ('http://[::1]:80/',))
    """
    found = [host] if host not in EVERYWHERE else list(dict.fromkeys((*_own(), "127.0.0.1")))
    return tuple(f"http://{f'[{each}]' if ':' in each else each}:{port}/" for each in found)


def _own() -> Iterator[str]:
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(ANYWHERE)
            yield probe.getsockname()[0]
    except OSError:
        pass  # no way out of this machine: there may still be names
    try:
        for *_, where in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET, socket.SOCK_STREAM):
            if not str(where[0]).startswith("127."):
                yield str(where[0])
    except OSError:
        return
