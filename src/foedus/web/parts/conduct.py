"""What one may do now in the conduct of the meeting, each with its rule, and a form that asks for what is to be named.

What is listed is what the machine of the debate allows, and nothing else. Acts that differ in one name only (to whom
the floor is given, which hand is shown) are one form with a button for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from foedus.council.debate.act import Act
from foedus.council.debate.candidates import Allowed
from foedus.council.debate.order import ROWS
from foedus.report.lists import listed
from foedus.web.look import Look
from foedus.web.pages.page import Filling
from foedus.web.parts.naming import Naming
from foedus.words.speech import marked_in, say, say_in

DOES: Mapping[str, str] = {
    "meet open": marked_in("to do in a meeting", "Open the meeting"),
    "meet suspend": marked_in("to do in a meeting", "Suspend the meeting"),
    "meet resume": marked_in("to do in a meeting", "Resume the meeting"),
    "meet adjourn": marked_in("to do in a meeting", "Adjourn the meeting"),
    "item propose": marked_in("to do in a meeting", "Propose an item of the agenda"),
    "item adopt": marked_in("to do in a meeting", "Adopt an item"),
    "item strike": marked_in("to do in a meeting", "Strike an item"),
    "item take up": marked_in("to do in a meeting", "Take up an item"),
    "item finish": marked_in("to do in a meeting", "Finish an item"),
    "ask speech": marked_in("to do in a meeting", "Ask for the floor"),
    "ask reply": marked_in("to do in a meeting", "Ask for a right of reply"),
    "ask explanation": marked_in("to do in a meeting", "Ask to explain your vote"),
    "leave": marked_in("to do in a meeting", "Take back your request for the floor"),
    "leave motion": marked_in("to do in a meeting", "Take back your motion"),
    "floor": marked_in("to do in a meeting", "Give the floor"),
    "yield": marked_in("to do in a meeting", "End the speech"),
    "list open": marked_in("to do in a meeting", "Open the speakers’ list"),
    "list close": marked_in("to do in a meeting", "Close the speakers’ list"),
    "limit": marked_in("to do in a meeting", "Limit the speaking time"),
    "point": marked_in("to do in a meeting", "Raise a point of order"),
    "ruling": marked_in("to do in a meeting", "Rule on the point of order"),
    "motion": marked_in("to do in a meeting", "Move on procedure"),
    "put": marked_in("to do in a meeting", "Put a motion to the members"),
    "hand": marked_in("to do in a meeting", "Show your hand"),
    "settle": marked_in("to do in a meeting", "Close the show of hands"),
    "settle answer": marked_in("to do in a meeting", "Decide on a motion"),
    "paper sponsor": marked_in("to do in a meeting", "Sponsor a paper"),
    "paper withdraw": marked_in("to do in a meeting", "Withdraw a paper"),
    "clock run": marked_in("to do in a meeting", "Let the room’s clock run"),
    "clock pause": marked_in("to do in a meeting", "Stop the room’s clock"),
    "clock jump": marked_in("to do in a meeting", "Move the room’s clock forward"),
}
"""What a form is headed by; kinds that are not here are done elsewhere: papers, manners of voting, bookmarks."""

ANSWERS: Mapping[str, str] = {
    "upheld": marked_in("button in a meeting", "Upheld"),
    "not upheld": marked_in("button in a meeting", "Not upheld"),
    "for": marked_in("button in a meeting", "For"),
    "against": marked_in("button in a meeting", "Against"),
    "abstained": marked_in("button in a meeting", "Abstain"),
    "carried": marked_in("button in a meeting", "Carried"),
    "lost": marked_in("button in a meeting", "Lost"),
}
VARIES: Mapping[str, str] = {
    "item adopt": "item", "item strike": "item", "item take up": "item", "item finish": "item", "ask reply": "whom",
    "leave motion": "motion", "floor": "whom", "ruling": "answer", "put": "motion", "hand": "status",
    "settle": "motion", "settle answer": "answer", "paper sponsor": "paper", "paper withdraw": "paper",
}  # fmt: skip
"""The field by which the buttons of a form differ."""
FIRST = (
    "ruling",
    "hand",
    "ask speech",
    "floor",
    "yield",
    "meet open",
    "meet resume",
    "put",
    "settle",
    "point",
)
"""What is nearest at hand comes first; the rest by the rules."""


@dataclass(frozen=True, slots=True)
class Field:
    """Something to be filled in. `sort`: text, area, seconds, hours, pace, select."""

    name: str
    sort: str
    label: str
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One form: what is sent with it, what is to be filled in, its buttons (field, value, words)."""

    id: str
    title: str
    rule: int
    rule_name: str
    hidden: tuple[tuple[str, str], ...]
    fields: tuple[Field, ...]
    buttons: tuple[tuple[str, str, str], ...]
    primary: bool


def conduct(look: Look) -> Filling | None:
    """The forms of one's own seat."""
    forms = list(forms_of(look))
    if not forms:
        return None
    return {
        "first": [each for each in forms if each.primary],
        "more": [each for each in forms if not each.primary],
    }


def forms_of(look: Look) -> Iterator[Form]:
    """A form for each thing that may be done, those nearest at hand first."""
    groups: dict[tuple[str, str, str], list[Allowed]] = {}
    for each in look.acts:
        name = _named(each.act)
        if name in DOES:
            same = each.act.motion if name == "settle answer" else ""
            groups.setdefault((each.act.by, name, same), []).append(each)
    order = {name: number for number, name in enumerate(FIRST)}
    for (by, name, _), found in sorted(
        groups.items(), key=lambda group: (order.get(group[0][1], len(order)), group[1][0].rule.number)
    ):
        if name == "motion":
            yield _moving(look, by, found)
        else:
            yield _form(look, by, name, found)


def _named(act: Act) -> str:
    if act.kind == "leave":
        return "leave motion" if act.motion else "leave" if not act.what else ""
    if act.kind == "settle":
        return "settle answer" if act.answer else "settle"
    if act.kind == "clock" and act.what == "run":
        return "clock run"
    if act.kind in ("meet", "item", "ask", "list", "paper"):
        return f"{act.kind} {act.what}"
    if act.kind == "floor" and act.what:
        return ""  # the same is given without saying what for
    if act.kind == "yield" and act.whom:
        return ""
    if act.kind == "limit" and act.what:
        return ""
    return f"clock {act.what}" if act.kind == "clock" else act.kind


def _form(look: Look, by: str, name: str, found: list[Allowed]) -> Form:
    act, rule = found[0].act, found[0].rule
    varies = VARIES.get(name, "")
    hidden = [("kind", act.kind), ("by", by)]
    if act.what and varies != "what":
        hidden.append(("what", act.what))
    if act.item and act.item == "new":
        hidden.append(("item", "new"))
    if name in ("hand", "settle answer"):
        hidden.append(("motion", act.motion))
    words = say_in("to do in a meeting", DOES[name])
    if varies:
        values = dict.fromkeys(getattr(each.act, varies) for each in found)
        buttons = tuple((varies, value, _called(look, varies, value)) for value in values)
    else:
        buttons = (("", "", words),)
    needed = {each for allowed in found for each in allowed.to_name}
    may = {each for allowed in found for each in allowed.may_name} - needed
    if name == "clock run":
        needed, may = set[str](), {"pace"}
    elif name == "settle":
        may = set[str]()
    fields = (*_fields(look, needed, required=True), *_fields(look, may - {"item", "whom"}, required=False))
    title = f"{words}: {act.motion}" if name in ("hand", "settle answer") else words
    return Form(
        f"do-{by}-{name}-{act.motion}".replace(" ", "-"), title, rule.number, rule.title, tuple(hidden), fields,
        buttons,
        name in FIRST,
    )  # fmt: skip


def _moving(look: Look, by: str, found: list[Allowed]) -> Form:
    """One form for all motions on procedure: which, and what some of them have to say."""
    kinds = dict.fromkeys(each.act.what for each in found)
    needed = {each for allowed in found for each in (*allowed.to_name, *allowed.may_name)}
    fixed = {name for each in found for name in ("item", "ballot") if getattr(each.act, name)}
    choices = tuple((what, say_in("motion on procedure", ROWS[what].title)) for what in kinds)
    fields = [Field("what", "select", say("I move"), True, choices)]
    for name in ("title", "until", "seconds", "text"):
        if name in needed:
            fields += [_of_some(each, name, found) for each in _fields(look, {name}, required=False)]
    for name in sorted(fixed):
        values = dict.fromkeys(getattr(each.act, name) for each in found if getattr(each.act, name))
        label = (
            say("The item, where it is about one")
            if name == "item"
            else say("The vote, where it is about one")
        )
        fields.append(Field(name, "select", label, False, (("", "—"), *((value, value) for value in values))))
    title = say_in("to do in a meeting", DOES["motion"])
    hidden = (("kind", "motion"), ("by", by))
    return Form(
        f"do-{by}-motion", title, 11, found[0].rule.title, hidden, tuple(fields), (("", "", title),), False
    )


def _of_some(field: Field, name: str, found: list[Allowed]) -> Field:
    """A field of the motions with the motions that ask for it, where others do not."""
    asks = dict.fromkeys(each.act.what for each in found if name in (*each.to_name, *each.may_name))
    if len(asks) == len({each.act.what for each in found}):
        return field
    which = listed([say_in("motion on procedure", ROWS[what].title) for what in asks], "or")
    return replace(field, label=say("{field}; only {motions}", field=field.label, motions=which))


def _fields(look: Look, names: set[str], *, required: bool) -> list[Field]:
    pace = look.debate.pace
    hours = (
        say("For how many hours of the room’s time")
        if pace is None or pace.pace == 1
        else say(
            "For how many hours of the room’s time; an hour takes {seconds} seconds on the wall",
            seconds=round(3600 / pace.pace),
        )
    )
    known = {
        "title": Field("title", "text", say("Title"), required),
        "until": Field("until.hours", "hours", hours, required),
        "seconds": Field("seconds", "seconds", say("Seconds"), required),
        "pace": Field("pace", "pace", say("Seconds of the room in one on the wall"), required),
        "text": Field("text", "area", say("Words, reason"), required)
        if required
        else Field("text", "text", say("Words (may be left out)"), required),
    }  # fmt: skip
    return [field for name, field in known.items() if name in names]


def _called(look: Look, field: str, value: str) -> str:
    if field == "whom":
        return Naming.of(look).who(value)
    if field in ("answer", "status"):
        return say_in("button in a meeting", ANSWERS[value])
    if field == "item" and value in look.debate.items:
        return f"{value} · {look.debate.items[value].title}"
    if field == "motion" and value in look.debate.motions:
        return f"{value} · {say_in('motion on procedure', ROWS[look.debate.motions[value].what].title)}"
    if field == "paper" and value in look.debate.papers:
        return f"{value} · {look.debate.papers[value].title}"
    return value
