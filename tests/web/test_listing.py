"""People from a table: nobody is invited before every row can be read."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from foedus.diagnostics.problem import Refused
from foedus.meeting.viewer import DELEGATED, OFFICES, ROLES
from foedus.web.listing import MOST, Guest, Preview, apply, codes_csv, read, written
from foedus.web.names import name_of, same
from foedus.web.people import People

NOW = datetime(2031, 3, 4, 12, tzinfo=UTC)
SEATS = {"ARV": "Arvany", "BOR": "Boria", "KGZ": "Kyrgyzstan"}

LIST = """name,delegation,role
Asel,ARV,head
Bek,Boria,
Chair Woman,,chair
Guest,,
"""


def of(text: str, encoding: str = "utf-8") -> Preview:
    return read("list.csv", text.encode(encoding), SEATS)


def problems(preview: Preview) -> list[tuple[str, str, str]]:
    return [(p.code, p.values["row"], p.values.get("column", "name")) for p in preview.problems]


def test_a_list_is_read() -> None:
    preview = of(LIST)
    assert preview.ready
    assert preview.guests == (
        Guest(2, "Asel", "head", "ARV"),
        Guest(3, "Bek", "member", "BOR"),
        Guest(4, "Chair Woman", "chair", "chair"),
        Guest(5, "Guest", "observer", ""),
    )


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Имя;Делегация;Роль\nАсель Токтогулова;ARV;глава делегации\nБек Исаков;BOR;советник\n", "cp1251"),
        ("Имя;Делегация;Роль\nАсель Токтогулова;ARV;глава делегации\nБек Исаков;BOR;советник\n", "utf-16"),
        ("sep=;\nИМЯ;страна;роль\nАсель Токтогулова;arv;Глава\nБек Исаков;bor;Советник\n", "utf-8-sig"),
        ("Роль\tГосударство\tФИО\nглава\tARV\tАсель Токтогулова\nсоветник\tBOR\tБек Исаков\n", "koi8_r"),
    ],
)
def test_lists_come_in_the_encodings_in_which_offices_write(text: str, encoding: str) -> None:
    preview = of(text, encoding)
    assert [(guest.name, guest.role, guest.seat) for guest in preview.guests] == [
        ("Асель Токтогулова", "head", "ARV"),
        ("Бек Исаков", "adviser", "BOR"),
    ]
    if encoding in ("cp1251", "koi8_r"):
        assert [problem.code for problem in preview.warnings] == ["F005"], "a guess is said to be one"


def test_a_list_in_french() -> None:
    preview = of("Nom;Pays;Fonction\nRenée Müller;Arvany;Chef de délégation\n", "cp1252")
    assert preview.guests == (Guest(2, "Renée Müller", "head", "ARV"),)


def test_what_is_not_asked_for_is_not_kept() -> None:
    preview = of("name,e-mail,delegation,phone\nAsel,asel@secret.example,ARV,+996 555\n")
    assert preview.ready
    assert preview.dropped == ("e-mail", "phone")
    assert "secret" not in repr(preview) and "996" not in repr(preview)


def test_each_row_that_cannot_be_read_is_named() -> None:
    preview = of(
        "name,delegation,role\n"
        "Asel,ARV,head\n"
        "asel,BOR,head\n"  # 3: twice
        "Bek,Borya,member\n"  # 4: no such delegation, and near to one
        "Cem,ZZZ,member\n"  # 5: no such delegation
        "Dan,BOR,cheif\n"  # 6: no such role
        "\u202eEve,BOR,member\n"  # 7: turned round
        ",BOR,member\n"  # 8: no name
        "Fay,,head\n"  # 9: of no delegation
        "Gul,BOR,chair\n"  # 10: a chair for a delegation
        "Taken,BOR,member\n"  # 11: in the room already
    )
    assert problems(preview) == [
        ("F739", "3", "name"), ("F738", "4", "delegation"), ("F738", "5", "delegation"), ("F738", "6", "role"),
        ("F738", "7", "name"), ("F738", "8", "name"), ("F738", "9", "delegation"), ("F738", "10", "delegation"),
    ]  # fmt: skip
    assert "BOR" in preview.problems[1].values["why"]
    assert preview.problems[1].place.line == 4 and "delegation" in preview.problems[1].place.heading
    again = read("list.csv", b"name,delegation\nTaken,BOR\n", SEATS, ["TAKEN"])
    assert problems(again) == [("F738", "2", "name")]
    assert not preview.ready and not again.ready


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "F002"), (b"   \n", "F002"), (b",,,\n", "F522"), (b"a,b\n1,2\n", "F522"),
        (b"PK\x03\x04rest", "F521"), (b"%PDF-1.7", "F003"),
        (b"name\n\x00\x01\x02\xff", "F003"), (b'name\n"Asel\n', "F521"),
        (b"name" + b",x" * 100 + b"\n", "F529"),
        (b"name\n" + b"".join(b"n%d\n" % n for n in range(MOST + 1)), "F529"),
        (b"x" * (5 * 1024 * 1024), "F006"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused(raw: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read("../<script>\u202e.csv", raw, SEATS)
    (problem,) = refused.value.problems
    assert problem.code == code
    assert "\u202e" not in repr(problem)


def test_nobody_is_invited_before_all_can_be(people: People, room: str) -> None:
    with pytest.raises(Refused) as refused:
        apply(of("name,delegation\nAsel,ARV\nBek,ZZZ\n"), people, room, now=NOW)
    assert [problem.code for problem in refused.value.problems] == ["F738"]
    with pytest.raises(Refused):
        apply(of("name,delegation\n"), people, room, now=NOW)
    assert people.invites(room) == () and people.people(room) == ()


def test_each_guest_has_a_code_and_is_called_as_the_list_has_it(people: People, room: str) -> None:
    invited = apply(of(LIST), people, room, now=NOW)
    assert people.people(room) == (), "who is invited has not come"
    for guest, code in invited:
        assert people.opened(code, now=NOW).name == guest.name
        viewer, _ = people.join(code, "", now=NOW)
        assert (viewer.name, viewer.role, viewer.seat) == (guest.name, guest.role, guest.seat)
    assert all(invite.name == "" for invite in people.invites(room)), "the name is kept in one place"


def test_a_table_of_codes_holds_no_formula() -> None:
    guests = [
        Guest(2, "=cmd|'/c calc'!A1", "head", "ARV"),
        Guest(3, "+7 Asel", "observer", ""),
        Guest(4, "@x", "chair", "chair"),
    ]
    text = codes_csv([(guest, "0123-4567-89AB") for guest in guests], "http://192.0.2.7/join/")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[0] == ["name", "delegation", "role", "code", "link"]
    assert [row[0][0] for row in rows[1:]] == ["'"] * 3
    assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for row in rows for cell in row)
    assert rows[1][4] == "http://192.0.2.7/join/0123-4567-89AB"


NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)


@given(
    st.lists(st.tuples(NAMES, st.sampled_from(ROLES), st.sampled_from(sorted(SEATS))), min_size=1, max_size=8)
)
def test_a_list_is_read_as_it_was_written(rows: list[tuple[str, str, str]]) -> None:
    guests: list[Guest] = []
    for typed, role, code in rows:
        try:
            name = name_of(typed)
        except Refused:
            continue
        if same(name) in {same(guest.name) for guest in guests}:
            continue
        seat = code if role in DELEGATED else role if role in OFFICES else ""
        guests.append(Guest(len(guests) + 2, name, role, seat))  # type: ignore[arg-type]
    assume(guests)
    preview = of(written(guests))
    assert (preview.guests, preview.problems) == (tuple(guests), ())


@given(st.binary(max_size=300))
def test_any_bytes_are_a_list_or_refused(raw: bytes) -> None:
    try:
        preview = read("x.csv", b"name;delegation;role\n" + raw, SEATS)
    except Refused:
        return
    assert all(guest.role in ROLES for guest in preview.guests)
