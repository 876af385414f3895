"""Every kind of line: its first words, what may follow them, and what may stand below it.

This table is the grammar's other half. `rule` names the rule of `grammar.lark` that reads the rest of
the line ("" where nothing follows). `head` says what the first word of the rest must be: a `name`, a
`CODE`, either (`who`), or nothing of the kind (""). `notes` lists what may follow in any order; a note
with `!` must be there. `below` names the lines that may stand below. `shows` is the line as a message
writes it.

>>> find("norm", "owed by each party d").shows
'owed by each other party d to victim'
>>> find("norm", "whenever x") is None
True
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Head = Literal["", "name", "CODE", "who", "any", "may"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of line. `key` is its name in the code, `words` its first words ("" if it has none)."""

    key: str
    words: str
    rule: str = ""
    notes: str = ""
    head: Head = ""
    below: str = ""
    shows: str = ""

    @property
    def allowed(self) -> tuple[str, ...]:
        """The notes that the line may carry."""
        return tuple(note.rstrip("!").replace("_", " ") for note in self.notes.split())

    @property
    def needed(self) -> tuple[str, ...]:
        """The notes that the line must carry."""
        return tuple(note[:-1].replace("_", " ") for note in self.notes.split() if note.endswith("!"))


DECLARED = (
    Kind(
        "instrument",
        "instrument",
        "subject",
        "title!",
        "name",
        "instrument",
        'instrument lir "Compact of Lir"',
    ),
    Kind("parties", "parties", below="parties", shows="parties"),
    Kind("actors", "organ", "actors", shows='organ CSL "Council of Lir"'),
    Kind("actors", "state", "actors", shows='state ARV "Arvia"'),
    Kind("actors", "group", "actors", shows='group LEV "Levans"'),
    Kind("values", "values", "values", shows="values Interest: security, stability"),
    Kind("predicate", "incident", "predicate", shows="incident force(author: Actor, victim: State)"),
    Kind("predicate", "act", "predicate", shows="act request(by: State, to: Actor)"),
    Kind("predicate", "role", "predicate", shows="role carried(by: Actor)"),
    Kind("predicate", "status", "predicate", shows="status holds(by: State)"),
    Kind("predicate", "judgement", "predicate", shows="judgement grave(of: Incident)"),
    Kind("term", "term", "term_head", below="term", shows="term aggression(a, victim)"),
    Kind("question", "question", "subject", "title", "name", "question", 'question council_needed "…"'),
    Kind("norm", "duty", "subject", "title", "name", "norm", "duty assist"),
    Kind("norm", "right", "subject", "title", "name", "norm", "right defend"),
    Kind("norm", "power", "subject", "title", "name", "norm", "power send"),
    Kind("norm", "prohibition", "subject", "title", "name", "norm", "prohibition fight"),
    Kind("norm", "plan", "subject", "title", "name", "norm", "plan march"),
    Kind("deems", "deems", "quoted", shows='deems "…"'),
    Kind("not_encoded", "not encoded", "effect", shows='not encoded "…" detail'),
    Kind("prevails", "this prevails over", "subject", head="any", shows="this prevails over cst"),
    Kind("yields", "this yields to", "subject", head="any", shows="this yields to law"),
    Kind("rule", "rule", "subject", "of! title", "name", "rule", 'rule decide of CSL "consensus"'),
    Kind("procedure", "procedure", "subject", "of! title", "name", "procedure", "procedure aid of CSL"),
    Kind(
        "weighting", "weighting", "subject", "title", "name", "weighting",
        'weighting population "inhabitants"',
    ),
)  # fmt: skip
SOURCES = (
    Kind("source", "source", "subject", "title! unconfirmed", "name", "source", 'source gazette-0712 "…"'),
    Kind(
        "speaker", "speaker", "subject", "title for", "CODE", shows='speaker EMB "Embassy of Arvia" for ARV'
    ),
    Kind("dossier", "dossier", "subject", "title!", "name", "dossier", 'dossier lir-2020 "…"'),
)
RECORDED = (
    Kind("someone", "someone", "subject", "title", "name", "someone", 'someone gunmen "the armed men"'),
    Kind(
        "fact",
        "fact",
        "event",
        "on title standing unconfirmed",
        below="fact",
        shows="fact a1 force(BOR, ARV) on 2020-07-12",
    ),
    Kind(
        "complete",
        "complete for",
        "event",
        "on by! title",
        shows='complete for request(by: ARV) by encoder "why"',
    ),
    Kind("presume", "presume no", "event", "title", shows='presume no withdrawn(by: ARV) "why"'),
    Kind("gains", "gains", "subject", "by! title", "who", shows='gains BOR by a1 "why"'),
    Kind("gains_not", "does not gain", "subject", "by! title", "who", shows='does not gain BOR by a1 "why"'),
    Kind(
        "held",
        "held",
        "subject",
        "title! by! on ref unconfirmed",
        "any",
        shows='held lir.grave "yes" by ARV on 2020-07-12',
    ),
    Kind("tension", "tension", "listed", "title", shows='tension assist, fight "why"'),
    Kind(
        "quantity",
        "quantity",
        "subject",
        "title! of!",
        "name",
        "quantity",
        'quantity deaths "Deaths" of persons',
    ),
    Kind(
        "outcome",
        "outcome",
        "subject",
        "title! on ref unconfirmed",
        "name",
        "outcome",
        'outcome refused "what came of it" on 2020-07-20 [source]',
    ),
    Kind("as_party", "", "as_role", "of", shows="ARV, BOR as party"),
)
OUTCOMES = (
    "granted", "granted-limited", "consultation", "refused", "lapsed", "declined", "self-applied",
    "carried-out",
)  # fmt: skip
STANDINGS = ("established", "refuted", "asserted", "denied", "disputed", "contested", "undisputed")
VERDICTS = (
    "arises", "does not arise", "does not apply", "depends", "cannot be determined", "not in force",
    "available", "not available", "applies", "lifted",
)  # fmt: skip
CLASSES = (
    "consult", "meet-danger", "as-deemed-necessary", "necessary-help", "all-means", "guarantee", "none",
    "unseen",
)  # fmt: skip

_CONDITIONS = (
    Kind("when", "when", "condition", below="body", shows="when F"),
    Kind("unless", "unless", "condition", below="body", shows="unless F"),
    Kind("until", "until", "condition", below="body", shows="until F"),
)
_CLAUSES = (
    Kind("class", "class", "class", below="class", shows="class necessary-help, force included"),
    Kind("together", "together", shows="together"),
    *_CONDITIONS,
    Kind("performed", "performed by", "atom", shows="performed by helped(by: d, for: victim)"),
    Kind("breached", "breached by", "atom", shows="breached by fought(by: d)"),
    Kind("immediately", "immediately", shows="immediately"),
    Kind("within", "within", "amount", "days!", shows="within 30 days"),
    Kind("lifts", "lifts", "listed", shows="lifts pko.fight"),
    Kind("lifted", "lifted by", "listed", shows="lifted by law.defend"),
)
_FOR = Kind("for", "for", "reservation", below="clauses", shows='for BOR: "understanding"')
_PASSES = Kind("passes", "passes", "passes", below="body", shows="passes(m): F")
_QUORUM = Kind("quorum", "quorum", "passes", below="body", shows="quorum(m): F")
_DECIDES = (
    Kind("members", "members", "subject", head="name", shows="members party"),
    Kind("seats", "seats", "amount", shows="seats 15"),
    Kind("left_out", "left out", "apart", below="body", shows="left out(p, m): F"),
    Kind("held_to", "held to abstain", "apart", below="body", shows="held to abstain(p, m): F"),
    *(
        Kind("way", f"{first}by {by}", "wait", below="way", shows=f"{first}by {by}")
        for first in ("", "failing that ")
        for by in ("vote", "consensus", "silence")
    ),
    _QUORUM,
    _PASSES,
)
_READING = Kind("reading", "reading", "reading", below="body", shows='reading "any author": F')
_OF_PROCEDURE = (
    Kind("track", "track", "subject", "of title", "name", "track", 'track matter "the matter"'),
    Kind("step", "step", "subject", "title", "name", "step", 'step ask "ask the Council for help"'),
    Kind("clock", "clock", "subject", "title", "name", "clock", 'clock term "the term of the mandate"'),
    Kind("first", "first", "listed", shows="first point, amend"),
)
_CLAIM_NOTES = "ref on title of authentic against_interest unconfirmed"

BELOW: dict[str, tuple[Kind, ...]] = {
    "foedus": (*DECLARED, *SOURCES),
    "record": (*SOURCES, *RECORDED, *(kind for kind in DECLARED if kind.key == "actors")),
    "ask": (
        Kind("ask", "", "subject", "owed to by of on under_text", "any", "asked",
        "lir.assist owed to ARV by BOR on 2020-07-20"),
    ),
    "": (),
    "instrument": (
        Kind("signed", "signed", "dated", "unconfirmed", shows="signed 2000-05-15"),
        Kind("in_force", "in force", "dated", "unconfirmed", shows="in force 2001-01-01"),
        Kind("ended", "ended", "dated", "unconfirmed", shows="ended 2020-01-01"),
        Kind("political", "political", shows="political"),
        Kind("text", "text", "text_from", "read unconfirmed", shows='text 2010 from 2012-12-19 read "whole"'),
        Kind("code", "code", "code", shows="code atop 4220"),
        Kind("duration", "duration", "quoted", "ref unconfirmed", shows='duration "fifty years"'),
        Kind("exit", "exit", "quoted", "ref unconfirmed", shows='exit "a year\'s notice"'),
        Kind("encoded", "encoded by", "quoted", "on", shows='encoded by "Foedus contributors" on 2026-11-22'),
        Kind("reviewed", "reviewed by", "quoted", "on", shows='reviewed by "A. Reader" on 2026-11-22'),
    ),
    "class": (Kind("class_case", "", "class_case", shows='"yes": necessary-help, force included'),),
    "outcome": (
        Kind("under", "under", "subject", "owed to by of", "name", shows="under cst.assist owed to KAZ"),
        Kind("note", "note", "quoted", shows='note "where finding and outcome part, and why"'),
    ),
    "parties": (Kind("party", "", "party", "unconfirmed ref", shows="ARV, BOR from 2001-01-01"),),
    "term": (
        Kind("text", "text", "text", below="body", shows="text 2010: F"),
        Kind("when", "when", "condition", below="body", shows="when F"),
        _READING,
    ),
    "body": (
        _READING,
        Kind("case", "", "reading", below="body", shows='"yes": F'),
        Kind("formula", "", "body", below="body", shows="F"),
    ),
    "question": (Kind("answer", "", "answer", shows='"yes" held by ARV on 2020-07-12 [source]'),),
    "norm": (
        Kind("owed", "owed by", "bearer", "to against", shows="owed by each other party d to victim"),
        Kind("owed", "of", "bearer", "to against", shows="of CSL to host"),
        Kind("text", "text", "text", below="clauses", shows="text 2010:"),
        _FOR,
        *_CLAUSES,
    ),
    "clauses": (_FOR, *_CLAUSES),
    "rule": (Kind("text", "text", "text", below="decides", shows="text 2010:"), *_DECIDES),
    "decides": _DECIDES,
    "way": (_QUORUM, _PASSES),
    "weighting": (Kind("weight", "", "weight", "ref unconfirmed", shows="ARV 68 [gazette-0712]"),),
    "procedure": (
        *_OF_PROCEDURE,
        Kind("text", "text", "text", below="procedure_text", shows="text 2010:"),
    ),
    "procedure_text": _OF_PROCEDURE,
    "track": (
        Kind("stages", "stages", "listed", shows="stages none, asked, decided"),
        Kind("ends", "ends", "listed", shows="ends decided"),
    ),
    "step": (
        Kind("mover", "by", "movers", shows="by each party p"),
        Kind("own", "on", "move", shows="on matter from none to asked"),
        Kind("also", "also on", "move", shows="also on mandate to running"),
        Kind("while", "while", "while", shows="while matter is decided"),
        Kind("when", "when", "condition", below="body", shows="when F"),
        Kind("performed", "performed by", "act", shows="performed by request(by: host, to: CSL) as r"),
        Kind("decided", "decided by", "subject", head="any", shows="decided by lir.decide"),
        Kind("mandate", "mandate", "subject", head="name", shows="mandate gives"),
    ),
    "clock": (
        Kind("starts", "from", "listed", shows="from deploy"),
        Kind("stops", "until", "listed", shows="until finish"),
        Kind("length", "length", "hours", shows="length 72 hours"),
        Kind("set_by", "set by", "subject", head="name", shows="set by decision"),
        Kind("unstated", "not stated", shows="not stated"),
        Kind("then", "then", "move", shows="then mandate from running to over"),
    ),
    "dossier": (
        Kind("period", "period", "dated", shows="period 2020-07-01/2020-07-31"),
        Kind("on", "on", "dated", shows="on 2020-07-20"),
        Kind("concerning", "concerning", "listed", shows="concerning ARV"),
        Kind("assess", "assess", "listed", shows="assess lir, law"),
        Kind("disputants", "party to the dispute", "listed", shows="party to the dispute ARV, BOR"),
    ),
    "source": (
        Kind("by", "by", "subject", "unconfirmed", "who", shows="by ARV"),
        Kind("publisher", "publisher", "quoted", "unconfirmed", shows='publisher "Gazette of Arvia"'),
        Kind("date", "date", "dated", "unconfirmed", shows="date 2020-07-12"),
        Kind("url", "url", "link", shows="url <https://example.org/1>"),
        Kind("via", "via", "link", shows="via <https://example.org/copy>"),
        Kind("read", "read", "quoted", shows='read "whole"'),
        Kind("channel", "channel", "quoted", shows='channel "telegram"'),
        Kind("derives", "derives from", "subject", "title", "name",
        shows='derives from gazette-0712 "repeats it"'),
        Kind("unresolved", "unresolved", shows="unresolved"),
    ),
    "someone": (Kind("may_be", "may be", "listed", shows="may be BOR"),),
    "fact": tuple(
        Kind("claim", verb, "subject", _CLAIM_NOTES, "may",
        shows=f"{verb} ARV [gazette-0712 ¶3] on 2020-07-12")
        for verb in ("asserts", "denies", "disputes", "reports", "finds")
    ),
    "quantity": (
        Kind("amount", "", "amount", "as_of! ref! by withdrawn title unconfirmed",
        shows="164 as of 2020-07-12 [gazette-0712]"),
        Kind("at_least", "at least", "amount", "as_of! ref! by withdrawn title unconfirmed",
        shows="at least 10 as of 2020-07-12 [d1]"),
    ),
    "asked": (
        Kind("suppose", "suppose", "suppose", shows="suppose grave = yes"),
        Kind("expect", "expect", "verdict", shows="expect arises"),
        Kind("granting", "granting expect", "verdict", shows="granting expect arises"),
    ),
}  # fmt: skip

_FIRST = re.compile(r"[A-Za-z_][\w-]*(?:\.[\w-]+)?|\S")


def _starts(kind: Kind) -> re.Pattern[str]:
    """What a line of this kind begins with."""
    by_sign = {"party": r"(?=[A-Za-z])", "as_party": r"(?=[A-Z][A-Z0-9_]*(?![\w-]))", "amount": r"(?=[0-9])",
               "weight": r"(?=[A-Za-z])", "case": '(?=")', "answer": '(?=")', "class_case": '(?=")',
               "ask": r"(?=[a-z])", "formula": ""}  # fmt: skip
    if not kind.words:
        return re.compile(by_sign[kind.key])
    return re.compile(r"\s+".join(map(re.escape, kind.words.split())) + r"(?![\w-])(?!\.)")


_STARTS = {context: tuple((_starts(kind), kind) for kind in kinds) for context, kinds in BELOW.items()}


def find(context: str, text: str, start: int = 0) -> Kind | None:
    """The kind of the line that begins at `start`, below a line of the context; None if there is none."""
    return next((kind for begins, kind in _STARTS[context] if begins.match(text, start)), None)


def first_word(text: str, start: int = 0) -> str:
    """The word (or the sign) with which the line begins."""
    found = _FIRST.search(text, start)
    return found[0] if found else ""


def after(kind: Kind, text: str, start: int = 0) -> int:
    """Where the rest of the line begins, behind the first words of its kind."""
    found = _starts(kind).match(text, start) if kind.words else None
    return found.end() if found else start
