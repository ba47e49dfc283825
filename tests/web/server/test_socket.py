"""Where the page may listen."""

import socket

import pytest

from rag.errors import BylineError
from rag.web.server.socket import is_loopback, listen


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.9.10"])
def test_this_machine_alone_can_reach_a_loopback_host(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "byline.example", ""])
def test_others_may_reach_any_other_host(host: str) -> None:
    assert not is_loopback(host)


def test_a_taken_port_is_named_and_the_next_free_one_taken() -> None:
    said: list[str] = []
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with listen("127.0.0.1", port, said.append) as found:
            assert found.getsockname()[1] > port
    assert str(port) in said[0]


def test_a_host_that_is_not_there_is_an_error() -> None:
    with pytest.raises(BylineError):
        listen("203.0.113.9", 7860, print)
