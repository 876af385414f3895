"""The command line: one file per verb, loaded only when that verb is called."""

from __future__ import annotations

import codecs
import gc
import os
import sys
from importlib import import_module
from typing import TextIO

import click

from foedus import __version__
from foedus.cli.say import refuse
from foedus.diagnostics.problem import Refused
from foedus.diagnostics.visible import standing_in, visible

VERBS = {
    "anchors": "Whether the words that claims quote still stand in their documents.",
    "assess": "What follows in a crisis: which obligations arise, and on what that turns.",
    "bound": "Who owes a state what on a day, under which article; and what it owes.",
    "cascade": "How a war spreads if states are drawn in by what they promised.",
    "cases": "What Foedus finds against what happened, case by case.",
    "check": "Check treaty pages and dossiers; every mistake with its article and place.",
    "compare": "Which findings move between two dossiers or suppositions, and why.",
    "completion": "Shell completion: print the line to put into your shell's settings.",
    "cosign": "Sign the head of a council's record with a delegation's key.",
    "coverage": "How much of each treaty is encoded, left out, unconfirmed, tried, reviewed.",
    "data": "Data sets that you have: what a file is, what it covers, how to cite it.",
    "dossiers": "The dossiers that ship with Foedus.",
    "export": "Write a dossier's sources, speakers and claims as CSV, JSON or a workbook.",
    "fmt": "Lay pages out as the language's reference says.",
    "import": "Take changed tables back into a dossier, after showing what changes.",
    "lsp": "Speak with an editor: mistakes as you type, names to choose from.",
    "membership": "Who was a party from when to when, beside the data set ATOP; why they differ.",
    "merge": "Merge two versions of a page, declaration by declaration (for git).",
    "minutes": "Draw up the minutes of a session from its record.",
    "new": "Begin a treaty page or a dossier: a commented skeleton to fill in.",
    "panel": "Who owed what to whom, for every pair of states and year, as a data frame.",
    "power": "How much each member's vote can decide under an organ's rule.",
    "procedure": "How an organ goes about a matter, and whether a historic case went so.",
    "schema": "Print the JSON Schema of an answer, of problems or of a table.",
    "serve": "Open the council's room of a scenario in the browser.",
    "session": "Play a session of a council from a scenario; record it, signed.",
    "show": "A treaty in brief: dates, parties, norms by article, what is not encoded.",
    "test": "Run the trials inside pages; --accept rewrites what they expect.",
    "trace": "Which passages are copied from where, and how many sources there really are.",
    "treaties": "The treaty pages; search them by words, party, date, class of duty.",
    "verify": "Check a session's record without the server that kept it.",
    "vote": "How a vote comes out under an organ's own rule, and on what that depends.",
    "why": "Explain an error code, with an example and how to mend it.",
}

ELSEWHERE = {
    "diff": "compare",
    "create": "new",
    "explain": "why",
    "format": "fmt",
    "init": "new",
    "lint": "check",
    "list": "dossiers",
    "run": "assess",
}
"""What other programs call these verbs: a reader's first guess, told like a slip."""


INTERRUPTED = 130
"""The exit status of what was ended from the keyboard, as shells have it: 128 and SIGINT's number."""


def _interrupted() -> SystemExit:
    click.echo("Interrupted.", err=True)
    return SystemExit(INTERRUPTED)


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

    def invoke(self, ctx: click.Context) -> object:
        """Run the verb; where somebody ends it from the keyboard, say so in one line."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise _interrupted() from None


def _version(ctx: click.Context, param: click.Parameter, asked: bool) -> None:
    """What somebody who reports a mistake should say."""
    del param  # click hands it over
    if asked and not ctx.resilient_parsing:
        import platform  # noqa: PLC0415  milliseconds that only this needs

        python = f"{platform.python_implementation()} {platform.python_version()}"
        system = f"{platform.system()} {platform.release()} {platform.machine()}"
        click.echo(f"foedus {__version__}\n{python}\n{system}")
        ctx.exit()


@click.command(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog="Begin with:  foedus assess kazakhstan-2022",
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version,
    help="Show the version, with Python's and the system's, and exit.",
)  # fmt: skip
def cli() -> None:
    """Foedus reads treaties as programs and crises as dossiers of who said what.

    It answers which obligations arise, on which facts and readings that depends,
    with the article and the source of every step. It takes no side.
    """


def main() -> None:
    """Run the command line. Exit status: 0 done, 1 the pages or trials have mistakes, 2 the
    question cannot be asked as put, 130 ended from the keyboard."""
    # A process of a second makes many small values and few circles: looking for these costs a tenth of it.
    gc.set_threshold(200_000, 50, 50)
    # A terminal without a sign shows another, not a traceback.
    codecs.register_error("standing_in", standing_in)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="standing_in")
    try:
        sys.exit(cli(prog_name="foedus", standalone_mode=False))
    except click.ClickException as error:
        said = "\n".join(visible(line) for line in error.format_message().split("\n"))
        error.format_message = lambda: said  # what was typed is shown, not obeyed
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(1)
    except Refused as refused:
        refuse(refused.problems)
        sys.exit(2)
    except KeyboardInterrupt:
        raise _interrupted() from None
    except RecursionError:
        click.echo("The page is nested too deeply to be read.", err=True)
        sys.exit(2)
    except BrokenPipeError:  # whoever read has read enough, as `head` does
        _silence(sys.stdout)
        sys.exit(1)
    except OSError as error:  # what no verb foresaw: a full disk, a folder that may not be looked into
        if sys.stdout is not None and error.filename is None:
            _silence(sys.stdout)  # what could not be written is not tried again on the way out
        said = f"{error.filename}: " if error.filename else ""
        click.echo(f"{said}{error.strerror or error}", err=True)
        sys.exit(2)


def _silence(stream: TextIO) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
