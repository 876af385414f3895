"""Dossiers, sources, facts and their claims, quantities: items of `record` blocks."""

from __future__ import annotations

from typing import Literal, cast

from foedus.diagnostics.problem import Problem
from foedus.diagnostics.span import Place
from foedus.diagnostics.suggest import suggest
from foedus.lang.declarations import Builder, Items, dated
from foedus.lang.formulas import to_atom
from foedus.lang.lines import OUTCOMES
from foedus.lang.outline import Line
from foedus.lang.reader import Reader
from foedus.lang.said import Said, branches, tokens, unquote
from foedus.lang.tree import (
    AsPartyItem,
    ClaimLine,
    CompleteItem,
    DossierItem,
    FactItem,
    GainsItem,
    HeldItem,
    Holder,
    Name,
    OutcomeItem,
    PresumeItem,
    QuantityItem,
    QuantityLine,
    SomeoneItem,
    SourceItem,
    SpeakerItem,
    TensionItem,
)
from foedus.terms.time import EDate


def dossier(reader: Reader, line: Line, said: Said | None) -> Items:
    """`dossier id "…"` with its period, the day asked about, and what is to be assessed."""
    dates: dict[str, EDate | None] = {}
    names: dict[str, tuple[Name, ...]] = {}
    seen: dict[str, Place] = {}
    for key, inner, says in reader.below(line, "dossier"):
        if says is not None and reader.once(seen, says.kind.words, inner):
            if key in ("period", "on"):
                dates[key] = dated(reader, says)
            else:
                names[key] = says.heads
    if said is None:
        return ()
    return (
        DossierItem(
            said.heads[0], said.notes.title, dates.get("period"), dates.get("on"), names.get("concerning",
            ()),
            names.get("assess", ()), names.get("disputants", ()), said.place,
        ),
    )  # fmt: skip


def source(reader: Reader, line: Line, said: Said | None) -> Items:
    """`source id "…"`: who published what, when, and from what it is taken."""
    by: Name | None = None
    date: EDate | None = None
    unresolved = False
    unsure = said is not None and "unconfirmed" in said.notes.flags
    quoted: dict[str, str] = {}
    via: list[str] = []
    derives: list[tuple[Name, str]] = []
    seen: dict[str, Place] = {}
    for key, inner, says in reader.below(line, "source"):
        if says is None or (key not in ("via", "derives") and not reader.once(seen, says.kind.words, inner)):
            continue
        unsure = unsure or "unconfirmed" in says.notes.flags
        match key:
            case "by":
                by = says.heads[0]
            case "date":
                date = dated(reader, says)
            case "url" | "via":
                address = _address(reader, says)
                if key == "via" and address:
                    via.append(address)
                elif address:
                    quoted["url"] = address
            case "derives":
                derives.append((says.heads[0], says.notes.title))
            case "unresolved":
                unresolved = True
            case _:
                quoted[key] = unquote(tokens(says.tree, "STRING")[0])
    if said is None:
        return ()
    return (
        SourceItem(
            said.heads[0], said.notes.title, by, quoted.get("publisher", ""), date, quoted.get("url", ""),
            tuple(via),
            tuple(derives), quoted.get("channel", ""), quoted.get("read", ""), unresolved, unsure, said.place,
        ),
    )  # fmt: skip


def _address(reader: Reader, said: Said) -> str:
    token = tokens(said.tree, "URL")[0]
    if not token.lower().startswith(("<https://", "<http://")):
        reader.tell(Problem("F141", said.at(token), {"address": str(token[1:-1])}))
        return ""
    return str(token[1:-1])


def speaker(_: Reader, __: Line, said: Said | None) -> Items:
    """`speaker EMB "…" for ARV`."""
    if said is None:
        return ()
    return (SpeakerItem(said.heads[0], said.notes.title, said.notes.names.get("for"), said.place),)


def someone(reader: Reader, line: Line, said: Said | None) -> Items:
    """`someone gunmen "…"`, who may be one of several actors."""
    may_be: tuple[Name, ...] = ()
    for _, _, says in reader.below(line, "someone"):
        may_be += says.heads if says else ()
    return () if said is None else (SomeoneItem(said.heads[0], said.notes.title, may_be, said.place),)


def fact(reader: Reader, line: Line, said: Said | None) -> Items:
    """`fact id atom on … "title"` with the claims about it."""
    claims: list[ClaimLine] = []
    for _, _, says in reader.below(line, "fact"):
        if says is not None:
            claims.append(_claim(says))
    if said is None:
        return ()
    notes = said.notes
    if notes.standing and not reader.trial:
        reader.tell(Problem("F140", notes.places["standing"], {"word": notes.standing}))
    ids = [said.name(token) for token in tokens(said.tree, "NAME")]
    atom = to_atom(said, branches(said.tree, "atom")[0])
    return (
        FactItem(
            ids[0] if ids else None, atom, notes.dates.get("on"), notes.title, notes.standing, tuple(claims),
            "unconfirmed" in notes.flags, said.place,
        ),
    )  # fmt: skip


def _claim(said: Said) -> ClaimLine:
    notes = said.notes
    finds = said.kind.words == "finds"  # an assertion by whoever is to find it
    word = "asserts" if finds else said.kind.words
    verb = cast("Literal['asserts', 'denies', 'disputes', 'reports']", word)
    return ClaimLine(
        verb, said.heads[0] if said.heads else None, notes.ref, notes.where, notes.dates.get("on"),
        notes.title,
        notes.names.get("of"), "authentic" in notes.flags, notes.quotes.get("against interest", ""),
        "unconfirmed" in notes.flags, said.place, finds,
    )  # fmt: skip


def complete(reader: Reader, _: Line, said: Said | None) -> Items:
    """`complete for request(by: ARV) on … by encoder "why"`."""
    atom = _bare_atom(reader, said)
    if said is None or atom is None:
        return ()
    notes = said.notes
    return (CompleteItem(atom, notes.dates.get("on"), notes.names["by"], notes.title, said.place),)


def presume(reader: Reader, _: Line, said: Said | None) -> Items:
    """`presume no withdrawn(by: ARV) "why"`."""
    atom = _bare_atom(reader, said)
    return () if said is None or atom is None else (PresumeItem(atom, said.notes.title, said.place),)


def _bare_atom(reader: Reader, said: Said | None):
    if said is None:
        return None
    for token in tokens(said.tree, "NAME"):
        reader.tell(
            Problem(
                "F124",
                said.at(token),
                {
                    "after": said.kind.words,
                    "wanted": "an incident or act such as `request(by: ARV)`, without a name",
                },
            )
        )
        return None
    return to_atom(said, branches(said.tree, "atom")[0])


def gains(_: Reader, __: Line, said: Said | None) -> Items:
    """`gains BOR by a1 "why"`, `does not gain EMB by * "why"`."""
    if said is None:
        return ()
    notes = said.notes
    return (GainsItem(said.heads[0], notes.names["by"], said.kind.key == "gains", notes.title, said.place),)


def held(_: Reader, __: Line, said: Said | None) -> Items:
    """`held lir.grave "yes" by ARV on … [source]`."""
    if said is None:
        return ()
    notes = said.notes
    by = notes.names["by"]
    holder = Holder(by, notes.dates.get("on"), notes.ref, "unconfirmed" in notes.flags, by.place)
    return (HeldItem(said.heads[0], Name(notes.title, notes.places["title"]), holder, said.place),)


def tension(reader: Reader, _: Line, said: Said | None) -> Items:
    """`tension assist, fight "why"`."""
    if said is None:
        return ()
    if len(said.heads) != 2:
        reader.tell(
            Problem("F124", said.place, {"after": "tension", "wanted": "two norms, such as `assist, fight`"})
        )
        return ()
    return (TensionItem(said.heads[0], said.heads[1], said.notes.title, said.place),)


def quantity(reader: Reader, line: Line, said: Said | None) -> Items:
    """`quantity deaths "…" of persons` with its values over time."""
    lines: list[QuantityLine] = []
    for key, _, says in reader.below(line, "quantity"):
        if says is None or says.notes.ref is None:
            continue
        notes = says.notes
        number = str(tokens(says.tree, "NUMBER")[0])
        lines.append(
            QuantityLine(
                number, notes.dates["as of"], says.notes.ref, notes.names.get("by"), key == "at_least",
                notes.quotes.get("withdrawn", ""), notes.title, "unconfirmed" in notes.flags, says.place,
            )
        )  # fmt: skip
    if said is None:
        return ()
    return (
        QuantityItem(said.heads[0], said.notes.title, said.notes.names["of"].text, tuple(lines), said.place),
    )


def outcome(reader: Reader, line: Line, said: Said | None) -> Items:
    """`outcome refused "…" on … [source]` with the norms that it answers, and why it differs."""
    under: list[tuple[Name, Name | None, Name | None]] = []
    note = ""
    seen: dict[str, Place] = {}
    for key, inner, says in reader.below(line, "outcome"):
        if says is None:
            continue
        if key == "under":
            names = says.notes.names
            under.append((says.heads[0], names.get("to"), names.get("by") or names.get("of")))
        elif reader.once(seen, "note", inner):
            note = unquote(tokens(says.tree, "STRING")[0])
    if said is None:
        return ()
    word = said.heads[0]
    if word.text not in OUTCOMES:
        near = suggest(word.text, OUTCOMES)
        values = {"word": word.text, "words": ", ".join(OUTCOMES)}
        reader.tell(Problem("F144", word.place, values, help=f"Did you mean `{near}`?" if near else ""))
        return ()
    notes = said.notes
    return (
        OutcomeItem(
            word.text, notes.title, notes.dates.get("on"), notes.ref, "unconfirmed" in notes.flags,
            tuple(under), note, said.place,
        ),
    )  # fmt: skip


def as_party(reader: Reader, _: Line, said: Said | None) -> Items:
    """`ARV, BOR as party of cst`, `ARV as guarantor`: only in trials."""
    if said is None:
        return ()
    role = said.name(tokens(said.tree, "NAME")[0])
    if not reader.trial:
        reader.tell(Problem("F140", role.place, {"word": f"as {role.text}"}))
    other = role if role.text != "party" else None
    return (AsPartyItem(said.heads, said.notes.names.get("of"), said.place, other),)


BUILDERS: dict[str, Builder] = {
    "dossier": dossier, "source": source, "speaker": speaker, "someone": someone, "fact": fact,
    "complete": complete,
    "presume": presume, "gains": gains, "gains_not": gains, "held": held, "tension": tension,
    "quantity": quantity,
    "outcome": outcome, "as_party": as_party,
}  # fmt: skip
