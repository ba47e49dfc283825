"""What a message to Gradio's API may look like: checked here, as Gradio answers some with a 500."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DEEPEST = 64
_NAME = re.compile(r"[\w.-]{1,64}", re.ASCII)
_NAMED = ("session_hash", "event_id")
_HIGHEST = 100_000


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose message it is, as it says itself; empty where it doesn't."""

    session: str = ""
    event: str = ""


class MessageError(Exception):
    """No page of ours sends such a message."""


def parse(body: bytes, uploads: Path | None) -> Sender:
    """Check the form of a message.

    Args:
        body: What was posted.
        uploads: The folder that files in it must lie in.

    Raises:
        MessageError: It isn't JSON, too deep, of other types, or names a file that nobody uploaded.
    """
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise MessageError from error
    if not isinstance(message, dict) or not isinstance(message.get("data", []), list):
        raise MessageError
    index = message.get("fn_index")
    if index is not None and (type(index) is not int or not 0 <= index < _HIGHEST):
        raise MessageError
    for name in _NAMED:
        given = message.get(name)
        if given is not None and not (isinstance(given, str) and _NAME.fullmatch(given)):
            raise MessageError
    if not all(_is_uploaded(file, uploads) for file in _files(message)):
        raise MessageError
    return Sender(message.get("session_hash") or "", message.get("event_id") or "")


def is_name(text: str) -> bool:
    """Whether a text can be the name of a session or of an event."""
    return bool(_NAME.fullmatch(text))


def _files(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object that Gradio takes for a file.

    Raises:
        MessageError: Something lies too deep.
    """
    waiting = [(value, 1)]
    while waiting:
        one, depth = waiting.pop()
        if depth > DEEPEST:
            raise MessageError
        if isinstance(one, dict):
            if "path" in one:
                yield one
            waiting.extend((inner, depth + 1) for inner in one.values())
        elif isinstance(one, list):
            waiting.extend((inner, depth + 1) for inner in one)


def _is_uploaded(file: dict[str, Any], uploads: Path | None) -> bool:
    path = file["path"]
    if not isinstance(path, str) or uploads is None:
        return False
    try:
        return Path(path).resolve().is_relative_to(uploads.resolve())
    except (OSError, ValueError):
        return False
