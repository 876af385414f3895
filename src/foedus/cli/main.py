"""The command line: one file per verb, loaded only when that verb is called."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import TextIO

import click

from foedus import __version__
from foedus.cli.say import refuse
from foedus.diagnostics.problem import Refused

VERBS = {
    "assess": "What follows in a crisis: which obligations arise, and on what that turns.",
    "check": "Check treaty pages and dossiers; every mistake with its article and place.",
    "compare": "Which findings move between two dossiers or suppositions, and why.",
    "completion": "Shell completion: print the line to put into your shell's settings.",
    "dossiers": "The dossiers that ship with Foedus.",
    "export": "Write a dossier's sources, speakers and claims as CSV, JSON or a workbook.",
    "fmt": "Lay pages out as the language's reference says.",
    "import": "Take changed tables back into a dossier, after showing what changes.",
    "merge": "Merge two versions of a page, declaration by declaration (for git).",
    "schema": "Print the JSON Schema of an answer, of problems or of a table.",
    "test": "Run the trials inside pages; --accept rewrites what they expect.",
    "why": "Explain an error code, with an example and how to mend it.",
}

ELSEWHERE = {
    "diff": "compare",
    "explain": "why",
    "format": "fmt",
    "lint": "check",
    "list": "dossiers",
    "run": "assess",
}
"""What other programs call these verbs: a reader's first guess, told like a slip."""


class Verbs(click.Group):
    """Knows its verbs without importing them, so that `foedus --help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs, by the alphabet."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of that name, its file loaded now."""
        if cmd_name not in VERBS:
            return None
        return import_module(f"foedus.cli.{cmd_name}").command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs with what they do, none of their files loaded."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(VERBS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that was typed; for a slip, the one that was meant."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            from foedus.diagnostics.suggest import suggest  # noqa: PLC0415  only after a slip

            near = ELSEWHERE.get(args[0]) or suggest(args[0], VERBS)
            ctx.fail(f"There is no command “{args[0]}”." + (f" Did you mean “{near}”?" if near else ""))
        return super().resolve_command(ctx, args)


@click.command(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog="Begin with:  foedus assess kazakhstan-2022",
)
@click.version_option(__version__, message="foedus %(version)s")
def cli() -> None:
    """Foedus reads treaties as programs and crises as dossiers of who said what.

    It answers which obligations arise, on which facts and readings that depends,
    with the article and the source of every step. It takes no side.
    """


def main() -> None:
    """Run the command line. Exit status: 0 done, 1 the pages or trials have mistakes, 2 the
    question cannot be asked as put."""
    # A process of a second makes many small values and few circles: looking for these costs a tenth of it.
    gc.set_threshold(200_000, 50, 50)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")  # a terminal without a sign shows `?`, not a traceback
    try:
        cli(prog_name="foedus")
    except Refused as refused:
        refuse(refused.problems)
        sys.exit(2)
    except RecursionError:
        click.echo("The page is nested too deeply to be read.", err=True)
        sys.exit(2)
    except OSError as error:  # what no verb foresaw: a full disk, a folder that may not be looked into
        if sys.stdout is not None and error.filename is None:
            _silence(sys.stdout)  # what could not be written is not tried again on the way out
        said = f"{error.filename}: " if error.filename else ""
        click.echo(f"{said}{error.strerror or error}", err=True)
        sys.exit(2)


def _silence(stream: TextIO) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
