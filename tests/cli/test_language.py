"""`--language`: the interface's words in the language asked for, from the option or the variable."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import foedus

KAZ = ("assess", "kazakhstan-2022", "--only", "cst.assist")


@pytest.mark.parametrize(
    ("code", "words"),
    [("ru", "обязательство «give the necessary help"), ("fr", "obligation « give the necessary help")],
)
def test_the_option_and_the_variable_say_the_same(code: str, words: str) -> None:
    done = foedus(*KAZ, "--language", code)
    assert (done.status, done.err) == (0, "")
    assert words in " ".join(done.out.split())
    assert done.out == foedus(*KAZ, FOEDUS_LANGUAGE=code).out


def test_the_option_goes_before_the_variable() -> None:
    assert foedus(*KAZ, "--language", "en", FOEDUS_LANGUAGE="ru").out == foedus(*KAZ).out
    assert foedus(*KAZ, FOEDUS_LANGUAGE="").out == foedus(*KAZ).out


def test_an_output_without_such_letters_gets_question_marks_and_no_traceback() -> None:
    done = foedus(*KAZ, "--language", "ru", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.status, "Traceback" in done.said) == (0, False)
    assert "give the necessary help" in " ".join(done.out.split())


def test_the_grounds_and_a_comparison_too() -> None:
    grounds = foedus(*KAZ, "--why", "cst.assist", "--language", "ru").out
    assert "Факты и оценки, источник за источником" in grounds
    moved = foedus("compare", "kyrgyzstan-2010", "kazakhstan-2022", FOEDUS_LANGUAGE="fr").out
    assert "en raison de l’état des faits" in moved


def test_a_program_reads_english() -> None:
    assert foedus(*KAZ, "--json", "--language", "ru").out == foedus(*KAZ, "--json").out


def test_the_help_names_the_languages_that_ship() -> None:
    from foedus.words.speech import languages

    assert f"language: {', '.join(languages())}." in " ".join(foedus("assess", "--help").out.split())


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [("yy", None, "F550"), ("xx", b"\xff\xfe", "F551"), ("xx", b'msgstring "x"\n', "F551")],
)
def test_a_language_that_cannot_be_spoken(name: str, text: bytes | None, code: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / f"{name}.po").write_bytes(text)
    done = foedus(*KAZ, "--language", name, FOEDUS_CATALOGUES=str(tmp_path))
    assert (done.status, done.out) == (2, "")
    assert f"error {code}: " in done.err
    assert "Traceback" not in done.err
