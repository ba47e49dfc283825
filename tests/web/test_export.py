"""Conversations to take along: complete, linked, and inert whatever they hold."""

import base64
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.factory import Byline
from rag.web.export import FORMATS, _markdown, as_json, as_markdown, as_page, download_html
from rag.web.turns import Stopped, Turn
from tests.support.pages import (
    ANSWER,
    HOSTILE,
    Tags,
    hostile_answer,
    of_every_verdict,
    turns_of,
)

ORIGIN = "http://127.0.0.1:7860"
HOSTILE_TURNS = turns_of(replace(hostile_answer(), question=HOSTILE))


@pytest.mark.parametrize("made", [as_json, as_markdown, as_page])
def test_an_export_holds_answer_quotes_paragraphs_and_permalinks(made, seeds: Byline) -> None:  # type: ignore[no-untyped-def]
    answer = of_every_verdict(seeds)
    told = made((*turns_of(answer), Turn("stopped?", attempt=Stopped("It"))), ORIGIN)
    plain = re.sub(r"\\(.)", r"\1", told) if made is as_markdown else Tags(told).text
    for citation in answer.citations:
        assert f"{ORIGIN}/?p={citation.paragraph_id}" in told.replace("&#58;", ":").replace(
            "&#47;", "/"
        ).replace("&#46;", ".").replace("&#63;", "?").replace("&#61;", "=")
        assert citation.text.split(".")[0] in plain
    assert answer.question in plain
    assert "stopped?" not in told


def test_json_is_the_answers_of_the_contract(seeds: Byline) -> None:
    answer = of_every_verdict(seeds)
    (turn,) = json.loads(as_json(turns_of(answer), ORIGIN))["turns"]
    for citation in turn["answer"]["citations"]:
        assert citation.pop("permalink").startswith(ORIGIN)
    assert turn["answer"] == json.loads(json.dumps(answer.to_dict()))


def test_the_printed_page_marks_the_quote_and_loads_nothing(seeds: Byline) -> None:
    answer = of_every_verdict(seeds)
    page = as_page(turns_of(answer), ORIGIN)
    tags = Tags(page)
    assert page.count("<mark>") == len(answer.citations)
    assert not {tag for tag, _ in tags.seen} & {"img", "script", "link", "iframe", "object"}
    assert "default-src 'none'" in page


def test_hostile_text_is_inert_in_the_page() -> None:
    tags = Tags(as_page(HOSTILE_TURNS, ORIGIN))
    assert {tag for tag, _ in tags.seen} <= {
        *("html", "head", "meta", "title", "style", "body", "section", "h1", "h2", "p", "ul"),
        *("li", "ol", "blockquote", "mark", "a", "sup", "br"),
    }
    assert all(link and link.startswith(("#note-", ORIGIN)) for link in tags.links())
    assert "<script>alert(2)</script>" in tags.text


def test_hostile_text_is_inert_in_markdown() -> None:
    told = as_markdown(HOSTILE_TURNS, ORIGIN)
    own = told.replace(f"]({ORIGIN}/?p=", "")
    unescaped = re.sub(r"\\.", "", own)
    for active in ("](", "<", "https://", "www.", "`", "**", "$", "{", "@", "|"):
        assert active not in unescaped, active


@given(st.text())
def test_markdown_of_a_text_is_one_line_with_every_active_character_escaped(text: str) -> None:
    told = _markdown(text)
    assert "\n" not in told
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]<>|~$#@:]", told)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_download_is_a_file_in_letters_and_digits(kind: str) -> None:
    (tag,) = Tags(download_html(turns_of(ANSWER), kind, ORIGIN)).seen
    name, media, content_of = FORMATS[kind]
    assert tag[1]["title"] == f"{name} {media}"
    content = Tags(download_html(turns_of(ANSWER), kind, ORIGIN)).text
    told = base64.b64decode(content).decode()
    assert without_times(told) == without_times(content_of(turns_of(ANSWER), ORIGIN))
    assert tag != Tags(download_html(turns_of(ANSWER), kind, ORIGIN)).seen[0]  # saved once more


def without_times(text: str) -> str:
    return re.sub(r"\d\d(?:\\?:|&#58;)\d\d", "", text)


def test_doubts_conflicts_and_notices_go_along(seeds: Byline) -> None:
    answer = replace(of_every_verdict(seeds), notices=("Slow.",))
    told = Tags(as_page(turns_of(answer), ORIGIN)).text
    for part in (
        "Sources differ: one call, or calls in 2022 alone",
        "Partly supported: It took place in spring. It names no date.",
        "Slow.",
        "Language model tiny",
        "1 of 4 statements verified",
    ):
        assert part in told
    assert "Supported: The Kremlin" not in told
