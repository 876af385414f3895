"""`foedus new`: what it writes is read without a mistake, its examples too once they count, and nothing is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.assessment.assess import assess
from foedus.assessment.trial import run
from foedus.cli.new import KEPT, NAME, WORDS, named, titled
from foedus.diagnostics.problem import Refused
from foedus.lang.layout import format_page
from foedus.library import Library
from tests.cli.program import foedus

BLOCK = re.compile(r"^```record\n(.*?)^```", re.M | re.S)


def counting(page: str) -> str:
    """The page with its examples: every line of a record block that is a comment, without the dashes."""
    return BLOCK.sub(
        lambda block: re.sub(r"^( *)-- (?! )", r"\1", block[0], flags=re.M).replace("\n--  ", "\n "), page
    )


@pytest.fixture
def treaties(tmp_path: Path) -> Path:
    done = foedus("new", "treaty", "marsh", "--title", 'Pact of the "Marsh"', cwd=tmp_path)
    assert (done.status, done.err) == (0, "")
    assert "Written: treaties/marsh.md" in done.out
    return tmp_path / "treaties"


def test_a_new_treaty_is_read_laid_out_and_passes_its_trials(treaties: Path) -> None:
    text = (treaties / "marsh.md").read_text(encoding="utf-8")
    assert format_page(text) == text
    assert "@" not in text
    loaded = Library(treaties).load(["marsh"])
    assert loaded.problems == ()
    assert loaded.program.instruments["marsh"].title == "Pact of the “Marsh”"
    outcomes, problems = run(loaded.pages["marsh"], loaded.program)
    assert problems == ()
    assert [outcome.holds for outcome in outcomes] == [True] * 4


def test_what_to_do_next_can_be_done(tmp_path: Path, treaties: Path) -> None:
    said = foedus("new", "dossier", "a-b", "--treaty", "marsh", "--treaties", "treaties", cwd=tmp_path).out
    after = re.findall(r"^  foedus (.*)$", said, re.M)
    assert [line.split()[0] for line in after] == ["check", "assess"]
    for line in after:
        assert foedus(*line.split(), cwd=tmp_path).status == 0


EVERY = sorted(set(Library().pages) - {"vocabulary"})
SOME = sorted({*EVERY[::9], "cst", "csto", "charter", "pko", "saupak", "ukpol"})
"""Pages of every kind: with one norm and many, with texts, unread, general law, without a norm."""


@pytest.mark.parametrize("treaty", SOME)
@pytest.mark.parametrize("concerning", ["", "KAZ"])
def test_a_new_dossier_is_read_with_and_without_its_examples(
    treaty: str, concerning: str, tmp_path: Path
) -> None:
    about = ("--concerning", concerning) if concerning else ()
    page = foedus("new", "dossier", "sel", "--treaty", treaty, "--from", "2031-01-01", *about, "--stdout").out
    assert format_page(page) == page
    for name, text in (("empty", page), ("full", counting(page))):
        path = tmp_path / f"{name}.md"
        path.write_text(text, encoding="utf-8")
        loaded = Library().dossier(str(path))
        assert loaded.problems == (), text
        assert loaded.dossier is not None
        assert len(loaded.dossier.outcomes) == (name == "full")
        claims = len(loaded.dossier.record.claims)
        assert claims == (0 if name == "empty" else 5)
        if name == "full":
            assess(loaded.dossier, loaded.program)


def test_an_empty_dossier_says_so(tmp_path: Path) -> None:
    foedus(
        "new",
        "dossier",
        "sel",
        "--treaty",
        "dunkirk",
        "--concerning",
        "FRA",
        "--from",
        "1950-01-01",
        cwd=tmp_path,
    )
    done = foedus("assess", "sel", cwd=tmp_path)
    assert done.status == 0
    assert "Nobody on record says anything yet." in done.out
    assert "Nobody on record" not in foedus("assess", "kazakhstan-2022").out


REFUSED: dict[str, tuple[tuple[str, ...], str, str]] = {
    "a title for a name": (("treaty", "Pact of the Marsh"), "F535", "`pact-of-the-marsh`"),
    "a device": (("treaty", "nul"), "F535", "Windows"),
    "a word of the language": (("dossier", "not"), "F535", "word of the language"),
    "a path": (("dossier", "../sel"), "F535", "`sel`"),
    "a path of Windows": (("dossier", r"C:\sel"), "F535", "`c-sel`"),
    "no letter": (("dossier", "2031"), "F535", "begins with a letter"),
    "nothing": (("treaty", ""), "F535", "Choose another"),
    "a long name": (("treaty", "a" * 61), "F535", "60"),
    "a hidden sign": (("treaty", "a\u202eb"), "F535", "U+202E"),
    "what ships": (("treaty", "cst"), "F536", "copy it"),
    "a dossier that ships": (("dossier", "kazakhstan-2022"), "F536", "ships with Foedus"),
    "a title nobody sees": (("treaty", "marsh", "--title", "a\u202eb"), "F537", "cannot be seen"),
    "a title of a page": (("treaty", "marsh", "--title", "a " * 200), "F537", "too long"),
    "no such treaty": (("dossier", "sel", "--treaty", "cts"), "F508", "Did you mean `cst`?"),
    "no treaty but words": (("dossier", "sel", "--treaty", "vocabulary"), "F508", "vocabulary"),
    "no such state": (("dossier", "sel", "--concerning", "KASAKHSTAN"), "F202", "Did you mean `KAZ`?"),
    "a month": (("dossier", "sel", "--from", "2031-01"), "F502", "2031-01-01"),
    "an end before the beginning": (
        ("dossier", "sel", "--from", "2031-01-02", "--until", "2031-01-01"), "F112", "2031-01-02/2031-01-01",
    ),
    "a folder that is a file": (("treaty", "marsh", "--in", "file"), "F507", "file/marsh.md"),
}  # fmt: skip


@pytest.mark.parametrize(("args", "code", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused_and_nothing_is_written(
    args: tuple[str, ...], code: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    done = foedus("new", *args, cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert f"error {code}: " in done.err
    assert words in " ".join(done.err.split())
    assert "Traceback" not in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_nothing_is_written_over(tmp_path: Path, treaties: Path) -> None:
    (treaties / "marsh.md").write_text("mine", encoding="utf-8")
    (tmp_path / "sel").mkdir()
    (tmp_path / "dangling").symlink_to("nowhere")
    for args in (("treaty", "marsh"), ("dossier", "sel"), ("dossier", "dangling")):
        done = foedus("new", *args, cwd=tmp_path)
        assert (done.status, "F536" in done.err) == (2, True), done.said
    assert (treaties / "marsh.md").read_text(encoding="utf-8") == "mine"
    assert list((tmp_path / "sel").iterdir()) == []


@pytest.mark.parametrize("kind", ["dossier", "treaty"])
def test_the_last_day_of_the_calendar(kind: str, tmp_path: Path) -> None:
    done = foedus("new", kind, "sel", "--from", "9999-12-31", "--stdout")
    assert (done.status, done.err) == (0, "")
    (tmp_path / "sel.md").write_text(done.out, encoding="utf-8")
    assert foedus("check", "sel.md", cwd=tmp_path).status == 0


@given(st.text(min_size=1, max_size=300))
def test_any_title_is_refused_or_read(words: str) -> None:
    try:
        title = titled("marsh", words)
    except Refused as refused:
        assert refused.problems[0].code == "F537"
    else:
        assert '"' not in title
        assert title == " ".join(title.split())


@given(st.one_of(st.text(max_size=70), st.from_regex(NAME, fullmatch=True), st.sampled_from([*KEPT, *WORDS])))
def test_any_name_is_refused_or_fit_for_every_system(name: str) -> None:
    try:
        named(name, ())
    except Refused as refused:
        assert refused.problems[0].code == "F535"
    else:
        assert NAME.fullmatch(name)
        assert name not in KEPT | WORDS
