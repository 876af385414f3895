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
from tests.web.browser.delegate import Delegate, Serving

pytestmark = pytest.mark.needs_chromium

PEOPLE = {
    "ARM": "Ani", "BLR": "Alena", "KAZ": "Aigul", "KGZ": "Aizada", "RUS": "Anna", "TJK": "Aziza",
    "chair": "Chiara", "secretary": "Sara", "commander": "Carl",
}  # fmt: skip
SIX = ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK")


class Table:
    """All who are in the room."""

    def __init__(self, browser: Browser, served: Serving, watch: Watch) -> None:
        self.people: dict[str, Delegate] = {}
        for seat, name in PEOPLE.items():
            self.people[seat] = Delegate(browser, served.base, served.codes[seat], name, seat)
            watch.over(self.people[seat].page, served.base)

    def __getitem__(self, seat: str) -> Delegate:
        return self.people[seat]

    @property
    def pages(self) -> list[Page]:
        return [each.page for each in self.people.values()]

    def see(self, part: str, words: str | re.Pattern[str]) -> None:
        """Everybody has it on the page, without having loaded it anew."""
        for page in self.pages:
            expect(page.locator(part)).to_contain_text(words)

    def close(self) -> None:
        for each in self.people.values():
            each.context.close()


@pytest.fixture
def served(tmp_path: Path) -> Generator[Serving]:
    made = Serving(tmp_path, "csto-request")
    yield made
    made.end()


@pytest.fixture
def table(browser: Browser, served: Serving, watch: Watch) -> Generator[Table]:
    made = Table(browser, served, watch)
    yield made
    made.close()


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
    assert "The record of csto-request" in served.end()
    checks(record, tmp_path)


def meets(table: Table) -> None:
    chair = table["chair"]
    chair.does("do-chair-meet-open-")
    table.see("#bar-sitting", "Meeting 1 is open")
    table["secretary"].does("do-secretary-item-propose-", title="The request of a member")
    table.see("#agenda", "The request of a member")
    chair.does("do-chair-item-adopt-")
    chair.does("do-chair-item-take-up-")
    for page in table.pages:
        expect(page.locator("#agenda [aria-current]")).to_contain_text("The request of a member")


def asks(table: Table) -> None:
    table["KAZ"].does("allowed-step-ask-KAZ-form")
    table.see("#standing", "asked")


def speaks(table: Table) -> None:
    table["BLR"].does("do-BLR-ask-speech-")
