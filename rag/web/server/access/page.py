"""The log-in page: one form, no script, nothing loaded."""

from html import escape

_STYLE = """
:root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; }
form { width: min(20rem, 88vw); display: grid; gap: .9rem; }
h1 { margin: 0; font: 700 1.6rem/1.2 Georgia, "Times New Roman", serif; }
p { margin: 0; }
label { display: grid; gap: .25rem; }
input, button { font: inherit; padding: .55rem .7rem; border: 1px solid GrayText;
  border-radius: .3rem; }
input:focus-visible, button:focus-visible { outline: 3px solid Highlight; outline-offset: 1px; }
button { background: CanvasText; color: Canvas; cursor: pointer; }
[role=alert] { border-left: .25rem solid #b3261e; padding-left: .7rem; }
"""
_NAME = """<label>Name <input name="name" autocomplete="username" autocapitalize="none"
 spellcheck="false" required autofocus></label>"""


def login_page(*, named: bool, complaint: str = "") -> str:
    """Return the page; `named` asks for a name beside the password."""
    alert = f'<p role="alert">{escape(complaint)}</p>' if complaint else ""
    secret = "Password" if named else "Token"
    focus = "" if named else " autofocus"
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Byline: log in</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>{_STYLE}</style></head><body><main><form method="post" action="/login">
<h1>Byline</h1>{alert}{_NAME if named else ""}
<label>{secret} <input name="password" type="password" autocomplete="current-password"
 required{focus}></label>
<button>Log in</button></form></main></body></html>
"""


def again_page() -> str:
    """Return a page that asks for itself once more: then it is our own page that does.

    A browser that follows a link from another site leaves a strict cookie at home.
    """
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Byline</title>'
        '<meta http-equiv="refresh" content="0"></head><body></body></html>'
    )
