"""The archive panel as HTML: its articles, how far an ingestion is, what it did."""

from collections.abc import Iterable

from rag.archive.catalogue import StoredArticle
from rag.text.dates import readable_date
from rag.web.archive_panel.shelf import Added, Shelf, explained
from rag.web.escaping import dot, escape
from rag.web.links import article_anchor

_STAGES = {"read": "Reading", "embed": "Understanding", "index": "Indexing"}
_MOST_EXPLAINED = 50


def shelf_html(shelf: Shelf) -> str:
    """Return the list of articles."""
    if not shelf.total:
        return '<div class="shelf"><p>The archive is empty. Add articles below.</p></div>'
    if not shelf.shown:
        return '<div class="shelf"><p>No article passes this filter.</p></div>'
    told = f"{shelf.passing:,} of {shelf.total:,} articles"
    if len(shelf.shown) < shelf.passing:
        told += f"; the newest {len(shelf.shown)} are listed, filter to see others"
    listed = "".join(f"<li>{_article(one)}</li>" for one in shelf.shown)
    return f'<div class="shelf"><p class="facts">{escape(told)}</p><ul>{listed}</ul></div>'


def asked_html(article: StoredArticle, *, ours: bool) -> str:
    """Return the question that comes before an article is removed."""
    header = article.header
    rest = (
        "Its copy here is deleted, too."
        if ours
        else "Its file stays where it is: when its folder is ingested again, the article returns."
    )
    name = escape(header.title or header.file)
    return f'<div class="asked"><p><strong>Remove “{name}”?</strong></p><p>{escape(rest)}</p></div>'


def removed_html(article: StoredArticle) -> str:
    """Return that an article was removed."""
    name = escape(article.header.title or article.header.file)
    return f'<div class="done"><p><span class="sign">✓</span> Removed “{name}”.</p></div>'


def progress_html(stage: str, done: int, total: int) -> str:
    """Return how far an ingestion is."""
    of = f" {done:,} of {total:,}" if total else (f" {done:,}" if done else "")
    text = f"{_STAGES.get(stage, stage)}{of} … The archive can be asked meanwhile."
    bar = f'<progress value="{done}" max="{total}"></progress>' if total else ""
    return f'<div class="done"><p class="stage">{escape(text)}</p>{bar}</div>'


def added_html(added: Added) -> str:
    """Return what became of the files that were added, and why some were not."""
    report = added.report
    counts = (
        [
            (report.added, "added"),
            (report.updated, "updated"),
            (report.unchanged, "already there"),
        ]
        if report
        else []
    )
    told = ", ".join(f"{count} {what}" for count, what in counts if count) or "Nothing was added"
    faults = list(explained(added))
    rows = "".join(_fault(*fault) for fault in faults[:_MOST_EXPLAINED])
    more = len(faults) - _MOST_EXPLAINED
    rest = f"<li>and {more} more</li>" if more > 0 else ""
    sign = "✓" if report and report.added + report.updated + report.unchanged else "✕"
    listed = f"<ul>{rows}{rest}</ul>" if rows else ""
    return (
        f'<div class="done"><p><span class="sign">{sign}</span> {escape(told)}.</p>{listed}</div>'
    )


def _fault(name: str, reason: str) -> str:
    return f"<li><strong>{escape(name)}</strong>: {escape(reason)}</li>"


def _article(article: StoredArticle) -> str:
    header = article.header
    facts = _facts(header.outlet, readable_date(header.published_at), header.author)
    place = header.file if header.title else header.record
    name = escape(header.title or header.file)
    return (
        f'<a class="title" href="#{article_anchor(header.article_id)}">{name}</a>'
        f'<span class="facts">{dot(*facts, place)}</span>'
        f'<a class="remove" role="button" href="#remove-{header.article_id}">Remove'
        f'<span class="unseen"> {name}</span></a>'
    )


def _facts(*facts: str | None) -> Iterable[str]:
    return (fact for fact in facts if fact)
