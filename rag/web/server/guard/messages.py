"""What a message to Gradio's API may look like: checked here, as Gradio answers some with a 500."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

DEEPEST = 64
_NAME = re.compile(r"[\w.-]{1,64}", re.ASCII)
_HIGHEST = 100_000
_MOST_FILES = 100
_LONGEST_PATH = 1_024


@dataclass(frozen=True, slots=True)
class Message:
    """Of which session and event a message is, as it says itself; empty where it doesn't."""

    session: str = ""
    event: str = ""


class MessageError(Exception):
    """No page of ours sends such a message."""


def parse(body: bytes, uploads: Path | None) -> Message:
    """Check the form of a message.

    Raises:
        MessageError: It isn't JSON, too deep, of other types, or names too many files, or one
            outside of `uploads`, a resolved path.
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
    for name in ("session_hash", "event_id"):
        given = message.get(name)
        if given is not None and not (isinstance(given, str) and is_name(given)):
            raise MessageError
    files = list(islice(_files(message), _MOST_FILES + 1))
    if len(files) > _MOST_FILES or not all(_is_uploaded(file, uploads) for file in files):
        raise MessageError
    return Message(message.get("session_hash") or "", message.get("event_id") or "")


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
        part, depth = waiting.pop()
        if depth > DEEPEST:
            raise MessageError
        if isinstance(part, dict):
            if "path" in part:
                yield part
            waiting.extend((inner, depth + 1) for inner in part.values())
        elif isinstance(part, list):
            waiting.extend((inner, depth + 1) for inner in part)


def _is_uploaded(file: dict[str, Any], uploads: Path | None) -> bool:
    path = file["path"]
    # To resolve a path of a megabyte takes minutes, in which the server does nothing else.
    if uploads is None or not isinstance(path, str) or len(path) > _LONGEST_PATH:
        return False
    try:
        return Path(path).resolve().is_relative_to(uploads)
    except (OSError, ValueError):
        return False
