"""Does the cited text support the statement? Rules, word lists, a few learned weights; no LLM."""

from rag.verification.source import Source
from rag.verification.verdict import WORD_FOR_WORD, Check, check, verify

__all__ = ["WORD_FOR_WORD", "Check", "Source", "check", "verify"]
