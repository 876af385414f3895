"""The quotations of a dossier's claims, each looked up in its document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from foedus.evidence.claim import Claim
from foedus.trace.anchor_file import name_of
from foedus.trace.anchors import Found, Kept, is_of, remember, resolve
from foedus.trace.nearest import Text


@dataclass(frozen=True)
class AtHand:
    """The text of a source, and how its file is called."""

    file: str
    text: Text


@dataclass(frozen=True)
class Quotation:
    """A claim's quotation: `found` is None where its document is not at hand, `kept` where no anchor of these
    words was saved."""

    claim: Claim
    document: AtHand | None = None
    kept: Kept | None = None
    found: Found | None = None

    @property
    def words(self) -> str:
        """The words of the text at their place now; empty where they are not."""
        if self.found is None or self.document is None:
            return ""
        return self.document.text.text[self.found.start : self.found.end]


def look_up(
    dossier: str,
    claims: Iterable[Claim],
    documents: Mapping[str, AtHand],
    anchors: Mapping[str, tuple[str, Kept]],
    begun: Callable[[str], None] = lambda _: None,
) -> tuple[Quotation, ...]:
    """What has become of each quotation, in the order of the claims; `documents` are by source. `begun` is told
    of each document when its first quotation is looked up."""
    found: list[Quotation] = []
    told: set[str] = set()
    for claim in claims:
        if not claim.quote.strip():
            continue
        kept = anchors.get(name_of(dossier, claim.id), ("", None))[1]
        if kept is not None and not is_of(kept, claim.quote):
            kept = None
        document = documents.get(claim.source)
        if document is None:
            found.append(Quotation(claim, None, kept))
            continue
        if document.file not in told:
            told.add(document.file)
            begun(document.file)
        found.append(Quotation(claim, document, kept, resolve(document.text, claim.quote, kept)))
    return tuple(found)


def to_keep(
    dossier: str, quotations: Iterable[Quotation], anchors: Mapping[str, tuple[str, Kept]]
) -> dict[str, tuple[str, Kept]]:
    """The anchors to save: of words that stand once, where they stand now; of others, as they were saved before.
    Those of claims that the dossier no longer has go; those of other dossiers stay."""
    own = name_of(dossier, "")
    made = {name: anchor for name, anchor in anchors.items() if not name.startswith(own)}
    for one in quotations:
        name = name_of(dossier, one.claim.id)
        found, document = one.found, one.document
        if found and document and found.kind in ("exact", "moved") and not found.others:
            kept = remember(document.text, one.claim.quote, (found.start, found.end))
            if kept is not None:
                made[name] = document.file, kept
        elif one.kept is not None:
            made[name] = anchors[name]
    return made
