"""Conditions as circuits over atoms: the ten nodes of every formula.

The same formula serves assessment, panel and cascade; an engine only decides what an atom's
column means. `some` is `AtLeast(1, …)`, `every` is `Not(AtLeast(1, …, Not(f)))`.

>>> a = Var("a", "Incident")
>>> grave = Atom("grave", (a,))
>>> Some(a, grave) == AtLeast(1, a, grave)
True
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from foedus.diagnostics.span import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class Var:
    """A variable of a sort."""

    name: str
    sort: str


@dataclass(frozen=True, slots=True)
class Const:
    """A named thing: a state's code, an organ, a clause (`cst.assist`), a value (`security`)."""

    name: str


@dataclass(frozen=True, slots=True)
class Wild:
    """`_` or a role left out: whoever."""


Term: TypeAlias = Var | Const | Wild


@dataclass(frozen=True, slots=True)
class Lit:
    """`always` or `never`."""

    value: bool
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Atom:
    """A predicate applied to terms. `mark` names the individual of an incident, act or speech.

    The predicates `party` (actor, instrument) and the sorts in lower case (`state`, `group`,
    `organ`) are built in.
    """

    predicate: str
    terms: tuple[Term, ...]
    mark: Term | None = None
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Said:
    """The content of a speech act, as a term's stand-in: a flat pattern, never evaluated.

    Speech `p asserts that F` lowers to `Speech`; kept apart from `Atom` because its content is a
    pattern over atoms and not an argument.
    """

    predicate: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """`speaker verb that content`: true if that was said, whatever the content's truth."""

    verb: str
    speaker: Term
    content: Said
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Same:
    """Two terms are one thing."""

    left: Term
    right: Term
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    body: Formula
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """Every part holds."""

    parts: tuple[Formula, ...]
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds."""

    parts: tuple[Formula, ...]
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `k` distinct things of the variable's sort satisfy the body.

    With a `share`, at least (or, if `strict`, more than) that part of a base does; the body is then `And(base, what
    is counted)`: *it is one of them, and …*, and `k`, which is 2, means nothing. With a `weight`, they are not counted
    but weighed, by the weighting of that id; only then can a number be `strict` (of heads, more than 8 is 9).
    """

    k: int
    var: Var
    body: Formula
    place: Place = field(default=NOWHERE, compare=False)
    share: Fraction | None = None
    strict: bool = False
    weight: str | None = None

    @property
    def some(self) -> bool:
        """Whether it asks for one only: that there is one."""
        return self.k == 1 and self.share is None and self.weight is None


@dataclass(frozen=True, slots=True)
class Choose:
    """The formula that belongs to the chosen answer of a question (one-hot, never by default)."""

    question: str
    answers: tuple[tuple[str, Formula], ...]
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The first individual came strictly before the second; the same instant is neither."""

    first: Term
    second: Term
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Defined:
    """A term of a page applied to arguments (`aggression(a, victim)`), expanded by the engine
    in the text that applies. Kept as a node so that grounds can say the page's own word."""

    name: str  # qualified: instrument.term
    terms: tuple[Term, ...]
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Unread:
    """A clause that exists and has not been read: an atom of its own class."""

    text: str
    place: Place = field(default=NOWHERE, compare=False)


Formula: TypeAlias = (
    Lit | Atom | Speech | Same | Not | And | Or | AtLeast | Choose | Earlier | Defined | Unread
)


def Some(var: Var, body: Formula, place: Place = NOWHERE) -> AtLeast:  # noqa: N802  a node's name
    """There is one."""
    return AtLeast(1, var, body, place)
