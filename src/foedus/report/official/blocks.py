"""Official minutes as blocks of text, which Markdown and DOCX write each in their way."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.report.journal import Line
from foedus.report.lists import begun, labelled
from foedus.report.memo import Block, Grid, Heading, Items, Memo, Paragraph
from foedus.report.official import said
from foedus.report.official.minutes import Decision, Minutes, Sat, Vote
from foedus.words.speech import plural, say


def memo_of(minutes: Minutes) -> Memo:
    """The minutes, for `to_markdown` and `to_docx`."""
    title = said.heading(minutes)
    meetings = (block for sat in minutes.meetings for block in _meeting(minutes, sat))
    top = (Heading(1, title), *map(Paragraph, lead(minutes)))
    return Memo(title, minutes.language, (*top, *front(minutes), *meetings, *back(minutes)))


def lead(minutes: Minutes) -> Iterator[str]:
    """What stands below the title."""
    yield say("{organ}: {procedure}", organ=begun(minutes.organ), procedure=minutes.procedure)
    yield said.period(minutes)


def front(minutes: Minutes) -> Iterator[Block]:
    """What stands before the meetings."""
    yield from _in_brief(minutes)
    yield from _present(minutes)
    yield from _agenda(minutes)
    yield from _documents(minutes)


def back(minutes: Minutes) -> Iterator[Block]:
    """What stands after them."""
    yield from _decided(minutes)
    yield from _votes(minutes.votes)
    yield from _corrections(minutes)
    yield from _refused(minutes)
    yield from _bookmarks(minutes)
    yield Heading(2, say("The record"))
    yield from map(Paragraph, said.rests_on(minutes))


def _in_brief(minutes: Minutes) -> Iterator[Block]:
    yield Heading(2, say("In brief"))
    if minutes.decisions:
        yield Items(tuple(Paragraph(said.decision_title(each)) for each in minutes.decisions))
    else:
        yield Paragraph(say("Nothing was decided."))


def _decided(minutes: Minutes) -> Iterator[Block]:
    if minutes.decisions:
        yield Heading(2, say("Decisions, as adopted"))
    for decision in minutes.decisions:
        yield from _decision(decision)


def _decision(decision: Decision) -> Iterator[Block]:
    yield Heading(3, said.decision_title(decision))
    yield Paragraph(said.how_adopted(decision))
    if decision.text:
        yield Paragraph(decision.text)
    if decision.parts:
        yield Items(tuple(Paragraph(labelled(name, text)) for name, text in decision.parts.items()))
    if decision.terms:
        yield Items(tuple(Paragraph(labelled(name, value)) for name, value in decision.terms.items()))
    if decision.mandate:
        yield Paragraph(say("The mandate:"))
        yield Items(tuple(Paragraph(line) for line in decision.mandate))
    if decision.vote is not None:
        found = said.names_by_status(decision.vote.said)
        yield Items(tuple(Paragraph(labelled(status, who)) for status, who in found))


def _present(minutes: Minutes) -> Iterator[Block]:
    yield Heading(2, say("Who took part"))
    people = any(each.people for each in minutes.present)
    heads = [say("delegation or office"), say("as"), say("entries")] + ([say("for it")] if people else [])
    rows = [
        (
            said.called(each),
            said.capacity(each),
            str(each.entries),
            *((", ".join(each.people),) if people else ()),
        )
        for each in minutes.present
    ]
    yield Grid(tuple(heads), tuple(rows))


def _agenda(minutes: Minutes) -> Iterator[Block]:
    if minutes.agenda:
        yield Heading(2, say("Agenda"))
        yield Items(
            tuple(
                Paragraph(say("{id}. {title}: {stands}", id=name, title=title, stands=said.stands(word)))
                for name, title, word in minutes.agenda
            )
        )


def _documents(minutes: Minutes) -> Iterator[Block]:
    if minutes.papers:
        yield Heading(2, say("Documents"))
        heads = (say("document"), say("title"), say("what it is"), say("revisions"))
        rows = tuple((p.id, p.title, said.document(p), str(p.revision)) for p in minutes.papers)
        yield Grid(heads, rows)


def _meeting(minutes: Minutes, sat: Sat) -> Iterator[Block]:
    yield Heading(2, said.meeting_title(minutes, sat))
    yield Paragraph(said.meeting_period(sat))
    day = None
    for line in sat.lines:
        if line.at.date() != day:
            day = line.at.date()
            yield Heading(3, said.day(line.at))
        yield from _line(minutes, line)


def _line(minutes: Minutes, line: Line) -> Iterator[Block]:
    who = said.spoken(line, minutes.names)
    what = labelled(who, line.sentence) if who else line.sentence
    parts = {"number": line.number, "time": said.clock(line), "what": what, "article": line.article}
    if line.article:
        yield Paragraph(say("[{number}] {time} {what} ({article})", **parts))
    else:
        yield Paragraph(say("[{number}] {time} {what}", **parts))
    more = (*line.more, *((line.why,) if line.why else ()), *said.read_instead(line))
    if more:
        yield Items(tuple(Paragraph(each) for each in more))


def _votes(votes: tuple[Vote, ...]) -> Iterator[Block]:
    if votes:
        yield Heading(2, say("Votes"))
        heads = (say("vote"), say("on"), say("how"), say("outcome"), say("entry"))
        rows = tuple(
            (
                vote.ballot,
                say("{proposal}, part {part}", proposal=vote.step, part=vote.part)
                if vote.part
                else vote.step,
                said.how_decided(vote),
                said.outcome(vote),
                str(vote.entry),
            )
            for vote in votes
        )
        yield Grid(heads, rows)


def _corrections(minutes: Minutes) -> Iterator[Block]:
    if minutes.corrected:
        yield Heading(2, say("Corrections"))
        for line in minutes.corrected:
            yield Paragraph(say("Entry {number} reads: {text}", number=line.number, text=line.sentence))
            yield Items(tuple(Paragraph(each) for each in said.read_instead(line)))


def _refused(minutes: Minutes) -> Iterator[Block]:
    found = minutes.refused
    if found:
        yield Heading(2, say("Out of order"))
        yield Paragraph(
            plural(
                "{n} thing was refused, and changed nothing.",
                "{n} things were refused, and changed nothing.",
                len(found),
            )
        )
        yield Items(
            tuple(
                Paragraph(
                    say(
                        "[{number}] {who}: {why}",
                        number=each.number,
                        who=said.spoken(each, minutes.names),
                        why=each.why,
                    )
                )
                for each in found
            )
        )


def _bookmarks(minutes: Minutes) -> Iterator[Block]:
    if minutes.bookmarks:
        yield Heading(2, say("Marked places"))
        yield Items(
            tuple(
                Paragraph(say("[{number}] {text}", number=number, text=text))
                for number, text in minutes.bookmarks
            )
        )
