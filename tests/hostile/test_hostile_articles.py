"""Every hostile article against both engines: quoted as data, never obeyed."""

from collections.abc import Iterator

import pytest

from rag.answering.request import Request
from rag.interfaces.terminal import format_answer, format_hits
from rag.schema import Verdict
from rag.web.chat_view import turn_html
from rag.web.conversation import converse
from rag.web.reader import open_source
from tests.hostile.article import Hostile
from tests.hostile.articles import ARTICLES
from tests.hostile.conftest import KEY, Arena
from tests.hostile.containment import hidden, invented, letters, page_faults, unquoted
from tests.hostile.markup import MARKUP
from tests.support.invariants_support import check, open_gate

ENGINES = pytest.mark.parametrize("engine", ["extractive", "llm"])
EVERY = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.attack)
LYING = pytest.mark.parametrize(
    "article",
    [one for one in ARTICLES if one.lie and not one.unseen],
    ids=lambda article: article.attack,
)


@pytest.fixture(autouse=True)
def _open_gate() -> Iterator[None]:
    """Answer every question: an abstention would be too easy a containment."""
    with open_gate():
        yield


def test_there_are_enough_and_each_is_an_attack_of_its_own() -> None:
    assert len(ARTICLES) >= 40
    assert len({article.attack for article in ARTICLES}) == len(ARTICLES)


@EVERY
@ENGINES
def test_the_answer_is_true_to_the_bytes_and_cites_what_was_found(
    arena: Arena, article: Hostile, engine: str
) -> None:
    answer = arena.answer(article.question, engine)
    assert answer.status == "answered"
    # A flood of brackets is turned away, and the embedded engine answers instead.
    assert answer.engine == engine or answer.fallback
    check(answer, arena.known)
    assert invented(answer) == []
    hostile = arena.paragraphs_of(article.file)
    assert {one.paragraph_id for one in answer.evidence} & set(hostile), "it was not found"
    if answer.engine == "extractive":
        assert unquoted(answer) == []


@EVERY
@ENGINES
def test_a_terminal_prints_text_and_obeys_nothing(
    arena: Arena, article: Hostile, engine: str
) -> None:
    answer = arena.answer(article.question, engine)
    assert list(hidden(format_answer(answer), allowed="\n\t")) == []


@pytest.mark.parametrize(
    ("article", "engine"),
    [
        # Each word of a stream is looked at: every fourth article here, the rest in long runs.
        pytest.param(
            *(article, engine),
            id=f"{engine}-{article.attack}",
            marks=[pytest.mark.long] if number % 4 else [],
        )
        for engine in ("extractive", "llm")
        for number, article in enumerate(ARTICLES)
    ],
)
def test_the_page_shows_text_and_loads_nothing(
    arena: Arena, article: Hostile, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.web.conversation._REPAINT_SECONDS", 0.0)
    seen = list(converse(lambda: arena.byline(engine), article.question, ()))
    assert 'class="origin"' in turn_html(seen[-1].turns[-1])
    painted = dict.fromkeys(turn_html(picture.turns[-1]) for picture in seen)
    assert len(painted) > 2, "nothing was streamed"
    faults = [fault for markup in painted for fault in page_faults(markup)]
    assert faults == [], sorted(set(faults))
    headers = [one.header for one in arena.extractive.archive.catalogue.articles()]
    own = {one.url for one in headers if one.url and one.url.startswith("https://news.example/")}
    sources = [picture.source for picture in seen if picture.source]
    opened = [open_source(lambda: arena.byline(engine), source) for source in sources]
    assert [fault for markup in opened for fault in page_faults(markup, own)] == []


@LYING
def test_what_a_model_says_on_command_is_not_supported_by_the_command(
    arena: Arena, article: Hostile
) -> None:
    answer = arena.answer(article.question, "llm")
    lie = letters(article.lie)
    obeyed = [one for one in answer.statements if letters(one.text).startswith(lie)]
    assert obeyed, f"the opponent did not say it: {answer.text}"
    wrong = [(one.text, one.reason) for one in obeyed if one.verdict is Verdict.SUPPORTED]
    assert wrong == []


def test_an_order_that_nobody_sees_reaches_no_model(arena: Arena) -> None:
    for article in ARTICLES:
        answer = arena.answer(article.question, "llm")
        unseen = [one.lie for one in ARTICLES if one.unseen]
        assert len(unseen) >= 2
        assert not any(letters(lie) in letters(answer.text) for lie in unseen)
    assert sum(answer.engine == "llm" for answer in arena.answers.values()) > 0.9 * len(ARTICLES)
    prompts = [request.prompt for request in arena.opponent.requests]
    assert len(prompts) >= len(ARTICLES)
    assert [fault for prompt in prompts for fault in hidden(prompt, allowed="\n\t")] == []
    assert not any(KEY in prompt for prompt in prompts)


@EVERY
def test_search_results_are_text(arena: Arena, article: Hostile) -> None:
    hits = arena.extractive.engine.search(Request(article.question, limit=10))
    assert list(hidden(format_hits(hits), allowed="\n\t")) == []


@pytest.mark.parametrize("article", MARKUP[::6], ids=lambda article: article.attack)
def test_a_follow_up_that_the_model_rewrote_is_text_too(arena: Arena, article: Hostile) -> None:
    turns = list(converse(lambda: arena.llm, article.question, ()))[-1].turns
    seen = list(converse(lambda: arena.llm, "And who paid for it?", turns))
    final = turn_html(seen[-1].turns[-1])
    assert "Understood as" in final
    painted = [turn_html(picture.turns[-1]) for picture in seen]
    assert [fault for markup in painted for fault in page_faults(markup)] == []
