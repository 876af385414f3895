"""Coins in compiled code: as `foedus.cascade.coins`, a block of worlds at once.

A coin is thrown once a block, for the lanes that may ever want it. Of its number as many binary digits are made as it
takes to tell, in each of these lanes, whether it is below the chance: some twelve for 2,048 lanes.
"""

# numba describes its types while it compiles, none of them to a type checker.
# pyright: basic

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from foedus.cascade.coins import BITS, FIRST, GAMMA, SECOND
from foedus.cascade.compiled import WORDS
from foedus.cascade.model import WHOLE
from foedus.cascade.vectors import (
    both,
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

_njit: Any = numba.njit
_GAMMA, _FIRST, _SECOND = np.uint64(GAMMA), np.uint64(FIRST), np.uint64(SECOND)
_30, _27, _31 = np.uint64(30), np.uint64(27), np.uint64(31)
_NONE, _ALL = np.uint64(0), np.uint64(0xFFFF_FFFF_FFFF_FFFF)
UNTESTED = 7  # digits made before it is asked whether any lane is undecided


@_njit(forceinline=True, _nrt=False)
def _mixed(z):
    z = times(differ(z, shifted(z, splat(_30))), splat(_FIRST))
    z = times(differ(z, shifted(z, splat(_27))), splat(_SECOND))
    return differ(z, shifted(z, splat(_31)))


@_njit(forceinline=True, _nrt=False)
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


@_njit(forceinline=True, _nrt=False)
def coin(number, wanted, block, begins, chances, lasts, offsets, values, known):
    """A coin's lanes: those not wanted when it is first asked for in a block never will be."""
    if chances[number] >= WHOLE:
        return splat(_ALL)
    if known[number] != block:
        known[number] = block
        found = _thrown(begins[number], chances[number], lasts[number], offsets, wanted)
        store(values, number * WORDS, found)
        return found
    return load(values, number * WORDS)
