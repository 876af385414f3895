"""Foedus reads treaties as programs over contested facts, and crises as dossiers of who said what.

    import foedus

    answer = foedus.assess("kazakhstan-2022")        # in a notebook, it shows itself
    answer.suppose(directed="no").moved              # what moves if this were so
    answer.frame("claims")                           # a data frame
    foedus.bound("KAZ", on="2022-01-05")             # who owed Kazakhstan what on that day
    foedus.members(on="2022-01-05").frame()          # who was a party to what

The rooms, lowest first, each importing only from those before it: `words`, `diagnostics`, `terms`,
`evidence`, `ir`, then `lang` and `engines`, then `library` and `sources`, `assessment`, `register` and `tables`,
`report`, and `cli` and `notebook`.
What this module names is imported when it is first asked for, so that `import foedus` takes no time.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

TYPE_CHECKING = (
    False  # read by type checkers as `typing` has it, which takes longer to import than all of this
)
if TYPE_CHECKING:
    from foedus.notebook.answer import Answer
    from foedus.notebook.ask import Problems, assess, check, columns, compare, dossiers
    from foedus.notebook.cascade import Cascade, cascade
    from foedus.notebook.columns import Column
    from foedus.notebook.course import course
    from foedus.notebook.dossier import Dossier, load
    from foedus.notebook.finding import Finding
    from foedus.notebook.grounds import Grounds
    from foedus.notebook.kept import data_sets, fulfilment
    from foedus.notebook.listing import Listing
    from foedus.notebook.moved import Comparison
    from foedus.notebook.panel import panel
    from foedus.notebook.position import Position
    from foedus.notebook.question import Question
    from foedus.notebook.refusal import Refused
    from foedus.notebook.register import bound, cases, coverage, members, treaties
    from foedus.notebook.rows import Rows
    from foedus.notebook.sweep import Sweep
    from foedus.words.speech import languages, speaking

__version__ = "0.1.0"

__all__ = [
    "Answer", "Cascade", "Column", "Comparison", "Dossier", "Finding", "Grounds", "Listing", "Position",
    "Problems", "Question", "Refused", "Rows", "Sweep", "__version__", "assess", "bound", "cascade", "cases",
    "check", "columns", "compare", "course", "coverage", "data_sets", "dossiers", "fulfilment", "languages",
    "load", "members", "panel", "speaking", "treaties",
]  # fmt: skip

_HOMES = {
    "Answer": "notebook.answer", "Cascade": "notebook.cascade", "Column": "notebook.columns",
    "Comparison": "notebook.moved", "Dossier": "notebook.dossier", "Finding": "notebook.finding",
    "Grounds": "notebook.grounds", "Listing": "notebook.listing", "Position": "notebook.position",
    "Problems": "notebook.ask", "Question": "notebook.question", "Refused": "notebook.refusal",
    "Rows": "notebook.rows", "Sweep": "notebook.sweep", "assess": "notebook.ask", "bound": "notebook.register",
    "cascade": "notebook.cascade", "cases": "notebook.register", "check": "notebook.ask",
    "columns": "notebook.ask", "compare": "notebook.ask", "course": "notebook.course",
    "coverage": "notebook.register", "data_sets": "notebook.kept", "dossiers": "notebook.ask",
    "fulfilment": "notebook.kept", "languages": "words.speech", "load": "notebook.dossier",
    "members": "notebook.register", "panel": "notebook.panel", "speaking": "words.speech",
    "treaties": "notebook.register",
}  # fmt: skip
"""The module in which each public name lives."""


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"foedus.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Foedus(ModuleType):
    """Keeps what this module names from being covered by the room of the same name (`panel`, `cascade`), which Python
    would set here as soon as anybody imports from it. Such rooms are imported by `from foedus.cascade import …`."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Foedus
