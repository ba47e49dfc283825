"""Before a long run: what it will take in time and disk, and whether there is room."""

import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.faults import BenchError, say
from rag.models.minilm.model import MiniLM

_SAMPLE = 64
_BYTES, _TOKEN_BYTES, _TOKENS = 24_000, 128, 130
"""A paragraph: all but its tokens (two generations of the index, the corpus); a token; tokens."""
_SENTENCES = 3
_INGEST_SHARE = 0.85
"""Of the rate of bare forward passes."""
_SYNTHETIC_RATE = 400.0
"""Paragraphs a second without forward passes; falls with size."""
_QUERY_SECONDS = 60.0


def affordable(
    sizes: Sequence[int], texts: Sequence[str], work: Path, *, synthetic: bool, tokens: int
) -> None:
    """Print an estimate on stderr.

    Raises:
        BenchError: The disk has no room.
    """
    if not sizes:
        say("All archives are there: only asking them. FRESH=1 builds them anew.")
        return
    rate = _forward_rate(texts) * _INGEST_SHARE
    # A larger archive starts with the smaller one's paragraphs.
    seconds = len(sizes) * _QUERY_SECONDS
    seconds += len(sizes) * len(texts) / rate if synthetic else 0
    seconds += max(sizes) / (_SYNTHETIC_RATE if synthetic else rate)
    rows = min(_TOKENS, tokens * _SENTENCES) if synthetic and tokens else _TOKENS
    needed = sum(sizes) * (_BYTES + rows * _TOKEN_BYTES)
    say(f"Estimate: {seconds / 60:,.0f} minutes and {needed / 1e9:,.1f} GB in {work}.")
    work.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(work).free
    if needed > free:
        raise BenchError(
            f"{work} needs {needed / 1e9:,.1f} GB and has {free / 1e9:,.1f} GB.",
            "Choose another folder with WORK=folder, or smaller SIZES.",
        )


def _forward_rate(texts: Sequence[str]) -> float:
    sample = texts[:: max(1, len(texts) // _SAMPLE)][:_SAMPLE]
    with tempfile.TemporaryDirectory() as folder:
        model = MiniLM(Path(folder))
        model.embed(["opens the model"])
        begun = time.perf_counter()
        model.encode(sample)
        return len(sample) / (time.perf_counter() - begun)
