"""LlamaIndex's evaluators as a judge of answers, over Byline's own client of a language model.

A model's opinion, not a measurement: it is labelled as such wherever it is shown. The judge is
asked two questions an answer: is it faithful to the cited paragraphs, is it relevant to what was
asked?
"""

import asyncio
from typing import Any

from llama_index.core.base.llms.types import CompletionResponse, CompletionResponseGen, LLMMetadata
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.evaluation import FaithfulnessEvaluator, RelevancyEvaluator
from llama_index.core.evaluation.base import BaseEvaluator
from llama_index.core.llms import CustomLLM

from rag.citations.markers import split_markers
from rag.errors import LLMError
from rag.evaluation.solver import Solved
from rag.models.llm import LLM, Message

_CONTEXT = 8_192
"""Tokens; the cited paragraphs of an answer are far fewer, so nothing is ever refined."""


class BylineLLM(CustomLLM):
    """Byline's client, with its deadlines and limits, as a LlamaIndex language model."""

    _llm: LLM = PrivateAttr()

    def __init__(self, llm: LLM, **options: Any) -> None:
        super().__init__(**options)
        self._llm = llm

    @property
    def metadata(self) -> LLMMetadata:
        """The model's name and size."""
        return LLMMetadata(model_name=self._llm.model, context_window=_CONTEXT)

    def complete(  # LlamaIndex's signature
        self,
        prompt: str,
        formatted: bool = False,  # noqa: FBT001, FBT002
        **_: Any,
    ) -> CompletionResponse:
        """Return the whole reply.

        Raises:
            LLMError: There is none.
        """
        return CompletionResponse(text=self._llm.complete([Message("user", prompt)]))

    def stream_complete(
        self,
        prompt: str,
        formatted: bool = False,  # noqa: FBT001, FBT002
        **_: Any,
    ) -> CompletionResponseGen:
        """Yield the whole reply at once: nobody watches a judge."""
        yield self.complete(prompt)


class LlamaJudge:
    """Asks a model whether an answer is faithful and relevant."""

    def __init__(self, llm: LLM) -> None:
        wrapped = BylineLLM(llm)
        self._evaluators: dict[str, BaseEvaluator] = {
            "faithfulness": FaithfulnessEvaluator(llm=wrapped),
            "relevancy": RelevancyEvaluator(llm=wrapped),
        }

    def __call__(self, solved: Solved) -> dict[str, float | None]:
        """Return 1 or 0 by the name of what was judged; null where the model gave no reply."""
        question = solved.answer.standalone_question if solved.answer else solved.question.question
        text, _ = split_markers(solved.text)
        contexts = [passage.text for passage in solved.cited]
        return {
            name: self._score(evaluator, question, text, contexts) if contexts else 0.0
            for name, evaluator in self._evaluators.items()
        }

    def _score(
        self, evaluator: BaseEvaluator, question: str, text: str, contexts: list[str]
    ) -> float | None:
        try:
            # LlamaIndex's own synchronous call would leave an event loop open.
            return asyncio.run(
                evaluator.aevaluate(query=question, response=text, contexts=contexts)
            ).score
        except LLMError:
            return None
