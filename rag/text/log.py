"""The log of a command or a server, without secrets."""

import logging

from rag.errors import redacted


class RedactingFormatter(logging.Formatter):
    """Writes log lines, tracebacks included, without secrets; a message is one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return redacted(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's name
        """Return the message with its control characters spelt out: it may quote a stranger."""
        line = super().formatMessage(record)
        return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in line)


def log_to_stderr(level: int) -> None:
    """Set up the log of a command or a server: whoever logs, no secret shows."""
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler])
