"""The numbered rules of order of a room: data, in our own words.

>>> numbered(7).place.where()
'rules-of-order · Rule 7 · Right of reply'
"""

from __future__ import annotations

from dataclasses import dataclass

from foedus.diagnostics.span import Place
from foedus.words.speech import Phrase, marked_in, phrase, phrase_in

PAGE = "rules-of-order"
"""The page that the place of a refusal names."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of order. `source` is the rule of a real body after which it is modelled, where there is one."""

    number: int
    title: str
    text: str
    source: str = ""

    @property
    def place(self) -> Place:
        """Its address, as that of an article."""
        return Place(PAGE, 0, 0, 0, 0, phrase("Rule {number} · {title}", number=self.number, title=self.name))

    @property
    def name(self) -> Phrase:
        """The title, to be said aloud."""
        return phrase_in("rule of order", self.title)

    @property
    def said(self) -> Phrase:
        """The sentence, to be said aloud."""
        return phrase_in("rule of order", self.text)


def _rule(number: int, title: str, text: str, source: str = "") -> Rule:
    return Rule(number, title, text, source)


RULES: tuple[Rule, ...] = (
    _rule(1, marked_in("rule of order", "Meetings"),
          marked_in("rule of order", "The chair opens, suspends, resumes and adjourns a meeting; while none "
                                     "is open, items are proposed, papers tabled and the room's clock set, "
                                     "and nothing else is done."),
          "General Assembly, rule 35"),
    _rule(2, marked_in("rule of order", "Quorum"),
          marked_in("rule of order", "A meeting is opened or resumed, and a motion put, when as many members "
                                     "are at the table as the room has settled."),
          "General Assembly, rule 67"),
    _rule(3, marked_in("rule of order", "Agenda"),
          marked_in("rule of order", "Whoever is at the table proposes items; the chair adopts one if nobody "
                                     "moves that it be voted on; one item at a time is taken up, with a list "
                                     "of speakers of its own."),
          "Security Council, rules 7 to 9"),
    _rule(4, marked_in("rule of order", "The floor"),
          marked_in("rule of order", "Nobody speaks to whom the chair has not given the floor, and one at a "
                                     "time."),
          "General Assembly, rule 68"),
    _rule(5, marked_in("rule of order", "The speakers' list"),
          marked_in("rule of order", "Speakers are called in the order in which they asked, each delegation "
                                     "standing on the list once for each kind of speech; whoever is away is "
                                     "passed over."),
          "Security Council, rule 27"),
    _rule(6, marked_in("rule of order", "Speaking time"),
          marked_in("rule of order", "A speech is as long as the room has settled, or as the chair or the "
                                     "members have since; the chair gives no more, and no longer a time than "
                                     "the members decided."),
          "General Assembly, rule 72"),
    _rule(7, marked_in("rule of order", "Right of reply"),
          marked_in("rule of order", "Who replies does so to somebody who has spoken on the item since the "
                                     "last reply to it, as often as the room has settled, and out of turn if "
                                     "the chair so calls."),
          "General Assembly, rule 73 and decision 34/401"),
    _rule(8, marked_in("rule of order", "Explanation of vote"),
          marked_in("rule of order", "A vote is explained before or after it, out of turn if the chair so "
                                     "calls."),
          "General Assembly, rule 88"),
    _rule(9, marked_in("rule of order", "Points of order"),
          marked_in("rule of order", "A point of order interrupts whoever speaks, whose time is held; the "
                                     "chair rules on it at once, and until then nothing else is done."),
          "Security Council, rule 30"),
    _rule(10, marked_in("rule of order", "Appeal"),
          marked_in("rule of order", "A ruling may be appealed against before the next speech; the chair "
                                     "puts the appeal at once, and the ruling stands unless it is overruled."),
          "Security Council, rule 30; General Assembly, rule 71"),
    _rule(11, marked_in("rule of order", "Motions on procedure"),
          marked_in("rule of order", "Motions on procedure wait in the order of the table of motions, and "
                                     "only the first of them is put, when nobody has the floor."),
          "Security Council, rule 33; General Assembly, rule 77"),
    _rule(12, marked_in("rule of order", "Deciding on motions"),
          marked_in("rule of order", "Members show hands, and may show otherwise until the chair closes; "
                                     "abstentions are not counted, unless the room goes by a rule of "
                                     "decision of the body's own."),
          "General Assembly, rules 85 and 86"),
    _rule(13, marked_in("rule of order", "Taking back a motion"),
          marked_in("rule of order", "Whoever moved it takes a motion back as long as no hands are shown on "
                                     "it."),
          "Security Council, rule 35; General Assembly, rule 80"),
    _rule(14, marked_in("rule of order", "Closing the list and the debate"),
          marked_in("rule of order", "When the list is closed those on it still speak; when the debate is "
                                     "closed they do not, and only a motion opens it again."),
          "General Assembly, rules 73, 75 and 81"),
    _rule(15, marked_in("rule of order", "Papers"),
          marked_in("rule of order", "Papers are tabled in writing at any time; only the author revises or "
                                     "withdraws one, and neither while a vote is open on its proposal."),
          "Security Council, rules 31 and 35"),
    _rule(16, marked_in("rule of order", "Sponsors"),
          marked_in("rule of order", "Delegations beside the author put their names to a paper, each once; "
                                     "nothing has to be seconded."),
          "Security Council, rule 34"),
    _rule(17, marked_in("rule of order", "Manner of voting"),
          marked_in("rule of order", "Before anybody has voted the chair says how a vote is taken: recorded, "
                                     "or by roll call from a member on; hidden until the close, or not."),
          "Security Council, rule 40; General Assembly, rule 87"),
    _rule(18, marked_in("rule of order", "Proposals and their parts"),
          marked_in("rule of order", "Proposals go in the order in which they came unless the page's "
                                     "procedure gives one precedence, amendments before what they amend, "
                                     "parts apart where that is asked for."),
          "Security Council, rule 32"),
    _rule(19, marked_in("rule of order", "The record"),
          marked_in("rule of order", "Everything in order is written down when it is done, and never dated "
                                     "before what stands above it; whoever is in the room marks entries of "
                                     "the record with a few words."),
          "Security Council, rule 49"),
    _rule(20, marked_in("rule of order", "The room's clock"),
          marked_in("rule of order", "The chair or the director lets the room's clock run at a pace, pauses "
                                     "it and moves it forward; never back.")),
)  # fmt: skip
"""The rules of order, numbered from 1. Of the sources only rules 27, 30, 32 and 33 of the Security Council and decision
34/401 were looked up, in excerpts: the numbers of all others are unconfirmed."""


def numbered(number: int) -> Rule:
    """The rule of that number; KeyError where there is none."""
    if not 1 <= number <= len(RULES):
        raise KeyError(number)
    return RULES[number - 1]
