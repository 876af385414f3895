"""One room's matter: asked for when something has moved, made once for all who look, and said in their language."""

from __future__ import annotations

from collections.abc import Generator
from threading import Event

import pytest

from foedus.council.chair import decide
from foedus.council.debate.order import Order
from foedus.council.deed import Deed
from foedus.council.fields import instant
from foedus.meeting.entering import Entered, Standing, entered, started
from foedus.web.matter.beside import Beside
from foedus.words.speech import speaking
from tests.exercise.scenes import played, scene

PATIENCE = 60.0


def room() -> tuple[Standing, list[Entered]]:
    """The first deeds of the session that ships, as a room would have them."""
    found = scene()
    standing, entries = started(found.rules, Order(), found.start, found.start, 1), list[Entered]()
    for turn in played()[:4]:
        deed: Deed | None = turn.deed if turn.problem is None else None
        if deed is not None and deed.kind == "step":
            standing, entry, _ = entered(standing, deed.body(), found.start)
            entries.append(entry)
    return standing, entries


@pytest.fixture
def beside() -> Generator[tuple[Beside, Event]]:
    came = Event()
    made = Beside(scene(), changed=came.set)
    yield made, came
    made.close()


def test_from_nothing_to_an_assessment(beside: tuple[Beside, Event]) -> None:
    made, came = beside
    standing, entries = room()
    position = decide(standing.rules, standing.state, standing.at)
    first = made.html(standing, entries, position)
    assert "It is being assessed." in first
    assert made.html(standing, entries, position) is first  # made once
    assert made.html(standing, entries, position, 99) is first  # no such map
    made.moved(standing)
    assert came.wait(PATIENCE)
    assert made.assessed.version == standing.size - 1 and not made.assessed.failed
    second = made.html(standing, entries, position)
    assert "Every norm" in second and second is not first
    with speaking("fr"):
        assert made.html(standing, entries, position) is not second
    assert made.html(standing, entries, position) is second


def test_a_vote_moves_nothing(beside: tuple[Beside, Event]) -> None:
    made, came = beside
    standing, _ = room()
    made.moved(standing)
    assert came.wait(PATIENCE)
    came.clear()
    refused, _, _ = entered(
        standing,
        {"kind": "vote", "by": "BOR", "at": instant(standing.at), "ballot": "b1", "status": "for"},
        standing.real,
    )
    assert refused.size == standing.size + 1 and refused.moved == standing.moved
    made.moved(refused)
    assert made.assessed.version == standing.size - 1 and not came.is_set()
