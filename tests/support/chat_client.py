"""A tab that asks the chat over HTTP as the page's own script does."""

import json
import secrets
from http.client import HTTPConnection
from urllib.parse import urlsplit


class Browser:
    """One tab: its cookies, and its session."""

    def __init__(self, url: str) -> None:
        self._address = urlsplit(url).netloc
        self._session = f"load{secrets.token_hex(8)}"
        connection = HTTPConnection(self._address, timeout=60)
        connection.request("GET", "/")
        response = connection.getresponse()
        response.read()
        cookie = response.getheader("set-cookie", "").partition(";")[0]
        connection.request("GET", "/config", headers={"Cookie": cookie})
        events = json.loads(connection.getresponse().read())["dependencies"]
        connection.close()
        asks = next(event for event in events if event["api_name"] == "ask")
        self._event, self._inputs = asks["id"], len(asks["inputs"])
        self._headers = {"Cookie": cookie, "Content-Type": "application/json"}

    def ask(self, question: str) -> str:
        """Ask; return everything that came back."""
        data = [question, None, *[""] * (self._inputs - 2)]  # the session's state stays there
        body = {"data": data, "fn_index": self._event, "session_hash": self._session}
        connection = HTTPConnection(self._address, timeout=60)
        connection.request("POST", "/gradio_api/queue/join", json.dumps(body), self._headers)
        joined = connection.getresponse()
        text = joined.read().decode()
        connection.close()
        assert joined.status == 200, f"{joined.status}: {text}"
        connection = HTTPConnection(self._address, timeout=60)
        path = f"/gradio_api/queue/data?session_hash={self._session}"
        connection.request("GET", path, headers=self._headers)
        received = ""
        for line in connection.getresponse():
            received += line.decode()
            if "process_completed" in received:
                break
        connection.close()
        return received
