"""`foedus new treaty NAME`, `foedus new dossier NAME`."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from foedus.cli import complete
from foedus.cli.options import read_day, treaties_option
from foedus.cli.say import examples, print_file
from foedus.cli.skeleton import dossier_skeleton, later, treaty_skeleton
from foedus.cli.write import begin_page
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.diagnostics.suggest import suggest
from foedus.diagnostics.visible import visible
from foedus.ir.norm import Program
from foedus.library import Library
from foedus.terms.states import STATES, nearest

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_NAME = 60
LONGEST_TITLE = 200

KEPT = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
"""Names that Windows keeps for devices: a file called so cannot be copied there."""

WORDS = frozenset({"and", "or", "not", "no", "as", "is", "that"})
"""Words of the language, which name nothing."""

title_option = click.option("--title", metavar="WORDS", help="The title; by default made from the name.")
stdout_option = click.option("--stdout", is_flag=True, help="Print the page, and write nothing.")


@click.group("new", epilog=examples("foedus new treaty marsh", "foedus new dossier sel-2031 --treaty cst"))
def command() -> None:
    """Begin a treaty page or a dossier: a commented skeleton to fill in.

    A skeleton is read without a mistake, and its comments say what each line means. Nothing that is
    there already is written over.
    """


@command.command(
    "treaty",
    epilog=examples(
        "foedus new treaty marsh", 'foedus new treaty marsh --title "Pact of the Marsh" --stdout'
    ),
)
@click.argument("name")
@title_option
@click.option("--from", "since", metavar="DATE", help="The day it enters into force (2001-01-01).")
@click.option(
    "--in", "folder", type=click.Path(path_type=Path), default=Path("treaties"), metavar="DIR",
    help="The folder to write NAME.md into; by default treaties.",
)  # fmt: skip
@stdout_option
def treaty(name: str, title: str | None, since: str | None, folder: Path, stdout: bool) -> None:
    """A treaty page NAME.md: one article, two readings, and trials that pass."""
    library = Library()
    named(name, library.pages)
    page = treaty_skeleton(name, titled(name, title), read_day("--from", since) or date(2001, 1, 1))
    path = folder / f"{name}.md"
    if stdout:
        print_file(page)
        return
    begin_page(path, page)
    at = spoken(path)
    _told(
        at,
        "the title, the dates, the parties, the articles and the readings",
        (f"foedus check {at}", "every mistake, with its article and place"),
        (f"foedus test {at}", "its trials"),
        (f"foedus new dossier NAME --treaty {name} --treaties {spoken(folder)}", "a dossier to try it on"),
    )


@command.command(
    "dossier",
    epilog=examples(
        "foedus new dossier sel-2031 --treaty cst --concerning KAZ",
        "foedus new dossier sel-2031 --from 2031-01-01 --until 2031-01-31 --stdout",
    ),
)
@click.argument("name")
@title_option
@click.option(
    "--treaty",
    "asked",
    multiple=True,
    metavar="NAME",
    shell_complete=complete.treaties,
    help="A treaty page to apply; may be repeated. By default cst.",
)
@click.option("--from", "since", metavar="DATE", help="The first day of the crisis; by default today.")
@click.option("--until", metavar="DATE", help="Its last day; by default 30 days later.")
@click.option(
    "--concerning",
    metavar="CODE",
    help="The state whose rights are asked about (KAZ); by default every party's.",
)
@click.option(
    "--in", "folder", type=click.Path(path_type=Path), default=Path(), metavar="DIR",
    help="The folder to write NAME/dossier.md into; by default this one.",
)  # fmt: skip
@treaties_option
@stdout_option
def dossier(
    name: str,
    title: str | None,
    asked: tuple[str, ...],
    since: str | None,
    until: str | None,
    concerning: str | None,
    folder: Path,
    treaties: Path | None,
    stdout: bool,
) -> None:
    """A dossier NAME: what is asked, and examples in comments of who says what."""
    library = Library(treaties, trials=False)
    named(name, library.dossiers)
    first = read_day("--from", since) or date.today()  # noqa: DTZ011  the writer's own day is meant
    last = read_day("--until", until) or later(first, 30)
    if last < first:
        place = whole(f"--from {first} --until {last}")
        raise Refused(Problem("F112", place, {"date": f"{first}/{last}"}))
    chosen = tuple(dict.fromkeys(asked or ("cst",)))
    program = _program(library, chosen)
    page = dossier_skeleton(
        name, titled(name, title), (first, last), chosen, program, _state(concerning, program)
    )
    path = folder / name / "dossier.md"
    if stdout:
        print_file(page)
        return
    begin_page(path, page, alone=True)
    with_pages = f" --treaties {spoken(treaties)}" if treaties else ""
    at = spoken(path.parent)
    _told(
        spoken(path),
        "every source and every claim; the examples are comments"
        + ("" if concerning else ". First the line `concerning`: without it every party is asked about"),
        (f"foedus check {at}{with_pages}", "every mistake, with its place"),
        (f"foedus assess {at}{with_pages}", "what the answer would turn on"),
    )


def named(name: str, shipped: Iterable[str]) -> None:
    """Refuses a name that a page cannot have (F535), or that one has which ships (F536)."""
    why = ""
    if len(name) > LONGEST_NAME:
        why = f"it has more than {LONGEST_NAME} letters"
    elif not NAME.fullmatch(name):
        why = "a name has small letters from a to z, digits and single hyphens, and begins with a letter"
    elif name in WORDS:
        why = "it is a word of the language"
    elif name in KEPT:
        why = "Windows keeps it for a device"
    if why:
        near = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:LONGEST_NAME].strip("-")
        mended = NAME.fullmatch(near) and near not in WORDS | KEPT
        advice = f"Perhaps `{near}`?" if mended else "Choose another, such as `marsh` or `sel-2031`."
        raise Refused(Problem("F535", whole(visible(name)), {"name": visible(name), "why": why}, help=advice))
    if name in shipped:
        advice = "Choose another name; to change what ships, copy it and give the folder with --treaties."
        raise Refused(Problem("F536", whole(name), {"path": name, "what": "ships with Foedus"}, help=advice))


def titled(name: str, title: str | None) -> str:
    """The title on one line, in marks that do not end a quotation; made from the name if none is given."""
    words = " ".join((title or "").split()) or name.replace("-", " ").capitalize()
    if visible(words) != words or len(words) > LONGEST_TITLE:
        why = "it has signs that cannot be seen" if len(words) <= LONGEST_TITLE else "it is too long"
        raise Refused(Problem("F537", whole("--title"), {"why": why}))
    return re.sub(r'"([^"]*)"', r"“\1”", words).replace('"', "”")


def spoken(path: Path) -> str:
    """A path as one types it, quoted where a shell needs it."""
    return shlex.quote(spelled(path))


def _program(library: Library, chosen: Iterable[str]) -> Program:
    for name in chosen:
        if name not in library.pages:
            near = suggest(name, library.pages)
            advice = f"Did you mean `{near}`?" if near else ""
            raise Refused(Problem("F508", whole(f"--treaty {name}"), {"name": name}, help=advice))
    loaded = library.load(chosen)
    if loaded.errors:
        raise Refused(*loaded.errors)
    for name in chosen:
        if name not in loaded.program.instruments:
            raise Refused(Problem("F508", whole(f"--treaty {name}"), {"name": name}))
    return loaded.program


def _state(code: str | None, program: Program) -> str:
    """The code, if a state has it. Raises `Refused` (F202)."""
    if code is None:
        return ""
    declared = {actor.code for actor in program.vocabulary.actors.values() if actor.sort == "State"}
    if code in STATES or code in declared:
        return code
    near = nearest(code)
    advice = f"Did you mean `{near}`?" if near else ""
    raise Refused(
        Problem("F202", whole(f"--concerning {visible(code)}"), {"name": visible(code)}, help=advice)
    )


def _told(written: str, empty: str, *after: tuple[str, str]) -> None:
    click.echo(f"Written: {written}\nStill to be filled in: {empty}.\n\nNext")
    for line, what in after:
        click.echo(f"  {line}\n      {what}")
