"""How much longer than the configured timeout a question takes when the language model hangs.

Usage: python -m bench.llm_faults [--runs N] [--articles PATH]

Asks one question of an archive in use, through the real client over HTTP, against an endpoint
that misbehaves in one way after another; the timeouts are scaled down to 0.3 s. Prints a table in
milliseconds: the whole time until the extractive answer stands, less the timeout that was due.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.faults import BenchError, run, say
from rag.answering.engine import Engine
from rag.answering.prompting import LLMWriter
from rag.answering.request import Request
from rag.factory import Byline
from rag.models.llm import LLM
from rag.models.llm.prompts import load_prompts
from rag.settings import load_settings
from tests.support.llm_server import LLMServer, Reply, deaf_endpoint

_WAIT = 0.3
_QUESTION = "How much money did Musk's political action committee put into the 2024 campaign?"
_WARM_UP = 5
_WORDS = tuple(f"The committee spent ${number} million [1]. " for number in range(40))


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to fail, and the time that the settings grant it."""

    name: str
    reply: Reply | None
    """Null: the endpoint takes no connection."""
    granted: float = _WAIT


FAULTS = (
    Fault("hangs at connect", None),
    Fault("hangs at first byte", Reply(before_headers=60)),
    Fault("stalls mid-stream", Reply(chunks=_WORDS, stall_after=3)),
    Fault("drips words", Reply(chunks=_WORDS, between=0.05), 2 * _WAIT),
    Fault("drips bytes", Reply(chunks=_WORDS[:1], finish=None, drip="body"), 2 * _WAIT),
    Fault("refuses the key (401)", Reply.failing(401), 0),
    Fault("breaks off", Reply(chunks=_WORDS[:3], finish=None), 0),
    Fault("refuses in words", Reply.saying("I'm sorry, I can't help with that."), 0),
)


def main() -> None:
    """Measure every fault and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.llm_faults")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--articles", type=Path, default=Path("seeds"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        byline = Byline(load_settings(_env_file=None, home=Path(folder), llm_model=None))
        say(f"Ingesting {options.articles} …")
        byline.ingest([options.articles])
        _print(byline, options.runs)


def _print(byline: Byline, runs: int) -> None:
    plain = Engine(byline.retriever, None)
    for _ in range(_WARM_UP):
        plain.answer(Request(_QUESTION))
    with _endpoint(Reply.failing(401)) as url:
        _seconds(_engine(byline, url), _WARM_UP)
    print(f"{runs} runs each; ms beyond the timeout until the extractive answer stands\n")
    print("| the endpoint | timeout | median | p95 | max |")
    print("|---|---:|---:|---:|---:|")
    _row("none is configured", 0, [_timed(plain) for _ in range(runs)])
    for fault in FAULTS:
        with _endpoint(fault.reply) as url:
            taken = _seconds(_engine(byline, url), runs)
        _row(fault.name, fault.granted, taken)


def _row(name: str, granted: float, seconds: list[float]) -> None:
    extra = sorted((taken - granted) * 1000 for taken in seconds)
    p95 = extra[min(len(extra) - 1, round(0.95 * len(extra)))]
    print(
        f"| {name} | {granted * 1000:.0f} | {statistics.median(extra):.1f} | {p95:.1f}"
        f" | {extra[-1]:.1f} |"
    )


def _engine(byline: Byline, url: str) -> Engine:
    settings = load_settings(
        _env_file=None,
        llm_model="test",
        openai_base_url=url,
        openai_api_key=None,
        llm_connect_timeout=_WAIT,
        llm_first_token_timeout=_WAIT,
        llm_total_timeout=2 * _WAIT,
        llm_breaker_failures=0,
    )
    return Engine(byline.retriever, LLMWriter(LLM(settings), load_prompts()))


def _seconds(engine: Engine, runs: int) -> list[float]:
    return [_timed(engine, falls_back=True) for _ in range(runs)]


def _timed(engine: Engine, *, falls_back: bool = False) -> float:
    begun = time.perf_counter()
    answer = engine.answer(Request(_QUESTION))
    seconds = time.perf_counter() - begun
    if answer.engine != "extractive" or bool(answer.notices) is not falls_back:
        raise BenchError("The extractive answer was not the fallback.", "Run the tests first.")
    return seconds


@contextmanager
def _endpoint(reply: Reply | None) -> Iterator[str]:
    if reply is None:
        with deaf_endpoint() as url:
            yield url
    else:
        with LLMServer(reply) as server:
            yield server.url


if __name__ == "__main__":
    run(main)
