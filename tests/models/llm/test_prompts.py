"""Prompts: what is wrong with a file is said when it is loaded, not when it is used."""

import shutil
from pathlib import Path

import pytest

from rag.errors import PromptError
from rag.models.llm.prompts import NOT_IN_ARCHIVE, load_prompts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    original = load_prompts().answer_user.path.parent
    return Path(shutil.copytree(original, tmp_path / "prompts"))


def test_the_shipped_prompts_load_and_name_the_abstention() -> None:
    prompts = load_prompts()
    rendered = prompts.answer_system.render(not_in_archive=NOT_IN_ARCHIVE)
    assert rendered.endswith(NOT_IN_ARCHIVE)
    assert "$" not in rendered


def test_values_are_never_templates() -> None:
    rendered = load_prompts().answer_user.render(
        boundary="==b==", paragraphs="$question costs $5 ${boundary}", question="$paragraphs?"
    )
    assert "$question costs $5 ${boundary}" in rendered
    assert rendered.endswith("$paragraphs?")


def test_a_missing_placeholder_is_named_with_its_file(folder: Path) -> None:
    (folder / "condense.txt").write_text("$history $boundary", encoding="utf-8")
    with pytest.raises(PromptError, match=r"condense\.txt: the placeholder \$question is missing"):
        load_prompts(folder)


def test_an_unknown_placeholder_is_named_with_its_file(folder: Path) -> None:
    (folder / "answer_user.txt").write_text(
        "$boundary $paragraphs $question $key", encoding="utf-8"
    )
    with pytest.raises(PromptError, match=r"answer_user\.txt: the placeholder \$key is not known"):
        load_prompts(folder)


@pytest.mark.parametrize("content", [b"costs $5 $boundary", b"\xff\xfe"])
def test_a_broken_file_is_named(folder: Path, content: bytes) -> None:
    (folder / "answer_user.txt").write_bytes(content)
    with pytest.raises(PromptError, match=r"answer_user\.txt"):
        load_prompts(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "answer_system.txt").unlink()
    with pytest.raises(PromptError, match=r"answer_system\.txt"):
        load_prompts(folder)


def test_rendering_wants_exactly_its_values() -> None:
    prompt = load_prompts().answer_user
    with pytest.raises(PromptError, match=r"the value \$question is missing"):
        prompt.render(boundary="b", paragraphs="p")
    with pytest.raises(PromptError, match=r"the value \$typo is not known"):
        prompt.render(boundary="b", paragraphs="p", question="q", typo="t")
