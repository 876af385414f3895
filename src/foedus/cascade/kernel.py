"""The cascade in compiled code: many worlds at once, driven by what has just happened.

A block is the worlds of `WORDS` words. For each state and side it keeps two rows of lanes: `free`, in which the state
may still be called to the side (it is outside, not called yet, not barred), and `wants`, in which it is called and
outside. Both follow from what has happened on the sides, which only grows: so a duty is looked at in the lanes in which
its condition has just come to hold, once, and its coin is thrown only for lanes in which its debtor is still free.
What is left to each round is who is wanted by one side alone.

A *row* is a state on a side, 2 × state + side; of a circle, a clique or a bundle on a side, the same. Lists of lists
stand one after the other in one array (`barred`), with the place where each begins in another (`barred_of`).
"""

# numba describes its types while it compiles, none of them to a type checker.
# pyright: basic

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from foedus.cascade.coins import BITS, GAMMA
from foedus.cascade.compiled import WORDS
from foedus.cascade.model import WHOLE
from foedus.cascade.throwing import coin as throw
from foedus.cascade.vectors import both, counted, differ, either, load, some, splat, store, without

_njit: Any = numba.njit
_GAMMA = np.uint64(GAMMA)
_NONE, _ALL = np.uint64(0), np.uint64(0xFFFF_FFFF_FFFF_FFFF)


@_njit(forceinline=True, _nrt=False)
def _call(
    new, side, start, end, debtors, coins, free, wants, touched, is_touched, n_touched, detail, alive,
    block, begins, chances, lasts, offsets, values, known,
):  # fmt: skip
    """Duties whose condition has just come to hold in some lanes: who is wanted. How many states are touched by now."""
    for duty in range(start, end):
        x = debtors[duty]
        row = (x * 2 + side) * WORDS
        before = load(free, row)
        concerned = both(before, new)
        if not some(concerned):
            continue
        coin = coins[duty]
        if known[coin] == block:
            concerned = both(concerned, load(values, coin * WORDS))
        elif chances[coin] < WHOLE:
            wanted = alive if detail else either(before, load(free, (x * 2 + 1 - side) * WORDS))
            kept = throw(coin, wanted, block, begins, chances, lasts, offsets, values, known)
            concerned = both(concerned, kept)
        store(free, row, without(before, concerned))
        store(wants, row, either(load(wants, row), concerned))
        if not is_touched[x]:
            is_touched[x] = True
            touched[n_touched] = x
            n_touched += 1
    return n_touched


def _simulate(
    first,  # the first word
    words,  # how many
    tail,  # the lanes of the last word that count
    states,
    joiner_attacks,
    able,  # of each row
    bundles,  # (beneficiary, whether for offence, parties, adversaries, first duty, end)
    debtors,
    coins,  # of each duty, the place of its coin
    # Bundles that ask for nothing but a state's entry, in the list 2 x state, or its being attacked, in 2 x state + 1.
    simple,
    simple_of,
    tied,  # and those that ask for circles too
    tied_of,
    circle,  # circles of each state
    circle_of,
    asking,  # bundles of each circle
    asking_of,
    clique,  # cliques of each state
    clique_of,
    member,  # states of each clique
    member_of,
    barred,
    barred_of,
    neutral,
    neutral_of,
    neutral_coins,
    own,  # of each debtor: (bundle, duty)
    own_of,
    begins,
    chances,
    lasts,
    requests,  # the first coin of the requests: of state x, requests + x
    detail,
    keep,  # the final sides of every world, by row and word; empty if nobody asks
    entered,  # out: worlds by row
    sizes,  # out: sum and sum of squares of the attacker's side, of the target's; worlds in which nobody joins
    called,  # out: worlds by duty
    rounds,  # out: sums of rounds of entry by state
    free,
    wants,
    sides,  # who is in
    fresh,  # who came in in the round before
    unstruck,  # who is in, and not attacked
    struck,  # who was attacked in the round before, and asks for help
    helped,  # who was attacked ever, and asks for help
    met,  # where a bundle's condition is known to hold
    one,
    two,
    bar,
    values,
    known,
    steps,
    valid,
    planes,
    came,
    came_next,
    hit,
    inside,  # rows of states that are in anywhere
    is_inside,
    touched,
    is_touched,
    torn,
    changed,
    is_changed,
    grown,
    is_grown,
):
    """Run the worlds of some words, and add up what happened."""
    none = splat(_NONE)
    rows = states * 2
    circles = len(asking_of) - 1
    n_bundles = len(bundles)
    known[:] = -1

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
            store(unstruck, row * WORDS, none)
            store(helped, row * WORDS, none)
            is_inside[row] = False
        for row in range(n_bundles * 2):
            store(met, row * WORDS, none)
        for row in range(circles * 2):
            store(one, row * WORDS, none)
            store(two, row * WORDS, none)
        torn[:] = False

        # The shock: state 0 is in on side 0, state 1 on side 1, attacked.
        for state in range(2):
            row = state * 3
            store(sides, row * WORDS, alive)
            store(fresh, row * WORDS, alive)
            store(free, state * 2 * WORDS, none)
            store(free, (state * 2 + 1) * WORDS, none)
            came[state] = row
            inside[state] = row
            is_inside[row] = True
        n_came = 2
        n_inside = 2
        store(unstruck, 0, alive)
        asks = throw(requests + 1, alive, block, begins, chances, lasts, offsets, values, known)
        asks = both(alive, asks)
        store(helped, 3 * WORDS, asks)
        store(struck, 3 * WORDS, asks)
        hit[0] = 3
        n_hit = 1
        anybody = none
        round_ = 0

        while n_came > 0:
            round_ += 1
            n_touched = 0
            n_changed = 0
            n_grown = 0

            # 1. Whom those who came in bar from the other side, and how many of each circle are in now.
            for k in range(n_came):
                row = came[k]
                y = row >> 1
                side = row & 1
                new = load(fresh, row * WORDS)
                for at in range(clique_of[y], clique_of[y + 1]):
                    r = clique[at] * 2 + side
                    if is_grown[r]:
                        store(bar, r * WORDS, either(load(bar, r * WORDS), new))
                    else:
                        is_grown[r] = True
                        store(bar, r * WORDS, new)
                        grown[n_grown] = r
                        n_grown += 1
                for at in range(barred_of[y], barred_of[y + 1]):
                    x = barred[at]
                    r = (x * 2 + 1 - side) * WORDS
                    store(free, r, without(load(free, r), new))
                    if torn[x]:
                        store(wants, r, without(load(wants, r), new))
                        if not is_touched[x]:
                            is_touched[x] = True
                            touched[n_touched] = x
                            n_touched += 1
                for at in range(neutral_of[y], neutral_of[y + 1]):
                    x = neutral[at]
                    r = (x * 2 + 1 - side) * WORDS
                    f = load(free, r)
                    w = load(wants, r)
                    concerned = both(new, either(f, w))
                    if not some(concerned):
                        continue
                    o = (x * 2 + side) * WORDS
                    wanted = either(either(f, w), either(load(free, o), load(wants, o)))
                    kept = throw(
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
                    g = circle[at] * 2 + side
                    r = g * WORDS
                    before = load(one, r)
                    store(two, r, either(load(two, r), both(before, new)))
                    store(one, r, either(before, new))
                    if not is_changed[g]:
                        is_changed[g] = True
                        changed[n_changed] = g
                        n_changed += 1
            for k in range(n_grown):
                row = grown[k]
                is_grown[row] = False
                new = load(bar, row * WORDS)
                other = 1 - (row & 1)
                for at in range(member_of[row >> 1], member_of[(row >> 1) + 1]):
                    x = member[at]
                    r = (x * 2 + other) * WORDS
                    store(free, r, without(load(free, r), new))
                    if torn[x]:
                        store(wants, r, without(load(wants, r), new))
                        if not is_touched[x]:
                            is_touched[x] = True
                            touched[n_touched] = x
                            n_touched += 1

            # 2. Conditions that have come to hold, and whom they call: since somebody came in (0), or was attacked
            # (1), or since a circle filled (2).
            for source in range(3):
                count = n_came if source == 0 else (n_hit if source == 1 else n_changed)
                for k in range(count):
                    if source == 2:
                        row = changed[k]
                        is_changed[row] = False
                        start = asking_of[row >> 1]
                        end = asking_of[(row >> 1) + 1]
                    else:
                        row = came[k] if source == 0 else hit[k]
                        kind = (row & -2) | source
                        new = load(fresh, row * WORDS) if source == 0 else load(struck, row * WORDS)
                        for at in range(simple_of[kind], simple_of[kind + 1]):
                            b = simple[at]
                            if detail:
                                m = (b * 2 + (row & 1)) * WORDS
                                store(met, m, either(load(met, m), new))
                            n_touched = _call(
                                new, row & 1, bundles[b, 4], bundles[b, 5], debtors, coins, free, wants,
                                touched, is_touched, n_touched, detail, alive,
                                block, begins, chances, lasts, offsets, values, known,
                            )  # fmt: skip
                        start = tied_of[kind]
                        end = tied_of[kind + 1]
                    for at in range(start, end):
                        b = asking[at] if source == 2 else tied[at]
                        y = bundles[b, 0]
                        parties = bundles[b, 2]
                        adversaries = bundles[b, 3]
                        side = row & 1
                        if source == 2 and adversaries == row >> 1:
                            side = 1 - side
                        r = (y * 2 + side) * WORDS
                        holds = load(sides, r) if bundles[b, 1] else load(helped, r)
                        if parties >= 0:
                            holds = both(holds, load(two, (parties * 2 + side) * WORDS))
                        if adversaries >= 0:
                            holds = both(holds, load(one, (adversaries * 2 + 1 - side) * WORDS))
                        m = (b * 2 + side) * WORDS
                        new = without(holds, load(met, m))
                        if some(new):
                            store(met, m, holds)
                            n_touched = _call(
                                new, side, bundles[b, 4], bundles[b, 5], debtors, coins, free, wants,
                                touched, is_touched, n_touched, detail, alive,
                                block, begins, chances, lasts, offsets, values, known,
                            )  # fmt: skip

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
                torn[x] = some(tears)
                joins = differ(want_0, want_1)
                if not some(joins):
                    continue
                store(wants, r0, tears)
                store(wants, r1, tears)
                store(free, r0, without(load(free, r0), joins))
                store(free, r1, without(load(free, r1), joins))
                for side in range(2):
                    join = without(want_0 if side == 0 else want_1, tears)
                    if not some(join):
                        continue
                    if side == 0:
                        joined_0 = either(joined_0, join)
                    else:
                        joined_1 = either(joined_1, join)
                    store(fresh, r0 + side * WORDS, join)
                    came_next[n_next] = x * 2 + side
                    n_next += 1
                    if detail:
                        rounds[x] += round_ * counted(join)
                        for at in range(own_of[x], own_of[x + 1]):
                            duty = own[at, 1]
                            calls = both(join, load(met, (own[at, 0] * 2 + side) * WORDS))
                            if some(calls):
                                kept = throw(
                                    coins[duty], alive, block, begins, chances, lasts, offsets, values, known
                                )
                                called[duty] += counted(both(calls, kept))

            # 4. Who stood against a side that somebody joined is attacked; then those who joined stand.
            n_hit = 0
            if joiner_attacks and n_next > 0:
                for k in range(n_inside):
                    row = inside[k]
                    r = row * WORDS
                    before = load(unstruck, r)
                    blow = both(before, joined_0 if row & 1 else joined_1)
                    if not some(blow):
                        continue
                    store(unstruck, r, without(before, blow))
                    kind = row | 1
                    if simple_of[kind] < simple_of[kind + 1] or tied_of[kind] < tied_of[kind + 1]:
                        asks = throw(
                            requests + (row >> 1),
                            alive,
                            block,
                            begins,
                            chances,
                            lasts,
                            offsets,
                            values,
                            known,
                        )
                        blow = both(blow, asks)
                        store(struck, r, blow)
                        store(helped, r, either(load(helped, r), blow))
                        hit[n_hit] = row
                        n_hit += 1
            for k in range(n_next):
                row = came_next[k]
                came[k] = row
                r = row * WORDS
                new = load(fresh, r)
                store(sides, r, either(load(sides, r), new))
                store(unstruck, r, either(load(unstruck, r), new))
                if not is_inside[row]:
                    is_inside[row] = True
                    inside[n_inside] = row
                    n_inside += 1
            n_came = n_next
            anybody = either(anybody, either(joined_0, joined_1))

        # What it came to.
        sizes[4] += counted(without(alive, anybody))
        for side in range(2):
            used = 0
            for k in range(n_inside):
                row = inside[k]
                if row & 1 != side:
                    continue
                carry = load(sides, row * WORDS)
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
                many = counted(p)
                sizes[side * 2] += many << high
                sizes[side * 2 + 1] += many << (2 * high)
                for low in range(high):
                    sizes[side * 2 + 1] += counted(both(p, load(planes, low * WORDS))) << (high + low + 1)
        if keep.shape[1]:
            for row in range(rows):
                for k in range(WORDS):
                    if block * WORDS + k < words:
                        keep[row, block * WORDS + k] = sides[row * WORDS + k]


# Without `_nrt` nothing can be allocated inside, and no references to arrays are counted in the loops: half the time.
simulate = _njit(cache=True, nogil=True, _nrt=False)(_simulate)
simulate_unkept = _njit(nogil=True, _nrt=False)(_simulate)
