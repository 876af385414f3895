"""What history records of a request, beside an answer that it does not change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.report.cases import outcome_words
from foedus.report.html.setting import Setting
from foedus.report.wording import begun


def outcomes(page: Setting) -> Mapping[str, Any] | None:
    """Each outcome with its source, the norms that it answers, and the dossier's note."""
    recorded = page.assessment.dossier.outcomes
    if not recorded:
        return None
    return {
        "outcomes": [
            {
                "words": begun(outcome_words(outcome)),
                "source": outcome.source,
                "under": [answered.norm for answered in outcome.under],
                "note": outcome.note,
            }
            for outcome in recorded
        ]
    }
