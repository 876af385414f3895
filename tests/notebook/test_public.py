"""The public names: nothing is imported before it is asked for, and each is documented with what it has."""

from __future__ import annotations

import doctest
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import foedus
from foedus.notebook.columns import OF_ALL, ROWS
from foedus.notebook.frames import TABLES
from tests.cli.program import environment

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "python.md"
TEXT = PAGE.read_text(encoding="utf-8")


def fresh(program: str) -> str:
    """What a program of its own says."""
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment(), capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_import_foedus_imports_nothing_that_takes_time() -> None:
    said = fresh(
        "import sys; before = set(sys.modules); import foedus; print(*sorted(set(sys.modules) - before))"
    )
    assert {name for name in said.split() if name.startswith("foedus")} == {"foedus"}
    assert not {"typing", "re", "lark", "click"} & set(said.split())


def test_to_ask_imports_no_library_of_frames() -> None:
    heavy = "('polars', 'pandas', 'pyarrow', 'IPython', 'numpy')"
    said = fresh(
        f"import sys, foedus; foedus.assess('kyrgyzstan-2010'); print([n for n in {heavy} if n in sys.modules])"
    )
    assert said == "[]"


def test_the_names_are_known_before_they_are_asked_for() -> None:
    assert fresh("import foedus; print(set(foedus.__all__) <= set(dir(foedus)))") == "True"
    for name in foedus.__all__:
        assert getattr(foedus, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'asess'"):
        _ = foedus.asess  # pyright: ignore[reportAttributeAccessIssue]


def test_every_public_name_stands_in_the_list_for_readers_of_types() -> None:
    """What `__getattr__` finds at run time, a type checker finds below TYPE_CHECKING."""
    source = Path(foedus.__file__).read_text(encoding="utf-8")
    typed = set(
        re.findall(r"\w+", " ".join(re.findall(r"^    from foedus\.\S+ import (.+)$", source, re.MULTILINE)))
    )
    assert typed | {"__version__"} == set(foedus.__all__)


def section(name: str) -> str:
    found = re.search(rf"^## {re.escape(name)}\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert found, f"docs/reference/python.md has no section “{name}”"
    return found[1]


NAMES = [name for name in foedus.__all__ if not name.startswith("__")]


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_is_documented_with_an_example(name: str) -> None:
    assert ">>> " in section(f"foedus.{name}")


def attributes(name: str) -> list[str]:
    kind = getattr(foedus, name)
    own = [n for n in vars(kind) if not n.startswith("_")] + list(getattr(kind, "__dataclass_fields__", {}))
    return sorted(set(own))


@pytest.mark.parametrize("name", [n for n in NAMES if inspect.isclass(getattr(foedus, n))])
def test_everything_an_object_has_is_documented(name: str) -> None:
    documented = set(re.findall(r"^\| `\.?(\w+)", section(f"foedus.{name}"), re.MULTILINE))
    inner = {"assessment", "value", "drawn", "texts", "found"}  # the values of the rooms below
    assert set(attributes(name)) - inner == documented - inner


@pytest.mark.parametrize("name", [n for n in NAMES if inspect.isfunction(getattr(foedus, n))])
def test_every_argument_is_documented(name: str) -> None:
    text = section(f"foedus.{name}")
    missing = [p for p in inspect.signature(getattr(foedus, name)).parameters if f"`{p}" not in text]
    assert not missing


def test_every_column_is_documented() -> None:
    frames = [(table.name, table.row, table.columns) for table in TABLES.values()]
    frames += [(name, ROWS[name], columns) for name, columns in OF_ALL.items()]
    for name, row, columns in frames:
        rows = re.search(rf"^### {name}: (.*?)\n(.*?)(?=^##|\Z)", TEXT, re.MULTILINE | re.DOTALL)
        assert rows, name
        assert rows[1] == row
        told = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+) \|$", rows[2], re.MULTILINE)
        assert told == [(c.name, c.kind, c.meaning) for c in columns], name


def test_the_examples_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```python\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    script = "\n".join(blocks)
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    test = doctest.DocTestParser().get_doctest(script, {}, PAGE.name, str(PAGE), 0)
    assert len(test.examples) > 25
    said: list[str] = []
    doctest.DocTestRunner(optionflags=flags).run(test, out=said.append)
    assert not said, "".join(said)
