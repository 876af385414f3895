"""The people of a room beside a model in ten lines, whatever is done in whatever order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from foedus.council.ledger.database import Sqlite
from foedus.diagnostics.problem import Refused
from foedus.meeting.viewer import SPEAKING, Role
from foedus.web.codes import new_code
from foedus.web.keeping import BROWSERS, IDLE, LONGEST, RETURN, SEEN
from foedus.web.passphrase import CHEAP
from foedus.web.people import People

START = datetime(2031, 3, 4, 12, tzinfo=UTC)
HOUR = 3600
NAMES = ("Asel", "ASEL", "Bek", "Cem", "a s e l")


@dataclass
class Code:
    """A code as the model has it."""

    role: Role
    expires: int
    uses: int
    returning: str = ""


@dataclass
class Token:
    """A browser as the model has it."""

    handle: str
    made: int
    seen: int


@dataclass
class Model:
    """What should be so."""

    codes: dict[str, Code] = field(default_factory=dict[str, Code])
    tokens: dict[str, Token] = field(default_factory=dict[str, Token])
    names: dict[str, str] = field(default_factory=dict[str, str])  # of who is there
    roles: dict[str, Role] = field(default_factory=dict[str, Role])


def alike(name: str) -> str:
    return name.replace(" ", "").lower()


class Rooms(RuleBasedStateMachine):
    codes: Bundle[str] = Bundle("codes")
    handles: Bundle[str] = Bundle("handles")
    tokens: Bundle[str] = Bundle("tokens")

    def __init__(self) -> None:
        super().__init__()
        self.people = People(Sqlite(":memory:"), CHEAP)
        self.model, self.at = Model(), 0

    @property
    def now(self) -> datetime:
        return START + timedelta(seconds=self.at)

    @rule(
        target=codes,
        role=st.sampled_from(["head", "adviser", "screen"]),
        uses=st.integers(1, 3),
        hours=st.integers(1, 3),
    )
    def invite(self, role: Any, uses: int, hours: int) -> str:
        code = self.people.invite("room", role, role, uses, hours, now=self.now)
        self.model.codes[code] = Code(role, self.at + hours * HOUR, uses)
        return code

    @rule(target=codes)
    def think_one_up(self) -> str:
        return new_code()

    @rule(target=codes, handle=handles)
    def ask_to_come_back(self, handle: str) -> str:
        if handle not in self.model.names:
            return new_code()
        code = self.people.return_code(handle, now=self.now)
        for each in list(self.model.codes):
            if self.model.codes[each].returning == handle:
                del self.model.codes[each]
        self.model.codes[code] = Code(self.model.roles[handle], self.at + RETURN, 1, handle)
        return code

    @rule(target=tokens, code=codes, name=st.sampled_from(NAMES))
    def join(self, code: str, name: str) -> str:
        known = self.model.codes.get(code)
        handles = [each.handle for each in self.model.tokens.values()]
        if known is not None and handles.count(known.returning) >= BROWSERS:
            return ""  # which browser gives way then is not the model's to say
        good = known is not None and known.uses > 0 and self.at < known.expires
        if known is not None and good and not known.returning:
            good = alike(name) not in {alike(each) for each in self.model.names.values()}
        try:
            viewer, token = self.people.join(code, name, now=self.now)
        except Refused:
            assert not good
            return ""
        assert good and known is not None
        known.uses -= 1
        assert viewer.handle == (known.returning or viewer.handle)
        if not known.returning:
            self.model.names[viewer.handle], self.model.roles[viewer.handle] = name, known.role
        self.model.tokens[token] = Token(viewer.handle, self.at, self.at)
        return token

    @rule(target=handles, token=tokens)
    def who(self, token: str) -> str:
        known = self.model.tokens.get(token)
        return known.handle if known else ""

    @rule(code=consumes(codes))
    def end_code(self, code: str) -> None:
        known = self.model.codes.pop(code, None)
        assert self.people.revoke_code(code) == (known is not None and known.uses > 0)

    @rule(token=tokens)
    def leave(self, token: str) -> None:
        self.people.leave(token)
        self.model.tokens.pop(token, None)

    @rule(handle=handles, forget=st.booleans())
    def send_out(self, handle: str, forget: bool) -> None:
        (self.people.forget if forget else self.people.revoke)(handle, now=self.now)
        if self.model.names.pop(handle, None) is None:
            return  # nobody, or somebody who has gone already
        for each in [each for each, t in self.model.tokens.items() if t.handle == handle]:
            del self.model.tokens[each]
        for each in [each for each, code in self.model.codes.items() if code.returning == handle]:
            del self.model.codes[each]

    @rule(seconds=st.sampled_from([60, RETURN, HOUR, IDLE - 2 * SEEN, IDLE, LONGEST // 2]))
    def wait(self, seconds: int) -> None:
        self.at += seconds

    @rule()
    def tidy(self) -> None:
        self.people.tidy(now=self.now)

    @invariant()
    def tokens_are_known_as_they_should(self) -> None:
        for token, known in list(self.model.tokens.items()):
            should = self.at < known.made + LONGEST and self.at < known.seen + IDLE
            viewer = self.people.viewer(token, self.now)
            assert (viewer is not None) == should
            if viewer is None:
                del self.model.tokens[token]  # over is over
                continue
            assert (viewer.handle, viewer.name) == (known.handle, self.model.names[known.handle])
            if self.at - known.seen >= SEEN:
                known.seen = self.at

    @invariant()
    def those_are_there_who_should_be(self) -> None:
        assert {person.handle: person.name for person in self.people.people("room")} == self.model.names
        speaking = [
            role
            for handle, role in self.model.roles.items()
            if handle in self.model.names and role in SPEAKING
        ]
        assert sum(self.people.seats_taken("room").values()) == len(speaking)

    @invariant()
    def codes_open_what_they_should(self) -> None:
        for code, known in self.model.codes.items():
            try:
                opened = self.people.opened(code, now=self.now)
            except Refused:
                assert known.uses == 0 or self.at >= known.expires
            else:
                assert (opened.role, opened.uses_left, opened.returning) == (
                    known.role,
                    known.uses,
                    known.returning,
                )


Rooms.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestRooms = Rooms.TestCase
