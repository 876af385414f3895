"""What XML, and so a DOCX file, can hold of a text."""

from __future__ import annotations

import re

_UNPRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    r"""The text with a mark in the place of every sign that XML cannot hold.

    >>> printable("a\x00b")
    'a�b'
    """
    return _UNPRINTED.sub("\ufffd", text)
