"""The columns of each data frame: name, kind, and what it means.

A column named after a thing (`fact`, `source`, `question`, `finding`, `norm`) holds its id, in every frame, so
that frames can be joined.

A *day* is a date of the calendar. A date on record stands in three columns: `on`, as the document gives it
(EDTF), and `on_first` and `on_last`, the days between which it lies (empty where an end is open).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "texts", "flag", "whole", "number", "day"]
"""What a cell holds: a text, a list of texts, yes or no, a whole number, a decimal, a day; or nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a data frame."""

    name: str
    kind: Kind
    meaning: str


def columns_of(text: str) -> tuple[Column, ...]:
    """Columns as a table writes them, one a line: name, kind, meaning.

    >>> columns_of("fact text the fact's id")
    (Column(name='fact', kind='text', meaning="the fact's id"),)
    """
    kinds: dict[str, Kind] = {
        "text": "text", "texts": "texts", "flag": "flag", "whole": "whole", "number": "number", "day": "day",
    }  # fmt: skip
    found: list[Column] = []
    for line in text.strip().splitlines():
        name, kind, meaning = line.split(maxsplit=2)
        if kind == "date":
            found += [
                Column(name, "text", f"{meaning}, in EDTF"),
                Column(f"{name}_first", "day", "the earliest day it can be"),
                Column(f"{name}_last", "day", "the latest day it can be"),
            ]
        else:
            found.append(Column(name, kinds[kind], meaning))
    return tuple(found)


FACTS = columns_of("""
fact text its id
kind text incident, act, role, status, speech or judgement
predicate text the word of the vocabulary
args texts what stands in each role, as role=name
title text its title, as the dossier writes it
on date when
standing text how it stands: established, refuted, asserted, … (`docs/reference/standing.md`)
rule text the line of the table of standings that gave it
why text the same in words
documents whole documents in which it is asserted, denied or doubted
sources whole how many of these are independent
unconfirmed flag nobody confirmed the entry
page text the page in which it is written
line whole the line there
""")

CLAIMS = columns_of("""
claim text its id
fact text the fact or judgement
verb text asserts, denies, disputes or reports
by text who says so
principal text for whom that speaker speaks in the end
source text the document
on date when it was said; else when the document was made
where text the place in the document
quote text a few words of it
of text whose words a report passes on
authentic flag the document is the instrument that makes the fact
against_interest text why it is an admission
unconfirmed flag nobody confirmed the claim, or its document
note text a note
""")

SOURCES = columns_of("""
source text its id
title text its title
by text whose words it carries
publisher text who published it
date date when it was made
url text its address
via texts where a copy was read
derives_from texts the documents from which it takes its words
channel text the one channel through which it is known
read text how much of it was read
resolved flag it was found, and does not only point to somebody's words
unconfirmed flag nobody confirmed it
""")

FIGURES = columns_of("""
figure text the figure's id
title text what is counted
unit text in what
value number the value
exact text the value, exactly
as_of date the day for which it is given
source text the document
by text who gives it
at_least flag the value is a least one
withdrawn text why it was taken back
unconfirmed flag nobody confirmed it
note text a note
""")

FINDINGS = columns_of("""
finding text the finding's id
norm text the norm's id
instrument text the instrument's id
text text the text of the instrument, where it has several
article text the heading over the norm
title text what it asks or allows
kind text duty, right, power, prohibition or plan
class text the class of duty
bearer text whom it binds or empowers
beneficiary text to whom it is owed
verdict text granting what nobody disputes
settled text yes, no, depends, unread or not in force
turns_on texts the open questions that matter
on_facts text the verdict on the established facts alone
claimed text the verdict if nothing is so but what somebody claims
lifted_by texts the rights that lift a prohibition
conduct text kept, breached, disputed or not shown
unconfirmed texts facts and dates it rests on that nobody confirmed
not_encoded whole clauses left out that could turn it
chance number the chance under the weights given, where it is exact
chance_exact text the same as a fraction, or why there is none
chance_low number of an estimated chance, where its interval begins
chance_high number of an estimated chance, where its interval ends
""")

CONDITIONS = columns_of("""
finding text the finding's id
norm text the norm's id
verdict text the verdict that the set settles
holds flag whether that is that the norm holds
set whole the number of the set; all its answers together settle the verdict
question text the open question
letter text its letter
answer text the answer to it
all_listed flag whether these are all the smallest sets
""")

QUESTIONS = columns_of("""
question text its id
letter text its letter in this answer
kind text fact, judgement, reading, date, order, unread or unlisted
words text the question
standing text how it stands; reading of a reading
documents whole documents that speak of it
sources whole how many of these are independent
matters flag some finding turns on it, granting what nobody disputes
would_change texts what would change its standing
""")

ANSWERS = columns_of("""
question text the open question
letter text its letter
answer text yes, no, doubted or reported; of a reading, its name
by text who says so
principal text for whom that speaker speaks in the end
source text the document
on text when, in words
quote text a few words of it
unconfirmed flag nobody confirmed it
""")

POSITIONS = columns_of("""
speaker text the principal
name text the principal's name
question text the open question
letter text its letter
answer text yes, no, doubted, both or reported; of a reading, its name
unconfirmed flag nobody confirmed any word of the speaker on it
""")

FOLLOWS = columns_of("""
speaker text the principal
name text the principal's name
finding text the finding's id
norm text the norm's id
verdict text what follows on what the speaker holds
settled text yes, no, depends, unread or not in force
turns_on texts the open questions that would remain
""")
