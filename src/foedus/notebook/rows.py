"""Rows of what all pages say, as an object: it shows itself, it is a sequence of rows, and it gives a data frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, overload

from foedus.notebook.answer import Answer
from foedus.notebook.backends import Backend, DataFrame, framed_by
from foedus.notebook.columns import OF_ALL, Column
from foedus.notebook.frames import Cell, Row
from foedus.notebook.markup import Markup, block, framed, joined, quiet, row, table
from foedus.notebook.refusal import told
from foedus.words.speech import say

SHOWN = 100
"""So many rows are drawn; the frame has all of them."""


class Rows(Sequence[Mapping[str, Cell]]):
    """What a verb of the register gives: each row a mapping from the names of its columns.

    >>> import foedus
    >>> found = foedus.members(on="2022-01-05", instrument="cst")
    >>> found
    7 states, 5 January 2022
    >>> [row["iso"] for row in found if row["role"] == "party"]
    ['ARM', 'KAZ', 'KGZ', 'RUS', 'TJK', 'BLR']
    """

    def __init__(
        self,
        name: str,
        rows: Sequence[Row],
        title: str,
        shown: Sequence[str],
        text: Callable[[], str],
        gathered: str = "",
        answer: Answer | None = None,
    ) -> None:
        self._name, self._rows, self._title = name, tuple(rows), title
        self._shown, self._text, self._gathered, self._answer = shown, text, gathered, answer

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns, each with its kind and what it means."""
        return OF_ALL[self._name]

    @property
    def answer(self) -> Answer | None:
        """Of a supposed attack: the whole answer, to be asked further; None of anything else."""
        return self._answer

    @overload
    def frame(self) -> DataFrame: ...
    @overload
    def frame(self, backend: Literal["polars"]) -> DataFrame: ...
    @overload
    def frame(self, backend: Literal["pandas", "pyarrow"]) -> Any: ...
    def frame(self, backend: Backend = "polars") -> Any:
        """The rows as a data frame."""
        with told():
            return framed_by(backend, self.columns, self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, key: int) -> Mapping[str, Cell]: ...
    @overload
    def __getitem__(self, key: slice) -> Sequence[Mapping[str, Cell]]: ...
    def __getitem__(self, key: int | slice) -> Mapping[str, Cell] | Sequence[Mapping[str, Cell]]:
        names = [column.name for column in self.columns]
        if isinstance(key, slice):
            return [dict(zip(names, cells, strict=True)) for cells in self._rows[key]]
        return dict(zip(names, self._rows[key], strict=True))

    def __str__(self) -> str:
        return self._text().rstrip()

    def __repr__(self) -> str:
        return self._title

    def _repr_html_(self) -> str:
        if self._answer is not None:
            return self._answer._repr_html_()  # pyright: ignore[reportPrivateUsage]  the same room's
        return framed(block(self._title, style="font-weight:700;font-size:1.15em"), self._drawn())

    def _drawn(self) -> Markup:
        """A table of some columns; rows that differ only in what is gathered are drawn as one."""
        drawn = [
            row(*(_cell(value) for value in cells), ", ".join(filter(None, map(_cell, gathered))))
            if self._gathered
            else row(*(_cell(value) for value in cells))
            for cells, gathered in self._groups()
        ]
        names = [*self._shown, *((self._gathered,) if self._gathered else ())]
        parts: list[Markup] = [table([name.replace("_", " ") for name in names], drawn[:SHOWN], wide=False)]
        if len(drawn) > SHOWN:
            parts.append(block(quiet(say("{shown} of {n} rows are drawn.", shown=SHOWN, n=len(drawn)))))
        return joined(parts)

    def _groups(self) -> list[tuple[tuple[Cell, ...], list[Cell]]]:
        """The cells that are drawn, and of each row's gathered column what stands in it."""
        found: list[tuple[tuple[Cell, ...], list[Cell]]] = []
        for each in self:
            cells = tuple(each[name] for name in self._shown)
            if not self._gathered or not found or found[-1][0] != cells:
                found.append((cells, []))
            if self._gathered:
                found[-1][1].append(each[self._gathered])
        return found


def _cell(value: Cell) -> str:
    """A cell as it is drawn: what is not there, as nothing."""
    if value is None or value is False:
        return ""
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, float):
        return f"{value:.3g}"
    return say("yes") if value is True else str(value)
