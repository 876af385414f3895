"""People kept in a file and in PostgreSQL: each test of the store runs on both."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from itertools import count
from pathlib import Path

import pytest

from foedus.council.ledger.database import Connection, Sqlite
from foedus.council.ledger.postgresql import Postgresql
from foedus.web.passphrase import CHEAP
from foedus.web.people import People
from tests.council.stores import postgresql

ROOMS = count()


@pytest.fixture(scope="session")
def server() -> Generator[str]:
    """One PostgreSQL server for all tests of a worker. A socket's path must be short."""
    with tempfile.TemporaryDirectory(prefix="fd") as folder, postgresql(Path(folder)) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where people are kept: a file, or a server."""
    if request.param == "sqlite":
        return str(tmp_path / "people.db")
    return str(request.getfixturevalue("server"))


def connected(address: str) -> Connection:
    """A connection of its own."""
    return Postgresql(address) if address.startswith("postgresql://") else Sqlite(address)


@pytest.fixture
def people(address: str) -> Generator[People]:
    """The people, with passphrases that are hashed as cheaply as can be."""
    made = People(connected(address), CHEAP)
    yield made
    made.connection.close()


@pytest.fixture
def room() -> str:
    """A room that no other test has."""
    return f"room-{next(ROOMS)}"
