"""A room as browsers have it: what one does all see, in every tab, after every interruption, and without scripts."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

import foedus
from foedus.web.accounts import moment
from foedus.web.assets import address
from tests.web.browser.conftest import Entering, Watch
from tests.web.browser.served import Served

pytestmark = pytest.mark.needs_chromium

NO_ANSWER = "net::ERR_|Failed to load resource: the server responded with a status of 503"
"""What a browser writes to the console when a server is gone."""


def told(page: Page, words: str) -> None:
    expect(page.locator("#bar-told")).to_contain_text(words)
    expect(page.locator("#said")).to_contain_text(words)


def form(page: Page, **fields: str) -> None:
    """A form outside what the server renders, as its own would be."""
    page.evaluate(
        """fields => {
            const form = document.createElement("form");
            const action = location.pathname.replace(/(rooms.[^/]+).*/, "$1/do");
            Object.assign(form, { id: "test", method: "post", action });
            form.dataset.act = "";
            for (const [name, value] of Object.entries(fields)) {
                form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
            }
            form.append(Object.assign(document.createElement("button"), { textContent: "Send" }));
            document.body.prepend(form);
        }""",
        fields,
    )


def test_one_comes_to_the_table(hall: Served, entered_as: Entering) -> None:
    page = entered_as("head", "ARV", name="Asel")
    expect(page.locator("#top")).to_contain_text("Asel")
    expect(page.locator("body")).to_have_attribute("data-entry", str(hall.room.standing.size))
    expect(page.locator("#state")).to_have_text("Connected")


def test_what_is_done_is_seen_and_told_to_all(hall: Served, entered_as: Entering) -> None:
    pages = [entered_as("head", "BOR"), entered_as("observer", language="fr", reduced_motion="reduce")]
    token = hall.joined("chair", "chair")
    for page in pages:
        expect(page.locator("html")).to_have_class("script")
    hall.does(token, "meet", "chair", what="open")
    told(pages[0], "Chair opens the meeting.")
    expect(pages[0].locator("#bar-sitting")).to_have_text("Meeting 1 is open")
    expect(pages[1].locator("#said")).not_to_be_empty()


def test_a_server_that_counts_from_less_after_a_start_is_still_followed(
    hall: Served, entered_as: Entering
) -> None:
    """What was assessed anew is counted since the server was started: the number falls when it is started again."""
    hall.room.extra = 50
    page = entered_as("observer")
    expect(page.locator("#state")).to_have_text("Connected")
    hall.acts("meet", "chair", what="open")
    told(page, "Chair opens the meeting.")
    hall.room.extra = 0
    hall.acts("meet", "chair", what="suspend", until="2031-03-05T08:00:00Z")
    told(page, "Chair suspends the meeting")


def test_the_bar_is_new_on_pages_that_are_not(hall: Served, entered_as: Entering) -> None:
    page = entered_as("secretary", "secretary", at="people")
    expect(page.locator("#state")).to_have_text("Connected")
    page.locator("main").evaluate("main => { main.lastElementChild.textContent = 'shown once'; }")
    hall.acts("meet", "chair", what="open")
    told(page, "Chair opens the meeting.")
    expect(page.locator("#bar-sitting")).to_have_text("Meeting 1 is open")
    expect(page.locator("main")).to_contain_text("shown once")


def test_a_draft_that_was_moved_is_not_filled_in_again(hall: Served, entered_as: Entering) -> None:
    hall.acts("meet", "chair", what="open")
    hall.acts("step", "ARV", step="ask", terms__i="marn")
    hall.acts("step", "chair", step="consult")
    page = entered_as("head", "BOR")
    page.locator("#needs-opens a", has_text="Propose").click()
    page.locator("#allowed-propose-decide-BOR a.button").click()
    expect(page).to_have_url(re.compile("draft="))
    page.locator("#allowed-propose-decide-BOR-do").click()
    expect(page.locator("#proposals")).to_contain_text("The Ward goes to Marn.")
    expect(page).not_to_have_url(re.compile("draft="))
    expect(page.locator("#allowed-propose-decide-BOR")).not_to_have_attribute("open", "")


def test_the_keyboard_stays_where_a_form_was_that_is_gone(hall: Served, entered_as: Entering) -> None:
    hall.acts("meet", "chair", what="open")
    page = entered_as("head", "ARV")
    page.locator("#allowed-step-ask-ARV > summary").click()
    page.locator("#allowed-step-ask-ARV-do").click()
    expect(page.locator("#allowed-step-ask-ARV")).to_have_count(0)
    expect(page.locator("#allowed:focus-within")).to_have_count(1)


def test_what_was_before_one_came_is_not_read_out(hall: Served, entered_as: Entering) -> None:
    hall.acts("meet", "chair", what="open")
    page = entered_as("head", "BOR")
    expect(page.locator("#bar-told")).to_contain_text("opens the meeting")
    expect(page.locator("#said")).to_be_empty()


def test_seven_tabs_of_one_browser_are_all_live(hall: Served, entered_as: Entering) -> None:
    first = entered_as("head", "BOR")
    tabs = [first, *(first.context.new_page() for _ in range(6))]
    for tab in tabs[1:]:
        tab.goto(hall.address())
    hall.acts("meet", "chair", what="open")
    for tab in tabs:
        told(tab, "opens the meeting")
    assert hall.room.streams == 1, "they share one stream"
    first.close()
    hall.acts("meet", "chair", what="suspend")
    for tab in tabs[1:]:
        told(tab, "suspends the meeting")


def test_tabs_that_cannot_share_a_stream_are_live_by_themselves(hall: Served, entered_as: Entering) -> None:
    page = entered_as("head", "BOR")
    page.add_init_script("delete window.SharedWorker")
    page.reload()
    expect(page.locator("html")).to_have_class("script")
    hall.acts("meet", "chair", what="open")
    told(page, "opens the meeting")


def test_a_hidden_tab_is_made_fresh_when_it_is_looked_at(hall: Served, entered_as: Entering) -> None:
    page = entered_as("head", "BOR")
    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => window.away, configurable: true })")
    page.evaluate("window.away = true")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    other = entered_as("observer")
    hall.acts("meet", "chair", what="open")
    told(other, "opens the meeting")
    assert not asked
    page.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")
    told(page, "opens the meeting")


def test_a_page_that_comes_back_by_the_back_button_is_made_fresh(hall: Served, entered_as: Entering) -> None:
    page = entered_as("head", "BOR")
    expect(page.locator("#state")).to_have_text("Connected")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    hall.acts("meet", "chair", what="open")
    expect(page.locator("#bar-sitting")).to_have_text("No meeting has been opened yet")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    told(page, "opens the meeting")


def test_a_browser_without_a_line_says_so(hall: Served, entered_as: Entering) -> None:
    page = entered_as("head", "BOR", may_say=NO_ANSWER)
    expect(page.locator("#state")).to_have_text("Connected")
    page.context.set_offline(True)
    expect(page.locator("#lost")).to_be_visible()
    form(page, kind="ask", by="BOR", what="speech")
    page.locator("#test button").click()
    expect(page.locator("#test .problem")).to_contain_text("It was not sent")
    page.context.set_offline(False)
    expect(page.locator("#lost")).to_be_hidden()
    hall.acts("meet", "chair", what="open")
    told(page, "opens the meeting")


def test_what_is_sent_twice_is_done_once(hall: Served, entered_as: Entering) -> None:
    hall.acts("meet", "chair", what="open")
    page = entered_as("head", "BOR")
    form(page, kind="ask", by="BOR", what="speech")
    page.evaluate("const f = document.getElementById('test'); f.requestSubmit(); f.requestSubmit();")
    expect(page.locator("#said")).to_have_text("It is in the record.")
    page.locator("#test button").dblclick()
    expect(page.locator("#test .problem")).not_to_be_empty()
    asked = [entry for entry in hall.room.entries if entry.kind == "ask"]
    assert [entry.problem is None for entry in asked] == [True, False]


def test_what_is_not_in_order_is_said_where_it_was_tried(hall: Served, entered_as: Entering) -> None:
    page = entered_as("head", "BOR")
    form(page, kind="ask", by="BOR", what="speech")
    page.locator("#test button").click()
    expect(page.get_by_role("alert")).not_to_be_empty()
    assert hall.room.entries[-1].problem is not None


@pytest.mark.parametrize("gone", [False, True])
def test_what_is_refused_is_told_although_the_page_changed_meanwhile(
    hall: Served, entered_as: Entering, gone: bool
) -> None:
    """The answer comes after the page was made fresh: in the form, or above the page where the form has gone."""
    page = entered_as("head", "ARV")
    held: list[Route] = []
    page.route("**/do", lambda route: held.append(route))  # noqa: PLW0108 - a method of a list cannot be marked
    page.locator("#allowed-step-ask-ARV > summary").click()
    send = page.locator("#allowed-step-ask-ARV-form")
    if not gone:
        send.locator("[name='terms.i']").evaluate("each => { each.value = 'nothing'; }")
    with page.expect_request("**/do"):
        send.get_by_role("button").click()
    if gone:
        hall.acts("step", "ARV", step="ask", terms__host="ARV", terms__i="marn")
        expect(send).to_have_count(0)
    else:
        hall.acts("meet", "chair", what="open")
        told(page, "opens the meeting")
    held[0].continue_()
    expect(page.locator("#amiss") if gone else send.get_by_role("alert")).not_to_be_empty()
    assert hall.room.entries[-1].problem is not None


def test_who_was_sent_out_is_shown_the_door(hall: Served, entered_as: Entering) -> None:
    page = entered_as("head", "BOR", may_say="status of 401")
    expect(page.locator("#state")).to_have_text("Connected")
    handle = next(iter(hall.ready.hall.accounts.names(hall.room.name)))

    async def out() -> None:
        await hall.ready.hall.accounts.run(lambda people: people.revoke(handle, now=moment()))

    hall.waited(out)
    hall.acts("meet", "chair", what="open")
    expect(page.locator("#code")).to_be_visible()


def test_other_styles_and_scripts_are_loaded_by_themselves(hall: Served, entered_as: Entering) -> None:
    page = entered_as("head", "BOR")
    page.evaluate("window.before = true")

    def other(route: Route) -> None:
        if not route.request.headers.get("x-part"):
            route.continue_()
            return
        answer = route.fetch()
        body = re.sub('data-look="[0-9a-f]+"', 'data-look="other"', answer.text())
        route.fulfill(response=answer, body=body)

    page.route(hall.address(), other)
    with page.expect_navigation():
        hall.acts("meet", "chair", what="open")
    expect(page.locator("#bar-told")).to_contain_text("opens the meeting")
    assert page.evaluate("window.before") is None


def test_styles_are_kept_by_browsers_for_as_long_as_they_are_these(
    hall: Served, entered_as: Entering
) -> None:
    page = entered_as("observer")
    for name in ("room.css", "room.js"):
        assert "immutable" in page.request.get(hall.base + address(name)).headers["cache-control"]
        other = re.sub(r"\.[0-9a-f]{12}\.", ".0123456789ab.", address(name))
        assert page.request.get(hall.base + other).headers["cache-control"] == "no-store"
    assert page.request.get(f"{hall.base}/static/nothing.0123456789ab.css").status == 404


# ---- a server that is killed ----


ENVIRONMENT = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(Path(foedus.__file__).parents[1])}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as made:
        return int(made.getsockname()[1])


class Process:
    """`foedus serve`, which can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.running: subprocess.Popen[str] | None = None

    def start(self) -> list[str]:
        """Starts it; the lines that it prints, with the codes."""
        command = [
            sys.executable,
            "-m",
            "foedus",
            "serve",
            "six-valleys",
            "--port",
            str(self.port),
            "--db",
            "r.room",
        ]
        self.running = subprocess.Popen(
            command, cwd=self.folder, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT
        )  # fmt: skip
        assert self.running.stdout is not None
        lines: list[str] = []
        while not lines or "director" not in lines[-1]:
            line = self.running.stdout.readline()
            assert line, lines
            lines.append(line)
        return lines

    def kill(self) -> None:
        """As when the power fails."""
        if self.running is not None and self.running.stdout is not None:
            self.running.send_signal(signal.SIGKILL)
            self.running.wait()
            self.running.stdout.close()
            self.running = None


@pytest.fixture
def process(tmp_path: Path) -> Generator[Process]:
    made = Process(tmp_path)
    yield made
    made.kill()


def test_a_server_that_was_killed_and_started_again_is_found_by_the_page(
    process: Process, browser: Browser, watch: Watch
) -> None:
    lines = process.start()
    chair = next(line.split()[0] for line in lines if line.split()[1:2] == ["chair"])
    base = f"http://127.0.0.1:{process.port}"
    context = browser.new_context()
    context.set_default_timeout(20_000)
    page = context.new_page()
    watch.over(page, base, NO_ANSWER)
    page.goto(f"{base}/#{chair}")
    page.locator("#name").fill("Ilse")
    page.get_by_role("button", name="Come in").first.click()
    expect(page.locator("#state")).to_have_text("Connected")
    form(page, kind="meet", by="chair", what="open")
    page.locator("#test button").click()
    expect(page.locator("#bar-sitting")).to_have_text("Meeting 1 is open")
    process.kill()
    expect(page.locator("#lost")).to_be_visible()
    form(page, kind="meet", by="chair", what="suspend")
    page.locator("#test button").first.click()
    expect(page.locator("#test .problem").first).to_contain_text("It was not sent")
    process.start()
    expect(page.locator("#lost")).to_be_hidden(timeout=30_000)
    page.locator("#test button").first.click()
    expect(page.locator("#bar-sitting")).to_have_text("Meeting 1 is suspended")
    expect(page.locator("#top")).to_contain_text("Ilse")
    context.close()
