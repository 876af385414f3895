"""A question over obligations of our own: states of 1914, pacts that are only like those of 1914."""

from __future__ import annotations

from datetime import date
from functools import cache

from foedus.cascade.ask import Asked, Cascade, ask
from foedus.cascade.engine import Engine
from foedus.cascade.honour import read_table
from foedus.cascade.solve import solve
from foedus.obligations.obligation import Obligation
from tests.plots.invented import EDITION, owes, pact

ON = date(1914, 7, 28)
AUH, SER, RUS, GER, FRN, UK, BEL, JPN, OTT, ITA, ROM = 300, 345, 365, 255, 220, 200, 211, 740, 640, 325, 360


def july_obligations() -> tuple[Obligation, ...]:
    """Who owes whom what, by numbers of the Correlates of War."""
    return (
        owes(RUS, SER, "defense", "lir:10", "Promise of 1909"),
        *pact((GER, AUH), ("defense",), "lir:11", "Dual Alliance"),
        *pact((GER, AUH, ITA), ("defense", "consul"), "lir:12", "Triple Alliance"),
        *pact((FRN, RUS), ("defense", "consul"), "lir:13", "Franco-Russian Convention"),
        owes(UK, BEL, "defense", "lir:14", "Treaty of London"),
        *pact((UK, FRN), ("consul",), "lir:15", "Entente"),
        owes(JPN, UK, "offense", "lir:16", "Alliance of the Islands"),
        owes(OTT, GER, "defense", "lir:17", "Alliance of August"),
        *pact((ROM, AUH), ("defense",), "lir:18", "Treaty of 1883"),
        *pact((ITA, FRN), ("neutral",), "lir:19", "Agreement of 1902 <of & all>"),
    )


@cache
def asked(worlds: int = 96, turned: int = 10, draws: int = 2) -> Cascade:
    """The answer, by the plain engine in few worlds."""
    return ask(
        july_obligations(),
        Asked("AUH", "SER", ON, read_table("berkemeier-fuhrmann-2018", "both", 0.1),
              without=("lir:13", "RUE:SER"), draws=draws, told=150, turned=turned),
        Engine(solve, nodes=0, worlds=worlds),
        editions=[EDITION],
    )  # fmt: skip
