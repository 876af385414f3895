from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from foedus.assessment.assess import Asked, assess
from foedus.engines.estimate import Estimate
from foedus.engines.explain import Reason
from foedus.library import Library
from foedus.report.json import SCHEMA_ID, schema, to_json
from foedus.report.terminal import show_assessment
from tests.report.lir import answer, raid

VALIDATOR = Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def carried(value: Any) -> Any:
    """As another program gets it."""
    return json.loads(json.dumps(value))


def mistakes(value: Any) -> list[str]:
    return [f"{'/'.join(map(str, e.path))}: {e.message[:200]}" for e in VALIDATOR.iter_errors(value)]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["$id"] == SCHEMA_ID


def described(value: Any, path: str = "") -> list[str]:
    """Objects in the schema that do not say what they are."""
    if isinstance(value, list):
        return [one for each in value for one in described(each, path)]
    if not isinstance(value, dict):
        return []
    missing = [path] if value.get("type") == "object" and "description" not in value else []
    return missing + [one for key, each in value.items() for one in described(each, f"{path}/{key}")]


def test_every_object_in_the_schema_is_described() -> None:
    assert described(schema()) == []


@pytest.mark.parametrize(
    "asked",
    [
        Asked(),
        Asked(suppose={"outside": "yes", "bound": "yes"}),
        Asked(on=date(1999, 1, 1)),
        Asked(known_by=date(2020, 3, 6)),
        Asked(
            weights={
                "outside": Fraction(1, 3),
                "bound": Fraction(1, 2),
                'lir.attack="any author"': Fraction(1, 4),
            }
        ),
    ],
    ids=["as it is", "supposed", "not in force", "known by", "weighed"],
)
def test_answers_follow_the_schema(asked: Asked) -> None:
    assert mistakes(carried(to_json(answer(asked=asked)))) == []


@pytest.mark.parametrize("name", sorted({*Library().dossiers[::4], "armenia-2022", "kazakhstan-2022"}))
def test_shipped_dossiers_follow_the_schema(name: str) -> None:
    made = Library().dossier(name)
    assert made.dossier is not None
    assert mistakes(carried(to_json(assess(made.dossier, made.program)))) == []


def test_the_schema_refuses_what_it_does_not_know() -> None:
    made = carried(to_json(raid()))
    made["findings"][0]["verdict"] = "arises"
    del made["questions"][0]["id"]
    assert len(mistakes(made)) == 2


def test_the_same_answer_gives_the_same_document() -> None:
    assert json.dumps(to_json(answer())) == json.dumps(to_json(answer()))


def test_letters_are_a_field_and_never_a_key() -> None:
    made = carried(to_json(raid()))
    letters = {question["letter"] for question in made["questions"]}
    assert "A" in letters

    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {key for each in value.values() for key in keys(each)}
        return {key for each in value for key in keys(each)} if isinstance(value, list) else set()

    assert not letters & keys(made)


def test_settings_name_their_question_and_answer() -> None:
    made = to_json(raid())
    assist = next(f for f in made["findings"] if f["norm"]["id"] == "lir.assist")
    settings = [setting for each in assist["views"]["granting"]["holds_if"]["sets"] for setting in each]
    assert {
        "question": "lir.attack",
        "variable": 'lir.attack="any author"',
        "value": True,
        "answer": "any author",
    } in settings
    assert {setting["question"] for setting in settings} <= {question["id"] for question in made["questions"]}


def test_fractions_are_text() -> None:
    made = raid()
    findings = (replace(made.findings[0], chance=Fraction(1, 3)), *made.findings[1:])
    assert to_json(replace(made, findings=findings))["findings"][0]["chance"] == {
        "exact": "1/3",
        "estimate": None,
        "why_not": None,
    }


def test_grounds_as_deep_as_you_like() -> None:
    deep = Reason("yes", "the last", "fact")
    for _ in range(5000):
        deep = Reason("yes", "one more", "or", children=(deep,))
    made = raid()
    step = to_json(replace(made, findings=(replace(made.findings[0], reason=deep),)))["findings"][0]["reason"]
    for _ in range(5000):
        [step] = step["children"]
    assert step["words"] == "the last"


def test_ids_in_the_answer_do_not_hold_places_of_this_machine() -> None:
    assert not re.search(r'"(/home|/root|/tmp|C:)', json.dumps(to_json(raid())["digests"]))


def test_a_chance_too_large_is_an_estimate_and_says_so_everywhere() -> None:
    weights = {
        "outside": Fraction(1, 3),
        "bound": Fraction(1, 2),
        'lir.attack="any author"': Fraction(1, 4),
        'lir.attack="external author"': Fraction(3, 4),
    }
    exact, estimated = (answer(asked=Asked(weights=weights, budget=budget)) for budget in (1 << 18, 2))
    pairs = [
        (one, other)
        for one, other in zip(exact.findings, estimated.findings, strict=True)
        if isinstance(other.chance, Estimate)
    ]
    assert pairs
    for one, other in pairs:
        assert isinstance(one.chance, Fraction)
        assert isinstance(other.chance, Estimate)
        assert other.chance.low <= one.chance <= other.chance.high
    made = carried(to_json(estimated))
    assert mistakes(made) == []
    told = [finding["chance"] for finding in made["findings"] if finding["chance"]["estimate"]]
    assert all(chance["exact"] is None and chance["why_not"] for chance in told)
    assert {chance["estimate"]["seed"] for chance in told} == {1}
    shown = " ".join(show_assessment(estimated, width=100).split())
    assert re.search(r"about 0\.\d\d \(95 % interval 0\.\d{3}–0\.\d{3}, sampled, seed 1\)", shown)
    assert "sampled" not in show_assessment(exact, width=100)
