"""Stores for the tests of the ledger: each test runs on all."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from itertools import count
from pathlib import Path

import pytest

from foedus.council.ledger.database import Database
from foedus.council.ledger.head import Signer
from tests.council.stores import open_store, postgresql

NUMBERS = count()


@pytest.fixture(scope="session")
def server() -> Generator[str]:
    """One PostgreSQL server for all tests of a worker. A socket's path must be short."""
    with tempfile.TemporaryDirectory(prefix="fd") as folder, postgresql(Path(folder)) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store is: a file, or a server."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    return str(request.getfixturevalue("server"))


@pytest.fixture
def store(address: str) -> Generator[Database]:
    """A store."""
    made = open_store(address)
    yield made
    made.close()


@pytest.fixture
def room() -> str:
    """A room that no other test has."""
    return f"room-{next(NUMBERS)}"


@pytest.fixture
def signer() -> Signer:
    """The server's key."""
    return Signer.new("server.example")
