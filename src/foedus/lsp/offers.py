"""Which names may stand where: the other half of `lines`, for an editor that offers them.

`BEHIND` says for each kind of line what its first names are; `NOTED` what follows a note such as `by`. A
line that is not here takes names of its own, which nobody can offer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Sort = Literal[
    "actors", "speakers", "sources", "words", "sorts", "values", "norms", "instruments", "questions", "texts",
    "facts", "unnamed", "individuals", "variables", "answers", "party", "encoder", "everything", "grounds",
    "classes", "modifiers", "verdicts", "outcomes", "each", "rules", "tracks", "stages", "steps", "movers",
    "manners", "setters",
]  # fmt: skip
"""What can be offered."""

FORMULAS = frozenset({"body", "condition", "atom", "act", "reading", "passes", "apart", "event"})
"""Rules whose rest has atoms."""

RULES = frozenset({"passes", "apart", "body"})
"""Those of them that stand in rules of decision, where a `member` can be spoken of."""

BEHIND: Mapping[str, tuple[Sort, ...]] = {
    "ask": ("norms",),
    "lifts": ("norms",),
    "lifted": ("norms",),
    "under": ("norms",),
    "not_encoded": ("norms",),
    "prevails": ("instruments",),
    "yields": ("instruments",),
    "assess": ("instruments", "norms"),
    "members": ("party", "instruments"),
    "weight": ("actors",),
    "held": ("questions",),
    "gains": ("speakers",),
    "gains_not": ("speakers",),
    "tension": ("facts",),
    "suppose": ("facts", "unnamed", "questions"),
    "expect": ("verdicts",),
    "granting": ("verdicts",),
    "concerning": ("actors",),
    "disputants": ("speakers",),
    "by": ("speakers",),
    "claim": ("speakers",),
    "derives": ("sources",),
    "may_be": ("individuals", "actors"),
    "party": ("actors",),
    "as_party": ("actors",),
    "for": ("actors",),
    "owed": ("each", "actors", "variables"),
    "class": ("classes",),
    "class_case": ("classes",),
    "outcome": ("outcomes",),
    "reading": ("speakers",),
    "answer": ("speakers",),
    "case": ("answers",),
    "mover": ("movers", "variables", "actors"),
    "own": ("tracks",),
    "also": ("tracks",),
    "then": ("tracks",),
    "while": ("tracks",),
    "ends": ("stages",),
    "decided": ("rules",),
    "mandate": ("manners",),
    "set_by": ("setters",),
    "starts": ("steps",),
    "stops": ("steps",),
    "first": ("steps",),
}  # fmt: skip
"""By the key of the line's kind."""

_STAGED: Mapping[str, tuple[Sort, ...]] = {
    "of": ("variables",), "from": ("stages",), "to": ("stages",), "is": ("stages",),
}  # fmt: skip
_MOVED: Mapping[tuple[str, str], tuple[Sort, ...]] = {
    (key, word): sorts for key in ("own", "also", "then", "while") for word, sorts in _STAGED.items()
}
NOTED: Mapping[tuple[str, str], tuple[Sort, ...]] = {
    ("gains", "by"): ("facts", "everything"),
    ("gains_not", "by"): ("facts", "everything"),
    ("complete", "by"): ("encoder",),
    ("owed", "to"): ("variables", "actors"),
    ("owed", "against"): ("variables", "actors"),
    ("ask", "under text"): ("texts",),
    ("as_party", "of"): ("instruments",),
    ("quantity", "of"): (),
    ("rule", "of"): ("actors",),
    ("claim", "of"): ("speakers", "sources"),
    ("procedure", "of"): ("actors",),
    ("track", "of"): ("variables",),
    **_MOVED,
    ("expect", "on"): ("facts", "unnamed", "questions", "words"),
    ("expect", "because"): ("facts", "unnamed", "questions", "words", "grounds"),
    ("expect", "by"): ("norms",),
    ("granting", "on"): ("facts", "unnamed", "questions", "words"),
    ("granting", "because"): ("facts", "unnamed", "questions", "words", "grounds"),
    ("granting", "by"): ("norms",),
}
"""By the key of the line's kind and the note before the name."""

NOTES: Mapping[str, tuple[Sort, ...]] = {
    "by": ("speakers",),
    "of": ("speakers",),
    "to": ("actors",),
    "for": ("speakers",),
    "against": ("actors", "variables"),
    "held by": ("speakers",),
}
"""The same of every other kind of line."""

QUOTED: Mapping[str, tuple[Sort, ...]] = {
    "held": ("answers",),
    "case": ("answers",),
    "class_case": ("answers",),
    "suppose": ("answers", "unnamed"),
    "expect": ("unnamed",),
    "granting": ("unnamed",),
}
"""What stands in quotation marks, where it is a name."""

SAID: Mapping[str, str] = {
    "AND": "and", "OR": "or", "NOT": "not", "NO": "no", "AS": "as", "IS": "is", "BEFORE": "before",
    "SOME": "some", "EVERY": "every", "AT": "at least", "LEAST": "least", "THAT": "that", "ALWAYS": "always",
    "NEVER": "never", "UNREAD": "unread", "BY": "by", "EACH": "each", "OTHER": "other", "HELD": "held by",
    "FROM": "from", "UNTIL": "until", "SECRET": "secret until", "BECAUSE": "because", "ON": "on",
    "MORE": "more than", "THAN": "than", "OF": "of", "WHO": "who",
}  # fmt: skip
"""The words of the grammar, by the names of its terminals."""

VERBS = ("asserts", "denies", "finds", "recognises", "requests", "agrees")
EFFECTS = ("detail", "may defeat", "may create")
EACH = ("each party", "each other party", "each state")
MODIFIERS = (
    "force included", "force silent", "force excluded", "chosen by each", "chosen jointly", "constitutional process",
)  # fmt: skip
LISTED: Mapping[str, tuple[str, ...]] = {
    "verdict": ("on", "because", "by"), "reading": ("by",), "answer": ("by",), "move": ("from",), "while": ("is",),
}  # fmt: skip
"""By the rule of a line: the words after which names may stand in a list, the first note of each left out."""

JOINS: Mapping[str, str] = {"depends": "on", "lifted": "by"}
"""What follows a verdict before the ids; of all others it is `because`."""
