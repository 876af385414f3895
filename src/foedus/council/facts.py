"""What a formula is read over: whoever knows what is so, who there is, and what each weighs.

Whoever knows more (acts by name, what was said, what came first) says so by having the method for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Protocol, TypeAlias, runtime_checkable

Args: TypeAlias = tuple[str | None, ...]


class Facts(Protocol):
    """What is known. None back from `atom` or `weight`: open; None among the arguments: whoever."""

    def atom(self, predicate: str, args: Args) -> bool | None:
        """Whether it is so."""
        ...

    def domain(self, sort: str, instrument: str) -> Sequence[str]:
        """Whom or what a variable of the sort can stand for."""
        ...

    def weight(self, weighting: str, who: str) -> Fraction | None:
        """What a member weighs; never negative."""
        ...


@runtime_checkable
class Individuals(Protocol):
    """Facts that know acts and incidents by name, for `… as r`."""

    def individuals(self, predicate: str) -> Iterable[tuple[str, Args]]:
        """Each individual of the predicate with its arguments; None among these: not known."""
        ...


@runtime_checkable
class Sayings(Protocol):
    """Facts that know what was said."""

    def said(self, verb: str, speaker: str, predicate: str, args: Args) -> bool | None:
        """Whether the speaker said so."""
        ...


@runtime_checkable
class Times(Protocol):
    """Facts that know what came first."""

    def earlier(self, first: str, second: str) -> bool | None:
        """Whether the first individual came strictly before the second."""
        ...
