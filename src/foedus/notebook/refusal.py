"""A mistake told to somebody who writes Python: the message of the command line, and no traceback in a notebook.

>>> from foedus.diagnostics.problem import Problem
>>> from foedus.diagnostics.span import whole
>>> print(Refused(Problem("F111", whole("on 2022-02-30"), {"date": "2022-02-30"})))
error F111: the calendar has no `2022-02-30`
  on 2022-02-30
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager

from foedus.diagnostics import problem
from foedus.diagnostics.problem import Problem
from foedus.diagnostics.render import to_terminal

WIDE = 100
"""Columns of a message: a notebook's output is about as wide."""


class Refused(problem.Refused):
    """Raised where something cannot be done as asked. Its text is what the command line would say.

    `problems` are the mistakes, each with its code, place, and what to do. IPython and Jupyter show the
    text alone; in plain Python it is the last lines of the traceback.
    """

    __module__ = "foedus"

    def __init__(self, *problems: Problem, texts: Mapping[str, str] | None = None) -> None:
        super().__init__(*problems)
        self.texts = texts or {}

    def __str__(self) -> str:
        return to_terminal(self.problems, self.texts, width=WIDE)

    def _render_traceback_(self) -> list[str]:
        """The lines that IPython shows in place of a traceback."""
        return str(self).split("\n")


@contextmanager
def told(texts: Mapping[str, str] | None = None) -> Generator[None]:
    """Whatever is refused inside is told in full; `texts` are those of the pages it may point to."""
    try:
        yield
    except Refused:
        raise
    except problem.Refused as refused:
        raise Refused(*refused.problems, texts=texts) from None
