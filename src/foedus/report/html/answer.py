"""The first section: what follows, one sentence to a main norm, with the shape of its verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.report.html.setting import Setting
from foedus.report.lead import sentences


def answer(page: Setting) -> Mapping[str, Any]:
    """The lead: `sentences` as (settled or None, words)."""
    return {"sentences": sentences(page.assessment, page.letters)}
