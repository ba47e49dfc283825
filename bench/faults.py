"""Errors of the benchmarks, told like those of the product: one line what, one line what to do."""

import sys
from collections.abc import Callable

from rag.errors import BylineError


class BenchError(BylineError):
    """A benchmark can't run as it was asked to."""


def run(main: Callable[[], None]) -> None:
    """Run a command; an error that the user can mend ends it without a traceback."""
    try:
        main()
    except BylineError as error:
        sys.exit(f"{error.message}\n{error.hint}")


def say(message: str) -> None:
    """Tell how far it is, on stderr: stdout is for results."""
    print(message, file=sys.stderr, flush=True)
