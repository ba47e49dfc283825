"""A language model's client that counts what it is asked and what it says, to tell the cost."""

from collections.abc import Generator, Sequence
from contextlib import closing

from rag.answering.prompting import declines
from rag.citations.build import written_statements
from rag.evaluation.metrics import mean
from rag.evaluation.solver import Usage
from rag.models.llm import LLM, Message
from rag.models.llm.prompts import NOT_IN_ARCHIVE, Prompts
from rag.settings import Settings

CHARACTERS_A_TOKEN = 4
"""Of English, as OpenAI's documentation has it. Endpoints differ in whether they count for a
stream, so all are estimated alike."""


class MeteredLLM(LLM):
    """Counts the calls since the last `reset`.

    Args:
        settings: Model, endpoint, key and limits.
        prompts: The product's: by its system message an answer is told from other calls.
    """

    def __init__(self, settings: Settings, prompts: Prompts) -> None:
        super().__init__(settings)
        self._system = prompts.answer_system.render(not_in_archive=NOT_IN_ARCHIVE)
        self.reset()

    def reset(self) -> None:
        """Forget what was counted."""
        self._calls = self._asked = self._said = 0
        self._answer = ""

    def usage(self) -> Usage:
        """Return what was counted."""
        # Who declines has nothing to cite.
        written = () if declines(self._answer) else written_statements(self._answer)
        return Usage(
            calls=self._calls,
            prompt_tokens=round(self._asked / CHARACTERS_A_TOKEN),
            completion_tokens=round(self._said / CHARACTERS_A_TOKEN),
            cited=mean(float(bool(one.markers)) for one in written),
        )

    def stream(self, messages: Sequence[Message]) -> Generator[str, None, None]:
        """Yield the answer in pieces, and count them.

        Raises:
            LLMError: There is no complete answer.
        """
        self._calls += 1
        self._asked += sum(len(message.content) for message in messages)
        answers = messages[0].content == self._system
        if answers:
            self._answer = ""
        with closing(super().stream(messages)) as pieces:
            for piece in pieces:
                self._said += len(piece)
                if answers:
                    self._answer += piece
                yield piece
