"""How an answer is cited so that others can repeat it, and its sources as BibTeX and CSL.

An answer depends on the engine's version, on each treaty page and on the dossier; each is named with
the beginning of its digest. The answer has a digest of its own: whoever asks the same of the same pages
gets the same, and sees so at a glance.
"""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import unicodedata
from collections.abc import Mapping
from typing import Any

from foedus.assessment.finding import Assessment, View
from foedus.evidence.claim import Source
from foedus.report.wording import Names, listed, on_day
from foedus.terms.time import EDate
from foedus.words.speech import say

SHOWN = 12
"""So many signs of a digest are printed: enough that no two pages that anybody has agree in them."""


def answer_digest(assessment: Assessment) -> str:
    """SHA-256 of what was asked and of every verdict, with that on which it turns; 64 hexadecimal signs.

    It does not depend on the language, the version or the layout of a report.
    """
    said = {
        "on": assessment.on.isoformat(),
        "known_by": assessment.known_by.isoformat() if assessment.known_by else None,
        "supposed": dict(sorted(assessment.supposed.items())),
        "findings": [
            [finding.id, *(_view(view) for view in (finding.on_facts, finding.granting, finding.claimed))]
            for finding in sorted(assessment.findings, key=lambda finding: finding.id)
        ],
        "not_in_force": sorted(name for name, _ in assessment.not_in_force),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _view(view: View) -> list[Any]:
    return [view.settled, view.word, sorted(view.turns_on)]


def citation(assessment: Assessment) -> str:
    """One line: the dossier, the day, what was supposed, the version, the digests."""
    dossier = assessment.dossier
    parts = [f"{dossier.title or dossier.id} [{dossier.id}]", _asked(assessment)]
    if assessment.supposed:
        said = listed([f"{name} = {value}" for name, value in assessment.supposed.items()])
        parts.append(say("supposing {what}", what=said))
    own = assessment.digests.get(dossier.id, "")[:SHOWN]
    pages = ", ".join(
        f"{name} {digest[:SHOWN]}"
        for name, digest in sorted(assessment.digests.items())
        if name != dossier.id
    )
    parts.append(say("Foedus {version}", version=assessment.version))
    parts.append(say("dossier {digest}", digest=own))
    parts.append(say("pages {digests}", digests=pages) if pages else "")
    parts.append(say("answer {digest}", digest=answer_digest(assessment)[:SHOWN]))
    return "; ".join(part for part in parts if part) + "."


def _asked(assessment: Assessment) -> str:
    on = say("as of {day}", day=on_day(EDate.of(assessment.on)))
    if assessment.known_by is None:
        return on
    return f"{on}, {say('known by {day}', day=on_day(EDate.of(assessment.known_by)))}"


def command(assessment: Assessment) -> str:
    """The command that asks the same again.

    >>> shlex.join(["--suppose", "cst.aggression=any author"])
    "--suppose 'cst.aggression=any author'"
    """
    words = asking(assessment)
    for name, value in assessment.supposed.items():
        words += ["--suppose", f"{name}={value}"]
    return shlex.join(words)


def asking(assessment: Assessment) -> list[str]:
    """The words of that command, without what is supposed."""
    dossier = assessment.dossier
    words = ["foedus", "assess", dossier.called or dossier.id]
    if dossier.on is None or assessment.on != dossier.on.last:
        words += ["--on", assessment.on.isoformat()]
    if assessment.known_by is not None:
        words += ["--known-by", assessment.known_by.isoformat()]
    for norm in assessment.asked.only:
        words += ["--only", norm]
    return words


# ---- the sources, for reference managers ----


def csl(assessment: Assessment) -> list[Mapping[str, Any]]:
    """The dossier's and the pages' sources as CSL-JSON items, in the order of their numbers."""
    return [_csl(name, source, Names(assessment)) for name, source in _every(assessment).items()]


def bibtex(assessment: Assessment) -> str:
    """The same as BibTeX (`@misc`, UTF-8): one entry a source, its id as the key."""
    names = Names(assessment)
    keys: dict[str, None] = {}
    entries: list[str] = []
    for name, source in _every(assessment).items():
        key = _key(name, keys)
        fields = {
            "author": f"{{{_tex(names.plain(source.by))}}}" if source.by else "",
            "title": f"{{{_tex(source.title or name)}}}",
            "howpublished": _tex(source.publisher),
            "year": str(source.date.first.year) if _dated(source) and source.date else "",
            "date": source.date.text if source.date and re.fullmatch(r"[\d/-]+", source.date.text) else "",
            "url": _address(source).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C"),
            "note": _tex("; ".join(_notes(source))),
        }
        lines = [f"  {field} = {{{value}}}," for field, value in fields.items() if value]
        entries.append("\n".join([f"@misc{{{key},", *lines, "}"]))
    return "\n\n".join(entries) + ("\n" if entries else "")


def show_bibtex(assessment: Assessment) -> str:
    """The sources as a `.bib` file."""
    return bibtex(assessment)


def show_csl(assessment: Assessment) -> str:
    """The sources as a CSL-JSON file, which reference managers read."""
    return json.dumps(csl(assessment), ensure_ascii=False, indent=2) + "\n"


def _every(assessment: Assessment) -> Mapping[str, Source]:
    record, program = assessment.dossier.record, assessment.program
    return {**record.sources, **{k: v for k, v in program.sources.items() if k not in record.sources}}


def _csl(name: str, source: Source, names: Names) -> Mapping[str, Any]:
    item: dict[str, Any] = {
        "id": name,
        "type": "webpage" if _address(source) else "document",
        "title": source.title or name,
    }
    if source.by:
        item["author"] = [{"literal": names.plain(source.by)}]
    if source.publisher:
        item["publisher"] = source.publisher
    if source.date is not None and _dated(source):
        item["issued"] = {"date-parts": _date_parts(source.date)}
    if address := _address(source):
        item["URL"] = address
    if notes := _notes(source):
        item["note"] = "; ".join(notes)
    return item


def _dated(source: Source) -> bool:
    return source.date is not None and source.date.first.year > 1 and source.date.last.year < 9999


def _date_parts(on: EDate) -> list[list[int]]:
    """The first and, if it is another, the last day; to the month or year where no more is known."""
    parts = on.parts
    ends = parts if len(parts) < 2 else (parts[0], parts[-1])
    return [[int(figure) for figure in end.rstrip("?~%").split("-")] for end in ends if end != ".."]


def _address(source: Source) -> str:
    return next((address for address in (source.url, *source.via) if address), "")


def _notes(source: Source) -> list[str]:
    notes: list[str] = []
    if source.read:
        notes.append(say("read: {how}", how=source.read))
    if source.channel:
        notes.append(say("known through {channel} only", channel=source.channel))
    notes += [say("derives from {origin}", origin=derivation.origin) for derivation in source.derives]
    if not source.resolved:
        notes.append(say("points to words that were not found"))
    if source.unconfirmed:
        notes.append(say("unconfirmed"))
    return notes


def _key(name: str, known: dict[str, None]) -> str:
    """A BibTeX key: ASCII letters, figures and hyphens, each once."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    start = key = re.sub(r"[^A-Za-z0-9_-]+", "-", plain).strip("-") or "source"
    number = 2
    while key in known:
        key, number = f"{start}-{number}", number + 1
    known[key] = None
    return key


_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%",
    "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def _tex(text: str) -> str:
    r"""The text so that TeX prints it: `A & B` as `A \& B`."""
    return "".join(_TEX.get(c, c) for c in " ".join(text.split()))
