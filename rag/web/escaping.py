"""Foreign text as HTML: whatever a model or an article wrote becomes text, and nothing else.

In what `escape` returns, each character that HTML, Markdown or a link detector could take for its
own is a numeric entity, and all is on one line. So the same string is safe in a Markdown component
and in a page, and stays text even if a sanitiser were off.
"""

import re
from collections.abc import Iterable

from rag.text.unseen import one_line

_ACTIVE = re.compile(r"[^\w \u0080-\U0010ffff]|_", re.ASCII)
"""Any ASCII character that is neither a letter, a digit nor a space."""


def escape(text: str) -> str:
    """Return HTML that shows a text and can be nothing but text."""
    return _ACTIVE.sub(lambda found: f"&#{ord(found[0])};", one_line(text))


def lines(text: str) -> str:
    """Return HTML that shows a text with its line breaks."""
    return "<br>".join(escape(line) for line in re.split(r"\r\n|[\n\r\u2028\u2029]", text))


def dot(*facts: str | None) -> str:
    """Return those facts that are known, set apart by middle dots, as HTML."""
    return " · ".join(escape(fact) for fact in facts if fact)


def listed(tag: str, kind: str, items: Iterable[str]) -> str:
    """Return items that are HTML already as a list, `ol` or `ul`; nothing where there are none."""
    rows = "".join(f"<li>{item}</li>" for item in items)
    return f'<{tag} class="{kind}">{rows}</{tag}>' if rows else ""
