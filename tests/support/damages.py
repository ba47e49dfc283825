"""Damages of a published generation: what disks, people and other programs do to files."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

Damage = Callable[[Path, Path], None]
"""Given the generation's folder, and one of another archive with other dimensions."""


def _one(folder: Path, pattern: str) -> Path:
    return max(folder.rglob(pattern), key=lambda path: path.stat().st_size)


def _cut(pattern: str, share: float) -> Damage:
    def damage(folder: Path, other: Path) -> None:
        path = _one(folder, pattern)
        with path.open("r+b") as file:
            file.truncate(int(path.stat().st_size * share))

    return damage


def _garbage(pattern: str) -> Damage:
    def damage(folder: Path, other: Path) -> None:
        path = _one(folder, pattern)
        size = path.stat().st_size
        with path.open("r+b") as file:
            file.write(random.Random(1).randbytes(size))

    return damage


def _flip(pattern: str) -> Damage:
    def damage(folder: Path, other: Path) -> None:
        path = _one(folder, pattern)
        chance = random.Random(2)
        with path.open("r+b") as file:
            content = bytearray(file.read())
            for _ in range(64):
                content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            file.seek(0)
            file.write(content)

    return damage


def _remove(name: str) -> Damage:
    return lambda folder, other: shutil.rmtree(folder / name)


def _empty(name: str) -> Damage:
    def damage(folder: Path, other: Path) -> None:
        for path in (folder / name).iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    return damage


def _exchange(name: str) -> Damage:
    def damage(folder: Path, other: Path) -> None:
        shutil.rmtree(folder / name)
        shutil.copytree(other / name, folder / name)

    return damage


DAMAGES: dict[str, Damage] = {
    "chroma's sqlite cut in half": _cut("chroma.sqlite3", 0.5),
    "chroma's sqlite emptied": _cut("chroma.sqlite3", 0),
    "chroma's sqlite garbage": _garbage("chroma.sqlite3"),
    "data_level0 cut in half": _cut("data_level0.bin", 0.5),
    "data_level0 bits flipped": _flip("data_level0.bin"),
    "header cut short": _cut("header.bin", 0.3),
    "header emptied": _cut("header.bin", 0),
    "length garbage": _garbage("length.bin"),
    "chroma folder deleted": _remove("chroma"),
    "chroma folder emptied": _empty("chroma"),
    "chroma of another archive": _exchange("chroma"),
    "tantivy terms cut in half": _cut("terms/*.term", 0.5),
    "tantivy postings garbage": _garbage("terms/*.idx"),
    "tantivy meta emptied": _cut("terms/meta.json", 0),
    "tantivy folder deleted": _remove("terms"),
    "tantivy of another archive": _exchange("terms"),
    "manifest garbage": _garbage("manifest.json"),
    "manifest emptied": _cut("manifest.json", 0),
    "keys garbage": _garbage("keys.npy"),
    "generation deleted": lambda folder, other: shutil.rmtree(folder),
    "all indexes deleted": lambda folder, other: shutil.rmtree(folder.parent),
}
GRAPH_DAMAGES = [
    "data_level0 cut in half",
    "data_level0 bits flipped",
    "header cut short",
    "header emptied",
    "length garbage",
]
"""Below about 1,000 paragraphs Chroma makes these files anew whenever it opens: no harm then."""
LARGE_DAMAGES = ["chroma's sqlite garbage", "chroma folder emptied", "tantivy postings garbage"]
"""Of the others, what is done to a larger archive too."""

Case = tuple[str, str]
"""An archive, `small` or `large`, and the name of a damage."""
_FEW = ["chroma's sqlite cut in half", "tantivy postings garbage", "manifest emptied"]
CASES: dict[str, list[Case]] = {
    "few": [("small", name) for name in _FEW],
    "many": [
        *(("small", name) for name in DAMAGES if name not in _FEW),
        *(("large", name) for name in (*GRAPH_DAMAGES, *LARGE_DAMAGES)),
    ],
}
"""What `make test` tries, and what `make test-all` tries besides."""
