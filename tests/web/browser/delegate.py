"""People at the table who have nothing but a browser: they type a code, click, type, and read. `foedus serve` runs as a
process of its own, and its answers reach a test by what stands on the page."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

import foedus

ENVIRONMENT = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(Path(foedus.__file__).parents[1])}
CODE = re.compile(r"  ([0-9A-Z]{4}(?:-[0-9A-Z]{4}){2})  (.{4}) (.+?)  +(\S.*)\n?")
ADDRESS = re.compile(r": (http://\S+?)/\n?$")


def foedus_says(folder: Path, *words: str, fails: bool = False) -> str:
    """What a command prints, run as a process; whether it goes well is as the test has it."""
    command = (sys.executable, "-m", "foedus", *words)
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=120)
    assert (done.returncode != 0) is fails, done.stdout + done.stderr
    return done.stdout


class Serving:
    """`foedus serve SCENARIO` on a port that is free. `codes`: by seat, or by role where there is no seat."""

    def __init__(self, folder: Path, scenario: str) -> None:
        said = f"-m foedus serve {scenario} --port 0 --pace 1 --db room.db"
        command = (sys.executable, *said.split())
        self.process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT
        )
        assert self.process.stdout is not None
        self.codes: dict[str, str] = {}
        first = self.process.stdout.readline()
        found = ADDRESS.search(first)
        assert found, first
        self.base = found[1]
        for line in self.process.stdout:
            invited = CODE.fullmatch(line)
            if invited:
                self.codes[invited[2].strip() or invited[3]] = invited[1]
            if "Ctrl-C" in line:
                break

    def end(self) -> str:
        """Ends it as Ctrl-C does; what it says then. It has nothing to complain of, whoever is still there."""
        if self.process.returncode is not None:
            return ""
        self.process.send_signal(signal.SIGINT)
        said, amiss = self.process.communicate(timeout=30)
        assert (self.process.returncode, amiss) == (0, ""), amiss
        return said


class Delegate:
    """Somebody in the room. `sent` are the forms so far, each with the status of the answer."""

    def __init__(self, browser: Browser, base: str, code: str, name: str, seat: str) -> None:
        self.seat = seat
        self.sent: list[tuple[str, int]] = []
        self.context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
        self.context.set_default_timeout(10_000)
        self.page: Page = self.context.new_page()
        self.page.goto(base)
        self.page.get_by_label("The code that you were given").fill(code)
        self.page.get_by_label("Your name, as the others shall read it").fill(name)
        self.page.get_by_role("button", name="Come in").first.click()
        expect(self.page.locator("#top")).to_contain_text(name)

    def unfold(self, form: str) -> Locator:
        """A form, with whatever it is folded into opened by its summary."""
        found = self.page.locator(f"#{form}")
        expect(found).to_be_attached()
        self._opened(found)
        return found

    def _opened(self, found: Locator) -> Locator:
        folded = found.locator("xpath=ancestor::details[not(@open)]")
        while folded.count():
            folded.first.locator("> summary").click()  # the outermost first
        return found

    def takes_its_draft(self, thing: str) -> None:
        """Fills a form with what its seat has ready."""
        self.unfold(f"{thing}-form")
        self.page.locator(f"#{thing}").get_by_role("link", name="Fill in your draft").click()

    def does(self, form: str, button: str = "", /, **fields: str) -> None:
        """Fills in a form and sends it: it is done, and in the record. `terms__i` is `terms.i`."""
        status, problem = self._sends(form, button, fields)
        assert status == 200, f"{self.seat} {form}: {problem}"

    def is_refused(self, form: str, button: str = "", /, **fields: str) -> Locator:
        """The same, and the room will not have it: what stands in the form then."""
        status, _ = self._sends(form, button, fields)
        assert status == 409
        return self.page.locator(f"#{form} .problem")

    def _sends(self, form: str, button: str, fields: dict[str, str]) -> tuple[int, str]:
        found = self.unfold(form)
        for name, value in fields.items():
            field = found.locator(f"[name='{name.replace('__', '.')}']")
            self._opened(field.first)
            if field.first.get_attribute("type") == "radio":
                field.and_(found.locator(f"[value='{value}']")).check()
            elif field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        with self.page.expect_response(lambda answer: answer.url.endswith("/do")) as answer:
            (
                found.get_by_role("button", name=button, exact=True) if button else found.locator("button")
            ).first.click()
        self.sent.append((form, answer.value.status))
        return answer.value.status, answer.value.text()
