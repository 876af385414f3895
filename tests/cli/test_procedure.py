"""`foedus procedure` at the terminal: a case replayed, a page shown, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from foedus.cli.schema import schema
from tests.cli.program import ROOT, foedus


def said(*args: str | Path) -> str:
    done = foedus("procedure", *args)
    assert (done.status, done.err) == (0, "")
    assert all(len(line) <= 80 for line in done.out.splitlines())
    return " ".join(done.out.split())


def test_kazakhstan_is_replayed() -> None:
    out = said("kazakhstan-2022")
    assert "in order in some of the orders that the dates allow; the dates do not tell more" in out
    assert "decision (6 January 2022) before at_rus (from 6 January 2022)" in out
    assert "no ballot is recorded. That it was regular (proper) is undisputed." in out
    assert "its length is not stated" in out
    assert "Refused" not in out


def test_a_leave_moved_behind_its_deployment_is_refused_with_the_article() -> None:
    out = said("kazakhstan-2022", "--move", "leave_kgz=2022-01-09")
    assert "Supposing other dates: leave_kgz on 9 January 2022." in out
    assert "□ out of order: none of the orders that the dates allow goes through" in out
    assert "Refused: “send its contingent”, KGZ, from 8 January 2022 [at_kgz]; pko, From a request" in out
    assert "Contributor: KGZ stood at “none” or “refused”; the step asks for “authorised”." in out
    assert "on record: leave_kgz (9 January 2022). said by Media Center [mediacenter-kg]" in out


def test_what_a_closing_leaves_out_is_told_with_its_ground() -> None:
    out = said("falklands-1982")
    assert "out of order, if the record is as complete as it claims to be" in out
    assert "none did: the record claims to be complete for announced (one resolution of each organ)" in out


def test_votes_that_leave_it_open_name_on_what_it_turns() -> None:
    out = said("korea-1950")
    assert (
        "Open, for scr83 (27 June 1950): the votes on record leave it open under unsc.decide; it turns on"
        in out
    )


def test_what_hangs_on_a_doubted_step_says_so() -> None:
    out = said("comoros-2008")
    assert "◧ depends on whether this happened: resolve (20 February 2008)" in out
    assert "if it did: in order in all of the orders that the dates allow" in out


def test_a_page_shows_its_procedures() -> None:
    assert "pko.operation" in said("pko")
    two = said("nato")
    assert "nato.council" in two and "nato.planning" in two


def test_a_page_of_ones_own_shows_all_its_texts(tmp_path: Path) -> None:
    page = tmp_path / "harbour.md"
    page.write_bytes((ROOT / "tests/good/harbour.md").read_bytes())
    out = said(page)
    assert "text of 2001" in out and "text of 2011" in out and "72 hours" in out


@pytest.mark.parametrize(
    "args",
    [
        ("kazakhstan-2022",),
        ("kazakhstan-2022", "--move", "leave_kgz=2022-01-09"),
        ("falklands-1982",),
        ("comoros-2008",),
        ("korea-1950",),
        ("nato",),
    ],
    ids=" ".join,
)
def test_json_is_as_its_schema_says(args: tuple[str, ...]) -> None:
    answer = json.loads(foedus("procedure", *args, "--json").out)
    Draft202012Validator(schema("procedure")).validate(answer)
    assert bool(answer["replays"]) == (args[0] != "nato")


def test_a_move_in_json() -> None:
    answer = json.loads(
        foedus("procedure", "kazakhstan-2022", "--move", "leave_kgz=2022-01-09", "--json").out
    )
    [found] = answer["replays"]
    [matter] = found["matters"]
    assert (found["moved"], matter["in_order"]) == ({"leave_kgz": "2022-01-09"}, "none")
    assert (matter["refusal"]["fact"], matter["refusal"]["first"]) == ("at_kgz", ["leave_kgz"])


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("poland-1939",), "F683"),
        (("cst",), "F683"),
        (("kazakhstan-2022", "--move", "leave_kgs=2022-01-09"), "F684"),
        (("kazakhstan-2022", "--move", "price_cap=2022-01-09"), "F684"),
        (("pko", "--move", "leave_kgz=2022-01-09"), "F685"),
        (("nowhere",), "F001"),
        (("kazakhstan-2022", "--move", "leave_kgz"), "F504"),
        (("kazakhstan-2022", "--move", "leave_kgz=yesterday"), "F110"),
        (("kazakhstan-2022", "--move", "leave_kgz=2022-01-09", "--move", "leave_kgz=2022-01-10"), "F512"),
    ],
)
def test_what_cannot_be_asked_is_told(args: tuple[str, ...], code: str) -> None:
    done = foedus("procedure", *args)
    assert done.status != 0 and done.out == ""
    assert code in done.err and "Traceback" not in done.err
