"""A deed is written in one way, and read strictly, whoever sent it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.council.deed import KINDS, Deed, Kind, read
from foedus.council.ledger.canonical import canonical, is_canonical
from foedus.council.mandate import FORCES, Mandate, Task
from foedus.diagnostics.catalogue import title_of
from foedus.diagnostics.problem import Refused
from foedus.ir.decision import STATUSES

NAMES = st.text("abcXYZ019 _-é", min_size=1, max_size=12).map(str.strip).filter(bool)
KEYS = st.text("abcXYZ019_-", min_size=1, max_size=8)
TEXTS = st.text("abc é\n.", min_size=1, max_size=20).filter(lambda text: bool(text.strip()))
INSTANTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)).map(lambda when: when.replace(tzinfo=UTC))  # noqa: DTZ001
NUMBERS = st.integers(0, 2**53 - 1)
MANDATES = st.builds(
    Mandate,
    tasks=st.lists(st.builds(Task, NAMES, st.sampled_from(FORCES), NAMES), max_size=2).map(tuple),
    ceiling=st.none() | NUMBERS,
    ceilings=st.dictionaries(KEYS, NUMBERS, max_size=2),
    since=st.none() | INSTANTS.map(lambda when: when.replace(microsecond=0)),
    until=st.none() | INSTANTS.map(lambda when: when.replace(microsecond=0)),
    report_hours=st.none() | st.integers(1, 1000),
    regions=st.lists(NAMES, max_size=2).map(tuple),
)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "terms": st.dictionaries(KEYS, NAMES, min_size=1, max_size=3), "parts": st.dictionaries(KEYS, TEXTS, min_size=1),
    "hours": st.dictionaries(KEYS, NUMBERS, min_size=1, max_size=2), "way": NUMBERS, "number": NUMBERS,
    "entry": NUMBERS, "until": INSTANTS, "status": st.sampled_from(STATUSES), "mandate": MANDATES,
    "seat": st.sampled_from(["away", "suspended"]), "text": TEXTS,
}  # fmt: skip


@st.composite
def deeds(draw: st.DrawFn) -> Deed:
    """Any deed of a good shape."""
    kind: Kind = draw(st.sampled_from(get_args(Kind)))
    required, optional = KINDS[kind]
    names = (*required, *(name for name in optional if draw(st.booleans())))
    return Deed(kind, draw(NAMES), draw(INSTANTS), **{name: draw(FIELDS.get(name, NAMES)) for name in names})


@given(deeds())
def test_what_is_written_is_read(deed: Deed) -> None:
    line = canonical(deed.body())
    found = is_canonical(line)
    assert found is not None
    assert read(found) == deed
    assert canonical(read(found).body()) == line


@given(deeds(), st.data())
def test_a_field_too_many_or_too_few_is_refused(deed: Deed, data: st.DataObject) -> None:
    body = dict(deed.body())
    needed = ("kind", "by", "at", *KINDS[deed.kind][0])
    gone = data.draw(st.sampled_from(needed))
    others = sorted(
        {name for each in KINDS.values() for part in each for name in part}
        - body.keys()
        - set(KINDS[deed.kind][1])
    )
    for wrong in (
        {name: value for name, value in body.items() if name != gone},
        {**body, data.draw(st.sampled_from(others)): "x"},
        {**body, "extra": 1},
    ):
        with pytest.raises(Refused) as told:
            read(wrong)
        assert told.value.problems[0].code == "F656"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.binary(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(deeds(), st.data())
def test_hostile_values_are_refused_or_read_as_what_they_are(deed: Deed, data: st.DataObject) -> None:
    body: dict[str, object] = dict(deed.body())
    body[data.draw(st.sampled_from(sorted(body)))] = data.draw(VALUES)
    try:
        found = read(body)
    except Refused as told:
        assert [problem.code for problem in told.problems] == ["F656"]
        assert title_of(told.problems[0])
    else:
        assert dict(found.body()) == body


GOOD: dict[str, Any] = {
    "kind": "vote",
    "by": "ARV",
    "at": "2031-03-04T12:00:00Z",
    "ballot": "b1",
    "status": "for",
}


@pytest.mark.parametrize(
    "change",
    [
        {"at": "2031-03-04T12:00:00"}, {"at": "2031-03-04T12:00:00+00:00"}, {"at": "2031-03-04T12:00:00.5Z"},
        {"at": "2031-02-30T12:00:00Z"}, {"at": "2031-03-04 12:00:00Z"}, {"at": 1930392000},
        {"at": "２031-03-04T12:00:00Z"},
        {"by": ""}, {"by": " ARV"}, {"by": "AR\nV"}, {"by": "A" * 201}, {"by": "\u202eVRA"}, {"by": "\x00"},
        {"by": None},
        {"status": "yes"}, {"status": ["for"]}, {"kind": "veto"}, {"kind": None}, {"kind": ["vote"]}, {"ballot": 1},
        {"ballot": True}, {"text": ""}, {"text": "x" * 20_001}, {"text": "\ud800"},
    ],
)  # fmt: skip
def test_no_deed(change: dict[str, object]) -> None:
    read(GOOD)
    with pytest.raises(Refused) as told:
        read({**GOOD, **change})
    assert told.value.problems[0].code == "F656"


@pytest.mark.parametrize(
    "mandate",
    [
        {"ceiling": -1}, {"ceiling": True}, {"ceiling": 1.5}, {"ceiling": 2**53}, {"tasks": "guard"},
        {"tasks": [{"what": "guard"}]}, {"tasks": [{"what": "guard", "force": "shall"}]},
        {"tasks": [{"what": "guard", "force": "may", "when": "now"}]}, {"ceilings": {"é": 1}},
        {"ceilings": {"BOR": "1"}},
        {"ceilings": {}}, {"tasks": []}, {"ceiling": None},
        {"until": "tomorrow"}, {"report_hours": 0}, {"regions": [1]}, {"regions": ["a"] * 501}, {"reports": 1},
        [], "all",
    ],
)  # fmt: skip
def test_no_mandate(mandate: object) -> None:
    body = {
        "kind": "propose",
        "by": "ARV",
        "at": "2031-03-04T12:00:00Z",
        "step": "decide",
        "mandate": mandate,
    }
    with pytest.raises(Refused) as told:
        read(body)
    assert told.value.problems[0].code == "F656"


@pytest.mark.parametrize("body", [None, [], "vote", 1, b"{}", [GOOD]])
def test_no_object(body: object) -> None:
    with pytest.raises(Refused):
        read(body)


def test_nothing_said_is_not_written() -> None:
    body = {"kind": "step", "by": "ARV", "at": "2031-03-04T12:00:00Z", "step": "ask"}
    assert read(body).terms == {}
    with pytest.raises(Refused):
        read({**body, "terms": {}})


def test_an_instant_is_in_utc_and_of_whole_seconds() -> None:
    there = timezone(timedelta(hours=5))
    deed = Deed("close", "chair", datetime(2031, 3, 4, 17, 0, 0, 999_999, there), ballot="b1")
    assert deed.at == datetime(2031, 3, 4, 12, tzinfo=UTC)
    with pytest.raises(ValueError, match="aware"):
        Deed("close", "chair", datetime(2031, 3, 4), ballot="b1")  # noqa: DTZ001
