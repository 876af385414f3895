"""Who took it from whom: documents that derive from others, and claims that have fewer sources than
documents, with the reasons.

A copy counts once, a principal counts once, and what is known through one channel only counts once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.evidence.claim import Source
from foedus.evidence.standing import Standing
from foedus.report.html.setting import Setting
from foedus.words.speech import aloud


def lineage(page: Setting) -> Mapping[str, Any] | None:
    """The trees of derivation, the channels that several documents share, and each fact of which
    copies were counted once; None where every document stands alone."""
    record = page.assessment.dossier.record
    derived: dict[str, list[tuple[str, str]]] = {}
    for source in record.sources.values():
        for derivation in source.derives:
            derived.setdefault(derivation.origin, []).append((source.id, derivation.how))
    channels: dict[str, list[str]] = {}
    for source in record.sources.values():
        if source.channel:
            channels.setdefault(source.channel, []).append(source.id)
    shared = {name: found for name, found in channels.items() if len(found) > 1}
    collapsed = [
        _collapsed(page, fact.id, fact.title or fact.id, standing)
        for fact in record.facts
        if (standing := page.assessment.standings.get(fact.id)) is not None
        and standing.documents > standing.sources
    ]
    if not derived and not shared and not collapsed:
        return None
    # A copy of a copy stands below the copy, not beside it; what derives in a circle has no root.
    copies = {source for found in derived.values() for source, _ in found}
    roots = [origin for origin in derived if origin not in copies] or list(derived)
    return {
        "documents": page.assessment.documents,
        "sources": page.assessment.sources,
        "trees": [_tree(page, root, derived, frozenset()) for root in roots],
        "channels": [(name, [leaf(page, each) for each in found]) for name, found in shared.items()],
        "collapsed": collapsed,
    }


def _tree(
    page: Setting, source: str, derived: Mapping[str, list[tuple[str, str]]], above: frozenset[str]
) -> Mapping[str, Any]:
    below = [] if source in above else derived.get(source, [])
    return {
        **leaf(page, source),
        "copies": [
            {**_tree(page, copy, derived, above | {source}), "how": how} for copy, how in sorted(below)
        ],
    }


def leaf(page: Setting, source: str) -> Mapping[str, Any]:
    """A document as it hangs in the tree."""
    known: Source | None = page.sources.get(source)
    return {
        "id": source,
        "title": known.title or source if known else source,
        "by": page.names.plain(known.by) if known and known.by else "",
        "known": known is not None,
    }


def _collapsed(page: Setting, fact: str, title: str, standing: Standing) -> Mapping[str, Any]:
    return {
        "id": fact,
        "title": title,
        "letter": page.letters.letters.get(fact),
        "documents": standing.documents,
        "sources": standing.sources,
        "groups": [
            {
                "documents": [name for name in component.documents if page.number(name)],
                "who": [page.names.plain(name) for name in component.principals],
                "reasons": [aloud(why) for why in component.reasons],
            }
            for component in standing.components
            if len(component.documents) > 1
        ],
    }
