"""Quotations and what has become of them: for the terminal, and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from foedus.evidence.record import Dossier
from foedus.report.layout import TIE, Sheet
from foedus.report.lists import begun
from foedus.trace.anchors import AROUND, AnchorKind
from foedus.trace.passage import Edit
from foedus.trace.quotations import Quotation
from foedus.words.speech import marked_in, plural, say, say_in

KINDS: dict[AnchorKind, tuple[str, str]] = {
    "exact": (marked_in("anchor", "exact"), marked_in("anchor", "the same words in the same place")),
    "moved": (marked_in("anchor", "moved"), marked_in("anchor", "the same words elsewhere")),
    "edited": (
        marked_in("anchor", "edited"),
        marked_in("anchor", "other words, at most 35 % of the letters"),
    ),
    "orphan": (marked_in("anchor", "orphan"), marked_in("anchor", "not there any more")),
}
"""What has become of a quotation, in a word and in words."""
ALIKE = 0.7
"""How like what stands around a quotation must be to be called the same: a word beside it may have changed."""
COPIES = 3
"""Further places of one quotation that are named."""


def show_anchors(sheet: Sheet, dossier: Dossier, folder: str, quotations: Sequence[Quotation]) -> None:
    """How many quotations are how, then each that is not exact, or not certainly so."""
    sheet.aside(dossier.title or dossier.id, dossier.id, style="title")
    if not quotations:
        sheet.put(say("No claim of this dossier quotes words."))
        return
    sheet.put(
        plural(
            "{n} quotation in its claims, looked up in {folder}",
            "{n} quotations in its claims, looked up in {folder}",
            len(quotations),
            folder=folder,
        ),
        style="quiet",
    )
    sheet.blank()
    counted = Counter(one.found.kind for one in quotations if one.found is not None)
    saved = any(one.kept is not None for one in quotations)
    for kind, (word, meaning) in KINDS.items():
        if kind == "moved" and not saved:
            continue
        explained = say("the words are there") if kind == "exact" and not saved else say_in("anchor", meaning)
        sheet.row(say_in("anchor", word), 10, explained, str(counted[kind]), 6)
    _asides(sheet, quotations, saved)
    for kind in ("orphan", "edited", "moved", "exact"):
        told = [one for one in quotations if one.found is not None and one.found.kind == kind and _worth(one)]
        if told and kind == "exact":
            sheet.head(say("There, with a doubt"))
        elif told:
            word, meaning = KINDS[kind]
            sheet.head(begun(say_in("anchor", word)), say_in("anchor", meaning))
        alike: dict[object, list[Quotation]] = {}
        for one in told:
            alike.setdefault(
                (one.claim.source, one.claim.where, one.claim.quote, one.kept, one.found), []
            ).append(one)
        for some in alike.values():
            _quotation(sheet, some[0], ", ".join(one.claim.id for one in some))


def _worth(one: Quotation) -> bool:
    """Whether it is told of by itself."""
    found = one.found
    return found is not None and (found.kind != "exact" or bool(found.others) or found.within)


def _asides(sheet: Sheet, quotations: Sequence[Quotation], saved: bool) -> None:
    looked = [one for one in quotations if one.found is not None]
    missing = [one for one in quotations if one.found is None]
    if missing:
        sources = plural("{n} source", "{n} sources", len({one.claim.source for one in missing}))
        without = say("no text at hand of {sources}", sources=sources)
        sheet.row(say_in("anchor", "not seen"), 10, without, str(len(missing)), 6)
    set_otherwise = sum(1 for one in looked if one.found is not None and one.found.folded)
    notes: list[str] = []
    if set_otherwise:
        notes.append(
            plural(
                "Of these, {n} has the words set otherwise: spaces, marks, capitals, or how accents are written.",
                "Of these, {n} have the words set otherwise: spaces, marks, capitals, or how accents are written.",
                set_otherwise,
            )
        )
    unsaved = sum(1 for one in looked if one.kept is None)
    if not saved:
        notes.append(say("No anchors are saved: the words alone were looked for. Save them with --save."))
    elif unsaved:
        notes.append(
            plural(
                "Of {n} quotation no anchor is saved: its words alone were looked for.",
                "Of {n} quotations no anchor is saved: their words alone were looked for.",
                unsaved,
            )
        )
    for note in notes:
        sheet.blank()
        sheet.put(note, style="quiet")


def _quotation(sheet: Sheet, one: Quotation, claims: str) -> None:
    found, document = one.found, one.document
    if found is None or document is None:
        return
    claim = one.claim
    source = f"{claim.source} {claim.where}".strip()
    sheet.blank()
    sheet.aside(claims, source, 2, "letter")
    if found.kind == "orphan":
        sheet.put(say("“{words}”", words=claim.quote), 4, 1)
        if one.kept is not None:
            sheet.put(say("It stood at {place}.", place=_span(one.kept.start, one.kept.end)), 4, 0, "quiet")
        return
    if found.kind == "edited":
        sheet.put(difference(claim.quote, found.edits, one.words, found.start), 4, 1)
        sheet.put(say("There: {words}", words=_in_context(document.text.text, found.start, found.end)), 4, 1)
    else:
        sheet.put(say("“{words}”", words=claim.quote), 4, 1)
    sheet.put(" ".join(_placed(one)), 4, 0, "quiet")


def _placed(one: Quotation) -> list[str]:
    """Where it stands, and what is in doubt about that."""
    found = one.found
    assert found is not None
    here = _span(found.start, found.end)
    was = one.kept
    if was is not None and (was.start, was.end) != (found.start, found.end):
        parts = [say("Characters {place}; they were {before}.", place=here, before=_span(was.start, was.end))]
    else:
        parts = [say("Characters {place}.", place=here)]
    if found.kind == "edited":
        parts.append(say("{share} % of the letters are unchanged.", share=int(found.score * 100)))
    if found.kind == "moved":
        alike = found.around >= ALIKE
        parts.append(
            say("The words around it are the same.") if alike else say("Other words stand around it.")
        )
    if found.folded:
        parts.append(say("Set otherwise."))
    if found.within:
        parts.append(say("There it is part of a longer word."))
    if found.others:
        shown = ", ".join(_span(*place) for place in found.others[:COPIES])
        parts.append(
            plural(
                "It stands as well at one more place, and nothing says which is meant: {places}.",
                "It stands as well at {n} more places, and nothing says which is meant: {places}.",
                len(found.others),
                places=shown + (", …" if len(found.others) > COPIES else ""),
            )
        )
    return parts


def _in_context(text: str, start: int, end: int) -> str:
    """The words at a place with a few before and after them, cut where words part."""
    before, after = text[max(start - AROUND, 0) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "…" + (before.partition(" ")[2] if " " in before else before)
    if end + AROUND < len(text):
        after = (after.rpartition(" ")[0] if " " in after else after) + "…"
    return " ".join((before + text[start:end] + after).split())


def _span(start: int, end: int) -> str:
    return f"{start}–{end}"


def difference(old: str, edits: Sequence[Edit], new: str, offset: int) -> str:
    """The quotation with what was changed in brackets: `for a [limited → short] period`, `[+ very]`, `[− not]`.
    Brackets of the words themselves are doubled."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts.append(_doubled(old[at : edit.a_start]))
        gone = _doubled(old[edit.a_start : edit.a_end])
        come = _doubled(new[edit.b_start - offset : edit.b_end - offset])
        if gone and come:
            shown = f"[{gone} → {come}]"
        else:
            shown = f"[−{TIE}{gone}]" if gone else f"[+{TIE}{come}]"
            before = parts[-1][-1:]
            shown = shown if not before or before.isspace() or not come or gone else f" {shown}"
        parts.append(shown)
        at = edit.a_end
    parts.append(_doubled(old[at:]))
    return say("“{words}”", words="".join(parts))


def _doubled(text: str) -> str:
    return text.replace("[", "[[").replace("]", "]]")


def as_json(dossier: Dossier, folder: str, quotations: Sequence[Quotation]) -> dict[str, object]:
    """The quotations for programs; `foedus schema anchoring` describes it."""
    counted = Counter(one.found.kind for one in quotations if one.found is not None)
    return {
        "schema": "urn:foedus:schema:anchoring:1",
        "dossier": dossier.id,
        "documents": folder,
        "counts": {
            **{kind: counted[kind] for kind in KINDS},
            "not seen": sum(one.found is None for one in quotations),
        },
        "sources_not_seen": sorted({one.claim.source for one in quotations if one.found is None}),
        "quotations": [_row(one) for one in quotations],
    }


def _row(one: Quotation) -> dict[str, object]:
    claim, found, kept = one.claim, one.found, one.kept
    row: dict[str, object] = {
        "claim": claim.id,
        "by": claim.by,
        "source": claim.source,
        "where": claim.where or None,
        "quote": claim.quote,
        "page": {"path": claim.place.page, "line": claim.place.line},
        "document": one.document.file if one.document else None,
        "saved": {"start": kept.start, "end": kept.end} if kept is not None else None,
        "kind": found.kind if found is not None else "not seen",
    }
    if found is None or found.kind == "orphan":
        return row
    return row | {
        "start": found.start,
        "end": found.end,
        "words": one.words,
        "score": round(found.score, 4),
        "around": round(found.around, 4) if kept is not None else None,
        "folded": found.folded,
        "within": found.within,
        "others": [{"start": start, "end": end} for start, end in found.others],
        "edits": [
            {
                "old": claim.quote[edit.a_start : edit.a_end],
                "new": one.words[edit.b_start - found.start : edit.b_end - found.start],
                "old_start": edit.a_start,
                "old_end": edit.a_end,
                "start": edit.b_start,
                "end": edit.b_end,
            }
            for edit in found.edits
        ],
    }
