"""What a reader may expect of whoever writes an answer; `tests/answering/test_answer_engines.py`.

The engine under the test answers from `TEXTS`; the gate lets every question through.
"""

import json
import threading
from collections.abc import Sequence

import pytest

from rag.answering.engine import ABSTENTION, Engine
from rag.answering.request import Request
from rag.archive.catalogue import ArticleFilter
from rag.schema import Answer, Event, Finished, Retrieved, Status, Token
from tests.support.archives import markers_in
from tests.support.invariants_support import Library, check

TEXTS = (
    """The council closed the old bridge on Friday. Rust had eaten two of its pillars [3].

Repairs will cost $40 million, the mayor said. “We can’t wait,” she added.""",
    "Ferries carried commuters across the river all week. A ticket cost $2.\n\nRead More",
    "Engineers found rust in the bridge’s pillars years ago. Nobody answered their letters.",
)
BRIDGE = Request("Why did the council close the old bridge?")
ODD_QUESTIONS = (
    "bridge",
    "BRIDGE?!?!",
    "Did it cost [1] or [2]?",
    "What did the bridge\u202e\u200b cost\x00?",
    "¿Por qué cerró el puente?",
    "Why was the bridge closed? " * 100,
    "$40 <b>million</b> `code` “quoted” {json: 1}",
)


class AnswerEngineContract:
    """Subclasses give the fixtures `engine` and `writes`: the name of who writes the answer."""

    def test_events_come_in_order_and_the_last_one_holds_them_all(
        self, engine: Engine, writes: str
    ) -> None:
        events = list(engine.stream(BRIDGE))
        first, tokens, last = events[0], events[1:-1], events[-1]
        assert isinstance(first, Retrieved)
        assert isinstance(last, Finished)
        assert tokens
        assert "".join(token_text(token) for token in tokens) == last.answer.text
        assert first.evidence == last.answer.evidence
        assert first.standalone_question == last.answer.standalone_question
        assert last.answer.engine == writes
        assert (last.answer.model is None) == (writes == "extractive")

    def test_an_answer_keeps_every_invariant(self, engine: Engine, known: Library) -> None:
        answer = engine.answer(BRIDGE)
        assert answer.status is Status.ANSWERED
        assert answer.citations
        check(answer, known)

    def test_a_piece_of_text_names_only_paragraphs_that_were_retrieved(
        self, engine: Engine
    ) -> None:
        events = list(engine.stream(BRIDGE))
        answer = finished(events)
        found = {evidence.paragraph_id for evidence in answer.evidence}
        named = [token.cited for token in events if isinstance(token, Token)]
        assert all(set(ids) <= found for ids in named)
        assert list(named[-1]) == [citation.paragraph_id for citation in answer.citations]

    def test_each_statement_is_given_a_verdict_with_its_reason(self, engine: Engine) -> None:
        answer = engine.answer(BRIDGE)
        assert answer.statements
        for statement in answer.statements:
            assert statement.text
            assert statement.reason
            assert not markers_in(statement.text)
        supported = sum(statement.verdict == "supported" for statement in answer.statements)
        assert answer.verified.startswith(f"{supported} of {len(answer.statements)} statement")

    def test_words_of_the_archive_are_supported(self, engine: Engine) -> None:
        answer = engine.answer(BRIDGE)
        assert {statement.verdict for statement in answer.statements} == {"supported"}

    def test_a_number_in_brackets_of_an_article_cites_nothing(self, engine: Engine) -> None:
        answer = engine.answer(Request("What had eaten two of the pillars of the bridge?"))
        assert "(3)" in answer.text
        assert max(markers_in(answer.text)) == len(answer.citations)
        (rust,) = (cited for cited in answer.citations if "Rust had eaten" in cited.text)
        assert "pillars [3]." in rust.text

    @pytest.mark.parametrize("limit", [1, 2])
    def test_no_more_paragraphs_are_used_than_allowed(self, engine: Engine, limit: int) -> None:
        answer = engine.answer(Request(BRIDGE.question, limit=limit))
        assert len(answer.evidence) == limit
        allowed = {evidence.paragraph_id for evidence in answer.evidence}
        assert {citation.paragraph_id for citation in answer.citations} <= allowed

    def test_where_nothing_is_found_the_archive_does_not_answer(self, engine: Engine) -> None:
        nobody = ArticleFilter(publisher="Nobody's Herald")
        answer = engine.answer(Request(BRIDGE.question, only=nobody))
        assert answer.status is Status.ABSTAINED
        assert answer.text == ABSTENTION
        assert (answer.citations, answer.statements, answer.evidence) == ((), (), ())
        assert any("Nobody's Herald" in notice for notice in answer.notices)

    @pytest.mark.parametrize("question", ODD_QUESTIONS)
    def test_odd_questions_are_answered_like_others(
        self, engine: Engine, known: Library, question: str
    ) -> None:
        answer = engine.answer(Request(question))
        check(answer, known)
        assert answer.citations

    def test_a_follow_up_is_answered_and_kept_as_it_was_asked(
        self, engine: Engine, known: Library
    ) -> None:
        history = (("user", BRIDGE.question), ("assistant", "Rust had eaten its pillars [1]."))
        answer = engine.answer(Request("What will it cost?", history))
        assert answer.question == "What will it cost?"
        assert answer.standalone_question
        check(answer, known)

    def test_the_same_question_has_the_same_answer(self, engine: Engine) -> None:
        assert without_times(engine.answer(BRIDGE)) == without_times(engine.answer(BRIDGE))

    def test_readers_who_ask_at_once_get_what_each_would_get_alone(self, engine: Engine) -> None:
        requests = [BRIDGE, Request("What does a ticket for the ferries cost?")] * 2
        alone = [without_times(engine.answer(request)) for request in requests]
        together: dict[int, object] = {}
        start = threading.Barrier(len(requests))

        def ask(number: int) -> None:
            start.wait()
            together[number] = without_times(engine.answer(requests[number]))

        threads = [threading.Thread(target=ask, args=(n,)) for n in range(len(requests))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [together.get(number) for number in range(len(requests))] == alone

    def test_a_reader_who_leaves_early_disturbs_nobody(self, engine: Engine) -> None:
        whole = without_times(engine.answer(BRIDGE))
        stream = engine.stream(BRIDGE)
        next(stream)
        next(stream)
        stream.close()  # type: ignore[attr-defined]  # a generator
        assert without_times(engine.answer(BRIDGE)) == whole

    def test_no_step_takes_less_than_no_time_or_more_than_all(self, engine: Engine) -> None:
        times = engine.answer(BRIDGE).to_dict()["timings_ms"]
        total = times.pop("total")
        assert all(took >= 0 for took in times.values())
        assert sum(times.values()) <= total

    def test_the_answer_is_plain_json(self, engine: Engine) -> None:
        plain = engine.answer(BRIDGE).to_dict()
        assert json.loads(json.dumps(plain)) == plain


def token_text(event: Event) -> str:
    """Return the text of a token; nothing else may stand between first and last event."""
    assert isinstance(event, Token)
    return event.text


def finished(events: Sequence[Event]) -> Answer:
    """Return the answer that a stream ends with."""
    last = events[-1]
    assert isinstance(last, Finished)
    return last.answer


def without_times(answer: Answer) -> dict[str, object]:
    """Return all of an answer that is the same whenever it is given."""
    plain = answer.to_dict()
    del plain["timings_ms"]
    return plain
