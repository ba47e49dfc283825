"""How a run is made: everything that could explain why another one differs, and no secret."""

import subprocess
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rag.evaluation.dataset import Dataset
from rag.models.llm.prompts import Prompts
from rag.settings import Settings

FORMAT = 1
_ROOT = Path(__file__).resolve().parents[2]
_LEFT_OUT = frozenset(
    """home corpus host port lock_wait max_file_mb threads openai_api_key openai_base_url
    chroma_url""".split()
)
"""Secrets, and what changes no answer."""


def header(
    settings: Settings,
    prompts: Prompts,
    dataset: Dataset,
    index: Mapping[str, Any],
    options: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the first line of a run; `index` is from `EvaluatedSystem.index`."""
    return {
        "format": FORMAT,
        "started_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": _version(),
        "git": revision(),
        "engine": options.get("engine"),
        "settings": shown(settings),
        "prompts": {one.name: _digest(getattr(prompts, one.name).text) for one in fields(prompts)},
        "index": dict(index),
        "dataset": {
            "name": dataset.name,
            "n": len(dataset.questions),
            "digest": _digest(repr(dataset.questions)),
        },
        "problems": [[one.where, one.what] for one in dataset.problems],
        "options": dict(options),
    }


def shown(settings: Settings) -> dict[str, Any]:
    """Return the settings that shape answers, without anything secret."""
    values = settings.model_dump(mode="json")
    kept = {name: value for name, value in values.items() if name not in _LEFT_OUT}
    return kept | {"endpoint": _endpoint(settings.openai_base_url)}


def revision() -> str | None:
    """Return the revision of the checkout that runs, `-dirty` where it was edited; null without."""
    if not (_ROOT / ".git").exists():
        return None
    try:
        done = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"],  # noqa: S607
            cwd=_ROOT,
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() or None


def _endpoint(url: str | None) -> str | None:
    """Return an endpoint without what a URL may carry besides: user, password, query."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "unreadable"
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"


def _version() -> str | None:
    try:
        return version("byline-rag")
    except PackageNotFoundError:
        return None


def _digest(text: str) -> str:
    return blake2b(text.encode(errors="replace"), digest_size=6).hexdigest()
