"""The folder for what is uploaded: nobody else's, and gone at the end."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.chat_server import ROOT, environment


@pytest.mark.long
def test_it_is_private_told_to_gradio_and_gone_at_the_end(tmp_path: Path) -> None:
    code = (
        "import os; from rag.web.server.serving import private_uploads as made; folder = made();"
        "(folder / 'x').write_text('x');"
        "print(folder, oct(folder.stat().st_mode & 0o777), os.environ['GRADIO_TEMP_DIR'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(tmp_path, {"TMPDIR": str(tmp_path)}),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    folder, mode, told = done.stdout.split()
    assert (mode, told) == ("0o700", folder)
    assert Path(folder).parent == tmp_path
    assert not Path(folder).exists()
