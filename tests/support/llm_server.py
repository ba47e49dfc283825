"""A scripted OpenAI-compatible server on loopback, for tests through the real client.

    with LLMServer(Reply.saying("It rained [1].")) as server:
        settings = Settings(_env_file=None, llm_model="test", openai_base_url=server.url)
        ...
        assert "rain" in server.requests[0].prompt

Each request takes the next reply of the script, then the last one again and again. A reply may
also be a function of the request, for a model that does what its prompt says.
"""

import json
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

_PATIENCE_S = 10.0


@contextmanager
def deaf_endpoint() -> Iterator[str]:
    """Give the base URL of a host that never takes a connection: its queue is full."""
    with socket.socket() as full, ExitStack() as queue:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _ in range(3):
            waiting = queue.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        yield f"http://127.0.0.1:{full.getsockname()[1]}/v1"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server does with one request, good or bad."""

    chunks: tuple[str, ...] = ()
    """Pieces of the answer, an event each."""
    finish: str | None = "stop"
    done: bool = True
    """Whether `[DONE]` ends the stream."""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None
    """Sent as it is instead of a completion."""
    events: tuple[str, ...] | None = None
    """Raw SSE data sent instead of `chunks`."""
    before_headers: float = 0.0
    between: float = 0.0
    """Seconds of silence before each piece."""
    cut_after: int | None = None
    """Break the connection after so many events."""
    stall_after: int | None = None
    """Fall silent after so many events, until the client leaves."""
    endless: bool = False
    """Repeat the pieces until the client leaves."""
    drip: str = ""
    """`headers` or `body`: send a byte that completes nothing every 50 ms, until it leaves."""

    @classmethod
    def saying(cls, text: str, *, between: float = 0.0) -> "Reply":
        """Return a sound reply that streams a text word by word."""
        words = text.split(" ")
        pieces = [word if i == 0 else f" {word}" for i, word in enumerate(words)]
        return cls(chunks=tuple(pieces), between=between)

    @classmethod
    def failing(cls, status: int, message: str = "no", **headers: str) -> "Reply":
        """Return an error in the API's form; `retry_after="3"` becomes a header."""
        body = json.dumps({"error": {"message": message, "type": "x", "code": None}})
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return cls(status=status, body=body, headers=named)


@dataclass(frozen=True, slots=True)
class Request:
    """What the server was asked."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]
    left: threading.Event = field(default_factory=threading.Event)
    """Set when the client closed the connection before the reply was over."""

    @property
    def messages(self) -> list[dict[str, str]]:
        """The conversation."""
        return list(self.body.get("messages", []))

    @property
    def prompt(self) -> str:
        """The texts of all messages, joined."""
        return "\n\n".join(message["content"] for message in self.messages)


Script = Reply | Callable[[Request], Reply]


class LLMServer:
    """Serves a script from its own thread while the context is open."""

    def __init__(self, *script: Script) -> None:
        self._script = list(script) or [Reply.saying("It rained on Monday [1].")]
        self._lock = threading.Lock()
        self.requests: list[Request] = []
        self.stopping = threading.Event()
        self._http = _Server(("127.0.0.1", 0), self)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """The base URL to configure."""
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def reply_to(self, request: Request) -> Reply:
        """Record a request and return what to do with it."""
        with self._lock:
            self.requests.append(request)
            script = self._script.pop(0) if len(self._script) > 1 else self._script[0]
        return script if isinstance(script, Reply) else script(request)

    def count(self, expected: int) -> int:
        """Return how many requests there were, once as many as expected have been recorded.

        On a busy machine a client may give up before the server has read what it sent.
        """
        deadline = time.monotonic() + _PATIENCE_S
        while len(self.requests) < expected and time.monotonic() < deadline:
            time.sleep(0.01)
        return len(self.requests)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], owner: LLMServer) -> None:
        super().__init__(address, _Handler)
        self.owner = owner

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet: clients that leave are part of the script."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    connection: socket.socket

    def log_message(self, *_: object) -> None: ...

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        body = json.loads(self.rfile.read(length) or b"{}")
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.path, headers, body)
        reply = self.server.owner.reply_to(request)
        self.close_connection = True
        try:
            self._pause(reply.before_headers)
            self._perform(reply, streamed=bool(body.get("stream")))
        except OSError:
            request.left.set()

    def do_GET(self) -> None:
        self.do_POST()

    def _perform(self, reply: Reply, *, streamed: bool) -> None:
        if reply.drip == "headers":
            self._drip(b"HTTP/1.1 200 OK\r\nx-drip: ")
        elif reply.body is not None:
            self._send_whole(reply, reply.body, "text/html" if reply.status == 200 else None)
        elif streamed:
            self._send_events(reply)
        else:
            self._send_whole(reply, json.dumps(_completion(reply)), None)

    def _send_whole(self, reply: Reply, body: str, content_type: str | None) -> None:
        data = body.encode()
        self.send_response(reply.status)
        self.send_header("content-type", content_type or "application/json")
        self.send_header("content-length", str(len(data)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _send_events(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        for count, event in enumerate(_events(reply)):
            if count == reply.cut_after:
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            if count == reply.stall_after:
                self._pause(None)
            self._pause(reply.between)
            self._send_chunk(event.encode())
        if reply.drip == "body":
            self._drip(b"2\r\n: \r\n", each=b"1\r\n:\r\n")
        self.wfile.write(b"0\r\n\r\n")

    def _send_chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def _drip(self, start: bytes, each: bytes = b"x") -> None:
        self.wfile.write(start)
        while not self.server.owner.stopping.is_set():
            self._pause(0.05)
            self.wfile.write(each)

    def _pause(self, seconds: float | None) -> None:
        """Wait (None: for ever), but raise as soon as the client has gone."""
        until = None if seconds is None else time.monotonic() + seconds
        while until is None or time.monotonic() < until:
            if self.server.owner.stopping.is_set():
                raise ConnectionAbortedError
            left = 0.02 if until is None else max(0.0, min(0.02, until - time.monotonic()))
            readable, _, _ = select.select([self.connection], [], [], left)
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                raise ConnectionResetError


def _events(reply: Reply) -> Iterator[str]:
    if reply.events is not None:
        yield from (f"data: {event}\n\n" for event in reply.events)
        return
    for piece in reply.chunks:
        yield _event({"content": piece})
    while reply.endless:
        for piece in reply.chunks:
            yield _event({"content": piece})
    if reply.finish is not None:
        yield _event({}, reply.finish)
    if reply.done and reply.finish is not None:
        yield "data: [DONE]\n\n"


def _event(delta: Mapping[str, Any], finish: str | None = None) -> str:
    return f"data: {json.dumps(event_object(delta, finish))}\n\n"


def event_object(delta: Mapping[str, Any], finish: str | None = None) -> dict[str, Any]:
    """Return one event of a stream, for scripts that send their own."""
    choice = {"index": 0, "delta": dict(delta), "finish_reason": finish}
    return _envelope("chat.completion.chunk", choice)


def _completion(reply: Reply) -> dict[str, Any]:
    message = {"role": "assistant", "content": "".join(reply.chunks)}
    choice = {"index": 0, "message": message, "finish_reason": reply.finish}
    return _envelope("chat.completion", choice)


def _envelope(kind: str, choice: dict[str, Any]) -> dict[str, Any]:
    return {"id": "test", "object": kind, "created": 0, "model": "test", "choices": [choice]}
