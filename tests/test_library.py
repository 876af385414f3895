"""Pages and dossiers on disk."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from foedus.assessment.assess import digests_of
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


def test_every_page_that_an_answer_rests_on_has_its_digest(tmp_path: Path) -> None:
    """A word of the vocabulary means something else: every instrument's page is the same, the answer is not."""
    made = Library().dossier("kyrgyzstan-2010")
    assert made.dossier is not None
    before = digests_of(made.dossier, made.program)
    assert set(before) == {*made.program.instruments, "vocabulary", "kyrgyzstan-2010"}
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in before.values())
    shipped = Path(str(files("foedus"))) / "treaties" / "vocabulary.md"
    text = shipped.read_text(encoding="utf-8")
    changed = text.replace("incident unrest(where: State)", "incident unrest(where: Actor)")
    assert changed != text
    (tmp_path / "vocabulary.md").write_text(changed, encoding="utf-8")
    other = Library(tmp_path).dossier("kyrgyzstan-2010")
    assert other.dossier is not None
    after = digests_of(other.dossier, other.program)
    assert {name for name in before if before[name] != after[name]} == {"vocabulary"}


def test_what_wrote_a_page_does_not_change_its_digest(tmp_path: Path) -> None:
    shipped = Path(str(files("foedus"))) / "treaties" / "fms.md"
    raw = shipped.read_bytes()
    known = Library().load(["fms"]).program.digests["fms"]
    for other in (raw.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + raw, raw.decode().encode("utf-16")):
        (tmp_path / "fms.md").write_bytes(other)
        assert Library(tmp_path).load(["fms"]).program.digests["fms"] == known
    (tmp_path / "fms.md").write_bytes(raw + b"\nOne remark more.\n")
    assert Library(tmp_path).load(["fms"]).program.digests["fms"] != known


def test_an_instrument_and_a_dossier_of_one_name_keep_their_digests(tmp_path: Path) -> None:
    made = Library().dossier("kyrgyzstan-2010")
    assert made.dossier is not None
    found = digests_of(replace(made.dossier, id="cst"), made.program)
    assert found["cst"] == made.dossier.digest
    assert found["cst.md"] == made.program.digests["cst"]
