from foedus.trace.compare import passages
from foedus.trace.document import Document

STORY = "The harbour master closed the northern pier at dusk because three barges had slipped their moorings."


def test_a_sentence_that_two_documents_have_is_found_where_it_stands():
    a = Document("a", f"Nothing of note happened in the morning. {STORY} Later it rained.")
    b = Document("b", f"{STORY} Nobody was hurt, said the owner of a tavern nearby.")
    (found,) = passages([b, a])
    assert found.kind == "verbatim"
    assert a.text[found.a.start : found.a.end] == STORY[:-1] == b.text[found.b.start : found.b.end]
