"""What goes beside the debate: papers and their sponsors, how a vote is taken, entries that are marked."""

from __future__ import annotations

from dataclasses import replace

from foedus.council.debate.doing import NEW, Doing, needed, not_for, only, refusal, rule_for
from foedus.council.debate.state import Bookmark, Debate, Manner, Paper
from foedus.council.refusal import listed
from foedus.words.speech import phrase

SORTS = ("working paper", "draft", "statement", "letter")
"""What a paper may be."""


def paper(doing: Doing) -> Debate:
    """A paper is tabled, revised, sponsored or withdrawn."""
    match doing.act.what:
        case "table":
            return _tabled(doing)
        case "revise":
            return _revised(doing)
        case "sponsor":
            return _sponsored(doing)
        case _:
            return _withdrawn(doing)


def _tabled(doing: Doing) -> Debate:
    only(doing, "title", "digest", "size", "proposal", "text")
    needed(doing, "title", "digest", "size")
    act, debate = doing.act, doing.debate
    name = f"d{len(debate.papers) + 1}" if act.paper == NEW else act.paper
    if name in debate.papers:
        instead = phrase("Call it `new`: it gets the next number.")
        raise refusal("F717", 15, instead, name=name, why=phrase("exists already"))
    sort = act.text or SORTS[0]
    if sort not in SORTS:
        raise refusal("F726", 15, name="text", value=sort, known=listed(SORTS))
    _proposal(doing)
    assert act.size is not None
    made = Paper(
        name, sort, act.title, act.by, doing.table.entries, act.digest, act.size, proposal=act.proposal
    )
    return _with(debate, made)


def _revised(doing: Doing) -> Debate:
    only(doing, "title", "digest", "size", "proposal", "text")
    needed(doing, "digest", "size")
    act, found = doing.act, _own(doing)
    if act.digest == found.digest:
        raise refusal("F717", 15, name=found.id, why=phrase("is word for word as it was"))
    _proposal(doing)
    assert act.size is not None
    return _with(
        doing.debate,
        replace(
            found, title=act.title or found.title, digest=act.digest, size=act.size,
            proposal=act.proposal or found.proposal, revision=found.revision + 1,
        ),
    )  # fmt: skip


def _proposal(doing: Doing) -> None:
    name, table = doing.act.proposal, doing.table
    if name and name not in table.proposals:
        instead = phrase("There are: {names}.", names=listed(table.proposals))
        raise refusal("F717", 15, instead, name=name, why=phrase("is no proposal on the table"))
    if name in table.voting:
        raise refusal("F717", 15, name=name, why=phrase("is being voted on"))


def _sponsored(doing: Doing) -> Debate:
    only(doing, "text")
    found, who = _there(doing), doing.act.by
    if who == found.by or who in found.sponsors:
        raise refusal("F717", 16, name=found.id, why=phrase("has {who} among its sponsors", who=who))
    return _with(doing.debate, replace(found, sponsors=(*found.sponsors, who)))


def _withdrawn(doing: Doing) -> Debate:
    only(doing, "text")
    return _with(doing.debate, replace(_own(doing), withdrawn=True))


def _there(doing: Doing) -> Paper:
    found = doing.debate.papers.get(doing.act.paper)
    if found is None or found.withdrawn:
        names = listed(each.id for each in doing.debate.papers.values() if not each.withdrawn)
        why = phrase("is not among the papers") if found is None else phrase("is withdrawn")
        raise refusal(
            "F717",
            rule_for(doing.act),
            phrase("There are: {names}.", names=names),
            name=doing.act.paper,
            why=why,
        )
    return found


def _own(doing: Doing) -> Paper:
    found = _there(doing)
    if found.by != doing.act.by:
        raise not_for(doing, (found.by,))
    if found.proposal in doing.table.voting:
        why = phrase("belongs to {proposal}, which is being voted on", proposal=found.proposal)
        raise refusal("F717", 15, name=found.id, why=why)
    return found


def _with(debate: Debate, changed: Paper) -> Debate:
    return replace(debate, papers={**debate.papers, changed.id: changed})


def manner(doing: Doing) -> Debate:
    """The chair says how a vote is taken, before anybody has voted."""
    act, table = doing.act, doing.table
    roll = act.what == "roll call"
    only(doing, "hidden" if not roll else "whom")
    if act.ballot not in table.ballots:
        instead = phrase("There are: {names}.", names=listed(table.ballots))
        raise refusal(
            "F718", 17, instead, why=phrase("there is no vote {name} open or to be opened", name=act.ballot)
        )
    if act.ballot in table.begun:
        raise refusal("F718", 17, why=phrase("the vote {name} has begun", name=act.ballot))
    if act.whom and act.whom not in table.members:
        raise refusal("F718", 17, why=phrase("{who} is no member at the table", who=act.whom))
    made = Manner("roll call", first=act.whom) if roll else Manner("recorded", hidden=bool(act.hidden))
    if doing.debate.manners.get(act.ballot) == made:
        raise refusal("F718", 17, why=phrase("it is taken in this manner"))
    return replace(doing.debate, manners={**doing.debate.manners, act.ballot: made})


def bookmark(doing: Doing) -> Debate:
    """An entry of the record is marked."""
    only(doing)
    act, debate = doing.act, doing.debate
    assert act.entry is not None
    if act.entry >= doing.table.entries:
        raise refusal("F719", 19, entry=str(act.entry), last=str(doing.table.entries - 1))
    return replace(debate, bookmarks=(*debate.bookmarks, Bookmark(act.entry, act.by, act.text)))
