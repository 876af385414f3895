"""What is installed is pinned, with hashes, and is what pyproject.toml asks for."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from tests.house.files import ROOT, text_of

PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[^\s;]+)(?: ; [^\\]+)?$")
HASH = re.compile(r"^--hash=sha256:[0-9a-f]{64}$")


def project() -> dict[str, Any]:
    return tomllib.loads(text_of(ROOT / "pyproject.toml"))


def pins(name: str) -> dict[str, str]:
    """Each package (with the Pythons it is for, if not all) and its version; an AssertionError names the
    first line that is neither pin nor hash."""
    found: dict[str, str] = {}
    text = text_of(ROOT / "requirements" / f"{name}.txt").replace("\\\n", "\0")
    for entry in text.splitlines():
        pin, *hashes = [part.strip() for part in entry.split("\0")]
        matched = PIN.match(pin)
        assert matched, f"{name}.txt: not a pinned package: {pin!r}"
        assert hashes, f"{name}.txt: {pin} has no hash"
        assert all(HASH.match(each) for each in hashes), f"{name}.txt: a strange hash at {pin}"
        marker = pin.partition(";")[2].strip()
        key = f"{matched['name']} ; {marker}" if "python_full_version" in marker else matched["name"]
        assert key not in found, f"{name}.txt: {key} is pinned twice"
        found[key] = matched["version"]
    return found


def asked_for(group: str) -> set[str]:
    names: set[str] = set()
    for entry in project()["dependency-groups"][group]:
        if isinstance(entry, dict):
            names |= asked_for(entry["include-group"])
        else:
            names.add(bare(entry))
    return names


def bare(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0].lower()


@pytest.mark.parametrize(("name", "group"), [("base", "build"), ("dev", "dev")])
def test_everything_asked_for_is_pinned_with_hashes(name: str, group: str) -> None:
    wanted = {bare(each) for each in project()["project"]["dependencies"]} | asked_for(group)
    assert wanted <= {bare(pin) for pin in pins(name)}, "run `make lock`"


def test_both_files_pin_the_same_versions() -> None:
    base, dev = pins("base"), pins("dev")
    assert {name: dev.get(name) for name in base} == base, "run `make lock`"


def test_what_only_spark_needs_is_pinned_apart() -> None:
    assert asked_for("spark") <= set(pins("spark"))
    assert not asked_for("spark") & (set(pins("base")) | set(pins("dev")))


def test_no_comment_or_option_in_the_files() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        assert not re.search(r"^\s*(?:#|-(?!-hash=))|://", text_of(path), re.M), path.name
