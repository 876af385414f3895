"""The cascade in compiled code: 512 worlds at once, driven by what has just happened.

A block is the worlds of `WORDS` words. For each state and side it keeps two rows of lanes: `free`, in which the state
may still be called to the side (it is outside, not called yet, not barred), and `wants`, in which it is called and
outside. Both follow from what has happened on the sides, which only grows: so a duty is looked at in the lanes in which
its condition has just come to hold, once, and its coin is thrown only for lanes in which its debtor is still free.
What is left to each round is who is wanted by one side alone.
"""

# numba describes its types while it compiles, none of them to a type checker.
# pyright: basic

from __future__ import annotations

import numpy as np
from numba import njit

from foedus.cascade.coins import BITS, FIRST, GAMMA, SECOND
from foedus.cascade.model import WHOLE
from foedus.cascade.vectors import (
    WORDS,
    both,
    counted,
    differ,
    either,
    load,
    plus,
    shifted,
    some,
    splat,
    store,
    times,
    without,
)

_GAMMA, _FIRST, _SECOND = np.uint64(GAMMA), np.uint64(FIRST), np.uint64(SECOND)
_30, _27, _31 = np.uint64(30), np.uint64(27), np.uint64(31)
_NONE, _ALL = np.uint64(0), np.uint64(0xFFFF_FFFF_FFFF_FFFF)
PLANES = 10
"""Of a number that counts up to 1,023 states."""
DEFENCE, OFFENCE, CONSULTATION = 0, 1, 2
UNTESTED = 4  # planes thrown before it is asked whether any lane is undecided


@njit(inline="always")
def _mixed(z):
    z = times(differ(z, shifted(z, splat(_30))), splat(_FIRST))
    z = times(differ(z, shifted(z, splat(_27))), splat(_SECOND))
    return differ(z, shifted(z, splat(_31)))


@njit(inline="always")
def _thrown(begin, chance, last, offsets, wanted):
    """How a coin falls in the lanes that are wanted; in the others, not well."""
    at = plus(splat(begin), offsets)
    undecided = wanted
    found = splat(_NONE)
    for plane in range(BITS - last):
        number = _mixed(at)
        at = plus(at, splat(_GAMMA))
        if (chance >> (BITS - 1 - plane)) & 1:
            found = either(found, without(undecided, number))
            undecided = both(undecided, number)
        else:
            undecided = without(undecided, number)
        if plane >= UNTESTED and not some(undecided):
            break
    return found


@njit(inline="always")
def _coin(coin, wanted, block, begins, chances, lasts, offsets, values, known):
    """A coin's lanes, thrown once a block: those not wanted when it is first asked for never will be."""
    if chances[coin] >= WHOLE:
        return splat(_ALL)
    if known[coin] != block:
        known[coin] = block
        found = _thrown(begins[coin], chances[coin], lasts[coin], offsets, wanted)
        store(values, coin * WORDS, found)
        return found
    return load(values, coin * WORDS)


def _simulate(
    first,  # the first word
    words,  # how many, a multiple of WORDS but for the end
    tail,  # the lanes of the last word that count
    states,
    joiner_attacks,
    able,  # [state * 2 + side]
    bundles,  # [bundle, (beneficiary, trigger, parties, adversaries, first duty, end)]
    debtors,
    coins,  # of each duty, the place of its coin
    offence_of,  # bundles of each beneficiary, as places of starts and a list
    offence,
    defence_of,
    defence,
    circle_of,  # circles of each state
    circle,
    asking_of,  # bundles of each circle
    asking,
    barred_of,
    barred,
    neutral_of,
    neutral,
    neutral_coins,
    own_of,  # duties of each debtor: (bundle, duty)
    own,
    begins,
    chances,
    lasts,
    requests,  # the first coin of the requests: of state x, requests + x
    detail,
    keep,  # the final sides of every world, [state * 2 + side, word]; empty if nobody asks
    entered,  # out: worlds by [state * 2 + side]
    sizes,  # out: [side * 2], sums and sums of squares of the sides' sizes; [4] worlds in which nobody joins
    called,  # out: worlds by duty
    rounds,  # out: sums of rounds of entry by state
):
    """Run the worlds of some words, and add up what happened.

    Everything in lanes is an array of words, `WORDS` for each row.
    """
    none = splat(_NONE)
    rows = states * 2
    circles = len(asking_of) - 1
    n_bundles = len(bundles)
    free = np.zeros(rows * WORDS, np.uint64)
    wants = np.zeros(rows * WORDS, np.uint64)
    sides = np.zeros(rows * WORDS, np.uint64)  # who is in
    fresh = np.zeros(rows * WORDS, np.uint64)  # who came in in the round before
    attacked = np.zeros(states * WORDS, np.uint64)
    helped = np.zeros(states * WORDS, np.uint64)  # attacked, and asks for help
    met = np.zeros(n_bundles * 2 * WORDS, np.uint64)  # where a bundle's condition holds on a side
    one = np.zeros(max(circles, 1) * 2 * WORDS, np.uint64)
    two = np.zeros(max(circles, 1) * 2 * WORDS, np.uint64)
    values = np.zeros(len(chances) * WORDS, np.uint64)
    known = np.full(len(chances), -1, np.int64)
    steps = np.zeros(WORDS, np.uint64)
    valid = np.zeros(WORDS, np.uint64)
    planes = np.zeros(PLANES * WORDS, np.uint64)
    came = np.zeros(rows, np.int64)  # rows in `fresh`
    came_next = np.zeros(rows, np.int64)
    struck = np.zeros(states, np.int64)  # states newly attacked and asking
    inside = np.zeros(states, np.int64)  # states that are in anywhere
    is_inside = np.zeros(states, np.bool_)
    touched = np.zeros(states, np.int64)
    is_touched = np.zeros(states, np.bool_)
    torn = np.zeros(states, np.bool_)
    changed = np.zeros(max(circles, 1), np.int64)
    is_changed = np.zeros(max(circles, 1), np.bool_)

    blocks = (words + WORDS - 1) // WORDS
    for block in range(blocks):
        for k in range(WORDS):
            number = np.uint64(first + block * WORDS + k)
            steps[k] = (number * np.uint64(BITS) + np.uint64(1)) * _GAMMA
            valid[k] = _NONE
            if block * WORDS + k < words:
                valid[k] = tail if block * WORDS + k == words - 1 else _ALL
        offsets = load(steps, 0)
        alive = load(valid, 0)
        for row in range(rows):
            store(free, row * WORDS, alive if able[row] else none)
            store(wants, row * WORDS, none)
            store(sides, row * WORDS, none)
        for state in range(states):
            store(attacked, state * WORDS, none)
            store(helped, state * WORDS, none)
            is_inside[state] = False
            torn[state] = False
        for row in range(n_bundles * 2):
            store(met, row * WORDS, none)
        for row in range(circles * 2):
            store(one, row * WORDS, none)
            store(two, row * WORDS, none)

        # The shock: state 0 is in on side 0, state 1 on side 1, attacked.
        for state in range(2):
            row = state * 2 + state
            store(sides, row * WORDS, alive)
            store(fresh, row * WORDS, alive)
            for side in range(2):
                store(free, (state * 2 + side) * WORDS, none)
            came[state] = row
            inside[state] = state
            is_inside[state] = True
        n_came = 2
        n_inside = 2
        store(attacked, WORDS, alive)
        asks = _coin(requests + 1, alive, block, begins, chances, lasts, offsets, values, known)
        store(helped, WORDS, both(alive, asks))
        struck[0] = 1
        n_struck = 1
        joined_at_all = none
        round_ = 0

        while n_came > 0:
            round_ += 1
            n_touched = 0
            n_changed = 0
            # 1. Who is barred by those who came in; and how many of each circle are in now.
            for k in range(n_came):
                row = came[k]
                y = row >> 1
                side = row & 1
                against = 1 - side
                new = load(fresh, row * WORDS)
                for at in range(barred_of[y], barred_of[y + 1]):
                    x = barred[at]
                    r = (x * 2 + against) * WORDS
                    store(free, r, without(load(free, r), new))
                    if torn[x]:
                        store(wants, r, without(load(wants, r), new))
                        if not is_touched[x]:
                            is_touched[x] = True
                            touched[n_touched] = x
                            n_touched += 1
                for at in range(neutral_of[y], neutral_of[y + 1]):
                    x = neutral[at]
                    r = (x * 2 + against) * WORDS
                    f = load(free, r)
                    w = load(wants, r)
                    concerned = both(new, either(f, w))
                    if some(concerned):
                        o = (x * 2 + side) * WORDS
                        wanted = either(either(f, w), either(load(free, o), load(wants, o)))
                        kept = _coin(
                            neutral_coins[at], wanted, block, begins, chances, lasts, offsets, values, known
                        )
                        concerned = both(concerned, kept)
                        store(free, r, without(f, concerned))
                        if torn[x]:
                            store(wants, r, without(w, concerned))
                            if not is_touched[x]:
                                is_touched[x] = True
                                touched[n_touched] = x
                                n_touched += 1
                for at in range(circle_of[y], circle_of[y + 1]):
                    g = circle[at]
                    r = (g * 2 + side) * WORDS
                    before = load(one, r)
                    store(two, r, either(load(two, r), both(before, new)))
                    store(one, r, either(before, new))
                    if not is_changed[g]:
                        is_changed[g] = True
                        changed[n_changed] = g
                        n_changed += 1

            # 2. Conditions that may have come to hold, and whom they call. What changed is a row of states in
            # turn: who came in (offence), who was struck (defence, consultation), which circles filled.
            for source in range(3):
                count = n_came if source == 0 else (n_struck if source == 1 else n_changed)
                for k in range(count):
                    if source == 0:
                        y = came[k] >> 1
                        start = offence_of[y]
                        end = offence_of[y + 1]
                    elif source == 1:
                        y = struck[k]
                        start = defence_of[y]
                        end = defence_of[y + 1]
                    else:
                        g = changed[k]
                        is_changed[g] = False
                        start = asking_of[g]
                        end = asking_of[g + 1]
                    for at in range(start, end):
                        if source == 0:
                            b = offence[at]
                        elif source == 1:
                            b = defence[at]
                        else:
                            b = asking[at]
                        y = bundles[b, 0]
                        trigger = bundles[b, 1]
                        parties = bundles[b, 2]
                        adversaries = bundles[b, 3]
                        for side in range(2):
                            holds = load(sides, (y * 2 + side) * WORDS)
                            if trigger != OFFENCE:
                                holds = both(holds, load(helped, y * WORDS))
                            if parties >= 0:
                                holds = both(holds, load(two, (parties * 2 + side) * WORDS))
                            if adversaries >= 0:
                                holds = both(holds, load(one, (adversaries * 2 + 1 - side) * WORDS))
                            m = (b * 2 + side) * WORDS
                            new = without(holds, load(met, m))
                            if not some(new):
                                continue
                            store(met, m, holds)
                            for duty in range(bundles[b, 4], bundles[b, 5]):
                                x = debtors[duty]
                                r = (x * 2 + side) * WORDS
                                f = load(free, r)
                                concerned = both(f, new)
                                if not some(concerned):
                                    continue
                                if detail:
                                    wanted = alive
                                else:
                                    wanted = either(f, load(free, (x * 2 + 1 - side) * WORDS))
                                kept = _coin(
                                    coins[duty], wanted, block, begins, chances, lasts, offsets, values, known
                                )
                                concerned = both(concerned, kept)
                                store(free, r, without(f, concerned))
                                store(wants, r, either(load(wants, r), concerned))
                                if not is_touched[x]:
                                    is_touched[x] = True
                                    touched[n_touched] = x
                                    n_touched += 1

            # 3. Who is wanted by one side alone, and joins it.
            n_next = 0
            joined_0 = none
            joined_1 = none
            for k in range(n_touched):
                x = touched[k]
                is_touched[x] = False
                r0 = x * 2 * WORDS
                r1 = r0 + WORDS
                want_0 = load(wants, r0)
                want_1 = load(wants, r1)
                tears = both(want_0, want_1)
                join_0 = without(want_0, want_1)
                join_1 = without(want_1, want_0)
                torn[x] = some(tears)
                joins = either(join_0, join_1)
                if not some(joins):
                    continue
                store(wants, r0, tears)
                store(wants, r1, tears)
                store(free, r0, without(load(free, r0), joins))
                store(free, r1, without(load(free, r1), joins))
                joined_0 = either(joined_0, join_0)
                joined_1 = either(joined_1, join_1)
                for side in range(2):
                    join = join_0 if side == 0 else join_1
                    if not some(join):
                        continue
                    store(fresh, r0 + side * WORDS, join)
                    came_next[n_next] = x * 2 + side
                    n_next += 1
                    if detail:
                        rounds[x] += round_ * counted(join)
                        for at in range(own_of[x], own_of[x + 1]):
                            b = own[at, 0]
                            duty = own[at, 1]
                            calls = both(join, load(met, (b * 2 + side) * WORDS))
                            if some(calls):
                                kept = _coin(
                                    coins[duty], alive, block, begins, chances, lasts, offsets, values, known
                                )
                                called[duty] += counted(both(calls, kept))

            # 4. Whoever stood on the side against which somebody joined is attacked; then those who joined stand.
            n_struck = 0
            if joiner_attacks and n_next > 0:
                for k in range(n_inside):
                    y = inside[k]
                    r = y * 2 * WORDS
                    hit = either(both(load(sides, r), joined_1), both(load(sides, r + WORDS), joined_0))
                    before = load(attacked, y * WORDS)
                    hit = without(hit, before)
                    if some(hit):
                        store(attacked, y * WORDS, either(before, hit))
                        if defence_of[y] < defence_of[y + 1]:
                            asks = _coin(
                                requests + y, alive, block, begins, chances, lasts, offsets, values, known
                            )
                            store(helped, y * WORDS, either(load(helped, y * WORDS), both(hit, asks)))
                            struck[n_struck] = y
                            n_struck += 1
            for k in range(n_next):
                row = came_next[k]
                came[k] = row
                r = row * WORDS
                store(sides, r, either(load(sides, r), load(fresh, r)))
                y = row >> 1
                if not is_inside[y]:
                    is_inside[y] = True
                    inside[n_inside] = y
                    n_inside += 1
            n_came = n_next
            joined_at_all = either(joined_at_all, either(joined_0, joined_1))

        # What it came to.
        sizes[4] += counted(without(alive, joined_at_all))
        for side in range(2):
            used = 0
            for k in range(n_inside):
                row = inside[k] * 2 + side
                carry = load(sides, row * WORDS)
                if not some(carry):
                    continue
                entered[row] += counted(carry)
                plane = 0
                while some(carry):
                    if plane == used:
                        store(planes, plane * WORDS, carry)
                        used += 1
                        break
                    before = load(planes, plane * WORDS)
                    store(planes, plane * WORDS, differ(before, carry))
                    carry = both(before, carry)
                    plane += 1
            for high in range(used):
                p = load(planes, high * WORDS)
                sizes[side * 2] += counted(p) << high
                sizes[side * 2 + 1] += counted(p) << (2 * high)
                for low in range(high):
                    sizes[side * 2 + 1] += counted(both(p, load(planes, low * WORDS))) << (high + low + 1)
        if keep.shape[1]:
            for row in range(rows):
                for k in range(WORDS):
                    if block * WORDS + k < words:
                        keep[row, block * WORDS + k] = sides[row * WORDS + k]


simulate = njit(cache=True, nogil=True)(_simulate)
simulate_unkept = njit(nogil=True)(_simulate)
