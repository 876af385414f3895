"""F5: what the command line refuses, with words that help. Each code is raised by the command itself."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from foedus.diagnostics.catalogue import CATALOGUE
from tests.cli.program import ROOT, environment, foedus

KAZ = ("assess", "kazakhstan-2022")
WEIGHTS: dict[str, str] = {
    "open.toml": "[chance\n",
    "section.toml": "[chances]\ndirected = 0.5\n",
    "bare.toml": "directed = 0.5\n",
    "flat.toml": "[reading]\ndirected = 0.5\n",
    "deep.toml": "[chance]\na = " + "[" * 100_000 + "\n",
    "over.toml": "[chance]\ndirected = 1.2\n",
    "under.toml": "[chance]\ndirected = -0.1\n",
    "word.toml": '[chance]\ndirected = "often"\n',
    "true.toml": "[chance]\ndirected = true\n",
    "list.toml": "[chance]\ndirected = [1]\n",
    "nan.toml": "[chance]\ndirected = nan\n",
    "zero.toml": '[chance]\ndirected = "1/0"\n',
    "power.toml": "[chance]\ndirected = 1e999999999\n",
    "power-in-quotes.toml": '[chance]\ndirected = "1e999999999"\n',
    "digits.toml": '[chance]\ndirected = "' + "9" * 100_000 + '/3"\n',
    "sum.toml": '[reading."cst.aggression"]\n"any author" = 0.5\n"external author" = 0.4\n',
    "id.toml": "[chance]\ndirectd = 0.5\n",
    "question.toml": '[reading."cst.agression"]\n"any author" = 1\n',
    "answer.toml": '[reading."cst.aggression"]\n"any autor" = 1\n',
}

REFUSED: dict[str, tuple[tuple[str, ...], str, str]] = {
    "no such dossier": (("assess", "kazakstan-2022"), "F501", "Did you mean `kazakhstan-2022`?"),
    "nothing like a dossier": (("assess", "zzz"), "F501", "`foedus dossiers` lists those"),
    "none to compare": (("compare", "kazakhstan-2022", "kirgyzstan-2010"), "F501", "`kyrgyzstan-2010`"),
    "no such state": (("bound", "Kazakstan"), "F538", "Did you mean `KAZ`, Kazakhstan?"),
    "a number of no list": (("bound", "255"), "F538", "`cow:255`"),
    "a place of no attack": (("bound", "POL", "--in", "europe"), "F539", "--attacked-by"),
    "who attacks itself": (("bound", "POL", "--attacked-by", "POL"), "F539", "another state"),
    "no such treaty": (("show", "natto"), "F508", "Did you mean `nato`?"),
    "a month": ((*KAZ, "--on", "2022-01"), "F502", "Write a day: --on 2022-01-01."),
    "a span": ((*KAZ, "--known-by", "2022-01-05/2022-01-08"), "F502", "--known-by 2022-01-05"),
    "no date": ((*KAZ, "--on", "5 January"), "F110", "as in `2022-01-05`"),
    "no such day": ((*KAZ, "--on", "2022-02-30"), "F111", "2022-02-30"),
    "neither yes nor no": ((*KAZ, "--suppose", "directed=perhaps"), "F503", "yes, no"),
    "no such reading": ((*KAZ, "--reading", "cst.aggression=any"), "F503", "“any author”, “external author”"),
    "no such text": ((*KAZ, "--suppose", "cst.text=1991"), "F503", "1992, 2010"),
    "no such day of a date": ((*KAZ, "--suppose", "when sent_tjk=2022-02-01"), "F503", "2022-01-06"),
    "no value": ((*KAZ, "--suppose", "directed"), "F504", "--suppose name=value"),
    "an empty value": ((*KAZ, "--suppose", "directed="), "F504", "--suppose"),
    "no name": ((*KAZ, "--reading", "=any author"), "F504", "--reading"),
    "no file of weights": ((*KAZ, "--weights", "weight.toml"), "F001", "weight.toml"),
    "a folder of weights": ((*KAZ, "--weights", "."), "F007", "file"),
    **{f"weights: {name}": ((*KAZ, "--weights", name), "F505", "foedus why F505")
       for name in ("open.toml", "section.toml", "bare.toml", "flat.toml", "deep.toml")},
    **{f"weights: {name}": ((*KAZ, "--weights", name), "F506", "directed")
       for name in ("over.toml", "under.toml", "word.toml", "true.toml", "list.toml", "nan.toml", "zero.toml",
                    "power.toml", "power-in-quotes.toml", "digits.toml")},
    "weights that do not add up": ((*KAZ, "--weights", "sum.toml"), "F506", "9/10"),
    "a weight of nothing": ((*KAZ, "--weights", "id.toml"), "F510", "Did you mean `directed`?"),
    "weights of no question": ((*KAZ, "--weights", "question.toml"), "F510", "`cst.aggression`"),
    "a weight of no answer": ((*KAZ, "--weights", "answer.toml"), "F503", "“any author”"),
    "treaties nowhere": ((*KAZ, "--treaties", "nowhere"), "F001", "nowhere"),
    "treaties in a file": ((*KAZ, "--treaties", "sum.toml"), "F007", "folder"),
    "treaties in an empty folder": ((*KAZ, "--treaties", "empty"), "F509", "`cst.md`"),
    "check, with treaties nowhere": (("check", "cst", "--treaties", "nowhere"), "F001", "nowhere"),
    "test, with treaties nowhere": (("test", "--treaties", "nowhere"), "F001", "nowhere"),
    "documents nowhere": ((*KAZ, "--documents", "nowhere"), "F001", "nowhere"),
    "documents in a file": (("check", "kazakhstan-2022", "--documents", "sum.toml"), "F007", "folder"),
    "no text of a treaty": ((*KAZ, "--html", "page.html", "--texts", "empty"), "F560", "cst.txt"),
    "a folder without pages": (("assess", "empty"), "F509", "dossier.md"),
    "a slip in an id": ((*KAZ, "--suppose", "directd=no"), "F510", "Did you mean `directed`?"),
    "a slip in a question": ((*KAZ, "--reading", "cst.agression=any author"), "F510", "`cst.aggression`"),
    "a slip in what was not listed": ((*KAZ, "--suppose", "some authorized=yes"), "F510", "`some authorised`"),
    "nothing like an id": ((*KAZ, "--suppose", "zzz=no"), "F510", "The answer names everything"),
    "a letter too far": ((*KAZ, "--suppose", "ZZ=no"), "F510", "ZZ"),
    "a norm": ((*KAZ, "--only", "cst.asist"), "F510", "Did you mean `cst.assist`?"),
    "nothing like a norm": ((*KAZ, "--only", "zzz"), "F510", "“cst”"),
    "the reason of a norm": ((*KAZ, "--why", "cst.asist"), "F510", "cst.assist"),
    "one id twice": (
        (*KAZ, "--suppose", "directed=no", "--suppose", "directed=yes"), "F512", "`directed=yes`",
    ),
    "two days at once": (
        (*KAZ, "--suppose", "sent_tjk@2022-01-06=yes", "--suppose", "sent_tjk@2022-01-07=yes"),
        "F512", "sent_tjk",
    ),
    "a language by its name": ((*KAZ, "--language", "russian"), "F550", "en, fr, ru"),
    "rewriting what ships": (("test", "cst", "--accept", "--treaties", "wrong"), "F507", "copy it first"),
}  # fmt: skip


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("refused")
    for name, text in WEIGHTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "empty").mkdir()
    shipped = (ROOT / "src/foedus/treaties/cst.md").read_text(encoding="utf-8")
    (folder / "wrong").mkdir()
    (folder / "wrong" / "cst.md").write_text(
        shipped.replace("expect arises", "expect does not arise"), encoding="utf-8"
    )
    return folder


@pytest.mark.parametrize(("args", "code", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused_with_words_that_help(args: tuple[str, ...], code: str, words: str, here: Path) -> None:
    done = foedus(*args, cwd=here)
    assert done.status == 2, done.err
    assert done.out == "" or code == "F507"
    assert f"error {code}: " in done.err
    assert words in " ".join(done.err.split())
    assert not [gap for gap in ("`…`", "``", "{", "Traceback") if gap in done.err]


def test_an_unknown_instrument_is_told_where_the_dossier_names_it(tmp_path: Path) -> None:
    page = tmp_path / "border.md"
    page.write_text(
        '# The border\n\n```record\ndossier border "The border"\n  on 2020-07-20\n  assess cts\n```\n',
        encoding="utf-8",
    )
    done = foedus("assess", page)
    assert (done.status, "F508" in done.err, "Did you mean `cst`?" in done.err) == (1, True, True)
    assert "border.md:6:10" in done.err


def test_a_workbook_without_its_library_is_told(tmp_path: Path) -> None:  # F530
    program = (
        "import sys; sys.modules['openpyxl'] = None; from foedus.cli.main import main; "
        "sys.argv = ['foedus', 'export', 'kyrgyzstan-2010', 'out.xlsx']; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, "error F530" in done.stderr) == (2, True), done.stderr
    assert not list(tmp_path.iterdir())


def test_every_code_of_the_command_line_is_raised_here_or_where_its_room_is_tested() -> None:
    raised = {code for _, code, _ in REFUSED.values()}
    for page in (ROOT / "tests").rglob("test_*.py"):
        raised |= set(re.findall(r"\bF5[0-9]{2}\b", page.read_text(encoding="utf-8")))
    assert raised >= {code for code in CATALOGUE if code.startswith("F5")}


@pytest.mark.parametrize("value", ["yes", "no"])
def test_what_nobody_listed_can_be_supposed(value: str) -> None:
    answer = json.loads(foedus("assess", "kazakhstan-2022", "--json").out)
    [letter] = [question["letter"] for question in answer["questions"] if question["kind"] == "unlisted"]
    supposed = foedus("assess", "kazakhstan-2022", "--suppose", f"{letter}={value}", "--json")
    assert supposed.status == 0
    assert not [q for q in json.loads(supposed.out)["questions"] if q["kind"] == "unlisted"]


def test_suppositions_in_the_answer_s_own_words(here: Path) -> None:
    by_day = foedus(*KAZ, "--suppose", "when sent_tjk=2022-01-07", cwd=here)
    in_words = foedus(*KAZ, "--suppose", "when sent_tjk=7 January 2022", cwd=here)
    assert (by_day.status, in_words.status) == (0, 0)
    assert by_day.out == in_words.out
