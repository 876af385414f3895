"""Reads a page from disk, whatever wrote it."""

from __future__ import annotations

from pathlib import Path

from foedus.diagnostics.problem import Problem


def read_page(path: str | Path) -> tuple[str, tuple[Problem, ...]]:
    """The text of the page, lines ended by `\\n`, and warnings; raises `Refused` if it cannot be read."""
    text = Path(path).read_text(encoding="utf-8-sig")
    return text, ()
