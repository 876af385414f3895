"""Pages as obligations, on a page of our own in which every condition stands once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.diagnostics.problem import Refused
from foedus.ir.norm import Program
from foedus.library import Library
from foedus.obligations.beside import beside, numbers
from foedus.obligations.intervals import Interval, governed, held, numbered
from foedus.obligations.kept import as_plain, from_pages, from_plain
from foedus.obligations.obligation import CONDITIONS, Obligation
from foedus.obligations.pages import Drawn, draw
from foedus.obligations.pledges import rules
from foedus.obligations.probe import FULL, NOTHING, PROBES, SECOND, STRANGER, Stage, fires
from foedus.obligations.treatment import Table, changed, rows, treatment
from foedus.terms.states import STATES
from foedus.terms.time import day

BOND = Path(__file__).with_name("bond.md")
BAV, SAX, HAN, WRT = 245, 269, 240, 271


@cache
def bond() -> Program:
    loaded = Library(extra=(BOND,), trials=False).load(["bond"])
    assert not loaded.errors, loaded.errors
    return loaded.program


@cache
def drawn(*, published: bool = False) -> Drawn:
    return draw(bond(), published=published, only=["bond"])


def of(norm: str, debtor: int = SAX, beneficiary: int = BAV, **more: bool) -> list[Obligation]:
    found = drawn(**more).rows
    return [r for r in found if (r.norm, r.debtor, r.beneficiary) == (f"bond.{norm}", debtor, beneficiary)]


def test_a_named_adversary_is_a_difference_of_two_probes() -> None:
    stage, on = Stage(bond()), date(1856, 1, 1)
    norm = next(n for n in bond().norms if n.id == "bond.help" and n.text == "1850")
    assert fires(stage, norm, FULL, on, "SAX", "BAV", "ARV") == 1
    assert fires(stage, norm, FULL, on, "SAX", "BAV") == 0
    assert fires(stage, norm, NOTHING, on, "SAX", "BAV", "ARV") == 0
    assert fires(stage, norm, FULL, on, "SAX", "HAN", "ARV") == 1
    assert fires(stage, norm, FULL, date(1858, 6, 1), "SAX", "HAN", "ARV") == 0, "Hanover is suspended"


def test_conditions_are_found_one_by_one() -> None:
    first, second = of("help")
    assert (first.conditions, second.conditions) == (("adversary",), ("request", "nonstate"))
    assert of("second")[0].conditions == ("number",)
    assert of("joined")[0].conditions == ("unprovoked", "finding")
    assert (of("ward")[0].conditions, of("ward")[0].in_some) == (("nonstate",), ("mobilisation",))
    assert of("talk")[0].in_some == ("owed",), "a clause that nobody read is taken both ways"
    assert all(set(r.conditions) <= CONDITIONS.keys() for r in drawn().rows)


def test_pledges_and_triggers() -> None:
    assert (of("follow")[0].pledge, of("follow")[0].trigger) == ("offense", "own war")
    assert (of("forestall")[0].pledge, of("forestall")[0].trigger) == ("offense", "own war, threatened")
    assert (of("peace")[0].pledge, of("peace")[0].trigger) == ("nonagg", "always")
    assert of("talk")[0].pledge == "consul"
    assert of("help")[0].pledge == "defense"
    assert (of("ward")[0].label, of("ward")[0].assumed) == ("assumed", ("may defeat: how many men",))
    assert of("help")[0].label == "exact"


def test_what_gives_no_row_is_named() -> None:
    assert {(u.norm, u.why) for u in drawn().refused} == {("bond.speak", "right"), ("bond.tell", "organ")}


def test_days_texts_and_lives() -> None:
    first, second = of("help")
    assert (str(first.start), str(first.until)) == ("1850-06-01", "1860-06-01")
    assert (str(second.start), second.until) == ("1860-06-01", None)
    assert (str(first.signed), str(first.in_force)) == ("1850-01-01", "1850-06-01")
    spells = [(str(r.start), str(r.until), r.unconfirmed) for r in of("peace", SAX, HAN)]
    assert spells == [("1855-01-01", "1858-01-01", True), ("1859-01-01", "1866-09-20", True)]
    assert all(r.signed is None for r in of("peace", SAX, HAN)), "Hanover did not sign in 1850"
    assert first.basis == "Article 1 · Help"


def test_a_secret_text_counts_as_agreed_or_as_published() -> None:
    ends = [str(r.until) for r in of("help", published=True)]
    assert ends == ["1865-01-01", "None"]
    assert [str(r.until) for r in of("help")] == ["1860-06-01", "None"]


def test_two_texts_of_one_day_of_which_one_is_secret() -> None:
    program = Library(trials=False).load(["ukpol", "triple"]).program
    agreed, public = (draw(program, published=known, only=["ukpol", "triple"]) for known in (False, True))
    first = [next(r for r in found.rows if r.norm == "ukpol.assist") for found in (agreed, public)]
    assert [str(r.start) for r in first] == ["1939-08-25", "1939-08-25"]
    assert [r.conditions for r in first] == [("adversary",), ()], (
        "the protocol names Germany, the treaty nobody"
    )
    assert {u.why for u in public.refused if u.norm == "triple.assist"} == {"secret"}


def test_what_is_borne_together_is_one_group() -> None:
    together = {r.group for r in drawn().rows if r.norm == "bond.talk" and r.beneficiary == BAV}
    assert together == {"bond.talk@1850>BAV", "bond.talk@1860>BAV"}
    assert {r.group for r in drawn().rows if r.norm == "bond.help"} == {""}


def test_the_class_of_pairs_stands_for_each_pair() -> None:
    """A pair that the condition cannot tell from another is not lowered again: lowered, it comes to the same."""
    stage, on = Stage(bond()), date(1862, 1, 1)
    for norm in (
        n for n in bond().norms if n.kind == "duty" and n.text in (None, "1860") and n.id != "bond.tell"
    ):
        for probe in PROBES:
            pairs = [("SAX", "BAV"), ("BAV", "SAX"), ("WRT", "HAN"), ("HAN", "BAV")]
            assert len({fires(stage, norm, probe, on, d, v) for d, v in pairs}) == 1, (norm.id, probe.name)


def test_numbers_of_a_state_cut_its_intervals() -> None:
    whole = Interval(day("1940-01-01"), day("1995-01-01"))
    found = [(str(piece.start), str(piece.until), n) for piece, n in numbered(whole, "DEU")]
    assert found == [
        ("1940-01-01", "1945-05-08", (255,)),
        ("1945-05-08", "1949-05-23", (None,)),
        ("1949-05-23", "1990-10-03", (260,)),
        ("1990-10-03", "1995-01-01", (255,)),
    ]


days = st.dates(date(1800, 1, 1), date(1830, 1, 1))


@given(st.lists(days, min_size=4, max_size=4, unique=True))
def test_intervals_meet_and_part_as_sets_of_days_do(four: list[date]) -> None:
    a, b = sorted(four[:2]), sorted(four[2:])
    one, other = (Interval(day(str(x)), day(str(y))) for x, y in (a, b))

    def among(interval: Interval | None, on: date) -> bool:
        return interval is not None and interval.holds(on)

    for on in four:
        assert among(one.meet(other), on) == (one.holds(on) and other.holds(on))
        assert any(i.holds(on) for i in one.minus(other)) == (one.holds(on) and not other.holds(on))


def test_a_state_without_a_number_is_lost_by_name() -> None:
    program = bond()
    instrument = program.instruments["bond"]
    lives = (*instrument.lives, replace(instrument.lives[0], state="ARV"))
    stranger = replace(program, instruments={**program.instruments, "bond": replace(instrument, lives=lives)})
    found = draw(stranger, only=["bond"])
    assert {one.state for one in found.lost} == {"ARV"}
    assert {r.debtor for r in found.rows} == {BAV, SAX, HAN, WRT}


def test_texts_govern_one_after_the_other() -> None:
    texts = governed(bond().instruments["bond"])
    assert [(g.text, str(g.when.start), str(g.when.until)) for g in texts] == [
        ("1850", "1850-06-01", "1860-06-01"),
        ("1860", "1860-06-01", "None"),
    ]
    assert [str(i.start) for i in held(bond().instruments["bond"].lives, "HAN", "party")] == [
        "1855-01-01",
        "1859-01-01",
    ]


def test_stand_ins_are_no_states_of_the_list() -> None:
    assert STRANGER not in STATES
    assert SECOND not in STATES


# ---- tables ----


def test_every_word_of_every_page_has_a_treatment_for_both_engines() -> None:
    library = Library(trials=False)
    known = library.load(sorted(library.pages)).program.vocabulary.predicates
    table = Table()
    for name, predicate in known.items():
        for engine in ("panel", "cascade"):
            treated = table.of(name, predicate.kind, engine)
            assert treated.how != "coin" or treated.source, name
    assert all(row.panel.why for row in rows().values())
    named = {word for word in rows() if not word.startswith("kind:")}
    assert named <= known.keys(), named - known.keys()


def test_a_run_may_replace_a_treatment() -> None:
    words = bond().vocabulary.predicates
    table = changed(["cascade:request=coin:1/2", "force=refused"], words)
    assert table.of("request", "act", "cascade").chance == treatment("coin:0.5").chance
    assert table.of("request", "act", "panel").axis == "request"
    found = draw(bond(), table=changed(["unprovoked=assumed:true"], words), only=["bond"]).rows
    joined = next(r for r in found if r.norm == "bond.joined" and r.debtor == SAX)
    assert joined.conditions == ("finding",)
    assert joined.assumed == ("unprovoked: true",)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("F835", "request"),
        ("F835", "request=perhaps"),
        ("F835", "request=coin:3/2"),
        ("F835", "request=coin:1/0"),
        ("F835", "request=assumed:maybe"),
        ("F835", "request=given:now"),
        ("F836", "reqest=given"),
    ],
)
def test_a_change_that_cannot_be_made(code: str, change: str) -> None:
    with pytest.raises(Refused) as told:
        changed([change], bond().vocabulary.predicates)
    assert [p.code for p in told.value.problems] == [code]


def test_every_rule_for_a_pledge_has_a_reason_and_is_reached() -> None:
    assert all(rule.why for rule in rules())
    kinds = {
        (n.kind, one) for n in bond().norms for one in [n.duty_class] if n.kind in ("duty", "prohibition")
    }
    for kind, duty_class in kinds:
        assert any(rule.kind == kind and rule.duty_class in ("", duty_class) for rule in rules())


# ---- kept, and beside a data set ----


def test_what_is_kept_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert from_plain(as_plain(drawn())) == drawn()
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "bond.md").write_bytes(BOND.read_bytes())
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("foedus.library.shipped", lambda kind: _only_the_vocabulary(tmp_path))
    made = from_pages(pages)
    (kept,) = (tmp_path / "cache").iterdir()
    assert from_pages(pages) == made
    kept.write_text("{}")
    assert from_pages(pages) == made, "what somebody else wrote is drawn anew"
    (pages / "bond.md").write_text(BOND.read_text().replace("until 1866-09-20", "until 1866-01-01"))
    assert from_pages(pages) != made


def _only_the_vocabulary(folder: Path) -> Path:
    few = folder / "few"
    few.mkdir(exist_ok=True)
    words = Path(__file__).parents[2] / "src/foedus/treaties/vocabulary.md"
    (few / "vocabulary.md").write_bytes(words.read_bytes())
    return few


def test_a_page_beside_a_row_of_a_data_set() -> None:
    ours = [r for r in drawn().rows if r.instrument == "bond"]
    row = Obligation(
        SAX,
        BAV,
        "defense",
        None,
        day("1850-01-01"),
        None,
        "atop:99",
        "defense",
        conditions=("number", "location"),
    )
    found = beside(ours, [row, replace(row, pledge="neutral", conditions=())])
    assert found is not None
    assert numbers(bond())["bond"] == ("atop:99",)
    assert found.pledges.shared == ("defense",)
    assert (found.pledges.page, found.pledges.other) == (("offense", "nonagg", "consul"), ("neutral",))
    told = found.conditions["defense"]
    assert (told.shared, told.page, told.other) == (
        ("number",), ("adversary", "request", "unprovoked"), ("location",)
    )  # fmt: skip
    assert found.members.page == (HAN, WRT)
    assert not found.alike
    assert (found.page_days.start.text, found.other_days.start.text) == ("1850-06-01", "1850-01-01")
    assert beside(ours, []) is None
    same = beside([row], [row])
    assert same is not None and same.alike and same.page_days == same.other_days
