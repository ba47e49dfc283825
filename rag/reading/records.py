"""JSON → records, one an article, whatever else stands in the file."""

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rag.errors import ArticleError
from rag.reading.model import Skipped
from rag.schema import ArticleHeader
from rag.text.addresses import is_web_address
from rag.text.dates import parse_date
from rag.text.unseen import without_surrogates

Record = Mapping[str, Any] | Skipped
_KNOWN_KEYS = frozenset(
    {"id", "_id", "title", "text", "source", "author", "published_at", "url", "section"}
)
_REPEATED = "\0repeated"
"""Under this key an object notes which of its keys it had twice."""


def records_of_lines(text: str) -> Iterator[tuple[str, Record]]:
    """Yield (`line 7`, record) for each line of a text that holds one JSON object a line."""
    # Only \n ends a record: JSON strings may hold U+2028 and the like unescaped.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield f"line {number}", _record(_json(line))


def records_of_document(text: str) -> Iterator[tuple[str, Record]]:
    """Yield (`record 7`, record) for a JSON document: one object, a list, or `articles` in one."""
    loaded = _json(text)
    first_line = text.lstrip().split("\n", 1)[0].rstrip()
    if isinstance(loaded, ArticleError):
        if first_line.startswith("{") and first_line.endswith("}"):
            yield from records_of_lines(text)
        else:
            yield "", Skipped("", f"{loaded.message} {loaded.hint}")
        return
    if isinstance(loaded, dict) and isinstance(loaded.get("articles"), list):
        loaded = loaded["articles"]
    for number, record in enumerate(loaded if isinstance(loaded, list) else [loaded], start=1):
        yield f"record {number}", _record(record)


def _record(loaded: Any) -> Record:
    if isinstance(loaded, ArticleError):
        return Skipped("", f"{loaded.message} {loaded.hint}")
    return loaded if isinstance(loaded, dict) else Skipped("", "it is not a JSON object")


def _json(text: str) -> Any:
    try:
        # NaN and infinities are not JSON, and not equal to themselves: null.
        return json.loads(text, parse_constant=lambda _: None, object_pairs_hook=_object)
    except RecursionError:
        return ArticleError("It is nested too deeply.", "Flatten it and ingest again.")
    except json.JSONDecodeError as error:
        return ArticleError(f"It is not valid JSON ({error}).", "Correct it and ingest again.")
    except ValueError as error:  # An integer of more than 4,300 digits.
        reason = str(error).split(":", maxsplit=1)[0]
        return ArticleError(f"It can't be read ({reason}).", "Correct it and ingest again.")


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        found[_REPEATED] = sorted(key for key, count in counts.items() if count > 1)
    return found


def header_of(record: Mapping[str, Any], file: str) -> tuple[ArticleHeader, tuple[str, ...]]:
    """Return what a record says of its article; what it says otherwise becomes metadata."""
    said = {key: _string(record.get(key)) for key in _KNOWN_KEYS}
    metadata = {
        key: value
        for key, value in record.items()
        if key not in _KNOWN_KEYS or (key != "text" and said[key] is None and value)
    }
    repeated = record.get(_REPEATED, ())
    notes = [f"the key {key!r} is there twice; the last one counts" for key in repeated]
    dated = said["published_at"]
    published = parse_date(dated) if dated else None
    if dated and not published:
        notes.append(f"published_at {dated[:40]!r} is not a date that can be read")
        metadata["published_at"] = dated
    if said["url"] and not is_web_address(said["url"]):
        # Whoever follows a citation must not run what an article says.
        notes.append(f"url {said['url'][:40]!r} is no web address")
        metadata["url"], said["url"] = said["url"], None
    header = ArticleHeader(
        "",
        file,
        record=said["id"] or said["_id"],
        title=said["title"],
        author=said["author"],
        publisher=said["source"],
        published_at=published,
        url=said["url"],
        section=said["section"],
        metadata=_cleaned(metadata),
    )
    return header, tuple(notes)


def _string(value: Any) -> str | None:
    """Return a value of a record as one line; lists of authors and named sources occur."""
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        value = ", ".join(value)
    elif isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return without_surrogates(" ".join(str(value).split())) or None


def is_deeper(value: Any, levels: int) -> bool:
    """Tell whether a JSON value is nested more than so many levels deep."""
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return False
    return levels == 0 or any(is_deeper(one, levels - 1) for one in value)


def _cleaned(value: Any) -> Any:
    """Return a JSON value that can be stored and compares equal to what was stored."""
    if isinstance(value, dict):
        return {
            without_surrogates(key): _cleaned(one) for key, one in value.items() if key != _REPEATED
        }
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    if isinstance(value, str):
        return without_surrogates(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value
