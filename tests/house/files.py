"""The files of the repository, as the tests of the house see them."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

MADE = {".git", ".venv", "build", "dist", "node_modules"}
"""Folders that hold what was made, never what was written."""


def repository_files() -> list[Path]:
    """Every file that is or would be committed: git's own list; in an unpacked archive, every file."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True)
        found = [ROOT / name for name in done.stdout.decode().split("\0") if name]
    except (FileNotFoundError, subprocess.CalledProcessError):
        found = [
            path for path in ROOT.rglob("*")
            if not MADE & set(path.relative_to(ROOT).parts)
            and not any(part.endswith(("_cache", "__pycache__")) for part in path.parts)
        ]  # fmt: skip
    return sorted(path for path in found if path.is_file())


def text_of(path: Path) -> str:
    """The file's text; bytes that are no text become marks."""
    return path.read_text(encoding="utf-8", errors="replace")


def name_of(path: Path) -> str:
    """The path from the repository's root, as test ids and messages show it."""
    return path.relative_to(ROOT).as_posix()
