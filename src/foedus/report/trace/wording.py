"""What the terminal and the page both say of a trace: the answer, a link, a passage, in whole sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from foedus.diagnostics.catalogue import title_of
from foedus.report.layout import TIE
from foedus.report.lists import listed
from foedus.report.trace.pairs import Pair, Turned
from foedus.terms.time import certainly_before, order_key
from foedus.trace.document import Document, MarkKind, Unread
from foedus.trace.passage import Group, PassageKind, Traced
from foedus.words.speech import aloud, marked, marked_in, plural, say, say_in

KIND_WORDS = (
    marked_in("passage", "verbatim"),
    marked_in("passage", "edited"),
    marked_in("passage", "shared"),
    marked_in("passage", "boilerplate"),
)
MARK_WORDS = (
    marked_in("mark", "boilerplate"),
    marked_in("mark", "deck"),
    marked_in("mark", "byline"),
    marked_in("mark", "footer"),
    marked_in("mark", "heading"),
)
NEUTRAL = marked(
    "It says which words stand where. It never says who is right, nor who was first where no date says so."
)
FEW_NAMED = 4
GUESSED = "F603"
"""The code of a guessed encoding, which is told with all of its kind."""


def kind_words(kind: PassageKind) -> str:
    """What a passage is, in a word."""
    return say_in("passage", kind)


def mark_words(kind: MarkKind) -> str:
    """What a part of a document is that is not its author's body of words."""
    return say_in("mark", kind)


def headline(traced: Traced) -> str:
    """`2 documents, 1 source`."""
    return say(
        "{documents}, {sources}",
        documents=plural("{n} document", "{n} documents", len(traced.documents)),
        sources=plural("{n} source", "{n} sources", traced.sources),
    )


def collapsed(traced: Traced) -> list[Group]:
    """The groups of several documents, the longest first."""
    return sorted(
        (g for g in traced.groups if len(g.documents) > 1), key=lambda g: (-len(g.documents), g.documents)
    )


def alone(traced: Traced) -> int:
    """How many documents share no words of their own with any other."""
    return len(traced.documents) - sum(len(group.documents) for group in collapsed(traced))


def group_sentence(group: Group) -> str:
    """`a and b count as one source.`; of many, the first few."""
    names = list(group.documents)
    if len(names) > FEW_NAMED + 1:
        more = len(names) - FEW_NAMED
        return plural(
            "{names} and {n} more count as one source.", "{names} and {n} more count as one source.",
            more, names=", ".join(names[:FEW_NAMED]),
        )  # fmt: skip
    return say("{names} count as one source.", names=listed(names))


def earliest(group: Group, documents: Mapping[str, Document]) -> str:
    """Which of three or more documents of a group have the earliest date; nothing where none has one."""
    found = [documents[name] for name in group.documents if name in documents]
    dated = sorted(
        ((on, document.id) for document in found if (on := document.meta.on) is not None),
        key=lambda each: (order_key(each[0]), each[1]),
    )
    if len(found) < 3 or not dated:
        return ""
    first = dated[0][0]
    names = [name for on, name in dated if not certainly_before(first, on)]
    if len(dated) == len(found):
        return say("The earliest by date: {names}.", names=some(names, 3))
    return plural(
        "The earliest by date: {names}; {n} has no date.",
        "The earliest by date: {names}; {n} have no date.",
        len(found) - len(dated),
        names=some(names, 3),
    )


def percent(share: float) -> str:
    """`37 %`; what is there never rounds to nothing, and what is not all never to all."""
    number = round(100 * share)
    if share > 0 and number == 0:
        return say("under {n} %", n=1).replace(" %", f"{TIE}%")
    if share < 1 and number == 100:
        number = 99
    return say("{n} %", n=number).replace(" %", f"{TIE}%")


def arrow(pair: Pair) -> str:
    """`a → b`, or `a – b` where nobody says who has it from whom."""
    names = {"origin": called(pair.first), "copy": called(pair.second)}
    return say("{origin} → {copy}", **names) if pair.directed else say("{origin} – {copy}", **names)


def called(document: Document) -> str:
    """A document's name: its id, kept on one line."""
    return document.id


def shares(pair: Pair) -> str:
    """How much of either document's own words stand in the other."""
    link = pair.link
    if link is None:
        return say("no words of their own in common")
    # What two are linked by is more than nothing, however little of a long document it is.
    share, other = (percent(max(part, 1e-6)) for part in (link.share, link.share_of_origin))
    if pair.directed:
        return say("{share} of the copy’s own words", share=share)
    return say(
        "{share} of {second}, {other} of {first}",
        share=share, second=pair.second.id, other=other, first=pair.first.id,
    )  # fmt: skip


def direction(pair: Pair) -> str:
    """How it is known who has it from whom, or that it is not."""
    link = pair.link
    if link is None:
        return say("neither is a copy of the other: what they share comes from elsewhere")
    if link.by == "attribution":
        return say("direction known by attribution")
    return say("direction known by time") if link.by == "time" else say("direction unknown")


def why(pair: Pair) -> list[str]:
    """Why the two are linked, and what speaks against the direction."""
    link = pair.link
    if link is None:
        return []
    return [aloud(link.why), *([aloud(link.conflict)] if link.conflict else [])]


def of_kinds(pair: Pair) -> str:
    """`14 passages: 8 verbatim, 6 edited`."""
    parts = [say("{n} {kind}", n=n, kind=kind_words(kind)) for kind, n in pair.counted()]
    return plural("{n} passage: {kinds}", "{n} passages: {kinds}", len(pair.passages), kinds=", ".join(parts))


def remarks(turned: Turned, pair: Pair) -> list[str]:
    """What else is to be said of a passage: its third text, who quotes, what is absorbed, its second origin."""
    passage = turned.passage
    sides = {"": "", "a": passage.a.document, "b": passage.b.document}
    found: list[str] = []
    if passage.third:
        found.append(say("both have it from {third}", third=passage.third))
    if passage.absorbed:
        quoting = sides["b" if passage.absorbed == "a" else "a"]
        found.append(
            say(
                "{quoting} quotes it; in {document} it stands as its own words",
                quoting=quoting,
                document=sides[passage.absorbed],
            )
        )
    elif passage.quoted == "both":
        found.append(say("quoted in both"))
    elif passage.quoted:
        found.append(say("quoted in {document}", document=sides[passage.quoted]))
    for document, numbers in ((pair.first, turned.also_first), (pair.second, turned.also_second)):
        if numbers:
            said = plural(
                "its words in {document} are in passage {numbers} too",
                "its words in {document} are in passages {numbers} too",
                len(numbers), document=document.id, numbers=listed([str(n) for n in numbers]),
            )  # fmt: skip
            found.append(said)
    return found


def guessed(documents: Iterable[Document]) -> list[tuple[str, list[str]]]:
    """The encodings that were guessed, each with its documents."""
    found: dict[str, list[str]] = {}
    for document in documents:
        if document.guessed:
            found.setdefault(document.encoding, []).append(document.path or document.id)
    return sorted(found.items())


def doubts(documents: Iterable[Document]) -> list[str]:
    """What was not plain in reading the documents, but for encodings that were guessed."""
    return [
        title_of(problem)
        for document in documents
        for problem in document.warnings
        if problem.code != GUESSED
    ]


def thirds(traced: Traced) -> list[tuple[str, int, set[str]]]:
    """The third texts that several documents share, with how many passages and which documents."""
    found: dict[str, tuple[int, set[str]]] = {}
    for passage in traced.passages:
        if passage.kind == "shared" and passage.third:
            n, names = found.get(passage.third, (0, set[str]()))
            found[passage.third] = (n + 1, names | {passage.a.document, passage.b.document})
    return [(third, n, names) for third, (n, names) in sorted(found.items())]


def unread_words(unread: Unread) -> str:
    """Why something could not be read."""
    return title_of(unread.problem)


def some(names: Sequence[str], most: int = FEW_NAMED) -> str:
    """`a, b, c and 12 more`."""
    if len(names) <= most + 1:
        return listed(list(names))
    more = len(names) - most
    return plural("{names} and {n} more", "{names} and {n} more", more, names=", ".join(names[:most]))
