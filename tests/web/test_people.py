"""The people of a room: one contract, each test on SQLite and on PostgreSQL."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest

from foedus.council.ledger.store import Unavailable
from foedus.diagnostics.problem import Refused
from foedus.meeting.viewer import Viewer
from foedus.web.codes import read_code
from foedus.web.keeping import BROWSERS, IDLE, LONGEST, RETURN, SEEN
from foedus.web.passphrase import CHEAP
from foedus.web.people import People
from tests.web.conftest import connected

NOW = datetime(2031, 3, 4, 12, tzinfo=UTC)
PASSPHRASE = "a ship of three masts"


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    (problem,) = refused.value.problems
    return problem.code


def came(people: People, room: str, name: str = "Asel", seat: str = "KGZ") -> tuple[Viewer, str]:
    return people.join(people.invite(room, "head", seat, now=NOW), name, now=NOW)


def everything(people: People) -> str:
    tables = ("people", "codes", "visits", "passphrases")
    return repr([people.connection.ask(f"SELECT * FROM {table}").fetchall() for table in tables])


# ---- codes ----


def test_a_code_lets_in_once(people: People, room: str) -> None:
    code = people.invite(room, "head", "KGZ", now=NOW)
    viewer, token = people.join(code, "Asel", now=NOW, language="ru")
    assert (viewer.name, viewer.role, viewer.seat, viewer.room) == ("Asel", "head", "KGZ", room)
    assert people.viewer(token, NOW) == viewer
    assert viewer.language == "ru"
    with pytest.raises(Refused) as refused:
        people.join(code, "Bek", now=NOW)
    assert code_of(refused) == "F730"
    assert people.people(room) == (people.person(viewer.handle),)


def test_a_code_for_three_lets_in_three(people: People, room: str) -> None:
    code = people.invite(room, "observer", "", uses=3, now=NOW)
    for name in ("A", "B", "C"):
        people.join(code, name, now=NOW)
    with pytest.raises(Refused):
        people.join(code, "D", now=NOW)
    assert sorted(person.name for person in people.people(room)) == ["A", "B", "C"]


def test_a_code_is_read_as_it_is_meant(people: People, room: str) -> None:
    code = people.invite(room, "head", "KGZ", now=NOW)
    people.join(f"  {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} ", "Asel", now=NOW)


def test_wrong_used_and_expired_codes_are_refused_alike(people: People, room: str) -> None:
    used, over, ended = (people.invite(room, "head", "KGZ", hours=1, now=NOW) for _ in range(3))
    people.join(used, "Asel", now=NOW)
    people.revoke_code(ended)
    said: set[str] = set()
    for code, when in (
        (used, NOW), (over, later(3600)), (ended, NOW), ("0000-0000-0000", NOW), ("", NOW), ("'; DROP", NOW),
        ("x" * 100_000, NOW), ("\x00\ud800", NOW),
    ):  # fmt: skip
        for ask in (
            lambda code=code, when=when: people.join(code, "Bek", now=when),
            lambda code=code, when=when: people.opened(code, now=when),
        ):
            with pytest.raises(Refused) as refused:
                ask()
            said.add(repr(refused.value.problems))
    assert len(said) == 1
    assert "F730" in said.pop()


def test_a_code_can_be_looked_into_without_being_used(people: People, room: str) -> None:
    code = people.invite(room, "adviser", "KAZ", now=NOW)
    opened = people.opened(code, now=NOW)
    assert (opened.room, opened.role, opened.seat, opened.uses_left) == (room, "adviser", "KAZ", 1)
    assert people.opened(code, now=NOW) == opened
    people.join(code, "Bek", now=NOW)


def test_codes_are_listed_without_themselves_and_can_be_ended(people: People, room: str) -> None:
    code = people.invite(room, "head", "KGZ", now=NOW)
    (listed,) = people.invites(room)
    assert str(read_code(code)) not in repr(listed) and code not in repr(listed)
    assert people.revoke_code(listed.ident)
    assert not people.revoke_code(listed.ident)
    with pytest.raises(Refused):
        people.join(code, "Asel", now=NOW)


def test_a_name_that_cannot_be_does_not_use_the_code_up(people: People, room: str) -> None:
    code = people.invite(room, "head", "KGZ", now=NOW)
    with pytest.raises(Refused) as refused:
        people.join(code, "\u202eevil", now=NOW)
    assert code_of(refused) == "F731"
    people.join(code, "Asel", now=NOW)


def test_a_code_lets_in_one_of_many_who_come_at_once(address: str, room: str) -> None:
    people = People(connected(address), CHEAP)
    code = people.invite(room, "head", "KGZ", now=NOW)
    found: list[str] = []

    def come(n: int) -> None:
        mine = People(connected(address), CHEAP)
        try:
            found.append(mine.join(code, f"Person {n}", now=NOW)[0].handle)
        except Refused:
            found.append("")
        finally:
            mine.connection.close()

    threads = [threading.Thread(target=come, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6 and len([handle for handle in found if handle]) == 1
    assert len(people.people(room)) == 1
    people.connection.close()


# ---- names ----


def test_two_people_of_a_room_are_not_called_alike(people: People, room: str) -> None:
    came(people, room, "Asel")
    code = people.invite(room, "member", "KAZ", now=NOW)
    with pytest.raises(Refused) as refused:
        people.join(code, "A S E L", now=NOW)
    assert code_of(refused) == "F731"
    people.join(code, "Asel II", now=NOW)
    came(people, f"{room}-other", "Asel")


def test_names_can_be_changed_and_taken_away(people: People, room: str) -> None:
    viewer, token = came(people, room, "Asel")
    other, _ = came(people, room, "Bek", "KAZ")
    people.rename(viewer.handle, "ASEL")
    assert people.names(room) == {viewer.handle: "ASEL", other.handle: "Bek"}
    with pytest.raises(Refused):
        people.rename(viewer.handle, "bek")
    people.set_passphrase(viewer.handle, PASSPHRASE)
    people.forget(viewer.handle, now=NOW)
    assert people.viewer(token, NOW) is None
    assert people.person(viewer.handle) is None
    assert people.names(room) == {other.handle: "Bek"}
    assert people.people(room) == (other,)
    kept = people.connection.ask("SELECT * FROM people WHERE room = ?", (room,)).fetchall()
    assert "asel" not in repr(kept).lower()
    with pytest.raises(Refused):
        people.enter(room, viewer.handle, PASSPHRASE, now=NOW)
    came(people, room, "Asel")  # the name is free again


# ---- browsers ----


def test_a_browser_that_rests_too_long_is_forgotten(people: People, room: str) -> None:
    _, token = came(people, room)
    assert people.viewer(token, later(IDLE - 1)) is not None
    assert people.viewer(token, later(2 * IDLE - 2)) is not None, "it was seen in between"
    assert people.viewer(token, later(3 * IDLE)) is None


def test_a_browser_is_forgotten_at_last_whatever_it_does(people: People, room: str) -> None:
    _, token = came(people, room)
    for at in range(0, LONGEST, IDLE // 2):
        assert people.viewer(token, later(at)) is not None
    assert people.viewer(token, later(LONGEST - 1)) is not None
    assert people.viewer(token, later(LONGEST)) is None


def test_being_seen_is_written_down_now_and_then_only(people: People, room: str) -> None:
    viewer, token = came(people, room)

    def seen() -> int:
        row = people.connection.ask("SELECT seen FROM visits WHERE handle = ?", (viewer.handle,)).fetchone()
        assert row is not None
        return int(row[0])

    people.viewer(token, later(SEEN - 1))
    assert seen() == int(NOW.timestamp())
    people.viewer(token, later(SEEN))
    assert seen() == int(NOW.timestamp()) + SEEN
    people.viewer(token, NOW)
    assert seen() == int(NOW.timestamp()) + SEEN, "the clock set back takes nothing back"


def test_leaving_here_and_everywhere(people: People, room: str) -> None:
    viewer, first = came(people, room)
    tokens = [people.join(people.return_code(viewer.handle, now=NOW), "", now=NOW)[1] for _ in range(3)]
    people.leave(tokens[0])
    assert people.viewer(tokens[0], NOW) is None
    people.leave_everywhere(viewer.handle, but=first)
    assert [people.viewer(token, NOW) is None for token in (first, *tokens)] == [False, True, True, True]
    people.leave_everywhere(viewer.handle)
    assert people.viewer(first, NOW) is None


def test_one_person_is_known_in_so_many_browsers_at_a_time(people: People, room: str) -> None:
    viewer, first = came(people, room)
    for n in range(BROWSERS):
        people.join(people.return_code(viewer.handle, now=later(n)), "", now=later(n + 1))
    assert people.viewer(first, later(20)) is None
    row = people.connection.ask("SELECT count(*) FROM visits WHERE handle = ?", (viewer.handle,)).fetchone()
    assert row is not None and row[0] == BROWSERS


@pytest.mark.parametrize("token", ["", "x", "\x00", "'; DROP TABLE visits; --", "\ud800", "a" * 100_000])
def test_a_token_that_was_never_given_is_nobodys(people: People, room: str, token: str) -> None:
    came(people, room)
    assert people.viewer(token, NOW) is None


def test_a_language_is_a_browsers(people: People, room: str) -> None:
    viewer, token = came(people, room)
    _, other = people.join(people.return_code(viewer.handle, now=NOW), "", now=NOW)
    people.speak(token, "fr")
    assert [getattr(people.viewer(each, NOW), "language", "") for each in (token, other)] == ["fr", "en"]


# ---- coming back ----


def test_a_code_to_come_back_leads_to_who_one_was(people: People, room: str) -> None:
    viewer, _ = came(people, room)
    earlier = people.return_code(viewer.handle, now=NOW)
    code = people.return_code(viewer.handle, now=NOW)
    with pytest.raises(Refused):
        people.join(earlier, "Mallory", now=NOW)
    assert people.opened(code, now=NOW).returning == viewer.handle
    again, token = people.join(code, "Mallory", now=later(RETURN - 1))
    assert again == viewer
    assert people.viewer(token, later(RETURN)) == viewer
    assert len(people.people(room)) == 1
    code = people.return_code(viewer.handle, now=NOW)
    with pytest.raises(Refused):
        people.join(code, "Asel", now=later(RETURN))


def test_who_was_sent_out_does_not_come_back(people: People, room: str) -> None:
    viewer, token = came(people, room)
    people.set_passphrase(viewer.handle, PASSPHRASE)
    code = people.return_code(viewer.handle, now=NOW)
    people.revoke(viewer.handle, now=NOW)
    assert people.viewer(token, NOW) is None
    for ask in (
        lambda: people.join(code, "Asel", now=NOW),
        lambda: people.enter(room, "Asel", PASSPHRASE, now=NOW),
    ):
        with pytest.raises(Refused):
            ask()
    with pytest.raises(LookupError):
        people.return_code(viewer.handle, now=NOW)
    assert people.names(room) == {viewer.handle: "Asel"}, "the minutes may still name who did what"


def test_a_passphrase_lets_in_by_name_or_handle(people: People, room: str) -> None:
    viewer, _ = came(people, room)
    people.set_passphrase(viewer.handle, PASSPHRASE)
    for who in ("asel", viewer.handle, f" {viewer.handle.upper()} "):
        again, token = people.enter(room, who, PASSPHRASE, now=NOW, language="fr")
        assert (again.handle, people.viewer(token, NOW)) == (viewer.handle, again)


def test_whoever_takes_anothers_handle_as_its_name_is_not_taken_for_it(people: People, room: str) -> None:
    viewer, _ = came(people, room)
    people.set_passphrase(viewer.handle, PASSPHRASE)
    mallory, _ = came(people, room, viewer.handle, "KAZ")
    people.set_passphrase(mallory.handle, "quite another thing to say")
    assert people.enter(room, viewer.handle, PASSPHRASE, now=NOW)[0].handle == viewer.handle


def test_a_wrong_passphrase_and_a_wrong_name_are_refused_alike(people: People, room: str) -> None:
    viewer, _ = came(people, room)
    bare, _ = came(people, room, "Bek", "KAZ")
    people.set_passphrase(viewer.handle, PASSPHRASE)
    said: set[str] = set()
    for where, who, passphrase in (
        (room, "Asel", "a ship of four masts"), (room, "Nobody", PASSPHRASE), (room, bare.name, PASSPHRASE),
        ("elsewhere", "Asel", PASSPHRASE), (room, "\u202e", PASSPHRASE), (room, "", ""),
        (room, "Bek", "nobody's passphrase"), (room, "Asel", "\ud800"), (room, "Asel", "x" * 1_000_000),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            people.enter(where, who, passphrase, now=NOW)
        said.add(repr(refused.value.problems))
    assert len(said) == 1 and "F732" in said.pop()


def test_a_passphrase_kept_weakly_is_kept_anew_when_it_was_right(people: People, room: str) -> None:
    from argon2 import PasswordHasher

    viewer, _ = came(people, room)
    people.set_passphrase(viewer.handle, PASSPHRASE)
    before = people.kept_for(room, "Asel")[1]
    people.hasher = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    people.enter(room, "Asel", PASSPHRASE, now=NOW)
    after = people.kept_for(room, "Asel")[1]
    assert before != after and after is not None and "t=2" in after
    people.enter(room, "Asel", PASSPHRASE, now=NOW)


def test_a_passphrase_is_changed_by_who_knows_it(people: People, room: str) -> None:
    viewer, _ = came(people, room)
    people.set_passphrase(viewer.handle, PASSPHRASE)
    for current in ("", "a ship of four masts"):
        with pytest.raises(Refused) as refused:
            people.set_passphrase(viewer.handle, "a house with seven doors", current)
        assert code_of(refused) == "F732"
    people.set_passphrase(viewer.handle, "a house with seven doors", PASSPHRASE)
    people.enter(room, "Asel", "a house with seven doors", now=NOW)
    with pytest.raises(Refused):
        people.enter(room, "Asel", PASSPHRASE, now=NOW)


def test_one_sees_where_one_is_known_and_ends_it(people: People, room: str) -> None:
    viewer, token = came(people, room)
    other, theirs = came(people, room, "Bek", "KAZ")
    people.join(people.return_code(viewer.handle, now=NOW), "", now=later(60), language="fr")
    browsers = people.browsers(viewer.handle)
    assert [(browser.language, browser.seen) for browser in browsers] == [("fr", later(60)), ("en", NOW)]
    assert token not in repr(browsers)
    people.end_browser(viewer.handle, people.browsers(other.handle)[0].ident)
    assert people.viewer(theirs, NOW) == other, "nobody ends another's"
    people.end_browser(viewer.handle, browsers[1].ident)
    assert people.viewer(token, NOW) is None
    assert len(people.browsers(viewer.handle)) == 1


# ---- what is kept ----


def test_the_log_has_who_came_and_no_secret(
    people: People, room: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    code = people.invite(room, "head", "KGZ", now=NOW)
    viewer, token = people.join(code, "Asel", now=NOW)
    people.set_passphrase(viewer.handle, PASSPHRASE)
    people.enter(room, "Asel", PASSPHRASE, now=NOW)
    for ask in (
        lambda: people.join(code, "Bek", now=NOW),
        lambda: people.enter(room, "Asel", "a ship of four masts", now=NOW),
    ):
        with pytest.raises(Refused):
            ask()
    people.revoke(viewer.handle, now=NOW)
    said = caplog.text
    for words in (f"{viewer.handle} came", "code was refused", "passphrase was refused", "sent out"):
        assert words in said
    for secret in (code, code.replace("-", ""), token, PASSPHRASE, "Asel", "Bek"):
        assert secret not in said


def test_no_secret_is_kept(people: People, room: str) -> None:
    code = people.invite(room, "head", "KGZ", now=NOW)
    viewer, token = people.join(code, "Asel", now=NOW)
    people.set_passphrase(viewer.handle, PASSPHRASE)
    back = people.return_code(viewer.handle, now=NOW)
    kept = everything(people)
    assert viewer.handle in kept
    for secret in (code, code.replace("-", ""), token, PASSPHRASE, back, back.replace("-", "")):
        assert secret not in kept


def test_seats_are_taken_by_those_who_may_speak(people: People, room: str) -> None:
    for role, seat, name in (
        ("head", "KGZ", "A"), ("member", "KGZ", "B"), ("adviser", "KAZ", "C"), ("chair", "chair", "D"),
        ("observer", "", "E"), ("screen", "", "F"),
    ):  # fmt: skip
        people.join(people.invite(room, role, seat, now=NOW), name, now=NOW)  # type: ignore[arg-type]
    assert people.seats_taken(room) == {"KGZ": 2, "chair": 1}


def test_what_is_long_over_is_taken_away(people: People, room: str) -> None:
    viewer, token = came(people, room)
    people.tidy(now=later(60))
    assert people.viewer(token, later(60)) == viewer
    people.tidy(now=later(90 * 24 * 3600))
    assert people.invites(room) == ()
    row = people.connection.ask("SELECT count(*) FROM visits WHERE handle = ?", (viewer.handle,)).fetchone()
    assert row is not None and row[0] == 0
    assert people.person(viewer.handle) is not None


def test_who_is_kept_is_there_after_a_restart(address: str, room: str) -> None:
    first = People(connected(address), CHEAP)
    viewer, token = came(first, room)
    first.connection.close()
    second = People(connected(address), CHEAP)
    assert second.viewer(token, NOW) == viewer
    second.connection.close()


def test_tables_of_a_later_version_are_not_opened(tmp_path: object) -> None:
    address = f"{tmp_path}/later.db"
    made = People(connected(address), CHEAP)
    made.connection.ask("UPDATE people_version SET version = 99")
    made.connection.close()
    with pytest.raises(Unavailable, match="99"):
        People(connected(address), CHEAP)


def test_an_instant_without_its_zone_is_a_mistake_of_the_caller(people: People, room: str) -> None:
    with pytest.raises(ValueError, match="zone"):
        people.invite(room, "head", "KGZ", now=datetime(2031, 3, 4, 12))  # noqa: DTZ001
