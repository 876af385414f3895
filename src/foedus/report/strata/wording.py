"""What is said of the outcomes of a cascade over treaty pages, wherever they are drawn."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from foedus.cascade.rounds.compared import Confusion, Placed, among
from foedus.cascade.rounds.example import Example
from foedus.cascade.rounds.outcome import Case, Group, Held, Step
from foedus.report.cascade import grouped
from foedus.report.cascade_pages import ACTS
from foedus.report.cascade_words import percent
from foedus.report.layout import tied
from foedus.report.lists import apart, article_short, begun, labelled, listed, on_day, quoted
from foedus.report.strata.told import WHOLE, Act, Told, acts_of, called, drawn_of, share_of, spoken
from foedus.words.speech import aloud, marked, plural, say, say_in

WHY: Mapping[str, str] = {
    "ally": marked("{target} is an ally"),
    "both sides": marked("it would fight both sides of a war"),
    "neutrality": marked("a promise of neutrality is kept"),
    "prohibition": marked("a prohibition is kept"),
    "not honoured": marked("the promise is not kept"),
    "did not enter": marked("it does not enter"),
}


def counted(n: int) -> str:
    """`41 472`, on one line."""
    return tied(grouped(n))


def no_probability() -> str:
    """What a share of strata is, and is not."""
    return say(
        "A stratum is one answer for every open question. A share of strata counts readings and open facts; it is no "
        "probability."
    )


def strata_words(told: Told) -> str:
    """How many strata there are, and of what."""
    found = told.strata
    open_ = sum(choice.open for choice in found.choices)
    return say(
        "{strata}: every combination of answers to {questions}.",
        strata=plural("{n} stratum", "{n} strata", found.strata, n=counted(found.strata)),
        questions=plural("{n} open question", "{n} open questions", open_),
    )


def worlds_words(told: Told) -> str:
    """Of coins: how many worlds a stratum has; nothing without."""
    found = told.strata
    if not told.chances:
        return ""
    return say("{n} worlds in each, seed {seed}.", n=counted(found.worlds), seed=found.seed)


def title_words(told: Told) -> str:
    """The title of the drawing of all outcomes."""
    return say("{title}: who is at war in which outcome", title=told.title)


def outcome_words(group: Group) -> str:
    """`At war: Lir and Bor`."""
    return say("At war: {states}", states=belligerent_words(group))


def belligerent_words(group: Group) -> str:
    """Who is at war in an outcome; with coins, in what share of its worlds, where not in all."""
    return listed([_in_outcome(state, group) for state in group.belligerents])


def part_words(strata: float, told: Told) -> str:
    """`18 % (7 584 strata)`."""
    return plural(
        "{part} ({n} stratum)", "{part} ({n} strata)", round(strata),
        part=percent(share_of(strata, told)), n=counted(round(strata)),
    )  # fmt: skip


def further_words(told: Told) -> str:
    """How many outcomes are not drawn; nothing if none."""
    rest = told.strata.groups[len(told.outcomes) :]
    if not rest:
        return ""
    return plural(
        "{n} further outcome, with {part} of the strata, is not drawn.",
        "{n} further outcomes, with {part} of the strata together, are not drawn.",
        len(rest),
        part=percent(share_of(sum(group.strata for group in rest), told)),
    )


def act_words(act: Act) -> str:
    """`Germany opens war on the Russian Empire`."""
    template = ACTS.get(act.predicate)
    if template is None:
        return act.reasons[0].act
    whom = called(act.target) if act.target else say("an ally")
    return begun(say(template, state=called(act.state), target=whom, ally=whom))


def reason_words(step: Step, told: Told, owed_to: Sequence[str] = ()) -> str:
    """`Dual Alliance, Art. I, owed to Germany`, `a plan: “west first”`, `the shock`."""
    if step.kind == "shock":
        return say("the shock")
    if step.kind == "plan":
        return say("a plan: {title}", title=quoted(step.title or step.norm))
    instrument = told.title_of(step.norm.partition(".")[0])
    article = tied(article_short(step.article))
    said = say("{instrument}, {article}", instrument=instrument, article=article) if article else instrument
    if not owed_to:
        return said
    return say("{norm}, owed to {states}", norm=said, states=listed([called(state) for state in owed_to]))


def because_words(act: Act, told: Told) -> str:
    """The norms by which an act is done, each with its share of strata and worlds where that is not all; what is owed
    to several by one article is told once."""
    owed: dict[tuple[str, str, str, float], list[Step]] = {}
    for step in act.reasons:
        norm = step.norm if step.kind == "plan" else step.norm.partition(".")[0]
        owed.setdefault((step.kind, norm, step.article, step.share), []).append(step)
    told_: dict[str, float] = {}
    for steps in owed.values():
        to = dict.fromkeys(step.owed_to for step in steps if step.owed_to)
        words = reason_words(steps[0], told, tuple(to))
        told_[words] = max(steps[0].share, told_.get(words, 0.0))
    return apart(
        words if share >= WHOLE else say("{reason} ({part})", reason=words, part=percent(share))
        for words, share in told_.items()
    )


def held_words(held: Held, opened: bool = False) -> str:
    """`Germany does not fight Belgium: a prohibition is kept (london.respect)`; `opened`: it does, against it."""
    state, target = called(held.state), called(held.target)
    if opened:
        return say(
            "{state} fights {target} against {norm}", state=state, target=target, norm=held.by or held.norm
        )
    why = say(WHY[held.why], target=target) if held.why == "ally" else say(WHY[held.why])
    said = say(
        "{state} does not fight {target}, as {norm} asks: {why}",
        state=state, target=target, norm=held.norm, why=why,
    )  # fmt: skip
    return say("{said} ({norm})", said=said, norm=held.by) if held.by else said


def case_words(case: Case) -> list[tuple[str, str]]:
    """The answers of a case: each question with those that lead there."""
    return [
        (name, listed([quoted(aloud(answer)) for answer in answers], "or"))
        for name, answers in case.answers.items()
    ]


def question_words(title: str) -> str:
    """A question's words; what they leave open, as `…`.

    >>> question_words("{a} was an attack on {v}")
    '… was an attack on …'
    """
    return _HOLE.sub("…", aloud(title))


_HOLE = re.compile(r"\{\w+\}")


def in_words(told: Told) -> str:
    """All outcomes in words: what the drawing of them shows."""
    outcomes = [
        say(
            "Outcome {n}, {part}: at war are {states}.",
            n=group.number, part=part_words(group.strata, told),
            states=belligerent_words(group),
        )
        for group in told.outcomes
    ]  # fmt: skip
    states = [
        say(
            "{state}: at war in {part} of all strata; a duty to fight or help arises in {duty}.",
            state=spoken(state), part=percent(share_of(told.strata.entered[state], told)),
            duty=percent(share_of(told.strata.obliged.get(state, 0.0), told)),
        )
        for state in told.states
    ]  # fmt: skip
    said = [strata_words(told), no_probability(), *outcomes, further_words(told), *states]
    return " ".join(filter(None, said))


def _in_outcome(state: str, group: Group) -> str:
    share = group.entered.get(state, 1.0)
    if share >= WHOLE:
        return called(state)
    return say("{state} (in {part} of the worlds)", state=called(state), part=percent(share))


def course_words(example: Example, told: Told) -> str:
    """The course of one stratum in words."""
    acts = [
        say("Round {n}: {act} ({reasons}).", n=act.round, act=act_words(act), reasons=because_words(act, told))
        for act in drawn_of(example.course)
    ]  # fmt: skip
    return " ".join(filter(None, [example_words(example, told), *acts, left_words(example)]))


def course_title(example: Example) -> str:
    """The title of the drawing of one course."""
    return say("Outcome {n}, the course of one stratum", n=example.of)


def example_words(example: Example, told: Told) -> str:
    """Which stratum is drawn."""
    if not example.answers:
        return say("There is one stratum.")
    answers = apart(labelled(name, quoted(aloud(answer))) for name, answer in example.answers.items())
    if told.chances:
        return say(
            "One stratum of it, with the acts of half of its worlds or more, and the likeliest entry of each who is at "
            "war: {answers}.",
            answers=answers,
        )
    return say("One stratum of it: {answers}.", answers=answers)


def left_words(example: Example) -> str:
    """How many acts of a course are not drawn; nothing if none."""
    rest = len(acts_of(example.course)) - len(drawn_of(example.course))
    if not rest:
        return ""
    return plural("{n} further act is not drawn.", "{n} further acts are not drawn.", rest)


def did_words(state: str, told: Told) -> str:
    """On which day a state entered in fact, or that it stayed out, as far as the page says; nothing where it says of
    nobody what they did."""
    row = told.did.get(state)
    if row is None:
        return ""
    if row.observed is not None:
        return on_day(row.observed)
    return (
        say_in("a state", "stayed out")
        if row.happened == "stayed out"
        else say_in("a state", "not said by the page")
    )


def placed_words(one: Placed, table: Confusion) -> str:
    """A state; where something is so of it in some strata only, in how many."""
    if among(one.strata / table.strata) != "some":
        return spoken(one.state)
    n, of = counted(round(one.strata)), counted(table.strata)
    return say("{state} ({n} of {of})", state=spoken(one.state), n=n, of=of)
