"""Votes at the edge, in one table: what a rule says of them, and what a chair makes of them while a session runs."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from foedus.council.chair import evolve
from foedus.council.deed import Deed
from foedus.council.outcome import Outcome, Word, outcome
from foedus.diagnostics.problem import Refused
from foedus.ir.decision import Status
from tests.council.convention import ASK, OPEN, PROPOSE, at, rules, run
from tests.council.rules import SEVEN, did, page, rule_of

LEFT = "left out(p, m): disputant(p, m)\n"
RULES = {
    "majority": LEFT
    + "by vote\n  passes(m): more than 1/2 of member p who (vote(p, m) or objects(p, m)): vote(p, m)",
    "two thirds": LEFT + "by vote\n  passes(m): at least 2/3 of member p: vote(p, m)",
    "consensus": LEFT + "by consensus\n  passes(m): no member p: objects(p, m)",
    "unanimity": LEFT + "by vote\n  passes(m): every member p: vote(p, m)",
    "four there": LEFT
    + "by vote\n  quorum(m): at least 4 member p: present(p, m)\n"
    + "  passes(m): more than 1/2 of member p who (vote(p, m) or objects(p, m)): vote(p, m)",
}
YES, NO, NONE = "adopted", "not adopted", "void"
TIE = did("abstained", for_="ARV BOR CAD", against="DUN EIN FEN")
ONE, ALL = ("ARV",), frozenset(SEVEN)
TABLE: Mapping[str, tuple[Mapping[str, Status], tuple[str, ...], frozenset[str], tuple[Word, ...]]] = {
    # what happened: who did what, the members, who is left out; under each of RULES in its order
    "nobody votes": (did("silent"), SEVEN, frozenset(), (NO, NO, YES, NO, NO)),
    "nobody is there": (did("absent"), SEVEN, frozenset(), (NO, NO, YES, NO, NONE)),
    "all abstain": (did("abstained"), SEVEN, frozenset(), (NO, NO, YES, NO, NO)),
    "one member, for": (did(for_="ARV"), ONE, frozenset(), (YES, YES, YES, YES, NONE)),
    "one member, against": (did(against="ARV"), ONE, frozenset(), (NO, NO, NO, NO, NONE)),
    "one member, who abstains": (did(abstained="ARV"), ONE, frozenset(), (NO, NO, YES, NO, NONE)),
    "everyone excluded": (did("for"), SEVEN, ALL, (NONE, NONE, NONE, NONE, NONE)),
    "everyone but one excluded": (
        did("against", for_="ARV"), SEVEN, ALL - {"ARV"}, (YES, YES, YES, YES, NONE),
    ),
    "no members": ({}, (), frozenset(), (NONE, NONE, NONE, NONE, NONE)),
    "a tie": (TIE, SEVEN, frozenset(), (NO, NO, NO, NO, NO)),
    "a tie, broken by leaving one out": (TIE, SEVEN, frozenset({"FEN"}), (YES, NO, NO, NO, YES)),
}  # fmt: skip


@pytest.mark.parametrize("what", TABLE)
def test_what_each_rule_says(what: str) -> None:
    statuses, members, out, words = TABLE[what]
    came = {
        name: outcome(rule_of(program), program, statuses, members=members, left_out=out).word
        for name, program in ((name, page(text)) for name, text in RULES.items())
    }
    assert came == dict(zip(RULES, words, strict=True))


# ---- in a session: consensus of four has failed, and it is put to the vote until the fourth hour ----

PUT = (
    ASK, PROPOSE, OPEN, Deed("object", "DUN", at(2), ballot="b1"), Deed("close", "chair", at(2.5), ballot="b1"),
    Deed("open", "chair", at(3), proposal="p1", until=at(4)),
)  # fmt: skip


def says(who: str, status: Status, hours: float, seconds: int = 0) -> Deed:
    return Deed("vote", who, at(hours, seconds), ballot="b2", status=status)


def suspended(who: str, hours: float) -> Deed:
    return Deed("unseat", "chair", at(hours), whom=who, seat="suspended")


TWO_TO_ONE = (says("ARV", "for", 3.1), says("BOR", "for", 3.1), says("CAD", "against", 3.1))
SESSION: Mapping[str, tuple[tuple[Deed, ...], str | None, Word]] = {
    # what happened: the deeds, the code with which the last of them is refused, and what the vote comes to
    "two for, one against": (TWO_TO_ONE, None, YES),
    "the last before the deadline": ((*TWO_TO_ONE, says("DUN", "against", 4, -1)), None, NO),
    "at the deadline": ((*TWO_TO_ONE, says("DUN", "against", 4)), None, NO),
    "one second after the deadline": ((*TWO_TO_ONE, says("DUN", "against", 4, 1)), "F677", YES),
    "changed one second after the deadline": ((*TWO_TO_ONE, says("ARV", "against", 4, 1)), "F677", YES),
    "suspended in mid-session, having voted": ((*TWO_TO_ONE, suspended("CAD", 3.2)), None, YES),
    "suspended in mid-session, against as before": (
        (*TWO_TO_ONE, says("DUN", "against", 3.1), suspended("DUN", 3.2)), None, NO,
    ),
    "suspended in mid-session, and votes": (
        (*TWO_TO_ONE, suspended("DUN", 3.2), says("DUN", "against", 3.3)), "F676", YES,
    ),
    "all suspended in mid-session": (tuple(suspended(who, 3.1) for who in ("ARV", "BOR", "CAD", "DUN")), None, NONE),
    "nobody votes": ((), None, NO),
    "all abstain": (tuple(says(who, "abstained", 3.1) for who in ("ARV", "BOR", "CAD", "DUN")), None, NO),
}  # fmt: skip


@pytest.mark.parametrize("what", SESSION)
def test_what_the_chair_makes_of_it(what: str) -> None:
    deeds, code, word = SESSION[what]
    by, state = rules(), run(rules(), *PUT)
    for n, deed in enumerate(deeds, 1):
        if code is None or n < len(deeds):
            state = evolve(by, state, deed)
            continue
        with pytest.raises(Refused) as told:
            evolve(by, state, deed)
        assert told.value.problems[0].code == code
    came = run(by, Deed("close", "chair", at(4, 2), ballot="b2"), state=state).ballots["b2"].came
    assert isinstance(came, Outcome)
    assert came.word == word
    assert came.electorate == ("ARV", "BOR", "CAD", "DUN")  # of the day on which it was opened


@pytest.mark.parametrize("passes", ["not stayed_away(ARV, m)", "at least 2 elder p: present(p, m)"])
def test_who_is_left_out_may_be_away_all_the_same(passes: str) -> None:
    """Named, or in another role: what he says is not heard, that he is away is so."""
    program = page(f"{LEFT}passes(m): {passes}")
    words = [
        outcome(
            rule_of(program), program, {**did("for"), "ARV": there}, members=SEVEN, left_out=("ARV",)
        ).word
        for there in ("silent", "absent")
    ]
    assert words == [YES, NO]
