"""Pages from disk, in whatever encoding they were saved."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

import pytest

from foedus.diagnostics.problem import Refused
from foedus.diagnostics.reading import LIMIT, read_page

PROSE = """# Договор Лира

Стороны обязуются оказывать друг другу необходимую помощь, включая военную, если на одну из них
совершено нападение. Решение принимает Совет по просьбе пострадавшей стороны.

```foedus
parties
  ARV, BOR from 2001-01-01
```
"""


def _write(folder: Path, raw: bytes, name: str = "lir.md") -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


def _refusal(path: Path) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        read_page(path)
    (problem,) = refused.value.problems
    return problem.code, str(dict(problem.values))


@pytest.mark.parametrize(
    "raw",
    [
        PROSE.encode(),
        codecs.BOM_UTF8 + PROSE.encode(),
        PROSE.encode("utf-16"),
        codecs.BOM_UTF16_BE + PROSE.encode("utf-16-be"),
        PROSE.encode("utf-32"),
        PROSE.replace("\n", "\r\n").encode(),
        PROSE.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "utf-8 mark", "utf-16", "utf-16 big", "utf-32", "crlf", "cr"],
)
def test_what_is_certain_is_read_without_warning(tmp_path: Path, raw: bytes) -> None:
    assert read_page(_write(tmp_path, raw)) == (PROSE, ())


@pytest.mark.parametrize(("codec", "name"), [("cp1251", "Windows-1251"), ("koi8_r", "KOI8-R")])
def test_an_old_encoding_is_guessed_with_a_warning(tmp_path: Path, codec: str, name: str) -> None:
    text, (warning,) = read_page(_write(tmp_path, PROSE.encode(codec)))
    assert text == PROSE
    assert (warning.code, warning.values["encoding"]) == ("F005", name)


LATIN = [
    ("cp1252", "Le conseil a décidé d’envoyer des forces à la frontière, où l’été fut très chaud."),
    ("cp1252", "Der Rat hat über die Entsendung von Kräften für die Länder beschlossen, heißt es."),
    ("cp1252", "El consejo decidió enviar fuerzas a la región, según el señor Peña; ¿qué hará mañana?"),
    ("cp1252", "The council’s “decision” was taken on Monday — in haste."),
    ("cp1250", "Rada rozhodla, že vyšle síly k hranici, kde bylo příliš horké léto, řekl předseda."),
    (
        "cp1250",
        "Rada zdecydowała, że wyśle siły na granicę, gdzie było zbyt gorące lato; rzekł też, że się uda.",
    ),
    ("cp1254", "Konsey, sınıra güç göndermeye karar verdi; yazın çok sıcak geçtiği söylendi, dedi Bağcı."),
]


@pytest.mark.parametrize(("codec", "text"), LATIN, ids=range(len(LATIN)))
def test_latin_letters_are_guessed_by_the_languages_that_have_them(
    tmp_path: Path, codec: str, text: str
) -> None:
    assert read_page(_write(tmp_path, f"{text}\n".encode(codec) * 3))[0] == f"{text}\n" * 3


def test_a_long_page_in_letters_of_two_bytes_is_guessed_from_whole_lines(tmp_path: Path) -> None:
    prose = "各缔约方承诺相互提供必要的援助，包括军事援助。理事会应受害方的请求作出决定。\n" * 5_000
    text, (warning,) = read_page(_write(tmp_path, prose.encode("gb18030")))
    assert (text, warning.values["encoding"]) == (prose, "GB 18030")


REFUSED = [
    ("nothing", b"", "F002"),
    ("blank", b" \n\r\n", "F002"),
    ("only a mark", codecs.BOM_UTF8, "F002"),
    ("zeros", b"parties\0ARV", "F003"),
    ("zeros, not utf-8", b"\xff\x00\xfa\x00", "F003"),
    ("pdf", b"%PDF-1.7 parties", "F003"),
    ("word", b"PK\x03\x04 parties", "F003"),
    ("broken utf-16", codecs.BOM_UTF16_LE + b"\x00\xd8a", "F004"),
    ("too large", b"x" * (LIMIT + 1), "F006"),
]


@pytest.mark.parametrize(("raw", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_not_a_page_is_refused(tmp_path: Path, raw: bytes, code: str) -> None:
    assert _refusal(_write(tmp_path, raw))[0] == code


def test_a_page_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    assert len(read_page(_write(tmp_path, b"x" * LIMIT))[0]) == LIMIT


def test_a_missing_file_names_its_neighbour(tmp_path: Path) -> None:
    _write(tmp_path, b"parties", "lir.md")
    code, values = _refusal(tmp_path / "lyr.md")
    assert code == "F001"
    assert "lir.md`?" in values


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert _refusal(tmp_path)[0] == "F007"
    assert _refusal(tmp_path / "pipe")[0] == "F008"
    assert _refusal(tmp_path / "a\0b")[0] == "F008"
    assert _refusal(tmp_path / ("n" * 5_000))[0] == "F008"
    assert _refusal(_write(tmp_path, b"parties") / "within")[0] == "F001"
