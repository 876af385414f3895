"""Every mistake of pages and dossiers, those of a page's own trials included."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from foedus.assessment.traced import compared, missing
from foedus.assessment.trial import mistakes
from foedus.diagnostics.catalogue import severity_of
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.reading import read_page
from foedus.diagnostics.span import spelled, whole
from foedus.diagnostics.suggest import suggest
from foedus.lang.tree import DossierItem, Page
from foedus.library import Library, Loaded, stands, unrepeated


def check(
    pages: tuple[str, ...],
    treaties: Path | None,
    documents: Path | None = None,
    begun: Callable[[int, str], None] | None = None,
) -> tuple[list[Problem], dict[str, str], bool]:
    """Every problem of the pages, each once, with the texts to show them in; and whether one of the
    pages could not be read at all. `begun` is told of each page, by its number and name, before it is read."""
    unread = False
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    _ = Library(treaties).pages  # a folder that is not there is told once, and nothing is checked
    for number, name in enumerate(pages, 1):
        if begun is not None:
            begun(number, name)
        try:
            found, read = _check_one(name, treaties, documents)
        except Refused as refused:
            problems += refused.problems
            unread = True
        else:
            problems += found
            texts |= read
    return list(unrepeated(problems)), texts, unread


def _check_one(
    name: str, treaties: Path | None, documents: Path | None
) -> tuple[tuple[Problem, ...], Mapping[str, str]]:
    path = Path(name)
    if not stands(path):
        return _check_shipped(name, Library(treaties, documents))
    if path.is_dir():
        return _with_texts(Library(treaties, documents).dossier(name), name)
    return check_page(path, Library(treaties, documents, extra=(path,)), texts=True)


def check_page(
    path: Path, library: Library, *, texts: bool = False
) -> tuple[tuple[Problem, ...], Mapping[str, str]]:
    """Every problem of one page, which is among the library's `extra`, with the texts to show them in. The page
    need not be on disk if the library reads it elsewhere. With `texts` the documents at hand are compared."""
    page, text, problems = library.page(path.stem)
    if is_dossier(page):
        loaded = library.dossier_of({path: spelled(path)}, path, spelled(path))
        return _with_texts(loaded, spelled(path)) if texts else (loaded.problems, loaded.texts)
    if any(severity_of(p) == "error" for p in problems) and not page.items:
        return problems, {page.path: text}
    loaded = library.load([path.stem])
    return (*loaded.problems, *mistakes(page, loaded.program)), loaded.texts


def _check_shipped(name: str, library: Library) -> tuple[tuple[Problem, ...], Mapping[str, str]]:
    if name in library.pages:
        loaded = library.load([name])
        return (*loaded.problems, *mistakes(loaded.pages[name], loaded.program)), loaded.texts
    if name in library.dossiers:
        return _with_texts(library.dossier(name), name)
    raise no_such_page(name, [*library.pages, *library.dossiers])


def _with_texts(loaded: Loaded, name: str) -> tuple[tuple[Problem, ...], Mapping[str, str]]:
    """The problems of a dossier, those that the texts at hand show among them; F698 where nothing compares these."""
    loaded = compared(loaded)
    found = loaded.dossier.record.compared if loaded.dossier else None
    if found is None or found.not_made is None:
        return loaded.problems, loaded.texts
    told = Problem("F698", whole(name), {"dossier": name, "library": missing()})
    return (*loaded.problems, told), loaded.texts


def no_such_page(name: str, among: Iterable[str]) -> Refused:
    """That no file, and none of the shipped pages, is called so, with the name that was probably meant."""
    path = Path(name)
    if path.suffix or len(path.parts) > 1:
        read_page(path)  # says that it is not there, and which file was probably meant
    near = suggest(name, among)
    advice = f"Did you mean `{near}`?" if near else ""
    return Refused(Problem("F001", whole(name), {"path": name, "near": advice}))


def is_dossier(page: Page) -> bool:
    """Whether a page is (the title page of) a dossier."""
    return any(isinstance(item, DossierItem) for item in page.records + page.items)
