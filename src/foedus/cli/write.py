"""Pages written whole or not at all: a page is never left half-written."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole


def write_whole(path: Path, text: str | bytes) -> None:
    """Write a new file, or replace one by `text`, keeping its permissions; a link stays a link.
    Lines end as they do in `text`. Raises `Refused` (F507), with the page as it was."""
    page = path.resolve()
    beside = page.with_name(f".{page.name}.{os.getpid()}.new")
    try:
        known = page.exists()
        # A page that is kept from being changed is not replaced behind its back.
        if known and not os.access(page, os.W_OK):
            raise PermissionError(None, "you may not change it")
        beside.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        if known:
            shutil.copymode(page, beside)
        beside.replace(page)
    except OSError as error:
        beside.unlink(missing_ok=True)
        why = (error.strerror or str(error)).lower()
        raise Refused(Problem("F507", whole(str(path)), {"why": why})) from None
