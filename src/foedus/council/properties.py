"""What a chair should be warned of in a rule: that a vote against can carry a motion, or a vote for it defeat one.

A quorum by presence is the usual reason: with 4 of 7 present, three votes for are void, and a fourth member who comes
only to vote against makes a decision of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from foedus.council.game import Entangled, Game, Packed, Tree, Unsettled, game_of
from foedus.council.sitting import Sitting
from foedus.ir.decision import STATUSES, Status

ROWS = 20_000
"""How many different rows of sums are looked at before it is left open. Only rules are looked at so of which it is not
plain that every test goes the right way."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A vote that one member turns the wrong way: while the others do as `others` says, `who` changes from `was`."""

    who: str
    was: Status
    others: Mapping[str, Status]


@dataclass(frozen=True, slots=True)
class Properties:
    """`carried_by_against`: a motion that fails is adopted because a member votes against it; `defeated_by_for`: one
    that is adopted fails because a member votes for it. None where that cannot happen; `open`: on what it hangs
    whether it can, or that there are too many votes to look at (`too many`)."""

    carried_by_against: Turn | None = None
    defeated_by_for: Turn | None = None
    open: tuple[str, ...] = ()

    @property
    def monotone(self) -> bool | None:
        """Whether votes for it can only help, and votes against it only harm."""
        if self.carried_by_against or self.defeated_by_for:
            return False
        return None if self.open else True


def properties(sitting: Sitting) -> Properties:
    """Whether votes can turn a decision the wrong way, over all votes of the sitting's members."""
    try:
        game = game_of(sitting)
    except Unsettled as unsettled:
        return Properties(open=unsettled.names)
    except Entangled:
        return Properties(open=("too many",))
    return properties_of(game)


def properties_of(game: Game) -> Properties:
    """The same of a game of sums."""
    packed = Packed(game, STATUSES, {})
    against: Turn | None = None
    backwards: Turn | None = None
    if _plain(game, "against", up=False) and _plain(game, "for", up=True):
        return Properties()
    for group in game.classes:
        who = group[0]
        others = [member for member in game.members if member != who]
        reached = _reached(packed, others)
        if reached is None:
            return Properties(against, backwards, ("too many",))
        against = against or _turned(packed, reached, others, who, "against", carries=True)
        backwards = backwards or _turned(packed, reached, others, who, "for", carries=False)
    return Properties(against, backwards)


def _plain(game: Game, to: Status, *, up: bool) -> bool:
    """Whether changing to this can move no test the wrong way (`up`: it may only help)."""
    for n, right in _ways(game.tree, True):
        adds = game.sums[n].adds
        for who in game.members:
            after, base = adds[who, to]
            for was in STATUSES:
                before, based = adds[who, was]
                helps = after >= before and (base >= based or not game.sums[n].share)
                harms = after < before or (after == before and (base <= based or not game.sums[n].share))
                if not (helps if up == right else harms):
                    return False
    return True


def _ways(tree: Tree, right: bool) -> Iterator[tuple[int, bool]]:
    """Each test with the way in which it counts: False where the rule asks that it be not passed."""
    match tree:
        case bool():
            return
        case int():
            yield tree, right
        case (word, parts):
            for part in parts:
                yield from _ways(part, right if word != "not" else not right)


Layers = list[dict[int, tuple[int, Status]]]
"""By member: the rows of sums that can be reached, each with the row before and what the member did."""


def _reached(packed: Packed, members: Sequence[str]) -> Layers | None:
    layers: Layers = []
    rows = {packed.start}
    for who in members:
        choices: dict[int, Status] = {}
        for status in STATUSES:
            choices.setdefault(packed.adds(who, status), status)
        layer: dict[int, tuple[int, Status]] = {}
        for row in rows:
            for adds, status in choices.items():
                layer.setdefault(row + adds, (row, status))
        if len(layer) > ROWS:
            return None
        layers.append(layer)
        rows = set(layer)
    return layers


def _turned(
    packed: Packed, layers: Layers, others: Sequence[str], who: str, to: Status, *, carries: bool
) -> Turn | None:
    rows = layers[-1] if layers else {packed.start: (0, "silent")}
    after = packed.adds(who, to)
    for was in STATUSES:
        before = packed.adds(who, was)
        if before == after:
            continue
        for row in rows:
            then = packed.game.passes(packed.row(row + after)[1:])
            if then == carries and packed.game.passes(packed.row(row + before)[1:]) != carries:
                return Turn(who, was, _back(layers, others, row))
    return None


def _back(layers: Layers, others: Sequence[str], row: int) -> dict[str, Status]:
    """What each of the others did to make up this row."""
    did: dict[str, Status] = {}
    for layer, who in zip(reversed(layers), reversed(others), strict=True):
        row, did[who] = layer[row]
    return {who: did[who] for who in others}
