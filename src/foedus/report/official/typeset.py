"""Sets the type of official minutes: data on standard input, a PDF on standard output. A process of its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

TEMPLATE = Path(__file__).with_name("minutes.typ")
ACCESSIBLE = "ua-1"
"""The standard of a PDF that can be read aloud (ISO 14289-1)."""


def typeset(data: str) -> bytes:
    """The PDF of the data (JSON). Where a text keeps it from being one that can be read aloud by the standard (a sign
    that no font has), it is tagged all the same."""
    import typst  # noqa: PLC0415  an extra

    compiler: Any = typst
    asked: dict[str, Any] = {"format": "pdf", "sys_inputs": {"data": data}, "pdf_tags": True}
    try:
        return compiler.compile(TEMPLATE, pdf_standards=[ACCESSIBLE], **asked)
    except RuntimeError:
        return compiler.compile(TEMPLATE, **asked)


if __name__ == "__main__":
    sys.stdout.buffer.write(typeset(sys.stdin.buffer.read().decode()))
