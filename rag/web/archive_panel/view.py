"""The archive panel as HTML: its articles, how far an ingestion is, what it did."""

from dataclasses import dataclass

from rag.archive.catalogue import StoredArticle
from rag.archive.ingest import IngestReport
from rag.schema import ArticleHeader
from rag.text.dates import readable_date
from rag.web.archive_panel.changes import Added
from rag.web.escaping import dot, escape
from rag.web.links import article_anchor

_STAGES = {"read": "Reading", "embed": "Understanding", "index": "Indexing"}
_MOST_EXPLAINED = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the articles that pass a filter, the newest arrivals first."""

    articles: tuple[StoredArticle, ...]
    passing: int
    total: int
    is_first: bool = True
    has_more: bool = False


def page_html(page: Page) -> str:
    """Return a page of the list of articles, and the ways to the others."""
    if not page.articles:
        empty = "The archive is empty. Add articles below."
        words = "No article passes this filter." if page.total else empty
        return f'<div class="article-list"><p>{words}</p></div>'
    size = f"{page.passing:,} of {page.total:,} articles"
    rows = "".join(f"<li>{_article(article)}</li>" for article in page.articles)
    links = []
    if not page.is_first:
        links.append(_page_link("0", "Newest articles"))
    if page.has_more:
        links.append(_page_link(str(page.articles[-1].article_key), "Older articles"))
    turn = f'<p class="facts">{" · ".join(links)}</p>' if links else ""
    return f'<div class="article-list"><p class="facts">{size}</p><ul>{rows}</ul>{turn}</div>'


def confirmation_html(article: StoredArticle, *, is_copy: bool) -> str:
    """Return the question that comes before an article is removed."""
    header = article.header
    consequence = (
        "Its copy here is deleted, too."
        if is_copy
        else "Its file stays where it is: when its folder is ingested again, the article returns."
    )
    return (
        f'<div class="asked"><p><strong>Remove “{_name(header)}”?</strong></p>'
        f"<p>{consequence}</p></div>"
    )


def removed_html(article: StoredArticle) -> str:
    """Return that an article was removed."""
    name = _name(article.header)
    return f'<div class="done"><p><span class="sign">✓</span> Removed “{name}”.</p></div>'


def progress_html(stage: str, done: int, total: int) -> str:
    """Return how far an ingestion is."""
    of = f" {done:,} of {total:,}" if total else (f" {done:,}" if done else "")
    text = f"{_STAGES.get(stage, stage)}{of} … The archive can be asked meanwhile."
    bar = f'<progress value="{done}" max="{total}"></progress>' if total else ""
    return f'<div class="done"><p class="stage">{escape(text)}</p>{bar}</div>'


def added_html(added: Added) -> str:
    """Return what became of the files that were added, and why some were not."""
    report = added.report or IngestReport()
    counts = {
        "added": report.added,
        "updated": report.updated,
        "already there": report.unchanged,
    }
    summary = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    items = [
        f"<li><strong>{escape(name)}</strong>: {escape(reason)}</li>"
        for name, reason in added.problems()
    ]
    if (more := len(items) - _MOST_EXPLAINED) > 0:
        items[_MOST_EXPLAINED:] = [f"<li>and {more} more</li>"]
    sign, words = ("✓", summary) if summary else ("✕", "Nothing was added")
    listed = f"<ul>{''.join(items)}</ul>" if items else ""
    return f'<div class="done"><p><span class="sign">{sign}</span> {words}.</p>{listed}</div>'


def _name(header: ArticleHeader) -> str:
    return escape(header.title or header.file)


def _page_link(after: str, words: str) -> str:
    return f'<a role="button" href="#older-{after}">{words}</a>'


def _article(article: StoredArticle) -> str:
    header = article.header
    facts = (header.outlet, readable_date(header.published_at), header.author)
    place = header.file if header.title else header.record
    name = _name(header)
    return (
        f'<a class="title" href="#{article_anchor(header.article_id)}">{name}</a>'
        f'<span class="facts">{dot(*facts, place)}</span>'
        f'<a class="remove" role="button" href="#remove-{header.article_id}">Remove'
        f'<span class="unseen"> {name}</span></a>'
    )
