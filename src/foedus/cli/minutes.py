"""`foedus minutes RECORD`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from foedus.cli.everywhere import language_option, treaties_option
from foedus.cli.say import examples
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole


@click.command(
    "minutes",
    epilog=examples(
        "foedus minutes record.zip -o minutes.md",
        "foedus minutes record.zip --pdf minutes.pdf",
        "foedus minutes record.zip --json",
    ),
)
@click.argument("record", type=click.Path(path_type=Path))
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write them as Markdown."
)
@click.option("--pdf", type=click.Path(path_type=Path), metavar="FILE", help="Write them as a PDF.")
@click.option("--docx", type=click.Path(path_type=Path), metavar="FILE", help="Write them as DOCX.")
@click.option("--akn", type=click.Path(path_type=Path), metavar="FILE", help="Write them as Akoma Ntoso.")
@click.option("--keys", multiple=True, metavar="FILE", help="Keys that you were given, as for verify.")
@treaties_option
@language_option
@click.option("--json", "as_json", is_flag=True, help="The minutes as JSON.")
def command(
    record: Path,
    output: Path | None,
    pdf: Path | None,
    docx: Path | None,
    akn: Path | None,
    keys: tuple[str, ...],
    treaties: Path | None,
    as_json: bool,
) -> None:
    """Draw up the minutes of a session from its record, once the record is found whole.

    Meetings, decisions by number with their votes, attendance, corrections, what was refused. Names of people are not
    in a record, and so not here. Without a file they are printed.
    """
    if not find_spec("cryptography"):
        values = {"option": "foedus minutes", "library": "cryptography", "extra": "council"}
        raise Refused(Problem("F559", whole(spelled(record)), values))
    from foedus.cli import drawing_up  # noqa: PLC0415  needs cryptography, which is an extra

    minutes = drawing_up.minutes(record, keys, treaties)
    wanted = {"md": output, "pdf": pdf, "docx": docx, "akn": akn}
    drawing_up.put(
        minutes, {form: path for form, path in wanted.items() if path is not None}, as_json=as_json
    )
