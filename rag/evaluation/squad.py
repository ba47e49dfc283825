"""SQuAD 1.1 and 2.0: one JSON file with articles, paragraphs, and questions about each."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rag.evaluation.dataset import Gold, Question
from rag.evaluation.lines import DatasetError
from rag.text.sentences import split_sentences

HINT = 'A SQuAD file is {"data": [{"title": …, "paragraphs": [{"context": …, "qas": […]}]}]}.'
ANSWERABLE, IMPOSSIBLE = "squad", "unanswerable"


def read_squad(path: Path, articles: Path) -> Iterator[Question | DatasetError]:
    """Yield the questions; write the articles, a paragraph for each context.

    Gold is the sentence that the answer was marked in: of its paragraph, as everywhere.

    Args:
        path: The file.
        articles: Where the articles are written, as JSON lines.

    Raises:
        DatasetError: It can't be read, or isn't SQuAD.
    """
    data = _data(path)
    articles.parent.mkdir(parents=True, exist_ok=True)
    seen: set[str] = set()
    with articles.open("w", encoding="utf-8") as file:
        for number, article in enumerate(data, start=1):
            where = f"{path}, article {number}"
            try:
                title, paragraphs = article["title"], article["paragraphs"]
                contexts = [_one_block(paragraph["context"]) for paragraph in paragraphs]
            except (TypeError, KeyError, AttributeError) as error:
                yield DatasetError(f"{where}: {_lacks(error)}", HINT)
                continue
            name = f"{number}: {title}"
            line = {"id": name, "title": str(title), "text": "\n\n".join(contexts)}
            file.write(json.dumps(line) + "\n")
            for paragraph in paragraphs:
                yield from _of_paragraph(paragraph, name, where, seen)


def _of_paragraph(
    paragraph: Mapping[str, Any], record: str, where: str, seen: set[str]
) -> Iterator[Question | DatasetError]:
    asked = paragraph.get("qas", [])
    if not isinstance(asked, list):
        yield DatasetError(f"{where}: `qas` must be a list, not {asked!r}.", HINT)
        return
    for number, qa in enumerate(asked, start=1):
        try:
            question = _question(paragraph["context"], qa, record)
        except (TypeError, KeyError, AttributeError, ValueError) as error:
            yield DatasetError(f"{where}, question {number}: {_lacks(error)}", HINT)
            continue
        if question.id in seen:
            yield DatasetError(f"{where}: the id {question.id!r} was used before.", HINT)
        else:
            seen.add(question.id)
            yield question


def _question(context: str, qa: Mapping[str, Any], record: str) -> Question:
    text, answers = qa["question"].strip(), qa["answers"]
    if not text:
        raise ValueError("its `question` is empty.")
    if qa.get("is_impossible", False):
        return Question(str(qa["id"]), text, IMPOSSIBLE)
    if not answers:
        raise ValueError("it has no answers, and isn't marked impossible.")
    sentences = {_sentence(context, answer["answer_start"], answer["text"]) for answer in answers}
    return Question(
        id=str(qa["id"]),
        question=text,
        kind=ANSWERABLE,
        gold=tuple(Gold(record=record, quote=sentence) for sentence in sorted(sentences)),
        answer_any=tuple(dict.fromkeys(answer["text"] for answer in answers)),
    )


def _sentence(context: str, start: int, answer: str) -> str:
    end = start + len(answer)
    if start < 0 or not answer.strip() or context[start:end] != answer:
        raise ValueError(f"the answer {answer!r} is not where `answer_start` says.")
    spans = [span for span in split_sentences(context) if span.start < end and span.end > start]
    return context[spans[0].start : spans[-1].end] if spans else answer


def _data(path: Path) -> list[Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))["data"]
    except OSError as error:
        raise DatasetError(f"{path}: can't be read ({error.strerror}).", HINT) from error
    except (ValueError, RecursionError, TypeError, KeyError) as error:
        raise DatasetError(f"{path}: is not SQuAD's JSON.", HINT) from error
    if not isinstance(data, list):
        raise DatasetError(f"{path}: `data` must be a list.", HINT)
    return data


def _one_block(context: str) -> str:
    """Return a context without blank lines, which would make two paragraphs of it."""
    return "\n".join(line for line in context.splitlines() if line.strip())


def _lacks(error: Exception) -> str:
    return f"`{error.args[0]}` is missing." if isinstance(error, KeyError) else f"{error}"
