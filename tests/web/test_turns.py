"""The last turn: begun, replaced, rewritten, voted on, remembered."""

import pytest

from rag.schema import Answer, Status
from rag.web.turns import (
    Failed,
    Stopped,
    Turn,
    Working,
    answered,
    begun,
    history,
    is_busy,
    retrying,
    rewriting,
    unanswered,
    voted,
)

ANSWER = Answer("q", "q", Status.ANSWERED, "extractive", None, "It rained [1].", (), (), ())
FIRST, SECOND = Turn("one?", ANSWER), Turn("two?", ANSWER)
BROKEN = Turn("three?", attempt=Failed("Down.", "Wait."))
RUNNING = Turn("four?", attempt=Working())


def test_editing_marks_the_last_question_and_a_second_time_lets_it_be() -> None:
    turns = rewriting((FIRST, SECOND))
    assert [turn.rewriting for turn in turns] == [False, True]
    assert rewriting(turns) == (FIRST, SECOND)
    assert rewriting(()) == ()
    assert rewriting((FIRST, RUNNING)) == (FIRST, RUNNING)


def test_a_new_question_comes_last_and_runs() -> None:
    turns = begun((FIRST, SECOND), "two?")
    assert turns == (FIRST, SECOND, Turn("two?", attempt=Working()))
    assert is_busy(turns)
    assert not is_busy((FIRST,))
    assert begun((), "one?") == (Turn("one?", attempt=Working()),)


def test_a_question_that_failed_makes_room_for_itself_alone() -> None:
    assert begun((FIRST, BROKEN), "three?") == (FIRST, Turn("three?", attempt=Working()))
    assert len(begun((FIRST, BROKEN), "four?")) == 3


@pytest.mark.parametrize("attempt", [Stopped("It"), Failed("Down.", "Wait.")])
@pytest.mark.parametrize("question", ["two?", "another?"])
def test_an_answer_stays_until_what_replaces_it_has_its_own(
    attempt: Stopped | Failed, question: str
) -> None:
    turns = voted((FIRST, SECOND), SECOND.identity, "up")
    first, running = begun(retrying(turns), question)
    kept = unanswered(running, attempt)
    assert first is FIRST
    assert kept == Turn("two?", ANSWER, attempt, "up")
    assert kept.identity == SECOND.identity
    new = answered(running, ANSWER)
    assert new == Turn(question, ANSWER)
    assert new.identity != SECOND.identity
    # Once more, by the button or by asking the same: what the last attempt came to is forgotten.
    (_, again) = begun(retrying((FIRST, kept)), "two?")
    assert unanswered(again, Stopped()) == Turn("two?", ANSWER, Stopped(), "up")


def test_a_turn_without_an_answer_keeps_what_came_instead() -> None:
    (running,) = begun((BROKEN,), "three?")
    assert unanswered(running, Stopped("It")) == Turn("three?", attempt=Stopped("It"))
    assert retrying(()) == ()


def test_retry_takes_the_place_of_a_question_that_is_being_rewritten() -> None:
    assert retrying(rewriting((FIRST,)))[-1].rewriting


def test_a_vote_marks_the_answer_that_it_names_and_no_other() -> None:
    first, second = voted((FIRST, SECOND), SECOND.identity, "up")
    assert (first.vote, second.vote) == ("", "up")
    assert voted((FIRST,), "0" * 16, "up") == (FIRST,)
    assert voted((BROKEN,), BROKEN.identity, "up") == (BROKEN,)


def test_history_is_what_was_answered_without_markers() -> None:
    turns = (FIRST, Turn("stopped?", attempt=Stopped("It rai")), BROKEN)
    assert history(turns) == (("user", "one?"), ("assistant", "It rained."))
    assert len(history((FIRST,) * 30)) == 20
