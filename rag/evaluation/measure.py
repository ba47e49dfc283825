"""One evaluation from beginning to end: dataset, archive, run on disk, figures, report."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rag.archive.ingest import Progress
from rag.evaluation.canned import canned
from rag.evaluation.claims import ClaimChecker, load_claims
from rag.evaluation.comparison import Comparison, compare
from rag.evaluation.dataset import Dataset, checked
from rag.evaluation.lines import DatasetError
from rag.evaluation.loading import load_dataset, load_feedback
from rag.evaluation.provenance import header
from rag.evaluation.report import markdown, write_page
from rag.evaluation.runner import EvaluationResult, Judge, evaluate
from rag.evaluation.runs import SUMMARY, Run, RunError, RunWriter, new_folder, unwritable
from rag.evaluation.summary import Price
from rag.evaluation.system import EvaluatedSystem, archive_of
from rag.evaluation.verdicts import judge as judge_claims
from rag.factory import Notify, open_byline
from rag.schema import EngineName
from rag.settings import Settings

FEEDBACK = "feedback.jsonl"
PAGE, MARKDOWN = "report.html", "summary.md"
_MUST_AGREE = ("engine", "settings", "prompts", "index", "dataset", "options")


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be measured; kept with the run, so that it can be gone on with."""

    questions: str | None = None
    """A file or folder; null: the canned questions, or the readers' feedback."""
    articles: tuple[str, ...] = ()
    """Empty: those that come with the questions, or the reader's own archive for feedback."""
    feedback: bool = False
    engine: EngineName = "auto"
    limit: int = 6
    retrieval_only: bool = False
    prompts: str | None = None
    judge: bool = False
    price: Price | None = None

    @property
    def is_canned(self) -> bool:
        """Whether nothing was named."""
        return self.questions is None and not self.feedback

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> "Task":
        """Return the task of a run that was kept."""
        price = options["price"]
        lists = {"articles": tuple(options["articles"]), "price": tuple(price) if price else None}
        return cls(**{**options, **lists})


@dataclass(frozen=True, slots=True)
class Measured:
    """A run with its figures."""

    run: Run
    result: EvaluationResult
    figures: dict[str, Any]


def measure(
    task: Task,
    settings: Settings,
    progress: Progress,
    *,
    folder: Path | None = None,
    resumed: Run | None = None,
    notify: Notify = lambda _: None,
) -> Measured:
    """Ask the questions, and keep every answer.

    Args:
        task: What is measured.
        settings: Of the environment.
        progress: Told (stage, done, total) as it goes on.
        folder: Where the run is kept; by default below `RAG_HOME/runs`.
        resumed: A run to go on with: what it answered is not asked again.
        notify: Told how to go on when the run is interrupted.

    Raises:
        BylineError: The dataset or the articles can't be read, or the run can't be gone on with.
    """
    dataset = _dataset(task, settings)
    articles = dataset.articles
    byline = archive_of(articles, settings, progress) if articles else open_byline(settings)
    prompts = Path(task.prompts) if task.prompts else None
    system = EvaluatedSystem(byline, task.engine, prompts=prompts, limit=task.limit)
    dataset = checked(dataset, system.places)
    if not dataset.questions:
        raise DatasetError(
            f"{dataset.name}: no question is left; {dataset.problems[0]}",
            "Name the articles that the questions are about with --articles.",
        )
    task = replace(task, engine=system.engine)
    first = header(settings, system.prompts, dataset, system.index(), asdict(task))
    # As it will be read: tuples become lists.
    first = json.loads(json.dumps(first))
    writer = _writer(first, dataset, settings, folder, resumed)
    done = resumed.records() if resumed else ()
    try:
        result = evaluate(
            system,
            dataset.questions,
            retrieval_only=task.retrieval_only,
            judge=_judge(settings) if task.judge else None,
            keep=writer.append,
            done={record.id: record for record in done if record.error is None},
            progress=lambda count, total: progress("questions", count, total),
        )
    except KeyboardInterrupt:
        notify(f"Stopped. Go on with: rag eval --resume {writer.folder}")
        raise
    finally:
        writer.close()
    more = _verdicts(settings) if task.is_canned and not task.retrieval_only else {}
    result = replace(result, problems=dataset.problems, price=task.price, more=more)
    run = Run(writer.folder)
    figures = {**result.to_dict(), "answers": run.digest()}
    _write(run.folder / SUMMARY, json.dumps(figures, indent=2) + "\n")
    return Measured(run, result, figures)


def figures_of(run: Run) -> dict[str, Any]:
    """Return the figures of a run that was kept.

    Raises:
        RunError: It was not finished.
    """
    try:
        figures: dict[str, Any] = json.loads((run.folder / SUMMARY).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RunError(
            f"{run.folder}: the run was not finished.", f"Go on: rag eval --resume {run.folder}"
        ) from error
    return figures


def report(run: Run, figures: dict[str, Any], baseline: Run | None = None) -> Comparison | None:
    """Write the page and the Markdown summary of a run into its folder.

    Raises:
        StorageError: They can't be written.
    """
    comparison = compare(baseline, run) if baseline else None
    write_page(run.folder / PAGE, run, figures, baseline, comparison)
    _write(run.folder / MARKDOWN, markdown(run.header, figures, comparison))
    return comparison


def _dataset(task: Task, settings: Settings) -> Dataset:
    path = Path(task.questions) if task.questions else None
    if task.feedback:
        dataset = load_feedback(path or settings.home / FEEDBACK)
    else:
        dataset = load_dataset(path or canned().questions, settings.home / "eval")
    if task.articles:
        return replace(dataset, articles=tuple(map(Path, task.articles)))
    return replace(dataset, articles=(canned().articles,)) if task.is_canned else dataset


def _writer(
    first: Mapping[str, Any],
    dataset: Dataset,
    settings: Settings,
    folder: Path | None,
    resumed: Run | None,
) -> RunWriter:
    if resumed:
        differing = [name for name in _MUST_AGREE if resumed.header.get(name) != first[name]]
        if differing:
            raise RunError(
                f"{resumed.folder}: the run was made with other {', '.join(differing)}.",
                "Restore them, or start a new run.",
            )
        return RunWriter(resumed.folder, None)
    if folder is None:
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        folder = new_folder(settings.home / "runs", f"{stamp}-{dataset.name}-{first['engine']}")
    elif folder.exists() and any(folder.iterdir()):
        raise RunError(f"{folder}: is not empty.", "Name a new folder, or use --resume.")
    return RunWriter(folder, first)


def _judge(settings: Settings) -> Judge:
    from rag.evaluation.llama_judge import LlamaJudge
    from rag.models.llm import LLM

    return LlamaJudge(LLM(settings))


def _verdicts(settings: Settings) -> dict[str, Any]:
    where = canned()
    checker = ClaimChecker(where.claim_articles, int(settings.max_file_mb * 1_000_000))
    figures = judge_claims(load_claims(where.claims), checker).to_dict()
    return {"verdicts": {name: figures[name] for name in ("n", "right", "confusion", "by_how")}}


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise unwritable(path, error) from error
