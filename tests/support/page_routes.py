"""Print the page's routes, one `METHODS PATH` a line: `python -m tests.support.page_routes`."""

from collections.abc import Iterable, Iterator
from typing import Any

import ui
from rag.web.server.exposure import Exposure
from rag.web.server.guard import Policy


def walk(routes: Iterable[Any], prefix: str = "") -> Iterator[str]:
    """Yield the routes of an application, those of what is mounted in it, and of its routers."""
    for route in routes:
        router = getattr(route, "original_router", None)
        if router is not None:
            yield from walk(router.routes, prefix + getattr(route, "prefix", ""))
            continue
        path = prefix + getattr(route, "path", "")
        inner = getattr(route, "routes", None)
        if inner:
            yield from walk(inner, path)
        else:
            yield f"{','.join(sorted(getattr(route, 'methods', None) or ['ANY']))} {path}"


def main() -> None:
    """Print the routes in the order of the alphabet."""
    page: Any = ui.application(Exposure(Policy()))
    while not hasattr(page, "routes"):  # past the middleware
        page = page.app
    print("\n".join(sorted(set(walk(page.routes)), key=lambda line: line.split()[::-1])))


if __name__ == "__main__":
    main()
