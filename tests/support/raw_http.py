"""Requests as no browser would send them: any header, any path, byte by byte."""

import socket
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


class Line:
    """One connection, opened anew when the server has closed it."""

    def __init__(self, url: str) -> None:
        host, _, port = url.removeprefix("http://").partition(":")
        self.host, self.port = host, int(port)
        self._connection = HTTPConnection(self.host, self.port, timeout=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def send(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Reply:
        """Send a request with these headers and no others but the body's length."""
        headers = {"Host": f"{self.host}:{self.port}", **(headers or {})}
        try:
            got = self._sent(method, path, headers, body)
        except ConnectionError:  # it hangs up after some refusals
            self.hang_up()
            got = self._sent(method, path, headers, body)
        return _read(got, stream="event-stream" in got.getheader("content-type", ""), line=self)

    def _sent(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> HTTPResponse:
        self._connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            self._connection.putheader(name, value)
        if body and "Content-Length" not in headers:
            self._connection.putheader("Content-Length", str(len(body)))
        self._connection.endheaders(body or None)
        return self._connection.getresponse()

    def hang_up(self) -> None:
        """Close the connection; the next request opens another one."""
        self._connection.close()


def _read(got: HTTPResponse, *, stream: bool, line: Line) -> Reply:
    body = b"" if stream else got.read()
    headers = {name.lower(): value for name, value in got.getheaders()}
    if stream or headers.get("connection") == "close":
        line.hang_up()
    return Reply(got.status, headers, body)


def pour(url: str, head: str, pieces: Iterable[bytes]) -> bytes:
    """Send a head and pieces as they are until the server hangs up; return what it said."""
    host, _, port = url.removeprefix("http://").partition(":")
    with closing(socket.create_connection((host, int(port)), timeout=30)) as line:
        said = b""
        try:
            line.sendall(head.encode())
            for piece in pieces:
                line.sendall(piece)
        except OSError:
            pass  # it has heard enough
        try:
            while chunk := line.recv(65536):
                said += chunk
                if b"\r\n\r\n" in said:
                    break
        except OSError:
            pass
        return said
