"""all-MiniLM-L6-v2 on ONNX Runtime: vectors of texts and of their tokens, without torch."""

from __future__ import annotations

import itertools
import math
import os
import re
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rag import minilm_graph
from rag.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int32]

CLS, SEP = 101, 102  # tokenizer.json
WINDOW = 256 - 2  # the model's sentence_bert_config.json, less [CLS] and [SEP]
WORD_REACH = 16  # how many tokens a window gives up at most to end between two words
PIECE = 16_384  # characters tokenised at once: long texts cost no more than what is kept of them
# 400 news paragraphs of 97 tokens on 2 cores, sorted by length, paragraphs/s by tokens of a batch:
# one by one 93, 256: 95, 512: 98, 1024: 94, 2048: 93, 4096: 86, 8192: 73 (padding and caches).
BATCH_TOKENS = 512
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class TokenStates:
    """The model's view of one text."""

    vector: Floats
    """(384,) mean over all tokens of all windows, [CLS] and [SEP] included; length 1."""
    spans: Integers
    """(n, 2) offsets [start, end) into the text, a row per content token."""
    states: Floats
    """(n, 384) last hidden states of the content tokens, not normalised."""
    token_ids: Integers
    """(n,)"""


@dataclass(frozen=True, slots=True)
class _Runtime:
    tokenizer: Tokenizer
    session: InferenceSession


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The content tokens of a text: no [CLS], no [SEP]."""

    ids: Integers
    spans: Integers

    def windows(self) -> list[Integers]:
        """Cut into the model's inputs, of about equal length, between words where possible.

        Equal, because a last window of a few tokens would see next to no context.
        """
        edges, count = [0], len(self.ids)
        while (left := count - edges[-1]) > WINDOW:
            edges.append(self._word_start(edges[-1] + math.ceil(left / math.ceil(left / WINDOW))))
        edges.append(count)
        return [
            np.concatenate(([CLS], self.ids[start:end], [SEP]), dtype=np.int32)
            for start, end in itertools.pairwise(edges)
        ]

    def _word_start(self, end: int) -> int:
        for index in range(end, end - WORD_REACH, -1):
            if self.spans[index, 0] > self.spans[index - 1, 1]:
                return index
        return end


class MiniLM:
    """The embedded model; safe to use from several threads.

    Args:
        cache_dir: Where the built graph is kept (90 MB); without a writable one it is built anew.
        threads: Cores to use; 0: all that this process may use.
    """

    dimension = minilm_graph.HIDDEN

    def __init__(self, cache_dir: Path, *, threads: int = 0) -> None:
        self._cache_dir = cache_dir
        self._threads = threads
        self._opening = threading.Lock()
        self._opened: _Runtime | None = None

    @property
    def name(self) -> str:
        """Model, weights and precision: vectors of two names don't mix."""
        return minilm_graph.NAME

    def embed(self, texts: Sequence[str]) -> Floats:
        """Return (n, 384) vectors as sentence-transformers gives them, cut at 256 tokens."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        windows = [self._tokens(text, WINDOW).windows()[0] for text in texts]
        for index, states in self._states(windows):
            vectors[index] = _pooled([states])
        return vectors

    def encode(self, texts: Sequence[str], *, max_tokens: int = 4096) -> list[TokenStates]:
        """Return vectors and token states of texts of any length, in order.

        Args:
            texts: What to encode; windows of 256 tokens are laid over longer ones.
            max_tokens: Where a text ends for the model; what follows has no states.
        """
        tokens = [self._tokens(text, max_tokens) for text in texts]
        cut = [each.windows() for each in tokens]
        states: list[Floats] = [np.empty(0, np.float32)] * sum(map(len, cut))
        for index, window in self._states([window for windows in cut for window in windows]):
            states[index] = window
        parts = iter(states)
        return [
            _token_states(each, [next(parts) for _ in windows])
            for each, windows in zip(tokens, cut, strict=True)
        ]

    def _tokens(self, text: str, limit: int) -> _Tokens:
        ids: list[int] = []
        spans: list[tuple[int, int]] = []
        for start, piece in _pieces(text):
            if len(ids) >= limit:
                break
            # Rust strings hold no lone surrogates; U+FFFD has the same length and gives no token.
            whole = LONE_SURROGATE.sub("\ufffd", piece)
            encoding = self._runtime().tokenizer.encode(whole, add_special_tokens=False)
            ids += encoding.ids
            spans += ((start + first, start + last) for first, last in encoding.offsets)
        kept = max(limit, 0)
        return _Tokens(
            np.array(ids[:kept], np.int32), np.array(spans[:kept], np.int32).reshape(-1, 2)
        )

    def _states(self, windows: Sequence[Integers]) -> Iterator[tuple[int, Floats]]:
        """Yield the index and the states of each window, in order of length."""
        for batch in _batches([len(window) for window in windows]):
            lengths = np.array([len(windows[index]) for index in batch], np.int32)
            ids = np.zeros((len(batch), lengths[-1]), np.int32)
            for row, index in enumerate(batch):
                ids[row, : lengths[row]] = windows[index]
            hidden = self._run(ids, lengths)
            for row, index in enumerate(batch):
                # A copy, lest one kept row keeps its whole batch in memory.
                yield index, hidden[row, : lengths[row]].copy()

    def _run(self, ids: Integers, lengths: Integers) -> Floats:
        inputs = {minilm_graph.INPUT_IDS: ids, minilm_graph.LENGTHS: lengths}
        session = self._runtime().session
        try:
            hidden: Floats = session.run([minilm_graph.STATES], inputs)[0]
        except Exception as error:  # ONNX Runtime's exceptions have no common class of their own
            raise ModelError(
                f"The embedding model failed on a batch of {ids.shape}: {error}",
                "Free some memory and try again.",
            ) from error
        return hidden

    def _runtime(self) -> _Runtime:
        if self._opened is None:
            with self._opening:
                if self._opened is None:
                    self._opened = _open(self._cache_dir, self._threads or _cores())
        return self._opened


def _token_states(tokens: _Tokens, windows: list[Floats]) -> TokenStates:
    content = windows[0][1:-1]
    if len(windows) > 1:
        content = np.concatenate([states[1:-1] for states in windows])
    return TokenStates(_pooled(windows), tokens.spans, content, tokens.ids)


def _pooled(windows: Sequence[Floats]) -> Floats:
    """Return the direction of the mean state (a sum has the same direction)."""
    total: Floats = np.sum([states.sum(axis=0) for states in windows], axis=0)
    return total / np.float32(np.linalg.norm(total))


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield offset and text of pieces that end at a space where there is one."""
    start = 0
    while start < len(text):
        end = start + PIECE
        if end < len(text):
            end = max(text.rfind(" ", start, end), text.rfind("\n", start, end), start) + 1
            end = end if end > start + 1 else start + PIECE
        yield start, text[start:end]
        start = end


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


def _open(cache_dir: Path, threads: int) -> _Runtime:
    import onnxruntime
    from tokenizers import Tokenizer

    vocabulary = minilm_graph.package_file("tokenizer.json")
    model = minilm_graph.model(cache_dir)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Waiting threads sleep: one question takes 2.0 ms, with spinning ones 1.5 ms, but 7 to 10 ms
    # when another process needs a core; batches are equally fast.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3  # errors only: they come as exceptions, warnings help no user
    try:
        tokenizer = Tokenizer.from_file(str(vocabulary))
        # By path and not by content: ONNX Runtime then reads the file without a second copy.
        source = model if isinstance(model, bytes) else str(model)
        session = onnxruntime.InferenceSession(source, options, ["CPUExecutionProvider"])
    except Exception as error:  # neither library's exceptions have a common class of their own
        raise ModelError(
            f"The embedding model can't be opened: {error}", minilm_graph.REINSTALL
        ) from error
    tokenizer.no_truncation()  # the file cuts at 128 tokens and pads to them
    tokenizer.no_padding()
    return _Runtime(tokenizer, session)


def _cores() -> int:
    """Count the cores that this process may use: ONNX Runtime would count the machine's."""
    affinity = getattr(os, "sched_getaffinity", None)  # not on macOS
    return len(affinity(0)) if affinity else os.cpu_count() or 1
