"""What is installed can run its main job: the data ships in the wheel."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.house.files import ROOT, repository_files

pytest.importorskip("hatchling", reason="hatchling builds the wheel; `make setup-dev` installs it")


def built(folder: Path) -> Path:
    """The wheel, built by the backend itself: no isolation, hence no network."""
    from hatchling.builders.wheel import WheelBuilder

    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return Path(wheel)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def shipped(wheel: Path) -> set[str]:
    """The names in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`foedus`, installed from the wheel alone, far from its source. What it needs from others is borrowed
    from the environment of the tests: installing that takes a network."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "env", with_pip=True)
    bin_ = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    pip = [bin_ / "python", "-m", "pip", "--disable-pip-version-check", "-qq"]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", wheel], check=True)
    (own,) = (folder / "env").rglob("site-packages")
    borrowed = sysconfig.get_path("purelib")  # appended: what the wheel brought comes first
    (own / "borrowed.pth").write_text(f"{borrowed}\n", encoding="utf-8")
    return bin_ / "foedus"


def run(program: Path, *args: str, cwd: Path) -> str:
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [program, *args], cwd=cwd, env=env | {"PYTHONUTF8": "1"}, capture_output=True, timeout=120
    )
    assert (done.returncode, done.stderr.decode()) == (0, ""), args
    return done.stdout.decode()


def test_what_is_installed_works_without_its_source(installed: Path, tmp_path: Path) -> None:
    where = run(installed.with_name("python"), "-c", "import foedus; print(foedus.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent.parent)
    assert "Article 4" in run(installed, "assess", "kazakhstan-2022", cwd=tmp_path)
    assert run(installed, "new", "treaty", "marsh", cwd=tmp_path).startswith("Written: treaties/marsh.md")
    assert "nothing to mend" in run(installed, "check", "treaties/marsh.md", cwd=tmp_path)
    assert " 0 not met." in run(installed, "test", cwd=tmp_path)
    assert "# F110: not a date" in run(installed, "why", "F110", cwd=tmp_path)
    assert "armenia-2022" in run(installed, "dossiers", cwd=tmp_path)
    assert f"Python {sys.version.split()[0]}" in run(installed, "--version", cwd=tmp_path)
    for form in ("html", "md", "csl", "bibtex"):
        assert "Armenia" in run(installed, "assess", "armenia-2022", f"--{form}", "-", cwd=tmp_path)


def test_the_same_source_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    again = built(tmp_path)
    assert again.name == wheel.name
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (wheel, again)}
    assert len(digests) == 1
    with zipfile.ZipFile(wheel) as archive:
        assert len({info.date_time for info in archive.infolist()}) == 1  # not the files' own


def test_every_file_of_the_package_ships(shipped: set[str]) -> None:
    source = ROOT / "src"
    written = {path.relative_to(source).as_posix() for path in repository_files() if source in path.parents}
    assert "foedus/py.typed" in written
    assert written <= shipped, f"left out: {sorted(written - shipped)}"


def test_nothing_else_ships(shipped: set[str]) -> None:
    strangers = {name for name in shipped if not name.startswith(("foedus/", "foedus-"))}
    assert not strangers
    assert not {name for name in shipped if "__pycache__" in name}


def test_the_licence_and_the_command_ship(shipped: set[str]) -> None:
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in shipped)
    assert any(name.endswith(".dist-info/entry_points.txt") for name in shipped)
