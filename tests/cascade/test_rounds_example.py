"""One stratum of each outcome: its answers lie in one of its cases, and its course ends as the outcome does."""

from __future__ import annotations

from itertools import product

from foedus.cascade.rounds.example import examples, stratum_of
from foedus.cascade.rounds.outcome import Group, Strata
from tests.cascade.courses import july, told

FEW = {
    "dual.attacked": ["armed force"], "triple.attacked": ["armed force", "a mobilisation too"],
    "triple.casus": ["two or more attack"], "frarus.attacked": ["armed force"], "london.borne": ["each by itself"],
    "defends": ["so"], "concert_for_belgium": ["so"], "unprovoked": ["every attack was"],
}  # fmt: skip


def inside(answers: dict[str, str], group: Group) -> int:
    """In how many cases of a group a stratum lies."""
    return sum(all(answers[name] in kept for name, kept in case.answers.items()) for case in group.cases)


def alone(answers: dict[str, str]) -> Strata:
    return told({name: [answer] for name, answer in answers.items()})


def test_an_example_is_a_stratum_of_its_outcome_and_of_no_other() -> None:
    found = told(FEW)
    assert len(found.groups) > 2
    for group in found.groups:
        answers = stratum_of(found, group)
        assert [inside(answers, other) for other in found.groups] == [
            int(other is group) for other in found.groups
        ]


def test_its_course_brings_in_the_same_states_and_every_act_is_whole() -> None:
    page, found = july(), told(FEW)
    courses = examples(
        found, found.groups, page.program, page.shock, page.day, given=page.given, readings=FEW
    )
    assert [one.of for one in courses] == [group.number for group in found.groups]
    for one, group in zip(courses, found.groups, strict=True):
        assert one.course.belligerents == group.belligerents and one.course.strata == 1
        assert {step.share for step in one.course.steps} == {1.0}
        assert set(one.answers) == {choice.id for choice in found.choices if choice.open}
        assert inside(stratum_of(found, group) | dict(one.answers), group) == 1
        acts = {(step.round, step.act, step.norm) for step in group.steps}
        assert {(step.round, step.act, step.norm) for step in one.course.steps} <= acts


def test_each_stratum_run_alone_has_the_outcome_that_its_case_says() -> None:
    found = told(FEW)
    open_ = [choice for choice in found.choices if choice.open]
    fixed = {choice.id: choice.answers[0] for choice in found.choices if not choice.open}
    for answers in list(product(*(choice.answers for choice in open_)))[::5]:
        stratum = fixed | {choice.id: answer for choice, answer in zip(open_, answers, strict=True)}
        [group] = [each for each in found.groups if inside(stratum, each)]
        assert alone(stratum).groups[0].belligerents == group.belligerents
