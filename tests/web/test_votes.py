"""The matter at the table, as pages have it: proposals, votes, what needs mine, what I may do."""

from __future__ import annotations

import re
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.council.ballots import result
from foedus.council.chair import evolve
from foedus.council.deed import Deed
from foedus.diagnostics.problem import Refused
from foedus.meeting.viewer import Role
from foedus.web.parts.changes import changed
from tests.web.live import Live, meeting, proposed, voting

MEMBERS = ("ARV", "BOR", "CAD", "DUN", "EIN", "FEN")


@pytest.fixture
def live(tmp_path: Path) -> Generator[Live]:
    made = Live(tmp_path)
    yield made
    made.close()


def part(html: str, name: str) -> str:
    """A section of a page."""
    found = re.search(rf'<section id="{name}".*?</section>', html, re.S)
    assert found is not None, f"no section {name}"
    return found[0]


def words(html: str) -> str:
    """What a reader reads, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&#39;", "'").split())


@given(st.text("ab .\n", max_size=60), st.text("ab .\n", max_size=60))
def test_changes_make_up_both_texts(before: str, after: str) -> None:
    found = changed(before, after)
    assert "".join(text for kind, text in found if kind != "new") == before
    assert "".join(text for kind, text in found if kind != "gone") == after


def test_texts_that_are_too_long_are_shown_as_replaced() -> None:
    one, other = "a b " * 2_000, "c d " * 2_000
    assert changed(one, other) == (("gone", one), ("new", other))
    assert changed(one, one) == (("same", one),)


def test_an_amendment_shows_what_it_changes_and_then_what_changed(live: Live) -> None:
    proposed(live)
    live.acts(
        "amend", "EIN", proposal="p1", parts__2="The Ward guards the dam and leaves.", mandate__ceiling="200"
    )
    found = part(live.page("observer"), "proposals")
    assert "Moved by Borland (BOR)" in words(found)
    assert re.search(r"<ins>.*?dam and leaves\..*?</ins>", found, re.S)
    assert "[struck out: dam." in words(found), "without colour, and read aloud"
    assert "[struck out: at most 300 for all together" in words(found)
    assert "[added: at most 200 for all together" in words(found)
    assert "amendments go before what they amend" in found
    live.acts("amend", "BOR", proposal="p1", parts__3="And reports.")
    found = part(live.page("observer"), "proposals")
    assert "What changed since it was tabled" in found
    assert "1 proposal was settled earlier" in found


def test_a_vote_is_one_click_and_can_be_changed(live: Live) -> None:
    voting(live)
    form = part(live.page("head", "BOR"), "needs")
    assert {"for", "against", "abstained"} == set(re.findall(r'name="status" value="(\w+)"', form))
    assert live.does("head", "BOR", "vote", ballot="b2", status="for")["status"] == 200
    form = part(live.page("head", "BOR"), "needs")
    assert "You voted for it." in form
    assert re.search(r'value="for"[^>]*aria-pressed="true"', form)
    live.does("member", "BOR", "vote", "BOR", ballot="b2", status="against")
    assert "You voted against it." in part(live.page("adviser", "BOR"), "needs")
    assert 'name="status"' not in part(live.page("adviser", "BOR"), "needs")
    assert "against: Borland (BOR)" in part(live.page("observer"), "ballots")


def test_under_silence_one_objects_with_a_reason_and_once(live: Live) -> None:
    voting(live, way="0")
    form = part(live.page("head", "CAD"), "needs")
    assert "Whoever agrees says nothing." in form
    assert 'value="object"' in form
    assert 'name="status"' not in form
    live.does("head", "CAD", "object", ballot="b1", text="Not like this.")
    found = part(live.page("observer"), "ballots")
    assert "Objection by Cadria (CAD)." in found
    assert "“Not like this.”" in found
    assert 'value="object"' not in part(live.page("head", "CAD"), "needs"), "it is not taken back"
    assert "The silence is broken." in part(live.page("chair", "chair"), "desk")


def test_what_is_still_needed_is_what_carries_it(live: Live) -> None:
    voting(live)
    live.acts("vote", "CAD", ballot="b2", status="against")
    found = words(part(live.page("observer"), "ballots"))
    more = re.search(r"(\d+) more votes? for it carr", found)
    assert more is not None
    before = live.room.standing
    for count, who in enumerate(each for each in MEMBERS if each != "CAD"):
        state = live.room.standing.state
        carried = result(before.rules, state, state.ballots["b2"]).word == "adopted"
        assert carried == (count >= int(more[1])), count
        live.acts("vote", who, ballot="b2", status="for")


def test_a_rule_that_turns_the_wrong_way_is_told(live: Live) -> None:
    voting(live)
    assert "a vote against can carry a motion" in part(live.page("chair", "chair"), "ballots")


def closes(live: Live) -> bool:
    """Whether the chair's desk offers to close the vote that is open: as the council itself would have it closed."""
    offered = 'value="close"' in part(live.page("chair", "chair"), "desk")
    standing = live.room.standing
    (ballot,) = (each.id for each in standing.state.ballots.values() if each.came is None)
    try:
        evolve(standing.rules, standing.state, Deed("close", "chair", live.room.now(), ballot=ballot))
    except Refused:
        assert not offered
        return False
    assert offered
    return True


def test_a_silence_is_closed_when_its_time_is_over_or_it_is_broken(live: Live) -> None:
    voting(live, way="0")
    assert not closes(live)
    live.acts("object", "CAD", ballot="b1")
    assert closes(live)


def test_a_vote_without_an_end_can_be_closed_at_any_time(live: Live) -> None:
    voting(live)
    assert closes(live)


def test_a_silence_is_over(live: Live) -> None:
    voting(live, way="0")
    live.passes(25)
    live.acts("tick", "clock", ballot="b1")
    assert closes(live)
    assert "Its time is over" in part(live.page("observer"), "ballots")


def test_the_chair_closes_when_all_have_spoken(live: Live) -> None:
    voting(live, until__hours="3")
    for who in MEMBERS:
        assert not closes(live)
        live.acts("vote", who, ballot="b2", status="for")
    assert closes(live)
    desk = part(live.page("chair", "chair"), "desk")
    assert "All who are at the table have spoken." in desk
    assert live.does("chair", "chair", "close", ballot="b2")["status"] == 200
    found = words(part(live.page("observer"), "ballots"))
    assert "■ adopted" in found
    assert "It is done: decide to send the Ward." in found
    assert "It could then be put to a vote." in found, "what came of the silence, before the vote"
    assert "6: for: Arvia (ARV)" in found


def forms(html: str) -> dict[str, str]:
    """The forms of what is allowed, by their ids."""
    return dict(re.findall(r'<details class="do" id="([^"]+)".*?>(.*?)</form>', part(html, "allowed"), re.S))


def sent(form: str) -> dict[str, str]:
    """What a browser would send of a form that nobody has touched."""
    fields = dict(re.findall(r'<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', form))
    fields |= {
        n: v.strip("\n")
        for n, v in re.findall(r'<textarea[^>]*? name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S)
    }
    for name, inside in re.findall(r'<select[^>]*? name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', inside) or re.search(r'value="([^"]*)"', inside)
        fields[name] = chosen[1] if chosen else ""
    return fields


def test_every_form_that_is_complete_as_it_stands_is_taken(live: Live) -> None:
    """Whoever presses a button without touching the form gets what it says, or is asked for what is missing."""
    live.run(live.room.inject(live.room.scenario.injects[0], 0))
    ask = forms(live.page("head", "ARV"))["allowed-step-ask-ARV"]
    fields = sent(ask)
    assert fields["terms.i"] == "marn"
    answer = live.asked("head", "ARV", "POST", "/do", fields, accept="application/json")
    assert answer.status == 200, answer.text
    live.acts("step", "chair", step="consult")
    page = live.page("head", "BOR", "?draft=0")
    form = forms(page)["allowed-propose-decide-BOR"]
    fields = sent(form)
    assert fields["mandate.tasks.1.what"] == "escort engineers"
    answer = live.asked("head", "BOR", "POST", "/do", fields, accept="application/json")
    assert answer.status == 200, answer.text
    moved, draft = live.room.standing.state.proposals["p1"], live.room.scenario.seats
    ready = next(seat for seat in draft if seat.who == "BOR").drafts[0].body
    assert moved.parts == ready["parts"]
    assert moved.mandate is not None
    assert moved.mandate.ceilings == {"BOR": 150}
    assert "Fill in your draft" not in part(live.page("head", "BOR"), "allowed"), "it has been moved"
    opening = sent(forms(live.page("chair", "chair"))["allowed-open-p1-0-chair"])
    answer = live.asked("chair", "chair", "POST", "/do", opening, accept="application/json")
    assert answer.status == 200, answer.text
    longer = sent(forms(live.page("chair", "chair"))["allowed-extend-b1-chair"])
    answer = live.asked("chair", "chair", "POST", "/do", longer, accept="application/json")
    assert answer.status == 200, answer.text


def test_drafts_are_for_their_seat_only(live: Live) -> None:
    proposed(live)
    words_of_it = "The mandate ends on 26 March"
    assert words_of_it in live.page("head", "EIN", "?draft=0")
    others: tuple[tuple[Role, str], ...] = (
        ("head", "BOR"),
        ("chair", "chair"),
        ("observer", ""),
        ("adviser", "CAD"),
    )
    for role, seat in others:
        assert words_of_it not in live.page(role, seat, "?draft=0")
    assert words_of_it in live.page("director", "", "?for=EIN&draft=0")


def test_an_amendment_sends_only_what_it_changes(live: Live) -> None:
    proposed(live)
    fields = sent(forms(live.page("head", "EIN"))["allowed-amend-p1-EIN"])
    answer = live.asked("head", "EIN", "POST", "/do", fields, accept="application/json")
    assert answer.status == 409, "nothing is changed as yet"
    fields = sent(forms(live.page("head", "EIN"))["allowed-amend-p1-EIN"])
    fields["parts.2"] = "The Ward guards the dam by day."
    answer = live.asked("head", "EIN", "POST", "/do", fields, accept="application/json")
    assert answer.status == 200, answer.text
    assert live.room.standing.state.proposals["p2"].parts == {"2": "The Ward guards the dam by day."}


def test_what_is_not_allowed_says_why(live: Live) -> None:
    proposed(live)
    refused = part(live.page("head", "ARV"), "allowed").partition('id="refused"')[2]
    assert "F658" in refused
    assert "Art. 9" in refused


def test_the_roll_is_called_in_its_order(live: Live) -> None:
    meeting(live)
    voting(live)
    live.acts("manner", "chair", ballot="b2", what="roll call", whom="DUN")
    for who in ("DUN", "EIN", "FEN", "ARV", "BOR", "CAD"):
        page = live.page("secretary", "secretary", "/rollcall")
        assert re.search(r"Called now: \w+ \((\w+)\)", page)[1] == who  # type: ignore[index]
        fields = sent(re.search(r'<form[^>]*id="roll-b2-form">(.*?)</form>', page, re.S)[1])  # type: ignore[index]
        answer = live.asked("secretary", "secretary", "POST", "/do", fields | {"status": "for"})
        assert (answer.status, answer.headers["location"]) == (303, "/rooms/six-valleys/rollcall")
    assert "All who are here have been called." in live.page("chair", "chair", "/rollcall")
    assert set(live.room.standing.state.ballots["b2"].said.values()) == {"for"}


def test_who_is_not_here_is_not_called(live: Live) -> None:
    meeting(live)
    page = live.page("chair", "chair", "/rollcall")
    fields = sent(re.search(r'<form[^>]*id="presence-ARV-form">(.*?)</form>', page, re.S)[1])  # type: ignore[index]
    assert live.asked("chair", "chair", "POST", "/do", fields).status == 303
    assert "5 of 6 members are here." in live.page("secretary", "secretary", "/rollcall")
    assert 'name="whom"' not in live.page("secretary", "secretary", "/rollcall")
    assert "Arvia (ARV)</b>: away" in live.page("observer")


@pytest.mark.parametrize("who", [("head", "ARV"), ("observer", ""), ("screen", "")])
def test_the_roll_is_no_page_of_a_delegation(live: Live, who: tuple[str, str]) -> None:
    assert live.asked(who[0], who[1], "GET", "/rollcall").status == 404  # type: ignore[arg-type]


def test_without_a_script_one_comes_back_to_the_page(live: Live) -> None:
    voting(live)
    form = re.search(r'<form[^>]*id="vote-b2-BOR-form">(.*?)</form>', live.page("head", "BOR"), re.S)
    assert form is not None
    answer = live.asked("head", "BOR", "POST", "/do", sent(form[1]) | {"status": "for"})
    assert answer.status == 303
    assert live.room.standing.state.ballots["b2"].said == {"BOR": "for"}
