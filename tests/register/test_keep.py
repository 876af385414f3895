"""What is kept is never stale, and nothing depends on its being kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from foedus.diagnostics.cache import KEPT
from foedus.diagnostics.problem import Refused
from foedus.register import keep
from foedus.register.keep import as_plain, register

PAGE = """# Pact

```foedus
state ARV "Arvia", BOR "Bor"
instrument pact "Pact of the Reeds"
  in force 2001-01-01
parties
  ARV, BOR from 2001-01-01
duty help "help whoever is attacked"
  class all-means
  owed by each other party d to v
  when force(_, v) as a
```
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path / "cache"))
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "pact.md").write_text(PAGE, encoding="utf-8")
    return pages


def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts how often a register is drawn up."""
    from foedus.register import draw

    times: list[int] = []
    real = draw.draw_up
    monkeypatch.setattr(draw, "draw_up", lambda treaties: (times.append(1), real(treaties))[1])
    return times


def test_kept_and_found_again_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    times = drawn(monkeypatch)
    first, second = register(folder), register(folder)
    assert len(times) == 1
    assert first == second
    assert second.by_id["pact"].title == "Pact of the Reeds"


def test_a_changed_page_is_read_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register(folder)
    page = folder / "pact.md"
    page.write_text(PAGE.replace("Reeds", "Rushes"), encoding="utf-8")
    assert register(folder).by_id["pact"].title == "Pact of the Rushes"
    page.write_text(PAGE, encoding="utf-8")
    times = drawn(monkeypatch)
    assert register(folder).by_id["pact"].title == "Pact of the Reeds"
    assert not times  # what was once drawn up for these very pages is found again


def test_changed_code_reads_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register(folder)
    times = drawn(monkeypatch)
    monkeypatch.setattr(keep, "code_of", lambda rooms: "other")
    register(folder)
    assert times


SPOILT = ("", "null", "[]", '{"key": 1}', '{"key": "x", "instruments": [{"id": 3}]}', "\x00")


def test_what_somebody_else_wrote_there_is_not_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from foedus.register import draw

    made = register(folder)
    monkeypatch.setattr(draw, "draw_up", lambda treaties: made.instruments)
    for spoilt in SPOILT:
        for path in (folder.parent / "cache").glob("*.json"):
            path.write_text(spoilt, encoding="utf-8")
        assert register(folder) == made


def test_where_nothing_can_be_kept_it_answers_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder.parent / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("FOEDUS_CACHE", str(folder.parent / "file" / "cache"))
    assert "pact" in register(folder).by_id
    monkeypatch.setenv("FOEDUS_CACHE", "off")
    assert "pact" in register(folder).by_id


def test_a_page_with_a_mistake_is_told(folder: Path) -> None:
    (folder / "pact.md").write_text(PAGE.replace("force(_, v)", "forse(_, v)"), encoding="utf-8")
    with pytest.raises(Refused) as told:
        register(folder)
    assert told.value.problems[0].code == "F201"


def test_few_are_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from foedus.register import draw

    monkeypatch.setattr(draw, "draw_up", lambda treaties: ())
    for number in range(KEPT + 3):
        (folder / "pact.md").write_text(PAGE.replace("Reeds", f"Reeds {number}"), encoding="utf-8")
        register(folder)
    assert len(list((folder.parent / "cache").glob("register-*.json"))) == KEPT


def test_the_records_are_plain(folder: Path) -> None:
    made = register(folder)
    assert json.loads(json.dumps(as_plain(made.instruments)))[0]["id"] == made.instruments[0].id


def test_a_treaty_that_is_not_there_is_told_with_the_nearest(folder: Path) -> None:
    with pytest.raises(Refused) as told:
        register(folder).find("packt")
    assert told.value.problems[0].help == "Did you mean `pact`?"
