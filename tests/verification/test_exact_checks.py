"""Figures and quotations are compared exactly; a pointer is moved only to what says it."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.citations.build import written_statements
from rag.schema import Verdict
from rag.verification import Check, Source
from rag.verification.figures.quantities import quantities_of
from rag.verification.quotations import quotations_of, unfounded
from rag.verification.repair import repair
from tests.support.archives import make_hit, markers_in

SAID = "“We won’t stop – ever,” he told Axios. “The plan, which I wrote, is sound.”"
WORDS = st.lists(st.sampled_from("rain snow wind fog hail".split()), min_size=2, max_size=6)
MARKS = st.sampled_from([("“", "”"), ('"', '"'), ("«", "»")])
NUMBERS = ["one", "two", "three", "four", "five"]


@given(WORDS, st.data(), MARKS)
def test_any_run_of_whole_words_of_a_text_may_be_quoted(
    words: list[str], data: st.DataObject, marks: tuple[str, str]
) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    quotation = " ".join(words[start:end])
    claim = f"He said {marks[0]}{quotation}{marks[1]} twice."
    assert quotations_of(claim) == [quotation]
    assert unfounded(claim, ["Nothing.", " ".join(words)]) == []
    assert unfounded(claim, [" ".join(words).upper()]) == []
    assert unfounded(claim, ["  \n".join(words)]) == []


@given(WORDS, MARKS)
def test_a_word_that_nobody_said_is_never_quoted(words: list[str], marks: tuple[str, str]) -> None:
    quotation = " ".join([*words, "thunder"])
    claim = f"He said {marks[0]}{quotation}{marks[1]}."
    assert unfounded(claim, [" ".join(words)]) == [quotation]
    assert unfounded(claim, []) == [quotation]


def test_a_quotation_is_not_pieced_together_from_two_paragraphs() -> None:
    assert unfounded("He said “rain and snow”.", ["rain and", "snow"]) == ["rain and snow"]


@pytest.mark.parametrize(
    ("claim", "texts", "missing"),
    [
        ("", [SAID], []),
        ("He said nothing.", [], []),
        ("“…”", [SAID], []),
        ("“stop … sound”", [SAID], []),
        ("“sound … stop”", [SAID], ["sound … stop"]),
        ("“sto”", [SAID], ["sto"]),
        ("He said “ever” and “never”.", [SAID], ["never"]),
        ("He said “ever.", [SAID], []),
    ],
)
def test_only_what_is_missing_is_named(claim: str, texts: list[str], missing: list[str]) -> None:
    assert unfounded(claim, texts) == missing


@given(st.integers(2, 999), st.sampled_from(["", ",000", ".5"]))
def test_a_sum_of_money_is_read_however_it_is_framed(number: int, rest: str) -> None:
    value = float(f"{number}{rest}".replace(",", ""))
    for text in (f"${number}{rest}", f"It cost ${number}{rest}.", f"(${number}{rest})"):
        (found,) = quantities_of(text)
        assert (found.kind, found.unit) == ("money", "dollar")
        assert found.value == pytest.approx(value)


@pytest.mark.parametrize("text", ["", " ", "No figure here.", "$", "%", "…", "😀"])
def test_where_there_is_no_figure_none_is_read(text: str) -> None:
    assert list(quantities_of(text)) == []


def checker(claim: str, sources: Sequence[Source]) -> Check:
    """Support a sentence whose number word stands in a paragraph."""
    (wanted,) = re.findall("|".join(NUMBERS), claim)
    if any(wanted in source.text for source in sources):
        return Check(Verdict.SUPPORTED, "It is there.", complete=True)
    return Check(Verdict.UNSUPPORTED, "It is not there.")


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 4)), min_size=1, max_size=5))
def test_a_pointer_ends_at_the_paragraph_that_says_it_or_stays(
    sentences: list[tuple[int, int]],
) -> None:
    """Paragraphs one to four exist; what the fifth word says, nobody says."""
    hits = [make_hit(f"It is {word}.", article=word) for word in NUMBERS[:4]]
    order = list(dict.fromkeys(pointed for _, pointed in sentences))
    text = " ".join(
        f"It is {NUMBERS[meant - 1]} [{order.index(pointed) + 1}]." for meant, pointed in sentences
    )
    result = repair(text, written_statements(text), order, hits, checker=checker)
    for said, found, (meant, pointed) in zip(
        result.statements, result.verdicts, sentences, strict=True
    ):
        (marker,) = said.markers
        assert result.order[marker - 1] == (meant if meant <= 4 else pointed)
        assert (found.verdict is Verdict.SUPPORTED) == (meant <= 4)
    wrong = sum(meant <= 4 and meant != pointed for meant, pointed in sentences)
    assert (result.moved, result.dropped) == (wrong, 0)
    assert list(dict.fromkeys(markers_in(result.text))) == list(range(1, len(result.order) + 1))
    again = repair(
        result.text, written_statements(result.text), result.order, hits, checker=checker
    )
    assert (again.text, again.order, again.moved) == (result.text, result.order, 0)
    strict = repair(text, written_statements(text), order, hits, strict=True, checker=checker)
    assert strict.dropped == sum(meant == 5 for meant, _ in sentences)
    assert "five" not in strict.text
