"""`foedus trace --index FOLDER`: documents into an index, what it holds, and one document looked up in it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path

from foedus.cli.busy import Busy, Silent, busy, how_far
from foedus.cli.say import colourful, refuse, width, written_in
from foedus.cli.tracing import MOST, Run
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.report.trace.asked import Asked
from foedus.report.trace.overview import Overview, show_overview
from foedus.report.trace.parquet import write_parquet
from foedus.trace.corpus.engine import Name
from foedus.trace.corpus.index import Index
from foedus.trace.corpus.progress import Progress, Stage
from foedus.trace.document import Document, Unread
from foedus.trace.lineage import groups, links
from foedus.trace.passage import Passage, PassageKind, Traced
from foedus.trace.read.files import files
from foedus.trace.read.run import documents
from foedus.words.speech import marked, say

STAGES: dict[Stage, str] = {
    "reading": marked("Reading documents"),
    "joining": marked("Looking for the same words"),
    "chaining": marked("Putting passages together"),
    "aligning": marked("Comparing word by word"),
}


@contextmanager
def opened(folder: Path, paths: Sequence[Path], engine: Name) -> Generator[tuple[Index, int]]:
    """The index in a folder, made where there is none, with the documents of these paths put in; and how many were
    new. Raises `Refused`."""
    with busy(say("Opening the index")) as work:
        index = Index(folder, engine, watch=lambda event: _tell(work, event))
        with index:
            added = 0
            if paths:
                found = list(files(paths))
                refused = [one.problem for one in found if isinstance(one, Unread)]
                if refused:
                    work.aside()
                    refuse(refused)
                named = [one.path for one in found if not isinstance(one, Unread)]
                added = index.add_files(named, documents).documents
            if added or index.counts().unfound:
                index.find()
            work.on(say("Reading the index"))
            yield index, added


def _tell(work: Busy | Silent, event: Progress) -> None:
    """How far it is, and how long the rest takes."""
    work.on(how_far(say(STAGES[event.stage]), event.done, event.of, event.left))


def held(index: Index, option: str, known: Sequence[Document] = ()) -> Run:
    """The whole of an index that is small enough to be shown; `known` are texts that anybody may quote. Raises
    `Refused` (F665) for another."""
    n = index.counts().documents
    if n > MOST:
        values = {"option": option, "most": f"{MOST:,}", "n": f"{n:,}"}
        raise Refused(Problem("F665", whole(option), values))
    traced = _traced(tuple(index.documents(known)), tuple(index.passages(known)), index.unread())
    return Run(traced, index.known(known), settings=index.settings)


def is_small(index: Index) -> bool:
    """Whether the whole of an index can be shown."""
    return index.counts().documents <= MOST


def looked_up(index: Index, file: Path, known: Sequence[Document] = ()) -> Run:
    """What the documents of an index share with the one in a file. Raises `Refused`: F664 where it holds several."""
    found = list(_first_two(file))
    if isinstance(found[0], Unread):
        raise Refused(found[0].problem)
    if len(found) > 1:
        why = "it holds several documents, and one is looked up"
        raise Refused(Problem("F664", whole(spelled(file)), {"path": spelled(file), "why": why}))
    one = replace(found[0], id=file.name)
    answer = index.query(one, known)
    while one.id in {holder.id for holder in answer.holders}:
        one = replace(one, id=f"{one.id} (2)")
        answer = index.query(one, known)
    traced = _traced((one, *answer.holders), answer.passages, ())
    asked = Asked(one.id, len(answer.holders), answer.first, answer.undated)
    return Run(traced, index.known(known), asked, index.settings)


def _first_two(file: Path) -> Generator[Document | Unread]:
    for n, one in enumerate(documents([file])):
        yield one
        if n:
            return


def _traced(read: tuple[Document, ...], passages: Sequence[Passage], unread: Sequence[Unread]) -> Traced:
    linked = links(read, passages)
    return Traced(read, tuple(passages), linked, groups(read, linked), tuple(unread))


def overview(index: Index, folder: Path, added: int, every: bool, known: Sequence[Document] = ()) -> str:
    """An index that is too large to be shown, in brief."""
    counts = index.counts()
    kinds: Counter[PassageKind] = Counter(passage.kind for passage in index.passages(known))
    families = [(family.words, family.documents) for family in index.families()]
    it = Overview(
        spelled(folder), counts.documents, counts.words, added, kinds, families,
        index.unread(),
    )  # fmt: skip
    return show_overview(it, every=every, width=width(), colour=colourful(sys.stdout), encoding=written_in())


def into_parquet(index: Index, path: Path, known: Sequence[Document] = ()) -> list[Path]:
    """Every passage and document of an index, in two files, one after the other: memory holds neither."""
    return write_parquet(path, index.passages(known), chain(index.documents(known), index.known(known)), {})
