"""`show_page`: the whole page. Its sections, their order, and what a browser may do with it.

The page carries its style and its script, and tells the browser by their digests to take no other: no
image, font or script from elsewhere, whatever a dossier holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from foedus.assessment.finding import Assessment
from foedus.report.cite import citation, command
from foedus.report.html.answer import answer
from foedus.report.html.conduct import conduct, tensions
from foedus.report.html.documents import sources
from foedus.report.html.figures import figures
from foedus.report.html.grounds import grounds
from foedus.report.html.limits import limits
from foedus.report.html.lineage import lineage
from foedus.report.html.outcomes import outcomes
from foedus.report.html.positions import positions
from foedus.report.html.sealed import environment, policy, text_of
from foedus.report.html.setting import Setting, anchor, linkable
from foedus.report.html.switches import island
from foedus.report.html.texts import texts
from foedus.report.html.timeline import timeline
from foedus.report.lead import asked_on, counts
from foedus.report.memo import DISCLAIMER
from foedus.words.speech import language, marked

HERE = Path(__file__).parent
Making = Callable[[Setting], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: the name of its template and style, its heading, and what makes it."""

    name: str
    title: str
    make: Making


SECTIONS = (
    Section("answer", marked("The answer, and on what it turns"), answer),
    Section("positions", marked("Who must be right"), positions),
    Section("grounds", marked("Grounds"), grounds),
    Section("timeline", marked("Timeline"), timeline),
    Section("conduct", marked("Conduct"), conduct),
    Section("tensions", marked("Statements in tension"), tensions),
    Section("figures", marked("Figures"), figures),
    Section("outcomes", marked("What history records"), outcomes),
    Section("lineage", marked("Lineage"), lineage),
    Section("texts", marked("Texts of the sources"), texts),
    Section("limits", marked("Not encoded, not confirmed"), limits),
    Section("sources", marked("Sources"), sources),
)
"""In the order in which a reader asks: what, on what it turns, who must be right, why, how, from whom."""


def show_page(assessment: Assessment, own: Mapping[tuple[str, str], str] | None = None) -> str:
    """The page as HTML in one string, in the language spoken. `own` are the reader's copies of
    articles, by instrument and heading."""
    page = Setting(assessment, own or {})
    made = [(section, section.make(page)) for section in SECTIONS]
    shown = [(section, value) for section, value in made if value is not None]
    style, script = _styles(), _scripts()
    return (
        _environment()
        .get_template("page.html")
        .render(
            page=page,
            assessment=assessment,
            sections=shown,
            island=island(page),
            language=language(),
            asked_on=asked_on(assessment),
            counts=counts(assessment),
            disclaimer=DISCLAIMER,
            citation=citation(assessment),
            command=command(assessment),
            style=Markup(style),
            script=Markup(script),
            policy=policy(style, script),
        )
    )


@cache
def _styles() -> str:
    """`type.css`, then what the switches add, then each section's own, in their order."""
    names = ("type", "supposing", *(section.name for section in SECTIONS), "paper")
    return "\n".join(text_of(HERE / "styles" / f"{name}.css") for name in names)


@cache
def _scripts() -> str:
    return "\n".join(text_of(path) for path in sorted((HERE / "scripts").glob("*.js")))


@cache
def _environment() -> Environment:
    made = environment(HERE / "templates")
    made.globals.update(anchor=anchor, linkable=linkable)  # pyright: ignore[reportUnknownMemberType]
    return made
