"""What stands in a formula, at whatever depth: its parts, the variables and the states that it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from foedus.ir import formula as f


def within(part: Any) -> Iterator[Any]:
    """A formula and all that stands in it; of a tuple, that of each."""
    if isinstance(part, tuple):
        for inner in part:  # pyright: ignore[reportUnknownVariableType]
            yield from within(inner)
    elif is_dataclass(part):
        yield part
        for field in fields(part):
            if field.name != "place":
                yield from within(getattr(part, field.name))


def variables(part: Any) -> frozenset[str]:
    """The names of the variables in a formula, bound ones too.

    >>> sorted(variables(f.And((f.Atom("grave", (f.Var("a", "Incident"),)), f.Same(f.Var("x", ""), f.Const("ARM"))))))
    ['a', 'x']
    """
    return frozenset(inner.name for inner in within(part) if isinstance(inner, f.Var))


def constants(part: Any) -> Iterator[str]:
    """The states that a formula names."""
    names = (inner.name for inner in within(part) if isinstance(inner, f.Const))
    return (name for name in names if name.isupper())
