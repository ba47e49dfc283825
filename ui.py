"""The web chat: `python ui.py [--host H] [--port P]`, or `gradio ui.py`.

Layout, event wiring and launch, no more: a conversation is `rag.conversation`, its HTML is
`rag.presentation` and `rag.reader`, and `rag.guard` decides who may ask.
"""

import argparse
import logging
import socket
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import gradio as gr
import uvicorn
from fastapi import FastAPI

from rag.conversation import (
    Picture,
    Turns,
    converse,
    open_reference,
    stop,
    warm,
    welcome,
)
from rag.errors import BylineError
from rag.factory import Byline, open_byline
from rag.guard import Guard
from rag.listening import is_loopback, listen
from rag.presentation import INVITATION, head, masthead_html, question_html, stylesheet
from rag.reader import CLOSED
from rag.settings import load_settings

_LOG = logging.getLogger("rag.ui")
_EXAMPLES = 4
_ANSWERS_AT_ONCE = 8
_LONGEST_QUEUE = 64


def _byline() -> Byline:
    return open_byline(load_settings(), _LOG.warning)


def ask(question: str, turns: Turns) -> Iterator[tuple[Any, ...]]:
    """Paint the answer to a question as it comes."""
    for picture in converse(_byline, question, turns):
        yield _painted(picture)


def restart() -> tuple[Any, ...]:
    """Begin a new conversation."""
    return _painted(Picture((), reader=CLOSED, box=""))


def open_link(wanted: str) -> str:
    """Open an article; `wanted` is a link's anchor and a number that makes the text new."""
    return open_reference(_byline, wanted.partition(" ")[0])


def greet() -> tuple[Any, ...]:
    """Show what is in the archive now."""
    shown = welcome(_byline)
    questions = (*shown.questions, *[""] * _EXAMPLES)[:_EXAMPLES]
    buttons = [gr.Button(question, visible=bool(question)) for question in questions]
    return (shown.masthead, shown.reader, *buttons)


def _painted(picture: Picture) -> tuple[Any, ...]:
    """Return the outputs of every event of a conversation, in the order of `_layout`."""
    messages = []
    for turn in picture.turns:
        messages.append({"role": "user", "content": question_html(turn.question)})
        messages.append({"role": "assistant", "content": turn.html})
    return (
        messages,
        picture.turns,
        gr.skip() if picture.reader is None else picture.reader,
        gr.skip() if picture.box is None else picture.box,
        gr.Button(interactive=not picture.busy),
        gr.Button(interactive=picture.busy),
        gr.Button(interactive=bool(picture.turns) and not picture.busy),
        gr.Column(visible=not picture.turns),
    )


def _text(value: str, name: str) -> gr.Markdown:
    """Return a place for HTML of ours: `gr.HTML` would need a CSP that allows eval."""
    return gr.Markdown(value, elem_id=name, latex_delimiters=[], sanitize_html=True)


def _build() -> Any:
    demo = gr.Blocks(title="Byline", analytics_enabled=False, fill_width=True)
    with demo:
        _layout(demo)
    return demo.queue(max_size=_LONGEST_QUEUE, default_concurrency_limit=_ANSWERS_AT_ONCE)


def _layout(demo: Any) -> None:
    masthead = _text(masthead_html(), "masthead")
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="conversation", scale=5, min_width=320):
            chat = gr.Chatbot(
                label="Conversation",
                show_label=False,
                elem_id="chat",
                height=None,
                layout="panel",
                buttons=[],
                latex_delimiters=[],
                allow_tags=False,
                feedback_options=None,
            )
            with gr.Column(elem_id="examples") as starters:
                _text(INVITATION, "invitation")
                examples = [
                    gr.Button("", visible=False, size="sm", elem_classes="example")
                    for _ in range(_EXAMPLES)
                ]
            box = gr.Textbox(
                label="Your question",
                placeholder="Ask the archive",
                elem_id="question",
                max_lines=6,
                autofocus=True,
            )
            with gr.Row(elem_id="actions"):
                fresh = gr.Button("New chat", elem_id="fresh", interactive=False)
                halt = gr.Button("Stop", elem_id="stop", interactive=False)
                send = gr.Button("Ask", elem_id="ask", variant="primary")
        reader = _text(CLOSED, "reader")
    opened = gr.Textbox(elem_id="opened", visible="hidden", label="Opened citation")
    turns = gr.State(())

    painted = [chat, turns, reader, box, send, halt, fresh, starters]
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    asking: dict[str, Any] = {
        "concurrency_id": "answers",
        "concurrency_limit": _ANSWERS_AT_ONCE,
        **quiet,
    }
    gr.on([box.submit, send.click], ask, [box, turns], painted, **asking)
    for button in examples:
        button.click(ask, [button, turns], painted, **asking)
    # Not by `cancels=`: that waits for the thread, and then its last words come after all.
    halt.click(stop, turns, None, queue=False, **quiet)
    fresh.click(restart, None, painted, queue=False, **quiet)
    opened.change(open_link, opened, reader, queue=False, **quiet)
    demo.load(greet, None, [masthead, reader, *examples], queue=False, **quiet)


demo = _build()


def application() -> Guard:
    """Return the whole web application: the page behind its guard."""
    web = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @web.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    # Whatever GRADIO_… variables could change is passed.
    gr.mount_gradio_app(
        web,
        demo,
        path="/",
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
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
        head=head(),
    )
    return Guard(web)


class _Server(uvicorn.Server):
    """Says where the page is once it is there."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listening in sockets or ():
            host, port = listening.getsockname()[:2]
            name = f"[{host}]" if ":" in host else host
            print(f"Byline is at http://{name}:{port}", flush=True)  # noqa: T201  # the result


def _tell(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201  # a command speaks


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the page until Ctrl-C; return the exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    parser = argparse.ArgumentParser(prog="ui.py", description="Serve the Byline web chat.")
    parser.add_argument("--host", help="where to listen; default: RAG_HOST, 127.0.0.1")
    parser.add_argument("--port", type=int, help="first port to try; default: RAG_PORT, 7860")
    given = {name: value for name, value in vars(parser.parse_args(arguments)).items() if value}
    try:
        settings = load_settings(**given)
        if not is_loopback(settings.host):
            _tell(f"{settings.host!r} can be reached by others, and this page has no log-in yet.")
            _tell("Leave --host and RAG_HOST at 127.0.0.1; from elsewhere, come through ssh -L.")
            return 2
        listening = listen(settings.host, settings.port, _tell)
    except BylineError as error:
        _tell(str(error))
        return 1
    warming = threading.Thread(target=warm, args=[_byline], daemon=True)
    warming.start()
    config = uvicorn.Config(
        application(),
        log_level="critical",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
    with suppress(KeyboardInterrupt):
        _Server(config).run(sockets=[listening])
    with suppress(KeyboardInterrupt):
        warming.join(5)  # native code that is cut short while it loads aborts the process
    return 0


if __name__ == "__main__":
    sys.exit(main())
