"""The minutes and the replay of a room, and what one takes away from it, over the application itself."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from jsonschema import Draft202012Validator

from foedus.cli.schema import schema
from foedus.council.ledger.head import Head
from foedus.council.ledger.proof import holds
from foedus.council.ledger.record import opened
from foedus.council.ledger.verify import Verified, verify
from foedus.meeting.entering import Entered
from foedus.web.parts.journal import AT_ONCE
from tests.web.asgi import Answer
from tests.web.halls import Held, played

NUMBER = re.compile(r'<li id="e(\d+)"')


def numbers(text: str) -> list[int]:
    return [int(each) for each in NUMBER.findall(text)]


SHOWN = ("decided", "matter", "debate", "refused", "outside")
LOOKED_AT = (
    "minutes", "minutes?order=first", "minutes?by=BOR", *(f"minutes?show={show}" for show in SHOWN), "replay",
    *(f"replay?entry={n}" for n in range(1, 24)), "get/minutes.json", "get/record.zip", "get/head.txt", "get/key.txt",
)  # fmt: skip


class Session(NamedTuple):
    """A session that was held, with its entries, and pages of it as a delegation sees them."""

    entries: list[Entered]
    pages: dict[str, Answer]

    def text(self, page: str) -> str:
        return self.pages[page].text

    def number(self, wanted: Callable[[Entered], bool]) -> int:
        """Of the first entry that is so."""
        return next(each.number for each in self.entries if wanted(each))


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    async def play(held: Held) -> Session:
        await held.scripted()
        found = {page: await held.get("CAD", page) for page in LOOKED_AT}
        assert {answer.status for answer in found.values()} == {200}
        return Session(held.room.entries, found)

    return played(tmp_path_factory.mktemp("session"), play)


def test_every_entry_is_a_line_newest_first_and_can_be_pointed_at(session: Session) -> None:
    count, newest, borland = len(session.entries), session.text("minutes"), session.text("minutes?by=BOR")
    assert numbers(newest) == list(range(count, 0, -1))
    assert numbers(session.text("minutes?order=first")) == list(range(1, count + 1))
    assert 0 < len(numbers(borland)) < count
    assert all("<b>BOR</b>" in line for line in borland.split('<li id="e')[1:])
    assert "Decision 1/2031: decide to send the Ward" in newest
    assert "Meeting 1" in newest and "5 March 2031" in newest


ROOM = ("seat", "unseat", "correct", "tick")
WANTED: Mapping[str, Callable[[Entered], bool]] = {
    "decided": lambda e: e.problem is None and e.kind in ("step", "close", "rule"),
    "matter": lambda e: e.deed is not None and e.kind not in ROOM,
    "debate": lambda e: e.act is not None,
    "refused": lambda e: e.problem is not None,
    "outside": lambda e: e.inject is not None,
}


@pytest.mark.parametrize("show", SHOWN)
def test_what_is_chosen_is_a_part_of_all(session: Session, show: str) -> None:
    wanted = [each.number for each in session.entries if WANTED[show](each)]
    assert numbers(session.text(f"minutes?show={show}")) == wanted[::-1] != []


def test_nonsense_in_an_address_is_left_out(tmp_path: Path) -> None:
    async def play(held: Held) -> list[int]:
        await held.scripted(20)
        pages = (
            "minutes?page=-1",
            "minutes?page=²&by=XXX&show=no&meeting=99",
            "minutes?at=9999999999",
            "replay?entry=0",
        )
        return [(await held.get("observer", page)).status for page in pages]

    assert played(tmp_path, play) == [200] * 4


def test_a_long_record_is_shown_in_pages_and_an_entry_is_found(tmp_path: Path) -> None:
    async def play(held: Held) -> tuple[str, str, str]:
        await held.act("meet", "chair", what="open")
        for n in range(AT_ONCE + 30):
            await held.act("bookmark", "secretary", entry=1, text=f"word {n}")
        pages = ("minutes", "minutes?page=2", "minutes?at=2")
        return tuple([(await held.get("chair", page)).text for page in pages])  # type: ignore[return-value]

    first, second, found = played(tmp_path, play)
    assert len(numbers(first)) == AT_ONCE
    assert numbers(second) == list(range(31, 0, -1))
    assert numbers(found) == numbers(second)
    assert 'rel="next"' in first and 'rel="prev"' in second


def test_a_correction_is_added_and_what_was_said_stays(tmp_path: Path) -> None:
    async def play(held: Held) -> tuple[int, int, str, str]:
        await held.scripted(20)
        (ask,) = [e for e in held.room.entries if e.kind == "step" and e.by == "ARV"]
        delegate = await held.post(
            "CAD", kind="correct", by="CAD", entry=str(ask.number), text="never", once="a"
        )
        secretary = await held.post(
            "secretary",
            kind="correct",
            by="secretary",
            entry=str(ask.number),
            text="at nine <i>sharp</i>",
            once="b",
        )
        page = (await held.get("observer", f"minutes?at={ask.number}")).text
        line = page.split(f'<li id="e{ask.number}"')[1].split('<li id="e')[0]
        return delegate.status, secretary.status, line, (await held.get("observer", "get/minutes.md")).text

    refused, done, line, written = played(tmp_path, play)
    assert (refused, done) == (403, 200)
    assert "ask the Council for help" in line
    assert "To be read: at nine &lt;i&gt;sharp&lt;/i&gt;" in line
    assert written.count("To be read: at nine") == 2, "at the line, and among the corrections"


def test_whoever_acted_is_named_and_is_not_when_forgotten(tmp_path: Path) -> None:
    async def play(held: Held) -> tuple[str, str, str]:
        await held.scripted(20)
        before = (await held.get("observer", "minutes")).text
        assert (await held.post("director", to="forget", handle=held.handle("BOR"))).status in (200, 303)
        return (
            before,
            (await held.get("observer", "minutes")).text,
            (await held.get("observer", "get/minutes.md")).text,
        )

    before, after, written = played(tmp_path, play)
    assert "Bora" in before
    assert "Bora" not in after and "Ilse Dorn" in after
    assert "Bora" not in written


# ---- hidden votes ----


async def voting(held: Held) -> tuple[int, int, int]:
    """A vote that is hidden, with two votes, one that is refused and one that is refused since it comes too early: the
    numbers of the first of these, of Borland's, and of the last."""
    await held.scripted(12)
    chair = held.handle("chair")
    await held.act("manner", "chair", chair, ballot="b3", what="recorded", hidden="yes")
    early = await held.act("vote", "CAD", held.handle("CAD"), ballot="b3", status="against")
    assert (await held.act("open", "chair", chair, proposal="p1", way=1)).problem is None
    borland = await held.act("vote", "BOR", held.handle("BOR"), ballot="b3", status="for")
    assert borland.problem is None
    assert (await held.act("vote", "CAD", held.handle("CAD"), ballot="b3", status="against")).problem is None
    last = await held.act("vote", "chair", chair, ballot="b3", status="abstained")
    assert early.problem is not None and last.problem is not None
    return early.number, borland.number, last.number


SAID = ("votes for it", "votes against it", "abstains")


def test_a_hidden_vote_is_in_nobody_elses_minutes(tmp_path: Path) -> None:
    async def play(held: Held) -> dict[str, tuple[str, list[int]]]:
        first, _, last = await voting(held)
        hidden = [n for n in range(first, last + 1) if held.room.entries[n - 1].kind == "vote"]
        found: dict[str, tuple[str, list[int]]] = {}
        for who in ("chair", "secretary", "director", "observer", "BOR", "CAD"):
            pages = ["minutes", "minutes?show=matter", "minutes?by=BOR", "minutes?show=refused", "replay"]
            pages += [f"replay?entry={n}" for n in range(first, last + 1)]
            text = "".join([(await held.get(who, page)).text for page in pages])
            found[who] = text, [n for n in numbers(text) if n in hidden]
        return found

    found = played(tmp_path, play)
    for who, (text, lines) in found.items():
        assert lines == [], who
        seen = [words for words in SAID if words in text]
        assert seen == {"BOR": ["votes for it"], "CAD": ["votes against it"]}.get(who, []), who
    assert "for: BOR" in found["BOR"][0] and "for: BOR" not in found["CAD"][0]


def test_a_vote_that_comes_before_a_hidden_ballot_is_opened_tells_nothing_either(tmp_path: Path) -> None:
    async def play(held: Held) -> tuple[str, str, str]:
        await held.scripted(12)
        await held.act("manner", "chair", held.handle("chair"), ballot="b3", what="recorded", hidden="yes")
        early = await held.act("vote", "CAD", held.handle("CAD"), ballot="b3", status="against")
        assert early.problem is not None
        pages = ("minutes", "replay", "get/minutes.md")
        return tuple([(await held.get("chair", page)).text for page in pages])  # type: ignore[return-value]

    assert not any("votes against it" in text for text in played(tmp_path, play))


def test_what_is_taken_away_meanwhile_has_no_hidden_vote_and_holds(tmp_path: Path) -> None:
    async def play(held: Held) -> tuple[int, dict[str, bytes], int, int]:
        first, _, _ = await voting(held)
        files = (
            "minutes.md",
            "minutes.json",
            "minutes.akn.xml",
            "minutes.docx",
            "minutes.pdf",
            "dossier.md",
            "head.txt",
            "record.zip",
            "key.txt",
        )
        made = {name: (await held.get("BOR", f"get/{name}")).body for name in files}
        proof = (await held.get("BOR", f"get/proof.json?entry={first}")).status
        return first, made, proof, (await held.get("BOR", f"get/proof.json?entry={first - 1}")).status

    first, made, hidden, shown = played(tmp_path, play)
    assert (hidden, shown) == (404, 200)
    for name in ("minutes.md", "minutes.akn.xml", "dossier.md"):
        assert not any(words in made[name].decode() for words in SAID), name
    data = json.loads(made["minutes.json"])
    assert data["withheld"] == 4
    assert Head.read(made["head.txt"].decode()).size <= first
    found, lines = checked(made["record.zip"])
    assert found.whole and found.size == first == lines
    assert data["head"] == made["head.txt"].decode()


def checked(raw: bytes) -> tuple[Verified, int]:
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        found = verify(opened(file))
        return found, len(list(opened(file).lines))


def test_a_delegation_can_prove_its_vote_once_it_is_closed(tmp_path: Path) -> None:
    async def play(held: Held) -> tuple[int, str, str, bytes]:
        _, first, _ = await voting(held)
        for who in ("ARV", "DUN", "EIN", "FEN"):
            await held.act("vote", who, ballot="b3", status="for")
        closed = await held.act("close", "chair", ballot="b3")
        assert closed.problem is None
        page = (await held.get("observer", "minutes")).text
        proof = await held.get("BOR", f"get/proof.json?entry={first}")
        assert proof.headers["content-disposition"] == f'attachment; filename="proof-{first}.json"'
        return first, page, proof.text, (await held.get("BOR", "get/record.zip")).body

    first, page, text, record = played(tmp_path, play)
    assert f'id="e{first}"' in page and "votes against it" in page
    proof = json.loads(text)
    with zipfile.ZipFile(io.BytesIO(record)) as file:
        keys = opened(file).keys
    assert checked(record)[0].whole
    assert holds(proof, keys)
    assert json.loads(proof["line"])["body"]["status"] == "for"
    for change in (
        {"line": proof["line"].replace('"for"', '"against"')},
        {"entry": first + 1},
        {"path": proof["path"][1:]},
    ):
        assert not holds({**proof, **change}, keys)


# ---- what is taken away ----


def test_the_minutes_for_programs_are_as_their_schema_says(session: Session) -> None:
    text = session.text("get/minutes.json")
    data = json.loads(text)
    Draft202012Validator(schema("minutes")).validate(data)
    assert [each["number"] for each in data["decisions"]] == ["1/2031", "2/2031", "3/2031"]
    assert "Bora" not in text, "names of people are not in what is for programs"


def test_the_record_that_is_taken_away_is_whole_and_its_head_is_the_head(session: Session) -> None:
    record = session.pages["get/record.zip"].body
    found, _ = checked(record)
    assert found.whole and found.size == len(session.entries) + 1
    assert found.head == Head.read(session.text("get/head.txt"))
    with zipfile.ZipFile(io.BytesIO(record)) as file:
        assert [each.line() for each in opened(file).keys] == session.text("get/key.txt").split()


@pytest.mark.parametrize(
    ("who", "name", "status"),
    [
        ("observer", "record.zip", 404), ("observer", "proof.json?entry=1", 404), ("observer", "minutes.md", 200),
        ("BOR", "proof.json", 404), ("BOR", "proof.json?entry=999", 404), ("BOR", "proof.json?entry=..%2f", 404),
        ("BOR", "room.db", 404), ("BOR", "..%2froom.db", 404), ("BOR", "minutes.exe", 404),
    ],
)  # fmt: skip
def test_one_takes_away_what_one_may_have_and_nothing_else(
    tmp_path: Path, who: str, name: str, status: int
) -> None:
    async def play(held: Held) -> int:
        await held.scripted(3)
        return (await held.get(who, f"get/{name}")).status

    assert played(tmp_path, play) == status


def test_a_file_is_made_anew_when_something_was_entered(tmp_path: Path) -> None:
    async def play(held: Held) -> tuple[str, str, str]:
        await held.scripted(3)
        first, again = [(await held.get("BOR", "get/minutes.md")).text for _ in range(2)]
        await held.act("bookmark", "chair", entry=1, text="a place")
        assert first == again
        return first, again, (await held.get("BOR", "get/minutes.md")).text

    first, _, later = played(tmp_path, play)
    assert "a place" not in first and "a place" in later


# ---- the replay ----


def test_the_replay_shows_where_it_stood_then(session: Session) -> None:
    ask = session.number(lambda e: e.deed is not None and e.deed.step == "ask")
    before, then = session.text(f"replay?entry={ask - 1}"), session.text(f"replay?entry={ask}")
    assert "<b>none</b>" in before and "<b>asked</b>" not in before
    assert "<b>asked</b>" in then and "before: none" in then
    assert "F658" in then, "what was out of order is listed"


def test_one_goes_from_entry_to_entry_and_not_beyond(session: Session) -> None:
    first, last = session.text("replay?entry=1"), session.text("replay")
    assert 'rel="prev"' not in first and 'rel="next"' in first
    assert 'rel="next"' not in last and 'rel="prev"' in last


def test_votes_of_an_open_ballot_stand_in_the_replay_as_they_came(session: Session) -> None:
    votes = [e.number for e in session.entries if e.kind == "vote" and e.deed and e.deed.ballot == "b3"][:3]
    said = [session.text(f"replay?entry={n}").split("Vote b3")[1].split("On the list")[0] for n in votes]
    assert ["for: BOR" in each for each in said] == [True] * 3
    assert ["abstained: DUN" in each for each in said] == [False, True, True]
    assert ["for: BOR, EIN" in each for each in said] == [False, False, True]


def test_before_anything_happened_there_is_nothing_to_replay(tmp_path: Path) -> None:
    async def play(held: Held) -> list[int]:
        return [
            (await held.get("observer", page)).status
            for page in ("replay", "minutes", "get/minutes.pdf", "get/record.zip", "get/minutes.akn.xml")
        ]

    assert played(tmp_path, play) == [200, 200, 200, 404, 200]
