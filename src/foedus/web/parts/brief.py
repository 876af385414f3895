"""What one's own seat knows and has in hand: nobody else sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from foedus.exercise.scenario import Draft
from foedus.report.lists import titled
from foedus.web.look import Look
from foedus.web.pages.page import Filling


def brief(look: Look) -> Filling | None:
    """The brief of one's seat, and its drafts; nothing for who has none."""
    seat = look.brief
    if seat is None:
        return None
    drafts = [
        (_title(look, draft), draft.amends, str(draft.body.get("text", "")), tuple(_parts(draft)))
        for draft in (seat.drafts if look.sees("drafts", seat.who) else ())
    ]
    return {"seat": seat, "drafts": drafts, "paragraphs": paragraphs}


def paragraphs(text: str) -> tuple[str, ...]:
    r"""The paragraphs of a text, each in one line.

    >>> paragraphs("One\nand a half.\n\nTwo.")
    ('One and a half.', 'Two.')
    """
    return tuple(" ".join(each.split()) for each in text.split("\n\n") if each.strip())


def _title(look: Look, draft: Draft) -> str:
    step = look.rules.steps.get(draft.step)
    return draft.step if step is None else titled(step.title or step.name)


def _parts(draft: Draft) -> Iterator[tuple[str, str]]:
    found = draft.body.get("parts")
    if isinstance(found, Mapping):
        for name, words in cast("Mapping[str, Any]", found).items():
            yield str(name), str(words)
