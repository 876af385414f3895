"""Pages and dossiers on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.library import Library

GOOD = Path(__file__).parent / "good"

DOSSIER = """# A border

```record
dossier border "A border"
  on 2020-07-20
  concerning ARV
  assess lir
source letter "Letter to the Council"
  by ARV
fact a1 force(DUN, ARV) on 2020-07-12 "the shooting"
  asserts ARV [letter] "shots were fired"
```
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "dossier.md").write_text(DOSSIER, encoding="utf-8")
    (tmp_path / "documents").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("On that day\nShots  were\nfired at us.", [], id="set otherwise"),
        pytest.param("On that day nothing happened.", ["F425"], id="not there"),
    ],
)
def test_quotations_are_looked_up_where_the_text_is_at_hand(
    folder: Path, text: str, codes: list[str]
) -> None:
    (folder / "documents" / "letter.txt").write_text(text, encoding="utf-8")
    assert [p.code for p in Library(GOOD).dossier(str(folder)).problems] == codes


def test_documents_may_stay_elsewhere(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("texts")
    (elsewhere / "letter.txt").write_bytes("Ничего не было.".encode("cp1251"))
    assert [p.code for p in Library(GOOD, documents=elsewhere).dossier(str(folder)).problems] == ["F425"]


def test_an_amended_page_replaces_the_shipped_one(tmp_path: Path) -> None:
    shipped = Library().page("fms")[1]
    (tmp_path / "fms.md").write_text(shipped.replace("class unseen", "class consult"), encoding="utf-8")
    mine = Library(tmp_path).load(["fms"])
    assert not mine.errors
    assert mine.program.instruments["fms"].digest != Library().load(["fms"]).program.instruments["fms"].digest


def test_the_same_text_has_the_same_digest_whatever_its_line_ends(tmp_path: Path) -> None:
    shipped = Library().page("fms")[1]
    (tmp_path / "fms.md").write_bytes(shipped.replace("\n", "\r\n").encode())
    one, two = Library(tmp_path).load(["fms"]), Library().load(["fms"])
    assert one.program.instruments["fms"].digest == two.program.instruments["fms"].digest


def test_a_dossier_may_bring_its_own_treaty() -> None:
    loaded = Library().dossier(str(GOOD.parent.parent / "examples" / "border"))
    assert not loaded.problems
    assert [norm.id for norm in loaded.program.norms] == ["lir.assist"]
