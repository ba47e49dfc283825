"""An OpenAI-compatible language model, with the limits that the official client lacks."""

from rag.llm.client import LLM, Message
from rag.llm.reply import answers_only, is_sound

__all__ = ["LLM", "Message", "answers_only", "is_sound"]
