"""Long texts in pieces: without gaps, within the limit, and where they were cut before."""

import itertools
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from rag.schema import Span
from rag.text.pieces import cut
from rag.text.sentences import trimmed

TEXTS = st.text(st.sampled_from("ab,; \n雨\ud800"), max_size=200)


@given(TEXTS, st.integers(1, 40), st.lists(st.sets(st.integers(0, 200)).map(sorted)))
def test_pieces_join_without_a_gap_and_none_is_too_long(
    text: str, longest: int, places: Sequence[Sequence[int]]
) -> None:
    pieces = list(cut(text, Span(0, len(text)), longest, places))
    assert "".join(piece.of(text) for piece in pieces) == text
    assert all(0 < piece.end - piece.start <= longest for piece in pieces if text)
    assert all(piece.end - piece.start >= longest // 4 for piece in pieces[:-1])


def test_the_best_kind_of_place_in_reach_is_taken() -> None:
    text = "one two, three four; five six, seven"
    commas = [text.index(",") + 1, text.rindex(",") + 1]
    spaces = [index for index, sign in enumerate(text) if sign == " "]
    whole = Span(0, len(text))
    pieces = [piece.of(text) for piece in cut(text, whole, 24, ([text.index(";") + 1], spaces))]
    assert pieces[0] == "one two, three four;"
    assert next(piece.end for piece in cut(text, whole, 12, (commas, spaces))) == commas[0]
    assert [len(piece.of(text)) for piece in cut(text, whole, 12, ())] == [12, 12, 12]


@given(TEXTS, st.lists(st.integers(0, 200), min_size=2, max_size=9).map(sorted))
def test_trimmed_spans_lose_white_space_alone(text: str, edges: Sequence[int]) -> None:
    spans = [Span(start, end) for start, end in itertools.pairwise(edges)]
    kept = list(trimmed(text, spans))
    assert [span.of(text) for span in kept] == [
        span.of(text).strip() for span in spans if span.of(text).strip()
    ]
