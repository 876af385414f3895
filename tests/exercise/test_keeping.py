"""A session is kept as it goes: in a file, in memory, in PostgreSQL; killed, it is taken up where it stopped."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from foedus.council.ledger.database import Database, Sqlite
from foedus.council.ledger.head import Signer
from foedus.council.ledger.record import opened
from foedus.council.ledger.store import Unavailable
from foedus.council.ledger.verify import Verified, verify
from foedus.diagnostics.problem import Refused
from foedus.exercise.keeping import Keeper, begun, in_memory, over, resumed
from foedus.exercise.turns import Turn
from tests.cli.program import environment, foedus
from tests.council.conftest import address as address
from tests.council.conftest import room as room
from tests.council.conftest import server as server
from tests.council.stores import open_store
from tests.exercise.scenes import played, scene

NAME = "kazakhstan-2022"
"""The shorter session: nobody is asked what it wants, so it is quickly played."""


def keep(keeper: Keeper, upto: int | None = None) -> list[tuple[int, bool]]:
    """The session kept, or the first so many turns of it."""
    turns: Iterator[Turn] = iter(played(NAME)[:upto])
    return [(number, fresh) for number, fresh, _ in keeper.kept(scene(NAME), 1, turns)]


def bodies(keeper: Keeper) -> list[Mapping[str, object]]:
    return [entry.body for entry in keeper.store.entries(keeper.room)]


def checked(path: Path, keeper: Keeper) -> Verified:
    with zipfile.ZipFile(path) as file:
        return verify(opened(file), [keeper.signer.key])


def code(refused: pytest.ExceptionInfo[Refused]) -> tuple[str, str]:
    (problem,) = refused.value.problems
    return problem.code, problem.values["why"]


def test_every_event_is_an_entry_under_a_signed_head(tmp_path: Path) -> None:
    keeper = in_memory(NAME)
    done = keep(keeper)
    assert [number for number, _ in done] == list(range(1, len(played(NAME)) + 1))
    assert [body["kind"] for body in bodies(keeper)][::28] == ["session", "end"]
    keeper.export(tmp_path / "record.zip")
    found = checked(tmp_path / "record.zip", keeper)
    assert found.whole and found.size == len(done) + 1 and found.head == keeper.head()


def test_on_every_store(address: str, room: str) -> None:
    """A file and PostgreSQL keep the same entries as memory does."""
    store = open_store(address)
    keeper = over(store, room, Signer.new("server.example"))
    keep(keeper)
    alone = in_memory(NAME)
    keep(alone)
    assert bodies(keeper) == bodies(alone)
    store.close()


def test_a_session_that_broke_off_goes_on(tmp_path: Path) -> None:
    keeper = begun(tmp_path / "s.db", NAME)
    keep(keeper, 9)
    keeper.close()
    again, first = resumed(tmp_path / "s.db")
    assert first["seed"] == 1
    done = keep(again)
    assert [fresh for _, fresh in done] == [False] * 9 + [True] * (len(done) - 9)
    whole = in_memory(NAME)
    keep(whole)
    assert bodies(again) == bodies(whole)
    again.export(tmp_path / "record.zip")
    assert checked(tmp_path / "record.zip", again).whole


def test_the_key_is_for_nobody_else(tmp_path: Path) -> None:
    begun(tmp_path / "s.db", NAME).close()
    assert (tmp_path / "s.db.key").stat().st_mode & 0o077 == 0


def test_another_session_is_not_taken_up(tmp_path: Path) -> None:
    keeper = begun(tmp_path / "s.db", NAME)
    keep(keeper, 5)
    keeper.close()
    again, _ = resumed(tmp_path / "s.db")
    with pytest.raises(Refused) as refused:
        list(again.kept(scene(NAME), 2, iter(played(NAME))))
    assert code(refused) == ("F689", "its entry 0 is not what this session does there")
    again, _ = resumed(tmp_path / "s.db")
    other = [replace(turn, why="over") if turn.why else turn for turn in played(NAME)[1:]]
    with pytest.raises(Refused) as refused:
        list(again.kept(scene(NAME), 1, iter(other)))
    assert code(refused) == ("F689", "its entry 1 is not what this session does there")


def test_a_file_that_is_there_is_not_begun_again(tmp_path: Path) -> None:
    begun(tmp_path / "s.db", NAME).close()
    with pytest.raises(Refused) as refused:
        begun(tmp_path / "s.db", NAME)
    assert code(refused) == ("F689", "the file is there already")


def test_without_its_key_it_is_not_taken_up(tmp_path: Path) -> None:
    begun(tmp_path / "s.db", NAME).close()
    (tmp_path / "s.db.key").unlink()
    with pytest.raises(Refused) as refused:
        resumed(tmp_path / "s.db")
    assert "its key is not beside it" in code(refused)[1]


def test_a_record_of_something_else_is_not_taken_up(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    begun(path, NAME).close()
    store = Database(Sqlite(path))
    signer = Signer.new("x")
    store.append(NAME, [{"n": 1}], signer)
    store.close()
    with pytest.raises(Refused) as refused:
        resumed(path)
    assert "does not begin as" in code(refused)[1]
    store = Database(Sqlite(path))
    store.open_room("another", signer)
    store.close()
    with pytest.raises(Refused) as refused:
        resumed(path)
    assert "not the record of one session" in code(refused)[1]


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "s.db").write_text(
        "minutes of the meeting, as text, and long enough to be a page of one" * 20
    )
    (tmp_path / "s.db.key").write_text(Signer.new("x").secret.hex())
    with pytest.raises(Refused) as refused:
        resumed(tmp_path / "s.db")
    assert code(refused) == ("F689", "file is not a database")


def test_a_full_disk_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    """A database that may grow to so many pages and no further stands for a disk that is full."""
    keeper = begun(tmp_path / "s.db", NAME)
    assert isinstance(keeper.store, Database)
    row = keeper.store.connection.ask("PRAGMA page_count").fetchone()
    assert row
    keeper.store.connection.ask(f"PRAGMA max_page_count = {row[0] + 2}")
    done: list[int] = []
    with pytest.raises(Refused) as refused:
        for number, _, _ in keeper.kept(scene(NAME), 1, iter(played(NAME))):
            done.append(number)
    assert "full" in code(refused)[1]
    assert [entry.number for entry in keeper.store.entries(NAME)] == [0, *done]
    keeper.close()
    again, _ = resumed(tmp_path / "s.db")  # there is room again
    keep(again)
    assert again.head().size == len(played(NAME)) + 1


def test_a_file_that_may_only_be_read(tmp_path: Path) -> None:
    keeper = begun(tmp_path / "s.db", NAME)
    assert isinstance(keeper.store, Database)
    keeper.store.connection.ask("PRAGMA query_only = ON")  # root may write every file, so SQLite is told
    with pytest.raises(Refused) as refused:
        keep(keeper)
    assert "readonly" in code(refused)[1]


@pytest.mark.parametrize("instead", ["nothing", "another"])
def test_a_file_that_has_gone(instead: str, tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    keeper = begun(path, NAME)
    with pytest.raises(Refused) as refused:
        for number, _, _ in keeper.kept(scene(NAME), 1, iter(played(NAME))):
            if number == 3:
                path.rename(tmp_path / "away.db")
                if instead == "another":
                    path.write_bytes(b"")
    assert "the file has gone" in code(refused)[1]


class Gone(Database):
    """A store whose database goes away under it."""

    def append(self, *args: object, **more: object) -> tuple[()]:  # type: ignore[override]
        raise Unavailable("server closed the connection unexpectedly")


def test_a_database_that_has_gone() -> None:
    store = Gone(Sqlite(":memory:"))
    keeper = over(store, NAME, Signer.new("x"))
    with pytest.raises(Refused) as refused:
        keep(keeper)
    assert code(refused) == ("F689", "server closed the connection unexpectedly")


def test_somebody_else_who_writes_is_noticed(tmp_path: Path) -> None:
    keeper = begun(tmp_path / "s.db", NAME)
    other = Database(Sqlite(tmp_path / "s.db"))
    with pytest.raises(Refused) as refused:
        for number, _, _ in keeper.kept(scene(NAME), 1, iter(played(NAME))):
            if number == 2:
                other.append(NAME, [{"n": 1}], keeper.signer)
    assert "somebody else" in code(refused)[1]
    other.close()


LINE = re.compile(r"^  \d\d:\d\d ")


@pytest.mark.parametrize("after", [1, 9, 20])
def test_killed_in_the_middle_nothing_acknowledged_is_lost(after: int, tmp_path: Path) -> None:
    """The real command, killed when it has printed so many lines: each line is an entry that is there, the record
    verifies, and taken up again the session ends as one that was not killed."""
    command = [sys.executable, "-m", "foedus", "session", NAME, "--ledger", "s.db"]
    told = 0
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, text=True, env=environment()
    ) as running:
        assert running.stdout
        for line in running.stdout:
            if LINE.match(line):
                told += 1
                if told == after:
                    running.send_signal(signal.SIGKILL)
                    break
        told += sum(1 for line in running.stdout if LINE.match(line))
    assert running.returncode == -signal.SIGKILL
    keeper, _ = resumed(tmp_path / "s.db")
    there = bodies(keeper)
    keeper.export(tmp_path / "broken.zip")
    assert checked(tmp_path / "broken.zip", keeper).whole
    keeper.close()
    assert len(there) >= 1 + told
    done = foedus("session", NAME, "--resume", "s.db", "--record", "r.zip", "--quiet", cwd=tmp_path)
    assert (done.status, done.err) == (0, "")
    keeper, _ = resumed(tmp_path / "s.db")
    whole = in_memory(NAME)
    keep(whole)
    assert bodies(keeper) == bodies(whole)
    assert bodies(keeper)[: len(there)] == there
    assert checked(tmp_path / "r.zip", keeper).whole
    keeper.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no file that is always full")
def test_the_record_on_a_full_disk_is_told(tmp_path: Path) -> None:
    small = tmp_path / "record"
    small.mkdir()
    done = foedus("session", NAME, "--quiet", "--record", small, cwd=tmp_path)
    assert done.status == 2
    assert "F689" in done.err
    assert not list(tmp_path.glob("*.part"))


def test_a_store_that_sqlite_itself_reads(tmp_path: Path) -> None:
    """What is acknowledged is on the disk for others, not only for who wrote it."""
    keeper = begun(tmp_path / "s.db", NAME)
    turns = keeper.kept(scene(NAME), 1, iter(played(NAME)))
    for number, _, _ in turns:
        with sqlite3.connect(tmp_path / "s.db") as other:
            assert other.execute("SELECT count(*) FROM entries").fetchone() == (number + 1,)
        if number == 4:
            break
    keeper.close()
