"""Who owes a state what, and what it owes, for the terminal; treaty by treaty, never summed up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby

from foedus.register.bound import Bond, Bonds
from foedus.register.rows import Instrument, Norm, dated
from foedus.report.layout import Sheet, tied
from foedus.report.lists import (
    apart,
    article_short,
    begun,
    class_words,
    enumerated,
    labelled,
    listed,
    on_day,
    quoted,
    text_named,
)
from foedus.terms.codes import NO_OTHERS
from foedus.terms.states import name_of, with_article
from foedus.terms.time import EDate
from foedus.words.speech import aloud, marked_in, plural, say, say_in

UNCONFIRMED = "~"
"""Behind what nobody confirmed."""
MANY = 5
"""From this many states on they are given by their codes."""

KINDS = {
    "duty": marked_in("kind of norm", "duties"),
    "power": marked_in("kind of norm", "powers"),
    "right": marked_in("kind of norm", "rights"),
    "prohibition": marked_in("kind of norm", "prohibitions"),
}


KIND = {
    "duty": marked_in("kind of norm", "duty"),
    "power": marked_in("kind of norm", "power"),
    "right": marked_in("kind of norm", "right"),
    "prohibition": marked_in("kind of norm", "prohibition"),
}


def show_bonds(sheet: Sheet, bonds: Bonds, others: bool = False) -> None:
    """The whole page. Without `others`, rights, powers and prohibitions are counted only."""
    state = named(bonds.state, bonds.names)
    day = on_day(EDate.of(bonds.on))
    known = on_day(EDate.of(bonds.known_by)) if bonds.known_by else ""
    when = (
        say("as of {day}, known by {known}", day=day, known=known) if known else say("as of {day}", day=day)
    )
    sheet.aside(begun(state), when, style="title")
    _side(sheet, say("What is owed to {state}", state=state), bonds.to, others, frozenset())
    mutual = frozenset(bond.norm.id for bond in bonds.to)
    _side(sheet, say("What {state} owes", state=state), bonds.by, others, mutual)
    notes: list[str] = []
    if bonds.secret:
        notes.append(say("Not public on that day: {titles}.", titles=listed([i.title for i in bonds.secret])))
    if bonds.general:
        pages = listed([i.id for i in bonds.general])
        notes.append(say("General law binds every state: see {pages}.", pages=pages))
    if any(bond.unconfirmed_others for bond in (*bonds.to, *bonds.by) if others or bond.norm.kind == "duty"):
        notes.append(say("{mark} marks whose being bound nobody confirmed.", mark=UNCONFIRMED))
    if notes:
        sheet.head(say("Besides"))
        for note in notes:
            sheet.put(note, 2, 2)


def _side(sheet: Sheet, title: str, bonds: Sequence[Bond], others: bool, mutual: frozenset[str]) -> None:
    shown = [bond for bond in bonds if others or bond.norm.kind == "duty"]
    sheet.head(title)
    if not shown:
        sheet.put(say("Nothing under any of the pages."), 2)
    for instrument, under in groupby(shown, lambda bond: bond.instrument):
        _instrument(sheet, instrument, list(under), mutual)
    left = [bond for bond in bonds if bond not in shown]
    if left:
        kinds = [kind for kind in KINDS if any(bond.norm.kind == kind for bond in left)]
        what = listed([say_in("kind of norm", KINDS[kind]) for kind in kinds])
        sheet.blank()
        sheet.put(say("Besides duties there are {what}: --all shows them.", what=what), 2, 2, "quiet")


def _instrument(sheet: Sheet, instrument: Instrument, bonds: Sequence[Bond], mutual: frozenset[str]) -> None:
    sheet.blank()
    title = begun(instrument.title)
    text = next((bond.norm.text for bond in bonds if bond.norm.text), "")
    if text:
        title += f" · {text_named(text)}"
    sheet.aside(title, instrument.id, 2, "head")
    if instrument.political:
        sheet.put(say("a political text: it binds nobody in law"), 4, 2, "quiet")
    if unsure := rests_on(bonds):
        sheet.put(say("unconfirmed: {what}", what=unsure), 4, 2, "quiet")
    for bond in bonds:
        _bond(sheet, bond, bond.norm.id in mutual)
    if instrument.yields_to and not mutual:
        yields = listed(list(instrument.yields_to))
        sheet.put(say("where duties conflict, {others} prevails", others=yields), 4, 2, "quiet")


def _bond(sheet: Sheet, bond: Bond, mutual: bool) -> None:
    """One norm; of what is owed both ways, the second time only to whom."""
    norm = bond.norm
    sheet.aside(f"{article_short(norm.article)}  {norm_words(norm)}", strength(norm), 4, hang=2)
    who = states(bond.others, dict(bond.instrument.names), bond.unconfirmed_others)
    if bond.side == "to":
        lines = [labelled(say("by"), together(who, norm))]
    else:
        lines = [labelled(say("to"), who or say("whoever fits"))] if norm.to else []
    if mutual and bond.side == "by" and not bond.in_doubt and bond.sure == "yes":
        sheet.put(say("{to}, on the same terms", to=lines[0]) if lines else say("on the same terms"), 8, 2)
        return
    if bond.in_doubt:
        doubted = enumerated([_marked(code, bond.unconfirmed_others) for code in bond.in_doubt])
        lines.append(say("in doubt by uncertain dates: {states}", states=doubted))
    elif bond.sure == "perhaps":
        lines.append(say("in doubt by uncertain dates"))
    lines += force_and_choice(norm)
    lines += conditions(norm, bond)
    for left in bond.instrument.left_out:
        if left.effect != "detail" and norm.id in left.norms:
            lines.append(f"{say('not encoded')}, {say_in('what is left out', left.effect)}: {left.text}")
    for line in lines:
        sheet.put(line, 8, 2)


def rests_on(bonds: Iterable[Bond]) -> str:
    """What nobody confirmed and bonds under one instrument rest on: its dates, and when the state was bound."""
    found = {name: bond for bond in bonds for name in bond.unconfirmed}
    said: list[str] = []
    if "in force" in found:
        said.append(say("entry into force"))
    if "ended" in found:
        said.append(say("when it ended"))
    if "text" in found:
        said.append(say("date of the text"))
    if "state" in found:
        bond = found["state"]
        said.append(say("when {state} was bound", state=named(bond.state, dict(bond.instrument.names))))
    return apart(said)


def together(who: str, norm: Norm) -> str:
    """The bearers, and that they bear it as one."""
    return say("{who}, together", who=who) if norm.together else who


def force_and_choice(norm: Norm) -> list[str]:
    """What is said beside the class: whether force is meant, who chooses; of a class that depends on a reading,
    what each answer makes it."""
    by_answer = [
        labelled(quoted(answer), enumerated([class_words(kind), *modifiers]))
        for answer, kind, modifiers in norm.classes
    ]
    return [*filter(None, [enumerated(norm.modifiers)]), *by_answer]


def conditions(norm: Norm, bond: Bond | None = None) -> list[str]:
    """When it is owed, and what ends it."""
    blanks = _blanks(bond)
    lines: list[str] = []
    if norm.when:
        lines.append(labelled(say("when"), "; ".join(filled(clause, blanks) for clause in norm.when)))
    if norm.until:
        lines.append(labelled(say("until"), "; ".join(filled(clause, blanks) for clause in norm.until)))
    if norm.immediately:
        lines.append(say("without delay"))
    if norm.within_days:
        lines.append(plural("within {n} day", "within {n} days", norm.within_days))
    return lines


def _blanks(bond: Bond | None) -> dict[str, str]:
    """What fills the clauses, in English whatever is spoken: they are the page's own words."""
    if bond is None:
        return {"who": "whoever bears it", "whom": "whom it serves"}
    names = dict(bond.instrument.names)
    state = names.get(bond.state) or str(with_article(bond.state))
    other = "the other party" if len(bond.others) < 2 else "a party"
    return {"whom": state, "who": other} if bond.side == "to" else {"who": state, "whom": other}


def filled(clause: str, blanks: Mapping[str, str]) -> str:
    """A clause with its blanks filled in."""
    for name, said in blanks.items():
        clause = clause.replace(f"{{{name}}}", said)
    return clause


def norm_words(norm: Norm) -> str:
    """The title of a norm, as a heading has it."""
    title = norm.title or norm.id.partition(".")[2].replace("_", " ")
    return say("not to {what}", what=title) if norm.kind == "prohibition" else title


def strength(norm: Norm) -> str:
    """The class of a duty; of a duty without class and of other norms, what kind it is."""
    if norm.kind != "duty" or norm.duty_class == "none":
        return say_in("kind of norm", KIND.get(norm.kind, norm.kind))
    if norm.class_question:
        return say_in("class", "depends on a reading")
    return class_words(norm.duty_class)


def states(
    codes: Iterable[str], own: Mapping[str, str] = NO_OTHERS, unconfirmed: Collection[str] = ()
) -> str:
    """States by name; many by their codes. `own` are the names that pages give to codes of their own; those that
    are `unconfirmed` are marked."""
    codes = list(codes)
    if len(codes) >= MANY:
        return enumerated([_marked(code, unconfirmed) for code in codes])
    return listed([_marked(code, unconfirmed, named(code, own)) for code in codes])


def _marked(code: str, unconfirmed: Collection[str], name: str = "") -> str:
    return f"{name or code}{UNCONFIRMED if code in unconfirmed else ''}"


def named(code: str, own: Mapping[str, str]) -> str:
    """A state or organ as it stands inside a sentence."""
    return own.get(code) or aloud(with_article(code))


def span(start: str, until: str) -> str:
    """`20 April 1994 – 20 April 1999`, or `since …`."""
    begun_on = on_day(dated(start))
    if not until:
        return say("since {day}", day=begun_on)
    return say("{start} – {end}", start=begun_on, end=on_day(dated(until)))


def short_name(code: str, own: Mapping[str, str] = NO_OTHERS) -> str:
    """A state's name without article."""
    return tied(own.get(code) or aloud(name_of(code)))


def bonds_as_json(bonds: Bonds) -> dict[str, object]:
    """The rows for programs: one for each norm on either side."""

    def row(bond: Bond) -> dict[str, object]:
        norm = bond.norm
        return {
            "instrument": bond.instrument.id,
            "title": bond.instrument.title,
            "political": bond.instrument.political,
            "norm": norm.id,
            "kind": norm.kind,
            "what": norm.title,
            "article": norm.article,
            "text": norm.text or None,
            "class": norm.duty_class or None,
            "class_by_reading": {answer: kind for answer, kind, _ in norm.classes} or None,
            "modifiers": list(norm.modifiers),
            "together": norm.together,
            "others": [
                {"state": code, "bound": sure, "unconfirmed": code in bond.unconfirmed_others}
                for code, sure in bond.others.items()
            ],
            "bound": bond.sure,
            "unconfirmed": list(bond.unconfirmed),
            "when": [filled(clause, _blanks(bond)) for clause in norm.when],
            "until": [filled(clause, _blanks(bond)) for clause in norm.until],
            "yields_to": list(bond.instrument.yields_to),
            "not_encoded": [
                {"effect": one.effect, "text": one.text}
                for one in bond.instrument.left_out
                if norm.id in one.norms
            ],
        }

    return {
        "state": bonds.state,
        "on": bonds.on.isoformat(),
        "known_by": bonds.known_by.isoformat() if bonds.known_by else None,
        "owed_to": [row(bond) for bond in bonds.to],
        "owed_by": [row(bond) for bond in bonds.by],
        "general_law": [i.id for i in bonds.general],
        "not_public": [i.id for i in bonds.secret],
    }
