"""Documents in, a trace out: what `foedus trace` does between its options and its reports."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from foedus.assessment.passages import compare
from foedus.cli.busy import Busy, Silent, busy, how_far
from foedus.cli.say import refuse
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.evidence.declared import check_declared
from foedus.evidence.record import Record
from foedus.library import Library
from foedus.report.trace.asked import Asked, sentences
from foedus.report.trace.parquet import write_parquet
from foedus.report.trace.values import Json, to_json
from foedus.trace.compare import Watch
from foedus.trace.document import Document, Unread
from foedus.trace.lineage import traced
from foedus.trace.passage import Traced
from foedus.trace.plan import K, Settings
from foedus.trace.read.files import files
from foedus.trace.read.run import MOST_BYTES, documents
from foedus.trace.repeated import repeated
from foedus.words.speech import plural, say

MOST = 5_000
"""Documents that memory is meant for."""
STEP = 20
STANDARD_INPUT = "standard-input"


@dataclass(frozen=True)
class Run:
    """What was traced, the texts that anybody may quote, what was asked about one document, and what counted as near
    and enough."""

    traced: Traced
    known: tuple[Document, ...] = ()
    asked: Asked | None = None
    settings: Settings = field(default_factory=Settings)

    @property
    def lead(self) -> list[str]:
        """What was asked, answered."""
        return sentences(self.asked) if self.asked else []

    def as_json(self) -> Json:
        """The whole as a value for `json.dumps`."""
        return to_json(self.traced, self.known, {"k": K, **asdict(self.settings)}, self.asked)

    def into_parquet(self, path: Path) -> list[Path]:
        """Written to a file of passages and one of documents; these. Raises `Refused`."""
        documents = {document.id: document for document in (*self.traced.documents, *self.known)}
        return write_parquet(path, self.traced.passages, documents.values(), documents)


def run(paths: Sequence[Path], known: Sequence[Path], dossier: str | None) -> Run:
    """Read and trace. Raises `Refused`: F660 where fewer than two documents can be read, and what the dossier or a
    known text is refused for."""
    record = _record(dossier) if dossier is not None else None
    with busy(say("Reading documents")) as work, _with_input(paths) as (given, called):
        read, unread = _read(given, work, called)
        quoted = known_texts(known)
        same = {Path(document.path).resolve() for document in quoted}
        read = [document for document in read if Path(document.path).resolve() not in same]
        names = {document.id for document in read}
        quoted = tuple(
            replace(document, id=document.path) if document.id in names else document for document in quoted
        )
        if len(read) < 2:
            work.aside()
            raise _too_few(read, unread)
        declared: list[tuple[str, str]] = []
        if record is not None and dossier is not None:
            read = [_as_recorded(document, record) for document in read]
            declared = _declared(read, record, dossier)
            _disagreements(read, record, quoted, work)
        if len(read) > MOST:
            work.aside()
            refuse([Problem("F662", whole(spelled(paths[0])), {"n": f"{len(read):,}", "most": f"{MOST:,}"})])
        read = list(repeated(read))
        work.on(plural("Comparing {n} document", "Comparing {n} documents", len(read)))
        return Run(traced(read, quoted, declared, unread, _watched(work)), quoted)


def _watched(work: Busy | Silent) -> Watch:
    """Shows how far the comparison is, and how long the rest takes at the speed so far."""
    begun = 0.0

    def watch(done: int, of: int) -> None:
        nonlocal begun
        if not done:
            begun = monotonic()
        elif done % STEP == 0:
            left = (monotonic() - begun) / done * (of - done)
            work.on(how_far(say("Comparing word by word"), done, of, left))

    return watch


@contextmanager
def _with_input(paths: Sequence[Path]) -> Generator[tuple[list[Path], Path | None]]:
    """The paths, standard input (`-`) as a file of its own, which goes when the run is over; and that file."""
    if not any(str(path) == "-" for path in paths):
        yield list(paths), None
        return
    with TemporaryDirectory() as folder:
        held = Path(folder) / STANDARD_INPUT
        held.write_bytes(sys.stdin.buffer.read(MOST_BYTES + 1))
        yield [held if str(path) == "-" else path for path in paths], held


def _read(
    paths: Sequence[Path], work: Busy | Silent, held: Path | None
) -> tuple[list[Document], list[Unread]]:
    """Everything that can be read, and what cannot; how far it is, is shown."""
    whole_number = sum(1 for _ in files(paths))
    begun = monotonic()
    read: list[Document] = []
    unread: list[Unread] = []
    for n, one in enumerate(documents(paths)):
        if n % STEP == 0:
            work.on(_how_far(n, whole_number, monotonic() - begun))
        one = _named(one, held) if held is not None else one
        if isinstance(one, Unread):
            unread.append(one)
        else:
            read.append(one)
    return read, unread


def _how_far(done: int, of: int, seconds: float) -> str:
    """What is being read; how long the rest takes at the speed so far, where the number is that of files."""
    if not STEP <= done < of:
        return plural("Reading {n} document", "Reading {n} documents", max(done, of))
    left = seconds / done * (of - done)
    return say("Reading document {done} of {of}, about {left} s left", done=done, of=of, left=f"{left:.0f}")


def _named(one: Document | Unread, held: Path) -> Document | Unread:
    """What was read from standard input, by that name."""
    name = spelled(held)
    if one.path != name and not one.path.startswith(f"{name}:"):  # a record of it
        return one
    if isinstance(one, Document):
        return replace(one, path=f"-{one.path.removeprefix(name)}")
    values = {key: value.replace(name, "-") for key, value in one.problem.values.items()}
    path = f"-{one.path.removeprefix(name)}"
    return Unread(path, replace(one.problem, values=values, place=whole(path)))


def known_texts(paths: Sequence[Path]) -> tuple[Document, ...]:
    """The texts that anybody may quote. Raises `Refused` for one that cannot be read: without it the answer would
    be another one."""
    found = list(documents(paths)) if paths else []
    problems = [one.problem for one in found if isinstance(one, Unread)]
    if problems:
        raise Refused(*problems)
    return tuple(one for one in found if isinstance(one, Document))


def _too_few(read: Sequence[Document], unread: Sequence[Unread]) -> Refused:
    if read:
        found = f"only `{read[0].path}` can be read"
    elif unread:
        found = "no document can be read"
    else:
        found = "no document was found"
    place = whole(read[0].path if read else unread[0].path if unread else "")
    return Refused(*(one.problem for one in unread), Problem("F660", place, {"found": found}))


def _record(name: str) -> Record:
    """The record of a dossier. Raises `Refused` where it has mistakes."""
    loaded = Library(trials=False).dossier(name)
    if loaded.dossier is None or loaded.errors:
        raise Refused(*loaded.errors)
    return loaded.dossier.record


def _as_recorded(document: Document, record: Record) -> Document:
    """A document with what the dossier says of the source of its name; that goes before what it says of itself."""
    source = record.sources.get(document.id)
    if source is None:
        return document
    speaker = record.speakers.get(source.by)
    meta = replace(
        document.meta,
        title=document.meta.title or source.title,
        publisher=source.publisher or document.meta.publisher,
        speaker=speaker.name if speaker else source.by or document.meta.speaker,
        on=source.date or document.meta.on,
        url=source.url or document.meta.url,
    )
    return replace(document, meta=meta)


def _disagreements(
    read: Iterable[Document], record: Record, quoted: Sequence[Document], work: Busy | Silent
) -> None:
    """Warn where what the dossier declares and what the texts show disagree, as `assess` does (F645 to F647)."""
    texts = [document for document in read if document.id in record.sources]
    found = check_declared(replace(record, compared=compare(record, texts, quoted))) if len(texts) > 1 else ()
    if found:
        work.aside()
        refuse(found)


def _declared(read: Iterable[Document], record: Record, dossier: str) -> list[tuple[str, str]]:
    """Which document derives from which, as the dossier has it. Warns where it knows none of them (F661)."""
    names = {document.id for document in read}
    if not names & record.sources.keys():
        values = {"dossier": dossier, "sources": ", ".join(list(record.sources)[:8])}
        refuse([Problem("F661", whole(dossier), values)])
    return [
        (source.id, derivation.origin)
        for source in record.sources.values()
        for derivation in source.derives
        if source.id in names and derivation.origin in names
    ]
