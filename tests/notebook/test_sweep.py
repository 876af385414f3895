"""A sweep says of every way what an assessment under it says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import foedus
from foedus.assessment import sweep as values
from foedus.evidence.record import Closing, Pattern
from tests.notebook.raid import ANSWERS, kazakhstan, raid


def verdicts(answer: foedus.Answer) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {f.id: (f.verdict, f.turns_on) for f in answer.findings}


@pytest.mark.parametrize("name", ANSWERS)
def test_ways_on_which_something_turns_are_as_assessed(name: str) -> None:
    answer = ANSWERS[name]()
    found = answer.sweep()
    assert len(found) >= 4
    # Each way is a whole assessment: two dozen of them, spread over all, take seconds.
    for way in found.ways[:: 1 + len(found.ways) // 24]:
        assert verdicts(answer.suppose(way.answers)) == {
            name: (view.word, view.turns_on) for name, view in way.verdicts.items()
        }


@settings(max_examples=12)
@given(data=st.data())
def test_any_questions_in_any_order_are_as_assessed(data: st.DataObject) -> None:
    """Silent questions, dates, and what nobody listed among them; on top of a supposition."""
    answer = kazakhstan()
    ids = [question.id for question in answer.questions]
    base = data.draw(st.sampled_from([answer, answer.suppose(attack="no"), answer.suppose(proper="yes")]))
    asked = [
        q for q in data.draw(st.lists(st.sampled_from(ids), unique=True, max_size=3)) if q in base.questions
    ]
    found = base.sweep(*asked) if asked else base.sweep()
    way = data.draw(st.sampled_from(found.ways))
    assert verdicts(base.suppose(way.answers)) == {
        name: (view.word, view.turns_on) for name, view in way.verdicts.items()
    }


def test_what_is_supposed_is_closed_by_nothing_here_too() -> None:
    """The dossier claims to know every authorisation of one state; whoever supposes one sets that aside."""
    read = foedus.load("kazakhstan-2022")
    record = read.value.record
    roles = record.predicates.get("authorised") or read.program.vocabulary.predicates["authorised"]
    pattern = Pattern("authorised", ("ARM", *(None for _ in roles.roles[1:])))
    closed = replace(record, closings=(*record.closings, Closing(pattern, None, "encoder")))
    answer = foedus.assess(replace(read, value=replace(read.value, record=closed)))
    assert answer.findings["pko.contribute:ARM>KAZ"].verdict == "not available"
    found = answer.sweep("some authorised")
    assert [way.answers["some authorised"] for way in found.ways] == ["yes", "no"]
    # Each way is a whole assessment: two dozen of them, spread over all, take seconds.
    for way in found.ways[:: 1 + len(found.ways) // 24]:
        assert verdicts(answer.suppose(way.answers)) == {
            name: (view.word, view.turns_on) for name, view in way.verdicts.items()
        }
    assert found.ways[0].verdicts["pko.contribute:ARM>KAZ"].word == "available"


def test_it_counts_the_ways() -> None:
    found = kazakhstan().sweep("A", "directed", "C", "A")
    assert len(found) == 8
    assert sum(found.holds("cst.assist")) == 3
    assert sum(found.holds("pko.send")) == 4
    assert not any(found.holds("no.such"))


def test_more_ways_than_anybody_reads_are_refused() -> None:
    answer = kazakhstan()
    with pytest.raises(foedus.Refused) as refused:
        answer.sweep(*(question.id for question in answer.questions))
    assert refused.value.problems[0].code == "F511"
    assert "Name fewer questions." in str(refused.value)
    with pytest.raises(foedus.Refused):
        answer.sweep("directd")


def test_the_frame_has_every_way_for_every_bearer() -> None:
    found = kazakhstan().sweep("directed", "binding")
    frame = found.frame()
    bearers = sum(len(each.bearers) for each in found.value.norms)
    assert frame.shape == (4 * bearers, len(found.columns))
    assert set(frame["directed"]) == {"yes", "no"}


def test_what_is_not_drawn_is_said_to_be() -> None:
    many = values.Sweep(raid().sweep().value.questions, raid().sweep().value.norms, raid().sweep().ways * 20)
    drawn = replace(raid().sweep(), value=many)._repr_html_()
    assert f"64 of {len(many.ways)} ways are drawn." in drawn
    assert drawn.count("<tr") == 65
