"""A cascade over treaty pages in a notebook's cell: its outcomes drawn, how each comes about, a row for each state."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Literal

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.notebook.figure import Drawn, drawn_to
from foedus.notebook.frames import Row
from foedus.notebook.markup import Markup, block, folded, framed, heading, quiet
from foedus.notebook.refusal import told
from foedus.notebook.rows import Rows
from foedus.report.cascade_pages import note
from foedus.report.lists import labelled, on_day
from foedus.report.plots.outcomes import outcomes
from foedus.report.strata.course import course, key
from foedus.report.strata.grid import grid
from foedus.report.strata.told import Told
from foedus.report.strata.wording import (
    example_words,
    further_words,
    no_probability,
    outcome_words,
    part_words,
    strata_words,
)
from foedus.terms.edtf import EDate
from foedus.words.speech import say


class Course(Rows):
    """The rows of a cascade over treaty pages, which show themselves beside drawings of its outcomes.

    >>> import foedus
    >>> foedus.course("july-1914", plans=False).plot().alt.split(". ")[2]
    'A share of strata counts readings and open facts; it is no probability'
    """

    def __init__(
        self,
        rows: Sequence[Row],
        title: str,
        shown: Sequence[str],
        text: Callable[[], str],
        drawn: Callable[[], Told],
    ) -> None:
        super().__init__("course", rows, title, shown, text)
        self._ask = drawn

    @cached_property
    def _told(self) -> Told:
        """What is drawn, worked out when it is first asked for."""
        return self._ask()

    def plot(
        self,
        kind: str = "outcomes",
        path: str | Path | None = None,
        *,
        columns: Literal["one", "two"] = "two",
    ) -> Drawn:
        """A figure for a paper: `outcomes`. With `path` it is written too: SVG, PDF or PNG by its ending, its words
        beside it. Needs foedus[plots]."""
        with told():
            if kind != "outcomes":
                values = {"name": kind, "known": "The figures are outcomes."}
                raise Refused(Problem("F510", NOWHERE, values))
            return drawn_to([outcomes(self._told, columns=columns)], path)

    def _repr_html_(self) -> str:
        return show_course(self._told, repr(self), self._drawn())


def show_course(found: Told, title: str, rows: Markup) -> str:
    """The output of a cell."""
    # Ids of one output must not be those of another on the same page.
    asked = f"{found.title} {found.strata.choices} {found.strata.instruments} {found.strata.treated}"
    own = hashlib.sha256(asked.encode()).hexdigest()[:8]
    return framed(
        heading(title, on_day(EDate.of(found.strata.day))),
        block(strata_words(found)),
        _drawing(grid(found, f"outcomes-{own}")),
        block(quiet(" ".join(filter(None, (no_probability(), further_words(found)))))),
        folded(say("How each comes about"), _drawing(key(f"key-{own}")), *_courses(found, own)),
        rows,
        block(quiet(note())),
    )


def _courses(found: Told, own: str) -> list[Markup]:
    """Each outcome with the course of one of its strata."""
    parts: list[Markup] = []
    for group, example in zip(found.outcomes, found.examples, strict=True):
        head = labelled(str(group.number), outcome_words(group))
        parts.append(heading(head, part_words(group.strata, found)))
        svg = course(example, found, f"course-{own}-{group.number}")
        if svg:
            parts.append(_drawing(svg))
        parts.append(block(quiet(example_words(example, found))))
    return parts


def _drawing(svg: str) -> Markup:
    return block(Markup(svg), style="margin:.5rem 0 .8rem;max-width:940px")
