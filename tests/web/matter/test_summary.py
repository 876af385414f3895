"""The summary of a session: the treaty's own answer, alike in every language; and nothing of a vote that is open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foedus.council.minutes import minutes
from foedus.web.matter.assessing import pages_of
from foedus.web.matter.summary import of_dossier, of_session
from tests.exercise.scenes import played, scene
from tests.web.matter.matters import LANGUAGES, of_sources, summed


def test_what_follows_from_the_session() -> None:
    found = summed()
    assert not found.failed and set(found.told) == set(LANGUAGES)
    told = found.told["en"]
    (shape, lead), (none, rest) = told.sentences
    assert (shape, none) == ("◧", "") and lead.endswith("turns on A.") and rest == "Two more norms below."
    assert told.leading == 1 and told.letters[0][0] == "A" and "guards of the dam" in told.letters[0][1]
    came = {line.title: line.verdict for line in told.lines if line.settled != "no"}
    assert came == {
        "Send the Ward to a party": "◧ depends on A",
        "Tell the Security Council at once": "■ arises",
        "Take part with a contingent": "■ available",
    }


def test_the_languages_say_the_same_of_the_same() -> None:
    for found in (summed(), of_sources()):
        shown = [[(line.keys, line.settled) for line in told.lines] for told in found.told.values()]
        assert shown[0] == shown[1] == shown[2]
        assert {key for line in shown[0] for key in line[0]} == set(found.verdicts)
        assert len({told.sentences for told in found.told.values()}) == 3


def test_the_keys_are_the_same_before_and_after_a_vote() -> None:
    early, late = summed(upto=10), summed()
    changed = {key for key, now in late.verdicts.items() if early.verdicts.get(key, "no") != now}
    assert changed == {
        "valleys.send:VALLEYS>ARV", "valleys.notify:VALLEYS>UNSC",
        "valleys.contribute:BOR>ARV", "valleys.contribute:EIN>ARV",
    }  # fmt: skip


def test_what_cannot_be_read_is_said_in_every_language() -> None:
    for found in (
        of_session("# No record\n", None, (), LANGUAGES),
        of_dossier("kazakstan", None, (), LANGUAGES),
    ):
        assert not found.told and set(found.failed) == set(LANGUAGES)
        assert all("(F" in why for why in found.failed.values())


@pytest.mark.parametrize("name", ["six-valleys", "kazakhstan-2022"])
def test_every_page_of_a_session_can_be_assessed(name: str) -> None:
    pages = pages_of(scene(name).folder, None, ("en",))
    for turn in played(name)[:: 1 if name == "kazakhstan-2022" else 6]:
        page = minutes(turn.rules, turn.state, "session", "A session")
        assert not of_session(page, None, pages.beside, ("en",)).failed


def test_nothing_of_an_open_vote_is_in_the_page() -> None:
    """With whatever was said in votes that are still open, and without it, the page is the same."""
    tried = 0
    for turn in played():
        ballots = turn.state.ballots
        silent = {name: b if b.came is not None else replace(b, said={}) for name, b in ballots.items()}
        tried += silent != ballots
        page = minutes(turn.rules, turn.state, "session", "x")
        assert page == minutes(turn.rules, replace(turn.state, ballots=silent), "session", "x")
    assert tried > 3  # in some turns somebody had spoken, and the vote was open
