"""The chat in a child process, over an archive of its own, for tests that ask it by HTTP."""

import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def environment(home: Path, extra: Mapping[str, str] = {}) -> dict[str, str]:
    """Return an environment that knows nothing of the user's settings."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("RAG_", "OPENAI_", "GRADIO_"))
    }
    return {**kept, "PYTHONPATH": str(ROOT), "RAG_HOME": str(home), **extra}


def ingest(home: Path, *paths: Path) -> None:
    """Ingest from another process than the one that serves, as a user does."""
    code = "import sys, rag; rag.ingest(sys.argv[1:])"
    command = [sys.executable, "-c", code, *map(str, paths)]
    subprocess.run(command, env=environment(home), cwd=ROOT, check=True, timeout=100)


@contextmanager
def serving(
    home: Path, log: str = "", command: Sequence[str] = ("ui.py",), **extra: str
) -> Iterator[str]:
    """Start the page and yield its address; end it as Ctrl-C does."""
    # A pipe that nobody reads would stop it one day.
    with Path(log).open("w+") if log else tempfile.TemporaryFile("w+") as told:
        process = subprocess.Popen(
            [sys.executable, *command, "--port", "17860"],
            env=environment(home, extra),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=told,
            text=True,
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            told.seek(0)
            assert line.startswith("Byline is at http://"), told.read()
            yield line.split()[-1]
        finally:
            process.terminate()
            process.communicate(timeout=20)


def ask(url: str, question: str, session: str) -> str:
    """Ask through the queue, as the page does; return all that comes back."""
    body = {"data": [question, None, ""], "fn_index": 0, "session_hash": session}
    post(f"{url}/gradio_api/queue/join", body)
    stream = f"{url}/gradio_api/queue/data?session_hash={session}"
    received = ""
    with urllib.request.urlopen(stream, timeout=60) as response:
        for line in response:
            received += str(line, "utf-8")
            if '"process_completed"' in received:
                return received
    return received


def post(url: str, body: Any, **headers: str) -> bytes:
    """Post JSON; header names have `_` for `-`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"content-type": "application/json", **named}
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        return bytes(response.read())
