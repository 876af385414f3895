"""`foedus test PAGE…`."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable, Generator, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from multiprocessing import get_context
from pathlib import Path

import click

from foedus.assessment.check import is_dossier, no_such_page
from foedus.assessment.trial import Outcome, ask_itself, run, said_as
from foedus.cli import complete
from foedus.cli.busy import busy
from foedus.cli.options import treaties_option
from foedus.cli.say import examples, refuse, warn
from foedus.cli.write import write_whole
from foedus.diagnostics.catalogue import severity_of
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.reading import read_page
from foedus.diagnostics.span import spelled, whole
from foedus.library import Library, Loaded, stands

_ENDS = re.compile(r"(\r\n|\r|\n)")
_EXPECTS = re.compile(r"(?P<indent>\s*)(?:granting\s+)?expect\b[^\n]*?(?P<rest>\s*(?:--[^\n]*)?)")


@click.command("test", epilog=examples("foedus test", "foedus test cst", "foedus test my-treaty.md --accept"))
@click.argument("pages", nargs=-1, metavar="[PAGE|DOSSIER]…", shell_complete=complete.pages)
@click.option(
    "--accept", is_flag=True, help="Rewrite the expectations that differ; read the change before keeping it."
)
@treaties_option
def command(pages: tuple[str, ...], accept: bool, treaties: Path | None) -> None:
    """Run the trials inside pages, and what dossiers ask of themselves, against the answers they expect.

    PAGE is a treaty page, or the name of a shipped one; DOSSIER a folder or page, or the name of a
    shipped one. Without either, those of all shipped pages (and of --treaties DIR) and dossiers.
    Exit status 1 if an expectation does not hold, 2 if a page cannot be read.
    """
    ran = failed = 0
    mistaken = refused = False
    told: list[Problem] = []
    _library.cache_clear()  # pages may have changed since somebody asked in this process
    library = _library(treaties)
    asked = pages or (*library.pages, *library.dossiers)
    with busy("Testing") as work, _several(len(asked)) as over:
        for number, tried in enumerate(over(partial(_try, treaties=treaties), asked), 1):
            work.on(f"Testing {min(number + 1, len(asked))} of {len(asked)}")
            if tried.refused:
                work.aside()
                refuse(tried.refused)
                refused = True
                continue
            untold = _untold(tried.problems, told)
            if untold or tried.wrong:
                work.aside()
            mistaken = warn(untold, tried.texts) or mistaken
            ran += tried.ran
            failed += len(tried.wrong)
            for outcome in tried.wrong:
                click.echo(_say(outcome))
            if accept and tried.wrong:
                try:
                    failed -= _accept(tried.name, list(tried.wrong))
                except Refused as error:
                    refuse(error.problems)
                    refused = True
    click.echo(f"{ran} expectation{'s' if ran != 1 else ''}, {failed} not met.")
    sys.exit(2 if refused else 1 if failed or mistaken else 0)


@dataclass(frozen=True)
class Tried:
    """What came of one page: how many expectations there were, those not met, and what is wrong with the page;
    or why it could not be read."""

    name: str
    ran: int = 0
    wrong: tuple[Outcome, ...] = ()
    problems: tuple[Problem, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    refused: tuple[Problem, ...] = ()


def _try(name: str, treaties: Path | None) -> Tried:
    try:
        loaded, stem = _load(name, treaties)
        errors = [p for p in loaded.problems if severity_of(p) == "error"]
        outcomes, problems = ((), ()) if errors else _run(loaded, stem)
    except Refused as refused:
        return Tried(name, refused=refused.problems)
    wrong = tuple(outcome for outcome in outcomes if not outcome.holds)
    found = (*errors, *problems)
    return Tried(name, len(outcomes), wrong, found, loaded.texts if found else {})


FEW = 8
"""Pages up to this number are tried one after the other: to begin another process takes a second."""

Over = Callable[[Callable[[str], Tried], Iterable[str]], Iterable[Tried]]


@contextmanager
def _several(number: int) -> Generator[Over]:
    """`map`, on every core where there is much to do; in the order asked."""
    cores = min(os.cpu_count() or 1, number)
    if number <= FEW or cores < 2:
        yield map
        return
    # Begun anew rather than forked: the line that says what is done is drawn by a thread.
    with ProcessPoolExecutor(cores, get_context("spawn"), _hush) as pool:
        try:
            yield pool.map
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _hush() -> None:
    """What ends the whole from the keyboard is told once, by the process that was asked."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _run(loaded: Loaded, stem: str) -> tuple[tuple[Outcome, ...], tuple[Problem, ...]]:
    if loaded.dossier is not None:
        return ask_itself(loaded.dossier, loaded.asks, loaded.program)
    return run(loaded.pages[stem], loaded.program)


@lru_cache(maxsize=4)
def _library(treaties: Path | None, trials: bool = True) -> Library:
    """One library for all pages: those that others refer to are parsed once."""
    return Library(treaties, trials=trials)


def _load(name: str, treaties: Path | None) -> tuple[Loaded, str]:
    path = Path(name)
    library, without = _library(treaties), _library(treaties, trials=False)
    if stands(path):
        if path.is_dir():
            return without.dossier(name), path.name
        read_page(path)  # says at once what a picture is
        library = Library(treaties, extra=(path,))
        page, _, _ = library.page(path.stem)
        return (without.dossier(name) if is_dossier(page) else library.load([path.stem])), path.stem
    if name in library.pages:
        return library.load([name]), name
    if name in library.dossiers:
        return without.dossier(name), name
    raise no_such_page(name, [*library.pages, *library.dossiers])


def _untold(problems: Iterable[Problem], told: list[Problem]) -> list[Problem]:
    """Pages share pages: what one of them has wrong is told once."""
    found = [problem for problem in problems if problem not in told]
    told += found
    return found


SPEECH = {"statement": "said"}
"""The word that closes what is spoken of under another."""


def _say(outcome: Outcome) -> str:
    unlisted = re.findall(r'"some ([a-z_]+)"', outcome.found)
    hints = "".join(
        f"         “some {word}” is one that the record does not list; `complete for {SPEECH.get(word, word)}` "
        "says there is none\n"
        for word in unlisted
    )
    return (
        f"{outcome.expected.place.where()}\n  {said_as(outcome.expected)}\n  found  {outcome.found}\n{hints}"
    )


def _accept(name: str, wrong: list[Outcome]) -> int:
    """Rewrite the lines that differ and no other, with their comments and line ends; how many there were."""
    path = Path(name)
    if not stands(path):
        raise Refused(Problem("F507", whole(name), {"why": "it ships with Foedus; copy it first"}))
    try:
        pieces = _ENDS.split(path.read_bytes().decode("utf-8"))  # lines, and between them what ends them
    except UnicodeDecodeError:
        raise Refused(Problem("F507", whole(name), {"why": "it is not in UTF-8"})) from None
    rewritten = 0
    for outcome in wrong:
        at = 2 * (outcome.expected.place.line - 1)
        matched = _EXPECTS.fullmatch(pieces[at])
        if matched is None or outcome.many:
            click.echo(
                f"{outcome.expected.place.where()}\n  left as it is: one line cannot say what was found\n"
            )
            continue
        pieces[at] = f"{matched['indent']}{said_as(outcome.expected, outcome.found)}{matched['rest']}"
        rewritten += 1
    if rewritten:
        write_whole(path, "".join(pieces))
        click.echo(f"rewrote {rewritten} expectation{'s' if rewritten != 1 else ''} in {spelled(path)}")
    return rewritten
