"""A case of the CSTO in real browsers, from the request to the withdrawal: six delegations, the chair, the secretariat
and the commander, each in a browser of its own, do everything by clicking and typing; a silence is broken, a national
consent refused; and the record that is downloaded in the end is whole, apart from the server."""

from __future__ import annotations

import re
from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser.conftest import Watch
from tests.web.browser.delegate import Delegate, Serving, foedus_says

pytestmark = pytest.mark.needs_chromium

PEOPLE = {
    "ARM": "Ani", "BLR": "Alena", "KAZ": "Aigul", "KGZ": "Aizada", "RUS": "Anna", "TJK": "Aziza",
    "chair": "Chiara", "secretary": "Sara", "commander": "Carl",
}  # fmt: skip
SEEN_WITHIN = 15_000
"""Milliseconds: nine browsers and a server share what a machine has."""
LAST = "chair"
"""Who is still there when the server ends, and is told so by the browser."""
NO_ANSWER = "net::ERR_"
SIX = ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK")


class Table:
    """All who are in the room."""

    def __init__(self, browser: Browser, served: Serving, watch: Watch) -> None:
        self.people: dict[str, Delegate] = {}
        for seat, name in PEOPLE.items():
            self.people[seat] = Delegate(browser, served.base, served.codes[seat], name, seat)
            watch.over(self.people[seat].page, served.base, NO_ANSWER if seat == LAST else "")

    def __getitem__(self, seat: str) -> Delegate:
        return self.people[seat]

    @property
    def pages(self) -> list[Page]:
        return [each.page for each in self.people.values()]

    def see(self, part: str, words: str | re.Pattern[str]) -> None:
        """Everybody has it on the page, without having loaded it anew."""
        for page in self.pages:
            expect(page.locator(part)).to_contain_text(words)

    def leave(self, but: str = "") -> None:
        """All close their browsers, or all but one."""
        for seat, each in self.people.items():
            if seat != but:
                each.context.close()


@pytest.fixture
def served(tmp_path: Path) -> Generator[Serving]:
    made = Serving(tmp_path, "csto-request")
    yield made
    made.end()


@pytest.fixture
def table(browser: Browser, served: Serving, watch: Watch) -> Generator[Table]:
    expect.set_options(timeout=SEEN_WITHIN)
    made = Table(browser, served, watch)
    yield made
    made.leave()
    expect.set_options(timeout=5_000)  # Playwright's own


def test_from_request_to_withdrawal(table: Table, served: Serving, tmp_path: Path) -> None:
    meets(table)
    asks(table)
    speaks(table)
    proposes(table)
    breaks_a_silence(table)
    lets_one_pass(table)
    decides(table)
    sends(table)
    goes_home(table)
    record = takes_the_record(table, tmp_path)
    table.leave(LAST)
    assert "The record of csto-request" in served.end()
    checks(record, tmp_path, [each for one in table.people.values() for each in one.sent])


def meets(table: Table) -> None:
    """The meeting is opened, and an item put on its agenda."""
    chair = table["chair"]
    chair.does("do-chair-meet-open-")
    table.see("#bar-sitting", "Meeting 1 is open")
    table["secretary"].does("do-secretary-item-propose-", title="The request of a member")
    table.see("#agenda", "The request of a member")
    chair.does("do-chair-item-adopt-")
    chair.does("do-chair-item-take-up-")
    table.see("#agenda [aria-current]", "The request of a member")


def asks(table: Table) -> None:
    """The request; and what the treaties leave open about it is for the chair to rule on."""
    table["KAZ"].does("allowed-step-ask-KAZ-form")
    table.see("#standing", "asked")
    chair = table["chair"]
    waits = chair.page.locator("#desk-waiting")
    expect(waits).to_contain_text(re.compile(r"“ask the Council for help \(ask_\d+\)” bound Kazakhstan"))
    (form,) = chair.page.locator("form[id^=allowed-rule-binds]").all()
    chair.does(form.get_attribute("id") or "", answer="yes", text="It was made by the head of state.")
    expect(waits).to_have_count(0)
    chair.does("allowed-step-consult-chair-form")
    table.see("#standing", "consulting")


def speaks(table: Table) -> None:
    """The speakers' list, and a right of reply."""
    chair, first, other = table["chair"], table["BLR"], table["ARM"]
    first.does("do-BLR-ask-speech-", text="A draft is ready.")
    table.see("#list", "A draft is ready.")
    chair.does("do-chair-floor-", "Belarus (BLR)")
    table.see("#speaking", "Belarus")
    table.see("#said", "gives the floor to")
    other.does("do-ARM-ask-reply-", "Belarus (BLR)")
    table.see("#list", "a reply to Belarus")
    first.does("do-BLR-yield-")
    chair.does("do-chair-floor-", "Armenia (ARM)")
    table.see("#speaking", "a reply")
    other.does("do-ARM-yield-")
    table.see("#speaking", "Nobody has the floor")


def proposes(table: Table) -> None:
    """A proposal with clauses and a mandate from a draft; one amendment from a draft, one written clause by clause."""
    table["BLR"].takes_its_draft("allowed-propose-decide-BLR")
    table["BLR"].does("allowed-propose-decide-BLR-form")
    table.see("#clauses-p1", "They guard the airport")
    table.see("#mandate-p1", "at most 1000 for all together")
    table["TJK"].takes_its_draft("allowed-amend-p1-TJK")
    table["TJK"].does("allowed-amend-p1-TJK-form")
    table.see("#changes-p2", "sixteen hundred")
    table["KGZ"].does(
        "allowed-amend-p1-KGZ-form", text="An end, and it can be moved.", mandate__until="2022-01-15T12:00",
        parts__3="They take no part in fighting or in the work of the police, unless the Council says so.",
    )  # fmt: skip
    table.see("#changes-p3-3 ins", "police, unless the Council says so.")
    table.see("#changes-p3-3 del", "police.")
    table.see("#changes-mandate-p3 ins", "until 15 January 2022, 12:00")


def breaks_a_silence(table: Table) -> None:
    """Amendments go first. One is put under a time within which a member may object, and a member does."""
    chair = table["chair"]
    expect(chair.page.locator("#desk-put")).to_contain_text("p2")
    form = chair.unfold("allowed-open-p2-0-chair-form")
    expect(form.locator("xpath=ancestor::details[1]/summary")).to_contain_text("pko")  # by which article
    chair.does("allowed-open-p2-0-chair-form", until__hours="24")
    table.see("#ballot-b1-until", "until 6 January 2022")
    table.see("#ballot-b1-left", "Tajikistan")
    for office in ("chair", "secretary", "commander"):  # who has no vote is offered none
        expect(
            table[office].page.locator("form:has([name=kind]:is([value=vote], [value=object]))")
        ).to_have_count(0)
    table["ARM"].does("vote-b1-ARM-object-form", text="A larger force is not what was asked for.")
    table.see("#ballot-b1-broken", "Objection by Armenia (ARM). “A larger force is not what was asked for.”")
    expect(chair.page.locator("#desk-b1-state")).to_contain_text("A member objects: there is no consensus.")
    chair.does("desk-b1-form")
    table.see("#ballot-b1-h", "□ not adopted")


def lets_one_pass(table: Table) -> None:
    """Nobody objects to the other within its time. What that comes to is open on the page: the chair has to rule."""
    chair = table["chair"]
    chair.does("allowed-open-p3-0-chair-form", until__hours="24")
    table.see("#ballot-b2", "By consensus")
    chair.does("do-chair-clock-jump-", until__hours="25")
    table.see("#ballot-b2-until", "Its time is over")
    expect(chair.page.locator("#desk-b2-state")).to_contain_text("It turns on what is open: consensus")
    expect(chair.page.locator("#desk-b2-form")).to_have_count(0)
    expect(chair.page.locator("#desk-waiting")).to_contain_text(
        "“no member objects” or “every member agrees”"
    )
    chair.does(
        "allowed-rule-csto_decide-chair-form",
        answer="no member objects",
        text="So this table understands it.",
    )
    chair.does("desk-b2-form")
    table.see("#ballot-b2-h", "■ adopted")
    table.see("#clauses-p1-3", "unless the Council says so")
    table.see("#mandate-p1", "until 15 January 2022, 12:00")


def decides(table: Table) -> None:
    """The text as amended: all six say that they agree, and the Council has decided."""
    table["chair"].does("allowed-open-p1-0-chair-form", until__hours="24")
    for n, seat in enumerate(SIX, 1):
        table[seat].does(f"vote-b3-{seat}-form", "Agree")
        expect(table["secretary"].page.locator("#ballot-b3-count")).to_contain_text(f"{n} of 6 members")
    for seat in SIX:
        expect(table[seat].page.locator(f"#vote-b3-{seat}-for")).to_have_attribute("aria-pressed", "true")
    table["chair"].does("desk-b3-form")
    table.see("#ballot-b3-h", "■ adopted")
    table.see("#standing", "decided")


def sends(table: Table) -> None:
    """Who contributes needs its own leave: one parliament refuses it; and nobody sends more than the mandate lets."""
    table["secretary"].does("allowed-step-notify-secretary-form")
    table["commander"].does("allowed-step-appoint-CMD-form")
    for seat in ("ARM", "BLR", "RUS", "TJK"):
        table[seat].does(f"allowed-step-authorise-{seat}-form")
    table["KGZ"].does("allowed-step-refuse-KGZ-form", text="Parliament has not consented.")
    expect(table["KGZ"].unfold("refused-list")).to_contain_text("contributor of KGZ is at `refused`")
    expect(table["KGZ"].page.locator("#allowed-step-deploy-KGZ")).to_have_count(0)
    told = table["RUS"].is_refused("allowed-step-deploy-RUS-form", number="400")
    expect(told).to_contain_text("pko · deploy (send its contingent) goes beyond the mandate")
    expect(told).to_contain_text("There is room for 300.")
    for seat in ("ARM", "BLR", "RUS", "TJK"):
        table[seat].does(f"allowed-step-deploy-{seat}-form", number="200")
    table.see("#standing", "running")
    table["commander"].does("allowed-report-commander-form", where="airport", text="Quiet since the morning.")
    matter = table["KAZ"].page
    matter.locator("nav").get_by_role("link", name="The matter").click()
    expect(matter.locator("main")).to_contain_text("Quiet since the morning.")
    matter.locator("nav").get_by_role("link", name="The table").click()


def goes_home(table: Table) -> None:
    """The host moves to end it, nobody objects in time, the contingents leave, and the secretariat reports it."""
    chair = table["chair"]
    table["KAZ"].does("allowed-propose-finish-KAZ-form", text="With thanks.")
    table.see("#proposal-p4", "With thanks.")
    chair.does("allowed-open-p4-0-chair-form", until__hours="24")
    table.see("#ballot-b4", "By consensus")
    chair.does("do-chair-clock-jump-", until__hours="25")
    chair.does("desk-b4-form")
    table.see("#ballot-b4-h", "■ adopted")
    for seat in ("ARM", "BLR", "RUS", "TJK"):
        table[seat].does(f"allowed-step-leave-{seat}-form")
    table["secretary"].does("allowed-step-close-secretary-form")
    table.see("#standing", "over")
    chair.does("do-chair-item-finish-")
    chair.does("do-chair-meet-adjourn-")
    table.see("#bar-sitting", "adjourned")


def takes_the_record(table: Table, folder: Path) -> Path:
    """The record, through the page of the minutes."""
    page = table["secretary"].page
    page.locator("nav").get_by_role("link", name="Minutes").click()
    expect(page.locator("#journal")).to_contain_text("b1: objects")
    with page.expect_download() as coming:
        page.get_by_role("link", name="The record itself").click()
    record = folder / "record.zip"
    coming.value.save_as(record)
    return record


def checks(record: Path, folder: Path, sent: list[tuple[str, int]]) -> None:
    """Without the server: the record is whole, and the rules allow and refuse what was sent, no more and no less."""
    acts = [form for form, status in sent if form.startswith("do-")]
    deeds = [form for form, status in sent if form not in acts and status == 200]
    said = " ".join(foedus_says(folder, "verify", record.name).split())
    told = re.search(
        r"Whole: .* csto-request, (\d+) entries\. .* (\d+) deeds and (\d+) acts allowed, (\d+) refused as",
        said,
    )
    assert told, said
    entries, done, conducted, refused = map(int, told.groups())
    assert (conducted, refused) == (len(acts), len(sent) - len(deeds) - len(acts)) and refused == 1
    assert 0 <= done - len(deeds) <= 2, (
        "the clock wrote down that two silences were over, where the chair was no quicker"
    )
    assert entries == 1 + done + conducted + refused + 2, "the first entry, and twice news from outside"
    minutes = foedus_says(folder, "minutes", record.name)
    assert "Decision 1/2022: decide to send peacekeepers" in minutes
    assert "Decision 2/2022: end the operation" in minutes
    damaged = bytearray(record.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    record.write_bytes(damaged)
    assert "Whole" not in foedus_says(folder, "verify", record.name, fails=True)
