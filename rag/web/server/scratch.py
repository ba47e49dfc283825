"""A folder of this process alone for what is uploaded: readable by nobody else, gone at the end."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_VARIABLE = "GRADIO_TEMP_DIR"


def private_uploads() -> Path:
    """Make the folder and tell Gradio; before any component is made, for each remembers it."""
    folder = Path(tempfile.mkdtemp(prefix="byline-"))  # mode 0700
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ[_VARIABLE] = str(folder)
    return folder
