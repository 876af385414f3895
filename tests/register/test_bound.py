"""Who owes whom what, for days that history settles; and what is found by searching."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from foedus.register.bound import Bonds, bound, search
from foedus.register.keep import Register, register


def owed_to(state: str, day: str, known_by: str | None = None) -> dict[str, set[str]]:
    """The norms that serve a state on a day, with who bears them."""
    found = bound(
        register(), state, date.fromisoformat(day), date.fromisoformat(known_by) if known_by else None
    )
    return {bond.norm.id: set(bond.others) for bond in found.to if bond.norm.kind == "duty"}


def test_kazakhstan_on_the_fifth_of_january_2022() -> None:
    owed = owed_to("KAZ", "2022-01-05")
    assert owed["cst.assist"] == {"ARM", "BLR", "KGZ", "RUS", "TJK"}


@pytest.mark.parametrize(
    ("state", "before", "after", "norm"),
    [
        ("SWE", "2024-03-06", "2024-03-07", "nato.assist"),
        ("FIN", "2023-04-03", "2023-04-04", "nato.assist"),
        ("POL", "1939-08-24", "1939-08-25", "ukpol.assist"),
        ("AZE", "1994-04-19", "1994-04-20", "cst.assist"),
    ],
)
def test_a_day_before_and_a_day_after_an_accession(state: str, before: str, after: str, norm: str) -> None:
    assert norm not in owed_to(state, before)
    assert norm in owed_to(state, after)


@pytest.mark.parametrize(
    ("state", "before", "after", "norm"),
    [("AZE", "1999-04-19", "1999-04-21", "cst.assist"), ("GBR", "2020-01-30", "2020-02-01", "teu.assist")],
)
def test_a_day_before_and_a_day_after_an_exit(state: str, before: str, after: str, norm: str) -> None:
    norms = {n for n in owed_to(state, before) if n.partition(".")[0] == norm.partition(".")[0]}
    assert norms
    assert not norms & set(owed_to(state, after))


def test_an_amendment_changes_what_it_waits_for() -> None:
    def waits(day: str) -> tuple[str, ...]:
        found = bound(register(), "KAZ", date.fromisoformat(day))
        return next(b.norm.when for b in found.to if b.norm.id == "cst.assist")

    assert len(waits("2012-12-18")) < len(waits("2012-12-19"))  # from then on a request


def test_a_secret_treaty_is_not_there_for_who_does_not_know_it() -> None:
    assert any(n.startswith("dual.") for n in owed_to("AUH", "1885-01-01"))
    assert not any(n.startswith("dual.") for n in owed_to("AUH", "1885-01-01", "1885-01-01"))
    found = bound(register(), "AUH", date(1885, 1, 1), date(1885, 1, 1))
    assert "dual" in {instrument.id for instrument in found.secret}


def test_overlaps_stand_side_by_side() -> None:
    owed = owed_to("FRA", "2015-11-13")
    assert {"nato", "teu"} <= {norm.partition(".")[0] for norm in owed}


def test_general_law_is_no_bond_of_a_state() -> None:
    found: Bonds = bound(register(), "KAZ", date(2022, 1, 5))
    assert {"charter", "invitation"} <= {instrument.id for instrument in found.general}
    assert not any(bond.norm.role == "state" for bond in (*found.to, *found.by))


def test_whom_a_norm_serves_by_name_is_served() -> None:
    assert any(norm.startswith("london.") for norm in owed_to("BEL", "1914-08-03"))
    assert not any(norm.startswith("london.") for norm in owed_to("NLD", "1914-08-03"))


DAYS = [
    ("KAZ", "2022-01-05"), ("EGY", "1973-10-06"), ("BEL", "1914-08-03"), ("POL", "1955-06-05"), ("BRA", "1982-05-01"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "day"), DAYS)
def test_who_is_not_marked_stands_without_the_lines_that_nobody_confirmed(state: str, day: str) -> None:
    firm = Register(
        tuple(
            replace(i, parties=tuple(p for p in i.parties if p.role == "suspended" or not p.unconfirmed))
            for i in register().instruments
        )
    )
    on = date.fromisoformat(day)
    without = {(b.side, b.norm.id): b for b in bound(firm, state, on).to + bound(firm, state, on).by}
    found = bound(register(), state, on)
    for bond in (*found.to, *found.by):
        if "state" in bond.unconfirmed or bond.norm.bearers or bond.norm.to == "named":
            continue  # named ones are asked whatever the lines say
        left = without.get((bond.side, bond.norm.id))
        lost = {
            other for other, sure in bond.others.items() if left is None or left.others.get(other) != sure
        }
        assert lost == set(bond.unconfirmed_others), bond.norm.id


def test_what_a_bond_rests_on_is_named() -> None:
    def rests(state: str, day: str, norm: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        found = bound(register(), state, date.fromisoformat(day))
        return next((b.unconfirmed, b.unconfirmed_others) for b in found.to if b.norm.id == norm)

    assert rests("KAZ", "2022-01-05", "cst.assist") == ((), ("BLR",))
    assert rests("BLR", "2022-01-05", "cst.assist") == (("state",), ())
    assert rests("POL", "1939-09-01", "ukpol.assist") == (("ended", "state"), ("GBR",))
    assert rests("FRA", "2015-11-13", "nato.assist") == ((), ())
    assert rests("BFA", "2024-01-01", "aes.assist")[0] == ("in force", "text", "state")


def test_search_narrows() -> None:
    every = search(register())
    french = search(register(), party="FRA")
    then = search(register(), party="FRA", on=date(1914, 8, 1))
    assert set(then) < set(french) < set(every)
    assert "nato" in {i.id for i in search(register(), "north atlantic")}
    assert {i.id for i in search(register(), duty_class="all-means", on=date(2016, 1, 1))} >= {"teu"}


def test_the_same_phrase_and_different_duties() -> None:
    phrase = "an attack on one is an attack on all"
    saying = [i for i in register().instruments if phrase in i.deems]
    classes = {
        norm.duty_class for i in saying for norm in i.norms if norm.kind == "duty" and not norm.bearers
    }
    assert len(saying) >= 4
    assert {"unseen", "as-deemed-necessary"} <= classes
    assert classes & {"necessary-help", "all-means"}
