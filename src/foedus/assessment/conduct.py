"""Conduct: what was done about a norm, never more than the record holds.

*Kept* and *breached* rest on established facts and, for what was not done, on a closing; everything
else is *not shown*. "At once" without a stated bound is never breached: the interval is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from foedus.assessment.finding import Conduct, Settled
from foedus.engines.norms import Instance
from foedus.engines.reason import individuals
from foedus.engines.situation import Situation, starts
from foedus.evidence.record import Dossier
from foedus.ir import formula as f
from foedus.terms.fact import Fact
from foedus.words.speech import phrase, phrase_plural


def conduct_of(at: Situation, instance: Instance, dossier: Dossier, settled: Settled) -> Conduct | None:
    """What one bearer did; None where the norm names no act, or a prohibition does not apply to him.

    `settled` is the norm's verdict: nothing is breached that may not have been owed.
    """
    norm = instance.norm
    if not norm.acts or (norm.kind == "prohibition" and settled == "no"):
        return None
    env = {norm.bearer.var.name: instance.bearer}
    if isinstance(norm.beneficiary, f.Var) and instance.beneficiary:
        env[norm.beneficiary.name] = instance.beneficiary
    done = [fact for fact in at.record.facts if any(_performs(fact, act, env) for act in norm.acts)]
    established = [fact for fact in done if at.words.get(fact.id) == "established"]
    acts = tuple(fact.id for fact in done)
    if norm.kind == "prohibition":
        if established:
            return Conduct(instance.bearer, "breached" if settled == "yes" else "not shown", acts)
        closed = not done and _closed(at, norm.acts, env, dossier)
        return Conduct(instance.bearer, "kept" if closed else "not shown", acts)
    interval = _interval(at, instance, established)
    if established:
        missed = "breached" if settled == "yes" else "not shown"
        late = _late(at, instance, established)
        word = "kept" if late == "no" else missed if late == "yes" else "not shown"
        return Conduct(instance.bearer, word, acts, interval)
    undone = not done and _closed(at, norm.acts, env, dossier)
    missed = settled == "yes" and undone and _overdue(at, instance, dossier)
    return Conduct(instance.bearer, "breached" if missed else "not shown", acts, interval)


def _overdue(at: Situation, instance: Instance, dossier: Dossier) -> bool:
    """Whether the days allowed had run out by the end of what the dossier covers."""
    start, days = _start(at, instance), instance.norm.within_days
    until = max(at.upto, dossier.period.last) if dossier.period else at.upto
    return start is not None and days is not None and until.toordinal() > start[1] + days


def _performs(fact: Fact, act: f.Atom, env: dict[str, str]) -> bool:
    if fact.predicate != act.predicate:
        return False
    for term, arg in zip(act.terms, fact.args, strict=True):
        wanted = (
            term.name
            if isinstance(term, f.Const)
            else env.get(term.name)
            if isinstance(term, f.Var)
            else None
        )
        if wanted is not None and arg != wanted and not (isinstance(arg, tuple) and wanted in arg):
            return False
    return True


def _closed(at: Situation, acts: Iterable[f.Atom], env: dict[str, str], dossier: Dossier) -> bool:
    """Whether the record claims to be complete for every act by which it could have been done."""

    def args(act: f.Atom) -> tuple[str | None, ...]:
        return tuple(
            t.name if isinstance(t, f.Const) else env.get(t.name) if isinstance(t, f.Var) else None
            for t in act.terms
        )

    return all(at.closed(act.predicate, args(act), dossier.period) is not None for act in acts)


def _start(at: Situation, instance: Instance) -> tuple[int, int] | None:
    """The first and last day (as ordinals) on which the condition may have been completed."""
    days = [starts(on) for name in individuals(instance.ground) if (on := at.facts[name].on)]
    days = [(a, b) for a, b in days if a <= at.upto]
    if not days:
        return None
    return max(a for a, _ in days).toordinal(), max(min(b, at.upto) for _, b in days).toordinal()


def _interval(at: Situation, instance: Instance, done: list[Fact]) -> str:
    """How soon, in words, as far as the dates tell."""
    start = _start(at, instance)
    dated = [starts(fact.on) for fact in done if fact.on]
    if start is None or not dated:
        return ""
    first = min(a for a, _ in dated).toordinal() - start[1]
    last = min(b for _, b in dated).toordinal() - start[0]
    return interval_words(max(0, first), max(0, last))


def interval_words(least: int, most: int) -> str:
    """How many days after, in words: at least and at most so many."""
    if most == 0:
        return phrase("on the same day")
    if least == most:
        return phrase_plural("after {n} day", "after {n} days", most)
    at_most = phrase_plural("within {n} day", "within {n} days", most)
    return phrase("{interval}; the dates do not tell more", interval=at_most)


def _late(at: Situation, instance: Instance, done: list[Fact]) -> Literal["yes", "no", "open"]:
    """Whether the act came after the days allowed; open where the dates leave it open."""
    days = instance.norm.within_days
    if days is None:
        return "no"
    start = _start(at, instance)
    if start is None or any(fact.on is None for fact in done):
        return "open"
    dated = [starts(fact.on) for fact in done if fact.on]
    if min(first for first, _ in dated).toordinal() > start[1] + days:
        return "yes"
    return "no" if min(last for _, last in dated).toordinal() <= start[0] + days else "open"
