"""Several ways of answering the same questions: engines, models, prompts, values of a setting."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from rag.errors import SettingsError
from rag.evaluation.measure import Task
from rag.schema import EngineName
from rag.settings import Settings, load_settings

_HINT = (
    "Vary engine, model, prompts (folders), limit or a setting by its name, such as"
    " --vary limit=2,6,12 or --vary RAG_STRICT=false,true."
)


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of answering."""

    name: str
    task: Task
    settings: Settings


def variants(varied: str, task: Task) -> tuple[Variant, ...]:
    """Return what `--vary NAME=A,B` asks for; the first one is what the others are compared with.

    Raises:
        SettingsError: There is no such thing to vary, or a value that it can't have.
    """
    name, _, listed = varied.partition("=")
    values = [value.strip() for value in listed.split(",") if value.strip()]
    if len(values) < 2:
        raise SettingsError(f"--vary {varied}: fewer than two values.", _HINT)
    return tuple(_variant(name.strip(), value, task) for value in values)


def _variant(name: str, value: str, task: Task) -> Variant:
    title, settings = f"{name}={value}", load_settings()
    if name in {"engine", "RAG_ENGINE"}:
        for engine in get_args(EngineName):
            if engine == value:
                return Variant(title, replace(task, engine=engine), settings)
    elif name == "limit" and value.isdecimal() and 1 <= int(value) <= 50:
        return Variant(title, replace(task, limit=int(value)), settings)
    elif name == "prompts":
        prompts = str(Path(value).absolute())
        return Variant(title, replace(task, prompts=prompts, engine="llm"), settings)
    elif name == "model":
        return Variant(title, replace(task, engine="llm"), load_settings(llm_model=value))
    elif name.startswith("RAG_") and (field := name[4:].lower()) in Settings.model_fields:
        return Variant(title, task, load_settings(**{field: value}))
    raise SettingsError(f"--vary {title}: there is no such way of answering.", _HINT)
