"""`foedus merge BASE OURS THEIRS`: what git calls where two branches changed one page."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from foedus.cli.say import examples
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.diagnostics.visible import visible
from foedus.lang.merge import Marks, merge
from foedus.words.speech import plural

_FILE = click.Path(path_type=Path)
LIMIT = 4 * 1024 * 1024
"""Bytes of a page, as for every other verb."""


@click.command(
    "merge",
    epilog=examples("foedus merge base.md ours.md theirs.md"),
)
@click.argument("base", type=_FILE)
@click.argument("ours", type=_FILE)
@click.argument("theirs", type=_FILE)
@click.option("--marker-size", type=click.IntRange(3, 100), default=7, help="Signs in a conflict's marks.")
@click.option("--name", metavar="PATH", help="How to call the page in messages.")
def command(base: Path, ours: Path, theirs: Path, marker_size: int, name: str | None) -> None:
    """Merge what OURS and THEIRS changed in BASE, declaration by declaration, into OURS.

    Exit status 1 if both changed the same thing: both versions then stand between marks, for you
    to decide. Made to be called by git, as the how-to on working with others says.
    """
    merged = merge(_read(base), _read(ours), _read(theirs), Marks(size=marker_size))
    try:
        ours.write_bytes(merged.text.encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise Refused(
            Problem("F507", whole(spelled(ours)), {"why": (error.strerror or str(error)).lower()})
        ) from None
    if merged.conflicts:
        said = plural(
            "{name}: both sides changed {what}", "{name}: both sides changed {n} things: {what}",
            len(merged.conflicts), name=name or spelled(ours), what=", ".join(map(visible, merged.conflicts[:5])),
        )  # fmt: skip
        click.echo(said, err=True)
        sys.exit(1)


def _read(path: Path) -> str:
    """The file's text; what is not UTF-8 comes back as it was."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise Refused(Problem("F001", whole(spelled(path)), {"path": spelled(path)})) from None
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or str(error)).lower()
        raise Refused(Problem("F008", whole(spelled(path)), {"path": spelled(path), "why": why})) from None
    if len(raw) > LIMIT:
        size = f"{len(raw) / 1024**2:.1f} MiB"
        values = {"path": spelled(path), "size": size, "limit": f"{LIMIT // 1024**2} MiB"}
        raise Refused(Problem("F006", whole(spelled(path)), values))
    return raw.decode("utf-8", "surrogateescape")
