"""What of the page and of Gradio can be asked for: a list of what is used, the rest is closed.

A route that an upgrade of Gradio adds is closed until it is named here;
`tests/web/server/routes.txt` lists them all, so that it is also noticed.
"""

from urllib.parse import unquote

_OWN = frozenset({"", "healthz"})
_LOGIN = frozenset({"login", "logout"})
"""Ours, where there is a log-in; Gradio has routes of these names, too."""

_SERVED = frozenset(
    {"assets", "config", "favicon.ico", "manifest.json", "robots.txt", "static", "theme.css"}
)
"""What Gradio serves beside its page."""

FORMS = frozenset({"/login", "/logout"})
"""What a form posts to; all else is JSON, but for uploads."""

UPLOAD = "/gradio_api/upload"
_API = frozenset(
    "cancel info queue/data queue/join reset startup-events upload upload_progress".split()
)
"""What the page asks of Gradio's API. Files, proxy, streams, components' functions, calls by name
and the rest have no use in it."""
_API_OF_ONE = frozenset({"heartbeat", "run"})
"""These take one name."""


def is_open(path: str, *, login: bool = False) -> bool:
    """Whether a path, as decoded once by the server, names something that the page needs."""
    decoded = _decoded(path)
    if decoded is None or not decoded.startswith("/") or "://" in decoded:
        return False
    first, *rest = decoded[1:].split("/")
    if any(step in {"", "."} or step.startswith("..") for step in rest):
        return False
    if first == "gradio_api":
        one_of = len(rest) == 2 and rest[0] in _API_OF_ONE
        return one_of or "/".join(rest) in _API
    if first in _SERVED:
        return True
    return not rest and (first in _OWN or (login and first in _LOGIN))


def _decoded(path: str) -> str | None:
    """Return what a careless server might make of a path; null when it can't be meant well."""
    for _ in range(4):
        path, before = unquote(path), path
        if path == before:
            break
    else:
        return None
    plain = path.isprintable() and "\\" not in path and "\ufffd" not in path
    return path if plain else None
