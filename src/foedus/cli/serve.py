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
        "foedus serve six-valleys --host 0.0.0.0 --bots --codes codes.csv",
        "foedus serve kazakhstan-2022 --from-now --people people.csv",
    ),
)
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO…", shell_complete=complete.scenarios)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen at; by default only this machine; 0.0.0.0 for all of the local network.",
)
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0: any that is free."
)
@click.option(
    "--host-name",
    "names",
    multiple=True,
    metavar="NAME",
    help="A further name by which this server is asked for.",
)
@click.option(
    "--db",
    metavar="FILE|URL",
    help="Where the record is kept: a file, or postgresql://…; else SCENARIO.room beside you.",
)
@click.option("--room", metavar="NAME", help="The first room's name; else the scenario's.")
@click.option(
    "--people", type=click.Path(path_type=Path), metavar="FILE.csv", help="A list of people to invite."
)
@click.option("--yes", is_flag=True, help="Invite the people of the list; without it, it is only shown.")
@click.option(
    "--observers", type=click.IntRange(0, 1000), default=0, metavar="N", help="A code for so many observers."
)
@click.option("--public-screen", "screen", is_flag=True, help="A code for a screen that all can see.")
@click.option(
    "--codes",
    type=click.Path(path_type=Path),
    metavar="FILE.csv",
    help="Write the codes to a file, for you alone.",
)
@click.option("--qr", is_flag=True, help="Print a QR code for each.")
@click.option("--bots", is_flag=True, help="Bots fill the seats that nobody has.")
@click.option(
    "--bots-every",
    type=click.FloatRange(0.1, 600),
    default=5,
    show_default=True,
    metavar="SECONDS",
    help="Time between two deeds of bots.",
)
@click.option(
    "--pace",
    type=click.IntRange(1, 100_000),
    help="Seconds of the room that pass in one on the wall; else the scenario's.",
)
@click.option(
    "--paused", is_flag=True, help="Begin with the room's clock standing, until the director lets it run."
)
@click.option(
    "--from-now", is_flag=True, help="A meeting of today in real time, without the scenario's own dates."
)
@click.option(
    "--speech", type=click.IntRange(0, 86_400), metavar="SECONDS", help="Length of a speech; 0: no limit."
)
@click.option("--reply", type=click.IntRange(0, 86_400), metavar="SECONDS", help="Length of a reply.")
@click.option(
    "--explanation",
    type=click.IntRange(0, 86_400),
    metavar="SECONDS",
    help="Length of an explanation of vote.",
)
@click.option(
    "--quorum", type=click.IntRange(0, 1000), metavar="N", help="Members that have to be at the table."
)
@click.option(
    "--borders",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Borders for the map, from a file of yours.",
)
@click.option("--viewpoint", default="", metavar="TEXT", help="Whose borders these are, in a sentence.")
@click.option(
    "--https-proxy",
    "https",
    is_flag=True,
    help="A proxy before this server speaks HTTPS: cookies go over HTTPS only.",
)
@click.option(
    "--log",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write down who came in and what was refused.",
)
@treaties_option
@language_option
def command(
    scenarios: tuple[str, ...],
    host: str,
    port: int,
    names: tuple[str, ...],
    db: str | None,
    room: str | None,
    people: Path | None,
    yes: bool,
    observers: int,
    screen: bool,
    codes: Path | None,
    qr: bool,
    bots: bool,
    bots_every: float,
    pace: int | None,
    paused: bool,
    from_now: bool,
    speech: int | None,
    reply: int | None,
    explanation: int | None,
    quorum: int | None,
    borders: Path | None,
    viewpoint: str,
    https: bool,
    log: Path | None,
    treaties: Path | None,
) -> None:
    """Open the council's room of a scenario in the browser, and print the codes by which people come in.

    The record is kept in a file beside you, signed, entry by entry; started again with the same file, the room is where
    it was left. Several scenarios are several rooms. Needs foedus[serve].
    """
    missing = next((name for name in NEEDED if find_spec(name) is None), None)
    if missing is not None:
        raise Refused(
            Problem("F559", NOWHERE, {"option": "foedus serve", "library": missing, "extra": "serve"})
        )
    from foedus.web.serving import Settings, serve  # noqa: PLC0415  its libraries are an extra

    said = {"speech": speech, "reply": reply, "explanation": explanation, "quorum": quorum}
    settings = Settings(
        scenarios[0], host, port, db or "", room or "", pace, names, treaties, scenarios[1:], True, paused, from_now,
        tuple((name, value) for name, value in said.items() if value is not None), bots, bots_every, observers, screen,
        qr, codes, people, yes, borders, viewpoint, https, log,
    )  # fmt: skip
    serve(settings, click.echo)
