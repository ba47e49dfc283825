"""The last turn: rewritten, replaced, judged, remembered."""

from dataclasses import replace

from rag.schema import Answer, Status
from rag.web.turns import Turn, answered, failed, history, judged, kept, rewriting, stopped

ANSWER = Answer("q", "q", Status.ANSWERED, "extractive", None, "It rained [1].", (), (), ())
ONE, TWO = answered(Turn("one?", ""), ANSWER), answered(Turn("two?", ""), ANSWER)


def test_editing_marks_the_last_question_and_a_second_time_lets_it_be() -> None:
    turns = rewriting((ONE, TWO))
    assert [turn.rewriting for turn in turns] == [False, True]
    assert rewriting(turns) == (ONE, TWO)
    assert rewriting(()) == ()
    running = replace(TWO, running=True)
    assert rewriting((ONE, running)) == (ONE, running)


def test_what_is_rewritten_or_failed_with_the_same_question_makes_room() -> None:
    assert kept((ONE, TWO), "two?") == (ONE, TWO)
    assert kept((ONE, replace(TWO, rewriting=True)), "three?") == (ONE,)
    broken = failed(Turn("three?", ""), "Down.", "Wait.")
    assert kept((ONE, broken), "three?") == (ONE,)
    assert kept((ONE, broken), "four?") == (ONE, broken)
    assert kept((), "one?") == ()


def test_a_vote_marks_the_answer_that_it_names_and_no_other() -> None:
    first, second = judged((ONE, TWO), TWO.identity, "up")
    assert (first.vote, second.vote) == ("", "up")
    assert "your judgement" in second.html
    assert judged((ONE,), "0" * 16, "up") == (ONE,)
    unanswered = stopped(Turn("q", ""), "It")
    assert judged((unanswered,), unanswered.identity, "up") == (unanswered,)


def test_history_is_what_was_answered_without_markers() -> None:
    turns = (ONE, stopped(Turn("stopped?", ""), "It rai"), failed(Turn("x", ""), "a", "b"))
    assert history(turns) == (("user", "one?"), ("assistant", "It rained."))
    assert len(history((ONE,) * 30)) == 20
