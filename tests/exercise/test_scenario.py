"""A scenario is read strictly: each slip is refused by name, before anything is played."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.diagnostics.catalogue import help_of, title_of
from foedus.diagnostics.problem import Refused
from foedus.exercise.play import play
from foedus.exercise.policies import POLICIES
from foedus.exercise.reading import read_scenario, scenarios
from foedus.library import shipped
from tests.cli.program import foedus
from tests.exercise.scenes import VALLEYS, scene, written

HEAD = """\
title = "A test"
pages = ["valleys"]
procedure = "valleys.mission"
start = 2031-03-04T08:00:00Z
length = 48
"""
SEAT = '[[delegation]]\nstate = "ARV"\n'
PLACE = '[[place]]\nid = "dam"\ntitle = "The dam"\nx = 1\ny = 2\n'
MAP = '[map]\nviewpoint = "Ours."\n'
MOVE = '[[move]]\nhour = 1\nby = "ARV"\nstep = "ask"\n'

REFUSED: dict[str, tuple[str, str, str]] = {
    "no TOML": ("title = [", "F686", "Invalid value"),
    "an unknown key": (HEAD + 'sed = 3\n', "F687", "Did you mean `seed`?"),
    "an unknown key of a seat": (HEAD + SEAT + 'polices = ["supports"]\n', "F687", "delegation 1.polices"),
    "no title": (HEAD.replace('title = "A test"\n', ""), "F687", "`title`"),
    "a title that is a number": (HEAD.replace('"A test"', "3"), "F687", "a text was expected"),
    "a seed that is a text": (HEAD + 'seed = "seven"\n', "F687", "a whole number"),
    "a seed below nothing": (HEAD + "seed = -1\n", "F687", "`seed`"),
    "true for a number": (HEAD + "pace = true\n", "F687", "`pace`"),
    "a flag that is none": (HEAD + "announced = 1\n", "F687", "true or false"),
    "a start without a zone": (HEAD.replace("00:00Z", "00:00"), "F687", "with its zone"),
    "a list that is none": (HEAD + "others = 3\n", "F687", "a list of texts"),
    "seats that are no tables": (HEAD + "delegation = 3\n", "F687", "[[delegation]]"),
    "answers that are no table": (HEAD + "answers = 3\n", "F687", "a table was expected"),
    "an answer that is no text": (HEAD + '[answers]\n"a.b" = 3\n', "F687", "answers.a.b"),
    "members that are no table": (HEAD + "members = 3\n", "F687", "a table was expected"),
    "no such page": (HEAD.replace('["valleys"]', '["vallys"]'), "F688", "Did you mean `valleys`?"),
    "no such procedure": (HEAD.replace("valleys.mission", "valleys.misson"), "F688", "`valleys.mission`"),
    "no such state": (HEAD + SEAT.replace("ARV", "GAL"), "F688", "it has no seat here"),
    "two seats for one": (HEAD + SEAT + SEAT, "F688", "a seat already"),
    "no such office": (HEAD + 'offices = ["clerk"]\n', "F688", "chair, secretary, commander"),
    "an office that nobody holds": (
        HEAD + 'offices = ["chair"]\n[[office]]\noffice = "commander"\n', "F688", "no seat here",
    ),
    "a code that is none": (HEAD + 'others = ["Galland"]\n', "F688", "no state has such a code"),
    "no such policy": (HEAD + SEAT + 'policy = "suports"\n', "F688", "Did you mean `supports`?"),
    "to follow nobody": (HEAD + SEAT + 'policy = "follows"\n', "F688", "follows = …"),
    "to follow oneself": (HEAD + SEAT + 'follows = "ARV"\n', "F688", "no other delegation"),
    "a proposal of no step": (
        HEAD + SEAT + '[[delegation.proposal]]\nstep = "decied"\n', "F688", "no such step",
    ),
    "a mandate of another shape": (
        HEAD + SEAT + '[[delegation.proposal]]\nstep = "decide"\nmandate = { ceilng = 3 }\n', "F688", "mandate.ceilng",
    ),
    "a move of no kind": (HEAD + '[[move]]\nhour = 1\nby = "ARV"\nkind = "vot"\n', "F688", "no kind of deed"),
    "a move by a stranger": (HEAD + MOVE.replace("ARV", "GAL"), "F688", "it has no seat here"),
    "a move of no step": (HEAD + MOVE.replace("ask", "aks"), "F688", "no such step"),
    "a field too many": (HEAD + MOVE + 'whom = "BOR"\n', "F688", "no such field"),
    "a field that is missing": (HEAD + '[[move]]\nhour = 1\nby = "ARV"\nkind = "vote"\n', "F688", "it is missing"),
    "a time before the start": (
        HEAD + MOVE.replace("hour = 1", "at = 2031-03-04T07:59:59Z"), "F688", "before the start",
    ),
    "a time after the end": (HEAD + MOVE.replace("hour = 1", "hour = 49"), "F688", "after the end"),
    "no time at all": (HEAD + MOVE.replace("hour = 1\n", ""), "F687", "move 1.at"),
    "a stage of no track": (HEAD + MOVE.replace("hour = 1", 'when = "mater is asked"'), "F688", "no stage of a track"),
    "no such stage": (HEAD + MOVE.replace("hour = 1", 'when = "matter is ased"'), "F688", "none, asked, consulting"),
    "an inject without a title": (HEAD + "[[inject]]\nhour = 1\n", "F687", "inject 1.title"),
    "a fact that is none": (HEAD + '[[known]]\nfact = "unrest"\n', "F688", "unrest(ARV)"),
    "a fact of no word": (HEAD + '[[known]]\nfact = "unrst(ARV)"\n', "F688", "Did you mean `unrest`?"),
    "a fact of other roles": (HEAD + '[[known]]\nid = "u"\nfact = "unrest(ARV, BOR)"\n', "F688", "other roles"),
    "an incident without a name": (HEAD + '[[known]]\nfact = "unrest(ARV)"\n', "F688", "needs a name"),
    "a name that is none": (HEAD + '[[known]]\nid = "U 1"\nfact = "unrest(ARV)"\n', "F688", "small letters"),
    "a question that nobody asks": (HEAD + '[answers]\n"valleys.decide" = "x"\n', "F688", "no page asks this"),
    "a weight that is no number": (HEAD + '[weights."a.b"]\nARV = "much"\n', "F688", "a number as text"),
    "a source without a dossier": (HEAD + MOVE + 'source = "letter"\n', "F688", "no such source"),
    "a source of no such name": (
        HEAD + 'dossier = "kazakhstan-2022"\n' + MOVE + 'source = "kloob"\n', "F688", "Did you mean `kloop`?",
    ),
    "a place without a name": (HEAD + PLACE.replace('id = "dam"\n', ""), "F687", "place 1.id"),
    "a place that lies nowhere": (HEAD + PLACE.replace("x = 1\ny = 2\n", ""), "F687", "place 1.longitude"),
    "a place beyond the pole": (
        HEAD + PLACE.replace("x = 1\ny", "longitude = 1\nlatitude").replace("= 2", "= 91"), "F687", "from -85 to 85",
    ),
    "a text for a number": (HEAD + PLACE.replace("= 2", '= "2"'), "F687", "a number from"),
    "no number": (HEAD + PLACE.replace("= 2", "= nan"), "F687", "a number from"),
    "a key of a place that nobody knows": (HEAD + PLACE + 'colour = "red"\n', "F687", "place 1.colour"),
    "a place whose name is none": (HEAD + PLACE.replace('"dam"', '"The dam"'), "F688", "small letters"),
    "two places of one name": (HEAD + PLACE + PLACE, "F688", "another place is called so"),
    "a kind of place that is none": (HEAD + PLACE + 'kind = "castle"\n', "F688", "power station"),
    "a sketch and degrees": (
        HEAD + PLACE + PLACE.replace("dam", "b").replace("x =", "longitude =").replace("y =", "latitude ="), "F688",
        "all longitude and latitude",
    ),
    "guards that sit nowhere": (HEAD + PLACE + 'guarded_by = "GAL"\n', "F688", "it has no seat here"),
    "a place without its source": (HEAD + PLACE + 'source = "letter"\n', "F688", "no such source"),
    "more places than a map can have": (
        HEAD + "".join(PLACE.replace("dam", f"d{n}") for n in range(201)), "F688", "at most 200 places",
    ),
    "a map of nobody's": (HEAD + "[map]\n" + PLACE, "F687", "map.viewpoint"),
    "a map of nothing": (HEAD + MAP, "F688", "nothing to draw"),
    "a projection that is none": (HEAD + MAP + 'projection = "mercator"\n' + PLACE, "F688", "plain, equirectangular"),
    "a sketch in degrees": (HEAD + MAP + 'projection = "equirectangular"\n' + PLACE, "F688", "a sketch is plain"),
    "borders that are not there": (HEAD + MAP + 'borders = "a.json"\n', "F688", "no such file"),
    "borders from another folder": (HEAD + MAP + 'borders = "../own/valleys.md"\n', "F688", "no such file"),
    "borders that are none": (HEAD + MAP + 'borders = "valleys.md"\n', "F760", "it is no JSON"),
    "the key of one of two maps": (
        HEAD + MAP.replace("[map]", "[[map]]") * 2 + 'border = "a"\n' + PLACE, "F687", "map 2.border",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_slip_is_refused_by_name(name: str, tmp_path: Path) -> None:
    text, code, words = REFUSED[name]
    with pytest.raises(Refused) as refused:
        read_scenario(str(written(tmp_path / "own", text)))
    (problem,) = refused.value.problems
    assert problem.code == code
    assert words in f"{title_of(problem)} {help_of(problem)}"
    assert "{" not in title_of(problem)


def test_what_all_of_these_are_slips_of_is_read(tmp_path: Path) -> None:
    found, _ = read_scenario(str(written(tmp_path / "own", HEAD + SEAT + MOVE)))
    assert (found.title, found.name, len(found.moves), [seat.who for seat in found.seats]) == (
        "A test", "own", 1, ["ARV"],
    )  # fmt: skip
    assert (found.end - found.start).total_seconds() == 48 * 3600


def test_a_mistake_in_its_own_page_is_the_page_s(tmp_path: Path) -> None:
    folder = written(tmp_path / "own", HEAD)
    page = (folder / "valleys.md").read_text(encoding="utf-8")
    (folder / "valleys.md").write_text(
        page.replace("decided by decide", "decided by dcide"), encoding="utf-8"
    )
    with pytest.raises(Refused) as refused:
        read_scenario(str(folder))
    assert {problem.code for problem in refused.value.problems} == {"F653"}


@pytest.mark.parametrize("name", scenarios())
def test_what_ships_is_read(name: str) -> None:
    found = scene(name)
    assert found.title and found.summary and found.pages
    assert all(seat.brief for seat in found.seats)
    assert {policy for seat in found.seats for policy in seat.policies} <= set(POLICIES)


def test_a_digest_for_every_page_of_the_rules() -> None:
    assert {"valleys", "vocabulary"} <= set(scene().pages)
    assert all(len(digest) == 64 for digest in scene().pages.values())


LINES = (VALLEYS / "scenario.toml").read_text(encoding="utf-8").splitlines()
WORDS = ["3", '"x"', "true", "[]", "{}", "2031-03-04T08:00:00Z", '["ARV"]', "-1", "1.5", '""']


@given(at=st.integers(0, len(LINES) - 1), change=st.sampled_from(["left out", "twice", *WORDS]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_changed_is_read_or_refused(at: int, change: str, tmp_path: Path) -> None:
    """A line left out, doubled, or with another value: nothing but a refusal with words comes of it."""
    name, equals, _ = LINES[at].partition(" = ")
    other = [f"{name} = {change}"] if equals else [change]
    new = {"left out": [], "twice": [LINES[at]] * 2}.get(change, other)
    text = "\n".join([*LINES[:at], *new, *LINES[at + 1 :]])
    try:
        found, _ = read_scenario(str(written(tmp_path / "own", text)))
    except Refused as refused:
        assert {problem.code for problem in refused.problems} <= {"F686", "F687", "F688"}
        assert not [p for p in refused.problems if "{" in title_of(p)]
    else:
        assert found.seats


def test_members_that_a_scenario_names_are_those_who_vote(tmp_path: Path) -> None:
    text = "\n".join(LINES).replace(
        "[[office]]", '[members]\nvalleys = ["ARV", "BOR", "EIN"]\n\n[[office]]', 1
    )
    few = re.sub(r'\[\[delegation\]\]\nstate = "(CAD|DUN|FEN)".*?(?=\n\[\[)', "", text, flags=re.DOTALL)
    found, _ = read_scenario(str(written(tmp_path / "own", few)))
    turns = list(play(found))
    ballots = list(turns[-1].state.ballots.values())
    assert ballots and {ballot.electorate for ballot in ballots} == {("ARV", "BOR", "EIN")}


def test_a_room_in_which_nobody_sits_is_quiet(tmp_path: Path) -> None:
    found, _ = read_scenario(str(written(tmp_path / "own", HEAD)))
    assert [turn.why for turn in play(found)] == ["still"]


@pytest.mark.parametrize("page", sorted(shipped("scenarios").rglob("*.md")), ids=lambda page: page.stem)
def test_a_page_that_ships_with_a_scenario_is_sound(page: Path) -> None:
    checked, tried = foedus("check", page), foedus("test", page)
    assert (checked.status, tried.status) == (0, 0), checked.said + tried.said
    assert "warning" not in checked.said
    assert "0 not met" in tried.out and not tried.out.startswith("0 ")
