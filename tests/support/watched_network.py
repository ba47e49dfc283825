"""Uses Byline in a network of its own and prints whom it would have reached outside this machine.

    unshare --user --map-root-user --net python -m tests.support.watched_network ARCHIVE

Every address is routed to the loopback interface, where a raw socket sees each packet, whoever
sends it: native code as well as Python. A look-up of a name is a packet to port 53.
"""

import json
import os
import socket
import struct
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from tests.support.chat_server import ROOT, ask, environment, serving

_EVERY_PROTOCOL = 3
_ROUTES = (
    "link set lo up",
    # A resolver asks nobody on a machine that has no address but 127.0.0.1.
    "address add 192.0.2.1/24 dev lo",
    "-6 address add 2001:db8::1/64 dev lo",
    "route add local default dev lo",
    "-6 route add local default dev lo",
)
_IPV4, _IPV6 = 0x0800, 0x86DD
_UDP_AND_TCP = (17, 6)
_PATIENCE = 5.0
"""Seconds after which ONNX Runtime had always looked for its maker's server."""
_LOOPBACK = ("127.", "::1", "ff02:")
_RAG = ("-m", "rag.interfaces.cli")
_QUESTION = "Who is Bradley Bowman?"


class Watch:
    """Notes every packet to another machine and every look-up of a name."""

    def __init__(self) -> None:
        self.reached: set[str] = set()
        self._packets = socket.socket(
            socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(_EVERY_PROTOCOL)
        )
        self._packets.bind(("lo", _EVERY_PROTOCOL))
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            packet, (_, protocol, *_) = self._packets.recvfrom(65_536)
            self._note(packet, protocol)

    def _note(self, packet: bytes, protocol: int) -> None:
        if protocol == _IPV4:
            address = socket.inet_ntop(socket.AF_INET, packet[16:20])
            transport, header = packet[9], packet[(packet[0] & 15) * 4 :]
        elif protocol == _IPV6:
            address = socket.inet_ntop(socket.AF_INET6, packet[24:40])
            transport, header = packet[6], packet[40:]
        else:
            return
        if transport in _UDP_AND_TCP:
            source, target = struct.unpack("!HH", header[:4])
            is_reply = source == 53 or header[13:14] == b"\x14"
            if target == 53:
                self.reached.add(f"look-up of {header[20:].split(bytes(2))[0]!r}")
            elif not address.startswith(_LOOPBACK) and not is_reply:
                self.reached.add(f"{address} port {target}")


def use(home: Path) -> None:
    """Run `rag ingest`, then `rag serve` for one reader who asks."""
    command = [sys.executable, *_RAG, "ingest", str(ROOT / "seeds")]
    subprocess.run(command, env=environment(home), check=True, capture_output=True, timeout=60)
    with serving(home, command=(*_RAG, "serve")) as url:
        with urllib.request.urlopen(url, timeout=30) as page:
            page.read()
        if "West Point" not in ask(url, _QUESTION, "session"):
            raise AssertionError("the page did not answer")
        time.sleep(_PATIENCE)


def main() -> None:
    """Print the outcome as one JSON object."""
    for route in _ROUTES:
        subprocess.run(["ip", *route.split()], check=True)
    watch = Watch()
    use(Path(sys.argv[1]))
    files = [str(path) for path in Path(os.environ["HOME"]).rglob("*") if path.is_file()]
    print(json.dumps({"reached": sorted(watch.reached), "files": files}))


if __name__ == "__main__":
    main()
