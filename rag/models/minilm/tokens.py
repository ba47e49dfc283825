"""MiniLM's tokens: texts of any length, cut into the windows that the network takes."""

from __future__ import annotations

import itertools
import math
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rag.models.minilm import files as minilm_files
from rag.text.unseen import without_surrogates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    Integers = NDArray[np.int32]

CLS, SEP = 101, 102  # tokenizer.json
WINDOW = 256 - 2  # the model's sentence_bert_config.json, less [CLS] and [SEP]
WORD_REACH = 16  # how many tokens a window gives up at most to end between two words
PIECE = 16_384  # characters tokenised at once: long texts cost no more than what is kept of them


@dataclass(frozen=True, slots=True)
class Tokens:
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


class Tokeniser:
    """Opened when it is first used; safe to use from several threads."""

    def __init__(self) -> None:
        self._opening = threading.Lock()
        self._opened: Tokenizer | None = None

    def tokens(self, text: str, limit: int) -> Tokens:
        """Return the first tokens of a text."""
        ids: list[int] = []
        spans = [np.empty((0, 2), np.int32)]
        for start, piece in _pieces(text):
            if len(ids) >= limit:
                break
            # Rust strings hold no lone surrogates; U+FFFD has the same length and gives no token.
            encoding = self.opened().encode(without_surrogates(piece), add_special_tokens=False)
            ids += encoding.ids
            spans.append(np.array(encoding.offsets, np.int32).reshape(-1, 2) + start)
        kept = max(limit, 0)
        return Tokens(np.array(ids[:kept], np.int32), np.concatenate(spans, dtype=np.int32)[:kept])

    def opened(self) -> Tokenizer:
        """Return the tokeniser itself."""
        if self._opened is None:
            with self._opening:
                if self._opened is None:
                    self._opened = _open()
        return self._opened


def _open() -> Tokenizer:
    from tokenizers import Tokenizer

    path = minilm_files.package_file("tokenizer.json")
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises bare `Exception`
        raise minilm_files.unopened("tokenizer", error) from error
    tokenizer.no_truncation()  # the file cuts at 128 tokens and pads to them
    tokenizer.no_padding()
    return tokenizer


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
