"""`foedus verify RECORD`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from foedus.cli.everywhere import language_option, treaties_option
from foedus.cli.say import examples, in_json, print_sheet
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole


@click.command(
    "verify",
    epilog=examples(
        "foedus verify record.zip --keys council.key --head head-of-friday.txt",
        "foedus verify record.zip --json",
    ),
)
@click.argument("record", type=click.Path(path_type=Path))
@click.option(
    "--keys",
    "keys",
    multiple=True,
    metavar="FILE",
    help="A file with keys that you were given, a line each; or one key itself.",
)
@click.option(
    "--head",
    "heads",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A file with a head that you received.",
)
@treaties_option
@language_option
@click.option("--json", "as_json", is_flag=True, help="The finding as JSON.")
@click.pass_context
def command(
    context: click.Context,
    record: Path,
    keys: tuple[str, ...],
    heads: tuple[Path, ...],
    treaties: Path | None,
    as_json: bool,
) -> None:
    """Check a session's record without the server that kept it: nothing changed, left out, moved, cut off, forked.

    Where its pages are at hand, its deeds are done again by their rules. Exit status 1 where the record is not whole,
    or the rules do not allow what was done.
    """
    if not find_spec("cryptography"):
        values = {"option": "foedus verify", "library": "cryptography", "extra": "council"}
        raise Refused(Problem("F559", whole(spelled(record)), values))
    from foedus.cli import verifying  # noqa: PLC0415  needs cryptography, which is an extra

    found = verifying.verified(record, keys, heads)
    again = verifying.again(record, treaties) if found.whole else None
    if as_json:
        click.echo(in_json(verifying.verified_json(found, again)))
    else:
        print_sheet(lambda sheet: verifying.show_verified(sheet, found, again))
    if not found.whole or (again is not None and again.amiss is not None):
        context.exit(1)
