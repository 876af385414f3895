"""A dossier whose documents are at hand: who copied whom, and what then stands."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from foedus.assessment import traced
from foedus.assessment.assess import assess
from foedus.assessment.check import check
from foedus.assessment.finding import Assessment
from foedus.assessment.traced import compared
from foedus.diagnostics.problem import Refused
from foedus.evidence.standing import Standing, weigh
from foedus.library import Library, Loaded
from foedus.report.html.show import show_page
from foedus.report.json import to_json
from foedus.report.terminal import show_assessment
from foedus.report.why import show_why

GOOD = Path(__file__).parent.parent / "good"
LIBRARY = Library(GOOD, trials=False)

RAID = """Before dawn on Thursday some two hundred armed men crossed the marsh by the old dyke road, cut the wires
at the toll house and set the barges alight. They carried rifles of one make and spoke among themselves in a
tongue that nobody at the landing knew. By noon the harbour office, the granary and the signal tower were in
their hands, and the pilots had been locked in the chapel."""
MARKET = """Our people walked through the lower town on Friday evening. Shutters hung from their hinges along the
whole of Salt Street, two warehouses were still smoking, and women were carrying water up from the quay
because the pumps no longer worked. Nobody could tell us who had given the order to fire, though all of them
had counted eleven volleys between breakfast and the noon bell."""
LEDGER = """The harbour master keeps a book of every boat that passes the boom. On the page for that morning there
are nine lines in his hand and then none, and across the foot of it somebody has drawn a thick stroke in red
chalk. We copied the page, measured the burnt piles, and took away three spent cartridges, which lie sealed
in our office and may be looked at by whoever asks."""
TREATY = """An armed attack against one of the parties shall be considered as an attack against all of them, and each
of them shall at once and with every means at its disposal come to the aid of the party so attacked, if that
party asks for it through whoever can bind it."""
WEATHER = """It has rained in the hills for nine days without a break, and the river stands a hand below the second
mark. Ferries have stopped. The mail goes round by the northern bridge and takes two days longer than it
should, so that this letter may reach you after the next one."""

HEAD = """# The raid

```record
dossier raid "The raid"
  on 2020-07-20
  concerning ARV
  assess lir
  party to the dispute ARV
speaker BOREMB "the embassy of Bor" for BOR
speaker CADEMB "the embassy of Cad" for CAD
speaker GAZETTE "The Dyke Gazette"
speaker COURIER "The Quay Courier"
speaker WIRE "Marsh Wire"
speaker MISSION "the Observer Mission"
someone raiders "the raiders"
{sources}
fact a1 force(raiders, ARV) on 2020-07-12 "the raid"
{claims}
```
"""


class Crisis:
    """A dossier in a folder, with the texts of its documents beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sources: list[str] = []
        self.claims: list[str] = []
        (folder / "documents").mkdir()

    def source(self, name: str, by: str, *text: str, lines: Iterable[str] = (), claim: str = "") -> Crisis:
        """A source with its text (none: not at hand) and its claim on the raid (a quotation, or `claims`)."""
        self.sources += [f'source {name} "Paper {name}"', f"  by {by}", *(f"  {line}" for line in lines)]
        if text:
            (self.folder / "documents" / f"{name}.txt").write_text("\n\n".join(text), encoding="utf-8")
        if claim:
            quote = "" if claim == "claims" else f' "{claim}"'
            self.claims.append(f"  asserts {by} [{name}]{quote}")
        return self

    def read(self) -> Loaded:
        page = HEAD.format(sources="\n".join(self.sources), claims="\n".join(self.claims))
        (self.folder / "dossier.md").write_text(page, encoding="utf-8")
        return LIBRARY.dossier(str(self.folder))

    def loaded(self) -> Loaded:
        found = compared(self.read())
        assert not found.errors, found.problems
        return found

    def codes(self) -> list[str]:
        return [problem.code for problem in self.loaded().problems]

    def answer(self) -> Assessment:
        found = self.loaded()
        assert found.dossier is not None
        return assess(found.dossier, found.program)

    def standing(self) -> Standing:
        found = self.loaded().dossier
        assert found is not None
        return weigh(found.record)["a1"]


@pytest.fixture
def crisis(tmp_path: Path) -> Crisis:
    return Crisis(tmp_path)


def reasons(standing: Standing) -> list[str]:
    return [str(why) for component in standing.components for why in component.reasons]


def test_two_embassies_with_one_statement_are_one_source(crisis: Crisis) -> None:
    crisis.source("bor", "BOREMB", RAID, WEATHER, TREATY, claim="armed men crossed the marsh")
    crisis.source("cad", "CADEMB", LEDGER, RAID, MARKET, claim="cut the wires at the toll house")
    unread = crisis.read().dossier
    assert unread is not None
    before = weigh(unread.record)["a1"]
    assert (before.word, before.sources) == ("established", 2)
    after = crisis.standing()
    assert (after.word, after.documents, after.sources) == ("asserted", 2, 1)
    assert reasons(after) == [
        "the words quoted from bor and cad stand in one passage of 72 words that both have"
    ]


def test_where_dates_tell_which_was_first_the_copy_hangs_on_its_origin(crisis: Crisis) -> None:
    crisis.source(
        "bor", "BOREMB", RAID, WEATHER, lines=["date 2020-07-13"], claim="armed men crossed the marsh"
    )
    crisis.source(
        "cad",
        "CADEMB",
        RAID,
        MARKET,
        TREATY,
        lines=["date 2020-07-15"],
        claim="cut the wires at the toll house",
    )
    standing = crisis.standing()
    [one] = standing.components
    assert (standing.word, [claim.source for claim in one.witnesses]) == ("asserted", ["bor"])
    assert reasons(standing) == [
        "the words quoted from cad stand in a passage of 72 words that it has from bor"
    ]


def test_a_quotation_is_found_with_a_word_changed(crisis: Crisis) -> None:
    mended = RAID.replace("the wires at the toll house", "the wire at the toll house")
    crisis.source(
        "bor", "BOREMB", RAID, WEATHER, TREATY, claim="cut the wires at the toll house and set the barges"
    )
    crisis.source(
        "cad", "CADEMB", mended, MARKET, LEDGER, claim="cut the wires at the toll house and set the barges"
    )
    assert crisis.standing().word == "asserted"


def test_most_of_a_document_counts_without_a_quotation_and_less_is_only_told(crisis: Crisis) -> None:
    crisis.source("bor", "BOREMB", RAID, claim="claims")
    crisis.source("cad", "CADEMB", RAID, WEATHER[:120], claim="claims", lines=["date 2020-07-15"])
    assert crisis.standing().word == "asserted"


def test_less_than_most_is_only_told(crisis: Crisis) -> None:
    crisis.source("bor", "BOREMB", RAID, MARKET, LEDGER, claim="claims")
    crisis.source("cad", "CADEMB", RAID, WEATHER, TREATY, claim="claims")
    assert crisis.standing().word == "established"
    assert [problem.code for problem in check((str(crisis.folder),), GOOD)[0]] == ["F645"]
    said = show_assessment(crisis.answer())
    assert "Texts of the sources\n  The texts of 2 of 2 sources were at hand and compared." in said
    assert "share 72 words" in said and "declares no derivation" in " ".join(said.split())


def test_a_quotation_in_words_of_its_own_is_a_word_of_its_own(crisis: Crisis) -> None:
    """The courier prints the gazette's report, and adds what its own people saw."""
    crisis.source("gazette", "GAZETTE", RAID, LEDGER, claim="claims", lines=["date 2020-07-13"])
    crisis.source(
        "courier", "COURIER", RAID, LEDGER, MARKET, claim="counted eleven volleys", lines=["date 2020-07-14"]
    )
    assert (crisis.standing().word, crisis.standing().sources) == ("established", 2)


def test_a_quotation_that_stands_in_own_words_too_ties_nothing(crisis: Crisis) -> None:
    crisis.source("bor", "BOREMB", RAID, WEATHER, MARKET, claim="crossed the marsh by the old dyke road")
    said = f"We saw it ourselves: they crossed the marsh by the old dyke road. {LEDGER} {TREATY}"
    crisis.source("cad", "CADEMB", RAID, said, claim="crossed the marsh by the old dyke road")
    assert crisis.standing().word == "established"


def test_two_who_quote_one_treaty_are_no_copies_of_each_other(crisis: Crisis) -> None:
    crisis.source("bor", "BOREMB", f"{TREATY} {WEATHER}", claim="at once and with every means")
    crisis.source("cad", "CADEMB", f"{MARKET} {TREATY}", claim="at once and with every means")
    assert crisis.standing().word == "asserted"  # nobody has said yet that it is a treaty's text
    (crisis.folder / "documents" / "lir.txt").write_text(f"Article 1\n\n{TREATY}\n", encoding="utf-8")
    answer = crisis.answer()
    assert (answer.standings["a1"].word, crisis.codes()) == ("established", [])
    assert "The texts of 2 of 2 sources were at hand and compared." in show_assessment(answer)


def test_what_lies_in_the_folder_of_known_texts_may_be_quoted_by_anybody(crisis: Crisis) -> None:
    """Also if it is a source of the dossier: who quotes a decree does not derive from it."""
    crisis.source("decree", "ARV", TREATY)
    crisis.source("bor", "BOREMB", WEATHER, TREATY, claim="at once and with every means")
    crisis.source("cad", "CADEMB", TREATY, MARKET, claim="at once and with every means")
    assert crisis.standing().word == "asserted"
    known = crisis.folder / "documents" / "known"
    known.mkdir()
    (known / "decree-of-may.txt").write_text(TREATY, encoding="utf-8")
    assert (crisis.standing().word, crisis.codes()) == ("established", [])
    (known / "empty.txt").write_text("", encoding="utf-8")
    assert crisis.codes() == ["F648"]


def test_a_folder_of_known_texts_that_lies_elsewhere_is_refused(crisis: Crisis, tmp_path: Path) -> None:
    crisis.source("bor", "BOREMB", WEATHER, claim="claims")
    (tmp_path / "private").mkdir()
    (crisis.folder / "documents" / "known").symlink_to(tmp_path / "private")
    with pytest.raises(Refused) as refused:
        crisis.loaded()
    assert refused.value.problems[0].code == "F017"


def test_two_who_quote_one_speech_are_no_copies_of_each_other(crisis: Crisis) -> None:
    said = f"“{RAID}”"
    crisis.source(
        "gazette", "GAZETTE", f"The minister spoke at noon. {said} {WEATHER}", claim="set the barges"
    )
    crisis.source("courier", "COURIER", f"{LEDGER} He told the house this: {said}", claim="set the barges")
    assert (crisis.standing().word, crisis.codes()) == ("established", [])


def test_a_derivation_of_which_only_a_treaty_is_common_is_not_borne_out(crisis: Crisis) -> None:
    crisis.source("bor", "BOREMB", TREATY, WEATHER, claim="claims")
    crisis.source("cad", "CADEMB", MARKET, TREATY, claim="claims", lines=['derives from bor "repeats it"'])
    (crisis.folder / "documents" / "lir.txt").write_text(TREATY, encoding="utf-8")
    assert crisis.codes() == ["F646"]
    assert to_json(crisis.answer())["texts"]["declared"][0]["why"] == (
        "what cad and bor share is from a third text, lir"
    )


def test_a_press_review_ties_nobody_whom_it_prints(crisis: Crisis) -> None:
    crisis.source("bor", "BOREMB", RAID, claim="cut the wires", lines=["date 2020-07-13"])
    crisis.source("mission", "MISSION", MARKET, claim="counted eleven volleys", lines=["date 2020-07-13"])
    crisis.source("review", "GAZETTE", RAID, MARKET, claim="cut the wires", lines=["date 2020-07-16"])
    standing = crisis.standing()
    assert (standing.word, standing.documents, standing.sources) == ("established", 3, 2)
    assert sorted(c.documents for c in standing.components) == [("bor", "review"), ("mission",)]


def test_a_document_that_copies_both_sides_undoes_neither(crisis: Crisis) -> None:
    """Whoever wants a fact unestablished prints both of its witnesses, and speaks elsewhere too."""
    crisis.source("bor", "BOREMB", RAID, claim="claims", lines=["date 2020-07-13"])
    crisis.source("mission", "MISSION", MARKET, claim="claims", lines=["date 2020-07-13"])
    assert crisis.standing().word == "established"
    crisis.source("mix", "GAZETTE", RAID, MARKET, claim="claims", lines=["date 2020-07-16"])
    crisis.source("own", "GAZETTE", WEATHER, claim="claims", lines=["date 2020-07-17"])
    assert crisis.standing().word == "established"


def test_a_wire_story_in_three_outlets_is_one_source(crisis: Crisis) -> None:
    crisis.source("wire", "WIRE", RAID, lines=["date 2020-07-12", 'publisher "Marsh Wire"'], claim="claims")
    for n, by in enumerate(("GAZETTE", "COURIER", "MISSION")):
        crisis.source(f"outlet{n}", by, f"(Marsh Wire) {RAID}", claim="claims", lines=["date 2020-07-12"])
    standing = crisis.standing()
    assert (standing.word, standing.documents, standing.sources) == ("asserted", 4, 1)
    [one] = standing.components
    assert [claim.source for claim in one.witnesses] == ["wire"]
    assert reasons(standing) == [
        f"outlet{n} has 72 words of wire, 72 of them word for word, and names it: “Marsh Wire”"
        for n in range(3)
    ]


def test_three_outlets_in_a_chain_are_one_source_and_told_link_by_link(crisis: Crisis) -> None:
    second = RAID.replace("two hundred", "three hundred").replace("granary", "corn store")
    third = second.replace("rifles of one make", "new rifles")
    for n, (by, text) in enumerate((("WIRE", RAID), ("GAZETTE", second), ("COURIER", third)), 1):
        crisis.source(f"day{n}", by, text, claim="claims", lines=[f"date 2020-07-1{n + 2}"])
    answer = crisis.answer()
    assert (answer.standings["a1"].sources, answer.sources) == (1, 1)
    texts = to_json(answer)["texts"]
    assert [(c["first"], c["second"], c["through_another"]) for c in texts["copied"]] == [
        ("day1", "day2", False), ("day1", "day3", True), ("day2", "day3", False)
    ]  # fmt: skip
    assert crisis.codes() == ["F645", "F645"]


def test_a_declared_derivation_is_borne_out_or_not(crisis: Crisis) -> None:
    crisis.source("bor", "BOREMB", RAID, claim="claims")
    crisis.source("cad", "CADEMB", RAID, MARKET, claim="claims", lines=['derives from bor "prints it"'])
    crisis.source("mission", "MISSION", LEDGER, claim="claims", lines=['derives from bor "repeats it"'])
    assert crisis.codes() == ["F646"]
    said = " ".join(show_assessment(crisis.answer()).split())
    assert "mission and bor share no passage, although the dossier declares a derivation" in said


def test_texts_in_two_languages_are_not_judged(crisis: Crisis) -> None:
    russian = (
        "Перед рассветом в четверг около двухсот вооружённых людей перешли болото по старой дороге. " * 3
    )
    french = """Avant l'aube de jeudi quelque deux cents hommes en armes ont traversé le marais par la vieille
    route de la digue, coupé les fils devant le péage et mis le feu aux péniches. Ils portaient des
    fusils d'une seule marque et parlaient entre eux une langue que personne au débarcadère ne
    connaissait. À midi le bureau du port, le grenier et la tour étaient entre leurs mains."""
    crisis.source("bor", "BOREMB", RAID, MARKET, claim="claims")
    crisis.source("ru", "WIRE", russian, claim="claims", lines=['derives from bor "a translation"'])
    crisis.source("fr", "GAZETTE", french, claim="claims", lines=['derives from bor "a translation"'])
    assert crisis.codes() == []
    answer = crisis.answer()
    assert answer.standings["a1"].sources == 1
    said = to_json(answer)["texts"]["declared"]
    assert [(d["copy"], d["borne_out"], d["why"]) for d in said] == [
        ("fr", "not comparable", "not comparable: fr and bor seem to be in two languages"),
        ("ru", "not comparable", "not comparable: ru and bor seem to be in two languages"),
    ]


def test_a_declaration_against_the_dates_is_told_and_stands(crisis: Crisis) -> None:
    crisis.source("bor", "BOREMB", RAID, claim="claims", lines=["date 2020-07-15"])
    crisis.source(
        "cad", "CADEMB", RAID, claim="claims", lines=["date 2020-07-13", 'derives from bor "prints it"']
    )
    assert crisis.codes() == ["F647"]
    [one] = crisis.standing().components
    assert [claim.source for claim in one.witnesses] == ["bor"]


def test_a_text_that_cannot_be_read_is_told_and_the_others_are_compared(crisis: Crisis) -> None:
    crisis.source("bor", "BOREMB", RAID, claim="claims")
    crisis.source("cad", "CADEMB", RAID, claim="claims")
    crisis.source("mission", "MISSION", claim="claims")
    (crisis.folder / "documents" / "mission.pdf").write_bytes(b"%PDF-1.4 and nothing of one")
    assert crisis.codes() == ["F648", "F645"]
    assert "The texts of 2 of 3 sources were at hand and compared." in show_assessment(crisis.answer())


def test_texts_may_be_pages(crisis: Crisis) -> None:
    crisis.source("bor", "BOREMB", RAID, claim="claims").source("cad", "CADEMB", claim="claims")
    page = f"<html><head><title>Note</title></head><body><article><p>{RAID}</p></article></body></html>"
    (crisis.folder / "documents" / "cad.html").write_text(page, encoding="utf-8")
    assert crisis.standing().word == "asserted"


def test_without_texts_nothing_changes_and_the_answer_says_so(crisis: Crisis) -> None:
    crisis.source("bor", "BOREMB", claim="claims").source("cad", "CADEMB", claim="claims")
    read = crisis.read()
    assert compared(read) is read
    answer = crisis.answer()
    assert answer.standings["a1"].word == "established"
    assert to_json(answer)["texts"] is None
    assert show_assessment(answer).endswith(
        "No text of the 2 sources was at hand to compare; see --documents.\n"
    )


def test_without_the_libraries_texts_are_left_alone_and_the_answer_says_so(
    crisis: Crisis, monkeypatch: pytest.MonkeyPatch
) -> None:
    crisis.source("bor", "BOREMB", RAID, claim="armed men crossed")
    crisis.source("cad", "CADEMB", RAID, claim="not in the text")
    monkeypatch.setattr(traced, "NEEDED", ("no_such_library",))
    assert crisis.codes() == ["F425"]
    for name in (crisis.folder, crisis.folder / "dossier.md"):
        problems, _, unread = check((str(name),), GOOD, crisis.folder / "documents")
        assert [(problem.code, problem.values.get("library")) for problem in problems] == [
            ("F425", None), ("F698", "no_such_library"),
        ]  # fmt: skip
        assert not unread
    answer = crisis.answer()
    assert answer.standings["a1"].word == "established"
    assert "no passages were compared: what compares them is not installed" in " ".join(
        show_assessment(answer).split()
    )


def test_each_fact_shows_what_collapsed_and_why(crisis: Crisis) -> None:
    crisis.source("bor", "BOREMB", RAID, claim="claims", lines=["date 2020-07-13"])
    crisis.source("cad", "CADEMB", RAID, claim="claims", lines=["date 2020-07-15"])
    said = " ".join(show_why(crisis.answer(), "lir.assist").split())
    assert "(1 source in 2 documents)" in said
    assert "one source: cad has 72 words of bor, 72 of them word for word, and is later" in said


def test_the_page_tells_which_documents_are_one_source_and_what_is_declared_and_not_so(
    crisis: Crisis,
) -> None:
    crisis.source("bor", "BOREMB", RAID, claim="claims", lines=["date 2020-07-13"])
    crisis.source("cad", "CADEMB", RAID, WEATHER[:120], claim="claims", lines=["date 2020-07-15"])
    crisis.source("wire", "WIRE", MARKET, LEDGER, WEATHER, claim="claims", lines=["date 2020-07-13"])
    crisis.source(
        "review",
        "GAZETTE",
        MARKET,
        TREATY * 2,
        claim="claims",
        lines=["date 2020-07-16", 'derives from wire "prints it"'],
    )
    crisis.source("mission", "MISSION", LEDGER[:40], claim="claims", lines=['derives from bor "repeats it"'])
    page = show_page(crisis.answer())
    texts = page[page.index('<section id="texts"') : page.index('<section id="limits"')]
    said = [" ".join(re.sub(r"<[^>]*>", " ", part).split()) for part in re.split("<h3>|<p>", texts)]
    assert said[1] == "The texts of 5 of 5 sources were at hand and compared."
    one, apart, unborne = said[2:]
    assert one.startswith(
        "Counted as one source embassy of Bor , Paper bor 1 and from it → embassy of Cad , Paper"
    )
    assert "cad has 72 words of bor" in one
    assert one.endswith("The dossier declares no derivation.")
    assert apart.startswith("Words in common, and still counted apart") and "review has" in apart
    assert apart.endswith("The dossier declares it.")
    assert unborne.startswith("Declared, and not borne out") and "mission and bor share no passage" in unborne


def test_a_page_without_texts_says_so(crisis: Crisis) -> None:
    page = show_page(crisis.source("bor", "BOREMB", claim="claims").answer())
    assert 'id="texts"' not in page
    assert "No text of the 1 source was at hand to compare" in page


def test_the_order_in_which_sources_are_declared_does_not_matter(tmp_path: Path) -> None:
    rows = [
        ("bor", "BOREMB", (RAID, WEATHER), "cut the wires"), ("cad", "CADEMB", (MARKET, RAID), "cut the wires"),
        ("mission", "MISSION", (MARKET,), "claims"),
    ]  # fmt: skip
    found: set[tuple[object, ...]] = set()
    for n, order in enumerate((rows, rows[::-1], rows[1:] + rows[:1])):
        folder = tmp_path / str(n)
        folder.mkdir()
        made = Crisis(folder)
        for name, by, text, claim in order:
            made.source(name, by, *text, claim=claim)
        standing = made.standing()
        found.add((standing.word, standing.sources, tuple(sorted(reasons(standing)))))
        shutil.rmtree(folder)
    assert len(found) == 1
