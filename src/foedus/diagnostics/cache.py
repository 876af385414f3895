"""What Foedus keeps for the next time, in the user's cache folder: found under a key of all that decides it, so that
nothing stale can be. `FOEDUS_CACHE` names another folder, or `off`."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import platformdirs

from foedus import __version__

KEPT = 8
"""How many of a kind are kept: one for each set of pages lately asked about."""


def cache_folder() -> Path | None:
    """Where it is kept; None if the user wants nothing kept."""
    named = os.environ.get("FOEDUS_CACHE", "")
    if named.lower() == "off":
        return None
    return Path(named) if named else Path(platformdirs.user_cache_dir("foedus", appauthor=False))


@cache
def code_of(rooms: tuple[str, ...]) -> str:
    """A digest of this version, and of the code and tables of some rooms."""
    made = sha256(__version__.encode())
    home = Path(str(files("foedus")))
    for room in rooms:
        for path in sorted((home / room).rglob("*")) or [home / room]:
            if path.suffix in (".py", ".lark", ".csv"):
                made.update(path.read_bytes())
    return made.hexdigest()


def keep(folder: Path, name: str, text: str) -> None:
    """Keep a text as a whole or not at all; of its kind (`register-…`) the oldest are dropped. Where nothing can be
    written, nothing is kept."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as beside:
            (Path(beside) / name).write_text(text, encoding="utf-8")
            (Path(beside) / name).replace(folder / name)
        kind = name.partition("-")[0]
        old = sorted(folder.glob(f"{kind}-*.json"), key=lambda path: path.stat().st_mtime)
        for path in old[:-KEPT]:
            path.unlink()
