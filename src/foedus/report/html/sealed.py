"""A page that needs nothing outside itself, and takes nothing: its policy, and how its templates are filled."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from foedus.diagnostics.visible import visible
from foedus.words.speech import aloud, plural, say, say_in


def policy(style: str, script: str) -> str:
    """What a browser may do with a page that carries this style and this script: these, and nothing else."""
    return (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"style-src {_digest(style)}; script-src {_digest(script)}"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def text_of(path: Path) -> str:
    """What a style or a script holds; nothing where there is none."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


def environment(*folders: Path) -> Environment:
    """Templates that escape whatever they are filled with, and show what would hide or turn round."""
    made = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.globals.update(say=say, say_in=say_in, plural=plural)  # pyright: ignore[reportUnknownMemberType]
    return made


def _shown(value: object) -> object:
    """A text with nothing in it that hides or turns round; markup as it is."""
    return visible(aloud(value)) if isinstance(value, str) and not isinstance(value, Markup) else value
