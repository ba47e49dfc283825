"""The six invariants of the contract, for both engines, over random articles and questions."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.answering.prompting import LLMWriter
from rag.answering.request import Request
from rag.models.llm import LLM
from rag.models.llm.prompts import NOT_IN_ARCHIVE, load_prompts
from rag.schema import Status
from rag.settings import load_settings
from tests.support.invariants_support import (
    HISTORIES,
    LIBRARIES,
    QUESTIONS,
    REPLIES,
    answered,
    library,
    open_gate,
)
from tests.support.llm_server import LLMServer, Reply
from tests.support.llm_server import Request as LLMRequest

EXAMPLES = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@dataclass
class Model:
    """A language model that says what it is told to say."""

    writer: LLMWriter
    reply: Reply = field(default_factory=Reply)

    def says(self, text: str, cuts: int = 3) -> None:
        """Answer with this text from now on, in pieces of so many characters."""
        pieces = [text[start : start + cuts] for start in range(0, len(text), cuts)]
        self.reply = Reply(chunks=tuple(pieces))


@pytest.fixture(scope="module")
def model() -> Iterator[Model]:
    models: list[Model] = []

    def reply(_: LLMRequest) -> Reply:
        return models[0].reply

    with LLMServer(reply) as server:
        known = load_settings(_env_file=None, llm_model="test", openai_base_url=server.url)
        models.append(Model(LLMWriter(LLM(known), load_prompts())))
        yield models[0]


@EXAMPLES
@given(LIBRARIES, st.lists(QUESTIONS, min_size=2, max_size=5), HISTORIES)
def test_extractive_answers(
    texts: list[str], questions: list[str], history: tuple[tuple[str, str], ...]
) -> None:
    with library(texts) as known, open_gate() as seen:
        for question in questions:
            answer = answered(known.engine(), Request(question, history), known)
            assert (answer.engine, answer.model) == ("extractive", None)
            found = {hit.scored.paragraph.paragraph_id for hit in seen[-1].hits}
            assert {citation.paragraph_id for citation in answer.citations} <= found
            assert (answer.status is Status.ANSWERED) == bool(found)


@EXAMPLES
@given(LIBRARIES, st.lists(QUESTIONS, min_size=2, max_size=5), HISTORIES)
def test_answers_through_the_real_gate(
    texts: list[str], questions: list[str], history: tuple[tuple[str, str], ...]
) -> None:
    with library(texts) as known:
        for question in questions:
            answered(known.engine(), Request(question, history), known)


@EXAMPLES
@given(LIBRARIES, QUESTIONS, st.lists(REPLIES, min_size=2, max_size=5), st.integers(1, 9))
def test_written_answers(
    model: Model, texts: list[str], question: str, replies: list[str], cuts: int
) -> None:
    with library(texts) as known, open_gate():
        engine = known.engine(model.writer)
        for reply in replies:
            model.says(reply, cuts)
            answered(engine, Request(question), known)


@pytest.mark.parametrize("history", [(), (("user", "Where did it rain?"), ("assistant", "There."))])
def test_a_model_that_declines_makes_an_abstention(
    model: Model, history: tuple[tuple[str, str], ...]
) -> None:
    with library(["It rained in Kyiv.\n\nIt snowed in Oslo."]) as known, open_gate():
        for text in (NOT_IN_ARCHIVE, f" {NOT_IN_ARCHIVE.lower()}.", f"**{NOT_IN_ARCHIVE}** [1]"):
            model.says(text)
            answer = answered(known.engine(model.writer), Request("Where?", history), known)
            assert (answer.status, answer.engine, answer.model) == ("abstained", "llm", "test")


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        ("It rained in Kyiv [1].", "It rained in Kyiv [1]."),
        ("It rained. [1] It snowed. [2]", "It rained. [1] It snowed. [2]"),
        ("It snowed [2][1] and [9] rained [7].", "It snowed [1][2] and rained."),
        ("It rained in Kyiv.", "It rained in Kyiv [1]."),
        ("Peru has volcanoes.", "Peru has volcanoes."),
        ("A “quoted [3] word” and `[1]`.", "A quoted [3] word and `[1]`."),
    ],
)
def test_examples_of_written_answers(model: Model, reply: str, text: str) -> None:
    with library(["It rained in Kyiv.\n\nIt snowed in Oslo."]) as known, open_gate():
        model.says(reply)
        answer = answered(known.engine(model.writer), Request("Where?"), known)
        assert answer.text.replace("(", "[").replace(")", "]") == text


def test_a_marker_behind_the_full_stop_belongs_to_the_sentence_before(model: Model) -> None:
    with library(["It rained in Kyiv.\n\nIt snowed in Oslo."]) as known, open_gate():
        model.says("It rained in Kyiv. [1] It snowed in Oslo. [2] It ended.")
        answer = answered(known.engine(model.writer), Request("Where did it rain?"), known)
        assert [(one.text, one.markers) for one in answer.statements] == [
            ("It rained in Kyiv.", (1,)),
            ("It snowed in Oslo.", (2,)),
            ("It ended.", ()),
        ]


@pytest.mark.parametrize(
    "reply",
    [
        Reply.failing(500),
        Reply(chunks=("It rained [1]",), finish="length"),
        Reply(chunks=("It rained [1]. It", " snowed"), cut_after=1),
        Reply(),
    ],
)
def test_when_the_model_fails_the_embedded_engine_answers(model: Model, reply: Reply) -> None:
    with library(["It rained in Kyiv.\n\nIt snowed in Oslo."]) as known, open_gate():
        model.reply = reply
        engine = known.engine(model.writer)
        answer = engine.answer(Request("Where did it rain?"))
        assert (answer.engine, answer.model, answer.status) == ("extractive", None, "answered")
        assert answer.fallback is not None


@pytest.mark.parametrize("reply", ["[1]", "[1]\n[2].", "[1]\nIt rained in Kyiv."])
def test_markers_without_words(model: Model, reply: str) -> None:
    with library(["It rained in Kyiv.\n\nIt snowed in Oslo."]) as known, open_gate():
        model.says(reply)
        answer = known.engine(model.writer).answer(Request("Where did it rain?"))
        markers = {marker for one in answer.statements for marker in one.markers}
        assert markers == {citation.marker for citation in answer.citations}
        assert answer.statements
