"""Problems as an editor shows them, and the mistakes that it can mend.

A message has the title, the words under the mark, and what to do; its code leads to the page that `foedus why`
prints; each further place is one to go to.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from lsprotocol.types import (
    CodeDescription,
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    Location,
)

from foedus.assessment.trial import Outcome, said_as
from foedus.diagnostics.catalogue import PAGES, help_of, severity_of, title_of
from foedus.diagnostics.problem import Problem
from foedus.diagnostics.span import Place
from foedus.diagnostics.visible import visible
from foedus.lsp.text import NAMED, Text
from foedus.words.speech import say

SOURCE = "foedus"
Locate = Callable[[Place], Location | None]

_MEANT = re.compile(r"Did you mean `([^`]+)`")
_WRITE = re.compile(r"Write `([^`]+)`")
_SIGN = re.compile(r"`([^`]+)`")
_WRONG = ("sign", "word", "name")
"""The values of a problem that may say what is wrong."""


def diagnostic(problem: Problem, text: Text, locate: Locate) -> Diagnostic:
    """The problem, on the page whose text this is."""
    said = [title_of(problem), problem.label, *help_of(problem).split("\n")]
    page = PAGES / f"{problem.code}.md"
    related = (
        DiagnosticRelatedInformation(where, visible(note.label))
        for note in problem.notes
        if (where := locate(note.place)) is not None
    )
    return Diagnostic(
        range=text.range(problem.place),
        message="\n".join(visible(line) for line in said if line),
        severity=DiagnosticSeverity.Error if severity_of(problem) == "error" else DiagnosticSeverity.Warning,
        code=problem.code,
        code_description=CodeDescription(page.as_uri()) if page.is_file() else None,
        source=SOURCE,
        related_information=list(related) or None,
    )


def expectation(outcome: Outcome, text: Text) -> Diagnostic:
    """An expectation of a trial that does not hold, with what was found."""
    return Diagnostic(
        range=text.range(outcome.expected.place),
        message=say("The trial finds: {found}", found=visible(outcome.found)),
        severity=DiagnosticSeverity.Information,
        source=SOURCE,
    )


def accepted(outcome: Outcome) -> tuple[Place, str] | None:
    """The line that an expectation would have to be to hold; None where one line cannot say it."""
    return None if outcome.many else (outcome.expected.place, said_as(outcome.expected, outcome.found))


def mended(problem: Problem, text: Text) -> tuple[Place, str] | None:
    """The place to change and the word to put there, where the message says which was meant, and the page
    still has what it speaks of."""
    meant = _meant(problem)
    place, written = problem.place, text.written(problem.place)
    wrong = next((value for name in _WRONG if (value := problem.values.get(name))), "")
    if not meant or not wrong or wrong == meant or place.line != place.end_line:
        return None
    if problem.code == "F018" and NAMED.fullmatch(written):
        return place, meant
    spots = list(re.finditer(rf"(?<![\w-]){re.escape(wrong)}(?![\w-])", written))
    if written == wrong:
        return place, meant
    if len(spots) != 1:
        return None
    start = place.column + spots[0].start()
    return replace(place, column=start, end_column=start + len(wrong)), meant


def _meant(problem: Problem) -> str:
    """The word that the message says was meant, or has to stand there."""
    right = problem.values.get("right", "")
    if problem.code == "F126":
        return right
    if problem.code == "F127":
        sign = _SIGN.fullmatch(right)
        return sign[1] if sign else ""
    found = _MEANT.search(help_of(problem)) or (
        _WRITE.search(problem.help) if problem.code == "F207" else None
    )
    return found[1] if found else problem.values.get("near", "")
