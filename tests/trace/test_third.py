"""A treaty of our own, retold in other words by documents that are no copies of one another for that."""

import numpy as np
import pytest

from foedus.trace.compare import passages
from foedus.trace.document import Document
from foedus.trace.third import Third
from foedus.trace.tokens import tokenise

TREATY = Document(
    "lake-pact",
    """Article 1. The Parties shall keep the waters of the lake open to the vessels of every Party and shall levy no
toll upon them. Article 2. Where the harbour of a Party is blocked by ice, flood or hostile vessels so that its supply
with grain or fuel is endangered, the remaining Parties shall, upon the application of that Party, without delay send
icebreakers, tugs and other necessary assistance, and shall bear the cost thereof in equal parts. Article 3. Disputes
on tolls shall be put before a commission of three engineers. Article 4. This pact is open to other states of the
lake basin and remains in force for ten years.""",
)
RETOLD = (
    "that where a harbour is blocked by ice, floods or hostile ships and the supply of grain or fuel is in danger, the "
    "other parties must without delay send icebreakers, tugs and any other necessary assistance at equal cost"
)
A = Document(
    "a",
    "Fishermen gathered in the square on Monday evening to hear the minister, who recalled "
    f"{RETOLD}. Nobody believed a word of what he promised about the price of diesel next winter.",
)
B = Document(
    "b",
    f"Our correspondent has read the pact once more. It says {RETOLD}. Whether tugs from the eastern shore can pass "
    "the narrows before March is another question, and engineers doubt it.",
)
STORY = "Three barges slipped their moorings at dusk and drifted past the lighthouse, so the master closed the pier"


def test_a_retold_provision_is_shared_when_the_treaty_is_known_and_copied_when_not():
    (found,) = passages([A, B], [TREATY])
    assert (found.kind, found.third) == ("shared", "lake-pact")
    assert A.text[found.a.start : found.a.end].endswith("equal cost.")
    (unknown,) = passages([A, B])
    assert (unknown.kind, unknown.third) == ("verbatim", "")


def test_what_stands_around_a_shared_part_is_copied():
    a, b = (Document(one.id, one.text.replace(RETOLD, f"{STORY}; it is agreed {RETOLD}")) for one in (A, B))
    copied, shared = passages([a, b], [TREATY])
    assert (copied.kind, shared.kind) == ("verbatim", "shared")
    assert a.text[copied.a.start : copied.a.end].startswith(STORY)
    assert copied.a.end <= shared.a.start
    assert RETOLD[30:-10] in a.text[shared.a.start : shared.a.end]


def test_word_for_word_quotations_of_one_speech_are_shared():
    speech = Document(
        "speech", f"Friends, hear me. {STORY}, and I thank the crews who stood by all night long."
    )
    a = Document("a", f"The mayor said: “{STORY}” He left soon after.")
    b = Document("b", f"“{STORY}”, according to the mayor, whose speech was short.")
    (found,) = passages([a, b], [speech])
    assert (found.kind, found.third, found.quoted, found.absorbed) == ("shared", "speech", "both", "")


@pytest.mark.parametrize(
    "known",
    [
        Document(
            "other", "Article 1. Members of the postal union shall forward letters at the inland rate. " * 3
        ),
        Document("empty", ""),
    ],
    ids=("another treaty", "an empty text"),
)
def test_an_unrelated_known_text_changes_nothing(known: Document):
    assert passages([A, B], [known]) == passages([A, B])


def test_the_same_subject_in_other_words_is_not_the_treaty():
    text = (
        "Ice has closed the harbour since Thursday. Grain is short, the mayor says, and the ferry company has sent "
        "its tugs home. Parties of schoolchildren walk on the lake; the cost of fuel has doubled in a month."
    )
    words = tokenise([text])
    assert Third([TREATY], words.word).stretches(text, words, 0, len(words.word)) == []


def test_inflected_words_are_known_again():
    known = Document(
        "договор",
        "Стороны незамедлительно предоставляют подвергшейся нападению Стороне необходимую помощь, включая военную, "
        "и оказывают поддержку находящимися в их распоряжении средствами для отражения агрессии.",
    )
    text = (
        "Посол напомнил, что в случае нападения сторонами незамедлительно предоставляется необходимая помощь, "
        "включая военную, оказывается поддержка всеми средствами в их распоряжении, чтобы отразить агрессию. "
        "Затем он пожелал журналистам хорошей зимы и уехал на вокзал."
    )
    words = tokenise([text])
    (found,) = Third([known], np.concatenate((words.word, words.word))).stretches(
        text, words, 0, len(words.word)
    )
    said = text[words.start[found.first] : words.end[found.last - 1]]
    assert "необходимая помощь, включая военную" in said
    assert "вокзал" not in said
