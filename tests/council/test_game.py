"""Rules as sums: what the outcome says of every vote, power by its definition, what a chair is warned of."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations, product
from math import factorial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.council.game import Unsettled, game_of
from foedus.council.outcome import of_sitting
from foedus.council.power import SUMS, TooLarge, Turned, power
from foedus.council.properties import properties
from foedus.council.sitting import Sitting
from foedus.ir.decision import STATUSES, Status
from foedus.library import Library
from tests.council.rules import PEOPLE, SEVEN, page, rule_of, rules

FEW = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def sitting(rule: str, members: tuple[str, ...], **how: object) -> Sitting:
    program = page(rule, PEOPLE)
    return Sitting(rule_of(program), program, members, **how)  # type: ignore[arg-type]


@FEW
@given(rules(), st.integers(1, 3), st.integers(0, 1), st.integers(0, 1))
def test_sums_say_what_the_outcome_says(rule: str, n: int, out: int, held: int) -> None:
    at = sitting(rule, SEVEN[:n], left_out=frozenset(SEVEN[:out]), held=frozenset(SEVEN[1 : 1 + held]))
    game = game_of(at)
    for choice in product(STATUSES, repeat=len(game.members)):
        did: dict[str, Status] = dict(zip(game.members, choice, strict=True))
        came = of_sitting(at, did)
        assert (came.word == "adopted") == (game.adopted(did) and bool(came.electorate))


# ---- power ----


def by_definition(at: Sitting) -> dict[str, tuple[Fraction, int]]:
    """Shapley and Shubik: in how many orders a member's joining decides; Banzhaf: in how many votes of the others."""
    wins: dict[frozenset[str], bool] = {}

    def won(members: frozenset[str]) -> bool:
        if members not in wins:
            did: dict[str, Status] = {who: "for" if who in members else "against" for who in at.members}
            wins[members] = of_sitting(at, did).word == "adopted"
        return wins[members]

    found: dict[str, tuple[Fraction, int]] = {}
    orders = list(permutations(at.members))
    for who in at.members:
        before = [frozenset(order[: order.index(who)]) for order in orders]
        decided = sum(won(some | {who}) and not won(some) for some in before)
        swings = {some for some in before if won(some | {who}) and not won(some)}
        found[who] = Fraction(decided, factorial(len(at.members))), len(swings)
    return found


@FEW
@given(rules(apart=False), st.integers(1, 5))
def test_power_is_what_its_definition_says(rule: str, n: int) -> None:
    at = sitting(rule, SEVEN[:n])
    try:
        found = power(at)
    except Turned:
        return
    expected = by_definition(at)
    everybody = sum(swings for _, swings in expected.values())
    assert sum(len(share.members) for share in found.shares) == n
    for share in found.shares:
        for who in share.members:
            shapley, swings = expected[who]
            assert (share.shapley, share.swings) == (shapley, swings)
            assert share.absolute == Fraction(swings, 2 ** (n - 1))
            assert share.banzhaf == (Fraction(swings, everybody) if everybody else 0)


PERMANENT = ("CHN", "FRA", "GBR", "USA", "RUS")


@pytest.mark.parametrize(
    ("text", "seats", "shapley", "banzhaf"),
    [
        ("1965", 15, ("421/2145", "4/2145"), ("106/635", "21/1270")),
        ("1945", 11, ("76/385", "1/462"), ("19/105", "1/63")),
    ],
)
@pytest.mark.parametrize("reading", ["when none votes against", "when all five vote for"])
def test_power_in_the_security_council(
    text: str, seats: int, shapley: tuple[str, str], banzhaf: tuple[str, str], reading: str
) -> None:
    program = Library(trials=False).load(["unsc"]).program
    rule = next(rule for rule in program.rules if rule.text == text)
    members = (*PERMANENT, *(f"seat {n}" for n in range(6, seats + 1)))
    found = power(Sitting(rule, program, members, answers={"charter.concurring": reading}))
    assert [len(share.members) for share in found.shares] == [5, seats - 5]
    assert tuple(share.shapley for share in found.shares) == tuple(map(Fraction, shapley))
    assert tuple(share.banzhaf for share in found.shares) == tuple(map(Fraction, banzhaf))
    with pytest.raises(Unsettled) as told:
        power(Sitting(rule, program, members))
    assert told.value.names == ("charter.concurring",)


def test_whoever_cannot_decide_has_no_power() -> None:
    """50, 49 and 1 of a hundred, more than half needed: the one has as much as the forty-nine; with 51, neither."""
    rule = "passes(m): more than 1/2 by people of member p: vote(p, m)"
    for first, expected in ((50, ("2/3", "1/6", "1/6")), (51, ("1", "0", "0"))):
        weights = {"ferry.people": {"ARV": Fraction(first), "BOR": Fraction(99 - first), "CAD": Fraction(1)}}
        found = power(sitting(rule, SEVEN[:3], weights=weights))
        assert {who: each.shapley for each in found.shares for who in each.members} == dict(
            zip(SEVEN[:3], map(Fraction, expected), strict=True)
        )


def test_a_rule_that_nothing_passes_gives_nobody_power() -> None:
    found = power(sitting("passes(m): at least 5 member p: vote(p, m)", SEVEN[:3]))
    assert (found.winning, found.votes, {share.banzhaf for share in found.shares}) == (0, 8, {Fraction(0)})


def test_a_vote_for_that_defeats_has_no_index() -> None:
    with pytest.raises(Turned):
        power(sitting("passes(m): not at least 2 member p: vote(p, m)", SEVEN[:3]))


def test_too_many_different_weights_are_refused() -> None:
    rule = "passes(m): more than 1/2 by people of member p: vote(p, m)"
    members = tuple(f"s{n}" for n in range(SUMS.bit_length() + 1))
    weights = {"ferry.people": {who: Fraction(3**n) for n, who in enumerate(members)}}
    with pytest.raises(TooLarge):
        power(sitting(rule, members, weights=weights))


# ---- warnings ----


@FEW
@given(rules(apart=False), st.integers(1, 3))
def test_a_rule_is_called_monotone_as_all_its_votes_are(rule: str, n: int) -> None:
    at = sitting(rule, SEVEN[:n])
    came = {
        choice: of_sitting(at, dict(zip(at.members, choice, strict=True))).word == "adopted"
        for choice in product(STATUSES, repeat=n)
    }

    def turned(to: Status, before: bool) -> bool:
        return any(
            came[choice] == before and came[(*choice[:k], to, *choice[k + 1 :])] != before
            for choice in came
            for k in range(n)
        )

    found = properties(at)
    assert (found.carried_by_against is not None) == turned("against", before=False)
    assert (found.defeated_by_for is not None) == turned("for", before=True)
    assert found.monotone == (not turned("against", before=False) and not turned("for", before=True))


def test_the_vote_against_that_makes_a_quorum() -> None:
    rule = """by vote
  quorum(m): at least 4 member p: present(p, m)
  passes(m): more than 1/2 of member p who (vote(p, m) or objects(p, m)): vote(p, m)"""
    at = sitting(rule, SEVEN)
    found = properties(at).carried_by_against
    assert found is not None
    before: dict[str, Status] = {**found.others, found.who: found.was}
    assert of_sitting(at, before).word == "void"
    assert of_sitting(at, {**before, found.who: "against"}).word == "adopted"


def test_a_quorum_of_those_who_are_needed_cannot_be_made_so() -> None:
    """Rio's: as many present as the decision needs."""
    rule = """quorum(m): at least 2/3 of member p: present(p, m)
passes(m): at least 2/3 of member p: vote(p, m)"""
    assert properties(sitting(rule, SEVEN)).monotone
    assert (
        properties(
            sitting(rule.replace("member p: vote", "member p who present(p, m): vote"), SEVEN)
        ).monotone
        is False
    )


def test_what_is_open_leaves_it_open() -> None:
    rule = "left out(p, m): disputant(p, m)\npasses(m): at least 2/3 of member p: vote(p, m)"
    assert properties(sitting(rule, SEVEN)).monotone is None
    assert properties(sitting(rule, SEVEN, left_out=frozenset())).monotone
