"""Pages as the foundation of Foedus shipped them, in language 1, and what they answered then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from foedus.assessment.assess import assess
from foedus.library import Library
from foedus.report.json import to_json

PAGES = Path(__file__).with_name("language-1")
EXPECTED = Path(__file__).with_name("expected.json")


def key_parts(answer: dict[str, Any]) -> dict[str, Any]:
    """What an answer says, without the words and the order in which it is said."""
    return {
        "on": answer["on"],
        "documents": answer["documents"],
        "sources_independent": answer["sources_independent"],
        "not_in_force": sorted(each["instrument"] for each in answer["not_in_force"]),
        "findings": {
            f["id"]: {
                "bearers": sorted(f["bearers"]),
                "views": {
                    name: {
                        "settled": view["settled"],
                        "turns_on": sorted(view["turns_on"]),
                        "holds_if": sets(view["holds_if"]),
                        "fails_if": sets(view["fails_if"]),
                    }
                    for name, view in f["views"].items()
                },
                "conduct": sorted(f"{c['bearer']}: {c['word']}" for c in f["conduct"]),
                "unconfirmed": len(f["unconfirmed"]),
                "not_encoded": len(f["not_encoded"]),
            }
            for f in answer["findings"]
        },
        "questions": {q["id"]: sorted(a["answer"] for a in q["answers"]) for q in answer["questions"]},
        "positions": {p["speaker"]: p["holds"] for p in answer["positions"]},
        "standings": {fact["id"]: fact["standing"] for fact in answer["facts"]},
        "tensions": len(answer["tensions"]),
        "sources": sorted(source["id"] for source in answer["sources"]),
    }


def sets(found: dict[str, Any]) -> list[list[str]]:
    return sorted(sorted(f"{each['variable']}={each['value']}" for each in one) for one in found["sets"])


def answered() -> dict[str, Any]:
    """What today's code reads in the pages that were kept."""
    loaded = Library(PAGES).dossier(str(PAGES / "kazakhstan-2022"))
    assert loaded.dossier is not None
    assert not loaded.errors, loaded.errors
    return key_parts(to_json(assess(loaded.dossier, loaded.program)))
