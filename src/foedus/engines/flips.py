"""Who must be wrong: what would have to give way for a settled literal to be open.

>>> from foedus.engines.worlds import worlds
>>> c = Circuit()
>>> duty = c.conj(c.var("grave"), c.disj(c.var("bound"), c.var("waived")))
>>> flips(worlds(c), duty, {"grave": True, "bound": True, "waived": True}).sets
((('grave', True),), (('bound', True), ('waived', True)))
"""

from __future__ import annotations

from foedus.engines.contract import NOTHING, Assignment, Circuit, Sets, Worlds
from foedus.engines.encoding import Encoding
from foedus.engines.scope import Scope
from foedus.engines.settle import listed
from foedus.engines.smallest import Smallest, Spent


def flips(worlds: Worlds, lit: int, fixed: Assignment, given: Assignment = NOTHING, limit: int = 12) -> Sets:
    """The smallest parts of `fixed` (what is taken as established) without which the literal is no
    longer settled, smallest first, at most `limit`. `given` is never doubted.

    The literal must be settled under `fixed` and `given` together, which must not contradict one
    another, else ValueError. () if `given` settles the literal by itself. An answer of a one-hot group
    can only give way to answers that are not fixed as false: fix the answer, not what it excludes.
    """
    if any(given[name] != value for name, value in fixed.items() if name in given):
        raise ValueError("what is fixed contradicts what is given")
    settled = worlds.settled(lit, {**given, **fixed})
    if settled == "some":
        raise ValueError("not settled by what is fixed")
    circuit: Circuit = worlds.circuit
    scope = Scope(circuit)
    touched = scope.touched(lit)
    doubted = [(name, value) for name, value in touched.within(fixed).items() if name not in given]
    smallest = Smallest()
    freed = {name: smallest.element() for name, _ in doubted}
    encoding = Encoding(circuit, smallest.solver)
    encoding.admit(scope, touched, given)
    smallest.solver.add([encoding.literal(-lit if settled == "all" else lit)])
    for name, value in doubted:
        kept = encoding.literal(scope.number[name])
        smallest.solver.add([freed[name], kept if value else -kept])
    found: list[tuple[int, ...]] = []
    complete = False
    try:
        while (parts := smallest.next()) is not None and len(found) < limit:
            found.append(tuple(parts))
            smallest.forbid(parts)
        complete = parts is None
    except Spent:
        pass
    return listed(found, doubted, complete)
