#!/usr/bin/env python3
"""Compare two or more ways of answering on questions with known answers, without reading code.

    .venv/bin/python scripts/compare.py engines
    .venv/bin/python scripts/compare.py models llama3.1 qwen3
    .venv/bin/python scripts/compare.py prompts prompts my-prompts
    .venv/bin/python scripts/compare.py setting limit 2 6 12
    .venv/bin/python scripts/compare.py setting RAG_STRICT false true

Each way is one `rag eval`, kept below RAG_HOME/runs with a report; the first one is what the others
are compared with. Without --questions the canned questions are asked. All that talks to a language
model needs OPENAI_BASE_URL or OPENAI_API_KEY, and RAG_LLM_MODEL unless models are compared.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

ROWS = (
    ("right in all", "overall", "right"),
    ("a right paragraph ranked first", "retrieval", "recall@1"),
    ("a right paragraph cited", "answer", "citation_hit"),
    ("citation precision", "answer", "citation_precision"),
    ("citation recall", "answer", "citation_recall"),
    ("sentences the model cited itself", "answer", "own_citations"),
    ("statements supported", "statements", "supported"),
    ("unanswerable declined", "abstention", "on_unanswerable"),
    ("answerable declined", "abstention", "on_answerable"),
    ("ms a question, median", "latency_ms", "p50"),
)
HOME = Path(os.environ.get("RAG_HOME", ".rag"))


@dataclass(frozen=True)
class Way:
    """One way of answering: what `rag eval` is told, and what its environment says."""

    name: str
    options: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)


def ways(given: argparse.Namespace) -> Iterator[Way]:
    """Yield what is compared."""
    if given.what == "engines":
        yield Way("extractive", ("--engine", "extractive"))
        yield Way("llm", ("--engine", "llm"))
    elif given.what == "models":
        for name in given.values:
            yield Way(name, ("--engine", "llm"), {"RAG_LLM_MODEL": name})
    elif given.what == "prompts":
        for name in given.values:
            yield Way(name, ("--engine", "llm", "--prompts", name))
    elif given.name == "limit":
        for value in given.values:
            yield Way(f"limit {value}", ("--limit", value))
    else:
        for value in given.values:
            yield Way(f"{given.name}={value}", (), {given.name: value})


def measure(way: Way, folder: Path, asked: Sequence[str]) -> dict[str, dict[str, float | None]]:
    """Run `rag eval` for one way, and return its figures."""
    command = [
        sys.executable,
        "-m",
        "rag.interfaces.cli",
        "eval",
        *asked,
        *way.options,
        "--run",
        str(folder),
    ]
    print(f"{way.name} ...", file=sys.stderr, flush=True)
    done = subprocess.run(  # noqa: S603  # our own command
        command,
        env={**os.environ, **way.environment},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        sys.exit(f"compare.py: {way.name} failed, see above.")
    figures: dict[str, dict[str, float | None]] = json.loads(
        (folder / "summary.json").read_text(encoding="utf-8")
    )
    return figures


def table(names: Sequence[str], figures: Sequence[dict[str, dict[str, float | None]]]) -> str:
    """Return the figures side by side, as Markdown."""
    lines = [f"| | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for title, group, name in ROWS:
        values = (one[group][name] for one in figures)
        form = ".0f" if group == "latency_ms" else ".3f"
        cells = ("-" if value is None else format(value, form) for value in values)
        lines.append(f"| {title} | {' | '.join(cells)} |")
    lines.append(f"| questions failed | {' | '.join(str(one['failed']) for one in figures)} |")
    return "\n".join(lines)


def parsed() -> argparse.Namespace:
    """Read the command line."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--questions", help="a file or folder; default: the canned questions")
    shared.add_argument(
        "--articles", action="append", default=[], help="what they are asked of; may be repeated"
    )
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").splitlines()[0],
        epilog="\n".join((__doc__ or "").splitlines()[2:]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    what.add_parser("engines", parents=[shared], help="quoting against the language model")
    for name, text in (
        ("models", "language models, by name"),
        ("prompts", "folders of prompts; copy prompts/ and change a file"),
    ):
        one = what.add_parser(name, parents=[shared], help=text)
        one.add_argument("values", nargs="+", metavar=name[:-1].upper())
    one = what.add_parser("setting", parents=[shared], help="values of a setting, or of `limit`")
    one.add_argument("name", help="as in .env.example, such as RAG_STRICT; or limit")
    one.add_argument("values", nargs="+", metavar="VALUE")
    given = parser.parse_args()
    if given.what == "setting" and given.name != "limit" and not given.name.startswith("RAG_"):
        parser.error(f"{given.name} is neither `limit` nor the name of a setting, RAG_…")
    return given


def main() -> None:
    """Measure every way, print the figures, and tell what changed from the first to each other."""
    given = parsed()
    asked = [given.questions] if given.questions else []
    asked += [part for path in given.articles for part in ("--articles", path)]
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    compared = list(ways(given))
    folders = [HOME / "runs" / f"{stamp}-compare-{number}" for number in range(len(compared))]
    figures = [measure(*pair, asked) for pair in zip(compared, folders, strict=True)]
    print(table([way.name for way in compared], figures))
    for way, folder in zip(compared[1:], folders[1:], strict=True):
        print(f"\n{compared[0].name} → {way.name}", flush=True)
        command = [sys.executable, "-m", "rag.interfaces.cli", "eval", "--compare"]
        runs = [str(folders[0]), str(folder)]
        subprocess.run([*command, *runs], check=True)  # noqa: S603  # likewise


if __name__ == "__main__":
    main()
