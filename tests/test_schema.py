"""The nouns: frozen, and plain JSON with exactly the contract's keys."""

import json
from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.schema import (
    Answer,
    ArticleHeader,
    Citation,
    Conflict,
    Evidence,
    Fallback,
    Span,
    Statement,
    Status,
    Verdict,
)

ANSWER = Answer(
    question="Q?",
    standalone_question="Q (x)?",
    status=Status.ANSWERED,
    engine="extractive",
    model=None,
    text="A [1].",
    statements=(Statement("A.", (1,), Verdict.SUPPORTED, "word for word"),),
    citations=(Citation(1, "p", "a", None, "a.txt", None, None, None, 7, 0, 2, "A.", "A.", 0, 2),),
    evidence=(Evidence("p", "a.txt", 7, 1, 0.5, "A."),),
    conflicts=(Conflict("money", (1,)),),
    notices=("n",),
    fallback=Fallback("llm", "extractive", "It is down.", "Wait."),
)


def test_an_answer_is_the_contracts_object() -> None:
    plain = ANSWER.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert plain == {
        "question": "Q?",
        "standalone_question": "Q (x)?",
        "status": "answered",
        "engine": "extractive",
        "model": None,
        "text": "A [1].",
        "statements": [
            {"text": "A.", "markers": [1], "verdict": "supported", "reason": "word for word"}
        ],
        "citations": [
            {
                "marker": 1, "paragraph_id": "p", "article_id": "a", "title": None,
                "file": "a.txt", "publisher": None, "published_at": None, "url": None,
                "ordinal": 7, "start": 0, "end": 2, "text": "A.", "quote": "A.",
                "quote_start": 0, "quote_end": 2,
            }
        ],
        "evidence": [
            {
                "paragraph_id": "p", "file": "a.txt", "ordinal": 7, "rank": 1, "score": 0.5,
                "text": "A.",
            }
        ],
        "conflicts": [{"about": "money", "markers": [1], "kind": "", "sides": []}],
        "notices": ["n"],
        "fallback": {
            "asked": "llm", "answered": "extractive", "message": "It is down.", "hint": "Wait.",
        },
        "usage": None,
        "timings_ms": {
            "retrieve": 0.0, "generate": 0.0, "verify": 0.0, "total": 0.0, "followup": 0.0,
            "gate": 0.0, "conflicts": 0.0,
        },
        "verified": "",
        "confidence": None,
    }  # fmt: skip


def test_the_fallback_is_told_before_other_notices() -> None:
    told = "It is down. Wait. The embedded engine answered instead."
    assert ANSWER.all_notices == (told, "n")
    assert replace(ANSWER, fallback=None).all_notices == ("n",)


def test_plain_objects_hold_plain_types_only() -> None:
    def check(value: object) -> None:
        assert type(value) in {dict, list, str, int, float, type(None)}
        for one in (
            value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        ):
            check(one)

    check(ANSWER.to_dict())


def test_everything_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        ANSWER.text = "B"  # type: ignore[misc]  # that is what is tested


def test_the_outlet_is_the_publisher_else_the_agency() -> None:
    assert ArticleHeader("a", "f", publisher="P", agency="A").outlet == "P"
    assert ArticleHeader("a", "f", agency="A").outlet == "A"
    assert ArticleHeader("a", "f").outlet is None


@given(st.text(), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_a_shifted_span_covers_the_same_text(text: str, start: int, end: int, by: int) -> None:
    span = Span(start, end)
    assert span.of(text) == text[start:end]
    assert span.shifted(by).of("x" * by + text) == span.of(text)
    assert span.shifted(by).shifted(-by) == span
