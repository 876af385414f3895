"""Which steps of a procedure the facts of a record are, and of which matter.

A fact is a step if it fits the atom by which the step is performed. What a variable stands for in one step it stands
for in every step of the same matter, but for those that are new in every step: whoever is one of `each`, and whose
track it is. Facts that cannot all belong to one matter make several: two requests, each with what followed it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from foedus.engines.situation import starts
from foedus.evidence.record import Record
from foedus.ir.check import below
from foedus.ir.formula import Atom, Const, Formula, Term, Var
from foedus.ir.norm import Life, Program
from foedus.ir.procedure import Move as Moved
from foedus.ir.procedure import Mover, Procedure, Step, While
from foedus.terms.fact import Fact

Bound = Mapping[str, tuple[str, ...]]
"""What each variable stands for; several, where a role has several. What is not on record is left out."""


@dataclass(frozen=True)
class Act:
    """A fact of the record as a step of a procedure. `vague`: the record leaves out a role by which the step is known,
    so that it may have been another act. `matter`: the number of the matter to which it belongs, from 0."""

    fact: Fact
    step: Step
    bound: Bound
    vague: bool = False
    matter: int = 0

    @cached_property
    def days(self) -> tuple[date, date]:
        """The first and the last day on which it may have been begun."""
        return starts(self.fact.on) if self.fact.on is not None else (date.min, date.max)

    @property
    def who(self) -> tuple[str, ...]:
        """Those who took it, as far as the record says."""
        found: dict[str, None] = {}
        for mover in self.step.movers:
            if mover.var is not None:
                found.update(dict.fromkeys(self.bound.get(mover.var.name, ())))
            elif mover.name:
                found[mover.name] = None
        return tuple(found)

    def owners(self, of: Var | None) -> tuple[str, ...]:
        """Whose track a move or a condition speaks of: nobody's in particular ("") where there is one for all; none
        where the record does not say."""
        return ("",) if of is None else self.bound.get(of.name, ())


def acts(procedure: Procedure, program: Program, record: Record, without: Collection[str] = ()) -> list[Act]:
    """The facts that are steps, in the order in which their dates begin, each with its matter."""
    fitting = {
        fact.id: [act for step in procedure.steps if (act := fits(step, fact, procedure, program, record))]
        for fact in record.facts
    }
    _spoken_of(procedure, fitting)
    found = [
        max(every, key=_plainly)  # of equals, the first on the page
        for name, every in fitting.items()
        if every and name not in without
    ]
    order = {step.name: n for n, step in enumerate(procedure.steps)}
    found.sort(key=lambda act: (*act.days, order[act.step.name]))
    return _matters(procedure, found)


def _spoken_of(procedure: Procedure, fitting: dict[str, list[Act]]) -> None:
    """Leaves out what speaks of another act than a step by its name means: to take back a request that was made to
    somebody else is no step here."""
    marks: dict[str, set[str]] = {}
    for step in procedure.steps:
        if step.act is not None and isinstance(step.act.mark, Var):
            marks.setdefault(step.act.mark.name, set()).add(step.name)
    changed = True
    while changed:
        changed = False
        taken = {name: {act.step.name for act in every} for name, every in fitting.items()}
        for name, every in fitting.items():
            kept = [act for act in every if _speaks(act, marks, taken)]
            changed = changed or len(kept) < len(every)
            fitting[name] = kept


def _speaks(act: Act, marks: Mapping[str, set[str]], taken: Mapping[str, set[str]]) -> bool:
    for name, values in act.bound.items():
        if name in marks and act.fact.id not in values:
            known = [value for value in values if value in taken]
            if known and not any(taken[value] & marks[name] for value in known):
                return False
    return True


def _plainly(act: Act) -> tuple[bool, int]:
    """How closely a fact fits: as far as roles are given that the step asks for."""
    terms = act.step.act.terms if act.step.act else ()
    return not act.vague, sum(isinstance(term, Const) for term in terms)


# ---- one fact ----


def fits(step: Step, fact: Fact, procedure: Procedure, program: Program, record: Record) -> Act | None:
    """The fact as this step; None if it is none."""
    atom = step.act
    if atom is None or atom.predicate != fact.predicate:
        return None
    bound: dict[str, tuple[str, ...]] = {}
    vague = False
    for term, arg in zip(atom.terms, fact.args, strict=False):
        values = (arg,) if isinstance(arg, str) else arg
        if isinstance(term, Const):
            if values is None:
                vague = True
            elif not any(term.name == v or term.name in record.may_be.get(v, ()) for v in values):
                return None
        elif isinstance(term, Var) and values is not None:
            kept = tuple(v for v in values if _of_sort(v, term, program, record))
            kept = tuple(v for v in kept if v in bound.get(term.name, kept))
            if not kept:
                return None
            bound[term.name] = kept
    if isinstance(atom.mark, Var):
        bound[atom.mark.name] = (fact.id,)
    act = Act(fact, step, bound, vague)
    for mover in step.movers:
        if mover.var is not None and mover.each and mover.var.name in bound:
            who = tuple(
                v for v in bound[mover.var.name] if _may(v, mover, act.days, procedure, program, record)
            )
            if not who and len(step.movers) == 1:
                return None
            bound[mover.var.name] = who or bound[mover.var.name]
    return act


def _of_sort(value: str, term: Var, program: Program, record: Record) -> bool:
    """Whether a state can be meant: an organ or a group is none. Of other sorts everything passes."""
    if term.sort not in ("State", "party"):
        return True
    actor = program.vocabulary.actors.get(value)
    sort = actor.sort if actor is not None else record.sorts.get(value, "State")
    return sort in ("State", "Actor")


def _may(
    who: str, mover: Mover, days: tuple[date, date], procedure: Procedure, program: Program, record: Record
) -> bool:
    """Whether somebody may have been a party (or have had the role) on one of these days."""
    owner = procedure.id.partition(".")[0]
    known = program.instruments.get(owner)
    if known is None or not known.lives:
        return True  # the page does not say who its parties are
    if (who, owner) in record.as_party or (who, "") in record.as_party:
        return True
    return any(_meets(life, days) for life in known.lives if life.state == who and life.role == mover.role)


def _meets(life: Life, days: tuple[date, date]) -> bool:
    return life.start.first <= days[1] and (life.until is None or days[0] < life.until.last)


# ---- matters ----


def personal(procedure: Procedure) -> frozenset[str]:
    """The variables that are new in every step."""
    found = {track.of.name for track in procedure.tracks if track.of is not None}
    for step in procedure.steps:
        each = [mover.var.name for mover in step.movers if mover.var is not None and mover.each]
        found.update(each)
        if each and step.act is not None and isinstance(step.act.mark, Var):
            found.add(step.act.mark.name)  # his own act, of which there is one for each
    return frozenset(found)


def telling(procedure: Procedure) -> frozenset[str]:
    """The variables that tell one matter from another: those of which several steps speak, and those of a step that
    opens a matter."""
    uses: dict[str, int] = {}
    found: set[str] = set()
    for step in procedure.steps:
        names = set(_names(step))
        for name in names:
            uses[name] = uses.get(name, 0) + 1
        if opens(procedure, step):
            found |= names
    found |= {name for name, number in uses.items() if number > 1}
    return frozenset(found - personal(procedure))


def opens(procedure: Procedure, step: Step) -> bool:
    """Whether a step opens a matter: it moves the first track from where that begins, and from nowhere else."""
    first = procedure.tracks[0] if procedure.tracks else None
    return first is not None and any(
        move.track == first.name and move.sources == (first.start,) for move in step.moves
    )


def _names(step: Step) -> Iterator[str]:
    if step.act is not None:
        yield from _vars((*step.act.terms, *([step.act.mark] if step.act.mark else [])))
    if step.condition is not None:
        yield from names_in(step.condition)
    both: tuple[Moved | While, ...] = (*step.moves, *step.whiles)
    yield from (each.of.name for each in both if each.of is not None)


def names_in(formula: Formula) -> Iterator[str]:
    """The names of the variables of the atoms in a formula."""
    for part in below(formula):
        if isinstance(part, Atom):
            yield from _vars((*part.terms, *([part.mark] if part.mark else [])))


def _vars(terms: Iterable[Term]) -> Iterator[str]:
    return (term.name for term in terms if isinstance(term, Var))


def _matters(procedure: Procedure, found: list[Act]) -> list[Act]:
    """Each act with its matter: one with which nothing that it says is at odds, best the one with which it shares
    most, and of equals the one that began last."""
    tell = telling(procedure)
    first = procedure.tracks[0].name if procedure.tracks else ""
    gone: list[date] = []  # by matter, the day by which it had certainly gone on from where it begins
    matters: list[dict[str, frozenset[str]]] = []
    placed: list[Act] = []
    for act in found:
        said = {name: frozenset(values) for name, values in act.bound.items() if name in tell}
        best, most = None, -1
        for n, env in enumerate(matters):
            shared = said.keys() & env.keys()
            if not shared and opens(procedure, act.step) and gone[n] < act.days[0]:
                continue  # another request, after what came of an earlier one
            if all(said[name] & env[name] for name in shared) and len(shared) >= most:
                best, most = n, len(shared)
        if best is None:
            best = len(matters)
            matters.append({})
            gone.append(date.max)
        env = matters[best]
        for name, values in said.items():
            env[name] = env[name] & values if name in env else values
        if not opens(procedure, act.step) and any(move.track == first for move in act.step.moves):
            gone[best] = min(gone[best], act.days[1])
        placed.append(replace(act, matter=best))
    return placed


def matter_of(found: Iterable[Act], tell: Collection[str]) -> Bound:
    """What the variables of one matter stand for, as far as its steps say."""
    env: dict[str, tuple[str, ...]] = {}
    for act in found:
        for name, values in act.bound.items():
            if name in tell:
                env[name] = tuple(v for v in env[name] if v in values) if name in env else values
    return env
