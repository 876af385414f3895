"""Whether a motion on procedure is carried by the hands that were shown: by a majority, or by a rule of the pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from foedus.council.debate.order import Order
from foedus.council.debate.state import Motion
from foedus.council.debate.table import Table
from foedus.council.known import Known
from foedus.council.outcome import outcome
from foedus.council.refusal import listed
from foedus.council.steps import answered
from foedus.ir.decision import Status
from foedus.words.speech import phrase


def count(order: Order, motion: Motion, table: Table, at: datetime) -> tuple[bool | None, str]:
    """Whether it is carried, and why; None where that is not for the hands to say, and the chair has to."""
    said = [motion.said.get(who) for who in table.members]
    yes, no, neither = (said.count(each) for each in ("for", "against", "abstained"))
    if order.rule:
        return _by_rule(order.rule, motion, table, at)
    why = phrase("{yes} for, {no} against, {neither} abstained", yes=yes, no=no, neither=neither)
    if order.majority(motion.what) == "two thirds":
        return yes > 0 and yes >= 2 * no, why
    return yes > no, why


def _by_rule(name: str, motion: Motion, table: Table, at: datetime) -> tuple[bool | None, str]:
    rules = table.rules
    rule = rules.decisions.get(name) if rules is not None else None
    if rules is None or rule is None:
        return None, phrase("the rule {rule}, by which this room decides, is not known here", rule=name)
    if not rule.ways:
        return None, phrase("what passes under {rule} is known in words only", rule=name)
    # Hands are shown now: nobody waits for a silence to run out.
    rule = replace(rule, ways=tuple(way for way in rule.ways if way.by != "silence"))
    if not rule.ways:
        return None, phrase("under {rule} one decides by silence", rule=name)
    seats = table.matter.seats
    members = tuple(who for who in rules.held(rule.members, at.date()) if seats.get(who) != "suspended")
    # Who could not show a hand is away; who could, and did not, is there and says nothing.
    statuses: dict[str, Status] = {
        who: "absent" if who in table.away or who not in table.members else "silent" for who in members
    }
    statuses |= {who: status for who, status in motion.said.items() if who in members}
    came = outcome(
        rule, rules.program, statuses, members=members, answers=answered(rules, table.matter),
        facts=Known(rules, table.matter, at.date()), weights=rules.weights, on=at.date(), motion=motion.id,
    )  # fmt: skip
    if came.word == "pending":
        names = listed((*came.waiting, *came.open))
        return None, phrase("under {rule} it hangs on what is open: {names}", rule=name, names=names)
    if came.word == "void":
        return False, phrase("under {rule} there was no quorum", rule=name)
    return came.word == "adopted", phrase("as {rule} has it", rule=name)
