"""Each change a user notices has one fragment, one sentence: `<issue>.<kind>.md` or `+<word>.<kind>.md`."""

from __future__ import annotations

import re
import tomllib

from tests.house.files import ROOT, text_of

SETTINGS = tomllib.loads(text_of(ROOT / "pyproject.toml"))["tool"]["towncrier"]
KINDS = "|".join(kind["directory"] for kind in SETTINGS["type"])
FRAGMENT = re.compile(rf"^(?:[1-9]\d*|\+[a-z0-9-]+)\.(?:{KINDS})\.md$")


def test_fragments_are_named_properly() -> None:
    strange = [path.name for path in (ROOT / "changelog.d").iterdir() if not FRAGMENT.match(path.name)]
    assert not strange, f"expected <issue>.<kind>.md or +<word>.<kind>.md with kind {KINDS}: {strange}"


def test_fragments_are_sentences() -> None:
    for path in (ROOT / "changelog.d").glob("*.md"):
        text = text_of(path).strip()
        assert text.endswith((".", "!", "?")), path.name
        assert "\n\n" not in text, f"{path.name}: one paragraph, to be read by a user"


def test_the_changelog_has_its_mark() -> None:
    assert SETTINGS["start_string"] in text_of(ROOT / "CHANGELOG.md")
