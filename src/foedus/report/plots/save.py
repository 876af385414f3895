"""Figures as files: SVG, PDF or PNG by the file's ending, and beside it the words of what it shows.

The same figure gives the same bytes: no date, no name of a program, ids from what is drawn.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import warnings
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.diagnostics.visible import visible
from foedus.report.plots.figure import STYLE, Figure, drawn, matplotlib
from foedus.words.speech import language

ENDINGS = ("svg", "pdf", "png")
DOTS = 300
"""Dots to an inch of a PNG."""


def ending_of(path: Path) -> str:
    """Which kind of file this is to be. Raises `Refused` (F870) for none that is known."""
    ending = path.suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        raise Refused(Problem("F870", whole(spelled(path)), {"path": spelled(path)}))
    return ending


def rendered(figure: Figure, ending: str) -> bytes:
    """The bytes of the file. `ending` is one of `ENDINGS`. Raises `Refused` (F559) without matplotlib."""
    library = matplotlib()
    title, alt = visible(figure.title), visible(figure.alt)
    about: dict[str, dict[str, Any]] = {
        "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
        "pdf": {"Title": title, "Subject": alt, "CreationDate": None, "Creator": None, "Producer": None},
        "png": {"Title": title, "Description": alt, "Software": None},
    }
    stream = io.BytesIO()
    picture = drawn(figure)
    with library.rc_context(STYLE), warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", "Glyph .* missing from font"
        )  # shown as a box, and whole in the words
        picture.savefig(stream, format=ending, metadata=about[ending], dpi=DOTS if ending == "png" else 72)
    return _told(stream.getvalue(), title, alt) if ending == "svg" else stream.getvalue()


_OPENING = re.compile(r"<svg\b[^>]*>", re.DOTALL)


def _told(raw: bytes, title: str, alt: str) -> bytes:
    """The SVG with its title and description, as readers of screens look for them."""
    text = raw.decode()
    start = _OPENING.search(text)
    assert start is not None
    own = hashlib.sha256(f"{title}\n{alt}".encode()).hexdigest()[
        :8
    ]  # several stand on one page of a notebook
    named = f'<svg role="img" aria-labelledby="title-{own} words-{own}" xml:lang="{language()}"'
    opening = start.group().replace("<svg", named, 1)
    words = (
        f'\n <title id="title-{own}">{escape(title)}</title>\n <desc id="words-{own}">{escape(alt)}</desc>'
    )
    return f'<?xml version="1.0" encoding="utf-8"?>\n{opening}{words}{text[start.end() :]}'.encode()


def files_of(figure: Figure, path: Path) -> dict[Path, bytes]:
    """What is to be written: the figure, and its words beside it (`FILE.alt.txt`)."""
    raw = rendered(figure, ending_of(path))
    return {path: raw, alt_beside(path): f"{visible(figure.title)}\n\n{visible(figure.alt)}\n".encode()}


def alt_beside(path: Path) -> Path:
    """Where the words of a figure stand: `war.svg` has `war.svg.alt.txt`."""
    return path.with_name(f"{path.name}.alt.txt")


def save(figure: Figure, path: Path) -> str:
    """Write the figure and its words, both or neither; returns the words. What stood there is replaced.

    Raises `Refused`: F870 for an ending that is not known, F559 without matplotlib, F507 where the system refuses.
    """
    save_all([(figure, path)])
    return figure.alt


def save_all(figures: Sequence[tuple[Figure, Path]]) -> None:
    """Write several figures with their words, all or none. Raises as `save`."""
    every = {target: raw for figure, path in figures for target, raw in files_of(figure, path).items()}
    made = {target: _beside(target) for target in every}
    target = Path()
    try:
        for target, raw in every.items():
            if target.is_dir():
                raise IsADirectoryError(None, "it is a folder")
            made[target].write_bytes(raw)
        for target, new in made.items():
            new.replace(target)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Refused(Problem("F507", whole(spelled(target)), {"why": why})) from None
    finally:
        for new in made.values():
            new.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name[:100]}.{os.getpid()}.new")
