"""The language model at work: streamed, cited, checked, repaired, the other side added."""

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from rag.answering.draft import Draft
from rag.answering.prompting import AnswerPrompt, LLMWriter, declines
from rag.answering.selection import Basis
from rag.citations.build import CitedStatement, cite, cited_ids, markers_of, written_statements
from rag.citations.markers import MarkerStream, cites, neutralise, with_markers
from rag.errors import LLMError
from rag.models.llm import answers_only
from rag.models.llm.prompts import NOT_IN_ARCHIVE
from rag.retrieval.rerank import Hit
from rag.schema import Event, Token
from rag.verification import verify
from rag.verification.conflicts import (
    Opposition,
    conflicts,
    missing_sides,
    opposed,
    places_cited,
)
from rag.verification.llm_judge import SecondOpinion
from rag.verification.repair import Repaired, judged, repair


@dataclass(frozen=True, slots=True)
class Scrutiny:
    """How an answer that a language model wrote is checked."""

    strict: bool = False
    """Leave out what no paragraph supports."""
    opinion: SecondOpinion | None = None
    """Asked about what rules alone judged."""


def write_with_model(
    writer: LLMWriter, basis: Basis, scrutiny: Scrutiny
) -> Generator[Event, None, Draft | None]:
    """Write an answer with a language model; return null when it declines.

    Args:
        writer: The model's engine.
        basis: What the answer is made from.
        scrutiny: How the answer is checked.

    Raises:
        LLMError: There is no complete answer, or nothing of it is backed where it has to be; what
            was yielded until then counts for nothing.
    """
    prompt = writer.prompt(basis.question, [hit.scored for hit in basis.hits])
    given = [basis.hits[index] for index in prompt.given]
    markers = MarkerStream(len(given))
    text = yield from _streamed(writer, prompt, basis.question, given, markers)
    if text is None:
        return None
    written = time.perf_counter()
    mended = repair(
        text,
        written_statements(text),
        markers.order,
        given,
        strict=scrutiny.strict,
        review=scrutiny.opinion,
    )
    if not mended.statements:
        raise LLMError(
            "The archive supports nothing that the language model said.",
            "Ask again, choose another RAG_LLM_MODEL, or unset RAG_STRICT to see it all.",
            partial=text,
        )
    citations = cite(mended.order, given, mended.statements)
    verified = time.perf_counter()
    said = places_cited(citations, given)
    against = opposed(given, said, basis.question, basis.article_stems)
    added, order = _other_sides(against, mended.order)
    shown = [with_markers(statement.text, statement.markers) for statement in added]
    yield from (Token(f"\n\n{sentence}", cited_ids(given, order)) for sentence in shown)
    citations += cite(order, given, added)[len(citations) :]
    return Draft(
        "\n\n".join((mended.text, *shown)),
        (*judged(mended), *verify(added, citations)),
        citations,
        conflicts(against, markers_of(order)),
        tuple(_slips(markers, mended)),
        verify_ms=(verified - written) * 1000,
        conflicts_ms=(time.perf_counter() - verified) * 1000,
    )


def _streamed(
    writer: LLMWriter,
    prompt: AnswerPrompt,
    question: str,
    given: Sequence[Hit],
    markers: MarkerStream,
) -> Generator[Event, None, str | None]:
    """Show the text as it comes, and return it; null when the model declines."""
    text, letters = "", ""
    said = answers_only(writer.write(prompt), question, cites)
    for piece in _marked(said, markers):
        held_back = _may_decline(letters)
        text, letters = text + piece, (letters + _letters(piece))[: len(_DECLINED) + 1]
        # What may yet turn out to be a refusal is not shown.
        if not _may_decline(letters):
            yield Token(text if held_back else piece, cited_ids(given, markers.order))
    if declines(text):
        return None
    if not written_statements(text):
        raise LLMError(
            "The language model gave an answer without words.",
            "Ask again, or choose another RAG_LLM_MODEL.",
            partial=text,
        )
    if _may_decline(letters):
        yield Token(text, cited_ids(given, markers.order))
    return text


def _other_sides(
    against: Sequence[Opposition], order: tuple[int, ...]
) -> tuple[tuple[CitedStatement, ...], tuple[int, ...]]:
    """Return what contradicts a written answer and isn't in it, and all hits cited then."""
    added: list[CitedStatement] = []
    for each in missing_sides(against, markers_of(order)):
        number = each.other.hit + 1
        order = order if number in order else (*order, number)
        added.append(CitedStatement(neutralise(each.other.text), (order.index(number) + 1,)))
    return tuple(dict.fromkeys(added)), order


def _marked(pieces: Iterator[str], markers: MarkerStream) -> Iterator[str]:
    for piece in pieces:
        if text := markers.feed(piece):
            yield text
    if text := markers.finish():
        yield text


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalpha()).casefold()


_DECLINED = _letters(NOT_IN_ARCHIVE)


def _may_decline(letters: str) -> bool:
    return _DECLINED.startswith(letters)


def _slips(markers: MarkerStream, mended: Repaired) -> Iterator[str]:
    yield from mended.notices
    if markers.invented:
        listed = ", ".join(markers.invented)
        yield f"The model cited paragraphs that it was not given; removed: {listed}."
    if mended.moved:
        yield f"Corrected: the paragraphs of {_counted(mended.moved, 'statement')}."
    if mended.unquoted:
        yield (
            "Quotation marks were removed where nobody is quoted so: in "
            f"{_counted(mended.unquoted, 'statement')}."
        )
    if mended.dropped:
        yield f"Left out, for want of support: {_counted(mended.dropped, 'statement')}."
    if not mended.order:
        yield "The model cited no paragraph; nothing in this answer is backed."


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
