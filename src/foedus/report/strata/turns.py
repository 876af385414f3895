"""What an entry turns on: for each state, how many strata bring it in under each answer to a question."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.cascade.rounds.outcome import Pivot
from foedus.report.chains.pen import QUIET, SIDES, n
from foedus.report.strata.told import Told

WIDE, HIGH = 120.0, 10.0


def turns_of(told: Told) -> list[tuple[Sequence[str], Sequence[Pivot]]]:
    """The states whose entry turns on something, as they are drawn, each with its questions, the weightiest first;
    states whose entry turns on the same in the same strata are one."""
    by_state: dict[str, list[Pivot]] = {}
    for pivot in told.strata.pivots:
        by_state.setdefault(pivot.state, []).append(pivot)
    alike: dict[tuple[object, ...], list[str]] = {}
    for state in told.states:
        if state in by_state:
            key = tuple((pivot.choice, pivot.by_answer) for pivot in by_state[state])
            alike.setdefault(key, []).append(state)
    return [(states, sorted(by_state[states[0]], key=reach, reverse=True)) for states in alike.values()]


def reach(pivot: Pivot) -> float:
    """By how much the share of strata differs between the answers, at most."""
    shares = [inside / of for _, inside, of in pivot.by_answer if of]
    return max(shares) - min(shares) if shares else 0.0


def bar(share: float) -> str:
    """A share as a bar; the figure beside it says the same, so that nobody needs to see it."""
    high = HIGH
    return (
        f'<svg class="share" viewBox="0 0 {n(WIDE)} {n(high)}" width="{n(WIDE)}" height="{n(high)}" aria-hidden="true">'
        f'<path class="rule" d="M0 {n(high - 0.5)}H{n(WIDE)}" stroke="{QUIET}" stroke-width="0.6"/>'
        f'<path class="mark side-1" d="M0 1h{n(WIDE * share)}v{n(high - 2)}H0z" fill="{SIDES[1]}"/></svg>'
    )
