"""Each state of a turn as HTML, and a long conversation that isn't rendered again and again."""

from dataclasses import replace
from unittest.mock import patch

import pytest

from rag.schema import ArticleHeader, Paragraph, Span, Status
from rag.web import chat_view
from rag.web.answer_view import answer_html
from rag.web.chat_view import (
    ChatView,
    failure_html,
    question_html,
    stopped_html,
    turn_html,
    working_html,
)
from rag.web.links import Reference
from rag.web.reader import reader_html
from rag.web.turns import Failed, Stopped, Turn, Working, begun, retrying, rewriting, unanswered
from tests.support.pages import ANSWER, HOSTILE, Tags, hostile_answer, turns_of


@pytest.mark.parametrize(
    "markup",
    [
        answer_html(hostile_answer()),
        answer_html(replace(hostile_answer(), status=Status.ABSTAINED)),
        working_html(Working(3, HOSTILE + " [1]")),
        stopped_html(HOSTILE),
        question_html(HOSTILE),
        failure_html(HOSTILE, HOSTILE),
        turn_html(Turn(HOSTILE, hostile_answer(), Failed(HOSTILE, HOSTILE))),
        reader_html(
            ArticleHeader("aa", HOSTILE, title=HOSTILE, author=HOSTILE, url=HOSTILE),
            (Paragraph("aaaa", 1, 0, len(HOSTILE), HOSTILE),),
            Reference("aaaa", 1, Span(3, 40)),
        ),
    ],
)
def test_hostile_text_becomes_text_on_every_path(markup: str) -> None:
    tags = Tags(markup)
    ours = {"div", "p", "a", "span", "h2", "h4", "ol", "ul", "li", "cite", "q", "strong"}
    more = {"details", "summary", "table", "thead", "tbody", "tr", "th", "td"}
    assert {tag for tag, _ in tags.seen} <= ours | more | {"article", "header", "mark", "br"}
    names = {name for _, attributes in tags.seen for name in attributes}
    assert names <= {"class", "href", "title", "id", "tabindex", "role", "open"}
    starts = ("#cite-", "#chat", "#vote-", "/?p=")
    assert all(link and link.startswith(starts) for link in tags.links())
    assert "<script>alert(2)</script>" in tags.text
    assert "\n" not in markup
    for active in ("://", "**", "](", "`", "${", "{{", "$$", "www."):
        assert active not in markup


def test_a_marker_without_citation_is_no_link() -> None:
    assert Tags(working_html(Working(1, "It rained [1]."))).links() == []
    assert "[1]" not in working_html(Working(1, "It rained [1]."))


def test_each_state_of_a_turn_is_shown_as_what_it_is() -> None:
    assert "Searching" in turn_html(Turn("q", attempt=Working()))
    assert "Reading 6 paragraphs" in turn_html(Turn("q", attempt=Working(6)))
    assert "It rai" in turn_html(Turn("q", attempt=Working(6, "It rai")))
    assert "not checked" in turn_html(Turn("q", attempt=Stopped("It rai")))
    assert Tags(turn_html(Turn("q", attempt=Failed("Down.", "Wait.")))).text == "Down.Wait."
    assert turn_html(Turn("q", ANSWER, vote="up", identity="0" * 16)) == answer_html(
        ANSWER, "0" * 16, "up"
    )


def test_while_a_question_is_asked_again_its_earlier_answer_stays_in_sight() -> None:
    (turn,) = begun(retrying(turns_of(ANSWER)), ANSWER.question)
    markup = turn_html(turn)
    assert "Searching" in markup
    assert answer_html(ANSWER) in markup
    (edited,) = begun(rewriting(turns_of(ANSWER)), "Another question?")
    assert "There was one call" not in turn_html(edited)  # it answers something else


@pytest.mark.parametrize(
    ("attempt", "told"), [(Stopped("It"), "Stopped."), (Failed("Down.", "Wait."), "Down. Wait.")]
)
def test_an_answer_that_stayed_says_why(attempt: Stopped | Failed, told: str) -> None:
    (turn,) = begun(retrying(turns_of(ANSWER)), ANSWER.question)
    markup = turn_html(unanswered(turn, attempt))
    assert f"{told} The earlier answer stays." in Tags(markup).text
    assert Tags(markup).text.count("There was one call") == Tags(answer_html(ANSWER)).text.count(
        "There was one call"
    )


def test_a_turn_that_stayed_the_same_is_rendered_once() -> None:
    turns = turns_of(ANSWER, replace(ANSWER, question="Why?"))
    view = ChatView()
    with patch.object(chat_view, "answer_html", wraps=answer_html) as rendered:
        for text in ("", "It", "It rained"):
            messages = view.messages((*turns, Turn("q", attempt=Working(1, text))))
    assert rendered.call_count == len(turns)
    assert [message["role"] for message in messages] == ["user", "assistant"] * 3
    assert "It rained" in messages[-1]["content"]
    assert view.messages(turns[:1]) == ChatView().messages(turns[:1])


def test_a_question_that_is_rewritten_says_so() -> None:
    assert 'class="question rewriting"' in question_html("q", rewriting=True)
    assert Tags(question_html("one\ntwo")).text == "onetwo"
