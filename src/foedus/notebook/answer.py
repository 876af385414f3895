"""An answer: what follows in a crisis, as an object to look at, to ask further, and to reckon with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from importlib import import_module
from typing import Any, Literal, overload

from foedus.assessment.assess import assess
from foedus.assessment.case import Asked
from foedus.assessment.finding import Assessment
from foedus.assessment.sweep import sweep
from foedus.notebook import finding, position, question
from foedus.notebook.backends import Backend, DataFrame, framed_by
from foedus.notebook.dossier import Dossier
from foedus.notebook.finding import Finding
from foedus.notebook.frames import table_of
from foedus.notebook.grounds import Grounds
from foedus.notebook.listing import Listing
from foedus.notebook.moved import Comparison
from foedus.notebook.overview import drawn, in_brief
from foedus.notebook.position import Position
from foedus.notebook.put import settings
from foedus.notebook.question import Question
from foedus.notebook.refusal import told
from foedus.notebook.sweep import Sweep
from foedus.report.json import to_json
from foedus.report.moved import compare
from foedus.report.plain import Json
from foedus.report.terminal import show_assessment
from foedus.report.why import show_why


@dataclass(frozen=True, eq=False, repr=False)
class Answer:
    """What follows in a crisis; in a notebook it shows itself, printed it is the page of the terminal.

    >>> import foedus
    >>> answer = foedus.assess("kazakhstan-2022")
    >>> answer
    Kazakhstan, January 2022, as of 6 January 2022
    ◧ Whether Armenia, Kyrgyzstan, the Russian Federation, Tajikistan and Belarus had to give the necessary
    help, military help included, under Article 4 of the Collective Security Treaty turns on A, B and C.
    ...
    >>> answer.suppose(binding="no").findings["cst.assist"].verdict
    'does not arise'
    """

    assessment: Assessment
    dossier: Dossier
    asked: Asked
    former: Answer | None = None

    @property
    def title(self) -> str:
        """The dossier's title."""
        return self.assessment.dossier.title or self.assessment.dossier.id

    @property
    def on(self) -> date:
        """The day asked about."""
        return self.assessment.on

    @property
    def supposed(self) -> Mapping[str, str]:
        """What is supposed, by id."""
        return dict(self.assessment.supposed)

    @cached_property
    def findings(self) -> Listing[Finding]:
        """A verdict for each norm and those it binds, in the order of the pages."""
        held = self.assessment
        return Listing(
            (Finding(held, each) for each in held.findings),
            lambda shown: finding.drawn(held, [each.value for each in shown]),
        )

    @cached_property
    def questions(self) -> Listing[Question]:
        """The open questions, by id or letter."""
        held = self.assessment
        return Listing(
            (Question(held, each) for each in held.questions),
            lambda shown: question.drawn(held, [each.value for each in shown]),
        )

    @cached_property
    def positions(self) -> Listing[Position]:
        """Who speaks to an open question, by code or name, with what follows on what he holds."""
        held = self.assessment
        return Listing(
            (Position(held, each) for each in held.positions),
            lambda shown: position.drawn(held, [each.value for each in shown]),
        )

    def suppose(
        self,
        settings_: Mapping[str, str | bool | date] | Position | None = None,
        /,
        **more: str | bool | date,
    ) -> Answer:
        """The answer if this were so as well: `answer.suppose(directed="no")`.

        Names are ids or the letters of this answer; a name that Python cannot write goes into a mapping:
        `answer.suppose({"cst.aggression": "any author"})`. A position is taken at its word. A later value
        of a name replaces an earlier one. What moved is in `moved`.
        """
        given = settings_.supposition if isinstance(settings_, Position) else settings_ or {}
        letters = {each.letter: each.id for each in self.questions}
        with told():
            said = {**settings("suppose", given), **settings("suppose", more)}
            supposed = {letters.get(name, name): value for name, value in said.items()}
            asked = replace(self.asked, suppose={**self.asked.suppose, **supposed})
            held = assess(self.dossier.value, self.dossier.program, asked)
        return Answer(held, self.dossier, asked, self)

    @cached_property
    def moved(self) -> Comparison | None:
        """What moved against the answer on which this one supposes something; None where none is supposed."""
        return Comparison(compare(self.former.assessment, self.assessment)) if self.former else None

    def why(self, norm: str) -> Grounds:
        """The grounds of a norm (`cst.assist`) or of one finding, by its id."""
        with told():
            show_why(self.assessment, norm)  # refuses a norm on which there is no finding
        return Grounds(self.assessment, norm)

    def sweep(self, *questions: str) -> Sweep:
        """The verdicts for every way to answer these questions (ids or letters); without names, all on
        which a finding turns and of which somebody speaks. Exact; at most 4,096 ways."""
        chosen = [self.questions[name].value for name in dict.fromkeys(questions)]
        if not questions:
            turning = {name for each in self.assessment.findings for name in each.granting.turns_on}
            spoken, _, _ = question.sorted_out(self.assessment)
            chosen = [each for each in spoken if turning & {each.id, *each.covers}]
        with told():
            found = sweep(self.dossier.value, self.dossier.program, self.asked, chosen)
        return Sweep(self.assessment, found)

    @overload
    def frame(self, name: str) -> DataFrame: ...
    @overload
    def frame(self, name: str, backend: Literal["polars"]) -> DataFrame: ...
    @overload
    def frame(self, name: str, backend: Literal["pandas", "pyarrow"]) -> Any: ...
    def frame(self, name: str, backend: Backend = "polars") -> Any:
        """A data frame, one row for one thing: facts, claims, sources, figures, findings, conditions,
        questions, answers, positions or follows. `foedus.columns(name)` says what each column means.

        Needs the extra `foedus[frames]` for Polars; pandas and pyarrow if they are installed.
        """
        with told():
            table = table_of(name)
            return framed_by(backend, table.columns, table.rows(self.assessment))

    def to_json(self) -> Json:
        """The whole answer as plain values for `json.dumps` (schema: `foedus.report.json.schema()`)."""
        return to_json(self.assessment)

    def to_html(self) -> str:
        """The page of `foedus assess --html`: whole, for a browser and for paper."""
        return self._form("html.show", "show_page")

    def to_markdown(self) -> str:
        """A memorandum in Markdown."""
        return self._form("markdown", "show_markdown")

    def to_docx(self) -> bytes:
        """The same memorandum for a word processor; needs the extra `foedus[docx]`."""
        return self._form("docx", "show_docx")

    def to_bibtex(self) -> str:
        """The sources as BibTeX."""
        return self._form("cite", "show_bibtex")

    def cite(self) -> str:
        """One line by which others can repeat the answer: version, and digests of dossier and pages."""
        return self._form("cite", "citation")

    def _form(self, module: str, function: str) -> Any:
        # What makes a form is loaded when one is made.
        with told():
            return getattr(import_module(f"foedus.report.{module}"), function)(self.assessment)

    def __str__(self) -> str:
        return show_assessment(self.assessment, width=100).rstrip()

    def __repr__(self) -> str:
        return in_brief(self.assessment)

    def _repr_html_(self) -> str:
        return drawn(self.assessment, self.dossier, self.moved)
