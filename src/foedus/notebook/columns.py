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

# ---- the register: what all pages say

TREATIES = columns_of("""
instrument text its id
title text its title
signed date when it was signed
in_force date when it entered into force
ended date when it ended
unconfirmed_dates texts those of signed, in force and ended that nobody confirmed
political flag a political text, which binds nobody in law
members texts who is or was a party; asked about a day, who was on that day
class text the strongest class of its duties, on the day if one is asked about
classes texts all classes of its duties
texts texts its texts, where it has several
norms whole norms that its page has as program
unconfirmed whole lines of its page that nobody confirmed
reviewed flag somebody reviewed the page
codes texts its numbers in collections and data sets, as name=number
""")

BONDS = columns_of("""
instrument text the instrument's id
title text the instrument's title
norm text the norm's id
kind text duty, right, power or prohibition
side text to: what is owed to the state; by: what it owes
state text the state asked about
counterpart text who owes it, or to whom; nothing where it is owed to whoever fits
cow whole the counterpart's number in COW's list on the day
cow_abbreviation text its letters there
gw whole its number in GW's list
sure text yes, or perhaps where uncertain dates leave it in doubt
unconfirmed texts what it rests on that nobody confirmed: in force, ended, text (its date), state, counterpart (bound)
what text what it asks or allows
article text the heading over the norm
text text the text of the instrument, where it has several
class text the class of duty; nothing where a reading decides
class_by_reading texts the classes by the answers to that question, as answer=class
modifiers texts what stands beside the class
trigger texts when it is owed, in words
until texts what ends it, in words
not_encoded whole clauses left out that could turn it
political flag a political text, which binds nobody in law
verdict text after a supposed attack: what follows for the bearer, granting what nobody disputes
turns_on texts after a supposed attack: the open questions that matter
""")

MEMBERS = columns_of("""
instrument text the instrument's id
title text the instrument's title
iso text the state's code: ISO 3166-1 alpha-3, and codes of the same form for former states
name text the state's name
cow whole its number in COW's list at the time
cow_abbreviation text its letters there
gw whole its number in GW's list at the time
role text party, guarantor, protected, suspended, …
spell whole the number of the spell among the state's in this role
start date from when
until date the first day on which it held the role no more
sure text asked about a day: yes or perhaps; else perhaps where a day of the spell is uncertain
unconfirmed flag nobody confirmed the line
source text the source of the line
""")

COVERAGE = columns_of("""
instrument text the instrument's id
title text the instrument's title
encoded whole norms that the page has as program
not_encoded whole provisions that it names as not encoded
of_weight whole those of them that may defeat or create a norm
unread whole clauses known to exist that nobody read
unconfirmed whole lines that no source read bears out
trials whole trials of the page
reviewed flag somebody reviewed the page
""")

CASES = columns_of("""
case text the dossier's id
title text the dossier's title
outcome text granted, granted-limited, consultation, refused, lapsed, declined, self-applied or carried-out
happened text what happened, in the dossier's words
on date when
unconfirmed flag nobody confirmed the outcome
source text the document
norm text the norm that the outcome answers
text text the text of the instrument, where it has several
by text who bore the norm, where the outcome says
to text to whom it was owed, where the outcome says
bearers texts those of whom this is found; nobody where nobody bears the norm or it was not in force
finding text what is found on the day asked about, granting what nobody disputes
settled text yes, no, depends, unread or not in force
as_far_as_encoded flag it is settled, and a clause left out could turn it
rests_on_unconfirmed texts facts and dates it rests on that nobody confirmed
turns_on texts the open questions that matter
relation text how finding and outcome stand to one another
note text a note
""")

DATA_SETS = columns_of("""
data_set text the name it is kept by: atop-member, cow-wars, …
title text what the data set is called
version text its version, where the file names one
first day the first day that it covers
last day the last day that it covers
counted text what is counted: rows, rows left out, alliances, states, …
number whole how many there are
""")

FULFILMENT = columns_of("""
coding text LLM, by the rules of Leeds, Long & Mitchell (2000), or BF, by the authors' own
pledge text defense, offense, neutral, nonagg or consul; nothing for all
period text early or late, by the file's column sample; before 1945, from 1945 or not listed, by COW's wars; or nothing
honoured whole alliances that a war called on and that were honoured
counted whole alliances that a war called on: honoured or violated
rate number honoured of counted
low number the lower end of Wilson's interval of 95 %
high number the upper end
""")

# ---- cascades

ENTRIES = columns_of("""
state text the state's code on the day
cow whole its number in COW's list
name text its name
side text attacker or target: whose side it enters on
chance number how likely it enters, at the chances as stated
low number the interval of the error of simulation, from (95 %)
high number the interval of the error of simulation, to
exact text the same chance as a fraction, where the answer is exact
spread_mean number over draws of the chances it rests on: the mean
spread_low number the middle 95 % of these draws, from
spread_high number the middle 95 % of these draws, to
round number in which round it enters, on average
""")

CALLS = columns_of("""
state text who enters
by text on whose account
side text attacker or target
chance number in which share of worlds
low number its interval (95 %), from
high number its interval, to
round number in which round, on average
instruments texts the instruments under which
""")

PROMISES = columns_of("""
coin whole its number in the model
debtor text who promised
other text to whom; of neutrality and non-aggression, against whom it will not fight
pledge text ATOP's pledge
instrument text the instrument's number, as atop:1350
chance number how likely it is kept, and draws in who keeps it
called number how likely it calls its debtor in
label text exact, or assumed
assumed texts what is assumed of it
line whole the row's line in the data set
""")

WITHOUT = columns_of("""
without text what is taken away
state text the state
cow whole its number in COW's list
side text attacker or target
change number by how much the chance of its entry differs
low number its interval (95 %), from
high number its interval, to
""")

TURNS = columns_of("""
kind text promise, state, instrument or request
name text which
turns number how likely the outcome differs between all of it kept and all of it broken
turns_low number its interval (95 %), from
turns_high number its interval, to
attackers_size number by how many states the attacker's side is larger if it is kept than if it is broken
attackers_size_low number its interval, from
attackers_size_high number its interval, to
targets_size number the same of the target's side
targets_size_low number its interval, from
targets_size_high number its interval, to
""")

SLOPES = columns_of("""
rate text the rate
mean number as stated
source text where it comes from
coins whole how many promises rest on it
attackers_size number by how much the attacker's side grows if the rate grows by 1
attackers_size_low number its interval (95 %), from
attackers_size_high number its interval, to
targets_size number the same of the target's side
targets_size_low number its interval, from
targets_size_high number its interval, to
exact flag whether it is exact
""")

COURSE = columns_of("""
state text the state's code
name text its name
shock flag a party to the shock itself, which nobody obliged
happened text entered, stayed out or unknown: what the page says that it did until the day asked about
entered day the day on which it entered, as the page has it; nothing if it did not, or later than asked about
obliged whole strata in which a duty to fight or to help arose for it
at_war whole strata in which it is at war at the end
strata whole strata looked at
obliged_in text all, some or none of the strata
at_war_in text all, some or none of the strata
""")

OF_ALL = {
    "treaties": TREATIES,
    "bound": BONDS,
    "members": MEMBERS,
    "coverage": COVERAGE,
    "cases": CASES,
    "data_sets": DATA_SETS,
    "fulfilment": FULFILMENT,
    "course": COURSE,
    "cascade_entries": ENTRIES,
    "cascade_calls": CALLS,
    "cascade_promises": PROMISES,
    "cascade_without": WITHOUT,
    "cascade_pivots": TURNS,
    "cascade_sensitivity": SLOPES,
}
"""The frames of what all pages say, of data sets and of cascades, by the verb that gives each."""

ROWS = {
    "treaties": "an instrument",
    "bound": "a norm and a counterpart",
    "members": "a state's spell in a role under an instrument, as long as its numbers are the same",
    "coverage": "an instrument",
    "cases": "a norm that an outcome answers",
    "data_sets": "a thing counted in a data set",
    "fulfilment": "a coding, a pledge and a period",
    "course": "a state",
    "cascade_entries": "a state and a side",
    "cascade_calls": "a state that enters, and on whose account",
    "cascade_promises": "a promise that the shock can reach",
    "cascade_without": "a state and a side, without something",
    "cascade_pivots": "something that an outcome can turn on",
    "cascade_sensitivity": "a rate that the answer rests on",
}
"""What one row of each is."""
