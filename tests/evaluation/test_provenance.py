"""The first line of a run tells how it was made, and no secret."""

import json
from pathlib import Path

import pytest

from rag.evaluation import Dataset, Question
from rag.evaluation.provenance import header, revision, shown
from rag.models.llm.prompts import load_prompts
from tests.support.archives import sealed_settings

SECRET = "sk-secret-1234567890"


def test_no_secret_and_no_place_gets_into_a_run() -> None:
    url = f"https://user:{SECRET}@example.org:8443/v1?key={SECRET}"
    settings = sealed_settings(openai_api_key=SECRET, openai_base_url=url, llm_model="m")
    known = shown(settings)
    assert SECRET not in json.dumps(known)
    assert known["endpoint"] == "https://example.org:8443/v1"
    assert known["llm_model"] == "m"
    assert not {"home", "corpus", "openai_api_key"} & known.keys()


@pytest.mark.parametrize("url", ["http://[", "http://x:99999999/v1"])
def test_an_endpoint_that_is_no_url_is_not_shown(url: str) -> None:
    assert shown(sealed_settings(openai_base_url=url))["endpoint"] == "unreadable"


def test_another_prompt_and_another_question_have_another_hash(tmp_path: Path) -> None:
    prompts = load_prompts()
    for name in prompts.__dataclass_fields__:
        text = getattr(prompts, name).path.read_text("utf-8")
        (tmp_path / f"{name}.txt").write_text(text + ("!" if name == "answer_system" else ""))
    one, other = Dataset("d", (Question("1", "?", "k"),)), Dataset("d", (Question("1", "!", "k"),))
    first = header(sealed_settings(), prompts, one, {}, {"engine": "llm"})
    second = header(sealed_settings(), load_prompts(tmp_path), other, {}, {"engine": "llm"})
    changed = [
        name for name in first["prompts"] if first["prompts"][name] != second["prompts"][name]
    ]
    assert changed == ["answer_system"]
    assert first["dataset"]["digest"] != second["dataset"]["digest"]
    assert first["engine"] == "llm"
    json.dumps(first)


def test_the_revision_is_that_of_the_checkout_or_nothing() -> None:
    found = revision()
    assert found is None or len(found) >= 7
