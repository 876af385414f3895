"""What history records of a request, beside an answer that it does not change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.report.cases import outcome_words
from foedus.report.html.setting import Setting
from foedus.report.wording import article_short, begun, norm_heading


def outcomes(page: Setting) -> Mapping[str, Any] | None:
    """Each outcome with its source, the norms that it answers, and the dossier's note."""
    recorded = page.assessment.dossier.outcomes
    if not recorded:
        return None
    norms = {norm.id: norm for norm in page.assessment.program.norms}
    found = {finding.norm.id for finding in page.assessment.findings}
    several = len({norm.partition(".")[0] for norm in found}) > 1
    return {
        "outcomes": [
            {
                "words": begun(outcome_words(outcome)),
                "source": outcome.source,
                "under": [
                    {
                        "id": norm.id,
                        "found": norm.id in found,
                        "article": f"{norm.instrument}, {article_short(norm.article)}"
                        if several
                        else article_short(norm.article),
                        "title": norm_heading(norm),
                    }
                    for norm in (
                        norms[name] for name in dict.fromkeys(a.norm for a in outcome.under) if name in norms
                    )
                ],
                "note": outcome.note,
            }
            for outcome in recorded
        ]
    }
