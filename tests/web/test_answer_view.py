"""A finished answer as HTML."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from rag.schema import Answer, Conflict, ConflictSide, Fallback, Statement, Status, Verdict
from rag.web.answer_view import answer_html
from rag.web.export import as_page
from tests.support.pages import ANSWER, TEXT, Tags, turns_of


def test_each_statement_is_followed_by_its_verdict() -> None:
    statements = (
        Statement("There was one call.", (1,), Verdict.SUPPORTED, "Word for word."),
        Statement("It was short.", (1,), Verdict.UNSUPPORTED, "It isn't there."),
        Statement("Nobody wrote this.", (), Verdict.UNCHECKED, ""),
    )
    markup = answer_html(
        replace(ANSWER, statements=statements, verified="1 of 3 statements verified")
    )
    first, second, *_ = markup.split("</p>")
    assert first.count('class="verdict supported"') == 1
    assert first.index("call") < first.index("chip") < first.index("verdict")
    assert "Word for word" in Tags(first).text
    assert second.count('class="verdict unsupported"') == 1
    assert "Not supported" in Tags(second).text
    assert markup.count('class="verdict ') == 2  # the third is in the list alone
    assert "Nobody wrote this." in Tags(markup).text
    assert "1 of 3 statements verified" in Tags(markup).text


def test_an_answer_names_its_sources_and_its_origin() -> None:
    text = Tags(answer_html(ANSWER)).text
    for part in ("A call", "The Post", "a.txt", "¶ 14", "there was one call", "12 ms"):
        assert part in text
    assert "embedded engine" in text
    written = replace(ANSWER, engine="llm", model="tiny")
    assert "Language model tiny" in Tags(answer_html(written)).text


def printed(answer: Answer) -> str:
    return as_page(turns_of(answer), "")


@pytest.mark.parametrize("show", [answer_html, printed])
def test_who_answered_instead_of_the_language_model_and_why_is_told_once(
    show: Callable[[Answer], str],
) -> None:
    fallback = Fallback("llm", "extractive", "The model is down.", "Start it.")
    text = Tags(show(replace(ANSWER, fallback=fallback))).text
    assert text.count("The model is down. Start it.") == 1
    assert text.count("The embedded engine answered instead.") == 1
    assert "Quoted by the embedded engine" in text
    assert "Language model" not in text


@pytest.mark.parametrize(
    ("verdict", "word"),
    [
        (Verdict.PARTIAL, "Partly supported"),
        (Verdict.UNSUPPORTED, "Not supported"),
        (Verdict.UNCHECKED, "Not checked"),
    ],
)
def test_a_doubtful_statement_is_told_by_a_word(verdict: Verdict, word: str) -> None:
    doubted = replace(ANSWER, statements=(Statement("It rained.", (), verdict, "No source."),))
    text = Tags(answer_html(doubted)).text
    assert word in text
    assert "It rained." in text
    assert "No source." in text
    assert "<details open" not in answer_html(ANSWER)


def test_an_abstention_looks_different_and_links_what_is_nearest() -> None:
    abstained = replace(ANSWER, status=Status.ABSTAINED, text="No.", citations=(), statements=())
    markup = answer_html(abstained)
    assert "abstained" in markup
    assert set(Tags(markup).links()) == {"#cite-be83596243247453-14-0-0-"}
    assert TEXT in Tags(markup).text


def test_notices_and_the_understood_question_are_shown() -> None:
    told = replace(ANSWER, notices=("Slow.",), standalone_question="How many calls?")
    text = Tags(answer_html(told)).text
    assert "Slow." in text
    assert "Understood as: How many calls?" in text


def test_a_conflict_shows_both_sides_or_at_least_their_markers() -> None:
    sides = (
        ConflictSide(1, "Wire <b>", "2024-03-03", "a.txt", "Twelve <i>died</i>."),
        ConflictSide(1, None, None, "b.txt", "Fifteen died."),
    )
    conflicts = (Conflict("people died", (1, 1), "figure", sides), Conflict("toll", (1,)))
    markup = answer_html(replace(ANSWER, conflicts=conflicts))
    text = Tags(markup).text
    for part in ("Wire <b>, 3 March 2024", "b.txt", "Twelve <i>died</i>.", "Fifteen died.", "toll"):
        assert part in text
    assert markup.count('class="conflict"') == 2
    assert "Where sources differ" not in answer_html(ANSWER)


@pytest.mark.parametrize(
    ("milliseconds", "shown"), [(0.2, "1 ms"), (999.0, "999 ms"), (1540.0, "1.5 s")]
)
def test_the_time_that_an_answer_took_is_shown(milliseconds: float, shown: str) -> None:
    answer = replace(ANSWER, timings_ms=replace(ANSWER.timings_ms, total=milliseconds))
    assert shown in Tags(answer_html(answer)).text


def test_only_an_answer_with_a_name_can_be_voted_on_and_the_vote_is_told_in_words() -> None:
    assert "vote" not in answer_html(ANSWER)
    markup = answer_html(ANSWER, "0" * 16, "up")
    assert [link for link in Tags(markup).links() if str(link).startswith("#vote-")] == [
        f"#vote-up-{'0' * 16}",
        f"#vote-down-{'0' * 16}",
    ]
    assert Tags(markup).text.count("your judgement") == 1


def evidence_of(text: str) -> Answer:
    nearest = (replace(ANSWER.evidence[0], text=text),)
    return replace(ANSWER, status=Status.ABSTAINED, citations=(), statements=(), evidence=nearest)


def test_a_long_nearest_paragraph_is_cut_at_a_word() -> None:
    shown = Tags(answer_html(evidence_of("word " * 100))).text
    assert "word …" in shown
    assert 50 < shown.count("word") < 70
    assert "…" not in Tags(answer_html(evidence_of("short"))).text
    assert "克" * 300 in Tags(answer_html(evidence_of("克" * 400))).text


def test_how_likely_the_archive_was_to_know_is_shown_with_the_ranks() -> None:
    assert "62 % likely" in Tags(answer_html(replace(ANSWER, confidence=0.62))).text
    assert "likely" not in Tags(answer_html(ANSWER)).text
    assert "Why these" not in Tags(answer_html(replace(ANSWER, evidence=()))).text
