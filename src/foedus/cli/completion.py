"""`foedus completion SHELL`."""

from __future__ import annotations

import click

from foedus.cli.say import examples

LINES = {
    "bash": 'eval "$(_FOEDUS_COMPLETE=bash_source foedus)"',
    "zsh": 'eval "$(_FOEDUS_COMPLETE=zsh_source foedus)"',
    "fish": "_FOEDUS_COMPLETE=fish_source foedus | source",
}


@click.command("completion", epilog=examples("foedus completion bash >> ~/.bashrc"))
@click.argument("shell", type=click.Choice(sorted(LINES)))
def command(shell: str) -> None:
    """Print the line that gives your shell completion of commands and options."""
    click.echo(LINES[shell])
