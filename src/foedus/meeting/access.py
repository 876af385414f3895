"""Who sees what, and who does what: two tables, and nothing else decides it.

A person has one role in a room. Whoever sits for a delegation or holds an office acts for it and for nobody else
(`own`); the director of an exercise acts for anybody (`all`), and the record says that it was the director. Whether a
deed is in order is not asked here: that is for the chair and the rules of order.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from foedus.council.debate.act import ActKind
from foedus.council.deed import Kind
from foedus.council.rules import Rules
from foedus.meeting.viewer import ROLES, Role, Viewer

Reach: TypeAlias = Literal["own", "all", "aloud"]
"""For its own seat; for any; for any whose vote is given aloud in a roll call."""

_DELEGATES: Mapping[Role, Reach] = {"head": "own", "member": "own", "director": "all"}
_CHAIR: Mapping[Role, Reach] = {"chair": "own", "director": "all"}
_ANYBODY: Mapping[Role, Reach] = {
    "head": "own", "member": "own", "chair": "own", "secretary": "own", "commander": "own", "director": "all",
}  # fmt: skip

DOES: Mapping[Kind | ActKind, Mapping[Role, Reach]] = {
    # the matter
    "step": {"head": "own", "chair": "own", "secretary": "own", "commander": "own", "director": "all"},
    "propose": {"head": "own", "member": "own", "chair": "own", "director": "all"},
    "withdraw": {"head": "own", "member": "own", "chair": "own", "director": "all"},
    "amend": {"head": "own", "member": "own", "chair": "own", "director": "all"},
    "open": _CHAIR,
    "vote": {"head": "own", "member": "own", "secretary": "aloud", "director": "all"},
    "object": {"head": "own", "member": "own", "director": "all"},
    "extend": _CHAIR,
    "close": _CHAIR,
    "rule": _CHAIR,
    "report": {"head": "own", "member": "own", "commander": "own", "director": "all"},
    "seat": _ANYBODY,
    "unseat": _ANYBODY,
    "correct": {"chair": "own", "secretary": "own", "director": "all"},
    "tick": {"chair": "own", "secretary": "own", "director": "all"},
    # the debate
    "meet": _CHAIR,
    "item": {"head": "own", "member": "own", "chair": "own", "secretary": "own", "director": "all"},
    "ask": _DELEGATES,
    "leave": _DELEGATES,
    "floor": _CHAIR,
    "yield": {"head": "own", "member": "own", "chair": "own", "director": "all"},
    "list": _CHAIR,
    "limit": _CHAIR,
    "point": _DELEGATES,
    "ruling": _CHAIR,
    "motion": _DELEGATES,
    "put": _CHAIR,
    "hand": _DELEGATES,
    "settle": _CHAIR,
    "paper": {"head": "own", "member": "own", "adviser": "own", "chair": "own", "secretary": "own", "director": "all"},
    "manner": _CHAIR,
    "bookmark": {"chair": "own", "secretary": "own", "director": "all"},
    "clock": {"chair": "own", "director": "all"},
}  # fmt: skip
"""What somebody may try, by kind of deed or act."""

Sight: TypeAlias = Literal[
    "table", "minutes", "papers", "matter", "hidden votes", "what is allowed", "brief", "drafts", "record", "people",
    "codes", "injects", "review", "roll",
]  # fmt: skip
"""What can be seen: the table (agenda, floor, motions, votes), the minutes, papers, the matter; votes that are hidden
before the close; what is allowed now; the brief and drafts of a seat; the record to take away; who is in the room;
their codes; what the exercise has in store; the review after it; the roll by which
members are called."""

_EVERYBODY: Mapping[Role, Reach] = dict.fromkeys(ROLES, "all")
_SEATED: Mapping[Role, Reach] = {
    "head": "own", "member": "own", "adviser": "own", "chair": "own", "secretary": "own", "commander": "own",
    "director": "all",
}  # fmt: skip

SEES: Mapping[Sight, Mapping[Role, Reach]] = {
    "table": _EVERYBODY,
    "minutes": _EVERYBODY,
    "papers": _EVERYBODY,
    "matter": _EVERYBODY,
    "hidden votes": {
        "head": "own",
        "member": "own",
        "adviser": "own",
    },  # nobody's but one's own, the director's neither
    "what is allowed": _SEATED,
    "brief": _SEATED,
    "drafts": _SEATED,
    "record": {role: "all" for role in ROLES if role not in ("observer", "screen")},
    "people": {"chair": "all", "secretary": "all", "director": "all", "head": "own"},
    "codes": {"secretary": "all", "director": "all", "head": "own"},
    "injects": {"director": "all"},
    "review": {role: "all" for role in ROLES if role != "screen"},
    "roll": {"chair": "all", "secretary": "all", "director": "all"},
}
"""What somebody sees: of its own seat, or of all."""


Managing: TypeAlias = Literal[
    "make codes", "withdraw codes", "send out", "rename", "forget", "own account", "bots", "injects", "cosign",
]  # fmt: skip
"""What can be done about people and the exercise, which is no entry of the record but for injects: codes by which
others come in; who is sent out, called otherwise, forgotten; one's own name, passphrase and browsers; which seats bots
have; what comes from outside; a signature under the record."""

_HOSTS: Mapping[Role, Reach] = {"secretary": "all", "director": "all"}

MANAGES: Mapping[Managing, Mapping[Role, Reach]] = {
    "make codes": {**_HOSTS, "head": "own"},
    "withdraw codes": {**_HOSTS, "head": "own"},
    "send out": {**_HOSTS, "head": "own"},
    "rename": _HOSTS,
    "forget": _HOSTS,
    "own account": {role: "own" for role in ROLES if role != "screen"},
    "bots": {"director": "all"},
    "injects": {"director": "all"},
    "cosign": {role: "all" for role in ROLES if role not in ("observer", "screen")},
}
"""Who does it: for all in the room, or for its own delegation. A head makes codes for members and advisers of its
delegation, and sends these out; never another head."""

BELOW: tuple[Role, ...] = ("member", "adviser")
"""The roles of its delegation that a head answers for."""


def may_manage(viewer: Viewer, what: Managing, role: Role | None = None, seat: str = "") -> bool:
    """Whether somebody may do something about people or the exercise; about somebody of a role and a seat, if given."""
    reach = MANAGES[what].get(viewer.role)
    if reach == "own" and role is not None and what != "own account":
        return role in BELOW and seat == viewer.seat and bool(seat)
    return reach is not None


def seats_of(viewer: Viewer, rules: Rules) -> tuple[str, ...]:
    """For whom somebody can act at all: its delegation or its office; for the commander also organs of the procedure
    that take steps by filing them, such as a command; for the director everybody."""
    others = tuple(organ for organ in rules.organs if organ != rules.procedure.organ)
    if viewer.role == "director":
        return (*rules.states(rules.on), *rules.offices, *rules.organs, "director")
    if viewer.role == "commander":
        return ("commander", *others)
    if viewer.role == "chair" and "commander" not in rules.offices:
        return ("chair", *others)
    return (viewer.seat,) if viewer.seat else ()


def may_do(viewer: Viewer, kind: str, by: str, rules: Rules, *, aloud: bool = False) -> bool:
    """Whether somebody may try a deed or an act for `by`. `aloud`: its vote is given aloud, in a roll call."""
    reach = DOES.get(kind, {}).get(viewer.role)  # type: ignore[call-overload]
    if reach == "aloud":
        return aloud
    return reach is not None and by in seats_of(viewer, rules)


def may_see(viewer: Viewer, what: Sight, seat: str = "") -> bool:
    """Whether somebody sees something; of a seat, where it is one's."""
    reach = SEES[what].get(viewer.role)
    return reach == "all" or (reach == "own" and seat in ("", viewer.seat))
