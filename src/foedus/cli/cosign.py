"""`foedus cosign HEAD --key FILE`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from foedus.cli.everywhere import language_option
from foedus.cli.say import examples, print_file
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.words.speech import say


@click.command(
    "cosign",
    epilog=examples(
        "foedus cosign --new-key own.key --name ARV -o own.pub",
        "foedus cosign record.zip --key arv.key -o head-arv.txt",
        "foedus cosign head-of-friday.txt --keys council.key --key arv.key",
    ),
)
@click.argument("head", required=False, type=click.Path(path_type=Path))
@click.option("--key", type=click.Path(path_type=Path), metavar="FILE", help="The key to sign with.")
@click.option(
    "--keys",
    "keys",
    multiple=True,
    metavar="FILE",
    help="Sign only what one of these keys signed: the council's, as you were given it.",
)
@click.option(
    "--out", "-o", type=click.Path(path_type=Path), metavar="FILE",
    help="Write the signed head here; one of the same record that is there keeps its signatures.",
)  # fmt: skip
@click.option(
    "--new-key",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Make a key in a new file, for nobody else to read, and print its public part.",
)
@click.option("--name", metavar="NAME", help="Of the new key: the delegation's code.")
@language_option
def command(
    head: Path | None,
    key: Path | None,
    keys: tuple[str, ...],
    out: Path | None,
    new_key: Path | None,
    name: str | None,
) -> None:
    """Add a delegation's signature to the head of a record.

    HEAD is a head as it was received, or the record itself, which is then checked first as by `foedus verify`. The
    head with all signatures is printed, or written.
    """
    if new_key is not None and (head is not None or key is not None or keys):
        raise click.UsageError(
            "--new-key makes a key, and signs nothing: give it with --name alone, or with -o."
        )
    if (new_key is None) != (name is None):
        raise click.UsageError("--new-key FILE and --name NAME go together.")
    if new_key is None and (head is None or key is None):
        raise click.UsageError("Say what is signed, and with which key: foedus cosign HEAD --key FILE.")
    if not find_spec("cryptography"):
        values = {"option": "foedus cosign", "library": "cryptography", "extra": "council"}
        raise Refused(Problem("F559", whole("foedus cosign"), values))
    from foedus.cli import cosigning  # noqa: PLC0415  needs cryptography, which is an extra

    if new_key is not None:
        assert name is not None
        text = cosigning.made(new_key, name, out).line() + "\n"
    else:
        assert head is not None and key is not None
        text = cosigning.signed(head, key, keys, out).note()
    if out is None:
        print_file(text)
    else:
        click.echo(say("Written: {path}", path=spelled(out)), err=True)
