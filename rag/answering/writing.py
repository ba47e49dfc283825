"""The language model at work: streamed, cited, checked, repaired, the other side added."""

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from rag.answering.draft import Draft, cited_ids, finished, markers_of, oppositions
from rag.answering.prompting import LLMWriter, declines
from rag.citations.build import CitedStatement, cite, written_statements
from rag.citations.markers import MarkerStream, neutralise, with_markers
from rag.errors import LLMError
from rag.models.llm import answers_only
from rag.models.llm.prompts import NOT_IN_ARCHIVE
from rag.retrieval.hybrid import Retrieval
from rag.retrieval.rerank import Hit
from rag.schema import Event, Token
from rag.verification import Check, verify
from rag.verification.conflicts import Opposition, conflicts, missing_sides, places_cited
from rag.verification.llm_judge import Case, SecondOpinion
from rag.verification.repair import Repaired, Review, judged, repair


@dataclass(frozen=True, slots=True)
class Scrutiny:
    """How an answer that a language model wrote is checked."""

    strict: bool = False
    """Leave out what no paragraph supports."""
    opinion: SecondOpinion | None = None
    """Asked about what rules alone judged."""

    def review(self, notices: list[str]) -> Review | None:
        """Return what asks for the opinion; a model that fails leaves the rules' verdicts."""
        opinion = self.opinion

        def review(cases: Sequence[Case]) -> list[Check]:
            try:
                return opinion(cases) if opinion else [case.check for case in cases]
            except LLMError as error:
                notices.append(f"{error.message} The statements were checked by rules alone.")
                return [case.check for case in cases]

        return review if opinion else None


def write_with_model(
    writer: LLMWriter,
    question: str,
    retrieval: Retrieval,
    notices: list[str],
    scrutiny: Scrutiny,
) -> Generator[Event, None, Draft | None]:
    """Write an answer with a language model; return null when it declines.

    Args:
        writer: The model's engine.
        question: The question, standing alone.
        retrieval: What it may cite.
        notices: Gets what the reader has to know of the model's slips.
        scrutiny: How the answer is checked.

    Raises:
        LLMError: There is no complete answer, or nothing of it is backed where it has to be; what
            was yielded until then counts for nothing.
    """
    begun = time.perf_counter()
    given = _fitting(writer, question, retrieval.hits)
    markers = MarkerStream(len(given))
    text = yield from _streamed(writer, question, given, markers)
    if text is None:
        return None
    generated = time.perf_counter()
    mended = repair(
        text,
        written_statements(text),
        markers.order,
        given,
        strict=scrutiny.strict,
        review=scrutiny.review(notices),
    )
    if not mended.statements:
        raise LLMError(
            "The archive supports nothing that the language model said.",
            "Ask again, choose another RAG_LLM_MODEL, or unset RAG_STRICT to see it all.",
            partial=text,
        )
    notices.extend(_slips(markers, mended))
    citations = cite(mended.order, given, mended.statements)
    against = oppositions(retrieval, given, places_cited(citations, given))
    added, order = _other_sides(against, mended.order)
    shown = [with_markers(one.text, one.markers) for one in added]
    yield from (Token(f"\n\n{each}", cited_ids(given, order)) for each in shown)
    citations += cite(order, given, added)[len(citations) :]
    return finished(
        "\n\n".join((mended.text, *shown)),
        (*judged(mended), *verify(added, citations)),
        citations,
        conflicts(against, markers_of(order)),
        begun,
        generated,
    )


def _fitting(writer: LLMWriter, question: str, hits: Sequence[Hit]) -> list[Hit]:
    fitting = writer.fitting(question, [hit.scored for hit in hits])
    given = [hit for hit in hits if hit.scored in fitting]
    if hits and not given:
        raise LLMError(
            "The paragraphs found are too long for a prompt.", "Ask for a shorter passage."
        )
    return given


def _streamed(
    writer: LLMWriter, question: str, given: Sequence[Hit], markers: MarkerStream
) -> Generator[Event, None, str | None]:
    """Show the text as it comes, and return it; null when the model declines."""
    text = ""
    said = answers_only(writer.write(question, [hit.scored for hit in given]), question)
    for piece in _marked(said, markers):
        held_back, text = text, text + piece
        # What may yet turn out to be a refusal is not shown.
        if not _may_decline(text):
            shown = text if _may_decline(held_back) else piece
            yield Token(shown, cited_ids(given, markers.order))
    if declines(text):
        return None
    if not written_statements(text):
        raise LLMError(
            "The language model gave an answer without words.",
            "Ask again, or choose another RAG_LLM_MODEL.",
            partial=text,
        )
    if _may_decline(text):
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


def _may_decline(text: str) -> bool:
    said = "".join(character for character in text if character.isalpha()).casefold()
    return NOT_IN_ARCHIVE.replace(" ", "").casefold().startswith(said)


def _slips(markers: MarkerStream, mended: Repaired) -> Iterator[str]:
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
