"""The page's components, their names, style and scripts; the only file here that knows Gradio.

The wiring of these components to what they do is `ui.py`'s.
"""

from pathlib import Path

import gradio as gr

from rag.web.export import FORMATS
from rag.web.reader import CLOSED
from rag.web.welcome import EXAMPLES, masthead_html

_INVITATION = (
    '<div class="invitation"><p>Ask the archive a question. '
    "What it answers, it backs with the paragraph; what it doesn’t hold, it says so.</p></div>"
)
_STATIC = Path(__file__).parent / "static"


class Layout:
    """The components, laid out inside the `gr.Blocks` that is open."""

    def __init__(self) -> None:
        with gr.Row(elem_id="top"):
            self.masthead = _text(masthead_html(), "masthead")
            with gr.Row(elem_id="sides"):
                gr.Button("Chat", elem_id="chat-side", size="sm")
                self.to_archive = gr.Button("Archive", elem_id="archive-side", size="sm")
        with gr.Row(elem_id="panels"):
            with gr.Column(elem_id="conversation", scale=5, min_width=320):
                self._lay_conversation()
            with gr.Column(elem_id="archive", scale=5, min_width=320):
                self._lay_archive()
            self.reader = _text(CLOSED, "reader")
        self.opened = _hidden("opened", "Opened citation")
        self.vote = _hidden("vote", "Vote on an answer")
        self.removal = _hidden("removal", "Article to remove")
        self.older = _hidden("older", "Page of the archive's list")
        self.session = _hidden("session", "Conversation")
        self.turns = gr.State(())
        self.voted_turn, self.article_to_remove = gr.State(""), gr.State("")

    def _lay_conversation(self) -> None:
        self.chat = gr.Chatbot(
            label="Conversation",
            show_label=False,
            elem_id="chat",
            height=None,
            layout="panel",
            buttons=[],
            latex_delimiters=[],
            allow_tags=False,
            feedback_options=None,
            autoscroll=False,
        )
        with gr.Column(elem_id="examples") as self.starters:
            _text(_INVITATION, "invitation")
            self.examples = [
                gr.Button("", visible=False, size="sm", elem_classes="example")
                for _ in range(EXAMPLES)
            ]
        with gr.Column(visible=False, elem_id="reasons") as self.reasons:
            self.reason = gr.Textbox(label="Why? (optional)", elem_id="reason", max_lines=3)
            self.send_reason = gr.Button("Send", elem_id="send-reason", size="sm")
        with gr.Row(visible=False, elem_id="tools") as self.tools:
            self.again, self.change, self.back = _buttons("Retry", "Edit", "Undo")
            self.exports = dict(zip(FORMATS, _buttons(*FORMATS), strict=True))
        self.download = _text("", "download")
        self.box = gr.Textbox(
            label="Your question",
            placeholder="Ask the archive",
            elem_id="question",
            max_lines=6,
            autofocus=True,
        )
        with gr.Row(elem_id="actions"):
            self.fresh = gr.Button("New chat", elem_id="fresh", interactive=False)
            self.halt = gr.Button("Stop", elem_id="stop", interactive=False)
            self.send = gr.Button("Ask", elem_id="ask", variant="primary")

    def _lay_archive(self) -> None:
        with gr.Row(elem_id="filter"):
            self.text = gr.Textbox(label="Title, author or file", elem_id="words")
            self.publisher = gr.Dropdown(
                [("All", "")], value="", label="Publisher", elem_id="publisher"
            )
            self.since = gr.Textbox(
                label="From", placeholder="2024-11-08", elem_id="since", max_length=10
            )
            self.until = gr.Textbox(
                label="To", placeholder="2024-11-30", elem_id="until", max_length=10
            )
        with gr.Column(visible=False, elem_id="confirm-removal") as self.confirmation:
            self.removal_question = _text("", "removal-question")
            with gr.Row():
                self.keep, self.remove = _buttons("Keep", "Remove")
        self.outcome = _text("", "outcome")
        self.articles = _text("", "articles")
        self.drop = gr.File(label="Add articles", file_count="multiple", height=140, elem_id="drop")


def _text(value: str, name: str) -> gr.Markdown:
    """Return a place for HTML of ours: `gr.HTML` would need a CSP that allows eval."""
    return gr.Markdown(value, elem_id=name, latex_delimiters=[], sanitize_html=True)


def _hidden(name: str, label: str) -> gr.Textbox:
    """Return a place where the page's script puts what was clicked."""
    return gr.Textbox(elem_id=name, visible="hidden", label=label)


def _buttons(*labels: str) -> list[gr.Button]:
    return [gr.Button(label, elem_id=label.lower(), size="sm") for label in labels]


def stylesheet() -> str:
    """Return the page's own CSS."""
    names = ("page.css", "chat.css", "reader.css", "archive.css", "layout.css")
    return "\n".join(map(_read, names))


def scripts() -> str:
    """Return the page's own scripts, for its head."""
    names = ("asking.js", "chat.js", "session.js")
    return "".join(f"<script>{_read(name)}</script>" for name in names)


def _read(name: str) -> str:
    return (_STATIC / name).read_text("utf-8")
