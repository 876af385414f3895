"""`foedus session SCENARIO`."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foedus.cli import complete
from foedus.cli.everywhere import language_option, treaties_option
from foedus.cli.say import colourful, examples, in_json, print_sheet, width, written_in
from foedus.council.chair import decide
from foedus.council.minutes import minutes
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.exercise.play import play
from foedus.exercise.reading import read_scenario, scenarios
from foedus.exercise.scenario import Scenario
from foedus.exercise.turns import Turn
from foedus.report.layout import Sheet, carried
from foedus.report.session import Told, show_policies, show_scenarios
from foedus.report.session import as_json as session_json
from foedus.words.speech import phrase, say

if TYPE_CHECKING:
    from foedus.exercise.keeping import Keeper


@dataclass(frozen=True)
class _Kept:
    """A turn with its number in the record, where one is kept."""

    number: int | None
    turn: Turn


@click.command(
    "session",
    epilog=examples(
        "foedus session six-valleys",
        "foedus session six-valleys --seed 3 --quiet --record record.zip",
        "foedus session --policies",
    ),
)
@click.argument("scenario", required=False, shell_complete=complete.scenarios)
@click.option("--seed", type=click.IntRange(0, 2**31), help="Of what is left to chance; else the scenario's.")
@click.option(
    "--record", type=click.Path(path_type=Path), metavar="FILE", help="Write the signed record: a zip."
)
@click.option(
    "--dossier", type=click.Path(path_type=Path), metavar="FILE", help="Write the session as a dossier."
)
@click.option(
    "--key", type=click.Path(path_type=Path), metavar="FILE", help="Write the public key of the record."
)
@click.option("--head", type=click.Path(path_type=Path), metavar="FILE", help="Write its last signed head.")
@click.option(
    "--ledger",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Keep the record in this file as the session goes, each entry signed and on the disk.",
)
@click.option(
    "--resume", type=click.Path(path_type=Path), metavar="FILE", help="Go on with a session that broke off."
)
@click.option("--policies", is_flag=True, help="The policies that a scenario may name.")
@treaties_option
@language_option
@click.option("--json", "as_json", is_flag=True, help="The session as JSON.")
@click.option("--quiet", is_flag=True, help="Only how it ended.")
def command(
    scenario: str | None,
    seed: int | None,
    record: Path | None,
    dossier: Path | None,
    key: Path | None,
    head: Path | None,
    ledger: Path | None,
    resume: Path | None,
    policies: bool,
    treaties: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Play a session of a council from a scenario: who moves what, what is refused and why, how votes come out.

    SCENARIO is a folder with scenario.toml, or the name of one that ships; without it, those are listed. Time is
    simulated; the same seed gives the same session.
    """
    if policies:
        print_sheet(show_policies)
        return
    if scenario is None:
        found = [read_scenario(name)[0] for name in scenarios()]
        rows = [(each.name, each.title, each.summary) for each in found]
        print_sheet(lambda sheet: show_scenarios(sheet, rows))
        return
    if resume is not None and ledger is not None:
        raise click.UsageError("--resume goes on with a file, and --ledger begins one: give one of them.")
    if (key is not None or head is not None) and record is None and ledger is None and resume is None:
        raise click.UsageError(
            "--key and --head are of a record: give --record, --ledger or --resume as well."
        )
    for place in (record, dossier, key, head):
        if place is not None and not place.absolute().parent.is_dir():
            raise Refused(
                Problem("F001", whole(spelled(place.parent)), {"path": spelled(place.parent), "near": ""})
            )
    read, _ = read_scenario(scenario, treaties)
    keeper, begun_with = _keeper(read, record, ledger, resume)
    chosen = read.seed if begun_with is None and seed is None else begun_with if seed is None else seed
    assert chosen is not None
    try:
        told = _played(read, chosen, keeper, quiet=quiet, as_json=as_json)
        if keeper is not None:
            if record is not None:
                keeper.export(record)
                click.echo(say("Written: {path}", path=spelled(record)), err=True)
            if key is not None:
                _write(key, keeper.signer.key.line() + "\n")
            if head is not None:
                _write(head, keeper.head().note())
        if dossier is not None:
            _write(dossier, minutes(told.rules, told.state, _named(dossier), read.title))
            if read.folder is not None and any(read.folder.glob("*.md")):
                click.echo(
                    say(
                        "Its treaty is a page of the scenario: foedus assess {path} --treaties {folder}",
                        path=spelled(dossier),
                        folder=spelled(read.folder),
                    ),
                    err=True,
                )
    finally:
        if keeper is not None:
            keeper.close()


def _keeper(
    read: Scenario, record: Path | None, ledger: Path | None, resume: Path | None
) -> tuple[Keeper | None, int | None]:
    """What keeps the record, if it is to be kept; and the seed with which it was begun."""
    if record is None and ledger is None and resume is None:
        return None, None
    if not find_spec("cryptography"):
        option = "--record" if record is not None else "--ledger" if ledger is not None else "--resume"
        raise Refused(
            Problem("F559", whole(option), {"option": option, "library": "cryptography", "extra": "council"})
        )
    from foedus.exercise.keeping import begun, in_memory, resumed  # noqa: PLC0415  needs cryptography, an extra

    if resume is not None:
        keeper, first = resumed(resume)
        seed = first.get("seed")
        return keeper, seed if isinstance(seed, int) else None
    return (begun(ledger, read.name) if ledger is not None else in_memory(read.name)), None


def _turns(read: Scenario, seed: int, keeper: Keeper | None) -> Iterator[_Kept]:
    turns = play(read, seed)
    if keeper is None:
        yield from (_Kept(None, turn) for turn in turns)
    else:
        yield from (_Kept(number, turn) for number, _, turn in keeper.kept(read, seed, turns))


def _played(read: Scenario, seed: int, keeper: Keeper | None, *, quiet: bool, as_json: bool) -> Turn:
    """Plays it and prints it as it goes. The last turn."""
    told = Told(read)
    every: list[tuple[int | None, Turn]] = []
    last: Turn | None = None
    if not (quiet or as_json):
        _print(lambda sheet: told.begin(sheet, seed))
    for each in _turns(read, seed, keeper):
        last = each.turn
        if as_json:
            every.append((each.number, last))
            continue
        sheet = Sheet(width(), colourful(sys.stdout))
        told.tell(sheet, last)
        if not quiet and sheet.lines:
            click.echo(carried(sheet.text(), written_in()), nl=False)
    assert last is not None
    position = decide(last.rules, last.state, last.at)
    if as_json:
        click.echo(in_json(session_json(read, seed, every, position)))
    else:
        ended = last
        _print(lambda sheet: told.end(sheet, ended, position))
    return last


def _print(draw: Callable[[Sheet], object]) -> None:
    sheet = Sheet(width(), colourful(sys.stdout))
    draw(sheet)
    click.echo(carried(sheet.text(), written_in()), nl=False)


def _named(path: Path) -> str:
    """A name of the language for a dossier, from its file's."""
    name = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")
    return name if name[:1].isalpha() else f"session-{name}".strip("-")


def _write(path: Path, text: str) -> None:
    """A file, whole or not at all."""
    beside = path.with_name(path.name + ".part")
    try:
        try:
            beside.write_text(text, encoding="utf-8", newline="\n")
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        values = {"path": spelled(path), "why": why, "advice": ""}
        raise Refused(
            Problem("F689", whole(spelled(path)), values, help=phrase("Give another place for it."))
        ) from None
    click.echo(say("Written: {path}", path=spelled(path)), err=True)
