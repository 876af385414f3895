"""An address as a QR code: for a page, and for the terminal in which the server was started."""

from __future__ import annotations

import io

import segno

BORDER = 4
"""Modules of light around the code, as ISO/IEC 18004 wants it."""


def svg(address: str, title: str = "") -> str:
    """The code as an SVG element of the class `qr`, for the middle of a page: without scripts and styles of its own,
    dark on light whatever the page's colours are. Its size is the page's to say."""
    return _made(address).svg_inline(
        border=BORDER,
        omitsize=True,
        svgclass="qr",
        lineclass=None,
        dark="#000",
        light="#fff",
        title=title or None,
    )


def terminal(address: str, *, coloured: bool = True) -> str:
    """The code in half blocks, two rows in a line. `coloured`: with marks that make it light on dark in any terminal;
    without them it is the right way round on a dark one only."""
    out = io.StringIO()
    _made(address).terminal(out, border=BORDER, compact=True)
    lines = out.getvalue().splitlines()
    return "".join(f"\x1b[97;40m{line}\x1b[0m\n" if coloured else f"{line}\n" for line in lines)


def _made(address: str) -> segno.QRCode:
    return segno.make(address, error="m", micro=False)
