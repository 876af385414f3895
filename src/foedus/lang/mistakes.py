"""What is wrong with a line, said to somebody who reads treaties and not grammars.

A line has at most one mistake: the first. From the place where the parser stopped, and what it could
have gone on with, this module finds the words for it.
"""

from __future__ import annotations

import re

from foedus.diagnostics.problem import Problem
from foedus.diagnostics.span import Place
from foedus.diagnostics.suggest import suggest
from foedus.lang.letters import foreign
from foedus.lang.lines import BELOW, CLASSES, Kind, first_word
from foedus.lang.outline import DEEPEST, Line
from foedus.lang.scan import Token, scan

SIGNS = {
    "&": "`and`", "&&": "`and`", "||": "`or`", "|": "`or`", "=": "`is`", "==": "`is`", "!": "`not`",
    "!=": "`is not`", "<": "`before`", "{": "`(`", "}": "`)`", ";": "a line of its own",
    "“": '`"`', "”": '`"`', "„": '`"`', "«": '`"`', "»": '`"`', "'": '`"`', "‘": '`"`', "’": '`"`',
    "but": "`and`", "nor": "`and not`", "if": "`when`, on a line of its own",
    "∧": "`and`", "∨": "`or`", "¬": "`not`", "~": "`not`", "→": "`when`", "->": "`when`",
}  # fmt: skip
"""Signs and words of other notations, and what stands for them here."""

ALSO_CALLED = {
    "if": "when", "where": "when", "whenever": "when", "provided": "when", "except": "unless",
    "obligation": "duty",
    "define": "term", "definition": "term", "entitlement": "right", "permission": "right",
    "authority": "power",
    "ban": "prohibition", "forbidden": "prohibition", "treaty": "instrument", "agreement": "instrument",
    "country": "state", "members": "parties", "member": "parties", "event": "incident", "claim": "fact",
    "claims": "asserts", "says": "asserts", "doubts": "disputes", "expects": "expect", "assume": "suppose",
    "link": "url", "author": "by", "interpretation": "reading", "exceptions": "unless",
}  # fmt: skip
"""What writers of treaties may call a line, and what it is called here."""

_UNDER = {
    "term": "a `term`", "body": "a line that ends in `:`", "question": "a `question`", "norm": "a norm",
    "clauses": "a text or a reservation of a norm", "rule": "a `rule`",
    "decides": "a text of a `rule`", "way": "a way of deciding", "weighting": "a `weighting`",
    "procedure": "a `procedure`", "procedure_text": "a text of a `procedure`", "track": "a `track`",
    "step": "a `step`", "clock": "a `clock`",
    "instrument": "an `instrument`", "parties": "`parties`", "dossier": "a `dossier`", "source": "a `source`",
    "someone": "`someone`", "fact": "a `fact`", "quantity": "a `quantity`", "asked": "a question of a trial",
}  # fmt: skip
_MONTH = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?", re.IGNORECASE)

WANTED = {
    "owed by": "a bearer: `each party`, `each other party`, or codes such as ARV",
    "by each": "`party`, or a role of parties such as `guarantor`, and a name: `each party p`",
    "each": "`party`, `other party`, `state`, or a role of parties such as `guarantor`",
    "each other": "`party`, `state`, or a role of parties",
    "that": "an incident, act, status or judgement, such as `threat(_, q)`",
    "as": "a name for it, in lower case",
    "is": "a name or a code",
    "before": "a name",
    "class": f"a class: {', '.join(CLASSES)}",
    "held by": "who holds it: a code such as ARV",
    "unread": 'in quotation marks, what the clause is: `unread "Article 7"`',
    "performed by": "the act that keeps it, such as `helped(by: d, for: victim)`",
    "breached by": "the act that breaks it, such as `fought(by: d)`",
    "reading": "the reading's name in quotation marks",
    "in": "`force`",
    "some": "a sort and a name: `some State s: …`",
    "every": "a sort and a name: `every party p: …`",
    "at least": "a number, a sort and a name: `at least 2 State s: …`",
    "within": "a number of days: `within 30 days`",
    "from": "a date such as 2020-07-12",
    "until": "a date such as 2020-07-12, or a condition",
    "on": "a date such as 2020-07-12",
    "as of": "a date such as 2020-07-12",
    "signed": "a date such as 2020-07-12",
    "in force": "a date such as 2020-07-12",
    "by": "who it is: a code such as ARV, or a name",
    "to": "to whom: a code such as ARV, or a name",
    "of": "of whom: a code such as ARV, or a name",
    "for": "for whom: a code such as ARV",
    "under text": "the text's name, such as `under text 2010`",
}
_TERMINALS = {
    "NAME": "a name", "CODE": "a code such as ARV", "SORT": "a sort such as State",
    "STRING": "words in quotation marks",
    "DATE": "a date such as 2020-07-12", "NUMBER": "a number", "URL": "an address: `<https://…>`",
    "COLON": "`:`",
    "COMMA": "`,`", "LPAR": "`(`", "RPAR": "`)`", "LSQB": "`[`", "RSQB": "`]`", "EQUAL": "`=`",
    "REF": "a source in brackets",
    "OTHER": "`other`", "VERB": "`asserts`, `denies`, `finds` or another verb of speech", "STAR": "`*`",
    "VBAR": "`|`", "DOTTED": "a name", "$END": "the end of the line",
    "EFFECT": "`detail`, `may defeat …` or `may create …`",
}  # fmt: skip
_CONDITION = frozenset({"NOT", "NO", "LPAR", "NAME", "ALWAYS"})
_CODE = re.compile(r"[A-Z][A-Z0-9_]*")
_SHARE = re.compile(r"[0-9]+/[0-9]+")
_NAME = re.compile(r"[a-z][a-z0-9_]*(-[a-z0-9_]+)*")


def why_not(kind: Kind, line: Line, rest: int, at: int, expected: frozenset[str]) -> Problem:
    """The mistake of a line that went wrong at `at`, where one of the terminals `expected` could stand."""
    written = [token for token in scan(line.text) if token.kind != "comment"]
    here = next((token for token in written if token.end > at), None)
    before = [token for token in written if token.end <= (here.start if here else at)]
    place = line.place(here.start, here.end) if here else line.place(len(line.text), len(line.text) + 1)
    word = here.text if here else ""
    wanted = _wanted(kind, before, expected)
    common = {"word": word, "line": kind.shows, "wanted": wanted}
    if (of_whom := _of_whom(line, before, expected)) is not None:
        return of_whom
    if here is None:
        return Problem("F124", place, common | {"after": _last(before)}, "the line ends here")
    if here.kind == "word" and (letters := unlike(word, place)):
        return letters
    if "THAT" in expected and len(expected) == 1:
        return Problem("F129", place, common | {"verb": before[-1].text})
    if before and before[-1].text[0].isdigit() and _MONTH.fullmatch(word):
        return Problem("F110", place, {"date": f"{before[-1].text} {word}"})
    if word[0] in SIGNS or word in SIGNS:
        sign = word if word in SIGNS else word[0]
        return Problem("F127", place, common | {"sign": sign, "right": SIGNS[sign]})
    if word in ("or", "and") and "COMMA" in expected and "AND" not in expected and before:
        return Problem("F128", place, common)
    if before and before[-1].text in ("or", "and") and before[-2:-1] and _CODE.fullmatch(before[-2].text):
        return Problem(
            "F128", line.place(before[-1].start, before[-1].end), common | {"word": before[-1].text}
        )
    if "COLON" in expected and "COMMA" not in expected and word not in ("(", ")"):
        return Problem("F123", place, common | {"after": " ".join(token.text for token in before[-2:])})
    if "CODE" in expected and "NAME" not in expected and _NAME.fullmatch(word):
        return Problem("F126", place, common | {"right": word.upper()})
    if "NAME" in expected and "CODE" not in expected and _CODE.fullmatch(word):
        return Problem("F126", place, common | {"right": word.lower()})
    if not before:
        return Problem("F120", place, common | {"lines": kind.shows})
    if "$END" in expected and not ({"NAME", "CODE", "STRING", "DATE"} & expected and before[-1].start < rest):
        return Problem("F125", place, common | {"word": f"`{word}`"})
    return Problem("F124", place, common | {"after": _last(before)}, f"here stands `{word[:40]}`")


def _of_whom(line: Line, before: list[Token], expected: frozenset[str]) -> Problem | None:
    """F621 where a share is named and not what it is a share of."""
    share = before[-1] if before else None
    if share is None or not _SHARE.fullmatch(share.text) or "OF" not in expected:
        return None
    quantifier = " ".join(token.text for token in before[-3:-1])
    place = line.place(share.start, share.end)
    return Problem("F621", place, {"share": share.text, "quantifier": quantifier})


def unlike(word: str, place: Place) -> Problem | None:
    """F018 for a name with letters that only look like those of names."""
    found = foreign(word)
    if found is None:
        return None
    letters, meant = found
    mend = f"Did you mean `{meant}`, in the letters a to z?" if meant else ""
    return Problem("F018", place, {"word": word[:40], "letters": letters}, help=mend)


def _last(before: list[Token]) -> str:
    words = [token.text for token in before]
    two = " ".join(words[-2:])
    return two if two in WANTED else words[-1] if words else ""


def _wanted(kind: Kind, before: list[Token], expected: frozenset[str]) -> str:
    last = _last(before)
    if last in WANTED and not _in_procedure(kind) and not (last == "until" and "DATE" in expected):
        return WANTED[last]
    if expected >= _CONDITION:
        return "a condition, such as `force(_, victim) as a`"
    words: list[str] = []
    for terminal in sorted(expected, key=lambda name: (name not in _TERMINALS, name)):
        said = _TERMINALS.get(terminal, f"`{terminal.lower()}`")
        if terminal not in ("$END", "PREPOSITION", "FLAG") and said not in words:
            words.append(said)
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words) or f"`{kind.shows}`"


def _in_procedure(kind: Kind) -> bool:
    """Whether `on`, `from`, `to` and `until` stand before tracks, stages and steps on such a line."""
    return kind.rule in ("move", "while") or kind.key in ("starts", "stops")


def misplaced(context: str, line: Line, start: int) -> Problem:
    """The mistake of a line whose first word no line of the context has."""
    word = first_word(line.text, start)
    found = re.compile(re.escape(word)).search(line.text, start)
    at = found.start() if found else start
    place = line.place(at, at + len(word))
    here = BELOW[context]
    whole = next((token for token in scan(line.text, start) if token.end > at), None)
    if whole and whole.kind == "word" and (letters := unlike(whole.text, line.place(whole.start, whole.end))):
        return letters
    if half := _half_said(here, line, start):
        return half
    elsewhere = [
        name for name, kinds in BELOW.items() if any(kind.words.split()[:1] == [word] for kind in kinds)
    ]
    blocks = [name for name in elsewhere if name in ("foedus", "record", "ask")]
    if context in ("foedus", "record", "ask") and blocks:
        return Problem("F122", place, {"word": word, "block": context, "right": blocks[0]})
    shown = ", ".join(dict.fromkeys(f"`{kind.words or kind.shows}`" for kind in here))
    if elsewhere:
        return Problem("F121", place, {"word": word, "under": _UNDER.get(context, "this"), "lines": shown})
    known = {kind.words.split()[0] for kind in here if kind.words}
    near = ALSO_CALLED[word] if ALSO_CALLED.get(word) in known else suggest(word, known)
    mend = f"Did you mean `{near}`?" if near else ""
    return Problem("F120", place, {"word": word, "near": near or "", "lines": shown}, help=mend)


def _half_said(here: tuple[Kind, ...], line: Line, start: int) -> Problem | None:
    """F124 if the line begins with some, but not all, of a kind's first words."""
    written = [token for token in scan(line.text, start) if token.kind != "comment"]
    most: tuple[int, tuple[str, ...]] = (0, ())
    for kind in here:
        words = tuple(kind.words.split())
        same = 0
        while same < min(len(words), len(written)) and words[same] == written[same].text:
            same += 1
        most = max(most, (same, words), key=lambda pair: pair[0])
    same, words = most
    if not same or same == len(words):
        return None
    end = len(line.text)
    place = (
        line.place(written[same].start, written[same].end)
        if same < len(written)
        else line.place(end, end + 1)
    )
    return Problem("F124", place, {"after": " ".join(words[:same]), "wanted": f"`{' '.join(words[same:])}`"})


def too_deep(line: Line, start: int) -> Problem | None:
    """F106 if brackets, negations and quantifiers stand in one another more than `DEEPEST` times."""
    if len(line.text) < DEEPEST:
        return None
    outer: list[int] = []
    depth = 0
    for token in scan(line.text, start):
        if token.text == "(":
            outer.append(depth)
            depth += 1
        elif token.text in ("not", "no", "some", "every", "least"):
            depth += 1
        elif token.text == ")":
            depth = outer.pop() if outer else 0
        elif token.text in ("and", "or"):
            depth = outer[-1] + 1 if outer else 0
        if depth > DEEPEST:
            place = line.place(token.start, token.end)
            return Problem("F106", place, {"what": "brackets and negations", "most": str(DEEPEST)})
    return None
