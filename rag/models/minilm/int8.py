"""Integers for the products of MiniLM: how its weights and its states are rounded to 8 bits."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_WEIGHT_MAX = 63
"""Weights keep 7 bits: then the sum of two products fits the 16 bits in which x86 processors
without VNNI add. Recall@1 on squad-a: fp32 0.8910, eight bits 0.8896, seven 0.8882; of 1,440
questions seven bits lose 8 and win 4 against fp32, which chance alone would do."""
_STATE_MAX = 255
BLOCK = 64
"""Weights on one scale. A question of 14 tokens takes 3.6 ms in blocks of 32, 3.0 of 128, 5.0 ms in
fp32; squad-a's recall@1 is alike. Vectors of 128 are farther from fp32 (cosine 0.998; of 64 and 32:
0.999), and the gate, which was learned on fp32, then declined one canned question more.
"""
_BLOCK_MAX, _BLOCK_ZERO = 127, 128


Range = tuple[float, float]
"""The smallest and the largest state that is told apart; what is beyond becomes that."""


class LayerRanges(NamedTuple):
    """What enters each product of a layer."""

    attention: Range
    mixed: Range
    feedforward: Range
    active: Range


# Of the fp32 states of 400 bbc-news paragraphs; 100 others give the same within 0.7, most exactly.
# Fixed, so that a paragraph has the same vector in any batch: ranges taken from each batch (dynamic
# quantisation) are no nearer to fp32, and the vector then depends on the company (cosine 0.989).
RANGES = (
    LayerRanges((-2.996, 6.335), (-3.306, 2.682), (-6.443, 28.513), (-0.17, 24.661)),
    LayerRanges((-5.068, 8.132), (-2.780, 2.829), (-7.846, 30.343), (-0.17, 20.390)),
    LayerRanges((-5.180, 7.994), (-2.872, 2.914), (-13.668, 27.741), (-0.17, 17.539)),
    LayerRanges((-5.672, 9.661), (-2.470, 2.801), (-15.426, 28.856), (-0.17, 13.743)),
    LayerRanges((-6.467, 10.524), (-3.178, 3.160), (-14.901, 21.624), (-0.17, 8.218)),
    LayerRanges((-6.315, 9.887), (-3.773, 3.459), (-13.236, 13.141), (-0.17, 9.210)),
)


def quantised(matrix: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Return a matrix of (in, out) in integers, and the scale of each column."""
    scales = (np.abs(matrix).max(axis=0) / _WEIGHT_MAX).astype(np.float32)
    return np.rint(matrix / scales).astype(np.int8), scales


def quantised_blocks(matrix: Floats) -> tuple[NDArray[np.uint8], Floats]:
    """Return a matrix of (out, in) in integers around 128, and the scale of each block.

    Returns:
        (out, blocks, 64) and (out, blocks).
    """
    blocks = matrix.reshape(len(matrix), -1, BLOCK)
    scales = (np.abs(blocks).max(axis=-1) / _BLOCK_MAX).astype(np.float32)
    integers = np.rint(blocks / scales[..., None]) + _BLOCK_ZERO
    return integers.astype(np.uint8), scales


def scale_and_zero(states: Range) -> tuple[Floats, NDArray[np.uint8]]:
    """Return the step between two integers, and the integer that stands for 0."""
    low, high = states
    scale = (high - low) / _STATE_MAX
    return np.array(scale, np.float32), np.array(round(-low / scale), np.uint8)
