"""Many at once, and one who asks too often."""

import pytest

from bench.chat_load import Browser, burst

pytestmark = pytest.mark.slow


def test_nobody_asks_more_than_thirty_questions_a_minute(url: str) -> None:
    eager, other = Browser(url), Browser(url)
    heard = [eager.ask("Who first reported the call?")[2] for _ in range(31)]
    assert [number for number, one in enumerate(heard) if "others are waiting" in one] == [30]
    assert "others are waiting" not in other.ask("Who first reported the call?")[2]


def test_sessions_that_ask_at_once_hear_their_own_answers_alone(url: str) -> None:
    result = burst(url, sessions=20, turns=2)
    assert result.errors == []
    assert result.crossings == 0
    assert len(result.seconds) == 40
    print(result.to_dict())
