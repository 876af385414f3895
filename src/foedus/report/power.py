"""The power of members under a rule, for the terminal and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from foedus.council.power import Power, Share
from foedus.council.sitting import Sitting
from foedus.ir.decision import Status
from foedus.report.layout import Sheet
from foedus.report.lists import begun, decimal, enumerated, listed, on_day, quoted
from foedus.report.reasons import DID
from foedus.terms.states import name_of, with_article
from foedus.terms.time import EDate
from foedus.words.speech import aloud, marked, plural, say, say_in

INDICES: Mapping[str, str] = {
    "shapley": marked("Shapley and Shubik"),
    "banzhaf": marked("Banzhaf"),
    "absolute": marked("Banzhaf, absolute"),
}
LABEL, NUMBER = 20, 26
"""Columns for the name of an index, and for its fraction."""
PLACES = 6


def show_power(sheet: Sheet, sitting: Sitting, found: Power, otherwise: Status) -> None:
    """The rule, how many votes are adopted, and each class of equal members with its indices."""
    rule, on = sitting.rule, sitting.on or date.today()  # noqa: DTZ011  the day is always given
    actor = sitting.program.vocabulary.actors.get(rule.organ)
    organ = actor.name if actor is not None else aloud(with_article(rule.organ))
    sheet.aside(f"{begun(organ)} · {rule.title}", on_day(EDate.of(on)), style="title")
    other = say_in("did in a vote", DID[otherwise])
    said = plural(
        "{n} member; of {votes} votes, each for it or {other}, {adopted} are adopted",
        "{n} members; of {votes} votes, each for it or {other}, {adopted} are adopted",
        found.members, votes=_grouped(found.votes), other=other, adopted=_grouped(found.winning),
    )  # fmt: skip
    sheet.put(said, 2, 2)
    for share in found.shares:
        sheet.head(_who(sitting, share))
        for index, words in INDICES.items():
            amount: Fraction = getattr(share, index)
            sheet.put(
                say(
                    "{index}: {fraction}, {decimal}",
                    index=say(words),
                    fraction=amount,
                    decimal=figures(amount),
                ),
                2,
                2,
            )
    sheet.blank()
    sheet.put(caveat(otherwise), style="quiet")
    readings = [f"{name} {quoted(answer)}" for name, answer in sitting.answers.items()]
    if readings:
        sheet.put(say("Read so: {readings}.", readings=enumerated(readings)), style="quiet")
    sheet.put(say("Rule: {rule}.", rule=rule.id), style="quiet")


def caveat(otherwise: Status) -> str:
    """What the numbers do not know."""
    return say(
        "Only two choices are counted, for and {other}. Where a member can also abstain or stay away its power is "
        "another, and the tables differ; nor do the numbers know who votes with whom.",
        other=say_in("did in a vote", DID[otherwise]),
    )


def figures(amount: Fraction) -> str:
    """A decimal of six places, rounded.

    >>> figures(Fraction(421, 2145))
    '0.196270'
    """
    return decimal(f"{float(round(amount, PLACES)):.{PLACES}f}")


def _grouped(n: int) -> str:
    return f"{n:,}".replace(",", " ")


def _who(sitting: Sitting, share: Share) -> str:
    """The members of a class by name, and how many of them have none."""
    named = [name for name in share.members if not name.startswith("seat ")]
    actors = sitting.program.vocabulary.actors
    names = [aloud(name_of(name)) if name not in actors else actors[name].name for name in named]
    unnamed = len(share.members) - len(named)
    if not unnamed:
        who = listed(names)
    else:
        others = plural("{n} member who is not named", "{n} members who are not named", unnamed)
        who = listed([*names, others])
    return say("{who}, each", who=who) if len(share.members) > 1 else who


def as_json(sitting: Sitting, found: Power, otherwise: Status) -> dict[str, Any]:
    """The same for programs: fractions as `421/2145`, and the nearest decimal."""
    return {
        "rule": sitting.rule.id,
        "organ": sitting.rule.organ,
        "title": sitting.rule.title,
        "text": sitting.rule.text,
        "on": sitting.on.isoformat() if sitting.on is not None else None,
        "readings": dict(sitting.answers),
        "otherwise": otherwise,
        "members": found.members,
        "votes": found.votes,
        "adopted": found.winning,
        "classes": [
            {
                "members": list(share.members),
                "swings": share.swings,
                **{
                    name: {"exact": str(amount), "decimal": float(amount)}
                    for name, amount in (
                        ("shapley_shubik", share.shapley), ("banzhaf", share.banzhaf),
                        ("banzhaf_absolute", share.absolute),
                    )
                },
            }
            for share in found.shares
        ],
        "caveat": aloud(caveat(otherwise)),
    }  # fmt: skip
