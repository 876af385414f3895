"""What moves what, named beforehand: the Kazakhstan dossier, changed by one thing at a time.

For each open question the table names the one change that settles it (a claim taken away or added,
a reading, a closing), and exactly the norms whose answer it moves. No other answer may move.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from foedus.assessment.assess import assess
from foedus.assessment.case import Asked
from foedus.assessment.finding import Assessment
from foedus.evidence.claim import Claim, Source
from foedus.evidence.record import Dossier, Record
from foedus.evidence.standing import weigh
from foedus.library import Library, Loaded
from foedus.report.conditions import Letters
from foedus.report.lead import sentences

Change = Callable[[Record], Record]


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    found = Library().dossier("kazakhstan-2022")
    assert not found.errors
    return found


@pytest.fixture(scope="module")
def before(loaded: Loaded) -> Assessment:
    return answer(loaded)


def answer(loaded: Loaded, change: Change = lambda record: record, asked: Asked | None = None) -> Assessment:
    assert loaded.dossier is not None
    dossier: Dossier = replace(loaded.dossier, record=change(loaded.dossier.record))
    return assess(dossier, loaded.program, asked)


def said(assessment: Assessment) -> dict[tuple[str, str, str | None], tuple[object, ...]]:
    """The answer per norm, bearer and beneficiary: words, and on what they turn."""
    return {
        (f.norm.id, bearer, f.beneficiary): (
            f.granting.word,
            f.granting.turns_on,
            f.on_facts.word,
            f.on_facts.turns_on,
        )
        for f in assessment.findings
        for bearer in f.bearers
    }


def moved(a: Assessment, b: Assessment) -> set[str]:
    one, two = said(a), said(b)
    return {key[0] for key in one.keys() | two.keys() if one.get(key) != two.get(key)}


# ---- changes ----


def without(fact: str, *verbs: str) -> Change:
    """Take away the claims of these verbs about one fact."""
    return lambda r: replace(r, claims=tuple(c for c in r.claims if c.fact != fact or c.verb not in verbs))


def adding(fact: str, verb: str, by: str = "ISL") -> Change:
    """Add one document, of a state that has said nothing so far, with one claim about one fact."""
    source = Source("added", "A document added", by)
    claim = Claim(f"{fact}/added/{verb}", fact, verb, by, "added")  # type: ignore[arg-type]
    return lambda r: replace(r, claims=(*r.claims, claim), sources={**r.sources, "added": source})


def opening(predicate: str) -> Change:
    """Take away the closings of one predicate."""
    return lambda r: replace(r, closings=tuple(c for c in r.closings if c.pattern.predicate != predicate))


def unpresumed(r: Record) -> Record:
    return replace(r, presumptions=())


BY_INVITATION = {"invitation.enter", "charter.force"}
"""Whoever may enter by consent is lifted out of the prohibition: the two move together."""
ASKED = {"cst.assist", "pko.send", *BY_INVITATION}
"""What rests on the request."""

MOVES = [
    pytest.param("directed", without("directed", "disputes"), {"cst.assist"}, id="nobody doubts outside direction"),
    pytest.param("binding", without("binding", "disputes"), ASKED, id="nobody doubts the request"),
    pytest.param("attack", adding("attack", "denies"), {"cst.assist"}, id="somebody denies an armed attack"),
    pytest.param("attack", adding("attack", "disputes"), {"cst.assist"}, id="somebody doubts an armed attack"),
    pytest.param("proper", adding("proper", "disputes"), {"pko.send", "pko.contribute"}, id="the decision is doubted"),
    pytest.param("asked", opening("request"), ASKED, id="other requests are not excluded"),
    pytest.param("withdrawn", unpresumed, ASKED, id="a withdrawal is not presumed away"),
    pytest.param("rightful_asked", without("rightful_asked", "disputes"), BY_INVITATION, id="nor the government"),
    pytest.param("peaceable", without("peaceable", "denies"), BY_INVITATION, id="nobody denies a nonviolent movement"),
    pytest.param("mandated", opening("mandated"), {"charter.force"}, id="a mandate of the Council is not excluded"),
    pytest.param("enough", without("enough", "denies", "disputes"), set(), id="a conclusion answers no question"),
    pytest.param("trained", without("trained", "disputes"), set(), id="training abroad is another question"),
    pytest.param("foreigners", without("foreigners", "disputes"), set(), id="so are foreign fighters"),
    pytest.param("meddling", without("meddling", "disputes"), set(), id="and interference from outside"),
    pytest.param("called_terrorists", adding("called_terrorists", "denies"), set(), id="and the word terrorists"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "change", "expected"), MOVES)
def test_one_change_moves_exactly_what_rests_on_it(
    loaded: Loaded, before: Assessment, question: str, change: Change, expected: set[str]
) -> None:
    assert moved(before, answer(loaded, change)) == expected, question


READINGS = [("any author", ("binding",)), ("external author", ("binding", "directed"))]


@pytest.mark.parametrize(("reading", "turns_on"), READINGS)
def test_a_reading_moves_article_4_alone(
    loaded: Loaded, before: Assessment, reading: str, turns_on: tuple[str, ...]
) -> None:
    after = answer(loaded, asked=Asked(suppose={"cst.aggression": reading}))
    assert moved(before, after) == {"cst.assist"}
    (assist,) = (f for f in after.findings if f.norm.id == "cst.assist")
    assert assist.granting.turns_on == turns_on


INVITED = ("ARM", "BLR", "KGZ", "RUS", "TJK")
CONSENT = {"invitation.limit": "consent is enough"}
RIGHTFUL = {"invitation.authority": "rightful government"}
GIVEN = {**RIGHTFUL, "binding": "yes", "rightful_asked": "yes"}
NO_QUASHING = {"invitation.limit": "not against a nonviolent movement"}
NO_CIVIL_WAR = {"invitation.limit": "not in a civil war"}
CONTROL, TORN = "in_control(asked, KAZ)", "civil_war(KAZ)"
AUTHORITY, LIMIT = "invitation.authority", "invitation.limit"
READINGS_OF_CONSENT = [
    ({}, ("binding", TORN, CONTROL, AUTHORITY, LIMIT, "peaceable", "rightful_asked")),
    ({**CONSENT, **RIGHTFUL}, ("binding", "rightful_asked")),
    ({**CONSENT, AUTHORITY: "effective control"}, ("binding", CONTROL)),
    (GIVEN, (TORN, LIMIT, "peaceable")),
    ({**GIVEN, **NO_QUASHING}, ("peaceable",)),
    ({**GIVEN, **NO_CIVIL_WAR}, (TORN,)),
    ({**GIVEN, **CONSENT}, "lifted"),
    ({**NO_QUASHING, "peaceable": "yes"}, "applies"),
    ({"binding": "no"}, "applies"),
]
"""Suppositions, and on what it then turns whether consent lifts the prohibition; or the prohibition's word."""


@pytest.mark.parametrize(("suppose", "expected"), READINGS_OF_CONSENT)
def test_whether_consent_lifts_the_prohibition_turns_on_its_readings(
    loaded: Loaded, suppose: dict[str, str], expected: str | tuple[str, ...]
) -> None:
    found = answer(loaded, asked=Asked(suppose=suppose, only=("invitation.enter", "charter.force"))).findings
    (enter,) = (f for f in found if f.norm.id == "invitation.enter" and set(f.bearers) == set(INVITED))
    (force,) = (f for f in found if f.norm.id == "charter.force" and set(f.bearers) == set(INVITED))
    if isinstance(expected, tuple):
        assert enter.granting.turns_on == expected
        assert force.granting.turns_on == expected
    else:
        assert force.granting.word == expected
        assert enter.granting.word == {"lifted": "available", "applies": "not available"}[expected]
        assert force.lifted_by == (("invitation.enter",) if expected == "lifted" else ())


def test_towards_kazakhstan_the_uninvited_are_forbidden_force(before: Assessment) -> None:
    (others,) = (f for f in before.findings if f.norm.id == "charter.force" and "USA" in f.bearers)
    assert others.granting.word == "applies"
    assert others.on_facts.word == "applies"
    assert not set(others.bearers) & set(INVITED)


def test_those_who_wrote_on_consent_stand_by_what_they_hold(before: Assessment) -> None:
    holds = {position.speaker: position.holds for position in before.positions}
    assert holds["JUFIL"] == {"invitation.limit": "not against a nonviolent movement", "peaceable": "yes"}
    assert holds["OPINIOJURIS"] == {"invitation.authority": "rightful government"}
    assert set(holds["EJILTALK"]) == {
        "cst.aggression"
    }  # its opening asks about invitation, and holds nothing
    assert "HELAL" not in holds  # wrote of another case: named under the question, without a row
    entry = next(f.id for f in before.findings if f.norm.id == "invitation.enter" and "RUS" in f.bearers)
    force = next(f.id for f in before.findings if f.norm.id == "charter.force" and "RUS" in f.bearers)
    (jufil,) = (position for position in before.positions if position.speaker == "JUFIL")
    assert jufil.verdicts[entry].word == "not available"
    assert jufil.verdicts[force].word == "applies"


def test_no_word_about_outsiders_is_a_word_about_consent_or_force(loaded: Loaded, before: Assessment) -> None:
    for fact in ("directed", "meddling", "trained", "foreigners", "called_terrorists"):
        for verb in ("asserts", "denies"):
            assert not moved(before, answer(loaded, adding(fact, verb))) & BY_INVITATION, fact


def test_every_open_question_moves_those_that_name_it_and_no_other(
    loaded: Loaded, before: Assessment
) -> None:
    for question in before.questions:
        if question.kind in ("unlisted", "date", "order"):
            continue
        rests = {
            f.norm.id for f in before.findings if question.id in (*f.on_facts.turns_on, *f.granting.turns_on)
        }
        answers = [name for name, _ in question.answers] if question.kind == "reading" else ["yes", "no"]
        found = [moved(before, answer(loaded, asked=Asked(suppose={question.id: a}))) for a in answers]
        assert set().union(*found) == rests, question.id


def test_the_answer_in_short(before: Assessment) -> None:
    by_norm = {f.norm.id: f for f in before.findings}
    assert by_norm["cst.consult"].granting.word == "arises"
    assert by_norm["cst.avert"].granting.word == "arises"
    assert by_norm["cst.assist"].granting.turns_on == ("binding", "cst.aggression", "directed")
    assert by_norm["pko.send"].granting.turns_on == ("binding",)
    assert by_norm["cst.assist"].on_facts.settled == "depends"
    assert [q.id for q in before.questions][:3] == ["cst.aggression", "directed", "binding"]


def test_the_lead_says_who_had_to_and_who_could(before: Assessment) -> None:
    lead = [said for _, said in sentences(before, Letters.of(before))]
    assert len(lead) == 5
    assert "had to give the necessary help" in lead[0]
    assert "had to work out" in lead[1]
    assert "could send peacekeepers" in lead[2]
    assert "could send forces into a state that asks for them" in lead[3]
    assert lead[4].endswith("more norms below.")


# ---- the discriminating cases that the issue names ----


def test_without_the_ministrys_text_its_two_copies_are_one_source(loaded: Loaded) -> None:
    assert loaded.dossier is not None
    record = loaded.dossier.record
    shared = [
        fact.id
        for fact in record.facts
        if {c.source for c in record.claims if c.fact == fact.id}
        >= {"mfa-0106", "embassy-india", "ambassador-indonesia"}
    ]
    assert shared
    for fact in shared:
        kept = tuple(
            c
            for c in record.claims
            if c.fact != fact or c.source in ("embassy-india", "ambassador-indonesia")
        )
        sources = {name: s for name, s in record.sources.items() if name != "mfa-0106"}
        standing = weigh(replace(record, claims=kept, sources=sources))[fact]
        assert (standing.documents, standing.sources) == (2, 1)


def test_a_denying_document_turns_disputed_into_contested(loaded: Loaded) -> None:
    assert loaded.dossier is not None
    record = loaded.dossier.record
    assert weigh(record)["order_0107"].word == "disputed"
    assert weigh(adding("order_0107", "denies")(record))["order_0107"].word == "contested"
    assert weigh(adding("order_0107", "disputes")(record))["order_0107"].word == "disputed"


def test_the_text_of_1992_answers_differently_without_closing_a_judgement(
    loaded: Loaded, before: Assessment
) -> None:
    assert loaded.dossier is not None
    judgements = {p.name for p in loaded.program.vocabulary.predicates.values() if p.kind == "judgement"}
    assert not judgements & {c.pattern.predicate for c in loaded.dossier.record.closings}
    (assist,) = (f for f in before.findings if f.norm.id == "cst.assist")
    assert assist.claimed.settled == "depends"
    assert [(text, view.word) for text, view in assist.had_applied] == [("1992", "does not arise")]
    opened = answer(loaded, opening("state"))  # and that without the closing of the author's kind
    (assist,) = (f for f in opened.findings if f.norm.id == "cst.assist")
    assert [(text, view.word) for text, view in assist.had_applied] == [("1992", "does not arise")]


def test_a_listing_by_the_council_is_not_the_parliaments_consent(loaded: Loaded) -> None:
    from foedus.terms.time import day

    later = Asked(on=day("2022-01-07").first)
    with_all = said(answer(loaded, asked=later))
    unlisted = said(answer(loaded, without("listed_kgz", "asserts"), later))
    unconsented = said(answer(loaded, without("leave_kgz", "asserts"), later))
    contribute = ("pko.contribute", "KGZ", "KAZ")
    assert with_all[contribute][0] == "available"
    assert unlisted[contribute] == with_all[contribute]
    assert unconsented[contribute][0] == "depends"


def test_the_tension_about_counter_terrorism_is_flagged_and_not_decided(
    loaded: Loaded, before: Assessment
) -> None:
    pairs = [strain.tension.facts for strain in before.tensions]
    assert ("guard_alone", "assist_ct") in pairs or ("assist_ct", "guard_alone") in pairs
    for fact in ("guard_alone", "assist_ct"):
        assert before.standings[fact].word not in ("refuted", "contested")
    silent = answer(loaded, without("assist_ct", "asserts"))
    assert len(silent.tensions) == len(before.tensions) - 1
    assert moved(before, silent) == set()


def test_conduct_takes_no_side_on_what_is_open(before: Assessment) -> None:
    """Whether troops came uninvited is open, so nobody who sent any has kept or broken Article 2(4)."""
    force = [f for f in before.findings if f.norm.id == "charter.force"]
    assert {c.word for f in force for c in f.conduct} == {"not shown"}
