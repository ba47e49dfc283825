"""How much a request may bring; an upload is complete before anybody reads it."""

import asyncio
import re
from tempfile import SpooledTemporaryFile
from typing import IO

from starlette.types import Message, Receive

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


class TooLargeError(Exception):
    """A body went on for longer than it may, whatever length it claimed."""


class TooSlowError(Exception):
    """A body didn't arrive in time, or its sender left."""


def boundary_of(kind: str) -> bytes:
    """Return what separates the parts of an upload; empty when the header can't be used."""
    found = _BOUNDARY.fullmatch(kind)
    return found[1].encode() if found else b""


async def read(receive: Receive, most: int, seconds: float) -> bytes:
    """Return the whole body of a request.

    Raises:
        TooLargeError: It has more than `most` bytes.
        TooSlowError: It took more than `seconds`, or its sender left.
    """
    body, more = bytearray(), True
    try:
        async with asyncio.timeout(seconds):
            while more:
                piece, more = await _next_piece(receive)
                body += piece
                if len(body) > most:
                    raise TooLargeError
    except TimeoutError as error:
        raise TooSlowError from error
    return bytes(body)


def replayed(body: bytes, receive: Receive) -> Receive:
    """Return what gives the body again to the next application, then what comes after it."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again


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
        piece, more = await _next_piece(receive)
        seen = tail + piece
        parts += seen.count(mark)
        tail = seen[-(len(mark) - 1) :]
        size += len(piece)
        if size > LARGEST_UPLOAD or parts > MOST_PARTS + 1:
            raise TooLargeError
        await asyncio.to_thread(spool.write, piece)


async def _next_piece(receive: Receive) -> tuple[bytes, bool]:
    message = await receive()
    if message["type"] == "http.disconnect":
        raise TooSlowError
    return message.get("body", b""), message.get("more_body", False)


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
