"""What keeping a norm does to the next round: the table from acts and classes to entries into war.

This is where a cascade says more than a treaty does. That help with all means is war on the adversary, and that a
duty which names none is kept against all with whom the ally is at war (but for those whom the ally itself went to
war with, unmenaced), are approximations; each norm's effect is printed with every answer.

>>> effect_of("duty", "none", ("mobilisation",), ("mobilised_all",))
'mobilises'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from foedus.ir.norm import Norm
from foedus.words.speech import marked

Effect = Literal["war", "help", "mobilises", "stays out", "does not help", "sends no force", "lifts", "none"]
"""`war`: war on the adversary. `help`: help that need not be war (the question `cascade.help`). `mobilises`: all
its forces. `stays out`: no war on the one to whom neutrality is owed; nor, if it is to be strict, on the other.
`does not help`, `sends no force`: prohibitions. `lifts`: a right that lifts one. `none`: talks, reports, rights."""

WORDS: Mapping[str, str] = {
    "war": marked("kept by war on the adversary"),
    "help": marked("kept by help, which is taken for war if help of any kind is"),
    "mobilises": marked("kept by a general mobilisation"),
    "stays out": marked("kept by staying out of a war against the one to whom it is owed"),
    "does not help": marked("stands in the way of a war beside the one who may not be helped"),
    "sends no force": marked("stands in the way of a war on the one who is protected"),
    "lifts": marked("lifts a prohibition that would stand in the way"),
    "none": marked("changes nothing here"),
}
HELPED = ("helped", "fought", "joined_disarmament")
MOBILISED = ("mobilised_all", "mobilisation")
ATTACKS = ("war", "force")
NEUTRAL = ("stayed_neutral", "kept_strictly_neutral")
STRICT = ("kept_strictly_neutral",)
LESS_THAN_WAR = ("guarantee", "necessary-help", "as-deemed-necessary")
ALLIED = ("all-means", "necessary-help", "as-deemed-necessary")
"""Classes of help that make the debtor an ally of the one to whom it is owed."""


def effect_of(kind: str, duty_class: str | None, modifiers: Iterable[str], acts: Iterable[str]) -> Effect:
    """What a norm of this kind, class and manner does if it is kept by one of these acts."""
    acts, modifiers = tuple(acts), tuple(modifiers)
    if kind in ("right", "power"):
        return "none"
    if kind == "prohibition":
        if "helped" in acts:
            return "does not help"
        return "sends no force" if any(act in ATTACKS for act in acts) else "none"
    if any(act in ATTACKS for act in acts):
        return "war"
    if any(act in MOBILISED for act in acts):
        return "mobilises"
    if "neutrality" in modifiers or any(act in NEUTRAL for act in acts):
        return "stays out"
    if not any(act in HELPED for act in acts):
        return "none"
    if duty_class == "all-means" or ("force included" in modifiers and duty_class != "meet-danger"):
        return "war"
    return "help" if duty_class in LESS_THAN_WAR else "none"


def effect(norm: Norm) -> Effect:
    """What keeping a norm does. A class that turns on a question counts by its strongest answer."""
    acts = tuple(act.predicate.rpartition(".")[2] for act in norm.acts)
    ways = [(norm.duty_class, norm.modifiers), *((c, m) for _, c, m in norm.classes)]
    found: list[Effect] = [
        effect_of(norm.kind, duty_class, modifiers, acts) for duty_class, modifiers in ways
    ]
    return "war" if "war" in found else "help" if "help" in found else found[0]


def allies(norm: Norm) -> bool:
    """Whether a norm makes its debtor an ally of the one to whom it is owed."""
    classes = (norm.duty_class, *(c for _, c, _ in norm.classes))
    return norm.kind == "duty" and any(c in ALLIED for c in classes) and effect(norm) in ("war", "help")
