"""all-MiniLM-L6-v2 on ONNX Runtime: vectors of texts and of their tokens, without torch."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rag.errors import ModelError
from rag.models.after_fork import renew_in_child
from rag.models.minilm import files as minilm_files
from rag.models.minilm import graph as minilm_graph
from rag.models.minilm.graph import Precision
from rag.models.minilm.tokens import WINDOW, Tokeniser, Tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int32]

# 400 news paragraphs of 97 tokens on 2 cores, sorted by length, paragraphs/s by tokens of a batch:
# one by one 93, 256: 95, 512: 98, 1024: 94, 2048: 93, 4096: 86, 8192: 73 (padding and caches).
BATCH_TOKENS = 512


@dataclass(frozen=True, slots=True)
class TokenStates:
    """The model's view of one text."""

    vector: Floats
    """(384,) mean over all tokens of all windows, [CLS] and [SEP] included; length 1."""
    spans: Integers
    """(n, 2) offsets [start, end) into the text, a row per content token."""
    states: Floats
    """(n, 384) last hidden states of the content tokens, not normalised."""
    projected: Floats
    """(n, 128) the same on the directions that late interaction compares, not normalised."""
    token_ids: Integers
    """(n,)"""


class MiniLM:
    """The embedded model; safe to use from several threads.

    Each precision is opened when it is first asked for: a question needs only the one, an ingestion
    only the other.

    Args:
        cache_dir: Where the built graphs are kept (58 MB each, fp32 90); without a writable one
            they are built anew.
        threads: Cores to use; 0: all that this process may use.
    """

    dimension = minilm_graph.HIDDEN

    def __init__(self, cache_dir: Path, *, threads: int = 0) -> None:
        self._cache_dir = cache_dir
        self._threads = threads
        self.begin()
        renew_in_child(self)

    def begin(self) -> None:
        """Open everything anew when it is next asked for; see `rag.models.after_fork`."""
        self._opening = threading.Lock()
        self._tokeniser = Tokeniser()
        self._sessions: dict[Precision, InferenceSession] = {}

    @property
    def name(self) -> str:
        """Model, weights and the precision of what is stored: vectors of two names don't mix."""
        return f"{minilm_files.MODEL}/{Precision.INT8}"

    def embed(self, texts: Sequence[str]) -> Floats:
        """Return (n, 384) fp32 vectors as sentence-transformers gives them, cut at 256 tokens."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        windows = [self._tokeniser.tokens(text, WINDOW).windows()[0] for text in texts]
        for index, (full, _) in self._states(windows, Precision.FP32):
            vectors[index] = _pooled([full])
        return vectors

    def encode(
        self,
        texts: Sequence[str],
        *,
        max_tokens: int = 4096,
        precision: Precision = Precision.INT8,
    ) -> list[TokenStates]:
        """Return vectors and token states of texts of any length, in order.

        Args:
            texts: What to encode; windows of 256 tokens are laid over longer ones.
            max_tokens: Where a text ends for the model; what follows has no states.
            precision: INT8 for passages, which are many; BLOCKS for a question.
        """
        return self.encode_tokens([self.tokens(text, max_tokens) for text in texts], precision)

    def encode_tokens(self, tokens: Sequence[Tokens], precision: Precision) -> list[TokenStates]:
        """Return vectors and token states of texts that have been cut into tokens, in order."""
        cut = [text.windows() for text in tokens]
        flat = [window for windows in cut for window in windows]
        states = dict(self._states(flat, precision))
        parts = (states[index] for index in range(len(flat)))
        return [
            _token_states(text, [next(parts) for _ in windows])
            for text, windows in zip(tokens, cut, strict=True)
        ]

    def tokens(self, text: str, limit: int) -> Tokens:
        """Return the first tokens of a text."""
        return self._tokeniser.tokens(text, limit)

    def _states(
        self, windows: Sequence[Integers], precision: Precision
    ) -> Iterator[tuple[int, tuple[Floats, Floats]]]:
        """Yield the index of each window and its states, full and projected, by length."""
        for batch in _batches([len(window) for window in windows]):
            lengths = np.array([len(windows[index]) for index in batch], np.int32)
            ids = np.zeros((len(batch), lengths[-1]), np.int32)
            for row, index in enumerate(batch):
                ids[row, : lengths[row]] = windows[index]
            full, projected = self._run(ids, lengths, precision)
            for row, index in enumerate(batch):
                # Views: together, the windows of a batch are all of it but the padding.
                yield index, (full[row, : lengths[row]], projected[row, : lengths[row]])

    def _run(self, ids: Integers, lengths: Integers, precision: Precision) -> list[Floats]:
        inputs = {minilm_graph.INPUT_IDS: ids, minilm_graph.LENGTHS: lengths}
        outputs = [minilm_graph.STATES, minilm_graph.PROJECTED]
        session = self._session(precision)
        try:
            hidden: list[Floats] = session.run(outputs, inputs)
        except Exception as error:  # ONNX Runtime's exceptions have no common class of their own
            raise ModelError(
                f"The embedding model failed on a batch of {ids.shape}: {error}",
                "Free some memory and try again.",
            ) from error
        return hidden

    def _session(self, precision: Precision) -> InferenceSession:
        if precision not in self._sessions:
            with self._opening:
                if precision not in self._sessions:
                    graph = minilm_graph.model(self._cache_dir, precision)
                    self._sessions[precision] = _session(graph, self._cores_for(precision))
        return self._sessions[precision]

    def _cores_for(self, precision: Precision) -> int:
        # A question is too short to share: in fp32, 14 tokens take 4.2 to 5.4 ms on one core and
        # 3.6 to 4.4 on two, which several questions at once then fight for.
        return self._threads or _cores() if precision is Precision.INT8 else 1


def _token_states(tokens: Tokens, windows: list[tuple[Floats, Floats]]) -> TokenStates:
    full, projected = zip(*windows, strict=True)
    return TokenStates(_pooled(full), tokens.spans, _content(full), _content(projected), tokens.ids)


def _content(windows: Sequence[Floats]) -> Floats:
    """Return the rows of all windows without those of [CLS] and [SEP]."""
    if len(windows) == 1:
        return windows[0][1:-1]
    return np.concatenate([states[1:-1] for states in windows])


def _pooled(windows: Sequence[Floats]) -> Floats:
    """Return the direction of the mean state (a sum has the same direction)."""
    total: Floats = np.sum([states.sum(axis=0) for states in windows], axis=0)
    return total / np.float32(np.linalg.norm(total))


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the indices of batches, shortest first: the last of a batch is its longest."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[index] > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _session(model: Path | bytes, threads: int) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Waiting threads sleep: one question takes 2.0 ms, with spinning ones 1.5 ms, but 7 to 10 ms
    # when another process needs a core; batches are equally fast.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # The graph is as it should run: optimising it would put the slower fused operators back.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 3  # errors only: they come as exceptions, warnings help no user
    # By path and not by content: ONNX Runtime then reads the file without a second copy.
    source = model if isinstance(model, bytes) else str(model)
    try:
        return onnxruntime.InferenceSession(source, options, ["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's exceptions have no common class of their own
        raise minilm_files.unopened("graph", error) from error


def _cores() -> int:
    """Count the cores that this process may use: ONNX Runtime would count the machine's."""
    affinity = getattr(os, "sched_getaffinity", None)  # not on macOS
    return len(affinity(0)) if affinity else os.cpu_count() or 1
