"""`foedus trace --index FOLDER`: documents into an index, what it holds, and one document looked up in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from foedus.cli.busy import Busy, Silent, busy
from foedus.cli.tracing import MOST, Run
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.report.trace.asked import Asked, sentences
from foedus.report.trace.overview import Overview
from foedus.trace.corpus.index import Index
from foedus.trace.corpus.progress import Progress, Stage
from foedus.trace.document import Document, Unread
from foedus.trace.lineage import groups, links
from foedus.trace.passage import Passage, Traced
from foedus.trace.plan import Settings
from foedus.trace.read.run import documents
from foedus.words.speech import marked, say

Engine = Literal["duckdb", "spark"]

STAGES: dict[Stage, str] = {
    "reading": marked("Reading documents"),
    "joining": marked("Looking for the same words"),
    "chaining": marked("Putting passages together"),
    "aligning": marked("Comparing word by word"),
}


def looked_up(folder: Path, paths: Sequence[Path], file: Path, engine: Engine) -> Run:
    """What the documents of an index share with the one in a file, after putting further ones in. Raises `Refused`."""
    (one, *more) = documents([file])
    if isinstance(one, Unread):
        raise Refused(one.problem)
    if more:
        why = "it holds several documents, and one is looked up"
        raise Refused(Problem("F664", whole(spelled(file)), {"path": spelled(file), "why": why}))
    with _opened(folder, engine) as index:
        _filled(index, paths)
        answer = index.query(one)
    taken = {holder.id for holder in answer.holders}
    if one.id in taken:  # the index may have a document of this name, or this very one
        one = Document(**{**vars(one), "id": f"{one.id} ({say('looked up')})"})
    traced = _traced((one, *answer.holders), tuple(_renamed(answer.passages, file, one)), ())
    asked = Asked(one.id, len(answer.holders), answer.first, answer.undated)
    return Run(traced, (), asked, tuple(sentences(asked)), asdict(Settings()))
