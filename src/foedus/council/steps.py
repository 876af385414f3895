"""Whether a step may be taken, and what it changes: the procedure's tables, read.

A step is asked four things, in this order: whose it is; what its variables stand for; at which stages its tracks and
those that it looks at stand; and whether its condition holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from foedus.council.deed import Deed
from foedus.council.holds import holds
from foedus.council.known import Known
from foedus.council.refusal import listed, refusal, titled, unnamed
from foedus.council.rules import Rules
from foedus.council.state import Noted, State, keyed
from foedus.diagnostics.problem import Problem, Refused
from foedus.ir.formula import Const, Var, Wild
from foedus.ir.procedure import Mover, Step
from foedus.words.speech import phrase

NAME = re.compile(r"[a-z][a-z0-9_-]*")
TABLED = re.compile(r"[bp][0-9]+")
"""How proposals and votes are called."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A step that may be taken: what its variables stand for, and the new stages by the tracks' keys. `subject` is
    whose track it moves along, if it is not the matter's. `open` is that on which its condition still hangs."""

    step: Step
    env: Mapping[str, str]
    moves: Mapping[str, str]
    subject: str = ""
    open: tuple[str, ...] = ()


def mover_of(rules: Rules, state: State, step: Step, by: str, on: date) -> Mover | None:
    """As which of its movers somebody may take a step; None if as none."""
    for mover in step.movers:
        if mover.office is not None:
            if by == mover.office and by in rules.offices:
                return mover
        elif mover.name:
            if by == mover.name:
                return mover
        elif mover.each:
            role = rules.instrument if mover.role == "party" else f"{rules.instrument}.{mover.role}"
            if by in rules.held(role, on):
                return mover
        elif mover.var is not None and by in rules.states(on) and state.bound.get(mover.var.name, by) == by:
            return mover
    return None


def fit(rules: Rules, state: State, step: Step, deed: Deed, mover: Mover, *, waits: bool = True) -> Fit:
    """The step as it may be taken. Raises `Refused`: F658 and F667 for stages, F674 for what is named, F668 for a
    condition that does not hold, F669 (if `waits`) for one that is open."""
    kept, on = rules.about(state), deed.at.date()
    key = "fit", step.name, deed.by, id(mover), on, *deed.terms.items()
    found: Fit | tuple[Problem, ...] | None = kept.get(key)
    if found is None:
        try:
            found = kept[key] = _fit(rules, state, step, deed, mover)
        except Refused as problem:
            kept[key] = problem.problems
            raise
    if isinstance(found, tuple):
        raise Refused(*found)
    if found.open and waits:
        raise refusal("F669", step, what=titled(step), open=listed(found.open))
    return found


def _fit(rules: Rules, state: State, step: Step, deed: Deed, mover: Mover) -> Fit:
    """The same, worked out. Nothing of the deed counts for it but who does it, on which day, and its terms."""
    on = deed.at.date()
    env, missing = _named(rules, state, step, deed, mover)
    outline = rules.outlines[step.name]
    subject = env.get(outline.subject, "")
    moves: dict[str, str] = {}
    for move in step.moves:
        if move.of is None or move.of.name in env:
            key = keyed(move.track, "" if move.of is None else env[move.of.name])
            at = stage(rules, state, move.track, key)
            if move.sources and at not in move.sources:
                instead = phrase(
                    "From {stage} lead: {steps}.", stage=at, steps=listed(rules.leaving(move.track, at))
                )
                raise refusal(
                    "F658",
                    step,
                    instead,
                    step=titled(step),
                    track=key,
                    stage=at,
                    sources=listed(move.sources),
                )
            moves[key] = move.target
    for look in step.whiles:
        if look.of is None or look.of.name in env:
            key = keyed(look.track, "" if look.of is None else env[look.of.name])
            at = stage(rules, state, look.track, key)
            if at not in look.stages:
                raise refusal(
                    "F667", step, step=titled(step), track=key, stage=at, stages=listed(look.stages)
                )
    for name in missing:
        if name in rules.marks:
            why = phrase("`{var}` of {step} is an act that has not been done", var=name, step=titled(step))
            raise refusal("F674", step, var=name, step=titled(step), why=why)
        if name in outline.asked and name not in outline.movers_only:
            raise unnamed(step, name)
    if step.condition is not None:
        held = holds(
            step.condition, rules.program, Known(rules, state, on), env, answered(rules, state),
            instrument=rules.instrument, texts=rules.texts,
        )  # fmt: skip
        if held.truth is False:
            raise refusal("F668", step, step=titled(step))
        if held.truth is None:
            return Fit(step, env, moves, subject, held.open)
    return Fit(step, env, moves, subject)


def answered(rules: Rules, state: State) -> Mapping[str, str]:
    """The readings by which the room goes, and what the chair has answered since."""
    kept = rules.about(state)
    if "answered" not in kept:
        ruled = {about: ruling.answer for about, ruling in state.rulings.items()}
        kept["answered"] = {**rules.answers, **ruled}
    return kept["answered"]


def stage(rules: Rules, state: State, track: str, key: str) -> str:
    """The stage of a track; its first, until something has moved it."""
    return state.stages.get(key) or rules.tracks[track].start


def taken(rules: Rules, state: State, deed: Deed, found: Fit) -> State:
    """The state after a step: its stages, what its variables stand for, and its act on the record."""
    step = found.step
    outline = rules.outlines[step.name]
    mine, mark = outline.own, outline.mark
    bound = {**state.bound, **{name: value for name, value in found.env.items() if name not in mine}}
    noted = state.noted
    if step.act is not None:
        name = _act_name(rules, state, step, deed)
        args = tuple(
            None
            if isinstance(term, Wild)
            else term.name
            if isinstance(term, Const)
            else found.env.get(term.name)
            for term in step.act.terms
        )
        act = Noted(name, step.act.predicate, args, True, deed.at, state.size, deed.text)
        noted = {**noted, act.predicate: (*noted.get(act.predicate, ()), act)}
        if mark:
            bound[mark] = name
            if found.subject:
                bound[keyed(mark, found.subject)] = name
    return replace(state, stages={**state.stages, **found.moves}, bound=bound, noted=noted)


# ---- what the variables stand for ----


def _named(
    rules: Rules, state: State, step: Step, deed: Deed, mover: Mover
) -> tuple[dict[str, str], tuple[str, ...]]:
    """What each variable stands for, and those of which it is not said."""
    outline = rules.outlines[step.name]
    every, mine, mark, subject = outline.variables, outline.own, outline.new_mark, outline.subject
    given = dict(deed.terms)
    new = given.pop(mark, None) if mark else None
    known = Known(rules, state, deed.at.date())
    if new is not None and not _is_new(known, new):
        why = phrase("`{var}` of {step} is no new name: {name}", var=mark, step=titled(step), name=new)
        raise refusal("F674", step, var=mark, step=titled(step), why=why)
    for name in given:
        if name not in every:
            instead = phrase("Its variables are: {names}.", names=listed(every))
            why = phrase("`{var}` of {step} is none of its variables", var=name, step=titled(step))
            raise refusal("F674", step, instead, var=name, step=titled(step), why=why)
    env: dict[str, str] = {}
    if mover.var is not None and deed.by not in rules.organs:
        env[mover.var.name] = deed.by
    missing: list[str] = []
    for name in outline.order:
        holder = env.get(subject, "")
        fixed = env.get(name)
        if fixed is None and name not in mine:
            fixed = state.bound.get(keyed(name, holder)) if holder else None
            fixed = fixed or state.bound.get(name)
        value = given.get(name, fixed)
        if value is None or (name in rules.marks and fixed is None):
            missing.append(name)
        elif fixed is not None and value != fixed:
            why = phrase(
                "`{var}` of {step} is {value}, and in this matter it stands for {fixed}",
                var=name, step=titled(step), value=value, fixed=fixed,
            )  # fmt: skip
            raise refusal("F674", step, var=name, step=titled(step), why=why)
        elif not stands(known, every[name], value):
            why = phrase(
                "`{var}` of {step} is {value}, which is none of those for whom it can stand",
                var=name, step=titled(step), value=value,
            )  # fmt: skip
            instead = phrase("It can stand for: {names}.", names=listed(known.domain(every[name].sort, "")))
            raise refusal("F674", step, instead, var=name, step=titled(step), why=why)
        else:
            env[name] = value
    return env, tuple(missing)


def stands(known: Known, var: Var, value: str) -> bool:
    """Whether a variable can stand for something. What the record has no list of (a clause, a place, an incident that
    nobody has entered) is only a name."""
    domain = known.domain(var.sort, "")
    if value in domain:
        return True
    open_ended = var.sort not in ("State", "Organ", "Actor", "Group", "Act") and not domain
    return open_ended and NAME.fullmatch(value) is not None


def _act_name(rules: Rules, state: State, step: Step, deed: Deed) -> str:
    """The name of a step's act: the one that was given, else the step's with the number of the deed."""
    mark = rules.outlines[step.name].new_mark
    name = deed.terms.get(mark, "") if mark else ""
    known = Known(rules, state, deed.at.date())
    if not name:
        name = f"{step.name}_{state.size}"
        while known.find(name) is not None:
            name += "_"
    return name


def _is_new(known: Known, name: str) -> bool:
    """Whether an act may be called so: a name of the language, not taken, and no proposal's or vote's."""
    return NAME.fullmatch(name) is not None and TABLED.fullmatch(name) is None and known.find(name) is None
