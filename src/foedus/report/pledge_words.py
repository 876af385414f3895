"""What pledges and their conditions are called, wherever they are told or drawn."""

from __future__ import annotations

from foedus.words.speech import marked_in

PLEDGED = {
    "defense": marked_in("pledge", "defence"),
    "offense": marked_in("pledge", "offence"),
    "neutral": marked_in("pledge", "neutrality"),
    "nonagg": marked_in("pledge", "non-aggression"),
    "consul": marked_in("pledge", "consultation"),
}
CONDITIONS = {
    "adversary": marked_in("condition", "against named adversaries only"),
    "location": marked_in("condition", "in named places only"),
    "conflict": marked_in("condition", "in one particular conflict only"),
    "number": marked_in("condition", "only if the attackers are more than one"),
    "demand": marked_in("condition", "only if a demand was made, or refused"),
    "unprovoked": marked_in("condition", "only if the attack was not provoked"),
    "request": marked_in("condition", "only if the attacked state asks"),
    "finding": marked_in("condition", "only if somebody finds or decides something first"),
    "accord": marked_in("condition", "only if the parties agree on it"),
    "nonstate": marked_in("condition", "against an attacker that is no state too"),
    "mobilisation": marked_in("condition", "upon a mobilisation already"),
}
