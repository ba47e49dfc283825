"""The web chat as a program: its options, who may reach it, where it listens, how it ends."""

import argparse
import atexit
import logging
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from rag.errors import BylineError
from rag.settings import load_settings
from rag.text.log import log_to_stderr
from rag.web.server.exposure import Exposure, ExposureError, exposure
from rag.web.server.socket import is_loopback, listen


def private_uploads() -> Path:
    """Make a folder of this process alone for what is uploaded: 0700, gone at the end.

    Gradio is told, before any component is made: each remembers it.
    """
    folder = Path(tempfile.mkdtemp(prefix="byline-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["GRADIO_TEMP_DIR"] = str(folder)
    return folder


class _Server(uvicorn.Server):
    """Says where the page is once it is there."""

    token = ""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listening in sockets or ():
            host, port = listening.getsockname()[:2]
            name = f"[{host}]" if ":" in host else host
            _say(f"Byline is at http://{name}:{port}")
        if self.token:
            _say(f"To log in, until this server ends: {self.token}")


def serve(
    arguments: Sequence[str] | None,
    application: Callable[[Exposure], ASGIApp],
    *,
    warm: Callable[[], None],
    uploads: Path,
) -> int:
    """Serve the page until Ctrl-C or SIGTERM; return the exit code.

    Args:
        arguments: Those of the command; null takes them from `sys.argv`.
        application: Makes the page, behind its middleware.
        warm: Loads what the first question would wait for.
        uploads: Where uploaded files lie.
    """
    log_to_stderr(logging.WARNING)
    try:
        settings = load_settings(**_given(arguments))
        reached = exposure(settings, uploads)
        if settings.open and not settings.auth and not is_loopback(settings.host):
            _tell(f"Everybody who can reach {settings.host} may ask this archive.")
        listening = listen(settings.host, settings.port, _tell)
    except ExposureError as error:
        _tell(str(error))
        return 2
    except BylineError as error:
        _tell(str(error))
        return 1
    _run(application(reached), reached.token, listening, warm)
    return 0


def options() -> argparse.ArgumentParser:
    """Return the options; `rag serve` has the same."""
    parser = argparse.ArgumentParser(prog="ui.py", description="Serve the Byline web chat.")
    parser.add_argument("--host", help="where to listen; default: RAG_HOST, 127.0.0.1")
    parser.add_argument("--port", type=int, help="first port to try; default: RAG_PORT, 7860")
    parser.add_argument("--auth", help="a file by `rag password`, or: token; default: RAG_AUTH")
    parser.add_argument("--hosts", help="names under which others ask for it; default: RAG_HOSTS")
    parser.add_argument("--open", action="store_true", help="everybody may come in")
    parser.add_argument("--share", choices=["off"], help="there is no tunnel to share it by")
    return parser


def _given(arguments: Sequence[str] | None) -> dict[str, Any]:
    given = vars(options().parse_args(arguments))
    del given["share"]
    return {name: value for name, value in given.items() if value}


def _run(
    application: ASGIApp, token: str, listening: socket.socket, warm: Callable[[], None]
) -> None:
    warming = threading.Thread(target=warm, daemon=True)
    warming.start()
    config = uvicorn.Config(
        application,
        log_level="critical",
        server_header=False,
        proxy_headers=False,
        http="h11",  # bounds the head of a request, which httptools does not
        ws="none",
        backlog=512,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config)
    server.token = token
    # Uvicorn ends in order, and then lets the signal do what it would have done before.
    signal.signal(signal.SIGTERM, _end)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    with suppress(KeyboardInterrupt):
        warming.join(5)  # native code that is cut short while it loads aborts the process


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  # the result of the command


def _tell(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201  # a command speaks
