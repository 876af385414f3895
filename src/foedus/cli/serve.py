"""`foedus serve SCENARIO`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from foedus.cli import complete
from foedus.cli.everywhere import language_option, treaties_option
from foedus.cli.say import examples
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE

NEEDED = ("starlette", "uvicorn", "httptools", "multipart", "argon2", "segno", "cryptography")


@click.command(
    "serve",
    epilog=examples(
        "foedus serve six-valleys",
        "foedus serve six-valleys --host 0.0.0.0 --port 8080 --pace 640",
        "foedus serve kazakhstan-2022 --db postgresql://localhost/foedus",
    ),
)
@click.argument("scenario", shell_complete=complete.scenarios)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen at; by default only this machine.",
)
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0: any that is free."
)
@click.option(
    "--db",
    metavar="FILE|URL",
    help="Where the record is kept: a file, or postgresql://…; else SCENARIO.room.",
)
@click.option("--room", metavar="NAME", help="The room's name; else the scenario's.")
@click.option(
    "--pace", type=click.IntRange(1, 100_000), help="Seconds of the room that pass in one on the wall."
)
@click.option(
    "--name", "names", multiple=True, metavar="HOST", help="A further name by which this server is asked for."
)
@treaties_option
@language_option
def command(
    scenario: str,
    host: str,
    port: int,
    db: str | None,
    room: str | None,
    pace: int | None,
    names: tuple[str, ...],
    treaties: Path | None,
) -> None:
    """Open the council's room of a scenario in the browser, and print the codes by which people come in.

    The record is kept in a file beside you, signed, entry by entry; started again with the same file, the room is where
    it was left. Needs foedus[serve].
    """
    missing = next((name for name in NEEDED if find_spec(name) is None), None)
    if missing is not None:
        raise Refused(
            Problem("F559", NOWHERE, {"option": "foedus serve", "library": missing, "extra": "serve"})
        )
    from foedus.web.serving import Settings, serve  # noqa: PLC0415  its libraries are an extra

    serve(Settings(scenario, host, port, db or "", room or "", pace, names, treaties), click.echo)
