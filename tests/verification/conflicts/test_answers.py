"""Both engines: the conflict is in the answer, whichever of its sides was quoted or written."""

import pytest

from rag.answering.engine import Engine
from rag.answering.prompting import LLMWriter
from rag.answering.request import Request
from rag.answering.writing import Scrutiny
from rag.factory import Byline
from rag.models.llm import LLM
from rag.models.llm.prompts import load_prompts
from rag.schema import Answer, Verdict
from tests.support.archives import AP, CNN, sealed_settings
from tests.support.llm_server import LLMServer, Reply

AGREE = "Do the reports agree on regular contact between Musk and Putin?"
pytestmark = pytest.mark.usefixtures("bare")


def check(answer: Answer) -> None:
    """Both sides are cited, each with its sentence, and everything cited was retrieved."""
    assert {one.file for one in answer.citations} == {AP, CNN}
    cited = {one.marker: one for one in answer.citations}
    assert answer.conflicts
    for conflict in answer.conflicts:
        assert {side.marker for side in conflict.sides} == set(conflict.markers)
        for side in conflict.sides:
            assert side.quote in cited[side.marker].text
            assert side.file == cited[side.marker].file
    assert {one.paragraph_id for one in answer.citations} <= {
        one.paragraph_id for one in answer.evidence
    }


@pytest.mark.parametrize(
    "question", [AGREE, "How many calls between Musk and Putin does the Kremlin admit to?"]
)
def test_the_quoting_engine_shows_both_sides(seeds: Byline, question: str) -> None:
    answer = seeds.engine.answer(Request(question))
    check(answer)
    assert {one.verdict for one in answer.statements} == {Verdict.SUPPORTED}
    assert len(answer.evidence) == 6


def test_what_a_model_leaves_out_is_quoted_behind_its_answer(seeds: Byline) -> None:
    evidence = [one.text for one in seeds.engine.answer(Request(AGREE)).evidence]
    number = next(i for i, text in enumerate(evidence, 1) if "regular contact" in text)
    said = f"Musk has been in regular contact with Putin, the Journal reported [{number}]."
    with LLMServer(Reply.saying(said)) as server:
        settings = sealed_settings(llm_model="tiny", openai_base_url=server.url)
        writer = LLMWriter(LLM(settings), load_prompts())
        engine = Engine(seeds.retriever, writer, Scrutiny())
        answer = engine.answer(Request(AGREE, engine="llm"))
    assert answer.text.startswith("Musk has been in regular contact")
    check(answer)
    added = answer.statements[1:]
    assert added
    assert {one.verdict for one in added} == {Verdict.SUPPORTED}
    assert all(f"[{one.markers[0]}]" in answer.text for one in added)
