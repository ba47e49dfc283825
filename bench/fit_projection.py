"""Fit `models/minilm/projection.npy`: the 128 directions that keep most of MiniLM's token vectors.

Usage: python -m bench.fit_projection ARTICLES [PARAGRAPHS]

Any few thousand paragraphs of ordinary text will do: what is fitted describes the model, not the
text. The right singular vectors of uncentred unit vectors keep dot products best (Eckart-Young).
"""

import sys
from pathlib import Path

import numpy as np

from bench.articles import read_sources
from bench.faults import run
from rag.archive.catalogue.rows import TOKEN_DIMENSION
from rag.models.minilm.graph import PROJECTION_FILE, Precision
from rag.models.minilm.model import MiniLM


def main() -> None:
    """Fit on the articles named on the command line and write the file."""
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    sources = read_sources(Path(sys.argv[1]))
    texts = [paragraph.text for source in sources for paragraph in source.body]
    chosen = [texts[i] for i in np.linspace(0, len(texts) - 1, wanted).astype(int)]
    model = MiniLM(Path(".rag/models"))
    gram = np.zeros((model.dimension, model.dimension))
    for start in range(0, len(chosen), 200):
        encoded = model.encode(chosen[start : start + 200], precision=Precision.FP32)
        states = np.concatenate([one.states for one in encoded])
        unit = states / np.linalg.norm(states, axis=1, keepdims=True)
        gram += unit.T.astype(np.float64) @ unit
    values, vectors = np.linalg.eigh(gram)
    kept = vectors[:, ::-1][:, :TOKEN_DIMENSION]
    np.save(PROJECTION_FILE, np.ascontiguousarray(kept.astype(np.float16)))
    share = values[::-1][:TOKEN_DIMENSION].sum() / values.sum()
    print(f"{PROJECTION_FILE.name}: {kept.shape}, keeps {share:.1%} of the squared length")


if __name__ == "__main__":
    run(main)
