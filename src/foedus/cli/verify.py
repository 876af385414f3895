"""`foedus verify RECORD`."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import click

from foedus.cli.everywhere import language_option
from foedus.cli.say import colourful, examples, in_json, width, written_in
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.reading import read_page
from foedus.diagnostics.span import spelled, whole
from foedus.report.layout import Sheet, carried

if find_spec("cryptography"):
    from foedus.council.ledger.head import Head, Key
    from foedus.council.ledger.record import NoRecord, opened
    from foedus.council.ledger.verify import Verified, verify
    from foedus.report.record import as_json as verified_json
    from foedus.report.record import show_verified


@click.command(
    "verify",
    epilog=examples(
        "foedus verify record.zip --key council.key --head head-of-friday.txt",
        "foedus verify record.zip --json",
    ),
)
@click.argument("record", type=click.Path(path_type=Path))
@click.option(
    "--key",
    "keys",
    multiple=True,
    metavar="KEY",
    help="A key you were given: the line itself, or a file of lines.",
)
@click.option(
    "--head",
    "heads",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A file with a head that you received.",
)
@language_option
@click.option("--json", "as_json", is_flag=True, help="The finding as JSON.")
@click.pass_context
def command(
    context: click.Context, record: Path, keys: tuple[str, ...], heads: tuple[Path, ...], as_json: bool
) -> None:
    """Check a session's record without the server that kept it: nothing changed, left out, moved, cut off, forked.

    Exit status 1 where the record is not whole.
    """
    if not find_spec("cryptography"):
        values = {"option": "foedus verify", "library": "cryptography", "extra": "council"}
        raise Refused(Problem("F559", whole(spelled(record)), values))
    found = _verified(record, list(_keys(keys)), [_head(path) for path in heads])
    if as_json:
        click.echo(in_json(verified_json(found)))
    else:
        sheet = Sheet(width(), colourful(sys.stdout))
        show_verified(sheet, found)
        click.echo(carried(sheet.text(), written_in()), nl=False)
    if not found.whole:
        context.exit(1)


def _verified(path: Path, keys: Sequence[Key], heads: Sequence[Head]) -> Verified:
    place = whole(spelled(path))
    if not path.exists():
        raise Refused(Problem("F001", place, {"path": spelled(path), "near": ""}))
    try:
        with zipfile.ZipFile(path) as file:
            return verify(opened(file), keys, heads)
    except zipfile.BadZipFile as error:
        raise Refused(Problem("F680", place, {"path": spelled(path), "why": "it is no zip file"})) from error
    except NoRecord as error:
        raise Refused(Problem("F680", place, {"path": spelled(path), "why": str(error)})) from error
    except OSError as error:
        raise Refused(
            Problem("F008", place, {"path": spelled(path), "why": error.strerror or str(error)})
        ) from error


def _keys(given: Sequence[str]) -> Iterator[Key]:
    """Keys from lines or from files of lines; blank lines and those that begin with # say nothing."""
    for one in given:
        try:
            yield Key.read(one)
            continue
        except ValueError:
            lines = _text(Path(one), "F681").splitlines()
        for line in filter(None, map(str.strip, lines)):
            if not line.startswith("#"):
                try:
                    yield Key.read(line)
                except ValueError as error:
                    raise Refused(Problem("F681", whole(spelled(one)), {"key": line})) from error


def _head(path: Path) -> Head:
    try:
        return Head.read(_text(path, "F682"))
    except ValueError as error:
        raise Refused(Problem("F682", whole(spelled(path)), {"path": spelled(path)})) from error


def _text(path: Path, code: str) -> str:
    if code == "F681" and not path.exists():
        raise Refused(Problem("F681", whole("--key"), {"key": spelled(path)}))
    return read_page(path)[0]
