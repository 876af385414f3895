"""The page on the rules of order says what the tables say.

After a change that is meant, set FOEDUS_GOLDEN=rewrite for one run."""

from __future__ import annotations

import os
import re
from dataclasses import MISSING, fields
from pathlib import Path

from foedus.council.debate.order import MOTIONS, RULES, Moved, Order, numbered
from foedus.council.debate.table import Table

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "rules-of-order.md"
MEANS = {
    "speech": "seconds that a speech lasts; 0 for no limit",
    "reply": "seconds that a first reply on an item lasts",
    "second_reply": "seconds that every further reply lasts",
    "explanation": "seconds that an explanation of vote lasts",
    "replies": "how often one delegation replies on one item",
    "quorum": "how many members have to be at the table; 0 for any number",
    "away": "whether members who are away count towards that",
    "yields": "whether a speaker may leave the rest of its time to another",
    "rule": "the rule of decision by which motions on procedure are decided, such as `unsc.procedure`",
    "majorities": "majorities, by motion, in which the room differs from the table above",
}


def decided(row: Moved) -> str:
    how = {"hands": f"by hands, {row.majority}", "chair": "by the chair", "request": "on request"}[
        row.decided
    ]
    return f"{how}; at once" if row.at_once else how


def rows() -> dict[str, list[str]]:
    """The lines of each table of the page."""
    order = Order()
    return {
        "rules": [f"| {each.number} | {each.title} | {each.text} | {each.source} |" for each in RULES],
        "motions": [
            f"| `{row.what}` | {row.title} | {decided(row)} | {row.carried} | {row.rule} | {row.source} |"
            for row in MOTIONS
        ],
        "settings": [
            f"| `{each.name}` | {MEANS[each.name]} | {_default(getattr(order, each.name))} |" for each in fields(Order)
        ],
    }  # fmt: skip


def _default(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if value else "none" if isinstance(value, str | dict) else "0"


def test_the_page_has_the_tables() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name, lines in rows().items():
        block = re.compile(rf"(\|---\|[-|]*\n)(?:<!-- {name} -->\n|(?:\| .*\n)*)")
        heads = {"rules": 0, "motions": 1, "settings": 2}
        found = list(block.finditer(text))[heads[name]]
        wanted = found[1] + "".join(f"{line}\n" for line in lines)
        if os.environ.get("FOEDUS_GOLDEN") == "rewrite":
            text = text[: found.start()] + wanted + text[found.end() :]
            PAGE.write_text(text, encoding="utf-8")
        assert found[0] == wanted or os.environ.get("FOEDUS_GOLDEN") == "rewrite", name


def test_rules_are_numbered_and_every_motion_has_one() -> None:
    assert [each.number for each in RULES] == list(range(1, len(RULES) + 1))
    assert len({each.title for each in RULES}) == len(RULES)
    for row in MOTIONS:
        assert numbered(row.rule).number == row.rule
    assert {each.name for each in fields(Order)} == set(MEANS)
    assert all(each.default is not MISSING or each.default_factory is not MISSING for each in fields(Order))
    assert Table(("ARV",)).speakers == ("ARV", "secretary")
