"""Decision diagrams laid out as a table of numbers, so that others can read an answer off them.

Only the variables that are *kept* have columns; over every other variable it is asked whether any
value of it will do. A row is `(column, row if it holds, row if not)`; row 0 is *impossible*, row 1 is
*possible*, and the rows given are numbered from 2. A row is possible under some settings of the columns
if following them, and trying both ways where a column is not set, leads to 1.

>>> from foedus.engines.contract import Circuit
>>> c = Circuit()
>>> grave, bound, other = c.var("grave"), c.var("bound"), c.var("other")
>>> drawn = Drawn(c, ("grave", "bound"))
>>> drawn.split(c.conj(grave, bound), {})
(3, 5)
>>> drawn.rows
[(1, 1, 0), (0, 2, 0), (1, 0, 1), (0, 4, 1)]
>>> drawn.split(c.disj(grave, other), {})
(1, 6)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from oxidd.bcdd import BCDDFunction

from foedus.engines.contract import Assignment, Circuit, Lit
from foedus.engines.diagram import NODES, Diagram, rising

IMPOSSIBLE, POSSIBLE = 0, 1
Row = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Swayed:
    """When a literal depends on a block (a variable, or a group by its name): in the worlds in which
    `row` is possible, as long as none of its `columns` is settled."""

    block: str
    columns: tuple[int, ...]
    row: int


class Drawn(Diagram):
    """The engine of decision diagrams, with a table that grows by what it is asked. `keep` are the
    variables with a column, which nothing that is given may fix. TooLarge as there."""

    def __init__(self, circuit: Circuit, keep: Iterable[str], budget: int = NODES) -> None:
        super().__init__(circuit, budget)
        self.column = {name: number for number, name in enumerate(keep)}
        self.rows: list[Row] = []
        self._number: dict[Row, int] = {}

    def split(self, lit: Lit, given: Assignment) -> tuple[int, int]:
        """The rows of the worlds in which the literal holds, and in which it fails."""

        def draw() -> tuple[int, int]:
            split = self._split(lit, given)
            return self._draw(split.holding), self._draw(split.failing)

        return self._asked(draw)

    def swayed(self, lit: Lit, given: Assignment) -> tuple[Swayed, ...]:
        """For each block that the literal mentions, the worlds in which it depends on it."""

        def draw() -> tuple[Swayed, ...]:
            split = self._split(lit, given)
            found: list[Swayed] = []
            for variables, name in self.scope.blocks(lit).items():
                if any(given.get(v) for v in variables) or (len(variables) == 1 and variables[0] in given):
                    continue
                cube = self._cube((v, True) for v in variables)
                row = self._draw(split.holding.exists(cube) & split.failing.exists(cube))
                if row != IMPOSSIBLE:
                    columns = tuple(self.column[v] for v in variables if v in self.column)
                    found.append(Swayed(name, columns, row))
            return tuple(found)

        return self._asked(draw)

    def admissible(self, given: Assignment) -> tuple[int, ...]:
        """The rows that must all be possible for there to be any world; those always possible left out."""

        def draw(number: int) -> int:
            fixed = [(name, given[name]) for name in self.scope.parts[number].variables if name in given]
            return self._draw(self._tied_part(number, ()) & self._cube(fixed))

        self._catch_up()
        rows = (self._asked(lambda number=number: draw(number)) for number in range(len(self.scope.parts)))
        return tuple(dict.fromkeys(row for row in rows if row != POSSIBLE))

    def _draw(self, function: BCDDFunction) -> int:
        """The row of a function, over the kept variables only."""
        hidden = (name for name in self._level if name not in self.column)
        function = function.exists(self._cube((name, True) for name in hidden))
        true, false = self._manager.true(), self._manager.false()
        row = {true: POSSIBLE, false: IMPOSSIBLE}
        for node, below in rising(function):
            column = self.column[self._names[node.node_level() or 0]]
            row[node] = self._numbered((column, row[below[0]], row[below[1]]))
        return row[function]

    def _numbered(self, row: Row) -> int:
        if row not in self._number:
            self.rows.append(row)
            self._number[row] = len(self.rows) + 1
        return self._number[row]
