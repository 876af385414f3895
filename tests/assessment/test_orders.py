"""In all, some or none of the orders: held against every permutation, and against what moving a date may change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.assessment.orders import Change, Lane, Lanes, Subject, Taken, Word, entangled, furthest, judge

STAGES = "abcd"
some_stages = st.frozensets(st.sampled_from(STAGES), min_size=1, max_size=3)


@st.composite
def lanes(draw: st.DrawFn) -> Lanes:
    """One to three lanes, each with a few moves that nobody need have seen."""
    found: dict[Subject, Lane] = {}
    for n in range(draw(st.integers(1, 3))):
        free = draw(st.sets(st.tuples(st.sampled_from(STAGES), st.sampled_from(STAGES)), max_size=2))
        reach = {s: {s} for s in STAGES}
        for _ in STAGES:
            for a, b in free:
                for s in STAGES:
                    if a in reach[s]:
                        reach[s].add(b)
        found[Subject("t", str(n))] = Lane(frozenset({"a"}), {s: frozenset(r) for s, r in reach.items()})
    return found


@st.composite
def steps(draw: st.DrawFn, on: Lanes, most: int = 6) -> tuple[Taken, ...]:
    found: list[Taken] = []
    for n in range(draw(st.integers(0, most))):
        changes: dict[Subject, Change] = {}
        for key in draw(st.sets(st.sampled_from(sorted(on)), min_size=1, max_size=2)):
            sources = draw(st.frozensets(st.sampled_from(STAGES), max_size=3))
            target = frozenset({draw(st.sampled_from(STAGES))})
            needs = draw(st.none() | some_stages)
            moves = ((sources, target),) if needs is None or draw(st.booleans()) else ()
            changes[key] = Change(moves, needs, draw(st.booleans()))
        days = sorted(draw(st.sets(st.integers(1, 5), min_size=1, max_size=3)))
        found.append(Taken(f"e{n}", days[0], days[-1], changes, tuple(days) if draw(st.booleans()) else ()))
    return tuple(found)


@st.composite
def cases(draw: st.DrawFn, most: int = 6) -> tuple[tuple[Taken, ...], Lanes]:
    on = draw(lanes())
    return draw(steps(on, most)), on


def brute(taken: Sequence[Taken], on: Lanes) -> Word:
    """Every order for which there are days, each gone through with one stage a lane at a time."""
    outcomes = {_goes(order, on) for order in permutations(taken) if _has_days(order)}
    return "some" if len(outcomes) == 2 else "all" if True in outcomes else "none"


def _has_days(order: Sequence[Taken]) -> bool:
    now = 0
    for step in order:
        able = [d for d in step.days or range(step.first, step.last + 1) if d >= now]
        if not able:
            return False
        now = min(able)
    return True


def _goes(order: Sequence[Taken], on: Lanes) -> bool:
    keys = list(on)
    worlds = {tuple("a" for _ in keys)}
    for step in order:
        worlds = {then for world in worlds for then in _step(step, dict(zip(keys, world, strict=True)), on)}
    return bool(worlds)


def _step(step: Taken, at: Mapping[Subject, str], on: Lanes) -> Iterator[tuple[str, ...]]:
    """Everywhere one may be after a step: silently on, then the step."""
    for unseen in product(*(on[key].unseen[stage] for key, stage in at.items())):
        now = dict(zip(at, unseen, strict=True))
        if all(_able(step.changes[key], now[key]) for key in step.changes):
            ends = [
                [t for s, to in step.changes[key].moves if not s or stage in s for t in to] or [stage]
                if key in step.changes
                else [stage]
                for key, stage in now.items()
            ]
            yield from product(*ends)


def _able(change: Change, stage: str) -> bool:
    if change.needs is not None and stage not in change.needs:
        return False
    return not change.moves or any(not s or stage in s for s, _ in change.moves)


def plain(taken: Sequence[Taken]) -> tuple[Taken, ...]:
    """Without what is said of a step that is on record twice: the permutations do not know it."""
    return tuple(
        replace(s, changes={k: replace(c, again=False) for k, c in s.changes.items()}) for s in taken
    )


@given(cases())
@settings(max_examples=200, deadline=None)
def test_the_answer_is_that_of_every_permutation(case: tuple[tuple[Taken, ...], Lanes]) -> None:
    taken, on = plain(case[0]), case[1]
    assert judge(taken, on) == brute(taken, on)


@given(cases(), st.data())
@settings(max_examples=100, deadline=None)
def test_a_date_that_passes_no_other_changes_nothing(
    case: tuple[tuple[Taken, ...], Lanes], data: st.DataObject
) -> None:
    """Days are spread out, so that each step can be moved a little without coming to overlap another or leaving one."""
    taken, on = case
    wide = tuple(
        replace(s, first=10 * s.first, last=10 * s.last, days=tuple(10 * d for d in s.days)) for s in taken
    )
    if not wide:
        return
    n = data.draw(st.integers(0, len(wide) - 1))
    if any(
        other.first <= wide[n].last and wide[n].first <= other.last for m, other in enumerate(wide) if m != n
    ):
        return
    by = data.draw(st.integers(-4, 4))
    moved = replace(
        wide[n], first=wide[n].first + by, last=wide[n].last + by, days=tuple(d + by for d in wide[n].days)
    )
    assert judge((*wide[:n], moved, *wide[n + 1 :]), on) == judge(wide, on)


@given(cases(5), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_in_which_order_the_record_has_the_facts_is_all_one(
    case: tuple[tuple[Taken, ...], Lanes], random: object
) -> None:
    taken, on = case
    shuffled = list(taken)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert judge(shuffled, on) == judge(taken, on)


@given(cases(5))
@settings(max_examples=100, deadline=None)
def test_what_is_refused_is_refused_where_the_lanes_then_are(case: tuple[tuple[Taken, ...], Lanes]) -> None:
    taken, on = case
    if judge(taken, on) != "none":
        return
    gone, refused, at = furthest(taken, on)
    assert any(c.on(at[key], on[key]) is None for key, c in refused.changes.items())
    assert all(step.first <= refused.last for step in gone)


MATTER = Subject("matter")
DECIDED = Change(needs=frozenset({"decided"}))


def move(source: str, target: str) -> Change:
    return Change(((frozenset({source}), frozenset({target})),))


def crisis(contributors: int, day: int = 6) -> tuple[list[Taken], dict[Subject, Lane]]:
    """A request, a decision, and for each contributor its authorisation and its sending, all on one day."""
    on = {MATTER: Lane(frozenset({"none"}), {})}
    taken = [
        Taken("ask", day, day, {MATTER: move("none", "asked")}),
        Taken("decide", day, day, {MATTER: move("asked", "decided")}),
    ]
    for n in range(contributors):
        own = Subject("contributor", f"P{n:02}")
        on[own] = Lane(frozenset({"none"}), {})
        taken += [
            Taken(f"authorise {n}", day, day, {own: move("none", "authorised")}),
            Taken(f"deploy {n}", day, day, {own: move("authorised", "present"), MATTER: DECIDED}),
        ]
    return taken, on


def test_thirty_events_of_one_day_are_not_permuted() -> None:
    """30! orders; what is looked at is bounded by a count, not by a clock."""
    taken, on = crisis(14)
    assert len(taken) == 30
    assert judge(taken, on, budget=500) == "some"
    late = [replace(s, first=7, last=7) if s.id == "authorise 3" else s for s in taken]
    assert judge(late, on, budget=500) == "none"
    spread = [
        replace(s, first=n, last=n)
        for s in taken
        for n in [{"ask": 1, "decide": 2, "authorise": 3, "deploy": 4}[s.id.partition(" ")[0]]]
    ]
    assert judge(spread, on, budget=500) == "all"


def test_the_pairs_that_matter_are_told() -> None:
    taken, on = crisis(2)
    pairs = {frozenset({a.id, b.id}) for a, b in entangled(taken, on)}
    assert frozenset({"ask", "decide"}) in pairs and frozenset({"authorise 0", "deploy 0"}) in pairs
    assert frozenset({"authorise 0", "deploy 1"}) not in pairs


@pytest.mark.parametrize("pair", [("decide", "ask"), ("deploy 0", "decide"), ("deploy 1", "authorise 1")])
def test_supposing_the_wrong_order_leaves_none(pair: tuple[str, str]) -> None:
    taken, on = crisis(2)
    assert judge(taken, on, [pair]) == "none"
    assert judge(taken, on, [(pair[1], pair[0])]) == "some"


def test_days_that_are_not_neighbours_are_not_filled_in() -> None:
    """On the 1st or the 9th: with two others on the 5th and the 6th between which it can never have been."""
    key = Subject("t")
    on = {key: Lane(frozenset({"a"}), {})}
    gap = Taken("gap", 1, 9, {key: move("b", "c")}, (1, 9))
    fixed = [Taken("b", 5, 5, {key: move("a", "b")}), Taken("d", 6, 6, {key: move("c", "d")})]
    assert judge([gap, *fixed], on) == "none"
    assert judge([replace(gap, days=(1, 5, 9)), *fixed], on) == "some"


def test_a_barred_step_is_refused_whenever_it_was() -> None:
    taken, on = crisis(1)
    assert judge([replace(taken[0], barred=True), *taken[1:]], on) == "none"


def test_more_orders_than_are_looked_at_are_told_as_that() -> None:
    taken, on = crisis(14)
    assert judge(taken, on, budget=3) == "too many"


def test_pairs_are_of_neighbouring_or_common_days() -> None:
    taken, on = crisis(1)
    apart = [replace(s, first=s.first + n, last=s.last + n) for n, s in enumerate(taken)]
    assert not list(entangled(apart, on))
    assert all(a.last < b.first for a, b in pairwise(apart))
