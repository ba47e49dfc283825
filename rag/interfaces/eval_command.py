"""`rag eval`: questions or claims in, figures and a report out."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.schema import EngineName
from rag.text.unseen import visible

if TYPE_CHECKING:
    from rag.evaluation.measure import Task

_LIMIT = 6
_asked = partial(typer.Option, rich_help_panel="What is asked")
_how = partial(typer.Option, rich_help_panel="How it is asked")
_kept = partial(typer.Option, rich_help_panel="What is written and checked")
_instead = partial(typer.Option, rich_help_panel="Instead of asking questions")

Questions = Annotated[
    Path | None,
    typer.Argument(help="JSON lines, a BEIR folder or SQuAD JSON; default: the canned questions."),
]
Articles = Annotated[list[Path] | None, _asked(help="What they are asked of; may be given again.")]
Feedback = Annotated[
    bool, _asked("--from-feedback", help="Ask your own archive what readers rated in the chat.")
]
Engine = Annotated[EngineName | None, _how(help="Default: RAG_ENGINE.")]
Limit = Annotated[int, _how(min=1, max=50, help="Paragraphs to answer from.")]
RetrievalOnly = Annotated[bool, _how("--retrieval-only", help="Only search; make no answers.")]
Prompts = Annotated[Path | None, _how(help="A folder of prompts instead of the product's.")]
AsksJudge = Annotated[
    bool,
    _how("--judge", help="Let the LLM judge each answer as well: an opinion, two calls an answer."),
]
Price = Annotated[
    tuple[float, float] | None,
    _how(help="US dollars for a million tokens in and out, to tell the cost."),
]
Vary = Annotated[
    str | None,
    _how(
        metavar="NAME=A,B",
        help="Ask all in several ways and compare them with the first: engine=extractive,llm;"
        " model=A,B; prompts=FOLDER,FOLDER; limit=2,6; RAG_STRICT=false,true.",
    ),
]
Json = Annotated[Path | None, _kept("--json", help="Write the figures to this file.")]
Folder = Annotated[
    Path | None,
    _kept(
        "--run",
        help="Keep the run and its report in this new folder; default: below RAG_HOME/runs.",
    ),
]
Baseline = Annotated[Path | None, _kept(help="A run that the report compares with.")]
FailUnder = Annotated[Path | None, _kept(help="Exit with 1 unless the bounds of this file hold.")]
Resume = Annotated[
    Path | None, _instead(help="Go on with a run: ask again what failed or was not reached.")
]
Compared = Annotated[
    tuple[Path, Path] | None,
    _instead("--compare", help="Tell what changed from one run to another."),
]
Verdicts = Annotated[Path | None, _instead(help="Check the claims of this file.")]


def evaluate(  # noqa: PLR0913  # one parameter an option
    questions: Questions = None,
    *,
    articles: Articles = None,
    from_feedback: Feedback = False,
    engine: Engine = None,
    limit: Limit = _LIMIT,
    retrieval_only: RetrievalOnly = False,
    prompts: Prompts = None,
    judge: AsksJudge = False,
    price: Price = None,
    vary: Vary = None,
    json_file: Json = None,
    run: Folder = None,
    baseline: Baseline = None,
    fail_under: FailUnder = None,
    resume: Resume = None,
    compare: Compared = None,
    verdicts: Verdicts = None,
) -> None:
    """Measure retrieval, citations, verdicts and abstention on questions with known answers."""
    from rag.evaluation.measure import Task
    from rag.settings import load_settings

    how = (engine, limit != _LIMIT, retrieval_only, prompts, judge, price, run)
    asks = any((questions, from_feedback, articles and not verdicts, *how))
    if sum(map(bool, (asks, resume, compare, verdicts))) > 1:
        raise typer.BadParameter(
            "--resume, --compare and --verdicts stand alone, without questions and how to ask them"
        )
    if vary and any((run, baseline, fail_under, resume, compare, verdicts)):
        raise typer.BadParameter(
            "keeps runs of its own, and goes with no others", param_hint="--vary"
        )
    if compare:
        _compare(*compare, json_file, fail_under)
    elif verdicts:
        _evaluate_verdicts(verdicts, articles or [], json_file)
    else:
        task = Task(
            questions=str(questions.absolute()) if questions else None,
            articles=tuple(str(path.absolute()) for path in articles or ()),
            feedback=from_feedback,
            engine=engine or load_settings().engine,
            limit=limit,
            retrieval_only=retrieval_only,
            prompts=str(prompts.absolute()) if prompts else None,
            judge=judge,
            price=price,
        )
        if vary:
            _vary(vary, task, json_file)
        else:
            _measure(task, json_file, run, baseline, fail_under, resume)


def _measure(
    task: "Task",
    json_file: Path | None,
    folder: Path | None,
    baseline: Path | None,
    fail_under: Path | None,
    resume: Path | None,
) -> None:
    from rag import evaluation
    from rag.evaluation import measure
    from rag.interfaces import terminal
    from rag.settings import load_settings

    bounds = evaluation.load_bounds(fail_under) if fail_under else ()
    before = evaluation.Run(baseline) if baseline else None
    resumed = evaluation.Run(resume) if resume else None
    if resumed:
        task = measure.Task.of(resumed.header["options"])
    else:
        _require_articles(task)
    with terminal.progress_bar() as progress:
        done = measure.measure(
            task,
            load_settings(),
            progress,
            folder=folder,
            resumed=resumed,
            notify=terminal.error,
        )
        compared = measure.report(done.run, done.figures, before)
    if json_file:
        terminal.write(json_file, terminal.dumped(done.figures) + "\n")
    print(evaluation.format_table(done.result))
    if compared:
        print(f"\n{evaluation.format_comparison(compared)}")
    page = done.run.folder / measure.PAGE
    print(visible(f"\nanswers {done.figures['answers']} · report {page}"))
    evaluation.enforce(done.figures, bounds, f"Look at {page}.")


def _vary(varied: str, task: "Task", json_file: Path | None) -> None:
    from rag import evaluation
    from rag.evaluation import measure
    from rag.evaluation.variants import variants
    from rag.interfaces import terminal

    _require_articles(task)
    compared = variants(varied, task)
    done: dict[str, measure.Measured] = {}
    for variant in compared:
        with terminal.progress_bar() as progress:
            done[variant.name] = measure.measure(variant.task, variant.settings, progress)
    first, *others = done.values()
    measure.report(first.run, first.figures)
    figures = {name: measured.figures for name, measured in done.items()}
    if json_file:
        terminal.write(json_file, terminal.dumped(figures) + "\n")
    print(visible(evaluation.side_by_side(figures)))
    for measured in others:
        comparison = measure.report(measured.run, measured.figures, first.run)
        if comparison is not None:
            print(f"\n{evaluation.format_comparison(comparison)}")
        print(visible(f"report {measured.run.folder / measure.PAGE}"))


def _require_articles(task: "Task") -> None:
    from rag.evaluation.loading import is_squad

    if task.articles or task.feedback or task.questions is None:
        return
    path = Path(task.questions)
    # A folder that is no BEIR folder is an error of its own.
    if not (path.is_dir() or is_squad(path)):
        raise typer.BadParameter("name what the questions are asked of", param_hint="--articles")


def _compare(before: Path, after: Path, json_file: Path | None, fail_under: Path | None) -> None:
    from rag import evaluation
    from rag.evaluation import measure
    from rag.interfaces import terminal

    bounds = evaluation.load_bounds(fail_under) if fail_under else ()
    old, new = evaluation.Run(before), evaluation.Run(after)
    figures = measure.figures_of(new)
    comparison = measure.report(new, figures, old)
    if comparison is None:
        raise AssertionError("there is a baseline")
    if json_file:
        terminal.write(json_file, terminal.dumped(comparison.to_dict()) + "\n")
    print(evaluation.format_comparison(comparison))
    page = new.folder / measure.PAGE
    print(visible(f"\nreport {page}"))
    evaluation.enforce(figures, bounds, f"Look at {page}.")


def _evaluate_verdicts(claims: Path, articles: Sequence[Path], json_file: Path | None) -> None:
    from rag import evaluation
    from rag.evaluation.claims import ClaimChecker
    from rag.interfaces import terminal
    from rag.settings import load_settings

    if not articles:
        raise typer.BadParameter("name the articles of the claims", param_hint="--articles")
    loaded = evaluation.load_claims(claims)
    checker = ClaimChecker(articles, int(load_settings().max_file_mb * 1_000_000))
    with terminal.progress_bar() as progress:
        result = evaluation.judge(
            loaded, checker, lambda done, total: progress("claims", done, total)
        )
    if json_file:
        terminal.write(json_file, terminal.dumped(result.to_dict()) + "\n")
    print(evaluation.format_verdicts(result))
