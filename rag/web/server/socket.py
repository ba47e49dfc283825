"""Where the page listens: on this machine alone, at the first port that is free."""

import errno
import ipaddress
import socket
from collections.abc import Callable
from contextlib import suppress

from rag.errors import SettingsError

_PORTS_TRIED = 100


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the host."""
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def listen(host: str, port: int, notify: Callable[[str], None]) -> socket.socket:
    """Return a socket that listens at the port, or else at the next free one.

    Raises:
        SettingsError: The address can't be used, or no port is free.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, min(port + _PORTS_TRIED, 65536)):
        listening = socket.socket(family)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, candidate))
            listening.listen(128)
        except OSError as error:
            listening.close()
            if error.errno != errno.EADDRINUSE:
                raise SettingsError(
                    f"Can't listen at {host}:{candidate} ({error.strerror}).",
                    "Choose another --host or --port.",
                ) from error
            notify(f"Port {candidate} is taken; trying the next one.")
        else:
            return listening
    raise SettingsError(f"No port is free from {port} on.", "Choose another one with --port.")
