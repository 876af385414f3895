"""How much each member's vote can decide under a rule: the indices of Shapley and Shubik and of Banzhaf, exactly.

The rule is seen as a game with two choices, for and otherwise; what else a member may do (abstain, stay away) the
indices do not know, and they say nothing of who will vote with whom. Definitions: L. S. Shapley and M. Shubik, American
Political Science Review 48 (1954); J. F. Banzhaf, Rutgers Law Review 19 (1965).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import comb, factorial

from foedus.council.game import Entangled, Game, Packed, game_of
from foedus.council.outcome import of_sitting
from foedus.council.sitting import Sitting
from foedus.ir.decision import Status

SUMS = 1 << 18
"""How many different rows of sums are kept before a rule is refused as too large."""
SINGLY = 14
"""Up to how many members every single vote is looked at, where a rule is no game of sums."""


class TooLarge(Exception):
    """More members, or more different weights, than can be looked at."""


class Turned(Exception):
    """A vote for it can defeat it: the indices mean nothing then. The member whose vote does."""


@dataclass(frozen=True, slots=True)
class Share:
    """The power of each member of a class. `swings`: in how many of the votes of the others its own decides;
    `absolute` is that as a part of them all, `banzhaf` as a part of everybody's swings."""

    members: tuple[str, ...]
    shapley: Fraction
    banzhaf: Fraction
    absolute: Fraction
    swings: int


@dataclass(frozen=True, slots=True)
class Power:
    """The classes in the order of their first members. Of all `votes`, `winning` are adopted."""

    shares: tuple[Share, ...]
    votes: int
    winning: int

    @property
    def members(self) -> int:
        """How many there are."""
        return sum(len(share.members) for share in self.shares)


def power(sitting: Sitting, otherwise: Status = "against") -> Power:
    """The power of every member of a sitting. `otherwise` is what whoever is not for it does.

    Raises `Unsettled` where a reading or a fact is open, `TooLarge`, and `Turned`."""
    try:
        game = game_of(sitting)
    except Entangled:
        return _singly(sitting, otherwise)
    return power_of(game, otherwise)


def power_of(game: Game, otherwise: Status = "against") -> Power:
    """The same of a game of sums: a vote of the others is one row, and equal members are counted together."""
    packed = Packed(game, ("for", otherwise), {"for": 1})
    start = packed.start + sum(packed.adds(who, otherwise) for who in game.members)
    steps = {who: packed.adds(who, "for") - packed.adds(who, otherwise) for who in game.members}
    classes: dict[int, list[str]] = {}
    for who, step in steps.items():
        classes.setdefault(step, []).append(who)
    votes = {start: 1}
    for step, members in classes.items():
        found: dict[int, int] = {}
        for key, times in votes.items():
            for yes in range(len(members) + 1):
                there = key + yes * step
                found[there] = found.get(there, 0) + times * comb(len(members), yes)
        votes = found
        if len(votes) > SUMS:
            raise TooLarge
    rows = {key: packed.row(key) for key in votes}
    wins = {key: game.passes(row[1:]) for key, row in rows.items()}
    ordered = sorted(votes)
    swings: dict[tuple[str, ...], dict[int, int]] = {}
    for step, members in classes.items():
        decides: dict[int, int] = {}
        others: dict[
            int, int
        ] = {}  # the votes of all but one of the class: what is left when its two choices are taken out
        for key in ordered:
            times = votes[key] - others.get(key - step, 0)
            if not times:
                continue
            others[key] = times
            if wins[key] and not wins[key + step]:
                raise Turned(members[0])
            if wins[key + step] and not wins[key]:
                size = rows[key][0]
                decides[size] = decides.get(size, 0) + times
        swings[tuple(members)] = decides
    winning = sum(times for key, times in votes.items() if wins[key])
    return _power(swings, winning)


def _power(swings: Mapping[tuple[str, ...], Mapping[int, int]], winning: int) -> Power:
    """The indices, from how often a member of each class decides, by how many others are for it."""
    members = sum(map(len, swings))
    everybody = sum(len(group) * sum(by_size.values()) for group, by_size in swings.items())
    shares: list[Share] = []
    for alike, by_size in _alike(swings):
        its = sum(by_size.values())
        orders = sum(n * factorial(size) * factorial(members - 1 - size) for size, n in by_size.items())
        shapley = Fraction(orders, factorial(members))
        shares.append(
            Share(alike, shapley, Fraction(its, everybody or 1), Fraction(its, 1 << members - 1), its)
        )
    return Power(tuple(shares), 1 << members, winning)


def _alike(
    swings: Mapping[tuple[str, ...], Mapping[int, int]],
) -> list[tuple[tuple[str, ...], Mapping[int, int]]]:
    """Those who decide equally often, put together."""
    found: list[tuple[tuple[str, ...], Mapping[int, int]]] = []
    for group, by_size in swings.items():
        same = next((n for n, (_, other) in enumerate(found) if other == by_size), None)
        if same is None:
            found.append((group, by_size))
        else:
            found[same] = ((*found[same][0], *group), by_size)
    return found


def _singly(sitting: Sitting, otherwise: Status) -> Power:
    """Every vote by itself."""
    members = tuple(who for who in sitting.members if who not in (sitting.left_out or ()))
    if len(members) > SINGLY:
        raise TooLarge
    wins: dict[tuple[bool, ...], bool] = {}
    for choice in product((False, True), repeat=len(members)):
        did: dict[str, Status] = {
            who: "for" if yes else otherwise for who, yes in zip(members, choice, strict=True)
        }
        wins[choice] = of_sitting(sitting, did).word == "adopted"
    swings: dict[tuple[str, ...], dict[int, int]] = {}
    for n, who in enumerate(members):
        decides: dict[int, int] = {}
        for choice, won in wins.items():
            if not choice[n]:
                with_it = wins[(*choice[:n], True, *choice[n + 1 :])]
                if won and not with_it:
                    raise Turned(who)
                if with_it and not won:
                    decides[sum(choice)] = decides.get(sum(choice), 0) + 1
        swings[who,] = decides
    return _power(swings, sum(wins.values()))
