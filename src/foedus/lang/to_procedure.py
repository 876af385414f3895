"""Procedures, lowered: one for each text of the instrument for which the page has steps.

A variable that a mover or an act names stands, within one matter, for one thing in every step; every other
variable of a condition is bound inside that condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from foedus.diagnostics.span import NOWHERE
from foedus.ir.formula import Formula, Var
from foedus.ir.procedure import OFFICES, Clock, Move, Mover, Procedure, Step, Track, While
from foedus.lang.clauses import Clauses
from foedus.lang.procedure_tree import (
    ClockPart,
    FirstPart,
    MovePart,
    MoverPart,
    Part,
    ProcedureItem,
    StepPart,
    TrackPart,
    WhilePart,
)
from foedus.lang.scope import Use
from foedus.lang.tree import AndF, Name
from foedus.lang.tree import Formula as Written
from foedus.lang.words import Words, is_code


def variables(item: ProcedureItem, clauses: Clauses) -> dict[str, Var]:
    """The variables that movers, acts and tracks of the procedure name, each of the narrowest sort that all its
    uses allow."""
    words, scopes = clauses.words, clauses.scopes
    steps = [part for part in item.parts if isinstance(part, StepPart)]
    acts = [step.act for step in steps if step.act is not None]
    conditions = [step.condition for step in steps if step.condition is not None]
    movers = [m.name for step in steps for m in step.movers if _is_variable(m)]
    owners = [part.of for part in item.parts if isinstance(part, TrackPart) and part.of is not None]
    named = [name for act in acts for name in scopes.names_outside_no(act)]
    wanted = list(dict.fromkeys([*(n.text for n in (*movers, *owners)), *named]))
    uses = scopes.uses(AndF((*acts, *conditions), NOWHERE), frozenset(wanted))
    sorts = {name: uses[name].sort if name in uses else None for name in wanted}
    for mover in movers:
        sort = words.sorts.meet(sorts[mover.text] or "State", "State")
        if sort is None:
            use = uses.get(mover.text) or Use(None, mover.place)
            words.slips.add("F216", use.place, name=mover.text, one="State", two=str(sorts[mover.text]))
        sorts[mover.text] = sort or "State"
    return {name: Var(name, sort or "Thing") for name, sort in sorts.items()}


def _is_variable(mover: MoverPart) -> bool:
    return mover.each is not None or (mover.name.text not in OFFICES and not is_code(mover.name.text))


@dataclass(frozen=True, slots=True)
class Procedures:
    """Reads the procedures of one instrument; `texts` is empty where it has fewer than two."""

    clauses: Clauses
    texts: tuple[str, ...]

    @property
    def words(self) -> Words:
        """Everything declared."""
        return self.clauses.words

    def procedures(self, item: ProcedureItem) -> Iterator[Procedure]:
        """One procedure if no part of it is tagged with a text; else one for each text that has steps."""
        home = self.clauses.home
        for part in item.parts:
            self.words.text(part.text, home)
        organ = self.words.actor(item.organ) or item.organ.text
        env = variables(item, self.clauses)
        tagged = {part.text.text for part in item.parts if part.text is not None}
        for text in self.texts if tagged and self.texts else (None,):
            parts = _of_text(item.parts, text)
            if any(isinstance(part, StepPart) for part in parts):
                yield self._procedure(item, organ, parts, text, env)

    def _procedure(
        self, item: ProcedureItem, organ: str, parts: Sequence[Part], text: str | None, env: dict[str, Var]
    ) -> Procedure:
        ident = f"{self.clauses.home.id}.{item.name.text}"
        owners = {p.name.text: p.of.text for p in parts if isinstance(p, TrackPart) and p.of is not None}
        lower = _Lower(self.clauses, ident, env, owners)
        return Procedure(
            ident, organ, item.title,
            tracks=tuple(lower.track(part) for part in parts if isinstance(part, TrackPart)),
            steps=tuple(lower.step(part) for part in parts if isinstance(part, StepPart)),
            clocks=tuple(lower.clock(part) for part in parts if isinstance(part, ClockPart)),
            precedence=tuple(n.text for part in parts if isinstance(part, FirstPart) for n in part.names),
            text=text, place=item.place,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Lower:
    clauses: Clauses
    ident: str
    env: dict[str, Var]
    owners: dict[str, str]

    def track(self, part: TrackPart) -> Track:
        of = self.env[part.of.text] if part.of is not None else None
        return Track(part.name.text, _texts(part.stages), of, _texts(part.ends), part.title, part.place)

    def step(self, part: StepPart) -> Step:
        moves = (*((part.own,) if part.own is not None else ()), *part.also)
        return Step(
            f"{self.ident}.{part.name.text}", part.name.text, part.title,
            movers=tuple(mover for each in part.movers for mover in self._mover(each)),
            moves=tuple(self.move(move) for move in moves),
            act=self.clauses.act(part.act, self.env) if part.act is not None else None,
            whiles=tuple(self._while(each) for each in part.whiles),
            condition=self._condition(part, part.condition) if part.condition is not None else None,
            rule=self._rule(part.rule) if part.rule is not None else None,
            mandate=part.mandate, place=part.place,
        )  # fmt: skip

    def clock(self, part: ClockPart) -> Clock:
        return Clock(
            f"{self.ident}.{part.name.text}", part.name.text, part.title, _texts(part.starts),
            _texts(part.until), part.hours, part.set_by, tuple(self.move(move) for move in part.moves),
            part.place,
        )  # fmt: skip

    def move(self, part: MovePart) -> Move:
        of = self._whose(part.track, part.of)
        return Move(part.track.text, _texts(part.sources), part.target.text, of, part.place)

    def _while(self, part: WhilePart) -> While:
        return While(part.track.text, _texts(part.stages), self._whose(part.track, part.of), part.place)

    def _whose(self, track: Name, of: Name | None) -> Var | None:
        """The variable whose track it is: the one that is named, else the one with which the track is declared."""
        owner = self.owners.get(track.text)
        name = of.text if of is not None else owner
        if name is None:
            return None
        known = self.env.get(name)
        return known or Var(name, self.env[owner].sort if owner else "Thing")

    def _mover(self, part: MoverPart) -> Iterator[Mover]:
        name, words = part.name, self.clauses.words
        if part.each is not None:
            role, roles = part.each.text, {"party", *self.clauses.home.roles}
            if role not in roles:
                words.slips.unknown("F218", part.each.place, role, roles)
            yield Mover(self.env[name.text], each=True, role=role)
        elif name.text in OFFICES:
            yield Mover(office=name.text)
        elif is_code(name.text):
            if words.actor(name) is not None:
                yield Mover(name=name.text)
        else:
            yield Mover(self.env[name.text])

    def _condition(self, part: StepPart, formula: Written) -> Formula:
        self.clauses.reading = f"{self.ident}-{part.name.text}"
        self.clauses.title = part.title
        return self.clauses.closed(formula, self.env, {})[0]

    def _rule(self, name: Name) -> str:
        return name.text if "." in name.text else f"{self.clauses.home.id}.{name.text}"


def _of_text(parts: Sequence[Part], text: str | None) -> list[Part]:
    """The parts that hold under the text; what is tagged with it stands in place of what is not."""
    own = {_called(part) for part in parts if part.text is not None and part.text.text == text}
    return [
        part
        for part in parts
        if text is None
        or (part.text is None and _called(part) not in own)
        or (part.text is not None and part.text.text == text)
    ]


def _called(part: Part) -> tuple[str, str]:
    name = "" if isinstance(part, FirstPart) else part.name.text
    return type(part).__name__, name


def _texts(names: Iterable[Name]) -> tuple[str, ...]:
    return tuple(name.text for name in names)


__all__ = ["Procedures", "variables"]
