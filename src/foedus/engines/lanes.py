"""Literals of a circuit over columns of bits: what one lane of a column means is for the caller to say.

A lane may be a settlement of open questions, a probe of a panel, or a simulated world: the evaluator is the same.
Columns are Python integers, bit n of each belonging to lane n.

>>> c = Circuit()
>>> either = c.disj(c.var("a"), -c.var("b"))
>>> bin(Lanes(c, (either,)).run({"a": 0b0011, "b": 0b0101}.__getitem__, 0b1111)[0])
'0b1011'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from foedus.engines.contract import Circuit, Lit


class Lanes:
    """Some literals of one circuit, put in order once, to be evaluated again and again."""

    def __init__(self, circuit: Circuit, lits: Iterable[Lit]) -> None:
        self.lits = tuple(lits)
        self._steps = [(number, circuit.nodes[number]) for number in circuit.below(*self.lits)]
        self.names = tuple(node.name for _, node in self._steps if node.op == "var")

    def run(self, column: Callable[[str], int], full: int) -> list[int]:
        """Each literal's column. `column` gives a variable's; `full` has a bit for every lane."""
        value: dict[int, int] = {}

        def of(lit: Lit) -> int:
            return value[lit] if lit > 0 else full ^ value[-lit]

        for number, node in self._steps:
            if node.op == "var":
                value[number] = column(node.name) & full
            elif node.op == "true":
                value[number] = full
            elif node.op == "and":
                found = full
                for child in node.children:
                    found &= of(child)
                    if not found:
                        break
                value[number] = found
            elif node.op == "or":
                found = 0
                for child in node.children:
                    found |= of(child)
                value[number] = found
            else:
                value[number] = _at_least(node.k, [of(child) for child in node.children], full)
        return [of(lit) for lit in self.lits]


def _at_least(k: int, columns: Sequence[int], full: int) -> int:
    """The lanes in which at least `k` columns hold: `reach[n]` are those in which n did so far."""
    reach = [full, *[0] * k]
    for column in columns:
        for n in range(k, 0, -1):
            reach[n] |= reach[n - 1] & column
    return reach[k]
