"""An OpenAI-compatible language model, with the limits that the official client lacks."""

from rag.models.llm.client import LLM, PROMPT_CHARACTERS, Message
from rag.models.llm.reply import answers_only, is_sound

__all__ = ["LLM", "PROMPT_CHARACTERS", "Message", "answers_only", "is_sound"]
