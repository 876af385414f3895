"""`foedus anchors DOSSIER`."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foedus.cli import complete
from foedus.cli.busy import busy
from foedus.cli.everywhere import language_option, treaties_option
from foedus.cli.options import documents_option
from foedus.cli.say import colourful, examples, in_json, refuse, warn, width, written_in
from foedus.cli.write import write_whole
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE, spelled, whole
from foedus.evidence.claim import Claim
from foedus.library import SHIPPED, Library, folder_at, stands, stays_in
from foedus.report.layout import Sheet, carried
from foedus.words.speech import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.trace.anchor_file import Anchors
    from foedus.trace.quotations import AtHand, Quotation

ENDINGS = (".txt", ".md", ".html", ".htm", ".pdf")
"""How the texts of sources may end; the first that is there is read."""
MISREAD = ("F603", "F604", "F605")
"""Warnings that letters may be other ones; what else a document lacks makes no difference to its words."""


@click.command(
    "anchors",
    epilog=examples("foedus anchors my-dossier", "foedus anchors my-dossier --documents texts --save"),
)
@click.argument("name", metavar="DOSSIER", shell_complete=complete.dossiers)
@documents_option
@click.option("--save", is_flag=True, help="Save where quotations stand, in anchors.json there.")
@treaties_option
@language_option
@click.option("--json", "as_json", is_flag=True, help="The quotations as JSON.")
def command(name: str, documents: Path | None, save: bool, treaties: Path | None, as_json: bool) -> None:
    """Whether the words that claims quote still stand in their documents.

    Each quotation is exact (the same words in the same place), moved, edited
    (at most 35 % of its letters), or an orphan. Exit status 1 if there are
    orphans. Without --documents, the dossier's own folder `documents` is looked
    into. Needs foedus[trace].
    """
    missing = next((name for name in ("numpy", "rapidfuzz") if find_spec(name) is None), None)
    if missing is not None:
        raise Refused(
            Problem("F559", NOWHERE, {"option": "foedus anchors", "library": missing, "extra": "trace"})
        )
    from foedus.report.anchors import as_json as in_rows  # noqa: PLC0415  its libraries are an extra
    from foedus.report.anchors import show_anchors  # noqa: PLC0415  the same
    from foedus.trace.anchor_file import NAME, Anchors, read_anchors  # noqa: PLC0415  the same
    from foedus.trace.quotations import look_up  # noqa: PLC0415  the same

    library = Library(treaties, documents, trials=False, quoted=False)
    loaded = library.dossier(name)
    if warn(loaded.problems, loaded.texts) or loaded.dossier is None:
        sys.exit(2)
    dossier = loaded.dossier
    if documents is not None:
        folder_at(documents)
    folder = documents or library.find_dossier(name) / "documents"
    called = spelled(folder) if documents or stands(Path(name)) else f"{SHIPPED}/{name}/documents"
    quoting = [claim for claim in dossier.record.claims if claim.quote.strip()]
    with busy("Reading") as work:
        texts = _texts(folder, quoting)
        if quoting and not texts:
            raise _nothing(called, quoting)
        anchors = Anchors()
        if (folder / NAME).exists():
            stays_in(folder / NAME, folder)
            anchors = read_anchors(folder / NAME)
        found = look_up(
            dossier.id, quoting, texts, anchors.of, lambda file: work.on(f"Looking through {file}")
        )
    if anchors.problems:
        refuse(anchors.problems)
    if as_json:
        click.echo(in_json(in_rows(dossier, called, found)))
    else:
        sheet = Sheet(width(), colourful(sys.stdout))
        show_anchors(sheet, dossier, called, found)
        click.echo(carried(sheet.text(), written_in()), nl=False)
    if save and quoting:
        _save(folder / NAME, dossier.id, found, anchors)
    sys.exit(1 if any(one.found is not None and one.found.kind == "orphan" for one in found) else 0)


def _texts(folder: Path, claims: Sequence[Claim]) -> dict[str, AtHand]:
    """The texts at hand, by source. One that cannot be read is told, and the others are looked into."""
    from foedus.trace.document import Unread  # noqa: PLC0415  its libraries are an extra
    from foedus.trace.nearest import Text  # noqa: PLC0415  the same
    from foedus.trace.quotations import AtHand  # noqa: PLC0415  the same
    from foedus.trace.read import documents  # noqa: PLC0415  the same

    found: dict[str, AtHand] = {}
    for source in dict.fromkeys(claim.source for claim in claims):
        path = next((p for end in ENDINGS if (p := folder / f"{source}{end}").is_file()), None)
        if path is None:
            continue
        stays_in(path, folder)
        for document in documents([path]):
            if isinstance(document, Unread):
                refuse([document.problem])
                continue
            if guessed := [problem for problem in document.warnings if problem.code in MISREAD]:
                refuse(guessed)
            found[source] = AtHand(path.name, Text(document.text))
            break
    return found


def _nothing(folder: str, claims: Sequence[Claim]) -> Refused:
    names = list(dict.fromkeys(f"{claim.source}.txt" for claim in claims))
    listed = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
    return Refused(Problem("F672", whole(folder), {"folder": folder, "names": listed}))


def _save(path: Path, dossier: str, found: Sequence[Quotation], anchors: Anchors) -> None:
    from foedus.trace.anchor_file import name_of, written  # noqa: PLC0415  its libraries are an extra
    from foedus.trace.quotations import to_keep  # noqa: PLC0415  the same

    kept = to_keep(dossier, found, anchors.of)
    write_whole(path, written(kept, anchors.foreign))
    own = sum(1 for name in kept if name.startswith(name_of(dossier, "")))
    said = plural("Saved: {n} anchor in {path}", "Saved: {n} anchors in {path}", own, path=spelled(path))
    unclear = sum(1 for one in found if one.found is not None and one.found.others and one.kept is None)
    if unclear:
        said += "\n" + plural(
            "Not saved: {n} quotation that stands there more than once; quote a few words more.",
            "Not saved: {n} quotations that stand there more than once; quote a few words more.",
            unclear,
        )
    click.echo(said, err=True)
