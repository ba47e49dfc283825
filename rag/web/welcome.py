"""What an empty page says of its archive, and the questions that it suggests."""

import re
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from rag.archive.catalogue import CatalogueReader
from rag.errors import ArchiveEmptyError, BylineError
from rag.schema import ArticleHeader, ParagraphKind
from rag.settings import Settings
from rag.text.unseen import one_line, shortened
from rag.web.chat_view import failure_html
from rag.web.conversation import OpenByline
from rag.web.escaping import dot
from rag.web.reader import CLOSED

EXAMPLES = 4
_SEEDS = {"000_cad6089111c6d297.txt", "002_b334c1229bc66e9a.txt"}
_SEED_QUESTIONS = (
    "How many calls between Musk and Putin does the Kremlin admit to?",
    "Who first reported the call?",
    "What did Putin ask Musk to do for Xi Jinping?",
    "Who won the 2026 World Cup?",
)
_FIRST_ARTICLES = 50
_LONGEST_TITLE = 90
_SPEAKER = re.compile(
    r"\b((?!(?:The|A|An|He|She|It|They|But|And|In|On|At|As|This|That|Mr|Ms|Mrs|Dr)\b)"
    r"[A-Z][a-z]+(?: [A-Z]\.)?(?: (?:van|von|de|al|bin))?(?: [A-Z][a-z]+(?:-[A-Z][a-z]+)?){1,2})"
    r"(?:, [^,.]{3,60},)? (said|told|announced|warned|denied)\b"
)
"""A person with two names at least, who does something with words: `said Ada Fennimore` is the
agencies' other order, and is as often a place."""
_ASKED = {
    "said": "What did {} say?",
    "told": "What did {} say?",
    "announced": "What did {} announce?",
    "warned": "What did {} warn of?",
    "denied": "What did {} deny?",
}


@dataclass(frozen=True, slots=True)
class Welcome:
    """What an empty page says of its archive."""

    masthead: str
    reader: str
    questions: tuple[str, ...] = ()


def welcome(opened: OpenByline) -> Welcome:
    """Return what is known of the archive, and questions that suit it."""
    try:
        byline = opened()
        catalogue = byline.archive.catalogue
        articles, paragraphs = catalogue.counts()
        if not articles:
            raise ArchiveEmptyError(
                f"The archive in {byline.settings.home} is empty.",
                "Add articles in the Archive tab, or run `rag ingest PATH`.",
            )
        questions = suggestions(catalogue)
    except BylineError as error:
        return Welcome(masthead_html("No archive yet"), failure_html(error.message, error.hint))
    size = f"{counted(articles, 'article')}, {counted(paragraphs, 'paragraph')}"
    return Welcome(masthead_html(size, _who_answers(byline.settings)), CLOSED, questions)


def suggestions(catalogue: CatalogueReader) -> tuple[str, ...]:
    """Return up to four questions that the archive at hand can answer, from several articles."""
    headers = [stored.header for stored in catalogue.articles(_FIRST_ARTICLES)]
    if {header.file for header in headers} >= _SEEDS:
        return _SEED_QUESTIONS
    asked = (question for header in headers if (question := _about(catalogue, header)))
    return tuple(islice(dict.fromkeys(asked), EXAMPLES))


def masthead_html(*facts: str) -> str:
    """Return the page's head line with what is known of the archive."""
    known = f'<span class="facts">{dot(*facts)}</span>' if facts else ""
    return f'<div class="masthead"><h1>Byline</h1>{known}</div>'


def counted(number: int, thing: str) -> str:
    """Return a number of things in words."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _about(catalogue: CatalogueReader, header: ArticleHeader) -> str | None:
    for block in catalogue.paragraphs_of(header.article_id):
        if block.kind is ParagraphKind.BODY and (found := _SPEAKER.search(block.text)):
            return _ASKED[found[2]].format(found[1])
    if not header.title:
        return None
    title = shortened(one_line(header.title).rstrip(" .?!…"), _LONGEST_TITLE)
    return f"What does the archive say about {title}?"


def _who_answers(settings: Settings) -> str:
    if settings.engine == "extractive" or not settings.llm_configured:
        return "Answers are quoted from it; nothing leaves this machine"
    host = urlsplit(settings.openai_base_url or "https://api.openai.com").hostname
    return f"Answers by {settings.llm_model} at {host}, which receives question and paragraphs"
