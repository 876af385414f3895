"""A cascade in a notebook's cell: its chains and chances drawn, and a table behind them, in the notebook's colours."""

from __future__ import annotations

import hashlib

from foedus.cascade.ask import Cascade
from foedus.notebook.markup import Markup, block, folded, framed, heading, quiet, row, table
from foedus.report.cascade import how, note
from foedus.report.chains.bars import chances, timeline
from foedus.report.chains.graph import graph
from foedus.report.chains.of_cascade import of_cascade
from foedus.report.chains.wording import (
    call_words,
    faint_words,
    headline,
    shock_words,
    side_words,
    with_interval,
)
from foedus.report.lists import begun, decimal, on_day
from foedus.terms.edtf import EDate
from foedus.words.speech import say


def show_drawn(found: Cascade) -> str:
    """The output of a cell."""
    chain = of_cascade(found)
    names, over = chain.called(), chain.above()
    words = headline(chain)
    # Ids of one output must not be those of another on the same page.
    own = hashlib.sha256(f"{shock_words(chain)} {words} {found.asked}".encode()).hexdigest()[:8]
    rows: list[Markup] = []
    for one in chain.entrants:
        if one.round == 0 or one.chance is None:
            continue
        call = over.get(one.key)
        rows.append(
            row(
                one.name,
                side_words(chain, one.side),
                with_interval(one.chance),
                decimal(f"{one.round:.1f}") if one.timed else "–",
                call_words(call, names[call.caller]) if call else "",
            )
        )
    heads = [say("state"), say("side"), say("chance"), say("mean round"), say("most often by")]
    return framed(
        heading(begun(shock_words(chain)), on_day(EDate.of(found.asked.on))),
        block(words),
        block(quiet(how(found))),
        _drawing(graph(chain, f"chain-{own}")),
        *([block(quiet(faint_words(chain)))] if chain.faint else []),
        _drawing(chances(chain, f"bars-{own}")),
        folded(say("Round by round"), _drawing(timeline(chain, f"line-{own}"))),
        table(heads, rows) if rows else block(say("Nobody joins.")),
        block(quiet(note())),
    )


def _drawing(svg: str) -> Markup:
    return block(Markup(svg), style="margin:.5rem 0 .8rem;max-width:940px")
