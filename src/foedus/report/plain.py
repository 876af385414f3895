"""Grounds, norms, sources and places as plain values, for `foedus.report.json`."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, TypeAlias

from foedus.assessment.finding import Conduct
from foedus.diagnostics.span import Place
from foedus.engines.estimate import Estimate
from foedus.engines.explain import Reason
from foedus.evidence.claim import Source
from foedus.evidence.closings import RefutedFact
from foedus.evidence.record import Closing, Pattern, Presumption
from foedus.ir.norm import Norm, NotEncoded
from foedus.terms.edtf import EDate

Json: TypeAlias = dict[str, Any]
"""An object as `json.dumps` takes it."""


def norm_json(norm: Norm) -> Json:
    """A norm by its ids, with its place."""
    return {
        "id": norm.id,
        "instrument": norm.instrument,
        "text": norm.text,
        "kind": norm.kind,
        "class": norm.duty_class,
        "class_question": norm.class_question or None,
        "classes": [
            {"answer": answer, "class": kind, "modifiers": list(modifiers)}
            for answer, kind, modifiers in norm.classes
        ],
        "article": norm.article,
        "title": norm.title,
        "manner": norm.manner,
        "immediately": norm.immediately,
        "within_days": norm.within_days,
        "place": place_json(norm.place),
    }


def reason_json(reason: Reason) -> Json:
    """The tree of grounds, built from the leaves up: a deep one needs no deep stack here."""
    made: dict[int, Json] = {}
    stack: list[tuple[Reason, bool]] = [(reason, False)]
    while stack:
        step, ready = stack.pop()
        if ready:
            made[id(step)] = {
                "value": step.value,
                "words": step.words,
                "op": step.op,
                "subject": step.subject,
                "answer": step.answer,
                "basis": basis_json(step.basis),
                "place": place_json(step.place),
                "children": [made[id(child)] for child in step.children],
            }
        else:
            stack.append((step, True))
            stack.extend((child, False) for child in step.children)
    return made[id(reason)]


def basis_json(basis: Closing | Presumption | RefutedFact | None) -> Json | None:
    """A closing, presumption or refuted fact on which a step rests."""
    match basis:
        case None:
            return None
        case Closing():
            return {
                "kind": "closing", "pattern": _pattern(basis.pattern), "span": date_json(basis.span),
                "by": basis.by, "why": basis.why, "place": place_json(basis.place),
            }  # fmt: skip
        case Presumption():
            return {
                "kind": "presumption", "pattern": _pattern(basis.pattern), "span": None,
                "by": None, "why": basis.why, "place": place_json(basis.place),
            }  # fmt: skip
        case RefutedFact(fact=fact):
            pattern = {"predicate": fact.predicate, "args": [_arg(arg) for arg in fact.args]}
            return {
                "kind": "refuted fact", "pattern": pattern, "span": date_json(fact.on),
                "by": None, "why": fact.id, "place": place_json(fact.place),
            }  # fmt: skip


def _pattern(pattern: Pattern) -> Json:
    return {"predicate": pattern.predicate, "args": list(pattern.args)}


def _arg(arg: str | tuple[str, ...] | None) -> str | None:
    return ", ".join(arg) if isinstance(arg, tuple) else arg


def not_encoded_json(left: NotEncoded) -> Json:
    """What a page leaves out."""
    return {
        "text": " ".join(left.text.split()),
        "effect": left.effect,
        "norms": list(left.norms),
        "place": place_json(left.place),
    }


def conduct_json(conduct: Conduct) -> Json:
    """What one bearer did."""
    return {
        "bearer": conduct.bearer,
        "word": conduct.word,
        "acts": list(conduct.acts),
        "interval": conduct.interval,
    }


def chance_json(chance: Fraction | Estimate | str | None) -> Json | None:
    """An exact chance as a fraction, or an estimate with its interval, or why there is neither."""
    if chance is None:
        return None
    if isinstance(chance, Fraction):
        return {"exact": str(chance), "estimate": None, "why_not": None}
    if isinstance(chance, Estimate):
        return {"exact": None, "estimate": _estimate(chance), "why_not": "too large to compute exactly"}
    return {"exact": None, "estimate": None, "why_not": chance}


def _estimate(found: Estimate) -> Json:
    return {
        "about": round(found.about, 6),
        "low": round(found.low, 6),
        "high": round(found.high, 6),
        "level": float(found.level),
        "samples": found.samples,
        "seed": found.seed,
    }


def source_json(source: Source) -> Json:
    """A document with how it was read."""
    return {
        "id": source.id,
        "title": source.title,
        "by": source.by,
        "publisher": source.publisher,
        "date": date_json(source.date),
        "url": source.url or None,
        "via": list(source.via),
        "derives": [{"origin": d.origin, "how": d.how} for d in source.derives],
        "channel": source.channel,
        "read": source.read,
        "resolved": source.resolved,
        "unconfirmed": source.unconfirmed,
    }


def date_json(on: EDate | None) -> str | None:
    """A date in EDTF."""
    return on.text if on is not None else None


def place_json(place: Place) -> Json | None:
    """Page, line, column and heading; None where no page wrote it."""
    if not place.page:
        return None
    return {"page": place.page, "line": place.line, "column": place.column, "heading": place.heading}
