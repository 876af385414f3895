"""The rounds themselves: what was so before a round decides what is done in it, in all lanes at once.

What is asserted stays. Two states that open war on each other in one round are at war, and neither was first. A
state does not join a war in which it would fight its own ally, or both sides; what it was called to and did not do
is kept. Promises of neutrality and prohibitions stand in the way of duties; plans are carried out against them, and
that is kept as a promise broken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from foedus.cascade.rounds.chances import Coins
from foedus.cascade.rounds.feeds import ALWAYS, ANY_HELP, BLOW, CLEAN, HELP, JOINED, JOINER, SO, STRUCK, Feed
from foedus.cascade.rounds.lowered import Call, Lowered
from foedus.cascade.rounds.space import Space
from foedus.engines.lanes import Lanes
from foedus.terms.fact import Fact

ROUNDS = 60
ON = "carried out"
Pair = tuple[str, str]
Why = Literal["ally", "both sides", "neutrality", "prohibition", "not honoured", "did not enter"]


@dataclass(frozen=True, slots=True)
class Done:
    """An act of a round, by the norm that it keeps (None: the shock), in some lanes."""

    round: int
    predicate: str
    state: str
    target: str | None
    call: Call | None
    lanes: int


@dataclass(frozen=True, slots=True)
class Stopped:
    """A war to which a norm called, and which was not opened in some lanes; or a plan carried out against `by`."""

    round: int
    state: str
    target: str
    call: Call
    why: Why
    by: str
    lanes: int


@dataclass
class Rounds:
    """One cascade as it runs. `facts` are columns by the text of the fact; `wars` those of openings.
    `log` tells every fact that came to hold, with its round and lanes."""

    lowered: Lowered
    space: Space
    states: tuple[str, ...]
    coins: Coins
    without: frozenset[str] = frozenset()
    facts: dict[str, int] = field(default_factory=dict[str, int])
    wars: dict[Pair, int] = field(default_factory=lambda: defaultdict[Pair, int](int))
    ties: dict[Pair, int] = field(default_factory=lambda: defaultdict[Pair, int](int))
    done: list[Done] = field(default_factory=list[Done])
    stopped: list[Stopped] = field(default_factory=list[Stopped])
    broken: list[Stopped] = field(default_factory=list[Stopped])
    obliged: dict[str, int] = field(default_factory=lambda: defaultdict[str, int](int))
    log: list[tuple[int, str, int]] = field(default_factory=list[tuple[int, str, int]])
    round: int = 0

    def __post_init__(self) -> None:
        self.full = self.space.full
        self._lanes = Lanes(self.lowered.circuit, (call.lit for call in self.lowered.calls))
        self._masks: dict[Pair, int] = {}
        self._clean: dict[tuple[str, str, str], int] = defaultdict(int)
        self._before: dict[str, int] = defaultdict(int)
        self._was: dict[str, int] = defaultdict(int)
        self._orders = [feed for feed in self.lowered.feeds.values() if feed.source == "order"]
        self._began: dict[str, int] = defaultdict(int)
        self._seen: dict[tuple[int, str, str, str], int] = defaultdict(int)

    # ---- columns ----

    def mask(self, choice: str, answer: str) -> int:
        """The lanes in which a question has an answer; all or none where it is not asked."""
        key = choice, answer
        if key not in self._masks:
            self._masks[key] = self.space.lanes(choice, answer)
        return self._masks[key]

    def at_war(self, one: str, other: str) -> int:
        """The lanes in which two states are at war, whoever opened it."""
        return self.wars[one, other] | self.wars[other, one] | self.ties[one, other]

    def opened(self, one: str, other: str) -> int:
        """The lanes in which one attacked the other by opening a war; under one reading, by being in it at all."""
        first = self.wars[one, other]
        joined = self.wars[other, one] | self.ties[one, other]
        return first | (self.mask(JOINER, JOINED) & joined if joined else 0)

    def fact(self, name: str) -> int:
        """The column of a fact: one that is asserted or given, or follows from a war."""
        word, _, rest = name[:-1].partition("(")
        if word in ("war", "force", "at_blows", "state_of_war", "hostile_act"):
            one, _, other = rest.partition(", ")
            if word == "war":
                return self.opened(one, other)
            if word in ("at_blows", "state_of_war"):
                return self.at_war(one, other)
            struck = self.opened(one, other)
            return self.facts.get(f"force({rest})", 0) | (self.mask(BLOW, STRUCK) & struck if struck else 0)
        if word == "tie":
            one, _, other = rest.partition(", ")
            return self.ties[one, other]
        return self.facts.get(name, 0)

    def column(self, name: str) -> int:
        """The column of a variable of the conditions."""
        feed = self.lowered.feeds[name]
        match feed.source:
            case "state" | "given":
                return self.fact(feed.name)
            case "answer":
                return self.mask(feed.name, feed.args[0])
            case "order":
                return self._before[name]
            case "judged":
                return self._judged(feed)
            case _:
                return self.full if feed.value else 0

    def _judged(self, feed: Feed) -> int:
        if feed.name != "unprovoked":
            return self.mask(feed.name, SO)
        found = self.mask(feed.name, ALWAYS)
        if clean := self.mask(feed.name, CLEAN):
            word, _, rest = feed.args[0][:-1].partition("(")
            one, _, other = rest.partition(", ")
            kinds = ("war", "force") if word == "force" else (word,)
            for kind in kinds:
                found |= clean & self._clean[kind, one, other]
        return found

    # ---- one round ----

    def begin(self, shock: tuple[Fact, ...], given: tuple[Fact, ...]) -> None:
        """Round 0: what the shock asserts, all at once, and what is given."""
        for fact in given:
            self.facts[fact.id] = self.full
        new: dict[Pair, int] = {}
        for fact in shock:
            args = tuple(str(arg) for arg in fact.args)
            state, target = args[0], args[1] if len(args) > 1 else None
            self.done.append(Done(0, fact.predicate, state, target, None, self.full))
            self.facts[fact.id] = self.full
            if fact.predicate != "war":
                self.log.append((0, fact.id, self.full))
            if fact.predicate in ("war", "force") and target is not None:
                new[state, target] = self.full
            elif fact.predicate == "mobilisation" and target is not None:
                self._clean["mobilisation", state, target] = self.full
        self._open(new)
        self._note_order()

    def run(self, tell: Callable[[int, int], None] | None = None) -> None:
        """Rounds until nothing new is done in any lane."""
        while self.round < ROUNDS and self.next():
            if tell is not None:
                tell(self.round, self.space.strata)

    def next(self) -> bool:
        """One round; whether anything was done in it."""
        self.round += 1
        calls = list(zip(self.lowered.calls, self._lanes.run(self.column, self.full), strict=True))
        blocks = self._blocks(calls)
        wants: dict[Pair, list[tuple[Call, int]]] = defaultdict(list)
        new: dict[str, int] = {}
        for call, lanes in self._kept(calls):
            if call.effect == "mobilises":
                self._mobilise(call, lanes, new)
            else:
                self._want(call, lanes, wants, new)
        wars = self._allowed(wants, blocks, new)
        for name, lanes in new.items():
            self.facts[name] = self.facts.get(name, 0) | lanes
            self.log.append((self.round, name, lanes))
        self._open(wars)
        self._note_order()
        return bool(new) or any(wars.values())

    def _kept(self, calls: list[tuple[Call, int]]) -> Iterator[tuple[Call, int]]:
        """The duties and plans that call, in the lanes in which they are kept. Those of a norm that its debtors
        keep together: where all do."""
        together: dict[tuple[str, str | None, tuple[str, ...]], int] = {}
        found: list[tuple[Call, int]] = []
        for call, lanes in calls:
            if call.effect not in ("war", "help", "mobilises"):
                continue
            if call.norm.kind == "plan":
                lanes &= self.mask(call.norm.id, ON)
            elif call.effect != "mobilises":
                self.obliged[call.debtor] |= lanes
            kept = lanes & self.space.spread(self._coin("honours", call)) if lanes else 0
            if call.group is not None:
                together[call.group] = together.get(call.group, self.full) & kept
            found.append((call, kept))
        for call, lanes in found:
            if call.group is not None:
                lanes &= together[call.group]
            if lanes:
                yield call, lanes

    def _coin(self, what: str, call: Call) -> int:
        norm = call.norm
        coin = f"{what}|{norm.id}|{call.debtor}|{call.beneficiary}"
        if what == "enters":
            return self.coins.column(coin, (f"enters:{norm.id}", "enters"))
        kind = "plan" if norm.kind == "plan" else "duty"
        if call.effect in ("stays out", "does not help", "sends no force"):
            kind = "neutrality"
        return self.coins.column(coin, (norm.id, norm.instrument, norm.duty_class or kind, kind))

    def _blocks(self, calls: list[tuple[Call, int]]) -> dict[Pair, list[tuple[Call, int]]]:
        """Whom promises keep from a war on whom; but for prohibitions that a right lifts."""
        found: dict[Pair, list[tuple[Call, int]]] = defaultdict(list)
        lifted: dict[tuple[str, str, str], int] = defaultdict(int)
        for call, lanes in calls:
            if lanes and call.effect == "lifts":
                for target in call.targets:
                    for name in call.norm.lifts:
                        lifted[name, call.debtor, target] |= lanes
        for call, lanes in calls:
            if lanes and call.beneficiary and call.effect == "sends no force":
                lanes &= ~lifted[call.norm.id, call.debtor, call.beneficiary]
            if lanes and call.beneficiary and call.effect in ("stays out", "does not help", "sends no force"):
                lanes &= self.space.spread(self._coin("honours", call))
                found[call.debtor, call.beneficiary].append((call, lanes))
                if call.strict:
                    for target in call.targets:
                        found[call.debtor, target].append((call, lanes))
        return found

    def _mobilise(self, call: Call, lanes: int, new: dict[str, int]) -> None:
        name = f"mobilised_all({call.debtor})"
        fresh = lanes & ~self.facts.get(name, 0)
        if not fresh:
            return
        new[name] = new.get(name, 0) | fresh
        self.done.append(Done(self.round, "mobilised_all", call.debtor, None, call, fresh))
        for other in self.states:
            if facing := fresh & self._faced(call.debtor, other):
                fact = f"mobilisation({call.debtor}, {other})"
                fresh_here = facing & ~self.facts.get(fact, 0)
                new[fact] = new.get(fact, 0) | fresh_here
                general = f"general_mobilisation({fact})"
                new[general] = new.get(general, 0) | facing
                clean = fresh_here & ~self._began[other]
                self._clean["mobilisation", call.debtor, other] |= clean

    def _faced(self, debtor: str, other: str) -> int:
        """Where a general mobilisation faces another state: one that opened a war or mobilised, or its ally."""
        if other == debtor or self._allied(debtor, other):
            return 0
        behind = (other, *(z for z in self.states if z != debtor and self._allied(other, z)))
        found = 0
        for state in behind:
            found |= self._began[state]
            for third in self.states:
                found |= self.facts.get(f"mobilisation({state}, {third})", 0)
        return found

    def _want(
        self, call: Call, lanes: int, wants: dict[Pair, list[tuple[Call, int]]], new: dict[str, int]
    ) -> None:
        help_only = lanes & ~self.mask(HELP, ANY_HELP) if call.effect == "help" else 0
        self._help(call, help_only, new)
        lanes &= ~help_only
        for target in call.targets or self.states:
            if target == call.debtor:
                continue
            called = lanes if call.targets else lanes & self._adverse(call.beneficiary or "", target)
            already = called & self.at_war(call.debtor, target)
            fresh = called & ~already
            enters = fresh & self.space.spread(self._coin("enters", call)) if fresh else 0
            self._help(call, already | fresh & ~enters, new)
            if missed := fresh & ~enters:
                self._stop(call, target, "did not enter", "", missed)
            if enters:
                wants[call.debtor, target].append((call, enters))

    def _adverse(self, state: str, other: str) -> int:
        """Where another state is an adversary of one that is to be helped: they are at war, and not because it
        opened that war itself with nobody mobilised against it."""
        mobilised = self.facts.get(f"mobilisation({other}, {state})", 0)
        return self.at_war(state, other) & (mobilised | ~self.wars[state, other])

    def _help(self, call: Call, lanes: int, new: dict[str, int]) -> None:
        """That a duty is kept by help: by what is done already, or by a war that is opened now."""
        if lanes and call.norm.kind == "duty" and call.beneficiary is not None:
            name = f"helped({call.debtor}, {call.beneficiary})"
            if fresh := lanes & ~self.facts.get(name, 0) & ~new.get(name, 0):
                new[name] = new.get(name, 0) | fresh
                self.done.append(Done(self.round, "helped", call.debtor, call.beneficiary, call, fresh))

    def _stop(self, call: Call, target: str, why: Why, by: str, lanes: int) -> None:
        key = id(call), target, why, by
        if fresh := lanes & ~self._seen[key]:
            self._seen[key] |= fresh
            self.stopped.append(Stopped(self.round, call.debtor, target, call, why, by, fresh))

    def _allowed(
        self,
        wants: dict[Pair, list[tuple[Call, int]]],
        blocks: Mapping[Pair, list[tuple[Call, int]]],
        new: dict[str, int],
    ) -> dict[Pair, int]:
        """The wars that are opened: not on an ally, not on both sides, not against a promise that is kept."""
        left: dict[Pair, list[tuple[Call, int]]] = {}
        for (state, target), asked in wants.items():
            both = self._both_sides(state, target)
            for call, lanes in asked:
                if call.norm.kind != "plan":
                    if self._allied(state, target):
                        self._stop(call, target, "ally", "", lanes)
                        lanes = 0
                    for block, where in blocks.get((state, target), ()):
                        why: Why = "neutrality" if block.effect == "stays out" else "prohibition"
                        if held := lanes & where:
                            self._stop(call, target, why, block.norm.id, held)
                            lanes &= ~held
                if held := lanes & both:
                    self._stop(call, target, "both sides", "", held)
                    lanes &= ~held
                if lanes:
                    left.setdefault((state, target), []).append((call, lanes))
        wars = {pair: _either(lanes for _, lanes in asked) for pair, asked in left.items()}
        torn = {pair: self._torn(pair, wars) for pair in wars}
        for (state, target), asked in left.items():
            for call, lanes in asked:
                if held := lanes & torn[state, target]:
                    self._stop(call, target, "both sides", "", held)
                if kept := lanes & ~torn[state, target]:
                    self._do(call, state, target, kept, blocks)
                    self._help(call, kept, new)
        return {pair: lanes & ~torn[pair] for pair, lanes in wars.items()}

    def _do(
        self, call: Call, state: str, target: str, lanes: int, blocks: Mapping[Pair, list[tuple[Call, int]]]
    ) -> None:
        self.done.append(Done(self.round, "force" if call.force else "war", state, target, call, lanes))
        if call.norm.kind == "plan":
            for block, where in blocks.get((state, target), ()):
                if against := lanes & where:
                    self.broken.append(
                        Stopped(self.round, state, target, call, "prohibition", block.norm.id, against)
                    )
        if call.force:
            name = f"force({state}, {target})"
            self.facts[name] = self.facts.get(name, 0) | lanes
            self.log.append((self.round, name, lanes))

    def _both_sides(self, state: str, target: str) -> int:
        found = 0
        for other in self.states:
            found |= self.at_war(state, other) & self.at_war(other, target)
        return found

    def _torn(self, pair: Pair, wars: Mapping[Pair, int]) -> int:
        state, target = pair
        found = 0
        for (other_state, other), lanes in wars.items():
            if other_state == state and other != target:
                found |= wars[pair] & lanes & self.at_war(target, other)
        return found

    def _allied(self, one: str, other: str) -> bool:
        return (one, other) in self.lowered.allied or (other, one) in self.lowered.allied

    def _open(self, wars: dict[Pair, int]) -> None:
        """Open wars, all at once; two that open war on each other were neither first."""
        began = dict(self._began)
        for (state, target), lanes in wars.items():
            mutual = lanes & wars.get((target, state), 0)
            alone = lanes & ~mutual
            if lanes:
                self.log.append((self.round, f"war({state}, {target})", lanes))
            self.wars[state, target] |= alone
            if mutual:
                self.ties[state, target] |= mutual
                self.ties[target, state] |= mutual
            self._clean["war", state, target] |= lanes & ~began.get(target, 0)
            self._clean["war", target, state] |= lanes & ~began.get(state, 0)
            self._began[state] |= lanes

    def _note_order(self) -> None:
        for feed in self._orders:
            first, second = feed.args
            now, then = self.fact(first), self.fact(second)
            self._before[feed.name] |= now & ~self._was[first] & ~then
        for feed in self._orders:
            for name in feed.args:
                self._was[name] = self.fact(name)


def _either(columns: Iterator[int]) -> int:
    found = 0
    for column in columns:
        found |= column
    return found
