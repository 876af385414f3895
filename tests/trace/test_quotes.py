import pytest

from foedus.trace.quotes import quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “never” and «jamais» and „nie“ and 「不」.", ["never", "jamais", "nie", "不"]),
        ('"No," she said. "Yes."', ["No,", "Yes."]),
        ("”Nej”, sade han. »Ja» och »Nej«", ["Nej", "Ja", "Nej"]),
        ("don’t ‘go there’ or it’s the boys’ fault", ["go there"]),
        ("«No “ifs” here»", ["No “ifs” here"]),
        ("“One.\n\n“Two.” After", ["One.\n\n“Two."]),
        ("“Never closed.\n\nAfter “this”", ["Never closed.", "this"]),
        ("“Never closed\nnext line", ["Never closed"]),
        ('a 5" pipe and a 6" pipe', []),
        ("> set off\nnot", ["> set off"]),
        ("", []),
    ],
)
def test_what_stands_in_marks_is_a_quotation(text: str, expected: list[str]):
    assert [text[start:end] for start, end in quotations(text)] == expected
