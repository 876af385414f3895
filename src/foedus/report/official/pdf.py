"""Official minutes as a PDF (extra `foedus[pdf]`): A4, tagged, with its fonts in it.

The words are handed to the typesetter as data, so that nothing in a record is read as markup. It runs in a process of
its own, which is ended when it takes longer than `LONGEST` seconds.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.diagnostics.visible import visible
from foedus.report.journal import Line
from foedus.report.memo import Block, Grid, Heading, Items, Paragraph, Verbatim
from foedus.report.official import blocks, said
from foedus.report.official.minutes import Minutes, Sat
from foedus.words.speech import say

LONGEST = 120.0
"""Seconds that setting the type may take."""


def to_pdf(minutes: Minutes, longest: float = LONGEST) -> bytes:
    """The file's bytes. Raises `Refused`: F559 where typst is not installed, F765 where it failed or took too long."""
    if find_spec("typst") is None:
        raise Refused(Problem("F559", NOWHERE, {"option": "--pdf", "library": "typst", "extra": "pdf"}))
    command = [sys.executable, "-m", "foedus.report.official.typeset"]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(data_of(minutes)).encode(),
            capture_output=True,
            timeout=longest,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _failed(say("it took longer than {seconds} seconds", seconds=int(longest))) from None
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise _failed(lines[-1] if lines else "")
    return done.stdout


def _failed(why: str) -> Refused:
    return Refused(Problem("F765", NOWHERE, {"why": visible(why)[:300]}))


def data_of(minutes: Minutes) -> Any:
    """What the template is filled with, in the language spoken: a title, lines that lead in, sections of parts."""
    sections: list[dict[str, Any]] = []
    for block in blocks.front(minutes):
        _into(sections, block)
    sections += [
        {"title": said.meeting_title(minutes, sat), "parts": list(_sat(minutes, sat))}
        for sat in minutes.meetings
    ]
    for block in blocks.back(minutes):
        _into(sections, block)
    return _shown({
        "title": said.heading(minutes), "language": minutes.language, "record": _record(minutes),
        "lead": list(blocks.lead(minutes)), "sections": sections,
    })  # fmt: skip


def _record(minutes: Minutes) -> str:
    if minutes.head is None:
        return minutes.room
    return say("record of {room}, head over {size}", room=minutes.room, size=minutes.head.size)


def _into(sections: list[dict[str, Any]], block: Block) -> None:
    if isinstance(block, Heading) and block.level < 3:
        sections.append({"title": block.text, "parts": []})
        return
    sections[-1]["parts"].append(_part(block))


def _part(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "text": block.text}
        case Paragraph():
            return {"kind": "strong" if block.strong else "text", "text": block.text}
        case Items(items):
            return {"kind": "list", "items": [each.text for each in items]}
        case Grid(heads, rows):
            return {"kind": "table", "heads": list(heads), "rows": [list(row) for row in rows]}
        case Verbatim(text):
            return {"kind": "text", "text": text}


def _sat(minutes: Minutes, sat: Sat) -> Iterator[dict[str, Any]]:
    yield {"kind": "text", "text": said.meeting_period(sat)}
    day = None
    for line in sat.lines:
        if line.at.date() != day:
            day = line.at.date()
            yield {"kind": "heading", "text": said.day(line.at)}
        yield _entry(minutes, line)


def _entry(minutes: Minutes, line: Line) -> dict[str, Any]:
    return {
        "kind": "entry", "number": f"[{line.number}]", "time": said.clock(line),
        "who": said.spoken(line, minutes.names), "what": line.sentence, "article": line.article,
        "more": [*line.more, *([line.why] if line.why else [])],
        "instead": list(said.read_instead(line)),
    }  # fmt: skip


def _shown(value: Any) -> Any:
    """The same with nothing in it that hides or turns round."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list):
        return [_shown(each) for each in value]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, dict):
        return {name: _shown(each) for name, each in value.items()}  # pyright: ignore[reportUnknownVariableType]
    return value
