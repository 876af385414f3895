"""The versions of Alliance Treaty Obligations and Provisions (ATOP): what each covers, and how to cite it."""

from __future__ import annotations

from datetime import date

from foedus.sources.atop import COVERED, REFERENCE
from foedus.sources.edition import Edition

KNOWN = ("3.0", "4.0", "4.01", "5.0", "5.1")
FIRST = date(1815, 1, 1)
KEY = "leeds2002atop"
URL = "http://www.atopdata.org"
BIBTEX = """\
@article{leeds2002atop,
  author  = {Leeds, Brett Ashley and Ritter, Jeffrey M. and Mitchell, Sara McLaughlin and Long, Andrew G.},
  title   = {Alliance Treaty Obligations and Provisions, 1815--1944},
  journal = {International Interactions},
  year    = {2002},
  volume  = {28},
  pages   = {237--260}
}
"""


def version_of(written: str) -> str:
    """A version as its makers write it, also where a program has written it with all the digits it had.

    >>> version_of("4.0100002"), version_of("5.1"), version_of("5"), version_of("")
    ('4.01', '5.1', '5.0', '')
    """
    try:
        number = round(float(written), 2)
    except ValueError:
        return written
    return f"{number:.1f}" if number == round(number, 1) else f"{number:.2f}"


def edition(kind: str, name: str, version: str, latest: date) -> Edition:
    """The edition of one of ATOP's files; `latest` is the last day in it, which counts for a version not known."""
    covered = COVERED.get(version.partition(".")[0], latest)
    return Edition(kind, name, version, FIRST, max(covered, latest), "", REFERENCE, KEY, BIBTEX, URL)
