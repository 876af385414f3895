"""`--plot` and `--html` of `foedus cascade` and `foedus panel`: what is written, and every way to ask wrongly."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cascade.owed import laid
from tests.cli.program import Done, foedus
from tests.panel.files import ROWS, SPELLS, atop, states, written
from tests.report.html.reading import read

SHOCK = ("--shock", "AUH:SRB", "--on", "1914-07-28", "--source", "atop=atop.csv", "--draws", "0")
YEARS = ("--from", "1950", "--to", "1980", "--atop", "panel.csv", "--states", "list.csv")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = laid(tmp_path_factory.mktemp("drawn"))
    written(folder, "panel.csv", atop(ROWS))
    written(folder, "list.csv", states(SPELLS))
    return folder


def ask(here: Path, *args: str) -> Done:
    return foedus(*args, cwd=here, FOEDUS_DATA=str(here / "shelf"))


def desc(path: Path) -> str:
    root = ElementTree.fromstring(path.read_bytes())
    return str(root.findtext("{http://www.w3.org/2000/svg}desc")).replace("\u00a0", " ")


def test_a_cascade_is_drawn_in_all_its_figures_and_as_a_page(here: Path) -> None:
    done = ask(
        here, "cascade", *SHOCK, "--without", "FRA:RUS", "--without", "ITA", "--pivots", "--html", "c.html",
        "--plot", "c.svg", "--plot", "difference=d.svg", "--plot", "pivots=p.svg", "--plot", "network=n.svg",
    )  # fmt: skip
    assert (done.status, done.out) == (0, ""), done.err
    names = ["c.html", "c.svg", "d.svg", "d-2.svg", "p.svg", "n.svg"]
    assert done.err.split() == [word for name in names for word in ("Written:", name)]
    assert all((here / f"{name}.alt.txt").exists() for name in names[1:])
    assert "Worked out exactly" in desc(here / "c.svg")
    assert "Russian Empire: 5" in desc(here / "c.svg")
    assert "without" in desc(here / "d.svg") and desc(here / "d.svg") != desc(here / "d-2.svg")
    assert desc(here / "n.svg").startswith("A network of")
    page = read((here / "c.html").read_text(encoding="utf-8"))
    assert page.all("h1")[0].text == "Austria-Hungary attacks the Kingdom of Serbia"
    code = page.all("code")[0].text
    assert (
        code.startswith("foedus cascade --shock AUH:SRB") and "--without ITA" in code and "html" not in code
    )


def test_a_page_goes_to_standard_output(here: Path) -> None:
    done = ask(here, "cascade", *SHOCK, "--html", "-")
    assert done.status == 0 and done.out.startswith("<!DOCTYPE html>")


def test_the_command_on_a_page_names_files_without_their_folders(here: Path) -> None:
    shock = [word.replace("atop=atop.csv", f"atop={here / 'atop.csv'}") for word in SHOCK]
    done = ask(here, "cascade", *shock, "--html", "-")
    assert str(here) not in done.out and "--source atop=atop.csv" in done.out


FEW = (
    "--reading", "dual.attacked=armed force", "--reading", "triple.attacked=armed force", "--reading", "defends=so",
    "--reading", "london.borne=each by itself", "--reading", "concert_for_belgium=so",
)  # fmt: skip


def test_a_cascade_over_pages_is_drawn_as_a_page_and_as_a_figure(here: Path) -> None:
    done = ask(
        here, "cascade", "july-1914", *FEW, "--html", "j.html", "--plot", "j.svg", "--plot", "outcomes=j.png",
        "--columns", "one",
    )  # fmt: skip
    assert (done.status, done.out) == (0, ""), done.err
    assert done.err.split() == [word for name in ("j.html", "j.svg", "j.png") for word in ("Written:", name)]
    assert "it is no probability" in desc(here / "j.svg") and (here / "j.png.alt.txt").exists()
    page = read((here / "j.html").read_text(encoding="utf-8"))
    assert page.all("h1")[0].text == "July 1914, as a cascade"
    assert page.all("code")[0].text.startswith(
        "foedus cascade july-1914 --reading 'dual.attacked=armed force'"
    )
    assert "Obliged, beside who entered" in page.text


def test_a_shock_over_pages_in_force_is_drawn_too(here: Path) -> None:
    done = ask(here, "cascade", *SHOCK[:4], "--html", "-")
    page = read(done.out)
    assert done.status == 0 and page.all("h1")[0].text == "Austria-Hungary attacks the Kingdom of Serbia"
    assert len(page.all("article")) == 1


def test_figures_of_a_data_set_are_not_of_pages(here: Path) -> None:
    done = ask(here, "cascade", "july-1914", "--plot", "network=q.svg")
    assert done.status == 2 and "outcomes=FILE" in done.err and not (here / "q.svg").exists()


def test_a_panel_is_drawn_beside_what_is_told(here: Path) -> None:
    done = ask(here, "panel", *YEARS, "--plot", "cov.svg", "--plot", "network=net.pdf", "--columns", "one")
    assert done.status == 0, done.err
    assert "Written: cov.svg" in done.err and "rows" in done.out
    assert "What is known of each year, 1950 to 1980." in desc(here / "cov.svg")
    assert (here / "net.pdf").read_bytes().startswith(b"%PDF")
    alt = (here / "net.pdf.alt.txt").read_text(encoding="utf-8")
    assert "on 31 December 1980" in alt


@pytest.mark.parametrize(
    ("plot", "code"),
    [("c.jpeg", "F870"), ("chances=c", "F870"), ("difference=d.svg", "F871"), ("pivots=d.svg", "F871")],
)
def test_what_cannot_be_drawn_is_told_and_nothing_is_written(here: Path, plot: str, code: str) -> None:
    before = sorted(here.iterdir())
    done = ask(here, "cascade", *SHOCK, "--plot", "first.svg", "--plot", plot)
    assert done.status == 2 and code in done.err and "Traceback" not in done.err
    assert sorted(here.iterdir()) == before


def test_a_kind_that_there_is_not_is_told_with_those_there_are(here: Path) -> None:
    done = ask(here, "cascade", *SHOCK, "--plot", "pie=c.svg")
    assert done.status == 2 and "network=FILE" in done.err


def test_coverage_is_of_pairs_and_years(here: Path) -> None:
    done = ask(here, "panel", *YEARS, "--unit", "state", "--plot", "cov.svg")
    assert done.status == 2 and "F871" in done.err


def test_a_cell_that_is_explained_is_no_figure(here: Path) -> None:
    done = ask(here, "panel", "--explain", "20", "70", "1976", "--atop", "panel.csv", "--plot", "c.svg")
    assert done.status == 2 and "--explain" in done.err


def test_without_matplotlib_it_is_told_before_anything_is_worked_out(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    done = ask(here, "cascade", *SHOCK, "--plot", "c2.svg")
    assert done.status == 2 and "F559" in done.err and "foedus[plots]" in done.err
    assert not (here / "c2.svg").exists()
