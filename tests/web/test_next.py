"""What comes next, as the table says it to whoever sits there for the first time."""

from __future__ import annotations

import re
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.web.live import Live, meeting, proposed, voting
from tests.web.test_votes import part, words


@pytest.fixture
def live(tmp_path: Path) -> Generator[Live]:
    made = Live(tmp_path)
    yield made
    made.close()


def links(html: str) -> list[str]:
    """The links in what is open to one now; each leads to something on the page."""
    found = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', part(html, "needs"))
    for name, _ in found:
        assert f'id="{name}"' in html
    return [words for _, words in found]


def test_the_table_says_from_whom_something_is_awaited(live: Live) -> None:
    assert "The chair opens the meeting." in words(part(live.page("observer"), "standing"))
    assert links(live.page("chair", "chair")) == ["Open the meeting"]
    live.runner.run(live.room.inject(live.room.scenario.injects[0], 0))
    live.acts("meet", "chair", what="open")
    assert "Arvia (ARV) can do it: ask the Council for help." in words(
        part(live.page("head", "CAD"), "standing")
    )
    assert links(live.page("head", "ARV")) == ["Ask the Council for help"]
    assert links(live.page("head", "CAD")) == []
    live.acts("step", "ARV", step="ask", terms__i="marn")
    assert links(live.page("chair", "chair")) == ["Open consultations"]
    assert "Arvia (ARV): ask the Council for help." in live.page("observer"), (
        "in the bar: a title is no sentence"
    )


def test_what_is_proposed_is_for_every_delegation_and_then_for_the_chair(live: Live) -> None:
    live.runner.run(live.room.inject(live.room.scenario.injects[0], 0))
    live.acts("meet", "chair", what="open")
    live.acts("step", "ARV", step="ask", terms__i="marn")
    live.acts("step", "chair", step="consult")
    page = words(part(live.page("observer"), "standing"))
    assert "can propose it: decide to send the Ward." in page
    live.acts("propose", "BOR", step="decide", text="The Ward goes.", mandate__ceiling="300")
    page = words(part(live.page("observer"), "standing"))
    assert "The chair can put p1, decide to send the Ward to the vote." in page
    assert "can propose it: decide" not in page


def test_in_a_vote_it_says_what_is_asked_of_delegations(live: Live) -> None:
    proposed(live)
    live.acts("open", "chair", proposal="p1", until__hours="24")
    assert "Silence on p1, decide to send the Ward: whoever objects says so in time" in words(
        part(live.page("observer"), "standing")
    )


def test_a_variable_of_one_letter_has_a_label_that_says_something(live: Live) -> None:
    live.runner.run(live.room.inject(live.room.scenario.injects[0], 0))
    page = words(part(live.page("head", "ARV"), "allowed"))
    assert "What it is about: The guards of the dam at Marn have left their posts" in page
    assert "I: The guards" not in page


def test_the_newest_from_outside_stays_at_the_table_when_other_things_are_told(tmp_path: Path) -> None:
    live = Live(tmp_path)
    try:
        inject = live.room.scenario.injects[0]
        live.runner.run(live.room.inject(inject, 0))
        live.acts("meet", "chair", what="open")
        page = part(live.page("observer"), "standing")
        assert inject.title in words(page)
        assert words(inject.text) in words(page)
    finally:
        live.close()


def test_a_vote_lasts_long_enough_to_be_read_however_fast_the_clock_runs(tmp_path: Path) -> None:
    live = Live(tmp_path, pace=3600)
    try:
        proposed(live)
        live.acts("open", "chair", proposal="p1", until__hours="24")
        live.acts("object", "CAD", ballot="b1")
        live.acts("close", "chair", ballot="b1")
        form = part(live.page("chair", "chair"), "allowed")
        found = re.search(r'id="allowed-open-p1-1-chair-[^"]*hours"[^>]*value="(\d+)"', form) or re.search(
            r'open-p1-1-chair.*?name="until.hours"[^>]*?value="(\d+)"', form, re.S
        )
        assert found is not None
        assert int(found[1]) == 120, "two minutes on the wall"
    finally:
        live.close()


def test_the_form_for_motions_says_which_asks_for_what(live: Live) -> None:
    live.acts("meet", "chair", what="open")
    form = words(part(live.page("head", "CAD"), "conduct"))
    assert "Seconds; only to limit the time of speeches" in form
    assert "Words (may be left out);" not in form


def test_hours_of_the_room_are_told_in_time_on_the_wall(live: Live) -> None:
    live.acts("meet", "chair", what="open")
    assert "an hour takes 1 seconds on the wall" in words(part(live.page("chair", "chair"), "conduct"))


def test_who_leaves_is_told_first_how_to_come_back(live: Live) -> None:
    page = live.page("head", "CAD")
    found = re.search(r'<details id="leaving">.*?</details>', page, re.S)
    assert found is not None
    assert "/leave" in found[0]
    assert "passphrase" in found[0]
    assert page.count('action="/leave"') == 1


def test_a_session_that_is_over_says_so_and_offers_nothing(live: Live) -> None:
    live.runner.run(live.room.inject(live.room.scenario.injects[0], 0))
    live.acts("meet", "chair", what="open")
    live.acts("meet", "chair", what="adjourn")
    page = live.page("head", "ARV")
    assert links(page) == []
    assert "The session is over." in words(part(page, "standing"))
    assert "The chair opens" not in page


def test_when_the_session_is_over_nothing_more_is_entered(live: Live) -> None:
    meeting(live)
    voting(live)
    live.acts("meet", "chair", what="adjourn")
    size = live.room.standing.size
    answer = live.does("head", "BOR", "vote", ballot="b2", status="for")
    assert answer["status"] == 403 and "over" in answer["title"]
    assert live.room.standing.size == size
    assert 'value="vote"' not in live.page("head", "BOR")
    assert live.does("chair", "chair", "bookmark", entry="1", text="The end")["status"] == 200
    assert live.does("chair", "chair", "meet", what="open")["status"] == 200
    assert live.does("head", "BOR", "vote", ballot="b2", status="for")["status"] == 200
