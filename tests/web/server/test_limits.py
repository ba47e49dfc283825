"""How often somebody may do something."""

import pytest

from rag.web.server.limits import BusyError, RateLimit


def test_so_many_times_within_any_minute() -> None:
    now = [0.0]
    rate = RateLimit(2, lambda: now[0])
    assert [rate.admit("a") for _ in range(3)] == [True, True, False]
    assert rate.admit("b")
    now[0] = 59.9
    assert not rate.admit("a")
    now[0] = 60.0
    assert rate.admit("a")


def test_what_is_forgiven_does_not_count() -> None:
    rate = RateLimit(1, lambda: 0.0)
    assert rate.admit("a")
    rate.forgive("a")
    rate.forgive("nobody")
    assert rate.admit("a")
    assert not rate.admit("a")


def test_clients_are_forgotten_rather_than_collected() -> None:
    rate = RateLimit(1, lambda: 0.0)
    for number in range(10_001):
        rate.admit(str(number))
    assert rate.admit("0")
    assert not rate.admit("10000")


def test_who_asks_too_often_is_told_in_a_sentence() -> None:
    opened = RateLimit(1, lambda: 0.0).limited(lambda: "archive", "a")
    assert opened() == "archive"
    with pytest.raises(BusyError) as caught:
        opened()
    assert "within a minute" in caught.value.message
    assert "kept" in caught.value.hint
