"""Generated articles: any number, the same for the same seed, no two paragraphs alike."""

import json
import random
import shutil
from pathlib import Path

_WORDS = (
    "council mayor budget river bridge election ballot recount senator court ruling appeal strike "
    "union harbour storm flood relief border treaty summit minister embassy sanction export "
    "tariff wheat drought reservoir turbine grid outage vaccine clinic hospital nurse school "
    "teacher exam festival museum orchestra striker goalkeeper stadium league transfer inflation "
    "interest pension bank merger regulator startup satellite rocket orbit telescope glacier"
).split()


def paragraph(seed: object, words: int = 30) -> str:
    """Return some sentences that no other seed gives."""
    chance = random.Random(f"paragraph {seed}")
    sentences = []
    while words > 0:
        chosen = [chance.choice(_WORDS) for _ in range(min(10, words))]
        sentences.append(" ".join(chosen).capitalize() + f" number {chance.randrange(10**6)}.")
        words -= 10
    return " ".join(sentences)


def article(seed: object, paragraphs: int = 5, words: int = 30) -> str:
    """Return the text of an article: a headline, then its paragraphs, a line each."""
    body = [paragraph(f"{seed}/{number}", words) for number in range(paragraphs)]
    return "\n".join([f"Report {seed}: the {_WORDS[hash_of(seed) % len(_WORDS)]} affair", *body])


def hash_of(seed: object) -> int:
    """Return a number that is the same in every process."""
    return random.Random(f"number {seed}").randrange(10**9)


def write_texts(folder: Path, articles: range, paragraphs: int = 5, words: int = 30) -> None:
    """Write a text file for each article."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in articles:
        text = article(number, paragraphs, words)
        (folder / f"{number:05d}.txt").write_text(text, encoding="utf-8")


def write_records(path: Path, texts: dict[str, str] | list[str]) -> None:
    """Write a .jsonl file, with ids where a dict gives them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    records = (
        [{"id": name, "text": text} for name, text in texts.items()]
        if isinstance(texts, dict)
        else [{"text": text} for text in texts]
    )
    lines = [json.dumps(record) for record in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


class ChangingCorpus:
    """Files that change from run to run: texts, records with ids, records without."""

    def __init__(self, folder: Path, chance: random.Random, articles: int) -> None:
        self.folder = folder
        self._chance = chance
        self._serial = 0
        self._texts = {f"{number:03d}.txt": self._new() for number in range(articles)}
        self._named = {f"r{number}": self._new() for number in range(articles // 4)}
        self._lines = [self._new() for _ in range(articles // 4)]
        self.write()

    def change(self) -> None:
        """Add, edit, remove, rename and shift about a tenth of everything."""
        chance, texts = self._chance, self._texts
        for name in chance.sample(sorted(texts), len(texts) // 10 + 1):
            act = chance.choice(["edit", "replace", "remove", "rename"])
            old = texts[name]
            if act == "edit":
                lines = old.split("\n")
                lines[chance.randrange(1, len(lines))] = self._new().split("\n")[1]
                texts[name] = "\n".join(lines)
            elif act == "replace":
                texts[name] = self._new()
            else:
                del texts[name]
                texts[f"n{self._serial}.txt"] = old if act == "rename" else self._new()
                self._serial += 1
        self._named[chance.choice(sorted(self._named))] = self._new()
        self._lines.insert(chance.randrange(len(self._lines)), self._new())
        del self._lines[chance.randrange(len(self._lines))]
        self.write()

    def write(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        for name, text in self._texts.items():
            (self.folder / name).write_text(text, encoding="utf-8")
        write_records(self.folder / "named.jsonl", self._named)
        write_records(self.folder / "lines.jsonl", self._lines)

    def _new(self) -> str:
        self._serial += 1
        return article(f"{self.folder.parent.name}-{self._serial}", 4, 12)
