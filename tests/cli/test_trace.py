"""`foedus trace` from the shell: files in, an answer out, whatever the files are."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from foedus.cli import indexed, tracing
from foedus.cli.main import cli
from foedus.diagnostics.problem import Refused
from foedus.report.layout import columns
from foedus.report.trace.values import schema
from tests.cli.program import ROOT, environment, foedus
from tests.trace.read.made import pdf

pytest.importorskip("duckdb", reason="duckdb comes with foedus[trace]")

STORY = (
    "On Monday the Council of the marsh sent forty boats to the ford, because the toll house had asked for help "
    "against raiders from the hills, and the boats came back by night with nobody hurt and all their oars. "
)
LAW = (
    "Whoever holds the ford shall let the boats of others pass by day and by night, and shall take no toll from "
    "those who carry reeds, herons or the sick, on pain of losing the ford to the Council for a year and a day."
)


@pytest.fixture
def press(tmp_path: Path) -> Path:
    """A folder with a story, a copy that is a day younger, and a text of its own."""
    folder = tmp_path / "press"
    folder.mkdir()
    (folder / "sheet.txt").write_text(
        f"Title: The Sheet\nDate: 1950-03-06\n\n{STORY}The herons have left.\n", "utf-8"
    )
    copy = STORY.replace("sent forty boats", "sent some forty boats")
    (folder / "herald.txt").write_text(
        f"Title: The Herald\nDate: 1950-03-07\n\n{copy}We shall see.\n", "utf-8"
    )
    (folder / "rain.txt").write_text(
        "It rained on the hills all week, and nobody went out to look at the reeds.\n", "utf-8"
    )
    return folder


def run(*args: object, code: int = 0, given: bytes = b"") -> Result:
    """In this process; what is refused is raised."""
    done = CliRunner().invoke(cli, ["trace", *map(str, args)], input=given, standalone_mode=False)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == code, done.output
    return done


@contextmanager
def refused(*codes: str) -> Iterator[None]:
    with pytest.raises(Refused) as found:
        yield
    assert [problem.code for problem in found.value.problems] == list(codes)


def test_a_folder_is_answered(press: Path) -> None:
    said = run(press).stdout
    assert said.startswith("3 documents, 2 sources\n  herald and sheet count as one source.\n")
    assert "sheet → herald" in said
    assert "direction known by time" in said
    assert max(map(len, said.splitlines())) <= 80


def test_all_shows_the_edits(press: Path) -> None:
    said = " ".join(run(press, "--all").stdout.split())
    assert "of the marsh sent {+some+} forty boats" in said


def test_json_is_as_its_schema_says_and_its_places_cut_the_very_words(press: Path) -> None:
    made = json.loads(run(press, "--json").stdout)
    Draft202012Validator(schema()).validate(made)
    assert made["counts"]["sources"] == 2
    assert made["settings"]["k"] > 1
    texts = {one["id"]: (press / f"{one['id']}.txt").read_text("utf-8") for one in made["documents"]}
    assert all(one["text"] is None for one in made["documents"])
    (passage,) = [one for one in made["passages"] if one["id"] in made["links"][0]["passages"]]
    cut = {}
    for side in (passage["a"], passage["b"]):
        cut[side["document"]] = texts[side["document"]][side["start"] : side["end"]]
    assert "the marsh sent forty boats" in cut["sheet"]
    assert "the marsh sent some forty boats" in cut["herald"]
    added = [cut_edit for e in passage["edits"] if (cut_edit := texts["herald"][e["b_start"] : e["b_end"]])]
    assert (passage["a"]["document"], "some" in added) == ("sheet", True)


def test_places_in_a_page_lead_back_to_its_file(press: Path) -> None:
    file = f"<html><body><article><h1>A page</h1><p>{STORY}</p><p>{LAW}</p></article></body></html>"
    (press / "page.html").write_text(file, "utf-8")
    made = json.loads(run(press, "--json").stdout)
    page = next(one for one in made["documents"] if one["id"] == "page")
    sides = [one[side] for one in made["passages"] for side in "ab" if one[side]["document"] == "page"]
    assert sides
    for side in sides:
        assert page["text"][side["start"] : side["end"]] == file[side["file_start"] : side["file_end"]]


def test_files_are_written_whole_and_said(press: Path, tmp_path: Path) -> None:
    done = run(press, "--html", tmp_path / "t.html", "--parquet", tmp_path / "t.parquet")
    assert done.stdout == ""
    assert done.stderr.count("Written: ") == 3
    page = (tmp_path / "t.html").read_text("utf-8")
    assert "3 documents, 2 sources" in page
    assert "foedus trace press --html t.html" in page
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "press", "t.documents.parquet", "t.html", "t.parquet",
    ]  # fmt: skip
    assert run(press, "--html", "-").stdout == page.replace("t.html", "-")


def test_standard_input_is_a_document(press: Path) -> None:
    made = json.loads(run("-", press / "sheet.txt", "--json", given=STORY.encode()).stdout)
    assert ("standard-input", "-") in {(one["id"], one["path"]) for one in made["documents"]}
    with refused("F600", "F660"):
        run("-", press / "sheet.txt")


def test_whether_a_text_is_its_file_is_known_from_what_was_read_and_not_from_its_name(tmp_path: Path) -> None:
    pytest.importorskip("pypdf", reason="pypdf comes with foedus[trace]")
    made = pdf(tmp_path / "made.pdf", [STORY[:90], LAW[:90]])
    bare = made.rename(tmp_path / "letter")
    (tmp_path / "notes:12").write_text(STORY, "utf-8")
    rows = "".join(json.dumps({"id": name, "text": STORY}) + "\n" for name in ("one", "two")) + "{\n"
    for paths, given in (
        ([bare, tmp_path / "notes:12"], b""),
        (["-", tmp_path / "notes:12"], bare.read_bytes()),
        (["-", tmp_path / "notes:12"], rows.encode()),
    ):
        said = run(*paths, "--json", given=given).stdout
        assert tmp_path.parent.name in said
        assert "/tmp" not in said.replace(tmp_path.as_posix(), "")
        texts = {one["path"]: one["text"] for one in json.loads(said)["documents"]}
        for path, text in texts.items():
            assert (text is None) == (Path(path).name == "notes:12"), path
        assert len(texts) == len(paths) + (rows.encode() == given)


def test_a_known_text_is_no_document(press: Path) -> None:
    (press / "law.txt").write_text(LAW, "utf-8")
    made = json.loads(run(press, "--known", press / "law.txt", "--json").stdout)
    assert [one["id"] for one in made["known"]] == ["law"]
    assert "law" not in {one["id"] for one in made["documents"]}
    (press.parent / "rain.txt").write_text(LAW, "utf-8")  # a document has that name already
    made = json.loads(run(press, "--known", press.parent / "rain.txt", "--json").stdout)
    assert made["known"][0]["id"].endswith("/rain.txt")
    with refused("F001"):
        run(press, "--known", press / "laws.txt")


def test_one_document_or_none_is_nothing_to_compare(press: Path, tmp_path: Path) -> None:
    with refused("F660"):
        run(press / "sheet.txt")
    (tmp_path / "none").mkdir()
    with refused("F619", "F660"):
        run(tmp_path / "none")
    with refused("F001", "F001", "F660"):
        run("a.txt", "b.txt")


def test_what_cannot_be_read_is_told_and_the_rest_traced(press: Path) -> None:
    (press / "seal.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (press / "empty.txt").write_bytes(b"")
    said = run(press).stdout
    assert "3 documents, 2 sources" in said
    assert "2 documents could not be read" in said
    assert "a picture (PNG)" in said
    unread = json.loads(run(press, "--json").stdout)["unread"]
    assert sorted(Path(one["path"]).name for one in unread) == ["empty.txt", "seal.txt"]


def test_a_guessed_encoding_is_said(press: Path) -> None:
    words = (
        "Совет отправил сорок лодок к броду, потому что застава просила помощи, и лодки вернулись с холмов. "
    )
    (press / "sovet.txt").write_bytes((words * 3).encode("cp1251"))
    assert "Encodings that were guessed" in run(press).stdout


def test_a_dossier_says_when_and_by_whom(press: Path, tmp_path: Path) -> None:
    page = tmp_path / "dossier.md"
    page.write_text((ROOT / "tests/report/dossiers/raid.md").read_text("utf-8"), "utf-8")
    with pytest.raises(Refused):
        run(press, "--dossier", "nowhere-2022")
    done = run(press, "--dossier", "kazakhstan-2022")
    assert "F661" in done.stderr
    assert "3 documents" in done.stdout


def test_derivations_and_dates_come_from_the_dossier(press: Path) -> None:
    for file, name in (("sheet", "embassy-india"), ("herald", "mfa-0106")):
        text = (press / f"{file}.txt").read_text("utf-8").split("\n\n", 1)[1]
        (press / f"{name}.txt").write_text(text, "utf-8")
        (press / f"{file}.txt").unlink()
    done = run(press, "--dossier", "kazakhstan-2022", "--json")
    made = json.loads(done.stdout)
    (link,) = made["links"]
    assert done.stderr == ""
    assert (link["origin"], link["copy"], link["by"]) == ("mfa-0106", "embassy-india", "attribution")
    assert made["documents"][0]["meta"]["on"]


def test_a_derivation_that_the_texts_do_not_bear_out_is_told(press: Path) -> None:
    (press / "sheet.txt").rename(press / "embassy-india.txt")
    (press / "herald.txt").unlink()
    (press / "rain.txt").rename(press / "mfa-0106.txt")
    done = run(press, "--dossier", "kazakhstan-2022")
    assert "warning F646" in done.stderr
    assert "2 documents, 2 sources" in done.stdout


def test_many_documents_are_traced_with_a_warning(press: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracing, "MOST", 2)
    done = run(press)
    assert "F662" in done.stderr
    assert "3 documents" in done.stdout


def test_without_the_extra_the_message_says_how_to_get_it(
    press: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foedus.cli.trace.NEEDED", ("numpy", "no_such_library"))
    with refused("F559"):
        run(press)


def test_help_needs_nothing_of_the_extra() -> None:
    code = """
import sys
from foedus.cli.main import cli
cli(["trace", "--help"], standalone_mode=False)
print(sorted({"numpy", "duckdb", "foedus.library", "foedus.cli.tracing"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, timeout=60)
    assert done.stdout.decode().rstrip().endswith("[]")


@pytest.mark.parametrize(
    ("typed", "begun", "offered"),
    [
        (
            [],
            "--",
            {"--known", "--dossier", "--html", "--parquet", "--json", "--index", "--query", "--engine"},
        ),
        ([], "pr", {"file"}),
        (["--known"], "", {"file"}),
        (["--query"], "", {"file"}),
        (["--index"], "", {"dir"}),
        (["--engine"], "s", {"spark"}),
        (["--dossier"], "kaz", {"kazakhstan-2022"}),
    ],
)
def test_the_shell_offers_what_fits(typed: list[str], begun: str, offered: set[str]) -> None:
    shell = ShellComplete(cli, {}, "foedus", "_FOEDUS_COMPLETE")
    found = shell.get_completions(["trace", *typed], begun)
    assert offered <= {one.value if one.type == "plain" else one.type for one in found}


def test_options_that_do_not_go_together(press: Path, tmp_path: Path) -> None:
    for args, code in (
        (("--query", press / "rain.txt"), "F663"),
        ((press, "--engine", "duckdb"), "F663"),
        ((press, "--index", tmp_path / "i", "--dossier", "kazakhstan-2022"), "F666"),
    ):
        with refused(code):
            run(*args)
    assert not (tmp_path / "i").exists()


def test_an_index_is_made_and_asked(press: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = tmp_path / "crawl.index"
    assert run(press, "--index", index).stdout.startswith("3 documents, 2 sources\n")

    (tmp_path / "asked.txt").write_text(STORY, "utf-8")
    said = run("--index", index, "--query", tmp_path / "asked.txt").stdout
    assert said.startswith(
        "Words of asked.txt stand in 2 documents of the index.\nOf these sheet had them first.\n"
    )
    made = json.loads(run("--index", index, "--query", tmp_path / "asked.txt", "--json").stdout)
    Draft202012Validator(schema()).validate(made)
    assert made["query"] == {"document": "asked.txt", "first": ["sheet"], "undated": []}
    (tmp_path / "two.jsonl").write_text('{"text": "one two"}\n{"text": "three four"}\n', "utf-8")
    with refused("F664"):
        run("--index", index, "--query", tmp_path / "two.jsonl")

    monkeypatch.setattr(indexed, "MOST", 2)
    brief = run("--index", index).stdout
    assert "crawl.index:3documents" in "".join(brief.split())  # a long path is broken anywhere
    assert "--query FILE" in brief
    with refused("F665"):
        run("--index", index, "--json")
    run("--index", index, "--parquet", tmp_path / "all.parquet")
    assert (tmp_path / "all.documents.parquet").exists()


def test_texts_that_anybody_may_quote_are_told_apart_in_an_index(
    press: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("sheet", "herald"):
        with (press / f"{name}.txt").open("a", encoding="utf-8") as file:
            file.write(f"\n\n{LAW}\n")
    (tmp_path / "law.txt").write_text(LAW, "utf-8")
    index, known = tmp_path / "crawl.index", ("--known", tmp_path / "law.txt")
    made = json.loads(run(press, "--index", index, *known, "--json").stdout)
    Draft202012Validator(schema()).validate(made)
    assert {(one["class"], one["third"]) for one in made["passages"]} == {("edited", None), ("shared", "law")}
    assert [one["id"] for one in made["known"]] == ["law"]
    assert made["settings"] == {"k": 4, "few": 4, "hubs": 2, "many": 5000, "times": 0, "gap": 48, "seeds": 5,
                                "weak": 3, "strong": 12}  # fmt: skip
    assert {one["class"] for one in json.loads(run("--index", index, "--json").stdout)["passages"]} == {
        "edited"
    }
    (tmp_path / "asked.txt").write_text(f"It is well known that this is so. {LAW}", "utf-8")
    asked = run("--index", index, "--query", tmp_path / "asked.txt", *known, "--json").stdout
    assert {one["class"] for one in json.loads(asked)["passages"]} == {"shared"}

    monkeypatch.setattr(indexed, "MOST", 2)
    assert "1 are from texts that anybody may quote" in " ".join(run("--index", index, *known).stdout.split())
    with refused("F001"):
        run("--index", index, "--known", tmp_path / "laws.txt")


def test_what_a_publisher_repeats_makes_no_copy(tmp_path: Path) -> None:
    notice = (
        "Whoever wishes to cut reeds this spring may ask at the third hut behind the old windmill by noon."
    )
    for n in range(5):
        own = " ".join(f"boat{n}of{place} went{n}at{place}" for place in range(30))
        (tmp_path / f"page{n}.txt").write_text(
            f"Publisher: The Sheet\n\n{own}\n{notice}\n{notice[:-9]}\n", "utf-8"
        )
    for more in ((), ("--index", tmp_path / "an.index")):
        made = json.loads(run(*sorted(tmp_path.glob("*.txt")), *more, "--json").stdout)
        assert {one["class"] for one in made["passages"]} == {"boilerplate"}
        assert made["counts"]["sources"] == 5


SCRIPTS = {
    "газета": ("cp1251", "Заголовок: Газета\nДата: 1950-03-06\n\n",
        ("В понедельник вечером совет болотного края отправил к броду сорок лодок, потому что застава просила помощи "
        "против разбойников с холмов. Лодки вернулись ночью, никто не пострадал.")),
    "хабар": ("utf-8", "Тақырып: Хабар\nКүні: 1950-03-06\n\n",
        ("Дүйсенбі күні кешке батпақ өлкесінің кеңесі өткелге қырық қайық жіберді, өйткені бекет таулықтардан "
        "қорғануға көмек сұраған еді. Қайықтар түнде қайтып келді, ешкім зардап шеккен жоқ.")),
    "قصب": ("utf-8", "العنوان: صحيفة القصب\nالتاريخ: 1950-03-06\n\n",
        ("في مساء الاثنين أرسل مجلس المستنقعات أربعين قاربا إلى المخاضة لأن دار المكوس طلبت العون على اللصوص القادمين "
        "من التلال، وعادت القوارب ليلا ولم يصب أحد بأذى.")),
    "沼泽报": ("utf-8", "标题：沼泽报\n日期：1950-03-06\n\n",
        "星期一晚上，沼泽议会派出四十条船前往渡口，因为关卡请求援助以抵御来自山里的强盗。船只在夜里返回，无人受伤。"),
}  # fmt: skip
"""Of a name the encoding, the head and the story, each invented."""


@pytest.mark.parametrize("more", [(), ("--all",)], ids=["brief", "all"])
def test_any_script_is_traced_and_fits_the_terminal(tmp_path: Path, more: tuple[str, ...]) -> None:
    for name, (encoding, head, story) in SCRIPTS.items():
        (tmp_path / f"{name}.txt").write_bytes(f"{head}{story}\n".encode(encoding))
        (tmp_path / f"{name}2.txt").write_text(f"{head.replace('-06', '-08')}{story} {story[:30]}", "utf-8")
    said = run(tmp_path, *more).stdout
    assert said.startswith("8 documents, 4 sources\n")
    assert said.count("direction known by time") == 4
    assert "Windows-1251" in said
    assert [line for line in said.splitlines() if columns(line) > 80] == []
    page = run(tmp_path, "--html", "-").stdout
    # The label does not decide the direction of an Arabic line.
    assert '<p dir="auto"><span class="kind" dir="ltr">boilerplate</span>' in page


class Onlooker:
    """Whoever looks at the line of progress."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def on(self, doing: str) -> None:
        self.seen.append(doing)

    def aside(self) -> None:
        self.seen.append("")


def test_how_far_a_comparison_in_memory_is_can_be_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(10):
        (tmp_path / f"paper{n}.txt").write_text(f"Paper {n} says this.\n\n{STORY}", "utf-8")
    line = Onlooker()

    @contextmanager
    def busy(doing: str) -> Iterator[Onlooker]:
        line.on(doing)
        yield line

    monkeypatch.setattr(tracing, "busy", busy)
    run(tmp_path)
    assert [re.sub(r"\d+ s", "… s", one) for one in line.seen if "word by word" in one] == [
        "Comparing word by word: 44 %, about … s left", "Comparing word by word: 89 %, about … s left",
    ]  # fmt: skip
    assert "Comparing 10 documents" in line.seen


def test_a_process_of_its_own_says_the_same(press: Path) -> None:
    done = foedus("trace", press / "sheet.txt", press / "herald.txt")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("2 documents, 1 source\n")
    alone = foedus("trace", press / "sheet.txt")
    assert alone.status == 2
    assert "error F660: there is nothing to compare" in alone.err
    assert foedus("trace").status == 2
