"""The `rag` command: each command parses, calls one function, prints. Results go to stdout."""

import logging
import runpy
import sys
import traceback
from collections.abc import Sequence
from importlib import metadata
from io import TextIOWrapper
from typing import Annotated, Any, Literal

import typer

from rag.errors import BylineError, redacted
from rag.interfaces.archive_commands import (
    Json,
    Publisher,
    Since,
    Until,
    ingest,
    list_articles,
    open_byline,
    remove,
    show,
)
from rag.interfaces.eval_command import evaluate
from rag.schema import LARGEST_LIMIT, EngineName
from rag.text.log import log_to_stderr

app = typer.Typer(
    help="Byline: ask a news archive, see the paragraph.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Every command takes --debug, which shows the traceback of an error.",
)
Share = Literal["off"]


def _show_version(wanted: bool) -> None:
    if wanted:
        try:
            print(f"Byline {metadata.version('byline-rag')}")
        except metadata.PackageNotFoundError:
            print("Byline, from its source: the package is not installed")
        raise typer.Exit


@app.callback()
def byline(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show it.")
    ] = False,
) -> None:
    """Byline: ask a news archive, see the paragraph."""


app.command()(ingest)
app.command(name="list")(list_articles)
app.command()(remove)
app.command()(show)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="A question in English.")],
    as_json: Json = False,
    engine: Annotated[EngineName, typer.Option(help="auto: what RAG_ENGINE says.")] = "auto",
    publisher: Publisher = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[
        int, typer.Option(min=1, max=LARGEST_LIMIT, help="Paragraphs to answer from.")
    ] = 6,
) -> None:
    """Answer a question, each sentence with the paragraph it rests on."""
    from rag.answering.request import Request, article_filter
    from rag.interfaces import terminal

    only = article_filter(publisher, since, until)
    request = Request(question, only=only, engine=engine, limit=limit)
    answer = open_byline().engine.answer(request)
    print(terminal.dumped(answer.to_dict()) if as_json else terminal.format_answer(answer))


@app.command()
def search(
    question: Annotated[str, typer.Argument(help="A question or some words.")],
    as_json: Json = False,
    limit: Annotated[int, typer.Option(min=1, max=LARGEST_LIMIT, help="Paragraphs to show.")] = 10,
    publisher: Publisher = None,
    since: Since = None,
    until: Until = None,
) -> None:
    """Show the paragraphs that fit a question best."""
    from rag.answering.request import Request, article_filter
    from rag.interfaces import terminal

    request = Request(question, only=article_filter(publisher, since, until), limit=limit)
    hits = open_byline().engine.search(request)
    print(terminal.dumped([_hit(hit) for hit in hits]) if as_json else terminal.format_hits(hits))


app.command(name="eval")(evaluate)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Default: RAG_HOST, 127.0.0.1.")] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="First port to try; default: RAG_PORT.")
    ] = None,
    auth: Annotated[
        str | None, typer.Option(help="A file by `rag password`, or: token. Default: RAG_AUTH.")
    ] = None,
    hosts: Annotated[
        str | None, typer.Option(help="Names under which others ask for it, by commas.")
    ] = None,
    open_to_all: Annotated[bool, typer.Option("--open", help="Everybody may come in.")] = False,
    share: Annotated[Share | None, typer.Option(help="There is no tunnel to share it by.")] = None,
) -> None:
    """Serve the web chat: on this machine alone, unless --host says otherwise."""
    given = {"--host": host, "--port": port, "--auth": auth, "--hosts": hosts, "--share": share}
    chosen = [part for name, value in given.items() if value for part in (name, str(value))]
    sys.argv = ["ui.py", *chosen, *(["--open"] if open_to_all else [])]
    runpy.run_module("ui", run_name="__main__")


@app.command()
def password(name: Annotated[str, typer.Argument(help="Who is to log in with it.")]) -> None:
    """Ask for a password and print its line for the file of `rag serve --auth FILE`."""
    from rag.web.server.access.keys import line_for

    if sys.stdin.isatty():
        given = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    print(line_for(name, given))


@app.command()
def config(as_json: Json = False) -> None:
    """Show every setting, its value and what it is for."""
    from pydantic import AliasChoices

    from rag.interfaces import terminal
    from rag.settings import Settings, load_settings

    settings = load_settings()
    rows = []
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        label = f"RAG_{name.upper()}"
        if isinstance(alias, AliasChoices):
            label = str(alias.choices[0])
        value = getattr(settings, name)
        shown = None if value is None else redacted(str(value))
        rows.append((label, shown, field.description or ""))
    if as_json:
        print(terminal.dumped({label: value for label, value, _ in rows}))
        return
    for label, value, description in rows:
        print(f"{label}={value or ''}\n    {description}")


@app.command()
def doctor() -> None:
    """Check the installation and the archive; says what to do about each fault."""
    from rag.interfaces import doctor

    findings = doctor.examine(open_byline())
    for finding in findings:
        print(f"{'ok  ' if finding.ok else 'FAIL'} {finding.what}")
        if finding.hint:
            print(f"     {finding.hint}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exits with 0, 1 (an error to mend) or 2 (wrong usage)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Where the terminal has no sign for a character, its number is better than a crash.
            stream.reconfigure(errors="backslashreplace")
    log_to_stderr(logging.DEBUG if debug else logging.ERROR)
    try:
        app([argument for argument in given if argument != "--debug"])
    except BylineError as error:
        if debug:
            sys.stderr.write(redacted(traceback.format_exc()))
        from rag.interfaces import terminal

        terminal.error(f"Error: {error.message}")
        terminal.error(error.hint)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # `rag ask … | head` has read enough.
        sys.stderr.close()
        sys.exit(0)


def _hit(hit: Any) -> dict[str, object]:
    paragraph, article = hit.paragraph, hit.article
    return {
        "rank": hit.rank,
        "score": hit.score,
        "paragraph_id": paragraph.paragraph_id,
        "article_id": article.article_id,
        "file": article.file,
        "title": article.title,
        "publisher": article.publisher,
        "published_at": article.published_at,
        "url": article.url,
        "ordinal": paragraph.ordinal,
        "start": paragraph.start,
        "end": paragraph.end,
        "text": paragraph.text,
    }


if __name__ == "__main__":
    main()
