"""The corpus of the benchmarks is the same each time, and says truly what was copied."""

from __future__ import annotations

from datetime import date

from bench.wire import Press


def test_the_corpus_is_the_same_each_time_and_its_copies_are_copies():
    press = Press(2, 900)
    some = list(press.documents(400))
    again = [document.text for document, _ in press.documents(400)]
    assert [document.text for document, _ in some] == again
    texts = {document.id: document for document, _ in some}
    assert len(texts) == 400
    copies = [copy for _, copy in some if copy]
    assert {copy.kind for copy in copies} == {"whole", "cut", "edited", "quoted", "sentence"}
    for copy in copies:
        if copy.origin not in texts:
            continue
        origin, made = texts[copy.origin], texts[copy.copy]
        assert origin.meta.on is not None
        assert made.meta.on is not None
        assert date(2020, 1, 1) <= origin.meta.on.first <= made.meta.on.first
        body = origin.text.split("\n\n")[:-1]
        if copy.kind == "whole":
            assert "\n\n".join(body) in made.text
        elif copy.kind == "quoted":
            assert any(f"“{paragraph}”" in made.text for paragraph in body)
        elif copy.kind == "sentence":
            assert made.text.split("“")[1].split("”")[0] in origin.text
        elif copy.kind == "cut":
            assert made.text.split("\n\n")[2] == body[0]
