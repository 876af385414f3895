"""What the texts of the sources show, where they were at hand: which documents are one source and why, and where the
texts and what the dossier declares do not agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from foedus.evidence.comparison import BorneOut, Copied
from foedus.evidence.declared import undeclared
from foedus.report.html.lineage import leaf
from foedus.report.html.setting import Setting
from foedus.report.texts import at_hand
from foedus.words.speech import aloud, marked, say

ONE = marked("Counted as one source")
APART = marked("Words in common, and still counted apart")
NOT_BORNE_OUT = marked("Declared, and not borne out by the texts")
UNJUDGED = marked("Declared, and not to be judged by the texts")
SECRET = marked("The dossier declares no derivation.")
DECLARED = marked("The dossier declares it.")


def texts(page: Setting) -> Mapping[str, Any] | None:
    """How many texts were at hand, and what each two documents have in common; None where none was at hand."""
    record = page.assessment.dossier.record
    found = record.compared
    if found is None:
        return None
    secret = undeclared(record)
    told = sorted(
        (one for one in found.copied if not one.through or one.conflict is not None),
        key=lambda one: one not in secret,
    )
    groups = (
        (ONE, [_copied(page, one, secret) for one in told if one.whole]),
        (APART, [_copied(page, one, secret) for one in told if not one.whole]),
        (NOT_BORNE_OUT, [_declared(page, one) for one in found.borne_out if one.word == "no"]),
        (UNJUDGED, [_declared(page, one) for one in found.borne_out if one.word == "not comparable"]),
    )
    return {
        "at_hand": at_hand(page.assessment),
        "groups": [(say(title), rows) for title, rows in groups if rows],
    }


def _copied(page: Setting, one: Copied, secret: Sequence[Copied]) -> Mapping[str, Any]:
    return {
        "first": leaf(page, one.first),
        "second": leaf(page, one.second),
        "directed": bool(one.by),
        "why": aloud(one.why),
        "conflict": aloud(one.conflict) if one.conflict is not None else "",
        "secret": say(SECRET) if one in secret else "",
        "declared": say(DECLARED) if _is_declared(page, one) else "",
    }


def _is_declared(page: Setting, one: Copied) -> bool:
    found = page.assessment.dossier.record.compared
    pair = {one.first, one.second}
    return found is not None and any({each.copy, each.origin} == pair for each in found.borne_out)


def _declared(page: Setting, one: BorneOut) -> Mapping[str, Any]:
    return {
        "first": leaf(page, one.origin),
        "second": leaf(page, one.copy),
        "directed": True,
        "why": aloud(one.why),
        "conflict": "",
        "secret": "",
        "declared": "",
    }
