"""What `foedus minutes` does, where the library for signatures is there: reads a record, and writes its minutes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click

from foedus.cli.say import in_json, print_file
from foedus.cli.verifying import verified
from foedus.cli.write import write_whole
from foedus.council.ledger.entry import Entry
from foedus.council.ledger.record import opened
from foedus.council.ledger.verify import Verified
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.meeting.entering import Standing
from foedus.meeting.rereading import Reread, reread
from foedus.report.docx import to_docx
from foedus.report.lists import listed
from foedus.report.markdown import to_markdown
from foedus.report.official.akn import to_akn
from foedus.report.official.blocks import memo_of
from foedus.report.official.json import as_json as in_data
from foedus.report.official.minutes import About, Minutes, minutes_of
from foedus.report.official.pdf import to_pdf
from foedus.words.speech import language, phrase, say


def minutes(path: Path, keys: Sequence[str], treaties: Path | None) -> Minutes:
    """The minutes of a record. Raises `Refused`: as `verified`, and F766 for one of which none can be drawn up."""
    found = verified(path, keys, ())
    if not found.whole:
        raise _none(path, phrase("it is not whole"))
    with zipfile.ZipFile(path) as file:
        lines = (Entry.read(line) for line in opened(file).lines)
        read = reread((entry.body for entry in lines if entry is not None), treaties)
    return minutes_of(read_in(path, read), read.entries, _about(found, read))


def read_in(path: Path, read: Reread) -> Standing:
    """Where the session of a record stands. Raises `Refused` (F766)."""
    if read.missing:
        raise _none(path, phrase("no pages at hand for {names}", names=listed(list(read.missing))))
    if read.differ:
        raise _none(
            path, phrase("the pages at hand differ from its own in {names}", names=listed(list(read.differ)))
        )
    if read.amiss is not None:
        raise _none(path, phrase("the rules of its pages part from it at entry {number}", number=read.amiss))
    if read.standing is None:
        raise _none(path, phrase("it is no record of a session"))
    return read.standing


def _about(found: Verified, read: Reread) -> About:
    return About(read.title, found.room, language(), read.live, head=found.head)


def _none(path: Path, why: str) -> Refused:
    return Refused(Problem("F766", whole(spelled(path)), {"path": spelled(path), "why": why}))


def put(made: Minutes, wanted: Mapping[str, Path], *, as_json: bool) -> None:
    """Writes the minutes to these files by form, or prints them."""
    forms: Mapping[str, Callable[[], bytes]] = {
        "md": lambda: to_markdown(memo_of(made)).encode(),
        "pdf": lambda: to_pdf(made),
        "docx": lambda: to_docx(memo_of(made)),
        "akn": lambda: to_akn(made),
    }
    contents = {
        path: forms[form]() for form, path in wanted.items()
    }  # all are made before the first is written
    for path, content in contents.items():
        write_whole(path, content)
        click.echo(say("Written: {path}", path=spelled(path)), err=True)
    if as_json:
        click.echo(in_json(in_data(made)))
    elif not wanted:
        print_file(to_markdown(memo_of(made)))
