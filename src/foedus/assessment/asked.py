"""Which norms are asked about, under which text and for whom; and which bearers share one answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from foedus.assessment.case import Case, is_asked
from foedus.engines.contract import Circuit, Lit
from foedus.engines.norms import Instance, Window, instances, windows
from foedus.engines.reason import Ground
from foedus.engines.situation import Situation
from foedus.ir import formula as f
from foedus.ir.norm import Norm, Program
from foedus.terms.time import in_words
from foedus.words.speech import phrase


def all_instances(case: Case) -> tuple[list[Instance], tuple[tuple[str, str], ...]]:
    """Every norm asked about, under every text that applies, and the instruments not in force."""
    at, asked = case.at, case.asked
    found: list[Instance] = []
    missing: list[tuple[str, str]] = []
    made = [0]
    for instrument in case.dossier.instruments or tuple(case.program.instruments):
        looked = _windows(at, instrument, asked.text)
        if not looked:
            missing.append((instrument, _why_not(case.program, instrument, at.upto, at.known_by)))
        for number, window in enumerate(looked):
            newest = number == len(looked) - 1
            for norm in case.program.norms:
                if (
                    norm.instrument == instrument
                    and norm.text in (None, window.text)
                    and is_asked(norm, asked, case.dossier)
                ):
                    theirs = lifted(case, norm, _norm_instances(case, norm, window, made), made)
                    # An earlier text has a say where something happened under it that it cares about.
                    found += [one for one in theirs if newest or one.lit != Circuit.FALSE]
    return found, tuple(missing)


def _windows(at: Situation, instrument: str, text: Mapping[str, str]) -> tuple[Window, ...]:
    """The texts that apply; a text chosen by hand that does not apply is a supposition."""
    found = windows(at, instrument)
    if instrument not in text:
        return found
    chosen = tuple(window for window in found if window.text == text[instrument])
    return chosen or (Window(text[instrument], None, at.upto),)


def _why_not(program: Program, instrument: str, day: date, known_by: date | None) -> str:
    known = program.instruments[instrument]
    published = next((t.secret_until for t in known.texts if t.secret_until is not None), None)
    if published is not None and not any(text.known(known_by) for text in known.texts):
        return phrase("secret until {day}", day=in_words(published))
    if known.ended is not None and day >= known.ended.last:
        return phrase("ended {day}", day=in_words(known.ended))
    first = min(
        (t.start.first for t in known.texts), default=known.in_force.first if known.in_force else None
    )
    return phrase("in force from {day}", day=str(first)) if first else phrase("no date of entry into force")


def _norm_instances(case: Case, norm: Norm, window: Window, made: list[int]) -> tuple[Instance, ...]:
    asked = case.asked
    whom: Iterable[str] | None = (
        (asked.beneficiary,) if asked.beneficiary else case.dossier.concerning or None
    )
    if whom is None and isinstance(norm.beneficiary, f.Var):
        whom = _victims(case.at) or None
    by = (asked.bearer,) if asked.bearer else None
    return instances(case.at, norm, window, whom, by, made)


def _victims(at: Situation) -> tuple[str, ...]:
    """The states named in incidents and requests on record: whom a question could concern."""
    names: dict[str, None] = {}
    for fact in at.record.facts:
        for arg in fact.args:
            if isinstance(arg, str) and at.sort_of(arg) == "State":
                names[arg] = None
    return tuple(names)


def lifted(case: Case, norm: Norm, found: Sequence[Instance], made: list[int]) -> list[Instance]:
    """A prohibition applies where no right lifts it for that bearer, towards whom it protects."""
    rights = [r for r in case.program.norms if norm.id in r.lifts]
    if norm.kind != "prohibition" or not rights:
        return list(found)
    kept: list[Instance] = []
    for instance in found:
        lifting: list[Ground] = []
        for right in rights:
            for looked in _windows(case.at, right.instrument, case.asked.text):
                if right.text in (None, looked.text):
                    lifting += [
                        Ground("lifts", i.lit, right.id, children=(i.ground,), place=right.place)
                        for i in _rights(case.at, right, looked, instance, made)
                    ]
        lit = case.circuit.conj(instance.lit, *(-g.lit for g in lifting))
        negated = tuple(Ground("not", -g.lit, g.subject, children=(g,), place=g.place) for g in lifting)
        ground = Ground("and", lit, children=(instance.ground, *negated), place=norm.place)
        kept.append(replace(instance, ground=ground))
    return kept


def _rights(
    at: Situation, right: Norm, window: Window, forbidden: Instance, made: list[int]
) -> tuple[Instance, ...]:
    """A right as far as it may lift a prohibition: the same bearer's, and towards the same state. A right
    *against* somebody touches that adversary; one *to* somebody, whoever let the bearer do it."""
    whom, by = forbidden.beneficiary, (forbidden.bearer,)
    if whom is None:
        return instances(at, right, window, None, by, made, brief=True)
    named = right.against if right.against is not None else right.beneficiary
    if isinstance(named, f.Const) and named.name != whom:
        return ()
    if right.against is not None:
        return instances(at, right, window, None, by, made, whom, brief=True)
    return instances(at, right, window, (whom,), by, made, brief=True)


def groups_of(found: Iterable[Instance]) -> list[tuple[Instance, ...]]:
    """Bearers to whom the same grounds apply share one finding."""
    groups: dict[tuple[str, str | None, str | None, Lit], list[Instance]] = {}
    for instance in found:
        key = (instance.norm.id, instance.norm.text, instance.beneficiary, instance.lit)
        groups.setdefault(key, []).append(instance)
    return [tuple(group) for group in groups.values()]


def finding_id(group: tuple[Instance, ...]) -> str:
    """`cst.assist@2010:ARM,BLR>KAZ`: stable, whatever else is asked."""
    first = group[0]
    text = f"@{first.norm.text}" if first.norm.text else ""
    to = f">{first.beneficiary}" if first.beneficiary else ""
    return f"{first.norm.id}{text}:{','.join(sorted(i.bearer for i in group))}{to}"
