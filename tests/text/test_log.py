"""The lines of the log."""

import logging

import pytest

from rag.errors import conceal
from rag.text.log import RedactingFormatter


@pytest.mark.parametrize("sign", ["\n", "\r", "\x1b[2J", "\u2028", "\x00", "\udcff"])
def test_what_a_message_quotes_begins_no_line_of_its_own(sign: str) -> None:
    record = logging.LogRecord("rag", logging.WARNING, "", 0, "No %s", (f"a{sign}b ü",), None)
    written = RedactingFormatter("%(levelname)s %(message)s").format(record)
    assert written.startswith("WARNING No a\\")
    assert written.endswith("b ü")
    assert written.isprintable()


def test_a_message_shows_no_secret() -> None:
    conceal(["sk-of-the-log"])
    record = logging.LogRecord("rag", logging.WARNING, "", 0, "Got sk-of-the-log", (), None)
    assert RedactingFormatter("%(message)s").format(record) == "Got ***"
