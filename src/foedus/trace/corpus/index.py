"""An index: put documents in, find what they share, ask it about one more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from foedus.trace.corpus import engine as engines
from foedus.trace.corpus.add import Added, Known, Lump, Reader, add, file_lumps, lumps, unread_of
from foedus.trace.corpus.aligning import read_passages
from foedus.trace.corpus.engine import MEMORY, DuckDB, Engine
from foedus.trace.corpus.families import Family, families
from foedus.trace.corpus.find import find
from foedus.trace.corpus.folder import DOCUMENTS, Folder, unchanged
from foedus.trace.corpus.parquet import read
from foedus.trace.corpus.progress import Watch, unwatched
from foedus.trace.corpus.query import Answer, Lookup, query
from foedus.trace.corpus.spark import Spark
from foedus.trace.corpus.told import Told
from foedus.trace.corpus.workers import cores
from foedus.trace.document import Document, Unread
from foedus.trace.passage import Passage
from foedus.trace.plan import Settings
from foedus.trace.read import documents
from foedus.trace.read.files import files


@dataclass(frozen=True, slots=True)
class Counts:
    """What an index holds; `unfound` documents are in it whose passages were not looked for yet."""

    documents: int
    words: int
    unread: int
    unfound: int


class Index:
    """An index in a folder. Every method may raise `Refused` (F625 to F636)."""

    def __init__(
        self,
        folder: Path,
        engine: engines.Name = "duckdb",
        *,
        settings: Settings | None = None,
        memory: int = MEMORY,
        workers: int = 0,
        watch: Watch = unwatched,
    ) -> None:
        self._folder = Folder(folder, settings)
        self._engine: engines.Name = engine
        self._memory = memory
        self._workers = workers or cores()
        self._watch = watch
        self._asked: tuple[int, Lookup] | None = None
        self._reading: tuple[int, tuple[Document, ...], Told] | None = None

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let other processes write into the folder."""
        self._folder.release()
        self._asked = self._reading = None

    @property
    def settings(self) -> Settings:
        """What counts as near and enough in this index."""
        return self._folder.settings

    def add(self, found: Iterable[Document | Unread]) -> Added:
        """Put documents in that it has not got yet, and say which could not be read."""
        return self._add(lambda known, passed: lumps(found, known, passed), documents, 0)

    def add_files(self, paths: Iterable[Path], reader: Reader = documents) -> Added:
        """The same for files and all files in folders; they are read in worker processes."""
        some = [one if isinstance(one, Unread) else one.path for one in files(paths)]
        size = 0
        for one in some:
            with suppress(OSError):  # the reader says what is the matter with it
                size += one.stat().st_size if isinstance(one, Path) else 0
        return self._add(lambda known, passed: file_lumps(some, known, passed, reader), reader, size)

    def _add(self, made: Callable[[Known, list[int]], Iterator[Lump]], reader: Reader, total: int) -> Added:
        self._folder.hold()
        known, passed = Known(self._folder.batches()), [0]
        added = add(self._folder, made(known, passed), reader, self._workers, self._watch, total)
        return Added(added.documents, passed[0], added.unread)

    def find(self) -> int:
        """Find the passages of what was added since the last time; the result is how many documents that was."""
        self._folder.hold()
        before = self.counts().unfound
        find(self._folder, self._started, self._memory, self._workers, self._watch)
        return before

    def _started(self) -> Engine:
        spill = self._folder.work / "spill"
        if self._engine == "spark":
            return Spark(spill, self._memory, cores())
        return DuckDB(spill, self._memory, cores())

    def counts(self) -> Counts:
        """What the index holds."""
        batches, rounds = self._folder.batches(), self._folder.rounds()
        joined = rounds[-1].said["to"] if rounds else 0
        return Counts(
            sum(one.said["documents"] for one in batches),
            sum(one.said["words"] for one in batches),
            sum(len(one.said["unread"]) for one in batches),
            sum(one.said["documents"] for one in batches[joined:]),
        )

    def check(self) -> None:
        """Read the whole index, and see whether it is as it was written; else it is damaged (F627)."""
        for one in (*self._folder.batches(), *self._folder.rounds()):
            unchanged(one)

    def unread(self) -> tuple[Unread, ...]:
        """Everything that could not be read."""
        return tuple(one for batch in self._folder.batches() for one in unread_of(batch))

    def names(self) -> dict[int, str]:
        """The id of each document by its number; a second document of one name is `name~2`."""
        names: dict[int, str] = {}
        times: dict[str, int] = {}
        for number, batch in enumerate(self._folder.batches()):
            rows = read(batch.file("documents.parquet"), "id", "ORDER BY doc")
            for n, name in enumerate(rows["id"].tolist()):
                again = times[name] = times.get(name, 0) + 1
                names[number * DOCUMENTS + n] = name if again == 1 else f"{name}~{again}"
        return names

    def documents(self, known: Sequence[Document] = ()) -> Iterator[Document]:
        """Every document, in the order in which they were added, with the lines marked that its publisher repeats.
        `known` are texts that anybody may quote; what is one of them is left out."""
        yield from self._told(known).documents()

    def passages(self, known: Sequence[Document] = ()) -> Iterator[Passage]:
        """Every passage that was found, by the later of its documents as they were added, then by the other. What is
        from a text of `known` is `shared`, what a publisher repeats is boilerplate."""
        told = self._told(known)
        for one in self._folder.rounds():
            for name in sorted(one.said["files"], key=lambda name: int(Path(name).stem)):
                for a, b, passage in read_passages(one.file(name), told.names):
                    yield from told.passages(a, b, passage)

    def families(self, least: int = 2) -> tuple[Family, ...]:
        """Paragraphs that at least so many documents have word for word, and which these are."""
        return families(self._folder.batches(), self.names(), least)

    def known(self, known: Sequence[Document]) -> tuple[Document, ...]:
        """Texts that anybody may quote, under the names by which `shared` passages tell them: other ones than those
        of the index's documents."""
        return self._told(known).known

    def query(self, document: Document, known: Sequence[Document] = ()) -> Answer:
        """Where else a document's text stands in this index, and who had it first; `known` are texts that anybody may
        quote."""
        batches, told = self._folder.batches(), self._told(known)
        if self._asked is None or self._asked[0] != len(batches):
            self._asked = (len(batches), Lookup(batches))
        return query(document, self._asked[1], told, self._folder.settings)

    def _told(self, known: Sequence[Document]) -> Told:
        """The index as it is read out; made anew where something was added, or other texts are known."""
        batches, known = self._folder.batches(), tuple(known)
        if self._reading is None or self._reading[:2] != (len(batches), known):
            self._reading = (len(batches), known, Told(batches, self.names(), known))
        return self._reading[2]
