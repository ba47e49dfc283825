"""Vectors from an endpoint: what is sent, what is made of the reply, and what can go wrong."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.answering.request import Request
from rag.errors import IndexMismatchError, ModelError
from rag.factory import Byline
from rag.models.openai_embedder import OpenAIEmbedder
from rag.reading.paragraphs import split_paragraphs
from rag.settings import Settings
from tests.support.archives import sealed_settings
from tests.support.fakes import FakeEmbedder

RAIN = "It rained in Kyiv on Monday. Snow fell in Oslo."
pytestmark = pytest.mark.usefixtures("bare")


@dataclass
class Endpoint:
    """A server that gives each text the fake model's vector, three times as long."""

    url: str = ""
    status: int = 200
    body: str | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    model: FakeEmbedder = field(default_factory=lambda: FakeEmbedder(dimension=16))

    @property
    def texts(self) -> list[str]:
        """All texts that it was asked for."""
        return [text for request in self.asked for text in request["input"]]

    def reply(self, request: dict[str, Any]) -> str:
        """Return the vectors, in another order than asked for."""
        rows = [
            {"object": "embedding", "index": i, "embedding": (3 * self.model.vector(t)).tolist()}
            for i, t in enumerate(request["input"])
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        return json.dumps({"object": "list", "data": rows[::-1], "model": "m", "usage": usage})


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    served = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["content-length"])))
            served.asked.append(request)
            served.keys.append(self.headers["authorization"])
            body = (served.reply(request) if served.body is None else served.body).encode()
            self.send_response(served.status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        served.url = f"http://127.0.0.1:{http.server_port}/v1"
        thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield served
        http.shutdown()
        thread.join()


def settings(endpoint: Endpoint, **values: object) -> Settings:
    return sealed_settings(
        embeddings="openai",
        openai_base_url=endpoint.url,
        embedding_model="m",
        **values,
    )


def test_a_paragraph_and_its_sentences_have_vectors_of_length_one(endpoint: Endpoint) -> None:
    embedder = OpenAIEmbedder(settings(endpoint))
    paragraphs = split_paragraphs(f"{RAIN}\n\nHail fell.")
    first, second = embedder.passages(paragraphs)
    sentences = ["It rained in Kyiv on Monday.", "Snow fell in Oslo.", "Hail fell."]
    assert endpoint.texts == [RAIN, "Hail fell.", *sentences]
    assert first.paragraph == pytest.approx(endpoint.model.vector(RAIN), abs=1e-5)
    assert first.sentences.astype(float) == pytest.approx(
        np.array([endpoint.model.vector(one) for one in sentences[:2]]), abs=1e-2
    )
    assert second.paragraph == pytest.approx(second.sentences[0].astype(float), abs=1e-2)
    for found in (first, second):
        assert np.linalg.norm(found.paragraph) == pytest.approx(1, abs=1e-5)
        assert found.tokens.shape[0] == 0
        assert found.token_counts.tolist() == [0] * len(found.sentences)


def test_a_question_has_a_vector_and_no_tokens(endpoint: Endpoint) -> None:
    embedder = OpenAIEmbedder(settings(endpoint))
    vectors = embedder.question("Where did it rain?")
    assert vectors.question == pytest.approx(endpoint.model.vector("Where did it rain?"), abs=1e-5)
    assert vectors.tokens.shape[0] == len(vectors.token_texts) == 0
    assert (embedder.name, embedder.dimension) == ("openai/m", 16)


def test_which_words_are_whole_is_not_asked(endpoint: Endpoint) -> None:
    assert OpenAIEmbedder(settings(endpoint)).whole_words("Who opened the bridge?") == frozenset()
    assert endpoint.asked == []


def test_the_request_is_what_an_endpoint_expects(endpoint: Endpoint) -> None:
    OpenAIEmbedder(settings(endpoint, openai_api_key="sk-mine")).question("x" * 20_000)
    OpenAIEmbedder(settings(endpoint)).question("y")
    assert [request["model"] for request in endpoint.asked] == ["m", "m"]
    assert endpoint.asked[0]["encoding_format"] == "float"
    assert endpoint.keys[0] == "Bearer sk-mine"
    assert endpoint.texts[0] == "x" * 8000


def test_many_texts_go_in_several_requests_and_keep_their_order(endpoint: Endpoint) -> None:
    paragraphs = split_paragraphs("\n\n".join(f"Number {index} came." for index in range(200)))
    found = OpenAIEmbedder(settings(endpoint)).passages(paragraphs)
    assert [len(request["input"]) for request in endpoint.asked] == [256, 144]
    for index in (0, 57, 199):
        wanted = endpoint.model.vector(f"Number {index} came.")
        assert found[index].paragraph == pytest.approx(wanted, abs=1e-5)
        assert found[index].sentences[0].astype(float) == pytest.approx(wanted, abs=1e-2)


def test_nothing_is_asked_for_nothing(endpoint: Endpoint) -> None:
    assert OpenAIEmbedder(settings(endpoint)).passages([]) == []
    assert endpoint.asked == []


@pytest.mark.parametrize(
    ("status", "body"),
    [(401, '{"error": {"message": "no"}}'), (404, "{}"), (200, "{}"), (200, "<html>")],
)
def test_a_fault_says_which_settings_to_look_at(endpoint: Endpoint, status: int, body: str) -> None:
    endpoint.status, endpoint.body = status, body
    embedder = OpenAIEmbedder(settings(endpoint, openai_api_key="sk-mine"))
    with pytest.raises(ModelError, match="The embeddings endpoint failed") as caught:
        embedder.question("Where did it rain?")
    assert "\n" not in caught.value.message
    assert "sk-mine" not in str(caught.value)
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "RAG_EMBEDDING_MODEL"):
        assert name in caught.value.hint


@pytest.mark.parametrize("kept", [0, 1], ids=["none", "too few"])
def test_fewer_vectors_than_texts_are_a_fault(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    whole = endpoint.reply

    def reply(request: dict[str, Any]) -> str:
        answer = json.loads(whole(request))
        answer["data"] = answer["data"][:kept]
        return json.dumps(answer)

    monkeypatch.setattr(endpoint, "reply", reply)
    with pytest.raises(ModelError):
        OpenAIEmbedder(settings(endpoint)).passages(split_paragraphs(RAIN))


def test_an_archive_made_with_it_answers(endpoint: Endpoint, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{RAIN}\n\nThe mayor closed two bridges.")
    byline = Byline(settings(endpoint, home=tmp_path / "home"))
    assert byline.ingest([tmp_path / "a.txt"]).embedded == 2
    (hit, _) = byline.engine.search(Request("Where did it rain on Monday?"))
    assert hit.paragraph.text == RAIN
    found = byline.engine.answer(Request("Which bridges did the mayor close?"))
    assert found.evidence[0].text == "The mayor closed two bridges."
    assert byline.archive.catalogue.fingerprint == "openai/m"


def test_another_model_does_not_search_its_archive(endpoint: Endpoint, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RAIN)
    Byline(settings(endpoint, home=tmp_path / "home")).ingest([tmp_path / "a.txt"])
    other = Byline(
        settings(endpoint, home=tmp_path / "home").model_copy(update={"embedding_model": "n"})
    )
    with pytest.raises(IndexMismatchError, match="openai/m; the settings now say openai/n"):
        other.engine.search(Request("Where did it rain?"))
