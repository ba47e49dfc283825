"""The commands that fill, list and empty the archive."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rag.errors import ArticleError, ParagraphNotFoundError
from rag.text.unseen import visible

if TYPE_CHECKING:
    from rag.archive.catalogue import CatalogueReader, StoredArticle

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Publisher = Annotated[str | None, typer.Option(help="Only this publisher or agency.")]
Since = Annotated[str | None, typer.Option(help="Only articles of this day (YYYY-MM-DD) or later.")]
Until = Annotated[str | None, typer.Option(help="Only articles of this day or earlier.")]
_NAMED = 20
"""Articles that are named before they are removed; the rest is counted."""


def open_byline() -> Any:
    """Return the archive of the settings."""
    from rag import factory
    from rag.interfaces import terminal
    from rag.settings import load_settings

    return factory.open_byline(load_settings(), terminal.error)


def ingest(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders; default: RAG_CORPUS.")
    ] = None,
    prune: Annotated[bool, typer.Option(help="Remove articles whose file is gone.")] = False,
    rebuild: Annotated[
        bool, typer.Option(help="Embed everything anew, as after a change of RAG_EMBEDDINGS.")
    ] = False,
) -> None:
    """Bring the archive into agreement with files and folders; exits with 1 if none was taken."""
    from rag.interfaces import terminal

    byline = open_byline()
    chosen = paths or ([] if rebuild else [byline.settings.corpus])
    with terminal.progress_bar() as progress:
        if rebuild:
            report = byline.rebuild(progress=progress)
        if chosen:
            report = byline.ingest(chosen, prune=prune, progress=progress)
    print(terminal.format_report(report))
    taken = report.added + report.updated + report.renamed + report.unchanged
    if report.skipped and not taken:
        raise typer.Exit(1)


def list_articles(
    words: Annotated[
        str, typer.Argument(help="Words in title, author, publisher or file name.")
    ] = "",
    as_json: Json = False,
    publisher: Publisher = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, help="Articles to show.")] = 50,
    after: Annotated[str, typer.Option(help="Go on after the article with this id.")] = "",
) -> None:
    """List the articles of the archive, the newest arrivals first."""
    from dataclasses import replace

    from rag.answering.request import article_filter
    from rag.interfaces import terminal

    catalogue = open_byline().archive.catalogue
    only = replace(article_filter(publisher, since, until), text=words)
    start = _article(catalogue, after).article_key if after else None
    found = catalogue.page(only, limit=limit + 1, after=start)
    shown, has_more = found[:limit], len(found) > limit
    counts = catalogue.paragraph_counts([article.article_key for article in shown])
    rows = [_row(article, counts[article.article_key]) for article in shown]
    last = rows[-1]["article_id"] if has_more else None
    if as_json:
        total = catalogue.count(only)
        print(terminal.dumped({"total": total, "articles": rows, "continue_after": last}))
        return
    print(terminal.format_articles(rows) if rows else "No article passes the filter.")
    if last:
        print(f"\nThere are more: --after {last}")


def remove(
    names: Annotated[
        list[str], typer.Argument(help="Ids of articles, or their files, as `rag list` shows them.")
    ],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
) -> None:
    """Remove articles from the archive; the files that they were read from stay."""
    byline = open_byline()
    catalogue = byline.archive.catalogue
    found = {one.article_key: one for name in names for one in _named(catalogue, name)}
    articles = list(found.values())
    titles = [f"  {one.header.title or one.header.file} ({one.header.file})" for one in articles]
    more = [f"  and {len(titles) - _NAMED} more"] if len(titles) > _NAMED else []
    listed = visible("\n".join([*titles[:_NAMED], *more]))
    if not yes:
        typer.echo(f"Remove from the archive:\n{listed}", err=True)
        typer.confirm("Really?", abort=True, err=True)
    byline.remove(articles)
    count, paragraphs = byline.archive.catalogue.counts()
    print(f"Removed {len(articles)}:\n{listed}")
    print(f"The archive holds {count} articles, {paragraphs} paragraphs.")


def show(
    paragraph_id: Annotated[str, typer.Argument(help="As printed by ask and search.")],
) -> None:
    """Show a paragraph, and where it stands."""
    found = open_byline().archive.catalogue.find(paragraph_id.strip())
    if not found:
        raise ParagraphNotFoundError(
            f"No paragraph has the id {paragraph_id!r}.", "Take an id that ask or search printed."
        )
    for stored in found:
        article, paragraph = stored.article, stored.paragraph
        facts = [article.title, article.outlet, article.published_at, article.url]
        print(visible(" · ".join([article.file, *(fact for fact in facts if fact)])))
        print(f"paragraph {paragraph.ordinal}, characters {paragraph.start} to {paragraph.end}\n")
        print(visible(paragraph.text) + "\n")


def _row(article: "StoredArticle", paragraphs: int) -> dict[str, object]:
    header = article.header
    return {
        "article_id": header.article_id,
        "title": header.title,
        "outlet": header.outlet,
        "published_at": header.published_at,
        "file": header.file,
        "record": header.record,
        "paragraphs": paragraphs,
    }


def _article(catalogue: "CatalogueReader", article_id: str) -> "StoredArticle":
    article = catalogue.stored_article(article_id)
    if article is None:
        raise ArticleError(
            f"No article has the id or the file {article_id!r}.", "Take one that `rag list` prints."
        )
    return article


def _named(catalogue: "CatalogueReader", name: str) -> "list[StoredArticle]":
    """Return the article with an id, or those from a file: its path, or its name in the list."""
    known = catalogue.stored_article(name)
    found = [known] if known else list(catalogue.articles_in(str(Path(name).absolute())))
    found = found or [one for one in catalogue.articles() if one.header.file == name]
    return found or [_article(catalogue, name)]
