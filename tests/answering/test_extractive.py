"""The quoting engine: which sentences it takes, in what order, and where the markers go."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.extractive import ExtractiveDraft
from rag.answering.request import Request
from rag.answering.selection import MOST_SENTENCES, select
from rag.citations.markers import with_markers
from rag.factory import Byline
from rag.retrieval.rerank import Hit
from rag.schema import ParagraphKind
from rag.settings import load_settings
from tests.support.archives import make_hit

NEAR, FAR = [1.0, 0.0], [0.0, 1.0]
AKIN = [0.5, 0.87]
"""Related to NEAR, but not about the same matter."""


def quoted(*hits: Hit) -> list[str]:
    """Return the sentences that are selected, in reading order."""
    return [one.span.of(hits[one.hit].scored.paragraph.text) for one in select(hits)]


def written(*hits: Hit) -> str:
    return "".join(ExtractiveDraft(hits, select(hits)))


def test_one_sentence_answers_where_no_other_comes_near() -> None:
    hits = [make_hit("Rain fell. Snow fell. Hail fell.", [1, 9, 2]), make_hit("Fog came.", [7.5])]
    assert quoted(*hits) == ["Snow fell."]


def test_nothing_found_is_nothing_quoted() -> None:
    assert select([]) == ()
    assert written() == ""


def test_a_sentence_that_is_nearly_as_good_is_added() -> None:
    assert quoted(make_hit("Rain fell. Snow fell.", [8.5, 9])) == ["Rain fell.", "Snow fell."]
    assert quoted(make_hit("Rain fell. Snow fell.", [7.9, 9])) == ["Snow fell."]


def test_a_sentence_that_covers_more_of_the_question_is_let_in_sooner() -> None:
    text, scores = "Rain fell. Snow fell.", [7.5, 9]
    assert quoted(make_hit(text, scores, coverage=[0.1, 0.2])) == ["Snow fell."]
    assert quoted(make_hit(text, scores, coverage=[0.5, 0.2])) == ["Rain fell.", "Snow fell."]


@pytest.mark.parametrize(
    ("vector", "score", "taken"),
    [
        (NEAR, 5.0, True),
        (NEAR, -40.0, False),
        (AKIN, 7.5, True),
        (AKIN, 5.0, False),
        (FAR, 8.5, False),
    ],
    ids=["same matter", "same matter, far worse", "related", "related, worse", "other matter"],
)
def test_another_article_is_quoted_when_it_is_about_the_same_matter(
    vector: list[float], score: float, taken: bool
) -> None:
    best = make_hit("It rained in Kyiv.", [9], article="a", vectors=[NEAR])
    other = make_hit("Rain fell on Kyiv.", [score], article="b", vectors=[vector])
    assert ("Rain fell on Kyiv." in quoted(best, other)) is taken


def test_articles_stand_apart_and_sentences_of_one_together() -> None:
    a = make_hit("Rain fell. Snow fell.", [9, 8.9], article="a", vectors=[NEAR, NEAR])
    b = make_hit("Hail fell.", [8.5], article="b", vectors=[NEAR])
    assert written(a, b) == "Rain fell [1]. Snow fell [1].\n\nHail fell [2]."


def test_sentences_of_one_paragraph_keep_its_order() -> None:
    a, b = make_hit("One came. Two came.", [8.8, 9]), make_hit("Three came.", [8.9])
    assert quoted(a, b) == ["One came.", "Two came.", "Three came."]


def test_the_best_paragraph_comes_first_wherever_it_was_ranked() -> None:
    assert written(make_hit("Rain fell.", [8.5]), make_hit("Snow fell.", [9])) == (
        "Snow fell [1]. Rain fell [2]."
    )


def test_at_most_four_sentences_are_quoted() -> None:
    text = " ".join(f"Number {word} came." for word in "one two three four five six".split())
    assert len(quoted(make_hit(text, [9] * 6))) == MOST_SENTENCES == 4
    leaning = make_hit("Rain fell. He left. Snow fell. She left. Hail fell. It left.", [1, 9] * 3)
    assert len(quoted(leaning)) == 4


def test_only_the_first_six_paragraphs_are_quoted_from() -> None:
    hits = [make_hit(f"Number {index} came.", [10 * index]) for index in range(8)]
    assert quoted(*hits) == ["Number 5 came."]


def test_a_headline_is_quoted_only_where_there_is_nothing_else() -> None:
    headline = make_hit("Rain falls on Kyiv", [9], kind=ParagraphKind.HEADLINE)
    assert quoted(headline, make_hit("It rained.", [1])) == ["It rained."]
    assert quoted(headline) == ["Rain falls on Kyiv"]


@pytest.mark.parametrize(
    ("text", "best", "expected"),
    [
        # The sentence before says who speaks.
        ("Bowman said: “Rain fell. Snow fell too.”", 1, 2),
        # It says so itself.
        ("Kyiv slept. “Snow fell,” Bowman said.", 1, 1),
        # It begins a quotation that the sentence before has nothing to do with.
        ("Kyiv slept. Snow fell.", 1, 1),
        ("Bowman came. He left on Friday.", 1, 2),
        ("Bowman came. Their plan failed.", 1, 2),
        ("Bowman came. Henry left on Friday.", 1, 1),
        ("He left on Friday. Bowman came.", 0, 1),
    ],
)
def test_context_says_who_speaks_and_who_he_is(text: str, best: int, expected: int) -> None:
    hit = make_hit(text)
    scores = [9.0 if index == best else 1.0 for index in range(len(hit.sentence_scores))]
    chosen = quoted(make_hit(text, scores))
    assert len(chosen) == expected
    assert " ".join(chosen) in text


def test_context_that_is_quoted_anyway_is_not_quoted_twice() -> None:
    assert quoted(make_hit("Bowman came. He left.", [8.9, 9])) == ["Bowman came.", "He left."]


@pytest.mark.parametrize(
    ("sentence", "marked"),
    [
        ("It rained.", "It rained [2]."),
        ("Did it rain?", "Did it rain [2]?"),
        ("It rained!", "It rained [2]!"),
        ("It rained...", "It rained... [2]"),
        ("What?!", "What?! [2]"),
        ("He said: “It rained.”", "He said: “It rained.” [2]"),
        ("He said: “Did it rain?”", "He said: “Did it rain?” [2]"),
        ("It rained (in Kyiv).", "It rained (in Kyiv). [2]"),
        ("It rained in Kyiv", "It rained in Kyiv [2]"),
        ("It cost 5%.", "It cost 5%. [2]"),
        ("...", "... [2]"),
        ("雨が降った。", "雨が降った。 [2]"),
    ],
)
def test_where_the_marker_goes(sentence: str, marked: str) -> None:
    assert with_markers(sentence, [2]) == marked


def test_an_abbreviation_keeps_its_full_stop() -> None:
    marked = with_markers("He lives in the U.S.", [1])
    assert re.sub(r" \[1\]", "", marked) == "He lives in the U.S."


@given(st.text(), st.integers(1, 9))
def test_a_marker_is_added_and_nothing_else_is_changed(sentence: str, marker: int) -> None:
    marked = with_markers(sentence, [marker])
    assert len(marked) == len(sentence) + len(f" [{marker}]")
    place = marked.rindex(f" [{marker}]")
    assert marked[:place] + marked[place + len(f" [{marker}]") :] == sentence


def test_a_number_in_brackets_of_the_articles_own_is_no_marker() -> None:
    assert written(make_hit("It rained on Monday [3].", [9])) == "It rained on Monday (3). [1]"


SENTENCES = st.lists(st.floats(0, 9), min_size=1, max_size=5)


@given(st.lists(st.tuples(SENTENCES, st.sampled_from("ab"), st.booleans()), max_size=8))
def test_whatever_is_found_one_to_four_whole_sentences_are_quoted_once(
    found: list[tuple[list[float], str, bool]],
) -> None:
    hits = [
        make_hit(
            " ".join(f"Number {index} {place} came." for place in range(len(scores))),
            scores,
            article=article,
            vectors=[NEAR if near else AKIN] * len(scores),
        )
        for index, (scores, article, near) in enumerate(found)
    ]
    selections = select(hits)
    assert (1 <= len(selections) <= MOST_SENTENCES) if hits else not selections
    assert len(set(selections)) == len(selections)
    scores = [score for hit in hits[:6] for score in hit.sentence_scores]
    chosen = [hits[one.hit].sentence_scores[one.sentence] for one in selections]
    assert max(chosen, default=0) == max(scores, default=0)
    draft = ExtractiveDraft(hits, selections)
    markers = [int(number) for number in re.findall(r"\[(\d+)\]", "".join(draft))]
    assert list(dict.fromkeys(markers)) == list(range(1, len(draft.order) + 1))


def test_a_sentence_with_another_figure_is_about_something_else(new_home: Path) -> None:
    votes = {"Ann": 21, "Ben": 14, "Cy": 35}
    for name, number in votes.items():
        (new_home.parent / f"{name}.txt").write_text(f"Mayor {name} won {number} votes in May.")
    byline = Byline(load_settings(home=new_home))
    byline.ingest([new_home.parent / f"{name}.txt" for name in votes])
    answer = byline.engine.answer(Request("Which mayor won 21 votes?"))
    assert answer.text == "Mayor Ann won 21 votes in May [1]."
