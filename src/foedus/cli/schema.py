"""`foedus schema NAME`."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import click

from foedus.cli.say import examples
from foedus.tables.columns import TABLES, schema_of

WRITTEN = (
    "anchoring", "anchors", "assessment", "cascade", "cascade-pages", "data", "minutes", "problems", "procedure",
    "trace",
)  # fmt: skip
"""Schemas that lie beside the code that writes what they describe; those of tables follow from the columns."""


@click.command("schema", epilog=examples("foedus schema assessment", "foedus schema claims"))
@click.argument("name", type=click.Choice([*WRITTEN, *TABLES]), metavar="NAME")
def command(name: str) -> None:
    """Print the JSON Schema (2020-12) of what Foedus writes.

    NAME is assessment (`assess --json`), problems (`check --json`), trace (`trace --json`), procedure
    (`procedure --json`), cascade and cascade-pages (`cascade --json`, over a data set and over pages), data
    (`data list --json`), minutes (`minutes --json`), anchoring (`anchors --json`), anchors (the file of
    `anchors --save`), or a table as `export` writes it to a .json file: sources, speakers, claims, facts.
    """
    click.echo(json.dumps(schema(name), ensure_ascii=False, indent=2))


def schema(name: str) -> dict[str, Any]:
    """The schema of that name."""
    if name in TABLES:
        return schema_of(TABLES[name])
    folder = {"anchors": "trace", "problems": "diagnostics"}.get(name, "report")
    return json.loads((files("foedus") / folder / f"{name}.schema.json").read_text(encoding="utf-8"))
