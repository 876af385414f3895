"""Pages to begin with: what `foedus new` writes, filled in from templates that ship.

A skeleton is read without a mistake as it stands. Its comments teach the language; what they show is invented.

>>> treaty_skeleton("marsh", "Pact of the Marsh", date(2001, 1, 1)).splitlines()[0]
'# Pact of the Marsh'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.resources import files

from foedus.ir.check import below
from foedus.ir.formula import Atom, Defined, Formula
from foedus.ir.norm import Program
from foedus.lang.layout import format_page
from foedus.terms.fact import Predicate

_HOLE = re.compile(r"@([a-z0-9]+)@")


def treaty_skeleton(name: str, title: str, since: date) -> str:
    """A treaty page with one article, and trials that it passes. `since` is when it enters into force."""
    attacked = later(since, 366)
    return _filled(
        "treaty",
        {
            "name": name,
            "title": title,
            "from": str(since),
            "day1": str(attacked),
            "day2": str(later(attacked, 2)),
            "day3": str(later(attacked, 6)),
        },
    )


def dossier_skeleton(
    name: str,
    title: str,
    span: tuple[date, date],
    treaties: Iterable[str],
    program: Program,
    concerning: str = "",
) -> str:
    """A dossier in which nobody says anything yet, with examples in comments about `concerning`, or about
    an invented state. `program` holds the treaties, whose words are listed."""
    since, until = span
    about = concerning or "ARV"
    asked = tuple(treaties)
    whose = "whose rights are asked about; without this line, those of every party"
    norm = _answered(program, asked, about)
    invented = "" if concerning else (
        '-- state ARV "Arvia" -- invented; real states go by the three letters of ISO 3166, without this line\n'
    )  # fmt: skip
    return _filled(
        "dossier",
        {
            "name": name,
            "title": title,
            "from": str(since),
            "until": str(until),
            "concerning": f"  {'' if concerning else '-- '}concerning {about} -- {whose}",
            "treaties": ", ".join(asked),
            "state": invented,
            "victim": about,
            "under": f"--   under {norm} -- the norm that it answers; may be repeated\n" if norm else "",
            "pinned": PINNED.format(norm=norm) if norm else "",
            "day1": str(since),
            "day2": str(min(later(since, 1), until)),
            "words": "\n".join(_described(word) for word in words_asked(program, asked)),
        },
    )


def later(day: date, days: int) -> date:
    """So many days later, or the calendar's last day.

    >>> later(date(2031, 1, 1), 30), later(date.max, 1)
    (datetime.date(2031, 1, 31), datetime.date(9999, 12, 31))
    """
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def words_asked(program: Program, instruments: Iterable[str]) -> tuple[Predicate, ...]:
    """The words on which the norms of the instruments can turn, also through terms, in the order in which
    they occur."""
    meanings: dict[str, list[Formula]] = {}
    for define in program.defines:
        meanings.setdefault(define.name, []).append(define.body)
    asked = set(instruments)
    norms = [norm for norm in program.norms if norm.instrument in asked]
    waiting = [f for norm in norms for f in (norm.when, norm.until, *norm.acts) if f is not None]
    found: dict[str, Predicate] = {}
    while waiting:
        for part in below(waiting.pop(0)):
            if isinstance(part, Defined):
                waiting += meanings.pop(part.name, [])
            elif isinstance(part, Atom) and part.predicate in program.vocabulary.predicates:
                found.setdefault(part.predicate, program.vocabulary.predicates[part.predicate])
    return tuple(found.values())


PINNED = """
```ask
-- {norm}
--   expect depends on attack -- look at the answer first, and whether it is right in law
```
"""
"""What a dossier asks, as an example."""


def _answered(program: Program, asked: Iterable[str], about: str) -> str:
    """A norm that an outcome could answer, owed to `about`: the first duty of the treaties, or else the first norm;
    empty where they have none."""
    asked = tuple(asked)
    norms = [norm for norm in program.norms if norm.instrument in asked]
    duties = [norm for norm in norms if norm.kind == "duty"]
    return next((f"{norm.id} owed to {about}" for norm in (*duties, *norms)), "")


def _described(word: Predicate) -> str:
    roles = ", ".join(f"{role.name}: {role.sort}" for role in word.roles)
    gloss = re.sub(r"\{([^{}]*)\}", r"*\1*", word.gloss) or word.name
    return f"- `{word.name}({roles})`, {_KINDS.get(word.kind, word.kind)}: {gloss}"


_KINDS: Mapping[str, str] = {
    "incident": "an incident",
    "act": "an act",
    "role": "a role",
    "status": "a status",
    "judgement": "a judgement",
}


def _filled(kind: str, parts: Mapping[str, str]) -> str:
    """The template with its holes filled once: what fills one is not looked into for others."""
    template = files("foedus").joinpath("skeletons", f"{kind}.md").read_text(encoding="utf-8")
    return format_page(_HOLE.sub(lambda hole: parts[hole[1]], template))
