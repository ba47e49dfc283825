"""From features to hits: what is lifted, what is left out, and what is computed only when asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.archive.catalogue import Candidate, StoredParagraph
from rag.retrieval.answer_kind import AnswerKind
from rag.retrieval.features import CandidateFeatures
from rag.retrieval.question import AnalysedQuestion
from rag.retrieval.ranking import (
    HEADLINE_PENALTY,
    HOLDS_KIND_WEIGHT,
    PARAGRAPH_WEIGHTS,
    SENTENCE_WEIGHTS,
)
from rag.retrieval.rerank import SPARE, Hit, Reranker
from rag.schema import ArticleHeader, Paragraph, ParagraphKind
from rag.text.sentences import split_sentences
from rag.text.stems import codes_of
from tests.support.features import paragraph_features, sentence_features

WHEN = "When was the bridge opened?"
WHAT = "What is the bridge like?"
UNIT = 1 / PARAGRAPH_WEIGHTS["interaction"]
"""The interaction that is worth one point of a paragraph's score."""
POINTS = st.integers(-20, 20).map(lambda number: number / 4)


@dataclass
class Found:
    """Paragraphs as if they had been found, with a score each."""

    texts: Sequence[str]
    points: Sequence[float]
    best: Sequence[int] = ()
    """The sentence of each that matches best; by default the first."""
    kinds: Sequence[ParagraphKind] = ()
    shown: list[list[int]] = field(default_factory=list)
    """The keys of each reading."""
    gone: frozenset[int] | set[int] = frozenset()
    """Keys that an ingestion has removed in the meantime."""

    def __post_init__(self) -> None:
        count = len(self.texts)
        self.best = self.best or [0] * count
        self.kinds = self.kinds or [ParagraphKind.BODY] * count
        self.sentences = [split_sentences(text) for text in self.texts]

    def reranker(self, question: str) -> Reranker:
        """Return what orders them for a question."""
        candidates = [
            Candidate(key, kind, codes_of([text]))
            for key, (text, kind) in enumerate(zip(self.texts, self.kinds, strict=True))
        ]
        counts = [len(spans) for spans in self.sentences]
        edges = np.concatenate(([0], np.cumsum(counts))).astype(np.intp)
        interaction = np.zeros(sum(counts))
        interaction[edges[:-1] + np.array(self.best, np.intp)] = 1
        features = CandidateFeatures(
            paragraph_features(len(counts), interaction=[UNIT * one for one in self.points]),
            sentence_features(sum(counts), interaction=interaction.tolist()),
            edges,
        )
        return Reranker(AnalysedQuestion(question, question, ()), candidates, features, self.read)

    def read(self, keys: Iterable[int]) -> dict[int, StoredParagraph]:
        """Return the paragraphs, and note which."""
        wanted = list(keys)
        self.shown.append(wanted)
        return {key: self._stored(key) for key in wanted if key not in self.gone}

    def _stored(self, key: int) -> StoredParagraph:
        text, kind = self.texts[key], self.kinds[key]
        paragraph = Paragraph(f"id {key}", 1, 0, len(text), text, kind, self.sentences[key])
        header = ArticleHeader(f"article {key}", f"{key}.txt", title="On Rivers")
        return StoredParagraph(key, key, paragraph, header)

    def hits(self, limit: int, question: str = WHAT) -> tuple[Hit, ...]:
        """Return the best."""
        return self.reranker(question).best(limit)


def texts(hits: Sequence[Hit]) -> list[str]:
    return [hit.scored.paragraph.text for hit in hits]


def test_the_best_come_first_with_rank_share_and_cosine() -> None:
    hits = Found(["Rain.", "Snow.", "Hail."], [1, 3, 2]).hits(2)
    assert texts(hits) == ["Snow.", "Hail."]
    assert [hit.scored.rank for hit in hits] == [1, 2]
    # Shares of all three: e³, e² and e.
    shares = np.exp([3, 2]) / np.exp([1, 2, 3]).sum()
    assert [hit.scored.score for hit in hits] == pytest.approx(shares, abs=1e-5)


def test_nothing_found_gives_no_hits() -> None:
    assert Found([], []).hits(5) == ()
    assert Found(["Rain."], [1]).hits(0) == ()


def test_a_text_that_stands_twice_is_shown_once_and_the_limit_is_still_filled() -> None:
    copies = SPARE + 3
    spelt = ["Wire.", "wire …", "WIRE!", "“Wire”"]
    same = [spelt[number % len(spelt)] for number in range(copies)]
    found = Found(["Wire.", *same, "Rain.", "Snow."], [9, *[8] * copies, 2, 1])
    hits = found.hits(3)
    assert texts(hits) == ["Wire.", "Rain.", "Snow."]
    assert hits[0].scored.article.file == "0.txt", "the better of two copies"
    assert [hit.scored.rank for hit in hits] == [1, 2, 3]


def test_a_paragraph_that_is_gone_by_now_is_left_out_and_the_limit_is_still_filled() -> None:
    found = Found(["Rain.", *["Snow."] * SPARE, "Hail."], [9, *[8] * SPARE, 1], gone={0})
    assert texts(found.hits(2)) == ["Snow.", "Hail."]


def test_only_what_may_be_shown_is_read() -> None:
    found = Found([f"Text {number}." for number in range(30)], [-number for number in range(30)])
    assert len(found.hits(3)) == 3
    assert found.shown == [list(range(3 + SPARE))]


def test_candidates_that_are_alike_are_in_the_order_of_their_keys() -> None:
    assert texts(Found(["Rain.", "Snow.", "Hail."], [1, 1, 1]).hits(3)) == [
        "Rain.",
        "Snow.",
        "Hail.",
    ]


@pytest.mark.parametrize(("ahead", "lifted"), [(0.9, True), (1.1, False)])
def test_the_kind_asked_for_in_the_best_sentence_lifts_its_paragraph(
    ahead: float, lifted: bool
) -> None:
    found = Found(["The bridge is long.", "It opened in 1998."], [ahead * HOLDS_KIND_WEIGHT, 0])
    assert (texts(found.hits(2, WHEN))[0] == "It opened in 1998.") is lifted
    assert texts(found.hits(2, WHAT))[0] == "The bridge is long.", "no kind is asked for"


def test_the_kind_in_another_sentence_lifts_nothing() -> None:
    points = [0.5 * HOLDS_KIND_WEIGHT, 0]
    split = ["The bridge is long.", "It is wide. It opened in 1998."]
    assert texts(Found(split, points, best=[0, 1]).hits(2, WHEN))[0] == split[1]
    assert texts(Found(split, points, best=[0, 0]).hits(2, WHEN))[0] == split[0]


def test_a_paragraph_behind_the_limit_may_still_be_lifted() -> None:
    found = Found(["It is long.", "It is wide.", "It opened in 1998."], [0.2, 0.1, 0])
    assert texts(found.hits(1, WHEN)) == ["It opened in 1998."]


def test_what_a_hit_scores_does_not_depend_on_how_many_are_wanted() -> None:
    found = Found(
        [f"Bridge number {n} is long." for n in range(30)], [float(-n) for n in range(30)]
    )
    assert len({found.hits(limit)[0].scored.score for limit in (1, 5, 10, 30)}) == 1


def test_a_headline_stands_behind_the_body_unless_far_better() -> None:
    kinds = [ParagraphKind.HEADLINE, ParagraphKind.BODY]
    for ahead, first in ((0.9, "It rained."), (1.1, "Rain")):
        points = [ahead * HEADLINE_PENALTY, 0]
        assert texts(Found(["Rain", "It rained."], points, kinds=kinds).hits(2))[0] == first


def test_sentence_scores_are_computed_when_asked_for_once_and_for_each_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = []

    def holds(_: AnswerKind, sentence: str, __: str) -> bool:
        calls.append(sentence)
        return False

    monkeypatch.setattr("rag.retrieval.rerank.holds", holds)
    (hit,) = Found(["Rain fell. Snow fell. Hail fell."], [1]).hits(1)
    assert calls == []
    assert len(hit.sentence_scores) == 3
    assert hit.sentence_scores == hit.sentence_scores
    assert calls == ["Rain fell.", "Snow fell.", "Hail fell."]


def test_a_sentence_scores_what_it_holds_and_what_its_paragraph_scores() -> None:
    text = "The bridge is long. It opened in 1998."
    first, second = Found([text, "Rain fell."], [2, 0]).hits(2, WHEN)[0].sentence_scores
    weights = SENTENCE_WEIGHTS
    # The best sentence is the first, which holds no time: the paragraph is not lifted.
    assert first == pytest.approx(weights["interaction"] + 2 * weights["paragraph"], abs=1e-4)
    assert second == pytest.approx(weights["holds_kind"] + 2 * weights["paragraph"], abs=1e-4)


def test_the_stems_of_a_hit_are_those_of_its_text_and_its_title() -> None:
    (hit,) = Found(["The mayors met. It rained."], [1]).hits(1)
    assert {"mayor", "met", "rain", "river"} <= hit.stems
    assert "snow" not in hit.stems


@given(
    st.lists(st.tuples(st.sampled_from("ABCDEF"), POINTS), max_size=25),
    st.integers(0, 12),
    st.sampled_from([WHEN, WHAT]),
)
def test_whatever_is_found_hits_are_distinct_ordered_and_as_many_as_wanted(
    rows: list[tuple[str, float]], limit: int, question: str
) -> None:
    found = Found([f"{name} in 1998." for name, _ in rows], [points for _, points in rows])
    hits = found.hits(limit, question)
    assert len(hits) == len(set(texts(hits))) == min(limit, len({name for name, _ in rows}))
    scores = [hit.scored.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) <= 1 + 1e-5
    assert [len(hit.sentence_scores) for hit in hits] == [1] * len(hits)
    best = max((points for _, points in rows), default=0)
    if hits:
        assert found.points[int(hits[0].scored.paragraph.paragraph_id[3:])] == best
