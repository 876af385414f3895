"""What was asked of an index about one document: where else it stands, and who had it first."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.report.trace.wording import some
from foedus.words.speech import plural, say


@dataclass(frozen=True, slots=True)
class Asked:
    """A document, in how many others words of it stand, which of those are the earliest that have a date (one, if
    it is known who was first), and which have none."""

    document: str
    holders: int
    first: tuple[str, ...]
    undated: tuple[str, ...]


def sentences(asked: Asked) -> list[str]:
    """The answer."""
    if not asked.holders:
        return [say("No document of the index shares a passage with {document}.", document=asked.document)]
    found = plural(
        "Words of {document} stand in {n} document of the index.",
        "Words of {document} stand in {n} documents of the index.",
        asked.holders, document=asked.document,
    )  # fmt: skip
    return [found, _who(asked)]


def _who(asked: Asked) -> str:
    if not asked.first:
        return say("Who had them first is not known: none of these has a date.")
    if len(asked.first) == 1 and not asked.undated:
        return say("Of these {document} had them first.", document=asked.first[0])
    names = some(sorted(asked.first))
    if not asked.undated:
        return say("Who had them first is not known to the day: {names}.", names=names)
    return plural(
        "Of those with a date the first is {names}; {n} has none, and may have been before.",
        "Of those with a date the first is {names}; {n} have none, and may have been before.",
        len(asked.undated), names=names,
    )  # fmt: skip
