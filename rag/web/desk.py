"""What the page's buttons do with a conversation, besides asking: keep, judge, take along.

Everything that a browser sends here may have been made up: names are looked up, never trusted.
"""

import base64
import logging
import re
import secrets
from collections.abc import Callable
from typing import cast

from rag.errors import BylineError
from rag.web.conversation import Open
from rag.web.conversation_store import Conversations
from rag.web.export import as_json, as_markdown, as_page
from rag.web.feedback import record
from rag.web.turns import Turns, Vote, judged

_LOG = logging.getLogger("rag.web.desk")
_VOTE = re.compile(r"vote-(up|down)-([0-9a-f]{16})")
_FORMATS: dict[str, tuple[str, str, Callable[[Turns, str], str]]] = {
    "Markdown": ("byline.md", "text/markdown", as_markdown),
    "JSON": ("byline.json", "application/json", as_json),
    "Print": ("byline.html", "text/html", as_page),
}


def remember(opened: Open, session: str, turns: Turns) -> None:
    """Keep a conversation for after a reload."""
    conversations = _conversations(opened)
    if conversations is not None:
        conversations.save(session, turns)


def recall(opened: Open, session: str) -> Turns:
    """Return the conversation of a browser tab."""
    conversations = _conversations(opened)
    return conversations.load(session) if conversations is not None else ()


def vote(opened: Open, wanted: str, turns: Turns) -> tuple[Turns, str]:
    """Judge an answer, by the anchor of a link.

    Returns:
        The turns, and the identity of the one that was judged: empty where none was.
    """
    found = _VOTE.fullmatch(wanted)
    if found is None:
        return turns, ""
    turns = judged(turns, found[2], cast("Vote", found[1]))
    if not any(turn.identity == found[2] and turn.vote for turn in turns):
        return turns, ""
    explain(opened, turns, found[2], "")
    return turns, found[2]


def explain(opened: Open, turns: Turns, identity: str, reason: str) -> None:
    """Write down a reader's judgement with its reason."""
    try:
        record(opened().settings.home / "feedback.jsonl", turns, identity, reason)
    except BylineError as error:
        _LOG.warning("%s", error)


def parcel(turns: Turns, kind: str, origin: str) -> str:
    """Return a conversation to take along, as HTML that the page's script turns into a file.

    Args:
        turns: The conversation.
        kind: `Markdown`, `JSON` or `Print`.
        origin: Of the page; permalinks lead there.
    """
    if kind not in _FORMATS:
        return ""
    name, media, made = _FORMATS[kind]
    content = base64.b64encode(made(turns, origin).encode("utf-8", "replace")).decode()
    again = secrets.token_hex(4)  # the same file twice is two files
    return f'<div class="parcel" id="parcel-{again}" title="{name} {media}">{content}</div>'


def _conversations(opened: Open) -> Conversations | None:
    try:
        return Conversations(opened().settings.home / "conversations")
    except BylineError:
        return None
