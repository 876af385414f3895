"""What is said, in which language, and what happens where a language lacks it."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.diagnostics.span import NOWHERE
from foedus.terms.states import with_article
from foedus.terms.time import in_words, parse_date
from foedus.words.speech import (
    Phrase,
    aloud,
    language,
    languages,
    phrase,
    plural,
    say,
    say_in,
    speaking,
    spoken,
)

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


@pytest.fixture
def further(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FOEDUS_CATALOGUES", str(tmp_path))
    return tmp_path


def test_a_fourth_language_is_one_file(further: Path) -> None:
    (further / "xx.po").write_text(HEADER + 'msgid "arises"\nmsgstr "ortu"\n', encoding="utf-8")
    assert languages() == ("en", "fr", "ru", "xx")
    with speaking("xx"):
        assert (language(), say("arises"), say("does not arise")) == ("xx", "ortu", "does not arise")
        assert plural("{n} document", "{n} documents", 2) == "2 documents"
    assert (language(), say("arises")) == ("en", "arises")


def test_an_own_catalogue_goes_before_the_shipped(further: Path) -> None:
    (further / "fr.po").write_text(HEADER + 'msgid "arises"\nmsgstr "existe"\n', encoding="utf-8")
    with speaking("fr"):
        assert say("arises") == "existe"


@pytest.mark.parametrize(
    "text",
    [
        b'msgid "arises"\nmsgstring "x"\n',
        b"\xff\xfe\x00",
        HEADER.encode()[:-1] + b'\n"Plural-Forms: nplurals=2; plural=n**n;\\n"\nmsgid "a"\nmsgstr "b"\n',
    ],
    ids=["a slip in a keyword", "no UTF-8", "a plural that is no rule"],
)
def test_a_catalogue_that_cannot_be_read_says_so(further: Path, text: bytes) -> None:
    (further / "xx.po").write_bytes(text)
    with pytest.raises(ValueError, match=r"xx\.po: "), speaking("xx"):
        pass
    assert language() == "en"


def test_a_translation_that_asks_for_what_there_is_not_is_not_used(further: Path) -> None:
    (further / "xx.po").write_text(HEADER + 'msgid "owed by {who}"\nmsgstr "{whom}"\n', encoding="utf-8")
    with speaking("xx"):
        assert say("owed by {who}", who="ARV") == "owed by ARV"


def test_what_is_doubtful_or_obsolete_is_not_said(further: Path) -> None:
    text = '#, fuzzy\nmsgid "arises"\nmsgstr "x"\n\n#~ msgid "depends"\n#~ msgstr "y"\n'
    (further / "xx.po").write_text(HEADER + "\n" + text, encoding="utf-8")
    with speaking("xx"):
        assert (say("arises"), say("depends")) == ("arises", "depends")


def test_no_such_language() -> None:
    with pytest.raises(ValueError, match="known: en, fr, ru"), speaking("tlh"):
        pass


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("ru", ["0 документов", "1 документ", "2 документа", "5 документов", "11 документов", "21 документ"]),
        ("fr", ["0 document", "1 document", "2 documents", "5 documents", "11 documents", "21 documents"]),
    ],
)
def test_each_language_counts_in_its_own_way(code: str, said: list[str]) -> None:
    with speaking(code):
        assert [plural("{n} document", "{n} documents", n) for n in (0, 1, 2, 5, 11, 21)] == said


@pytest.mark.parametrize(
    ("written", "ru", "fr"),
    [
        ("2022-01-01", "1 января 2022 г.", "1er janvier 2022"),
        ("[2022-01-05,2022-01-06]", "5 или 6 января 2022 г.", "5 ou 6 janvier 2022"),
        ("2022-01-05/2022-01-08", "5 — 8 января 2022 г.", "5 – 8 janvier 2022"),
        ("2022-03", "март 2022 г.", "mars 2022"),
        ("2022-01-05~", "приблизительно 5 января 2022 г.", "vers 5 janvier 2022"),
        ("[2022-01-05..]", "5 января 2022 г. или позже", "5 janvier 2022 ou après"),
        ("1991", "1991 г.", "1991"),
    ],
)
def test_days_in_words(written: str, ru: str, fr: str) -> None:
    day = in_words(parse_date(written, NOWHERE))
    for code, said in (("ru", ru), ("fr", fr)):
        with speaking(code):
            assert aloud(day) == said


def test_a_phrase_is_english_until_it_is_said() -> None:
    found = phrase("{what}: none listed", what="{a raid}")
    with speaking("ru"):
        assert found == "{a raid}: none listed"
        assert say("whether {what}", what=found) == "так ли это: «{a raid}»: такого в деле не указано"
        assert aloud(phrase("ended {day}", day=in_words(parse_date("2022-01-05", NOWHERE)))) == (
            "прекращено: 5 января 2022 г."
        )
        assert aloud(with_article("RUS")) == "Российская Федерация"
    assert aloud(found) == found


def test_a_phrase_can_be_stored() -> None:
    found = pickle.loads(pickle.dumps(phrase("owed by {who}", who="ARV")))  # noqa: S301  our own, just written
    assert isinstance(found, Phrase)
    assert found == "owed by ARV"


@given(st.text(), st.text())
def test_nothing_that_fills_a_template_is_looked_into(one: str, other: str) -> None:
    with speaking("ru"):
        assert say("{before} and {last}", before=one, last=other) == f"{one} и {other}"
        assert aloud(one) == one


def test_one_word_in_two_places() -> None:
    with speaking("ru"):
        assert say_in("month after a day", "May") == "мая"
        assert say_in("month named alone", "May") == "май"


def test_words_for_a_script() -> None:
    with speaking("fr"):
        assert spoken(["depends on {letters}", "nothing of ours"]) == {
            "depends on {letters}": "dépend de {letters}",
            "nothing of ours": "nothing of ours",
        }


def test_english_reads_no_catalogue() -> None:
    """Reading one takes longer than many an answer."""
    program = (
        "import sys; import foedus.cli.assess, foedus.cli.compare; "
        "from foedus.words.speech import say, speaking; say('arises'); "
        "print('polib' in sys.modules); speaking('ru').__enter__(); print('polib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
