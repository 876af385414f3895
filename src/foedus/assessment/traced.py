"""A dossier with the texts of its sources compared: who copied whom, before anything is weighed.

The texts lie in a folder, each named after its source (`letter.txt`). One named after an instrument (`lir.txt`), and
what lies in the folder `known` in it, is a text that anybody may quote. What they show is put into the record
(`record.compared`), where standing takes account of it. Whether passages can be compared depends on the libraries of
`foedus[trace]`: without them the texts are left alone, and the answer says so. A dossier without texts at hand is as it
was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from foedus.diagnostics.catalogue import title_of
from foedus.diagnostics.problem import Problem
from foedus.diagnostics.span import whole
from foedus.evidence.comparison import Comparison
from foedus.evidence.declared import check_declared
from foedus.evidence.record import Dossier, Record
from foedus.library import Loaded, stays_in
from foedus.trace.document import Document, Unread
from foedus.words.speech import phrase

NEEDED: Final = ("duckdb", "numpy", "rapidfuzz")
ENDINGS: Final = (".txt", ".md", ".html", ".htm", ".pdf")
"""How a text may be kept; of several, the first."""
KNOWN: Final = "known"


def compared(loaded: Loaded) -> Loaded:
    """A dossier with what the texts at hand show, and with the warnings that follow."""
    if loaded.dossier is None or loaded.documents is None or loaded.errors:
        return loaded
    record = loaded.dossier.record
    at_hand = files(loaded.documents, record.sources)
    if not at_hand:
        return loaded
    if missing():
        why = phrase("what compares them is not installed: {install}", install="pip install 'foedus[trace]'")
        texts = dict.fromkeys(at_hand, "")
        return replace(loaded, dossier=_with(loaded.dossier, Comparison(texts, not_made=why)))
    # Imported here because they come with an extra.
    from foedus.assessment.passages import compare  # noqa: PLC0415

    sources, unread = _read(at_hand)
    known, lost = _known(loaded.documents, set(loaded.program.instruments) - record.sources.keys())
    dossier = _with(loaded.dossier, compare(record, sources, known))
    told = [_unread(record, name, one) for name, one in unread.items()]
    return replace(
        loaded, dossier=dossier, problems=(*loaded.problems, *told, *lost, *check_declared(dossier.record))
    )


def missing() -> str:
    """The first library that comparing needs and that is not installed; empty where all are."""
    return next((name for name in NEEDED if find_spec(name) is None), "")


def files(folder: Path, names: Iterable[str]) -> dict[str, Path]:
    """The documents in a folder that are named after one of these, by name. Refuses a link that leads out of the
    folder (F017)."""
    found: dict[str, Path] = {}
    for name in sorted(names):
        path = next((p for end in ENDINGS if (p := folder / f"{name}{end}").is_file()), None)
        if path is not None:
            stays_in(path, folder)
            found[name] = path
    return found


def _known(folder: Path, instruments: Iterable[str]) -> tuple[tuple[Document, ...], list[Problem]]:
    """The texts that anybody may quote, and what of them could not be read."""
    found = files(folder, instruments)
    if (folder / KNOWN).is_dir():
        stays_in(folder / KNOWN, folder)
        found.update(files(folder / KNOWN, {path.stem for path in (folder / KNOWN).iterdir()}))
    known, unread = _read(found)
    told = [
        Problem("F648", whole(one.path), {"source": name, "why": title_of(one.problem)})
        for name, one in unread.items()
    ]
    return known, told


def _read(paths: Mapping[str, Path]) -> tuple[tuple[Document, ...], dict[str, Unread]]:
    """The documents under the names they are known by, and those that cannot be read."""
    # Imported here because most dossiers have no texts at hand, and need no readers of them.
    from foedus.trace.read import documents  # noqa: PLC0415

    read: list[Document] = []
    unread: dict[str, Unread] = {}
    for name, path in paths.items():
        one = next(documents([path]))
        if isinstance(one, Unread):
            unread[name] = one
        else:
            read.append(replace(one, id=name))
    return tuple(read), unread


def _unread(record: Record, name: str, one: Unread) -> Problem:
    why = title_of(one.problem)
    return Problem("F648", record.sources[name].place, {"source": name, "why": why})


def _with(dossier: Dossier, found: Comparison) -> Dossier:
    return replace(dossier, record=replace(dossier.record, compared=found))
