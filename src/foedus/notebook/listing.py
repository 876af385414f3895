"""Several findings, questions or positions: a sequence that is also asked by name, and reads as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar, overload

from foedus.diagnostics.problem import Problem
from foedus.diagnostics.span import NOWHERE
from foedus.diagnostics.suggest import suggest
from foedus.notebook.markup import Markup, framed
from foedus.notebook.refusal import Refused

FEW = 12
"""So many names are listed where none is near."""


class Named(Protocol):
    """What can be asked for by name."""

    @property
    def names(self) -> tuple[str, ...]:
        """Its id, then what else it may be called by."""
        ...


T = TypeVar("T", bound=Named)


class Listing(Sequence[T]):
    """Items in the order of the answer: by number, by id, or by a name that only one of them has.

    >>> import foedus
    >>> answer = foedus.assess("kazakhstan-2022")
    >>> answer.questions["A"].id, answer.questions["directed"].letter, "directed" in answer.questions
    ('cst.aggression', 'B', True)
    """

    def __init__(self, items: Iterable[T], drawn: Callable[[Sequence[T]], Markup]) -> None:
        self._items = tuple(items)
        self._drawn = drawn

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, key: int | str) -> T: ...
    @overload
    def __getitem__(self, key: slice) -> Listing[T]: ...
    def __getitem__(self, key: int | str | slice) -> T | Listing[T]:
        if isinstance(key, slice):
            return Listing(self._items[key], self._drawn)
        return self._named(key) if isinstance(key, str) else self._items[key]

    def __contains__(self, value: object) -> bool:
        if isinstance(value, str):
            return any(value in item.names for item in self._items)
        return value in self._items

    def called(self, name: str) -> Listing[T]:
        """Those that have this name, which may be none: the findings on one norm, for each bearer."""
        return Listing((item for item in self._items if name in item.names), self._drawn)

    def _named(self, name: str) -> T:
        found = [item for item in self._items if name == item.names[0]] or list(self.called(name))
        if len(found) == 1:
            return found[0]
        if found:
            known = ", ".join(f"`{item.names[0]}`" for item in found)
            values = {"name": name, "count": str(len(found)), "known": known}
            raise Refused(Problem("F555", NOWHERE, values))
        every = list(dict.fromkeys(each for item in self._items for each in item.names))
        near = suggest(name, every)
        ids = [item.names[0] for item in self._items]
        listed = ", ".join(f"`{each}`" for each in ids[:FEW]) + (", …" if len(ids) > FEW else "")
        advice = f"Did you mean `{near}`?" if near else f"There are {listed}." if ids else "There are none."
        raise Refused(Problem("F510", NOWHERE, {"name": name, "known": advice}))

    def _ipython_key_completions_(self) -> list[str]:
        return list(dict.fromkeys(each for item in self._items for each in item.names))

    def __repr__(self) -> str:
        return "\n".join(repr(item) for item in self._items) or "(none)"

    def _repr_html_(self) -> str:
        return framed(self._drawn(self._items))
