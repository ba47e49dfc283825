"""How much a request may bring, and of what kind; an upload is complete before anybody reads it."""

import asyncio
import re
from tempfile import SpooledTemporaryFile
from typing import IO

from rag.web.server.guard.asgi import Headers, Message, Receive, TooLargeError, TooSlowError
from rag.web.server.guard.paths import FORMS, UPLOAD

LARGEST_BODY = 1_000_000
"""Bytes of a message: a question has at most 4,000 characters, a kept conversation more."""
LARGEST_UPLOAD = 25_000_000
"""Bytes of all files that are dropped at once, with their wrapping."""
MOST_PARTS = 20
SECONDS = 15.0
"""For a message to arrive."""
UPLOAD_SECONDS = 120.0

_IN_MEMORY = 1_000_000
_PIECE = 262_144
_BOUNDARY = re.compile(r'multipart/form-data;\s*boundary="?([!-~]{1,70}?)"?\s*', re.IGNORECASE)
"""No longer than RFC 2046 allows, section 5.1.1."""


def refusal(path: str, headers: Headers) -> int | None:
    """Return the status for a post whose kind or claimed length is wrong; null if it may come."""
    kind = headers.one("content-type")
    if path == UPLOAD:
        if not boundary_of(kind):
            return 400 if kind.lower().startswith("multipart/form-data") else 415
    elif kind.partition(";")[0].strip().lower() != _kind_of(path):
        return 415
    length = headers.one("content-length")
    if length and not (length.isascii() and length.isdecimal()):
        return 400
    most = LARGEST_UPLOAD if path == UPLOAD else LARGEST_BODY
    return 413 if len(length) > len(str(most)) or int(length or 0) > most else None


def boundary_of(kind: str) -> bytes:
    """Return what separates the parts of an upload; empty when the header can't be used."""
    found = _BOUNDARY.fullmatch(kind)
    return found[1].encode() if found else b""


async def spooled(receive: Receive, boundary: bytes) -> IO[bytes]:
    """Return a whole upload, in a file that vanishes when it is closed.

    Raises:
        TooLargeError: Too many bytes, or too many parts.
        TooSlowError: It didn't arrive in time, or its sender left.
    """
    spool: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # the caller closes it
    try:
        async with asyncio.timeout(UPLOAD_SECONDS):
            await _fill(spool, receive, b"--" + boundary)
    except TimeoutError as error:
        spool.close()
        raise TooSlowError from error
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    return spool


async def _fill(spool: IO[bytes], receive: Receive, mark: bytes) -> None:
    size = parts = 0
    tail, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise TooSlowError
        piece = message.get("body", b"")
        more = message.get("more_body", False)
        seen = tail + piece
        parts += seen.count(mark)
        tail = seen[-(len(mark) - 1) :]
        size += len(piece)
        if size > LARGEST_UPLOAD or parts > MOST_PARTS + 1:
            raise TooLargeError
        await asyncio.to_thread(spool.write, piece)


def drained(spool: IO[bytes], receive: Receive) -> Receive:
    """Return what gives an upload piece by piece to the next application."""
    done = False

    async def next_piece() -> Message:
        nonlocal done
        if done:
            return await receive()
        piece = await asyncio.to_thread(spool.read, _PIECE)
        done = len(piece) < _PIECE
        return {"type": "http.request", "body": piece, "more_body": not done}

    return next_piece


def _kind_of(path: str) -> str:
    return "application/x-www-form-urlencoded" if path in FORMS else "application/json"
