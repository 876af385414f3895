"""Mistakes as one types: they are those of `foedus check`, stand where it puts them, and go when they are mended."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from lsprotocol import types

from foedus.assessment.check import check
from foedus.diagnostics.catalogue import PAGES, title_of
from tests.cli.program import ROOT
from tests.lsp.editor import Editor, at

BAD = sorted(p for p in (ROOT / "tests" / "bad").glob("F*.md") if not p.name.endswith(".with.md"))
GOOD = sorted((ROOT / "tests" / "good").glob("*.md"))

LIR = """# Compact of Lir

```foedus
instrument lir "Compact of Lir"
  in force 2001-01-01
parties
  ARV, BOR from 2001-01-01
state ARV "Arvia", BOR "Bor", DUN "Dunia"
duty assist "come to the aid"
  class necessary-help
  owed by each other party to victim
  when force(_, victim) as a and grave(a)
```
"""


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    with Editor() as running:
        yield running
    assert running.errors == ""


LEFT_ALONE = ("F012",)
"""Pages without any block: `check` was asked for them, and an editor opens other Markdown too."""


def checked(path: Path) -> list[tuple[str, int, str]]:
    """What `foedus check` finds on a page: code, line, title."""
    problems, _, _ = check((str(path),), None)
    return sorted((p.code, max(p.place.line, 1), title_of(p)) for p in problems if p.place.page == str(path))


def test_a_mistake_appears_and_goes_when_it_is_mended(editor: Editor, tmp_path: Path) -> None:
    page = tmp_path / "lir.md"
    page.write_text(LIR, encoding="utf-8")
    uri = editor.open(page)
    assert editor.told(uri) == []
    editor.change(uri, LIR.replace("force(_", "forse(_"))
    (found,) = editor.told(uri)
    assert (found.code, found.severity, found.source) == ("F201", types.DiagnosticSeverity.Error, "foedus")
    assert "nothing is called `forse`" in found.message
    assert "perhaps `force`?" in found.message
    assert "Declare the word" in found.message
    line, character = at(LIR, "force(_")
    assert found.range == types.Range(types.Position(line, character), types.Position(line, character + 5))
    assert found.code_description is not None
    assert found.code_description.href == (PAGES / "F201.md").as_uri()
    editor.change(uri, LIR)
    assert editor.told(uri) == []
    assert page.read_text(encoding="utf-8") == LIR


def test_a_warning_is_one(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open(
        tmp_path / "lir.md", LIR.replace("grave(a)", "grave(a) and request(by: victim, about: a, to: vicdim)")
    )
    (found,) = editor.told(uri)
    assert (found.code, found.severity) == ("F214", types.DiagnosticSeverity.Warning)


def test_further_places_are_told(editor: Editor, tmp_path: Path) -> None:
    twice = LIR.replace(
        "duty assist", 'duty assist "x"\n  class none\n  owed by each party d\n  when always\nduty assist', 1
    )
    uri = editor.open(tmp_path / "lir.md", twice)
    (found,) = [one for one in editor.told(uri) if one.code == "F213"]
    (first,) = found.related_information or []
    assert first.location.uri == uri
    assert first.location.range.start.line == at(twice, 'duty assist "x"')[0]
    assert first.message == "declared here first"


@pytest.mark.parametrize("page", [p for p in BAD if p.name[:4] not in LEFT_ALONE], ids=lambda page: page.stem)
def test_they_are_those_of_check(editor: Editor, page: Path) -> None:
    uri = editor.open(page)
    told = [(str(one.code), one.range.start.line + 1, one.message.split("\n")[0]) for one in editor.told(uri)]
    assert sorted(told) == checked(page)
    editor.close(uri)


@pytest.mark.parametrize("page", GOOD, ids=lambda page: page.stem)
def test_a_good_page_has_none(editor: Editor, page: Path) -> None:
    uri = editor.open(page)
    assert sorted(editor.codes(uri)) == [code for code, _, _ in checked(page)]
    editor.close(uri)
    assert editor.told(uri, lambda found: not found) == []


def test_other_markdown_is_left_alone(editor: Editor, tmp_path: Path) -> None:
    other = editor.open(tmp_path / "README.md", "# A page\n\n```rust\nfn main() {}\n```\n")
    uri = editor.open(tmp_path / "lir.md", LIR)
    editor.told(uri)  # the one after it has been reviewed
    assert other not in editor.published


def test_a_page_that_becomes_other_markdown_has_no_mistakes_left(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / "lir.md", LIR.replace("duty", "dutty"))
    assert editor.codes(uri) == ["F120"]
    editor.change(uri, "# Only words\n")
    assert editor.told(uri) == []


# ---- dossiers ----


@pytest.fixture
def border(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "examples" / "border", tmp_path / "border"))


def test_the_pages_of_a_dossier_are_checked_as_one(editor: Editor, border: Path) -> None:
    """`claims.md` has no title page of its own; a source that another page declares is known in it."""
    claims = border / "claims.md"
    text = "```record\nfact more grave(border)\n  asserts CAD [radio-0305]\n```\n"
    uri = editor.open(claims, text)
    assert editor.told(uri) == []
    editor.change(uri, text.replace("radio-0305", "radio-0306"))
    assert editor.codes(uri) == ["F211"]


def test_a_mistake_is_shown_on_the_page_that_has_it(editor: Editor, border: Path) -> None:
    """Deleting a source from one page is a mistake of the page that cites it, which need not be open."""
    page = border / "dossier.md"
    claims = border / "claims.md"
    claims.write_text(
        "```record\nfact more grave(border)\n  asserts CAD [radio-0305]\n```\n", encoding="utf-8"
    )
    uri = editor.open(page)
    assert editor.told(uri) == []
    editor.change(uri, page.read_text(encoding="utf-8").replace("source radio-0305", "source radio-0399"))
    (found,) = editor.told(claims.as_uri(), bool)
    assert found.code == "F211"
    editor.change(uri, page.read_text(encoding="utf-8"))
    editor.told(claims.as_uri(), lambda found: not found)


def test_what_reads_a_page_is_checked_with_it(editor: Editor, tmp_path: Path) -> None:
    """A dossier of one page sees the treaty page that is being written."""
    treaties = tmp_path / "treaties"
    treaties.mkdir()
    lir = treaties / "lir.md"
    lir.write_text(LIR, encoding="utf-8")
    dossier = tmp_path / "case.md"
    dossier.write_text(
        '# A case\n\n```record\ndossier case "A case"\n  on 2020-07-20\n  assess lir.assist\n```\n',
        encoding="utf-8",
    )
    with Editor(tmp_path) as own:
        uri, page = own.open(dossier), own.open(lir)
        assert own.told(uri) == []
        own.told(page)
        own.change(page, LIR.replace("duty assist", "duty aid"))
        assert own.told(page) == []
        assert [one.code for one in own.told(uri, bool)] == ["F207"]


# ---- settings ----


TRIAL = (
    LIR
    + """
## Trial of a raid

```record
fact a1 force(DUN, ARV) on 2020-07-12
  asserts ARV
fact g grave(a1) undisputed
complete for force(_, ARV) by encoder "all"
```

```ask
lir.assist owed to ARV by BOR on 2020-07-20
  granting expect arises
```
"""
)


def test_trials_are_run_when_a_page_is_saved_if_asked_for(tmp_path: Path) -> None:
    page = tmp_path / "lir.md"
    wrong = TRIAL.replace("expect arises", "expect does not arise")
    with Editor(tmp_path, settings={"trials": True}) as own:
        uri = own.open(page, wrong)
        assert own.told(uri) == []
        page.write_text(wrong, encoding="utf-8")
        own.save(uri)
        (found,) = own.told(uri, bool)
        assert found.severity == types.DiagnosticSeverity.Information
        assert found.range.start.line == at(wrong, "granting")[0]
        (mend,) = own.actions(uri, found.range)
        assert mend.edit is not None and mend.edit.changes is not None
        (edit,) = mend.edit.changes[uri]
        assert edit.new_text == found.message.partition(": ")[2].join(["granting expect ", ""])
        own.change(uri, wrong + "\nMore words.\n")
        assert own.told(uri) == []  # it may not be so any more: it is told anew once the page is saved


def test_trials_are_not_run_otherwise(editor: Editor, tmp_path: Path) -> None:
    wrong = TRIAL.replace("expect arises", "expect does not arise")
    uri = editor.open(tmp_path / "lir.md", wrong)
    editor.told(uri)
    editor.save(uri)
    editor.change(uri, wrong + "\n")
    assert editor.told(uri) == []


def test_pages_to_be_ignored_are(tmp_path: Path) -> None:
    with Editor(tmp_path, settings={"foedus": {"ignore": ["drafts/*"]}}) as own:
        draft = own.open(tmp_path / "drafts" / "lir.md", LIR.replace("duty", "dutty"))
        uri = own.open(tmp_path / "lir.md", LIR)
        assert own.told(uri) == []
        assert draft not in own.published
        params = types.DidChangeConfigurationParams({"foedus": {"ignore": ["other"]}})
        own.say(own.client.workspace_did_change_configuration, params)
        assert own.codes(draft) == ["F120"]


def test_a_folder_of_treaties_that_is_not_there_is_told(tmp_path: Path) -> None:
    with Editor(tmp_path, settings={"treaties": "nowhere"}) as own:
        uri = own.open(tmp_path / "lir.md", LIR)
        assert own.codes(uri) == ["F001"]


def test_a_change_on_disk_is_seen(tmp_path: Path) -> None:
    treaties = tmp_path / "treaties"
    treaties.mkdir()
    (treaties / "lir.md").write_text(LIR, encoding="utf-8")
    case = '# A case\n\n```record\ndossier case "A case"\n  on 2020-07-20\n  assess lir.assist\n```\n'
    with Editor(tmp_path) as own:
        uri = own.open(tmp_path / "case.md", case)
        assert own.told(uri) == []
        with own.heard:
            assert own.heard.wait_for(lambda: own.told_to_register, 60)
        (treaties / "lir.md").write_text(LIR.replace("duty assist", "duty come-to-aid"), encoding="utf-8")
        event = types.FileEvent((treaties / "lir.md").as_uri(), types.FileChangeType.Changed)
        own.say(own.client.workspace_did_change_watched_files, types.DidChangeWatchedFilesParams([event]))
        assert [one.code for one in own.told(uri, bool)] == ["F207"]
