"""A hidden vote is nobody's but who gave it: whatever it was, the pages of everybody else are the same."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import get_args

import pytest

from foedus.council.ledger.record import opened
from foedus.meeting.viewer import Role
from foedus.web.pages.registry import PAGES
from foedus.web.serving import handed_on
from tests.web.live import Live, meeting, plain, proposed, voting

SECRET = "because of the harvest"
OTHERS: list[tuple[Role, str]] = [
    ("head", "CAD"), ("member", "CAD"), ("adviser", "CAD"), ("chair", "chair"), ("secretary", "secretary"),
    ("commander", "commander"), ("observer", ""), ("screen", ""), ("director", ""),
]  # fmt: skip
AS = ("", "?for=chair", "?for=BOR", "?for=secretary")
"""Whom a director acts for."""


def seen(folder: Path, *, kind: str, status: str) -> dict[tuple[str, str, str], str]:
    """Every page of everybody but the delegation itself, after it has said this in a hidden vote."""
    folder.mkdir()
    live = Live(folder)
    meeting(live)
    ballot = "b2" if kind == "vote" else "b1"
    if kind == "vote":
        voting(live)
    else:
        proposed(live)
    live.acts("manner", "chair", ballot=ballot, what="recorded", hidden="yes")
    if kind == "silence":
        live.acts("open", "chair", proposal="p1", until__hours="24")
    deed = "vote" if kind == "vote" else "object"
    if status:
        live.acts(deed, "BOR", ballot=ballot, text=SECRET, **({"status": status} if deed == "vote" else {}))
    live.acts("bookmark", "chair", entry="1", text="Something that renews what is kept.")
    found: dict[tuple[str, str, str], str] = {}
    for role, seat in OTHERS:
        for name in PAGES:
            for more in AS if role == "director" else ("",):
                answer = live.asked(role, seat, "GET", f"/{name}{more}" if name else more)
                found[role, seat, name + more] = plain(answer.text) if answer.status == 200 else ""
    if status:
        own = live.page("head", "BOR")
        assert (
            "You objected." if kind == "silence" else "You voted against it."
        ) in own or status != "against"
    live.close()
    return found


def test_a_hidden_vote_changes_nothing_that_others_see(tmp_path: Path) -> None:
    one = seen(tmp_path / "one", kind="vote", status="for")
    other = seen(tmp_path / "other", kind="vote", status="against")
    assert {role for role, _, _ in one} == set(get_args(Role))
    for key, html in one.items():
        # People are listed by handles, which are drawn by lot.
        assert sorted(html.splitlines()) == sorted(other[key].splitlines()), key
        assert SECRET not in html, key
    assert any(
        "1 of 6 members has voted." in html or "1 of 6 members have voted." in html for html in one.values()
    )


def test_a_hidden_objection_is_not_seen_to_be_there(tmp_path: Path) -> None:
    one = seen(tmp_path / "one", kind="silence", status="against")
    other = seen(tmp_path / "other", kind="silence", status="")
    numbers = {key: html for key, html in one.items() if html}
    assert numbers
    for key, html in numbers.items():
        assert SECRET not in html, key
        for words in ("Objection", "broken", "objects", "You objected"):
            assert html.count(words) == other[key].count(words), (key, words)


def test_it_is_shown_when_it_is_closed(tmp_path: Path) -> None:
    live = Live(tmp_path)
    meeting(live)
    voting(live)
    live.acts("manner", "chair", ballot="b2", what="recorded", hidden="yes")
    live.acts("vote", "BOR", ballot="b2", status="against")
    assert "against: Borland" not in live.page("observer")
    live.acts("close", "chair", ballot="b2")
    assert "against: Borland (BOR)" in live.page("observer")
    live.close()


@pytest.mark.parametrize(
    "role", [role for role in get_args(Role) if role != "screen"]
)  # which has a page of its own
def test_the_table_is_for_everybody(tmp_path: Path, role: Role) -> None:
    live = Live(tmp_path)
    seat = {
        "head": "ARV",
        "member": "ARV",
        "adviser": "ARV",
        "observer": "",
        "screen": "",
        "director": "",
    }.get(role, role)
    voting(live)
    html = live.page(role, seat)
    for name, there in (
        ("ballots", True), ("proposals", True), ("seats", True), ("desk", role == "chair"),
        ("needs", role in ("head", "member", "adviser", "chair")), ("allowed", role not in ("observer", "screen")),
    ):  # fmt: skip
        assert (f'<section id="{name}"' in html) == there, name
    live.close()


def test_the_record_that_a_server_leaves_behind_ends_before_it(tmp_path: Path) -> None:
    live = Live(tmp_path)
    meeting(live)
    voting(live)
    live.acts("manner", "chair", ballot="b2", what="recorded", hidden="yes")
    before = live.room.standing.size
    live.acts("vote", "BOR", ballot="b2", status="against", text=SECRET)
    told: list[str] = []
    handed_on(live.ready, told.append)
    live.close()
    with zipfile.ZipFile(tmp_path / "six-valleys.zip") as file:
        lines = list(opened(file).lines)
    assert 0 < len(lines) <= before and not any(SECRET.encode() in line for line in lines)
    assert str(len(lines)) in told[0]
