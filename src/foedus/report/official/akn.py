"""Official minutes as Akoma Ntoso 3.0 (OASIS LegalDocML): a `debate`, whose votes and decisions machines can find.

Lines stand in a `debateSection` for each meeting, attendance in `rollCall`, decisions in `resolutions`, votes with
their counts in the analysis. A council of states is no document of one of them: its country is `xx`, which ISO 3166
leaves to users. Names of people are not in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from foedus.council.fields import instant
from foedus.report.deeds import OFFICE
from foedus.report.journal import Line
from foedus.report.official import said
from foedus.report.official.minutes import Minutes, Sat
from foedus.report.printable import printable
from foedus.words.speech import say

SPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
COUNTRY = "xx"
LANGUAGES: Mapping[str, str] = {"en": "eng", "fr": "fra", "ru": "rus"}
"""As ISO 639-2 has them."""
SPOKEN = ("yield", "point", "ask")
"""Kinds of acts whose words were spoken."""

register_namespace("", SPACE)


def to_akn(minutes: Minutes) -> bytes:
    """The document, in UTF-8."""
    root = Element(_tag("akomaNtoso"))
    debate = _put(root, "debate", name="minutes", contains="singleVersion")
    _meta(debate, minutes)
    preface = _put(debate, "preface", eId="preface")
    _text(_put(_put(preface, "longTitle", eId="preface__longTitle"), "p"), "docTitle", said.heading(minutes))
    body = _put(debate, "debateBody", eId="body")
    _present(body, minutes)
    _papers(body, minutes)
    for sat in minutes.meetings:
        _sat(body, minutes, sat)
    _decisions(body, minutes)
    conclusions = _put(debate, "conclusions", eId="conclusions")
    for words in said.rests_on(minutes):
        _text(conclusions, "p", words)
    indent(root)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _tag(name: str) -> str:
    return f"{{{SPACE}}}{name}"


def _put(parent: Element, tag: str, /, **attributes: str) -> Element:
    return SubElement(parent, _tag(tag), {key: printable(value) for key, value in attributes.items()})


def _text(parent: Element, tag: str, words: str, /, **attributes: str) -> Element:
    made = _put(parent, tag, **attributes)
    made.text = printable(words)
    return made


def _slug(words: str) -> str:
    """A part of an address or a name: letters, figures and hyphens."""
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in words.lower()).strip("-") or "minutes"


# ---- what the document is ----


def _days(minutes: Minutes) -> tuple[date, date]:
    days = [line.at.date() for line in minutes.lines] or [date(1, 1, 1)]
    return days[0], days[-1]


def _meta(debate: Element, minutes: Minutes) -> None:
    meta = _put(debate, "meta")
    first, last = _days(minutes)
    language = LANGUAGES.get(minutes.language, "mul")
    work = f"/akn/{COUNTRY}/debate/{_slug(minutes.organ)}/{first}/{_slug(minutes.room)}"
    expression = f"{work}/{language}@{last}"
    identification = _put(meta, "identification", source="#foedus")
    made = _level(identification, "FRBRWork", f"{work}/!main", work, first, "session")
    _put(made, "FRBRcountry", value=COUNTRY)
    _put(made, "FRBRname", value=minutes.title)
    made = _level(identification, "FRBRExpression", f"{expression}/!main", expression, last, "minutes")
    _put(made, "FRBRlanguage", language=language)
    made = _level(
        identification, "FRBRManifestation", f"{expression}/!main.xml", f"{expression}.akn", last, "export"
    )
    _put(made, "FRBRformat", value="application/akn+xml")
    _analysis(meta, minutes)
    _references(meta, minutes)


def _level(parent: Element, level: str, this: str, uri: str, on: date, what: str) -> Element:
    made = _put(parent, level)
    _put(made, "FRBRthis", value=this)
    _put(made, "FRBRuri", value=uri)
    _put(made, "FRBRdate", date=on.isoformat(), name=what)
    _put(made, "FRBRauthor", href="#organ" if level == "FRBRWork" else "#foedus")
    return made


def _analysis(meta: Element, minutes: Minutes) -> None:
    if not minutes.votes:
        return
    analysis = _put(_put(meta, "analysis", source="#foedus"), "parliamentary")
    for vote in minutes.votes:
        made = _put(
            analysis,
            "voting",
            eId=f"vote_{vote.entry}",
            outcome=f"#{_concept(vote.word)}",
            href=f"#e{vote.entry}",
        )
        for status, who in vote.said.items():
            name = f"vote_{vote.entry}__{_concept(status)}"
            _put(made, "count", eId=name, value=str(len(who)), refersTo=f"#{_concept(status)}")


def _concept(word: str) -> str:
    return "c-" + word.replace(" ", "-")


def _references(meta: Element, minutes: Minutes) -> None:
    found = _put(meta, "references", source="#foedus")
    base = f"/akn/ontology/{{}}/{COUNTRY}/{{}}"
    _refer(found, "TLCOrganization", "foedus", "/akn/ontology/organization/foedus", "Foedus")
    _refer(
        found, "TLCOrganization", "organ", base.format("organization", _slug(minutes.organ)), minutes.organ
    )
    for each in minutes.present:
        kind = "TLCRole" if each.code in OFFICE else "TLCOrganization"
        where = base.format("role" if kind == "TLCRole" else "organization", _slug(each.code))
        _refer(found, kind, _agent(each.code), where, said.called(each))
    known = {_agent(each.code) for each in minutes.present}
    for code in dict.fromkeys(line.by for line in minutes.lines if line.by and _agent(line.by) not in known):
        _refer(found, "TLCRole", _agent(code), base.format("role", _slug(code)), code)
    words = dict.fromkeys(word for vote in minutes.votes for word in (vote.word, *vote.said))
    for word in words:
        _refer(found, "TLCConcept", _concept(word), f"/akn/ontology/concept/{_slug(word)}", word)


def _refer(parent: Element, kind: str, name: str, href: str, called: str) -> None:
    _put(parent, kind, eId=name, href=href, showAs=called or name)


def _agent(code: str) -> str:
    return "a-" + "".join(c if c.isalnum() else "-" for c in code)


# ---- what was said and done ----


def _present(body: Element, minutes: Minutes) -> None:
    call = _put(body, "rollCall", eId="present")
    _text(call, "heading", say("Who took part"))
    for each in minutes.present:
        line = _put(call, "p")
        kind = "role" if each.code in OFFICE else "organization"
        _text(line, kind, said.called(each), refersTo=f"#{_agent(each.code)}")
        line[-1].tail = printable(f": {said.capacity(each)}")


def _papers(body: Element, minutes: Minutes) -> None:
    if not minutes.papers:
        return
    papers = _put(body, "papers", eId="papers")
    _text(papers, "heading", say("Documents"))
    for paper in minutes.papers:
        words = say("{id}. {title}: {what}", id=paper.id, title=paper.title, what=said.document(paper))
        _text(papers, "p", words)


def _sat(body: Element, minutes: Minutes, sat: Sat) -> None:
    section = _put(body, "debateSection", eId=f"meeting_{sat.number}", name="meeting")
    _text(section, "heading", said.meeting_title(minutes, sat))
    _text(section, "subheading", said.meeting_period(sat))
    for line in sat.lines:
        _line(section, line)


def _line(section: Element, line: Line) -> None:
    """Spoken words are a speech; whatever else happened is told."""
    words = (line.sentence, *line.more, *((line.why,) if line.why else ()))
    if line.kind in SPOKEN and line.by and not line.refused:
        began = instant(line.real or line.at)
        made = _put(section, "speech", eId=f"e{line.number}", by=f"#{_agent(line.by)}", startTime=began)
        _text(made, "from", line.by)
        for each in words:
            _text(made, "p", each)
        last = made[-1]
    else:
        status = {"status": "edited"} if line.corrections else {}
        made = _put(section, "narrative", eId=f"e{line.number}", **status)
        made.text = printable(f"[{line.number}] ")
        when = _text(made, "recordedTime", said.clock(line), type="startEvent", time=instant(line.at))
        when.tail = " "
        if line.by:
            kind = "role" if line.by in OFFICE or not line.by.isupper() else "organization"
            _text(made, kind, line.by, refersTo=f"#{_agent(line.by)}").tail = ": "
        told = " ".join(words) + (f" ({line.article})" if line.article else "")
        if len(made):
            made[-1].tail = (made[-1].tail or "") + printable(told)
        last = made
    for each in said.read_instead(line):
        _text(last, "remark", each, status="edited")


def _decisions(body: Element, minutes: Minutes) -> None:
    for decision in minutes.decisions:
        section = _put(body, "resolutions", eId=f"decision_{decision.number.replace('/', '_')}")
        _text(section, "num", decision.number)
        _text(section, "heading", decision.title)
        _text(section, "subheading", said.how_adopted(decision))
        lines = (decision.text, *decision.parts.values(), *decision.mandate)
        for words in filter(None, lines):
            _text(section, "p", words)
