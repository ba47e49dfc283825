"""Both engines end to end: over the seeds, the LLM behind real HTTP."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rag.answering.engine import Engine
from rag.answering.prompting import LLMWriter
from rag.answering.request import LONGEST_QUESTION, Request
from rag.answering.writing import Scrutiny
from rag.errors import QuestionError
from rag.factory import Byline
from rag.models.llm import LLM
from rag.models.llm.prompts import NOT_IN_ARCHIVE, load_prompts
from rag.schema import Answer, Event, Finished, Retrieved, Status, Token
from rag.verification.llm_judge import SecondOpinion
from tests.support.archives import byline_of, markers_in, sealed_settings
from tests.support.llm_server import LLMServer, Reply

BOWMAN = "Who is Bradley Bowman?"
SPENT = "How much money did Musk's political action committee put into the 2024 campaign?"
NOWHERE = "What was the score of the Baltimore Ravens' last game?"
DECLINED = (
    "The archive does not answer this question. "
    "The paragraphs nearest to it are listed as evidence."
)
TURNS = (("user", BOWMAN), ("assistant", "Bradley Bowman is a former professor [1]."))

pytestmark = pytest.mark.usefixtures("bare")


def engine(
    seeds: Byline,
    server: LLMServer | None = None,
    scrutiny: Scrutiny | None = None,
    **limits: Any,
) -> Engine:
    if server is None:
        return Engine(seeds.retriever, None)
    writer = LLMWriter(model_of(server, **limits), load_prompts())
    return Engine(seeds.retriever, writer, scrutiny)


def model_of(server: LLMServer, **limits: Any) -> LLM:
    short = {"llm_retries": 0, "llm_first_token_timeout": 5.0, "llm_total_timeout": 10.0}
    chosen = sealed_settings(
        llm_model="test-model", openai_base_url=server.url, **{**short, **limits}
    )
    return LLM(chosen)


def streamed(asked: Engine, question: str, **given: Any) -> tuple[Sequence[Event], str, Answer]:
    """Return all events, the text of the tokens, and the answer."""
    events = list(asked.stream(Request(question, **given)))
    assert isinstance(events[0], Retrieved)
    assert isinstance(events[-1], Finished)
    tokens = [event.text for event in events if isinstance(event, Token)]
    assert len(tokens) == len(events) - 2
    return events, "".join(tokens), events[-1].answer


def cited_text(answer: Answer, marker: int) -> str:
    (text,) = (one.text for one in answer.citations if one.marker == marker)
    return text


# --- The extractive engine ---


def test_a_quoting_answer(seeds: Byline) -> None:
    events, text, answer = streamed(engine(seeds), SPENT)
    assert "$118 million on the 2024 campaign" in text == answer.text
    assert (answer.status, answer.engine, answer.model) == ("answered", "extractive", None)
    assert [one.verdict for one in answer.statements] == ["supported"]
    assert "$118 million" in cited_text(answer, 1)
    assert isinstance(events[0], Retrieved)
    assert (events[0].engine, events[0].evidence) == ("extractive", answer.evidence)
    assert answer.notices == ()


def test_an_answer_says_how_long_its_parts_took(seeds: Byline) -> None:
    for question in (SPENT, NOWHERE):
        took = engine(seeds).answer(Request(question)).timings_ms
        assert 0 < took.retrieve < took.total
        steps = took.followup, took.retrieve, took.gate, took.generate, took.verify, took.conflicts
        assert all(step >= 0 for step in steps)
        assert took.gate > 0
        assert took.total >= sum(steps)
    assert took.generate == took.verify == 0


def test_what_the_archive_does_not_say_is_declined_with_the_nearest(seeds: Byline) -> None:
    _, text, answer = streamed(engine(seeds), NOWHERE)
    assert (answer.status, text, answer.text) == ("abstained", DECLINED, DECLINED)
    assert (answer.citations, answer.statements) == ((), ())
    assert [one.rank for one in answer.evidence] == [1, 2, 3, 4, 5, 6]


def test_the_limit_bounds_what_an_answer_may_rest_on(seeds: Byline) -> None:
    answer = engine(seeds).answer(Request(SPENT, limit=1))
    assert len(answer.evidence) == len(answer.citations) == 1


def test_a_follow_up_carries_names_over(seeds: Byline) -> None:
    question = "What did he say about the timing?"
    answer = engine(seeds).answer(Request(question, TURNS))
    assert (answer.question, answer.standalone_question) == (
        question,
        f"{question} (Bradley, Bowman)",
    )
    assert "disturbing coincidence" in answer.text


@pytest.mark.parametrize(
    "question", ["Кто такой Брэдли Боуман?", "Was sagte der Professor über die Gefangenen?"]
)
def test_a_foreign_question_is_told_what_would_help(seeds: Byline, question: str) -> None:
    answer = engine(seeds).answer(Request(question))
    assert "questions are understood in English only." in answer.notices[0]


@pytest.mark.parametrize("question", ["", "  \n", "?!", "\x00\u200b", "¿…?"])
def test_an_empty_question_is_an_error(question: str) -> None:
    with pytest.raises(QuestionError, match="The question is empty"):
        Request(question)


def test_a_question_has_a_longest_length() -> None:
    assert Request("a" * LONGEST_QUESTION).question == "a" * LONGEST_QUESTION
    with pytest.raises(QuestionError, match="4,001 characters; 4,000 are allowed"):
        Request("a" * (LONGEST_QUESTION + 1))


def test_a_question_is_cleaned_of_what_cannot_be_seen() -> None:
    assert Request(" Who\tis\n\x1b[31m he\x07? ").question == "Who is [31m he?"


@pytest.mark.parametrize("unseen", "\u00ad \u200b \u200d \u2060 \ufeff \ufe0f".split(" "))
def test_what_shows_nothing_does_not_split_a_word(unseen: str) -> None:
    assert Request(f"Who is Brad{unseen}ley{unseen} Bowman?").question == BOWMAN


@pytest.mark.parametrize("gap", "\n \t \r\n \u2028 \u0085".split(" "))
def test_a_line_break_parts_words(gap: str) -> None:
    assert Request(f"Who is Bradley{gap}Bowman?").question == BOWMAN


def test_without_a_model_the_llm_engine_is_an_error_and_auto_is_none(seeds: Byline) -> None:
    with pytest.raises(QuestionError, match="No language model is configured"):
        engine(seeds).answer(Request(BOWMAN, engine="llm"))
    assert engine(seeds).answer(Request(BOWMAN, engine="auto")).engine == "extractive"
    assert engine(seeds).model is None


@pytest.mark.parametrize(("limit", "count"), [(1, 1), (3, 3)])
def test_search_returns_so_many(seeds: Byline, limit: int, count: int) -> None:
    hits = engine(seeds).search(Request(BOWMAN, limit=limit))
    assert [hit.rank for hit in hits] == list(range(1, count + 1))
    assert "Bradley Bowman" in hits[0].paragraph.text


def test_candidates_follow_the_limit(seeds: Byline) -> None:
    # The seeds hold 54 paragraphs; 30 by meaning and 30 by words are 33 to 39 different ones.
    hits = engine(seeds).search(Request(BOWMAN, limit=50))
    assert [hit.rank for hit in hits] == list(range(1, 51))
    assert len(engine(seeds).answer(Request(SPENT, limit=50)).evidence) == 50


# --- The LLM engine ---


def test_a_written_answer_is_streamed_as_it_comes(seeds: Byline) -> None:
    said = "Bowman is a former West Point professor [1]."
    with LLMServer(Reply.saying(said)) as server:
        asked = engine(seeds, server)
        events, text, answer = streamed(asked, BOWMAN)
    assert text == answer.text == said
    assert sum(isinstance(event, Token) for event in events) > 3
    assert (answer.engine, answer.model, asked.model) == ("llm", "test-model", "test-model")
    assert answer.statements[0].verdict == "supported"
    assert answer.verified == "1 of 1 statement verified"
    assert answer.citations[0].paragraph_id == answer.evidence[0].paragraph_id
    assert answer.citations[0].quote in answer.evidence[0].text
    assert answer.notices == ()
    assert answer.timings_ms.generate > 0


def test_the_first_token_is_shown_before_the_last_one_is_written(seeds: Byline) -> None:
    with LLMServer(
        Reply(chunks=("Bowman", " is", " a professor", " at", " [1]."), stall_after=4)
    ) as server:
        events = engine(seeds, server).stream(Request(BOWMAN))
        assert isinstance(next(events), Retrieved)
        assert next(events) == Token("Bowman is a professor")
        assert next(events) == Token(" at")
        events.close()  # type: ignore[attr-defined]  # it is a generator
        assert server.requests[0].left.wait(5)


def test_the_prompt_holds_the_paragraphs_numbered_as_they_are_ranked(seeds: Byline) -> None:
    with LLMServer(Reply.saying("He is a professor [1].")) as server:
        answer = engine(seeds, server).answer(Request(BOWMAN, limit=3))
    (request,) = server.requests
    places = []
    for number, evidence in enumerate(answer.evidence, start=1):
        begin = request.prompt.index(f"paragraph {number}\n")
        end = request.prompt.index(f"end of paragraph {number}\n")
        assert evidence.text in request.prompt[begin:end]
        places.append(begin)
    assert places == sorted(places)
    assert len(places) == 3
    assert request.prompt.endswith(BOWMAN)
    assert "paragraph 4" not in request.prompt


def test_markers_come_in_reading_order_with_the_right_paragraphs(seeds: Byline) -> None:
    with LLMServer(Reply.saying("It said so [3]. And so [1, 2]. Again [3].")) as server:
        _, text, answer = streamed(engine(seeds, server), BOWMAN)
    assert text == answer.text == "It said so [1]. And so [2][3]. Again [1]."
    ids = [one.paragraph_id for one in answer.evidence]
    assert [one.paragraph_id for one in answer.citations] == [ids[2], ids[0], ids[1]]
    assert [one.markers for one in answer.statements] == [(1,), (2, 3), (1,)]


def test_an_invented_marker_is_removed_and_named(seeds: Byline) -> None:
    with LLMServer(Reply.saying("He is a professor [1][9]. He likes Peru [42].")) as server:
        _, text, answer = streamed(engine(seeds, server), BOWMAN)
    assert text == answer.text == "He is a professor [1]. He likes Peru."
    assert len(answer.citations) == 1
    assert answer.statements[1].verdict == "unsupported"
    assert answer.notices == ("The model cited paragraphs that it was not given; removed: 9, 42.",)


@pytest.mark.parametrize("cuts", [1, 2, 3, 5])
def test_a_marker_may_come_in_pieces(seeds: Byline, cuts: int) -> None:
    said = "He is a professor [2]. He said so [1-3]."
    pieces = tuple(said[start : start + cuts] for start in range(0, len(said), cuts))
    with LLMServer(Reply(chunks=pieces)) as server:
        events, text, answer = streamed(engine(seeds, server), BOWMAN)
    assert text == answer.text == "He is a professor [1]. He said so [2][1][3]."
    tokens = [event.text for event in events if isinstance(event, Token)]
    assert [number for token in tokens for number in markers_in(token)] == [1, 2, 1, 3]


def test_an_answer_without_markers_is_backed_by_nothing_and_says_so(seeds: Byline) -> None:
    with LLMServer(Reply.saying("Bowman grows tulips in Peru.")) as server:
        answer = engine(seeds, server).answer(Request(BOWMAN))
    assert answer.status is Status.ANSWERED
    assert answer.citations == ()
    assert [(one.verdict, one.reason) for one in answer.statements] == [
        ("unsupported", "It cites no paragraph.")
    ]
    assert answer.notices == ("The model cited no paragraph; nothing in this answer is backed.",)
    assert answer.verified == "0 of 1 statement verified"


@pytest.mark.parametrize("pointer", ["", " [2]", " [2][3]", " [9]"])
def test_a_missing_or_wrong_pointer_is_repaired_and_says_so(seeds: Byline, pointer: str) -> None:
    said = f"Bradley Bowman is a former West Point professor{pointer}."
    with LLMServer(Reply.saying(said)) as server:
        answer = engine(seeds, server).answer(Request(BOWMAN))
    assert answer.text == "Bradley Bowman is a former West Point professor [1]."
    assert "former West Point professor" in cited_text(answer, 1)
    (statement,) = answer.statements
    assert (statement.verdict, statement.markers) == ("supported", (1,))
    assert "this one says it" in statement.reason
    assert "Corrected: the paragraphs of 1 statement." in answer.notices


def test_a_quotation_that_nobody_made_is_shown_without_its_marks(seeds: Byline) -> None:
    said = "Bowman, a former West Point professor, said: “I have never met Mr. Musk” [1]."
    with LLMServer(Reply.saying(said)) as server:
        answer = engine(seeds, server).answer(Request(BOWMAN))
    assert (
        answer.text == "Bowman, a former West Point professor, said: I have never met Mr. Musk [1]."
    )
    (statement,) = answer.statements
    assert statement.verdict == "unsupported"
    assert "“" not in statement.text


def test_strictly_what_no_paragraph_says_is_left_out(seeds: Byline) -> None:
    said = "Bowman is a former West Point professor [1]. He moved to Peru in 1987 [1]."
    with LLMServer(Reply.saying(said)) as server:
        asked = engine(seeds, server, Scrutiny(strict=True))
        answer = asked.answer(Request(BOWMAN))
    assert answer.text == "Bowman is a former West Point professor [1]."
    assert answer.verified == "1 of 1 statement verified"
    assert "Left out, for want of support: 1 statement." in answer.notices


def test_strictly_an_answer_of_which_nothing_is_left_is_quoted_instead(seeds: Byline) -> None:
    with LLMServer(Reply.saying("He moved to Peru in 1987 [1].")) as server:
        answer = engine(seeds, server, Scrutiny(strict=True)).answer(Request(BOWMAN))
    assert (answer.status, answer.engine) == ("answered", "extractive")
    assert "Peru" not in answer.text
    assert answer.fallback is not None
    assert "supports nothing that the language model said" in answer.fallback.message


def test_the_model_may_be_asked_what_it_thinks_of_its_statements(seeds: Byline) -> None:
    said, opinion = "Bowman is a former West Point professor [1].", "1: UNSUPPORTED - not said"
    with LLMServer(Reply.saying(said), Reply.saying(opinion)) as server:
        judge = SecondOpinion(model_of(server), load_prompts())
        answer = engine(seeds, server, Scrutiny(opinion=judge)).answer(Request(BOWMAN))
    assert len(server.requests) == 2
    assert answer.statements[0].verdict == "unsupported"
    assert "The language model finds it unsupported: not said." in answer.statements[0].reason
    assert answer.verified == "0 of 1 statement verified"


def test_an_opinion_that_cannot_be_had_leaves_the_rules_alone(seeds: Byline) -> None:
    said = "Bowman is a former West Point professor [1]."
    with LLMServer(Reply.saying(said), Reply.failing(400)) as server:
        judge = SecondOpinion(model_of(server), load_prompts())
        answer = engine(seeds, server, Scrutiny(opinion=judge)).answer(Request(BOWMAN))
    assert (answer.engine, answer.statements[0].verdict) == ("llm", "supported")
    assert "The statements were checked by rules alone." in answer.notices[0]


@pytest.mark.parametrize(
    "said",
    [NOT_IN_ARCHIVE, f"{NOT_IN_ARCHIVE}.", "Not in the archive", f"**{NOT_IN_ARCHIVE}** [1]"],
)
def test_a_model_that_declines_is_never_heard(seeds: Byline, said: str) -> None:
    with LLMServer(Reply(chunks=tuple(said))) as server:
        _, text, answer = streamed(engine(seeds, server), BOWMAN)
    assert text == answer.text == DECLINED
    assert (answer.status, answer.engine, answer.model) == ("abstained", "llm", "test-model")
    assert (answer.citations, answer.statements) == ((), ())
    assert answer.evidence


@pytest.mark.parametrize(
    "said", ["No [1].", "Not in the archive of the CIA, he said [1].", "Not [1]"]
)
def test_an_answer_that_begins_like_a_refusal_is_shown_whole(seeds: Byline, said: str) -> None:
    with LLMServer(Reply(chunks=tuple(said))) as server:
        _, text, answer = streamed(engine(seeds, server), BOWMAN)
    assert text == answer.text == said
    assert answer.status is Status.ANSWERED


FAULTS = {
    "refused": Reply.failing(401),
    "broken": Reply.failing(500),
    "empty": Reply(chunks=("", " ")),
    "silent": Reply(stall_after=0, chunks=("x",)),
}


@pytest.mark.parametrize("reply", FAULTS.values(), ids=FAULTS)
def test_a_fault_before_the_first_word_lets_the_embedded_engine_answer(
    seeds: Byline, reply: Reply
) -> None:
    with LLMServer(reply) as server:
        _, text, answer = streamed(
            engine(seeds, server, llm_first_token_timeout=0.3), SPENT, engine="llm"
        )
    assert text.strip() == answer.text == engine(seeds).answer(Request(SPENT)).text
    assert (answer.status, answer.engine, answer.model) == ("answered", "extractive", None)
    assert answer.notices == ()
    assert answer.fallback is not None
    assert (answer.fallback.asked, answer.fallback.answered) == ("llm", "extractive")
    assert answer.fallback.message
    assert answer.fallback.hint
    assert answer.all_notices == (answer.fallback.notice,)


BROKEN_OFF = {
    "cut": Reply(chunks=("Musk paid about", " $3 [1]", " and"), cut_after=2),
    "too long": Reply(chunks=("Musk paid about", " $3 [1]", " and"), finish="length"),
    "stalled": Reply(chunks=("Musk paid about", " $3 [1]", " and"), stall_after=2),
}


@pytest.mark.parametrize("reply", BROKEN_OFF.values(), ids=BROKEN_OFF)
def test_a_fault_in_the_middle_ends_in_a_whole_answer(seeds: Byline, reply: Reply) -> None:
    with LLMServer(reply) as server:
        _, text, answer = streamed(engine(seeds, server, llm_total_timeout=0.6), SPENT)
    assert text.startswith("Musk paid")
    assert answer.text == engine(seeds).answer(Request(SPENT)).text
    assert "Musk paid" not in answer.text
    assert (answer.engine, answer.model) == ("extractive", None)
    assert [one.verdict for one in answer.statements] == ["supported"]
    assert answer.fallback is not None


def test_an_endpoint_that_is_not_there(seeds: Byline) -> None:
    with LLMServer() as server:
        asked = engine(seeds, server)
    answer = asked.answer(Request(SPENT))
    assert (answer.engine, answer.status) == ("extractive", "answered")
    assert answer.fallback is not None
    assert "Connection refused. Check OPENAI_BASE_URL" in answer.fallback.notice


def test_the_gate_declines_before_the_model_is_asked(seeds: Byline) -> None:
    with LLMServer() as server:
        _, text, answer = streamed(engine(seeds, server), NOWHERE, engine="llm")
        assert server.requests == []
    assert (text, answer.status) == (DECLINED, "abstained")
    # The gate is no language model, whoever would have written.
    assert (answer.engine, answer.model, answer.fallback) == ("extractive", None, None)


def test_the_extractive_engine_never_asks_the_model(seeds: Byline) -> None:
    with LLMServer() as server:
        answer = engine(seeds, server).answer(Request(BOWMAN, TURNS, engine="extractive"))
        assert server.requests == []
    assert answer.engine == "extractive"


def test_a_follow_up_is_rewritten_by_the_model(seeds: Byline) -> None:
    asked = "What did Bradley Bowman say about the timing of the calls?"
    replies = Reply.saying(asked), Reply.saying("He called it a coincidence [1].")
    with LLMServer(*replies) as server:
        events, _, answer = streamed(engine(seeds, server), "And the timing?", history=TURNS)
    assert "And the timing?" in server.requests[0].prompt
    assert BOWMAN in server.requests[0].prompt
    assert server.requests[1].prompt.endswith(asked)
    assert (answer.question, answer.standalone_question) == ("And the timing?", asked)
    assert isinstance(events[0], Retrieved)
    assert events[0].standalone_question == asked
    assert "disturbing coincidence" in cited_text(answer, 1)


def test_a_first_question_is_not_rewritten(seeds: Byline) -> None:
    with LLMServer(Reply.saying("A professor [1].")) as server:
        answer = engine(seeds, server).answer(Request(BOWMAN))
        assert len(server.requests) == 1
    assert answer.standalone_question == BOWMAN


def test_a_follow_up_that_cannot_be_rewritten_carries_names_over(seeds: Byline) -> None:
    replies = Reply.failing(500), Reply.saying("He called it a coincidence [1].")
    with LLMServer(*replies) as server:
        answer = engine(seeds, server).answer(Request("What did he say about timing?", TURNS))
        assert len(server.requests) == 1
    assert answer.standalone_question == "What did he say about timing? (Bradley, Bowman)"
    assert (answer.engine, answer.status) == ("extractive", "answered")
    assert answer.fallback is not None
    assert "status 500" in answer.fallback.message
    assert answer.notices == ("The last turn's names were carried over.",)


def test_a_follow_up_that_is_rewritten_to_nothing_carries_names_over(seeds: Byline) -> None:
    replies = Reply.saying("a\nb"), Reply.saying("He called it a coincidence [1].")
    with LLMServer(*replies) as server:
        answer = engine(seeds, server).answer(Request("What did he say about timing?", TURNS))
    assert answer.standalone_question == "What did he say about timing? (Bradley, Bowman)"


LONG = "The harbour of Tallinn was closed because of ice, the port authority said on Friday. "


def test_a_paragraph_that_no_prompt_has_room_for_is_quoted(seeds: Byline, tmp_path: Path) -> None:
    byline = byline_of(
        tmp_path, {"a.txt": LONG + "It was cold in the city. " * 1500}, seeds.embedder
    )
    question = "Why was the harbour of Tallinn closed?"
    assert byline.engine.answer(Request(question)).status == "answered"
    with LLMServer(Reply.saying("Because of ice [1].")) as server:
        written = Engine(byline.retriever, engine(seeds, server)._writer)
        assert written.answer(Request(question)).status == "answered"


def test_an_article_cannot_pass_its_own_numbers_for_citations(
    seeds: Byline, tmp_path: Path
) -> None:
    text = LONG.replace("ice,", "ice [2] and wind [1],")
    byline = byline_of(tmp_path, {"a.txt": text}, seeds.embedder)
    answer = byline.engine.answer(Request("Why was the harbour of Tallinn closed?"))
    assert markers_in(answer.text) == [1]
    assert "ice (2) and wind (1)" in answer.text
    assert answer.citations[0].quote == text.strip()


def test_answers_can_be_repeated(seeds: Byline) -> None:
    asked = engine(seeds)
    first, second = asked.answer(Request(SPENT)), asked.answer(Request(SPENT))
    assert replace(first, timings_ms=second.timings_ms) == second
