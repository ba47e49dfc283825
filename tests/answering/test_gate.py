"""The gate: each sign that the archive doesn't answer, with a question that shows it."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.gate import (
    FLOOR,
    VETOES,
    BestSentence,
    GateFeatures,
    best_sentence,
    decide,
    features_of,
    veto,
)
from rag.answering.gate.decision import TOO_FAR, about_logit, direct_logit
from rag.answering.gate.features import (
    means_same,
    negation_lost,
    opposites,
    ordinals_missing,
    other_years,
)
from rag.answering.gate.weights import ABOUT, DIRECT
from rag.factory import Byline
from rag.retrieval.hybrid import Retrieval
from rag.retrieval.question import AnalysedQuestion
from rag.retrieval.rerank import sentence_stems
from tests.support.archives import make_hit

MATCH = "How many times have Putin and Xi Jinping met since 2013?"
SHOWN_BY = {
    "absent": "What was the score of the Baltimore Ravens' last game?",
    "names_absent": "When did Bowman speak to CNN?",
    "leaning": "When did they meet?",
    "negation": "How many times have Putin and Xi Jinping not met?",
    "figures": "How many times have Putin and Xi Jinping met since 2017?",
    "names": "How many times have Macron and Scholz met since 2013?",
    "ordinals": "When was the third time that Putin and Xi met?",
    "opposites": "How many fewer times have Putin and Xi Jinping met?",
}
VETOED = {
    "speaker_missing": "What did Kamala Harris say about Musk's contacts with Putin?",
    "kind_missing": "How long did the call between Trump and Zelensky last?",
    "focus_missing": "How many Starlink terminals has Ukraine received?",
    "content_missing": "In which year did Musk found SpaceX?",
    "other_year": "How many times have Putin and Xi Jinping met since 1999?",
    "denied": "In what year was Crimea not seized by Russia?",
}
ANSWERED = [
    MATCH,
    "Who is Bradley Bowman?",
    "What did Peskov say?",
    "In what year was Crimea seized by Russia?",
    "Why did Putin not want Starlink over Taiwan?",
]
NONE = GateFeatures(*[0.0] * len(fields(GateFeatures)))


def retrieved(byline: Byline, question: str) -> Retrieval:
    return byline.retriever.retrieve(question, limit=6)


def best_of(byline: Byline, question: str) -> BestSentence:
    best = best_sentence(retrieved(byline, question))
    assert best is not None
    return best


@pytest.mark.parametrize(("name", "question"), SHOWN_BY.items())
def test_each_sign_is_seen_in_its_question_and_less_in_a_sound_one(
    seeds: Byline, name: str, question: str
) -> None:
    odd, sound = (features_of(best_of(seeds, one)) for one in (question, MATCH))
    assert getattr(odd, name) > getattr(sound, name)


def test_a_sound_question_outdoes_an_odd_one(seeds: Byline) -> None:
    sound = features_of(best_of(seeds, MATCH))
    odd = features_of(best_of(seeds, "Which film took the Oscar for best picture?"))
    for name in ("closeness", "similarity", "evidence", "lead", "directness"):
        assert getattr(sound, name) > getattr(odd, name)
    assert sound.rarest < odd.rarest


@pytest.mark.parametrize("name", ["closeness", "similarity", "evidence", "lead"])
def test_what_resembles_speaks_for_an_answer(name: str) -> None:
    assert about_logit(replace(NONE, **{name: 1.0}), 54) > about_logit(NONE, 54)


@pytest.mark.parametrize("name", ["absent", "names_absent"])
def test_what_is_absent_speaks_against_the_archive(name: str) -> None:
    assert about_logit(replace(NONE, **{name: 1.0}), 54) < about_logit(NONE, 54)


@pytest.mark.parametrize("name", sorted(DIRECT.keys() - {"directness"}))
def test_what_clashes_speaks_against_the_sentence(name: str) -> None:
    assert direct_logit(replace(NONE, **{name: 1.0})) < direct_logit(NONE)
    assert direct_logit(replace(NONE, directness=1.0)) > direct_logit(NONE)


def test_every_feature_is_weighed_and_every_weight_is_a_feature() -> None:
    assert ABOUT.keys() | DIRECT.keys() == {one.name for one in fields(GateFeatures)}


@pytest.mark.parametrize(("name", "question"), VETOED.items())
def test_each_veto_declines_its_question_alone_and_says_why(
    seeds: Byline, name: str, question: str
) -> None:
    best = best_of(seeds, question)
    reasons = {rule.__name__: rule(best) for rule in VETOES}
    assert reasons[name]
    decision = decide(retrieved(seeds, question))
    assert not decision.answerable
    assert decision.confidence < FLOOR
    assert decision.reason == veto(best)
    assert decision.reason in reasons.values()


@pytest.mark.parametrize(
    "question",
    [
        "Who founded Starlink?",
        "Where does Dmitry Peskov live?",
        "How old is Elon Musk?",
        "When did Musk buy Twitter?",
        "How many voters did Musk's committee reach?",
        "What does a Starlink terminal cost?",
    ],
)
def test_what_the_seeds_only_come_near_to_is_declined(seeds: Byline, question: str) -> None:
    decision = decide(retrieved(seeds, question))
    assert (decision.answerable, decision.reason == "") == (False, False)


@pytest.mark.parametrize("question", ANSWERED)
def test_what_the_seeds_say_is_let_through(seeds: Byline, question: str) -> None:
    decision = decide(retrieved(seeds, question))
    assert decision.answerable, decision.reason
    assert FLOOR <= decision.confidence <= 1
    assert decision.reason == ""


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Who won the Booker Prize this year?", "No paragraph found names Booker."),
        ("What makes tomato plants grow quickly?", TOO_FAR),
    ],
)
def test_what_is_far_away_is_declined_and_the_missing_name_is_named(
    seeds: Byline, question: str, reason: str
) -> None:
    decision = decide(retrieved(seeds, question))
    assert (decision.answerable, decision.reason) == (False, reason)
    assert decision.confidence < 0.1


def test_a_clash_lowers_the_confidence_of_an_answer(seeds: Byline) -> None:
    sound = decide(retrieved(seeds, "How many times have Putin and Xi Jinping met?"))
    clashing = decide(retrieved(seeds, "How many fewer times have Putin and Xi Jinping met?"))
    assert clashing.confidence < sound.confidence


def test_a_question_of_two_parts_is_as_sure_as_its_surer_part(seeds: Byline) -> None:
    both = "Who is Bradley Bowman and what did the Bank of England decide?"
    retrieval = retrieved(seeds, both)
    assert len(retrieval.parts) == 2
    decision = decide(retrieval)
    assert decision.parts == tuple(map(decide, retrieval.parts))
    assert [part.answerable for part in decision.parts] == [True, False]
    assert replace(decision, parts=()) == decision.parts[0]


@given(st.integers(0, 10**7))
def test_every_size_of_archive_has_a_floor(paragraphs: int) -> None:
    logit = about_logit(NONE, paragraphs)
    assert -30 < logit < 0


def test_a_chance_resemblance_passes_in_a_small_archive_only() -> None:
    weak = replace(NONE, closeness=0.4, similarity=0.5, evidence=0.5, words_absent=2.0, absent=1.0)
    logits = [about_logit(weak, size) for size in (54, 100, 200, 320, 10_000)]
    assert logits[0] > 0 > logits[3] > logits[4]
    assert logits == sorted(logits, reverse=True)


def test_nothing_found_is_no_answer() -> None:
    nothing = Retrieval(AnalysedQuestion("Who?", "Who?", ()), ())
    assert best_sentence(nothing) is None
    decision = decide(nothing)
    assert (decision.answerable, decision.confidence) == (False, 0.0)
    assert decision.reason == "Nothing was found."


def test_the_best_sentence_is_taken_wherever_it_stands() -> None:
    hits = (
        make_hit("Rain fell. Snow fell.", [0.1, 0.2]),
        make_hit("Hail fell. Fog came. Wind rose.", [0.3, 0.9, 0.4]),
    )
    best = best_sentence(Retrieval(AnalysedQuestion("What?", "What?", ()), hits))
    assert best is not None
    assert (best.text, best.runner_up) == ("Fog came.", "Wind rose.")
    assert best.lead == pytest.approx(0.7)
    assert best.around == ["Hail fell.", "Fog came.", "Wind rose."]


def test_a_paragraph_alone_leads() -> None:
    best = best_sentence(
        Retrieval(AnalysedQuestion("What?", "What?", ()), (make_hit("Rain fell.", [0.1]),))
    )
    assert best is not None
    assert best.lead > 1
    assert best.runner_up == ""


@pytest.mark.parametrize(
    ("question", "sentence", "lost"),
    [
        ("What was not sold?", "The house was sold.", True),
        ("Who didn't sell?", "He sold it.", True),
        ("Which non-members voted?", "The members voted.", True),
        ("What was not sold?", "The house was never sold.", False),
        ("What was sold?", "The house was not sold.", False),
    ],
)
def test_a_negation_that_the_sentence_lacks(question: str, sentence: str, *, lost: bool) -> None:
    assert negation_lost(question, sentence) is lost


def test_opposites_stand_in_each_others_place() -> None:
    assert opposites("Why did prices fall?", "Prices rose in May.") == [("fall", "rose")]
    assert opposites("Why did prices fall?", "Prices fell after they rose.") == []
    assert opposites("Why did prices fall?", "The weather was fine.") == []


def test_words_of_the_same_meaning() -> None:
    assert means_same("bought", ["It was sold.", "They purchased it."])
    assert not means_same("bought", ["It was painted."])


def test_ordinals_that_the_paragraph_lacks() -> None:
    stems = sentence_stems("He won the second prize in the west.")
    assert ordinals_missing("Who won the first prize in the west?", stems) == ["first"]
    assert ordinals_missing("Who won the second prize?", stems) == []


@pytest.mark.parametrize(
    ("question", "sentence", "years"),
    [
        ("Who won in 1999?", "He won in 2001.", ["1999"]),
        ("Who won in 1999?", "He won in 1999 and 2001.", []),
        ("Who won in 1999?", "He won.", []),
        ("Who won in the 1950's?", "He won in the 1950s.", []),
        ("Who won?", "He won in 2001.", []),
    ],
)
def test_another_year(question: str, sentence: str, years: list[str]) -> None:
    assert other_years(question, [sentence]) == years


@given(st.text(), st.text())
def test_any_texts_can_be_compared(question: str, sentence: str) -> None:
    negation_lost(question, sentence)
    opposites(question, sentence)
    other_years(question, [sentence])
    assert opposites(question, question) == []
