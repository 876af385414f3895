"""Memberships beside ATOP: for the terminal, as rows for programs, and as a page for the documentation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from textwrap import fill

from foedus.register.differences import NEAR, PRESUMED, RULES, What
from foedus.register.membership import Candidate, Compared, Difference
from foedus.register.rows import dated
from foedus.report.layout import Sheet
from foedus.report.lists import begun, enumerated, labelled, listed, on_day
from foedus.sources.atop import CITED, REFERENCE, Atop
from foedus.terms.codes import codes_on
from foedus.terms.edtf import EDate
from foedus.words.speech import aloud, marked_in, plural, say, say_in

WHAT: dict[What, str] = {
    "start": marked_in("membership", "from"),
    "end": marked_in("membership", "until"),
    "only here": marked_in("membership", "only here"),
    "only in ATOP": marked_in("membership", "only in ATOP"),
    "break here": marked_in("membership", "a break here"),
    "break in ATOP": marked_in("membership", "a break in ATOP"),
}

WIDE = 120
"""Columns of prose in a page."""


class Group:
    """States whose days differ in the same way."""

    def __init__(self, rows: Iterable[Difference]) -> None:
        self.rows = tuple(rows)
        self.first = self.rows[0]

    @property
    def states(self) -> str:
        """Their codes."""
        return enumerated([row.state for row in self.rows])

    @property
    def mine(self) -> str:
        """The day on the page, in words; `~` where it is unconfirmed."""
        said = in_words(self.first.own)
        return f"{said} ~" if said and self.first.unconfirmed else said


def groups(compared: Compared) -> list[Group]:
    """The differences, those of the same kind together, in the order of the page."""

    def key(row: Difference) -> tuple[object, ...]:
        return row.what, row.own, row.other, row.rule, row.why, row.unconfirmed

    order = {each: n for n, each in reversed([*enumerate(map(key, compared.differing))])}
    ordered = sorted(compared.differing, key=lambda row: order[key(row)])
    return [Group(rows) for _, rows in groupby(ordered, key)]


def in_words(written: str) -> str:
    """`20 April 1994`; of a spell or a break, both its ends, or since when it lasts."""
    start, dash, end = (part.strip() for part in written.partition("–"))
    said = [on_day(dated(part)) for part in (start, end) if part]
    if dash and not end:
        return say("since {day}", day=said[0])
    return say("{start} – {end}", start=said[0], end=said[1]) if dash else "".join(said)


def counted(found: Iterable[Compared]) -> Counter[str]:
    """How many rows each rule explains."""
    return Counter(row.rule for each in found for row in each.rows)


def how(compared: Compared, atop: Atop) -> str:
    """How an instrument came by its numbers, in a sentence."""
    numbers = enumerated([str(number) for number in compared.numbers])
    if compared.how == "number":
        return say("ATOP {numbers}, as the page says", numbers=numbers)
    if compared.how == "matched":
        found = next(c for c in compared.candidates if c.number in compared.numbers)
        return say("ATOP {numbers}, matched: {why}", numbers=numbers, why=why_candidate(found))
    if compared.how == "not covered":
        return say(
            "later than ATOP {version}, which ends {day}",
            version=atop.version,
            day=on_day(EDate.of(atop.ends)),
        )
    if not compared.candidates:
        return say("not found in ATOP")
    said = [f"{each.number} ({why_candidate(each)})" for each in compared.candidates]
    return say("no number; perhaps {candidates}", candidates=listed(said, "or"))


def why_candidate(found: Candidate) -> str:
    """`begun on the day of signature, 12 of 12 states`."""
    if found.days == 0:
        when = say("begun when signed")
    elif found.days > 0:
        when = plural("begun {n} day after the signature", "begun {n} days after the signature", found.days)
    else:
        when = plural(
            "begun {n} day before the signature", "begun {n} days before the signature", -found.days
        )
    return say("{when}, {n} of {all} states on both sides", when=when, n=found.common, all=found.either)


def distance(row: Difference) -> str:
    """`705 days earlier`, of ATOP against the page."""
    if row.days is None or row.days == 0:
        return ""
    if row.days < 0:
        return plural("ATOP {n} day earlier", "ATOP {n} days earlier", -row.days)
    return plural("ATOP {n} day later", "ATOP {n} days later", row.days)


def show_membership(sheet: Sheet, found: Sequence[Compared], atop: Atop) -> None:
    """Every instrument with its differences, then how many each rule explains."""
    if not found:
        sheet.put(say("None of these pages has parties."))
        return
    for compared in found:
        instrument = compared.instrument
        sheet.blank()
        sheet.aside(begun(instrument.title), instrument.id, style="head")
        sheet.put(how(compared, atop), 2, 2, "quiet")
        for group in groups(compared):
            _group(sheet, group)
        alike = len(compared.rows) - len(compared.differing)
        if compared.rows:
            sheet.put(plural("{n} day is the same", "{n} days are the same", alike), 2, 2, "quiet")
    numbers = counted(found)
    if numbers:
        sheet.head(say("Together"))
    for name, words in RULES.items():
        if numbers[name]:
            sheet.row("", 2, say_in("membership", words), str(numbers[name]), 6)
    sheet.blank()
    sheet.put(said_of(found, atop))


def _group(sheet: Sheet, group: Group) -> None:
    row = group.first
    sheet.aside(labelled(group.states, say_in("membership", WHAT[row.what])), _rule(row.rule), 2, hang=2)
    days = say("here {day}", day=group.mine or say("no day")), f"ATOP {in_words(row.other) or say('no day')}"
    parts = [*days, distance(row)] if row.what in ("start", "end") else [in_words(row.own or row.other)]
    sheet.put("; ".join(filter(None, parts)), 4, 2)
    sheet.put(aloud(row.why), 4, 2, "quiet")


def _rule(name: str) -> str:
    return say_in("membership", RULES[name])


def said_of(found: Sequence[Compared], atop: Atop) -> str:
    """What was compared, in a sentence, with the citation."""
    beside = [each for each in found if each.numbers]
    pages = plural("{n} page", "{n} pages", len(beside))
    return say(
        "{pages} beside ATOP {version} ({cited}), which ends {day}; an end here is the first day after.",
        pages=pages, version=atop.version, cited=CITED, day=on_day(EDate.of(atop.ends)),
    )  # fmt: skip


def as_rows(found: Sequence[Compared], atop: Atop) -> dict[str, object]:
    """Everything for programs, days that are the same included."""
    return {
        "atop": {"version": atop.version, "ends": atop.ends.isoformat(), "cite": REFERENCE},
        "rules": {name: {"means": words, "presumed": name in PRESUMED} for name, words in RULES.items()},
        "counts": {name: number for name, number in counted(found).items() if number},
        "instruments": [_instrument(each) for each in found],
    }


def _instrument(compared: Compared) -> dict[str, object]:
    return {
        "instrument": compared.instrument.id,
        "title": compared.instrument.title,
        "found_by": compared.how,
        "atop": list(compared.numbers),
        "lacking": list(compared.lacking),
        "candidates": [
            {"atop": c.number, "begins": c.start.text, "days": c.days, "common": c.common, "either": c.either}
            for c in compared.candidates
        ],
        "rows": [_row(row) for row in compared.rows],
    }


def _row(row: Difference) -> dict[str, object]:
    written = row.own or row.other
    day = dated(written.split("–")[0].strip()).first if written.split("–")[0].strip() else None
    codes = codes_on(row.state, day)
    return {
        "state": row.state,
        "cow": codes.cow if codes is not None else None,
        "what": row.what,
        "here": row.own or None,
        "there": row.other or None,
        "days": row.days,
        "rule": row.rule,
        "why": str(row.why),
        "unconfirmed": row.unconfirmed,
        "source": row.source or None,
    }


def as_page(found: Sequence[Compared], atop: Atop, command: str) -> str:
    """The differences as a Markdown page, for the documentation; `command` is what made it."""
    beside = [each for each in found if each.numbers]
    numbers = counted(found)
    opening = say(
        "Who was a member from when to when: the pages of Foedus beside Alliance Treaty Obligations and Provisions "
        "(ATOP), version {version}, which ends {day}. A page gives the days on which a state was bound; ATOP counts "
        "from signatures. The data set is not part of Foedus; the days of it that differ are cited from it.",
        version=atop.version,
        day=on_day(EDate.of(atop.ends)),
    )
    reading = say(
        "An end is the first day on which a state is bound no more; ATOP's is its last. Where two lists have one "
        "event, {n} days make no difference. `~`: unconfirmed here. *Presumed*: the rule fits, and what it speaks "
        "of stands on no page.",
        n=NEAR.days,
    )
    lines = [
        f"# {say('Membership, beside ATOP')}",
        "",
        fill(opening, WIDE),
        "",
        f"{say('Made by:')} `{command}`",
        "",
        fill(REFERENCE, WIDE),
        "",
        fill(reading, WIDE),
        "",
        f"| {say('rule')} | {say('days')} | |",
        "|---|---:|---|",
    ]  # fmt: skip
    for name in RULES:
        if numbers[name]:
            presumed = say("presumed") if name in PRESUMED else ""
            lines.append(f"| {_rule(name)} | {numbers[name]} | {presumed} |")
    lines.append(f"| {say('together')} | {sum(numbers.values())} | |")
    for each in beside:
        lines += [
            "",
            f"## {_cell(begun(each.instrument.title))}",
            "",
            f"`{each.instrument.id}` · {how(each, atop)}",
        ]
        if not each.differing:
            lines += ["", say("No difference.")]
            continue
        heads = (say("states"), "", say("here"), "ATOP", say("explained by"))
        lines += ["", f"| {' | '.join(heads)} |", "|---|---|---|---|---|"]
        for group in groups(each):
            row = group.first
            words = say_in("membership", WHAT[row.what])
            reason = f"{_rule(row.rule)}: {aloud(row.why)}"
            lines.append(
                f"| {' | '.join(map(_cell, (group.states, words, group.mine, in_words(row.other), reason)))} |"
            )
    rest = [each for each in found if each.how != "number"]
    if rest:
        lines += ["", f"## {say('Pages without a number')}", ""]
        lines += [
            f"- `{each.instrument.id}`, {_cell(each.instrument.title)}: {_cell(how(each, atop))}"
            for each in rest
        ]
    return "\n".join(lines).rstrip() + "\n"


def _cell(text: str) -> str:
    return aloud(text).replace("\u00a0", " ").replace("|", "\\|").replace("\n", " ")
