"""Many at once, and one who asks too often."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.chat_client import Browser

pytestmark = [pytest.mark.slow, pytest.mark.long]
ASKED = "Who first reported the call?"
CANARY = re.compile(r"qzcanary[a-z]+")


def test_nobody_asks_more_than_thirty_questions_a_minute(url: str) -> None:
    eager, other = Browser(url), Browser(url)
    replies = [eager.ask(ASKED) for _ in range(31)]
    assert [number for number, one in enumerate(replies) if "others are waiting" in one] == [30]
    assert "others are waiting" not in other.ask(ASKED)


def test_sessions_that_ask_at_once_hear_their_own_answers_alone(url: str) -> None:
    # Each session has a word of its own in every question, and must hear no other's.
    sessions, turns = 20, 2
    together = threading.Barrier(sessions)

    def session(number: int) -> None:
        own, browser = f"qzcanary{chr(ord('a') + number)}", Browser(url)
        for _ in range(turns):
            together.wait(100)
            reply = browser.ask(f"{ASKED} Or {own}?")
            assert set(CANARY.findall(reply)) == {own}
            assert '"success":true' in reply.replace(" ", "")

    with ThreadPoolExecutor(sessions) as pool:
        list(pool.map(session, range(sessions)))
