"""A language model's opinion on statements that rules alone judged; optional, by RAG_VERIFY=llm."""

import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.citations.markers import neutralise
from rag.models.llm import LLM, PROMPT_CHARACTERS, Message
from rag.models.llm.prompts import Prompts
from rag.schema import Verdict
from rag.text.unseen import visible
from rag.verification import Check, Source

_LINE = re.compile(
    r"^\W*(?P<number>\d{1,3})\W+(?P<verdict>SUPPORTED|PARTIAL|UNSUPPORTED)\b\W*(?P<reason>.*)$",
    re.IGNORECASE,
)
_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Case:
    """A statement, the paragraphs that it cites, and what the rules say of it."""

    text: str
    sources: tuple[Source, ...]
    check: Check


class SecondOpinion:
    """Asks the model once about all statements of an answer that are worth asking about.

    Args:
        llm: The model.
        prompts: Its instructions.
    """

    def __init__(self, llm: LLM, prompts: Prompts) -> None:
        self._llm = llm
        self._prompt = prompts.opinion

    def __call__(self, cases: Sequence[Case]) -> list[Check]:
        """Return the verdict on each case, the opinion taken into account.

        What failed letter by letter stays failed, and what stands word for word stays supported:
        about those the model isn't asked.

        Raises:
            LLMError: The model can't be asked.
        """
        checks = [case.check for case in cases]
        asked = [index for index, case in enumerate(cases) if case.sources and not case.check.final]
        prompt, count = self._render([cases[index] for index in asked])
        if count:
            said = dict(_opinions(self._llm.complete([Message("user", prompt)])))
            for number, index in enumerate(asked[:count], start=1):
                if number in said:
                    checks[index] = _combined(checks[index], *said[number])
        return checks

    def _render(self, cases: Sequence[Case]) -> tuple[str, int]:
        """Return the prompt, and how many of the cases it has room for."""
        boundary = f"=={secrets.token_hex(8)}=="
        room = PROMPT_CHARACTERS - len(self._prompt.text)
        blocks: list[str] = []
        for number, case in enumerate(cases, start=1):
            block = _block(number, case, boundary)
            room -= len(block)
            if room < 0:
                break
            blocks.append(block)
        return self._prompt.render(boundary=boundary, cases="\n\n".join(blocks)), len(blocks)


def _block(number: int, case: Case, boundary: str) -> str:
    paragraphs = "\n\n".join(neutralise(visible(source.text)) for source in case.sources)
    statement = " ".join(visible(case.text).split())
    return (
        f"{boundary} statement {number}\n{statement}\n"
        f"{boundary} paragraphs of statement {number}\n{paragraphs}\n"
        f"{boundary} end of statement {number}"
    )


def _opinions(reply: str) -> Iterator[tuple[int, tuple[Verdict, str]]]:
    for line in reply.splitlines():
        if found := _LINE.match(line.strip()):
            reason = " ".join(visible(found["reason"]).split())[:_LONGEST_REASON]
            yield int(found["number"]), (Verdict(found["verdict"].lower()), reason)


def _combined(check: Check, opinion: Verdict, reason: str) -> Check:
    """Return the rules' verdict, changed to the model's where the two differ."""
    if opinion is check.verdict:
        return check
    because = f": {reason}" if reason else ""
    said = f"The language model finds it {opinion}{because}. By rule: {check.reason}"
    return replace(check, verdict=opinion, reason=said)
