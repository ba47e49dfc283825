"""Measure what `rag/models/minilm/int8.py` holds as RANGES: how far MiniLM's states reach in fp32.

Usage: python -m bench.fit_ranges ARTICLES [PARAGRAPHS]

Some hundred paragraphs of ordinary text will do: the ranges describe the model, not the text.
Prints, layer by layer, the smallest and the largest value that enters each quantised product.
"""

import sys
from pathlib import Path

import numpy as np
import onnxruntime
from onnx import helper, load_model_from_string

from bench.articles import distinct_texts, read_sources
from bench.faults import run
from rag.models.minilm import graph as minilm_graph
from rag.models.minilm.graph import INPUT_IDS, LENGTHS, Precision
from rag.models.minilm.tokens import Tokeniser


def main() -> None:
    """Run the fp32 network and look at what goes into its dense layers."""
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 400
    texts = distinct_texts(read_sources(Path(sys.argv[1])))
    chosen = [texts[i] for i in np.linspace(0, len(texts) - 1, min(wanted, len(texts))).astype(int)]
    model = load_model_from_string(minilm_graph.build(Precision.FP32))
    entering = dict.fromkeys(node.input[0] for node in model.graph.node if node.op_type == "MatMul")
    known = {output.name for output in model.graph.output}
    inner = [name for name in entering if name not in known]
    model.graph.output.extend(map(helper.make_empty_tensor_value_info, inner))
    session = onnxruntime.InferenceSession(model.SerializeToString())
    lows, highs = dict.fromkeys(entering, np.inf), dict.fromkeys(entering, -np.inf)
    tokeniser = Tokeniser()
    for text in chosen:
        for window in tokeniser.tokens(text, 4096).windows():
            feed = {INPUT_IDS: window[None], LENGTHS: np.array([len(window)], np.int32)}
            for name, states in zip(entering, session.run(list(entering), feed), strict=True):
                lows[name] = min(lows[name], float(states.min()))
                highs[name] = max(highs[name], float(states.max()))
    for name in entering:
        print(f"{name}: {lows[name]:.3f} to {highs[name]:.3f}")


if __name__ == "__main__":
    run(main)
