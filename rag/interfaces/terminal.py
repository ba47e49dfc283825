"""What the commands print: plain text for people, nothing that a terminal would obey."""

import json
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rag.archive.ingest import IngestReport, Progress
from rag.errors import StorageError
from rag.schema import Answer, Conflict, Evidence, ScoredParagraph, Verdict
from rag.text.dates import readable_date
from rag.text.unseen import is_unseen, one_line, visible

_WIDTH = 96
_LISTED = 20
"""Skipped files that are named one by one; the rest is counted."""


def error(message: str) -> None:
    """Print one line on stderr."""
    sys.stderr.write(f"{one_line(message)}\n")


def format_answer(answer: Answer) -> str:
    """Return an answer with its sources, or an abstention with the nearest paragraphs."""
    lines = [_wrapped(answer.text), ""]
    for citation in answer.citations:
        place = citation.title or citation.file
        known = [citation.publisher, readable_date(citation.published_at)]
        lines.append(
            f"[{citation.marker}] "
            + ", ".join([place, *(part for part in known if part)])
            + f", paragraph {citation.ordinal} ({citation.paragraph_id})"
        )
        lines.append(textwrap.indent(_wrapped(f"“{citation.quote}”"), "    "))
    lines += [line for conflict in answer.conflicts for line in _conflict(conflict)]
    if not answer.citations:
        lines += [line for item in answer.evidence[:3] for line in _evidence(item)]
    lines += [
        f"({statement.verdict}: {statement.text[:60]} - {statement.reason})"
        for statement in answer.statements
        if statement.verdict is not Verdict.SUPPORTED
    ]
    lines += [f"Note: {notice}" for notice in answer.all_notices]
    by = answer.model or "quoting engine"
    facts = [answer.verified, by, f"{answer.timings_ms.total:.0f} ms"]
    lines += ["", ", ".join(fact for fact in facts if fact)]
    return visible("\n".join(lines))


def format_hits(hits: Iterable[ScoredParagraph]) -> str:
    """Return search results, best first."""
    blocks = [
        f"{hit.rank}. {hit.article.title or hit.article.file}, paragraph {hit.paragraph.ordinal} "
        f"({hit.paragraph.paragraph_id}, {hit.score:.3f})\n"
        + textwrap.indent(_wrapped(hit.paragraph.text), "   ")
        for hit in hits
    ]
    return visible("\n".join(blocks) or "Nothing was found.")


def format_articles(rows: Iterable[Mapping[str, object]]) -> str:
    """Return a list of articles: a line with what is known of each, and one with its file."""
    lines = []
    for row in rows:
        known = (row["title"] or "(no title)", row["outlet"], str(row["published_at"] or "")[:10])
        place = (row["file"], row["record"], f"{row['paragraphs']} paragraphs")
        lines.append(f"{row['article_id']}  " + " · ".join(str(part) for part in known if part))
        lines.append("    " + ", ".join(str(part) for part in place if part))
    return visible("\n".join(lines))


def format_report(report: IngestReport) -> str:
    """Return what an ingestion did, in a few lines."""
    names = ("added", "updated", "renamed", "removed", "unchanged")
    counts = [f"{count} {name}" for name in names if (count := getattr(report, name))]
    done = ", ".join(counts) or "no articles"
    lines = [
        f"{done}; {report.embedded} paragraphs embedded in {report.seconds:.1f} s.",
        f"The archive holds {report.articles} articles, {report.paragraphs} paragraphs.",
    ]
    for title, items in (
        ("skipped", [f"{item.where}: {item.reason}" for item in report.skipped]),
        ("taken with a reservation", [f"{item.where}: {item.reason}" for item in report.notes]),
        ("file gone, article kept (--prune removes it)", list(report.missing)),
    ):
        if items:
            lines.append(f"{len(items)} {title}:")
            lines += [f"  {item}" for item in items[:_LISTED]]
            if len(items) > _LISTED:
                lines.append(f"  and {len(items) - _LISTED} more")
    return visible("\n".join(lines))


def dumped(value: object) -> str:
    """Return JSON that is safe to print."""
    text = json.dumps(value, ensure_ascii="utf" not in sys.stdout.encoding.lower(), indent=2)
    # JSON may hold what a terminal would obey; escaped, it is the same JSON.
    return "".join(c if c == "\n" or not is_unseen(c) else json.dumps(c)[1:-1] for c in text)


def write(path: Path, text: str) -> None:
    """Write a file that the user named.

    Raises:
        StorageError: It can't be written.
    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageError(
            f"The file {path} can't be written ({error.strerror}).", "Choose another place."
        ) from error


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Show the stages of an ingestion on stderr; quiet where stderr is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    titles = {"read": "reading articles", "embed": "embedding paragraphs", "index": "indexing"}
    columns = (TextColumn("{task.description:22}"), BarColumn(), MofNCompleteColumn())
    seen = console.is_terminal
    with Bars(
        *columns, TimeRemainingColumn(), console=console, transient=True, disable=not seen
    ) as bars:
        tasks = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(titles.get(stage, stage), total=None)
            bars.update(tasks[stage], completed=done, total=total or None)

        yield show


def _conflict(conflict: Conflict) -> list[str]:
    sides = conflict.sides or ()
    markers = "" if sides else " " + "".join(f"[{marker}]" for marker in conflict.markers)
    lines = [_wrapped(f"Sources differ: {conflict.about}{markers}")]
    for side in sides:
        known = [side.publisher or side.file, readable_date(side.published_at)]
        told = f"[{side.marker}] {', '.join(filter(None, known))}: “{side.quote}”"
        lines.append(textwrap.indent(_wrapped(told), "    "))
    return lines


def _evidence(item: Evidence) -> list[str]:
    head = f"Nearest: {item.file}, paragraph {item.ordinal} ({item.paragraph_id})"
    return [head, textwrap.indent(_wrapped(item.text[:300]), "    ")]


def _wrapped(text: str) -> str:
    return "\n".join(textwrap.fill(line, _WIDTH) for line in text.split("\n"))
