"""The styles, scripts and pictures that pages need, each at an address that changes when it does.

Parts of pages have styles of their own in `static/parts/*.css`; they are joined to `room.css` in the order of their
names, so that a page has one stylesheet.

>>> address("room.css").startswith("/static/room.") and address("room.css").endswith(".css")
True
>>> found("room.css") is None and found("../look.py") is None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

STATIC = Path(__file__).parent / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_ADDRESS = re.compile(r"(?P<stem>[a-z0-9-]+)\.(?P<digest>[0-9a-f]{12})(?P<suffix>\.[a-z]+)")


@dataclass(frozen=True, slots=True)
class Asset:
    """One of them: its name, its media type, what it holds, and a digest of that."""

    name: str
    kind: str
    content: bytes
    digest: str

    @property
    def address(self) -> str:
        """Where it is found."""
        stem, _, suffix = self.name.rpartition(".")
        return f"/static/{stem}.{self.digest}.{suffix}"


def _read() -> Iterator[Asset]:
    for path in sorted(STATIC.iterdir()):
        if path.suffix not in TYPES:
            continue
        content = path.read_bytes()
        if path.name == "room.css":
            parts = sorted((STATIC / "parts").glob("*.css"))
            content = b"\n".join([content, *(part.read_bytes() for part in parts)])
        yield Asset(path.name, TYPES[path.suffix], content, sha256(content).hexdigest()[:12])


@cache
def assets() -> Mapping[str, Asset]:
    """All of them, by name, as they were when the first was asked for."""
    return {each.name: each for each in _read()}


@cache
def look_of_all() -> str:
    """A digest of them all: a page that was made with another is to be loaded anew."""
    return sha256("".join(each.address for each in assets().values()).encode()).hexdigest()[:12]


def address(name: str) -> str:
    """The address of one. Raises KeyError for what there is not."""
    return assets()[name].address


def found(asked: str) -> Asset | None:
    """What the last part of an address asks for. Whoever asks for one as it was before gets it as it is now: its digest
    then differs from the address's."""
    read = _ADDRESS.fullmatch(asked)
    return assets().get(read["stem"] + read["suffix"]) if read else None
