"""The middleware between the server and Gradio; `Exposure.guarded` puts it together.

Outermost first: `headers` (what a browser may do with a reply), Starlette's
`TrustedHostMiddleware`, `requests` (what may be asked, and by whose page), the log-in of
`rag.web.server.access` where there is one, and `isolation` (whose session is whose). Gradio alone
answers any Host, takes posts from any site, fetches public addresses on request, lets whoever knows
a session's name have its answers, and sends no security headers. Only its paths and its messages
are known here, none of its code.
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Policy:
    """From where the page can be reached.

    Args:
        hosts: Names, besides those of loopback, under which it may be asked for.
        https: Whether browsers reach it by TLS, which ends before us.
        framed_by: The origin of a site that may show it in a frame.
        uploads: Where uploaded files lie; null closes the upload.
    """

    hosts: tuple[str, ...] = ()
    https: bool = False
    framed_by: str = ""
    uploads: Path | None = None
