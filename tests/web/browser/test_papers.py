"""The page of papers in Chromium: handed in from the form, revised, read by another with what changed; a hostile file
is refused in words and what was typed stays."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.web.browser.conftest import Entering
from tests.web.browser.served import Served

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>document.title = "taken"</script></svg>'


def test_a_paper_is_handed_in_revised_and_read(hall: Served, entered_as: Entering, tmp_path: Path) -> None:
    hall.acts("meet", "chair", what="open")
    head = entered_as("head", "BOR", at="papers", may_say="422")
    other = entered_as("observer", at="papers", width=320)
    head.get_by_label("Title").fill("The dam <script>")
    head.locator("#paper-words").fill("The Ward guards the dam.\nIt goes home in May.")
    head.get_by_role("button", name="Put it on the table").click()
    expect(head.locator("#paper-d1")).to_contain_text("The dam <script>")
    expect(other.locator("#paper-d1")).to_contain_text("The dam <script>")

    head.get_by_text("Revise or withdraw d1").click()
    head.locator("#words-d1").fill("The Ward guards the dam.\nIt goes home in June.")
    head.get_by_role("button", name="Hand in the revision").click()
    other.get_by_role("link", name="Revision 1").click()
    expect(other.locator("#reading ins")).to_contain_text("June.")
    expect(other.locator("#reading del")).to_contain_text("May.")
    assert other.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it fits a phone"

    hostile = tmp_path / "position.pdf"
    hostile.write_bytes(SVG)
    head.get_by_label("Title").fill("A drawing")
    head.locator("#paper-file").set_input_files(hostile)
    head.get_by_role("button", name="Put it on the table").click()
    expect(head.get_by_role("alert").first).to_contain_text("web page or a drawing")
    expect(head.get_by_label("Title")).to_have_value("A drawing")
    assert len(hall.room.standing.debate.papers) == 1
