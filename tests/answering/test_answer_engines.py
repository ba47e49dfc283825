"""Whoever writes an answer keeps the contract: quoting, a language model, and one that fails."""

import re
from collections.abc import Iterator

import pytest

from rag.answering.engine import Engine
from rag.answering.prompting import LLMWriter
from rag.models.llm import LLM
from rag.models.llm.prompts import load_prompts
from rag.text.sentences import split_sentences
from tests.contracts.answer_engine import BRIDGE, TEXTS, AnswerEngineContract
from tests.support.archives import sealed_settings
from tests.support.invariants_support import Library, library, open_gate
from tests.support.llm_server import LLMServer, Reply
from tests.support.llm_server import Request as LLMRequest

_GIVEN = re.compile(
    r"^(?P<fence>==\w+==) paragraph (?P<number>\d+)\n(?:\w+: .*\n)*\n"
    r"(?P<text>.*?)\n(?P=fence) end of paragraph",
    re.DOTALL | re.MULTILINE,
)


@pytest.fixture(scope="module")
def known() -> Iterator[Library]:
    with library(TEXTS) as made, open_gate():
        yield made


def says_what_it_was_given(request: LLMRequest) -> Reply:
    """Play a model that repeats the paragraphs of its prompt; asked to rewrite, it doesn't."""
    given = [(int(found["number"]), found["text"]) for found in _GIVEN.finditer(request.prompt)]
    if not given:
        return Reply.saying("What will the bridge cost?")
    sentences = [
        f"{span.of(text)[:-1]} [{number}]."
        for number, text in given
        for span in split_sentences(text)
        if span.of(text).endswith(".")
    ]
    return Reply.saying(" ".join(sentences))


def engine_with(known: Library, server: LLMServer) -> Engine:
    chosen = sealed_settings(
        llm_model="test", openai_base_url=server.url, llm_retries=0, llm_breaker_failures=0
    )
    return known.engine(LLMWriter(LLM(chosen), load_prompts()))


class TestQuoting(AnswerEngineContract):
    @pytest.fixture
    def writes(self) -> str:
        return "extractive"

    @pytest.fixture
    def engine(self, known: Library) -> Engine:
        return known.engine()

    def test_it_says_nothing_that_no_article_says(self, engine: Engine) -> None:
        answer = engine.answer(BRIDGE)
        archive = "\n".join(TEXTS).replace("[3]", "(3)")
        assert all(statement.text in archive for statement in answer.statements)


class TestLanguageModel(AnswerEngineContract):
    @pytest.fixture
    def writes(self) -> str:
        return "llm"

    @pytest.fixture
    def engine(self, known: Library) -> Iterator[Engine]:
        with LLMServer(says_what_it_was_given) as server:
            yield engine_with(known, server)


class TestModelThatFails(AnswerEngineContract):
    @pytest.fixture
    def writes(self) -> str:
        return "extractive"

    @pytest.fixture
    def engine(self, known: Library) -> Iterator[Engine]:
        with LLMServer(Reply.failing(401)) as server:
            yield engine_with(known, server)

    def test_its_answer_is_the_quoted_one_and_says_why(
        self, engine: Engine, known: Library
    ) -> None:
        answer, quoted = engine.answer(BRIDGE), known.engine().answer(BRIDGE)
        assert (answer.text, answer.citations) == (quoted.text, quoted.citations)
        assert quoted.fallback is None
        assert answer.fallback is not None
        assert (answer.fallback.asked, answer.fallback.answered) == ("llm", "extractive")
        assert "OPENAI_API_KEY" in answer.fallback.hint
