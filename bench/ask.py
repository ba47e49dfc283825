"""Time questions inside one process against an archive that exists.

Usage: python bench/ask.py HOME QUESTIONS.jsonl

Prints p50 and p95 of warm extractive answers, in milliseconds, as one JSON object.
"""

import json
import statistics
import sys
import time
from pathlib import Path

from rag.answering.request import Request
from rag.evaluation import load_questions
from rag.factory import Byline
from rag.settings import load_settings

_WARM_UP = 10


def main() -> None:
    """Ask every question once, after a warm-up, and print the percentiles."""
    engine = Byline(load_settings(home=Path(sys.argv[1]))).engine
    questions = [one.question for one in load_questions(Path(sys.argv[2]))]
    for question in questions[:_WARM_UP]:
        engine.answer(Request(question, engine="extractive"))
    taken = []
    for question in questions:
        begun = time.perf_counter()
        engine.answer(Request(question, engine="extractive"))
        taken.append((time.perf_counter() - begun) * 1000)
    cuts = statistics.quantiles(taken, n=20)
    print(json.dumps({"n": len(taken), "p50_ms": round(cuts[9], 1), "p95_ms": round(cuts[18], 1)}))


if __name__ == "__main__":
    main()
