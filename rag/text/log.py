"""The log of a command or a server, without secrets."""

import logging

from rag.errors import redacted


class RedactingFormatter(logging.Formatter):
    """Writes log lines, tracebacks included, without secrets."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return redacted(super().format(record))


def log_to_stderr(level: int) -> None:
    """Set up the log of a command or a server: whoever logs, no secret shows."""
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler])
