"""Treaties for the terminal: a list of them, one of them whole, and how much of each is encoded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from foedus.register.bound import classes_of
from foedus.register.rows import Credit, Instrument, Norm, Party, dated
from foedus.report.bonds import (
    UNCONFIRMED,
    conditions,
    force_and_choice,
    norm_words,
    short_name,
    span,
    states,
    strength,
    together,
)
from foedus.report.layout import Sheet, clipped, columns, padded
from foedus.report.lists import begun, class_words, enumerated, labelled, listed, on_day, quoted, text_named
from foedus.report.tables import tabulate
from foedus.terms.codes import NO_OTHERS
from foedus.terms.time import EDate
from foedus.words.speech import plural, say, say_in


def show_list(sheet: Sheet, found: Sequence[Instrument], on: date | None = None) -> None:
    """One line for each instrument: id, title, years, number of parties, strongest duty."""
    if not found:
        sheet.put(say("No page fits."))
        return
    rows = [(i.id, begun(i.title), years(i), _counted(i, on), _strongest(i, on)) for i in found]
    names, spans, numbers, duties = (max(columns(row[n]) for row in rows) for n in (0, 2, 3, 4))
    numbers = max(numbers, 3)
    duties = max(duties, columns(say("strongest duty")))
    titles = max(sheet.room - names - spans - numbers - duties - 2 * 4, NARROW)
    # The head of the numbers is wider than they are, and stands over the end of the years.
    over = padded(say("years"), spans + 2 + numbers - columns(say("parties"))) + say("parties")
    head = f"{' ' * (names + 2 + titles + 2)}{over}  {say('strongest duty')}"
    sheet.lines.append(sheet.paint(head, "quiet"))
    for name, title, span_, number, duty in rows:
        cells = (
            padded(name, names), padded(clipped(title, titles), titles), padded(span_, spans),
            number.rjust(numbers), duty,
        )  # fmt: skip
        sheet.lines.append("  ".join(cells).rstrip())
    sheet.blank()
    pages = plural("{n} page", "{n} pages", len(found))
    counted = (
        say("parties are those of all times")
        if on is None
        else say("parties are those of {day}", day=on_day(EDate.of(on)))
    )
    unsure = any(UNCONFIRMED in cell for row in rows for cell in row[2:])
    marks = say("; {mark} marks what nobody confirmed", mark=UNCONFIRMED) if unsure else ""
    sheet.put(f"{pages}; {counted}{marks}.")


WITHOUT_PART = frozenset({"signatory", "suspended", "inactive"})
"""Roles of states that are not counted as parties for holding them."""
NARROW = 16
"""The fewest columns that a title is given in a list."""


def _members(instrument: Instrument, on: date | None) -> int:
    """How many are parties on the day, guarantors and protected states among them; without a day, how many are
    or ever were."""
    lives = [life for life in instrument.parties if life.role not in WITHOUT_PART]
    if on is None:
        return len({life.state for life in lives})
    return len({life.state for life in lives if instrument.has(life.state, on, life.role) != "no"})


def _counted(instrument: Instrument, on: date | None) -> str:
    """That number; `~` where an unconfirmed line makes one of them a party."""
    lives = [life for life in instrument.parties if life.role not in WITHOUT_PART]
    if on is None:
        firm = {life.state for life in lives if not life.unconfirmed}
        unsure = any(life.state not in firm for life in lives)
    else:
        roles: dict[str, set[str]] = {}
        for life in lives:
            if instrument.has(life.state, on, life.role) != "no":
                roles.setdefault(life.state, set()).add(life.role)
        unsure = any(
            all(instrument.is_unconfirmed(state, on, role) for role in held) for state, held in roles.items()
        )
    return f"{_members(instrument, on)}{UNCONFIRMED if unsure else ' '}"


def _strongest(instrument: Instrument, on: date | None) -> str:
    """The strongest class of its duties, short enough for a column."""
    strongest = classes_of(instrument, on)[-1:]
    if not strongest:
        return say("no duty")
    shorter = {
        "as-deemed-necessary": say_in("class in a list", "as each deems fit"),
        "none": say_in("class in a list", "of no class"),
        "unseen": say_in("class in a list", "class unseen"),
    }
    return shorter.get(strongest[0]) or class_words(strongest[0])


def years(instrument: Instrument) -> str:
    """`1949–    `, `1955–1991`: the years in force; `~` where a day is unconfirmed."""
    start = instrument.in_force or (instrument.texts[0].start if instrument.texts else "")
    first = f"{dated(start).first.year}" if start else "    "
    last = f"{dated(instrument.ended).last.year}" if instrument.ended else "    "
    unsure = UNCONFIRMED if {"in force", "ended"} & set(instrument.unconfirmed_dates()) else " "
    return f"{first}–{last}{unsure}"


def show_instrument(sheet: Sheet, instrument: Instrument) -> None:
    """The whole page in brief: dates, texts, parties, norms by article, rules, what is left out, who wrote it."""
    sheet.aside(begun(instrument.title), instrument.id, style="title")
    _dates(sheet, instrument)
    _parties(sheet, instrument)
    _norms(sheet, instrument)
    if instrument.rules:
        sheet.head(say("Decisions"))
        for rule in _one_each(instrument):
            sheet.put(labelled(rule[0], rule[1]), 2, 4)
    left_out(sheet, instrument)
    _ranks(sheet, instrument)
    _page(sheet, instrument)


def _dates(sheet: Sheet, instrument: Instrument) -> None:
    said: list[str] = []
    for name, label, value in (
        ("signed", say("signed {day}", day=_day(instrument.signed)), instrument.signed),
        ("in force", say("in force {day}", day=_day(instrument.in_force)), instrument.in_force),
        ("ended", say("ended {day}", day=_day(instrument.ended)), instrument.ended),
    ):
        if value:
            said.append(f"{label} ({say('unconfirmed')})" if name in instrument.unsure else label)
    if said:
        sheet.put(begun(", ".join(said)).removesuffix(".") + ".")
    if instrument.political:
        sheet.put(say("A political text: it binds nobody in law."))
    for text in instrument.texts:
        line = begun(labelled(text_named(text.id), span(text.start, text.until)))
        if text.secret_until:
            line += say("; ") + say("secret until {day}", day=_day(text.secret_until))
        if text.unconfirmed:
            line += f" ({say('unconfirmed')})"
        if text.read:
            line += say("; ") + labelled(say("read"), text.read)
        sheet.put(line, 0, 2)
    for label, remark in ((say("lasts"), instrument.duration), (say("exit"), instrument.exit)):
        if remark.words:
            unsure = f" ({say('unconfirmed')})" if remark.unconfirmed else ""
            sheet.put(begun(labelled(label, remark.words)) + unsure, 0, 2)
    for words in instrument.deems:
        sheet.put(say("It says {words}, which by itself is no duty.", words=quoted(words)), 0, 2)


def _day(text: str) -> str:
    return on_day(dated(text)) if text else ""


def _parties(sheet: Sheet, instrument: Instrument) -> None:
    if not instrument.parties:
        return
    sheet.head(say("Parties"))
    keyed: dict[tuple[str, str, str, bool], list[Party]] = {}
    for life in instrument.parties:
        keyed.setdefault((life.role, life.start, life.until, life.unconfirmed), []).append(life)
    for (role, start, until, unsure), lives in keyed.items():
        own = dict(instrument.names)
        line = labelled(enumerated([short_name(life.state, own) for life in lives]), span(start, until))
        if role != "party":
            line += f", {role}"
        if unsure:
            line += f" ({say('unconfirmed')})"
        sheet.put(line, 2, 2)


def _norms(sheet: Sheet, instrument: Instrument) -> None:
    own = dict(instrument.names)
    order: dict[str, list[Norm]] = {}
    for norm in _texts_as_one(instrument):
        order.setdefault(norm.article, []).append(norm)
    for article, norms in order.items():
        sheet.head(article or instrument.title)
        for norm in norms:
            title = norm_words(norm)
            if norm.text:
                title += f" · {text_named(norm.text)}"
            sheet.aside(title, strength(norm), 2, hang=2)
            who = together(bearers(norm, own), norm)
            to = listed([states([code], own) for code in norm.whom]) if norm.to == "named" else ""
            sheet.put(say("{who} to {whom}", who=who, whom=to) if to else who, 4, 2)
            for said in (*force_and_choice(norm), *conditions(norm)):
                sheet.put(said, 4, 2)


def _texts_as_one(instrument: Instrument) -> list[Norm]:
    """The norms, one that is the same under every text once, and without naming a text."""
    texts = {norm.text for norm in instrument.norms if norm.text}
    under: dict[Norm, set[str]] = {}
    for norm in instrument.norms:
        under.setdefault(replace(norm, text="", line=0), set()).add(norm.text)
    found: list[Norm] = []
    for norm in instrument.norms:
        plain = replace(norm, text="", line=0)
        same = bool(texts) and under[plain] == texts
        if not same or plain not in found:
            found.append(plain if same else norm)
    return found


def bearers(norm: Norm, own: Mapping[str, str] = NO_OTHERS) -> str:
    """Of whom a norm is asked, in words."""
    if norm.bearers:
        return states(norm.bearers, own)
    if norm.role in ("", "party"):
        return say("each other party") if norm.others else say("each party")
    if norm.role == "state":
        return say("each other state") if norm.others else say("each state")
    return say("each {role}", role=norm.role)


def _one_each(instrument: Instrument) -> list[tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for rule in instrument.rules:
        words = rule.title + ("" if rule.formal else f" ({say('in words only')})")
        found.setdefault(rule.id, (begun(rule.organ), words))
    return list(found.values())


def left_out(sheet: Sheet, instrument: Instrument) -> None:
    """What the page does not encode, what matters most first."""
    if not instrument.left_out:
        return
    sheet.head(say("Not encoded"))
    for effect in ("may create", "may defeat", "detail"):
        for one in instrument.left_out:
            if one.effect == effect:
                norms = enumerated([name.partition(".")[2] for name in one.norms])
                what = (
                    say("{effect} {norms}", effect=say_in("what is left out", effect), norms=norms)
                    if norms
                    else say("a detail")
                )
                sheet.put(f"{one.text} ({what})", 2, 2)


def _ranks(sheet: Sheet, instrument: Instrument) -> None:
    if instrument.yields_to or instrument.prevails_over:
        sheet.head(say("Where duties conflict"))
        for other in instrument.yields_to:
            sheet.put(say("{other} prevails over it", other=other), 2)
        for other in instrument.prevails_over:
            sheet.put(say("it prevails over {other}", other=other), 2)


def _page(sheet: Sheet, instrument: Instrument) -> None:
    sheet.head(say("The page"))
    for label, credits_ in (
        (say("encoded by"), instrument.encoded),
        (say("reviewed by"), instrument.reviewed),
    ):
        said = enumerated([_credit(one) for one in credits_]) or say("nobody is named")
        sheet.put(labelled(label, said), 2, 2)
    counts = coverage_row(instrument)
    counted = (
        plural("{n} norm encoded", "{n} norms encoded", counts[1]),
        plural("{n} provision left out", "{n} provisions left out", counts[2]),
        plural("{n} clause unread", "{n} clauses unread", counts[4]),
        plural("{n} line unconfirmed", "{n} lines unconfirmed", counts[5]),
        plural("{n} trial", "{n} trials", counts[6]),
        plural("{n} source", "{n} sources", instrument.sources),
    )
    sheet.put(enumerated(counted), 2, 2)
    if instrument.codes:
        numbers = enumerated([f"{name.upper()} {value}" for name, value in instrument.codes])
        sheet.put(labelled(say("numbers elsewhere"), numbers), 2, 2)


def _credit(one: Credit) -> str:
    return f"{one.who} ({on_day(dated(one.on))})" if one.on else one.who


def coverage_row(instrument: Instrument) -> tuple[str, int, int, int, int, int, int, str]:
    """Id; norms encoded; provisions not encoded, and how many of these may change an answer; clauses unread;
    lines unconfirmed; trials; whether somebody reviewed it."""
    norms = len({norm.id for norm in instrument.norms})
    weighty = sum(one.effect != "detail" for one in instrument.left_out)
    return (
        instrument.id, norms, len(instrument.left_out), weighty, instrument.unread, instrument.unconfirmed,
        instrument.trials, "yes" if instrument.reviewed else "no",
    )  # fmt: skip


def show_coverage(sheet: Sheet, found: Iterable[Instrument]) -> None:
    """A table: of each instrument how much is encoded, left out, unread, unconfirmed, tried, reviewed."""
    rows = [coverage_row(instrument) for instrument in found]
    heads = (
        "", say("encoded"), say("left out"), say("weighty"), say("unread"), say("unconfirmed"),
        say("trials"), say("reviewed"),
    )  # fmt: skip
    shown = [[*map(str, row[:-1]), say("yes") if row[-1] == "yes" else say("no")] for row in rows]
    totals = [str(sum(int(row[n]) for row in rows)) for n in range(1, 7)]
    reviewed = sum(row[-1] == "yes" for row in rows)
    shown.append([say("together"), *totals, str(reviewed)])
    sheet.lines += tabulate(heads, shown, sheet.room, first=16, other=12)
    sheet.blank()
    sheet.put(
        say(
            "Encoded: norms that the page has as program. Left out: provisions that it names as not encoded; "
            "weighty are those that may defeat or create a norm. Unread: clauses known to exist. "
            "Unconfirmed: lines that no source read bears out."
        )
    )
