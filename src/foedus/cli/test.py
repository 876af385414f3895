"""`foedus test PAGE…`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from foedus.assess.trial import Outcome, run
from foedus.cli.say import examples, warn
from foedus.library import Library, severity


@click.command("test", epilog=examples("foedus test", "foedus test cst.md --accept"))
@click.argument("pages", nargs=-1, metavar="[PAGE]…")
@click.option(
    "--accept",
    is_flag=True,
    help="Rewrite the expectations that differ; review the change before keeping it.",
)
@click.option(
    "--treaties",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Your own or amended treaty pages, over the shipped ones.",
)
def command(pages: tuple[str, ...], accept: bool, treaties: Path | None) -> None:
    """Run the trials inside pages: their questions, against the answers they expect.

    Without a PAGE, the trials of all shipped pages (and of --treaties DIR). Exit status 1 if an
    expectation does not hold.
    """
    names = pages or tuple(Library(treaties).pages)
    failed = ran = 0
    for name in names:
        path = Path(name)
        library = Library(treaties, extra=(path,) if path.is_file() else ())
        stem = path.stem if path.is_file() else name
        loaded = library.load([stem])
        if stem not in loaded.pages:
            click.echo(f"There is no page “{name}”.", err=True)
            sys.exit(2)
        page = loaded.pages[stem]
        if warn([p for p in loaded.problems if severity(p) == "error"], loaded.texts):
            failed += 1
            continue
        outcomes, problems = run(page, loaded.program)
        if warn(problems, loaded.texts):
            failed += 1
        wrong = [o for o in outcomes if not o.holds]
        ran += len(outcomes)
        failed += len(wrong)
        for outcome in wrong:
            click.echo(_say(outcome))
        if accept and wrong and path.is_file():
            _accept(path, wrong)
            click.echo(f"rewrote {len(wrong)} expectation{'s' if len(wrong) != 1 else ''} in {path}")
            failed -= len(wrong)
    click.echo(f"{ran} expectations, {failed} not met.")
    sys.exit(1 if failed else 0)


def _say(outcome: Outcome) -> str:
    where = outcome.expected.place.where()
    ids = f" {', '.join(n.text for n in outcome.expected.ids)}" if outcome.expected.ids else ""
    granting = "granting " if outcome.expected.granting else ""
    return f"{where}\n  {granting}expect {outcome.expected.verdict}{ids}\n  found  {outcome.found}\n"


def _accept(path: Path, wrong: list[Outcome]) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    for outcome in wrong:
        number = outcome.expected.place.line - 1
        indent = lines[number][: len(lines[number]) - len(lines[number].lstrip())]
        granting = "granting " if outcome.expected.granting else ""
        lines[number] = f"{indent}{granting}expect {outcome.found}"
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")
