"""An answer in Python is the answer of the command line, asked and told in another way."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import foedus
from foedus.report.json import to_json
from tests.cli.program import foedus as command
from tests.notebook.raid import ANSWERS, PAGES, RAID, dossier, kazakhstan, raid

KAZ = "kazakhstan-2022"


def test_it_is_the_answer_of_the_command_line() -> None:
    done = command("assess", KAZ, "--on", "2022-01-06", "--suppose", "directed=no", "--json")
    answer = foedus.assess(KAZ, on=date(2022, 1, 6), suppose={"directed": False})
    assert json.loads(json.dumps(answer.to_json())) == json.loads(done.out)
    assert str(kazakhstan()) == command("assess", KAZ, COLUMNS="100").out.rstrip()
    assert (
        str(kazakhstan().why("cst.assist"))
        == command("assess", KAZ, "--why", "cst.assist", COLUMNS="100").out.rstrip()
    )


@pytest.mark.parametrize(
    ("args", "put"),
    [
        (("--known-by", "2022-01-05"), {"known_by": "2022-01-05"}),
        (("--reading", "cst.aggression=any author"), {"reading": {"cst.aggression": "any author"}}),
        (("--only", "cst.assist", "--only", "pko"), {"only": ["cst.assist", "pko"]}),
        (("--suppose", "B=no"), {"suppose": {"B": "no"}}),
        (("--suppose", "when sent_tjk=2022-01-07"), {"suppose": {"when sent_tjk": date(2022, 1, 7)}}),
    ],
)
def test_every_option_has_its_argument(args: tuple[str, ...], put: dict[str, object]) -> None:
    done = command("assess", KAZ, *args, "--json")
    answer = foedus.assess(KAZ, **put)  # pyright: ignore[reportArgumentType]
    assert json.loads(json.dumps(answer.to_json())) == json.loads(done.out)


MISTAKES = {
    "no such dossier": (("assess", "kazakstan-2022"), lambda: foedus.assess("kazakstan-2022")),
    "no such page": (("assess", "none.md"), lambda: foedus.assess(Path("none.md"))),
    "no such id": (
        ("assess", KAZ, "--suppose", "directd=no"),
        lambda: foedus.assess(KAZ, suppose={"directd": "no"}),
    ),
    "no such value": (
        ("assess", KAZ, "--suppose", "directed=perhaps"),
        lambda: kazakhstan().suppose(directed="perhaps"),
    ),
    "a contradiction": (
        ("assess", KAZ, "--suppose", "directed=no", "--reading", "directed=yes"),
        lambda: foedus.assess(KAZ, suppose={"directed": "no"}, reading={"directed": "yes"}),
    ),
    "no such norm": (("assess", KAZ, "--only", "cst.asist"), lambda: foedus.assess(KAZ, only="cst.asist")),
    "no grounds": (("assess", KAZ, "--why", "cst.asist"), lambda: kazakhstan().why("cst.asist")),
    "no pages": (("assess", KAZ, "--treaties", "none"), lambda: foedus.assess(KAZ, treaties="none")),
    "not to be checked": (("check", "none.md"), lambda: foedus.check("none.md")),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_in_the_same_words(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    args, ask = MISTAKES[name]
    try:
        told = repr(ask())  # `check` lists what `foedus check` prints
    except foedus.Refused as refused:
        told = str(refused)
        assert refused.problems
    done = command(*args, cwd=tmp_path, COLUMNS="100")
    assert done.status == 2
    assert told.split("\n\n")[0].rstrip() == done.err.split("\n\n")[0].removesuffix("1 error\n").rstrip()


@pytest.mark.parametrize(
    ("put", "code", "says"),
    [
        ({"on": "2022-01"}, "F502", 'Write a day: on="2022-01-01".'),
        ({"known_by": "2022-01-05/2022-01-08"}, "F502", 'known_by="2022-01-05"'),
        ({"on": 2022}, "F553", 'on="2022-01-06"'),
        ({"on": "6 January"}, "F110", ""),
        ({"suppose": "directed=no"}, "F553", 'suppose={"directed": "no"}'),
        ({"suppose": {"directed": 0}}, "F553", "`suppose` cannot be {'directed': 0}"),
        ({"reading": [("cst.aggression", "any author")]}, "F553", "reading="),
        ({"only": 4}, "F553", "only="),
        ({"weights": 0.5}, "F553", "weights="),
        ({"weights": {"directed": 2}}, "F506", "between 0 and 1"),
        ({"weights": {"directed": None}}, "F506", "1/3"),
        ({"weights": {"cst.aggression": {"any author": "1/2"}}}, "F506", "sum to 1"),
        ({"weights": "none.toml"}, "F001", "none.toml"),
    ],
)
def test_an_argument_of_another_kind_is_told(put: dict[str, object], code: str, says: str) -> None:
    with pytest.raises(foedus.Refused) as refused:
        foedus.assess(dossier(), **put)  # pyright: ignore[reportArgumentType]
    assert refused.value.problems[0].code == code
    assert says in str(refused.value)


def test_a_dossier_with_mistakes_is_told_with_its_lines(tmp_path: Path) -> None:
    page = tmp_path / "slip.md"
    page.write_text(RAID.read_text(encoding="utf-8").replace("grave(a1)", "grav(a1)"), encoding="utf-8")
    with pytest.raises(foedus.Refused) as refused:
        foedus.load(page, treaties=PAGES)
    assert "grav(a1)" in str(refused.value)
    assert "^^^^" in str(refused.value)
    found = foedus.check(page, treaties=PAGES)
    assert [problem.code for problem in found] == [problem.code for problem in refused.value.problems]


def test_weights_are_exact() -> None:
    chances = {
        "directed": 0.1,
        "binding": Fraction(1, 3),
        "cst.aggression": {"any author": Decimal("0.2"), "external author": "4/5"},
    }
    finding = foedus.assess(KAZ, weights=chances).findings["cst.assist"]
    assert finding.chance == Fraction(1, 3) * (Fraction(1, 5) + Fraction(4, 5) * Fraction(1, 10))


def test_a_datetime_is_its_day() -> None:
    assert foedus.assess(dossier(), on=datetime(2020, 3, 20, 23, 59)).on == date(2020, 3, 20)  # noqa: DTZ001


@pytest.mark.parametrize("name", ANSWERS)
def test_to_suppose_a_position_gives_what_follows_on_it(name: str) -> None:
    answer = ANSWERS[name]()
    assert answer.positions
    for position in answer.positions:
        supposed = answer.suppose(position)
        assert dict(position.verdicts) == {f.id: f.verdict for f in supposed.findings}


def test_suppositions_add_up_and_a_later_one_replaces() -> None:
    answer = kazakhstan()
    once = answer.suppose(directed="no").suppose({"cst.aggression": "external author"})
    assert dict(once.supposed) == {"directed": "no", "cst.aggression": "external author"}
    assert once.findings["cst.assist"].verdict == "does not arise"
    twice = once.suppose(directed=True)
    assert twice.findings["cst.assist"].turns_on == ("binding",)
    assert answer.supposed == {}


def test_letters_are_those_of_the_answer_that_is_asked() -> None:
    first = kazakhstan()
    second = first.suppose(A="any author")
    assert first.questions["B"].id == "directed"
    assert second.questions["A"].id == "binding"
    assert dict(second.suppose(A="no").supposed) == {"cst.aggression": "any author", "binding": "no"}


def test_what_moved_names_what_moved() -> None:
    moved = kazakhstan().suppose(listed_kgz="no").moved
    assert moved
    assert [(m.norm.id, m.bearers) for m in moved.moved] == [("cst.report", ("KGZ",))]
    assert kazakhstan().moved is None


def test_a_finding_is_asked_for_by_id_or_norm() -> None:
    findings = kazakhstan().findings
    assert findings["cst.assist"] is findings["cst.assist@2010:ARM,BLR,KGZ,RUS,TJK>KAZ"]
    assert len(findings.called("cst.report")) == 5
    assert [f.norm for f in findings[:2]] == ["cst.consult", "cst.avert"]
    assert "cst.assist" in findings
    assert "cst.asist" not in findings
    for name, code in (("cst.report", "F555"), ("cst.asist", "F510"), ("?", "F510")):
        with pytest.raises(foedus.Refused) as refused:
            _ = findings[name]
        assert refused.value.problems[0].code == code


@pytest.mark.parametrize("name", ANSWERS)
def test_what_objects_say_is_what_the_answer_holds(name: str) -> None:
    answer = ANSWERS[name]()
    plain = to_json(answer.assessment)
    for finding, said in zip(answer.findings, plain["findings"], strict=True):
        view = said["views"]["granting"]
        assert (finding.id, finding.verdict, list(finding.turns_on)) == (
            said["id"],
            view["word"],
            view["turns_on"],
        )
        assert finding.on_facts == said["views"]["on_facts"]["word"]
        for ours, theirs in ((finding.holds_if, view["holds_if"]), (finding.fails_if, view["fails_if"])):
            assert [sorted(each.values()) for each in ours] == [
                sorted(s["answer"] for s in each) for each in theirs["sets"]
            ]
    for question, said in zip(answer.questions, plain["questions"], strict=True):
        assert (question.id, question.letter, question.standing) == (
            said["id"],
            said["letter"],
            said["standing"],
        )


def test_two_dossiers_can_be_compared() -> None:
    moved = foedus.compare("kyrgyzstan-2010", kazakhstan())
    assert str(moved) == command("compare", "kyrgyzstan-2010", KAZ, COLUMNS="100").out.rstrip()
    assert not foedus.compare(raid(), raid())


def test_the_forms_are_those_of_the_command_line(tmp_path: Path) -> None:
    forms = {"html": "to_html", "md": "to_markdown", "bibtex": "to_bibtex"}
    files = [part for form in forms for part in (f"--{form}", str(tmp_path / form))]
    assert command("assess", KAZ, *files).status == 0
    for form, method in forms.items():
        assert getattr(kazakhstan(), method)() == (tmp_path / form).read_text(encoding="utf-8")
    assert kazakhstan().to_docx().startswith(b"PK")
    assert kazakhstan().assessment.digests["cst"][:12] in kazakhstan().cite()
