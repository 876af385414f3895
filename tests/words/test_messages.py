"""What delegations are shown when something is refused is said in their language, as far as it has the words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polib
import pytest

from foedus.council.deed import Deed
from foedus.diagnostics.catalogue import CATALOGUE, help_of, templates, title_of
from foedus.diagnostics.problem import Problem
from foedus.diagnostics.render import to_json
from foedus.diagnostics.room import MESSAGE, at_the_table
from foedus.diagnostics.span import NOWHERE
from foedus.words.speech import phrase, speaking
from tests.cli.program import foedus
from tests.council.convention import ASK, DECIDED, OPEN, PROPOSE, at, rules, run
from tests.council.test_chair import refused
from tests.words.extract import template

F658 = (
    "{step} is not taken from where the matter stands: {track} is at `{stage}`, and it starts from {sources}"
)
WORDS = {
    (MESSAGE, F658): "refusé : {track} en est à `{stage}`",
    (MESSAGE, "{step} is not for {who} to do"): "{who} ne fait pas {step}",
    (MESSAGE, "It is for: {movers}."): "À qui : {movers}.",
    (MESSAGE, "the time of {what} is over: it ended on {until}"): "{what} : fini depuis le {until}",
    (MESSAGE, "{step} goes beyond the mandate: {why}"): "{step}, hors du mandat : {nothing}",
    ("kind of deed", "open"): "ouvrir",
    ("", "the chair"): "la présidence",
    ("", "there is no vote {name} open"): "aucun vote {name} ouvert",
    ("", "There are: {names}."): "Il y a : {names}.",
    ("", "`{var}` of {step} is not named"): "`{var}` manque à {step}",
    ("month after a day", "March"): "mars",
}


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small catalogue, before the shipped one."""
    file = polib.POFile()
    file.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    for (context, english), said in WORDS.items():
        file.append(polib.POEntry(msgctxt=context or None, msgid=english, msgstr=said))
    file.save(str(tmp_path / "fr.po"))
    monkeypatch.setenv("FOEDUS_CATALOGUES", str(tmp_path))
    return tmp_path


@pytest.mark.usefixtures("french")
def test_a_refusal_is_said_in_the_language_of_the_moment() -> None:
    state = run(rules(), ASK, PROPOSE)
    told = refused(state, Deed("open", "BOR", at(2), proposal="p1"))
    english = title_of(told), help_of(told)
    assert english == ("open is not for BOR to do", "It is for: the chair.")
    with speaking("fr"):
        assert (title_of(told), help_of(told)) == ("BOR ne fait pas ouvrir", "À qui : la présidence.")
        assert (to_json(told)["title"], to_json(told)["help"]) == english
    assert (title_of(told), help_of(told)) == english


@pytest.mark.usefixtures("french")
def test_what_is_not_there_and_when_it_ended() -> None:
    open_now = run(rules(), ASK, PROPOSE, OPEN)
    gone = refused(open_now, Deed("vote", "ARV", at(2), ballot="b9", status="for"))
    timed = run(rules(), ASK, PROPOSE, Deed("open", "chair", at(2), proposal="p1", until=at(3)))
    late = refused(timed, Deed("vote", "ARV", at(3, 1), ballot="b1", status="for"))
    unnamed = refused(run(rules()), Deed("step", "ARV", at(0), step="ask"))
    assert title_of(gone) == "there is no vote b9 open"
    assert title_of(late) == "the time of b1 is over: it ended on 4 March 2031, 15:00 UTC"
    assert title_of(unnamed) == "`i` of ask (ask the Council for help) is not named"
    with speaking("fr"):
        assert (title_of(gone), help_of(gone)) == ("aucun vote b9 ouvert", "Il y a : b1.")
        assert title_of(late) == "b1 : fini depuis le 4 mars 2031, 15:00 UTC"
        assert title_of(unnamed) == "`i` manque à ask (ask the Council for help)"


@pytest.mark.usefixtures("french")
def test_a_translation_that_asks_for_what_there_is_not_is_not_used() -> None:
    told = refused(run(rules(), *DECIDED), Deed("report", "commander", at(4), where="east"))
    english = title_of(told)
    with speaking("fr"):
        assert title_of(told).startswith("report goes beyond the mandate: ")
    assert english.startswith("report goes beyond the mandate: ")


@pytest.mark.usefixtures("french")
def test_other_codes_stay_english() -> None:
    """Half a sentence in each language would be worse than one language."""
    problem = Problem("F008", NOWHERE, {"path": "a.md", "why": phrase("the chair")})
    with speaking("fr"):
        assert title_of(problem) == "`a.md` cannot be opened: the chair"


def test_a_long_value_is_cut_in_every_language() -> None:
    problem = Problem("F676", NOWHERE, {"who": "ARV", "why": phrase("{name}", name="9" * 10_000)})
    with speaking("ru"):
        assert len(title_of(problem)) < 300


def test_the_program_uses_what_a_catalogue_has(french: Path) -> None:
    asked = ("session", "six-valleys", "--language", "fr")
    told = " ".join(foedus(*asked, FOEDUS_CATALOGUES=str(french)).out.split())
    assert re.search(r"Refusé : contributor of BOR en est à `\w+` \(F658\)", told)
    turns = json.loads(foedus(*asked, "--json", FOEDUS_CATALOGUES=str(french)).out)["turns"]
    (why,) = (turn["why"] for turn in turns if turn.get("code") == "F658")
    assert " is not taken from where the matter stands: " in why  # a program reads the same in all languages


def test_every_message_of_the_table_is_picked_up() -> None:
    """And is looked up as it was picked up, with holes that its values fill."""
    wanted = {(message.context, message.id) for message in template()}
    assert {(MESSAGE, each) for each in templates()} <= wanted
    shown = [entry for entry in CATALOGUE.values() if at_the_table(entry.code)]
    assert {"F656", "F668", "F677", "F689"} <= {entry.code for entry in shown}
    assert not {"F660", "F672", "F690", "F559"} & {entry.code for entry in shown}
    for entry in shown:
        for text in (entry.title, entry.help):
            assert not text or re.fullmatch(r"\{\w+\}", text) or text in set(templates())
