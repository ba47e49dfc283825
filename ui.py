"""The web chat: `python ui.py [--host H] [--port P] …`, or `gradio ui.py`.

Event wiring and launch, no more: everything that the page does is in `rag.web`.
"""

import logging
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import rag  # noqa: F401  # isort: skip  # it turns off what Gradio reads when it is imported
import gradio as gr
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from starlette.types import ASGIApp

from rag.factory import Byline, open_byline
from rag.settings import load_settings
from rag.web import feedback
from rag.web.archive_panel import panel
from rag.web.chat_view import ChatView
from rag.web.conversation import Picture, converse, stop, warm
from rag.web.conversation_store import recall, remember
from rag.web.export import download_html
from rag.web.layout import Layout, scripts, stylesheet
from rag.web.links import NOWHERE
from rag.web.reader import CLOSED, open_link, open_source
from rag.web.server.exposure import Exposure
from rag.web.server.guard.isolation import CLIENT
from rag.web.server.health import Health
from rag.web.server.limits import RateLimit
from rag.web.server.serving import private_uploads, serve
from rag.web.turns import Turns, is_busy, retrying, rewriting
from rag.web.welcome import EXAMPLES, welcome

_LOG = logging.getLogger("rag.ui")
_ANSWERS_AT_ONCE = 4
_LONGEST_QUEUE = 64
_SESSIONS = 200
_QUESTIONS = RateLimit(30)
_UPLOADS = private_uploads()
_KEEP_UPLOADS = (600, 3600)
"""Seconds: how often Gradio looks for forgotten uploads, and how old they may become."""
_NO_DOCS: dict[str, Any] = {"docs_url": None, "redoc_url": None, "openapi_url": None}
_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_AT_ONCE: dict[str, Any] = {**_QUIET, "queue": False}

Outputs = tuple[Any, ...]


def _byline() -> Byline:
    return open_byline(load_settings(), _LOG.warning)


def ask(question: str, turns: Turns, session: str, request: gr.Request) -> Iterator[Outputs]:
    """Render the answer to a question as it comes, and keep it for after a reload."""
    opened = _QUESTIONS.limited(_byline, request.headers.get(CLIENT, ""))
    view = ChatView()
    for number, picture in enumerate(converse(opened, question, turns)):
        if number == 0 or not is_busy(picture.turns):
            remember(_byline, session, picture.turns)
        yield _rendered(picture, view, busy=True)


def retry(turns: Turns, session: str, request: gr.Request) -> Iterator[Outputs]:
    """Ask the last question again, in its own place."""
    if turns:
        yield from ask(turns[-1].question, retrying(turns), session, request)


def edit(turns: Turns) -> Outputs:
    """Let what is asked next take the last question's place; the page's script fills the box."""
    return _rendered(Picture(rewriting(turns)))


def undo(turns: Turns, session: str) -> Outputs:
    """Take the last question and its answer back."""
    return _set(turns[:-1], session)


def restart(session: str) -> Outputs:
    """Begin a new conversation."""
    return _set((), session)


def resume(session: str) -> Any:
    """Show the conversation that this browser tab had before a reload."""
    turns = recall(_byline, session)
    # Where there was none, a first question may have been quicker: it stays.
    return _rendered(Picture(turns)) if turns else gr.skip()


def vote(wanted: str, turns: Turns, session: str) -> Outputs:
    """Take a vote on an answer, and ask for the reason."""
    turns, voted_turn = feedback.vote(_byline, _anchor(wanted), turns)
    remember(_byline, session, turns)
    return (*_rendered(Picture(turns)), voted_turn, gr.Column(visible=bool(voted_turn)), "")


def explain(reason: str, voted_turn: str, turns: Turns) -> Outputs:
    """Write down the reason for a vote."""
    if reason.strip():
        feedback.explain(_byline, turns, voted_turn, reason)
    return gr.Column(visible=False), ""


def export_as(kind: str) -> Callable[..., str]:
    """Return what gives the page's script a conversation to save in one format."""

    def export(turns: Turns, request: gr.Request) -> str:
        return download_html(turns, kind, request.headers.get("origin", ""))

    return export  # no partial: Gradio passes the request by a function's annotations


def follow(wanted: str) -> str:
    """Open an article; `wanted` is a link's anchor and a number that makes the text new."""
    return open_link(_byline, _anchor(wanted))


def greet() -> Outputs:
    """Show what is in the archive now."""
    shown = welcome(_byline)
    questions = (*shown.questions, *[""] * EXAMPLES)[:EXAMPLES]
    buttons = [gr.Button(question, visible=bool(question)) for question in questions]
    # A permalink may have opened an article already.
    reader = gr.skip() if shown.reader == CLOSED else shown.reader
    return (shown.masthead, reader, *buttons)


def browse(publisher: str, since: str, until: str, text: str, wanted: str = "") -> Outputs:
    """List the articles that pass the filter, from the page that a link asked for."""
    found = panel.listing(_byline, publisher, since, until, text, _anchor(wanted))
    return found.html, gr.Dropdown(choices=[("All", ""), *found.publishers])


def add_files(files: Sequence[str] | None) -> Iterator[Outputs]:
    """Add dropped files to the archive."""
    if files:
        for state in panel.add_files(_byline, [Path(file) for file in files]):
            yield state.html, None


def confirm_removal(wanted: str) -> Outputs:
    """Ask before an article is removed."""
    html, article_id = panel.confirm_removal(_byline, _anchor(wanted))
    return gr.Column(visible=bool(html)), html, article_id


def remove_article(article_id: str) -> Outputs:
    """Remove an article from the archive."""
    return gr.Column(visible=False), panel.remove_article(_byline, article_id)


def _anchor(wanted: str) -> str:
    return wanted.partition(" ")[0]


def _set(turns: Turns, session: str) -> Outputs:
    remember(_byline, session, turns)
    return _rendered(Picture(turns, None if turns else NOWHERE, box=""))


def _rendered(picture: Picture, view: ChatView | None = None, *, busy: bool = False) -> Outputs:
    """Return the outputs of every event of a conversation, in the order of `_Page.rendered`."""
    return (
        (view or ChatView()).messages(picture.turns),
        picture.turns,
        gr.skip() if picture.source is None else open_source(_byline, picture.source),
        gr.skip() if picture.box is None else picture.box,
        *settle(picture.turns, busy=busy),
    )


def settle(turns: Turns, *, busy: bool = False) -> Outputs:
    """Set the buttons; free them after the answer, when Gradio is done with its event, too."""
    busy = busy or is_busy(turns)
    idle = bool(turns) and not busy
    return (
        gr.Button(interactive=not busy),
        gr.Button(interactive=busy),
        gr.Button(interactive=idle),
        gr.Column(visible=not turns),
        gr.Row(visible=idle),
        gr.Button("Cancel edit" if idle and turns[-1].rewriting else "Edit"),
    )


class _Blocks(gr.Blocks):
    """Gradio's page; its errors are one line of the log, since its own report repeats what came."""

    async def process_api(self, *given: Any, **named: Any) -> dict[str, Any]:
        """Handle an event."""
        try:
            return await super().process_api(*given, **named)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            _LOG.error("%s at %s:%s.", type(error).__name__, place.filename, place.lineno)
            _LOG.debug("An event failed.", exc_info=True)
            raise gr.Error("Something went wrong here.", print_exception=False) from error


def _build() -> Any:
    with _Blocks(
        title="Byline", analytics_enabled=False, fill_width=True, delete_cache=_KEEP_UPLOADS
    ) as demo:
        _Page(demo)
    return demo.queue(max_size=_LONGEST_QUEUE, default_concurrency_limit=_ANSWERS_AT_ONCE)


class _Page(Layout):
    """The layout, and what its components do."""

    def __init__(self, demo: Any) -> None:
        super().__init__()
        self.controls = [self.send, self.halt, self.fresh, self.starters, self.tools, self.change]
        self.rendered = [self.chat, self.turns, self.reader, self.box, *self.controls]
        self.welcomed = [self.masthead, self.reader, *self.examples]
        self._wire_conversation(demo)
        self._wire_archive()

    def _wire_conversation(self, demo: Any) -> None:
        rendered, turns, session = self.rendered, self.turns, self.session
        asking = {"concurrency_id": "answers", "concurrency_limit": _ANSWERS_AT_ONCE, **_QUIET}
        submitted = [self.box.submit, self.send.click]
        asked = [
            gr.on(submitted, ask, [self.box, turns, session], rendered, **asking),
            *(
                button.click(ask, [button, turns, session], rendered, **asking)
                for button in self.examples
            ),
            self.again.click(retry, [turns, session], rendered, **asking),
        ]
        for event in asked:
            for ended in (event.then, event.failure):
                ended(settle, turns, self.controls, **_AT_ONCE)
        # Not by `cancels=`: that waits for the thread, and then its last words come after all.
        self.halt.click(stop, turns, None, **_AT_ONCE)
        self.change.click(edit, turns, rendered, **_AT_ONCE)
        self.back.click(undo, [turns, session], rendered, **_AT_ONCE)
        self.fresh.click(restart, session, rendered, **_AT_ONCE)
        session.change(resume, session, rendered, **_AT_ONCE)
        explained = [self.reasons, self.reason]
        voted = [*rendered, self.voted_turn, *explained]
        self.vote.change(vote, [self.vote, turns, session], voted, **_AT_ONCE)
        for sent in (self.reason.submit, self.send_reason.click):
            sent(explain, [self.reason, self.voted_turn, turns], explained, **_AT_ONCE)
        for kind, button in self.exports.items():
            button.click(export_as(kind), turns, self.download, **_AT_ONCE)
        self.opened.change(follow, self.opened, self.reader, **_AT_ONCE)
        demo.load(greet, None, self.welcomed, **_AT_ONCE)

    def _wire_archive(self) -> None:
        filters: list[Any] = [self.publisher, self.since, self.until, self.text]
        listed = [self.articles, self.publisher]
        asked = [self.to_archive.click, *(field.change for field in filters)]
        gr.on(asked, browse, filters, listed, trigger_mode="always_last", **_AT_ONCE)
        self.older.change(browse, [*filters, self.older], listed, **_AT_ONCE)
        added = self.drop.upload(
            add_files, self.drop, [self.outcome, self.drop], concurrency_limit=1, **_QUIET
        )
        confirmed = [self.confirmation, self.removal_question, self.article_to_remove]
        self.removal.change(confirm_removal, self.removal, confirmed, **_AT_ONCE)
        self.keep.click(lambda: gr.Column(visible=False), None, self.confirmation, **_AT_ONCE)
        gone = [self.confirmation, self.outcome]
        removed = self.remove.click(
            remove_article, self.article_to_remove, gone, concurrency_limit=1, **_QUIET
        )
        for changed in (added, removed):
            relisted = changed.then(browse, filters, listed, **_QUIET)
            relisted.then(greet, None, self.welcomed, **_QUIET)


demo = _build()


def application(reached: Exposure) -> ASGIApp:
    """Return the whole web application: the page behind its middleware."""
    web = FastAPI(**_NO_DOCS)
    health = Health(_byline)

    @web.get("/healthz")
    def healthz() -> JSONResponse:
        fault = health.fault()
        return JSONResponse({"status": fault or "ok"}, 503 if fault else 200)

    demo.api_open = False  # a question that goes past the queue goes past its limits
    demo.has_launched = True  # else Gradio takes any file of this machine for an uploaded one
    demo.state_session_capacity = _SESSIONS
    # Whatever GRADIO_… variables could change is passed.
    gr.mount_gradio_app(
        web,
        demo,
        path="/",
        app_kwargs=_NO_DOCS,
        footer_links=[],
        run_history=False,
        show_error=False,
        root_path="",
        allowed_paths=[],
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
        pwa=False,
        theme=gr.themes.Base(font=["system-ui"], font_mono=["ui-monospace"]),
        css=stylesheet(),
        head=scripts(),
    )
    return reached.guarded(web)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the page until Ctrl-C; return the exit code."""
    return serve(arguments, application, warm=lambda: warm(_byline), uploads=_UPLOADS)


if __name__ == "__main__":
    sys.exit(main())
