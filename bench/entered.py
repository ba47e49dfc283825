"""How many files of rag/ one warm answer enters: `python -m bench.entered [QUESTIONS.jsonl]`.

Every Python function that is called counts for its file; what an import runs does not.
"""

import json
import os
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import rag
from rag import answer, ingest

ROOT = Path(rag.__file__).parent
QUESTIONS = Path("tests/eval/seeds.jsonl")
SEEDS = Path("seeds")


@contextmanager
def entered() -> Iterator[set[str]]:
    """Collect the files of rag/ whose functions are called meanwhile, in any thread."""
    files: set[str] = set()

    def note(frame: FrameType, event: str, argument: Any) -> None:
        if event == "call" and frame.f_code.co_name != "<module>":
            files.add(frame.f_code.co_filename)

    within: set[str] = set()
    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield within
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
        prefix = f"{ROOT}{os.sep}"
        within.update(name.removeprefix(prefix) for name in files if name.startswith(prefix))


def main() -> None:
    """Print the files of the first question, and how many each question enters."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else QUESTIONS
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    # A follow-up, or a question without an answer, goes another way.
    questions = [line["question"] for line in lines if line["gold"] and not line.get("history")]
    counts: list[int] = []
    with tempfile.TemporaryDirectory() as home:
        ingest(SEEDS, home=home)
        answer(questions[-1], engine="extractive", home=home)
        for question in questions:
            with entered() as files:
                found = answer(question, engine="extractive", home=home)
            if found.status == "answered":
                if not counts:
                    print(question, *sorted(files), sep="\n  ")
                counts.append(len(files))
    print(
        f"{len(counts)} quoted answers enter {min(counts)} to {max(counts)} files of rag/,"
        f" {statistics.median(counts):.0f} in the median"
    )


if __name__ == "__main__":
    main()
