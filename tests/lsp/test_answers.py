"""What an editor asks about a page: what may come next, what a word means, where it is declared, how a page is laid."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from foedus.lang.layout import format_page
from foedus.lsp.colours import TYPES
from tests.cli.program import ROOT
from tests.lsp.editor import Editor, at, edited
from tests.lsp.pages import LIR, after

TREATIES = ROOT / "src" / "foedus" / "treaties"


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    with Editor(tmp_path_factory.mktemp("workspace")) as running:
        yield running
    assert (running.errors, running.status) == ("", 0)


@pytest.fixture
def lir(editor: Editor, tmp_path: Path) -> Iterator[str]:
    """The page, open."""
    uri = editor.open(tmp_path / "lir.md", LIR)
    yield uri
    editor.close(uri)


def test_the_page_of_these_tests_has_no_mistake(editor: Editor, lir: str) -> None:
    assert editor.told(lir) == []


# ---- completion ----

WHERE = "who finds it"
NEW = 'not encoded "who finds it" may defeat assist'

OFFERED = {
    "items": ("pow", ["power", "duty", "instrument"], ["owed by", "fact", "expect"]),
    "lines of a norm": ("right r\n  ", ["owed by", "when", "class", "lifts"], ["duty", "asserts", "reading"]),
    "lines of a text of a norm": ("right r\n  text 2010:\n    ", ["when", "until"], ["owed by", "text"]),
    "lines of a term": ("term t(a)\n  ", ["when", "text", "reading"], ["owed by"]),
    "who owes": ("right r\n  of ", ["each party", "each other party", "each guarantor", "KAZ", "DUN"], ["when"]),
    "words": ("right r\n  when fo", ["force", "grave", "danger", "cst.danger", "party", "not"], ["ARV:"]),
    "roles and variables": (
        "right r\n  of each party d\n  when force(", ["author:", "victim:", "d", "DUN", "_"], ["force"],
    ),
    "values": ("right r\n  when threatens(a, b, [", ["security", "integrity"], ["ARV", "grave"]),
    "a word's own answers": ("term t(a)\n  when by danger:\n    \"", ["force alone", "unrest as well"], ["yes"]),
    "sorts": ("incident flood(of: ", ["State", "Incident", "Interest"], ["ARV"]),
    "kinds of things to count": ("right r\n  when some ", ["State", "party", "force"], ["ARV"]),
    "classes": ("right r\n  class ", ["consult", "all-means", "by"], ["force included"]),
    "modifiers": ("right r\n  class consult, ", ["force included", "chosen jointly"], ["consult"]),
    "norms of this page and others": ("right r\n  lifts ", ["assist", "cst.assist"], ["lir.assist", "danger"]),
    "after the name of a page": ("right r\n  lifts cst.", ["cst.assist", "cst.consult"], []),
    "pages": ("this yields to ", ["cst", "charter"], ["cst.assist"]),
    "sources": ("question q \"?\"\n  \"yes\" held by ARV [", ["gazette"], ["ARV"]),
    "effects": ("not encoded \"x\" may ", ["defeat", "create"], ["detail"]),
    "words between": ("right r\n  when grave(a) ", ["and", "or"], ["grave"]),
    "texts": ("right r\n  text ", ["2001", "2010"], []),
    "what keeps a duty": ("right r\n  performed by he", ["helped"], ["not", "when"]),
    "speakers": ("question q \"?\"\n  \"yes\" held by ", ["KAZ", "ARV"], ["gazette"]),
}  # fmt: skip


@pytest.mark.parametrize(("typed", "offered", "withheld"), OFFERED.values(), ids=OFFERED.keys())
def test_what_may_come_next(
    editor: Editor, lir: str, typed: str, offered: list[str], withheld: list[str]
) -> None:
    found = after(editor, lir, LIR, typed, NEW)
    assert [label for label in offered if label not in found] == []
    assert [label for label in withheld if label in found] == []


RECORDED = {
    "items": ("", ["fact", "complete for", "source"], ["duty", "when"]),
    "claims": ("fact b force(DUN, BOR)\n  ", ["asserts", "denies"], ["fact", "when"]),
    "facts of the trial": ("fact b grave(", ["a1", "of:"], ["DUN", "danger"]),
    "words, not terms": ("fact b ", ["force", "grave"], ["danger", "not"]),
    "sources": ("fact b grave(a1)\n  asserts ARV [", ["gazette"], ["ARV"]),
    "standings": ("fact b grave(a1) ", ["undisputed", "established"], ["and"]),
    "questions": ("held ", ["lir.danger", "cst.aggression"], ["a1"]),
    "answers": ("held lir.danger \"", ["force alone"], ["any author"]),
    "who says it is complete": ("complete for force(_, BOR) by ", ["encoder"], ["ARV"]),
    "outcomes": ("outcome ", ["granted", "refused"], ["a1"]),
}  # fmt: skip


@pytest.mark.parametrize(("typed", "offered", "withheld"), RECORDED.values(), ids=RECORDED.keys())
def test_what_may_come_next_in_a_record(
    editor: Editor, lir: str, typed: str, offered: list[str], withheld: list[str]
) -> None:
    found = after(editor, lir, LIR, typed, 'complete for force(_, ARV) by encoder "all"')
    assert [label for label in offered if label not in found] == []
    assert [label for label in withheld if label in found] == []


ASKED = {
    "norms": ("lir.", ["lir.assist", "cst.assist"], ["assist"]),
    "lines": ("lir.assist\n  ", ["expect", "suppose", "granting expect"], ["when"]),
    "verdicts": ("lir.assist\n  expect ", ["arises", "does not arise", "depends"], ["and"]),
    "the rest of a verdict": ("lir.assist\n  expect does not ", ["arise", "apply"], ["arises"]),
    "on what it depends": ("lir.assist\n  expect depends on ", ["a1", "lir.danger", "grave"], ["ARV"]),
    "texts": ("lir.assist under text ", ["2001", "2010"], []),
    "what is supposed": ("lir.assist\n  suppose ", ["a1", "lir.danger"], ["ARV"]),
    "what it is supposed to be": ("lir.assist\n  suppose lir.danger = ", ['"force alone"'], ["a1"]),
    "a fact without a name": ("lir.assist\n  expect depends on a1, ", ["g", '"binds(a1, ARV)"'], ["arises"]),
    "the same in quotation marks": ('lir.assist\n  expect depends on "', ["binds(a1, ARV)"], ["a1"]),
    "states": ("lir.assist owed to ", ["ARV", "KAZ"], ["a1"]),
}  # fmt: skip


@pytest.mark.parametrize(("typed", "offered", "withheld"), ASKED.values(), ids=ASKED.keys())
def test_what_may_come_next_in_a_question(
    editor: Editor, lir: str, typed: str, offered: list[str], withheld: list[str]
) -> None:
    below = LIR[LIR.index("lir.assist owed to ARV") : LIR.index("```", LIR.index("lir.assist owed to ARV"))]
    text = LIR.replace(below, "BELOW\n").replace(
        "complete for", "fact binds(a1, ARV) disputed\ncomplete for", 1
    )
    editor.change(lir, text)
    editor.told(lir)  # offered is what was read: a new fact is there a moment after it is written
    found = after(editor, lir, text, typed, "BELOW")
    assert [label for label in offered if label not in found] == []
    assert [label for label in withheld if label in found] == []


def test_nothing_comes_next_in_prose_comments_and_quotations(editor: Editor, lir: str) -> None:
    for words in ("its text is", "of whatever", "put {v} in", "## Article"):
        line, character = at(LIR, words)
        assert editor.completion(lir, line, character + len(words)) == {}


def test_a_word_comes_with_its_declaration(editor: Editor, lir: str) -> None:
    found = after(editor, lir, LIR, "right r\n  when fo", NEW)["force"]
    assert found.detail == "incident force(author: Actor, victim: State)"
    assert isinstance(found.documentation, types.MarkupContent)
    assert "{author}" in found.documentation.value
    state = after(editor, lir, LIR, "right r\n  of Ka", NEW)["KAZ"]
    assert state.detail == "Kazakhstan"
    assert state.filter_text == "KAZ Kazakhstan"


def test_what_is_chosen_replaces_what_was_typed(editor: Editor, lir: str) -> None:
    found = after(editor, lir, LIR, "right r\n  lifts cst.as", NEW)["cst.assist"]
    edit = found.text_edit
    assert isinstance(edit, types.TextEdit)
    line = at(LIR, NEW)[0] + 1
    assert edit == types.TextEdit(
        types.Range(types.Position(line, 8), types.Position(line, 14)), "cst.assist"
    )


def test_an_editor_that_fills_templates_in_gets_them(tmp_path: Path) -> None:
    with Editor(tmp_path, snippets=True) as own:
        uri = own.open(tmp_path / "lir.md", LIR)
        found = after(own, uri, LIR, "right r\n  when fo", NEW)["force"]
    assert found.insert_text_format == types.InsertTextFormat.Snippet
    assert isinstance(found.text_edit, types.TextEdit)
    assert found.text_edit.new_text == "force(${1:author}, ${2:victim})"


def test_a_block_that_is_still_open_is_one(editor: Editor, tmp_path: Path) -> None:
    text = "# Lir\n\n> - ```foedus\n>   duty assist\n>     ow"
    uri = editor.open(tmp_path / "new.md", text)
    assert "owed by" in editor.completion(uri, 4, len("> " + "    ow"))


# ---- hovers ----

TOLD = {
    "a word": ("force(_, v) as i\n", 0, ["incident force(author: Actor, victim: State)", "vocabulary.md"]),
    "a term": ("danger(i, v) and", 0, ["term danger(i, v)", "unrest as well", "lir.md"]),
    "a role": ("victim: v", 0, ["incident force(author: Actor, victim: State)"]),
    "a norm": ("lir.assist owed", 5, ["duty assist", "class necessary-help", "Article 1 · Help"]),
    "an instrument": ("lir.assist owed", 1, ['instrument lir "Compact of Lir"', "2001-01-01"]),
    "a state that is declared": ("ARV [gazette]:", 1, ['state ARV "Arvia"']),
    "a source": ("[gazette]:", 3, ['source gazette "The Gazette of Lir"', "ARV · Lir Press · 2001-01-02", "https://example.org/1"]),
    "a source cited in prose": ("[gazette ¶1]", 3, ['source gazette "The Gazette of Lir"']),
    "a fact": ("a1) undisputed", 0, ["fact a1 force(DUN, ARV)", "«Набег» 🜁"]),
    "how a line is written": ("performed by", 2, ["Such a line is written", "performed by helped(by: d, for: victim)"]),
    "an answer": ('reading "force alone"', 10, ["term danger(i, v)", 'reading "force alone"']),
}  # fmt: skip


@pytest.mark.parametrize(("words", "shift", "told"), TOLD.values(), ids=TOLD.keys())
def test_what_a_word_means(editor: Editor, lir: str, words: str, shift: int, told: list[str]) -> None:
    line, character = at(LIR, words)
    said = editor.hover(lir, line, character + shift)
    assert [part for part in told if part not in said] == [], said


def test_a_state_that_no_page_declares_has_its_name(editor: Editor, lir: str) -> None:
    text = LIR.replace("CAD guarantor", "KAZ guarantor")
    editor.change(lir, text)
    line, character = at(text, "KAZ")
    assert editor.hover(lir, line, character) == "**KAZ** · Kazakhstan"


def test_it_speaks_the_language_asked_for(tmp_path: Path) -> None:
    with Editor(tmp_path, options=["--language", "ru"]) as own:
        text = LIR.replace("CAD guarantor", "KAZ guarantor")
        uri = own.open(tmp_path / "lir.md", text)
        assert own.hover(uri, *at(text, "KAZ")) == "**KAZ** · Казахстан"


def test_a_mistake_is_explained(editor: Editor, lir: str) -> None:
    text = LIR.replace("grave(i)", "gravve(i)")
    editor.change(lir, text)
    assert editor.codes(lir) == ["F201"]
    said = editor.hover(lir, *at(text, "gravve"))
    assert "**F201: nothing is called that**" in said
    assert "**How to mend it**" in said


@pytest.mark.parametrize(("words", "shift"), [("force was", 0), ('alone"\n  granting', 0), ("} put", 3)])
def test_words_of_prose_and_quotations_are_no_names(editor: Editor, lir: str, words: str, shift: int) -> None:
    text = LIR.replace("its text is short", "force was never used, by ARV or by others")
    editor.change(lir, text)
    line, character = at(text, words)
    assert editor.hover(lir, line, character + shift) == ""
    assert editor.definition(lir, line, character + shift) == []


# ---- going to and fro ----


def test_where_a_name_is_declared(editor: Editor, lir: str) -> None:
    def declared(words: str, nth: int = 0, shift: int = 0) -> list[tuple[str, int, int]]:
        line, character = at(LIR, words, nth)
        found = editor.definition(lir, line, character + shift)
        return [(one.uri, one.range.start.line, one.range.start.character) for one in found]

    assert declared("danger(i, v) and") == [(lir, *at(LIR, "danger"))]
    assert declared("lir.assist", shift=5) == [(lir, *at(LIR, "assist"))]
    assert declared("lir.assist", shift=1) == [(lir, *at(LIR, "lir"))]
    assert declared("[gazette ¶1]", shift=2) == [(lir, *at(LIR, "gazette", 2))]
    assert declared("a1) undisputed") == [(lir, *at(LIR, "a1 force"))]
    assert declared("assist", nth=1) == [(lir, *at(LIR, "assist"))]
    assert declared("i or unrest") == [(lir, *at(LIR, "i, v"))]
    assert declared("text 2010\n", shift=6) == [(lir, *at(LIR, "2010 from"))]
    ((uri, line, _),) = declared("grave(i)")
    assert uri == (TREATIES / "vocabulary.md").as_uri()
    assert "judgement grave(" in (TREATIES / "vocabulary.md").read_text(encoding="utf-8").split("\n")[line]
    assert declared("its text") == []


def test_a_name_on_a_line_that_cannot_be_read_is_known_by_its_looks(editor: Editor, lir: str) -> None:
    text = LIR.replace("when danger(i, v) and grave(i)", "when danger(i, v) and and grave(i)")
    editor.change(lir, text)
    assert [one.range.start.line for one in editor.definition(lir, *at(text, "danger(i, v) and"))] == [
        at(text, "danger")[0]
    ]


def test_where_a_thing_is_named(editor: Editor, lir: str) -> None:
    found = editor.references(lir, *at(LIR, "danger"))
    assert [(one.uri, one.range.start.line) for one in found] == [
        (lir, LIR[: start].count("\n"))
        for start in range(len(LIR))
        if LIR.startswith("danger", start) and LIR[start - 1 : start] in " ." and LIR[start + 6] != '"'
    ]  # fmt: skip
    assert len(editor.references(lir, *at(LIR, "danger"), declared=False)) == len(found) - 1


def test_a_thing_is_named_on_other_pages_of_the_workspace(tmp_path: Path) -> None:
    treaties = tmp_path / "treaties"
    treaties.mkdir()
    (treaties / "lir.md").write_text(LIR, encoding="utf-8")
    case = '# A case\n\n```record\ndossier case "A case"\n  on 2020-07-20\n  assess lir.assist\n```\n'
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "one.md").write_text(case, encoding="utf-8")
    (tmp_path / "notes.md").write_text("The duty `assist` is old.\n", encoding="utf-8")
    with Editor(tmp_path) as own:
        uri = own.open(treaties / "lir.md")
        found = own.references(uri, *at(LIR, "assist"))
        assert {one.uri.rpartition("/")[2] for one in found} == {"lir.md", "one.md"}
        changes = own.rename(uri, *at(LIR, "assist"), "aid")
        assert {name.rpartition("/")[2]: len(edits) for name, edits in changes.items()} == {
            "lir.md": 3,
            "one.md": 1,
        }
        text = edited(LIR, changes[uri])
        assert "duty aid" in text and "lir.aid owed" in text and "may defeat aid" in text
        own.change(uri, text)
        assert own.told(uri) == []


def test_a_role_is_renamed_with_the_blanks_of_its_gloss(editor: Editor, lir: str) -> None:
    text = LIR.replace(
        "not encoded", 'incident raid(by: Actor, on: State) "{by} raided {on}"\nnot encoded', 1
    )
    editor.change(lir, text)
    changes = editor.rename(lir, *at(text, "by: Actor"), "raider")
    assert 'incident raid(raider: Actor, on: State) "{raider} raided {on}"' in edited(text, changes[lir])
    changes = editor.rename(lir, *at(text, "i, v"), "what")
    assert 'term danger(what, v) "{what} put {v} in danger"' in edited(text, changes[lir])
    assert "unrest(v) as what" in edited(text, changes[lir])
    assert "when danger(i, v)" in edited(text, changes[lir])


@pytest.mark.parametrize(
    ("words", "name", "why"),
    [
        ("grave(i)", "dire", "outside the workspace"),
        ("danger", "Not A Name", "is no name"),
        ("danger", "assist-2", None),
        ("its text", "x", "no name here"),
    ],
)
def test_what_cannot_be_renamed_is_told(
    editor: Editor, lir: str, words: str, name: str, why: str | None
) -> None:
    if why is None:
        assert editor.rename(lir, *at(LIR, words), name)
        return
    with pytest.raises(JsonRpcException, match=why):
        editor.rename(lir, *at(LIR, words), name)


# ---- layout, outline, quick fixes, colours ----


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_page_is_laid_out_as_fmt_does(editor: Editor, tmp_path: Path, ends: str) -> None:
    bad = LIR.replace("  class necessary-help, force included", "  class   necessary-help ,force included")
    bad = bad.replace("force(_, v) as i or", "force( _,v )as i or").replace(
        "fact g grave(a1)", "fact g  grave( a1 )"
    )
    bad += "\n```foedus\nright r\n      of each party\n```"
    uri = editor.open(tmp_path / "lir.md", bad.replace("\n", ends))
    edits = editor.formatting(uri)
    assert len(edits) > 2
    assert edited(
        bad, [types.TextEdit(e.range, e.new_text.replace("\r\n", "\n")) for e in edits]
    ) == format_page(bad)
    assert all(("\r" in e.new_text) == (ends == "\r\n") for e in edits if "\n" in e.new_text)
    editor.change(uri, format_page(bad).replace("\n", ends))
    assert editor.formatting(uri) == []


def test_the_outline_of_a_page(editor: Editor, lir: str) -> None:
    (top,) = editor.symbols(lir)
    assert top.name == "Compact of Lir"
    names = [one.name for one in top.children or []]
    assert names == [
        "lir",
        "parties",
        "ARV",
        "BOR",
        "CAD",
        "DUN",
        "gazette",
        "Article 1 · Help",
        "Trial of a raid",
    ]
    article = (top.children or [])[-2]
    assert [(one.name, one.detail) for one in article.children or []] == [
        ("danger", "term {i} put {v} in danger"), ("assist", "duty come to the aid"),
    ]  # fmt: skip
    assert article.range.end.line < (top.children or [])[-1].range.start.line
    for one in [top, *(top.children or []), *(article.children or [])]:
        assert one.range.start.line <= one.selection_range.start.line <= one.range.end.line


MENDED = {
    "a word": ("grave(i)", "gravve(i)", "grave"),
    "a code": ("[gazette]\n  CAD", "[gazete]\n  CAD", "gazette"),
    "a line's first word": ("performed by", "preformed by", "performed"),
    "a verdict": ("expect arises", "expect arise", "arises"),
    "capitals": ('CAD "Cadia"', 'cad "Cadia"', "CAD"),
    "a norm": ("may defeat assist", "may defeat lir.asist", "assist"),
    "a letter of another alphabet": ("text 2010:\n    when danger", "text 2010:\n    when dаnger", "danger"),
}  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "new"), MENDED.values(), ids=MENDED.keys())
def test_a_slip_is_mended(editor: Editor, lir: str, right: str, wrong: str, new: str) -> None:
    text = LIR.replace(right, wrong)
    editor.change(lir, text)
    found = editor.told(lir)[0]
    (mend,) = editor.actions(lir, found.range)
    assert mend.kind == types.CodeActionKind.QuickFix
    assert mend.edit is not None and mend.edit.changes is not None
    (edit,) = mend.edit.changes[lir]
    assert edit.new_text == new
    mended = edited(text, [edit])
    editor.change(lir, mended)
    assert editor.told(lir) == []


def test_what_has_no_near_word_has_no_quick_fix(editor: Editor, lir: str) -> None:
    text = LIR.replace("grave(i)", "zzyzx(i)")
    editor.change(lir, text)
    (found,) = editor.told(lir)
    assert editor.actions(lir, found.range) == []


def coloured(text: str, data: list[int]) -> dict[tuple[str, int], tuple[str, bool]]:
    """The stretches by their words and how often these came before, with type and whether declared."""
    lines = text.split("\n")
    found: dict[tuple[str, int], tuple[str, bool]] = {}
    line = start = 0
    for n in range(0, len(data), 5):
        row, column, length, kind, declared = data[n : n + 5]
        line, start = line + row, column + (start if row == 0 else 0)
        raw = lines[line].encode("utf-16-le")[2 * start : 2 * (start + length)].decode("utf-16-le")
        nth = sum(1 for known, _ in found if known == raw)
        found[raw, nth] = (TYPES[kind], bool(declared))
    return found


def test_the_colours_of_a_page(editor: Editor, lir: str) -> None:
    found = coloured(LIR, editor.colours(lir))
    assert found["instrument", 0] == ("keyword", False)
    assert found["lir", 0] == ("namespace", True)
    assert found["owed", 0] == ("keyword", False)
    assert found["danger", 0] == ("macro", True)
    assert found["danger", 1] == ("macro", False)
    assert found["force", 2] == ("function", False)
    assert found["assist", 0] == ("method", True)
    assert found["ARV", 0] == ("enumMember", False)
    assert found["gazette", 0] == ("property", False)  # cited in prose
    assert found["2001-01-01", 0] == ("number", False)
    assert found["-- of whatever kind", 0][0] == "comment"
    assert found["-- 🜁🜂", 0][0] == "comment"
    assert found['"«Набег» 🜁 у реки"', 0] == ("string", False)
    assert found["a1", 0] == ("event", True)
    assert found["i", 0] == ("variable", True)
    assert found["victim", 0] == ("parameter", False)
