"""Anchors on disk: `anchors.json` beside the documents, in the words of the W3C's Web Annotation.

Each anchor is an annotation of a claim (`urn:foedus:claim:DOSSIER:CLAIM`) that targets a document by the name of its
file, with a quote selector and a position selector. Positions count Unicode code points. Annotations that somebody
else put into the file stay in it, unread. The schema is `foedus schema anchors`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, cast

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.reading import opened
from foedus.diagnostics.span import spelled, whole
from foedus.trace.anchors import AROUND, Kept

NAME: Final = "anchors.json"
LARGEST: Final = 32 * 1024 * 1024
"""Bytes: some forty thousand quotations."""
_CLAIM: Final = "urn:foedus:claim:"
_CONTEXT: Final = [
    "http://www.w3.org/ns/anno.jsonld",
    {"letters": "urn:foedus:anchors:letters", "sha256": "urn:foedus:anchors:sha256"},
]


@dataclass(frozen=True)
class Anchors:
    """What an `anchors.json` holds: by claim (a URN) the file that it is a quotation from, and the anchor.
    `foreign` are annotations of other things, `problems` what was wrong with those left out."""

    of: Mapping[str, tuple[str, Kept]] = field(default_factory=dict[str, tuple[str, Kept]])
    foreign: tuple[object, ...] = ()
    problems: tuple[Problem, ...] = ()


def name_of(dossier: str, claim: str) -> str:
    """The URN of a claim."""
    return f"{_CLAIM}{dossier}:{claim}"


def read_anchors(path: Path) -> Anchors:
    """The anchors of a file. Raises `Refused`: F670 if it is none, F001 to F008 if it cannot be opened."""
    with opened(path) as file:
        raw = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise _refused(path, f"it is larger than {LARGEST // 1024**2} MiB")
    try:
        read: object = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _refused(path, "it is not UTF-8") from None
    except RecursionError:
        raise _refused(path, "it is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise _refused(path, f"line {error.lineno}, column {error.colno} is not JSON") from None
    except ValueError:
        raise _refused(path, "it has a number that is too long") from None
    items = _object(read).get("items")
    if not isinstance(items, list):
        raise _refused(path, "it has no list “items”")
    return _sorted(path, cast("list[object]", items))


def written(anchors: Mapping[str, tuple[str, Kept]], foreign: tuple[object, ...] = ()) -> str:
    """The file's text: claims by the alphabet, so that a version differs from the next in what has changed."""
    items = [_annotation(name, file, kept) for name, (file, kept) in sorted(anchors.items())]
    page = {"@context": _CONTEXT, "type": "AnnotationPage", "items": [*items, *foreign]}
    return json.dumps(page, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace").decode() + "\n"


def _annotation(name: str, file: str, kept: Kept) -> dict[str, object]:
    position: dict[str, object] = {"type": "TextPositionSelector", "start": kept.start, "end": kept.end}
    if kept.letters is not None:
        position["letters"] = kept.letters
    quote = {"type": "TextQuoteSelector", "exact": kept.exact, "prefix": kept.prefix, "suffix": kept.suffix}
    target: dict[str, object] = {"source": file, "selector": [quote, position]}
    if kept.digest:
        target["sha256"] = kept.digest
    return {"id": name, "type": "Annotation", "motivation": "identifying", "target": target}


def _sorted(path: Path, items: list[object]) -> Anchors:
    found: dict[str, tuple[str, Kept]] = {}
    foreign: list[object] = []
    wrong: list[tuple[str, str]] = []
    for item in items:
        made = _object(item)
        name = made.get("id")
        if not isinstance(name, str) or not name.startswith(_CLAIM):
            foreign.append(item)
            continue
        try:
            if name in found:
                raise ValueError("it stands there twice")
            found[name] = _kept(made)
        except ValueError as error:
            wrong.append((name.removeprefix(_CLAIM), str(error)))
    return Anchors(found, tuple(foreign), _told(path, wrong))


def _told(path: Path, wrong: list[tuple[str, str]]) -> tuple[Problem, ...]:
    if not wrong:
        return ()
    values = {"count": str(len(wrong)), "path": spelled(path), "claim": wrong[0][0], "why": wrong[0][1]}
    return (Problem("F671", whole(spelled(path)), values),)


def _object(value: object) -> dict[str, object]:
    """An object of JSON; empty if it is something else."""
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _kept(item: dict[str, object]) -> tuple[str, Kept]:
    """The anchor of an annotation. Raises ValueError with what is wrong."""
    target = _object(item.get("target"))
    selectors = target.get("selector")
    listed = cast("list[object]", selectors) if isinstance(selectors, list) else [selectors]
    by_type = {str(_object(one).get("type")): _object(one) for one in listed}
    quote, position = by_type.get("TextQuoteSelector", {}), by_type.get("TextPositionSelector", {})
    exact = quote.get("exact")
    if not isinstance(exact, str) or not exact.strip():
        raise ValueError("it quotes no words")
    start, end, letters = (_count(position, name) for name in ("start", "end", "letters"))
    if start is None or end is None or start > end:
        raise ValueError("its place is none")
    kept = Kept(
        exact=exact,
        prefix=_text(quote, "prefix")[-AROUND:],
        suffix=_text(quote, "suffix")[:AROUND],
        start=start,
        end=end,
        letters=letters,
        digest=_text(target, "sha256"),
    )
    return _text(target, "source"), kept


def _text(found: dict[str, object], name: str) -> str:
    value = found.get(name, "")
    if not isinstance(value, str):
        raise ValueError(f"its {name} is no text")
    return value


def _count(found: dict[str, object], name: str) -> int | None:
    value = found.get(name)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise ValueError("its place is none")
    return value


def _refused(path: Path, why: str) -> Refused:
    return Refused(Problem("F670", whole(spelled(path)), {"path": spelled(path), "why": why}))
