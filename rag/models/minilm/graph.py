"""The MiniLM network as an ONNX graph: in fp32, and in integers for questions and for passages.

The operators of the domain `com.microsoft` and their inputs are described in ONNX Runtime's
docs/ContribOperators.md; the network is BERT (arXiv:1810.04805) with the sizes of the model's own
config.json. ONNX Runtime's larger fused operators are left alone, as they are slower: 500 tokens on
2 cores take `SkipLayerNormalization` 0.53 ms, sum and norm 0.16 ms; `Attention` 7.9 ms, the product
and `MultiHeadAttention` 4.4 ms.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rag.errors import ModelError
from rag.models.minilm import files as minilm_files
from rag.models.minilm.int8 import BLOCK, RANGES, Range, quantised, quantised_blocks, scale_and_zero

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from onnx import ModelProto, NodeProto, TensorProto

LAYOUT = 3  # raise it whenever the graph changes: what is cached carries it in its name

INPUT_IDS, LENGTHS = "input_ids", "lengths"
STATES, PROJECTED = "last_hidden_state", "projected_states"

LAYERS, HEADS, HIDDEN, EPSILON = 6, 12, 384, 1e-12  # the model's config.json
OPSET, IR_VERSION = 17, 8  # old enough for every ONNX Runtime that has these operators
FUSED = "com.microsoft"
PROJECTION_FILE = Path(__file__).with_name("projection.npy")
"""(384, 128), orthonormal columns; made by `bench/fit_projection.py`."""
PROJECTED_SIZE = 128


_INTEGER_PRODUCTS = 4
"""`accuracy_level` of `MatMulNBits`: states are rounded to 8 bits, too, by block, as it runs."""


class Precision(StrEnum):
    """In which numbers dense layers multiply."""

    FP32 = "fp32"
    INT8 = "int8"
    """Twice as fast in batches; cosine to fp32 0.992 on average (200 paragraphs)."""
    BLOCKS = "int8-blocks"
    """Each stretch of 64 weights, and of a token's state, on a scale of its own: cosine to fp32
    0.999, 1.5 times as fast as fp32 for a question; the last digits depend on the batch."""


@dataclass(slots=True)
class _Graph:
    """Nodes and constants, in the order in which they run."""

    weights: Mapping[str, NDArray[np.float32]]
    precision: Precision
    nodes: list[NodeProto] = field(default_factory=list)
    constants: list[TensorProto] = field(default_factory=list)

    def constant(self, name: str, value: NDArray[Any]) -> str:
        """Add a constant and return its name."""
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def weight(self, name: str) -> str:
        """Add a weight as the file has it."""
        return self.constant(name, self.weights[name])

    def node(
        self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: Any
    ) -> str:
        """Add a node and return the name of its output."""
        from onnx import helper

        self.nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **attributes))
        return output

    def dense(self, part: str, *names: str, states: str, within: Range) -> list[str]:
        """Add dense layers over the same states; return the names of their outputs.

        PyTorch stores dense matrices as (out, in), ONNX multiplies by (in, out).
        """
        layers = [f"{part}.{name}" for name in names]
        if self.precision is Precision.INT8:
            return self._dense_int8(layers, states, within)
        if self.precision is Precision.BLOCKS:
            return [self._dense_blocks(layer, states) for layer in layers]
        outputs = []
        for layer in layers:
            matrix = self.constant(f"{layer}.weight", self.weights[f"{layer}.weight"].T)
            product = self.node("MatMul", [states, matrix], f"{layer}.product")
            bias = self.weight(f"{layer}.bias")
            outputs.append(self.node("Add", [product, bias], f"{layer}.states"))
        return outputs

    def _dense_int8(self, layers: list[str], states: str, within: Range) -> list[str]:
        scale, zero = scale_and_zero(within)
        step = [self.constant(f"{states}.scale", scale), self.constant(f"{states}.zero", zero)]
        rounded = self.node("QuantizeLinear", [states, *step], f"{states}.int8")
        outputs = []
        for layer in layers:
            integers, scales = quantised(self.weights[f"{layer}.weight"].T)
            inputs = [
                rounded,
                self.constant(f"{layer}.weight", integers),
                step[0],
                self.constant(f"{layer}.scales", scales),
                step[1],
                "",  # the matrix's own zero is 0
                self.weight(f"{layer}.bias"),
            ]
            outputs.append(self.node("MatMulIntegerToFloat", inputs, f"{layer}.states", FUSED))
        return outputs

    def _dense_blocks(self, layer: str, states: str) -> str:
        matrix = self.weights[f"{layer}.weight"]
        integers, scales = quantised_blocks(matrix)
        inputs = [
            states,
            self.constant(f"{layer}.weight", integers),
            self.constant(f"{layer}.scales", scales),
            "",  # the integer that stands for 0 is the middle one
            "",
            self.weight(f"{layer}.bias"),
        ]
        width, depth = matrix.shape
        shape = {"K": depth, "N": width, "bits": 8, "block_size": BLOCK}
        sums = {"accuracy_level": _INTEGER_PRODUCTS}
        return self.node("MatMulNBits", inputs, f"{layer}.states", FUSED, **shape, **sums)

    def norm(self, states: str, skip: str, part: str, output: str) -> str:
        """Add the skipped states and normalise."""
        total = self.node("Add", [states, skip], f"{part}.sum")
        weights = [self.weight(f"{part}.LayerNorm.{name}") for name in ("weight", "bias")]
        return self.node("LayerNormalization", [total, *weights], output, epsilon=EPSILON)


def model(cache_dir: Path, precision: Precision) -> Path | bytes:
    """Return the graph: a file of the cache, or its bytes where none can be written.

    Raises:
        ModelError: The weights' package is missing or damaged.
    """
    return minilm_files.cached(cache_dir, precision, LAYOUT, lambda: build(precision))


def build(precision: Precision) -> bytes:
    """Return the serialised graph: token ids and lengths in, last hidden states out."""
    from safetensors.numpy import load_file

    weights = load_file(minilm_files.package_file("model.safetensors"))
    graph = _Graph(weights, precision)
    states = _embedding(graph)
    for layer in range(LAYERS):
        states = _layer(graph, states, layer)
    # In the graph: threads of numpy's own would compete with ONNX Runtime's.
    graph.node("MatMul", [states, graph.constant("projection", _projection())], PROJECTED)
    content: bytes = _model(graph).SerializeToString()
    return content


def _embedding(graph: _Graph) -> str:
    """Look up words and positions, and normalise."""
    part = "embeddings"
    # Every text is one segment, so that segment's row belongs to every position.
    segment = graph.weights[f"{part}.token_type_embeddings.weight"][0]
    positions = graph.weights[f"{part}.position_embeddings.weight"] + segment
    inputs = [
        INPUT_IDS,
        "",
        graph.weight(f"{part}.word_embeddings.weight"),
        graph.constant(f"{part}.position_embeddings.weight", positions),
        "",
        graph.weight(f"{part}.LayerNorm.weight"),
        graph.weight(f"{part}.LayerNorm.bias"),
    ]
    states = graph.node("EmbedLayerNormalization", inputs, f"{part}.states", FUSED, epsilon=EPSILON)
    graph.nodes[-1].output.append(f"{part}.mask")  # unused, but shape inference asks for it
    return states


def _layer(graph: _Graph, states: str, layer: int) -> str:
    """Add one transformer layer and return the name of its states."""
    part, ranges = f"encoder.layer.{layer}", RANGES[layer]
    heads = graph.dense(
        f"{part}.attention.self", "query", "key", "value", states=states, within=ranges.attention
    )
    inputs = [*heads, "", LENGTHS]
    mixed = graph.node("MultiHeadAttention", inputs, f"{part}.mixed", FUSED, num_heads=HEADS)
    attention = f"{part}.attention.output"
    (attended,) = graph.dense(attention, "dense", states=mixed, within=ranges.mixed)
    attended = graph.norm(attended, states, attention, f"{part}.attended")
    (wide,) = graph.dense(
        f"{part}.intermediate", "dense", states=attended, within=ranges.feedforward
    )
    active = graph.node("Gelu", [wide], f"{part}.active", FUSED)
    (narrow,) = graph.dense(f"{part}.output", "dense", states=active, within=ranges.active)
    output = STATES if layer == LAYERS - 1 else f"{part}.states"
    return graph.norm(narrow, attended, f"{part}.output", output)


def _projection() -> NDArray[np.float32]:
    try:
        loaded: NDArray[np.float32] = np.load(PROJECTION_FILE).astype(np.float32)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The file {PROJECTION_FILE} can't be read ({error}).", "Reinstall byline-rag."
        ) from error
    return loaded


def _model(graph: _Graph) -> ModelProto:
    from onnx import TensorProto, helper

    inputs = [
        helper.make_tensor_value_info(INPUT_IDS, TensorProto.INT32, ["batch", "tokens"]),
        helper.make_tensor_value_info(LENGTHS, TensorProto.INT32, ["batch"]),
    ]
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", "tokens", size])
        for name, size in ((STATES, HIDDEN), (PROJECTED, PROJECTED_SIZE))
    ]
    return helper.make_model(
        helper.make_graph(graph.nodes, "minilm", inputs, outputs, graph.constants),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)],
        ir_version=IR_VERSION,
    )
