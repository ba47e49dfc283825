"""From where the page may be reached, and by whom: decided from the settings before it listens."""

import ipaddress
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp

from rag.errors import SettingsError, conceal
from rag.settings import Settings
from rag.web.server.access import Login
from rag.web.server.access.keys import Keys, read_keys
from rag.web.server.guard import Policy
from rag.web.server.guard.headers import SecurityHeaders
from rag.web.server.guard.isolation import SessionIsolation
from rag.web.server.guard.requests import RequestFilter
from rag.web.server.socket import is_loopback

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
TOKEN = "token"  # noqa: S105  # the value of --auth, not a secret


class ExposureError(SettingsError):
    """The page would be open to others, and nobody said that it should be."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """How the page is reached.

    Args:
        policy: Under which names.
        keys: Who may come in; null where everybody may who can reach it.
        token: To be told once, where there is one.
    """

    policy: Policy
    keys: Keys | None = None
    token: str = ""

    def guarded(self, app: ASGIApp) -> ASGIApp:
        """Return the application behind its middleware; see `rag.web.server.guard`."""
        policy, keys = self.policy, self.keys
        app = SessionIsolation(app, policy)
        if keys is not None:
            app = Login(app, keys, https=policy.https)
        app = RequestFilter(app, policy, login=keys is not None)
        app = TrustedHostMiddleware(app, [*_LOOPBACK, *policy.hosts], www_redirect=False)
        return SecurityHeaders(app, policy)


def exposure(settings: Settings, uploads: Path | None = None) -> Exposure:
    """Decide how the page is reached.

    Raises:
        ExposureError: Others could reach it, and there is no log-in, or no name to ask for.
        SettingsError: The auth file, or a name, can't be used.
    """
    names = tuple(_checked(name) for name in settings.hosts.replace(",", " ").split())
    _refuse_exposure(settings, names)
    token = secrets.token_urlsafe(32) if settings.auth == TOKEN else ""
    conceal([token] if token else [])
    keys = Keys({}, token) if token else read_keys(Path(settings.auth)) if settings.auth else None
    policy = Policy(
        hosts=(*names, *_name_of(settings.host)),
        https=settings.https,
        framed_by=_origin(settings.framed_by),
        uploads=uploads,
    )
    return Exposure(policy, keys, token)


def _refuse_exposure(settings: Settings, names: tuple[str, ...]) -> None:
    if is_loopback(settings.host):
        return
    if not settings.auth and not settings.open:
        raise ExposureError(
            f"{settings.host!r} can be reached by others, and there is no log-in.",
            "Add --auth FILE (rag password NAME makes its lines) or --auth token; "
            "--open or RAG_OPEN=1 lets everybody in.",
        )
    if not names and not _name_of(settings.host):
        raise ExposureError(
            f"At {settings.host!r} the page would be asked for by names that it doesn't know.",
            "Name them with --hosts or RAG_HOSTS, as in --hosts news.example,192.0.2.7.",
        )


def _name_of(host: str) -> tuple[str, ...]:
    """Return an address as browsers write it; nothing for one that means every address."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return (host,) if host else ()
    if address.is_unspecified:
        return ()
    return (f"[{address}]" if address.version == 6 else str(address),)


def _checked(name: str) -> str:
    parts = urlsplit(f"//{name}")
    try:
        plain = parts.netloc == name and parts.port is None and "@" not in name
    except ValueError:
        plain = False
    if not plain or "*" in name:
        raise SettingsError(
            f"RAG_HOSTS: {name!r} is no name of a host.",
            "Give names without scheme and port, as in news.example,192.0.2.7.",
        )
    return name


def _origin(framed_by: str) -> str:
    parts = urlsplit(framed_by)
    plain = f"https://{parts.netloc}" == framed_by and not set(framed_by) & set(" ;,*'\"")
    if framed_by and not plain:
        raise SettingsError(
            f"RAG_FRAMED_BY: {framed_by!r} is no origin.",
            "Give one site with its scheme and no path, as in https://intranet.example.",
        )
    return framed_by
