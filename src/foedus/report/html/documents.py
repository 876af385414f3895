"""The sources, numbered: every other section points here by these numbers, on the screen and on paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from foedus.evidence.claim import Source
from foedus.report.html.setting import Setting, linkable
from foedus.report.wording import on_day


def sources(page: Setting) -> Mapping[str, Any] | None:
    """The dossier's documents, then those that only the treaty pages name; None if there are none."""
    record = page.assessment.dossier.record
    claims = Counter(claim.source for claim in record.claims)
    every = [
        {**_document(page, source), "claims": claims[name], "number": page.number(name)}
        for name, source in page.sources.items()
    ]
    own = len(record.sources)
    return {"dossier": every[:own], "pages": every[own:]} if every else None


def _document(page: Setting, source: Source) -> Mapping[str, Any]:
    addresses = [address for address in (source.url, *source.via) if address]
    followed = next((address for address in addresses if linkable(address)), "")
    return {
        "id": source.id,
        "title": source.title or source.id,
        "url": followed,
        "by": page.names.plain(source.by) if source.by else "",
        "publisher": "" if page.names.plain(source.by) == source.publisher else source.publisher,
        "on": on_day(source.date),
        "addresses": [address for address in addresses if address != followed],
        "read": source.read,
        "channel": source.channel or "",
        "derives": [(d.origin, page.number(d.origin)) for d in source.derives],
        "unconfirmed": source.unconfirmed,
        "unresolved": not source.resolved,
    }
