"""The gate: each sign that the archive doesn't answer, with a question that shows it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.factory import Byline
from rag.gate import FLOOR, GateFeatures, decide, gate_features
from rag.question import AnalysedQuestion
from rag.retrieval import Retrieval
from tests.archives import make_hit

MATCH = "How many times have Putin and Xi Jinping met since 2013?"
MISMATCHES = {
    "names_unknown": "What was the score of the Baltimore Ravens' last game?",
    "names_missing": "When did Bowman speak to CNN?",
    "figures_missing": "How many times have Putin and Xi Jinping met since 2017?",
    "kind_missing": "How old is Dmitry Peskov?",
    "focus_missing": "How many Starlink terminals has Ukraine received?",
    "content_missing": "In which year did Musk found SpaceX?",
    "speaker_missing": "What did Kamala Harris say about Musk's contacts with Putin?",
}
GOOD = GateFeatures(
    similarity=0.7,
    interaction=0.8,
    coverage=0.8,
    names_missing=0.0,
    names_unknown=0.0,
    figures_missing=0.0,
    kind_missing=0.0,
    focus_missing=0.0,
    content_missing=0.0,
    speaker_missing=0.0,
    content=0.5,
)


def retrieved(byline: Byline, question: str) -> Retrieval:
    return byline.retriever.retrieve(question, limit=6)


def features_of(byline: Byline, question: str) -> GateFeatures:
    features = gate_features(retrieved(byline, question))
    assert features is not None
    return features


def confidence(features: GateFeatures, paragraphs: int = 54) -> float:
    """Return the confidence for features that were not computed."""
    nothing = Retrieval(AnalysedQuestion("?", "?", ()), (), archive_size=paragraphs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rag.gate.gate_features", lambda _: features)
        return decide(nothing).confidence


@pytest.mark.parametrize(("name", "question"), MISMATCHES.items())
def test_each_mismatch_is_seen_in_its_question_and_not_in_a_sound_one(
    seeds: Byline, name: str, question: str
) -> None:
    assert getattr(features_of(seeds, question), name) > 0
    assert getattr(features_of(seeds, MATCH), name) == 0


@pytest.mark.parametrize("name", MISMATCHES)
def test_each_mismatch_speaks_against_an_answer(name: str) -> None:
    assert confidence(replace(GOOD, **{name: 1.0})) < confidence(GOOD)


@pytest.mark.parametrize("name", ["similarity", "interaction", "coverage"])
def test_each_resemblance_speaks_for_an_answer(name: str) -> None:
    assert confidence(replace(GOOD, **{name: 1.0})) > confidence(GOOD)


def test_a_synonym_makes_up_for_a_missing_word() -> None:
    missing = replace(GOOD, content_missing=1.0)
    assert confidence(replace(missing, content=0.9)) == confidence(GOOD)
    assert confidence(replace(missing, content=0.4)) < FLOOR < confidence(GOOD)


def test_two_mismatches_count_and_no_third_one() -> None:
    two = replace(GOOD, kind_missing=1.0, focus_missing=1.0)
    assert confidence(two) < confidence(replace(GOOD, kind_missing=1.0))
    assert confidence(replace(two, speaker_missing=1.0)) == confidence(two)


@pytest.mark.parametrize(
    "question", [q for name, q in MISMATCHES.items() if name != "figures_missing"]
)
def test_what_the_seeds_do_not_say_is_declined(seeds: Byline, question: str) -> None:
    decision = decide(retrieved(seeds, question))
    assert not decision.answerable
    assert decision.confidence < FLOOR


@pytest.mark.parametrize("question", [MATCH, "Who is Bradley Bowman?", "What did Peskov say?"])
def test_what_the_seeds_say_is_let_through(seeds: Byline, question: str) -> None:
    decision = decide(retrieved(seeds, question))
    assert decision.answerable
    assert FLOOR <= decision.confidence <= 1


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_the_floor_rises_with_the_archive(paragraphs: int, more: int) -> None:
    assert confidence(GOOD, paragraphs + more) <= confidence(GOOD, paragraphs)


def test_a_chance_resemblance_passes_in_a_small_archive_only() -> None:
    weak = replace(GOOD, similarity=0.45, interaction=0.4, coverage=0.4)
    shares = [confidence(weak, size) for size in (10, 60, 140, 320, 10_000)]
    assert shares[0] == shares[1] > FLOOR > shares[3] == shares[4]
    assert shares[1] > shares[2] > shares[3]


def test_the_real_floor_is_taken_from_the_size_of_the_archive(seeds: Byline) -> None:
    retrieval = retrieved(seeds, MATCH)
    assert retrieval.archive_size == 54
    large = decide(replace(retrieval, archive_size=10_000))
    assert large.confidence < decide(retrieval).confidence


def test_nothing_found_is_no_answer() -> None:
    nothing = Retrieval(AnalysedQuestion("Who?", "Who?", ()), ())
    assert gate_features(nothing) is None
    assert (decide(nothing).answerable, decide(nothing).confidence) == (False, 0.0)


def test_the_best_sentence_decides_wherever_it_stands() -> None:
    hits = (
        make_hit("Rain fell. Snow fell.", [0.1, 0.2], coverage=[0.1, 0.2]),
        make_hit("Hail fell. Fog came.", [0.3, 0.9], coverage=[0.3, 0.9]),
    )
    features = gate_features(Retrieval(AnalysedQuestion("What?", "What?", ()), hits))
    assert features is not None
    assert features.coverage == pytest.approx(0.9)
