"""Fit `rag/minilm_projection.npy`: the 128 directions that keep most of MiniLM's token vectors.

Usage: python bench/fit_projection.py ARTICLES [PARAGRAPHS]

Any few thousand paragraphs of ordinary text will do: what is fitted describes the model, not the
text. The right singular vectors of uncentred unit vectors keep dot products best (Eckart-Young).
"""

import sys
from pathlib import Path

import numpy as np

from rag.archive.catalogue.rows import TOKEN_DIMENSION
from rag.models.minilm.graph import PROJECTION_FILE, Precision
from rag.models.minilm.model import MiniLM
from rag.reading import Skipped, find_files, read_articles
from rag.schema import ParagraphKind


def main() -> None:
    """Fit on the articles named on the command line and write the file."""
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    texts = [
        block.text
        for file in find_files([Path(sys.argv[1])])
        if not isinstance(file, Skipped)
        for article in read_articles(file, max_bytes=1_000_000_000)
        if not isinstance(article, Skipped)
        for block in article.paragraphs
        if block.kind is ParagraphKind.BODY
    ]
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
    main()
