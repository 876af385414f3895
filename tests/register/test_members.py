"""Who held which role when, of an instrument that never was."""

from __future__ import annotations

from datetime import date

from foedus.register.members import Held, members
from foedus.register.rows import Instrument, Party


def held(*lives: Party, on: str = "", **more: str) -> list[Held]:
    page = Instrument("lir", "Compact of Lir", in_force="2001-01-01", parties=lives, **more)  # pyright: ignore[reportArgumentType]
    return list(members([page], date.fromisoformat(on) if on else None))


def test_the_suspended_are_no_parties_on_the_day() -> None:
    lives = Party("EGY", "party", "2001-01-01"), Party("EGY", "suspended", "2005-01-01", "2009-01-01")
    assert [row.role for row in held(*lives, on="2004-12-31")] == ["party"]
    assert [row.role for row in held(*lives, on="2005-01-01")] == ["suspended"]
    assert [row.role for row in held(*lives, on="2009-01-01")] == ["party"]


def test_of_two_spells_that_a_day_may_lie_in_the_certain_one_is_told() -> None:
    lives = (
        Party("EGY", "party", "2001-01-01", "[2005-01-01,2006-01-01]"),
        Party("EGY", "party", "2005-06-01"),
        Party("EGY", "party", "[2005-07-01,2007-01-01]"),
    )
    assert [(row.spell, row.sure) for row in held(*lives, on="2005-08-01")] == [(2, "yes")]
    assert [(row.spell, row.sure) for row in held(*lives, on="2005-03-01")] == [(1, "perhaps")]


def test_before_it_is_in_force_and_after_it_ended_there_is_nobody() -> None:
    life = Party("EGY", "party", "2000-01-01")
    assert [held(life, on=day, ended="2010-01-01") != [] for day in ("2000-06-01", "2001-01-01", "2010-01-01")] == [
        False, True, False,
    ]  # fmt: skip
    assert held(life, on="2005-01-01", ended="[2004-01-01,2006-01-01]")[0].sure == "perhaps"


def test_a_spell_is_parted_where_numbers_change_and_nowhere_else() -> None:
    rows = held(Party("DEU", "party", "1900-01-01"), Party("FRA", "party", "1900-01-01"))
    assert [(row.state, row.start, row.until, row.codes and row.codes.cow) for row in rows] == [
        ("DEU", "1900-01-01", "1945-05-08", 255),
        ("DEU", "1945-05-08", "1949-05-23", None),  # no number: occupied, and no state of the lists
        ("DEU", "1949-05-23", "1990-10-03", 260),
        ("DEU", "1990-10-03", "", 255),
        ("FRA", "1900-01-01", "", 220),
    ]


def test_what_is_unconfirmed_and_by_whom_it_is_said_is_kept() -> None:
    (row,) = held(Party("EGY", "party", "2001", unconfirmed=True, source="gazette"))
    assert (row.unconfirmed, row.source, row.sure) == (True, "gazette", "perhaps")
