"""A conversation as HTML: each question, and below it the answer, its making, or why there is none.

What these functions return is a single line; foreign text in it went through `rag.web.escaping`.
"""

from rag.web.answer_view import answer_html
from rag.web.escaping import escape, lines
from rag.web.prose_view import prose_html
from rag.web.turns import Failed, Stopped, Turn, Turns, Working

Messages = list[dict[str, str]]


class ChatView:
    """Renders a conversation again and again; a turn that stayed the same is rendered once."""

    def __init__(self) -> None:
        self._rendered: dict[str, tuple[Turn, Messages]] = {}

    def messages(self, turns: Turns) -> Messages:
        """Return the chat's messages: question and answer of each turn."""
        rendered = {}
        for turn in turns:
            last, messages = self._rendered.get(turn.identity, (None, []))
            rendered[turn.identity] = (turn, messages if turn is last else _messages(turn))
        self._rendered = rendered
        return [message for _, messages in rendered.values() for message in messages]


def question_html(question: str, *, rewriting: bool = False) -> str:
    """Return what the user asked."""
    asked = lines(question.strip())
    if not rewriting:
        return f'<div class="question">{asked}</div>'
    note = "Rewrite it below; this answer stays until the new one is there."
    return f'<div class="question rewriting">{asked}<p class="facts">{note}</p></div>'


def turn_html(turn: Turn) -> str:
    """Return what stands below a question."""
    if isinstance(turn.attempt, Working):
        return working_html(turn.attempt) + _earlier(turn)
    answer = answer_html(turn.answer, turn.identity, turn.vote) if turn.answer else ""
    match turn.attempt:
        case Stopped(text):
            return _kept("■", "Stopped.") + answer if answer else stopped_html(text)
        case Failed(message, hint):
            return _kept("✕", message, hint) + answer if answer else failure_html(message, hint)
    return answer


def working_html(working: Working) -> str:
    """Return an answer in the making: its text so far, or else what is being done."""
    if working.text:
        body = prose_html(working.text, working.cited)
    elif working.paragraphs is None:
        body = '<p class="stage">Searching the archive …</p>'
    else:
        body = f'<p class="stage">Reading {working.paragraphs} paragraphs …</p>'
    return f'<div class="answer working">{body}</div>'


def stopped_html(text: str) -> str:
    """Return an answer that the user stopped."""
    note = '<span class="sign">■</span> Stopped. What stands here is not checked.'
    return f'<div class="answer stopped">{prose_html(text, {})}<p class="facts">{note}</p></div>'


def failure_html(message: str, hint: str) -> str:
    """Return what went wrong and what to do about it."""
    body = f"<p><strong>{escape(message)}</strong></p><p>{escape(hint)}</p>"
    return f'<div class="answer failure">{body}</div>'


def _messages(turn: Turn) -> Messages:
    question = question_html(turn.question, rewriting=turn.rewriting)
    return [
        {"role": "user", "content": question},
        {"role": "assistant", "content": turn_html(turn)},
    ]


def _earlier(turn: Turn) -> str:
    """Return the answer that stays until the new one is there, if it is to the same question."""
    earlier = turn.replaced
    if earlier is None or earlier.answer is None or earlier.question != turn.question:
        return ""
    note = '<p class="facts">The earlier answer, until the new one is there:</p>'
    return f'<div class="earlier">{note}{answer_html(earlier.answer)}</div>'


def _kept(sign: str, *sentences: str) -> str:
    text = escape(" ".join((*sentences, "The earlier answer stays.")))
    return f'<p class="facts attempt"><span class="sign">{sign}</span> {text}</p>'
