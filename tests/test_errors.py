"""Every error says what happened and what to do, in a line each."""

import inspect

import pytest

import rag
from rag import errors
from rag.errors import BylineError, LLMError

CLASSES = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]


@pytest.mark.parametrize("kind", CLASSES)
def test_all_errors_share_a_root_and_know_the_way_out(kind: type[BylineError]) -> None:
    assert issubclass(kind, BylineError)
    assert kind.__doc__
    error = kind("What.", "What to do.")
    assert (error.message, error.hint, str(error)) == ("What.", "What to do.", "What.\nWhat to do.")
    with pytest.raises(BylineError):
        raise error


def test_the_root_is_public() -> None:
    assert rag.BylineError is BylineError


def test_a_language_models_error_says_whether_to_try_again() -> None:
    assert not LLMError("a", "b").retryable
    assert LLMError("a", "b", retryable=True, partial="c").partial == "c"


def test_errors_without_a_hint_cannot_be_made() -> None:
    with pytest.raises(TypeError):
        BylineError("What.")  # type: ignore[call-arg]  # that is what is tested
