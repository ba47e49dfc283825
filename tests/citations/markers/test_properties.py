"""Markers: what holds for every input, however it is cut, and what hostile input costs."""

import re
import time
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rag.citations.markers import MarkerStream, neutralise, split_markers

MARKER = re.compile(r"\[(\d+)\]")
FRAGMENTS = st.sampled_from(
    [
        *'[]［］【】〔〕()0123456789１２٣ \t\n\r,;.-–:^#"“”„«»`†\\',
        *("[1]", "[2]", "[3]", "[9]", "[0]", "[1, 3]", "[1-3]", "[1–2]", "[1; 2]", "[1][2]"),
        *("［１］", "【２】", "[٣]", "[Source 1]", "[source: 2]", "[^1]", "[paragraph 3]", "[[1]]"),
        *("[1](http://a.example/x)", "[[2]](#x)", "](http://x)", "(http://x(y)z)", "[1-1000000]"),
        *("```", "``", "\n\n", "\n```\n", "foo ", "bar", "end.", "“quote", "said”", "[1", "1]"),
        *("\nSources:\n", "\n**References**\n", "\n[1]: http://x", "\n[^2]: note", "\n- [1] a"),
        *("[" + "0" * 250 + "1]", "[" + "1," * 120 + "2]", "[12345678]", "[123456789]"),
    ]
)
TEXTS = st.one_of(st.lists(FRAGMENTS, max_size=30).map("".join), st.text(max_size=80))


def run(text: str, allowed: int = 4, cuts: Sequence[int] = ()) -> tuple[str, MarkerStream]:
    stream = MarkerStream(allowed)
    edges = [0, *sorted(cut % (len(text) + 1) for cut in cuts), len(text)]
    pieces = [stream.feed(text[a:b]) for a, b in pairwise(edges)]
    return "".join([*pieces, stream.finish()]), stream


@settings(max_examples=80, deadline=None)
@given(TEXTS, st.lists(st.integers(0, 10_000), max_size=12), st.integers(0, 12))
@example("[[9]1]", [], 1)
@example("［[9]1］", [], 1)
@example('"[ [1]"2]', [], 2)
def test_cutting_the_input_changes_nothing_and_numbers_have_no_gaps(
    text: str, cuts: list[int], allowed: int
) -> None:
    whole, stream = run(text, allowed)
    pieces, other = run(text, allowed, cuts)
    each, _ = run(text, allowed, range(len(text)))
    assert whole == pieces == each
    assert (stream.order, stream.invented) == (other.order, other.invented)
    first_seen = dict.fromkeys(int(number) for number in MARKER.findall(whole))
    assert list(first_seen) == list(range(1, len(stream.order) + 1))
    assert all(1 <= number <= allowed for number in stream.order)


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_neutralised_text_never_cites(text: str) -> None:
    safe = neutralise(text)
    assert len(safe) == len(text)
    assert neutralise(safe) == safe
    assert not MARKER.search(safe)
    assert run(safe, 9)[1].order == ()
    changed = {(a, b) for a, b in zip(text, safe, strict=True) if a != b}
    assert all(a in {"(": "[［【〔", ")": "]］】〕"}[b] for a, b in changed)


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="ab .,x", max_size=20), st.integers(1, 6), st.text("ab .,", max_size=20))
def test_quoted_numbers_never_cite(quoted: str, number: int, after: str) -> None:
    inside = f"“{quoted}[{number}]x{quoted}”{after}"
    text, stream = run(inside, 6)
    assert (text, stream.order) == (inside.replace("[", "(").replace("]", ")"), ())


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from([" [9]", "[0]", " word", ".", " [1]", ","]), max_size=20))
def test_a_removal_leaves_no_double_blank(parts: list[str]) -> None:
    text = run("start" + "".join(parts), 1)[0]
    assert "  " not in text
    assert " ." not in text
    assert " ," not in text


@pytest.mark.parametrize(
    "unit",
    [
        *("[", "[[", "[1", "[1]", "[1](", "[1](a", "`", "“", '"', "“[1]", "\n", "\n[", " ", "[9] "),
        *("[1,", "[ ", "\nSources:\n[1] a\n", "\n[1]: http://x", "[1-30]", "1" * 50),
        *("[" + "1" * 50, "[[1]](", "[1](a(b", "“[1]. ", "\n- "),
    ],
)
def test_hostile_input_costs_linear_time(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    started = time.process_time()
    MarkerStream(40).feed(text)
    neutralise(text)
    split_markers(text)
    assert time.process_time() - started < 2


def test_a_megabyte_of_brackets_costs_a_second_at_most() -> None:
    started = time.process_time()
    stream = MarkerStream(4)
    assert stream.feed("[" * 1_000_000) + stream.finish() == "[" * 1_000_000
    assert neutralise("[" * 1_000_000) == "[" * 1_000_000
    assert time.process_time() - started < 1


def test_hostile_input_in_small_pieces_costs_linear_time() -> None:
    started = time.process_time()
    for unit in ("[", "[1,", "`", " ", "\n", "[1](a", "“[1] "):
        stream = MarkerStream(4)
        for _ in range(8_000):
            stream.feed(unit)
        stream.finish()
    assert time.process_time() - started < 4
