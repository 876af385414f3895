"""No line and no character left out of a page fells the reader or goes unseen: a sample of what `fuzz.slips` tries."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.lang.parse import parse_page
from foedus.library import digest
from fuzz.slips import PAGES, bare, meaning, slips, try_page


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_slip_fells_nothing_and_is_seen(path: Path) -> None:
    found = try_page(path, every=1501, lines=61)
    assert found.total() > 2


def test_what_only_prose_says_does_not_change_the_meaning() -> None:
    path = next(path for path in PAGES if path.stem == "lir")
    text = path.read_text(encoding="utf-8")
    meant, _ = meaning(path, text)
    other = text.replace("\n\n```foedus", "\n\nA remark.\n\n```foedus", 1)
    assert other != text
    assert meaning(path, other)[0] == meant
    assert digest([other]) != digest([text])  # a digest is of the page as it is written


def test_a_change_of_meaning_is_seen_as_one() -> None:
    path = next(path for path in PAGES if path.stem == "cst")
    text = path.read_text(encoding="utf-8")
    assert (
        meaning(path, text.replace("class necessary-help", "class consult", 1))[0] != meaning(path, text)[0]
    )
    assert bare({"a": (1,)}) == bare({"a": [1]})


def test_slips_are_of_every_line_and_of_every_character_asked_for() -> None:
    text = "# One\n\n```foedus\nparties\n```\n"
    tried = [slip.text for slip in slips(text)]
    assert text.replace("# One\n", "") in tried
    assert text.replace("parties", "partie") in tried
    assert len(tried) == 6 + len("parties\n") + 1  # lines, characters of blocks, the first of prose


def test_a_wrong_date_of_a_holder_is_told_and_the_rest_is_read() -> None:
    """Found by `fuzz.slips`: it was let out of the reader, and all other mistakes of the page with it."""
    path = next(path for path in PAGES if path.stem == "writing-declarations")
    text = path.read_text(encoding="utf-8")
    wrong = text.replace("held by ARV on 2011-08-31", "held by ARV on 2011-0-31", 1)
    page, problems = parse_page(path.name, wrong)
    assert [problem.code for problem in problems][:1] == ["F110"]
    assert len(page.items) == len(parse_page(path.name, text)[0].items)
