"""A process that has used Byline and forks: the child answers, or is told what to do."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.archives import ROOT, SEEDS

_FORKS = f"""
import os, sys
from rag import BylineError, answer, ingest

def ask():
    return answer("Who is Bradley Bowman?").text

before = ask()
child = os.fork()
if not child:
    assert ask() == before, "another answer"
    try:
        ingest({str(SEEDS)!r})
    except BylineError as error:
        print(error, flush=True)
    sys.exit(7)  # in order, with all that ends at the end of a process
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
assert ask() == before, "the parent answers otherwise"
"""


def test_a_forked_process_asks_and_is_told_why_it_cannot_write(seeds_home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FORKS],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "RAG_HOME": str(seeds_home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "This process was forked from one that had opened an archive" in done.stdout
    assert "spawn" in done.stdout
