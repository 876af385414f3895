"""`foedus test PAGE…`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
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
    library = Library(treaties)
    asked = pages or (*library.pages, *library.dossiers)
    with busy("Testing") as work:
        for number, name in enumerate(asked, 1):
            work.on(f"Testing {number} of {len(asked)}: {name}")
            try:
                loaded, stem = _load(name, treaties)
                errors = [p for p in loaded.problems if severity_of(p) == "error"]
                outcomes, problems = ((), ()) if errors else _run(loaded, stem)
                work.aside()
                mistaken = warn(_untold((*errors, *problems), told), loaded.texts) or mistaken
                wrong = [outcome for outcome in outcomes if not outcome.holds]
                ran += len(outcomes)
                failed += len(wrong)
                for outcome in wrong:
                    click.echo(_say(outcome))
                if accept and wrong:
                    failed -= _accept(name, wrong)
            except Refused as error:
                work.aside()
                refuse(error.problems)
                refused = True
    click.echo(f"{ran} expectation{'s' if ran != 1 else ''}, {failed} not met.")
    sys.exit(2 if refused else 1 if failed or mistaken else 0)


def _run(loaded: Loaded, stem: str) -> tuple[tuple[Outcome, ...], tuple[Problem, ...]]:
    if loaded.dossier is not None:
        return ask_itself(loaded.dossier, loaded.asks, loaded.program)
    return run(loaded.pages[stem], loaded.program)


def _load(name: str, treaties: Path | None) -> tuple[Loaded, str]:
    path = Path(name)
    library = Library(treaties)
    if stands(path):
        if path.is_dir():
            return library.dossier(name), path.name
        read_page(path)  # says at once what a picture is
        library = Library(treaties, extra=(path,))
        page, _, _ = library.page(path.stem)
        return (library.dossier(name) if is_dossier(page) else library.load([path.stem])), path.stem
    if name in library.pages:
        return library.load([name]), name
    if name in library.dossiers:
        return library.dossier(name), name
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
