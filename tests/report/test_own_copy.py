"""The reader's own text, cut into articles, whatever it looks like."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from foedus.cli.main import cli
from foedus.diagnostics.problem import Refused
from foedus.report.own_copy import articles

BORDER = Path(__file__).parents[2] / "examples" / "border"


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("Article 4", "4"),
        ("ARTICLE IV", "4"),
        ("## Article 4 · Help", "4"),
        ("**Art. 4.** Help", "4"),
        ("Статья 4", "4"),
        ("Ст. 4. Помощь", "4"),
        ("Article 4bis", "4bis"),
        ("Article XIV. Help", "14"),
        ("Artículo 4", "4"),
        ("§ 4 Help", "4"),
    ],
)
def test_an_article_begins_at_the_line_that_names_it(head: str, number: str) -> None:
    assert articles(f"Preamble\n\n{head}\nThey help.\n\nChapter II\nOther things.") == {number: "They help."}


@given(st.text(alphabet="Article IVXL4\n.#*bis§ ", max_size=300))
def test_any_text_can_be_cut(text: str) -> None:
    assert all(articles(text).values())


def test_the_copy_stands_on_the_page_and_is_escaped(tmp_path: Path) -> None:
    (tmp_path / "lir.txt").write_text("Article 1\nEach <b>helps</b> the other.\n", encoding="utf-8")
    page = tmp_path / "page.html"
    options = ["--treaties", str(BORDER), "--html", str(page), "--texts", str(tmp_path)]
    result = CliRunner().invoke(cli, ["assess", str(BORDER / "dossier.md"), *options])
    assert result.exit_code == 0, result.output
    text = page.read_text(encoding="utf-8")
    assert "Each &lt;b&gt;helps&lt;/b&gt; the other." in text


def test_a_folder_without_any_is_refused_with_the_names_that_would_do(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        cli,
        [
            "assess",
            str(BORDER / "dossier.md"),
            "--treaties",
            str(BORDER),
            "--html",
            "-",
            "--texts",
            str(tmp_path),
        ],
    )
    assert isinstance(result.exception, Refused)
    assert "lir.txt" in result.exception.problems[0].values["names"]
