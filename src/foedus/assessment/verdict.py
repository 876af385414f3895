"""From a literal to a verdict: in all worlds, in some, in none; and what only reading would settle."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from foedus.assessment.finding import OTHER_WORDS, WORDS, Settled, View
from foedus.engines.contract import Assignment, Circuit, Lit, Sets, Worlds

UNREAD = "unread: "
MOST_UNREAD = 10
"""How many unread clauses one condition may rest on before every reading of them is too many."""


def settle(worlds: Worlds, circuit: Circuit, lit: Lit, given: Assignment) -> Settled:
    """Semantics §4, with T the unread clauses and W all other worlds: *yes* if true in all W for
    all T; *no* if false in all W for all T; *unread* if only T could settle it; else *depends*."""
    unread = [name for name in circuit.support(lit) if name.startswith(UNREAD) and name not in given]
    if len(unread) > MOST_UNREAD:
        unread = unread[:MOST_UNREAD]
    readings = [
        circuit.given(lit, dict(zip(unread, values, strict=True)))
        for values in product((False, True), repeat=len(unread))
    ]
    always, ever = circuit.conj(*readings), circuit.disj(*readings)
    low = worlds.settled(always, given)
    if low == "all":
        return "yes"
    high = worlds.settled(ever, given)
    if high == "none":
        return "no"
    return "unread" if unread and (low == "none" or high == "all") else "depends"


def view(
    worlds: Worlds,
    circuit: Circuit,
    lit: Lit,
    given: Assignment,
    kind: str,
    questions: Iterable[str],
    limit: int = 8,
) -> View:
    """The verdict under what is given, with what it turns on and what would settle it (at most
    `limit` sets each way; none are looked for where it is 0)."""
    settled = settle(worlds, circuit, lit, given)
    engine = worlds.name
    if settled in ("yes", "no"):
        needless = tuple(q for q in questions if not _answered(circuit, q, given))
        return View(settled, word(kind, settled), needless=needless, engine=engine)
    matters = worlds.matters(lit, given)
    turns_on = tuple(sorted(matters))
    needless = tuple(q for q in questions if q not in matters and not _answered(circuit, q, given))
    none = Sets((), True)
    asked = settled == "depends" and limit
    arises = worlds.settling(lit, True, given, limit) if asked else none
    fails = worlds.settling(lit, False, given, limit) if asked else none
    return View(settled, word(kind, settled), turns_on, arises, fails, needless, engine)


def _answered(circuit: Circuit, question: str, given: Assignment) -> bool:
    return any(given.get(member) for member in circuit.groups.get(question, ()))


def word(kind: str, settled: Settled) -> str:
    """The verdict's word for a kind of norm."""
    return OTHER_WORDS.get(settled) or WORDS[kind][settled]
