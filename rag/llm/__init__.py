"""An OpenAI-compatible language model, with the limits that the official client lacks."""

from rag.llm.client import LLM, Message

__all__ = ["LLM", "Message"]
