"""What is installed can run its main job: the data ships in the wheel."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.house.files import ROOT, repository_files

pytest.importorskip("hatchling", reason="hatchling builds the wheel; `make setup-dev` installs it")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in the wheel, built by the backend itself: no isolation, hence no network."""
    from hatchling.builders.wheel import WheelBuilder

    folder = tmp_path_factory.mktemp("wheel")
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with zipfile.ZipFile(Path(wheel)) as archive:
        return set(archive.namelist())


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
