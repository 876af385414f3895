"""A cascade's own page: a dossier whose facts up to the day are the shock, and whose later ones are what happened.

Facts without a date hold all the time. `entered(STATE)` facts, dated later, are the entries to compare with;
one that is only denied says that a state stayed out, until the end of its date. The page may declare plans; the
treaties that it assesses come from the library.

>>> "july-1914" in shipped_courses()
True
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.evidence.record import Record
from foedus.ir.norm import Program
from foedus.library import Library, shipped
from foedus.obligations.hypothesis import supposed
from foedus.terms.fact import Fact
from foedus.terms.time import EDate

ACTS = ("war", "force", "mobilisation", "general_mobilisation")
ENTERED = "entered"


@dataclass(frozen=True)
class Course:
    """What a page gives a cascade: `shock` and `given` as facts under their own text, `observed`, the days on which
    states entered, and `stayed`, which did not, until when (None: at all)."""

    id: str
    title: str
    program: Program
    day: date
    shock: tuple[Fact, ...]
    given: tuple[Fact, ...]
    observed: tuple[tuple[str, EDate], ...] = ()
    stayed: tuple[tuple[str, EDate | None], ...] = ()


def shipped_courses() -> tuple[str, ...]:
    """The names of the cascades that ship."""
    return tuple(sorted(page.stem for page in shipped("cascades").glob("*.md")))


def course(name: str, library: Library | None = None) -> Course:
    """The cascade of a page, by its path or by its shipped name. Refused with the page's own mistakes, or with F860
    if it says no shock."""
    library = library or Library(trials=False)
    ships = shipped_courses()
    path = shipped("cascades") / f"{name}.md" if name in ships else library.find_dossier(name, ships)
    loaded = library.dossier(spelled(path))
    if loaded.errors:
        raise Refused(*loaded.errors)
    dossier = loaded.dossier
    if dossier is None or dossier.on is None:
        raise Refused(
            Problem(
                "F860",
                whole(name),
                {"what": name},
                help="A cascade's page is a dossier with a day: `on 1914-07-28`.",
            )
        )
    day = dossier.on.last
    facts = [fact for fact in dossier.record.facts if not _denied(dossier.record, fact)]
    called = {fact.id: _under_its_text(fact, {}) for fact in facts}
    told = [(fact, _under_its_text(fact, {name: one.id for name, one in called.items()})) for fact in facts]
    before = [one for fact, one in told if fact.on is None or fact.on.first <= day]
    return Course(
        dossier.id,
        dossier.title,
        loaded.program,
        day,
        tuple(one for one in before if one.predicate in ACTS),
        tuple(one for one in before if one.predicate not in (*ACTS, ENTERED)),
        tuple(
            (str(one.args[0]), fact.on)
            for fact, one in told
            if one.predicate == ENTERED and fact.on is not None
        ),
        tuple(
            (str(fact.args[0]), fact.on)
            for fact in dossier.record.facts
            if fact.predicate == ENTERED and _denied(dossier.record, fact)
        ),
    )


def _denied(record: Record, fact: Fact) -> bool:
    """Whether nobody holds a fact to be so."""
    verbs = {claim.verb for claim in record.claims if claim.fact == fact.id}
    return bool(verbs) and verbs <= {"denies", "disputes"}


def _under_its_text(fact: Fact, called: dict[str, str]) -> Fact:
    args = tuple(called.get(arg, arg) if isinstance(arg, str) else None for arg in fact.args)
    return supposed(fact.predicate, *args)
