"""A dossier with the texts of its sources compared: who copied whom, before anything is weighed.

The texts lie in a folder, each named after its source (`letter.txt`); one named after an instrument (`lir.txt`) is
a text that anybody may quote. What they show is put into the record (`record.compared`), where standing takes account
of it. Whether passages can be compared depends on the libraries of `foedus[trace]`: without them the texts are left
alone, and the answer says so. A dossier without texts at hand is as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from foedus.diagnostics.catalogue import title_of
from foedus.diagnostics.problem import Problem
from foedus.evidence.comparison import Comparison
from foedus.evidence.declared import check_declared
from foedus.evidence.record import Dossier, Record
from foedus.library import Loaded, stays_in
from foedus.trace.document import Document, Unread
from foedus.trace.read import documents
from foedus.words.speech import phrase

NEEDED: Final = ("duckdb", "numpy", "rapidfuzz")
ENDINGS: Final = (".txt", ".md", ".html", ".htm", ".pdf")
"""How a text may be kept; of several, the first."""


def compared(loaded: Loaded) -> Loaded:
    """A dossier with what the texts at hand show, and with the warnings that follow."""
    if loaded.dossier is None or loaded.documents is None or loaded.errors:
        return loaded
    record = loaded.dossier.record
    at_hand = files(loaded.documents, record.sources)
    if not at_hand:
        return loaded
    if any(find_spec(name) is None for name in NEEDED):
        why = phrase("what compares them is not installed: pip install 'foedus[trace]'")
        texts = dict.fromkeys(at_hand, "")
        return replace(loaded, dossier=_with(loaded.dossier, Comparison(texts, not_made=why)))
    # Imported here because they come with an extra.
    from foedus.assessment.passages import compare  # noqa: PLC0415

    sources, unread = _read(at_hand)
    laws = files(loaded.documents, set(loaded.program.instruments) - record.sources.keys())
    known, _ = _read(laws)
    dossier = _with(loaded.dossier, compare(record, sources, known))
    told = [_unread(record, name, one) for name, one in unread.items()]
    return replace(
        loaded, dossier=dossier, problems=(*loaded.problems, *told, *check_declared(dossier.record))
    )


def files(folder: Path, names: Iterable[str]) -> dict[str, Path]:
    """The documents in a folder that are named after one of these, in order of names. Refuses a link that leads
    out of the folder (F017)."""
    found: dict[str, Path] = {}
    for name in sorted(names):
        path = next((p for end in ENDINGS if (p := folder / f"{name}{end}").is_file()), None)
        if path is not None:
            stays_in(path, folder)
            found[name] = path
    return found


def _read(paths: Mapping[str, Path]) -> tuple[tuple[Document, ...], dict[str, Unread]]:
    """The documents under the names they are known by, and those that cannot be read."""
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
