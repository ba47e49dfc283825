"""HTML files → articles: the story and nothing else, whatever the page is made of."""

import json
import re
import time
from html import escape
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.reading import ParsedArticle, Skipped, SourceFile, find_files, read_articles
from rag.reading.html.pages import read_page
from rag.schema import ParagraphKind

FIRST = "The river rose by two metres on Monday, and the bridge at Lower Marsh was closed."
SECOND = "“We have never seen it so high,” said the mayor, Jane Doe, who had cut short her holiday."
THIRD = "Rain is forecast until Thursday. Schools in the valley stay closed until then."
STORY = [FIRST, SECOND, THIRD]
SECRET = "Nobody is meant to see these words of the page at all."
FAULT_SECONDS = 5.0


def read(path: Path, page: bytes | str) -> ParsedArticle | Skipped:
    path.write_bytes(page.encode() if isinstance(page, str) else page)
    (item,) = read_articles(SourceFile(path, str(path.parent), path.name), max_bytes=100_000_000)
    return item


def one(path: Path, page: bytes | str) -> ParsedArticle:
    item = read(path, page)
    assert isinstance(item, ParsedArticle), item
    for block in item.paragraphs:
        assert item.article.text[block.start : block.end] == block.text
    return item


def body(item: ParsedArticle) -> list[str]:
    return [block.text for block in item.paragraphs if block.kind is ParagraphKind.BODY]


def paragraphs(page: str) -> list[str]:
    return [block for block in read_page(page).text.split("\n\n") if block]


def marked_up(texts: list[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>\n" for text in texts)


NEWS = """<!DOCTYPE html><html lang=en><head><meta charset=utf-8>
<title>Bridge closed as river rises | The Marsh Courier</title>
<meta property="og:title" content="Bridge closed as river rises">
<meta property="og:site_name" content="The Marsh Courier">
<link rel="canonical" href="https://courier.example/news/bridge">
<meta property="article:section" content="Local">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
 {"@type": "WebPage", "name": "x"},
 {"@type": ["NewsArticle"], "headline": "Bridge closed as river rises",
  "datePublished": "2024-03-04T06:30:00+00:00",
  "author": [{"@type": "Person", "name": "Ann Lee"}, {"name": "Bo Ek"}],
  "publisher": {"@type": "Organization", "name": "Courier Media"}}]}</script>
<style>.modal { display: none } @media print { p { display: none } }</style>
<script>var ads = "<p>These words are part of a script, not of the story.</p>";</script></head>
<body class="single has-sidebar"><a class="skip" href="#main">Skip to content</a>
<div id="cookie-consent"><p>We value your privacy. We and our partners store cookies on your
 device, and you can change your mind at any time. <button>Accept all</button></p></div>
<header class="site"><h1>The Marsh Courier</h1><p>Independent news for the valley since 1874.</p>
</header><nav><ul><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li></ul></nav>
<main><article class="story with-comments"><header><h1>Bridge closed as river rises</h1>
<p class="standfirst">Families had to leave their homes in the night.</p>
<div class="byline">By <a rel=author href="/ann">Ann Lee</a> and Bo Ek</div>
<time datetime="2024-03-04T06:30Z">4 March 2024</time></header>
<div class="share-bar"><a href="#">Facebook</a> <a href="#">Email</a></div>
<figure><img src="b.jpg" alt="bridge"><figcaption>The bridge under water. Photo: A. Nother of the
 valley's own picture agency.</figcaption></figure>
<p>{FIRST}</p><div class="ad-slot">Advertisement</div><p>{SECOND}</p>
<h2>What comes next</h2>
<aside><p>Related: the flood of 1953, when the whole lower town was under water for a week.</p>
</aside><p><a href="/flood">Read more: how the flood of 1953 changed the valley for good</a></p>
<p>{THIRD}</p>
<ul class="tags"><li><a href="/t/flood">Flood</a></li></ul></article>
<section class="comments"><h2>3 comments</h2><p>I live near the bridge and it was closed far too
 late, as it was in 1953 when nobody told us anything at all.</p></section></main>
<div class="related-stories"><h3>More from The Courier</h3><p>The market hall is to be sold to a
 developer, the council decided last night against the advice of its own planners.</p></div>
<footer><p>© 2024 Courier Media. All rights reserved. Registered in England, number 12345.</p>
</footer><div class="modal"><p>Subscribe today and read all our stories for a pound a week.</p>
</div></body></html>"""

AMP = """<!doctype html><html ⚡ lang="en"><head><meta charset="utf-8">
<title>Bridge closed</title><style amp-boilerplate>body{visibility:hidden}</style>
<noscript><style amp-boilerplate>body{visibility:visible}</style></noscript>
<script async src="https://cdn.example/v0.js"></script></head><body>
<amp-sidebar id="s"><ul><li>Home is where all the stories are listed.</li></ul></amp-sidebar>
<h1>Bridge closed</h1><div class="amp-wp-article-content"><p>{FIRST}</p>
<amp-ad width=300 height=250><div placeholder>This advertisement is loading, please wait.</div>
</amp-ad><p>{SECOND}</p><amp-img src="x.jpg" layout=fill></amp-img><p>{THIRD}</p></div>
</body></html>"""

WIKI = """<html><head><title>Lower Marsh Bridge – Wiki</title></head><body>
<h1 id="firstHeading">Lower Marsh Bridge</h1><div class="mw-parser-output">
<div class="hatnote">For the bridge in Upper Marsh, see another page of this wiki.</div>
<table class="infobox"><tr><th>Length</th><td>120 m, as measured in the year 1990.</td></tr></table>
<p>{FIRST}<sup class="reference"><a href="#1">[1]</a></sup></p>
<div id="toc"><ul><li><a href="#h">1 History of the bridge and its builders</a></li></ul></div>
<h2>History<span class="mw-editsection">[edit]</span></h2><p>{SECOND}</p>
<table class="wikitable"><tr><th>Year</th><th>Level</th></tr>
<tr><td>1953</td><td>8.2 <b>m</b></td></tr></table><p>{THIRD}</p>
<div class="reflist"><ol><li>The Marsh Courier, 4 March 2024, page 1, by A. Lee.</li></ol></div>
</div><div class="navbox"><a href="/b">Bridges of the valley</a></div></body></html>"""

TABLES = """<HTML><BODY BGCOLOR=#FFFFFF><TABLE WIDTH=700><TR><TD COLSPAN=2><A HREF="/">THE MARSH
COURIER</A></TD></TR><TR><TD WIDTH=120><A HREF=1>News</A><BR><A HREF=2>Sport</A><BR><A HREF=3>Arts
</A></TD><TD><FONT SIZE=5><B>Bridge closed</B></FONT><P>{FIRST}<P><FONT COLOR=black>{SECOND}</FONT>
<P>{THIRD}</TD></TR><TR><TD COLSPAN=2><CENTER><A HREF=4>Contact</A> | <A HREF=5>Imprint</A></CENTER>
</TD></TR></TABLE></BODY></HTML>"""

BLOG = """<html><body><div id="page"><div id="content"><div class="post hentry"><h2><a href="/b">
Bridge closed</a></h2><div class="entry-content"><p>{FIRST}</p><blockquote><p>{SECOND}</p>
</blockquote><p>{THIRD}</p><div class="sharedaddy"><p>Share this with everybody you know today.</p>
</div></div></div><div id="comments"><ol><li><p>What a great post, I have learned a lot from it and
will certainly come back to read more about bridges.</p></li></ol></div></div><div id="sidebar">
<p>I am a retired engineer who writes about bridges and the people who built them.</p></div></div>
</body></html>"""

BREAKS = """<html><body><div id=menu><a href=1>One</a> <a href=2>Two</a></div>
<div>{FIRST}<br><br>{SECOND}<br /> <br>
{THIRD}</div></body></html>"""

DIVS = """<body><div class=app><div class=wrap><div>{FIRST}</div></div><div class=wrap><div>{SECOND}
</div></div><div class=wrap><div><span>{THIRD}</span></div></div></div></body>"""

NO_TAGS_CLOSED = "<title>Bridge<p>{FIRST}<p>{SECOND}<ul></ul><p>{THIRD}"

PAGES = {
    "news": NEWS,
    "amp": AMP,
    "wiki": WIKI,
    "tables": TABLES,
    "blog": BLOG,
    "breaks": BREAKS,
    "divs": DIVS,
    "unclosed": NO_TAGS_CLOSED,
    "plain": "<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>",
    "fragment": "{FIRST}<hr>{SECOND}<hr>{THIRD}",
}


def page_of(kind: str) -> str:
    page = PAGES[kind]
    for name, text in (("{FIRST}", FIRST), ("{SECOND}", SECOND), ("{THIRD}", THIRD)):
        page = page.replace(name, escape(text))
    return page


@pytest.mark.parametrize("kind", PAGES)
def test_the_story_is_found_on_every_kind_of_page(tmp_path: Path, kind: str) -> None:
    extra = {
        "news": ["Families had to leave their homes in the night."],
        "wiki": ["Year | Level", "1953 | 8.2 m"],
    }
    item = one(tmp_path / "a.html", page_of(kind))
    assert sorted(body(item)) == sorted(STORY + extra.get(kind, []))
    assert [text for text in body(item) if text in STORY] == STORY


def test_the_header_is_read_from_all_that_a_page_says(tmp_path: Path) -> None:
    item = one(tmp_path / "a.html", page_of("news"))
    header = item.article.header
    assert (header.title, header.author) == ("Bridge closed as river rises", "Ann Lee, Bo Ek")
    assert header.published_at == "2024-03-04T06:30:00+00:00"
    assert (header.publisher, header.section) == ("The Marsh Courier", "Local")
    assert header.url == "https://courier.example/news/bridge"
    assert (header.record, header.metadata, item.notes) == (None, {}, ())
    assert [block.text for block in item.paragraphs if block.kind is ParagraphKind.HEADLINE] == [
        "Bridge closed as river rises",
        "What comes next",
    ]


def linked(data: str) -> str:
    return f"<script type='application/ld+json'>{data}</script>"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<title>Rain &amp; snow - Daily</title><meta property=og:site_name content=Daily>",
         {"title": "Rain & snow", "source": "Daily"}),
        ("<title>Rain | Daily</title><h1>Rain</h1>", {"title": "Rain"}),
        ("<title>Rain | Daily</title><h1>Daily</h1>", {"title": "Rain | Daily"}),
        ("<h1>Rain</h1>", {"title": "Rain"}),
        ("<title>\n A \n B </title>", {"title": "A B"}),
        ("<meta name=author content='By Ann Lee'>", {"author": "Ann Lee"}),
        ("<meta property=article:author content='https://social.example/ann'>", {}),
        ("<div class=byline>By Ann Lee</div>", {"author": "Ann Lee"}),
        ("<time datetime='2024-03-04'>Monday</time>", {"published_at": "2024-03-04"}),
        ("<nav><time datetime='2024-03-04'>Monday</time></nav>", {}),
        ("<time datetime='P3D'>3 days</time>", {}),
        ("<meta name=date content=someday><meta name=pubdate content='4 March 2024'>",
         {"published_at": "4 March 2024"}),
        ("<link rel=canonical href='javascript:alert(1)'>", {}),
        ("<link rel=canonical href='/relative'>", {}),
        ("<link rel=canonical href='https://[bad'><meta property=og:url content=http://x.example/>",
         {"url": "http://x.example/"}),
        (linked('[[{"@type":"BlogPosting","author":"Bo","headline":"Rain","publisher":{}}]]'),
         {"title": "Rain", "author": "Bo"}),
        (linked('{"@type":"Product","headline":"x"}'), {}),
        (linked("{broken"), {}),
        (linked("[" * 100_000), {}),
        (linked("9" * 5_000), {}),
        (linked('{"@type":"Article","headline":{"a":[1]},"author":[null,[[]],{"name":{}}]}'), {}),
        (linked('{"@type":"Article","datePublished":5,"url":[]}'), {}),
    ],
)  # fmt: skip
def test_each_fact_is_read_or_left_out(head: str, expected: dict[str, str]) -> None:
    page = f"{head}<article>{marked_up(STORY)}</article>"
    assert read_page(page).record == expected


HIDDEN = {
    "script": "<script>{}</script>",
    "style": "<style>{}</style>",
    "template": "<template><p>{}</p></template>",
    "noscript": "<noscript><p>{}</p></noscript>",
    "hidden": "<p hidden>{}</p>",
    "hidden-inside": "<div hidden=''><div><p>{}</p></div></div>",
    "aria-hidden": "<p aria-hidden='true'>{}</p>",
    "display": "<p style='display:none'>{}</p>",
    "display-spaced": "<p style='color:red; DISPLAY : None !important'>{}</p>",
    "visibility": "<p style='visibility:hidden'>{}</p>",
    "font-size": "<p style='font-size:0'>{}</p>",
    "font-size-1px": "<p style='font-size: 1px'>{}</p>",
    "font": "<p style='font: 0/0 a'>{}</p>",
    "opacity": "<p style='opacity:0'>{}</p>",
    "opacity-faint": "<p style='opacity: .01'>{}</p>",
    "left": "<p style='position:absolute;left:-9999px'>{}</p>",
    "indent": "<p style='text-indent:-1000em'>{}</p>",
    "translate": "<p style='transform: translate(-200vw, 0)'>{}</p>",
    "scale": "<p style='transform:scale(0)'>{}</p>",
    "clip": "<p style='position:absolute;clip:rect(0, 0, 0, 0)'>{}</p>",
    "clip-path": "<p style='clip-path:inset(50%)'>{}</p>",
    "height": "<div style='height:0;overflow:hidden'><p>{}</p></div>",
    "white": "<p style='color:#fff'>{}</p>",
    "white-on-white": "<div style='background:white'><p style='color:rgb(255,255,250)'>{}",
    "black-on-black": "<p style='color:#000;background-color:black'>{}</p>",
    "font-colour": "<p><font color=#FFFFFF>{}</font></p>",
    "transparent": "<p style='color:transparent'>{}</p>",
    "comment": "<!-- <p>{}</p> -->",
    "open-in-comment": "<!-- > <p>{}</p> --!>",
    "class-rule": "<style>.x, #y { display: none }</style><p class='a x'>{}</p>",
    "id-rule": "<style>@import 'z.css'; #y{visibility:hidden}</style><div id=y><p>{}</p></div>",
    "sr-only": "<p>Over <span class=sr-only>{}</span></p>",
    "dialog": "<dialog><p>{}</p></dialog>",
    "attribute": "<p title='{}' data-x='<p>{}</p>'></p>",
    "select": "<select><option>{}</option></select>",
    "textarea": "<textarea><p>{}</p></textarea>",
    "iframe": "<iframe><p>{}</p></iframe>",
    "svg": "<svg><text>{}</text></svg>",
    "declaration": "<!ELEMENT {}><?php {} ?><![CDATA[ {} ]]>",
    "end-tag": "</p title='{}'>",
}


@pytest.mark.parametrize("way", HIDDEN)
def test_what_nobody_sees_is_not_indexed(tmp_path: Path, way: str) -> None:
    hidden = HIDDEN[way].replace("{}", SECRET)
    item = one(tmp_path / "a.html", f"<p>{FIRST}</p>{hidden}<p>{SECOND}</p><p>{THIRD}</p>")
    assert "Nobody" not in item.article.text
    assert [text for text in body(item) if text in STORY] == STORY


@pytest.mark.parametrize(
    "shown",
    [
        "<details><summary>More of it</summary><p>{}</p></details>",
        "<p aria-hidden=false>{}</p>",
        "<p style='display:block;opacity:1;font-size:14px;left:-3px'>{}</p>",
        "<div style='visibility:hidden'><p style='visibility:visible'>{}</p></div>",
        "<div style='font-size:0'><p style='font-size:1rem'>{}</p></div>",
        "<div style='background:#000'><p style='color:#fff'>{}</p></div>",
        "<table bgcolor=black><tr><td><p><font color=white>{}</font></p></td></tr></table>",
        "<div style='background:url(x.png)'><p style='color:white'>{}</p></div>",
        "<style>p .x, .x:hover {display:none} @media tv {.x{display:none}}</style><p class=x>{}",
        "<style>.x { display: none } .x { display: block }</style><p class=x>{}</p>",
        "<div hidden></div><p>{}</p>",
        "<b hidden><p></b>{}</p>",
        "<!--><p>{}</p><!-- -->",
        "<form><p>{}</p></form>",
        "<ruby></ruby><p>{}</p>",
    ],
)
def test_what_is_seen_is_indexed(shown: str) -> None:
    page = f"<body style='opacity:0'><p>{FIRST}</p>{shown.replace('{}', SECRET)}<p>{THIRD}</p>"
    found = paragraphs(page)
    assert SECRET in found or "<b hidden" in shown
    assert (found[0], found[-1]) == (FIRST, THIRD)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>Fish &amp; chips cost &pound;5&#46;20 &mdash; or &#x20AC;6.</p>",
         ["Fish & chips cost £5.20 — or €6."]),
        ("<p>AT&T said 3 < 4 and x<y is true.</p>", ["AT&T said 3 < 4 and x"]),
        ("<p>One&nbsp;line,\n   two\tlines.</p>", ["One line, two lines."]),
        ("<p>First line.<br>Second<br/>line.</p><p>It rained.</p>",
         ["First line.\nSecond\nline.", "It rained."]),
        ("<p>One.<br><br><br>Two.</p>", ["One.", "Two."]),
        ("<p>un<b>believ</b>able, he <i>sa</i>id<span> </span>so.</p>",
         ["unbelievable, he said so."]),
        ("<p>Donau&shy;dampf&#8203;schiff<wbr>fahrt began.</p>", ["Donaudampfschifffahrt began."]),
        ("<p>Said<p>nothing.</p></p>", ["Said", "nothing."]),
        ("<div>He said it.<p>She did not.</p>They went.</div>",
         ["He said it.", "She did not.", "They went."]),
        ("<p>These are:<ul><li>One thing.<li>Two things.<ol><li>Inner thing.</ol></ul><p>End.",
         ["These are:", "One thing.", "Two things.", "Inner thing.", "End."]),
        ("<p>A list:<dl><dt>Rain<dd>It falls.<dt>Snow<dd>It lies.</dl><p>End.",
         ["A list:", "Rain", "It falls.", "Snow", "It lies.", "End."]),
        ("<blockquote>It is late.</blockquote><p>He left.</p>", ["It is late.", "He left."]),
        ("<pre>It rained.\n  It snowed.\n\nIt froze.</pre><p>End.</p>",
         ["It rained.\nIt snowed.", "It froze.", "End."]),
        ("<p>Below.<table><tr><td>A<td><p>1</p><tr><td>B<td>2</table><p>End.",
         ["Below.", "A | 1", "B | 2", "End."]),
        ("<p>Out.<table><tr><td></p>In.</td></tr></table><p>End.", ["Out.", "In.", "End."]),
        ("<p>One <a href=x>two</a> three.</p><p><a>Four</a> five.</p>",
         ["One two three.", "Four five."]),
        ("<h2>Head</h2><p>It rained.</p><h2>Foot</h2>", ["Head", "It rained."]),
        ("<p>It rained.</p><p>Ad</p><figure>x<figcaption>A caption.</figcaption></figure>",
         ["It rained.", "Ad"]),
        ("<p>It rained.</p><p>It &#0;&#xD800;&#x110000;&#99999999999999999999999; froze.</p>",
         ["It rained.", "It \ufffd\ufffd\ufffd\ufffd froze."]),
    ],
)  # fmt: skip
def test_markup_becomes_paragraphs(markup: str, expected: list[str]) -> None:
    assert paragraphs(f"<article>{markup}</article>") == expected


WORDS = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters="\u034f")
    | st.sampled_from("aeiou<>&\"'[]#;"),
    min_size=1,
    max_size=8,
)
PARAGRAPHS = st.lists(
    st.lists(WORDS, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=8
)
INLINE = ["b", "i", "em", "strong", "span", "u", "mark", "font", "abbr", "cite", "sub", "x-y"]


def with_inline_tags(text: str, data: st.DataObject) -> str:
    """Return a paragraph with tags strewn over it, all closed and none crossing."""
    pieces: list[str] = []
    names: list[str] = []
    for character in text:
        if data.draw(st.integers(0, 9)) == 0:
            closes = data.draw(st.booleans())
            if names and closes:
                pieces.append(f"</{names.pop()}>")
            else:
                names.append(data.draw(st.sampled_from(INLINE)))
                pieces.append(f"<{names[-1]} id='{len(pieces)}'>")
        pieces.append("\n " if character == " " and len(pieces) % 3 == 0 else escape(character))
    return "".join(pieces) + "".join(f"</{name}>" for name in reversed(names))


@given(PARAGRAPHS, st.sampled_from(["</p>", ""]), st.data())
def test_paragraphs_come_back_exactly(texts: list[str], close: str, data: st.DataObject) -> None:
    story = "".join(f"<p>{with_inline_tags(text, data)}{close}\n" for text in texts)
    nav = "<nav><a href=/>Home</a></nav>"
    page = f"<html><body>{nav}<article>{story}</article><footer>It is over.</footer></body></html>"
    assert paragraphs(page) == texts
    assert read_page(page) == read_page(page)


SCRAPS = """< > / ! -- <!-- --> <! <? </ </p> <p> <p <div> </div> <a <a> </a> <a\thref=x> <table>
    <td> </table> <tr> <li> </li> <script> </script> <style> </style> <svg> </svg> <b> </b> <title>
    </title> <br> <body> <html> <head> </head> <template> <article> </article> <select> = " '
    style='color: hidden class= &#x; &#99999999999; &amp <![CDATA[ ]]> It\u00a0rained.""".split(" ")
MARKUP = st.lists(st.sampled_from(SCRAPS) | st.text(max_size=5), max_size=60).map("".join)


@given(MARKUP, st.booleans())
@example("<title>", False)
@example("<title><title>", False)
@example("<td></table><tr>", True)
def test_no_markup_is_too_broken(page: str, is_xml: bool) -> None:
    first = read_page(page, is_xml=is_xml)
    assert first == read_page(page, is_xml=is_xml)
    for block in first.text.split("\n\n") if first.text else ():
        assert block.strip() == block != ""
        assert "\n\n" not in block


FAULTS = {
    "nested": "<div>" * 100_000 + FIRST,
    "nested and closed": "<div>" * 50_000 + FIRST + "</div>" * 50_000,
    "less-than": "<" * 1_000_000,
    "declarations": "<!" * 200_000,
    "open comment": "<!--" + "x" * 1_000_000,
    "comments": "<!-- " * 200_000,
    "attributes": "<p " + "a=b " * 200_000 + ">" + FIRST,
    "one name": "<p " + "class='a b c' " * 100_000 + ">" + FIRST,
    "open attribute": '<p a="' + "x " * 500_000,
    "open tags": "<a " * 200_000,
    "open quotes": "<a b='\"" * 100_001,
    "open ends": "</" * 300_000,
    "ends": "<p>" + FIRST + "</b></div></p>" * 100_000,
    "instructions": "<?" * 300_000,
    "references": "&" * 1_000_000 + "&#" + "9" * 100_000 + ";",
    "script": "<script>" + "</scrip" * 150_000,
    "titles": "<title>" * 100_000,
    "sections": "<![CDATA[" * 100_000,
    "cells": "<table><tr><td>" * 50_000 + FIRST,
    "items": "<ul><li>" * 50_000 + FIRST,
    "links": "<a href=x><b></a>" * 50_000 + FIRST,
    "crossed": "<b><p>" * 30_000 + FIRST + "</b>" * 30_000,
    "named": "<div class=share-ad-nav>" * 50_000 + FIRST,
    "short": "<p>x</p>" * 20_000,
    "breaks": "x<br>" * 40_000,
    "style": "<style>" + "a{" * 200_000 + "</style><style>" + "/*" * 200_000 + "</style>" + FIRST,
    "styles": "".join(f"<style>.a{n}{{display:none}}</style>" for n in range(20_000)) + FIRST,
    "blanks": "<p>" + " " * 1_000_000 + FIRST,
    "json": "<script type=application/ld+json>" + '{"@graph":[' * 80_000 + "</script>" + FIRST,
    "meta": "<meta name=author content=x>" * 50_000 + FIRST,
    "h1": "<h1>It rains</h1>" * 30_000 + FIRST,
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.long
def test_hostile_pages_take_bounded_time(tmp_path: Path, fault: str) -> None:
    started = time.process_time()
    item = read(tmp_path / "a.html", FAULTS[fault])
    seconds = time.process_time() - started
    print(f"{fault}: {seconds:.2f} s")
    assert seconds < FAULT_SECONDS
    if FIRST in FAULTS[fault]:
        assert isinstance(item, ParsedArticle), item
        assert FIRST in item.article.text
    elif isinstance(item, Skipped):
        assert item.reason in {"it has no text", "it has only page furniture"}


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<html><head><title>Rain</title></head><body></body></html>",
        "<nav><a href=1>Home</a></nav>",
        "<ul><li><a href=1>Mayor resigns over bridge</a><li><a href=2>Rain until Monday</a></ul>",
        "<p><!-- " + FIRST,
        "<script>" + FIRST,
        f"<div id=cookie-consent><p>{FIRST}</p></div><h2><a href=1>Rain until Monday</a></h2>",
    ],
)
def test_a_page_without_text_says_so(tmp_path: Path, page: str) -> None:
    assert read(tmp_path / "a.html", page) == Skipped("a.html", "it has no text")


def test_a_front_page_is_taken_if_it_has_paragraphs() -> None:
    cards = "".join(
        f"<article><h3><a href={number}>Story {number}</a></h3><p>{text}</p></article>"
        for number, text in enumerate(STORY)
    )
    page = f"<nav><a href=/>Home</a></nav><main><h1>Today</h1>{cards}</main>"
    assert [text for text in paragraphs(page) if text in STORY] == STORY


@pytest.mark.parametrize("label", ["social-story", "paywall", "comment-piece", "has-sidebar"])
def test_a_misleading_name_around_the_story_is_forgiven(label: str) -> None:
    page = f"<nav>It is a menu.</nav><div class={label}>{marked_up(STORY)}</div>"
    assert paragraphs(page) == STORY


@pytest.mark.parametrize("kind", ["news", "blog", "wiki"])
def test_the_ids_do_not_depend_on_the_page_around(tmp_path: Path, kind: str) -> None:
    def ids(item: ParsedArticle) -> dict[str, str]:
        return {b.text: b.paragraph_id for b in item.paragraphs if b.text in STORY}

    plain = one(tmp_path / "a.txt", "\n\n".join(STORY))
    assert ids(one(tmp_path / "b.html", page_of(kind))) == ids(plain)


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.HTML", "a.xhtml"])
def test_all_names_of_pages_are_found(tmp_path: Path, name: str) -> None:
    assert body(one(tmp_path / name, page_of("plain"))) == STORY
    assert [item.name for item in find_files([tmp_path]) if isinstance(item, SourceFile)] == [name]


def test_xhtml_closes_any_element_and_has_sections(tmp_path: Path) -> None:
    page = (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Rain</title>'
        f'<script src="x.js"/></head><body><div hidden="hidden"/><p>{FIRST}</p><p/>'
        f"<p><![CDATA[5 < 6 & so it rained on the bridge.]]></p><p>{THIRD}</p></body></html>"
    )
    item = one(tmp_path / "a.xhtml", page)
    assert body(item) == [FIRST, "5 < 6 & so it rained on the bridge.", THIRD]


RTL = "ارتفع منسوب النهر مترين يوم الاثنين وأغلق الجسر السفلي أمام حركة المرور."


def test_a_page_from_right_to_left(tmp_path: Path) -> None:
    page = (
        f"<html dir=rtl lang=ar><body><article><p>{RTL}</p><p>قالت <b>العم</b>دة ذلك.</p></article>"
    )
    assert body(one(tmp_path / "a.html", page)) == [RTL, "قالت العمدة ذلك."]


TEXTS = {
    "windows-1252": ("windows-1252", "Das Wasser stieg am Montag über die Brücke – „nie so hoch“."),
    "iso-8859-1": ("cp1252", "Das Café öffnete “spät”."),
    "iso-8859-2": ("iso-8859-2", "Hladina řeky stoupla v pondělí o dva metry."),
    "windows-1251": ("cp1251", "Вода в реке поднялась на два метра в понедельник."),
    "koi8-r": ("koi8-r", "Вода в реке поднялась на два метра."),
    "Shift_JIS": ("cp932", "月曜日に川の水位が二メートル上がった。"),
    "euc-jp": ("euc-jp", "月曜日に川の水位が二メートル上がった。"),
    "ISO-2022-JP": ("iso-2022-jp", "月曜日に川の水位が上がった。"),
    "gb2312": ("gb18030", "星期一河水上涨了两米，大桥关闭。"),
    "big5": ("big5", "星期一河水上漲了兩米，大橋關閉。"),
    "euc-kr": ("cp949", "월요일에 강물이 2미터 불어났다."),
    "utf-8": ("utf-8", "월요일에 강물이 2미터 — “불어났다”."),
}


@pytest.mark.parametrize("label", TEXTS)
@pytest.mark.parametrize(
    "declared",
    ['<meta charset="{}">', "<META http-equiv=Content-Type content='text/html; charset={}'>"],
)
def test_the_declared_encoding_is_used(tmp_path: Path, label: str, declared: str) -> None:
    encoding, text = TEXTS[label]
    page = f"<html><head>{declared.format(label)}</head><body><p>{text}</p></body></html>"
    item = one(tmp_path / "a.html", page.encode(encoding))
    assert body(item) == [text]
    assert item.notes == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark_outdoes_what_is_declared(tmp_path: Path, encoding: str) -> None:
    page = f"<meta charset=windows-1251><p>{RTL}</p>"
    assert body(one(tmp_path / "a.html", page.encode(encoding))) == [RTL]


@pytest.mark.parametrize("label", ["windows-1252", "gb2312", "utf-7", "zip", "rot13", "nonsense"])
def test_utf_8_is_read_as_such_whatever_is_declared(tmp_path: Path, label: str) -> None:
    page = f"<!-- <meta charset=koi8-r> --><meta charset={label}><p>{RTL}</p>"
    assert body(one(tmp_path / "a.html", page.encode())) == [RTL]


def test_xml_names_its_encoding_too(tmp_path: Path) -> None:
    page = "<?xml version='1.0' encoding='ISO-8859-1'?><html><body><p>Es regnet früh.</p></body>"
    assert body(one(tmp_path / "a.xhtml", page.encode("latin-1"))) == ["Es regnet früh."]


def test_a_binary_file_is_no_page(tmp_path: Path) -> None:
    item = read(tmp_path / "a.html", b"<html>\0\0\0" + bytes(range(256)))
    assert isinstance(item, Skipped)
    assert "binary" in item.reason


def test_linked_data_that_is_wrong_costs_nothing_but_itself() -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": "x" * 600, "url": "ftp://x.example"})
    page = f"<script type=application/ld+json>{data}</script>{marked_up(STORY)}"
    assert read_page(page).record == {}
    assert re.findall("x{5}", read_page(page).text) == []


def test_headings_are_found_behind_a_very_long_paragraph(tmp_path: Path) -> None:
    long = " ".join([FIRST, THIRD] * 50)
    page = f"<article>{marked_up([long])}<h2>The bridge</h2>{marked_up(STORY)}</article>"
    item = one(tmp_path / "a.html", page)
    headlines = [block for block in item.paragraphs if block.kind is ParagraphKind.HEADLINE]
    assert [block.text for block in headlines] == ["The bridge"]
    assert headlines[0].ordinal == len(item.paragraphs) - 3 > 2
