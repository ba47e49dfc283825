"""Many sessions ask the chat at once: how long they wait, and whether any hears another's turn.

Usage: python -m bench.chat_load [--sessions 20] [--turns 5] [--home HOME] [--ingest seeds]

Starts the server in a process of its own, over a new archive of `--ingest` or the one in `--home`.
Each session has a word of its own in every question, and looks for the words of all others in
whatever it hears. Prints one JSON object.
"""

import argparse
import json
import os
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

_ROOT = Path(__file__).resolve().parent.parent
_QUESTIONS = (
    "Who first reported the call?",
    "What did Putin ask Musk to do for Xi Jinping?",
    "How much did the committee of Musk spend?",
    "Who is the spokesman of the Kremlin?",
    "Where are the headquarters of NASA?",
)
_MARK = re.compile(r"qzcanary[a-z]{8}")


@dataclass
class Load:
    """What became of all questions."""

    seconds: list[float] = field(default_factory=list)
    first_seconds: list[float] = field(default_factory=list)
    """Until anything of the answer was heard."""
    crossings: int = 0
    errors: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, object]:
        """Return the figures."""
        return {
            "questions": len(self.seconds) + len(self.errors),
            "errors": len(self.errors),
            "crossings": self.crossings,
            "p50_s": round(percentile(self.seconds, 50), 3),
            "p95_s": round(percentile(self.seconds, 95), 3),
            "max_s": round(max(self.seconds, default=0.0), 3),
            "first_p95_s": round(percentile(self.first_seconds, 95), 3),
        }


def percentile(values: list[float], percent: int) -> float:
    """Return a percentile of some values; 0 of none."""
    if len(values) < 2:
        return sum(values)
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def burst(url: str, *, sessions: int, turns: int) -> Load:
    """Let sessions ask at the same moment, turn after turn.

    Args:
        url: The chat's.
        sessions: How many, each a browser of its own.
        turns: How many questions each asks; all begin each of them together.
    """
    load, lock = Load(), threading.Lock()
    together = threading.Barrier(sessions)
    one = [
        threading.Thread(target=_session, args=[url, number, turns, together, load, lock])
        for number in range(sessions)
    ]
    for thread in one:
        thread.start()
    for thread in one:
        thread.join()
    return load


def _session(
    url: str,
    number: int,
    turns: int,
    together: threading.Barrier,
    load: Load,
    lock: threading.Lock,
) -> None:
    own = "qzcanary" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:08d}")
    browser = Browser(url)
    for turn in range(turns):
        question = f"{_QUESTIONS[(number + turn) % len(_QUESTIONS)]} Or {own}?"
        together.wait(120)
        try:
            taken, first, heard = browser.ask(question)
        except (OSError, ValueError) as error:
            with lock:
                load.errors.append(str(error))
            continue
        marks = set(_MARK.findall(heard))
        with lock:
            load.seconds.append(taken)
            load.first_seconds.append(first)
            load.crossings += len(marks - {own})
            if own not in marks or '"success":true' not in heard.replace(" ", ""):
                load.errors.append(heard[-300:])


class Browser:
    """One tab: its cookies, and its session."""

    def __init__(self, url: str) -> None:
        self._address = urlsplit(url).netloc
        self._session = f"load{secrets.token_hex(8)}"
        connection = HTTPConnection(self._address, timeout=60)
        connection.request("GET", "/")
        response = connection.getresponse()
        response.read()
        cookie = response.getheader("set-cookie", "").partition(";")[0]
        connection.request("GET", "/config", headers={"Cookie": cookie})
        events = json.loads(connection.getresponse().read())["dependencies"]
        connection.close()
        asks = next(event for event in events if event["api_name"] == "ask")
        self._event, self._inputs = asks["id"], len(asks["inputs"])
        self._headers = {"Cookie": cookie, "Content-Type": "application/json"}

    def ask(self, question: str) -> tuple[float, float, str]:
        """Ask; return the seconds in all, those to the first word, and all that was heard."""
        begun = time.perf_counter()
        data = [question, None, *[""] * (self._inputs - 2)]  # the state of a session stays there
        body = {"data": data, "fn_index": self._event, "session_hash": self._session}
        joining = HTTPConnection(self._address, timeout=60)
        joining.request("POST", "/gradio_api/queue/join", json.dumps(body), self._headers)
        joined = joining.getresponse()
        said = joined.read()
        joining.close()
        if joined.status != 200:
            raise ValueError(f"{joined.status}: {said.decode()}")
        listening = HTTPConnection(self._address, timeout=60)
        path = f"/gradio_api/queue/data?session_hash={self._session}"
        listening.request("GET", path, headers=self._headers)
        heard, first = "", 0.0
        for line in listening.getresponse():
            heard += line.decode()
            if not first and "answer" in heard:
                first = time.perf_counter() - begun
            if "process_completed" in heard:
                break
        taken = time.perf_counter() - begun
        listening.close()
        return taken, first, heard


@contextmanager
def _serving(home: Path) -> Iterator[str]:
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), "RAG_HOME": str(home)}
    command = [sys.executable, "ui.py", "--port", "18760"]
    process = subprocess.Popen(  # noqa: S603  # our own command
        command, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        if process.stdout is None:
            raise AssertionError("there is a pipe")
        yield process.stdout.readline().split()[-1]
    finally:
        process.terminate()
        process.wait(20)


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(description="Let many sessions ask the chat at once.")
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--ingest", type=Path, default=_ROOT / "seeds")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = given.home or Path(folder) / "home"
        if given.home is None:
            code = "import sys, rag; rag.ingest([sys.argv[2]], home=sys.argv[1])"
            command = [sys.executable, "-c", code, str(home), str(given.ingest)]
            subprocess.run(command, cwd=_ROOT, check=True, stdout=sys.stderr)  # noqa: S603  # ours
        with _serving(home) as url:
            burst(url, sessions=2, turns=1)  # the model is loaded, and the page has been built once
            load = burst(url, sessions=given.sessions, turns=given.turns)
    print(json.dumps({"sessions": given.sessions, "turns": given.turns, **load.to_dict()}))
    for error in load.errors[:3]:
        print(error, file=sys.stderr)


if __name__ == "__main__":
    main()
